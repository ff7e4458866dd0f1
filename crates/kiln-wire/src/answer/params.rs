//! The figures of an answer, under names that carry their units.

use crate::figure::{Param, ParamValue};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// The most figures that go with one answer.
const MOST: usize = 4;

/// Figures by name, in their order.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Params(heapless::Vec<Param, MOST>);

impl Params {
    /// No figures.
    pub const NONE: Self = Self(heapless::Vec::new());

    /// The first four of the figures.
    pub fn of(figures: impl IntoIterator<Item = Param>) -> Self {
        Self(figures.into_iter().take(MOST).collect())
    }

    /// The same with one more, if there is room.
    pub fn with(mut self, name: &'static str, value: ParamValue) -> Self {
        // Four are as many as any answer has; a fifth would only go unsaid.
        match self.0.push(Param { name, value }) {
            Ok(()) | Err(_) => self,
        }
    }

    /// The figures, in their order.
    pub fn iter(&self) -> impl Iterator<Item = &Param> {
        self.0.iter()
    }
}

impl Serialize for Params {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for Param { name, value } in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl Serialize for ParamValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Count(count) => count.serialize(serializer),
            Self::Number(number) => number.serialize(serializer),
            Self::Word(word) => word.serialize(serializer),
            Self::Words(words) => words.serialize(serializer),
            Self::Numbers(numbers) => numbers.serialize(serializer),
        }
    }
}
