//! Reads the file `manifest.csv` of a OneRoster roster, which declares the version of the standard
//! and which other files the roster contains.

use super::bundle::Bundle;
use super::sheet::CsvFile;
use crate::oneroster::schema;
use crate::oneroster::schema::FileSchema;
use crate::roster_report::{ReadingReport, ReadingWarning, UnreadableReason, UnreadableRoster};
use std::collections::HashMap;

/// The supported version of the OneRoster standard.
const VERSION: &str = "1.2";

/// The files of a OneRoster roster, with the statements of the file `manifest.csv` about which
/// files the roster contains.
pub(super) struct Files {
    bundle: Bundle,
    manifest: HashMap<String, String>,
}

impl Files {
    /// Reads the manifest of a roster, and refuses a roster of an unsupported version of the
    /// OneRoster standard.
    pub(super) fn open(mut bundle: Bundle, report: &mut ReadingReport) -> Result<Self, UnreadableRoster> {
        let shape = &schema::MANIFEST;
        let bytes = bundle.take(shape.file).ok_or_else(|| UnreadableReason::MissingFile.of(shape.file))?;
        let sheet = CsvFile::open(shape, bytes, report)?;
        let [property, value] = sheet.columns(["propertyName", "value"]);
        let mut manifest = HashMap::new();
        sheet.each(report, |line| {
            manifest.insert(line.key(property)?.to_owned(), line.text(value).to_owned());
            Ok(())
        });
        let is_ours = |version: &String| version == VERSION || version.starts_with("1.2.");
        if !manifest.get("oneroster.version").is_some_and(is_ours) {
            return Err(UnreadableReason::NotARoster.of(shape.file));
        }
        Ok(Self { bundle, manifest })
    }

    /// Returns whether `manifest.csv` declares that the roster does not contain a certain file.
    pub(super) fn is_absent(&self, shape: &FileSchema) -> bool {
        self.said_of(shape) == Some("absent")
    }

    fn said_of(&self, shape: &FileSchema) -> Option<&str> {
        let property = format!("file.{}", shape.file.trim_end_matches(".csv"));
        self.manifest.get(&property).map(String::as_str)
    }

    /// Opens a file of the roster. If the manifest declares the file absent, returns a file without
    /// rows.
    pub(super) fn sheet(
        &mut self,
        shape: &'static FileSchema,
        report: &mut ReadingReport,
    ) -> Result<CsvFile, UnreadableRoster> {
        let bytes = self.bundle.take(shape.file);
        match (self.said_of(shape), bytes) {
            (Some("delta"), _) => Err(UnreadableReason::DeltaNotSupported.of(shape.file)),
            (Some("absent"), None) => Ok(CsvFile::absent(shape)),
            (Some("absent"), Some(_)) => {
                report.warnings.push(ReadingWarning::NotAbsent { file: shape.file });
                Ok(CsvFile::absent(shape))
            }
            (_, Some(bytes)) => CsvFile::open(shape, bytes, report),
            (_, None) => Err(UnreadableReason::MissingFile.of(shape.file)),
        }
    }
}
