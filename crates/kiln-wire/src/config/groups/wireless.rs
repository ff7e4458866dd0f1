//! Another Wi-Fi in the configuration, as one change.
//!
//! Decides only what goes with a network: a fixed address does.

use super::super::value::Secret;
use super::{Config, Network, replaced};
use crate::ask::WifiRequest;
use crate::config::Changes;

impl Config {
    /// With another Wi-Fi, and which keys that changes. A fixed address goes with the network it was given for.
    pub fn with_wifi(&self, wifi: &WifiRequest) -> (Self, Changes) {
        let (mut next, mut changes) = (self.clone(), Changes::NONE);
        let network = &mut next.network;
        let other = replaced(&mut network.wifi_ssid, wifi.ssid.clone());
        let done = [
            ("wifi_ssid", other),
            ("wifi_password", replaced(&mut network.wifi_password, Secret::of(wifi.password.as_ref()))),
            ("static_ip", other && replaced(&mut network.static_ip, None)),
            ("static_subnet", other && replaced(&mut network.static_subnet, None)),
            ("static_gateway", other && replaced(&mut network.static_gateway, None)),
            ("static_dns", other && replaced(&mut network.static_dns, None)),
        ];
        for (name, _) in done.into_iter().filter(|(_, other)| *other) {
            if let Some(index) = Network::KEYS.iter().position(|key| key.name == name) {
                changes.note(Self::NETWORK_AT + index);
            }
        }
        (next, changes)
    }
}
