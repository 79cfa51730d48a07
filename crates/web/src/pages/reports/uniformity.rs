//! The report on uniform choice: where instructors of one discipline chose differently.

use crate::error::Oops;
use crate::layout::Frame;
use crate::pages::reports::report::{EXAM, Extent, Place, Report, Tab, exam, file_name, head, tabs};
use crate::query::address;
use crate::routes;
use crate::session::Seat;
use crate::state::Door;
use app::reports::export::{Cell, Sheet};
use app::reports::uniformity_report::{Uniformity, uniformity_report};
use app::reviewing::uniformity::{Conflict, Member, Party};
use askama::Template;
use domain::roster::Org;

#[derive(Template)]
#[template(path = "reports/uniformity.html")]
pub(crate) struct UniformityPage {
    f: Frame,
    tabs: Vec<Tab>,
    place: Place,
    report: Uniformity,
}

/// `GET /uniformity?term=…&org=…`
impl Report for UniformityPage {
    type Wanted = Place;

    async fn look(door: &Door, seat: &Seat, place: Place, _: Extent) -> Result<Self, Oops> {
        let (actor, asked) = (seat.actor(), place.asked());
        let report = door.app.read(move |desk| uniformity_report(desk, &actor, &asked)).await?;
        Ok(Self { f: Frame::of(seat), tabs: tabs(seat, &place, routes::UNIFORMITY), place, report })
    }

    fn file_name(&self) -> String {
        file_name("uniformity", &self.report.outlook)
    }

    fn sheets(&self) -> Vec<Sheet> {
        let [platform, form, kind, info] = EXAM;
        let keys = ["unit", "discipline-code", "discipline", "taught-in", "level", platform, form, kind, info];
        let keys = [keys.as_slice(), &["group", "instructor", "state"]].concat();
        let rows = self.report.units.iter().flat_map(|(org, all)| all.iter().map(move |one| (org, one)));
        vec![Sheet {
            title: self.f.w.t("uniformity-report"),
            head: head(self.f.w, &keys),
            rows: rows.flat_map(|(org, conflict)| self.rows(org, conflict)).collect(),
            ..Sheet::default()
        }]
    }
}

impl UniformityPage {
    fn total(&self) -> usize {
        self.report.units.iter().map(|(_, conflicts)| conflicts.len()).sum()
    }

    /// Units of which each is a page of its own: where more than one is shown.
    fn has_links(&self) -> bool {
        self.report.units.len() > 1
    }

    fn link_to(&self, org: &Org) -> String {
        address(routes::UNIFORMITY, &[("term", self.place.term.as_str()), ("org", &org.id.to_string())])
    }

    /// A row for every group.
    fn rows(&self, org: &Org, conflict: &Conflict) -> Vec<Vec<Cell>> {
        let w = self.f.w;
        let what: [Cell; 5] = [
            w.name(&org.name).into(),
            conflict.discipline.code.as_str().into(),
            w.name(&conflict.discipline.name).into(),
            w.code("taught-in", conflict.language.code()).into(),
            w.code("level", conflict.level.code()).into(),
        ];
        let members = conflict.parties.iter().flat_map(|party| party.members.iter().map(move |one| (party, one)));
        let row = |(party, member): (&Party, &Member)| {
            let who = if member.instructor.is_empty() { w.t("vacancy") } else { member.instructor.clone() };
            let who: [Cell; 3] =
                [member.group.as_str().into(), who.into(), w.code("stage", member.state.code()).into()];
            what.iter().cloned().chain(exam(w, Some(&party.picked))).chain(who).collect()
        };
        members.map(row).collect()
    }
}
