//! The one loop that firmware and simulator both run.
//!
//! Each turn serves one slot of a board: take a request, read when a reading is due, step the controller, order the
//! outputs, publish, sign, feed. It decides nothing and waits for nothing but the next slot. A board that errs is told
//! to the controller; nothing is retried here.

use crate::controller::Controller;
use crate::heartbeat::{Application, Heartbeat};
use crate::restart::{Reset, Restart};
use crate::roll_call::{Party, RollCall};
use crate::self_test::{Armed, SelfTest, Shown};
use crate::slot::{Inputs, Outputs, SensorOrder};
use kiln_core::command::Request;
use kiln_core::limits;
use kiln_core::regulate::adaptive::Known;
use kiln_core::report::Report;
use kiln_core::restart;
use kiln_core::sensor::{Problem, Sample};
use kiln_core::settings::{InForce, SettingsError};
use kiln_core::snapshot::Snapshot;
use kiln_core::units::Instant;
use kiln_core::window::RelaySet;
use kiln_hal::board::{Board, Clock, Contactor, ControlLink, Heater, Thermocouple, Watchdog};
use kiln_hal::link::{Kept, Turn};

/// How many failed reads in a row before the thermocouple chip is set up anew.
const SETUP_AFTER: u8 = 3;

/// The loop and its memory.
#[derive(Clone, Debug)]
pub struct Runner {
    controller: Controller,
    roll_call: RollCall,
    next_slot: Instant,
    /// When the first conversion after a set-up is done; nothing is read before.
    ready_at: Option<Instant>,
    failed_reads: u8,
    output_failed: bool,
    next_publish: Instant,
    self_test: SelfTest,
    armed: Option<Armed>,
    heartbeat: Heartbeat,
    restart: Restart,
    /// The writer's place in the memory that survives a reset.
    turn: Option<Turn>,
    started: Instant,
    application_died: bool,
    reported: Option<Report>,
}

impl Runner {
    /// A loop about to begin at `now`; nothing has been touched yet. A board begins with [`InForce::DELIVERED`] and does
    /// not heat before its application has said what kiln it is.
    ///
    /// # Errors
    /// The first setting that is out of its range.
    pub fn new(in_force: InForce, now: Instant) -> Result<Self, SettingsError> {
        Ok(Self {
            controller: Controller::new(in_force, now)?,
            roll_call: RollCall::default(),
            next_slot: now,
            ready_at: None,
            failed_reads: 0,
            output_failed: false,
            next_publish: now,
            self_test: SelfTest::default(),
            armed: None,
            heartbeat: Heartbeat::default(),
            restart: Restart::default(),
            turn: None,
            started: now,
            application_died: false,
            reported: None,
        })
    }

    /// A loop about to begin after a reset for this reason: what the last one left for it is taken up, if the memory
    /// held it, its settings among it.
    ///
    /// # Errors
    /// The first setting that is out of its range.
    pub fn after_reset<B: Board>(in_force: InForce, board: &mut B, reset: Reset) -> Result<Self, SettingsError> {
        let now = board.clock().now();
        let mut runner = Self::new(in_force, now)?;
        let left = board.kept().and_then(Kept::newest).filter(|_| reset != Reset::Power);
        runner.turn = board.kept().map(Kept::turn);
        runner.restart = Restart::take_up(&mut runner.controller, left.as_ref(), reset, now);
        Ok(runner)
    }

    /// How much of the application should come up.
    pub const fn application(&self) -> restart::Application {
        self.restart.application()
    }

    /// The controller, to be looked at.
    pub const fn controller(&self) -> &Controller {
        &self.controller
    }

    /// Tells the regulator what earlier firings have shown of the kiln. For a loop at rest.
    pub fn teach(&mut self, known: &Known) {
        self.controller.teach(known);
    }

    /// Runs for ever.
    pub fn run<B>(&mut self, board: &mut B) -> !
    where
        B: Board,
        B::Link: ControlLink<Request = Request, Snapshot = Snapshot>,
    {
        loop {
            self.turn(board);
        }
    }

    /// Serves one slot and waits for the next.
    pub fn turn<B>(&mut self, board: &mut B) -> Outputs
    where
        B: Board,
        B::Link: ControlLink<Request = Request, Snapshot = Snapshot>,
    {
        let now = board.clock().now();
        let inputs = self.look(board, now);
        let outputs = self.controller.step(&inputs);
        self.roll_call.sign(Party::Controller);
        if outputs.sensor == SensorOrder::SetUpAnew {
            self.ready_at = None;
        }
        self.output_failed = !order(board, &outputs, self.armed.as_ref());
        if !self.output_failed {
            self.roll_call.sign(Party::Outputs);
        }
        if outputs.ticked {
            self.keep(board.kept(), now);
            self.roll_call.sign(Party::Tick);
        }
        if outputs.publish || now >= self.next_publish {
            self.next_publish = now + limits::TICK;
            board.link().publish(&self.controller.snapshot(now));
            self.report(board.link());
            self.roll_call.sign(Party::Publisher);
        }
        if self.roll_call.end_turn() {
            board.watchdog().feed();
        }
        self.wait(board.clock());
        outputs
    }

    /// Tells what the loop has been through, when there is something new in it.
    fn report<L: ControlLink>(&mut self, link: &mut L) {
        let report = self.restart.report(&self.controller, self.started);
        if self.reported != Some(report) {
            self.reported = Some(report);
            link.report(&report);
        }
    }

    /// Leaves what the next loop would need, in memory that survives a reset.
    fn keep(&mut self, kept: Option<&Kept>, now: Instant) {
        let uptime = now.since(self.started);
        if let (Some(kept), Some(turn)) = (kept, self.turn.as_mut()) {
            let value = self.restart.remembered(&self.controller, uptime, self.application_died);
            kept.keep(turn, &value);
        }
    }

    /// Takes a request, reads what is due, sees what the outputs are, and proves them off until the self-test passes.
    fn look<B>(&mut self, board: &mut B, now: Instant) -> Inputs
    where
        B: Board,
        B::Link: ControlLink<Request = Request, Snapshot = Snapshot>,
    {
        let request = board.link().take();
        let dropped = board.link().dropped();
        let (settings, wall) = (board.link().settings(), board.link().wall(now));
        let application = self.heartbeat.see(board.link().beats(), now);
        self.application_died = application == Application::Dead;
        if !self.application_died {
            self.roll_call.sign(Party::Application);
        }
        let reading = self.controller.reading_due(now).then(|| self.read(board.thermocouple(), now));
        let expired = board.heater().expire(now).is_ok() && board.contactor().expire(now).is_ok();
        let (energized, held) = (board.heater().energized(), board.contactor().is_held());
        let failed = self.output_failed || !expired || energized.is_err() || held.is_err();
        let (energized, contactor_held) = (energized.unwrap_or(RelaySet::NONE), held.unwrap_or(false));
        if self.armed.is_none() {
            let reading = self.controller.has_reading();
            let off = !energized.any() && !contactor_held && !failed;
            let shown = Shown { now, off, reading };
            self.armed = self.self_test.step(&shown);
        }
        Inputs {
            now,
            wall,
            request,
            dropped,
            settings,
            reading,
            energized,
            contactor_held,
            fitted: board.fitted(),
            output_failed: failed,
            armed: self.armed.is_some(),
            alone: match application {
                Application::Silent(silent) => Some(silent),
                Application::None | Application::Alive | Application::Dead => None,
            },
        }
    }

    /// Reads the thermocouple. A chip that has not been set up yet, or has failed several times, is set up first; while
    /// it converts for the first time there is nothing to read.
    fn read<T: Thermocouple>(&mut self, thermocouple: &mut T, now: Instant) -> Result<Sample, Problem> {
        if self.ready_at.is_none() || self.failed_reads >= SETUP_AFTER {
            self.failed_reads = 0;
            self.ready_at = None;
            self.ready_at = Some(now + thermocouple.setup()?);
        }
        if self.ready_at.is_some_and(|ready| now < ready) {
            return Err(Problem::Converting);
        }
        let sample = thermocouple.read();
        self.failed_reads = if sample.is_ok() { 0 } else { self.failed_reads.saturating_add(1) };
        sample
    }

    /// Waits for the next slot. A loop that is late goes on from where it is: slots are not made up for.
    fn wait<C: Clock>(&mut self, clock: &mut C) {
        let next = self.next_slot + limits::SLOT;
        let now = clock.now();
        self.next_slot = if next > now { next } else { now };
        clock.wait_until(self.next_slot);
    }
}

/// Orders the outputs; whether everything could be carried out. Without the proof of the self-test nothing can be on.
fn order<B: Board>(board: &mut B, outputs: &Outputs, armed: Option<&Armed>) -> bool {
    let (Some(_), true) = (armed, outputs.contactor) else {
        // The contactor opens after the relays, so that it does not break the current.
        let off = board.heater().all_off().is_ok();
        return board.contactor().release().is_ok() && off;
    };
    let held = board.contactor().hold_until(outputs.expiry).is_ok();
    let heater = if outputs.relays.any() {
        board.heater().energize_until(outputs.relays, outputs.expiry).is_ok()
    } else {
        board.heater().all_off().is_ok()
    };
    held && heater
}
