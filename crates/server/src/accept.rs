//! Accepts HTTP connections to the server. A client that sends the head of its request too slowly
//! is disconnected, so that slow clients cannot use up all connections.

use axum::Router;
use axum::extract::{ConnectInfo, Request};
use domain::limits::REQUEST_HEAD_SECONDS;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use std::future::Future;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

/// The length of the pause after the operating system has failed to accept a connection. After the
/// pause, the server tries to accept the next connection.
const REST: Duration = Duration::from_millis(500);

/// Answers HTTP connections until the future `stop` completes, then finishes the requests that have
/// already begun.
pub(crate) async fn accept(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let begun = GracefulShutdown::new();
    tokio::pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    tokio::spawn(answer(stream, peer, router.clone(), begun.watcher()));
                }
                // Accepting failed because the client has already disconnected or too many files
                // are open. Accepting the next connection can succeed.
                Err(error) => {
                    tracing::warn!(%error, "connection not accepted");
                    tokio::time::sleep(REST).await;
                }
            },
        }
    }
    drop(listener);
    begun.shutdown().await;
}

async fn answer(stream: TcpStream, peer: SocketAddr, router: Router, begun: Watcher) {
    let known = router.map_request(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        request
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(Duration::from_secs(REQUEST_HEAD_SECONDS));
    let connection = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(known));
    if let Err(error) = begun.watch(connection).await {
        tracing::debug!(%error, %peer, "connection ended early");
    }
}
