use super::*;
use crate::id::{AppointmentId, DisciplineId, OfferingId, TermId};
use crate::name::{Language, Name};
use crate::offering::{Discipline, Level, StudyForm};
use crate::person::Appointment;

const INSTRUCTOR: &str = "instructor";
const DEPARTMENT: &str = "department";
const FACULTY: &str = "faculty";

fn person(name: &str) -> PersonId {
    PersonId::of(&[name])
}

fn org(code: &str) -> OrgId {
    OrgId::of(&[code])
}

fn offering() -> Offering {
    Offering {
        id: OfferingId::of(&["offering"]),
        term: TermId::of(&["term"]),
        discipline: Discipline {
            id: DisciplineId::of(&["discipline"]),
            code: "D".into(),
            name: Name::same("Discipline"),
        },
        department: org(DEPARTMENT),
        faculty: org(FACULTY),
        faculty_code: "F".into(),
        group: "G-1".into(),
        language: Language::Kk,
        study_form: StudyForm::FullTime,
        level: Level::Bachelor,
        students: 20,
        responsible: Some(person(INSTRUCTOR)),
        teachers: Vec::new(),
    }
}

fn actor(name: &str, roles: &[(Role, &str)]) -> Actor {
    let appointment = |&(role, code): &(Role, &str)| {
        Appointment::of(AppointmentId::of(&[name, role.code()]), person(name), role, org(code))
    };
    Actor { person: person(name), short_name: name.into(), appointments: roles.iter().map(appointment).collect() }
}

/// Returns whether the actor obtains each permission on one offering, in the sequence `[chooser,
/// approver, reopener, reopen_decliner, decision_undoer, setter]`.
fn witnesses(actor: &Actor, deciders: &Deciders) -> [Result<(), Denied>; 6] {
    let offering = offering();
    [
        chooser(actor, &offering).map(drop),
        approver(actor, &offering, deciders).map(drop),
        reopener(actor, &offering, deciders).map(drop),
        reopen_decliner(actor, &offering, deciders).map(drop),
        decision_undoer(actor, &offering, deciders).map(drop),
        setter(actor, &offering).map(drop),
    ]
}

#[test]
fn every_witness_has_a_rule_of_its_own() {
    const YES: Result<(), Denied> = Ok(());
    let no = Err::<(), _>;
    let (choose, missing) = (no(Denied::NotResponsible), no(Denied::RoleMissing));
    let (head, own, department) = (no(Denied::NotHead), no(Denied::OwnChoice), no(Denied::DepartmentDecides));
    let with_head = Deciders { heads: vec![person("head")], sent_by: Some(person(INSTRUCTOR)) };
    let without_head = Deciders { heads: Vec::new(), ..with_head.clone() };
    let sent_by = |name| Deciders { sent_by: Some(person(name)), ..with_head.clone() };
    let is_head = [(Role::Head, DEPARTMENT)];
    let is_dean = [(Role::Dean, FACULTY)];
    let is_registrar = [(Role::Registrar, "university")];
    let table = [
        (actor(INSTRUCTOR, &[(Role::Instructor, DEPARTMENT)]), &with_head, [YES, head, head, head, head, missing]),
        (actor("head", &is_head), &with_head, [choose, YES, YES, YES, YES, missing]),
        (actor("head", &is_head), &sent_by("head"), [choose, own, own, own, own, missing]),
        (actor("dean", &is_dean), &with_head, [choose, department, department, department, department, missing]),
        (actor("dean", &is_dean), &without_head, [choose, YES, YES, YES, YES, missing]),
        (actor("registrar", &is_registrar), &with_head, [choose, head, YES, YES, YES, YES]),
        (actor("registrar", &is_registrar), &sent_by("registrar"), [choose, head, own, own, own, YES]),
    ];
    for (actor, deciders, expected) in table {
        assert_eq!(witnesses(&actor, deciders), expected, "{}: {deciders:?}", actor.short_name);
    }
}

#[test]
fn every_role_has_its_menu_and_start_page() {
    use MenuItem::{
        Catalogue, CurrentCatalogue, Dossier, Exams, Groups, Help, Imports, People, Progress, Queue, Terms,
    };
    let table: [(Role, &[MenuItem], MenuItem); 9] = [
        (Role::Student, &[Exams, CurrentCatalogue, Help], Exams),
        (Role::Instructor, &[Groups, Dossier, CurrentCatalogue, Help], Groups),
        (Role::Head, &[Groups, Queue, Progress, People, CurrentCatalogue, Help], Queue),
        (Role::ActingHead, &[Groups, Queue, Progress, CurrentCatalogue, Help], Queue),
        (Role::Dean, &[Queue, Progress, CurrentCatalogue, Help], Queue),
        (Role::DeanOffice, &[Progress, CurrentCatalogue, Help], Progress),
        (Role::Registrar, &[Progress, Terms, People, Imports, Catalogue, CurrentCatalogue, Help], Progress),
        (Role::Auditor, &[Progress, People, Catalogue, CurrentCatalogue, Help], Progress),
        (Role::Administrator, &[Progress, People, Catalogue, CurrentCatalogue, Help], Progress),
    ];
    assert_eq!(table.len(), Role::ALL.len());
    for (role, items, start) in table {
        let actor = actor("somebody", &[(role, "unit")]);
        assert_eq!((menu(&actor).as_slice(), home(&actor)), (items, start), "{role:?}");
        assert_eq!(reviews(&actor), items.contains(&Queue), "{role:?}");
    }
    let nobody = actor("nobody", &[]);
    assert_eq!((menu(&nobody), home(&nobody)), (vec![CurrentCatalogue, Help], CurrentCatalogue));
    let both = actor("both", &[(Role::Instructor, DEPARTMENT), (Role::Dean, FACULTY)]);
    assert_eq!((menu(&both), home(&both)), (vec![Groups, Queue, Progress, Dossier, CurrentCatalogue, Help], Queue));
}

#[test]
fn the_approvers_of_a_choice_are_those_who_hold_the_permission() {
    let offering = offering();
    let roles =
        [(Role::Head, DEPARTMENT), (Role::ActingHead, DEPARTMENT), (Role::Dean, FACULTY), (Role::Head, "other")];
    let people = ["a", "b", "c"];
    // Each person has none or one of the roles, and one person sent the choice or teaches the group.
    for held in 0..5_usize.pow(3) {
        for sender in ["a", "b", INSTRUCTOR] {
            let role = |place: usize| roles.get((held / 5_usize.pow(u32::try_from(place).unwrap())) % 5);
            let actors: Vec<Actor> = people
                .iter()
                .enumerate()
                .map(|(place, name)| actor(name, role(place).map_or(&[], std::slice::from_ref)))
                .collect();
            let appointments: Vec<Appointment> = actors.iter().flat_map(|actor| actor.appointments.clone()).collect();
            let heads = actors.iter().filter(|actor| actor.heads(offering.department)).map(|actor| actor.person);
            let deciders = Deciders { heads: heads.collect(), sent_by: Some(person(sender)) };
            let found = crate::eligibility::approvers(offering.department, offering.faculty, &appointments, |person| {
                deciders.is_own(&offering, person)
            });
            for actor in &actors {
                let is_permitted = approver(actor, &offering, &deciders).is_ok();
                assert_eq!(found.contains(&actor.person), is_permitted, "{held} {sender}: {}", actor.short_name);
            }
        }
    }
}
