//! A key of the configuration, described: what a person, a page and a door need to know of it.

use core::net::Ipv4Addr;
use serde::ser::{Serialize, SerializeMap, Serializer};

/// A key of the configuration.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Key {
    /// The group it is in.
    pub group: &'static str,
    /// Its name in the group.
    pub name: &'static str,
    /// What it may hold.
    pub kind: KeyKind,
    /// The unit; empty for what has none.
    pub unit: &'static str,
    /// When a change takes effect.
    pub applies: Applies,
    /// Who may change it.
    pub right: Right,
    /// What it is for.
    pub help: &'static str,
}

/// What a key may hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum KeyKind {
    /// A number in a range, both ends included.
    Number(f64, f64),
    /// A whole number in a range, both ends included.
    Whole(u32, u32),
    /// One of a few whole numbers.
    OneOf(&'static [u32]),
    /// True or false.
    Switch,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A line of text of at most so many bytes.
    Text(usize),
    /// A name in a network of at most so many bytes: small letters, digits, hyphens.
    Host(usize),
    /// A text that goes in and never comes out.
    Secret(usize),
    /// An IPv4 address, or null.
    Address,
    /// Pins of the board, each once: how many at most, the lowest, the highest.
    Pins(usize, u8, u8),
}

/// When a change takes effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Applies {
    /// At once.
    Now,
    /// At once when nothing is being fired or tuned, else when that has ended.
    NextFiring,
    /// When the controller starts again.
    Restart,
}

/// Who may change it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// Whoever is paired.
    Paired,
    /// Whoever is at the kiln: over USB or the set-up network while idle, or with a code that the kiln shows.
    Local,
}

/// The value of a key, as it is told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Told<'a> {
    /// A number.
    Number(f64),
    /// A whole number.
    Whole(u32),
    /// True or false.
    Switch(bool),
    /// A word or a text.
    Text(&'a str),
    /// An address, or none.
    Address(Option<Ipv4Addr>),
    /// Pins.
    Pins(&'a [u8]),
    /// Not told.
    Secret,
}

impl Serialize for Told<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(number) => serializer.serialize_f64(*number),
            Self::Whole(number) => serializer.serialize_u32(*number),
            Self::Switch(on) => serializer.serialize_bool(*on),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Address(Some(address)) => serializer.collect_str(address),
            Self::Address(None) | Self::Secret => serializer.serialize_none(),
            Self::Pins(pins) => pins.serialize(serializer),
        }
    }
}

impl KeyKind {
    /// The word for it in the schema document.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Number(..) => "number",
            Self::Whole(..) => "whole",
            Self::OneOf(_) => "one_of",
            Self::Switch => "switch",
            Self::Choice(_) => "choice",
            Self::Text(_) => "text",
            Self::Host(_) => "host",
            Self::Secret(_) => "secret",
            Self::Address => "address",
            Self::Pins(..) => "pins",
        }
    }
}

/// A key with its delivered value, as the schema document tells it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Described<'a>(pub(super) Key, pub(super) Told<'a>);

impl Serialize for Described<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(key, delivered) = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("group", key.group)?;
        map.serialize_entry("name", key.name)?;
        map.serialize_entry("kind", key.kind.word())?;
        match key.kind {
            KeyKind::Number(least, most) => {
                map.serialize_entry("least", &least)?;
                map.serialize_entry("most", &most)?;
            }
            KeyKind::Whole(least, most) => {
                map.serialize_entry("least", &least)?;
                map.serialize_entry("most", &most)?;
            }
            KeyKind::OneOf(numbers) => map.serialize_entry("choices", numbers)?,
            KeyKind::Choice(words) => map.serialize_entry("choices", words)?,
            KeyKind::Text(most) | KeyKind::Host(most) | KeyKind::Secret(most) => {
                map.serialize_entry("most_bytes", &most)?;
            }
            KeyKind::Pins(count, least, most) => {
                map.serialize_entry("most_pins", &count)?;
                map.serialize_entry("least", &least)?;
                map.serialize_entry("most", &most)?;
            }
            KeyKind::Switch | KeyKind::Address => {}
        }
        map.serialize_entry("unit", key.unit)?;
        map.serialize_entry("delivered", delivered)?;
        map.serialize_entry("applies", &key.applies)?;
        map.serialize_entry("local", &(key.right == Right::Local))?;
        map.serialize_entry("secret", &matches!(key.kind, KeyKind::Secret(_)))?;
        map.serialize_entry("help", key.help)?;
        map.end()
    }
}
