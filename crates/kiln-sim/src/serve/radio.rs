//! A stand-in for a radio: three networks that are always there, joined as the shipping station wants it.
//!
//! It decides nothing: the shipping station says what is to be done, this does it or refuses, in real time.

use kiln_app::net::Ipv4Config;
use kiln_app::net::station::{Do, Link, Seen, Station};
use kiln_app::net::wifi::{Bssid, Passphrase, WifiConfig};
use kiln_app::service::{Now, Surroundings};
use kiln_core::units::{Instant, Millis};
use kiln_wire::bounded::{Label, List};
use kiln_wire::records::WifiNetwork;
use kiln_wire::status::{NetworkView, WifiState};

/// A network that is there.
#[derive(Clone, Copy, Debug)]
struct Network {
    ssid: &'static str,
    passphrase: Option<&'static str>,
    signal_dbm: i8,
}

/// What is within reach, strongest first.
const NETWORKS: [Network; 3] = [
    Network { ssid: "Studio", passphrase: Some("clay and fire"), signal_dbm: -48 },
    Network { ssid: "Studio guests", passphrase: None, signal_dbm: -61 },
    Network { ssid: "Next door", passphrase: Some("nobody knows it"), signal_dbm: -83 },
];
/// The address that is given to whoever asks for one.
const ADDRESS: &str = "192.0.2.20";
/// How long looking, joining and getting an address take.
const STEP: Millis = Millis::new(400);

/// The radio with its station.
#[derive(Debug)]
pub struct Radio {
    /// The number of what is joined, and the station that joins it.
    station: Option<(u32, Station)>,
    link: Link,
    /// What the link will be, and when.
    coming: Option<(Link, Instant)>,
    scan_done_at: Option<Instant>,
    looking_until: Option<Instant>,
    address: Option<Ipv4Config>,
}

impl Radio {
    /// A radio that has joined nothing.
    pub const fn new() -> Self {
        Self { station: None, link: Link::Down, coming: None, scan_done_at: None, looking_until: None, address: None }
    }

    /// Goes on with what is to be joined, and says how far that is.
    pub fn step(&mut self, wifi: Option<(u32, &WifiConfig)>, now: Instant) {
        let Some((number, config)) = wifi else {
            *self = Self { looking_until: self.looking_until, ..Self::new() };
            return;
        };
        if self.station.as_ref().is_none_or(|(joined, _)| *joined != number) {
            *self =
                Self { station: Some((number, Station::new(now))), looking_until: self.looking_until, ..Self::new() };
        }
        if let Some((link, _)) = self.coming.take_if(|(_, at)| now >= *at) {
            self.link = link;
        }
        let scan_done = self.scan_done_at.take_if(|at| now >= *at).is_some();
        let Some((_, station)) = &mut self.station else { return };
        let there = NETWORKS.iter().find(|network| network.ssid == config.ssid.as_str());
        if let (true, Some(network)) = (scan_done, there) {
            station.found(Bssid([2, 0, 0, 0, 0, 1]), network.signal_dbm);
        }
        if let Some(wanted) = station.step(now, Seen { link: self.link, scan_done }, config) {
            self.obey(wanted, there.copied(), config, now);
        }
    }

    fn obey(&mut self, wanted: Do, there: Option<Network>, config: &WifiConfig, now: Instant) {
        let soon = now + STEP;
        match wanted {
            Do::Scan => self.scan_done_at = Some(soon),
            Do::Join(_) => {
                let said = config.passphrase.as_ref().map(Passphrase::secret);
                let right = there.is_some_and(|network| network.passphrase == said);
                self.coming = Some((if right { Link::Joined } else { Link::Refused }, soon));
            }
            Do::Lease => self.coming = Some((Link::Addressed, soon)),
            Do::Use(address) => (self.link, self.address) = (Link::Addressed, Some(address)),
            Do::Leave => (self.link, self.coming, self.address) = (Link::Down, None, None),
        }
    }

    /// Looks what is within reach, if somebody wants to know; what was found, when that is over.
    pub fn look(&mut self, wanted: bool, now: &Now) -> Option<List<WifiNetwork, 16>> {
        let now = instant(now);
        let until = *self.looking_until.get_or_insert(now + STEP);
        if !wanted || now < until {
            self.looking_until = self.looking_until.filter(|_| wanted);
            return None;
        }
        self.looking_until = None;
        Some(List::first_of(NETWORKS.map(|network| WifiNetwork {
            ssid: Label::cut(network.ssid),
            signal_dbm: network.signal_dbm.into(),
            secured: network.passphrase.is_some(),
        })))
    }

    /// How the kiln can be reached, as it is told.
    pub fn surroundings(&self, wifi: Option<(u32, &WifiConfig)>, synced: bool) -> Surroundings {
        let state = match (&self.station, self.link) {
            (None, _) => WifiState::NotConfigured,
            (Some((_, station)), _) if station.is_up() => WifiState::Up,
            (Some(_), Link::Joined | Link::Addressed) => WifiState::Addressing,
            (Some(_), Link::Down) if self.coming.is_some() => WifiState::Joining,
            (Some(_), Link::Down) if self.scan_done_at.is_some() => WifiState::Searching,
            (Some(_), Link::Down | Link::Refused) => WifiState::Waiting,
        };
        let (wifi, up) = (wifi.map(|(_, config)| config), state == WifiState::Up);
        let there = NETWORKS.iter().find(|network| wifi.is_some_and(|config| config.ssid.as_str() == network.ssid));
        let given = self.address.map_or_else(|| Label::cut(ADDRESS), |address| Label::cut(address.address()));
        let usual = Surroundings::default();
        let network = NetworkView {
            wifi: state,
            ssid: wifi.map(|config| Label::cut(config.ssid.as_str())),
            address: up.then_some(given),
            signal_dbm: there.filter(|_| up).map(|network| network.signal_dbm.into()),
            ..usual.network
        };
        let wifi_up = self.station.as_ref().filter(|_| up).map(|(number, _)| *number);
        Surroundings { network, synced, wifi_up }
    }
}

impl Default for Radio {
    fn default() -> Self {
        Self::new()
    }
}

/// Real time as the station counts it.
pub const fn instant(now: &Now) -> Instant {
    Instant::from_millis(now.real.get())
}
