//! Who is at the other end: an address and the interface it came in by.

use core::net::Ipv4Addr;

/// By which network interface a connection came in. The driver knows; no header can say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Interface {
    /// The owner's Wi-Fi.
    Station,
    /// The controller's own access point, there only while no Wi-Fi is configured.
    SetupAccessPoint,
    /// The USB cable.
    Usb,
    /// This computer itself: the simulator. Counts as no cable and no access point.
    Loopback,
}

impl Interface {
    /// Whether whoever comes this way has a cable in the kiln or the passphrase from its display.
    pub const fn is_at_the_kiln(self) -> bool {
        match self {
            Self::Usb | Self::SetupAccessPoint => true,
            Self::Station | Self::Loopback => false,
        }
    }
}

/// The other end of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Peer {
    /// Its address.
    pub address: Ipv4Addr,
    /// The interface it came in by.
    pub interface: Interface,
}
