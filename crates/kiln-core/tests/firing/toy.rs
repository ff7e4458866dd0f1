//! The toy kiln and the one way to check a firing on it.

use kiln_core::command::{Command, Outcome};
use kiln_core::cone::{Cone, HoldUntil};
use kiln_core::event::{Event, Events};
use kiln_core::fault::Fault;
use kiln_core::firing::{Demand, Firing, Restart, Rules, RunView, Seen, State};
use kiln_core::profile::{Name, Profile, RampRate, Step};
use kiln_core::regulate::{Ask, GainSchedule, PidGains, PidSettings, Regulator, RegulatorSettings};
use kiln_core::units::{Celsius, CelsiusPerHour, Duty, Instant, Millis};

const REGULATOR: RegulatorSettings = RegulatorSettings::Pid(PidSettings::new(PidGains::DELIVERED, GainSchedule::OFF));

/// One lump.
pub(crate) struct Toy {
    pub(crate) firing: Firing,
    pub(crate) rules: Rules,
    pub(crate) at: f64,
    /// What full power gives without any loss, °C/h.
    pub(crate) full_rate: f64,
    /// Share of the difference to 20 °C lost in an hour.
    pub(crate) loss: f64,
    pub(crate) duty: Duty,
    pub(crate) withheld: bool,
    pub(crate) target: Option<f64>,
    pub(crate) now: Instant,
    pub(crate) events: Events,
    pub(crate) seen: u32,
    pub(crate) told: Vec<String>,
    pub(crate) told_to_carry_on: bool,
    pub(crate) regulator: Regulator,
}

impl Toy {
    /// A kiln at rest that can do 600 °C/h when cold and 1500 °C in the end.
    pub(crate) fn at(at: f64) -> Self {
        Self {
            firing: Firing::new(),
            rules: Rules::SHIPPING,
            at,
            full_rate: 600.0,
            loss: 0.4,
            duty: Duty::OFF,
            withheld: false,
            target: None,
            now: Instant::from_millis(u64::from(u32::MAX) - 5000),
            events: Events::default(),
            seen: 0,
            told: Vec::new(),
            told_to_carry_on: false,
            regulator: Regulator::new(&REGULATOR),
        }
    }

    /// A kiln of that power.
    pub(crate) fn with_full_rate(self, full_rate: f64) -> Self {
        Self { full_rate, ..self }
    }

    /// Lets a second pass.
    pub(crate) fn second(&mut self) {
        self.now = self.now + Millis::from_seconds(1);
        let at = Celsius::new(self.at).unwrap();
        let seen = Seen { now: self.now, at, duty: self.duty, withheld: self.withheld };
        let demand = self.firing.tick(&self.rules, &seen, &mut self.events);
        match self.firing.take_restart() {
            Some(Restart::Fresh) => self.regulator.rest(&REGULATOR),
            Some(Restart::CarryOn) => {
                self.regulator.carry_on(self.duty);
                self.told_to_carry_on = true;
            }
            None => {}
        }
        self.target = None;
        self.duty = match demand {
            Demand::Target(target) => {
                self.target = Some(target.get());
                let ask = Ask {
                    now: self.now,
                    target,
                    measured: at,
                    sample: Some(at),
                    applied: self.duty,
                    ahead: self.firing.ahead(),
                    window: Millis::from_seconds(1),
                };
                self.regulator.update(&REGULATOR, &ask)
            }
            Demand::Heat(duty) => duty,
            Demand::Off => Duty::OFF,
        };
        if self.withheld {
            self.duty = Duty::OFF;
        }
        let rate = self.duty.fraction() * self.full_rate - self.loss * (self.at - 20.0);
        self.at += rate / 3600.0;
        self.listen();
    }

    fn listen(&mut self) {
        let new: Vec<String> = self.events.since(self.seen).map(|(_, event)| word(&event)).collect();
        self.told.extend(new);
        self.seen = self.events.total();
    }

    /// Lets minutes pass.
    pub(crate) fn minutes(&mut self, minutes: u32) -> &mut Self {
        (0..minutes * 60).for_each(|_| self.second());
        self
    }

    /// Lets time pass until something has been told or `minutes` are over.
    pub(crate) fn until(&mut self, word: &str, minutes: u32) -> &mut Self {
        let mut left = minutes * 60;
        while left > 0 && self.told.last().map(String::as_str) != Some(word) {
            self.second();
            left -= 1;
        }
        self
    }

    /// Asks for something.
    pub(crate) fn ask(&mut self, command: &Command) -> Outcome {
        let outcome = self.firing.command(&self.rules, command, self.now, &mut self.events);
        self.listen();
        outcome
    }

    /// Starts a profile; it must be taken.
    pub(crate) fn run(&mut self, steps: &[Step]) -> &mut Self {
        self.second();
        assert_eq!(self.ask(&Command::Run(profile(steps))), Outcome::Done);
        self
    }

    /// What the firing shows.
    pub(crate) fn view(&self) -> RunView {
        match self.firing.state() {
            State::Running(run) | State::Complete(run) | State::Error { run: Some(run), .. } => {
                run.view(&self.rules, Celsius::new(self.at))
            }
            State::Idle | State::Tuning(_) | State::Error { run: None, .. } => panic!("no firing"),
        }
    }

    /// Everything told so far must be this.
    pub(crate) fn expect(&self, told: &[&str]) {
        assert_eq!(self.told, told, "at {} °C, asked for {:?}", self.at, self.target);
    }
}

/// An event in a few words.
fn word(event: &Event) -> String {
    match event {
        Event::Started { step } => format!("start {step}"),
        Event::Resumed { step } => format!("resume {step}"),
        Event::StepEntered { step } => format!("step {step}"),
        Event::RateAdapted { from, to } => format!("rate {:.0} to {:.0}", from.get(), to.get()),
        Event::Banked { target } => format!("bank {:.0}", target.get()),
        Event::ConeFallen { cone } => format!("cone {} fell", cone.name()),
        Event::ConeGaveUp { cone } => format!("cone {} still up", cone.name()),
        Event::StallAdvanced { .. } => "stall advance".into(),
        Event::Faulted(Fault::Stalled { .. }) => "stalled".into(),
        Event::Faulted(Fault::BelowMinimumRate { .. }) => "below minimum".into(),
        Event::Faulted(fault) => format!("{:?}", fault.kind()),
        other => format!("{other:?}").to_lowercase(),
    }
}

/// A profile of these steps.
pub(crate) fn profile(steps: &[Step]) -> Profile {
    Profile::new(Name::new("test").unwrap(), steps).unwrap()
}

/// A ramp at °C/h.
pub(crate) fn ramp(target: i16, rate: i16) -> Step {
    Step::Ramp { target: Celsius::whole(target), rate: RampRate::PerHour(CelsiusPerHour::whole(rate)), min_rate: None }
}

/// A ramp as fast as the kiln can.
pub(crate) fn full(target: i16) -> Step {
    Step::Ramp { target: Celsius::whole(target), rate: RampRate::Full, min_rate: None }
}

/// A hold of minutes.
pub(crate) fn hold(target: i16, minutes: u64) -> Step {
    Step::Hold { target: Celsius::whole(target), time: Millis::from_minutes(minutes) }
}

/// A hold until a cone has fallen, minutes at the longest.
pub(crate) fn hold_cone(target: i16, cone: &str, longest: u64) -> Step {
    let until = HoldUntil::new(Cone::named(cone).unwrap(), Millis::from_minutes(longest)).unwrap();
    Step::HoldCone { target: Celsius::whole(target), until }
}

/// A cooling step.
pub(crate) fn cool(target: Option<i16>) -> Step {
    Step::Cool { target: target.map(Celsius::whole) }
}
