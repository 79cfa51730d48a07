//! Instructors who send choices to the running program over HTTP.

use app::access::session::{fresh_token, token_hash};
use app::app::App;
use app::programmes::upload_programme::{receive, record};
use domain::id::OfferingId;
use domain::limits::PROGRAMME_SIZE_LIMIT;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use store::sessions::SessionOrigin;
use store::{documents, people, sessions};
use testkit::files;

/// The rows of the rule table that are chosen in turn.
const ROWS: [&str; 2] = ["moodle-essay", "moodle-case"];

/// An instructor who sends a choice for one group again and again.
pub(crate) struct Instructor {
    pub(crate) cookie: String,
    pub(crate) offering: OfferingId,
    /// The fields of the form that name discipline and document.
    document: String,
    /// The newest version of the choice that the program has acknowledged.
    pub(crate) acknowledged: AtomicI64,
}

impl Instructor {
    pub(crate) fn of(app: &App, taught: &domain::roster::RosterOffering) -> Self {
        let (person, discipline) = (taught.responsible.unwrap(), taught.discipline);
        let token = fresh_token().unwrap();
        let cookie = format!("emtihan={token}");
        let about = app
            .write_now(move |work| {
                sessions::add(work.tx, token_hash(&token), person, &SessionOrigin::default(), work.now)?;
                Ok(documents::discipline(work.tx, discipline)?.unwrap())
            })
            .unwrap();
        let mut incoming = app.vault.begin(PROGRAMME_SIZE_LIMIT).unwrap();
        incoming.write(&files::good_programme(&about, "programme")).unwrap();
        let taken = receive(&app.vault, incoming, &about).unwrap();
        let stored = app.write_now(move |work| {
            let person = people::find(work.tx, person)?.unwrap();
            let today = work.today();
            let actor = people::actor(work.tx, &person, today)?;
            record(work, &actor, discipline, "programme.pdf", &taken)
        });
        let document = format!("doc_{discipline}={}", stored.unwrap().document.id);
        Self { cookie, offering: taught.id, document, acknowledged: AtomicI64::new(0) }
    }

    /// Sends the next version of the choice. `None` if there was no answer, as when the program was
    /// killed.
    pub(crate) fn send(&self, address: SocketAddr) -> Option<()> {
        let page = get(address, "/groups", &self.cookie)?;
        let csrf = page.split("name=\"csrf\" value=\"").nth(1)?.split('"').next()?.to_owned();
        let (offering, version) = (self.offering, self.acknowledged.load(Ordering::SeqCst));
        let row = ROWS.iter().cycle().nth(usize::from(version % 2 == 1)).unwrap();
        let form = format!("csrf={csrf}&rule={row}&g={offering}&o={offering}&v_{offering}={version}&{}", self.document);
        let answer = post(address, "/choices", &self.cookie, &form)?;
        if answer.starts_with("HTTP/1.1 303") {
            self.acknowledged.store(version + 1, Ordering::SeqCst);
            return Some(());
        }
        assert!(answer.starts_with("HTTP/1.1 503"), "{answer}");
        None
    }
}

pub(crate) fn get(address: SocketAddr, path: &str, cookie: &str) -> Option<String> {
    ask(address, &format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n"))
}

fn post(address: SocketAddr, path: &str, cookie: &str, form: &str) -> Option<String> {
    let length = form.len();
    ask(
        address,
        &format!(
            "POST {path} HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\nCookie: {cookie}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{form}"
        ),
    )
}

/// Sends a request and returns the whole answer; `None` if there is none, or only a part.
fn ask(address: SocketAddr, request: &str) -> Option<String> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(30))).ok()?;
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    answer.contains("\r\n\r\n").then_some(answer)
}
