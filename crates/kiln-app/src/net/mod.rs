//! How the controller is reached: policies of the network, without a network.
//!
//! State machines only: what the drivers see comes in, what they are to do comes out. Nothing here probes anything,
//! nothing waits, and nothing a firing needs depends on any of it: without a network the kiln fires the same.
//!
//! | interface | address | there | answers DHCP |
//! |---|---|---|---|
//! | USB cable | 192.168.7.1/24 | always | yes, without a gateway |
//! | set-up access point | 192.168.4.1/24 | while no Wi-Fi is configured | yes |
//! | Wi-Fi station | by DHCP or given | while one is configured | no |

pub mod address;
pub mod captive;
pub mod clock;
pub mod dhcp;
pub mod mdns;
pub mod mode;
pub mod multicast_dns;
pub mod name;
pub mod ntp;
pub mod secrets;
pub mod setup_ap;
pub mod station;
pub mod trial;
pub mod usb;
pub mod wifi;

pub use address::Ipv4Config;
pub use clock::Clock;
pub use mdns::Announcer;
pub use mode::Mode;
pub use name::HostName;
pub use station::{Do, Link, Seen, Station};
pub use trial::Trial;
pub use wifi::{Bssid, Passphrase, Ssid, WifiConfig};

#[cfg(test)]
mod tests;
