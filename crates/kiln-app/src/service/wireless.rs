//! The Wi-Fi to be in: the stored one, another that is tried, and what is within reach.
//!
//! Whoever runs the radio asks here which Wi-Fi it is to join, and tells over which it has an address. Another one is
//! stored when it has given an address, never before. Time is real time: radios know no other.

use super::{Now, Refused, Service};
use crate::net::address::Ipv4Config;
use crate::net::trial::{Outcome, TRIAL_TIME, Trial};
use crate::net::wifi::{Passphrase, Ssid, WifiConfig};
use crate::store::{Flash, Level};
use kiln_core::units::{Instant, Millis};
use kiln_wire::answer::Problem;
use kiln_wire::ask::WifiRequest;
use kiln_wire::bounded::List;
use kiln_wire::config::Config;
use kiln_wire::records::{WifiAnswer, WifiNetwork, WifiScan};
use kiln_wire::status::WifiState;

/// What was found is shown for so long before the radio looks again.
const SCAN_FRESH: Millis = Millis::from_seconds(20);

/// The Wi-Fi to be in.
#[derive(Debug, Default)]
pub(super) struct Wireless {
    trial: Trial,
    /// Names what is to be joined: another one has another number.
    number: u32,
    tried: Option<WifiRequest>,
    found: List<WifiNetwork, 16>,
    found_at: Option<Millis>,
    scan_wanted: bool,
}

impl Wireless {
    /// The configuration is another one. One that names another Wi-Fi ends a trial; one that names what is joined
    /// already changes nothing.
    pub(super) fn configured(&mut self, before: &Config, config: &Config) {
        let stored = wifi_of(config);
        let joined = self.tried.is_none() && self.trial.current() == stored.as_ref();
        if joined || wifi_of(before) == stored {
            return;
        }
        (self.trial, self.tried) = (Trial::new(stored), None);
        self.number = self.number.wrapping_add(1);
    }
}

impl<F: Flash> Service<'_, F> {
    /// The Wi-Fi to join at this moment and its number; `None` calls for the set-up access point.
    pub fn wifi(&self) -> Option<(u32, &WifiConfig)> {
        Some((self.wireless.number, self.wireless.trial.current()?))
    }

    /// Tries another Wi-Fi; it is stored when it has given an address, and dropped when it has not in time.
    ///
    /// # Errors
    /// There is no radio; the passphrase has letters that no passphrase has.
    pub fn try_wifi(&mut self, now: &Now, asked: &WifiRequest) -> Result<WifiAnswer, Refused> {
        if self.surroundings.network.wifi == WifiState::Off {
            return Err(Problem::NotAvailable.into());
        }
        let bad = |key| Refused::At(Problem::BadRequest, key);
        let ssid = Ssid::new(asked.ssid.as_str()).ok_or(bad("ssid"))?;
        let word = asked.password.as_ref().map(|word| Passphrase::new(word.as_str()).ok_or(bad("password")));
        // A fixed address is one of the network it was given for.
        let address = wifi_of(&self.configured.config).filter(|stored| stored.ssid == ssid).and_then(|it| it.address);
        let wifi = WifiConfig { ssid, passphrase: word.transpose()?, address };
        self.wireless.trial.begin(wifi, instant(now.real));
        self.wireless.tried = Some(asked.clone());
        self.wireless.number = self.wireless.number.wrapping_add(1);
        self.note(now, Level::Info, &format_args!("Wi-Fi: {} is tried", asked.ssid.as_str()));
        Ok(WifiAnswer { trying_for_s: u32::try_from(TRIAL_TIME.get() / 1000).unwrap_or(u32::MAX) })
    }

    /// Goes on with another Wi-Fi that is tried.
    pub(super) fn go_on_with_wifi(&mut self, now: &Now) {
        let up = self.surroundings.wifi_up == Some(self.wireless.number);
        let Some(outcome) = self.wireless.trial.step(up, instant(now.real)) else { return };
        let Some(tried) = self.wireless.tried.take() else { return };
        let name = tried.ssid.as_str();
        match outcome {
            Outcome::Drop => {
                self.wireless.number = self.wireless.number.wrapping_add(1);
                self.note(now, Level::Warn, &format_args!("Wi-Fi: {name} gave no address, and is dropped"));
            }
            Outcome::Keep => {
                let (config, changes) = self.configured.config.with_wifi(&tried);
                match self.keep_config(config, changes, false) {
                    Ok(_) => self.note(now, Level::Info, &format_args!("Wi-Fi: {name} works, and is stored")),
                    Err(_) => self.note(now, Level::Error, &format_args!("Wi-Fi: {name} works, but cannot be stored")),
                }
            }
        }
    }

    /// `GET /api/wifi/scan`: what is within reach; the radio looks again when that is old.
    pub fn wifi_scan(&mut self, now: &Now) -> WifiScan {
        let radio = self.surroundings.network.wifi != WifiState::Off;
        let fresh = self.wireless.found_at.is_some_and(|at| now.real.saturating_sub(at) < SCAN_FRESH);
        self.wireless.scan_wanted |= radio && !fresh;
        WifiScan { scanning: self.wireless.scan_wanted, networks: self.wireless.found.clone() }
    }

    /// Whether the radio is to look what is within reach: for whoever runs it.
    pub const fn wifi_scan_wanted(&self) -> bool {
        self.wireless.scan_wanted
    }

    /// What the radio has found, strongest first, each name once.
    pub fn wifi_found(&mut self, now: &Now, networks: List<WifiNetwork, 16>) {
        (self.wireless.found, self.wireless.found_at, self.wireless.scan_wanted) = (networks, Some(now.real), false);
    }
}

/// The Wi-Fi that a configuration names; `None` where it names none.
fn wifi_of(config: &Config) -> Option<WifiConfig> {
    let network = config.network();
    let address = network.static_ip().and_then(|address| {
        let mask = network.static_subnet().map_or(0, core::net::Ipv4Addr::to_bits);
        let prefix = u8::try_from(mask.leading_ones()).unwrap_or(0);
        // One that no host can have would leave the kiln without any: it asks for one instead.
        Ipv4Config::new(address, prefix, *network.static_gateway(), *network.static_dns()).ok()
    });
    Some(WifiConfig {
        ssid: Ssid::new(network.wifi_ssid().as_str())?,
        passphrase: Passphrase::new(network.wifi_password().reveal()),
        address,
    })
}

const fn instant(real: Millis) -> Instant {
    Instant::from_millis(real.get())
}
