//! When a hold that waits for a cone may end.
//!
//! A judge, not a step: whoever runs the firing asks it once a tick. It never asks for more heat; it only says how long
//! the same temperature has to last, and gives up at its bound, because a cone that does not fall in time means that the
//! hold is too cool for it.

use super::chart::Cone;
use super::heat_work::HeatWork;
use crate::limits;
use crate::units::Millis;

/// A hold that lasts until a cone has fallen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HoldUntil {
    cone: Cone,
    longest: Millis,
}

/// What a hold should do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoldVerdict {
    /// Go on holding.
    GoOn,
    /// End: the cone has fallen.
    Fallen,
    /// End: the cone has not fallen within the bound.
    GaveUp,
}

impl HoldUntil {
    /// A hold for `cone` that gives up after `longest`; `None` for a bound outside
    /// [`limits::CONE_HOLD_SHORTEST`] to [`limits::HOLD_LONGEST`].
    pub fn new(cone: Cone, longest: Millis) -> Option<Self> {
        let range = limits::CONE_HOLD_SHORTEST..=limits::HOLD_LONGEST;
        range.contains(&longest).then_some(Self { cone, longest })
    }

    /// The cone it waits for.
    pub const fn cone(&self) -> Cone {
        self.cone
    }

    /// The bound.
    pub const fn longest(&self) -> Millis {
        self.longest
    }

    /// What to do after `held` at the hold's temperature. A cone that has fallen before the hold ends it at once.
    pub fn judge(&self, work: &HeatWork, held: Millis) -> HoldVerdict {
        if work.has_fallen(self.cone) {
            HoldVerdict::Fallen
        } else if held >= self.longest {
            HoldVerdict::GaveUp
        } else {
            HoldVerdict::GoOn
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Celsius;

    /// Climbs to `from` at 60 °C/h, then holds there a second at a time; what the hold says in the end, and when.
    fn check(name: &str, from: i16, longest: u64, verdict: HoldVerdict, minutes: core::ops::RangeInclusive<u64>) {
        let hold = HoldUntil::new(Cone::named(name).unwrap(), Millis::from_minutes(longest)).unwrap();
        let mut work = HeatWork::NONE;
        (from - 200..from).for_each(|celsius| work.add(Celsius::whole(celsius), Millis::from_minutes(1)));
        let mut so_far = Millis::ZERO;
        while hold.judge(&work, so_far) == HoldVerdict::GoOn {
            work.add(Celsius::whole(from), Millis::from_seconds(1));
            so_far += Millis::from_seconds(1);
        }
        assert_eq!(hold.judge(&work, so_far), verdict, "{name} at {from} °C after {} s", so_far.seconds());
        assert!(minutes.contains(&(so_far.get() / 60_000)), "{name} at {from} °C: {} s", so_far.seconds());
    }

    #[test]
    fn it_ends_when_the_cone_falls_or_at_its_bound() {
        check("6", 1222, 60, HoldVerdict::Fallen, 0..=2);
        check("6", 1210, 60, HoldVerdict::Fallen, 8..=20);
        check("6", 1240, 60, HoldVerdict::Fallen, 0..=0);
        check("6", 1150, 60, HoldVerdict::GaveUp, 60..=60);
        check("04", 1053, 60, HoldVerdict::Fallen, 5..=20);
    }

    #[test]
    fn a_bound_there_must_be() {
        let six = Cone::named("6").unwrap();
        for bad in [Millis::ZERO, Millis::new(59_999), limits::HOLD_LONGEST + Millis::new(1)] {
            assert_eq!(HoldUntil::new(six, bad), None);
        }
        let hold = HoldUntil::new(six, limits::HOLD_LONGEST).unwrap();
        assert_eq!((hold.cone(), hold.longest()), (six, limits::HOLD_LONGEST));
        assert_eq!(hold.judge(&HeatWork::NONE, limits::HOLD_LONGEST), HoldVerdict::GaveUp);
    }
}
