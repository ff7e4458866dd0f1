//! A board on the bench: the machine, the kiln on its pins, and the slots in which both take turns.

use std::fmt;

use kiln_control::Settings;
use kiln_core::command::{Command, CommandId, Outcome, Request};
use kiln_core::profile::Profile;
use kiln_core::settings::Published;
use kiln_core::snapshot::Snapshot;
use kiln_firmware_abi::wiring::Wiring;

use super::{Chamber, Mailbox};
use crate::cpu::Stop;
use crate::machine::{Ended, Machine};

/// How long control may take to say that it is ready, µs.
const START_US: u64 = 5_000_000;
/// A slot, µs.
const SLOT_US: u64 = 100_000;
/// How long before a slot the kiln's part of it is done, and how long after its start the loop's turn is over, µs.
const BEFORE_US: u64 = 1_000;
const AFTER_US: u64 = 60_000;
/// Slots in which the loop finds its thermocouple, and how many it may take until the application has told its wiring.
const SETTLING: u64 = 40;
const PATIENCE: u64 = 400;
/// The control core, and its timer.
pub(super) const CONTROL: usize = 1;
const CONTROL_TIMER: usize = 1;
/// The name of the request that fires.
pub(super) const RUN: CommandId = CommandId(1);

/// The board and its kiln.
#[derive(Debug)]
pub struct Bench {
    /// The board.
    pub machine: Machine,
    /// The kiln.
    pub chamber: Chamber,
    /// The application's end of the mailbox.
    pub mailbox: Mailbox,
    /// The settings of the loop.
    pub(super) settings: Settings,
    /// The pin of the relay.
    pub relay: u32,
    /// When the next slot of the control loop begins, µs.
    pub(super) next_us: u64,
    /// When the loop's slot 1 began, µs.
    first_us: u64,
    /// Which of ten slots takes a reading.
    phase: u64,
    /// The raw code of the last conversion.
    pub(super) code: i32,
    /// The most instructions of the control core in a slot.
    pub most: u64,
}

/// Why there is no firing.
#[derive(Debug)]
pub enum BenchError {
    /// The run ended.
    Stop(Box<Stop>),
    /// Control has not said in time that it is ready.
    NotReady,
    /// The loop sleeps without an alarm.
    NoAlarm,
    /// The loop takes no reading.
    NoReading,
    /// Control did not take the request, or refused it.
    Refused(String),
    /// The chip was reset while it should not have been.
    Reset(u64),
}

impl fmt::Display for BenchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stop(stop) => stop.fmt(f),
            Self::NotReady => f.write_str("control has not said in time that it is ready"),
            Self::NoAlarm => f.write_str("the control loop sleeps without an alarm"),
            Self::NoReading => f.write_str("the control loop takes no reading"),
            Self::Refused(why) => write!(f, "control refused the firing: {why}"),
            Self::Reset(at) => write!(f, "the chip was reset {at} µs after power came"),
        }
    }
}

impl std::error::Error for BenchError {}

impl From<Box<Stop>> for BenchError {
    fn from(stop: Box<Stop>) -> Self {
        Self::Stop(stop)
    }
}

impl Bench {
    /// A board with a kiln, switched on until control is ready and knows its kiln.
    ///
    /// # Errors
    /// Control does not come up.
    pub fn switch_on(machine: Machine, chamber: Chamber, settings: Settings) -> Result<Self, BenchError> {
        let wiring = Wiring::DELIVERED;
        let relay = wiring.relays().next().unwrap_or_default().into();
        let mut bench = Self {
            machine,
            chamber,
            mailbox: Mailbox::new(),
            settings,
            relay,
            next_us: 0,
            first_us: 0,
            phase: 0,
            code: 0,
            most: 0,
        };
        bench.machine.chip.noted = 1 << relay;
        bench.wait_for_control()?;
        bench.count_anew()?;
        if bench.machine.is_alone() {
            Mailbox::wire(&mut bench.machine.chip, &wiring);
        }
        bench.tell_anew();
        bench.find_slots()?;
        Ok(bench)
    }

    /// What an application does after a start, where there is none: settings, drivers, a sign of life.
    pub(super) fn tell_anew(&mut self) {
        if !self.machine.is_alone() {
            return;
        }
        let published = Published { revision: 1, settings: self.settings, latched: None };
        self.mailbox.publish(&mut self.machine.chip, &published);
        Mailbox::settle(&mut self.machine.chip);
        self.beat();
    }

    /// A sign of life of the application, where there is none.
    pub(super) fn beat(&mut self) {
        if self.machine.is_alone() {
            self.mailbox.beat(&mut self.machine.chip);
        }
    }

    pub(super) fn wait_for_control(&mut self) -> Result<(), BenchError> {
        let end = self.machine.now_us() + START_US;
        while !Mailbox::is_ready(&self.machine.chip) {
            if self.machine.now_us() > end {
                return Err(BenchError::NotReady);
            }
            self.run(self.machine.now_us() + 1_000)?;
        }
        Ok(())
    }

    /// Runs to a moment; a reset is an error.
    fn run(&mut self, us: u64) -> Result<(), BenchError> {
        match self.machine.run_until(us)? {
            Ended::Time => Ok(()),
            Ended::Reset => Err(BenchError::Reset(self.machine.now_us())),
        }
    }

    /// Takes the loop's next slot for its first, after a start.
    pub(super) fn count_anew(&mut self) -> Result<(), BenchError> {
        self.first_us = self.alarm()?;
        self.next_us = self.first_us;
        Ok(())
    }

    /// Lets the loop find its thermocouple, and sees in which of its slots it takes a reading.
    pub(super) fn find_slots(&mut self) -> Result<(), BenchError> {
        let mut phase = None;
        for slot in 0..PATIENCE {
            if slot >= SETTLING && phase.is_some() {
                break;
            }
            let (index, before) = (self.index(), self.machine.chip.spi_frames());
            self.run_slots(1)?;
            if self.machine.chip.spi_frames() > before {
                phase = Some(index % 10);
            }
        }
        self.phase = phase.ok_or(BenchError::NoReading)?;
        Ok(())
    }

    /// The number of the next slot since the loop began.
    pub(super) const fn index(&self) -> u64 {
        1 + (self.next_us - self.first_us) / SLOT_US
    }

    /// How long after the loop was made its first turn began, as far as it shows, ms: its readings keep the beat of that
    /// turn, its slots the beat of the moment it was made.
    pub const fn late_ms(&self) -> u64 {
        self.phase
    }

    /// Lets the loop run for some slots without the kiln.
    pub(super) fn run_slots(&mut self, slots: u64) -> Result<(), BenchError> {
        self.next_us += (slots - 1) * SLOT_US;
        self.run(self.next_us + AFTER_US)?;
        self.next_us += SLOT_US;
        Ok(())
    }

    /// When the loop's alarm fires next, µs.
    fn alarm(&mut self) -> Result<u64, BenchError> {
        for _ in 0..200 {
            if let Some(at) = self.machine.chip.alarm_us(CONTROL_TIMER) {
                return Ok(at);
            }
            self.run(self.machine.now_us() + 1_000)?;
        }
        Err(BenchError::NoAlarm)
    }

    /// One slot of the loop and the kiln. Returns the level of the relay's pin.
    ///
    /// # Errors
    /// The run ended, or the chip was reset.
    pub fn slot(&mut self) -> Result<bool, BenchError> {
        self.run(self.next_us - BEFORE_US)?;
        let begun = self.machine.cores[CONTROL].instructions;
        if let Some(conversion) = self.chamber.before() {
            self.code = conversion.ltc_code();
            let sensor = &mut self.machine.chip.wires.sensor;
            sensor.code = conversion.ltc_code();
            sensor.cold = conversion.cold_junction_code();
            sensor.faults = conversion.fault_status();
            self.beat();
        }
        self.run(self.next_us + AFTER_US)?;
        self.most = self.most.max(self.machine.cores[CONTROL].instructions - begun);
        let level = self.machine.chip.pins.level(self.relay);
        self.chamber.after(level);
        self.next_us += SLOT_US;
        Ok(level)
    }

    /// Asks for a firing; it is taken in the next slot.
    ///
    /// # Errors
    /// It is not taken, or refused.
    pub fn fire(&mut self, profile: &Profile) -> Result<(), BenchError> {
        let request = Request { id: RUN, command: Command::Run(*profile) };
        self.mailbox
            .ask(&mut self.machine.chip, &request)
            .map_err(|_| BenchError::Refused("the mailbox is full".to_owned()))
    }

    /// What became of the firing that was asked for.
    ///
    /// # Errors
    /// It was refused, or nothing became of it.
    pub fn fired(&self) -> Result<(), BenchError> {
        let told = self.snapshot().and_then(|told| told.outcomes.of(RUN));
        match told {
            Some(Outcome::Done) => Ok(()),
            Some(Outcome::Refused(refusal)) => Err(BenchError::Refused(format!("{refusal:?}"))),
            None => Err(BenchError::Refused("nothing was heard of it".to_owned())),
        }
    }

    /// The newest snapshot.
    pub fn snapshot(&self) -> Option<Snapshot> {
        self.mailbox.snapshot(&self.machine.chip)
    }
}
