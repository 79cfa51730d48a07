//! Tests over HTTP of rosters that ask for more than their uploader may do: a registrar does not become administrator by
//! uploading a file.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod visitor;

use domain::id::AppointmentId;
use domain::person::{Appointment, Role};
use std::collections::BTreeMap;
use store::people;
use testkit::files::zipped;
use testkit::sample::{org, person};
use visitor::{Site, Visitor};

/// The rows of `users.csv` and `roles.csv` of a roster. The other files have only what these rows refer to.
struct Rows<'r> {
    users: &'r str,
    roles: &'r str,
}

fn roster(Rows { users, roles }: &Rows<'_>) -> Vec<u8> {
    let files = [
        ("manifest.csv", "propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\n".to_owned()),
        ("orgs.csv", "sourcedId,name,type,identifier,parentSourcedId\nUNI,University,district,UNI,\n".to_owned()),
        ("academicSessions.csv", "sourcedId,title,type,startDate,endDate,schoolYear\n".to_owned()),
        ("courses.csv", "sourcedId,title,courseCode,orgSourcedId\n".to_owned()),
        ("users.csv", format!("sourcedId,enabledUser,username,givenName,familyName\n{users}")),
        ("roles.csv", format!("sourcedId,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId\n{roles}")),
        (
            "classes.csv",
            "sourcedId,title,courseSourcedId,classCode,classType,schoolSourcedId,termSourcedIds\n".to_owned(),
        ),
        ("enrollments.csv", "sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role,primary\n".to_owned()),
    ];
    let files: BTreeMap<String, Vec<u8>> =
        files.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes())).collect();
    zipped(&files)
}

/// Uploads a roster, ticks everything that has to be ticked, applies it, and returns the page of the import.
fn import(registrar: &mut Visitor, rows: &Rows<'_>) -> String {
    let uploaded = registrar.upload_roster("roster.zip", &roster(rows));
    assert_eq!(uploaded.status, 303, "{}", uploaded.body);
    let import = uploaded.location().to_owned();
    let page = registrar.get(&import).body;
    if let Some(seen) = page.split("name=\"seen\" value=\"").nth(1) {
        let seen = seen.split('"').next().unwrap();
        let ticks = ["periods", "sign-in", "deciders", "choices"].map(|kind| ("confirm", kind));
        let fields: Vec<_> = [("seen", seen)].into_iter().chain(ticks).collect();
        let applied = registrar.post(&format!("{import}/applying"), &fields);
        assert_eq!(applied.status, 303, "{}", applied.body);
    }
    page
}

const ADMIN: &str = "admin,true,admin,A,Б\n";
const REGISTRAR: &str = "registrar,true,registrar,A,Б\n";

#[test]
fn a_roster_that_a_registrar_uploads_leaves_administrators_as_they_are() {
    let site = Site::new();
    // The administrator has an appointment that comes from an earlier roster, with the key `admin` in `roles.csv`.
    let id = AppointmentId::of(&["admin"]);
    let appointment = Appointment::of(id, person("admin"), Role::Administrator, org("UNI"));
    let stored = appointment.clone();
    site.world.app.write_now(move |work| Ok(people::put_appointment(work.tx, &stored)?)).unwrap();
    let mut registrar = site.signed_in("registrar");
    let role = |id: &str, who: &str, role: &str, until: &str| format!("{id},{who},primary,{role},,{until},UNI\n");
    let promoted = role("x", "registrar", "systemAdministrator", "");
    let ended = role("admin", "admin", "systemAdministrator", "2026-09-01");
    let demoted = role("admin", "admin", "ext:auditor", "");
    let given_away = role("admin", "registrar", "systemAdministrator", "");
    let users = format!("{ADMIN}{REGISTRAR}");
    let renamed = format!("admin,true,root,A,Б\n{REGISTRAR}");
    let disabled = format!("admin,false,admin,A,Б\n{REGISTRAR}");
    let attacks = [
        ("becoming administrator", Rows { users: &users, roles: &promoted }),
        ("ending the last administrator", Rows { users: &users, roles: &ended }),
        ("making the administrator an auditor", Rows { users: &users, roles: &demoted }),
        ("taking the appointment of the administrator", Rows { users: &users, roles: &given_away }),
        ("renaming the administrator", Rows { users: &renamed, roles: "" }),
        ("disabling the administrator", Rows { users: &disabled, roles: "" }),
    ];
    for (attack, rows) in attacks {
        let page = import(&mut registrar, &rows);
        let now = site.world.app.read_now(move |work| Ok(people::find_appointment(work.tx, id)?)).unwrap();
        assert_eq!(now, Some(appointment.clone()), "{attack}");
        assert!(!site.world.actor("registrar").is(Role::Administrator), "{attack}");
        assert_eq!(site.signed_in("admin").get("/people").status, 200, "{attack}");
        assert!(page.contains("roles.csv") || page.contains("users.csv"), "{attack}: the refused row is named\n{page}");
    }
}

#[test]
fn a_role_that_a_roster_may_change_is_in_the_history_of_the_person() {
    let site = Site::new();
    let mut registrar = site.signed_in("registrar");
    let roles = "x,bolat,primary,ext:auditor,,,UNI\n";
    import(&mut registrar, &Rows { users: "bolat,true,bolat2,A,Б\n", roles });
    assert!(site.world.actor("bolat2").is(Role::Auditor));
    let page = registrar.get(&format!("/people/{}", person("bolat"))).body;
    let history = page.split("id=\"history\"").last().unwrap();
    assert!(history.contains("bolat2"), "the new username\n{history}");
}
