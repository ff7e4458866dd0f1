//! The configuration: what an owner sets, in groups, each key described once.
//!
//! `groups` is the one table of keys: name, type, range, unit, delivered value, when it applies, who may change it. It
//! serves the check at the door, the document that is stored, the one that is shown, the schema for the page and
//! docs/configuration.md. A document is merged over what is **stored**, whole or not at all; secrets go in and never
//! come out. A configuration that exists is in range and fits together. What control makes of it is in `control`.

mod control;
mod document;
mod groups;
mod key;
pub mod reference;
mod value;

pub use document::{BYTES_MOST, Changed, Changes, ConfigAnswer, ConfigSaved, ConfigSchema, FORMAT, Stored};
pub use groups::{Control, Display, Hardware, KEYS_MOST, Logging, Network, Safety, Sensor};
pub use key::{Applies, Key, KeyKind, Right, Told};
pub use value::{LogLevel, RegulatorWord, SensorChip, StartAt, TempUnit, ThermocoupleType};
pub use value::{Pins, Preset, Secret};

/// Everything an owner sets.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    hardware: Hardware,
    sensor: Sensor,
    control: Control,
    safety: Safety,
    network: Network,
    logging: Logging,
    display: Display,
}
