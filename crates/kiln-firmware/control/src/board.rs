//! The Pico 2 W as the loop sees it.
//!
//! Before the application has said how the kiln is wired there is no relay, no contactor and no thermocouple: the loop
//! runs, heats nothing and says so. After a reset that the loop caused, the wiring is the one it had.

use core::convert::Infallible;

use kiln_core::command::{CommandId, Refusal, Request};
use kiln_core::guard::Fitted;
use kiln_core::report::Report;
use kiln_core::sensor::{Problem, Sample};
use kiln_core::settings::Published;
use kiln_core::snapshot::Snapshot;
use kiln_core::units::{Instant, Millis, WallClock};
use kiln_firmware_abi::pins::{CONTACTOR, SENSOR_CS};
use kiln_firmware_abi::wiring::Wiring;
use kiln_hal::board::{Board, Clock, Contactor, ControlLink, Thermocouple, Watchdog};
use kiln_hal::contactor::PulsedContactor;
use kiln_hal::link::{ControlEnd, Kept};
use kiln_hal::max31856::{Max31856, SPI_MODE};
use kiln_hal::one_shot::{OneShotBank, OneShotError};

use crate::inputs::Inputs;
use crate::memory::{KEPT, SHARED};
use crate::one_shot::{Pio2, Stuck};
use crate::pins::Output;
use crate::spi::Chip;
use crate::{timer, watchdog};

/// The board.
#[derive(Debug)]
pub(crate) struct Pico {
    clock: Timer1,
    sensor: Sensor,
    heater: OneShotBank<Pio2>,
    contactor: Coil,
    watchdog: Dog,
    link: Mailbox,
    inputs: Inputs,
}

impl Pico {
    /// A board of which nothing is known yet.
    ///
    /// # Errors
    /// The relays' block does not take an order.
    pub(crate) fn unwired() -> Result<Self, OneShotError<Stuck>> {
        Ok(Self {
            clock: Timer1,
            sensor: Sensor(None),
            heater: OneShotBank::new(Pio2::start(core::iter::empty()), 0)?,
            contactor: Coil(None),
            watchdog: Dog,
            link: Mailbox { end: ControlEnd::new(&SHARED.link), open: false },
            inputs: Inputs::default(),
        })
    }

    /// Whether the kiln's wiring is known: it is taken once.
    pub(crate) const fn is_wired(&self) -> bool {
        self.link.open
    }

    /// Takes the kiln's wiring as it is, once.
    ///
    /// # Errors
    /// The relays' block does not take an order.
    pub(crate) fn wire(&mut self, wiring: &Wiring) -> Result<(), OneShotError<Stuck>> {
        if self.link.open {
            return Ok(());
        }
        let pio = Pio2::start(wiring.relays());
        let count = pio.count();
        self.heater = OneShotBank::new(pio, count)?;
        self.sensor = Sensor(Some(Max31856::new(Chip::new(SENSOR_CS, SPI_MODE), wiring.sensor)));
        if wiring.contactor {
            // A pin that is driven low cannot fail to be.
            let coil = PulsedContactor::new(Output::new(CONTACTOR, false));
            self.contactor = Coil(Some(coil.unwrap_or_else(|never: Infallible| match never {})));
        }
        self.inputs = Inputs::new(wiring, self.clock.now());
        self.link.open = true;
        KEPT.wiring.tell(wiring);
        Ok(())
    }
}

impl Board for Pico {
    type Clock = Timer1;
    type Thermocouple = Sensor;
    type Heater = OneShotBank<Pio2>;
    type Contactor = Coil;
    type Watchdog = Dog;
    type Link = Mailbox;

    fn clock(&mut self) -> &mut Timer1 {
        &mut self.clock
    }

    fn thermocouple(&mut self) -> &mut Sensor {
        &mut self.sensor
    }

    fn heater(&mut self) -> &mut OneShotBank<Pio2> {
        &mut self.heater
    }

    fn contactor(&mut self) -> &mut Coil {
        &mut self.contactor
    }

    fn watchdog(&mut self) -> &mut Dog {
        &mut self.watchdog
    }

    fn link(&mut self) -> &mut Mailbox {
        &mut self.link
    }

    fn kept(&self) -> Option<&Kept> {
        Some(&KEPT.kept)
    }

    fn fitted(&mut self) -> Fitted {
        let now = self.clock.now();
        self.inputs.look(now)
    }
}

/// The loop's clock: milliseconds of TIMER1.
#[derive(Debug)]
pub(crate) struct Timer1;

impl Clock for Timer1 {
    fn now(&self) -> Instant {
        Instant::from_millis(timer::now_us() / 1000)
    }

    fn wait_until(&mut self, moment: Instant) {
        timer::wait_until(moment.as_millis() * 1000);
    }
}

/// The thermocouple of the chamber, once its chip is known.
#[derive(Debug)]
pub(crate) struct Sensor(Option<Max31856<Chip>>);

impl Thermocouple for Sensor {
    fn setup(&mut self) -> Result<Millis, Problem> {
        self.0.as_mut().map_or(Err(Problem::Bus), Thermocouple::setup)
    }

    fn read(&mut self) -> Result<Sample, Problem> {
        self.0.as_mut().map_or(Err(Problem::Bus), Thermocouple::read)
    }
}

/// The contactor's charge pump, where there is one.
#[derive(Debug)]
pub(crate) struct Coil(Option<PulsedContactor<Output>>);

impl Contactor for Coil {
    type Error = Infallible;

    fn hold_until(&mut self, expiry: Instant) -> Result<(), Infallible> {
        self.0.as_mut().map_or(Ok(()), |coil| coil.hold_until(expiry))
    }

    fn expire(&mut self, now: Instant) -> Result<(), Infallible> {
        self.0.as_mut().map_or(Ok(()), |coil| coil.expire(now))
    }

    fn release(&mut self) -> Result<(), Infallible> {
        self.0.as_mut().map_or(Ok(()), Contactor::release)
    }

    fn is_held(&mut self) -> Result<bool, Infallible> {
        self.0.as_mut().map_or(Ok(false), Contactor::is_held)
    }
}

/// The watchdog.
#[derive(Debug)]
pub(crate) struct Dog;

impl Watchdog for Dog {
    fn feed(&mut self) {
        watchdog::feed();
    }
}

/// The mailbox; no settings come through before the kiln's wiring is known, for nothing heats without settings.
#[derive(Debug)]
pub(crate) struct Mailbox {
    end: ControlEnd<'static>,
    open: bool,
}

impl ControlLink for Mailbox {
    type Request = Request;
    type Snapshot = Snapshot;

    fn take(&mut self) -> Option<Request> {
        self.end.take()
    }

    fn dropped(&mut self) -> Option<(CommandId, Refusal)> {
        self.end.dropped()
    }

    fn wall(&mut self, now: Instant) -> Option<WallClock> {
        self.end.wall(now)
    }

    fn settings(&mut self) -> Option<Published> {
        if self.open { self.end.settings() } else { None }
    }

    fn beats(&mut self) -> Option<u32> {
        self.end.beats()
    }

    fn publish(&mut self, snapshot: &Snapshot) {
        self.end.publish(snapshot);
    }

    fn report(&mut self, report: &Report) {
        self.end.report(report);
    }
}
