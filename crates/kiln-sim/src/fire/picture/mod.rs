//! The picture of a firing: plan, temperature, power and events on one sheet.
//!
//! Decides the layout; what is drawn is what was recorded. The plan is what was asked for at each moment, so that a
//! schedule that waited for the kiln shows as a plan that runs flat.

mod axes;
mod curves;
mod events;
mod head;
mod labels;
mod paper;

use std::fs::File;

use kiln_core::event::Event;
use kiln_core::profile::Step;
use kiln_core::units::Celsius;
use kiln_sim::firing::Outcome;
use plotters::style::RGBColor;
use plotters::style::text_anchor::HPos;

use self::axes::{Plot, marks, round_step};
use self::labels::{Rect, Room, Rows};
use self::paper::{Drawn, Ink, Paper, Type};
use super::{Subject, words};

const GROUND: RGBColor = RGBColor(252, 251, 248);
const PLOT: RGBColor = RGBColor(255, 255, 255);
const GRID: RGBColor = RGBColor(233, 229, 221);
const FRAME: RGBColor = RGBColor(176, 169, 156);
const TEXT: RGBColor = RGBColor(40, 36, 32);
const FAINT: RGBColor = RGBColor(122, 114, 104);
const HOLD: RGBColor = RGBColor(247, 240, 228);
const HEAT: RGBColor = RGBColor(201, 58, 23);
const PLAN: RGBColor = RGBColor(28, 44, 66);
const CORE: RGBColor = RGBColor(120, 142, 160);
const POWER: RGBColor = RGBColor(233, 164, 62);
const POWER_EDGE: RGBColor = RGBColor(190, 120, 24);
const FAULT: RGBColor = RGBColor(160, 0, 40);

const LEFT: f64 = 92.0;
const RIGHT: f64 = 1560.0;
/// Rows for the names of the steps, and where the lowest one is.
const STEP_ROWS: usize = 4;
const STEP_ROW: f64 = 20.0;
const STEPS_BOTTOM: f64 = 204.0;
const HEAT_FRAME: Rect = Rect { left: LEFT, top: 216.0, right: RIGHT, bottom: 752.0 };
const POWER_FRAME: Rect = Rect { left: LEFT, top: 792.0, right: RIGHT, bottom: 924.0 };
/// Free paper right of the end of the firing, as a share of the firing.
const BEYOND: f64 = 0.012;

/// A firing and where its parts go.
struct Sheet<'a> {
    subject: &'a Subject<'a>,
    outcome: &'a Outcome,
    heat: Plot,
    power: Plot,
}

/// A step as it was fired: which one, from when to when, s.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Span {
    step: usize,
    from_s: f64,
    to_s: f64,
}

/// Draws the firing and writes it into the file.
pub(super) fn draw(subject: &Subject<'_>, outcome: &Outcome, file: File) -> Drawn {
    let last_s = outcome.took.seconds().max(60.0) * (1.0 + BEYOND);
    let peak_c = subject.profile.peak().map_or(0.0, Celsius::get);
    let most_c = ((outcome.figures.hottest_c.max(peak_c) * 1.06) / 50.0).ceil().max(2.0) * 50.0;
    let sheet = Sheet {
        subject,
        outcome,
        heat: Plot { frame: HEAT_FRAME, last_s, most: most_c },
        power: Plot { frame: POWER_FRAME, last_s, most: 100.0 },
    };
    paper::sheet(file, GROUND, |paper| sheet.draw(paper))
}

impl Sheet<'_> {
    fn draw(&self, paper: &Paper<'_>) -> Drawn {
        self.head(paper)?;
        self.grounds(paper)?;
        self.steps(paper)?;
        self.hours(paper)?;
        self.scales(paper)?;
        let mut room = Room::new(self.heat.frame);
        self.power(paper)?;
        self.curves(paper, &mut room)?;
        self.legend(paper, &mut room)?;
        self.events(paper, &mut room)
    }

    /// The steps as they were fired, in order.
    fn spans(&self) -> Vec<Span> {
        let begins: Vec<(f64, usize)> = self
            .outcome
            .events
            .iter()
            .filter_map(|(at, event)| {
                let (Event::Started { step } | Event::Resumed { step } | Event::StepEntered { step }) = event else {
                    return None;
                };
                Some((at.seconds(), *step))
            })
            .collect();
        let ends = begins.iter().skip(1).map(|(at_s, _)| *at_s).chain([self.outcome.took.seconds()]);
        begins.iter().zip(ends).map(|((from_s, step), to_s)| Span { step: *step, from_s: *from_s, to_s }).collect()
    }

    /// Plot grounds, holds shaded, and a line where a step begins.
    fn grounds(&self, paper: &Paper<'_>) -> Drawn {
        for plot in [&self.heat, &self.power] {
            let Rect { left, top, right, bottom } = plot.frame;
            paper.block((left, top), (right, bottom), Ink::wash(PLOT, 1.0))?;
            for span in self.spans() {
                let (from, to) = (plot.x(span.from_s), plot.x(span.to_s));
                if matches!(self.subject.profile.step(span.step), Some(Step::Hold { .. } | Step::HoldCone { .. })) {
                    paper.block((from, top), (to, bottom), Ink::wash(HOLD, 1.0))?;
                }
            }
        }
        Ok(())
    }

    /// The names of the steps above the plot, each over a line down to where it begins.
    fn steps(&self, paper: &Paper<'_>) -> Drawn {
        let look = Type::plain(13.0, TEXT);
        let mut rows = Rows::new(STEP_ROWS);
        for span in self.spans().into_iter().rev() {
            let x = self.heat.x(span.from_s);
            let number = format!("{}", span.step + 1);
            let name = self.subject.profile.step(span.step).map(words::step_short).unwrap_or_default();
            let (wide, _) = paper.measure(&number, look.bold())?;
            let (width, _) = paper.measure(&name, look)?;
            let all = wide + 6.0 + width;
            // A name that would leave the sheet goes to the left of its line.
            let left = if x + 5.0 + all > RIGHT { x - all - 5.0 } else { x + 5.0 };
            let Some(row) = rows.find(x, left - 6.0, left + all + 8.0) else {
                paper.path(&[(x, self.heat.frame.top), (x, self.power.frame.bottom)], Ink::line(GRID, 1.0))?;
                continue;
            };
            let y = STEPS_BOTTOM - STEP_ROW * row as f64;
            paper.path(&[(x, y - 8.0), (x, self.heat.frame.top)], Ink::line(FRAME, 1.0))?;
            paper.dashed(
                &[(x, self.heat.frame.top), (x, self.power.frame.bottom)],
                Ink::line(FRAME, 0.8),
                (2.0, 3.0),
            )?;
            paper.text(&number, (left, y), look.bold())?;
            paper.text(&name, (left + wide + 6.0, y), Type { color: FAINT, ..look })?;
        }
        Ok(())
    }

    /// Hours across both plots.
    fn hours(&self, paper: &Paper<'_>) -> Drawn {
        let hours = self.heat.last_s / 3600.0;
        let step = round_step(hours, 14.0, &[0.25, 0.5, 1.0, 2.0, 4.0, 6.0, 12.0, 24.0, 48.0]);
        for hour in marks(hours, step) {
            let x = self.heat.x(hour * 3600.0);
            for plot in [&self.heat, &self.power] {
                paper.path(&[(x, plot.frame.top), (x, plot.frame.bottom)], Ink::line(GRID, 1.0))?;
            }
            let look = Type::plain(15.0, FAINT).across(HPos::Center);
            let decimals = if step < 0.5 { 2 } else { usize::from(step < 1.0) };
            let text = format!("{hour:.decimals$}");
            paper.text(&text, (x, self.power.frame.bottom + 16.0), look)?;
        }
        let look = Type::plain(15.0, FAINT).across(HPos::Right);
        paper.text("hours", (RIGHT, self.power.frame.bottom + 40.0), look)
    }

    /// Degrees and percents, and the frames.
    fn scales(&self, paper: &Paper<'_>) -> Drawn {
        let degrees = round_step(self.heat.most, 13.0, &[10.0, 20.0, 50.0, 100.0, 200.0]);
        for (plot, step, unit) in [(&self.heat, degrees, "°C"), (&self.power, 50.0, "%")] {
            let Rect { left, top, right, bottom } = plot.frame;
            for value in marks(plot.most, step) {
                let y = plot.y(value);
                paper.path(&[(left, y), (right, y)], Ink::line(GRID, 1.0))?;
                let look = Type::plain(15.0, FAINT).across(HPos::Right);
                paper.text(&format!("{value:.0}"), (left - 10.0, y), look)?;
            }
            paper.text(unit, (left - 10.0, top - 18.0), Type::plain(15.0, FAINT).across(HPos::Right))?;
            let corners = [(left, top), (left, bottom), (right, bottom)];
            paper.path(&corners, Ink::line(FRAME, 1.2))?;
        }
        paper.text("power", (LEFT, POWER_FRAME.top - 18.0), Type::plain(15.0, FAINT))
    }
}
