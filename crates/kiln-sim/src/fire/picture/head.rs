//! What was fired, how it ended, and the figures that say how well.

use kiln_sim::firing::Ending;

use super::paper::{Drawn, Paper, Type};
use super::{FAINT, FAULT, RIGHT, Sheet, TEXT};
use crate::fire::words;
use plotters::style::text_anchor::HPos;

/// From the right edge to the first figure, and from one figure to the next.
const COLUMN: f64 = 142.0;

impl Sheet<'_> {
    pub(super) fn head(&self, paper: &Paper<'_>) -> Drawn {
        let (subject, outcome) = (self.subject, self.outcome);
        paper.text(subject.profile.name().as_str(), (40.0, 50.0), Type::plain(34.0, TEXT).bold())?;
        let where_and_when = format!("kiln {}   ·   {} day   ·   seed {}", subject.plant, subject.day(), subject.seed);
        paper.text(&where_and_when, (41.0, 88.0), Type::plain(18.0, FAINT))?;
        let color = if outcome.ending == Ending::Complete { TEXT } else { FAULT };
        let ended = format!("{} after {}", words::ending(&outcome.ending), words::span(outcome.took.seconds()));
        paper.text(&ended, (41.0, 114.0), Type::plain(18.0, color))?;
        for (column, (name, value)) in self.figures().iter().rev().enumerate() {
            let x = RIGHT - COLUMN * column as f64;
            paper.text(name, (x, 84.0), Type::plain(15.0, FAINT).across(HPos::Right))?;
            paper.text(value, (x, 52.0), Type::plain(26.0, TEXT).bold().across(HPos::Right))?;
        }
        Ok(())
    }

    fn figures(&self) -> [(&'static str, String); 5] {
        let figures = &self.outcome.figures;
        let degrees = |value: Option<f64>| value.map_or_else(|| "none".to_owned(), |value| format!("{value:.2} °C"));
        [
            ("hottest", format!("{:.0} °C", figures.hottest_c)),
            ("RMS in ramps", degrees(figures.ramps.rms_c())),
            ("RMS in holds", degrees(figures.holds.rms_c())),
            ("overshoot", format!("{:.1} °C", figures.overshoot_c)),
            ("energy", format!("{:.1} kWh", self.outcome.energy_kwh)),
        ]
    }
}
