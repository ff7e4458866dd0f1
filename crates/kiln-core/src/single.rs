//! Single-precision arithmetic whose bits are the same on every machine.
//!
//! The board has no maths library. These use only +, -, *, / and bit patterns, which IEEE 754 fixes exactly, and no
//! fused multiply-add (Rust never fuses by itself). Single precision is what the board's floating-point unit has: what
//! estimates and predicts a kiln lives in it, what is measured and switched does not.

use crate::units::{Celsius, Kelvin};

/// The square root, to the last bit but one; 0 for what is not above 0.
///
/// Newton's iteration from half the exponent: three rounds from within 4 %.
///
/// ```
/// use kiln_core::single::sqrt;
/// assert_eq!((sqrt(9.0), sqrt(-1.0), sqrt(f32::NAN)), (3.0, 0.0, 0.0));
/// ```
pub fn sqrt(x: f32) -> f32 {
    if x > 0.0 && x.is_finite() {
        let guess = f32::from_bits((x.to_bits() >> 1) + 0x1fbd_1df5);
        (0..3).fold(guess, |root, _| 0.5 * (root + x / root))
    } else {
        0.0
    }
}

/// The share of the way a first-order lag goes in `time` over its time constant: 1 - e^-x.
///
/// By the fraction of Padé with x in the first, x² in the second part; within 5 in a thousand for x up to 1.
pub fn share_gone(x: f32) -> f32 {
    let x = x.clamp(0.0, 3.0);
    let below = 1.0 + x * (2.0 / 3.0 + x / 6.0);
    x * (1.0 + x / 6.0) / below
}

/// A temperature in single precision, °C: a ten-thousandth of a degree is enough for an estimate.
#[expect(clippy::as_conversions, clippy::cast_possible_truncation, reason = "to lose the last bits is meant")]
pub fn celsius(temperature: Celsius) -> f32 {
    temperature.get() as f32
}

/// A number in single precision.
#[expect(clippy::as_conversions, clippy::cast_possible_truncation, reason = "to lose the last bits is meant")]
pub(crate) fn narrow(number: f64) -> f32 {
    number as f32
}

/// A difference of temperatures from single precision; none where it is not finite.
pub fn kelvin(difference: f32) -> Kelvin {
    Kelvin::new(f64::from(difference)).unwrap_or(Kelvin::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_square_back() {
        for i in 1..2000_u16 {
            let x = f32::from(i) * 0.37;
            let root = sqrt(x);
            assert!((root * root - x).abs() <= x * 2.5e-7, "{x} {root}");
        }
        assert_eq!([sqrt(0.0), sqrt(f32::INFINITY)].map(f32::to_bits), [0, 0]);
    }

    #[test]
    fn a_lag_goes_its_share() {
        for i in 0..=100_u16 {
            let x = f32::from(i) / 100.0;
            let exact = 1.0 - (-f64::from(x)).exp();
            assert!((f64::from(share_gone(x)) - exact).abs() < 5e-3, "{x} {exact}");
        }
        assert!(share_gone(f32::INFINITY) <= 1.0, "never beyond where it goes");
    }

    /// Known answers: these exact bits are what makes two machines agree.
    #[test]
    fn the_bits_are_pinned() {
        let bits = [sqrt(2.0), sqrt(0.37), share_gone(0.1), share_gone(0.9)].map(f32::to_bits);
        assert_eq!(bits, [0x3fb5_04f3, 0x3f1b_b7fe, 0x3dc2_e53d, 0x3f18_b6f7]);
    }
}
