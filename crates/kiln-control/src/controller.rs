//! One step of the control loop: look first, then act.
//!
//! ```text
//! command → read → condition → state → regulate → judge → act → window
//! ```
//!
//! Every slot takes a command, judges and serves the relay window; a slot with a reading is a tick and runs the
//! firing and the regulator as well. The controller touches nothing: it is given the moment, the request and the
//! reading, and says what the relays are to do, for how long.

use crate::applied::Applied;
use crate::settings::Pending;
use crate::slot::{Inputs, Outputs, SensorOrder};
use kiln_core::black_box::{BlackBox, Evidence};
use kiln_core::command::{Outcome, Outcomes};
use kiln_core::event::{Event, Events};
use kiln_core::fault::{Fault, Kind, Severity};
use kiln_core::firing::{Checkpoint, Demand, Firing, Restart, Seen, State};
use kiln_core::guard::{Fitted, Guards, Verdicts};
use kiln_core::limits;
use kiln_core::profile::Profile;
use kiln_core::regulate::adaptive::Known;
use kiln_core::regulate::{Ask, Regulator};
use kiln_core::restart::Remembered;
use kiln_core::schedule::Schedule;
use kiln_core::sensor::{Conditioner, Problem, Reading, Sample};
use kiln_core::settings::{InForce, Origin, Settings, SettingsError};
use kiln_core::units::{Celsius, Duty, Instant, Kelvin};
use kiln_core::window::{RelaySet, Window};

/// The controller.
#[derive(Clone, Debug)]
pub struct Controller {
    pub(crate) settings: Settings,
    pub(crate) origin: Origin,
    pub(crate) pending: Pending,
    pub(crate) conditioner: Conditioner,
    pub(crate) firing: Firing,
    pub(crate) regulator: Regulator,
    pub(crate) window: Window,
    guards: Guards,
    pub(crate) schedule: Schedule<Profile>,
    pub(crate) seen: Sight,
    pub(crate) verdicts: Verdicts,
    pub(crate) demand: Demand,
    pub(crate) duty: Duty,
    pub(crate) outcomes: Outcomes,
    pub(crate) events: Events,
    pub(crate) published: u32,
    next_tick: Option<Instant>,
    last_slot: Option<Instant>,
    told: Told,
    /// The heat at the pins since the last tick.
    applied: Applied,
    /// The relays ordered in the latest slot.
    ordered: RelaySet,
    /// Slots in a row in which a relay read energised that was not ordered.
    stuck_slots: usize,
    pub(crate) output_failed: bool,
    pub(crate) armed: bool,
    pub(crate) black_box: BlackBox,
}

/// What has been told already and is still so.
#[derive(Clone, Copy, Debug, Default)]
struct Told {
    /// The reading is far above its set-point.
    over_setpoint: bool,
    /// The application core is silent.
    alone: bool,
    /// The regulator goes on by PID.
    fallen_back: bool,
}

/// What the controller last saw of the world.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sight {
    /// The newest good reading.
    pub reading: Option<Reading>,
    /// The newest calibrated sample; `None` when the latest read failed.
    pub sample: Option<Celsius>,
    /// The same as the chip gave it.
    pub raw: Option<Celsius>,
    /// The least difference that the chip can tell.
    pub step: Kelvin,
    /// The temperature of the terminals.
    pub cold_junction: Option<Celsius>,
    /// What the latest attempt to read met, if it failed.
    pub problem: Option<Problem>,
    pub energized: RelaySet,
    pub contactor_held: bool,
    pub fitted: Fitted,
}

impl Sight {
    /// Nothing has been seen yet.
    const NOTHING: Self = Self {
        reading: None,
        sample: None,
        raw: None,
        step: Sample::FINE,
        cold_junction: None,
        problem: None,
        energized: RelaySet::NONE,
        contactor_held: false,
        fitted: Fitted { second: None, current: None, lid_open: None, stop_loop_open: None },
    };
}

impl Controller {
    /// A controller at rest: idle, everything off.
    ///
    /// # Errors
    /// The first setting that is out of its range: there is no controller with bad settings.
    pub fn new(in_force: InForce, now: Instant) -> Result<Self, SettingsError> {
        let InForce { origin, settings } = in_force;
        settings.check()?;
        Ok(Self {
            settings,
            origin,
            pending: Pending::default(),
            conditioner: Conditioner::new(settings.conditioner),
            firing: Firing::new(),
            regulator: Regulator::new(&settings.regulator),
            window: Window::new(settings.window, now),
            guards: Guards::default(),
            schedule: Schedule::default(),
            seen: Sight::NOTHING,
            verdicts: Verdicts::default(),
            demand: Demand::Off,
            duty: Duty::OFF,
            outcomes: Outcomes::default(),
            events: Events::default(),
            published: 0,
            next_tick: None,
            last_slot: None,
            told: Told::default(),
            applied: Applied::default(),
            ordered: RelaySet::NONE,
            stuck_slots: 0,
            output_failed: false,
            armed: false,
            black_box: BlackBox::default(),
        })
    }

    /// Goes on with a firing that a reset of the chip cut off.
    pub(crate) fn take_up_firing(&mut self, kept: &Checkpoint, left: &Remembered, now: Instant) {
        let Remembered { integral, black_box, .. } = left;
        self.firing.restore(&self.settings.rules, kept, now, &mut self.events);
        self.regulator.restore_integral(if integral.is_finite() { *integral } else { 0.0 });
        self.black_box = *black_box;
    }

    /// Tells the regulator what earlier firings have shown of the kiln, while nothing is fired.
    pub fn teach(&mut self, known: &Known) {
        if !self.is_heating() {
            self.regulator.restore_known(known);
        }
    }

    /// Takes up a fault that was latched before the reset.
    pub(crate) fn take_up_fault(&mut self, fault: Fault, black_box: &BlackBox) {
        self.firing.restore_fault(fault);
        self.black_box = *black_box;
    }

    /// Whether a reading is due at `now`.
    pub fn reading_due(&self, now: Instant) -> bool {
        self.next_tick.is_none_or(|due| now >= due)
    }

    /// One slot.
    pub fn step(&mut self, inputs: &Inputs) -> Outputs {
        self.seen.energized = inputs.energized;
        self.seen.contactor_held = inputs.contactor_held;
        self.seen.fitted = inputs.fitted;
        self.output_failed = inputs.output_failed || self.pin_is_stuck(inputs.energized);
        self.armed = inputs.armed;
        self.note_loneliness(inputs);
        let events_before = self.events.total();
        self.note_lateness(inputs.now);
        let told = self.heed_settings(inputs.settings.as_ref(), inputs.now);
        if let Some((id, why)) = inputs.dropped {
            self.outcomes.note(id, Outcome::Refused(why));
        }
        if let Some(request) = &inputs.request {
            self.take(request, inputs);
        }
        self.applied.see(inputs.energized, self.settings.window.relays(), inputs.now);
        if let Some(reading) = &inputs.reading {
            self.tick(reading, inputs);
            self.applied.begin_anew();
        }
        let frozen_before = self.suspects_frozen();
        self.judge(inputs);
        let relays = self.act(inputs.now);
        self.ordered = relays;
        Outputs {
            relays,
            expiry: inputs.now + limits::HEAT_LEASE,
            contactor: self.may_heat(),
            publish: inputs.request.is_some()
                || inputs.dropped.is_some()
                || told
                || self.events.total() != events_before,
            ticked: inputs.reading.is_some(),
            sensor: if !frozen_before && self.suspects_frozen() { SensorOrder::SetUpAnew } else { SensorOrder::Read },
        }
    }

    /// Says when a slot came so late that the relays have dropped by themselves.
    fn note_lateness(&mut self, now: Instant) {
        let since = self.last_slot.replace(now).map(|last| now.since(last));
        if let Some(late) = since.filter(|since| *since >= limits::HEAT_LEASE) {
            self.events.note(now, Event::Faulted(Fault::LoopLate { late }));
        }
    }

    /// Whether a relay has been energised for several slots although it was not ordered: its pin does not follow.
    fn pin_is_stuck(&mut self, energized: RelaySet) -> bool {
        let unasked = energized.bits() & !self.ordered.bits() != 0;
        self.stuck_slots = if unasked { self.stuck_slots.saturating_add(1) } else { 0 };
        self.stuck_slots >= limits::PIN_STUCK_SLOTS
    }

    /// Says once that the application core has fallen silent.
    fn note_loneliness(&mut self, inputs: &Inputs) {
        if let (Some(silent), false) = (inputs.alone, self.told.alone) {
            self.events.note(inputs.now, Event::Faulted(Fault::ApplicationSilent { silent }));
        }
        self.told.alone = inputs.alone.is_some();
    }

    /// The second's work: the schedule, the reading, the firing, the regulator.
    fn tick(&mut self, reading: &Result<Sample, Problem>, inputs: &Inputs) {
        self.next_tick = Some(match self.next_tick {
            Some(due) if inputs.now.since(due) < limits::TICK => due + limits::TICK,
            Some(_) | None => inputs.now + limits::TICK,
        });
        self.firing.settle(&self.settings.rules);
        self.start_due(inputs);
        self.look(reading, inputs.now);
        let Some(reading) = self.seen.reading else {
            self.demand = Demand::Off;
            return;
        };
        let seen =
            Seen { now: inputs.now, at: reading.temperature, duty: self.duty, withheld: self.verdicts.withhold_heat() };
        self.demand = self.firing.tick(&self.settings.rules, &seen, &mut self.events);
        self.regulate(inputs.now, reading.temperature);
    }

    /// Turns what the firing asks for into a duty.
    fn regulate(&mut self, now: Instant, measured: Celsius) {
        match self.firing.take_restart() {
            Some(Restart::Fresh) => {
                self.regulator.rest(&self.settings.regulator);
                self.black_box.clear();
            }
            Some(Restart::CarryOn) => self.regulator.carry_on(self.duty),
            None => {}
        }
        self.duty = match self.demand {
            Demand::Target(target) if self.verdicts.withhold_heat() => {
                let ask = self.ask(now, target, measured);
                self.regulator.follow(&ask);
                Duty::OFF
            }
            Demand::Target(target) => {
                let ask = self.ask(now, target, measured);
                let asked = self.regulator.update(&self.settings.regulator, &ask);
                self.note_fall_back(now);
                self.within_reach(now, target, measured, asked)
            }
            Demand::Heat(duty) => duty,
            Demand::Off => {
                self.regulator.rest(&self.settings.regulator);
                Duty::OFF
            }
        };
    }

    /// Says once that the regulator's model has failed and the PID goes on.
    fn note_fall_back(&mut self, now: Instant) {
        let fallen = self.regulator.has_fallen_back();
        if fallen && !self.told.fallen_back {
            self.events.note(now, Event::RegulatorFellBack);
        }
        self.told.fallen_back = fallen;
    }

    /// What the regulator is asked in this tick.
    fn ask(&self, now: Instant, target: Celsius, measured: Celsius) -> Ask {
        Ask {
            now,
            target,
            measured,
            sample: self.seen.sample,
            applied: self.applied.mean(),
            ahead: self.firing.ahead(),
            window: self.settings.window.cycle(),
        }
    }

    /// Withholds heat from a kiln that is far above its set-point, whatever the regulator asks for.
    fn within_reach(&mut self, now: Instant, target: Celsius, measured: Celsius, asked: Duty) -> Duty {
        let over = measured - target > limits::OVER_SETPOINT;
        if over && asked.is_on() && !self.told.over_setpoint {
            self.events.note(now, Event::Faulted(Fault::OverSetpoint { seen: measured, target }));
        }
        self.told.over_setpoint = over && (self.told.over_setpoint || asked.is_on());
        if over { Duty::OFF } else { asked }
    }

    /// Shows the guards the scene and latches what they say has to latch.
    fn judge(&mut self, inputs: &Inputs) {
        let scene = self.scene(inputs.now, inputs.reading.is_some());
        let before = self.verdicts.withhold_heat();
        self.verdicts = self.guards.judge(&scene);
        let failed = self.output_failed.then_some(Fault::OutputFailed);
        let worst = failed.or(self.verdicts.worst().copied());
        match worst {
            Some(fault) if fault.severity() >= Severity::Trip => {
                self.keep_evidence(fault, inputs.now);
                self.firing.fail(fault, inputs.now, &mut self.events);
            }
            Some(fault) if fault.severity() == Severity::Hold && !before => {
                self.keep_evidence(fault, inputs.now);
                self.events.note(inputs.now, Event::Faulted(fault));
            }
            None if before => self.events.note(inputs.now, Event::Recovered),
            Some(_) | None => {}
        }
    }

    /// Puts a fault and what is seen with it into the black box.
    fn keep_evidence(&mut self, fault: Fault, now: Instant) {
        let latched = matches!(self.firing.state(), State::Error { .. });
        if latched {
            return;
        }
        self.black_box.note(Evidence {
            fault,
            at: now,
            reading: self.seen.reading.map(|reading| reading.temperature),
            sample: self.seen.sample,
            terminals: self.seen.cold_junction,
            target: self.target(),
            duty: self.duty,
            energized: self.seen.energized.any(),
            elapsed: self.firing.elapsed(),
        });
    }

    /// Whether the chip is suspected of repeating itself.
    fn suspects_frozen(&self) -> bool {
        self.verdicts.iter().any(|fault| fault.kind() == Kind::SensorFrozenSuspected)
    }

    /// Whether a firing or tuning is going on.
    pub(crate) fn is_heating(&self) -> bool {
        matches!(self.firing.state(), State::Running(_) | State::Tuning(_))
    }

    /// Whether heat may be given at all.
    fn may_heat(&self) -> bool {
        self.armed && self.knows_settings() && self.is_heating() && !self.verdicts.withhold_heat()
    }

    /// Turns the worst verdict and the duty into an order for the relays: the one place where heat begins.
    fn act(&mut self, now: Instant) -> RelaySet {
        if self.may_heat() {
            self.window.set(self.duty);
        } else {
            self.duty = Duty::OFF;
            self.window.force_off();
        }
        if !self.is_heating() {
            self.regulator.rest(&self.settings.regulator);
        }
        self.window.update(now)
    }
}
