//! Absolute temperatures and temperature differences.

use core::ops::{Add, AddAssign, Neg, Sub};

/// A temperature on the Celsius scale. Always finite.
///
/// Two temperatures cannot be added; their difference is a [`Kelvin`].
///
/// ```
/// use kiln_core::units::{Celsius, Kelvin};
/// let peak = Celsius::new(1222.0).expect("finite");
/// assert_eq!(peak - Celsius::whole(1000), Kelvin::new(222.0).expect("finite"));
/// assert!(Celsius::new(f64::NAN).is_none());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Celsius(f64);

impl Celsius {
    /// The freezing point of water, and the target shown when nothing is asked for.
    pub const ZERO: Self = Self(0.0);

    /// Takes a temperature in °C; `None` unless it is finite.
    pub const fn new(value: f64) -> Option<Self> {
        if value.is_finite() { Some(Self(value)) } else { None }
    }

    /// A whole number of degrees, for constants.
    pub const fn whole(value: i16) -> Self {
        #[expect(clippy::as_conversions, reason = "i16 to f64 is exact; From is not const")]
        Self(value as f64)
    }

    /// A number of 4096ths of a degree, the fixed point of thermocouple chips. Exact.
    pub const fn in_4096ths(count: i32) -> Self {
        #[expect(clippy::as_conversions, reason = "i32 to f64 is exact; From is not const")]
        Self(count as f64 / 4096.0)
    }

    /// The value in °C.
    pub const fn get(self) -> f64 {
        self.0
    }

    /// The higher of two temperatures.
    pub const fn max(self, other: Self) -> Self {
        if other.0 > self.0 { other } else { self }
    }

    /// The lower of two temperatures.
    pub const fn min(self, other: Self) -> Self {
        if other.0 < self.0 { other } else { self }
    }

    /// Halfway between two temperatures.
    pub fn midpoint(self, other: Self) -> Self {
        Self(f64::midpoint(self.0, other.0))
    }
}

/// A difference of two temperatures, in kelvin. Always finite.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Kelvin(f64);

impl Kelvin {
    /// No difference.
    pub const ZERO: Self = Self(0.0);

    /// Takes a difference in kelvin; `None` unless it is finite.
    pub const fn new(value: f64) -> Option<Self> {
        if value.is_finite() { Some(Self(value)) } else { None }
    }

    /// A whole number of kelvin, for constants.
    pub const fn whole(value: i16) -> Self {
        #[expect(clippy::as_conversions, reason = "i16 to f64 is exact; From is not const")]
        Self(value as f64)
    }

    /// A number of thousandths of a kelvin, for constants.
    pub const fn milli(value: i32) -> Self {
        #[expect(clippy::as_conversions, reason = "i32 to f64 is exact; From is not const")]
        Self(value as f64 / 1000.0)
    }

    /// A number of 4096ths of a kelvin, the fixed point of thermocouple chips. Exact.
    pub const fn in_4096ths(count: i32) -> Self {
        #[expect(clippy::as_conversions, reason = "i32 to f64 is exact; From is not const")]
        Self(count as f64 / 4096.0)
    }

    /// The value in kelvin.
    pub const fn get(self) -> f64 {
        self.0
    }

    /// The size of the difference, without its sign.
    #[must_use]
    pub const fn abs(self) -> Self {
        Self(self.0.abs())
    }
}

impl Sub for Celsius {
    type Output = Kelvin;
    fn sub(self, other: Self) -> Kelvin {
        Kelvin(finite(self.0 - other.0))
    }
}

impl Add<Kelvin> for Celsius {
    type Output = Celsius;
    fn add(self, other: Kelvin) -> Celsius {
        Celsius(finite(self.0 + other.0))
    }
}

impl AddAssign<Kelvin> for Celsius {
    fn add_assign(&mut self, other: Kelvin) {
        *self = *self + other;
    }
}

impl Sub<Kelvin> for Celsius {
    type Output = Celsius;
    fn sub(self, other: Kelvin) -> Celsius {
        Celsius(finite(self.0 - other.0))
    }
}

impl Add for Kelvin {
    type Output = Kelvin;
    fn add(self, other: Kelvin) -> Kelvin {
        Kelvin(finite(self.0 + other.0))
    }
}

impl Sub for Kelvin {
    type Output = Kelvin;
    fn sub(self, other: Self) -> Kelvin {
        self + -other
    }
}

impl Neg for Kelvin {
    type Output = Kelvin;
    fn neg(self) -> Kelvin {
        Kelvin(-self.0)
    }
}

/// Keeps a sum of two finite numbers finite: an overflow becomes the largest number of that sign.
const fn finite(value: f64) -> f64 {
    value.clamp(f64::MIN, f64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_stay_finite() {
        let most = Kelvin::new(f64::MAX).unwrap();
        assert!((most + most).get().is_finite());
        assert!((Celsius::ZERO + most + most).get().is_finite());
        assert!((Celsius::ZERO - most - most).get().is_finite());
    }

    #[test]
    fn nonsense_stays_outside() {
        for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!((Celsius::new(bad), Kelvin::new(bad)), (None, None));
        }
    }
}
