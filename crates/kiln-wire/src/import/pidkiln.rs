//! PIDKiln's programs: `temperature:minutes to get there:minutes of dwell`, one a line, in °C.

use super::build::{Builder, Climb, Part, Segment, Wrong};
use super::lines::{Lines, number, refuse};
use super::units::Units;
use super::{Imported, LeftOut};
use crate::json::Text;
use crate::profile::DESCRIPTION_LONGEST;
use crate::refusal::Refusal;
use crate::why::Why;
use kiln_core::profile::Name;

const KEYS: [&str; 3] = ["temperature", "minutes", "dwell"];

/// Reads a program.
#[inline(never)] // A frame of its own: the frames of all formats together would be a large one.
pub(super) fn read(units: Units, name: Name, bytes: &[u8]) -> Result<Imported<'_>, Refusal> {
    let lines = Lines::open(bytes)?;
    units.agree_with(Units::Celsius).map_err(|why| refuse(1, None, why))?;
    let comment = lines.first_comment();
    let fits = |text: &&str| text.len() <= DESCRIPTION_LONGEST && !text.chars().any(char::is_control);
    let mut builder = Builder::new(units);
    for (index, line) in lines.clone().enumerate() {
        let mut parts = line.text.split(':');
        let mut values = [0.0; 3];
        for (key, value) in KEYS.into_iter().zip(&mut values) {
            let found = parts.next().ok_or(Why::Missing).and_then(number);
            *value = found.map_err(|why| refuse(line.number, Some((index, key)), why))?;
        }
        if parts.next().is_some() {
            return Err(refuse(line.number, None, Why::TooMany { most: KEYS.len() }));
        }
        let [target, minutes, dwell] = values;
        let segment = Segment { target, climb: Climb::Within(minutes * 60.0), hold_seconds: dwell * 60.0, until: None };
        builder.add(&segment).map_err(|wrong| named(&lines, wrong))?;
    }
    let profile = builder.finish(name).map_err(|wrong| named(&lines, wrong))?;
    Ok(Imported { profile, description: comment.filter(fits).map(Text::plain), left_out: LeftOut::default() })
}

fn named(lines: &Lines<'_>, wrong: Wrong) -> Refusal {
    let [target, climb, hold] = KEYS;
    let field = wrong.at.map(|(index, part)| match part {
        Part::Target => (index, target),
        Part::Climb => (index, climb),
        Part::Hold => (index, hold),
    });
    let line = field.and_then(|(index, _)| lines.clone().nth(index)).map_or(1, |line| line.number);
    refuse(line, field, wrong.why)
}
