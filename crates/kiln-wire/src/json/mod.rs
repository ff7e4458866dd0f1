//! JSON in and out, bounded: what comes in is checked whole before any of it is believed.
//!
//! [`Document::open`] is the door for every document: size, UTF-8, grammar, depth, duplicate keys, numbers, trailing
//! text. After it, [`Document::read`] makes serde types of the document or names the place that does not fit. Why the
//! reading half is our own and the writing half is serde-json-core's: docs/decisions/0003-json-door.md.

mod cursor;
mod de;
mod scan;
mod text;

pub use de::{Place, number_or_word};
pub use scan::{DEPTH_MOST, KEYS_MOST};
pub use text::Text;

use crate::refusal::{Path, Refusal};
use crate::why::{Kind, Why};
use de::Reader;
use scan::{Fault, Scanner};
use serde::{Deserialize, Serialize};

/// A document that is well-formed JSON within the limits.
#[derive(Clone, Copy, Debug)]
pub struct Document<'d> {
    text: &'d str,
}

impl<'d> Document<'d> {
    /// Takes a document of at most `most` bytes (and never more than 65,535). A byte-order mark before it is skipped:
    /// Windows editors write one, and RFC 8259 section 8.1 lets a reader ignore it.
    ///
    /// Looks at no more than `most` bytes, once, whatever they hold.
    ///
    /// # Errors
    /// The first place that is not JSON, is a duplicate key, or passes a limit.
    pub fn open(bytes: &'d [u8], most: u16) -> Result<Self, Refusal> {
        let most = usize::from(most);
        let head = bytes.get(..most).unwrap_or(bytes);
        let cut = head.len() < bytes.len();
        let (text, broken) = match core::str::from_utf8(head) {
            Ok(text) => (text, false),
            // A character that the cut goes through is not an error of the document.
            Err(error) => (valid(head, error.valid_up_to()), !(cut && error.error_len().is_none())),
        };
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let end = text.len();
        let verdict = Scanner::new(text).check();
        match verdict {
            // A fault at the very end is the fault of whatever ended the text there.
            Err(fault) if fault.at < end => Err(refusal(text, &fault)),
            _ if broken => Err(refusal(text, &Fault { at: end, why: Why::NotUtf8 })),
            _ if cut => Err(refusal(text, &Fault { at: end, why: Why::TooLarge { most } })),
            Err(fault) => Err(refusal(text, &fault)),
            Ok(()) => Ok(Self { text }),
        }
    }

    /// The document's format: its key `format`, 1 where there is none.
    ///
    /// # Errors
    /// A format newer than `known`, or one that is no whole number.
    pub fn format(&self, known: u32) -> Result<u32, Refusal> {
        let Some(place) = self.member(Place::WHOLE, "format") else {
            return Ok(1);
        };
        let found = self.read_at::<u32>(place)?;
        if found > known {
            return Err(self.refuse(place, None, Why::NewerFormat { found, known }));
        }
        if found == 0 {
            return Err(self.refuse(place, None, Why::TooLow { least: crate::figure::Quantity::Count(1) }));
        }
        Ok(found)
    }

    /// Reads the whole document as a `T`.
    ///
    /// # Errors
    /// The first place that does not fit.
    pub fn read<T: Deserialize<'d>>(&self) -> Result<T, Refusal> {
        self.read_at(Place::WHOLE)
    }

    /// Reads the value at `place` as a `T`.
    ///
    /// # Errors
    /// The first place that does not fit.
    pub fn read_at<T: Deserialize<'d>>(&self, place: Place) -> Result<T, Refusal> {
        let mut reader = Reader::new(self.text, place);
        T::deserialize(&mut reader).map_err(|error| {
            let error = error.or_at(place);
            self.refuse(error.place.unwrap_or(place), error.missing, error.why)
        })
    }

    /// The elements of the list at `place`.
    ///
    /// # Errors
    /// There is no list.
    pub fn elements(&self, place: Place) -> Result<impl Iterator<Item = Place> + Clone + use<'d>, Refusal> {
        let mut reader = Reader::new(self.text, place);
        let found = reader.kind();
        if found == Kind::List {
            return Ok(reader.into_elements());
        }
        Err(self.refuse(place, None, Why::WrongType { expected: Kind::List, found }))
    }

    /// The value under `key` of the object at `place`, if both are there.
    pub fn member(&self, place: Place, key: &str) -> Option<Place> {
        Reader::new(self.text, place).member(key)
    }

    /// The kind of the value at `place`.
    pub fn kind(&self, place: Place) -> Kind {
        Reader::new(self.text, place).kind()
    }

    /// The keys of the object at `place` with the places of their values.
    ///
    /// # Errors
    /// There is no object.
    pub fn object(&self, place: Place) -> Result<impl Iterator<Item = (Text<'d>, Place)> + use<'d>, Refusal> {
        let found = self.kind(place);
        if found == Kind::Object {
            return Ok(Reader::new(self.text, place).into_members());
        }
        Err(self.refuse(place, None, Why::WrongType { expected: Kind::Object, found }))
    }

    /// A refusal of the value at `place`, or of its member `key` whether it is there or not.
    pub fn refuse(&self, place: Place, key: Option<&str>, why: Why) -> Refusal {
        if let Some(member) = key.and_then(|key| self.member(place, key)) {
            return refusal(self.text, &Fault { at: member.start(), why });
        }
        let mut refusal = refusal(self.text, &Fault { at: place.start(), why });
        if let Some(key) = key {
            refusal.path.key(key.chars());
        }
        refusal
    }
}

/// Names the place of a fault.
#[inline(never)] // One frame for the walk, however many places refuse.
fn refusal(text: &str, fault: &Fault) -> Refusal {
    let mut path = Path::default();
    let mut scanner = Scanner::new(text);
    scanner.walk_to(fault.at);
    scanner.name(&mut path);
    let before = text.as_bytes().iter().take(fault.at);
    let breaks = before.filter(|byte| **byte == b'\n').count();
    Refusal { path, line: u32::try_from(breaks).map_or(u32::MAX, |breaks| breaks.saturating_add(1)), why: fault.why }
}

/// The part of `bytes` that is known to be UTF-8.
fn valid(bytes: &[u8], up_to: usize) -> &str {
    bytes.get(..up_to).and_then(|bytes| core::str::from_utf8(bytes).ok()).unwrap_or("")
}

/// The buffer is too small for the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DoesNotFit;

/// Writes `value` as JSON into `buffer` and gives the part that was written.
///
/// # Errors
/// The buffer is too small.
pub fn write<'b>(value: &impl Serialize, buffer: &'b mut [u8]) -> Result<&'b [u8], DoesNotFit> {
    let len = serde_json_core::to_slice(value, buffer).map_err(|_| DoesNotFit)?;
    buffer.get(..len).ok_or(DoesNotFit)
}
