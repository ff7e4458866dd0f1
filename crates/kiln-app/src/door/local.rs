//! The right of somebody who stands at the kiln.
//!
//! The ceiling of temperature, the type of sensor, the wiring of relays and the factory reset are not for whoever has a
//! token. A cable or the kiln's own access point proves nearness, while nothing is fired; a fresh code from the display
//! proves it at any time.

use kiln_core::units::Instant;

use super::codes::{Codes, Purpose};
use super::headers::Field;
use super::peer::Interface;
use super::refusal::Refusal;

/// How nearness was proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LocalBy {
    /// By USB cable or the set-up access point, with nothing fired.
    Interface,
    /// By a code from the display or the console.
    Code,
}

/// Judges nearness. A code that is sent is used up, or a try of it; one that is wrong refuses the request, even where
/// it was not needed.
///
/// # Errors
/// When a code is sent and is not right.
pub fn judge(
    codes: &mut Codes,
    code: Field<'_>,
    interface: Interface,
    idle: bool,
    now: Instant,
) -> Result<Option<LocalBy>, Refusal> {
    match code {
        Field::Once(text) => codes.take(Purpose::Local, text, now).map(|()| Some(LocalBy::Code)),
        Field::Malformed => Err(Refusal::HeaderMalformed),
        Field::Absent => Ok((idle && interface.is_at_the_kiln()).then_some(LocalBy::Interface)),
    }
}
