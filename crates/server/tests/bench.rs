//! Tests that `emtihan bench` runs every measurement, on a small university. The numbers are not
//! checked, because they depend on the machine.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use serde_json::Value;
use std::process::Command;

const PROGRAM: &str = env!("CARGO_BIN_EXE_emtihan");

#[test]
fn bench_measures_everything_without_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let results = folder.path().join("results.json");
    let mut bench = Command::new(PROGRAM);
    bench.args(["bench", "--scale", "0", "--rounds", "1", "--milliseconds", "200", "--json"]).arg(&results);
    let output = bench.env("TMPDIR", folder.path()).output().unwrap();
    assert!(output.status.success(), "{output:?}");

    let report: Value = serde_json::from_slice(&std::fs::read(&results).unwrap()).unwrap();
    let measures = report["measures"].as_array().unwrap();
    let expected = [
        "first import of the whole university",
        "first choice with an uploaded programme",
        "instructor's groups",
        "instructor's groups, compressed",
        "choice form",
        "student's exams",
        "review queue of a department",
        "progress of the university",
        "draft order of the university",
        "dry run of a changed catalogue",
        "send of a choice",
        "approve 36 choices in one act",
        "sign-in with a password",
        "verify",
    ];
    for name in expected {
        let found: Vec<_> = measures.iter().filter(|measure| measure["name"] == name).collect();
        assert!(!found.is_empty(), "{name} is not measured");
        // Of many sign-ins at once from one address, some are told to wait (ADR 20).
        let is_whole = |measure: &&Value| measure["errors"] == 0 && measure["value"].as_f64() > Some(0.0);
        assert!(name == "sign-in with a password" || found.iter().all(is_whole), "{name}: {found:?}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "the scratch place is removed");
}
