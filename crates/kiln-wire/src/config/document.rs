//! The configuration as a document: taken in, stored, shown, and what a change did.

use super::Config;
use super::groups::KEYS_MOST;
use super::key::{Applies, Described, Key, Right};
use crate::json::{self, Document, DoesNotFit};
use crate::refusal::Refusal;
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

/// The longest configuration document, in bytes.
pub const BYTES_MOST: u16 = 4096;
/// The newest format this program knows.
pub const FORMAT: u32 = 1;

impl Config {
    /// Takes a document over this configuration, whole or not at all: what it does not name stays. Used for a change as
    /// for what is stored, which is a change of what was delivered: a key that is newer than the document has its
    /// delivered value.
    ///
    /// # Errors
    /// The first place that is wrong. Then nothing has changed.
    pub fn merged(&self, bytes: &[u8]) -> Result<(Self, Changes), Refusal> {
        let document = Document::open(bytes, BYTES_MOST)?;
        document.format(FORMAT)?;
        let (mut next, mut changes) = (self.clone(), Changes::NONE);
        next.merge_groups(&document, &mut changes)?;
        next.fits_together(&document)?;
        Ok((next, changes))
    }

    /// Reads a stored configuration.
    ///
    /// # Errors
    /// The first place that is wrong; a format newer than [`FORMAT`] is [`crate::Why::NewerFormat`], to be kept as it is.
    pub fn parse(bytes: &[u8]) -> Result<Self, Refusal> {
        Self::DELIVERED.merged(bytes).map(|(config, _)| config)
    }

    /// Writes the configuration to be stored, secrets and all. A buffer of [`BYTES_MOST`] holds every one.
    ///
    /// # Errors
    /// The buffer is too small.
    pub fn store<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b [u8], DoesNotFit> {
        json::write(&Stored(self), buffer)
    }
}

/// The configuration as it is stored.
#[derive(Clone, Copy, Debug)]
pub struct Stored<'a>(pub &'a Config);

impl Serialize for Stored<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("format", &FORMAT)?;
        self.0.write(&mut map, true)?;
        map.end()
    }
}

/// `GET /api/config`: everything but secrets.
#[derive(Clone, Copy, Debug)]
pub struct ConfigAnswer<'a> {
    /// The configuration.
    pub config: &'a Config,
    /// Counts the changes; control takes settings by it.
    pub revision: u32,
}

impl Serialize for ConfigAnswer<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("format", &FORMAT)?;
        map.serialize_entry("revision", &self.revision)?;
        self.config.write(&mut map, false)?;
        map.serialize_entry("wifi_password_set", &self.config.network().wifi_password().is_set())?;
        map.end()
    }
}

/// Which keys a document changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Changes(u64);

impl Changes {
    /// None.
    pub const NONE: Self = Self(0);

    /// Notes the key at `index` of all keys.
    pub(super) const fn note(&mut self, index: usize) {
        if index < KEYS_MOST {
            self.0 |= 1 << index;
        }
    }

    /// The keys.
    pub fn iter(self) -> impl Iterator<Item = &'static Key> {
        Config::keys().enumerate().filter(move |(index, _)| self.0 >> index & 1 != 0).map(|(_, key)| key)
    }

    /// The first key that only who is at the kiln may change.
    pub fn local(self) -> Option<&'static Key> {
        self.iter().find(|key| key.right == Right::Local)
    }

    /// Whether any key takes effect at this moment.
    pub fn any(self, applies: Applies) -> bool {
        self.iter().any(|key| key.applies == applies)
    }

    /// Whether nothing changed.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// A key that has changed, and when it takes effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Changed {
    /// The group of the key.
    pub group: &'static str,
    /// Its name in the group.
    pub name: &'static str,
    /// When it takes effect.
    pub applies: Applies,
}

impl Serialize for Changes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        for Key { group, name, applies, .. } in self.iter() {
            list.serialize_element(&Changed { group, name, applies: *applies })?;
        }
        list.end()
    }
}

/// The answer to a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct ConfigSaved {
    /// Counts the changes; control takes settings by it.
    pub revision: u32,
    /// What changed, and when each takes effect.
    #[cfg_attr(feature = "schema", ts(as = "Vec<Changed>"), schemars(with = "Vec<Changed>"))]
    pub changed: Changes,
}

/// `GET /api/config/schema`: every key described.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConfigSchema;

impl Serialize for ConfigSchema {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("format", &FORMAT)?;
        map.serialize_entry("keys", &Keys)?;
        map.end()
    }
}

struct Keys;

impl Serialize for Keys {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        let mut written = Ok(());
        Config::DELIVERED.each(|key, told| {
            if written.is_ok() {
                written = list.serialize_element(&Described(*key, told));
            }
        });
        written?;
        list.end()
    }
}
