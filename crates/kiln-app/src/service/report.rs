//! What can be said of a firing, from its log.

use super::relive::{Pace, each_row};
use super::runs::log_of;
use super::{Refused, Service};
use crate::store::Flash;
use kiln_core::units::{Celsius, Millis};
use kiln_wire::log::{Row, State};
use kiln_wire::records::{RunFigures, RunReport};

/// Fewer rows than these say nothing.
const ROWS_LEAST: u32 = 3;
/// The time over which a rise counts.
const RISE_OVER: Millis = Millis::from_minutes(10);
/// Points kept to measure rises between.
const RISE_POINTS: usize = 32;
/// How near a kiln is to its target when it is said to be there, K.
const NEAR_K: f64 = 5.0;

/// Sums over the rows of a log.
#[derive(Default)]
struct Sums {
    rows: u32,
    recoveries: u32,
    pace: Pace,
    /// Seconds with a target, and those of them near it.
    aimed_s: f64,
    near_s: f64,
    distance_ks: f64,
    output_s: f64,
    all_s: f64,
    over_k: f64,
    under_k: f64,
    fastest: f64,
    /// Points at least a thirtieth of the window apart, oldest first.
    points: heapless::Deque<(Millis, Celsius), RISE_POINTS>,
}

impl Sums {
    fn see(&mut self, row: &Row<'_>) {
        let before = self.pace.now;
        let at = self.pace.next(row);
        if row.state == State::Recovery {
            self.recoveries += 1;
            return;
        }
        self.rows += 1;
        let passed = at.saturating_sub(before).seconds();
        self.all_s += passed;
        self.output_s += passed * row.duty.percent();
        if row.target != Celsius::ZERO && matches!(row.state, State::Running | State::Tuning) {
            let distance = (row.temperature - row.target).get();
            self.over_k = self.over_k.max(distance);
            self.under_k = self.under_k.max(-distance);
            self.aimed_s += passed;
            self.distance_ks += passed * distance.abs();
            self.near_s += if distance.abs() <= NEAR_K { passed } else { 0.0 };
        }
        self.rise(at, row.temperature);
    }

    fn rise(&mut self, at: Millis, temperature: Celsius) {
        while self.points.front().is_some_and(|(then, _)| at.saturating_sub(*then) > RISE_OVER) {
            self.points.pop_front();
        }
        if let Some((then, from)) = self.points.front() {
            let passed = at.saturating_sub(*then);
            // A rise over much less than the window is noise.
            if passed.get() * 4 >= RISE_OVER.get() * 3 {
                self.fastest = self.fastest.max((temperature - *from).get() / passed.seconds() * 3600.0);
            }
        }
        let apart = RISE_OVER.get() / 30;
        if self.points.back().is_none_or(|(then, _)| at.saturating_sub(*then).get() >= apart) && !self.points.is_full()
        {
            // There is room: it was looked at.
            self.points.push_back((at, temperature)).ok();
        }
    }

    fn figures(&self) -> Option<RunFigures> {
        let share = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 0.0 };
        (self.rows >= ROWS_LEAST).then(|| RunFigures {
            rows: self.rows,
            overshoot_k: self.over_k,
            lag_k: self.under_k,
            mean_distance_k: share(self.distance_ks, self.aimed_s),
            within_5_k_percent: 100.0 * share(self.near_s, self.aimed_s),
            mean_output_percent: share(self.output_s, self.all_s),
            fastest_c_per_h: self.fastest,
            recoveries: self.recoveries,
        })
    }
}

impl<F: Flash> Service<'_, F> {
    /// A run and what can be said of it.
    ///
    /// # Errors
    /// There is none of that id, or what the flash said.
    pub fn report(&mut self, id: &str) -> Result<RunReport, Refused> {
        let run = self.run_of(id)?;
        let mut sums = Sums::default();
        each_row(&mut self.store, &log_of(id)?, self.scratch, |row| sums.see(row));
        Ok(RunReport { run, figures: sums.figures() })
    }
}
