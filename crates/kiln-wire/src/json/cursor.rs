//! Walks over the tokens of a JSON text, one at a time.
//!
//! Knows the grammar of white space, texts, numbers and words (RFC 8259), nothing of how they nest. Every walk goes
//! forward only, and looks at each byte once.

use super::scan::Fault;
use super::text::{self, Text};
use crate::why::{Expected, Kind, Why};

/// A place in a JSON text.
#[derive(Clone, Debug)]
pub(super) struct Cursor<'d> {
    text: &'d str,
    at: usize,
}

impl<'d> Cursor<'d> {
    pub(super) const fn new(text: &'d str, at: usize) -> Self {
        Self { text, at }
    }

    pub(super) const fn at(&self) -> usize {
        self.at
    }

    pub(super) const fn text(&self) -> &'d str {
        self.text
    }

    /// The next byte; `None` at the end.
    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Goes over the next byte if it is `byte`.
    pub(super) fn eat(&mut self, byte: u8) -> bool {
        let is = self.peek() == Some(byte);
        self.at += usize::from(is);
        is
    }

    /// Goes over white space.
    pub(super) fn space(&mut self) {
        self.eat_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
    }

    /// The kind of the value that begins here; for no value at all, `None`.
    pub(super) fn kind(&self) -> Option<Kind> {
        match self.peek()? {
            b'n' => Some(Kind::Null),
            b't' | b'f' => Some(Kind::Bool),
            b'-' | b'0'..=b'9' => Some(Kind::Number),
            b'"' => Some(Kind::Text),
            b'[' => Some(Kind::List),
            b'{' => Some(Kind::Object),
            _ => None,
        }
    }

    /// A fault here: something else should have come.
    pub(super) const fn expected(&self, expected: Expected) -> Fault {
        Fault { at: self.at, why: Why::Syntax { expected } }
    }

    /// Goes over a text in double quotes.
    pub(super) fn string(&mut self) -> Result<Text<'d>, Fault> {
        if !self.eat(b'"') {
            return Err(self.expected(Expected::Quote));
        }
        let start = self.at;
        loop {
            match self.peek() {
                None => return Err(self.expected(Expected::Quote)),
                Some(b'"') => {
                    let inside = self.text.get(start..self.at).unwrap_or("");
                    self.at += 1;
                    return Ok(Text::escaped(inside));
                }
                Some(b'\\') => {
                    let rest = self.text.get(self.at..).unwrap_or("");
                    match text::unescape(rest) {
                        Some((_, after)) => self.at += rest.len() - after.len(),
                        // The text may end within the escape: then it is the end that is at fault.
                        None if text::may_go_on(rest) => {
                            return Err(Fault { at: self.text.len(), why: Why::Syntax { expected: Expected::Quote } });
                        }
                        None => return Err(self.expected(Expected::Escape)),
                    }
                }
                Some(0..0x20) => return Err(Fault { at: self.at, why: Why::ControlCharacter }),
                Some(_) => self.at += 1,
            }
        }
    }

    /// Goes over a number and gives its text; whether it is finite is not looked at.
    pub(super) fn number(&mut self) -> Result<&'d str, Fault> {
        let start = self.at;
        self.eat(b'-');
        if !self.eat(b'0') {
            self.digits()?;
        }
        if self.eat(b'.') {
            self.digits()?;
        }
        if self.eat(b'e') || self.eat(b'E') {
            let _signed = self.eat(b'+') || self.eat(b'-');
            self.digits()?;
        }
        Ok(self.text.get(start..self.at).unwrap_or(""))
    }

    /// Goes over one of the words of JSON.
    pub(super) fn word(&mut self, word: &str) -> Result<(), Fault> {
        let rest = self.text.get(self.at..).unwrap_or("");
        if rest.starts_with(word) {
            self.at += word.len();
            return Ok(());
        }
        let at = if word.starts_with(rest) { self.text.len() } else { self.at };
        Err(Fault { at, why: Why::Syntax { expected: Expected::Value } })
    }

    /// Goes over a value of a checked text, lists and objects whole.
    pub(super) fn skip(&mut self) -> Result<(), Fault> {
        let mut depth = 0_usize;
        loop {
            self.space();
            match self.peek() {
                Some(b'"') => {
                    self.string()?;
                }
                Some(b'[' | b'{') => {
                    depth += 1;
                    self.at += 1;
                }
                Some(b']' | b'}') => {
                    depth = depth.saturating_sub(1);
                    self.at += 1;
                }
                Some(b',' | b':') if depth > 0 => self.at += 1,
                Some(_) => self.eat_while(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'z' | b'E' | b'+' | b'-' | b'.')),
                None => return Err(self.expected(Expected::Value)),
            }
            if depth == 0 {
                return Ok(());
            }
        }
    }

    fn digits(&mut self) -> Result<(), Fault> {
        let start = self.at;
        self.eat_while(|byte| byte.is_ascii_digit());
        if self.at == start { Err(self.expected(Expected::Digit)) } else { Ok(()) }
    }

    fn eat_while(&mut self, wanted: impl Fn(u8) -> bool) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or(&[]);
        self.at += rest.iter().take_while(|byte| wanted(**byte)).count();
    }
}
