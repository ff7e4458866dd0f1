//! A kiln's electronics on a table: the shipping drivers over fake chips and pins.

use super::{FakeBus, FakeClock, FakeLink, FakeMax31856, FakePin, FakeWatchdog};
use crate::board::Board;
use crate::contactor::PinContactor;
use crate::link::Kept;
use crate::max31856::{Config, Max31856};
use crate::ssr::SsrBank;
use alloc::rc::Rc;
use core::cell::Cell;
use kiln_core::guard::Fitted;
use kiln_core::limits;
use kiln_core::units::Instant;

/// The thermocouple of a [`FakeBoard`]: the shipping driver.
pub type FakeThermocouple = Max31856<FakeBus>;
/// The heating relays of a [`FakeBoard`]: the shipping driver.
pub type FakeHeater<const N: usize> = SsrBank<FakePin, N>;
/// The contactor of a [`FakeBoard`]: the shipping driver.
pub type FakeContactor = PinContactor<FakePin>;

/// The hardware, as a test sees it. It outlives the board: a board made from it again is the controller after a reset.
#[derive(Clone, Debug)]
pub struct FakeKiln<const N: usize, Request, Snapshot> {
    /// The time.
    pub clock: FakeClock,
    /// The thermocouple chip.
    pub chip: FakeMax31856,
    /// The pins of the heating relays.
    pub relays: [FakePin; N],
    /// The pin of the contactor.
    pub contactor: FakePin,
    /// The watchdog, of the shipping patience; a reset makes a new one.
    pub watchdog: FakeWatchdog,
    /// The mailbox.
    pub link: FakeLink<Request, Snapshot>,
    /// What the optional inputs say.
    pub fitted: Rc<Cell<Fitted>>,
    /// The memory that survives a reset.
    pub kept: Rc<Kept>,
}

impl<const N: usize, Request, Snapshot> FakeKiln<N, Request, Snapshot> {
    /// Healthy hardware, at that time of its clock.
    pub fn starting_at(start: Instant) -> Self {
        let clock = FakeClock::starting_at(start);
        Self {
            watchdog: FakeWatchdog::new(&clock, limits::WATCHDOG),
            clock,
            chip: FakeMax31856::new(),
            relays: core::array::from_fn(|_| FakePin::new()),
            contactor: FakePin::new(),
            link: FakeLink::new(),
            fitted: Rc::default(),
            kept: Rc::new(Kept::new()),
        }
    }

    /// The controller at power-up or after a reset: outputs off, the chip as it was, a watchdog that is not yet running.
    /// `None` when an output cannot be switched off.
    pub fn board(&mut self, config: Config) -> Option<FakeBoard<N, Request, Snapshot>> {
        self.watchdog = FakeWatchdog::new(&self.clock, limits::WATCHDOG);
        Some(FakeBoard {
            clock: self.clock.clone(),
            thermocouple: Max31856::new(self.chip.bus(), config),
            heater: SsrBank::new(self.relays.clone()).ok()?,
            contactor: PinContactor::new(self.contactor.clone()).ok()?,
            watchdog: self.watchdog.clone(),
            link: self.link.clone(),
            fitted: Rc::clone(&self.fitted),
            kept: Rc::clone(&self.kept),
        })
    }
}

/// The hardware, as the control loop sees it.
#[derive(Debug)]
pub struct FakeBoard<const N: usize, Request, Snapshot> {
    clock: FakeClock,
    thermocouple: FakeThermocouple,
    heater: FakeHeater<N>,
    contactor: FakeContactor,
    watchdog: FakeWatchdog,
    link: FakeLink<Request, Snapshot>,
    fitted: Rc<Cell<Fitted>>,
    kept: Rc<Kept>,
}

impl<const N: usize, Request, Snapshot: Clone> Board for FakeBoard<N, Request, Snapshot> {
    type Clock = FakeClock;
    type Thermocouple = FakeThermocouple;
    type Heater = FakeHeater<N>;
    type Contactor = FakeContactor;
    type Watchdog = FakeWatchdog;
    type Link = FakeLink<Request, Snapshot>;

    fn clock(&mut self) -> &mut FakeClock {
        &mut self.clock
    }

    fn thermocouple(&mut self) -> &mut FakeThermocouple {
        &mut self.thermocouple
    }

    fn heater(&mut self) -> &mut FakeHeater<N> {
        &mut self.heater
    }

    fn contactor(&mut self) -> &mut FakeContactor {
        &mut self.contactor
    }

    fn watchdog(&mut self) -> &mut FakeWatchdog {
        &mut self.watchdog
    }

    fn kept(&self) -> Option<&Kept> {
        Some(&self.kept)
    }

    fn link(&mut self) -> &mut FakeLink<Request, Snapshot> {
        &mut self.link
    }

    fn fitted(&mut self) -> Fitted {
        self.fitted.get()
    }
}
