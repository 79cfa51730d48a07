//! The signed-in people of `emtihan bench`, and the first choices that the instructors send through
//! the pages, each with an uploaded programme.

use super::http::{Connection, Requests};
use super::page_text::{all_between, between};
use super::university::{BUSY_DEPARTMENTS, REGISTRAR, University, student};
use anyhow::{Context, Result};
use app::access::password_hash::hash_password;
use app::access::session::{fresh_token, token_hash};
use app::app::App;
use app::staff::accounts;
use indicatif::ProgressBar;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Instant;
use store::sessions::{self, SessionOrigin};

/// The password of everybody who can sign in with one.
pub(super) const PASSWORD: &str = "emtihan-bench-1";
const STUDENTS_SIGNED_IN: usize = 200;

/// The catalogue rows that are chosen in turn; none of them asks for additional information.
const ROWS: [&str; 5] = ["moodle-essay", "moodle-case", "univer-test", "oqylyq-written", "moodle-project"];

/// The people who are signed in to the measured server.
pub(super) struct People {
    pub(super) busy: Vec<Arc<Instructor>>,
    others: Vec<Arc<Instructor>>,
    pub(super) heads: Vec<Requests>,
    pub(super) students: Vec<Requests>,
    pub(super) registrar: Requests,
    /// The usernames of people with the password [`PASSWORD`].
    pub(super) with_password: Vec<String>,
}

/// An instructor, and the student groups for which the instructor has sent a choice.
pub(super) struct Instructor {
    pub(super) requests: Requests,
    pub(super) csrf: String,
    pub(super) groups: Vec<Group>,
}

/// A student group with a choice that was sent for review.
pub(super) struct Group {
    offering: String,
    discipline: String,
    document: String,
    version: AtomicI64,
}

impl Instructor {
    /// The path of the choice form for the instructor's first student group.
    pub(super) fn form_path(&self) -> String {
        self.groups.first().map_or_else(|| "/groups".to_owned(), |group| format!("/choose?o={}", group.offering))
    }

    /// The discipline of the instructor's first student group.
    pub(super) fn discipline(&self) -> Option<&str> {
        self.groups.first().map(|group| group.discipline.as_str())
    }

    /// The request that sends another choice for one of the instructor's student groups. Each request
    /// chooses another catalogue row than the last one for the same group.
    pub(super) fn send(&self, place: usize) -> Vec<u8> {
        let Some(group) = self.groups.get(place % self.groups.len().max(1)) else { return Vec::new() };
        let Group { offering, discipline, document, version } = group;
        let version = version.fetch_add(1, Ordering::Relaxed);
        let row =
            usize::try_from(version).ok().and_then(|turn| ROWS.get(turn % ROWS.len())).copied().unwrap_or(ROWS[0]);
        let fields = format!(
            "csrf={}&g={offering}&o={offering}&v_{offering}={version}&rule={row}&doc_{discipline}={document}",
            self.csrf
        );
        self.requests.post("/choices", &fields)
    }

    /// Notes that the last request of [`Self::send`] for a student group was refused.
    pub(super) fn not_sent(&self, place: usize) {
        if let Some(group) = self.groups.get(place % self.groups.len().max(1)) {
            group.version.fetch_sub(1, Ordering::Relaxed);
        }
    }
}

impl People {
    /// Signs the people of a university in, by adding a session for each to the database.
    pub(super) fn sign_in(app: &App, university: &University, address: SocketAddr) -> Result<Self> {
        let with_password: Vec<String> = (0..STUDENTS_SIGNED_IN.min(university.students)).map(student).collect();
        let hash = hash_password(PASSWORD)?;
        for username in with_password.clone() {
            let hash = hash.clone();
            app.write_now(move |work| accounts::set_password(work, &username, &hash))?;
        }
        let signed_in = |usernames: Vec<String>| -> Result<Vec<Requests>> {
            let cookies = add_sessions(app, usernames)?;
            Ok(cookies.into_iter().map(|cookie| Requests { address, cookie }).collect())
        };
        let mut instructors = Vec::new();
        for department in &university.departments {
            let signed_in = signed_in(department.instructors.clone())?.into_iter();
            instructors.push(signed_in.map(|requests| Arc::new(Instructor::new(requests))).collect::<Vec<_>>());
        }
        let others = instructors.split_off(BUSY_DEPARTMENTS).concat();
        Ok(Self {
            busy: instructors.concat(),
            others,
            heads: signed_in(university.departments.iter().map(|department| department.head.clone()).collect())?,
            students: signed_in(with_password.clone())?,
            registrar: signed_in(vec![REGISTRAR.to_owned()])?.pop().context("no registrar")?,
            with_password,
        })
    }

    /// Sends the first choice for every student group, with one uploaded programme for each
    /// discipline. Returns how many milliseconds an upload took on average.
    pub(super) async fn send_first_choices(&mut self, bar: &ProgressBar) -> Result<f64> {
        let all = self.busy.len() + self.others.len();
        bar.set_length(u64::try_from(all)?);
        let (mut seconds, mut uploads) = (0.0, 0_u64);
        for instructor in self.busy.iter_mut().chain(&mut self.others).filter_map(Arc::get_mut) {
            let mut connection = Connection::open(instructor.requests.address).await?;
            let page = connection.page(&instructor.requests.get("/groups")).await?;
            let csrf = between(&page, "name=\"csrf\" value=\"", "\"").context("no CSRF value")?;
            csrf.clone_into(&mut instructor.csrf);
            for discipline in all_between(&page, "/choose?discipline=", "\"") {
                let form = instructor.requests.get(&format!("/choose?discipline={discipline}"));
                let page = connection.page(&form).await?;
                let request = instructor.first_choice(discipline, &page);
                let began = Instant::now();
                connection.page(&request).await?;
                seconds += began.elapsed().as_secs_f64();
                uploads += 1;
                instructor.remember(&mut connection, discipline, &page).await?;
            }
            bar.inc(1);
        }
        Ok(seconds * 1_000.0 / super::numbers::float(uploads.max(1)))
    }

    /// Approves all choices of the departments that send no further ones.
    pub(super) async fn approve_others(&self) -> Result<()> {
        for head in self.heads.iter().skip(BUSY_DEPARTMENTS) {
            let mut connection = Connection::open(head.address).await?;
            let queue = Queue::open(&mut connection, head).await?;
            let all: Vec<_> = queue.seen.iter().map(String::as_str).collect();
            connection.page(&queue.approve(head, &all)).await?;
        }
        Ok(())
    }
}

impl Instructor {
    fn new(requests: Requests) -> Self {
        Self { requests, csrf: String::new(), groups: Vec::new() }
    }

    fn first_choice(&self, discipline: &str, page: &str) -> Vec<u8> {
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let mut fields = vec![field("csrf", &self.csrf), field("rule", ROWS[0])];
        for offering in all_between(page, "name=\"g\" value=\"", "\"") {
            fields.extend([field("g", offering), field("o", offering), field(&format!("v_{offering}"), "0")]);
        }
        let file = format!("file_{discipline}");
        self.requests.upload("/choices", &fields, (&file, &pdf(discipline)))
    }

    async fn remember(&mut self, connection: &mut Connection, discipline: &str, page: &str) -> Result<()> {
        let form = connection.page(&self.requests.get(&format!("/choose?discipline={discipline}"))).await?;
        let radio = form.split(&format!("name=\"doc_{discipline}\"")).nth(1);
        let document = radio.and_then(|rest| between(rest, "value=\"", "\"")).context("no programme in the form")?;
        let group = |offering: &str| Group {
            offering: offering.to_owned(),
            discipline: discipline.to_owned(),
            document: document.to_owned(),
            version: AtomicI64::new(1),
        };
        self.groups.extend(all_between(page, "name=\"g\" value=\"", "\"").map(group));
        Ok(())
    }
}

/// The review queue of a head of department as its page shows it.
pub(super) struct Queue {
    csrf: String,
    /// The choices in review, each as the page sends it back: offering and fingerprint.
    pub(super) seen: Vec<String>,
}

impl Queue {
    pub(super) async fn open(connection: &mut Connection, head: &Requests) -> Result<Self> {
        let page = connection.page(&head.get("/queue")).await?;
        let csrf = between(&page, "name=\"csrf\" value=\"", "\"").context("no CSRF value")?.to_owned();
        let boxes = all_between(&page, "form=\"bulk\"", ">").filter_map(|tick| between(tick, "value=\"", "\""));
        let mut seen: Vec<String> = boxes.flat_map(|value| value.split(',')).map(str::to_owned).collect();
        seen.sort();
        seen.dedup();
        Ok(Self { csrf, seen })
    }

    /// The request that returns choices to their instructors.
    pub(super) fn send_back(&self, head: &Requests, seen: &[&str]) -> Vec<u8> {
        let fields = format!("csrf={}&seen={}&reason=Please+choose+another+exam", self.csrf, seen.join(","));
        head.post("/returns", &fields)
    }

    pub(super) fn approve(&self, head: &Requests, seen: &[&str]) -> Vec<u8> {
        head.post("/approvals", &format!("csrf={}&seen={}", self.csrf, seen.join(",")))
    }
}

fn add_sessions(app: &App, usernames: Vec<String>) -> Result<Vec<String>> {
    let cookies = app.write_now(move |work| {
        let mut cookies = Vec::new();
        for username in &usernames {
            let person = accounts::by_username(work, username)?;
            let token = fresh_token()?;
            sessions::add(work.tx, token_hash(&token), person.id, &SessionOrigin::default(), work.now)?;
            cookies.push(format!("emtihan={token}"));
        }
        Ok(cookies)
    });
    Ok(cookies?)
}

/// A PDF with one line of text, as small as a PDF can be.
pub(super) fn pdf(text: &str) -> Vec<u8> {
    let stream = format!("BT /F1 12 Tf 40 700 Td (Final exam programme {text}) Tj ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{stream}\nendstream", stream.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let (mut file, mut table) = ("%PDF-1.4\n".to_owned(), "0000000000 65535 f \n".to_owned());
    for (place, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.push_str(&format!("{} 0 obj\n{object}\nendobj\n", place + 1));
    }
    let start = file.len();
    file.push_str(&format!("xref\n0 6\n{table}trailer << /Size 6 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"));
    file.into_bytes()
}
