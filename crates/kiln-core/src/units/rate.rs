//! Rates of change of temperature.

use super::{Kelvin, Millis};
use core::ops::Neg;

/// A rate of change in °C/h, negative when cooling. Always finite.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct CelsiusPerHour(f64);

impl CelsiusPerHour {
    /// Standing still.
    pub const ZERO: Self = Self(0.0);

    /// Takes a rate in °C/h; `None` unless it is finite.
    pub const fn new(value: f64) -> Option<Self> {
        if value.is_finite() { Some(Self(value)) } else { None }
    }

    /// A whole number of °C/h, for constants.
    pub const fn whole(value: i16) -> Self {
        #[expect(clippy::as_conversions, reason = "i16 to f64 is exact; From is not const")]
        Self(value as f64)
    }

    /// The value in °C/h.
    pub const fn get(self) -> f64 {
        self.0
    }

    /// The size of the rate, without its direction.
    #[must_use]
    pub const fn abs(self) -> Self {
        Self(self.0.abs())
    }

    /// A share of the rate; 0.5 is half of it. A share that is not a number gives no rate.
    #[must_use]
    pub fn share(self, share: f64) -> Self {
        Self::new(self.0 * share).unwrap_or(Self::ZERO)
    }

    /// The change over a length of time.
    pub fn over(self, time: Millis) -> Kelvin {
        Kelvin::new(self.0 * time.seconds() / 3600.0).unwrap_or(Kelvin::ZERO)
    }
}

impl Neg for CelsiusPerHour {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}
