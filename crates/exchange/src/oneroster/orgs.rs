//! Reads the file `orgs.csv` of a roster, which lists the units of the university: the university
//! itself, faculties and departments.

use super::line::CsvLine;
use super::sheet::CsvFile;
use crate::roster_report::ReadingReport;
use domain::id::OrgId;
use domain::name::Name;
use domain::roster::{BadLine, BadValue, Org, OrgKind};
use std::collections::HashMap;

/// The units (university, faculties, departments) from all accepted rows of `orgs.csv`.
pub(super) struct Orgs {
    /// The accepted units, each after its parent unit.
    pub(super) list: Vec<Org>,
    /// The id and the type (university, faculty or department) of each accepted unit. The key is
    /// the identifier of the unit in the roster files.
    pub(super) known: HashMap<String, (OrgId, OrgKind)>,
}

/// A unit from a row of `orgs.csv`, before its parent unit is looked up. The parent unit can be in
/// a later row of the file.
struct OrgDraft {
    line: u64,
    key: String,
    parent: String,
    kind: OrgKind,
    code: String,
    name: Name,
}

impl Orgs {
    /// Reads the units of the university from the rows of `orgs.csv`.
    pub(super) fn read(sheet: &CsvFile, report: &mut ReadingReport) -> Self {
        let drafts = drafts(sheet, report);
        let kinds = drafts.iter().map(|draft| (draft.key.clone(), draft.kind)).collect();
        let mut orgs = Self { list: Vec::new(), known: HashMap::new() };
        for kind in [OrgKind::University, OrgKind::Faculty, OrgKind::Department] {
            for draft in drafts.iter().filter(|draft| draft.kind == kind) {
                match orgs.parent_of(draft, &kinds) {
                    Ok(parent) => orgs.add(draft, parent),
                    Err(reason) => {
                        report.refused.push(sheet.bad(draft.line, "parentSourcedId", &draft.parent, reason));
                    }
                }
            }
        }
        orgs
    }

    /// Finds the parent of a unit. The parent of a department is a faculty. The parent of a faculty
    /// is the university, or `None` if the roster row names no parent.
    fn parent_of(&self, draft: &OrgDraft, kinds: &HashMap<String, OrgKind>) -> Result<Option<OrgId>, BadValue> {
        let wanted = match draft.kind {
            OrgKind::University => return Ok(None),
            OrgKind::Faculty if draft.parent.is_empty() => return Ok(None),
            OrgKind::Department if draft.parent.is_empty() => return Err(BadValue::Empty),
            OrgKind::Faculty => OrgKind::University,
            OrgKind::Department => OrgKind::Faculty,
        };
        match kinds.get(&draft.parent) {
            Some(kind) if *kind != wanted => Err(BadValue::NotAllowed),
            _ => self.known.get(&draft.parent).map(|(id, _)| Some(*id)).ok_or(BadValue::Unknown),
        }
    }

    fn add(&mut self, draft: &OrgDraft, parent: Option<OrgId>) {
        let id = OrgId::of(&[&draft.key]);
        self.known.insert(draft.key.clone(), (id, draft.kind));
        self.list.push(Org { id, parent, kind: draft.kind, code: draft.code.clone(), name: draft.name.clone() });
    }
}

fn drafts(sheet: &CsvFile, report: &mut ReadingReport) -> Vec<OrgDraft> {
    let mut drafts = Vec::new();
    sheet.each(report, |line| {
        drafts.push(draft(sheet, line)?);
        Ok(())
    });
    drafts
}

fn draft(sheet: &CsvFile, line: &CsvLine<'_>) -> Result<OrgDraft, BadLine> {
    let [key, kind, parent, code, name] = sheet.columns(["sourcedId", "type", "parentSourcedId", "identifier", "name"]);
    let names = sheet.columns(["metadata.nameKk", "metadata.nameRu", "metadata.nameEn"]);
    let key = line.key(key)?;
    let code = match line.code(code)? {
        "" => key,
        code => code,
    };
    Ok(OrgDraft {
        line: line.number,
        key: key.to_owned(),
        parent: line.code(parent)?.to_owned(),
        kind: line.word(kind, kind_of)?.ok_or_else(|| line.bad(kind, BadValue::Empty))?,
        code: code.to_owned(),
        name: line.names(names, name)?,
    })
}

fn kind_of(word: &str) -> Option<OrgKind> {
    match word {
        "district" => Some(OrgKind::University),
        "school" => Some(OrgKind::Faculty),
        "department" => Some(OrgKind::Department),
        _ => None,
    }
}
