//! Tuning logs, of this controller or of the reference: in and out.

use std::fs;
use std::num::NonZeroU8;
use std::path::Path;

use kiln_core::analysis::{Record, Sample, SwingLog};
use kiln_core::snapshot::Phase;
use kiln_core::tune::{Goal, Swing};
use kiln_core::units::{Celsius, CelsiusPerHour, Duty, Millis};
use kiln_core::window::WindowSettings;
use kiln_sim::tune::{Row as Second, Tuned};
use kiln_wire::log::{HEADER, Place, Reader, Row, State};

use crate::Trouble;

/// The window of the reference's relay, s.
const REFERENCE_WINDOW_S: u64 = 20;
/// The steps that only this controller's plans have.
const OURS: [&str; 4] = ["probe", "settle_", "bump_", "relay"];
/// Every how many seconds a row is written.
const EVERY: usize = 2;

/// What a log tells.
pub(super) struct Log {
    /// Its power and temperature.
    pub(super) record: Record,
    /// The swing, if it is a relay test.
    pub(super) swing: Option<Swing>,
    /// Rows that were taken.
    pub(super) rows: usize,
    /// The relay's window, s.
    pub(super) window_s: u64,
}

/// Reads a log. Rows that tell of an outage are left out; step columns may be empty.
pub(super) fn read(path: &Path, window_s: Option<u64>) -> Result<Log, Trouble> {
    let refused = |line: usize, why: &str| Trouble::Refused(format!("{}:{line}: {why}", path.display()));
    let text = fs::read_to_string(path).map_err(|error| Trouble::Refused(format!("{}: {error}", path.display())))?;
    parse(&text, window_s).map_err(|(line, why)| refused(line, &why))
}

fn parse(text: &str, window_s: Option<u64>) -> Result<Log, (usize, String)> {
    let mut lines = (1..).zip(text.lines());
    if lines.next().is_none_or(|(_, line)| line.trim_end() != HEADER) {
        return Err((1, format!("the first line of a log is {HEADER}")));
    }
    let mut rows = Vec::new();
    for (number, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        let row = Reader::Lenient.row(line.trim_end()).map_err(|bad| (number, bad.to_string()))?;
        let at = row.at.ok_or_else(|| (number, "timestamp: is not a time".to_owned()))?;
        if row.state != State::Recovery {
            rows.push((at, row));
        }
    }
    let named = |names: &[&str]| {
        rows.iter().any(|(_, row)| name(row).is_some_and(|step| names.iter().any(|n| step.starts_with(n))))
    };
    let window_s = window_s.unwrap_or(if named(&OURS) { 5 } else { REFERENCE_WINDOW_S });
    let window = WindowSettings::new(Millis::from_seconds(window_s), 1, Millis::ZERO);
    let window = window.map_err(|_| (1, format!("a window of {window_s} s is none a relay has")))?;
    let (mut record, mut swings) = (Record::new(), SwingLog::default());
    let first = rows.first().map(|(at, _)| *at);
    for (at, row) in &rows {
        let at = first.map_or(Millis::ZERO, |first| at.since(first));
        let sample = Sample { at, temperature: row.temperature, duty: window.delivered(row.duty) };
        record.push(sample);
        if name(row).is_some_and(|step| step.starts_with("relay")) {
            swings.push(&sample);
        }
    }
    Ok(Log { record, swing: swings.swing(), rows: rows.len(), window_s })
}

fn name<'a>(row: &Row<'a>) -> Option<&'a str> {
    match row.place {
        Place::Step { name, .. } => Some(name),
        Place::None | Place::Recovering { .. } => None,
    }
}

/// Writes the log a controller would have written.
pub(super) fn write(path: &Path, tuned: &Tuned) -> Result<usize, Trouble> {
    let mut text = format!("{HEADER}\n");
    let last = tuned.rows.len().saturating_sub(1);
    let kept = tuned.rows.iter().enumerate().filter(|(index, _)| index % EVERY == 0 || *index == last);
    let mut count = 0;
    for (_, second) in kept {
        text += &format!("{}\n", row(second));
        count += 1;
    }
    let trouble = |error: std::io::Error| Trouble::SetUp {
        doing: "write the log",
        path: path.to_owned(),
        error: error.to_string(),
    };
    fs::write(path, text).map_err(trouble)?;
    Ok(count)
}

fn row(second: &Second) -> Row<'static> {
    let place = second.view.and_then(|view| {
        let index = u8::try_from(view.index).ok().filter(|_| view.index < view.count)?;
        Some(Place::Step {
            name: view.step.label,
            index,
            count: u8::try_from(view.count).ok().and_then(NonZeroU8::new),
        })
    });
    let target = second.view.and_then(|view| match view.goal {
        Some(Goal::Reach(target)) => Some(target),
        Some(Goal::Drop(_)) | None => None,
    });
    Row {
        at: Some(second.wall),
        elapsed: second.view.map_or(Millis::ZERO, |view| view.elapsed),
        temperature: second.reading,
        target: target.unwrap_or(Celsius::ZERO),
        duty: if second.phase == Phase::Tuning { second.asked } else { Duty::OFF },
        state: match second.phase {
            Phase::Idle => State::Idle,
            Phase::Running => State::Running,
            Phase::Tuning => State::Tuning,
            Phase::Complete => State::Complete,
            Phase::Error => State::Error,
        },
        place: place.unwrap_or(Place::None),
        rate: CelsiusPerHour::ZERO,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kiln_core::analysis::fit;

    /// A log of a kiln of 2 °C/% and 300 s behind 30 s, with step columns as given for every row.
    fn log(step: &str) -> String {
        let (mut text, mut rise) = (format!("{HEADER}\n"), 0.0);
        for second in 0..3600_u32 {
            let power = |at: u32| if at % 1200 < 600 { 40.0 } else { 0.0 };
            if second % 5 == 0 {
                let (minute, rest, celsius) = (second / 60, second % 60, 22.0 + rise);
                text += &format!(
                    "2025-01-01 10:{minute:02}:{rest:02},{second}.0,{celsius:.2},0.00,{:.2},TUNING,{step},0.0\n",
                    power(second)
                );
            }
            rise += (2.0 * second.checked_sub(30).map_or(0.0, power) - rise) / 300.0;
        }
        text
    }

    #[test]
    fn incident_empty_step_fields_crashed_the_analyser() {
        for step in [",,", "probe,0,4", "heat_25pct_plateau,0,6", "RECOVERY,-1,"] {
            let log = parse(&log(step), None).unwrap();
            assert_eq!((log.rows, log.window_s), (720, if step.starts_with("probe") { 5 } else { 20 }), "{step}");
            let kiln = fit(&log.record).unwrap().step.kiln;
            assert!((kiln.gain() - 2.0).abs() < 0.1 && (kiln.time_constant() - 300.0).abs() < 15.0, "{step}: {kiln:?}");
        }
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        let cases = [("", 1), ("a,b\n", 1)];
        for (text, line) in cases {
            assert_eq!(parse(text, None).err().map(|(line, _)| line), Some(line), "{text}");
        }
        let broken = log(",,").replacen("10:00:05", "then", 1);
        assert_eq!(parse(&broken, None).err(), Some((3, "timestamp: is not a time".to_owned())));
        let broken = log(",,").replacen("22.00,", "warm,", 1);
        assert!(parse(&broken, None).err().is_some_and(|(line, why)| line == 2 && why.contains("current_temp_c")));
        assert!(parse(&log(",,"), Some(500)).is_err());
    }
}
