//! What is known of a run beside its rows.
//!
//! Kept as lines of `name value`; a name that is not known is skipped, so that what newer software adds does no harm.

use core::fmt::{self, Write as _};

use kiln_core::profile::Name;
use kiln_core::units::{Celsius, Millis, WallClock};
use kiln_wire::ask::{CONE_RESULT_LONGEST, NOTES_LONGEST};

use super::error::StoreError;
use crate::log::Begun;

/// What kind of run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunKind {
    /// A firing.
    Firing,
    /// A tuning run.
    Tuning,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It came to its end.
    Completed,
    /// Somebody ended it.
    Stopped,
    /// A fault ended it.
    Faulted,
    /// The power failed, or the controller started anew, and it did not go on.
    CutOff,
}

/// The longest word on a cause, in bytes.
pub const CAUSE_LONGEST: usize = 96;
/// The format of a record.
pub const FORMAT: u16 = 1;
/// The longest record, in bytes.
pub const LONGEST: usize = NOTES_LONGEST + CONE_RESULT_LONGEST + CAUSE_LONGEST + Name::LONGEST + 320;

/// What is known of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct RunRecord {
    /// Its place in the order of runs, which needs no clock.
    pub order: Begun,
    /// What kind of run.
    pub kind: RunKind,
    /// The name of the profile, as people know it; empty for a tuning run.
    pub profile: heapless::String<{ Name::LONGEST }>,
    /// When it began, where the time was known.
    pub began: Option<WallClock>,
    /// When it ended, where the time was known.
    pub ended: Option<WallClock>,
    /// The schedule clock at its end.
    pub elapsed: Option<Millis>,
    /// How it ended; `None` while it goes on, or when the power failed and nobody has looked since.
    pub ending: Option<Ending>,
    /// The fault that ended it, in the caller's words; empty without one.
    pub cause: heapless::String<CAUSE_LONGEST>,
    /// The energy it took, in watt-hours, as far as the elements' power is known.
    pub energy_wh: Option<u32>,
    /// What that cost, in thousandths of the currency, where a price is set.
    pub cost_milli: Option<u32>,
    /// The hottest reading, kept to a hundredth of a degree.
    pub peak: Option<Celsius>,
    /// How often it went on after an outage.
    pub resumes: u8,
    /// What the witness cone showed, in the user's words.
    pub cone: heapless::String<CONE_RESULT_LONGEST>,
    /// The user's notes.
    pub notes: heapless::String<NOTES_LONGEST>,
}

impl RunRecord {
    /// A run that begins.
    pub fn new(order: Begun, kind: RunKind, began: Option<WallClock>) -> Self {
        Self {
            order,
            kind,
            profile: heapless::String::new(),
            began,
            ended: None,
            elapsed: None,
            ending: None,
            cause: heapless::String::new(),
            energy_wh: None,
            cost_milli: None,
            peak: None,
            resumes: 0,
            cone: heapless::String::new(),
            notes: heapless::String::new(),
        }
    }

    /// The record as it is stored.
    ///
    /// # Errors
    /// [`StoreError::TooLong`], where there is room for every record.
    pub fn to_bytes(&self) -> Result<heapless::String<LONGEST>, StoreError> {
        let mut text = heapless::String::new();
        self.put(&mut text).map_err(|_| StoreError::TooLong(LONGEST))?;
        Ok(text)
    }

    fn put(&self, text: &mut heapless::String<LONGEST>) -> fmt::Result {
        writeln!(text, "boot {}\nnumber {}\nkind {}", self.order.boot, self.order.number, self.kind.word())?;
        let numbers = [
            ("began", self.began.map(WallClock::unix_millis)),
            ("ended", self.ended.map(WallClock::unix_millis)),
            ("elapsed", self.elapsed.map(Millis::get)),
            ("energy", self.energy_wh.map(u64::from)),
            ("cost", self.cost_milli.map(u64::from)),
        ];
        for (name, value) in numbers {
            if let Some(value) = value {
                writeln!(text, "{name} {value}")?;
            }
        }
        if let Some(peak) = self.peak {
            writeln!(text, "peak {:.2}", peak.get())?;
        }
        if let Some(ending) = self.ending {
            writeln!(text, "ending {}", ending.word())?;
        }
        writeln!(text, "resumes {}", self.resumes)?;
        for (name, word) in [("profile", self.profile.as_str()), ("cause", &self.cause), ("cone", &self.cone)] {
            if !word.is_empty() {
                writeln!(text, "{name} {}", OneLine(word))?;
            }
        }
        // Last, and to the end: notes have lines of their own.
        write!(text, "notes {}", self.notes)
    }

    /// Reads what is stored.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] for what is no record.
    pub fn parse(text: &str) -> Result<Self, StoreError> {
        let mut record = Self::new(Begun::default(), RunKind::Firing, None);
        let mut rest = text;
        while let Some((name, after)) = rest.split_once(' ') {
            if name == "notes" {
                record.notes = heapless::String::try_from(after).map_err(|_| StoreError::Damaged)?;
                return Ok(record);
            }
            let (value, next) = after.split_once('\n').ok_or(StoreError::Damaged)?;
            record.take(name, value).ok_or(StoreError::Damaged)?;
            rest = next;
        }
        Err(StoreError::Damaged)
    }

    /// Takes one line; `None` when its value is not one of that name.
    fn take(&mut self, name: &str, value: &str) -> Option<()> {
        let number = || value.parse::<u64>().ok();
        match name {
            "boot" => self.order.boot = value.parse().ok()?,
            "number" => self.order.number = value.parse().ok()?,
            "kind" => self.kind = RunKind::of(value)?,
            "began" => self.began = Some(WallClock::from_unix_millis(number()?)),
            "ended" => self.ended = Some(WallClock::from_unix_millis(number()?)),
            "elapsed" => self.elapsed = Some(Millis::new(number()?)),
            "energy" => self.energy_wh = Some(value.parse().ok()?),
            "cost" => self.cost_milli = Some(value.parse().ok()?),
            "peak" => self.peak = Some(Celsius::new(value.parse().ok()?)?),
            "profile" => self.profile = heapless::String::try_from(value).ok()?,
            "ending" => self.ending = Some(Ending::of(value)?),
            "resumes" => self.resumes = value.parse().ok()?,
            "cause" => self.cause = heapless::String::try_from(value).ok()?,
            "cone" => self.cone = heapless::String::try_from(value).ok()?,
            _ => {}
        }
        Some(())
    }
}

/// Text with a space where a line would end.
struct OneLine<'a>(&'a str);

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| f.write_char(if c.is_control() { ' ' } else { c }))
    }
}

impl RunKind {
    const fn word(self) -> &'static str {
        match self {
            Self::Firing => "firing",
            Self::Tuning => "tuning",
        }
    }

    fn of(word: &str) -> Option<Self> {
        [Self::Firing, Self::Tuning].into_iter().find(|kind| kind.word() == word)
    }
}

impl Ending {
    const fn word(self) -> &'static str {
        match self {
            Self::Completed => "completed",
            Self::Stopped => "stopped",
            Self::Faulted => "faulted",
            Self::CutOff => "cut-off",
        }
    }

    fn of(word: &str) -> Option<Self> {
        [Self::Completed, Self::Stopped, Self::Faulted, Self::CutOff].into_iter().find(|it| it.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full() -> RunRecord {
        let text = |text: &str| heapless::String::try_from(text).unwrap();
        RunRecord {
            profile: heapless::String::try_from("Émail cône 6").unwrap(),
            ended: Some(WallClock::from_unix_millis(1_762_100_000_000)),
            elapsed: Some(Millis::from_hours(13)),
            ending: Some(Ending::Faulted),
            cause: heapless::String::try_from("K-05").unwrap(),
            energy_wh: Some(41_250),
            cost_milli: Some(12_375),
            peak: Celsius::new(1214.25),
            resumes: 2,
            cone: text("6 at 5 o'clock"),
            notes: heapless::String::try_from("top shelf: crawled\nnotes end here\n").unwrap(),
            ..RunRecord::new(Begun { boot: 12, number: 3 }, RunKind::Firing, Some(WallClock::from_unix_millis(1)))
        }
    }

    fn check(record: &RunRecord, expected: &RunRecord) {
        let bytes = record.to_bytes().unwrap();
        assert_eq!(RunRecord::parse(&bytes).as_ref(), Ok(expected), "{bytes}");
    }

    #[test]
    fn a_record_comes_back() {
        check(&full(), &full());
        let new = RunRecord::new(Begun { boot: 1, number: 1 }, RunKind::Tuning, None);
        check(&new, &new);
        let mut lines = full();
        lines.cone = heapless::String::try_from("6\nboot 99").unwrap();
        check(&lines, &RunRecord { cone: heapless::String::try_from("6 boot 99").unwrap(), ..full() });
    }

    #[test]
    fn what_is_no_record_is_damaged_and_what_is_newer_is_skipped() {
        for bad in ["", "boot", "boot x\nnotes ", "boot 1\n", "ending maybe\nnotes ", "peak NaN\nnotes "] {
            assert_eq!(RunRecord::parse(bad), Err(StoreError::Damaged), "{bad:?}");
        }
        let newer = "boot 4\nglaze celadon\nnotes ";
        assert_eq!(RunRecord::parse(newer).map(|record| record.order.boot), Ok(4));
    }

    #[test]
    fn the_longest_record_has_room() {
        let long = |length| core::iter::repeat_n('x', length).collect::<std::string::String>();
        let mut record = full();
        record.profile = heapless::String::try_from(long(64).as_str()).unwrap();
        record.cause = heapless::String::try_from(long(CAUSE_LONGEST).as_str()).unwrap();
        record.cone = heapless::String::try_from(long(CONE_RESULT_LONGEST).as_str()).unwrap();
        record.notes = heapless::String::try_from(long(NOTES_LONGEST).as_str()).unwrap();
        record.order = Begun { boot: u32::MAX, number: u32::MAX };
        (record.began, record.ended) =
            (Some(WallClock::from_unix_millis(u64::MAX)), Some(WallClock::from_unix_millis(u64::MAX)));
        (record.elapsed, record.energy_wh, record.cost_milli) =
            (Some(Millis::new(u64::MAX)), Some(u32::MAX), Some(u32::MAX));
        check(&record, &record);
    }
}
