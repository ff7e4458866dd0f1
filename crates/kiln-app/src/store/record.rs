//! What is known of a run beside its rows.
//!
//! Kept as lines of `name value`; a name that is not known is skipped, so that what newer software adds does no harm.

use core::fmt::{self, Write as _};

use kiln_core::units::{Millis, WallClock};

use super::error::StoreError;

/// The order of runs: which start of the controller, and which run since then. Needs no clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct RunKey {
    /// Starts of the controller, counted from 1.
    pub boot: u32,
    /// Runs since that start, counted from 1.
    pub number: u32,
}

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

/// The longest notes, in bytes.
pub const NOTES_LONGEST: usize = 512;
/// The longest word on a cone or a cause, in bytes.
pub const WORD_LONGEST: usize = 64;
/// The format of a record.
pub const FORMAT: u16 = 1;
/// The longest record, in bytes.
pub(super) const LONGEST: usize = NOTES_LONGEST + 2 * WORD_LONGEST + 256;

/// What is known of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunRecord {
    /// Its place in the order of runs.
    pub key: RunKey,
    /// What kind of run.
    pub kind: RunKind,
    /// When it began, where the time was known.
    pub began: Option<WallClock>,
    /// When it ended, where the time was known.
    pub ended: Option<WallClock>,
    /// The schedule clock at its end.
    pub elapsed: Option<Millis>,
    /// How it ended; `None` while it goes on, or when the power failed and nobody has looked since.
    pub ending: Option<Ending>,
    /// The fault that ended it, as its code.
    pub cause: heapless::String<WORD_LONGEST>,
    /// The energy it took, in watt-hours, as far as the elements' power is known.
    pub energy_wh: Option<u32>,
    /// The highest temperature, in hundredths of a degree Celsius.
    pub peak_centi_c: Option<i32>,
    /// How often it went on after an outage.
    pub resumes: u8,
    /// What the witness cone showed, in the user's words.
    pub cone: heapless::String<WORD_LONGEST>,
    /// The user's notes.
    pub notes: heapless::String<NOTES_LONGEST>,
}

impl RunRecord {
    /// A run that begins.
    pub fn begun(key: RunKey, kind: RunKind, began: Option<WallClock>) -> Self {
        Self {
            key,
            kind,
            began,
            ended: None,
            elapsed: None,
            ending: None,
            cause: heapless::String::new(),
            energy_wh: None,
            peak_centi_c: None,
            resumes: 0,
            cone: heapless::String::new(),
            notes: heapless::String::new(),
        }
    }

    /// The record as it is stored.
    pub(super) fn to_bytes(&self) -> Result<heapless::String<LONGEST>, StoreError> {
        let mut text = heapless::String::new();
        self.put(&mut text).map_err(|_| StoreError::TooLong(LONGEST))?;
        Ok(text)
    }

    fn put(&self, text: &mut heapless::String<LONGEST>) -> fmt::Result {
        writeln!(text, "boot {}\nnumber {}\nkind {}", self.key.boot, self.key.number, self.kind.word())?;
        let numbers = [
            ("began", self.began.map(WallClock::unix_millis)),
            ("ended", self.ended.map(WallClock::unix_millis)),
            ("elapsed", self.elapsed.map(Millis::get)),
            ("energy", self.energy_wh.map(u64::from)),
        ];
        for (name, value) in numbers {
            if let Some(value) = value {
                writeln!(text, "{name} {value}")?;
            }
        }
        if let Some(peak) = self.peak_centi_c {
            writeln!(text, "peak {peak}")?;
        }
        if let Some(ending) = self.ending {
            writeln!(text, "ending {}", ending.word())?;
        }
        writeln!(text, "resumes {}", self.resumes)?;
        for (name, word) in [("cause", &self.cause), ("cone", &self.cone)] {
            if !word.is_empty() {
                writeln!(text, "{name} {}", OneLine(word))?;
            }
        }
        // Last, and to the end: notes have lines of their own.
        write!(text, "notes {}", self.notes)
    }

    /// Reads what is stored; [`StoreError::Damaged`] for what is no record.
    pub(super) fn parse(text: &str) -> Result<Self, StoreError> {
        let mut record = Self::begun(RunKey::default(), RunKind::Firing, None);
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
            "boot" => self.key.boot = value.parse().ok()?,
            "number" => self.key.number = value.parse().ok()?,
            "kind" => self.kind = RunKind::of(value)?,
            "began" => self.began = Some(WallClock::from_unix_millis(number()?)),
            "ended" => self.ended = Some(WallClock::from_unix_millis(number()?)),
            "elapsed" => self.elapsed = Some(Millis::new(number()?)),
            "energy" => self.energy_wh = Some(value.parse().ok()?),
            "peak" => self.peak_centi_c = Some(value.parse().ok()?),
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
