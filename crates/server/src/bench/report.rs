//! The results of `emtihan bench`: a table for people and JSON for programs.

use crate::cli::say;
use anyhow::Result;
use serde::Serialize;
use std::fs::File;
use std::path::Path;

/// The results of a measurement, with the database and the size of the measured university.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    pub(super) version: &'static str,
    pub(super) database: &'static str,
    pub(super) scale: usize,
    pub(super) processors: usize,
    pub(super) offerings: usize,
    pub(super) students: usize,
    pub(super) measures: Vec<Measure>,
}

/// One measured number, beside its reference in the same run.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Measure {
    pub(super) name: String,
    /// The number of connections that sent requests at once; `None` for work that is done once.
    pub(super) connections: Option<usize>,
    pub(super) value: f64,
    pub(super) unit: &'static str,
    /// The name of the reference, and its number in the same unit.
    pub(super) reference: Option<(&'static str, f64)>,
    /// The number divided by its reference.
    pub(super) ratio: Option<f64>,
    pub(super) p50_ms: Option<f64>,
    pub(super) p99_ms: Option<f64>,
    /// Processor time per request, of the server and on PostgreSQL also of the database.
    pub(super) cpu_ms: Option<f64>,
    pub(super) memory_mib: Option<f64>,
    pub(super) errors: u64,
}

impl Measure {
    /// A number without a reference.
    pub(super) fn of(name: &str, value: f64, unit: &'static str) -> Self {
        Self { name: name.to_owned(), value, unit, ..Self::default() }
    }

    pub(super) fn beside(self, name: &'static str, value: f64) -> Self {
        let ratio = Some(self.value / value).filter(|ratio| ratio.is_finite());
        Self { reference: Some((name, value)), ratio, ..self }
    }
}

impl Report {
    pub(super) fn print(&self) {
        let Self { database, scale, processors, offerings, students, .. } = self;
        say(&format!(
            "Database {database}, scale {scale}: {offerings} student groups, {students} students; {processors} processors.\n"
        ));
        say("| measured | connections | number | reference | ratio | p50 ms | p99 ms | CPU ms | memory MiB |");
        say("|---|---:|---:|---|---:|---:|---:|---:|---:|");
        for measure in &self.measures {
            say(&measure.line());
        }
    }

    pub(super) fn write(&self, path: &Path) -> Result<()> {
        serde_json::to_writer_pretty(File::create(path)?, self)?;
        Ok(())
    }
}

impl Measure {
    fn line(&self) -> String {
        let number =
            |value: Option<f64>, digits: usize| value.map_or(String::new(), |value| format!("{value:.digits$}"));
        let reference = self.reference.map_or(String::new(), |(name, value)| format!("{name}: {}", short(value)));
        let errors = if self.errors > 0 { format!(" ({} errors)", self.errors) } else { String::new() };
        let cells = [
            format!("{}{errors}", self.name),
            self.connections.map_or(String::new(), |connections| connections.to_string()),
            format!("{} {}", short(self.value), self.unit),
            reference,
            number(self.ratio, 3),
            number(self.p50_ms, 2),
            number(self.p99_ms, 2),
            number(self.cpu_ms, 3),
            number(self.memory_mib, 0),
        ];
        format!("| {} |", cells.join(" | "))
    }
}

/// A number with about three digits.
fn short(value: f64) -> String {
    if value >= 100.0 { format!("{value:.0}") } else { format!("{value:.2}") }
}
