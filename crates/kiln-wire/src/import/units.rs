//! The units of temperatures and rates in a file.

use crate::why::Why;
use kiln_core::units::Celsius;

/// The unit of every temperature and rate of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Units {
    /// Degrees Celsius, and Celsius degrees an hour.
    Celsius,
    /// Degrees Fahrenheit, and Fahrenheit degrees an hour.
    Fahrenheit,
}

impl Units {
    pub(super) const WORDS: &'static [&'static str] = &["c", "f"];

    /// The word for it in our own documents.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Celsius => "c",
            Self::Fahrenheit => "f",
        }
    }

    /// The units with that name, as people write it: `C`, `°F`, `celsius`, `Celcius`.
    pub(super) fn named(text: impl Iterator<Item = char>) -> Option<Self> {
        let mut word = heapless::String::<12>::new();
        for c in text.filter(|c| *c != '°' && !c.is_whitespace()) {
            word.push(c.to_ascii_lowercase()).ok()?;
        }
        match word.as_str() {
            "c" | "celsius" | "celcius" | "centigrade" => Some(Self::Celsius),
            "f" | "fahrenheit" | "farenheit" => Some(Self::Fahrenheit),
            _ => None,
        }
    }

    /// Refuses units that are not those the file states.
    pub(super) fn agree_with(self, stated: Self) -> Result<(), Why> {
        if self == stated { Ok(()) } else { Err(Why::OtherUnits { stated: stated.word() }) }
    }

    /// A temperature in these units.
    pub(super) fn temperature(self, value: f64) -> Option<Celsius> {
        Celsius::new(match self {
            Self::Celsius => value,
            // Divided last, so that whole temperatures such as 212 °F come out whole; halved first against overflow.
            Self::Fahrenheit => (value - 32.0) * 0.5 / 0.9,
        })
    }

    /// A difference or rate in these units, as Celsius degrees.
    pub(super) fn degrees(self, value: f64) -> f64 {
        match self {
            Self::Celsius => value,
            Self::Fahrenheit => value * 5.0 / 9.0,
        }
    }
}
