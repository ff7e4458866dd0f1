//! A profile: whether it is one, how long it takes, what it does to the ware, and how it is drawn and pulled about.

use crate::machine::{Answer, Machine, whole};
use kiln_core::cone::HeatWork;
use kiln_core::profile::{Profile, RampRate, Step};
use kiln_core::units::{Celsius, CelsiusPerHour, Millis};

/// The heat work of a plan is gathered every so many seconds.
const EVERY: u64 = 10;

impl Machine {
    /// The nominal plan of the profile from a kiln at `start` °C.
    ///
    /// Numbers: seconds in all, the peak in °C; then for every step: seconds at its beginning, seconds at its end, °C at
    /// its beginning, °C at its end.
    pub fn plan(&mut self, start: f64) -> Answer {
        let (Some(profile), Some(start)) = (self.profile, Celsius::new(start)) else { return Answer::Nothing };
        self.begin();
        self.numbers.push(profile.nominal_seconds(Some(start)));
        self.numbers.push_known(profile.peak().map(Celsius::get));
        let (mut clock, mut at) = (0.0, start);
        for step in profile.steps() {
            let (end, to) = (clock + step.nominal_seconds(at), step.nominal_end(at));
            self.numbers.extend([clock, end, at.get(), to.get()]);
            (clock, at) = (end, to);
        }
        self.numbers.answer()
    }

    /// What the plan does to the ware, for a kiln that keeps up from `start` °C.
    ///
    /// Numbers: as of `Machine::push_work`.
    pub fn plan_work(&mut self, start: f64) -> Answer {
        let (Some(profile), Some(start)) = (self.profile, Celsius::new(start)) else { return Answer::Nothing };
        self.begin();
        let mut work = HeatWork::NONE;
        let mut from = start;
        for step in profile.steps() {
            let length = Millis::from_seconds_f64(step.nominal_seconds(from)).unwrap_or(Millis::ZERO);
            let mut into = Millis::ZERO;
            while into < length {
                let time = Millis::from_seconds(EVERY).min(length.saturating_sub(into));
                let asked = step.setpoint(from, into.seconds()).unwrap_or_else(|| cooled(from, step, into, length));
                work.add(asked, time);
                into += time;
            }
            from = step.nominal_end(from);
        }
        self.push_work(&work);
        self.numbers.answer()
    }

    /// Heat work as three numbers: the hardest cone that has fallen as its place in the list of cones (-1 for none), the
    /// share of the way to the next one, 1 where it is an estimate and else 0.
    pub(crate) fn push_work(&mut self, work: &HeatWork) {
        let reached = work.reached_so_far();
        let numbers = reached.map_or([-1.0, 0.0, 0.0], |reached| {
            let estimate = matches!(reached.certainty, kiln_core::cone::Certainty::Estimate);
            [f64::from(reached.cone.index()), reached.beyond, f64::from(u8::from(estimate))]
        });
        self.numbers.extend(numbers);
    }

    /// Pulls the end of a step to a moment and a temperature, as a finger on the chart does. `step` is counted from 0,
    /// `seconds` from the beginning of the step, `start` is where the kiln begins, °C.
    ///
    /// Of a ramp it moves target and rate; of a hold time and temperature, its ramp along with it; of a cooling its
    /// target. What comes out is inside the limits of every kiln. Numbers: as of [`Machine::write_profile`].
    pub fn pull(&mut self, step: f64, seconds: f64, celsius: f64, start: f64) -> Answer {
        let (Some(profile), Some(target)) = (self.profile, Celsius::new(celsius)) else { return Answer::Nothing };
        let (Some(index), Some(start)) = (whole(step), Celsius::new(start)) else { return Answer::Nothing };
        let Some(pulled) = pulled(&profile, index, seconds, target, start) else { return Answer::Nothing };
        self.profile = Some(pulled);
        self.write_profile()
    }
}

/// Where a kiln that cools by itself is taken to be: on a straight line.
fn cooled(from: Celsius, step: &Step, into: Millis, length: Millis) -> Celsius {
    let share = into.seconds() / length.seconds();
    Celsius::new(from.get() + (step.nominal_end(from).get() - from.get()) * share).unwrap_or(from)
}

fn pulled(profile: &Profile, index: usize, seconds: f64, target: Celsius, start: Celsius) -> Option<Profile> {
    use kiln_core::limits;
    let target = target.max(limits::TARGET_LOWEST).min(limits::CEILING);
    let before = profile.steps().get(..index)?;
    let from = before.iter().fold(start, |at, step| step.nominal_end(at));
    let step = match *profile.step(index)? {
        Step::Ramp { rate: RampRate::PerHour(rate), min_rate, .. } => {
            let wanted = CelsiusPerHour::new((target - from).abs().get() / seconds * 3600.0);
            // A ramp that is drawn upright or flat keeps its rate where no other can be read from it.
            let rate = wanted.filter(|wanted| wanted.get() > 0.0).unwrap_or(rate);
            let rate = CelsiusPerHour::new(rate.get().clamp(limits::RATE_SLOWEST.get(), limits::RATE_FASTEST.get()))?;
            Step::Ramp { target, rate: RampRate::PerHour(rate), min_rate }
        }
        Step::Ramp { rate: RampRate::Full, min_rate, .. } => Step::Ramp { target, rate: RampRate::Full, min_rate },
        Step::Hold { .. } => {
            let time = Millis::from_seconds_f64(seconds.max(0.0))?;
            Step::Hold { target, time: if time > limits::HOLD_LONGEST { limits::HOLD_LONGEST } else { time } }
        }
        Step::HoldCone { until, .. } => Step::HoldCone { target, until },
        Step::Cool { target: given } => Step::Cool { target: given.map(|_| target) },
    };
    let mut changed = profile.with_step(index, &step).ok()?;
    // A hold stands where the step before it ends, and the steps beside it that stood there with it move along.
    let level = |step: &Step| matches!(step, Step::Hold { .. } | Step::HoldCone { .. });
    let held = profile.step(index)?.target();
    let mut at = index;
    while level(changed.step(at)?) && at > 0 && profile.step(at - 1)?.target() == held {
        at -= 1;
        changed = changed.with_step(at, &at_target(changed.step(at)?, target)).ok()?;
    }
    let mut at = index + 1;
    while let Some(next) = profile.step(at).filter(|next| level(next) && next.target() == held) {
        changed = changed.with_step(at, &at_target(next, target)).ok()?;
        at += 1;
    }
    Some(changed)
}

/// The same step to another temperature.
fn at_target(step: &Step, target: Celsius) -> Step {
    match *step {
        Step::Ramp { rate, min_rate, .. } => Step::Ramp { target, rate, min_rate },
        Step::Hold { time, .. } => Step::Hold { target, time },
        Step::HoldCone { until, .. } => Step::HoldCone { target, until },
        Step::Cool { .. } => Step::Cool { target: Some(target) },
    }
}
