//! Tests the values allowed in the rows of OneRoster files, and the errors that refuse a row.

use super::Sample;
use crate::roster_report::ReadingWarning;
use chrono::NaiveDate;
use domain::id::{AppointmentId, DisciplineId, OfferingId, OrgId, PersonId, TermId};
use domain::name::{Language, Name};
use domain::offering::{Level, StudyForm};
use domain::person::Role;
use domain::roster::{Enrolment, OrgKind, RosterOffering};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn units_above_stand_before_those_below() {
    let orgs = Sample::new().read().roster.orgs;
    let kinds: Vec<OrgKind> = orgs.iter().map(|org| org.kind).collect();
    assert!(kinds.is_sorted());
    assert_eq!(orgs.iter().map(|org| org.code.as_str()).collect::<Vec<_>>(), ["KAZNU", "f-it", "MED", "INF", "SUR"]);
    let department = &orgs[3];
    assert_eq!((department.id, department.parent), (OrgId::of(&["d-inf"]), Some(OrgId::of(&["f-it"]))));
    assert_eq!(department.name.en, "Department of Computer Science");
    assert_eq!(orgs[0].name, Name { kk: "ҚазҰУ".into(), ..Name::default() });
}

#[test]
fn a_unit_in_the_wrong_place_is_left_out() {
    let cases = [
        ("x,,,X,state,,uni,,,", "orgs.csv:7 type=state not-allowed-value"),
        ("x,,,X,,,uni,,,", "orgs.csv:7 type= empty-cell"),
        ("x,,,X,department,,uni,,,", "orgs.csv:7 parentSourcedId=uni not-allowed-value"),
        ("x,,,X,department,,x,,,", "orgs.csv:7 parentSourcedId=x not-allowed-value"),
        ("x,,,X,department,,,,,", "orgs.csv:7 parentSourcedId= empty-cell"),
        ("x,,,X,department,,nobody,,,", "orgs.csv:7 parentSourcedId=nobody unknown-key"),
        ("x,,,X,school,,f-it,,,", "orgs.csv:7 parentSourcedId=f-it not-allowed-value"),
        ("x,,,,school,,uni,,,", "orgs.csv:7 name= empty-cell"),
        ("x,paused,,X,school,,uni,,,", "orgs.csv:7 status=paused not-allowed-value"),
        ("uni,,,X,district,,,,,", "orgs.csv:7 sourcedId=uni duplicate-key"),
        (",,,X,district,,,,,", "orgs.csv:7 sourcedId= empty-cell"),
        ("x,,,X,school", "orgs.csv:7 =5 wrong-number-of-cells"),
    ];
    for (row, refused) in cases {
        assert_eq!(Sample::new().plus("orgs.csv", row).refused(), [refused], "{row}");
    }
    let without_parent = Sample::new().plus("orgs.csv", "x,,,X,school,,,,,").read();
    assert_eq!(without_parent.roster.orgs[3].parent, None);
}

#[test]
fn names_and_keys_have_a_limit() {
    let names = [("ә".repeat(500), true), ("ә".repeat(501), false)];
    for (name, fits) in names {
        let refused = Sample::new().plus("courses.csv", &format!("x,{name},,d-inf")).refused();
        assert_eq!(refused.is_empty(), fits);
        assert!(fits || refused[0].ends_with("… value-too-long"));
    }
    for (length, fits) in [(200, true), (201, false)] {
        let row = format!("{},X,,d-inf", "k".repeat(length));
        assert_eq!(Sample::new().plus("courses.csv", &row).refused().is_empty(), fits);
    }
    let reading = Sample::new().plus("courses.csv", "x,\"two\nlines\",,d-inf").read();
    assert_eq!(reading.roster.disciplines[2].name.kk, "two lines");
    assert_eq!(
        Sample::new().plus("courses.csv", "\"a\tb\",X,,d-inf").refused(),
        ["courses.csv:4 sourcedId=a\tb not-allowed-value"]
    );
}

#[test]
fn a_term_has_windows_of_its_own_or_the_usual_ones() {
    let terms = Sample::new().read().roster.terms;
    assert_eq!(terms.len(), 2, "a school year is no term");
    assert_eq!((terms[0].id, terms[0].code.as_str()), (TermId::of(&["autumn"]), "autumn"));
    assert_eq!((terms[0].choose_from, terms[0].choose_until), (day("2026-09-01"), day("2026-10-01")));
    assert_eq!(terms[0].approve_until, day("2026-10-08"));
    assert_eq!((terms[1].choose_from, terms[1].choose_until), (day("2027-01-25"), day("2027-02-10")));
    assert_eq!(terms[1].approve_until, day("2027-02-15"));
}

#[test]
fn a_term_with_wrong_dates_is_left_out() {
    let cases = [
        ("x,X,term,2026-13-01,2026-12-31,2027,,,", "startDate=2026-13-01 not-a-date"),
        ("x,X,term,,2026-12-31,2027,,,", "startDate= empty-cell"),
        ("x,X,term,2026-12-31,2026-12-30,2027,,,", "endDate=2026-12-30 dates-out-of-order"),
        (
            "x,X,term,2026-09-01,2026-12-31,2027,2026-09-10,2026-09-09,",
            "metadata.chooseUntil=2026-09-09 dates-out-of-order",
        ),
        ("x,X,term,2026-09-01,2026-12-31,2027,,,2026-09-30", "metadata.approveUntil=2026-09-30 dates-out-of-order"),
        ("x,X,holiday,2026-09-01,2026-12-31,2027,,,", "type=holiday not-allowed-value"),
        ("x,,term,2026-09-01,2026-12-31,2027,,,", "title= empty-cell"),
    ];
    for (row, refused) in cases {
        let expected = format!("academicSessions.csv:5 {refused}");
        assert_eq!(Sample::new().plus("academicSessions.csv", row).refused(), [expected], "{row}");
    }
}

#[test]
fn a_discipline_belongs_to_a_department() {
    let disciplines = Sample::new().read().roster.disciplines;
    assert_eq!((disciplines[0].id, disciplines[0].code.as_str()), (DisciplineId::of(&["alg"]), "ALG2201"));
    assert_eq!((disciplines[0].department, disciplines[1].code.as_str()), (OrgId::of(&["d-inf"]), "sur"));
    assert_eq!(
        Sample::new().plus("courses.csv", "x,X,,f-it").refused(),
        ["courses.csv:4 orgSourcedId=f-it not-a-department"]
    );
    assert_eq!(
        Sample::new().plus("courses.csv", "x,X,,nobody").refused(),
        ["courses.csv:4 orgSourcedId=nobody unknown-key"]
    );
}

#[test]
fn people_have_usernames_of_their_own() {
    let people = Sample::new().read().roster.people;
    assert_eq!((people[0].id, people[0].username.as_str()), (PersonId::of(&["aliya"]), "aliya.s"));
    assert_eq!((people[0].locale, people[1].locale), (Some(Language::Kk), None));
    assert_eq!((people[2].is_enabled, people[4].is_enabled), (true, false));
    assert_eq!((people[0].family_name.as_str(), people[0].middle_name.as_str()), ("Сәрсенова", "Қ"));
    let cases = [
        ("x,true,BERIK,A,B,,,", "username=BERIK duplicate-key"),
        ("berik,true,other,A,B,,,", "sourcedId=berik duplicate-key"),
        ("x,yes,x,A,B,,,", "enabledUser=yes not-allowed-value"),
        ("x,,x,A,B,,,", "enabledUser= empty-cell"),
        ("x,true,,A,B,,,", "username= empty-cell"),
        ("x,true,x,,B,,,", "givenName= empty-cell"),
        ("x,true,x,A,,,,", "familyName= empty-cell"),
        ("x,true,x,A,B,,,de", "metadata.locale=de not-allowed-value"),
    ];
    for (row, refused) in cases {
        assert_eq!(Sample::new().plus("users.csv", row).refused(), [format!("users.csv:7 {refused}")], "{row}");
    }
}

#[test]
fn a_password_is_never_read() {
    let reading = Sample::new().plus("users.csv", "x,yes,x,A,B,,hunter2,").read();
    assert!(!format!("{reading:?}").contains("secret") && !format!("{reading:?}").contains("hunter2"));
}

#[test]
fn roles_become_appointments() {
    let roles = [
        ("teacher", Role::Instructor, "uni"),
        ("student", Role::Student, "uni"),
        ("ext:headOfDepartment", Role::Head, "d-inf"),
        ("ext:actingHead", Role::ActingHead, "d-inf"),
        ("ext:dean", Role::Dean, "f-it"),
        ("ext:deanOffice", Role::DeanOffice, "f-it"),
        ("ext:registrar", Role::Registrar, "uni"),
        ("ext:auditor", Role::Auditor, "uni"),
        ("systemAdministrator", Role::Administrator, "uni"),
    ];
    for (word, role, unit) in roles {
        let reading = Sample::new().plus("roles.csv", &format!("x,head,primary,{word},,2027-01-31,{unit}")).read();
        let found = reading.roster.appointments.last().unwrap();
        assert_eq!((found.id, found.role), (AppointmentId::of(&["x"]), role));
        assert_eq!((found.person, found.org), (PersonId::of(&["head"]), OrgId::of(&[unit])));
        assert_eq!((found.from, found.until), (None, Some(day("2027-01-31"))));
    }
    let reading = Sample::new().plus("roles.csv", "x,head,,aide,,,uni").plus("roles.csv", "y,head,,aide,,,uni").read();
    assert_eq!((reading.roster.appointments.len(), reading.refused), (4, vec![]));
    assert_eq!(reading.warnings, [ReadingWarning::UnusedRole { file: "roles.csv", role: "aide".into(), lines: 2 }]);
}

#[test]
fn a_role_that_leads_nowhere_is_left_out() {
    let cases = [
        ("x,head,primary,ext:king,,,uni", "role=ext:king not-allowed-value"),
        ("x,head,primary,,,,uni", "role= empty-cell"),
        ("x,head,primary,ext:dean,,,d-inf", "orgSourcedId=d-inf role-in-wrong-unit"),
        ("x,nobody,primary,teacher,,,uni", "userSourcedId=nobody unknown-key"),
        ("x,head,primary,teacher,,,nowhere", "orgSourcedId=nowhere unknown-key"),
        ("x,head,primary,teacher,1.9.2026,,uni", "beginDate=1.9.2026 not-a-date"),
        ("x,head,primary,teacher,2026-09-02,2026-09-01,uni", "endDate=2026-09-01 dates-out-of-order"),
    ];
    for (row, refused) in cases {
        assert_eq!(Sample::new().plus("roles.csv", row).refused(), [format!("roles.csv:6 {refused}")], "{row}");
    }
}

#[test]
fn a_class_in_two_terms_is_two_offerings() {
    let roster = Sample::new().read().roster;
    let (aliya, berik) = (PersonId::of(&["aliya"]), PersonId::of(&["berik"]));
    let mut teachers = vec![aliya, berik];
    teachers.sort();
    let autumn = RosterOffering {
        id: OfferingId::of(&["c1", "autumn"]),
        term: TermId::of(&["autumn"]),
        discipline: DisciplineId::of(&["alg"]),
        home: None,
        group: "CS-21-1".into(),
        language: Language::Ru,
        study_form: StudyForm::PartTime,
        level: Level::Master,
        students: 2,
        responsible: Some(aliya),
        teachers,
        has_exam: true,
        is_active: true,
    };
    let spring =
        RosterOffering { id: OfferingId::of(&["c1", "spring"]), term: TermId::of(&["spring"]), ..autumn.clone() };
    assert_eq!(roster.offerings[..2], [autumn, spring]);
    assert_eq!(roster.enrolments.len(), 4);
    let person = PersonId::of(&["st2"]);
    assert!(roster.enrolments.contains(&Enrolment { offering: OfferingId::of(&["c1", "spring"]), person }));
}

#[test]
fn what_a_class_does_not_say_is_the_usual() {
    let offerings = Sample::new().read().roster.offerings;
    let class = offerings.last().unwrap();
    assert_eq!((class.group.as_str(), class.language), ("Хирургия", Language::Kk));
    assert_eq!((class.study_form, class.level), (StudyForm::FullTime, Level::Bachelor));
    assert_eq!((class.students, class.has_exam), (17, false));
    assert_eq!((class.responsible, class.teachers.as_slice()), (None, [].as_slice()), "nobody teaches: a vacancy");
    let code = Sample::new().but("classes.csv", "Хирургия,sur,,", "Хирургия,sur,MED-1,").read();
    assert_eq!(code.roster.offerings.last().unwrap().group, "MED-1");
}

#[test]
fn a_class_that_leads_nowhere_is_left_out() {
    let cases = [
        ("x,X,nothing,,scheduled,f-it,autumn,,,,,,", "courseSourcedId=nothing unknown-key"),
        ("x,X,alg,,scheduled,nowhere,autumn,,,,,,", "schoolSourcedId=nowhere unknown-key"),
        ("x,X,alg,,scheduled,f-it,never,,,,,,", "termSourcedIds=never unknown-key"),
        ("x,X,alg,,scheduled,f-it,\"autumn,year\",,,,,,", "termSourcedIds=year unknown-key"),
        ("x,X,alg,,scheduled,f-it,,,,,,,", "termSourcedIds= empty-cell"),
        ("x,,alg,,scheduled,f-it,autumn,,,,,,", "title= empty-cell"),
        ("x,X,alg,,scheduled,f-it,autumn,,de,,,,", "metadata.language=de not-allowed-value"),
        ("x,X,alg,,scheduled,f-it,autumn,,,daily,,,", "metadata.studyForm=daily not-allowed-value"),
        ("x,X,alg,,scheduled,f-it,autumn,,,,school,,", "metadata.level=school not-allowed-value"),
        ("x,X,alg,,scheduled,f-it,autumn,,,,,-1,", "metadata.students=-1 not-a-number"),
        ("x,X,alg,,scheduled,f-it,autumn,,,,,100001,", "metadata.students=100001 not-a-number"),
        (
            "x,X,alg,,scheduled,f-it,autumn,,,,,9999999999999999999999,",
            "metadata.students=9999999999999999999999 not-a-number",
        ),
        ("x,X,alg,,scheduled,f-it,autumn,,,,,,maybe", "metadata.finalExam=maybe not-allowed-value"),
    ];
    for (row, refused) in cases {
        assert_eq!(Sample::new().plus("classes.csv", row).refused(), [format!("classes.csv:4 {refused}")], "{row}");
    }
}

#[test]
fn groups_may_have_no_student_or_three_hundred() {
    let mut sample = Sample::new()
        .plus("classes.csv", "none,X,alg,,scheduled,f-it,autumn,,,,,0,")
        .plus("classes.csv", "many,X,alg,,scheduled,f-it,autumn,,,,,,")
        .plus("classes.csv", "most,X,alg,,scheduled,f-it,autumn,,,,,100000,");
    for number in 0..300 {
        sample = sample
            .plus("users.csv", &format!("s{number},true,s{number},A,B,,,"))
            .plus("enrollments.csv", &format!("s{number},many,f-it,s{number},student,"));
    }
    // A student who is enrolled in the same class twice counts once.
    let reading = sample.plus("enrollments.csv", "again,many,f-it,s0,student,").read();
    let students: Vec<i64> = reading.roster.offerings.iter().skip(3).map(|offering| offering.students).collect();
    assert_eq!((students, reading.refused), (vec![0, 300, 100_000], vec![]));
    assert_eq!(reading.roster.enrolments.len(), 4 + 300);
}

#[test]
fn the_only_teacher_is_responsible() {
    let class = "x,X,alg,,scheduled,f-it,autumn,,,,,,";
    for primary in ["", "false", "true"] {
        let row = format!("x1,x,f-it,berik,teacher,{primary}");
        let reading = Sample::new().plus("classes.csv", class).plus("enrollments.csv", &row).read();
        assert_eq!(reading.roster.offerings.last().unwrap().responsible, Some(PersonId::of(&["berik"])));
    }
    let twice = Sample::new()
        .plus("classes.csv", class)
        .plus("enrollments.csv", "x1,x,f-it,berik,teacher,")
        .plus("enrollments.csv", "x2,x,f-it,berik,teacher,true");
    assert_eq!(twice.read().roster.offerings.last().unwrap().teachers, [PersonId::of(&["berik"])]);
}

#[test]
fn two_teachers_need_exactly_one_primary() {
    let none = Sample::new().but("enrollments.csv", "teacher,true", "teacher,");
    assert_eq!(
        none.refused(),
        [
            "enrollments.csv:2 classSourcedId=c1 unknown-key",
            "enrollments.csv:3 primary= no-single-primary",
            "enrollments.csv:4 classSourcedId=c1 unknown-key",
            "enrollments.csv:5 classSourcedId=c1 unknown-key",
        ]
    );
    let both = Sample::new().but("enrollments.csv", "teacher,false", "teacher,true");
    assert_eq!(both.refused()[1], "enrollments.csv:3 primary=true no-single-primary");
    let roster = both.read().roster;
    assert_eq!((roster.offerings.len(), roster.enrolments.len()), (1, 0));
}

#[test]
fn an_enrolment_that_leads_nowhere_is_left_out() {
    let cases = [
        ("x,nothing,f-it,st1,student,", "classSourcedId=nothing unknown-key"),
        ("x,c1,nowhere,st1,student,", "schoolSourcedId=nowhere unknown-key"),
        ("x,c1,f-it,nobody,student,", "userSourcedId=nobody unknown-key"),
        ("x,c1,f-it,st1,king,", "role=king not-allowed-value"),
        ("x,c1,f-it,st1,,", "role= empty-cell"),
        ("x,c1,f-it,berik,teacher,maybe", "primary=maybe not-allowed-value"),
        ("e1,c1,f-it,st1,student,", "sourcedId=e1 duplicate-key"),
    ];
    for (row, refused) in cases {
        let expected = format!("enrollments.csv:6 {refused}");
        assert_eq!(Sample::new().plus("enrollments.csv", row).refused(), [expected], "{row}");
    }
    let reading = Sample::new().plus("enrollments.csv", "x,c1,f-it,head,proctor,").read();
    assert_eq!(
        reading.warnings,
        [ReadingWarning::UnusedRole { file: "enrollments.csv", role: "proctor".into(), lines: 1 }]
    );
}

#[test]
fn everything_that_refers_to_a_refused_row_is_left_out_with_it() {
    let refused = Sample::new().but("orgs.csv", "f-it,,,Факультет ИТ,school", "f-it,,,Факультет ИТ,local").refused();
    assert_eq!(
        refused,
        [
            "orgs.csv:2 parentSourcedId=f-it unknown-key",
            "orgs.csv:3 type=local not-allowed-value",
            "courses.csv:2 orgSourcedId=d-inf unknown-key",
            "roles.csv:2 orgSourcedId=d-inf unknown-key",
            "roles.csv:3 orgSourcedId=d-inf unknown-key",
            "roles.csv:4 orgSourcedId=d-inf unknown-key",
            "classes.csv:2 courseSourcedId=alg unknown-key",
            "enrollments.csv:2 classSourcedId=c1 unknown-key",
            "enrollments.csv:3 classSourcedId=c1 unknown-key",
            "enrollments.csv:4 classSourcedId=c1 unknown-key",
            "enrollments.csv:5 classSourcedId=c1 unknown-key",
        ]
    );
}

#[test]
fn reading_twice_gives_the_same() {
    assert_eq!(Sample::new().read(), Sample::new().read());
}
