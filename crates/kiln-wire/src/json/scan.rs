//! Checks a document whole: grammar, depth, duplicate keys, finite numbers, trailing text.
//!
//! One pass, a frame for each open list or object, and the place of each key of the open objects: the work and the
//! memory are bounded by the limits here, whatever the document holds. Knows no key by name.

use super::cursor::Cursor;
use super::text::Text;
use crate::refusal::Path;
use crate::why::{Expected, Kind, Why};
use heapless::Vec;

/// The deepest that lists and objects may nest.
pub const DEPTH_MOST: usize = 8;
/// The most keys that open objects may have together.
pub const KEYS_MOST: usize = 128;

/// A refusal whose place has no name yet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Fault {
    pub(super) at: usize,
    pub(super) why: Why,
}

/// An open list or object.
#[derive(Clone, Copy, Debug)]
enum Frame {
    /// Where its keys begin among all keys, and where the running key stands.
    Object { keys: usize, key: Option<usize> },
    /// The running element.
    List { element: Option<usize> },
}

/// What may come next.
#[derive(Clone, Copy, Debug)]
enum Next {
    Value,
    ValueOrEnd,
    Key,
    KeyOrEnd,
    After,
}

/// A walk through a document.
#[derive(Debug)]
pub(super) struct Scanner<'d> {
    cursor: Cursor<'d>,
    frames: Vec<Frame, DEPTH_MOST>,
    keys: Vec<u16, KEYS_MOST>,
    #[cfg(test)]
    compared: usize,
}

impl<'d> Scanner<'d> {
    /// At the start of `text`, which has at most 65,535 bytes.
    pub(super) const fn new(text: &'d str) -> Self {
        Self {
            cursor: Cursor::new(text, 0),
            frames: Vec::new(),
            keys: Vec::new(),
            #[cfg(test)]
            compared: 0,
        }
    }

    /// Walks the whole document.
    pub(super) fn check(&mut self) -> Result<(), Fault> {
        self.walk(usize::MAX, true)
    }

    /// Walks until the token at `place` is the running one; stops early at a fault.
    pub(super) fn walk_to(&mut self, place: usize) {
        // A fault is no news here: the place of one is what is being named.
        let _named_already = self.walk(place, false);
    }

    /// Writes the name of the running place.
    pub(super) fn name(&self, path: &mut Path) {
        for frame in &self.frames {
            match frame {
                Frame::Object { key: Some(at), .. } => {
                    if let Ok(key) = Cursor::new(self.cursor.text(), *at).string() {
                        path.key(key.chars());
                    }
                }
                Frame::List { element: Some(index) } => path.element(*index),
                Frame::Object { key: None, .. } | Frame::List { element: None } => {}
            }
        }
    }

    fn walk(&mut self, until: usize, unique: bool) -> Result<(), Fault> {
        let mut next = Next::Value;
        loop {
            self.cursor.space();
            if self.cursor.at() > until {
                return Ok(());
            }
            next = match next {
                Next::Value => self.value(false)?,
                Next::ValueOrEnd => self.value(true)?,
                Next::Key => self.key(false, unique)?,
                Next::KeyOrEnd => self.key(true, unique)?,
                Next::After if self.cursor.peek().is_none() && self.frames.is_empty() => return Ok(()),
                Next::After => self.after()?,
            }
        }
    }

    fn value(&mut self, or_end: bool) -> Result<Next, Fault> {
        if or_end && self.cursor.eat(b']') {
            return Ok(self.close());
        }
        if let Some(Frame::List { element }) = self.frames.last_mut() {
            *element = Some(element.map_or(0, |index| index + 1));
        }
        match self.cursor.kind() {
            Some(Kind::Text) => self.cursor.string().map(drop)?,
            Some(Kind::Number) => self.number()?,
            Some(Kind::List) => return self.open(Frame::List { element: None }, Next::ValueOrEnd),
            Some(Kind::Object) => {
                return self.open(Frame::Object { keys: self.keys.len(), key: None }, Next::KeyOrEnd);
            }
            Some(Kind::Null) => self.cursor.word("null")?,
            Some(Kind::Bool) if self.cursor.peek() == Some(b't') => self.cursor.word("true")?,
            Some(Kind::Bool) => self.cursor.word("false")?,
            Some(Kind::WholeNumber | Kind::NumberOrWord) | None => return Err(self.no_value()),
        }
        Ok(Next::After)
    }

    /// The fault of something that is no value; what other languages write for a number gets its own.
    fn no_value(&self) -> Fault {
        let rest = self.cursor.text().get(self.cursor.at()..).unwrap_or("");
        if ["NaN", "nan", "Infinity", "inf"].iter().any(|word| rest.starts_with(word)) {
            return Fault { at: self.cursor.at(), why: Why::NotFinite };
        }
        self.cursor.expected(Expected::Value)
    }

    fn number(&mut self) -> Result<(), Fault> {
        let at = self.cursor.at();
        if self.cursor.text().get(at..).is_some_and(|rest| rest.starts_with("-Inf") || rest.starts_with("-inf")) {
            return Err(Fault { at, why: Why::NotFinite });
        }
        match self.cursor.number()?.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(()),
            _ => Err(Fault { at, why: Why::NotFinite }),
        }
    }

    fn key(&mut self, or_end: bool, unique: bool) -> Result<Next, Fault> {
        if or_end && self.cursor.eat(b'}') {
            return Ok(self.close());
        }
        let at = self.cursor.at();
        if self.cursor.peek() != Some(b'"') {
            return Err(self.cursor.expected(Expected::Key));
        }
        let text = self.cursor.string()?;
        let first = match self.frames.last_mut() {
            Some(Frame::Object { keys, key }) => {
                *key = Some(at);
                *keys
            }
            Some(Frame::List { .. }) | None => 0,
        };
        if unique {
            self.remember(text, at, first)?;
        }
        self.cursor.space();
        if self.cursor.eat(b':') { Ok(Next::Value) } else { Err(self.cursor.expected(Expected::Colon)) }
    }

    /// Compares the key at `at` with the keys of its object, from `first` on, and adds it to them.
    fn remember(&mut self, text: Text<'_>, at: usize, first: usize) -> Result<(), Fault> {
        for earlier in self.keys.iter().skip(first) {
            #[cfg(test)]
            {
                self.compared += text.len();
            }
            if Cursor::new(self.cursor.text(), usize::from(*earlier)).string().is_ok_and(|earlier| earlier == text) {
                return Err(Fault { at, why: Why::DuplicateKey });
            }
        }
        let kept = u16::try_from(at).ok().and_then(|at| self.keys.push(at).ok());
        kept.ok_or(Fault { at, why: Why::TooManyKeys { most: KEYS_MOST } })
    }

    fn after(&mut self) -> Result<Next, Fault> {
        match self.frames.last_mut() {
            None => Err(Fault { at: self.cursor.at(), why: Why::TrailingText }),
            Some(Frame::List { .. }) if self.cursor.eat(b',') => Ok(Next::Value),
            Some(Frame::List { .. }) if self.cursor.eat(b']') => Ok(self.close()),
            Some(Frame::Object { key, .. }) if self.cursor.eat(b',') => {
                *key = None;
                Ok(Next::Key)
            }
            Some(Frame::Object { .. }) if self.cursor.eat(b'}') => Ok(self.close()),
            Some(Frame::List { .. } | Frame::Object { .. }) => Err(self.cursor.expected(Expected::CommaOrEnd)),
        }
    }

    /// Goes into a list or object whose bracket is the next byte.
    fn open(&mut self, frame: Frame, next: Next) -> Result<Next, Fault> {
        let at = self.cursor.at();
        self.frames.push(frame).map_err(|_| Fault { at, why: Why::TooDeep { most: DEPTH_MOST } })?;
        let _bracket = self.cursor.eat(b'[') || self.cursor.eat(b'{');
        Ok(next)
    }

    fn close(&mut self) -> Next {
        if let Some(Frame::Object { keys, .. }) = self.frames.pop() {
            self.keys.truncate(keys);
        }
        Next::After
    }
}

#[cfg(test)]
mod tests {
    use super::super::Document;
    use super::*;
    use std::string::{String, ToString};
    use std::vec::Vec as List;
    use std::{format, vec};

    const MOST: u16 = 8192;

    /// Refused for the reason with the code `why`, after going no farther than `farthest`.
    fn check(document: &str, why: &str, farthest: usize) {
        let refusal = Document::open(document.as_bytes(), MOST).unwrap_err();
        assert_eq!(refusal.why.code(), why, "{refusal}");
        let mut scanner = Scanner::new(document.get(..usize::from(MOST)).unwrap_or(document));
        assert!(scanner.check().is_err());
        let at = scanner.cursor.at();
        assert!(at <= farthest, "{why} after {at} bytes");
    }

    #[test]
    fn megabytes_cost_no_more_than_the_limit() {
        let megabytes = |text: &str| text.repeat(8 * 1024 * 1024 / text.len());
        let most = usize::from(MOST);
        let cases = [
            ("[", "too_deep", DEPTH_MOST),
            ("{\"a\":", "too_deep", 5 * DEPTH_MOST),
            ("[{\"a\":", "too_deep", 6 * DEPTH_MOST),
            ("]", "syntax", 0),
            ("{", "syntax", 1),
            ("[]", "trailing_text", 2),
            (" ", "too_large", most),
            ("\"", "trailing_text", 2),
            ("\\", "syntax", 0),
            ("9", "not_finite", most),
            ("-", "syntax", 1),
            ("0", "trailing_text", 1),
        ];
        for (text, why, farthest) in cases {
            check(&megabytes(text), why, farthest);
        }
        for (start, text) in [("\"", "a"), ("\"", "\\\\"), ("\"", "\\u00e9"), ("[0", ",0"), ("[[]", ",[]"), ("[0", " ")]
        {
            check(&format!("{start}{}", megabytes(text)), "too_large", most);
        }
    }

    #[test]
    fn comparing_keys_is_bounded() {
        // As many and as long keys as fit, alike but for their ends.
        let keys: List<String> = (0..KEYS_MOST).map(|index| format!("\"{}{index:03}\":0", "k".repeat(55))).collect();
        let document = format!("{{{}}}", keys.join(","));
        assert!(document.len() <= usize::from(MOST));
        let mut scanner = Scanner::new(&document);
        assert_eq!(scanner.check(), Ok(()));
        assert!(scanner.compared <= KEYS_MOST * usize::from(MOST) / 2, "{}", scanner.compared);
        let twice = document.replace("127\"", "126\"");
        assert_eq!(Document::open(twice.as_bytes(), MOST).unwrap_err().why, Why::DuplicateKey);
    }

    #[test]
    fn keys_count_while_their_object_is_open() {
        let object = |count: usize| {
            let keys: List<String> = (0..count).map(|index| format!("\"{index}\":0")).collect();
            format!("{{{}}}", keys.join(","))
        };
        let list = format!("[{}]", vec![object(KEYS_MOST); 3].join(","));
        assert_eq!(Document::open(list.as_bytes(), MOST).map(|_| ()), Ok(()));
        let nested = format!("{{\"a\":{}}}", object(KEYS_MOST));
        let refusal = Document::open(nested.as_bytes(), MOST).unwrap_err();
        assert_eq!((refusal.path.as_str(), refusal.why.code()), ("a.127", "too_many_keys"));
        // The same key in another object is another key.
        assert!(Document::open(b"{\"a\":{\"a\":{}},\"b\":[{\"a\":0},{\"a\":0}]}", MOST).is_ok());
        assert_eq!(
            Document::open(b"[{\"a\":0},{\"b\":0,\"b\":0}]", MOST).unwrap_err().path.as_str().to_string(),
            "[1].b"
        );
    }
}
