//! The firing profile as a document: the door in, and the way out.
//!
//! ```json
//! {
//!   "format": 1,
//!   "name": "Bisque, cone 04",
//!   "description": "What it is for.",
//!   "temp_units": "c",
//!   "steps": [
//!     { "type": "ramp", "target_temp": 600, "desired_rate": 108, "min_rate": 20 },
//!     { "type": "ramp", "target_temp": 1046, "desired_rate": "full" },
//!     { "type": "hold", "target_temp": 1046, "duration": 600 },
//!     { "type": "hold", "target_temp": 1050, "until_cone": "04", "longest_s": 1800 },
//!     { "type": "cooling", "target_temp": 100 }
//!   ]
//! }
//! ```
//! | key | meaning |
//! |---|---|
//! | `format` | 1; absent means 1, which is how the reference controller's documents read; newer is refused |
//! | `name` | 1 to 64 bytes of UTF-8, no control characters |
//! | `description` | optional, at most 1,500 bytes, no control characters but line breaks and tabs |
//! | `temp_units` | `"c"` (default) or `"f"`: of every temperature and rate of the document |
//! | `steps` | 1 to 32 steps |
//! | `type` | `"ramp"`, `"hold"` or `"cooling"` |
//! | `target_temp` | what the step reaches or holds; optional only for cooling, which then has no end of its own |
//! | `desired_rate` | ramp only: degrees an hour, or `"full"` for as fast as the kiln can; absent means 100 °C/h whatever the units |
//! | `min_rate` | ramp only, optional: degrees an hour below which the firing is not worth going on with |
//! | `duration` | hold only: seconds |
//! | `until_cone` | hold only, in the place of `duration`: the hold ends when this cone, `"022"` to `"13"`, has fallen |
//! | `longest_s` | with `until_cone`: the hold ends after so many seconds, 60 at the least, whether the cone has fallen or not |
//!
//! An optional key is left out, never `null`. There are no other keys. Whether the kiln at hand may go that hot is
//! for whoever starts the firing: here only the limits of every kiln count (kiln_core::limits).

mod doc;
mod step;

pub use doc::{ConeDoc, ProfileDoc, RateDoc, StepDoc, StepType, TempUnits};
pub(crate) use step::refused;
pub use step::{DEFAULT_RATE, StepKey, StepRefusal};

use crate::json::{self, Document, DoesNotFit, Place, Text};
use crate::refusal::Refusal;
use crate::why::Why;
use doc::StepList;
use heapless::Vec;
use kiln_core::limits;
use kiln_core::profile::{Name, Profile, ProfileError, Step};

/// The longest profile document, in bytes.
pub const BYTES_MOST: u16 = 8192;
/// The newest format this program knows.
pub const FORMAT: u32 = 1;
/// The longest description, in bytes of UTF-8. Together with 32 steps of the longest numbers it fits [`BYTES_MOST`].
pub const DESCRIPTION_LONGEST: usize = 1500;

/// A profile document that was taken in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parsed<'d> {
    /// The profile, in °C and °C/h.
    pub profile: Profile,
    /// What its author says about it; borrowed from the document.
    pub description: Option<Text<'d>>,
}

/// Takes a profile document in.
///
/// # Errors
/// The first place that is wrong, by name and line, and why.
pub fn parse(bytes: &[u8]) -> Result<Parsed<'_>, Refusal> {
    let document = Document::open(bytes, BYTES_MOST)?;
    document.format(FORMAT)?;
    let head: ProfileDoc<'_, Place> = document.read()?;
    let name = name(head.name).map_err(|why| document.refuse(Place::WHOLE, Some("name"), why))?;
    if let Some(text) = head.description {
        describe(text).map_err(|why| document.refuse(Place::WHOLE, Some("description"), why))?;
    }
    // A match, not a chain: a profile is large, and every adapter on the way would hold a copy of it.
    match read_profile(&document, name, head.steps, head.temp_units) {
        Ok(profile) => Ok(Parsed { profile, description: head.description }),
        Err(refusal) => Err(refusal),
    }
}

/// Makes a profile of the list of steps at `list`.
pub(crate) fn read_profile(
    document: &Document<'_>,
    name: Name,
    list: Place,
    units: TempUnits,
) -> Result<Profile, Refusal> {
    let mut steps = StepVec::new();
    read_steps(document, list, units, &mut steps)?;
    Profile::new(name, &steps).map_err(|error| refuse_profile(document, list, &error))
}

/// Writes a profile as a document of the newest format, in °C, every rate spelled out.
///
/// A buffer of [`BYTES_MOST`] holds every profile whose description came in through [`parse`].
///
/// # Errors
/// The buffer is too small.
pub fn write<'b>(
    profile: &Profile,
    description: Option<Text<'_>>,
    buffer: &'b mut [u8],
) -> Result<&'b [u8], DoesNotFit> {
    let document = ProfileDoc {
        format: FORMAT,
        name: Text::plain(profile.name().as_str()),
        description,
        temp_units: TempUnits::C,
        steps: StepList(profile.steps()),
    };
    json::write(&document, buffer)
}

/// The name that a text gives.
pub(crate) fn name(text: Text<'_>) -> Result<Name, Why> {
    let most = Name::LONGEST;
    let copy = text.copy::<{ Name::LONGEST }>().ok_or(Why::TextTooLong { most })?;
    Name::new(&copy).ok_or(if copy.is_empty() { Why::Empty } else { Why::ControlCharacter })
}

fn describe(text: Text<'_>) -> Result<(), Why> {
    if text.len() > DESCRIPTION_LONGEST {
        return Err(Why::TextTooLong { most: DESCRIPTION_LONGEST });
    }
    let layout = |c| matches!(c, '\n' | '\r' | '\t');
    if text.chars().any(|c| c.is_control() && !layout(c)) { Err(Why::ControlCharacter) } else { Ok(()) }
}

/// The steps of a profile on their way in.
type StepVec = Vec<Step, { limits::STEPS_MOST }>;

/// Reads the steps one by one, so that only one is ever held in both forms.
#[inline(never)] // Its memory is given back before the profile is made.
fn read_steps(document: &Document<'_>, list: Place, units: TempUnits, steps: &mut StepVec) -> Result<(), Refusal> {
    let too_many = || document.refuse(list, None, Why::TooMany { most: limits::STEPS_MOST });
    let elements = document.elements(list)?;
    // Counted first: of a list that is too long, that is what the author needs to hear.
    if elements.clone().count() > limits::STEPS_MOST {
        return Err(too_many());
    }
    for place in elements {
        let step = Step::try_from(document.read_at::<StepDoc>(place)?.in_celsius(units));
        let step = step.map_err(|StepRefusal { key, why }| document.refuse(place, Some(key.word()), why))?;
        steps.push(step).map_err(|_| too_many())?;
    }
    Ok(())
}

/// Names the place in the document of what kiln-core refused.
fn refuse_profile(document: &Document<'_>, list: Place, error: &ProfileError) -> Refusal {
    let (key, why) = step::refused(error);
    let place = error.step.and_then(|index| document.elements(list).ok()?.nth(index));
    document.refuse(place.unwrap_or(list), key.map(StepKey::word), why)
}
