//! The end of a log, read for what it says of the firing that was cut off.

use kiln_core::recovery::LastRow;
use kiln_core::units::Millis;
use kiln_wire::log::{BadRow, Place, Reader, Row, State};

/// How the end of a log is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// How a line is read.
    pub reader: Reader,
    /// A log that ends with the row that says a firing goes on: it was cut off again at once, and was running.
    pub event_is_running: bool,
    /// A last line without a line end that is not a row was cut off while it was written: the one before it counts.
    pub cut_line_is_skipped: bool,
}

impl Policy {
    /// What ships.
    pub const SHIPPING: Self = Self { reader: Reader::Exact, event_is_running: true, cut_line_is_skipped: true };
    /// The reference controller.
    pub const REFERENCE: Self = Self { reader: Reader::Lenient, event_is_running: false, cut_line_is_skipped: false };
}

/// What the end of a log says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tail<'a> {
    /// Its last row.
    pub row: Row<'a>,
    /// How long the step of the last row had been going on by the schedule clock, if the step's beginning is in it.
    pub into_step: Option<Millis>,
    /// Whether the firing has got on since it last went on after an outage: the schedule clock has moved. True when the
    /// end of the log tells of no outage.
    pub progress: bool,
}

/// Why the end of a log says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyTail {
    /// There is no row in it.
    NoRow,
    /// The last line is not a row.
    Bad(BadRow),
}

impl Policy {
    /// Reads the end of a log, at least its last two lines. Its first line may be the header or half a row.
    ///
    /// # Errors
    /// Why it says nothing.
    pub fn read(self, text: &str) -> Result<Tail<'_>, WhyTail> {
        // The only line of a text could be the header, or half a row.
        if text.split_once('\n').is_none_or(|(_first, rest)| rest.is_empty()) {
            return Err(WhyTail::NoRow);
        }
        let mut lines = text.split_inclusive('\n').rev().filter(|line| !line.trim().is_empty());
        let last = lines.next().ok_or(WhyTail::NoRow)?;
        let row = match self.reader.row(content(last)) {
            Err(_) if self.cut_line_is_skipped && !last.ends_with('\n') => {
                self.reader.row(content(lines.next().ok_or(WhyTail::NoRow)?))
            }
            row => row,
        };
        let row = row.map_err(WhyTail::Bad)?;
        let into_step = self.time_in_step(&row, lines.clone());
        let progress = self.has_got_on(&row, lines);
        Ok(Tail { row, into_step, progress })
    }

    /// Walks back to the row that says that the firing went on.
    fn has_got_on<'a>(self, last: &Row<'_>, before: impl Iterator<Item = &'a str>) -> bool {
        let mut earlier = before.map_while(|line| self.reader.row(content(line)).ok());
        let resumed = if last.state == State::Recovery {
            Some(last.elapsed)
        } else {
            earlier.find(|row| row.state == State::Recovery).map(|row| row.elapsed)
        };
        resumed.is_none_or(|resumed| last.elapsed > resumed)
    }

    /// Walks back to the row before the step of the last row.
    fn time_in_step<'a>(self, last: &Row<'_>, before: impl Iterator<Item = &'a str>) -> Option<Millis> {
        let step = step(last)?;
        let mut began = last.elapsed;
        for row in before.map_while(|line| self.reader.row(content(line)).ok()) {
            match row.place {
                Place::Step { .. } if self::step(&row) != Some(step) => {
                    return Some(last.elapsed.saturating_sub(began));
                }
                Place::Step { .. } => began = row.elapsed,
                Place::None | Place::Recovering { .. } => {}
            }
        }
        None
    }

    /// The facts for the decision.
    pub fn facts(self, tail: &Tail<'_>) -> LastRow {
        let Row { elapsed, temperature, state, .. } = tail.row;
        let running = state == State::Running || (state == State::Recovery && self.event_is_running);
        LastRow { elapsed, temperature, running, step: step(&tail.row), into_step: tail.into_step }
    }
}

fn step(row: &Row<'_>) -> Option<usize> {
    match row.place {
        Place::Step { index, .. } => Some(usize::from(index)),
        Place::None | Place::Recovering { .. } => None,
    }
}

/// The line without its end.
fn content(line: &str) -> &str {
    line.trim_end_matches(['\n', '\r'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::format;
    use std::string::String;

    fn line(elapsed: u32, state: &str, step: &str) -> String {
        format!("2025-11-02 13:28:09,{elapsed}.0,300.00,305.00,80.00,{state},{step},4,95.0\n")
    }

    /// What the policy makes of a text: clock, step, time in the step, running.
    fn check(policy: Policy, text: &str, expected: Option<(u64, Option<usize>, Option<u64>, bool)>) {
        let facts = policy.read(text).ok().map(|tail| policy.facts(&tail));
        let seen = facts.map(|facts| {
            (facts.elapsed.get() / 1000, facts.step, facts.into_step.map(|into| into.get() / 1000), facts.running)
        });
        assert_eq!(seen, expected, "{text}");
    }

    #[test]
    fn the_last_row_tells() {
        let header = format!("{}\n", kiln_wire::log::HEADER);
        let start = line(0, "RUNNING", "ramp,0");
        let next = line(30, "RUNNING", "hold,1") + &line(60, "RUNNING", "hold,1");
        let both = [Policy::SHIPPING, Policy::REFERENCE];
        for policy in both {
            check(policy, "", None);
            check(policy, &header, None);
            check(policy, &start, None);
            check(policy, &format!("{header}{start}"), Some((0, Some(0), None, true)));
            check(policy, &format!("{header}{start}{next}\n  \n"), Some((60, Some(1), Some(30), true)));
            check(
                policy,
                &format!("{header}{start}{}", line(90, "ERROR", "hold,1")),
                Some((90, Some(1), Some(0), false)),
            );
        }
    }

    #[test]
    fn incident_a_row_written_while_recovering_is_no_step() {
        let rows = line(30, "RUNNING", "hold,1") + &line(60, "RUNNING", "RECOVERY,-1");
        check(Policy::SHIPPING, &rows, Some((60, None, None, true)));
        let event = rows + "2025-11-02 13:28:09,61.0,300.00,305.00,80.00,RECOVERY,,,,95.0\n";
        check(Policy::SHIPPING, &event, Some((61, None, None, true)));
        check(Policy::REFERENCE, &event, Some((61, None, None, false)));
    }

    #[test]
    fn a_firing_has_got_on_when_its_clock_has_moved() {
        let event = "2025-11-02 13:28:09,60.0,300.00,305.00,80.00,RECOVERY,,,,95.0\n";
        let before = line(30, "RUNNING", "hold,1") + &line(60, "RUNNING", "hold,1");
        let cases = [
            (before.clone(), true),
            (before.clone() + event, false),
            // The row beside the event, and a reheat in which the clock stands still.
            (before.clone() + event + &line(60, "RUNNING", "RECOVERY,-1"), false),
            (before.clone() + event + &line(60, "RUNNING", "RECOVERY,-1") + &line(61, "RUNNING", "hold,1"), true),
            (before + event + &line(90, "RUNNING", "hold,1") + event, false),
        ];
        for (text, progress) in cases {
            assert_eq!(Policy::SHIPPING.read(&text).map(|tail| tail.progress), Ok(progress), "{text}");
        }
    }

    #[test]
    fn a_row_cut_off_while_it_was_written_does_not_end_the_firing() {
        let rows = line(0, "RUNNING", "ramp,0") + &line(30, "RUNNING", "ramp,0");
        for cut in ["2", "2025-11-02 13:28:09,60.0,3", "2025-11-02 13:28:09,60.0,300.00,305.00,80.00,RUN"] {
            check(Policy::SHIPPING, &format!("{rows}{cut}"), Some((30, Some(0), None, true)));
            check(Policy::REFERENCE, &format!("{rows}{cut}"), None);
            check(Policy::SHIPPING, &format!("{rows}{cut}\n"), None);
        }
    }
}
