//! What a regulator could do that knows the kiln exactly: the bound of kilns that have none in the data.
//!
//! Every five seconds a copy of the kiln itself is asked where it would be a minute later with no heat and with all of it;
//! the duty between them that meets the schedule then is given, in full, without relay, noise or weather. One move ahead
//! instead of the optimum over four minutes that `data/bench.json` was made by: it finds the same stretches out of reach
//! (see the tests) in a hundredth of the time.

use std::collections::BTreeSet;

use super::schedule::Segment;
use super::{Bound, Schedule, Unreachable};
use crate::heatwork::HeatWork;
use crate::plant::{Plant, PlantSpec, Surroundings};

/// Seconds between two moves, and looked ahead.
const MOVE_S: u64 = 5;
const AHEAD_S: u64 = 60;
/// It waits for a kiln that is so far behind, °C, at an end of its duty.
const BEHIND_C: f64 = 0.5;
/// Duties nearer to an end count as at it.
const FULL: f64 = 0.98;
const OFF: f64 = 0.002;
/// Off by more than this counts as out of reach, °C.
const LOST_C: f64 = 1.0;
/// A hold begins to count within this of its target, a move at full rate ends within [`THERE_C`] of it, °C.
const HOLDS_C: f64 = 2.0;
const THERE_C: f64 = 0.5;
/// Set-points are judged in stretches of so many °C.
const STRETCH_C: f64 = 5.0;
/// It gives up after so many times the nominal time.
const LONGEST: f64 = 2.2;
/// What a move at full rate is taken to last: 1000 °C/h.
const FULL_RATE_C_S: f64 = 1000.0 / 3600.0;

/// The schedule as the oracle follows it.
struct Clock<'a> {
    segments: &'a [Segment],
    index: usize,
    setpoint_c: f64,
    held_s: f64,
}

/// What was seen of a segment.
#[derive(Clone, Debug, Default)]
struct Seen {
    seconds: u64,
    lost_s: u64,
    stretches: BTreeSet<i64>,
}

/// The bound of a schedule on a kiln.
///
/// # Errors
/// There can be no such kiln.
pub fn bound(spec: &PlantSpec, schedule: &Schedule) -> Result<Bound, String> {
    let mut plant = Plant::new(spec, spec.ambient_c).map_err(|error| error.to_string())?;
    let around = Surroundings::calm(spec.ambient_c);
    let mut clock = Clock { segments: &schedule.segments, index: 0, setpoint_c: spec.ambient_c, held_s: 0.0 };
    let mut work = HeatWork::new(clock.peak_c());
    let mut seen = vec![Seen::default(); schedule.segments.len()];
    let (mut duty, longest_s) = (0.0, (clock.nominal_s() * LONGEST) as u64);
    let mut at_s = 0;
    while at_s < longest_s && clock.index < clock.segments.len() {
        let at_c = plant.thermocouple_c();
        if at_s.is_multiple_of(MOVE_S) {
            duty = answer(&plant, &around, clock.after(AHEAD_S as f64));
        }
        let at_end = !(OFF..=FULL).contains(&duty);
        work.add(at_c, 1.0);
        if let Some(seen) = seen.get_mut(clock.index) {
            seen.see(clock.setpoint_c, at_end || (at_c - clock.setpoint_c).abs() > LOST_C);
        }
        clock.second(at_c, at_end);
        plant.step(duty, &around);
        plant.step(duty, &around);
        at_s += 1;
    }
    let unreachable = schedule.segments.iter().zip(&seen).map(|(segment, seen)| seen.unreachable(segment)).collect();
    let finishes = clock.index >= clock.segments.len();
    Ok(Bound { finish_s: at_s, finishes, ln_dose: work.ln_dose(), unreachable })
}

/// The duty that brings the kiln to a temperature at the end of the time looked ahead.
fn answer(plant: &Plant, around: &Surroundings, wanted_c: f64) -> f64 {
    let [cold_c, hot_c] = [0.0, 1.0].map(|duty| {
        let mut copy = plant.clone();
        for _ in 0..2 * AHEAD_S {
            copy.step(duty, around);
        }
        copy.thermocouple_c()
    });
    ((wanted_c - cold_c) / (hot_c - cold_c).max(1e-6)).clamp(0.0, 1.0)
}

impl Clock<'_> {
    fn target_c(segment: &Segment, from_c: f64) -> f64 {
        segment.ramp.or(segment.asap).unwrap_or(from_c)
    }

    fn peak_c(&self) -> f64 {
        self.segments.iter().map(|segment| Self::target_c(segment, f64::MIN)).fold(f64::MIN, f64::max)
    }

    fn nominal_s(&self) -> f64 {
        let mut from_c = self.setpoint_c;
        let seconds = self.segments.iter().map(|segment| {
            let to_c = Self::target_c(segment, from_c);
            let way_c = (to_c - core::mem::replace(&mut from_c, to_c)).abs();
            segment.hold.map_or(way_c / segment.rate.map_or(FULL_RATE_C_S, |rate| rate / 3600.0), |hold| hold * 60.0)
        });
        seconds.sum()
    }

    /// A second with the kiln at a temperature.
    fn second(&mut self, at_c: f64, at_end: bool) {
        let Some(segment) = self.segments.get(self.index) else { return };
        let target_c = Self::target_c(segment, self.setpoint_c);
        let over = match (segment.hold, segment.rate) {
            (Some(minutes), _) => {
                let counts = self.held_s > 0.0 || (at_c - self.setpoint_c).abs() < HOLDS_C;
                self.held_s += f64::from(u8::from(counts));
                self.held_s >= minutes * 60.0
            }
            (None, Some(rate)) => {
                let behind_c = if target_c > self.setpoint_c { self.setpoint_c - at_c } else { at_c - self.setpoint_c };
                if !(at_end && behind_c > BEHIND_C) {
                    let way_c = target_c - self.setpoint_c;
                    self.setpoint_c += way_c.clamp(-rate / 3600.0, rate / 3600.0);
                }
                (self.setpoint_c - target_c).abs() < 1e-9
            }
            (None, None) => (at_c - target_c).abs() < THERE_C,
        };
        if over {
            self.setpoint_c = target_c;
            self.index += 1;
            self.held_s = 0.0;
        }
    }

    /// Where the schedule will be; a move at full rate is not begun before its time.
    fn after(&self, seconds: f64) -> f64 {
        let (mut at_c, mut left_s, mut held_s) = (self.setpoint_c, seconds, self.held_s);
        for (ahead, segment) in self.segments.iter().skip(self.index).enumerate() {
            let to_c = Self::target_c(segment, at_c);
            let takes_s = match (segment.hold, segment.rate) {
                (Some(minutes), _) => (minutes * 60.0 - held_s).max(0.0),
                (None, Some(rate)) => (to_c - at_c).abs() / (rate / 3600.0),
                (None, None) => return if ahead == 0 { to_c } else { at_c },
            };
            if takes_s >= left_s {
                return at_c + (to_c - at_c) * if takes_s > 0.0 { left_s / takes_s } else { 1.0 };
            }
            (at_c, held_s) = (to_c, 0.0);
            left_s -= takes_s;
        }
        at_c
    }
}

impl Seen {
    fn see(&mut self, setpoint_c: f64, lost: bool) {
        self.seconds += 1;
        if lost {
            self.lost_s += 1;
            self.stretches.insert((setpoint_c / STRETCH_C).floor() as i64);
        }
    }

    /// What of the segment no regulator can follow, a stretch more on either side of it.
    fn unreachable(&self, segment: &Segment) -> Unreachable {
        let whole =
            self.seconds == 0 || segment.asap.is_some() || (segment.hold.is_some() && 2 * self.lost_s >= self.seconds);
        if whole {
            return Unreachable::Word("all".to_owned());
        }
        if segment.hold.is_some() {
            return Unreachable::Stretches(Vec::new());
        }
        let around = self.stretches.iter().map(|stretch| [(stretch - 1) as f64, (stretch + 2) as f64]);
        Unreachable::Stretches(around.map(|[from, to]| [from * STRETCH_C, to * STRETCH_C]).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::Pair;

    /// The share of set-points of all ramps, in steps of 5 °C, of which both bounds say the same.
    fn agreement(pair: &Pair, found: &Bound, schedule: &Schedule) -> f64 {
        let (mut same, mut all) = (0.0, 0.0);
        let (mut at_c, both) = (22.0, found.unreachable.iter().zip(&pair.bound.unreachable));
        for (segment, (mine, given)) in schedule.segments.iter().zip(both) {
            let to_c = Clock::target_c(segment, at_c);
            let steps = if segment.ramp.is_some() { ((to_c - at_c).abs() / 5.0) as u32 } else { 0 };
            for step in 0..steps {
                let setpoint_c = at_c.min(to_c) + 5.0 * f64::from(step) + 2.5;
                same += f64::from(u8::from(mine.holds(setpoint_c) == given.holds(setpoint_c)));
                all += 1.0;
            }
            at_c = to_c;
        }
        same / all
    }

    #[test]
    fn it_finds_the_stretches_and_the_heat_work_of_the_optimum() {
        let few =
            [("top9", "heat_treat"), ("old9", "heat_treat"), ("glass5", "glass_fuse"), ("top9_heavy", "glaze6_fast")];
        for pair in Pair::built_in().unwrap() {
            if !few.contains(&(&pair.plant, &pair.schedule)) {
                continue;
            }
            let schedule = Schedule::built_in(&pair.schedule).unwrap();
            let found = bound(&PlantSpec::built_in(&pair.plant).unwrap(), &schedule).unwrap();
            let agreement = agreement(&pair, &found, &schedule);
            let late_s = found.finish_s as f64 - pair.bound.finish_s as f64;
            println!("{} {}: {agreement:.3}, {late_s} s, {}", pair.plant, pair.schedule, found.ln_dose);
            assert!(found.finishes && agreement > 0.93, "{} {}: {agreement}", pair.plant, pair.schedule);
            assert!(late_s.abs() < 300.0, "{} {}: {late_s} s", pair.plant, pair.schedule);
            assert!((found.ln_dose - pair.bound.ln_dose).abs() < 0.05);
        }
    }
}
