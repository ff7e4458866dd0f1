//! Two stacks: the air and the cable. Who has which address is said here for the cable, by the radio's keeper for the air.

use embassy_net::driver::Driver;
use embassy_net::{Config, Ipv4Cidr, Runner, Stack, StackResources, StaticConfigV4};
use kiln_app::net::usb;
use static_cell::StaticCell;

use super::page::{AIR_SOCKETS, CABLE_SOCKETS};

/// Sockets on the air: the page's, and those for an address, names, the time, our own name, leases and the portal.
const AIR: usize = AIR_SOCKETS + 6;
/// Sockets on the cable: the page's, and those for names, our own name and leases.
const CABLE: usize = CABLE_SOCKETS + 3;

/// The stack of the cable. It has its address at once.
pub(crate) fn cable<D: Driver>(driver: D, seed: u64) -> (Stack<'static>, Runner<'static, D>) {
    static ROOM: StaticCell<StackResources<CABLE>> = StaticCell::new();
    let config = Config::ipv4_static(StaticConfigV4 {
        address: Ipv4Cidr::new(usb::ADDRESS, usb::PREFIX),
        gateway: None,
        dns_servers: heapless::Vec::new(),
    });
    embassy_net::new(driver, config, ROOM.init_with(StackResources::new), seed)
}

/// The stack of the air. It has no address yet.
pub(crate) fn air<D: Driver>(driver: D, seed: u64) -> (Stack<'static>, Runner<'static, D>) {
    static ROOM: StaticCell<StackResources<AIR>> = StaticCell::new();
    embassy_net::new(driver, Config::default(), ROOM.init_with(StackResources::new), seed)
}
