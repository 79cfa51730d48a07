//! A small HTTP client for measuring: connections that stay open, and requests that are sent one
//! after the other on each of them.

use super::page_text::between;
use anyhow::{Context, Result, bail};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// An open connection to a server.
pub(super) struct Connection {
    stream: BufReader<TcpStream>,
    /// The status line and the header of the last response, as text.
    pub(super) head: String,
    pub(super) body: Vec<u8>,
}

impl Connection {
    pub(super) async fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream), head: String::new(), body: Vec::new() })
    }

    /// Sends a request and reads its response. Returns the status.
    pub(super) async fn ask(&mut self, request: &[u8]) -> Result<u16> {
        self.stream.write_all(request).await?;
        self.head.clear();
        while !self.head.ends_with("\r\n\r\n") {
            if self.stream.read_line(&mut self.head).await? == 0 {
                bail!("the server has closed the connection");
            }
        }
        let length = self.header("content-length").map_or(Ok(0), str::parse)?;
        self.body.resize(length, 0);
        self.stream.read_exact(&mut self.body).await?;
        self.head.get(9..12).and_then(|status| status.parse().ok()).context("no HTTP status")
    }

    /// Sends a request whose response must not be an error, and returns the text of the response.
    pub(super) async fn page(&mut self, request: &[u8]) -> Result<String> {
        let status = self.ask(request).await?;
        let text = String::from_utf8_lossy(&self.body).into_owned();
        if status >= 400 {
            let asked = String::from_utf8_lossy(request);
            let what = between(&text, "<title>", "</title>").unwrap_or_default();
            bail!("status {status} for {}: {what}", asked.lines().next().unwrap_or_default());
        }
        Ok(text)
    }

    /// The value of a header of the last response; `name` in lower case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(':'));
        lines.filter(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim()).next()
    }
}

/// Writes the requests of one person, whose session the cookie names.
#[derive(Clone)]
pub(super) struct Requests {
    pub(super) address: SocketAddr,
    pub(super) cookie: String,
}

impl Requests {
    pub(super) fn get(&self, path: &str) -> Vec<u8> {
        self.head("GET", path, "Connection: keep-alive\r\n\r\n").into_bytes()
    }

    /// A GET request as a browser sends it, which accepts compressed pages.
    pub(super) fn get_compressed(&self, path: &str) -> Vec<u8> {
        self.head("GET", path, "Accept-Encoding: gzip, deflate, br, zstd\r\n\r\n").into_bytes()
    }

    pub(super) fn post(&self, path: &str, fields: &str) -> Vec<u8> {
        self.body(path, "application/x-www-form-urlencoded", fields.as_bytes())
    }

    /// A POST request with form fields and one file.
    pub(super) fn upload(&self, path: &str, fields: &[(String, String)], file: (&str, &[u8])) -> Vec<u8> {
        const EDGE: &str = "----emtihan-bench";
        let mut body = Vec::new();
        for (name, value) in fields {
            let part = format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        let (name, content) = file;
        let part = format!(
            "--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{name}.pdf\"\r\n\
             Content-Type: application/pdf\r\n\r\n"
        );
        body.extend_from_slice(part.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(format!("\r\n--{EDGE}--\r\n").as_bytes());
        self.body(path, &format!("multipart/form-data; boundary={EDGE}"), &body)
    }

    fn body(&self, path: &str, kind: &str, body: &[u8]) -> Vec<u8> {
        let rest = format!(
            "Origin: http://{}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
            self.address,
            body.len()
        );
        let mut request = self.head("POST", path, &rest).into_bytes();
        request.extend_from_slice(body);
        request
    }

    fn head(&self, method: &str, path: &str, rest: &str) -> String {
        let Self { address, cookie } = self;
        format!("{method} {path} HTTP/1.1\r\nHost: {address}\r\nAccept-Language: kk\r\nCookie: {cookie}\r\n{rest}")
    }
}

/// Makes the requests of a load: the number of the connection, and how many requests that connection
/// has sent before.
pub(super) type MakeRequest = Arc<dyn Fn(usize, usize) -> Vec<u8> + Send + Sync>;

/// The responses to a load of requests.
#[derive(Debug, Clone, Default)]
pub(super) struct Load {
    /// The responses whose status is not an error.
    pub(super) requests: u64,
    /// The responses with an error status.
    pub(super) errors: u64,
    pub(super) seconds: f64,
    /// The times until the responses had arrived, in microseconds, in ascending order.
    pub(super) micros: Vec<u64>,
}

impl Load {
    pub(super) fn per_second(&self) -> f64 {
        super::numbers::float(self.requests) / self.seconds.max(f64::EPSILON)
    }

    /// The time in milliseconds in which a share of the responses had arrived, such as 50 percent.
    pub(super) fn percentile(&self, percent: usize) -> f64 {
        let place = (self.micros.len() * percent / 100).min(self.micros.len().saturating_sub(1));
        self.micros.get(place).map_or(0.0, |&micros| super::numbers::float(micros) / 1_000.0)
    }
}

/// Sends requests on several connections at once, on each one after the other, until the time is
/// over.
pub(super) async fn load(
    address: SocketAddr,
    connections: usize,
    time: Duration,
    request: &MakeRequest,
) -> Result<Load> {
    let began = Instant::now();
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..connections {
        let request = Arc::clone(request);
        tasks.spawn(async move {
            let mut connection = Connection::open(address).await?;
            let mut load = Load::default();
            let mut sent = 0;
            while began.elapsed() < time {
                let bytes = request(number, sent);
                let asked = Instant::now();
                let status = connection.ask(&bytes).await?;
                load.micros.push(u64::try_from(asked.elapsed().as_micros()).unwrap_or(u64::MAX));
                if status < 400 {
                    load.requests += 1;
                } else {
                    load.errors += 1;
                }
                sent += 1;
            }
            anyhow::Ok(load)
        });
    }
    let mut total = Load::default();
    while let Some(finished) = tasks.join_next().await {
        let load = finished??;
        total.requests += load.requests;
        total.errors += load.errors;
        total.micros.extend(load.micros);
    }
    total.seconds = began.elapsed().as_secs_f64();
    total.micros.sort_unstable();
    Ok(total)
}
