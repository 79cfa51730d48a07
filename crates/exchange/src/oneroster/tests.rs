//! Tests the OneRoster reader through its public functions. Each test writes a small sample roster
//! to disk, damages it in one place, and reads it.

mod demo;
mod rows;
mod whole;
mod wild;

use super::{RosterReading, UnreadableRoster, read};
use domain::roster::{BadLine, BadValue};
use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A small OneRoster roster without errors, whose files have a header and a few rows each.
#[derive(Clone)]
struct Sample(BTreeMap<&'static str, Vec<u8>>);

const MANIFEST: &str = "propertyName,value
manifest.version,1.0
oneroster.version,1.2
file.orgs,bulk
file.demographics,absent
source.systemName,Univer
";

const ORGS: &str = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId,metadata.nameKk,metadata.nameRu,metadata.nameEn
d-inf,,,Кафедра информатики,department,INF,f-it,Информатика кафедрасы,Кафедра информатики,Department of Computer Science
f-it,,,Факультет ИТ,school,,uni,,,
f-med,,,Медицина,school,MED,uni,,,
uni,,,ҚазҰУ,district,KAZNU,,,,
d-med,,,Хирургия,department,SUR,f-med,,,
";

const SESSIONS: &str =
    "sourcedId,title,type,startDate,endDate,schoolYear,metadata.chooseFrom,metadata.chooseUntil,metadata.approveUntil
year,2026/27,schoolYear,2026-09-01,2027-06-30,2027,,,
autumn,Күзгі семестр,semester,2026-09-01,2026-12-31,2027,,,
spring,Көктемгі семестр,term,2027-01-20,2027-05-31,2027,2027-01-25,2027-02-10,2027-02-15
";

const COURSES: &str = "sourcedId,title,courseCode,orgSourcedId
alg,Алгоритмдер,ALG2201,d-inf
sur,Хирургия,,d-med
";

const USERS: &str = "sourcedId,enabledUser,username,givenName,familyName,middleName,password,metadata.locale
aliya,true,Aliya.S,Әлия,Сәрсенова,Қ,secret,kk
berik,true,berik,Берік,Оспанов,,,
head,TRUE,head,Қанат,Жұмабаев,,,ru
st1,true,st1,А,Бір,,,
st2,false,st2,Б,Екі,,,
";

const ROLES: &str = "sourcedId,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId
r1,aliya,primary,teacher,,,d-inf
r2,berik,primary,teacher,,,d-inf
r3,head,primary,ext:headOfDepartment,2026-09-01,2027-08-31,d-inf
r4,st1,primary,student,,,uni
";

const CLASSES: &str = "sourcedId,title,courseSourcedId,classCode,classType,schoolSourcedId,termSourcedIds,metadata.groupCode,metadata.language,metadata.studyForm,metadata.level,metadata.students,metadata.finalExam
c1,Алгоритмдер CS-21,alg,CS-21,scheduled,f-it,\"autumn,spring\",CS-21-1,ru,partTime,master,,
c2,Хирургия,sur,,scheduled,f-med,autumn,,,,,17,false
";

const ENROLLMENTS: &str = "sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role,primary
e1,c1,f-it,aliya,teacher,true
e2,c1,f-it,berik,teacher,false
e3,c1,f-it,st1,student,
e4,c1,f-it,st2,student,
";

impl Sample {
    fn new() -> Self {
        let files = [
            ("manifest.csv", MANIFEST),
            ("orgs.csv", ORGS),
            ("academicSessions.csv", SESSIONS),
            ("courses.csv", COURSES),
            ("users.csv", USERS),
            ("roles.csv", ROLES),
            ("classes.csv", CLASSES),
            ("enrollments.csv", ENROLLMENTS),
        ];
        Self(files.into_iter().map(|(file, text)| (file, text.as_bytes().to_vec())).collect())
    }

    /// Replaces the whole content of one file of the sample roster.
    fn with(mut self, file: &'static str, bytes: impl AsRef<[u8]>) -> Self {
        self.0.insert(file, bytes.as_ref().to_vec());
        self
    }

    /// Removes one file from the sample roster.
    fn without(mut self, file: &str) -> Self {
        self.0.remove(file);
        self
    }

    /// Appends a row to one file of the sample roster.
    fn plus(mut self, file: &str, row: &str) -> Self {
        let bytes = self.0.get_mut(file).unwrap();
        bytes.extend_from_slice(row.as_bytes());
        bytes.push(b'\n');
        self
    }

    /// Replaces a text in one file of the sample roster. The test fails if the file does not
    /// contain the text.
    fn but(self, file: &'static str, old: &str, new: &str) -> Self {
        let text = String::from_utf8(self.0[file].clone()).unwrap();
        assert!(text.contains(old), "{file} has no {old}");
        self.with(file, text.replace(old, new))
    }

    fn write(&self, folder: &Path) {
        for (file, bytes) in &self.0 {
            fs::write(folder.join(file), bytes).unwrap();
        }
    }

    fn try_read(&self) -> Result<RosterReading, UnreadableRoster> {
        let folder = TempDir::new().unwrap();
        self.write(folder.path());
        read(folder.path())
    }

    fn read(&self) -> RosterReading {
        self.try_read().unwrap()
    }

    /// Returns the refused rows of the sample roster, each as a text in the form `file:line
    /// column=value code`.
    fn refused(&self) -> Vec<String> {
        self.read().refused.iter().map(shown).collect()
    }

    fn zipped(&self, top: &str) -> Vec<u8> {
        let files = self.0.iter().map(|(file, bytes)| (format!("{top}{file}"), bytes.clone()));
        zip_of(files.collect())
    }
}

fn shown(bad: &BadLine) -> String {
    format!("{}:{} {}={} {}", bad.file, bad.line, bad.column, bad.value, bad.reason.code())
}

fn zip_of(files: Vec<(String, Vec<u8>)>) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        writer.write_all(&bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Writes the given bytes to disk and reads them as the zip file of a roster.
fn read_zip(bytes: &[u8]) -> Result<RosterReading, UnreadableRoster> {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("roster.zip");
    fs::write(&path, bytes).unwrap();
    read(&path)
}

#[test]
fn the_sample_has_no_fault() {
    let reading = Sample::new().read();
    assert_eq!((reading.refused, reading.warnings), (Vec::<BadLine>::new(), vec![]));
    assert_eq!(BadValue::Unknown.code(), "unknown-key");
}
