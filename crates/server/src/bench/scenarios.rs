//! The loads that `emtihan bench` puts on the server, in rounds that alternate with their reference.

use super::http::{Connection, Load, MakeRequest, Requests, load};
use super::installation::Server;
use super::page_text::between;
use super::people::{PASSWORD, People, Queue};
use super::reference;
use super::report::Measure;
use anyhow::{Context, Result, bail};
use indicatif::ProgressBar;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The numbers of connections that send requests at once.
const CONNECTIONS: [usize; 3] = [2, 32, 256];
/// The number of connections that open a page about a whole department or university. Few people
/// open such a page, and 256 requests for it would take minutes.
const CONNECTIONS_OF_REPORTS: [usize; 1] = [2];
/// The number of choices that are approved in one act, and then one by one. It is smaller in a small
/// university.
const APPROVED_AT_ONCE: usize = 300;

/// The measured server with the people who send requests to it.
pub(super) struct Scenarios<'a> {
    pub(super) server: &'a Server,
    pub(super) people: &'a People,
    pub(super) folder: &'a Path,
    /// The number of rounds in which each load and its reference are measured. The median counts.
    pub(super) rounds: usize,
    /// The duration of a load in each round.
    pub(super) time: Duration,
}

/// A page that is opened again and again, by one person after the other.
struct Page<'a> {
    name: &'static str,
    path: String,
    readers: Vec<&'a Requests>,
    is_compressed: bool,
    connections: &'static [usize],
}

impl Scenarios<'_> {
    pub(super) async fn measure(&self, bar: &ProgressBar) -> Result<Vec<Measure>> {
        let pages = self.pages().await?;
        bar.set_position(0);
        bar.set_length(u64::try_from(pages.len() + 2 * CONNECTIONS.len())?);
        let mut measures = Vec::new();
        for page in &pages {
            bar.set_message(page.name);
            for &connections in page.connections {
                measures.push(self.page(page, connections).await?);
            }
            bar.inc(1);
        }
        bar.set_message("sends");
        for connections in CONNECTIONS {
            measures.push(self.sends(connections).await?);
            bar.inc(1);
        }
        bar.set_message("approvals");
        measures.push(self.approvals().await?);
        bar.set_message("sign-ins");
        for connections in CONNECTIONS {
            measures.push(self.sign_ins(connections).await?);
            bar.inc(1);
        }
        Ok(measures)
    }

    async fn pages(&self) -> Result<Vec<Page<'_>>> {
        let People { busy, heads, students, registrar, .. } = self.people;
        let instructors: Vec<_> = busy.iter().map(|instructor| &instructor.requests).collect();
        let first = busy.first().context("no instructor")?;
        let page = |name, path: &str, readers| Page {
            name,
            path: path.to_owned(),
            readers,
            is_compressed: false,
            connections: &CONNECTIONS,
        };
        let groups = page("instructor's groups", "/groups", instructors.clone());
        let compressed = page("instructor's groups, compressed", "/groups", instructors);
        let head: Vec<_> = heads.iter().take(1).collect();
        let office = vec![registrar];
        let reports = [
            page("review queue of a department", "/queue", head),
            page("progress of the university", "/progress", office.clone()),
            page("draft order of the university", "/orders", office.clone()),
            page("dry run of a changed catalogue", &self.changed_draft().await?, office),
        ];
        let mut pages = vec![
            groups,
            Page { is_compressed: true, ..compressed },
            page("choice form", &first.form_path(), vec![&first.requests]),
            page("student's exams", "/exams", students.iter().collect()),
        ];
        pages.extend(reports.map(|report| Page { connections: &CONNECTIONS_OF_REPORTS, ..report }));
        Ok(pages)
    }

    /// Creates a catalogue draft in which a much-used row cannot be chosen any more, and returns the
    /// path of its dry run.
    async fn changed_draft(&self) -> Result<String> {
        let registrar = &self.people.registrar;
        let mut connection = Connection::open(registrar.address).await?;
        let page = connection.page(&registrar.get("/catalogue")).await?;
        let csrf = between(&page, "name=\"csrf\" value=\"", "\"").context("no CSRF value")?;
        connection.page(&registrar.post("/catalogue/drafts", &format!("csrf={csrf}&base=1"))).await?;
        let draft = connection.header("location").context("no draft was created")?.to_owned();
        let page = connection.page(&registrar.get(&draft)).await?;
        let revision = between(&page, "name=\"revision\" value=\"", "\"").context("no revision")?;
        let fields = format!("csrf={csrf}&revision={revision}&row=moodle-essay&on=no");
        connection.page(&registrar.post(&format!("{draft}/switches"), &fields)).await?;
        Ok(format!("{draft}/dry-run"))
    }

    /// Opens a page on several connections at once, beside a server that sends the same bytes.
    async fn page(&self, page: &Page<'_>, connections: usize) -> Result<Measure> {
        let readers: Vec<Requests> = page.readers.iter().map(|&reader| reader.clone()).collect();
        let (path, is_compressed) = (page.path.clone(), page.is_compressed);
        let mut connection = Connection::open(self.server.address).await?;
        let first = readers.first().context("nobody reads the page")?;
        let request = if is_compressed { first.get_compressed(&path) } else { first.get(&path) };
        connection.page(&request).await?;
        let bare = reference::serve_bytes(connection.body.clone()).await?;
        let make: MakeRequest =
            Arc::new(move |number, sent| {
                let reader = readers.get((number + sent * connections) % readers.len());
                reader.map_or_else(Vec::new, |reader| {
                    if is_compressed { reader.get_compressed(&path) } else { reader.get(&path) }
                })
            });
        let mut rounds = Rounds::default();
        for _ in 0..self.rounds {
            rounds.loads.push(self.loaded(connections, &make).await?);
            rounds.references.push(load(bare, connections, self.time, &make).await?.per_second());
        }
        Ok(rounds.measure(page.name, connections, "axum with the same bytes"))
    }

    /// Sends choices for review, each connection for its own instructors, beside appends that reach
    /// the disk.
    async fn sends(&self, connections: usize) -> Result<Measure> {
        // The student groups are dealt out to the connections, so that no two connections send a
        // choice for the same group.
        let busy: Vec<_> = self.people.busy.clone();
        let each = busy.len() * busy.first().map_or(0, |instructor| instructor.groups.len()) / connections;
        let make: MakeRequest = Arc::new(move |number, sent| {
            let place = number + (sent % each.max(1)) * connections;
            busy.get(place % busy.len()).map_or_else(Vec::new, |instructor| instructor.send(place / busy.len()))
        });
        let mut rounds = Rounds::default();
        for _ in 0..self.rounds {
            rounds.loads.push(self.loaded(connections, &make).await?);
            rounds.references.push(reference::appends_per_second(self.folder, self.time)?);
        }
        Ok(rounds.measure("send of a choice", connections, "append and sync 4 KiB"))
    }

    /// Signs people in with their passwords, beside the hashing of passwords alone.
    async fn sign_ins(&self, connections: usize) -> Result<Measure> {
        let address = self.server.address;
        let visitor = Requests { address, cookie: String::new() };
        let mut connection = Connection::open(address).await?;
        let page = connection.page(&visitor.get("/sign-in")).await?;
        let csrf = between(&page, "name=\"csrf\" value=\"", "\"").context("no CSRF value")?.to_owned();
        let cookie =
            connection.header("set-cookie").and_then(|cookie| cookie.split(';').next()).context("no cookie")?;
        let visitor = Requests { address, cookie: cookie.to_owned() };
        let usernames = self.people.with_password.clone();
        let make: MakeRequest = Arc::new(move |number, sent| {
            let username = usernames.get((number + sent * connections) % usernames.len()).map_or("", String::as_str);
            let fields = format!("csrf={csrf}&next=/&username={username}&password={PASSWORD}");
            visitor.post("/sign-in", &fields)
        });
        let mut rounds = Rounds::default();
        for _ in 0..self.rounds {
            rounds.loads.push(self.loaded(connections, &make).await?);
            rounds.references.push(reference::hashes_per_second(self.time)?);
        }
        Ok(rounds.measure("sign-in with a password", connections, "hash passwords"))
    }

    /// Approves many choices in one act, beside as many acts for one choice each.
    async fn approvals(&self) -> Result<Measure> {
        let head = self.people.heads.first().context("no head")?;
        let mut connection = Connection::open(head.address).await?;
        let queue = Queue::open(&mut connection, head).await?;
        let count = APPROVED_AT_ONCE.min(queue.seen.len() / 2);
        if count == 0 {
            bail!("the review queue has only {} choices", queue.seen.len());
        }
        let (at_once, one_by_one) = queue.seen.split_at(count);
        let began = Instant::now();
        for seen in one_by_one.iter().take(count) {
            connection.page(&queue.approve(head, &[seen])).await?;
        }
        let single = began.elapsed().as_secs_f64();
        let all: Vec<_> = at_once.iter().map(String::as_str).collect();
        let began = Instant::now();
        connection.page(&queue.approve(head, &all)).await?;
        let together = began.elapsed().as_secs_f64();
        let name = format!("approve {count} choices in one act");
        Ok(Measure::of(&name, together * 1_000.0, "ms").beside("one act for each", single * 1_000.0))
    }

    async fn loaded(&self, connections: usize, make: &MakeRequest) -> Result<Loaded> {
        let before = self.server.cpu_seconds();
        let load = load(self.server.address, connections, self.time, make).await?;
        let after = self.server.cpu_seconds();
        let requests = super::numbers::float((load.requests + load.errors).max(1));
        let cpu_ms = before.zip(after).map(|(before, after)| (after - before) * 1_000.0 / requests);
        Ok(Loaded { load, cpu_ms, memory_mib: self.server.memory_mib() })
    }
}

/// The responses to a load, and what they cost the server.
struct Loaded {
    load: Load,
    cpu_ms: Option<f64>,
    memory_mib: Option<f64>,
}

/// The rounds in which a load and its reference were measured.
#[derive(Default)]
struct Rounds {
    loads: Vec<Loaded>,
    references: Vec<f64>,
}

impl Rounds {
    /// The round with the median number of requests per second, beside the median of the reference.
    fn measure(mut self, name: &str, connections: usize, reference: &'static str) -> Measure {
        self.loads.sort_by(|one, other| one.load.per_second().total_cmp(&other.load.per_second()));
        self.references.sort_by(f64::total_cmp);
        let errors = self.loads.iter().map(|loaded| loaded.load.errors).sum();
        let middle = self.loads.len() / 2;
        let (Some(Loaded { load, cpu_ms, memory_mib }), Some(&limit)) =
            (self.loads.get(middle), self.references.get(middle))
        else {
            return Measure::of(name, 0.0, "/s");
        };
        let measure = Measure::of(name, load.per_second(), "/s").beside(reference, limit);
        Measure {
            connections: Some(connections),
            p50_ms: Some(load.percentile(50)),
            p99_ms: Some(load.percentile(99)),
            cpu_ms: *cpu_ms,
            memory_mib: *memory_mib,
            errors,
            ..measure
        }
    }
}
