//! The pairs of kiln and schedule, and what a regulator with a perfect model could do with each.

use serde::Deserialize;

/// The pairs that come with the program.
const BUILT_IN: &str = include_str!("../../data/bench.json");

/// Up to so many °C of set-points out of reach a pair still counts as reachable: the first minutes from cold.
const REACHABLE_UP_TO_C: f64 = 30.0;

/// A kiln, a schedule and the bound.
#[derive(Clone, Debug, Deserialize)]
pub struct Pair {
    /// The kiln's name.
    pub plant: String,
    /// The schedule's name.
    pub schedule: String,
    /// What a perfect model could do.
    #[serde(flatten)]
    pub bound: Bound,
}

/// What a regulator with a perfect model could do.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Bound {
    /// When the schedule ends, s.
    pub finish_s: u64,
    /// Whether it ends at all.
    pub finishes: bool,
    /// Natural logarithm of the heat work, against the schedule's hottest target.
    pub ln_dose: f64,
    /// For each segment the set-points that no regulator can follow.
    pub unreachable: Vec<Unreachable>,
}

/// The set-points of a segment that no regulator can follow.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Unreachable {
    /// Those from and up to, °C.
    Stretches(Vec<[f64; 2]>),
    /// `"all"`.
    Word(String),
}

impl Unreachable {
    /// Whether it is the whole segment.
    pub fn is_whole(&self) -> bool {
        matches!(self, Self::Word(_))
    }

    /// Whether a set-point is among them.
    pub fn holds(&self, setpoint_c: f64) -> bool {
        match self {
            Self::Word(_) => true,
            Self::Stretches(stretches) => stretches.iter().any(|[from, to]| (*from..*to).contains(&setpoint_c)),
        }
    }

    fn width_c(&self) -> f64 {
        match self {
            Self::Word(_) => 0.0,
            Self::Stretches(stretches) => stretches.iter().map(|[from, to]| to - from).sum(),
        }
    }
}

impl Bound {
    /// Whether the whole schedule can be followed, its moves at full rate apart.
    pub fn is_reachable(&self) -> bool {
        self.finishes && self.unreachable.iter().map(Unreachable::width_c).sum::<f64>() <= REACHABLE_UP_TO_C
    }
}

impl Pair {
    /// Every pair of the benchmark.
    ///
    /// # Errors
    /// The data of the program is damaged.
    pub fn built_in() -> Result<Vec<Self>, String> {
        #[derive(Deserialize)]
        struct Document {
            pairs: Vec<Pair>,
        }
        let read: Document = serde_json::from_str(BUILT_IN).map_err(|error| format!("data/bench.json: {error}"))?;
        Ok(read.pairs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::Schedule;

    #[test]
    fn every_pair_is_of_a_known_kiln_and_schedule_and_bounds_each_segment() {
        let pairs = Pair::built_in().unwrap();
        assert_eq!(pairs.len(), 26);
        for Pair { plant, schedule, bound } in &pairs {
            crate::plant::PlantSpec::built_in(plant).unwrap();
            let segments = Schedule::built_in(schedule).unwrap().segments;
            assert_eq!(segments.len(), bound.unreachable.len(), "{plant} {schedule}");
            for (segment, unreachable) in segments.iter().zip(&bound.unreachable) {
                let whole = matches!(unreachable, Unreachable::Word(word) if word == "all");
                assert_eq!(unreachable.is_whole(), whole);
                assert!(segment.asap.is_none() || whole, "{plant} {schedule}: moves at full rate are not scored");
            }
        }
        assert_eq!(pairs.iter().filter(|pair| pair.bound.is_reachable()).count(), 11);
        assert_eq!(pairs.iter().filter(|pair| !pair.bound.finishes).count(), 1);
    }
}
