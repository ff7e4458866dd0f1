//! The figures of an answer: a value and the name that carries its unit.

use core::fmt;
use kiln_core::units::{Celsius, CelsiusPerHour, Kelvin, Millis};

/// A limit with its unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Quantity {
    /// A temperature.
    Temperature(Celsius),
    /// A difference of temperatures.
    Difference(Kelvin),
    /// A rate of change.
    Rate(CelsiusPerHour),
    /// A length of time.
    Time(Millis),
    /// A plain number.
    Count(u32),
    /// A plain number that need not be whole.
    Plain(f64),
}

/// One figure of a refusal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Param {
    /// Its name; the unit is part of it.
    pub name: &'static str,
    /// Its value.
    pub value: ParamValue,
}

/// The value of a [`Param`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ParamValue {
    /// A count.
    Count(usize),
    /// A measured quantity.
    Number(f64),
    /// A word of the file format.
    Word(&'static str),
    /// Several of them.
    Words(&'static [&'static str]),
    /// Several numbers.
    Numbers(&'static [u32]),
}

impl Quantity {
    /// The number, in its unit.
    pub fn value(self) -> f64 {
        match self {
            Self::Temperature(value) => value.get(),
            Self::Difference(value) => value.get(),
            Self::Rate(value) => value.get(),
            Self::Time(value) => value.seconds(),
            Self::Count(value) => f64::from(value),
            Self::Plain(value) => value,
        }
    }

    /// The quantity under the name for its unit: temperature, difference, rate, time, number.
    pub(crate) fn param(self, [temperature, difference, rate, time, number]: [&'static str; 5]) -> Param {
        let name = match self {
            Self::Temperature(_) => temperature,
            Self::Difference(_) => difference,
            Self::Rate(_) => rate,
            Self::Time(_) => time,
            Self::Count(_) | Self::Plain(_) => number,
        };
        Param { name, value: ParamValue::Number(self.value()) }
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Temperature(value) => write!(f, "{} °C", value.get()),
            Self::Rate(value) => write!(f, "{} °C/h", value.get()),
            Self::Difference(value) => write!(f, "{} K", value.get()),
            Self::Time(value) => write!(f, "{} s", value.seconds()),
            Self::Count(value) => write!(f, "{value}"),
            Self::Plain(value) => write!(f, "{value}"),
        }
    }
}
