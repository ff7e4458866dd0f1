//! The figures of the benchmark as Markdown.

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
