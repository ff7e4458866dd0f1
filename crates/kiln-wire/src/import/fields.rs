//! The members of a JSON object of a foreign format, taken one by one; what nobody takes is left out by name.

use super::LeftOut;
use crate::json::{Document, Place, Text};
use crate::refusal::Refusal;
use crate::why::Why;
use core::fmt;
use heapless::Vec;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

/// The most members an object may have.
const MEMBERS_MOST: usize = 24;

/// The members of an object that were not taken yet.
struct Members<'d>(Vec<(Text<'d>, Place), MEMBERS_MOST>);

impl<'de: 'd, 'd> Deserialize<'de> for Members<'d> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct All;
        impl<'de> Visitor<'de> for All {
            type Value = Members<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member).map_err(|_| A::Error::custom(MEMBERS_MOST))?;
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(All)
    }
}

/// An object whose members are taken by key.
pub(super) struct Fields<'a, 'd> {
    document: &'a Document<'d>,
    object: Place,
    members: Members<'d>,
}

impl<'a, 'd> Fields<'a, 'd> {
    /// The object at `place`.
    pub(super) fn open(document: &'a Document<'d>, place: Place) -> Result<Self, Refusal> {
        Ok(Self { document, object: place, members: document.read_at(place)? })
    }

    /// The place of a member, which then counts as taken. `null` is a member that is not there.
    pub(super) fn take(&mut self, key: &str) -> Result<Option<Place>, Refusal> {
        let Some(index) = self.members.0.iter().position(|(name, _)| *name == *key) else { return Ok(None) };
        let (_, place) = self.members.0.swap_remove(index);
        let null = self.document.read_at::<Option<serde::de::IgnoredAny>>(place)?.is_none();
        Ok((!null).then_some(place))
    }

    /// The number under a key.
    pub(super) fn number(&mut self, key: &str) -> Result<Option<f64>, Refusal> {
        self.take(key)?.map(|place| self.document.read_at(place)).transpose()
    }

    /// The number under a key that must be there.
    pub(super) fn needed(&mut self, key: &str) -> Result<f64, Refusal> {
        self.number(key)?.ok_or_else(|| self.refuse(key, Why::Missing))
    }

    /// A refusal of the member under `key`.
    pub(super) fn refuse(&self, key: &str, why: Why) -> Refusal {
        self.document.refuse(self.object, Some(key), why)
    }

    /// Goes over members that mean nothing to a firing.
    pub(super) fn skip(&mut self, keys: &[&str]) -> Result<(), Refusal> {
        keys.iter().try_for_each(|key| self.take(key).map(drop))
    }

    /// Lists what was not taken.
    pub(super) fn leave(self, left_out: &mut LeftOut) {
        for (_, place) in &self.members.0 {
            left_out.add(self.document.refuse(*place, None, Why::Invalid).path);
        }
    }
}
