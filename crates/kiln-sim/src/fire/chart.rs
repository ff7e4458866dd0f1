//! The firing as a curve of dots in a few lines of text: what was, and what is still asked for.
//!
//! Each character is a Braille pattern of two by four dots. The past is drawn bright, the plan from here on faint.

use kiln_core::firing::RunView;
use kiln_core::profile::{Profile, Step};
use kiln_core::units::Celsius;
use kiln_sim::firing::Moment;

/// Characters across and lines down.
const WIDE: usize = 66;
const HIGH: usize = 8;
/// Dots across and down.
const DOTS: (usize, usize) = (2 * WIDE, 4 * HIGH);
/// The past is kept every so many seconds.
const KEPT_EVERY_S: u64 = 30;
/// The bit of each dot of a pattern (Unicode chapter 21, Braille patterns), column by column.
const BITS: [[u32; 4]; 2] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]];

/// A moment, s, and a temperature, °C.
type Point = (f64, f64);

/// What was, so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Chart {
    past: Vec<Point>,
}

impl Chart {
    /// Takes a second.
    pub(super) fn see(&mut self, moment: &Moment<'_>) {
        if let (Some(reading), 0) = (moment.told.reading, moment.at_s % KEPT_EVERY_S) {
            self.past.push((moment.at_s as f64, reading.temperature.get()));
        }
    }

    /// The lines, and what colours them.
    pub(super) fn lines(&self, profile: &Profile, moment: &Moment<'_>) -> Vec<String> {
        let future = moment.told.run.as_ref().map_or_else(Vec::new, |run| future(profile, run, moment));
        let last = future.last().or(self.past.last()).map_or(60.0, |point| point.0).max(60.0);
        let peak = profile.peak().map_or(100.0, Celsius::get);
        let most = self.past.iter().chain(&future).map(|point| point.1).fold(peak, f64::max) * 1.02;
        let past = columns(&self.past, last, most);
        let coming = columns(&future, last, most);
        (0..HIGH)
            .map(|line| {
                let scale = match line {
                    0 => format!("{most:5.0} "),
                    line if line == HIGH - 1 => "    0 ".to_owned(),
                    _ => "      ".to_owned(),
                };
                format!("\x1b[2m{scale}│\x1b[22m{}", self::line(line, &past, &coming))
            })
            .collect()
    }
}

/// What is asked for from here on, at nominal times.
fn future(profile: &Profile, run: &RunView, moment: &Moment<'_>) -> Vec<Point> {
    let told = moment.told;
    let Some(here) = told.target.or(told.reading.map(|reading| reading.temperature)) else { return Vec::new() };
    let (mut at_s, mut at) = (moment.at_s as f64, here);
    let mut points = vec![(at_s, at.get())];
    let steps = core::iter::once(&run.in_force).chain(profile.steps().iter().skip(run.step + 1));
    for (index, step) in steps.enumerate() {
        // The set-point already is where a ramp has come to; of a hold some has passed.
        let holds = matches!(step, Step::Hold { .. } | Step::HoldCone { .. });
        let gone_s = if index == 0 && holds { run.step_elapsed } else { 0.0 };
        at_s += (step.nominal_seconds(at) - gone_s).max(0.0);
        at = step.nominal_end(at);
        points.push((at_s, at.get()));
    }
    points
}

/// For each column of dots the lowest and the highest dot of a curve, counted from the bottom.
fn columns(points: &[Point], last_s: f64, most: f64) -> Vec<Option<(usize, usize)>> {
    let mut columns = vec![None; DOTS.0];
    for pair in points.windows(2) {
        let [(from_s, from), (to_s, to)] = pair else { continue };
        let column = |at_s: f64| ((at_s / last_s * (DOTS.0 - 1) as f64).round() as usize).min(DOTS.0 - 1);
        let dot = |value: f64| ((value / most).clamp(0.0, 1.0) * (DOTS.1 - 1) as f64).round() as usize;
        let (first, end) = (column(*from_s), column(*to_s));
        for at in first..=end {
            let share = if end > first { (at - first) as f64 / (end - first) as f64 } else { 1.0 };
            let here = dot(from + (to - from) * share);
            if let Some(known) = columns.get_mut(at) {
                let (low, high) = known.unwrap_or((here, here));
                *known = Some((here.min(low), here.max(high)));
            }
        }
    }
    columns
}

/// One line of characters.
fn line(line: usize, past: &[Option<(usize, usize)>], coming: &[Option<(usize, usize)>]) -> String {
    let pattern = |curve: &[Option<(usize, usize)>], character: usize| {
        let mut bits = 0;
        for (x, column) in BITS.iter().enumerate() {
            for (y, bit) in column.iter().enumerate() {
                let dot = DOTS.1 - 1 - (4 * line + y);
                let on = curve.get(2 * character + x).copied().flatten();
                bits |= if on.is_some_and(|(low, high)| (low..=high).contains(&dot)) { *bit } else { 0 };
            }
        }
        bits
    };
    let mut text = String::new();
    let mut bright = None;
    for character in 0..WIDE {
        let (was, will) = (pattern(past, character), pattern(coming, character));
        if was | will > 0 && bright != Some(was > 0) {
            bright = Some(was > 0);
            text += if was > 0 { "\x1b[0;33m" } else { "\x1b[0;2m" };
        }
        text.push(char::from_u32(0x2800 + (was | will)).filter(|_| was | will > 0).unwrap_or(' '));
    }
    text + "\x1b[0m"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_steady_climb_goes_from_corner_to_corner() {
        let climb = columns(&[(0.0, 0.0), (100.0, 50.0)], 100.0, 50.0);
        assert_eq!((climb[0], climb[DOTS.0 - 1]), (Some((0, 0)), Some((DOTS.1 - 1, DOTS.1 - 1))));
        assert!(climb.windows(2).all(|pair| pair[0].unwrap().1 + 1 >= pair[1].unwrap().0));
        let bottom = line(HIGH - 1, &climb, &[]);
        assert!(bottom.starts_with("\x1b[0;33m⣀") && bottom.ends_with("\x1b[0m"), "{bottom:?}");
    }
}
