//! The site of the sample university, to which generated requests are sent without a network.

use app::access::session::{fresh_token, token_hash};
use app::access::sign_in::PasswordSignIn;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, Response, StatusCode};
use domain::password::OneTimeHours;
use http_body_util::BodyExt;
use std::collections::BTreeMap;
use store::sessions::{self, SessionOrigin};
use testkit::World;
use tokio::runtime::Runtime;
use tower::ServiceExt;
use web::{AppState, BodyDeadlines, Settings, router_with};

/// The number of requests after which the university is created anew, so that its size is limited.
const MOST_REQUESTS: usize = 2_000;

/// The people who are signed in.
const PEOPLE: [&str; 4] = ["aliya", "head", "registrar", "admin"];

/// The site of the sample university. Some people are signed in.
pub struct Site {
    world: World,
    router: Router,
    runtime: Runtime,
    is_secure: bool,
    requests: usize,
    /// The token of each person's session and the CSRF value of the session's forms, by username.
    people: BTreeMap<&'static str, SignedInPerson>,
}

/// The session of a signed-in person.
pub struct SignedInPerson {
    pub token: String,
    pub csrf: String,
}

/// A request to the site, as an input describes it.
pub struct SentRequest<'i> {
    pub method: &'i str,
    pub path: &'i str,
    /// The username of the person who sends the request; any other text for a visitor.
    pub person: &'i str,
    pub headers: Vec<(&'i str, &'i str)>,
    pub body: &'i [u8],
}

/// The answer of the site to a request.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl<'i> SentRequest<'i> {
    /// Divides an input into the parts of a request. The first line has the method, the path and
    /// the person; the next lines have headers; the body is behind an empty line.
    pub fn of(input: &'i [u8]) -> Option<Self> {
        let end = input.windows(2).position(|bytes| bytes == b"\n\n").unwrap_or(input.len());
        let (head, body) = input.split_at(end);
        let mut lines = std::str::from_utf8(head).ok()?.lines();
        let mut words = lines.next()?.split(' ');
        let (method, path, person) = (words.next()?, words.next()?, words.next().unwrap_or_default());
        let headers = lines.filter_map(|line| line.split_once(": ")).collect();
        Some(Self { method, path, person, headers, body: body.get(2..).unwrap_or_default() })
    }
}

impl Site {
    /// Creates the site; `is_secure` says whether browsers reach it through TLS.
    pub fn new(is_secure: bool) -> Self {
        let world = World::sqlite();
        let settings = Settings {
            origins: vec!["https://test.example".to_owned()],
            is_secure,
            trusted_proxies: Vec::new(),
            demo_accounts: Vec::new(),
            public_exams: true,
            setup_key: None,
            one_time_password_hours: OneTimeHours::default(),
        };
        let state = AppState::new(world.app.clone(), PasswordSignIn::new().unwrap(), settings);
        let router = router_with(state, BodyDeadlines::default());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let mut site = Self { world, router, runtime, is_secure, requests: 0, people: BTreeMap::new() };
        for username in PEOPLE {
            let person = site.sign_in(username);
            site.people.insert(username, person);
        }
        site
    }

    fn sign_in(&self, username: &str) -> SignedInPerson {
        let (person, token) = (self.world.actor(username).person, fresh_token().unwrap());
        let hash = token_hash(&token);
        let add = self
            .world
            .app
            .write_now(move |work| Ok(sessions::add(work.tx, hash, person, &SessionOrigin::default(), work.now)?));
        add.unwrap();
        let request = Request::get("/settings").header("cookie", self.session_cookie(&token));
        let page = self.answer(request.body(Body::empty()).unwrap()).body;
        let page = String::from_utf8(page).unwrap();
        let csrf = page.split_once("name=\"csrf\" value=\"").and_then(|(_, rest)| rest.split_once('"'));
        SignedInPerson { csrf: csrf.expect("a page with a form").0.to_owned(), token }
    }

    /// Returns the session of a person; `None` for a visitor.
    pub fn person(&self, username: &str) -> Option<&SignedInPerson> {
        self.people.get(username)
    }

    /// Returns the cookie of a session as a browser sends it.
    pub fn session_cookie(&self, token: &str) -> String {
        format!("{}emtihan={token}", if self.is_secure { "__Host-" } else { "" })
    }

    /// Sends a request with this body; `None` if a server would not pass such a request on.
    pub fn send(&mut self, sent: &SentRequest<'_>, cookies: &[String], body: Vec<u8>) -> Option<Answer> {
        let mut request = Request::builder().method(sent.method).uri(sent.path);
        request = request.header("origin", "https://test.example");
        for (name, value) in &sent.headers {
            request = request.header(*name, *value);
        }
        for cookie in cookies {
            request = request.header("cookie", cookie);
        }
        let answer = self.answer(request.body(Body::from(body)).ok()?);
        self.requests += 1;
        if self.requests == MOST_REQUESTS {
            *self = Self::new(self.is_secure);
        }
        Some(answer)
    }

    fn answer(&self, request: Request<Body>) -> Answer {
        self.runtime.block_on(async {
            let response: Response<_> = self.router.clone().oneshot(request).await.unwrap();
            let (parts, body) = response.into_parts();
            let body = body.collect().await.unwrap().to_bytes().to_vec();
            Answer { status: parts.status, headers: parts.headers, body }
        })
    }
}
