//! Firing profiles of other controllers and programs, read into ours.
//!
//! | format | shape | units |
//! |---|---|---|
//! | [`Format::PicoKiln`] | our own documents ([`crate::profile`]) | stated, °C where absent |
//! | [`Format::TimePoints`] | kiln-controller, picoReflow, OrangeThermal: `{"name":…,"data":[[time,temperature],…]}` | `temp_units` or `TempUnit`, often absent; times in seconds unless `TimeUnit` says otherwise |
//! | [`Format::RateSegments`] | kiln-controller's rate profiles: `{"name":…,"segments":[{"rate":…,"target":…,"hold":minutes}]}`; `"max"`, `"cool"` | `temp_units` |
//! | [`Format::PiKilnController`] | `{"title":…,"segments":[{"rate":…,"temp":…,"hold":…}]}`; rate 0 is full speed | `units-temp`, `units-rate`, `units-hold` |
//! | [`Format::SmartKiln`] | `{"ramps":[{"ramp_rate":…,"target_temperature":…,"hold_minutes":…}]}` | none |
//! | [`Format::RedMountain`] | `{"schedule":[{"temperature":…,"rampMinutes":…,"soakMinutes":…}]}` | none |
//! | [`Format::KilnAid`] | `{"steps":[{"rt":rate,"t":…,"hr":…,"mn":…}]}`; 9999 is full speed | none |
//! | [`Format::PidKiln`] | text: `temperature:minutes:minutes of dwell` a line, `#` comments | always °C |
//! | [`Format::Csv`] | text: rate, target, hold in minutes a line, with or without a line of names; 9999, 1799, SKIP, FULL | in the names, if at all |
//!
//! A file without units cannot be read safely by guessing: 1222 °F bakes, 1222 °C melts. So the units are asked for
//! ([`stated_units`] says whether the file has them), and a file that states others is refused. What a profile of ours
//! has no place for is listed in [`Imported::left_out`], unless it decides when heating ends: that is refused.
//!
//! A climb by time becomes a rate; the first is counted from 20 °C. No step is added: where the file ends, the firing
//! ends. The limits of every kiln hold here as for our own documents.

mod build;
mod csv;
mod fields;
mod lines;
mod pidkiln;
mod points;
mod segments;
mod units;

pub use units::Units;

use crate::json::{Document, Place, Text};
use crate::profile;
use crate::refusal::{Path, Refusal};
use crate::why::{Kind, Why};
use heapless::Vec;
use kiln_core::profile::{Name, Profile};
use lines::Lines;

/// The longest file, in bytes.
pub const BYTES_MOST: u16 = 16_384;

/// A format of profiles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Our own, and that of the controller it began with.
    PicoKiln,
    /// kiln-controller, picoReflow, OrangeThermal: points in time.
    TimePoints,
    /// kiln-controller's rate-based profiles.
    RateSegments,
    /// PiKilnController.
    PiKilnController,
    /// SmartKiln.
    SmartKiln,
    /// Red Mountain.
    RedMountain,
    /// Program steps as Bartlett's KilnAid has them.
    KilnAid,
    /// PIDKiln.
    PidKiln,
    /// A table of segments.
    Csv,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 9] = [
        Self::PicoKiln,
        Self::TimePoints,
        Self::RateSegments,
        Self::PiKilnController,
        Self::SmartKiln,
        Self::RedMountain,
        Self::KilnAid,
        Self::PidKiln,
        Self::Csv,
    ];
    const WORDS: &'static [&'static str] = &[
        "pico-kiln",
        "time-points",
        "rate-segments",
        "pikilncontroller",
        "smartkiln",
        "red-mountain",
        "kilnaid",
        "pidkiln",
        "csv",
    ];

    /// The word for it, as on a command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::PicoKiln => "pico-kiln",
            Self::TimePoints => "time-points",
            Self::RateSegments => "rate-segments",
            Self::PiKilnController => "pikilncontroller",
            Self::SmartKiln => "smartkiln",
            Self::RedMountain => "red-mountain",
            Self::KilnAid => "kilnaid",
            Self::PidKiln => "pidkiln",
            Self::Csv => "csv",
        }
    }

    /// The format with that word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.word() == word)
    }
}

/// A profile that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported<'d> {
    /// The profile, in °C and °C/h.
    pub profile: Profile,
    /// What its author says about it.
    pub description: Option<Text<'d>>,
    /// What stands in the file and is not in the profile.
    pub left_out: LeftOut,
}

/// Places of a file that a profile has no room for.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct LeftOut {
    places: Vec<Path, { LeftOut::LISTED_MOST }>,
    more: usize,
}

impl LeftOut {
    /// The most places that are listed by name.
    pub const LISTED_MOST: usize = 8;

    /// The first places.
    pub fn places(&self) -> &[Path] {
        &self.places
    }

    /// How many more there are.
    pub const fn more(&self) -> usize {
        self.more
    }

    /// Whether everything is in the profile.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    fn add(&mut self, place: Path) {
        self.more += usize::from(self.places.push(place).is_err());
    }
}

/// The format of a file, by its shape.
///
/// # Errors
/// The file is no text, broken JSON, or of no format that is known.
pub fn detect(bytes: &[u8]) -> Result<Format, Refusal> {
    let head = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes);
    if !head.trim_ascii_start().starts_with(b"{") {
        return detect_text(bytes);
    }
    let document = Document::open(bytes, BYTES_MOST)?;
    let list = |key| document.member(Place::WHOLE, key);
    let first_has = |key, member| {
        let elements = list(key).and_then(|place| document.elements(place).ok());
        elements.and_then(|mut elements| elements.next()).is_some_and(|place| document.member(place, member).is_some())
    };
    let shapes = [
        (first_has("steps", "rt"), Format::KilnAid),
        (list("steps").is_some(), Format::PicoKiln),
        (list("data").is_some(), Format::TimePoints),
        (first_has("segments", "target"), Format::RateSegments),
        (first_has("segments", "temp"), Format::PiKilnController),
        (list("ramps").is_some(), Format::SmartKiln),
        (first_has("schedule", "temperature"), Format::RedMountain),
    ];
    let found = shapes.into_iter().find(|(is, _)| *is).map(|(_, format)| format);
    found.ok_or_else(|| document.refuse(Place::WHOLE, None, Why::NotAChoice { choices: Format::WORDS }))
}

fn detect_text(bytes: &[u8]) -> Result<Format, Refusal> {
    let lines = Lines::open(bytes)?;
    let first = lines.clone().next();
    match first {
        Some(line) if line.text.contains([',', ';', '\t']) => Ok(Format::Csv),
        Some(line) if line.text.contains(':') => Ok(Format::PidKiln),
        Some(line) => Err(lines::refuse(line.number, None, Why::NotAChoice { choices: Format::WORDS })),
        None => Err(lines::refuse(1, None, Why::Empty)),
    }
}

/// The units a file states; `None` when they have to be asked for.
///
/// # Errors
/// The file is not of that format as far as its units are concerned.
pub fn stated_units(format: Format, bytes: &[u8]) -> Result<Option<Units>, Refusal> {
    match format {
        Format::PicoKiln => native_units(&Document::open(bytes, BYTES_MOST)?).map(|(units, _)| Some(units)),
        Format::PidKiln => Ok(Some(Units::Celsius)),
        Format::Csv => csv::stated_units(bytes),
        Format::TimePoints => points::stated_units(bytes),
        Format::RateSegments | Format::PiKilnController | Format::SmartKiln | Format::RedMountain | Format::KilnAid => {
            segments::stated_units(segments::Shape::of(format), bytes)
        }
    }
}

/// Reads a profile of another format. `units` are those of its temperatures and rates; `name` is for a file that has
/// none.
///
/// # Errors
/// The first place that is wrong, by name and line, and why; also units that the file contradicts.
pub fn read(format: Format, units: Units, name: Name, bytes: &[u8]) -> Result<Imported<'_>, Refusal> {
    match format {
        Format::PicoKiln => native(units, bytes),
        Format::TimePoints => points::read(units, name, bytes),
        Format::PidKiln => pidkiln::read(units, name, bytes),
        Format::Csv => csv::read(units, name, bytes),
        Format::RateSegments | Format::PiKilnController | Format::SmartKiln | Format::RedMountain | Format::KilnAid => {
            segments::read(segments::Shape::of(format), units, name, bytes)
        }
    }
}

#[inline(never)] // As the readers of the other formats.
fn native(units: Units, bytes: &[u8]) -> Result<Imported<'_>, Refusal> {
    let profile::Parsed { profile, description } = profile::parse(bytes)?;
    let document = Document::open(bytes, BYTES_MOST)?;
    let (stated, place) = native_units(&document)?;
    units.agree_with(stated).map_err(|why| match place {
        Some(place) => document.refuse(place, None, why),
        None => document.refuse(Place::WHOLE, Some("temp_units"), why),
    })?;
    Ok(Imported { profile, description, left_out: LeftOut::default() })
}

/// The units of a document of our own, and where they stand.
fn native_units(document: &Document<'_>) -> Result<(Units, Option<Place>), Refusal> {
    let Some(place) = document.member(Place::WHOLE, "temp_units") else { return Ok((Units::Celsius, None)) };
    Ok((word_units(document, place)?, Some(place)))
}

/// The units that a text at `place` names.
fn word_units(document: &Document<'_>, place: Place) -> Result<Units, Refusal> {
    let text: Text<'_> = document.read_at(place)?;
    Units::named(text.chars()).ok_or_else(|| document.refuse(place, None, Why::NotAChoice { choices: Units::WORDS }))
}

/// The name that a text at `place` gives.
fn text_name(document: &Document<'_>, place: Place) -> Result<Name, Refusal> {
    profile::name(document.read_at(place)?).map_err(|why| document.refuse(place, None, why))
}

/// A value of one kind where another is expected.
const fn wrong(expected: Kind, found: Kind) -> Why {
    Why::WrongType { expected, found }
}
