//! Tests the status of every route for every role, as a snapshot table. The router lists its own routes, so none is
//! left out. Forms are sent empty but with a valid origin and CSRF value, so that a refusal before parsing depends on
//! the role alone.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests")]

mod visitor;

use std::collections::BTreeMap;
use std::fmt::Write;
use testkit::sample::{PEOPLE, discipline, offering, person};
use testkit::{Exam, World};
use visitor::{Site, Visitor};
use web::Route;

/// The path of a route with existing ids in place of its parameters.
fn real(path: &str, world: &World) -> String {
    let document = world.app.read_now(|work| Ok(store::documents::of_discipline(work.tx, discipline("ALG"))?));
    let id = match path.split('/').nth(1).unwrap() {
        "offerings" => offering("ALG-1").to_string(),
        "documents" => document.unwrap().first().unwrap().id.to_string(),
        "terms" => domain::id::TermId::of(&["autumn"]).to_string(),
        "people" => person("bolat").to_string(),
        _ => "00000000-0000-0000-0000-000000000000".to_owned(),
    };
    let whole =
        path.replace("{end}", "csv").replace("{id}", &id).replace("{topic}", "moodle").replace("{row}", "moodle-essay");
    whole.replace("{offering}", &offering("ALG-1").to_string()).replace("{version}", "1").replace("{n}", "1")
}

fn ask(who: &mut Visitor, method: &str, path: &str) -> u16 {
    if method == "GET" { who.get(path).status } else { who.post(path, &[]).status }
}

/// The status of every route for one role. Every role has its own test university, because some requests change the
/// data.
fn answers(role: &str, all: &[Route]) -> Vec<u16> {
    let site = Site::new();
    let document = site.world.upload("aliya", "ALG", "ALG programme");
    site.world.send("aliya", &["ALG-1"], Exam::row("moodle-essay"), document).unwrap();
    let mut who = if role == "stranger" { site.stranger() } else { site.signed_in(role) };
    let mut found = Vec::new();
    for &Route { method, path } in all {
        found.push(ask(&mut who, method, &real(path, &site.world)));
        if path == "/sign-out" || path == "/password" {
            who = if role == "stranger" { site.stranger() } else { site.signed_in(role) };
        }
    }
    found
}

#[test]
fn every_route_answers_every_role() {
    let all = web::route_list();
    let people: Vec<&str> = PEOPLE.iter().map(|(username, _, _)| *username).chain(["stranger"]).collect();
    let columns: Vec<Vec<u16>> = people.iter().map(|who| answers(who, &all)).collect();
    let mut table = String::new();
    for (place, Route { method, path }) in all.iter().enumerate() {
        let mut by_status: BTreeMap<u16, Vec<&str>> = BTreeMap::new();
        for (who, column) in people.iter().zip(&columns) {
            let status = *column.get(place).unwrap();
            assert!(status < 500, "{method} {path} answers {who} with {status}");
            by_status.entry(status).or_default().push(who);
        }
        writeln!(table, "{method} {path}").unwrap();
        for (status, who) in by_status {
            writeln!(table, "    {status} {}", who.join(" ")).unwrap();
        }
    }
    insta::assert_snapshot!(table);
}
