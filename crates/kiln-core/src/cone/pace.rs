//! Whether the chart covers what the kiln is doing: not too slow, not too fast, not standing too long.
//!
//! The chart is about steady climbs at 15 to 150 °C/h over the last 100 °C. The pace is read from how long the hottest
//! temperature so far takes to rise by 5 °C, twice in a row, so that neither a lid peek nor a short stand makes a steady
//! climb doubtful.

use crate::units::{Celsius, Kelvin, Millis};

/// The rise that is timed.
const STEP: Kelvin = Kelvin::whole(5);
/// A step that takes less is faster than the chart: 5 °C at 150 °C/h is 120 s, and a regulator wanders by a tenth.
const STEP_SHORTEST: Millis = Millis::from_seconds(108);
/// A step that takes more is slower than the chart: 5 °C at 15 °C/h is 20 minutes, and a tenth.
const STEP_LONGEST: Millis = Millis::from_minutes(22);
/// The longest stand that a cone is known to follow as it follows a climb.
pub const STAND_LONGEST: Millis = Millis::from_hours(1);

/// The pace of the climb.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pace {
    /// Where the running step began: the hottest so far, less what is not yet 5 °C.
    top: Option<Celsius>,
    /// How long ago that was.
    since: Millis,
    /// How long the last two steps took.
    steps: [Millis; 2],
}

impl Pace {
    /// Before the first reading; the steps before it are taken to have been at 60 °C/h.
    pub(super) const NEW: Self = Self { top: None, since: Millis::ZERO, steps: [Millis::from_minutes(5); 2] };

    /// Takes a length of time at a temperature, and says whether the chart does not cover it.
    pub(super) fn goes_beyond_the_chart(&mut self, at: Celsius, time: Millis) -> bool {
        self.since += time;
        let rise = self.top.map(|top| at - top);
        if rise.is_none_or(|rise| rise >= STEP) {
            if let Some(rise) = rise {
                // A sparse record can rise by more than a step at once: each step gets its share of the time.
                let share = Millis::from_seconds_f64(self.since.seconds() * STEP.get() / rise.get());
                let [last, _] = self.steps;
                self.steps = [share.unwrap_or(self.since), last];
            }
            self.top = Some(at);
            self.since = Millis::ZERO;
        }
        let [last, before] = self.steps;
        let too_slow = last.min(before) > STEP_LONGEST;
        let too_fast = last.max(before).max(self.since) < STEP_SHORTEST;
        too_slow || too_fast || self.since > STAND_LONGEST
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Climbs by 100 °C at a rate, then stands; whether any of the last 60 °C of the climb and the end of the stand
    /// were doubtful.
    fn check(rate_per_hour: f64, stand_minutes: u64, doubtful: [bool; 2]) {
        let mut pace = Pace::NEW;
        let mut end = Celsius::whole(1000);
        let mut climb = false;
        let seconds = |rise: f64| rise * 3600.0 / rate_per_hour;
        let mut at_s = 0.0;
        while at_s <= seconds(100.0) {
            end = Celsius::new(1000.0 + at_s * rate_per_hour / 3600.0).unwrap();
            let beyond = pace.goes_beyond_the_chart(end, Millis::from_seconds(1));
            climb |= beyond && at_s > seconds(40.0);
            at_s += 1.0;
        }
        let mut stand = false;
        for _ in 0..stand_minutes * 60 {
            stand = pace.goes_beyond_the_chart(end, Millis::from_seconds(1));
        }
        assert_eq!([climb, stand], doubtful, "{rate_per_hour} °C/h, {stand_minutes} min");
    }

    #[test]
    fn steady_climbs_and_stands() {
        let cases = [
            (15.0, 10, [false, false]),
            (60.0, 55, [false, false]),
            (60.0, 70, [false, true]),
            (150.0, 55, [false, false]),
            (12.0, 10, [true, true]),
            (200.0, 1, [true, true]),
            (200.0, 20, [true, false]),
            (1000.0, 1, [true, true]),
        ];
        for (rate, stand, doubtful) in cases {
            check(rate, stand, doubtful);
        }
    }

    #[test]
    fn a_short_stand_on_the_way_leaves_no_doubt() {
        let mut pace = Pace::NEW;
        let mut beyond = false;
        for minute in 0..200_u32 {
            let climbed = if minute < 100 { minute } else { minute.saturating_sub(40).max(100) };
            let at = Celsius::new(1000.0 + f64::from(climbed)).unwrap();
            beyond |= pace.goes_beyond_the_chart(at, Millis::from_minutes(1));
        }
        assert!(!beyond);
    }

    #[test]
    fn a_sparse_record_is_read_as_it_is() {
        let mut pace = Pace::NEW;
        let mut seen =
            |celsius, minutes| pace.goes_beyond_the_chart(Celsius::whole(celsius), Millis::from_minutes(minutes));
        assert_eq!(
            [seen(1000, 5), seen(1010, 10), seen(1020, 10), seen(1120, 10), seen(1220, 10)],
            [false, false, false, false, true]
        );
    }
}
