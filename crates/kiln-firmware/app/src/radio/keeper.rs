//! Keeps the radio doing what it should: in the owner's Wi-Fi, or the set-up network; and looks around when asked.
//!
//! What is to be done is decided by the station and the mode of kiln-app; here it is done, each step with an end. The
//! link is what the driver and the stack say it is: nothing is sent to find out.

use core::net::Ipv4Addr;

use cyw43::{Control, JoinError, JoinOptions, ScanOptions, ScanType};
use embassy_net::{ConfigV4, DhcpConfig, Ipv4Cidr, Stack, StaticConfigV4};
use embassy_time::{Duration, Timer, with_timeout};
use kiln_app::light;
use kiln_app::net::Ipv4Config;
use kiln_app::net::mode::Mode;
use kiln_app::net::multicast_dns;
use kiln_app::net::setup_ap;
use kiln_app::net::station::{Do, JOIN_TIME, Link, SCAN_TIME, Seen, Station};
use kiln_app::net::wifi::{Bssid, Passphrase, WifiConfig};
use kiln_app::store::Level;
use kiln_core::snapshot::Phase;
use kiln_core::units::{Instant, Millis};
use kiln_wire::bounded::{Label, List};
use kiln_wire::records::WifiNetwork;
use kiln_wire::status::WifiState;

use crate::board::real;
use crate::house::{Air, House};

/// The pause between two looks.
const PAUSE: Duration = Duration::from_millis(125);
/// How long the radio may take to do what it is told.
const DONE_WITHIN: Duration = Duration::from_secs(3);
/// How often the strength of the signal is asked for.
const SIGNAL_EVERY: Millis = Millis::from_seconds(15);
/// The pin of the radio that the light on the board hangs on.
const LIGHT: u8 = 0;

/// The radio with what is known of it.
struct Keeper {
    house: &'static House,
    stack: Stack<'static>,
    control: Control<'static>,
    mode: Option<Mode>,
    /// The number of what is joined, and the station that joins it.
    station: Option<(u32, Station)>,
    joined: Joined,
    scan_done: bool,
    signal: Option<(Millis, i16)>,
    lit: bool,
}

/// What became of joining.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joined {
    No,
    Refused,
    Yes,
}

/// Keeps the radio, for ever.
#[embassy_executor::task]
pub(crate) async fn keep(house: &'static House, stack: Stack<'static>, control: Control<'static>) -> ! {
    let mut keeper = Keeper {
        house,
        stack,
        control,
        mode: None,
        station: None,
        joined: Joined::No,
        scan_done: false,
        signal: None,
        lit: false,
    };
    keeper.hear_the_group().await;
    loop {
        keeper.step().await;
        Timer::after(PAUSE).await;
    }
}

impl Keeper {
    /// Lets datagrams to everybody of multicast DNS through.
    async fn hear_the_group(&mut self) {
        let [_, b, c, d] = multicast_dns::GROUP.octets();
        // The hardware's address of a group (RFC 1112, section 6.4).
        let address = [0x01, 0x00, 0x5e, b & 0x7f, c, d];
        with_timeout(DONE_WITHIN, self.control.add_multicast_address(address)).await.ok();
    }

    async fn step(&mut self) {
        let wanted = self.house.with(|service, _| service.wifi().map(|(number, wifi)| (number, wifi.clone())));
        let idle = self
            .house
            .with(|service, _| !matches!(service.told().map(|told| told.phase), Some(Phase::Running | Phase::Tuning)));
        let mode = Mode::choose(self.mode, wanted.is_some(), idle);
        if self.mode != Some(mode) {
            self.change(mode).await;
        }
        match (mode, wanted) {
            (Mode::Station, Some((number, wifi))) => self.stay_in(number, &wifi).await,
            (Mode::Station, None) => self.station = None,
            (Mode::SetupAccessPoint, _) => {}
        }
        if self.house.with(|service, _| service.wifi_scan_wanted()) {
            self.look_around().await;
        }
        self.tell();
        self.shine().await;
    }

    /// From one to the other.
    async fn change(&mut self, mode: Mode) {
        self.stack.set_config_v4(ConfigV4::None);
        (self.station, self.joined) = (None, Joined::No);
        if self.mode == Some(Mode::SetupAccessPoint) {
            with_timeout(DONE_WITHIN, self.control.close_ap()).await.ok();
            self.house.say(Level::Info, format_args!("the set-up network is closed"));
        }
        if mode == Mode::SetupAccessPoint {
            self.leave().await;
            // Without random numbers there is no passphrase, and an open network is none of ours.
            let Some(secrets) = self.house.secrets.as_ref() else {
                self.mode = Some(mode);
                return;
            };
            let secret = secrets.passphrase.secret();
            let opened = self.control.start_ap_wpa2(setup_ap::SSID, secret, setup_ap::CHANNEL);
            if with_timeout(DONE_WITHIN, opened).await.is_err() {
                self.house.say(Level::Error, format_args!("the set-up network does not open"));
                return;
            }
            self.stack.set_config_v4(fixed(setup_ap::ADDRESS, setup_ap::PREFIX));
            self.house.say(Level::Info, format_args!("the set-up network {} is open", setup_ap::SSID));
        }
        self.mode = Some(mode);
    }

    async fn stay_in(&mut self, number: u32, wifi: &WifiConfig) {
        let now = Instant::from_millis(real().get());
        if self.station.as_ref().is_none_or(|(joined, _)| *joined != number) {
            if self.station.is_some() {
                self.leave().await;
            }
            self.station = Some((number, Station::new(now)));
        }
        let seen = Seen { link: self.link(), scan_done: core::mem::take(&mut self.scan_done) };
        let wanted = self.station.as_mut().and_then(|(_, station)| station.step(now, seen, wifi));
        match wanted {
            None => {}
            Some(Do::Scan) => {
                self.tell_as(WifiState::Searching);
                self.look_for(wifi).await;
            }
            Some(Do::Join(_)) => {
                self.tell_as(WifiState::Joining);
                self.join(wifi).await;
            }
            Some(Do::Lease) => self.stack.set_config_v4(self.lease()),
            Some(Do::Use(address)) => self.stack.set_config_v4(given(&address)),
            Some(Do::Leave) => {
                self.house.say(Level::Warn, format_args!("Wi-Fi: link or address lost, or none came"));
                self.leave().await;
            }
        }
    }

    /// The link, by the driver's word and the stack's.
    fn link(&self) -> Link {
        match self.joined {
            Joined::Refused => Link::Refused,
            Joined::Yes if self.stack.is_link_up() && self.stack.config_v4().is_some() => Link::Addressed,
            Joined::Yes if self.stack.is_link_up() => Link::Joined,
            Joined::Yes | Joined::No => Link::Down,
        }
    }

    /// Looks for the radios of one Wi-Fi.
    async fn look_for(&mut self, wifi: &WifiConfig) {
        let mut options = ScanOptions::default();
        options.ssid = heapless::String::try_from(wifi.ssid.as_str()).ok();
        options.scan_type = ScanType::Active;
        let station = &mut self.station;
        let scan = async {
            let mut scanner = self.control.scan(options).await;
            while let Some(found) = scanner.next().await {
                if name_of(&found) == Some(wifi.ssid.as_str())
                    && let Some((_, station)) = station.as_mut()
                {
                    station.found(Bssid(found.bssid), strength(found.rssi));
                }
            }
        };
        with_timeout(Duration::from_millis(SCAN_TIME.get()), scan).await.ok();
        self.scan_done = true;
    }

    async fn join(&mut self, wifi: &WifiConfig) {
        let options = match &wifi.passphrase {
            Some(passphrase) => JoinOptions::new(Passphrase::secret(passphrase).as_bytes()),
            None => JoinOptions::new_open(),
        };
        let joining = self.control.join(wifi.ssid.as_str(), options);
        let result = with_timeout(Duration::from_millis(JOIN_TIME.get()), joining).await;
        self.joined = match result {
            Ok(Ok(())) => Joined::Yes,
            Ok(Err(JoinError::AuthenticationFailure | JoinError::JoinFailure(_))) => Joined::Refused,
            Ok(Err(JoinError::NetworkNotFound)) | Err(_) => Joined::No,
        };
        match result {
            Ok(Ok(())) => self.house.say(Level::Info, format_args!("Wi-Fi: joined {}", wifi.ssid.as_str())),
            Ok(Err(why)) => self.house.say(Level::Warn, format_args!("Wi-Fi: {}: {why:?}", wifi.ssid.as_str())),
            Err(_) => self.house.say(Level::Warn, format_args!("Wi-Fi: {}: no answer", wifi.ssid.as_str())),
        }
    }

    async fn leave(&mut self) {
        self.stack.set_config_v4(ConfigV4::None);
        self.joined = Joined::No;
        with_timeout(DONE_WITHIN, self.control.leave()).await.ok();
    }

    /// An address by DHCP, with our name for the router's list.
    fn lease(&self) -> ConfigV4 {
        let mut config = DhcpConfig::default();
        config.hostname = heapless::String::try_from(self.house.gate.door.borrow().hosts.name.as_str()).ok();
        ConfigV4::Dhcp(config)
    }

    /// Looks what is within reach, for whoever sets the controller up.
    async fn look_around(&mut self) {
        let mut found = heapless::Vec::<WifiNetwork, 16>::new();
        let mut options = ScanOptions::default();
        options.scan_type = ScanType::Active;
        let scan = async {
            let mut scanner = self.control.scan(options).await;
            while let Some(radio) = scanner.next().await {
                if let Some(name) = name_of(&radio) {
                    note(&mut found, name, strength(radio.rssi), radio.capability & PRIVACY != 0);
                }
            }
        };
        with_timeout(Duration::from_millis(SCAN_TIME.get()), scan).await.ok();
        found.sort_unstable_by_key(|network| core::cmp::Reverse(network.signal_dbm));
        self.house.with(|service, now| service.wifi_found(now, List::first_of(found)));
    }

    /// Tells everybody how far it is.
    fn tell(&mut self) {
        let state = match (self.mode, &self.station, self.joined) {
            (Some(Mode::SetupAccessPoint) | None, ..) | (_, None, _) => WifiState::NotConfigured,
            (_, Some((_, station)), _) if station.is_up() => WifiState::Up,
            (_, Some(_), Joined::Yes) => WifiState::Addressing,
            (_, Some(_), Joined::No | Joined::Refused) => WifiState::Waiting,
        };
        self.tell_as(state);
    }

    fn tell_as(&self, wifi: WifiState) {
        let ssid = self.house.with(|service, _| service.wifi().map(|(_, wifi)| Label::cut(wifi.ssid.as_str())));
        let is_up = wifi == WifiState::Up;
        self.house.set_air(Air {
            wifi,
            ssid,
            address: self.stack.config_v4().filter(|_| is_up).map(|config| config.address.address()),
            up: self.station.as_ref().filter(|_| is_up).map(|(number, _)| *number),
            signal_dbm: self.signal.filter(|_| is_up).map(|(_, signal)| signal),
            setup: self.mode == Some(Mode::SetupAccessPoint) && self.house.secrets.is_some(),
        });
    }

    /// Keeps the light on the board, and now and then asks how strong the signal is.
    async fn shine(&mut self) {
        let lit = self.house.light();
        if lit != self.lit {
            self.lit = lit;
            with_timeout(DONE_WITHIN, self.control.gpio_set(LIGHT, lit)).await.ok();
        }
        let old = self.signal.is_none_or(|(at, _)| real().saturating_sub(at) >= SIGNAL_EVERY);
        if old && self.joined == Joined::Yes {
            let signal = with_timeout(DONE_WITHIN, self.control.get_rssi()).await.ok();
            self.signal = signal.and_then(|signal| i16::try_from(signal).ok()).map(|signal| (real(), signal));
        }
    }
}

impl House {
    /// Whether the light is on at this moment.
    pub(crate) fn light(&self) -> bool {
        let air = self.air();
        let phase = self.with(|service, _| service.told().map(|told| told.phase));
        light::is_on(light::Seen { phase, wifi: air.wifi == WifiState::Up, setup: air.setup }, real())
    }
}

/// The bit of a network's capabilities that says that it is secured (IEEE 802.11-2020, 9.4.1.4).
const PRIVACY: u16 = 1 << 4;

/// The name of a network, where it is text.
fn name_of(found: &cyw43::BssInfo) -> Option<&str> {
    let name = found.ssid.get(..usize::from(found.ssid_len))?;
    core::str::from_utf8(name).ok().filter(|name| !name.is_empty())
}

fn strength(rssi: i16) -> i8 {
    i8::try_from(rssi).unwrap_or(i8::MIN)
}

/// Notes a network, each name once with its strongest radio; of too many the weakest goes.
fn note(found: &mut heapless::Vec<WifiNetwork, 16>, name: &str, signal: i8, secured: bool) {
    let signal_dbm = i16::from(signal);
    if let Some(known) = found.iter_mut().find(|known| known.ssid.as_str() == name) {
        known.signal_dbm = known.signal_dbm.max(signal_dbm);
        return;
    }
    if found.is_full() {
        let weakest = found.iter().enumerate().min_by_key(|(_, network)| network.signal_dbm);
        match weakest.map(|(at, network)| (at, network.signal_dbm)) {
            Some((at, least)) if least < signal_dbm => drop(found.swap_remove(at)),
            Some(_) | None => return,
        }
    }
    found.push(WifiNetwork { ssid: Label::cut(name), signal_dbm, secured }).ok();
}

fn fixed(address: Ipv4Addr, prefix: u8) -> ConfigV4 {
    ConfigV4::Static(StaticConfigV4 {
        address: Ipv4Cidr::new(address, prefix),
        gateway: None,
        dns_servers: heapless::Vec::new(),
    })
}

fn given(config: &Ipv4Config) -> ConfigV4 {
    ConfigV4::Static(StaticConfigV4 {
        address: Ipv4Cidr::new(config.address(), config.prefix()),
        gateway: config.gateway(),
        dns_servers: config.dns().into_iter().collect(),
    })
}
