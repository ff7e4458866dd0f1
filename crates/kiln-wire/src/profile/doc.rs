//! The profile document as types: the names of its keys, and nothing of what they mean.
//!
//! One set of types for both directions. Numbers are as they stand in the document; `TryFrom` in `step.rs` makes
//! sense of them.

use crate::json::{Place, Text, number_or_word};
use core::fmt;
use kiln_core::cone::Cone;
use kiln_core::profile::Step;
use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, SerializeSeq, Serializer};

/// A profile document. `S` is its list of steps: the place to read it from, or what to write.
#[derive(Clone, Copy, Debug, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
#[cfg_attr(feature = "schema", ts(rename = "Profile", optional_fields, concrete(S = Place)), schemars(rename = "Profile"))]
#[serde(deny_unknown_fields)]
pub struct ProfileDoc<'a, S = Place> {
    /// The format of the document.
    #[serde(default = "first_format")]
    pub format: u32,
    /// The name of the profile.
    #[serde(borrow)]
    pub name: Text<'a>,
    /// What its author says about it.
    #[serde(default, borrow, deserialize_with = "given_text", skip_serializing_if = "Option::is_none")]
    pub description: Option<Text<'a>>,
    /// The unit of every temperature and rate in it.
    #[serde(default)]
    pub temp_units: TempUnits,
    /// The steps, in order.
    #[cfg_attr(feature = "schema", ts(as = "Vec<StepDoc>"), schemars(with = "Vec<StepDoc>"))]
    pub steps: S,
}

/// The unit of the temperatures and rates of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum TempUnits {
    /// Degrees Celsius, and Celsius degrees an hour.
    #[default]
    C,
    /// Degrees Fahrenheit, and Fahrenheit degrees an hour.
    F,
}

/// One step of a document: every key a step of any type may have.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
#[cfg_attr(feature = "schema", ts(rename = "ProfileStep", optional_fields), schemars(rename = "ProfileStep"))]
#[serde(deny_unknown_fields)]
pub struct StepDoc {
    /// What the step does.
    #[serde(rename = "type")]
    pub kind: StepType,
    /// The temperature to reach or hold.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub target_temp: Option<f64>,
    /// How fast a ramp goes, degrees an hour or `"full"`.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub desired_rate: Option<RateDoc>,
    /// The rate below which a ramp is not worth going on with, degrees an hour.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub min_rate: Option<f64>,
    /// How long a hold lasts, in seconds.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub duration: Option<f64>,
    /// The cone that ends a hold by falling.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub until_cone: Option<ConeDoc>,
    /// How long a hold for a cone lasts at the longest, in seconds.
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub longest_s: Option<f64>,
}

/// The type of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum StepType {
    /// Move to a temperature at a rate.
    Ramp,
    /// Stay at a temperature.
    Hold,
    /// Heater off.
    Cooling,
}

/// The rate of a ramp: a number, or the word `"full"`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RateDoc {
    /// Degrees an hour.
    PerHour(f64),
    /// As fast as the kiln can.
    Full,
}

/// A cone by its name, as `"6"` or `"04"`: a text, because a leading zero means another cone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ConeDoc(pub Cone);

const fn first_format() -> u32 {
    1
}

/// Reads a key that is there: `null` is not a way to leave one out.
fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// As [`given`], for a text borrowed from the document.
fn given_text<'de: 'a, 'a, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Text<'a>>, D::Error> {
    Text::deserialize(deserializer).map(Some)
}

impl StepType {
    /// The word for it in a document.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ramp => "ramp",
            Self::Hold => "hold",
            Self::Cooling => "cooling",
        }
    }
}

impl RateDoc {
    const WORDS: &'static [&'static str] = &["full"];
}

impl Serialize for RateDoc {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::PerHour(rate) => serializer.serialize_f64(*rate),
            Self::Full => serializer.serialize_str("full"),
        }
    }
}

impl<'de> Deserialize<'de> for RateDoc {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Rate;
        impl Visitor<'_> for Rate {
            type Value = RateDoc;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number or \"full\"")
            }
            fn visit_f64<E: de::Error>(self, rate: f64) -> Result<RateDoc, E> {
                Ok(RateDoc::PerHour(rate))
            }
            fn visit_str<E: de::Error>(self, word: &str) -> Result<RateDoc, E> {
                if word == "full" { Ok(RateDoc::Full) } else { Err(E::unknown_variant(word, RateDoc::WORDS)) }
            }
        }
        number_or_word(deserializer, Rate)
    }
}

impl Serialize for ConeDoc {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.name())
    }
}

impl<'de> Deserialize<'de> for ConeDoc {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Name;
        impl Visitor<'_> for Name {
            type Value = ConeDoc;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a cone")
            }
            fn visit_str<E: de::Error>(self, name: &str) -> Result<ConeDoc, E> {
                Cone::named(name).map(ConeDoc).ok_or_else(|| E::unknown_variant(name, &Cone::NAMES))
            }
        }
        deserializer.deserialize_str(Name)
    }
}

/// Steps on their way out.
#[derive(Debug)]
pub(super) struct StepList<'a>(pub(super) &'a [Step]);

impl Serialize for StepList<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.0.len()))?;
        for step in self.0 {
            list.serialize_element(&StepDoc::from(step))?;
        }
        list.end()
    }
}
