//! The figures of the benchmark as Markdown.

use std::collections::BTreeMap;

use kiln_core::fault::Kind;

use super::faults::{Calm, Found};
use super::summary::Spread;
use super::{Scored, Summary};

/// A line of the table of summaries: what was fired by what, and how it went.
#[derive(Clone, Debug)]
pub struct Row {
    /// The regulator and its window.
    pub name: String,
    /// The figures.
    pub summary: Summary,
}

const SUMMARY_HEAD: &str = "\
| regulator | ramp RMS median / mean / p95 °C | largest on a ramp, mean °C | hold RMS mean °C | overshoot mean / p95 °C \
| settled after s | heat work mean / worst cones | closings/h | over the bound mean / most min | not finished |
|---|---|---|---|---|---|---|---|---|---|
";

const PAIR_HEAD: &str = "\
| kiln | schedule | ramp RMS °C | hold RMS °C | overshoot °C | heat work cones | over the bound min | finished |
|---|---|---|---|---|---|---|---|
";

/// Every row under one head.
pub fn summary_table(rows: &[Row]) -> String {
    let lines: String = rows.iter().map(|row| line(&row.name, &row.summary)).collect();
    format!("{SUMMARY_HEAD}{lines}")
}

fn line(name: &str, s: &Summary) -> String {
    let (ramp, over, work) = (&s.ramp_rms, &s.overshoot, &s.heat_work);
    format!(
        "| {name} | {:.3} / {:.3} / {:.3} | {:.2} | {:.3} | {:.3} / {:.3} | {:.0} | {:.4} / {:.4} | {:.0} | {:.1} / {:.1} \
         | {}/{} |\n",
        ramp.median,
        ramp.mean,
        ramp.p95,
        s.ramp_most.mean,
        s.hold_rms.mean,
        over.mean,
        over.p95,
        s.settle_s.mean,
        work.mean,
        work.most,
        s.closings.mean,
        s.overrun_min.mean,
        s.overrun_min.most,
        s.unfinished,
        s.firings,
    )
}

/// Means over the seeds of each pair, in the order of the pairs.
pub fn per_pair(all: &[Scored]) -> String {
    let pair = |one: &Scored| (one.case.pair.plant.clone(), one.case.pair.schedule.clone());
    let lines: String = all.chunk_by(|a, b| pair(a) == pair(b)).map(pair_line).collect();
    format!("{PAIR_HEAD}{lines}")
}

fn pair_line(group: &[Scored]) -> String {
    let Some(first) = group.first() else { return String::new() };
    let scores: Vec<_> = group.iter().map(|one| (one.score, one.case.pair.bound.finishes)).collect();
    let s = Summary::of(&scores);
    format!(
        "| {} | {} | {:.3} | {:.3} | {:.3} | {:.4} | {:.1} | {}/{} |\n",
        first.case.pair.plant,
        first.case.pair.schedule,
        s.ramp_rms.mean,
        s.hold_rms.mean,
        s.overshoot.mean,
        s.heat_work.mean,
        s.overrun_min.mean,
        group.iter().filter(|one| one.score.finished).count(),
        group.len(),
    )
}

const FAULT_HEAD: &str = "\
| what breaks | found | after s, median / p95 / most | over everything asked for, most K | found by | latched |
|---|---|---|---|---|---|
";

/// A line for each thing that broke, in the order of the rows; their cases follow one another.
pub fn fault_table(all: &[Found]) -> String {
    let lines: String = all.chunk_by(|a, b| a.entry.name == b.entry.name).map(fault_line).collect();
    format!("{FAULT_HEAD}{lines}")
}

fn fault_line(group: &[Found]) -> String {
    let Some(first) = group.first() else { return String::new() };
    let came: Vec<&Found> = group.iter().filter(|one| one.came).collect();
    let after = Spread::of(came.iter().filter_map(|one| one.after_s));
    let over_k = came.iter().map(|one| one.over_k).fold(0.0, f64::max);
    let by = counted(came.iter().filter_map(|one| one.by));
    let latched = counted(came.iter().filter_map(|one| one.latched));
    let found = came.iter().filter(|one| one.after_s.is_some()).count();
    format!(
        "| {} | {found}/{} | {:.0} / {:.0} / {:.0} | {over_k:.1} | {by} | {latched} |\n",
        first.entry.name,
        came.len(),
        after.median,
        after.p95,
        after.most,
    )
}

/// Kinds and how often each was met.
fn counted(kinds: impl Iterator<Item = Kind>) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for kind in kinds {
        *counts.entry(format!("{kind:?}")).or_default() += 1;
    }
    let words: Vec<String> = counts.iter().map(|(name, count)| format!("{name} {count}")).collect();
    words.join(", ")
}

/// What was cut and ended for nothing, a line for each kind of day.
pub fn calm_table(rows: &[(&str, Calm)]) -> String {
    let head = "| day, nothing breaks | firings | hours | firings ended | per 1,000 h | heat withheld | per 1,000 h |\n\
                |---|---|---|---|---|---|---|\n";
    let lines: Vec<String> = rows.iter().map(|(day, calm)| calm_line(day, calm)).collect();
    format!("{head}{}", lines.concat())
}

fn calm_line(day: &str, calm: &Calm) -> String {
    let per = |count: usize| count as f64 * 1000.0 / calm.hours.max(1e-9);
    let ended = calm.latched.len();
    format!(
        "| {day} | {} | {:.0} | {ended} {} | {:.2} | {} | {:.2} |\n",
        calm.firings,
        calm.hours,
        counted(calm.latched.iter().copied()),
        per(ended),
        calm.cuts,
        per(calm.cuts)
    )
}
