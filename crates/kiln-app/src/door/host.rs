//! By which names this controller may be called: the answer to DNS rebinding.
//!
//! A page on the internet can point its own name at the kiln's address; its requests then carry that name. Only names
//! and addresses of this controller pass. The port must be the one it answers on.

use core::net::Ipv4Addr;

use super::headers::Field;
use super::refusal::Refusal;
use crate::net::name::HostName;
use crate::net::{setup_ap, usb};

/// The addresses of the USB cable and of the set-up access point, always this controller's.
pub const FIXED: [Ipv4Addr; 2] = [usb::ADDRESS, setup_ap::ADDRESS];

/// A host and a port as a request names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Authority<'a> {
    /// The name or address, without a dot at its end.
    host: &'a str,
    /// The port; 80 where none is given.
    port: u16,
}

impl<'a> Authority<'a> {
    /// Reads `host` or `host:port`; `None` for anything else, an IPv6 address among them.
    pub fn read(text: &'a str) -> Option<Self> {
        let (host, port) = match text.split_once(':') {
            None => (text, 80),
            Some((host, port)) => (host, decimal(port)?),
        };
        let host = host.strip_suffix('.').unwrap_or(host);
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
        (!host.is_empty() && host.bytes().all(plain)).then_some(Self { host, port })
    }

    /// Whether both name the same place: letter case of a host means nothing (RFC 9110, section 4.2.3).
    pub fn is(&self, other: &Authority<'_>) -> bool {
        self.port == other.port && self.host.eq_ignore_ascii_case(other.host)
    }
}

/// One to five digits, without a sign.
fn decimal(text: &str) -> Option<u16> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// The names and addresses of this controller at the moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hosts {
    /// The name it is announced by, without `.local`.
    pub name: HostName,
    /// The address on the owner's Wi-Fi; `None` without a lease.
    pub station: Option<Ipv4Addr>,
    /// The port it answers on.
    pub port: u16,
    /// Whether `localhost` and `127.0.0.1` are this controller too: only on a computer.
    pub loopback: bool,
}

impl Hosts {
    /// The names of a board on port 80 that has no Wi-Fi yet.
    pub const fn of_board(name: HostName) -> Self {
        Self { name, station: None, port: 80, loopback: false }
    }

    /// Judges the `Host` header.
    ///
    /// # Errors
    /// Missing, repeated, malformed, or not this controller's.
    pub fn judge<'a>(&self, host: Field<'a>) -> Result<Authority<'a>, Refusal> {
        match host {
            Field::Absent => Err(Refusal::HostMissing),
            Field::Malformed => Err(Refusal::HostMalformed),
            Field::Once(text) => {
                let authority = Authority::read(text).ok_or(Refusal::HostMalformed)?;
                if self.has(&authority) { Ok(authority) } else { Err(Refusal::HostUnknown) }
            }
        }
    }

    /// Whether this is one of ours.
    fn has(&self, authority: &Authority<'_>) -> bool {
        let host = authority.host;
        let by_address = |ours: Ipv4Addr| host.parse() == Ok(ours);
        let ours = FIXED.into_iter().chain(self.station).any(by_address)
            || self.is_local_name(host)
            || self.loopback && (host.eq_ignore_ascii_case("localhost") || by_address(Ipv4Addr::LOCALHOST));
        ours && authority.port == self.port
    }

    /// Whether it is `<name>.local` (RFC 6762, section 3).
    fn is_local_name(&self, host: &str) -> bool {
        host.rsplit_once('.').is_some_and(|(name, domain)| {
            name.eq_ignore_ascii_case(self.name.as_str()) && domain.eq_ignore_ascii_case("local")
        })
    }
}
