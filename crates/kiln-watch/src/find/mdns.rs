//! What announces itself on the local network (RFC 6762, 6763).
//!
//! A kiln is a web server that says it is a kiln: a service `_http._tcp` whose text record has `product=pico-kiln`. So
//! it shows in any browser of services, and printers are left alone: nothing is asked of what does not say so.

use std::net::{IpAddr, SocketAddr};
use std::time::{Duration, Instant};

use kiln_core::units::Millis;
use mdns_sd::{ResolvedService, ServiceDaemon, ServiceEvent};

use super::Candidate;
use crate::status::PRODUCT;

/// The service a kiln announces.
pub const SERVICE: &str = "_http._tcp.local.";
/// The key in its text record that says what it is.
pub const KEY: &str = "product";

/// Listens for so long to who announces itself. Nothing is found where the network cannot be listened to.
pub fn browse(within: Millis) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let Ok(daemon) = ServiceDaemon::new() else {
        return found;
    };
    if let Ok(events) = daemon.browse(SERVICE) {
        let until = Instant::now() + Duration::from_millis(within.get());
        while let Ok(event) = events.recv_deadline(until) {
            if let ServiceEvent::ServiceResolved(service) = event
                && let Some(kiln) = of(&service)
                && !found.contains(&kiln)
            {
                found.push(kiln);
            }
        }
    }
    // It ends by itself; nobody waits for it.
    drop(daemon.shutdown());
    found
}

fn of(service: &ResolvedService) -> Option<Candidate> {
    let says = service.get_property_val_str(KEY)? == PRODUCT;
    let host = service.get_hostname();
    candidate(says, host, service.get_addresses_v4().into_iter().map(IpAddr::V4), service.get_port())
}

/// The kiln of an announcement, if it is one.
pub fn candidate(
    says_kiln: bool,
    host: &str,
    addresses: impl IntoIterator<Item = IpAddr>,
    port: u16,
) -> Option<Candidate> {
    let host = host.trim_end_matches('.');
    let host = host.strip_suffix(".local").unwrap_or(host).to_owned();
    let address = addresses.into_iter().find(IpAddr::is_ipv4).filter(|_| says_kiln && port != 0)?;
    Some(Candidate { host, address: SocketAddr::new(address, port) })
}
