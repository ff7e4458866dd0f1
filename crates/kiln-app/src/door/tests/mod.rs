//! The door, tried: each wrong request by itself, then together, then at random.

mod access;
mod codes;
mod matrix;
mod memory;
mod noise;

use core::net::Ipv4Addr;

use kiln_core::units::Instant;

use super::limits::{BODY_BYTES, PROFILE_BYTES};
use super::{Asked, Body, Door, Field, Headers, Hosts, Interface, Method, Need, Peer, Refusal, TokenName, Tokens};
use crate::net::name::HostName;

/// The kiln's address on the owner's Wi-Fi.
const STATION: Ipv4Addr = Ipv4Addr::new(192, 168, 1, 23);
/// The owner's phone.
const PHONE: Peer = Peer { address: Ipv4Addr::new(192, 168, 1, 50), interface: Interface::Station };
/// The secret of the paired phone.
const SECRET: [u8; 16] = *b"0123456789abcdef";
/// What the phone sends.
const BEARER: &str = "Bearer 30313233343536373839616263646566";

fn at(ms: u64) -> Instant {
    Instant::from_millis(ms)
}

/// A kiln on the owner's Wi-Fi with one paired phone.
fn door() -> Door {
    let name = HostName::new("pico-kiln").expect("a name");
    let mut tokens = Tokens::new();
    tokens.issue(TokenName::new("phone").expect("a name"), None, SECRET).expect("room");
    Door::new(Hosts { station: Some(STATION), ..Hosts::of_board(name) }, tokens)
}

/// The request of the kiln's own page on the phone, right for every need but nearness.
fn asked<'a>(method: Method, need: Need) -> Asked<'a> {
    let headers = Headers {
        host: Field::Once("pico-kiln.local"),
        origin: Field::Once("http://pico-kiln.local"),
        sec_fetch_site: Field::Once("same-origin"),
        content_type: Field::Once("application/json"),
        authorization: Field::Once(BEARER),
        x_kiln: Field::Once("stop"),
        x_kiln_code: Field::Absent,
    };
    Asked { peer: PHONE, method, need, body: Body::Length(2), body_limit: BODY_BYTES, headers, idle: true }
}

/// What became of a request: a status, and the code of the refusal.
fn outcome(verdict: &Result<super::Permit, Refusal>) -> (u16, &'static str) {
    match verdict {
        Ok(_) => (200, ""),
        Err(refusal) => (refusal.status(), refusal.code()),
    }
}
