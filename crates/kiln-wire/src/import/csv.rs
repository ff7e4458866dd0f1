//! A table of segments: rate, target, hold; separated by commas, semicolons or tabs.
//!
//! A first line of names may put the columns in any order and state the units, as `Target (°F)` or `hold (h)`; without
//! it they are rate, target and hold in minutes. With semicolons or tabs a comma may be the decimal point.

use super::build::{Builder, Climb, Part, Segment, Wrong};
use super::lines::{Line, Lines, number, refuse};
use super::units::Units;
use super::{Imported, LeftOut};
use crate::refusal::{Path, Refusal};
use crate::why::Why;
use heapless::Vec;
use kiln_core::profile::Name;

/// The most columns.
const COLUMNS_MOST: usize = 8;
/// What full speed is written as. The numbers are in whatever units the file has.
const FULL: [&str; 6] = ["9999", "1799", "skip", "full", "max", "afap"];

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Rate,
    Target,
    Hold,
    /// The number of the segment.
    Number,
    /// What a profile has no place for.
    Other,
}

/// What the table looks like.
#[derive(Clone, Debug)]
struct Layout {
    separator: char,
    columns: Vec<Column, COLUMNS_MOST>,
    units: Option<Units>,
    hold_seconds: f64,
    /// Whether the first line is the names.
    named: bool,
}

impl Column {
    const KNOWN: &'static [&'static str] = &["rate", "target", "hold", "segment", "note"];

    const fn key(self) -> &'static str {
        match self {
            Self::Rate => "rate",
            Self::Target => "target",
            Self::Hold => "hold",
            Self::Number => "segment",
            Self::Other => "note",
        }
    }

    /// The column that a name means, by its first word.
    fn named(name: &str) -> Option<Self> {
        let words: [(Self, &[&str]); 5] = [
            (Self::Rate, &["rate", "ramp", "speed"]),
            (Self::Target, &["target", "temp", "temperature", "setpoint", "end"]),
            (Self::Hold, &["hold", "soak", "dwell"]),
            (Self::Number, &["segment", "seg", "step", "no", "nr", "number"]),
            (Self::Other, &["note", "notes", "comment"]),
        ];
        let first = name.split(|c: char| !c.is_ascii_alphabetic()).find(|word| !word.is_empty())?;
        let means = |(_, known): &(Self, &[&str])| known.iter().any(|word| first.eq_ignore_ascii_case(word));
        words.into_iter().find(means).map(|(column, _)| column)
    }
}

impl Layout {
    fn of(lines: &Lines<'_>) -> Result<Self, Refusal> {
        let line = lines.clone().next().ok_or_else(|| refuse(1, None, Why::Empty))?;
        let separator = [';', '\t'].into_iter().find(|c| line.text.contains(*c)).unwrap_or(',');
        let plain = Self {
            separator,
            columns: Vec::from_iter([Column::Rate, Column::Target, Column::Hold]),
            units: None,
            hold_seconds: 60.0,
            named: false,
        };
        let first = line.text.split(separator).next().unwrap_or("");
        if is_full(first) || first.trim().starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.')) {
            return Ok(plain);
        }
        plain.with_names(line)
    }

    fn with_names(mut self, line: Line<'_>) -> Result<Self, Refusal> {
        self.named = true;
        self.columns.clear();
        for name in line.text.split(self.separator) {
            let column = Column::named(name).ok_or_else(|| refuse(line.number, None, unknown_column()))?;
            if !matches!(column, Column::Number | Column::Other) && self.columns.contains(&column) {
                return Err(named_column(line, column, Why::DuplicateKey));
            }
            self.columns.push(column).map_err(|_| refuse(line.number, None, Why::TooMany { most: COLUMNS_MOST }))?;
            for word in name.split(|c: char| !c.is_ascii_alphabetic()).skip(1) {
                self.unit(line, column, word)?;
            }
        }
        for needed in [Column::Rate, Column::Target] {
            if !self.columns.contains(&needed) {
                return Err(named_column(line, needed, Why::Missing));
            }
        }
        Ok(self)
    }

    /// Takes a word after the name of a column, if it is a unit.
    fn unit(&mut self, line: Line<'_>, column: Column, word: &str) -> Result<(), Refusal> {
        let is = |words: &[&str]| words.iter().any(|known| word.eq_ignore_ascii_case(known));
        match column {
            Column::Hold if is(&["h", "hr", "hrs", "hour", "hours"]) => self.hold_seconds = 3600.0,
            Column::Hold if is(&["s", "sec", "seconds"]) => self.hold_seconds = 1.0,
            Column::Rate if is(&["min", "minute", "s", "sec"]) => {
                return Err(named_column(line, column, Why::NotAChoice { choices: &["°C/h", "°F/h"] }));
            }
            Column::Rate | Column::Target => {
                if let Some(units) = Units::named(word.chars()) {
                    let agree = self.units.map_or(Ok(()), |stated| units.agree_with(stated));
                    agree.map_err(|why| named_column(line, column, why))?;
                    self.units = Some(units);
                }
            }
            Column::Hold | Column::Number | Column::Other => {}
        }
        Ok(())
    }

    fn segment(&self, index: usize, line: Line<'_>) -> Result<Segment, Refusal> {
        let mut segment = Segment { target: f64::NAN, climb: Climb::Full, hold_seconds: 0.0, until: None };
        let mut fields = line.text.split(self.separator);
        for column in &self.columns {
            let refuse = |why| refuse(line.number, Some((index, column.key())), why);
            let field = match (fields.next().map_or("", str::trim), column) {
                ("", Column::Rate | Column::Target) => return Err(refuse(Why::Missing)),
                ("", Column::Hold | Column::Number | Column::Other) => continue,
                (field, _) => field,
            };
            match column {
                Column::Rate if is_full(field) => segment.climb = Climb::Full,
                Column::Rate => segment.climb = Climb::PerHour(decimal(field).map_err(refuse)?),
                Column::Target => segment.target = decimal(field).map_err(refuse)?,
                Column::Hold => segment.hold_seconds = decimal(field).map_err(refuse)? * self.hold_seconds,
                Column::Number | Column::Other => {}
            }
        }
        if fields.any(|field| !field.trim().is_empty()) {
            return Err(refuse(line.number, None, Why::TooMany { most: self.columns.len() }));
        }
        Ok(segment)
    }
}

/// A number whose decimal point may be a comma, which in a field of its own separates nothing.
fn decimal(text: &str) -> Result<f64, Why> {
    match text.split_once(',') {
        Some((whole, part)) if !part.contains('.') && !whole.contains('.') => {
            let mut plain = heapless::String::<24>::new();
            let copied = [whole, ".", part].into_iter().try_for_each(|text| plain.push_str(text));
            if copied.is_ok() { number(&plain) } else { number(text) }
        }
        Some(_) | None => number(text),
    }
}

/// The units that the names state.
pub(super) fn stated_units(bytes: &[u8]) -> Result<Option<Units>, Refusal> {
    Ok(Layout::of(&Lines::open(bytes)?)?.units)
}

/// Reads a table.
#[inline(never)] // A frame of its own: the frames of all formats together would be a large one.
pub(super) fn read(units: Units, name: Name, bytes: &[u8]) -> Result<Imported<'_>, Refusal> {
    let mut lines = Lines::open(bytes)?;
    let layout = Layout::of(&lines)?;
    let mut left_out = LeftOut::default();
    if layout.named
        && let Some(line) = lines.next()
    {
        let agree = layout.units.map_or(Ok(()), |stated| units.agree_with(stated));
        agree.map_err(|why| refuse(line.number, None, why))?;
    }
    if layout.columns.contains(&Column::Other) {
        let mut path = Path::default();
        path.key(Column::Other.key().chars());
        left_out.add(path);
    }
    let mut builder = Builder::new(units);
    for (index, line) in lines.clone().enumerate() {
        builder.add(&layout.segment(index, line)?).map_err(|wrong| named(&lines, wrong))?;
    }
    let profile = builder.finish(name).map_err(|wrong| named(&lines, wrong))?;
    Ok(Imported { profile, description: None, left_out })
}

fn is_full(field: &str) -> bool {
    FULL.iter().any(|full| field.trim().eq_ignore_ascii_case(full))
}

const fn unknown_column() -> Why {
    Why::UnknownKey { known: Column::KNOWN }
}

/// A refusal of a column as a whole.
fn named_column(line: Line<'_>, column: Column, why: Why) -> Refusal {
    let mut refusal = refuse(line.number, None, why);
    refusal.path.key(column.key().chars());
    refusal
}

fn named(lines: &Lines<'_>, wrong: Wrong) -> Refusal {
    let field = wrong.at.map(|(index, part)| match part {
        Part::Target => (index, Column::Target.key()),
        Part::Climb => (index, Column::Rate.key()),
        Part::Hold => (index, Column::Hold.key()),
    });
    let line = field.and_then(|(index, _)| lines.clone().nth(index)).map_or(1, |line| line.number);
    refuse(line, field, wrong.why)
}
