//! Texts and lists of bounded length, as outgoing documents hold them.
//!
//! No allocation: what is longer is cut at a character, or not taken. What a text says is not looked at.

use core::cell::Cell;
use core::fmt::{self, Write};
use core::ops::Deref;
use serde::ser::{Serialize, SerializeSeq, Serializer};

/// A text of at most `N` bytes of UTF-8.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Label<const N: usize>(heapless::String<N>);

impl<const N: usize> Label<N> {
    /// No text.
    pub const EMPTY: Self = Self(heapless::String::new());

    /// Takes a text; `None` if it is longer than `N` bytes.
    pub fn new(text: &str) -> Option<Self> {
        heapless::String::try_from(text).ok().map(Self)
    }

    /// What `value` shows as, cut after the last character that fits.
    pub fn cut(value: impl fmt::Display) -> Self {
        let mut cut = Cut { text: heapless::String::new(), full: false };
        // The writer takes everything and never fails; what it leaves out is what did not fit.
        match write!(cut, "{value}") {
            Ok(()) | Err(fmt::Error) => Self(cut.text),
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Takes characters until one does not fit.
struct Cut<const N: usize> {
    text: heapless::String<N>,
    full: bool,
}

impl<const N: usize> Write for Cut<N> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for c in text.chars() {
            self.full = self.full || self.text.push(c).is_err();
        }
        Ok(())
    }
}

impl<const N: usize> fmt::Debug for Label<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl<const N: usize> fmt::Display for Label<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl<const N: usize> Serialize for Label<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// At most `N` values in their order.
#[derive(Clone, Debug, PartialEq)]
pub struct List<T, const N: usize>(heapless::Vec<T, N>);

impl<T, const N: usize> Default for List<T, N> {
    fn default() -> Self {
        Self(heapless::Vec::new())
    }
}

impl<T, const N: usize> List<T, N> {
    /// Adds a value at the end.
    ///
    /// # Errors
    /// The value, when the list is full.
    pub fn push(&mut self, value: T) -> Result<(), T> {
        self.0.push(value)
    }

    /// The first `N` of the values.
    pub fn first_of(values: impl IntoIterator<Item = T>) -> Self {
        Self(values.into_iter().take(N).collect())
    }
}

impl<T, const N: usize> Deref for List<T, N> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T: Serialize, const N: usize> Serialize for List<T, N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.0.len()))?;
        for value in &self.0 {
            list.serialize_element(value)?;
        }
        list.end()
    }
}

/// Values that are written as a list while they are made, so that the list is never held; once.
pub struct Once<I>(Cell<Option<I>>);

impl<I> Once<I> {
    /// The values to be written.
    pub const fn new(values: I) -> Self {
        Self(Cell::new(Some(values)))
    }

    /// The values, for whoever writes them one by one; `None` when they have been written.
    pub fn into_values(self) -> Option<I> {
        self.0.into_inner()
    }
}

impl<I> fmt::Debug for Once<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Once").finish_non_exhaustive()
    }
}

/// Written a second time, the list is empty.
impl<I: Iterator<Item: Serialize>> Serialize for Once<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        for value in self.0.take().into_iter().flatten() {
            list.serialize_element(&value)?;
        }
        list.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_at_a_character() {
        let cases = [("", ""), ("abcd", "abcd"), ("abcde", "abcd"), ("abcé", "abc"), ("ééé", "éé")];
        for (given, kept) in cases {
            assert_eq!(Label::<4>::cut(given).as_str(), kept);
            assert_eq!(Label::<4>::new(given).is_some(), given == kept, "{given}");
        }
        assert_eq!(Label::<4>::cut("abcéd").as_str(), "abc", "nothing after what did not fit");
    }

    #[test]
    fn lists_are_cut() {
        let list = List::<u8, 2>::first_of([1, 2, 3]);
        assert_eq!(&*list, [1, 2]);
    }
}
