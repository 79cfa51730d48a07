//! A network connection and a request body that report to the clock of their connection what the
//! client does. hyper has no limit for a client that does not read its answer, and cannot tell a
//! connection without a request from a slow head.

use super::client_clock::ClientClock;
use axum::body::{Bytes, HttpBody};
use hyper::body::{Frame, Incoming, SizeHint};
use rustix::io::{Errno, ioctl_fionread};
use rustix::net::{Shutdown, shutdown};
use std::io::{ErrorKind, IoSlice, Result};
use std::pin::Pin;
use std::sync::{Arc, Weak};
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// A network connection that reports received, sent and refused bytes to its clock.
pub(super) struct WatchedStream {
    pub(super) stream: Arc<TcpStream>,
    pub(super) clock: Arc<ClientClock>,
}

impl WatchedStream {
    fn report(&self, written: Poll<Result<usize>>) -> Poll<Result<usize>> {
        match &written {
            Poll::Ready(Ok(bytes)) => self.clock.sent(*bytes),
            Poll::Ready(Err(_)) => {}
            Poll::Pending => self.clock.blocked(),
        }
        written
    }

    /// Writes as soon as the client accepts bytes.
    fn poll_send(&self, cx: &mut Context<'_>, send: impl Fn() -> Result<usize>) -> Poll<Result<usize>> {
        loop {
            ready!(self.stream.poll_write_ready(cx))?;
            match send() {
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                sent => return Poll::Ready(sent),
            }
        }
    }

    /// Reads as soon as the client has sent bytes; returns their number.
    fn poll_receive(&self, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<Result<usize>> {
        loop {
            ready!(self.stream.poll_read_ready(cx))?;
            match self.stream.try_read_buf(buffer) {
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                received => return Poll::Ready(received),
            }
        }
    }
}

/// Whether the client has sent bytes that the server has not read yet. The runtime hears of new
/// bytes only some time after they have arrived, so the operating system is asked.
pub(super) fn has_unread(stream: &Weak<TcpStream>) -> bool {
    stream.upgrade().is_some_and(|stream| ioctl_fionread(&stream).is_ok_and(|unread| unread > 0))
}

impl AsyncRead for WatchedStream {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<Result<()>> {
        let received = self.poll_receive(cx, buffer);
        match &received {
            Poll::Ready(received) => self.clock.received(received.as_ref().copied().unwrap_or_default()),
            Poll::Pending => self.clock.emptied(),
        }
        received.map_ok(|_| ())
    }
}

impl AsyncWrite for WatchedStream {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize>> {
        self.report(self.poll_send(cx, || self.stream.try_write(bytes)))
    }

    fn poll_write_vectored(self: Pin<&mut Self>, cx: &mut Context<'_>, parts: &[IoSlice<'_>]) -> Poll<Result<usize>> {
        self.report(self.poll_send(cx, || self.stream.try_write_vectored(parts)))
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _cx: &mut Context<'_>) -> Poll<Result<()>> {
        Poll::Ready(match shutdown(&self.stream, Shutdown::Write) {
            // The client has already closed the connection.
            Ok(()) | Err(Errno::NOTCONN) => Ok(()),
            Err(error) => Err(error.into()),
        })
    }
}

/// A request body that reports its end to the clock of its connection.
pub(super) struct WatchedBody {
    pub(super) body: Incoming,
    pub(super) clock: Arc<ClientClock>,
}

impl HttpBody for WatchedBody {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<hyper::Result<Frame<Bytes>>>> {
        let frame = Pin::new(&mut self.body).poll_frame(cx);
        if self.body.is_end_stream() || matches!(frame, Poll::Ready(None)) {
            self.clock.end_body();
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for WatchedBody {
    fn drop(&mut self) {
        self.clock.end_body();
    }
}
