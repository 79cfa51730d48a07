//! Writes the roster of the university that `emtihan bench` measures, as OneRoster files. The files
//! are the same in every run, except for the dates, which lie around today.

use anyhow::Result;
use chrono::{NaiveDate, TimeDelta};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

/// Departments whose instructors send choices while their speed is measured. Each instructor has three
/// disciplines of four student groups.
pub(super) const BUSY_DEPARTMENTS: usize = 4;
const BUSY_DISCIPLINES: usize = 3;
const BUSY_GROUPS: usize = 4;

const INSTRUCTORS: usize = 18;
const DISCIPLINES: usize = 2;
const GROUPS: usize = 2;
const DEPARTMENTS_OF_A_FACULTY: usize = 4;
const STUDENTS_OF_A_GROUP: usize = 24;

/// The numbers that differ between a small and a large university.
struct Size {
    departments: usize,
    /// The number of instructors in each of the [`BUSY_DEPARTMENTS`].
    busy_instructors: usize,
    student_groups: usize,
}

impl Size {
    /// The size of a national university, multiplied by `scale`. Scale 0 is a small one with 360
    /// offerings, on which tests run every measurement.
    fn of(scale: usize) -> Self {
        match scale {
            0 => Self { departments: 5, busy_instructors: 6, student_groups: 40 },
            _ => Self { departments: 67 * scale, busy_instructors: 50, student_groups: 1_042 * scale },
        }
    }
}

/// The usernames of the people of the written university, by department.
pub(super) struct University {
    /// The head and the instructors of each department. The first departments are the busy ones.
    pub(super) departments: Vec<Department>,
    pub(super) students: usize,
    pub(super) offerings: usize,
}

/// The usernames of the head and the instructors of one department.
pub(super) struct Department {
    pub(super) head: String,
    pub(super) instructors: Vec<String>,
}

/// The username of the person in the registrar's office.
pub(super) const REGISTRAR: &str = "registrar";

/// Returns the username of a student, who is counted from 0.
pub(super) fn student(number: usize) -> String {
    format!("student-{number}")
}

/// Writes the OneRoster files of a university to a folder. `scale` 1 is about the size of a national
/// university (7,000 student groups, 25,000 students); greater scales are multiples of it, and scale 0
/// is a small one.
pub(super) fn write(folder: &Path, scale: usize, today: NaiveDate) -> Result<University> {
    let mut files = Files::create(folder)?;
    files.header(today)?;
    let size = Size::of(scale);
    let departments_in_all = size.departments;
    let mut roster = Roster { files, size, offerings: 0 };
    let mut departments = Vec::new();
    for number in 0..departments_in_all {
        departments.push(roster.department(number)?);
    }
    let students = roster.students()?;
    let offerings = roster.offerings;
    roster.files.close()?;
    Ok(University { departments, students, offerings })
}

/// The roster while it is written: its files, and the offerings written so far.
struct Roster {
    files: Files,
    size: Size,
    offerings: usize,
}

impl Roster {
    fn department(&mut self, number: usize) -> Result<Department> {
        let faculty = number / DEPARTMENTS_OF_A_FACULTY;
        if number.is_multiple_of(DEPARTMENTS_OF_A_FACULTY) {
            writeln!(self.files.orgs, "f{faculty},,,Факультет {faculty},school,F{faculty},u")?;
        }
        writeln!(self.files.orgs, "d{number},,,Кафедра {number},department,D{number},f{faculty}")?;
        let (instructors, disciplines, groups) = if number < BUSY_DEPARTMENTS {
            (self.size.busy_instructors, BUSY_DISCIPLINES, BUSY_GROUPS)
        } else {
            (INSTRUCTORS, DISCIPLINES, GROUPS)
        };
        let head = format!("head-{number}");
        self.person(&head, "ext:headOfDepartment", &format!("d{number}"))?;
        let mut usernames = Vec::new();
        for instructor in 0..instructors {
            let username = format!("instructor-{number}-{instructor}");
            self.person(&username, "teacher", &format!("d{number}"))?;
            for discipline in 0..disciplines {
                let course = format!("c{number}-{instructor}-{discipline}");
                let title = format!("Пән {number}.{instructor}.{discipline}");
                writeln!(self.files.courses, "{course},,,,{title},K{number}{instructor:02}{discipline},,d{number},,")?;
                for _ in 0..groups {
                    self.offering(&course, faculty, &username)?;
                }
            }
            usernames.push(username);
        }
        Ok(Department { head, instructors: usernames })
    }

    fn person(&mut self, username: &str, role: &str, org: &str) -> Result<()> {
        writeln!(self.files.users, "p-{username},,,true,{username},,Аты,Тегі {username},")?;
        writeln!(self.files.roles, "r-{username},,,p-{username},primary,{role},,,{org}")?;
        Ok(())
    }

    /// Writes an offering: a discipline taught to one student group, with its instructor and its
    /// students.
    fn offering(&mut self, course: &str, faculty: usize, instructor: &str) -> Result<()> {
        let (number, group) = (self.offerings, self.offerings % self.size.student_groups);
        self.offerings += 1;
        writeln!(
            self.files.classes,
            "o{number},,,G-{group},,{course},G-{group},scheduled,,f{faculty},t,,,,G-{group},kk,fullTime,bachelor,{STUDENTS_OF_A_GROUP},true"
        )?;
        let file = &mut self.files.enrollments;
        writeln!(file, "e{number},,,o{number},f{faculty},p-{instructor},teacher,true,,")?;
        for place in 0..STUDENTS_OF_A_GROUP {
            let student = student(group * STUDENTS_OF_A_GROUP + place);
            writeln!(file, "e{number}-{place},,,o{number},f{faculty},p-{student},student,,,")?;
        }
        Ok(())
    }

    fn students(&mut self) -> Result<usize> {
        let students = self.size.student_groups * STUDENTS_OF_A_GROUP;
        for number in 0..students {
            self.person(&student(number), "student", "u")?;
        }
        self.person(REGISTRAR, "ext:registrar", "u")?;
        Ok(students)
    }
}

/// The OneRoster files that are written.
struct Files {
    orgs: BufWriter<File>,
    sessions: BufWriter<File>,
    courses: BufWriter<File>,
    users: BufWriter<File>,
    roles: BufWriter<File>,
    classes: BufWriter<File>,
    enrollments: BufWriter<File>,
}

impl Files {
    fn create(folder: &Path) -> Result<Self> {
        let mut manifest = BufWriter::new(File::create(folder.join("manifest.csv"))?);
        writeln!(manifest, "propertyName,value\nmanifest.version,1.0\noneroster.version,1.2")?;
        let mut file = |name: &str, header: &str| -> Result<BufWriter<File>> {
            writeln!(manifest, "file.{name},bulk")?;
            let mut file = BufWriter::new(File::create(folder.join(format!("{name}.csv")))?);
            writeln!(file, "sourcedId,status,dateLastModified,{header}")?;
            Ok(file)
        };
        let session = "title,type,startDate,endDate,parentSourcedId,schoolYear,\
                       metadata.chooseFrom,metadata.chooseUntil,metadata.approveUntil";
        let class = "title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,\
                     subjectCodes,periods,metadata.groupCode,metadata.language,metadata.studyForm,metadata.level,\
                     metadata.students,metadata.finalExam";
        Ok(Self {
            orgs: file("orgs", "name,type,identifier,parentSourcedId")?,
            sessions: file("academicSessions", session)?,
            courses: file("courses", "schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes")?,
            users: file("users", "enabledUser,username,userIds,givenName,familyName,middleName")?,
            roles: file("roles", "userSourcedId,roleType,role,beginDate,endDate,orgSourcedId")?,
            classes: file("classes", class)?,
            enrollments: file(
                "enrollments",
                "classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate",
            )?,
        })
    }

    /// Writes the university and its term, in which instructors can choose today.
    fn header(&mut self, today: NaiveDate) -> Result<()> {
        let day = |days: i64| today + TimeDelta::days(days);
        writeln!(self.orgs, "u,,,Өлшеу университеті,district,U,")?;
        let (starts, ends) = (day(-60), day(60));
        let (from, until, approve) = (day(-30), day(20), day(27));
        let title = "Күзгі семестр";
        writeln!(self.sessions, "t,,,{title},term,{starts},{ends},,{},{from},{until},{approve}", today.format("%Y"))?;
        Ok(())
    }

    fn close(self) -> Result<()> {
        let Self { orgs, sessions, courses, users, roles, classes, enrollments } = self;
        for mut file in [orgs, sessions, courses, users, roles, classes, enrollments] {
            file.flush()?;
        }
        Ok(())
    }
}
