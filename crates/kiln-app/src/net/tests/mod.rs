//! The network's policies, tried: in order, in disorder, and with noise.

mod packets;
mod policies;
mod radio;

use kiln_core::units::Instant;

use super::wifi::{Passphrase, Ssid, WifiConfig};

fn at(ms: u64) -> Instant {
    Instant::from_millis(ms)
}

fn wifi(name: &str) -> WifiConfig {
    WifiConfig { ssid: Ssid::new(name).expect("a name"), passphrase: Passphrase::new("kiln and clay"), address: None }
}
