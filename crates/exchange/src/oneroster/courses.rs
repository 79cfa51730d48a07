//! Reads the file `courses.csv` of a roster, which lists the disciplines of the university.

use super::orgs::Orgs;
use super::sheet::CsvFile;
use crate::roster_report::ReadingReport;
use domain::id::DisciplineId;
use domain::roster::{BadValue, OrgKind, RosterDiscipline};
use std::collections::HashMap;

/// The disciplines from all accepted rows of `courses.csv`.
pub(super) struct Courses {
    /// The accepted disciplines, in the sequence of the rows in `courses.csv`.
    pub(super) list: Vec<RosterDiscipline>,
    /// The id of each discipline, by the identifier of the discipline in the roster files.
    pub(super) known: HashMap<String, DisciplineId>,
}

impl Courses {
    /// Reads the disciplines from the rows of `courses.csv`. The unit of a discipline has to be a
    /// department.
    pub(super) fn read(sheet: &CsvFile, orgs: &Orgs, report: &mut ReadingReport) -> Self {
        let [key, title, code, org] = sheet.columns(["sourcedId", "title", "courseCode", "orgSourcedId"]);
        let names = sheet.columns(["metadata.nameKk", "metadata.nameRu", "metadata.nameEn"]);
        let mut courses = Self { list: Vec::new(), known: HashMap::new() };
        sheet.each(report, |line| {
            let key = line.key(key)?;
            let (department, kind) = line.find(org, &orgs.known)?;
            if kind != OrgKind::Department {
                return Err(line.bad(org, BadValue::NotADepartment));
            }
            let code = match line.code(code)? {
                "" => key,
                code => code,
            };
            let name = line.names(names, title)?;
            let id = DisciplineId::of(&[key]);
            courses.known.insert(key.to_owned(), id);
            courses.list.push(RosterDiscipline { id, department, code: code.to_owned(), name });
            Ok(())
        });
        courses
    }
}
