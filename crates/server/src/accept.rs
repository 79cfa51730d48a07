//! Accepts HTTP connections to the server and limits them, so that slow clients cannot use up all
//! connections: the number of connections, and the time that a client takes to send the head of a
//! request, to accept the answer, and to begin the next request.

mod client_clock;
pub(crate) mod max_connections;
mod open_connections;
#[cfg(test)]
mod tests;
mod watched_stream;

use axum::Router;
use axum::extract::{ConnectInfo, Request};
use client_clock::ClientClock;
use hyper::body::{Body, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use max_connections::ConnectionLimits;
use open_connections::{Limit, OpenConnections};
use std::future::Future;
use std::io::{Error, ErrorKind};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpSocket};
use tower::ServiceExt;
use watched_stream::{WatchedBody, WatchedStream};

/// The length of the pause after the operating system has failed to accept a connection. After the
/// pause, the server tries to accept the next connection.
const REST: Duration = Duration::from_millis(100);
/// The maximum size of the buffers of a connection, in bytes, and thus of the head of a request.
const BUFFER_SIZE: usize = 64 * 1024;
/// The part of an answer that the operating system keeps for a client, in bytes. With a larger part,
/// a client that reads slowly would seem not to read at all.
const SEND_BUFFER_SIZE: u32 = 256 * 1024;
/// New connections that the operating system keeps until the server accepts them.
const BACKLOG: u32 = 4_096;

/// Begins to listen for connections on an address.
pub(crate) fn listen(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // After a restart, the address may still be in use by connections that are being closed.
    socket.set_reuseaddr(true)?;
    socket.set_send_buffer_size(SEND_BUFFER_SIZE)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// Answers HTTP connections until the future `stop` completes, then finishes the requests that have
/// already begun.
pub(crate) async fn accept(
    listener: TcpListener,
    router: Router,
    limits: ConnectionLimits,
    stop: impl Future<Output = ()>,
) {
    let begun = GracefulShutdown::new();
    let mut open = OpenConnections::new(limits);
    tokio::pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            () = open.ended() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    // An IPv4 address is the same client on a socket for IPv6.
                    let peer = SocketAddr::new(peer.ip().to_canonical(), peer.port());
                    if open.wait_for_room(peer.ip()).await {
                        let clock = Arc::new(ClientClock::start(open.limits()));
                        let stream = Arc::new(stream);
                        let watched = WatchedStream { stream: Arc::clone(&stream), clock: Arc::clone(&clock) };
                        let answer = answer(watched, peer, router.clone(), begun.watcher());
                        open.add(peer.ip(), &stream, clock, answer);
                    }
                }
                Err(error) if is_of_client(&error) => {}
                Err(error) => {
                    // Usually too many files are open.
                    tracing::warn!(%error, "connection not accepted");
                    open.drop_slowest(Limit::OfAll);
                    tokio::time::sleep(REST).await;
                }
            },
        }
    }
    drop(listener);
    begun.shutdown().await;
}

/// Whether accepting a connection failed because its client has already disconnected.
fn is_of_client(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::ConnectionAborted | ErrorKind::ConnectionRefused | ErrorKind::ConnectionReset)
}

async fn answer(stream: WatchedStream, peer: SocketAddr, router: Router, begun: Watcher) {
    let clock = Arc::clone(&stream.clock);
    let service = service_fn(|request: Request<Incoming>| {
        let (router, clock) = (router.clone(), Arc::clone(&clock));
        clock.begin_request(!request.body().is_end_stream());
        let mut request = request.map(|body| WatchedBody { body, clock: Arc::clone(&clock) });
        request.extensions_mut().insert(ConnectInfo(peer));
        async move {
            // A client that sends many requests at once waits for other clients between them.
            tokio::task::yield_now().await;
            let response = router.oneshot(request).await;
            clock.begin_answer();
            response
        }
    });
    let mut http = http1::Builder::new();
    // hyper's own limit for the head of a request also counts the time without any request.
    http.header_read_timeout(None).max_buf_size(BUFFER_SIZE);
    let connection = http.serve_connection(TokioIo::new(stream), service);
    tokio::select! {
        ended = begun.watch(connection) => {
            if let Err(error) = ended {
                tracing::debug!(%error, %peer, "connection ended early");
            }
        }
        () = clock.overdue() => tracing::debug!(%peer, "connection closed, the client was too slow"),
    }
}
