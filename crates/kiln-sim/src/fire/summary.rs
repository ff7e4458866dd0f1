//! What came of a firing, in a few lines.

use std::path::Path;

use kiln_sim::firing::Outcome;

use super::words;

/// The summary; `log` comes with its number of rows.
pub(super) fn text(outcome: &Outcome, log: Option<(&Path, u64)>, picture: Option<&Path>) -> String {
    let figures = &outcome.figures;
    let rms = |rms: Option<f64>| rms.map_or_else(|| "none".to_owned(), |rms| format!("RMS {rms:.2} °C"));
    let mut text = format!(
        "{} after {}, {:.1} kWh, {:.1} °C at the most\n",
        words::ending(&outcome.ending),
        words::span(outcome.took.seconds()),
        outcome.energy_kwh,
        figures.hottest_c
    );
    let mut add = |what: &str, says: String| text += &format!("  {what:<8} {says}\n");
    add("ramps", format!("{}, worst {:.2} °C", rms(figures.ramps.rms_c()), figures.ramps.worst_c));
    add("holds", format!("{}, overshoot {:.2} °C", rms(figures.holds.rms_c()), figures.overshoot_c));
    if figures.waited_s > 0 {
        add("schedule", format!("waited for the kiln {}", words::span(figures.waited_s as f64)));
    }
    if let Some(reached) = &outcome.reached {
        add("cone", words::reached(reached));
    }
    add("relay", format!("{} closings", outcome.closings));
    add("outputs", if outcome.off { "off".to_owned() } else { "STILL ON".to_owned() });
    if let Some((path, rows)) = log {
        add("log", format!("{}, {rows} rows", path.display()));
    }
    if let Some(path) = picture {
        add("picture", path.display().to_string());
    }
    text
}
