//! Where kilns may be: what announces itself on the local network, and the two addresses of a kiln that is being set up.
//!
//! Nothing is scanned. Who answers at a candidate's address is asked `GET /api/info` once, with a short deadline; the
//! state of a network is never found out by trying.

pub mod mdns;

use std::net::{Ipv4Addr, SocketAddr};

use serde::{Deserialize, Serialize};

use crate::http::{Client, Request};
use crate::limits::LOOK_TIME;
use crate::status::{Info, PRODUCT};

/// The addresses of a kiln that is being set up: by its USB cable, and in its own set-up Wi-Fi.
pub const PROVISIONING: [SocketAddr; 2] = [
    SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::new(192, 168, 7, 1)), 80),
    SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::new(192, 168, 4, 1)), 80),
];

/// Somewhere a kiln may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The name it goes by, without `.local`; empty where only an address is known.
    pub host: String,
    /// Where.
    pub address: SocketAddr,
}

/// A kiln that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Found {
    /// The name its owner gave it, or the one it goes by; empty where neither is known.
    pub name: String,
    /// The name it goes by, without `.local`; empty where only an address is known.
    pub host: String,
    /// Where it is.
    pub address: SocketAddr,
    /// The version of its software; empty where it is told to paired apps only.
    pub version: String,
    /// Whether no real kiln hangs on it.
    pub simulated: bool,
}

/// What a kiln says that tells nothing to whom it does not know.
#[derive(Deserialize)]
struct Private {
    error: Code,
}

/// The code of a refusal.
#[derive(Deserialize)]
struct Code {
    code: String,
}

/// Asks whoever is there whether it is a kiln.
pub fn look(client: &Client, candidate: &Candidate) -> Option<Found> {
    let answer = client.send(candidate.address, &Request::get("/api/info"), None, LOOK_TIME).ok()?;
    let found = |name: String, version: String, simulated: bool| {
        let Candidate { host, address } = candidate.clone();
        Found { name, host, address, version, simulated }
    };
    if answer.status == 401 {
        let private: Private = serde_json::from_str(&answer.body).ok()?;
        let name = if candidate.host.is_empty() { PRODUCT } else { &candidate.host };
        return (private.error.code == "token_missing").then(|| found(name.to_owned(), String::new(), false));
    }
    let info: Info = serde_json::from_str(&answer.body).ok().filter(|_| answer.status == 200)?;
    let name = if info.name.trim().is_empty() { candidate.host.clone() } else { info.name };
    (info.product == PRODUCT).then(|| found(name, info.version, info.simulated))
}

/// An address as a person types it: an address or a name, with or without a port, with or without `http://`.
///
/// # Errors
/// It cannot be read, or the name is not known to this computer's resolver.
pub fn typed(text: &str) -> Result<SocketAddr, NoSuchAddress> {
    use std::net::ToSocketAddrs as _;
    let text = text.trim();
    let text = text.strip_prefix("http://").unwrap_or(text);
    let text = text.split('/').next().unwrap_or_default();
    if text.is_empty() || text.starts_with(':') {
        return Err(NoSuchAddress);
    }
    if let Ok(address) = text.parse::<SocketAddr>() {
        return Ok(address);
    }
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) => (host, port.parse().map_err(|_| NoSuchAddress)?),
        None => (text, 80),
    };
    let mut addresses = (host, port).to_socket_addrs().map_err(|_| NoSuchAddress)?;
    // A kiln speaks IPv4 only.
    addresses.find(SocketAddr::is_ipv4).ok_or(NoSuchAddress)
}

/// There is no such address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSuchAddress;
