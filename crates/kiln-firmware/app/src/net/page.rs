//! The sockets of the page on each network; what they do is the crate kiln-firmware-net's.

use embassy_net::Stack;
use kiln_app::door::Interface;
use kiln_firmware_net::{Buffers, Doorstep, Home, SOCKETS};

use crate::house::House;

/// Sockets on the air: the owner's Wi-Fi or the set-up network.
pub(crate) const AIR_SOCKETS: usize = 3;
/// Sockets on the cable.
pub(crate) const CABLE_SOCKETS: usize = 2;

const _: () = assert!(AIR_SOCKETS + CABLE_SOCKETS == SOCKETS, "every socket has its place");

/// By which network something comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// The radio: the owner's Wi-Fi, or the set-up network.
    Air,
    /// The cable.
    Cable,
}

/// Waits for connections with one socket, for ever.
#[embassy_executor::task(pool_size = SOCKETS)]
pub(crate) async fn porter(
    house: &'static House,
    doorstep: &'static Doorstep,
    stack: Stack<'static>,
    side: Side,
    buffers: &'static mut Buffers,
    home: &'static Home,
) -> ! {
    let interface = || match side {
        Side::Cable => Interface::Usb,
        Side::Air if house.air().setup => Interface::SetupAccessPoint,
        Side::Air => Interface::Station,
    };
    kiln_firmware_net::porter(doorstep, stack, house.port, interface, buffers, home).await
}
