//! A text as it stands in a document, its escapes read on the way out.
//!
//! Borrows the document, so that a text of any length costs no memory. Lone halves of surrogate pairs stand for no
//! character and are refused (RFC 8259 section 8.2 leaves them open).

use core::fmt::{self, Write};
use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};

/// A text of a document.
#[derive(Clone, Copy)]
pub struct Text<'d> {
    inside: &'d str,
    escaped: bool,
}

impl<'d> Text<'d> {
    /// The name under which a reader hands over a text undecoded.
    pub(super) const TOKEN: &'static str = "kiln-wire text";

    /// A text of this program's own.
    pub const fn plain(text: &'d str) -> Self {
        Self { inside: text, escaped: false }
    }

    /// What stood between the double quotes.
    pub(super) fn escaped(inside: &'d str) -> Self {
        Self { inside, escaped: inside.contains('\\') }
    }

    /// What stood between the double quotes, escapes and all.
    pub(super) const fn inside(self) -> &'d str {
        self.inside
    }

    /// The text itself, if it has no escapes.
    pub(super) const fn whole(self) -> Option<&'d str> {
        if self.escaped { None } else { Some(self.inside) }
    }

    /// The characters.
    pub fn chars(self) -> impl Iterator<Item = char> + Clone + use<'d> {
        let mut rest = self.inside;
        core::iter::from_fn(move || {
            if self.escaped && rest.starts_with('\\') {
                let (c, after) = unescape(rest)?;
                rest = after;
                return Some(c);
            }
            let mut chars = rest.chars();
            let c = chars.next();
            rest = chars.as_str();
            c
        })
    }

    /// The length in bytes of UTF-8.
    pub fn len(self) -> usize {
        self.chars().map(char::len_utf8).sum()
    }

    /// Whether there is nothing in it.
    pub const fn is_empty(self) -> bool {
        self.inside.is_empty()
    }

    /// The text in a buffer of `N` bytes; `None` if it does not fit.
    pub fn copy<const N: usize>(self) -> Option<heapless::String<N>> {
        let mut copy = heapless::String::new();
        self.chars().try_for_each(|c| copy.push(c)).ok()?;
        Some(copy)
    }
}

/// Reads the escape that `text` begins with: its character, and what comes after.
pub(super) fn unescape(text: &str) -> Option<(char, &str)> {
    let rest = text.strip_prefix('\\')?;
    let mut chars = rest.chars();
    let c = match chars.next()? {
        c @ ('"' | '\\' | '/') => c,
        'b' => '\u{8}',
        'f' => '\u{C}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => return unicode(chars.as_str()),
        _ => return None,
    };
    Some((c, chars.as_str()))
}

/// Whether the end of `text` cut an escape off that could have been valid.
pub(super) fn may_go_on(text: &str) -> bool {
    // The longest escape is a surrogate pair.
    const SHAPE: [&[u8]; 12] = [b"\\", b"u", HEX, HEX, HEX, HEX, b"\\", b"u", HEX, HEX, HEX, HEX];
    text.len() < SHAPE.len() && text.bytes().zip(SHAPE).all(|(byte, allowed)| allowed.contains(&byte))
}

const HEX: &[u8] = b"0123456789abcdefABCDEF";

/// Reads what follows `\u`: four digits, or a surrogate pair.
fn unicode(rest: &str) -> Option<(char, &str)> {
    let (first, rest) = unit(rest)?;
    if let Some(c) = char::from_u32(u32::from(first)) {
        return Some((c, rest));
    }
    let (second, rest) = unit(rest.strip_prefix("\\u")?)?;
    let c = char::decode_utf16([first, second]).next()?.ok()?;
    Some((c, rest))
}

fn unit(text: &str) -> Option<(u16, &str)> {
    let (digits, rest) = text.split_at_checked(4)?;
    let all_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    if all_hex { Some((u16::from_str_radix(digits, 16).ok()?, rest)) } else { None }
}

impl PartialEq for Text<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.chars().eq(other.chars())
    }
}

impl Eq for Text<'_> {}

impl PartialEq<str> for Text<'_> {
    fn eq(&self, other: &str) -> bool {
        self.chars().eq(other.chars())
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.chars().try_for_each(|c| f.write_char(c))
    }
}

impl fmt::Debug for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}

impl Serialize for Text<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.whole() {
            Some(text) => serializer.serialize_str(text),
            None => serializer.collect_str(self),
        }
    }
}

impl<'de: 'd, 'd> Deserialize<'de> for Text<'d> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Inside;
        impl<'de> Visitor<'de> for Inside {
            type Value = Text<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }
            fn visit_borrowed_str<E: Error>(self, inside: &'de str) -> Result<Text<'de>, E> {
                Ok(Text::escaped(inside))
            }
        }
        deserializer.deserialize_newtype_struct(Self::TOKEN, Inside)
    }
}
