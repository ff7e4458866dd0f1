//! A refused document: the place, by name and line, and the reason.
//!
//! Knows nothing of HTTP status, exit status or screen: whoever holds the refusal decides what to do with it.

use crate::why::Why;
use core::fmt::{self, Write};

/// Where a document was refused, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// The place by name, as `steps[3].target_temp`; empty for the document as a whole.
    pub path: Path,
    /// The line of the text, counted from 1.
    pub line: u32,
    /// The reason.
    pub why: Why,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.path.as_str().is_empty() { "document" } else { self.path.as_str() };
        write!(f, "{place} (line {}): {}", self.line, self.why)
    }
}

impl core::error::Error for Refusal {}

/// A place in a document by name, safe to print: keys are cut at 32 characters, control characters replaced.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Path {
    text: heapless::String<{ Path::LONGEST }>,
    cut: bool,
}

impl Path {
    /// The most bytes of a path; a longer one ends in an ellipsis.
    pub const LONGEST: usize = 64;
    const KEY_LONGEST: usize = 32;
    const ELLIPSIS: char = '…';

    /// The path of a place that the document itself does not have.
    pub(crate) fn of(path: &str) -> Self {
        let mut made = Self::default();
        path.chars().for_each(|c| made.add(c));
        made
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Goes down into a key.
    pub(crate) fn key(&mut self, key: impl Iterator<Item = char>) {
        if !self.text.is_empty() {
            self.add('.');
        }
        for (index, c) in key.enumerate() {
            if index == Self::KEY_LONGEST {
                self.add(Self::ELLIPSIS);
                break;
            }
            self.add(if c.is_control() { char::REPLACEMENT_CHARACTER } else { c });
        }
    }

    /// Goes down into an element, counted from 0.
    pub(crate) fn element(&mut self, index: usize) {
        let mut text = heapless::String::<24>::new();
        // 24 bytes hold the brackets and the digits of any usize.
        if write!(text, "[{index}]").is_ok() {
            text.chars().for_each(|c| self.add(c));
        }
    }

    fn add(&mut self, c: char) {
        if self.cut {
            return;
        }
        let room = Self::LONGEST - self.text.len();
        self.cut = c.len_utf8() + Self::ELLIPSIS.len_utf8() > room;
        let kept = if self.cut { Self::ELLIPSIS } else { c };
        // There is always room for the ellipsis; were there not, the path would end here.
        self.cut |= self.text.push(kept).is_err();
    }
}
