//! Wi-Fi networks within reach.

use crate::ask::SSID_LONGEST;
use crate::bounded::{Label, List};

/// `GET /api/wifi/scan`.
#[derive(Clone, Debug, PartialEq, Default, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct WifiScan {
    /// Whether the radio is looking at this moment: ask again for the result.
    pub scanning: bool,
    /// The strongest networks, strongest first; each name once.
    pub networks: List<WifiNetwork, 16>,
}

/// A network within reach.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct WifiNetwork {
    /// Its name.
    pub ssid: Label<SSID_LONGEST>,
    /// How strong its strongest access point is.
    pub signal_dbm: i16,
    /// Whether it wants a passphrase.
    pub secured: bool,
}

/// `POST /api/wifi`: the network is tried, and kept if it works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct WifiAnswer {
    /// How long it is tried before the network joined before is taken again.
    pub trying_for_s: u32,
}
