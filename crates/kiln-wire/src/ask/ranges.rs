//! Holds what a document says to its range, and names the key it refuses.

use crate::bounded::Label;
use crate::figure::Quantity;
use crate::json::{Document, Place, Text};
use crate::refusal::Refusal;
use crate::why::Why;
use kiln_core::units::{Celsius, Millis};

/// A number from `least` to `most`, in the unit of the two.
pub(crate) fn between(value: f64, least: Quantity, most: Quantity) -> Result<f64, Why> {
    if value < least.value() {
        return Err(Why::TooLow { least });
    }
    if value > most.value() { Err(Why::TooHigh { most }) } else { Ok(value) }
}

/// A temperature from `least` to `most`.
pub(crate) fn celsius(value: f64, least: Celsius, most: Celsius) -> Result<Celsius, Why> {
    let value = between(value, Quantity::Temperature(least), Quantity::Temperature(most))?;
    Celsius::new(value).ok_or(Why::NotFinite)
}

/// A number of minutes, not negative, at most `most`.
pub(crate) fn minutes(value: f64, most: Millis) -> Result<Millis, Why> {
    let seconds = between(60.0 * value, Quantity::Time(Millis::ZERO), Quantity::Time(most))?;
    Millis::from_seconds_f64(seconds).ok_or(Why::TooHigh { most: Quantity::Time(most) })
}

/// A text of 1 to `N` bytes without control characters.
pub(crate) fn line<const N: usize>(text: Text<'_>) -> Result<Label<N>, Why> {
    if text.is_empty() { Err(Why::Empty) } else { optional_line(text) }
}

/// A text of at most `N` bytes without control characters.
pub(crate) fn optional_line<const N: usize>(text: Text<'_>) -> Result<Label<N>, Why> {
    if text.chars().any(char::is_control) {
        return Err(Why::ControlCharacter);
    }
    fitting(text)
}

/// A text of at most `N` bytes without control characters but line breaks and tabs.
pub(crate) fn lines<const N: usize>(text: Text<'_>) -> Result<Label<N>, Why> {
    let layout = |c| matches!(c, '\n' | '\r' | '\t');
    if text.chars().any(|c: char| c.is_control() && !layout(c)) {
        return Err(Why::ControlCharacter);
    }
    fitting(text)
}

fn fitting<const N: usize>(text: Text<'_>) -> Result<Label<N>, Why> {
    let copy = text.copy::<N>().ok_or(Why::TextTooLong { most: N })?;
    Ok(Label::cut(copy))
}

/// Gives a refusal of one key of a request its place.
pub(crate) trait At<T> {
    /// At the key of the whole document.
    fn at(self, document: &Document<'_>, key: &str) -> Result<T, Refusal>;
}

impl<T> At<T> for Result<T, Why> {
    fn at(self, document: &Document<'_>, key: &str) -> Result<T, Refusal> {
        self.map_err(|why| document.refuse(Place::WHOLE, Some(key), why))
    }
}
