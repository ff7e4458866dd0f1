//! How much of the full heating power is asked for.

/// A share of full power, 0 to 100 %.
///
/// Ignorance is cold: what is not a number is 0.
///
/// ```
/// use kiln_core::units::Duty;
/// assert_eq!(Duty::from_percent(250.0), Duty::FULL);
/// assert_eq!(Duty::from_percent(f64::NAN), Duty::OFF);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Default)]
pub struct Duty(f64);

impl Duty {
    /// No heat.
    pub const OFF: Self = Self(0.0);
    /// Everything the elements have.
    pub const FULL: Self = Self(100.0);

    /// Takes a percentage, held to 0..=100; NaN is 0.
    pub const fn from_percent(percent: f64) -> Self {
        if percent > 0.0 { Self(if percent > 100.0 { 100.0 } else { percent }) } else { Self::OFF }
    }

    /// Takes a fraction, held to 0..=1; NaN is 0.
    pub const fn from_fraction(fraction: f64) -> Self {
        Self::from_percent(fraction * 100.0)
    }

    /// The share in percent, 0..=100.
    pub const fn percent(self) -> f64 {
        self.0
    }

    /// The share as a fraction, 0..=1.
    pub const fn fraction(self) -> f64 {
        self.0 / 100.0
    }

    /// The greater of the two.
    pub const fn max(self, other: Self) -> Self {
        Self(self.0.max(other.0))
    }

    /// Whether any heat at all is asked for.
    pub const fn is_on(self) -> bool {
        self.0 > 0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_a_share_is_cold_or_full() {
        let cases = [(f64::NAN, 0.0), (-0.0, 0.0), (-5.0, 0.0), (f64::NEG_INFINITY, 0.0), (42.5, 42.5)];
        for (given, kept) in cases.into_iter().chain([(100.1, 100.0), (f64::INFINITY, 100.0)]) {
            assert_eq!(Duty::from_percent(given).percent().to_bits(), f64::to_bits(kept), "{given}");
        }
    }
}
