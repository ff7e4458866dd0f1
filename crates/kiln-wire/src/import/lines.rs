//! A text file line by line: what is not empty and not a comment, with its number.

use super::BYTES_MOST;
use crate::refusal::{Path, Refusal};
use crate::why::{Kind, Why};

/// A line of a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'d> {
    /// Counted from 1.
    pub(super) number: u32,
    /// Without its comment and the white space around it.
    pub(super) text: &'d str,
}

/// The lines of a file that say something.
#[derive(Clone, Debug)]
pub(super) struct Lines<'d> {
    rest: &'d str,
    number: u32,
}

impl<'d> Lines<'d> {
    /// Takes a text of at most [`BYTES_MOST`] bytes; a byte-order mark before it is skipped.
    pub(super) fn open(bytes: &'d [u8]) -> Result<Self, Refusal> {
        if let Some(head) = bytes.get(..usize::from(BYTES_MOST)).filter(|head| head.len() < bytes.len()) {
            return Err(refuse(line_of(head), None, Why::TooLarge { most: usize::from(BYTES_MOST) }));
        }
        match core::str::from_utf8(bytes) {
            Ok(text) => Ok(Self { rest: text.strip_prefix('\u{FEFF}').unwrap_or(text), number: 0 }),
            Err(error) => {
                let head = bytes.get(..error.valid_up_to()).unwrap_or(bytes);
                Err(refuse(line_of(head), None, Why::NotUtf8))
            }
        }
    }

    /// The first comment, without its mark.
    pub(super) fn first_comment(&self) -> Option<&'d str> {
        let comment = self.rest.lines().find_map(|line| line.trim().strip_prefix('#'));
        comment.map(str::trim).filter(|comment| !comment.is_empty())
    }
}

impl<'d> Iterator for Lines<'d> {
    type Item = Line<'d>;

    fn next(&mut self) -> Option<Line<'d>> {
        while !self.rest.is_empty() {
            let (line, rest) = self.rest.split_once('\n').unwrap_or((self.rest, ""));
            self.rest = rest;
            self.number = self.number.saturating_add(1);
            let text = line.split('#').next().unwrap_or("").trim();
            if !text.is_empty() {
                return Some(Line { number: self.number, text });
            }
        }
        None
    }
}

/// The line in which `head` ends.
fn line_of(head: &[u8]) -> u32 {
    u32::try_from(head.split(|byte| *byte == b'\n').count()).unwrap_or(u32::MAX)
}

/// A refusal of a line, or of a field of the segment with that index.
pub(super) fn refuse(line: u32, field: Option<(usize, &str)>, why: Why) -> Refusal {
    let mut path = Path::default();
    if let Some((index, key)) = field {
        path.key("segments".chars());
        path.element(index);
        path.key(key.chars());
    }
    Refusal { path, line, why }
}

/// A plain decimal number.
pub(super) fn number(text: &str) -> Result<f64, Why> {
    let text = text.trim();
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+'));
    let not_a_number = super::wrong(Kind::Number, Kind::Text);
    match text.parse::<f64>() {
        _ if text.is_empty() => Err(Why::Missing),
        _ if !plain => Err(not_a_number),
        Ok(value) if value.is_finite() => Ok(value),
        Ok(_) => Err(Why::NotFinite),
        Err(_) => Err(not_a_number),
    }
}
