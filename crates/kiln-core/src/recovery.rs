//! After a restart: does the firing that was cut off go on by itself?
//!
//! Decides from facts: the last logged row, the temperature found, the length of the outage if it is known. A
//! firing goes on without asking only when the kiln can hardly have changed; in every other case the heat stays off
//! until somebody answers. It knows no files: which log was the last one, and how to read it, is decided elsewhere.
//!
//! What goes on is a place in the profile, and its step and its clock belong together. The way back up is no faster
//! than the profile: that belongs to the firing, which gets the last logged temperature with the place.

use crate::command::ResumePoint;
use crate::cone::KeptWork;
use crate::limits;
use crate::profile::{Profile, Step};
use crate::units::{Celsius, Kelvin, Millis};

/// What the last logged row says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LastRow {
    /// The schedule clock.
    pub elapsed: Millis,
    /// The temperature.
    pub temperature: Celsius,
    /// Whether a firing was going on.
    pub running: bool,
    /// The step, counted from 0, if the row gives one.
    pub step: Option<usize>,
    /// How long the step had been going on, if the log tells.
    pub into_step: Option<Millis>,
}

/// Everything the decision rests on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Facts {
    /// The last logged row.
    pub last: LastRow,
    /// The temperature found.
    pub found: Celsius,
    /// The heat work of the firing as its log tells; `None` when it does not.
    pub work: Option<KeptWork>,
    /// How long the controller was away; `None` without a trustworthy wall clock at both ends.
    pub outage: Option<Millis>,
}

/// When a firing may go on without asking.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rules {
    /// For an outage of known length: the longest, and the largest difference of temperature. `None` makes no
    /// difference between a known and an unknown one.
    pub known: Option<(Millis, Kelvin)>,
    /// For an outage of unknown length: the largest difference of temperature.
    pub unknown: Kelvin,
    /// Where step and clock of the resumed firing come from.
    pub place: Place,
}

/// Where step and clock of the resumed firing come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The step says where the firing was, the clock is made to fit it.
    Together,
    /// Both as logged, whether they fit or not.
    AsLogged,
}

impl Rules {
    /// What ships.
    pub const SHIPPING: Self = Self {
        known: Some((limits::OUTAGE_LONGEST, limits::OUTAGE_DROP_MOST)),
        unknown: limits::OUTAGE_UNKNOWN_DROP_MOST,
        place: Place::Together,
    };

    /// The reference controller's, which knows only the difference of temperature.
    pub const fn reference(most: Kelvin) -> Self {
        Self { known: None, unknown: most, place: Place::AsLogged }
    }
}

/// What happens after a restart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Decision {
    /// The firing goes on from here.
    Resume(ResumePoint),
    /// A firing was cut off; somebody has to say whether it goes on. Heat stays off until then.
    Ask(Doubt),
    /// No firing was going on.
    Nothing,
}

/// Why somebody has to be asked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Doubt {
    /// The outage was too long.
    TooLong(Millis),
    /// The kiln is too far from where it was: found minus logged.
    TooFar(Kelvin),
    /// The log names a step the profile does not have.
    NoSuchStep(usize),
    /// The log does not tell how much of a hold is done.
    HoldUnknown(usize),
    /// This step holds until a cone has fallen, and the heat work so far is not known: the ware could be fired too far.
    HeatWorkUnknown(usize),
}

/// Decides whether the firing of `profile` goes on.
pub fn decide(facts: &Facts, profile: &Profile, rules: &Rules) -> Decision {
    if !facts.last.running {
        return Decision::Nothing;
    }
    let most = match (facts.outage, rules.known) {
        (Some(outage), Some((longest, _))) if outage > longest => return Decision::Ask(Doubt::TooLong(outage)),
        (Some(_), Some((_, most))) => most,
        (None, _) | (_, None) => rules.unknown,
    };
    let change = facts.found - facts.last.temperature;
    // A kiln hotter than it was is as little the kiln that was left as a colder one.
    if change.abs() > most {
        return Decision::Ask(Doubt::TooFar(change));
    }
    match place(&facts.last, profile, rules.place) {
        Ok((elapsed, step)) => {
            let index = step.unwrap_or_else(|| profile.locate(elapsed.seconds()).index);
            if let (None, Some(waits)) = (facts.work, profile.cone_hold_from(index)) {
                return Decision::Ask(Doubt::HeatWorkUnknown(waits));
            }
            let (temperature, found) = (Some(facts.last.temperature), Some(facts.found));
            Decision::Resume(ResumePoint { elapsed, step, temperature, found, work: facts.work })
        }
        Err(doubt) => Decision::Ask(doubt),
    }
}

fn place(last: &LastRow, profile: &Profile, rule: Place) -> Result<(Millis, Option<usize>), Doubt> {
    let Some(index) = last.step else {
        return Ok((last.elapsed, None));
    };
    if rule == Place::AsLogged {
        return Ok((last.elapsed, last.step));
    }
    let step = profile.step(index).ok_or(Doubt::NoSuchStep(index))?;
    let (begin, end) = (profile.begins(index), profile.begins(index + 1));
    if let Some(into) = last.into_step {
        return Ok((clock(begin + into.seconds(), begin, end), last.step));
    }
    let elapsed = last.elapsed.seconds();
    match step {
        _ if profile.locate(elapsed).index == index => Ok((last.elapsed, last.step)),
        // A hold begun anew could fire a whole cone too far, one taken as done too little: only a person can tell.
        Step::Hold { .. } => Err(Doubt::HoldUnknown(index)),
        // How far a climb or a descent has come is told by the temperature, how far a hold for a cone by the heat work.
        Step::HoldCone { .. } | Step::Ramp { .. } | Step::Cool { .. } => Ok((clock(elapsed, begin, end), last.step)),
    }
}

/// The clock nearest to `seconds` inside a step. The moment between two steps belongs to the first of them.
fn clock(seconds: f64, begin: f64, end: f64) -> Millis {
    const TICK: f64 = 0.001;
    let inside = seconds.min(end - TICK).max(begin + TICK);
    Millis::from_seconds_f64(inside).unwrap_or(Millis::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cone::{Cone, HeatWork, HoldUntil};
    use crate::profile::{Name, RampRate};
    use crate::units::CelsiusPerHour;

    /// 20 to 120 °C in an hour, an hour there, to 320 °C in two hours.
    fn profile() -> Profile {
        let ramp = |target, rate| Step::Ramp {
            target: Celsius::whole(target),
            rate: RampRate::PerHour(CelsiusPerHour::whole(rate)),
            min_rate: None,
        };
        let hold = Step::Hold { target: Celsius::whole(120), time: Millis::from_hours(1) };
        Profile::new(Name::new("t").unwrap(), &[ramp(120, 100), hold, ramp(320, 100)]).unwrap()
    }

    fn facts(drop: f64, outage: Option<u64>) -> Facts {
        let temperature = Celsius::whole(100);
        let elapsed = Millis::from_minutes(48);
        let last = LastRow { elapsed, temperature, running: true, step: Some(0), into_step: None };
        let found = temperature - Kelvin::new(drop).unwrap();
        Facts { last, found, work: None, outage: outage.map(Millis::from_minutes) }
    }

    #[test]
    fn a_firing_goes_on_only_when_the_kiln_can_hardly_have_changed() {
        let goes_on = |drop, outage, rules: &Rules| match decide(&facts(drop, outage), &profile(), rules) {
            Decision::Resume(_) => Ok(()),
            Decision::Ask(doubt) => Err(doubt),
            Decision::Nothing => unreachable!("a firing was going on"),
        };
        let far = |kelvin| Err(Doubt::TooFar(Kelvin::whole(kelvin)));
        let cases = [
            (0.0, Some(0), Ok(())),
            (50.0, Some(15), Ok(())),
            (51.0, Some(15), far(-51)),
            (0.0, Some(16), Err(Doubt::TooLong(Millis::from_minutes(16)))),
            (30.0, None, Ok(())),
            (31.0, None, far(-31)),
            (-31.0, None, far(31)),
            (-51.0, Some(1), far(51)),
        ];
        for (drop, outage, answer) in cases {
            assert_eq!(goes_on(drop, outage, &Rules::SHIPPING), answer, "{drop} K in {outage:?} min");
        }
        let reference = Rules::reference(Kelvin::whole(30));
        for (drop, outage, answer) in [(30.0, Some(600), Ok(())), (31.0, Some(1), far(-31)), (-30.0, None, Ok(()))] {
            assert_eq!(goes_on(drop, outage, &reference), answer, "{drop} K in {outage:?} min, reference");
        }
    }

    #[test]
    fn nothing_goes_on_that_was_not_going_on() {
        let mut facts = facts(0.0, None);
        facts.last.running = false;
        assert_eq!(decide(&facts, &profile(), &Rules::SHIPPING), Decision::Nothing);
    }

    #[test]
    fn incident_step_and_clock_not_belonging_together() {
        let hour = 3_600_000;
        let cases = [
            // (step, clock, into step) -> clock; the first two are as they should be.
            (Some(0), hour / 2, None, Ok(hour / 2)),
            (Some(1), hour + 1, None, Ok(hour + 1)),
            // A ramp that took longer than nominal stays a ramp, one that was skipped into has just begun.
            (Some(0), 3 * hour, None, Ok(hour - 1)),
            (Some(2), hour / 2, None, Ok(2 * hour + 1)),
            // A hold is never guessed.
            (Some(1), hour / 2, None, Err(Doubt::HoldUnknown(1))),
            (Some(1), 3 * hour, None, Err(Doubt::HoldUnknown(1))),
            (Some(1), 3 * hour, Some(hour / 4), Ok(hour + hour / 4)),
            (Some(1), 3 * hour, Some(9 * hour), Ok(2 * hour - 1)),
            (Some(1), 0, Some(0), Ok(hour + 1)),
            (Some(3), hour, None, Err(Doubt::NoSuchStep(3))),
            (None, hour, None, Ok(hour)),
        ];
        let profile = profile();
        for (step, elapsed, into, answer) in cases {
            let mut facts = facts(0.0, None);
            facts.last.step = step;
            facts.last.elapsed = Millis::new(elapsed);
            facts.last.into_step = into.map(Millis::new);
            let point = match decide(&facts, &profile, &Rules::SHIPPING) {
                Decision::Resume(point) => Ok(point),
                Decision::Ask(doubt) => Err(doubt),
                Decision::Nothing => unreachable!("a firing was going on"),
            };
            assert_eq!(point.map(|point| point.elapsed.get()), answer, "{step:?} at {elapsed}, {into:?} into it");
            if let (Ok(point), Some(index)) = (point, step) {
                assert_eq!(profile.locate(point.elapsed.seconds()).index, index, "{step:?} at {elapsed}");
            }
        }
    }

    /// A hold for cone 6 after the first ramp.
    #[test]
    fn a_hold_for_a_cone_goes_on_only_with_the_heat_work_before_it() {
        let until = HoldUntil::new(Cone::named("6").unwrap(), Millis::from_hours(1)).unwrap();
        let hold = Step::HoldCone { target: Celsius::whole(120), until };
        let profile = profile().with_step(1, &hold).unwrap();
        let decided = |step, work| {
            let mut facts = Facts { work, ..facts(0.0, None) };
            facts.last.step = step;
            decide(&facts, &profile, &Rules::SHIPPING)
        };
        let known = HeatWork::NONE.kept();
        for step in [None, Some(0), Some(1)] {
            assert_eq!(decided(step, None), Decision::Ask(Doubt::HeatWorkUnknown(1)), "{step:?}");
            let Decision::Resume(point) = decided(step, Some(known)) else { panic!("{step:?}") };
            assert_eq!(point.work, Some(known));
        }
        // Past it the heat work is only shown.
        assert!(matches!(decided(Some(2), None), Decision::Resume(_)));
    }

    #[test]
    fn incident_step_and_clock_as_logged_in_the_reference() {
        let mut facts = facts(0.0, None);
        facts.last.step = Some(1);
        let Decision::Resume(point) = decide(&facts, &profile(), &Rules::reference(Kelvin::whole(30))) else {
            unreachable!("the kiln is where it was")
        };
        assert_eq!((point.step, point.elapsed), (Some(1), facts.last.elapsed));
        assert_ne!(profile().locate(point.elapsed.seconds()).index, 1);
    }
}
