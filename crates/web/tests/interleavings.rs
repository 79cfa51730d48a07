//! Tests of an instructor and a head of department who work on the same choices at the same time, each with pages that
//! may be out of date: what is approved is what the head's page showed.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod visitor;

use chrono::TimeDelta;
use domain::choice::{Choice, Stage};
use domain::id::DocumentId;
use std::collections::BTreeMap;
use testkit::sample::{discipline, offering};
use visitor::{Answer, Site, Visitor};

/// The number of steps of the two people, one after another in an order without a pattern.
const STEPS: usize = 10_000;
const GROUPS: [&str; 2] = ["ALG-1", "PYT-1"];

/// A repeatable sequence of numbers without a pattern (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(limit).unwrap()).unwrap()
    }
}

/// The two people with the pages that are open in their browsers.
struct Office {
    site: Site,
    aliya: Visitor,
    head: Visitor,
    documents: BTreeMap<&'static str, DocumentId>,
    /// The version numbers of the choices in the instructor's open form.
    form: BTreeMap<&'static str, i64>,
    /// The head's open page: review queue or page of a group.
    page: String,
    /// The number of the last sent exam. Each exam has its number in its information, so that no two are the same.
    sent: usize,
    counts: Counts,
}

#[derive(Default, Debug)]
struct Counts {
    approved: usize,
    approvals_refused: usize,
    sends_refused: usize,
    reopened: usize,
    undone: usize,
}

impl Office {
    fn new() -> Self {
        let site = Site::new();
        let documents = GROUPS.map(|group| (group, site.world.upload("aliya", &group[..3], "Programme")));
        let (aliya, head) = (site.signed_in("aliya"), site.signed_in("head"));
        let form = GROUPS.map(|group| (group, 0));
        Self {
            aliya,
            head,
            documents: documents.into(),
            form: form.into(),
            page: String::new(),
            sent: 0,
            counts: Counts::default(),
            site,
        }
    }

    fn choice(&self, group: &str) -> Choice {
        self.site.world.choice(group)
    }

    /// The additional information of the current choice, and whether it is approved.
    fn stored(&self, group: &str) -> Option<(String, bool)> {
        let current = self.choice(group).current?;
        let is_approved = matches!(current.stage, Stage::Approved { .. });
        Some((current.answer.info, is_approved))
    }

    /// One step of one of the two people.
    fn step(&mut self, random: &mut Random) {
        let group = GROUPS[random.below(2)];
        match random.below(16) {
            0..=2 => drop(self.form.insert(group, self.choice(group).version())),
            3 | 4 => self.send(group),
            5 => self.undo(Who::Instructor, "/choices/undo", group),
            6..=8 => self.page = self.head.get("/queue").body,
            9 | 10 => self.page = self.head.get(&format!("/offerings/{}", offering(group))).body,
            11 | 12 if self.page.contains("/reopenings\"") => self.decide("/reopenings", &GROUPS),
            11 | 12 => self.decide("/approvals", &[group]),
            13 => self.decide("/approvals", &GROUPS),
            14 => self.decide("/returns", &[group]),
            _ => {
                let path = ["/approvals/undo", "/returns/undo", "/reopenings/undo"][random.below(3)];
                self.undo(Who::Head, path, group);
            }
        }
        self.site.world.clock.pass(TimeDelta::seconds(i64::try_from(random.below(20)).unwrap()));
    }

    /// The instructor sends the open form. Returns the answer and the additional information that was sent.
    fn post_form(&mut self, group: &'static str) -> (Answer, String) {
        self.sent += 1;
        let info = format!("exam {};", self.sent);
        let (id, document) = (offering(group).to_string(), self.documents[group].to_string());
        let (seen, doc) = (format!("v_{id}"), format!("doc_{}", discipline(&group[..3])));
        let version = self.form[group].to_string();
        let fields = [
            ("o", id.as_str()),
            ("g", &id),
            (&seen, &version),
            (&doc, &document),
            ("rule", "univer-oral"),
            ("info_univer-oral", &info),
        ];
        (self.aliya.post("/choices", &fields), info)
    }

    /// The instructor sends the open form. It is stored as sent, or not at all.
    fn send(&mut self, group: &'static str) {
        let before = self.stored(group);
        let (answer, info) = self.post_form(group);
        if answer.status == 303 {
            assert_eq!(self.stored(group), Some((info, false)), "an accepted form");
        } else {
            assert_eq!((answer.status, self.stored(group)), (409, before), "{}", answer.body);
            self.counts.sends_refused += 1;
        }
    }

    /// The head posts the form of the open page for these groups.
    fn decide(&mut self, path: &str, groups: &[&str]) {
        let shown: Vec<_> = groups.iter().filter_map(|group| shown(&self.page, group)).collect();
        if shown.is_empty() {
            return;
        }
        let before = GROUPS.map(|group| self.stored(group));
        let mut fields: Vec<_> = shown.iter().map(|shown| ("seen", shown.seen.as_str())).collect();
        fields.push(("reason", "Please correct the exam."));
        let answer = self.head.post(path, &fields);
        let is_done = answer.status == 303;
        if !is_done {
            assert!([409, 422].contains(&answer.status), "{path} {} {}", answer.status, answer.body);
            assert_eq!(GROUPS.map(|group| self.stored(group)), before, "a refused decision changes nothing");
        }
        match path {
            "/approvals" if is_done => shown.iter().for_each(|shown| self.approved_as_shown(shown)),
            "/approvals" => self.counts.approvals_refused += 1,
            "/reopenings" if is_done => self.counts.reopened += 1,
            _ => {}
        }
    }

    fn approved_as_shown(&mut self, shown: &Shown) {
        let (info, is_approved) = self.stored(shown.group).unwrap();
        assert!(is_approved && shown.text.contains(&info), "{info} is approved, but the page showed {}", shown.text);
        self.counts.approved += 1;
    }

    /// An undone act never approves another exam than one that was approved before.
    fn undo(&mut self, who: Who, path: &str, group: &str) {
        let before = self.stored(group);
        let id = offering(group).to_string();
        let visitor = if who == Who::Head { &mut self.head } else { &mut self.aliya };
        let Answer { status, body, .. } = visitor.post(path, &[("o", &id)]);
        assert!([303, 403, 409, 422].contains(&status), "{path} {status} {body}");
        let after = self.stored(group);
        self.counts.undone += usize::from(after != before);
        if let (Some((_, false)), Some((info, true))) = (&before, &after) {
            assert_eq!(path, "/reopenings/undo", "only undoing a reopening approves {info} again");
            assert_eq!(before.map(|(info, _)| info), Some(info.clone()), "the exam that was reopened");
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Who {
    Instructor,
    Head,
}

/// The choice of a group on a page: the value that its form sends, and the visible text of its card.
struct Shown {
    group: &'static str,
    seen: String,
    text: String,
}

/// The choice of a group on a page of the head; `None` if the page offers no decision about it. Text that is crossed
/// out, the exam before a change, does not count as shown.
fn shown(page: &str, group: &str) -> Option<Shown> {
    let group = GROUPS.into_iter().find(|known| *known == group)?;
    let pair = format!("{}:", offering(group));
    let card = page.split("<article").find(|card| card.contains(&pair))?.split("</article>").next()?;
    let start = card.find(&pair)?;
    let seen = card[start..].split(['"', ',']).next()?.to_owned();
    // On the page of a group, the exam stands above the form, and earlier exams below it.
    let card = if page.contains("<article") { card } else { &card[..start] };
    let kept = card.split("<del>").map(|part| part.split_once("</del>").map_or(part, |(_, after)| after));
    Some(Shown { group, seen, text: kept.collect() })
}

#[test]
fn what_is_approved_is_what_the_page_of_the_head_showed() {
    let mut office = Office::new();
    let mut random = Random(20_261_128);
    (0..STEPS).for_each(|_| office.step(&mut random));
    let Counts { approved, approvals_refused, sends_refused, reopened, undone } = office.counts;
    // Each kind of step happened often enough to say something.
    for count in [approved, approvals_refused, sends_refused, reopened, undone] {
        assert!(count >= STEPS / 100, "{:?}", office.counts);
    }
}

#[test]
fn of_a_form_and_an_approval_at_the_same_moment_the_approved_exam_was_on_the_page() {
    let mut office = Office::new();
    let group = "ALG-1";
    let (mut approved, mut replaced) = (0, 0);
    for _ in 0..40 {
        office.form.insert(group, office.choice(group).version());
        assert_eq!(office.post_form(group).0.status, 303);
        office.form.insert(group, office.choice(group).version());
        let page = office.head.get("/queue").body;
        let shown = shown(&page, group).unwrap();
        let (mut head, seen) = (office.head.clone(), shown.seen.clone());
        let approving = std::thread::spawn(move || head.post("/approvals", &[("seen", &seen)]).status);
        let (answer, sent) = office.post_form(group);
        let is_approved = approving.join().unwrap() == 303;
        let (info, stored_as_approved) = office.stored(group).unwrap();
        assert_eq!((stored_as_approved, answer.status), (is_approved, if is_approved { 409 } else { 303 }));
        assert!(if is_approved { shown.text.contains(&info) } else { info == sent }, "{info}");
        approved += usize::from(is_approved);
        replaced += usize::from(!is_approved);
        if is_approved {
            office.page = office.head.get(&format!("/offerings/{}", offering(group))).body;
            office.decide("/reopenings", &[group]);
        }
    }
    assert_eq!(approved + replaced, 40);
}
