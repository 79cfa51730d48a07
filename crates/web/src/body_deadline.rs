//! Deadlines of request bodies. A body that arrives too slowly is refused with status 408, so that
//! slow clients cannot keep requests open for hours. A response before the end of the body closes the
//! connection, and says so.

use crate::error::{Problem, WebError};
use crate::signed_form::is_multipart;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::limits::{FORM_SECONDS, REQUEST_SILENCE_SECONDS, UPLOAD_BYTES_PER_SECOND, UPLOAD_GRACE_SECONDS};
use http_body::{Frame, SizeHint};
use std::error::Error;
use std::future::Future;
use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::{Sleep, sleep};
use tower_http::timeout::TimeoutError;

/// The time that the body of a request can take to arrive. The defaults are the limits of the
/// application; tests use shorter times.
#[derive(Debug, Clone, Copy)]
pub struct BodyDeadlines {
    /// The longest time without any new byte of a request body.
    pub silence: Duration,
    /// The longest time in which the whole body of an HTML form without files arrives.
    pub form: Duration,
    /// The time after which an HTML form with files must not be slower than the minimum rate.
    pub upload_grace: Duration,
    /// The minimum rate of an HTML form with files: its average after the first `upload_grace`.
    pub upload_bytes_per_second: u64,
}

impl Default for BodyDeadlines {
    fn default() -> Self {
        Self {
            silence: Duration::from_secs(REQUEST_SILENCE_SECONDS),
            form: Duration::from_secs(FORM_SECONDS),
            upload_grace: Duration::from_secs(UPLOAD_GRACE_SECONDS),
            upload_bytes_per_second: UPLOAD_BYTES_PER_SECOND,
        }
    }
}

/// Middleware that answers a request with 408 if its body arrives too slowly, whatever the handler
/// answers when it cannot read the body.
pub(crate) async fn refuse_slow_bodies(
    State(deadlines): State<BodyDeadlines>,
    request: Request,
    next: Next,
) -> Response {
    let progress = Arc::new(BodyProgress::of(&request));
    let is_upload = is_multipart(&request);
    let request = request.map(|body| Body::new(TimedBody::new(body, deadlines, is_upload, Arc::clone(&progress))));
    let mut response = next.run(request).await;
    if progress.is_late.load(Ordering::Relaxed) {
        response = WebError::Problem(Problem::new(StatusCode::REQUEST_TIMEOUT, "too-slow")).into_response();
    }
    if !progress.is_read() {
        // The connection cannot be used for another request, because the rest of the body is still on its
        // way. A client that is told so does not take the end of the connection for a failure.
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

/// The progress of reading the body of a request.
#[derive(Debug)]
struct BodyProgress {
    /// The body has arrived too slowly.
    is_late: AtomicBool,
    /// The number of bytes that have not been read yet; `None` if the request does not say how many
    /// there are.
    left: Option<AtomicU64>,
    /// The body was read to its end.
    is_ended: AtomicBool,
}

impl BodyProgress {
    fn of(request: &Request) -> Self {
        let length = request.headers().get(header::CONTENT_LENGTH);
        let length = length.and_then(|length| length.to_str().ok()?.parse().ok());
        let is_empty = matches!(*request.method(), Method::GET | Method::HEAD);
        Self {
            is_late: AtomicBool::new(false),
            left: length.map(AtomicU64::new),
            is_ended: AtomicBool::new(is_empty && length.is_none()),
        }
    }

    fn read(&self, bytes: usize) {
        if let Some(left) = &self.left {
            let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
            left.store(left.load(Ordering::Relaxed).saturating_sub(bytes), Ordering::Relaxed);
        }
    }

    fn is_read(&self) -> bool {
        let is_complete = self.left.as_ref().is_some_and(|left| left.load(Ordering::Relaxed) == 0);
        is_complete || self.is_ended.load(Ordering::Relaxed)
    }
}

/// A request body that ends with an error when its deadline has passed.
struct TimedBody {
    body: Body,
    deadline: Pin<Box<Sleep>>,
    /// The rate at which received bytes move the deadline; `None` for a deadline that does not
    /// move.
    bytes_per_second: Option<u64>,
    progress: Arc<BodyProgress>,
}

impl TimedBody {
    fn new(body: Body, deadlines: BodyDeadlines, is_upload: bool, progress: Arc<BodyProgress>) -> Self {
        let first = if is_upload { deadlines.upload_grace } else { deadlines.form };
        let bytes_per_second = is_upload.then_some(deadlines.upload_bytes_per_second);
        Self { body, deadline: Box::pin(sleep(first)), bytes_per_second, progress }
    }

    fn move_deadline(&mut self, bytes: usize) {
        let Some(bytes_per_second) = self.bytes_per_second else { return };
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        let gained = Duration::from_nanos(bytes.saturating_mul(1_000_000_000) / bytes_per_second.max(1));
        let moved = self.deadline.deadline() + gained;
        self.deadline.as_mut().reset(moved);
    }

    fn refuse(&self) -> axum::Error {
        if !self.progress.is_late.swap(true, Ordering::Relaxed) {
            tracing::debug!("request body too slow");
        }
        axum::Error::new(io::Error::from(ErrorKind::TimedOut))
    }
}

impl HttpBody for TimedBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if self.progress.is_late.load(Ordering::Relaxed) {
            return Poll::Ready(Some(Err(self.refuse())));
        }
        // A part that has arrived is accepted even after the deadline, because the server, not the
        // client, may have been slow to read it.
        match Pin::new(&mut self.body).poll_frame(cx) {
            Poll::Ready(Some(Ok(frame))) => {
                let bytes = frame.data_ref().map_or(0, Bytes::len);
                self.move_deadline(bytes);
                self.progress.read(bytes);
                Poll::Ready(Some(Ok(frame)))
            }
            Poll::Ready(Some(Err(error))) if is_timeout(&error) => Poll::Ready(Some(Err(self.refuse()))),
            Poll::Ready(ended) => {
                self.progress.is_ended.store(ended.is_none(), Ordering::Relaxed);
                Poll::Ready(ended)
            }
            Poll::Pending => {
                ready!(self.deadline.as_mut().poll(cx));
                Poll::Ready(Some(Err(self.refuse())))
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// Whether a request body ended because no byte arrived for too long.
fn is_timeout(error: &axum::Error) -> bool {
    let mut cause = error.source();
    while let Some(error) = cause {
        if error.is::<TimeoutError>() {
            return true;
        }
        cause = error.source();
    }
    false
}
