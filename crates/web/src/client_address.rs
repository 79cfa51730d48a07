//! The client of a request: its network address, its browser and the browser's cookies. Failed
//! attempts to sign in are counted per network address.

use crate::cookies::{DEVICE, SESSION, cookie};
use crate::state::AppState;
use app::access::session::token_hash;
use app::access::sign_in::Client;
use axum::extract::{ConnectInfo, Request};
use axum::http::header;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// Returns an IPv4 address that is written as an IPv6 address (`::ffff:192.0.2.1`) as the IPv4 address
/// that it is, and any other address unchanged. A server that listens on `[::]` sees IPv4 clients
/// under such addresses.
pub fn canonical(ip: IpAddr) -> IpAddr {
    ip.to_canonical()
}

/// Returns the network address of the client. If the connection comes from a trusted proxy, the
/// address is taken from the header `X-Forwarded-For`; otherwise it is the address of the
/// connection. An IPv6 address is shortened to its /64 network. The returned text is empty if the
/// address is unknown.
pub(crate) fn client_address(state: &AppState, request: &Request) -> String {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| canonical(info.0.ip()));
    let lines = request.headers().get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let claimed: Vec<&str> = lines.flat_map(|line| line.split(',')).collect();
    let trusted = |ip: &IpAddr| state.settings.trusted_proxies.iter().any(|proxy| canonical(*proxy) == *ip);
    // Each proxy adds the address from which it got the request to the end of the header
    // `X-Forwarded-For`. The loop reads the header from its end and stops at the first address that
    // is not a trusted proxy. This is the address of the client.
    let mut client = peer;
    for next in claimed.into_iter().rev() {
        match (client.filter(trusted), next.trim().parse().ok()) {
            (Some(_), Some(ip)) => client = Some(canonical(ip)),
            _ => break,
        }
    }
    match client {
        // Failed attempts to enter a password are counted per address. Internet providers give each
        // customer a whole /64 network of IPv6 addresses, so only the first 64 bits of an address
        // are used. Otherwise a customer could use a new address for every attempt.
        Some(IpAddr::V6(ip)) => {
            let [a, b, c, d, ..] = ip.segments();
            format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        Some(ip) => ip.to_string(),
        None => String::new(),
    }
}

/// Returns the client of a request to sign in.
pub(crate) fn client(state: &AppState, request: &Request) -> Client {
    let headers = request.headers();
    let user_agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    Client {
        address: client_address(state, request),
        user_agent: user_agent.unwrap_or_default().to_owned(),
        device: cookie(headers, DEVICE).map(str::to_owned),
        session: cookie(headers, SESSION).map(token_hash),
    }
}
