//! How the kiln can be reached.

use crate::bounded::Label;

/// How the kiln can be reached.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct NetworkView {
    /// How far Wi-Fi has come.
    pub wifi: WifiState,
    /// The network it is in, or tries to be in.
    pub ssid: Option<Label<32>>,
    /// Its address there, as `192.168.1.20`.
    pub address: Option<Label<15>>,
    /// The name it goes by, without `.local`.
    pub name: Label<32>,
    /// How strong the signal is; null without one.
    pub signal_dbm: Option<i16>,
    /// Whether the set-up network is open.
    pub setup_network: bool,
    /// Whether a computer is attached by USB.
    pub usb: bool,
}

/// How far Wi-Fi has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum WifiState {
    /// There is no radio, or it is off.
    Off,
    /// No network is configured.
    NotConfigured,
    /// Looking for the network.
    Searching,
    /// Joining it.
    Joining,
    /// Joined, and waiting for an address.
    Addressing,
    /// Joined, with an address.
    Up,
    /// It did not work; tried again later.
    Waiting,
}
