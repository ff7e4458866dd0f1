//! `kiln-sim tune --table`: every kiln under every plan, each analysis beside the truth.

use kiln_core::command::TuningMode;
use kiln_sim::disturb::Level;
use kiln_sim::plant::{NAMES, PlantSpec};
use kiln_sim::random::Seed;
use kiln_sim::tune::{BAR, Beside, Order, analyse};

use crate::{Status, Trouble};

/// The plans that the bar is for, and the one that only has to be known.
const PLANS: [(&str, TuningMode, bool); 4] = [
    ("safe", TuningMode::Safe, true),
    ("standard", TuningMode::Standard, true),
    ("thorough", TuningMode::Thorough, true),
    ("high", TuningMode::HighTemperature, false),
];

/// What came of the seeds of one kiln and plan.
#[derive(Default)]
struct Tally {
    inside: u32,
    outside: u32,
    refused: u32,
    gains: Vec<f64>,
    time_constants: Vec<f64>,
    dead_times_s: Vec<f64>,
}

impl Tally {
    fn add(&mut self, found: Option<&Beside>) {
        let Some(beside) = found else {
            self.refused += 1;
            return;
        };
        if beside.within([BAR; 3]) {
            self.inside += 1;
        } else {
            self.outside += 1;
        }
        self.gains.push(100.0 * beside.gain_off);
        self.time_constants.push(100.0 * beside.time_constant_off);
        self.dead_times_s.push(beside.dead_time_off_s);
    }
}

fn range(of: &[f64]) -> String {
    let (low, high) = of.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), x| (l.min(*x), h.max(*x)));
    if of.is_empty() { "-".to_owned() } else { format!("{low:+.1} … {high:+.1}") }
}

/// Prints the table, and a line that counts.
pub(super) fn command(level: Level, seeds: u64) -> Result<Status, Trouble> {
    let (mut text, mut sums) = (String::new(), [0; 3]);
    text += "| kiln | plan | inside | outside | refused | gain, % off | time constant, % off | dead time, s off |\n";
    text += "|---|---|---:|---:|---:|---:|---:|---:|\n";
    for name in NAMES {
        let plant = PlantSpec::built_in(name).map_err(|error| Trouble::Refused(error.to_string()))?;
        for (plan, mode, counts) in PLANS {
            let mut tally = Tally::default();
            for seed in 1..=seeds {
                let order = Order { plant: &plant, mode, level, seed: Seed(seed) };
                let analysed = analyse(&order).map_err(|error| Trouble::Refused(error.to_string()))?;
                tally.add(analysed.found.as_ref().ok());
            }
            let Tally { inside, outside, refused, .. } = tally;
            text += &format!(
                "| {name} | {plan} | {inside} | {outside} | {refused} | {} | {} | {} |\n",
                range(&tally.gains),
                range(&tally.time_constants),
                range(&tally.dead_times_s)
            );
            if counts {
                sums = [sums[0] + inside, sums[1] + outside, sums[2] + refused];
            }
        }
    }
    let [inside, outside, refused] = sums;
    let total = inside + outside + refused;
    super::print(&format!(
        "{text}\nof {total} runs of safe, standard and thorough: {inside} inside the bar, {outside} outside, {refused} refused\n"
    ));
    Ok(if outside + refused == 0 { Status::Complete } else { Status::Ended })
}
