//! Requests about the controller itself: its clock, its network, its outputs, a fresh start.

use super::open;
use super::ranges::{At, line, optional_line};
use crate::bounded::Label;
use crate::figure::Quantity;
use crate::json::Text;
use crate::refusal::Refusal;
use crate::why::Why;
use kiln_core::units::WallClock;
use serde::Deserialize;

/// The earliest time of day that is believed: 2023-11-14. The reference controller's figure.
pub const EARLIEST_BELIEVED: WallClock = WallClock::from_unix_millis(1_700_000_000_000);
/// The latest time of day that is believed: 2100-01-01.
pub const LATEST_BELIEVED: WallClock = WallClock::from_unix_millis(4_102_444_800_000);
/// The longest name of a Wi-Fi network, in bytes (IEEE 802.11-2020, 9.4.2.2).
pub const SSID_LONGEST: usize = 32;
/// The longest passphrase of a Wi-Fi network (IEEE 802.11-2020, J.4).
pub const PASSPHRASE_LONGEST: usize = 63;
/// The shortest passphrase of a Wi-Fi network.
pub const PASSPHRASE_SHORTEST: usize = 8;

/// `POST /api/time`: tell the controller the time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeRequest {
    /// The time of day.
    pub now: WallClock,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
#[cfg_attr(feature = "schema", ts(rename = "TimeRequest"), schemars(rename = "TimeRequest"))]
#[serde(deny_unknown_fields)]
pub(crate) struct TimeDoc {
    /// The time of day, in epoch milliseconds.
    #[cfg_attr(feature = "schema", schemars(range(min = 1_700_000_000_000_u64, max = 4_102_444_800_000_u64)))]
    epoch_ms: u64,
}

impl TimeRequest {
    /// Reads the request.
    ///
    /// # Errors
    /// The first place that does not fit.
    pub fn parse(body: &[u8]) -> Result<Self, Refusal> {
        let document = open(body)?;
        let TimeDoc { epoch_ms } = document.read()?;
        let now = WallClock::from_unix_millis(epoch_ms);
        let told = if now < EARLIEST_BELIEVED {
            Err(Why::TooLow { least: moment(EARLIEST_BELIEVED) })
        } else if now > LATEST_BELIEVED {
            Err(Why::TooHigh { most: moment(LATEST_BELIEVED) })
        } else {
            Ok(now)
        };
        Ok(Self { now: told.at(&document, "epoch_ms")? })
    }
}

/// A time of day as a limit, in seconds since 1970.
const fn moment(at: WallClock) -> Quantity {
    Quantity::Time(kiln_core::units::Millis::new(at.unix_millis()))
}

/// `POST /api/wifi`: join a network. The one joined before is kept until the new one works.
#[derive(Clone, PartialEq, Eq)]
pub struct WifiRequest {
    /// The name of the network.
    pub ssid: Label<SSID_LONGEST>,
    /// Its passphrase; `None` for an open network.
    pub password: Option<Label<PASSPHRASE_LONGEST>>,
}

impl core::fmt::Debug for WifiRequest {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("WifiRequest").field("ssid", &self.ssid).finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
#[cfg_attr(feature = "schema", ts(rename = "WifiRequest", optional_fields = nullable), schemars(rename = "WifiRequest"))]
#[serde(deny_unknown_fields)]
pub(crate) struct WifiDoc<'d> {
    /// The name of the network.
    #[serde(borrow)]
    ssid: Text<'d>,
    /// Its passphrase, 8 to 63 bytes; left out for an open network.
    password: Option<Text<'d>>,
}

impl WifiRequest {
    /// Reads the request.
    ///
    /// # Errors
    /// The first place that does not fit.
    pub fn parse(body: &[u8]) -> Result<Self, Refusal> {
        let document = open(body)?;
        let WifiDoc { ssid, password } = document.read()?;
        Ok(Self {
            ssid: line(ssid).at(&document, "ssid")?,
            password: password.map(passphrase).transpose().at(&document, "password")?,
        })
    }
}

/// A passphrase of 8 to 63 bytes.
pub(crate) fn passphrase(text: Text<'_>) -> Result<Label<PASSPHRASE_LONGEST>, Why> {
    let passphrase = optional_line(text)?;
    let shortest = Why::TooLow { least: Quantity::Count(8) };
    if passphrase.as_str().len() < PASSPHRASE_SHORTEST { Err(shortest) } else { Ok(passphrase) }
}

/// `POST /api/selftest`: try an output and look at what comes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SelfTestRequest {
    /// What is tried.
    pub what: SelfTestWhat,
}

/// What a self-test tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SelfTestWhat {
    /// Each relay for a moment: does its pin follow?
    Relays,
    /// Full power for some minutes: does the kiln get warmer as it should?
    Elements,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
#[cfg_attr(feature = "schema", ts(rename = "SelfTestRequest"), schemars(rename = "SelfTestRequest"))]
#[serde(deny_unknown_fields)]
pub(crate) struct SelfTestDoc {
    /// What is tried.
    what: SelfTestWhat,
}

impl SelfTestRequest {
    /// Reads the request.
    ///
    /// # Errors
    /// The first place that does not fit.
    pub fn parse(body: &[u8]) -> Result<Self, Refusal> {
        let SelfTestDoc { what } = open(body)?.read()?;
        Ok(Self { what })
    }
}

/// `POST /api/factory-reset`: forget everything; the word must be typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FactoryResetRequest;

#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
#[cfg_attr(feature = "schema", ts(rename = "FactoryResetRequest"), schemars(rename = "FactoryResetRequest"))]
#[serde(deny_unknown_fields)]
pub(crate) struct FactoryResetDoc {
    /// `forget everything`
    confirm: FactoryResetWord,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub(crate) enum FactoryResetWord {
    /// Yes, all of it: profiles, firings, settings, tokens, networks.
    #[serde(rename = "forget everything")]
    ForgetEverything,
}

impl FactoryResetRequest {
    /// Reads the request.
    ///
    /// # Errors
    /// The first place that does not fit.
    pub fn parse(body: &[u8]) -> Result<Self, Refusal> {
        let FactoryResetDoc { confirm: FactoryResetWord::ForgetEverything } = open(body)?.read()?;
        Ok(Self)
    }
}
