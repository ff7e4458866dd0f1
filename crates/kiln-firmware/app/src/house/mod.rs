//! What every task of the application sees: the gate with the service behind it, the clocks, how the kiln is reached.
//!
//! All tasks run on one executor of one core, one after the other: a borrow that does not last over an `await` meets no
//! other.

pub(crate) mod build;
pub(crate) mod turns;

use core::cell::{Cell, RefCell};
use core::net::Ipv4Addr;

use kiln_app::http::{self, Gate, Routes};
use kiln_app::net::clock::{Clock, Source};
use kiln_app::net::name::HostName;
use kiln_app::net::secrets::Secrets;
use kiln_app::pace::ControlClock;
use kiln_app::service::{Now, Service, Surroundings};
use kiln_app::store::Level;
use kiln_core::units::{Instant, Millis, WallClock};
use kiln_hal::link::Observer;
use kiln_wire::status::{NetworkView, WifiState};

use crate::board::partition::Partition;
use crate::board::real;

/// The routes over the files of this board.
pub(crate) type Site = Gate<Routes<'static, Partition>>;

/// What the radio's keeper tells of it.
#[derive(Clone, Debug)]
pub(crate) struct Air {
    /// How far Wi-Fi has come.
    pub(crate) wifi: WifiState,
    /// The network it is in, or tries to be in.
    pub(crate) ssid: Option<kiln_wire::bounded::Label<32>>,
    /// The address there.
    pub(crate) address: Option<Ipv4Addr>,
    /// The number of the Wi-Fi over which there is an address.
    pub(crate) up: Option<u32>,
    /// How strong the signal is, dBm.
    pub(crate) signal_dbm: Option<i16>,
    /// Whether the set-up network is open.
    pub(crate) setup: bool,
}

/// No radio, or none yet.
const NO_AIR: Air = Air { wifi: WifiState::Off, ssid: None, address: None, up: None, signal_dbm: None, setup: false };

/// What every task of the application sees.
pub(crate) struct House {
    /// The door, the connections and the application behind them.
    pub(crate) gate: &'static Site,
    /// What the device has of its own; `None` when the generator of random numbers is not well.
    pub(crate) secrets: Option<Secrets>,
    /// The port of the page.
    pub(crate) port: u16,
    observer: Observer<'static>,
    control: RefCell<ControlClock>,
    wall: RefCell<Clock>,
    air: RefCell<Air>,
    /// Whether a computer is attached by the cable.
    cable: Cell<bool>,
    /// The name it goes by; another kiln may have the configured one.
    name: RefCell<HostName>,
}

impl House {
    /// A house that nobody lives in yet.
    pub(crate) fn new(
        gate: &'static Site,
        observer: Observer<'static>,
        secrets: Option<Secrets>,
        name: HostName,
        port: u16,
    ) -> Self {
        Self {
            gate,
            secrets,
            port,
            observer,
            control: RefCell::new(ControlClock::default()),
            wall: RefCell::new(Clock::new(Instant::from_millis(real().get()))),
            air: RefCell::new(NO_AIR),
            cable: Cell::new(false),
            name: RefCell::new(name),
        }
    }

    /// Every clock at this moment.
    pub(crate) fn now(&self) -> Now {
        let real = real();
        Now { control: self.control.borrow().at(real), real, wall: self.wall.borrow().wall(on_wall(real)) }
    }

    /// Does something with the service.
    pub(crate) fn with<T>(&self, act: impl FnOnce(&mut Service<'static, Partition>, &Now) -> T) -> T {
        let now = self.now();
        act(self.gate.application.borrow_mut().service(), &now)
    }

    /// A line in the controller's own log.
    pub(crate) fn say(&self, level: Level, what: core::fmt::Arguments<'_>) {
        self.with(|service, now| service.say(now, level, &what));
    }

    /// A number that nobody can guess.
    pub(crate) fn draw(&self) -> u64 {
        self.gate.application.borrow_mut().draw()
    }

    /// The radio's keeper tells how far it is.
    pub(crate) fn set_air(&self, air: Air) {
        self.gate.door.borrow_mut().hosts.station = air.address;
        *self.air.borrow_mut() = air;
    }

    /// What the radio's keeper told last.
    pub(crate) fn air(&self) -> Air {
        self.air.borrow().clone()
    }

    /// Whether a computer is attached by the cable.
    pub(crate) fn set_cable(&self, attached: bool) {
        self.cable.set(attached);
    }

    /// The name it goes by from here on.
    pub(crate) fn set_name(&self, name: &HostName) {
        if *self.name.borrow() != *name {
            self.gate.door.borrow_mut().hosts.name = name.clone();
            self.name.borrow_mut().clone_from(name);
            self.say(Level::Warn, format_args!("another has our name: now {}.local", name.as_str()));
        }
    }

    /// Whether a time server is to be asked; says so once for each attempt.
    pub(crate) fn asks_for_time(&self) -> bool {
        let link = self.air.borrow().address.is_some();
        self.wall.borrow_mut().ask(link, on_wall(real()))
    }

    /// Somebody says what time it is.
    pub(crate) fn told_time(&self, source: Source, wall: WallClock, trip: Millis) {
        let verdict = self.wall.borrow_mut().answer(source, wall, trip, on_wall(real()));
        self.say(Level::Info, format_args!("time of day by {source:?}: {verdict:?}"));
    }

    fn surroundings(&self) -> Surroundings {
        let air = self.air.borrow();
        let label = kiln_wire::bounded::Label::cut;
        Surroundings {
            network: NetworkView {
                wifi: air.wifi,
                ssid: air.ssid.clone(),
                address: air.address.map(label),
                name: kiln_wire::bounded::Label::cut(self.name.borrow().as_str()),
                signal_dbm: air.signal_dbm,
                setup_network: air.setup,
                usb: self.cable.get(),
            },
            synced: self.wall.borrow().is_synced(),
            wifi_up: air.up,
        }
    }
}

/// Real time as the clock of the wall counts it.
const fn on_wall(real: Millis) -> Instant {
    Instant::from_millis(real.get())
}

/// Time as the workers of the service wait for it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RealTime;

impl http::Time for RealTime {
    fn now(&self) -> Millis {
        real()
    }

    async fn wait_until(&self, moment: Millis) {
        embassy_time::Timer::at(embassy_time::Instant::from_millis(moment.get())).await;
    }
}
