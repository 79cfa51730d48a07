//! `cargo xtask big-roster`: writes the roster of an invented university of the largest expected
//! size as OneRoster 1.2 CSV files, for measuring its import.

use anyhow::Result;
use std::fmt::Write;
use std::fs;
use std::path::Path;

const FACULTIES: usize = 16;
const DEPARTMENTS: usize = 67;
const INSTRUCTORS: usize = 2_500;
const DISCIPLINES: usize = 2_000;
const GROUPS: usize = 7_000;
const STUDENTS: usize = 25_000;
/// The number of enrolments in the generated roster, of all students in all groups together.
const IN_GROUPS: usize = 150_000;

/// Writes the CSV files of the generated roster into a folder. The roster contains one group that
/// the import refuses, so that the report of refused roster rows is not empty.
pub(crate) fn write(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    let manifest = "propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\n".to_owned();
    for (name, text) in [
        ("manifest.csv", manifest),
        ("orgs.csv", orgs()?),
        ("academicSessions.csv", sessions()),
        ("courses.csv", courses()?),
        ("users.csv", users()?),
        ("roles.csv", roles()?),
        ("classes.csv", classes()?),
        ("enrollments.csv", enrollments()?),
    ] {
        fs::write(folder.join(name), text)?;
    }
    Ok(())
}

fn sessions() -> String {
    "sourcedId,title,type,startDate,endDate,schoolYear\n2026-autumn,Күзгі семестр,term,2026-09-01,2026-12-31,2027\n"
        .to_owned()
}

fn orgs() -> Result<String> {
    let mut text = "sourcedId,name,type,identifier,parentSourcedId\nuni,Университет,district,UNI,\n".to_owned();
    for number in 0..FACULTIES {
        writeln!(text, "f{number},Факультет {number},school,F{number},uni")?;
    }
    for number in 0..DEPARTMENTS {
        writeln!(text, "d{number},Кафедра {number},department,D{number},f{}", number % FACULTIES)?;
    }
    Ok(text)
}

fn courses() -> Result<String> {
    let mut text = "sourcedId,title,courseCode,orgSourcedId\n".to_owned();
    for number in 0..DISCIPLINES {
        writeln!(text, "c{number},Пән {number},C{number},d{}", number % DEPARTMENTS)?;
    }
    Ok(text)
}

fn users() -> Result<String> {
    let mut text = "sourcedId,enabledUser,username,givenName,familyName,middleName\n".to_owned();
    for number in 0..INSTRUCTORS {
        writeln!(text, "t{number},true,teacher{number},Есім{number},Тегі{number},Әкесінің")?;
    }
    for number in 0..STUDENTS {
        writeln!(text, "s{number},true,student{number},Есім{number},Тегі{number},")?;
    }
    Ok(text)
}

fn roles() -> Result<String> {
    let mut text = "sourcedId,userSourcedId,roleType,role,orgSourcedId\n".to_owned();
    for number in 0..INSTRUCTORS {
        writeln!(text, "rt{number},t{number},primary,teacher,d{}", number % DEPARTMENTS)?;
    }
    for number in 0..STUDENTS {
        writeln!(text, "rs{number},s{number},primary,student,f{}", number % FACULTIES)?;
    }
    Ok(text)
}

fn classes() -> Result<String> {
    let mut text = "sourcedId,title,courseSourcedId,classCode,classType,schoolSourcedId,termSourcedIds\n".to_owned();
    for number in 0..GROUPS {
        writeln!(text, "g{number},Топ,c{},G-{number},scheduled,,2026-autumn", number % DISCIPLINES)?;
    }
    writeln!(text, "bad,Топ,no-such-course,G-0,scheduled,,2026-autumn")?;
    Ok(text)
}

fn enrollments() -> Result<String> {
    let mut text = "sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role,primary\n".to_owned();
    for number in 0..GROUPS {
        writeln!(text, "et{number},g{number},,t{},teacher,true", number % INSTRUCTORS)?;
    }
    for number in 0..IN_GROUPS {
        // Enrolments are assigned to groups and to students in turn. No student is enrolled twice
        // in the same group, because the same pair of group and student comes again only after
        // 175,000 enrolments.
        writeln!(text, "es{number},g{},,s{},student,", number % GROUPS, number % STUDENTS)?;
    }
    Ok(text)
}
