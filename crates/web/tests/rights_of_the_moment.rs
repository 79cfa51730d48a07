//! Rights of the moment: what a person may do is looked up again when the act is written, not only when its request
//! begins. The last byte of every request here arrives after the person has lost the right to send it.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, missing_docs, reason = "tests")]

mod visitor;

use app::access::session::{sign_out, token_hash};
use app::app::App;
use app::catalogue::catalogue_files::packed;
use app::staff::accounts;
use domain::person::Role;
use store::{history, imports};
use testkit::sample;
use visitor::{Answer, Site, SlowForm, Visitor};

const SHEET: &str = "term,department,discipline code,discipline (kk),group,students,instructor login\n\
    autumn,CS,ALG,,ALG-1,40,bolat\n";

/// An act that takes the right to send a form away from the registrar.
#[derive(Clone, Copy, Debug)]
enum Loss {
    Nothing,
    Disabled,
    Dismissed,
    SignedOut,
}

const LOSSES: [Loss; 4] = [Loss::Nothing, Loss::Disabled, Loss::Dismissed, Loss::SignedOut];

fn lose(app: &App, loss: Loss, token: &str) {
    let token = token_hash(token);
    let done = app.write_now(move |work| match loss {
        Loss::Nothing => Ok(()),
        Loss::Disabled => accounts::set_enabled(work, "registrar", false),
        Loss::Dismissed => accounts::dismiss(work, "registrar", Role::Registrar, "UNI"),
        Loss::SignedOut => sign_out(work, token),
    });
    done.unwrap();
}

/// The rows of all tables that the acts of this file write.
fn written(site: &Site) -> (usize, usize, usize) {
    let app = &site.world.app;
    let lines = app.read_now(|work| Ok(history::page_after(work.tx, "", 0)?.len())).unwrap();
    let files = app.read_now(|work| Ok(imports::newest(work.tx)?.len())).unwrap();
    let drafts = app.read_now(|work| Ok(store::catalogue_drafts::all(work.tx)?.len())).unwrap();
    (lines, files, drafts)
}

/// Sends a form whose last byte arrives after the loss; returns the answer and whether anything was written besides
/// the line of history that a dismissal or a disabled account leaves.
fn slowly(site: &Site, visitor: &mut Visitor, path: &str, form: &SlowForm, loss: Loss) -> (Answer, bool) {
    let (app, token) = (site.world.app.clone(), visitor.cookies.get("emtihan").unwrap().clone());
    let before = written(site);
    let answer = visitor.post_slowly(path, form, move || lose(&app, loss, &token));
    let own = usize::from(matches!(loss, Loss::Disabled | Loss::Dismissed));
    (answer, written(site) != (before.0 + own, before.1, before.2))
}

fn fields(fields: &[(&'static str, &str)]) -> SlowForm {
    SlowForm { fields: fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect(), file: None }
}

fn file(name: &'static str, bytes: impl Into<Vec<u8>>) -> SlowForm {
    SlowForm { fields: Vec::new(), file: Some((name, bytes.into())) }
}

/// Number of acts that [`acts_of_the_registrar`] returns.
const ACTS: usize = 5;

/// The name of an act, its address, and the form that is sent to it.
type Act = (&'static str, String, SlowForm);

fn acts_of_the_registrar(site: &Site, registrar: &mut Visitor) -> Vec<Act> {
    let catalogue = site.world.app.read_now(|work| Ok((*work.catalogue(1)?).clone())).unwrap();
    let archive = packed(&site.world.app, &catalogue).unwrap();
    let planned = registrar.post_slowly("/imports", &file("groups.csv", SHEET), || {});
    let import = planned.location().to_owned();
    assert!(import.starts_with("/imports/"), "{} {}", planned.status, planned.body);
    let seen = registrar.get(&import).body;
    let seen = seen.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    vec![
        ("uploading a roster", "/imports".into(), file("again.csv", format!("{SHEET}autumn,CS,ALG,,ALG-2,41,bolat\n"))),
        ("applying a roster", format!("{import}/applying"), fields(&[("seen", seen)])),
        ("importing a catalogue", "/catalogue/imports".into(), file("rules.zip", archive)),
        ("disabling an account", format!("/people/{}/account", sample::person("bolat")), fields(&[("enabled", "0")])),
        ("changing the password", "/password".into(), {
            fields(&[("old", "correct horse"), ("new", "battery staple 7"), ("again", "battery staple 7")])
        }),
    ]
}

#[test]
fn nothing_is_written_for_a_registrar_who_lost_the_right_while_sending() {
    for loss in LOSSES {
        for number in 0..ACTS {
            let site = Site::new();
            let mut registrar = site.signed_in("registrar");
            let (name, path, form) = acts_of_the_registrar(&site, &mut registrar).swap_remove(number);
            // A dismissed registrar is still a person with a password.
            if matches!(loss, Loss::Dismissed) && path == "/password" {
                continue;
            }
            let (answer, is_written) = slowly(&site, &mut registrar, &path, &form, loss);
            let allowed = matches!(loss, Loss::Nothing);
            assert_eq!(is_written, allowed, "{name} after {loss:?} was answered {}", answer.status);
            assert!(allowed || !answer.location().starts_with("/imports/"), "{name} after {loss:?}");
        }
    }
}
