//! Points in time: `[[seconds, temperature], …]`, as kiln-controller, picoReflow and OrangeThermal keep them.
//!
//! The first point is where the firing begins, at time 0. Between two points the target moves in a straight line: a
//! climb, or a hold where both are at one temperature.

use super::build::{Builder, Climb, Segment, Wrong};
use super::fields::Fields;
use super::units::Units;
use super::{BYTES_MOST, Imported, LeftOut, text_name, word_units};
use crate::figure::Quantity;
use crate::json::{Document, Place, Text};
use crate::refusal::Refusal;
use crate::why::Why;
use kiln_core::profile::Name;
use kiln_core::units::Millis;

const LIST: &str = "data";
/// Keys that state the units, by program.
const UNITS: [&str; 2] = ["temp_units", "TempUnit"];
/// Keys that state the unit of time, by program.
const TIMES: [&str; 2] = ["time_units", "TimeUnit"];

/// The units that the file states.
pub(super) fn stated_units(bytes: &[u8]) -> Result<Option<Units>, Refusal> {
    let document = Document::open(bytes, BYTES_MOST)?;
    let mut head = Fields::open(&document, Place::WHOLE)?;
    let mut stated = None;
    for key in UNITS {
        if let Some(place) = head.take(key)? {
            stated = Some(word_units(&document, place)?);
        }
    }
    Ok(stated)
}

/// Reads a file of points.
#[inline(never)] // A frame of its own: the frames of all formats together would be a large one.
pub(super) fn read(units: Units, name: Name, bytes: &[u8]) -> Result<Imported<'_>, Refusal> {
    let document = Document::open(bytes, BYTES_MOST)?;
    let mut left_out = LeftOut::default();
    let mut head = Fields::open(&document, Place::WHOLE)?;
    for key in UNITS {
        if let Some(place) = head.take(key)? {
            let stated = word_units(&document, place)?;
            units.agree_with(stated).map_err(|why| document.refuse(place, None, why))?;
        }
    }
    let mut unit_seconds = 1.0;
    for key in TIMES {
        if let Some(place) = head.take(key)? {
            unit_seconds = seconds(&document, place)?;
        }
    }
    let name = head.take("name")?.map_or(Ok(name), |place| text_name(&document, place))?;
    let list = head.take(LIST)?.ok_or_else(|| head.refuse(LIST, Why::Missing))?;
    head.skip(&["type"])?;
    head.leave(&mut left_out);
    let mut builder = Builder::new(units);
    let refuse = |wrong: Wrong| {
        let point = wrong.at.and_then(|(index, _)| document.elements(list).ok()?.nth(index));
        document.refuse(point.unwrap_or(list), None, wrong.why)
    };
    let mut before: Option<f64> = None;
    for place in document.elements(list)? {
        let (time, target) = point(&document, place)?;
        let refuse_point = |why| document.refuse(place, None, why);
        let time = time * unit_seconds;
        match before {
            None if time != 0.0 => return Err(refuse_point(Why::TooHigh { most: Quantity::Time(Millis::ZERO) })),
            None => builder.begins_at(target).map_err(refuse_point)?,
            Some(before) if time < before => {
                let least = Millis::from_seconds_f64(before).unwrap_or(Millis::ZERO);
                return Err(refuse_point(Why::TooLow { least: Quantity::Time(least) }));
            }
            Some(before) => {
                let climb = Climb::Within(time - before);
                builder.add(&Segment { target, climb, hold_seconds: 0.0, until: None }).map_err(refuse)?;
            }
        }
        before = Some(time);
    }
    let profile = builder.finish(name).map_err(refuse)?;
    Ok(Imported { profile, description: None, left_out })
}

/// The two numbers of a point.
fn point(document: &Document<'_>, place: Place) -> Result<(f64, f64), Refusal> {
    let mut numbers = document.elements(place)?;
    let mut next = || numbers.next().ok_or_else(|| document.refuse(place, None, Why::Missing));
    let point = (document.read_at(next()?)?, document.read_at(next()?)?);
    match numbers.next() {
        None => Ok(point),
        Some(third) => Err(document.refuse(third, None, Why::TooMany { most: 2 })),
    }
}

/// The seconds of the unit of time that a text names.
fn seconds(document: &Document<'_>, place: Place) -> Result<f64, Refusal> {
    let text: Text<'_> = document.read_at(place)?;
    match text.chars().next().map(|c| c.to_ascii_lowercase()) {
        Some('s') => Ok(1.0),
        Some('m') => Ok(60.0),
        Some('h') => Ok(3600.0),
        _ => Err(document.refuse(place, None, Why::NotAChoice { choices: &["s", "m", "h"] })),
    }
}
