//! What changed since a day.

use crate::error::Oops;
use crate::i18n::Words;
use crate::layout::Frame;
use crate::pages::reports::report::{EXAM, Extent, Place, Report, Tab, exam, file_name, head, tabs};
use crate::routes;
use crate::session::Seat;
use crate::state::Door;
use app::reports::changes::{Change, Changes, changes_since};
use app::reports::export::{Cell, Sheet};
use askama::Template;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "reports/changes.html")]
pub(crate) struct ChangesPage {
    f: Frame,
    tabs: Vec<Tab>,
    found: Changes,
}

/// What the address asks for.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Wanted {
    term: String,
    org: String,
    since: String,
}

/// `GET /changes?since=…&term=…&org=…`
impl Report for ChangesPage {
    type Wanted = Wanted;

    async fn look(door: &Door, seat: &Seat, wanted: Wanted, _: Extent) -> Result<Self, Oops> {
        let place = Place { term: wanted.term, org: wanted.org };
        let (actor, asked, since) = (seat.actor(), place.asked(), wanted.since.parse().ok());
        let found = door.app.read(move |desk| changes_since(desk, &actor, (&asked, since))).await?;
        Ok(Self { f: Frame::of(seat), tabs: tabs(seat, &place, routes::CHANGES), found })
    }

    fn file_name(&self) -> String {
        format!("{}-{}", file_name("changes", &self.found.outlook), self.found.since)
    }

    fn sheets(&self) -> Vec<Sheet> {
        let w = self.f.w;
        let [platform, form, kind, info] = EXAM;
        let keys = ["discipline-code", "discipline", "group", platform, form, kind, info];
        let keys = [keys.as_slice(), &["what-happened", "open-reason", "who", "when"]].concat();
        let too_many = self.found.has_more.then(|| vec![w.t("changes-too-many").into()]);
        vec![Sheet {
            title: w.t("changes"),
            head: head(w, &keys),
            rows: self.found.lines.iter().map(|line| row(w, line)).collect(),
            foot: too_many.into_iter().collect(),
        }]
    }
}

fn row(words: Words, line: &Change) -> Vec<Cell> {
    let Change { offering, kind, picked, last: (at, by), reason } = line;
    let mut cells: Vec<Cell> = vec![
        offering.discipline.code.as_str().into(),
        words.name(&offering.discipline.name).into(),
        offering.group.as_str().into(),
    ];
    cells.extend(exam(words, Some(picked)));
    cells.extend([words.code("change", kind.code()).into(), reason.as_str().into(), by.as_str().into()]);
    cells.push(Cell::Moment(words.wall(*at)));
    cells
}
