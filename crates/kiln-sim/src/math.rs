//! Exponential, logarithm and sine whose bits are the same on every machine.
//!
//! The standard library's versions call whatever maths library the platform carries, and those differ in the last
//! bit; a simulated firing is a long feedback loop, and one bit makes it another firing. Exponential and logarithm are
//! the controller's own ([`kiln_core::math`]); the sine is made in the same way, of +, -, *, / only, which IEEE 754
//! fixes exactly, and without fused multiply-add (Rust never fuses by itself). `f64::sqrt`, `floor` and `round` are
//! exact by the same standard, so the standard library's are used as they are.
//!
//! Accuracy: a few units in the last place (see the tests). The series is the textbook Taylor one, its length chosen so
//! that the first term left out is below half a unit.

use kiln_core::math::horner;
pub use kiln_core::math::{exp, ln};

/// The sine of an angle given in turns (1 is a full circle): `sin(2 π turns)`. NaN for what is not finite.
pub fn sin_turns(turns: f64) -> f64 {
    // Turns reduce without any error: the whole part of a binary number is exact.
    let turns = turns - turns.round();
    // -1/2..1/2 folds into -1/4..1/4 about the crests.
    let folded = if turns > 0.25 {
        0.5 - turns
    } else if turns < -0.25 {
        -0.5 - turns
    } else {
        turns
    };
    let angle = folded * core::f64::consts::TAU;
    let square = angle * angle;
    angle + angle * square * horner(SIN_SERIES, square)
}

/// 1/21!, -1/19! … -1/3!
const SIN_SERIES: [f64; 10] = [
    1.0 / 51_090_942_171_709_440_000.0,
    -1.0 / 121_645_100_408_832_000.0,
    1.0 / 355_687_428_096_000.0,
    -1.0 / 1_307_674_368_000.0,
    1.0 / 6_227_020_800.0,
    -1.0 / 39_916_800.0,
    1.0 / 362_880.0,
    -1.0 / 5_040.0,
    1.0 / 120.0,
    -1.0 / 6.0,
];

/// The square of a number.
pub(crate) const fn square(x: f64) -> f64 {
    x * x
}

/// The fourth power of a number, as the radiation law wants it: two multiplications.
pub(crate) const fn fourth(x: f64) -> f64 {
    square(square(x))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sine_agrees_with_the_platform() {
        for i in -4000..=4000_i32 {
            let turns = f64::from(i) * 0.000_731;
            let wanted = (turns * core::f64::consts::TAU).sin();
            assert!((sin_turns(turns) - wanted).abs() < 4e-15, "sin of {turns} turns");
        }
        assert_eq!((sin_turns(0.25), sin_turns(0.0), sin_turns(-0.25)), (1.0, 0.0, -1.0));
        assert!(sin_turns(f64::INFINITY).is_nan());
    }

    /// Known answers: these exact bits are what makes two machines agree.
    #[test]
    fn the_bits_are_pinned() {
        let pinned: [(f64, u64); 6] = [
            (exp(1.0), 0x4005_bf0a_8b14_576a),
            (exp(-7.25), 0x3f47_455f_e323_fafd),
            (ln(3.7), 0x3ff4_eeee_650a_e550),
            (ln(1e-9), 0xc034_b927_f32b_ffb8),
            (sin_turns(0.1), 0x3fe2_cf23_0475_5a5e),
            (sin_turns(0.7), 0xbfee_6f0e_1344_54fe),
        ];
        for (value, bits) in pinned {
            assert_eq!(value.to_bits(), bits, "{value} is {:#018x}", value.to_bits());
        }
    }
}
