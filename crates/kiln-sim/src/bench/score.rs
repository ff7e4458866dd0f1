//! How a firing is scored: the true thermocouple against the controller's own schedule clock.
//!
//! A ramp counts where a perfect model could follow it, after the first ten minutes from cold; a hold counts whole from
//! the moment the controller declares it. What is not a figure (a hold never reached) is `None` and enters no mean.

use kiln_core::firing::RunView;
use kiln_core::profile::{Profile, RampRate, Step};

use super::Bound;
use crate::heatwork::HeatWork;
use crate::math::square;

/// The first part of a firing, s, which the thermocouple's own lag decides.
const WARMING_UP_S: u64 = 600;
/// Within this band of its target a hold counts as settled, °C.
const SETTLED_C: f64 = 2.0;

/// What came of one firing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Score {
    /// Root mean square of the error on ramps, °C.
    pub ramp_rms_c: Option<f64>,
    /// The largest of them, °C.
    pub ramp_most_c: Option<f64>,
    /// Root mean square of the error in holds, °C.
    pub hold_rms_c: Option<f64>,
    /// The worst excess over a hold that was climbed to, or lack under one that was come down to, °C.
    pub overshoot_c: Option<f64>,
    /// When a hold was last further off than 2 °C, mean over the holds, s.
    pub settle_s: Option<f64>,
    /// Heat work over the bound's, cones.
    pub heat_work_cones: f64,
    /// How much later than the bound it ended, minutes.
    pub overrun_min: f64,
    /// Whether the schedule came to its end.
    pub finished: bool,
    /// How often the relay closed, in an hour.
    pub closings_per_hour: f64,
    /// Energy, kWh.
    pub energy_kwh: f64,
    /// Time the schedule clock waited, s.
    pub waited_s: u64,
}

/// A score being made.
#[derive(Clone, Debug)]
pub struct Scorer<'a> {
    bound: &'a Bound,
    profile: &'a Profile,
    /// For each step whether it is come to by climbing.
    climbed: Vec<bool>,
    ramps: Errors,
    holds: Errors,
    hold: Option<Hold>,
    settled_s: Vec<u64>,
    overshoot_c: Option<f64>,
    work: HeatWork,
    waited_s: u64,
    ended_s: u64,
}

#[derive(Clone, Copy, Debug, Default)]
struct Errors {
    squares: f64,
    count: u64,
    most_c: f64,
}

/// The hold under way: its step, seconds in it, and the last of them outside the band, counted from 1.
#[derive(Clone, Copy, Debug)]
struct Hold {
    step: usize,
    seconds: u64,
    unsettled_s: u64,
}

impl Errors {
    fn add(&mut self, error_c: f64) {
        self.squares += square(error_c);
        self.count += 1;
        self.most_c = self.most_c.max(error_c.abs());
    }

    fn rms_c(self) -> Option<f64> {
        (self.count > 0).then(|| (self.squares / self.count as f64).sqrt())
    }
}

impl<'a> Scorer<'a> {
    /// A score of `profile`, fired from `start_c`, against the bound.
    pub fn new(profile: &'a Profile, start_c: f64, bound: &'a Bound) -> Self {
        let mut at = start_c;
        let (mut climbs, mut peak) = (true, start_c);
        let climbed = profile.steps().iter().map(|step| {
            if let (false, Some(target)) = (is_hold(step), step.target()) {
                climbs = target.get() > at;
                at = target.get();
                peak = peak.max(at);
            }
            climbs
        });
        let climbed = climbed.collect();
        Self {
            bound,
            profile,
            climbed,
            ramps: Errors::default(),
            holds: Errors::default(),
            hold: None,
            settled_s: Vec::new(),
            overshoot_c: None,
            work: HeatWork::new(peak),
            waited_s: 0,
            ended_s: 0,
        }
    }

    /// Takes a second of the running firing.
    pub fn see(&mut self, at_s: u64, run: &RunView, target_c: Option<f64>, true_c: f64) {
        self.ended_s = at_s;
        self.work.add(true_c, 1.0);
        self.waited_s += u64::from(run.waiting.is_some());
        let Some(unreachable) = self.bound.unreachable.get(run.step) else { return };
        match (self.profile.step(run.step), target_c) {
            (Some(step), _) if is_hold(step) && !unreachable.is_whole() => self.see_hold(run.step, step, true_c),
            (Some(Step::Ramp { rate: RampRate::PerHour(_), .. }), Some(setpoint_c)) => {
                let cold = run.step == 0 && at_s <= WARMING_UP_S;
                if !cold && !unreachable.holds(setpoint_c) {
                    self.ramps.add(true_c - setpoint_c);
                }
            }
            _ => {}
        }
    }

    fn see_hold(&mut self, index: usize, step: &Step, true_c: f64) {
        let Some(target) = step.target() else { return };
        let error_c = true_c - target.get();
        self.holds.add(error_c);
        let beyond_c = if self.climbed.get(index) == Some(&false) { -error_c } else { error_c };
        self.overshoot_c = Some(self.overshoot_c.unwrap_or(0.0).max(beyond_c));
        if self.hold.is_none_or(|hold| hold.step != index) {
            self.end_hold();
            self.hold = Some(Hold { step: index, seconds: 0, unsettled_s: 0 });
        }
        if let Some(hold) = self.hold.as_mut() {
            hold.seconds += 1;
            if error_c.abs() > SETTLED_C {
                hold.unsettled_s = hold.seconds;
            }
        }
    }

    fn end_hold(&mut self) {
        if let Some(hold) = self.hold.take() {
            self.settled_s.push(hold.unsettled_s);
        }
    }

    /// The score, of a firing that finished or not, used so much energy and closed its relay so often.
    pub fn score(mut self, finished: bool, energy_kwh: f64, closings: u64) -> Score {
        self.end_hold();
        let settles = self.settled_s.len() as f64;
        let settle_s = (settles > 0.0).then(|| self.settled_s.iter().sum::<u64>() as f64 / settles);
        Score {
            ramp_rms_c: self.ramps.rms_c(),
            ramp_most_c: self.ramps.rms_c().map(|_| self.ramps.most_c),
            hold_rms_c: self.holds.rms_c(),
            overshoot_c: self.overshoot_c,
            settle_s,
            heat_work_cones: self.work.cones_over(self.bound.ln_dose),
            overrun_min: (self.ended_s as f64 - self.bound.finish_s as f64) / 60.0,
            finished,
            closings_per_hour: closings as f64 / (self.ended_s.max(1) as f64 / 3600.0),
            energy_kwh,
            waited_s: self.waited_s,
        }
    }
}

fn is_hold(step: &Step) -> bool {
    matches!(step, Step::Hold { .. } | Step::HoldCone { .. })
}
