//! Requests by people about people's things: pairing, and what they note about a firing.

use super::open;
use super::ranges::{At, line, lines, optional_line};
use crate::bounded::Label;
use crate::json::Text;
use crate::refusal::Refusal;
use crate::why::Why;
use serde::Deserialize;

/// The longest name of a paired app or browser, in bytes.
pub const PAIRED_NAME_LONGEST: usize = 32;
/// The longest notes on a firing, in bytes.
pub const NOTES_LONGEST: usize = 500;
/// The longest cone result, in bytes.
pub const CONE_RESULT_LONGEST: usize = 64;

/// `POST /api/pair`: exchange the code that the kiln shows for a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairRequest {
    /// The six digits.
    pub code: [u8; 6],
    /// What the token is to be called.
    pub name: Label<PAIRED_NAME_LONGEST>,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
#[cfg_attr(feature = "schema", ts(rename = "PairRequest"), schemars(rename = "PairRequest"))]
#[serde(deny_unknown_fields)]
pub(crate) struct PairDoc<'d> {
    /// The six digits.
    #[serde(borrow)]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = "^[0-9]{6}$")))]
    code: Text<'d>,
    /// What the token is to be called, so that it can be told from the others.
    name: Text<'d>,
}

impl PairRequest {
    /// Reads the request.
    ///
    /// # Errors
    /// The first place that does not fit.
    pub fn parse(body: &[u8]) -> Result<Self, Refusal> {
        let document = open(body)?;
        let PairDoc { code, name } = document.read()?;
        Ok(Self { code: digits(code).at(&document, "code")?, name: line(name).at(&document, "name")? })
    }
}

fn digits(text: Text<'_>) -> Result<[u8; 6], Why> {
    let copy = text.copy::<6>().ok_or(Why::TextTooLong { most: 6 })?;
    let digits = <[u8; 6]>::try_from(copy.as_bytes()).map_err(|_| Why::Invalid)?;
    if digits.iter().all(u8::is_ascii_digit) { Ok(digits) } else { Err(Why::Invalid) }
}

/// `PATCH /api/runs/{id}`: what is noted about a firing. What is left out stays as it is; an empty text clears.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunPatch {
    /// What the firing was about, in the words of whoever fired.
    pub notes: Option<Label<NOTES_LONGEST>>,
    /// What the witness cones said.
    pub cone_result: Option<Label<CONE_RESULT_LONGEST>>,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
#[cfg_attr(feature = "schema", ts(rename = "RunPatch", optional_fields = nullable), schemars(rename = "RunPatch"))]
#[serde(deny_unknown_fields)]
pub(crate) struct RunPatchDoc<'d> {
    /// What the firing was about; at most 500 bytes, an empty text clears it.
    #[serde(borrow)]
    notes: Option<Text<'d>>,
    /// What the witness cones said; at most 64 bytes, an empty text clears it.
    cone_result: Option<Text<'d>>,
}

impl RunPatch {
    /// Reads the request.
    ///
    /// # Errors
    /// The first place that does not fit.
    pub fn parse(body: &[u8]) -> Result<Self, Refusal> {
        let document = open(body)?;
        let RunPatchDoc { notes, cone_result } = document.read()?;
        Ok(Self {
            notes: notes.map(lines).transpose().at(&document, "notes")?,
            cone_result: cone_result.map(optional_line).transpose().at(&document, "cone_result")?,
        })
    }
}
