//! The name a profile goes by, of bounded length.

use core::fmt;

/// A name of 1 to 64 bytes of UTF-8 without control characters.
///
/// A label: nothing is decided by it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Name {
    bytes: [u8; Name::LONGEST],
    len: usize,
}

impl Name {
    /// The longest name, in bytes.
    pub const LONGEST: usize = 64;

    /// Takes a name; `None` if it is empty, too long or holds control characters.
    pub fn new(text: &str) -> Option<Self> {
        if text.is_empty() || text.chars().any(char::is_control) {
            return None;
        }
        let mut bytes = [0; Self::LONGEST];
        bytes.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
        Some(Self { bytes, len: text.len() })
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        self.bytes.get(..self.len).and_then(|bytes| core::str::from_utf8(bytes).ok()).unwrap_or("")
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kept_whole_or_refused() {
        let long = "é".repeat(32);
        for good in ["Bisque 04", "Émail cône 6", long.as_str()] {
            assert_eq!(Name::new(good).as_ref().map(Name::as_str), Some(good));
        }
        for bad in ["", "two\nlines", &"é".repeat(33), "nul\0"] {
            assert!(Name::new(bad).is_none(), "{bad:?}");
        }
    }
}
