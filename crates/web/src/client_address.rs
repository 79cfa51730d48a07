//! The network address of a client. Failed sign-in attempts are counted per network address.

use crate::state::AppState;
use axum::extract::{ConnectInfo, Request};
use std::net::{IpAddr, SocketAddr};

/// Returns the network address of the client. If the connection comes from a trusted proxy, the
/// address is taken from the header `X-Forwarded-For`; otherwise it is the address of the
/// connection. An IPv6 address is shortened to its /64 network. The returned text is empty if the
/// address is unknown.
pub(crate) fn client_address(state: &AppState, request: &Request) -> String {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let lines = request.headers().get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let claimed: Vec<&str> = lines.flat_map(|line| line.split(',')).collect();
    let trusted = |ip: &IpAddr| state.settings.trusted_proxies.contains(ip);
    // The header `X-Forwarded-For` lists the addresses of all proxies. The loop starts with the
    // nearest proxy and stops at the first address that is not a trusted proxy, which is the
    // address of the client.
    let mut client = peer;
    for next in claimed.into_iter().rev() {
        match (client.filter(trusted), next.trim().parse().ok()) {
            (Some(_), Some(ip)) => client = Some(ip),
            _ => break,
        }
    }
    match client {
        // Internet providers give each customer a whole /64 network, so an IPv6 address is
        // shortened to the first 64 bits.
        Some(IpAddr::V6(ip)) => format!("{:x?}", ip.segments().get(..4).unwrap_or_default()),
        Some(ip) => ip.to_string(),
        None => String::new(),
    }
}
