//! The USB cable: a network of two, always there.
//!
//! It gives the computer an address and nothing else: no gateway and no name server, so the computer keeps its own way
//! to the internet.

use core::net::Ipv4Addr;

/// The controller's address on it.
pub const ADDRESS: Ipv4Addr = Ipv4Addr::new(192, 168, 7, 1);
/// Its network.
pub const PREFIX: u8 = 24;

/// The hardware addresses of both ends, from random bytes drawn once and kept: the controller's and the computer's.
/// Locally administered and of one station (IEEE 802-2014, 8.2), and never the same.
pub fn hardware_addresses(random: [u8; 6]) -> ([u8; 6], [u8; 6]) {
    let [first, middle @ .., last] = random;
    let [a, b, c, d] = middle;
    let first = first & 0xfc | 0x02;
    ([first, a, b, c, d, last & 0xfe], [first, a, b, c, d, last | 0x01])
}
