//! A simulated browser for tests: stores cookies and sends forms with the CSRF value of the pages.
#![allow(dead_code, unreachable_pub, reason = "every test file uses its own part")]

use app::access::setup_key::SetupKey;
use app::access::sign_in::PasswordSignIn;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderName, Request, header};
use domain::id::DisciplineId;
use domain::password::OneTimeHours;
use http_body_util::BodyExt;
use http_body_util::channel::Channel;
use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use testkit::World;
use tokio::runtime::Runtime;
use tower::ServiceExt;
use web::{AppState, BodyDeadlines, Settings, router_with};

/// The site of the sample university, for tests over HTTP.
pub struct Site {
    pub world: World,
    origin: String,
    router: Router,
    runtime: Arc<Runtime>,
}

#[derive(Clone)]
pub struct Visitor {
    router: Router,
    runtime: Arc<Runtime>,
    pub cookies: BTreeMap<String, String>,
    pub origin: Option<String>,
    pub accept: Option<String>,
    pub accept_language: Option<String>,
    pub accept_encoding: Option<String>,
    pub referer: Option<String>,
    pub user_agent: Option<String>,
    /// The network address from which the browser connects.
    pub address: Option<IpAddr>,
    /// The header `X-Forwarded-For` of a proxy between the browser and the site.
    pub forwarded_for: Option<String>,
    pub csrf: String,
}

pub struct Answer {
    pub status: u16,
    pub headers: axum::http::HeaderMap,
    pub body: String,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    pub fn location(&self) -> &str {
        self.header("location")
    }
}

impl Site {
    pub fn new() -> Self {
        Self::with(false)
    }

    pub fn with(public_exams: bool) -> Self {
        Self::set(World::sqlite(), |settings| settings.public_exams = public_exams)
    }

    /// A test site that browsers reach through TLS, at the same origin as the other test sites but with `https`.
    pub fn with_tls() -> Self {
        let mut site = Self::set(World::sqlite(), |settings| {
            settings.origins = vec!["https://test.example".to_owned()];
            settings.is_secure = true;
        });
        "https://test.example".clone_into(&mut site.origin);
        site
    }

    /// A test site on which first-run setup is still possible with this key.
    pub fn unopened(world: World, key: &SetupKey) -> Self {
        Self::set(world, |settings| settings.setup_key = Some(key.clone()))
    }

    /// A test site with other deadlines for request bodies.
    pub fn with_deadlines(deadlines: BodyDeadlines) -> Self {
        Self::of(World::sqlite(), deadlines, |_| {})
    }

    /// A test site whose settings are changed.
    pub fn set(world: World, change: impl FnOnce(&mut Settings)) -> Self {
        Self::of(world, BodyDeadlines::default(), change)
    }

    fn of(world: World, deadlines: BodyDeadlines, change: impl FnOnce(&mut Settings)) -> Self {
        let origin = "http://test.example".to_owned();
        let mut settings = Settings {
            origins: vec![origin.clone()],
            is_secure: false,
            trusted_proxies: Vec::new(),
            demo_accounts: Vec::new(),
            public_exams: false,
            setup_key: None,
            one_time_password_hours: OneTimeHours::default(),
        };
        change(&mut settings);
        let passwords = PasswordSignIn::new().unwrap();
        let state = AppState::new(world.app.clone(), passwords, settings);
        let router = router_with(state, deadlines);
        Self { world, origin, router, runtime: Arc::new(Runtime::new().unwrap()) }
    }

    pub fn stranger(&self) -> Visitor {
        Visitor {
            router: self.router.clone(),
            runtime: Arc::clone(&self.runtime),
            cookies: BTreeMap::new(),
            origin: Some(self.origin.clone()),
            accept: None,
            accept_language: None,
            accept_encoding: None,
            referer: None,
            user_agent: None,
            address: None,
            forwarded_for: None,
            csrf: String::new(),
        }
    }

    /// A browser that connects from this network address.
    pub fn stranger_at(&self, address: &str) -> Visitor {
        Visitor { address: Some(address.parse().unwrap()), ..self.stranger() }
    }

    pub fn signed_in(&self, username: &str) -> Visitor {
        self.world.set_password(username, "correct horse");
        let mut visitor = self.stranger();
        assert_eq!(visitor.sign_in(username, "correct horse").status, 303);
        visitor
    }
}

impl Visitor {
    pub fn get(&mut self, path: &str) -> Answer {
        let answer = self.ask(Request::get(path), Body::empty());
        if let Some(csrf) = between(&answer.body, "name=\"csrf\" value=\"", "\"") {
            csrf.clone_into(&mut self.csrf);
        }
        answer
    }

    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let csrf = self.csrf.clone();
        let fields: Vec<_> = fields.iter().copied().chain([("csrf", csrf.as_str())]).collect();
        self.post_without_csrf(path, &fields)
    }

    pub fn post_without_csrf(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.ask(request, Body::from(body))
    }

    pub fn sign_in(&mut self, username: &str, password: &str) -> Answer {
        self.sign_in_to(username, password, "/")
    }

    pub fn sign_in_to(&mut self, username: &str, password: &str, next: &str) -> Answer {
        self.get("/sign-in");
        let answer = self.post("/sign-in", &[("username", username), ("password", password), ("next", next)]);
        if answer.status == 303 {
            self.get("/catalogue/current");
        }
        answer
    }

    pub fn upload(&mut self, discipline: DisciplineId, name: &str, bytes: &[u8]) -> Answer {
        self.send_file("/documents", &[("discipline", &discipline.to_string())], name, bytes)
    }

    pub fn upload_roster(&mut self, name: &str, bytes: &[u8]) -> Answer {
        self.get("/imports");
        self.send_file("/imports", &[], name, bytes)
    }

    fn send_file(&mut self, path: &str, fields: &[(&str, &str)], name: &str, bytes: &[u8]) -> Answer {
        let body = self.file_body(fields, name, bytes);
        self.send(path, "multipart/form-data; boundary=b", Body::from(body))
    }

    /// The body of a multipart form with one file, as a browser sends it.
    pub fn upload_body(&self, discipline: DisciplineId, name: &str, bytes: &[u8]) -> Vec<u8> {
        self.file_body(&[("discipline", &discipline.to_string())], name, bytes)
    }

    fn file_body(&self, fields: &[(&str, &str)], name: &str, bytes: &[u8]) -> Vec<u8> {
        let mut body = Vec::new();
        for (field, value) in [("csrf", self.csrf.as_str())].iter().chain(fields) {
            body.extend(format!("--b\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n").bytes());
        }
        let name = name.replace('"', "%22");
        let file = format!("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
        body.extend(file.bytes().chain(bytes.iter().copied()).chain(*b"\r\n--b--\r\n"));
        body
    }

    /// Sends a request body of any kind.
    pub fn send(&mut self, path: &str, kind: &str, body: Body) -> Answer {
        let request = Request::post(path).header(header::CONTENT_TYPE, kind).header("x-partial", "programmes");
        self.ask(request, body)
    }

    pub fn csrf(&self) -> &str {
        &self.csrf
    }

    /// Sends a multipart form with these fields and these files: field, file name, content.
    pub fn post_multipart(&mut self, path: &str, fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Answer {
        let csrf = self.csrf.clone();
        let mut body = Vec::new();
        for (name, value) in [("csrf", csrf.as_str())].iter().chain(fields) {
            body.extend(format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
        }
        for (name, file, bytes) in files {
            let head = format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n\r\n");
            body.extend([head.as_bytes(), bytes, b"\r\n"].concat());
        }
        body.extend(b"--b--\r\n");
        let request = Request::post(path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=b");
        self.ask(request, Body::from(body))
    }

    /// Sends a request whose last byte arrives only after `meanwhile` has run, as from a slow client.
    pub fn post_slowly(&mut self, path: &str, form: &SlowForm, meanwhile: impl FnOnce() + Send + 'static) -> Answer {
        let (mime, mut bytes) = form.encoded(&self.csrf);
        let request = Request::post(path).header(header::CONTENT_TYPE, mime);
        let last = bytes.split_off(bytes.len() - 1);
        let (mut sender, body) = Channel::<Bytes>::new(1);
        self.runtime.spawn(async move {
            sender.send_data(bytes.into()).await.unwrap();
            tokio::task::spawn_blocking(meanwhile).await.unwrap();
            // A server that answered meanwhile no longer reads the body.
            sender.send_data(last.into()).await.ok();
        });
        self.ask(request, Body::new(body))
    }

    fn ask(&mut self, request: axum::http::request::Builder, body: Body) -> Answer {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = request.header(header::COOKIE, cookies.join("; "));
        for (name, value) in [
            (header::ORIGIN, &self.origin),
            (header::ACCEPT, &self.accept),
            (header::ACCEPT_LANGUAGE, &self.accept_language),
            (header::ACCEPT_ENCODING, &self.accept_encoding),
            (header::REFERER, &self.referer),
            (header::USER_AGENT, &self.user_agent),
            (HeaderName::from_static("x-forwarded-for"), &self.forwarded_for),
        ] {
            if let Some(value) = value {
                request = request.header(name, value);
            }
        }
        let mut request = request.body(body).unwrap();
        if let Some(ip) = self.address {
            request.extensions_mut().insert(ConnectInfo(SocketAddr::new(ip, 40_000)));
        }
        let (parts, body) = self.runtime.block_on(async {
            let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
            (parts, body.collect().await.unwrap().to_bytes())
        });
        for line in parts.headers.get_all(header::SET_COOKIE) {
            let (name, value) = line.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let (bytes, body) = (body.to_vec(), String::from_utf8_lossy(&body).into_owned());
        Answer { status: parts.status.as_u16(), headers: parts.headers, body, bytes }
    }
}

/// A form for [`Visitor::post_slowly`]: fields, and perhaps a file in the field `file`.
#[derive(Default)]
pub struct SlowForm {
    pub fields: Vec<(&'static str, String)>,
    pub file: Option<(&'static str, Vec<u8>)>,
}

impl SlowForm {
    fn encoded(&self, csrf: &str) -> (&'static str, Vec<u8>) {
        let fields =
            [("csrf", csrf)].into_iter().chain(self.fields.iter().map(|(name, value)| (*name, value.as_str())));
        let Some((name, file)) = &self.file else {
            let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
            return ("application/x-www-form-urlencoded", body.into_bytes());
        };
        let disposition = "--b\r\nContent-Disposition: form-data; name=";
        let mut body = String::new();
        for (name, value) in fields {
            body.push_str(&format!("{disposition}\"{name}\"\r\n\r\n{value}\r\n"));
        }
        body.push_str(&format!("{disposition}\"file\"; filename=\"{name}\"\r\n\r\n"));
        let mut body = body.into_bytes();
        body.extend(file);
        body.extend(b"\r\n--b--\r\n");
        ("multipart/form-data; boundary=b", body)
    }
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    text.split_once(before)?.1.split_once(after).map(|(found, _)| found)
}

/// Asserts that the ids of an HTML page are unique, every field has a label, and no text is missing.
pub fn is_whole(html: &str, what: &str) {
    let values = |attribute: &str| -> Vec<&str> {
        html.split(&format!(" {attribute}=\"")).skip(1).filter_map(|rest| rest.split('"').next()).collect()
    };
    let ids = values("id");
    let unique: BTreeSet<_> = ids.iter().collect();
    assert_eq!(ids.len(), unique.len(), "{what}: an id stands twice");
    let labelled: BTreeSet<&str> = values("for").into_iter().collect();
    for tag in html.split('<').filter(|tag| ["input ", "select ", "textarea "].iter().any(|name| tag.starts_with(name)))
    {
        let tag = tag.split('>').next().unwrap_or_default();
        let id = between(tag, " id=\"", "\"");
        let is_free = tag.contains("type=\"hidden\"")
            || tag.contains("class=\"ck\"")
            || tag.contains("name=\"phrase\"")
            || tag.contains("name=\"uniformity\"")
            || tag.contains("data-keys-off");
        assert!(is_free || id.is_some_and(|id| labelled.contains(id)), "{what}: no label for <{tag}>");
    }
    assert!(!html.contains("{ $") && !html.contains("{$"), "{what}: an argument is missing");
}
