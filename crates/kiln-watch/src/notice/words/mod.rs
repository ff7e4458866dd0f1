//! The words of what is told, in a person's language and unit: from a fault's code and figures, never from the kiln's
//! English alone.
//!
//! A code that this crate does not know is told in the kiln's own words.

mod en;
mod fr;

use kiln_core::fault::Kind;
use serde::{Deserialize, Serialize};

use super::{Alarm, Alert, What};
use crate::status::{Fault, Figures, Severity};

/// The language of what is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// French.
    Fr,
}

/// The unit of temperatures in what is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Degrees Celsius.
    #[default]
    C,
    /// Degrees Fahrenheit.
    F,
}

impl Unit {
    /// A temperature to the degree, as `1063 °C`.
    pub fn shown(self, celsius: f64) -> String {
        match self {
            Self::C => format!("{celsius:.0} °C"),
            Self::F => format!("{:.0} °F", celsius * 1.8 + 32.0),
        }
    }

    /// A difference of temperatures to the degree.
    fn difference(self, kelvin: f64) -> String {
        match self {
            Self::C => format!("{kelvin:.0} °C"),
            Self::F => format!("{:.0} °F", kelvin * 1.8),
        }
    }
}

/// What a person reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Words {
    /// Which kiln, and what.
    pub title: String,
    /// What it did and what is to be done.
    pub body: String,
}

/// What is said of a fault in one language: its name, what it means, what is to be done.
struct Told {
    name: &'static str,
    means: &'static str,
    to_do: &'static str,
}

/// Says it.
pub fn words(what: &What, kiln: &str, language: Language, unit: Unit) -> Words {
    let (title, body) = match (what, language) {
        (What::Alarm(Alarm::Fault(fault) | Alarm::Withheld(fault)), language) => of_fault(fault, language, unit),
        (What::Alarm(alarm), Language::En) => en::alarm(alarm, unit),
        (What::Alarm(alarm), Language::Fr) => fr::alarm(alarm, unit),
        (What::Alert(alert), Language::En) => en::alert(alert, unit),
        (What::Alert(alert), Language::Fr) => fr::alert(alert, unit),
    };
    let colon = match language {
        Language::En => ":",
        Language::Fr => "\u{a0}:",
    };
    Words { title: format!("{kiln}{colon} {title}"), body }
}

fn of_fault(fault: &Fault, language: Language, unit: Unit) -> (String, String) {
    let kind = Kind::ALL.into_iter().find(|kind| kind.code() == fault.code);
    let (told, did) = match language {
        Language::En => (kind.map(en::fault), en::reaction(fault.severity)),
        Language::Fr => (kind.map(fr::fault), fr::reaction(fault.severity)),
    };
    let figures = figures(&fault.params, language, unit);
    let Some(told) = told else {
        return (fault.code.clone(), sentences(&[&fault.message, &figures, did]));
    };
    (format!("{} ({})", told.name, fault.code), sentences(&[told.means, &figures, did, told.to_do]))
}

/// The sentences that are not empty, one after the other.
fn sentences(parts: &[&str]) -> String {
    let full = |part: &str| if part.ends_with(['.', '!', '?']) { part.to_owned() } else { format!("{part}.") };
    parts.iter().filter(|part| !part.is_empty()).map(|part| full(part)).collect::<Vec<_>>().join(" ")
}

/// How a figure is written.
enum Shape {
    Temperature,
    Difference,
    Rate,
}

/// The figures that help a person, with their names in both languages.
const FIGURES: &[(&str, Shape, &str, &str)] = &[
    ("seen_c", Shape::Temperature, "seen", "mesuré"),
    ("limit_c", Shape::Temperature, "limit", "limite"),
    ("cap_c", Shape::Temperature, "limit", "limite"),
    ("target_c", Shape::Temperature, "target", "consigne"),
    ("from_c", Shape::Temperature, "from", "de"),
    ("to_c", Shape::Temperature, "to", "à"),
    ("lowest_c", Shape::Temperature, "lowest", "minimum"),
    ("first_c", Shape::Temperature, "first", "première"),
    ("second_c", Shape::Temperature, "second", "deuxième"),
    ("terminals_c", Shape::Temperature, "terminals", "bornes"),
    ("rise_k", Shape::Difference, "rise", "hausse"),
    ("measured_c_per_h", Shape::Rate, "measured", "mesuré"),
    ("minimum_c_per_h", Shape::Rate, "minimum", "minimum"),
];

fn figures(figures: &Figures, language: Language, unit: Unit) -> String {
    let shown = |(name, shape, en, fr): &(&str, Shape, &str, &str)| {
        let value = figures.number(name)?;
        let value = match shape {
            Shape::Temperature => unit.shown(value),
            Shape::Difference => unit.difference(value),
            Shape::Rate => format!("{}/h", unit.difference(value)),
        };
        let label = match language {
            Language::En => en,
            Language::Fr => fr,
        };
        Some(format!("{label} {value}"))
    };
    let mut text = FIGURES.iter().filter_map(shown).collect::<Vec<_>>().join(", ");
    // A sentence begins with a capital.
    if let Some(first) = text.get(..1).map(str::to_uppercase) {
        text.replace_range(..1, &first);
    }
    text
}
