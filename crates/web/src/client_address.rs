//! The client's address, as sign-in attempts are counted.

use crate::state::AppState;
use axum::extract::{ConnectInfo, Request};
use std::net::{IpAddr, SocketAddr};

/// The client's address: the connection's, or what a trusted proxy says.
pub(crate) fn client_address(state: &AppState, request: &Request) -> String {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let lines = request.headers().get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let claimed: Vec<&str> = lines.flat_map(|line| line.split(',')).collect();
    let trusted = |ip: &IpAddr| state.settings.trusted_proxies.contains(ip);
    // From the nearest proxy outwards: what a trusted one says counts, up to the first that is not trusted or not readable.
    let mut client = peer;
    for next in claimed.into_iter().rev() {
        match (client.filter(trusted), next.trim().parse().ok()) {
            (Some(_), Some(ip)) => client = Some(ip),
            _ => break,
        }
    }
    match client {
        // One customer has a whole /64.
        Some(IpAddr::V6(ip)) => format!("{:x?}", ip.segments().get(..4).unwrap_or_default()),
        Some(ip) => ip.to_string(),
        None => String::new(),
    }
}
