//! JSON formats that list segments as objects: what each calls its parts.

use super::build::{Builder, Climb, Part, Segment, Wrong};
use super::fields::Fields;
use super::units::Units;
use super::{BYTES_MOST, Format, Imported, LeftOut, text_name, word_units};
use crate::json::{Document, Place, Text, number_or_word};
use crate::refusal::Refusal;
use crate::why::Why;
use core::fmt;
use kiln_core::cone::Cone;
use kiln_core::profile::Name;
use serde::de::{self, Deserialize, Deserializer, Visitor};

/// The names and habits of a format.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    name: &'static str,
    /// The key that states the units.
    units: Option<&'static str>,
    /// The key that states the units of rates, as `°F/hr`.
    rate_units: Option<&'static str>,
    /// The key that states the unit of holds, as `min`.
    hold_units: Option<&'static str>,
    list: &'static str,
    target: &'static str,
    climb: Way,
    /// The keys that together are the hold, and their seconds.
    hold: &'static [(&'static str, f64)],
    /// Keys of the whole that mean nothing to a firing.
    skipped: &'static [&'static str],
    /// The key that ends a hold at a cone.
    hold_until: Option<&'static str>,
    /// The key of the format's version, and the newest that is known.
    version: Option<(&'static str, u32)>,
}

/// How a format says how fast.
#[derive(Clone, Copy, Debug)]
enum Way {
    /// Degrees an hour under this key; these numbers are full speed.
    PerHour(&'static str, &'static [f64]),
    /// Minutes under this key.
    Minutes(&'static str),
}

/// Words for a rate.
const FULL: &str = "max";
const COOL: &str = "cool";
/// What one minute of holding is called, and one hour.
const MINUTE: [&str; 3] = ["min", "minutes", "m"];
const HOUR: [&str; 4] = ["hr", "hours", "h", "hour"];

const PLAIN: Shape = Shape {
    name: "name",
    units: None,
    rate_units: None,
    hold_units: None,
    list: "segments",
    target: "target",
    climb: Way::PerHour("rate", &[]),
    hold: &[("hold", 60.0)],
    skipped: &[],
    hold_until: None,
    version: None,
};

impl Shape {
    /// The shape of a format that lists segments; the plain one for any other.
    pub(super) const fn of(format: Format) -> Self {
        match format {
            Format::PiKilnController => Self {
                name: "title",
                units: Some("units-temp"),
                rate_units: Some("units-rate"),
                hold_units: Some("units-hold"),
                target: "temp",
                climb: Way::PerHour("rate", &[0.0]),
                skipped: &["units-fanon"],
                hold_until: Some("holdToCone"),
                ..PLAIN
            },
            Format::SmartKiln => Self {
                list: "ramps",
                target: "target_temperature",
                climb: Way::PerHour("ramp_rate", &[]),
                hold: &[("hold_minutes", 60.0)],
                ..PLAIN
            },
            Format::RedMountain => Self {
                list: "schedule",
                target: "temperature",
                climb: Way::Minutes("rampMinutes"),
                hold: &[("soakMinutes", 60.0)],
                ..PLAIN
            },
            Format::KilnAid => Self {
                list: "steps",
                target: "t",
                climb: Way::PerHour("rt", &[9999.0]),
                hold: &[("hr", 3600.0), ("mn", 60.0)],
                ..PLAIN
            },
            Format::RateSegments | Format::PicoKiln | Format::TimePoints | Format::PidKiln | Format::Csv => Self {
                units: Some("temp_units"),
                skipped: &["type", "start_temp"],
                version: Some(("version", 2)),
                ..PLAIN
            },
        }
    }

    /// The key of a part of a segment.
    const fn key(&self, part: Part) -> &'static str {
        match (part, self.climb) {
            (Part::Target, _) => self.target,
            (Part::Climb, Way::PerHour(key, _) | Way::Minutes(key)) => key,
            (Part::Hold, _) => match self.hold {
                [(key, _), ..] => key,
                [] => self.target,
            },
        }
    }
}

/// The units that the file states.
pub(super) fn stated_units(shape: Shape, bytes: &[u8]) -> Result<Option<Units>, Refusal> {
    let document = Document::open(bytes, BYTES_MOST)?;
    let mut head = Fields::open(&document, Place::WHOLE)?;
    units(&document, &mut head, &shape).map(|stated| stated.map(|(units, _)| units))
}

/// Reads a file of that shape.
#[inline(never)] // A frame of its own: the frames of all formats together would be a large one.
pub(super) fn read(shape: Shape, units_given: Units, name: Name, bytes: &[u8]) -> Result<Imported<'_>, Refusal> {
    let document = Document::open(bytes, BYTES_MOST)?;
    let mut left_out = LeftOut::default();
    let mut head = Fields::open(&document, Place::WHOLE)?;
    if let Some((stated, place)) = units(&document, &mut head, &shape)? {
        units_given.agree_with(stated).map_err(|why| document.refuse(place, None, why))?;
    }
    if let Some((key, known)) = shape.version
        && let Some(place) = head.take(key)?
    {
        let found = document.read_at(place)?;
        if found > known {
            return Err(document.refuse(place, None, Why::NewerFormat { found, known }));
        }
    }
    let hold_unit = hold_unit(&document, &mut head, &shape)?;
    let name = head.take(shape.name)?.map_or(Ok(name), |place| text_name(&document, place))?;
    let list = head.take(shape.list)?.ok_or_else(|| head.refuse(shape.list, Why::Missing))?;
    head.skip(shape.skipped)?;
    head.leave(&mut left_out);
    let mut builder = Builder::new(units_given);
    let refuse = |wrong| named(&document, list, &shape, wrong);
    for place in document.elements(list)? {
        let segment = segment(&document, place, &shape, hold_unit, &mut left_out)?;
        builder.add(&segment).map_err(refuse)?;
    }
    let profile = builder.finish(name).map_err(refuse)?;
    Ok(Imported { profile, description: None, left_out })
}

/// Names the place of what is wrong.
fn named(document: &Document<'_>, list: Place, shape: &Shape, wrong: Wrong) -> Refusal {
    let place = wrong.at.and_then(|(index, part)| Some((document.elements(list).ok()?.nth(index)?, part)));
    match place {
        Some((place, part)) => document.refuse(place, Some(shape.key(part)), wrong.why),
        None => document.refuse(list, None, wrong.why),
    }
}

fn segment(
    document: &Document<'_>,
    place: Place,
    shape: &Shape,
    hold_unit: f64,
    left_out: &mut LeftOut,
) -> Result<Segment, Refusal> {
    let mut fields = Fields::open(document, place)?;
    let target = fields.needed(shape.target)?;
    let climb = match shape.climb {
        Way::Minutes(key) => Climb::Within(fields.needed(key)? * 60.0),
        Way::PerHour(key, full) => {
            let rate = fields.take(key)?.ok_or_else(|| fields.refuse(key, Why::Missing))?;
            match document.read_at(rate)? {
                Rate::PerHour(rate) if full.iter().any(|full| (rate - full).abs() < 1e-9) => Climb::Full,
                Rate::PerHour(rate) => Climb::PerHour(rate),
                Rate::Full => Climb::Full,
                Rate::Cool => Climb::Cool,
            }
        }
    };
    let until = match shape.hold_until {
        Some(key) => cone(document, &mut fields, key)?,
        None => None,
    };
    let mut hold_seconds = 0.0;
    for (key, seconds) in shape.hold {
        hold_seconds += fields.number(key)?.unwrap_or(0.0) * seconds * hold_unit;
    }
    fields.skip(&["num"])?;
    fields.leave(left_out);
    Ok(Segment { target, climb, hold_seconds, until })
}

/// The cone that ends a hold; an empty name is none.
fn cone(document: &Document<'_>, fields: &mut Fields<'_, '_>, key: &'static str) -> Result<Option<Cone>, Refusal> {
    let Some(place) = fields.take(key)? else { return Ok(None) };
    let text: Text<'_> = document.read_at(place)?;
    let name: Option<heapless::String<8>> = text.copy();
    match name {
        Some(name) if name.is_empty() => Ok(None),
        name => match name.and_then(|name| Cone::named(&name)) {
            Some(cone) => Ok(Some(cone)),
            None => Err(document.refuse(place, None, Why::NotAChoice { choices: &Cone::NAMES })),
        },
    }
}

/// The units that the head states, and where.
fn units(document: &Document<'_>, head: &mut Fields<'_, '_>, shape: &Shape) -> Result<Option<(Units, Place)>, Refusal> {
    let Some(key) = shape.units else { return Ok(None) };
    let temperature = head.take(key)?.map(|place| Ok((word_units(document, place)?, place))).transpose()?;
    let Some(key) = shape.rate_units else { return Ok(temperature) };
    let Some(place) = head.take(key)? else { return Ok(temperature) };
    let rate = rate_units(document, place)?;
    match temperature {
        Some((stated, _)) => rate.agree_with(stated).map_err(|why| document.refuse(place, None, why))?,
        None => return Ok(Some((rate, place))),
    }
    Ok(temperature)
}

/// The units of a rate an hour, as `°F/hr`.
fn rate_units(document: &Document<'_>, place: Place) -> Result<Units, Refusal> {
    let choices = Why::NotAChoice { choices: &["°C/hr", "°F/hr"] };
    let text: Text<'_> = document.read_at(place)?;
    let copy: heapless::String<24> = text.copy().ok_or_else(|| document.refuse(place, None, choices))?;
    let parts = copy.split_once('/').filter(|(_, hour)| HOUR.contains(&hour.trim()));
    let units = parts.and_then(|(degrees, _)| Units::named(degrees.chars()));
    units.ok_or_else(|| document.refuse(place, None, choices))
}

/// How many minutes the unit of holds is.
fn hold_unit(document: &Document<'_>, head: &mut Fields<'_, '_>, shape: &Shape) -> Result<f64, Refusal> {
    let Some(key) = shape.hold_units else { return Ok(1.0) };
    let Some(place) = head.take(key)? else { return Ok(1.0) };
    let text: Text<'_> = document.read_at(place)?;
    let is = |words: &[&str]| words.iter().any(|word| text == **word);
    match (is(&MINUTE), is(&HOUR)) {
        (true, _) => Ok(1.0),
        (_, true) => Ok(60.0),
        (false, false) => Err(document.refuse(place, None, Why::NotAChoice { choices: &["min", "hr"] })),
    }
}

/// A rate as it stands in a file.
enum Rate {
    PerHour(f64),
    Full,
    Cool,
}

impl<'de> Deserialize<'de> for Rate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NumberOrWord;
        impl Visitor<'_> for NumberOrWord {
            type Value = Rate;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number or a word")
            }
            fn visit_f64<E: de::Error>(self, rate: f64) -> Result<Rate, E> {
                Ok(Rate::PerHour(rate))
            }
            fn visit_str<E: de::Error>(self, word: &str) -> Result<Rate, E> {
                match word {
                    FULL => Ok(Rate::Full),
                    COOL => Ok(Rate::Cool),
                    _ => Err(E::unknown_variant(word, &[FULL, COOL])),
                }
            }
        }
        number_or_word(deserializer, NumberOrWord)
    }
}
