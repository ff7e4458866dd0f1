//! Exponential and logarithm whose bits are the same on every machine.
//!
//! The board has no maths library, and those of other platforms differ in the last bit. These use only +, -, *, /
//! and bit patterns, which IEEE 754 fixes exactly, and no fused multiply-add (Rust never fuses by itself).
//!
//! Accuracy: two units in the last place (see the tests). The series are the textbook Taylor ones, their lengths
//! chosen so that the first term left out is below half a unit.

/// The upper bits of ln 2; times a whole number below 2^11 it is exact.
const LN2_HIGH: f64 = f64::from_bits(0x3fe6_2e42_fee0_0000);
/// What [`LN2_HIGH`] lacks of ln 2.
const LN2_LOW: f64 = 1.908_214_929_270_587_7e-10;

/// Evaluates a polynomial at `x`, coefficients from the highest power down.
pub fn horner<const N: usize>(coefficients: [f64; N], x: f64) -> f64 {
    coefficients.into_iter().fold(0.0, |sum, c| sum * x + c)
}

/// 2 to a whole power, -1022..=1023.
fn power_of_two(k: i32) -> f64 {
    f64::from_bits(u64::from((k + 1023).unsigned_abs()) << 52)
}

/// The nearest whole number, halves away from zero. For `x` within ±2000.
pub(crate) fn nearest(x: f64) -> i32 {
    #[expect(clippy::as_conversions, clippy::cast_possible_truncation, reason = "towards zero, and within ±2000")]
    let whole = x as i32;
    let rest = x - f64::from(whole);
    whole + i32::from(rest >= 0.5) - i32::from(rest <= -0.5)
}

/// e to the power of `x`. Overflows to infinity above 709.78, vanishes below -745.1; NaN stays NaN.
///
/// ```
/// use kiln_core::math::exp;
/// assert_eq!((exp(0.0), exp(-800.0)), (1.0, 0.0));
/// assert!((exp(1.0) - core::f64::consts::E).abs() < 1e-15);
/// ```
pub fn exp(x: f64) -> f64 {
    if x.is_nan() {
        return x;
    }
    if x > 710.0 {
        return f64::INFINITY;
    }
    if x < -746.0 {
        return 0.0;
    }
    // x = k ln 2 + r with |r| <= ln 2 / 2, so that exp x = 2^k exp r; r^15/15! is then below 1e-19.
    let k = nearest(x * core::f64::consts::LOG2_E);
    let r = (x - f64::from(k) * LN2_HIGH) - f64::from(k) * LN2_LOW;
    let tail = horner(EXP_SERIES, r);
    let value = 1.0 + (r + r * r * tail);
    // Two halves, because 2^1024 and 2^-1074 are not normal numbers but the product may be.
    value * power_of_two(k / 2) * power_of_two(k - k / 2)
}

/// 1/14! … 1/2!
const EXP_SERIES: [f64; 13] = [
    1.0 / 87_178_291_200.0,
    1.0 / 6_227_020_800.0,
    1.0 / 479_001_600.0,
    1.0 / 39_916_800.0,
    1.0 / 3_628_800.0,
    1.0 / 362_880.0,
    1.0 / 40_320.0,
    1.0 / 5_040.0,
    1.0 / 720.0,
    1.0 / 120.0,
    1.0 / 24.0,
    1.0 / 6.0,
    1.0 / 2.0,
];

/// The natural logarithm. -∞ at 0; NaN below 0 and for NaN.
///
/// ```
/// use kiln_core::math::ln;
/// assert_eq!((ln(1.0), ln(0.0)), (0.0, f64::NEG_INFINITY));
/// assert!(ln(-1.0).is_nan());
/// ```
pub fn ln(x: f64) -> f64 {
    if x.is_nan() || x < 0.0 {
        return f64::NAN;
    }
    if x == 0.0 {
        return f64::NEG_INFINITY;
    }
    if x.is_infinite() {
        return x;
    }
    // Subnormal numbers are lifted into the normal range first: 2^54 x.
    let (lifted, by) = if x < f64::MIN_POSITIVE { (x * 18_014_398_509_481_984.0, 54) } else { (x, 0) };
    let bits = lifted.to_bits();
    let [first, second, ..] = bits.to_be_bytes();
    let mut exponent = i32::from(u16::from_be_bytes([first, second]) >> 4) - 1023 - by;
    let mut mantissa = f64::from_bits((bits & 0x000f_ffff_ffff_ffff) | (1023 << 52));
    if mantissa > core::f64::consts::SQRT_2 {
        mantissa *= 0.5;
        exponent += 1;
    }
    // ln m = 2 atanh s with s = (m-1)/(m+1), |s| <= 0.1716; the term left out, 2 s^25/25, is below 1e-20.
    let excess = mantissa - 1.0;
    let s = excess / (2.0 + excess);
    let tail = s * s * horner(LN_SERIES, s * s);
    // 2s = (m-1) - s (m-1) exactly in real numbers; written so, the large part carries no rounding.
    let k = f64::from(exponent);
    k * LN2_HIGH + (excess - (s * (excess - 2.0 * tail) - k * LN2_LOW))
}

/// 1/23, 1/21 … 1/3
const LN_SERIES: [f64; 11] = [
    1.0 / 23.0,
    1.0 / 21.0,
    1.0 / 19.0,
    1.0 / 17.0,
    1.0 / 15.0,
    1.0 / 13.0,
    1.0 / 11.0,
    1.0 / 9.0,
    1.0 / 7.0,
    1.0 / 5.0,
    1.0 / 3.0,
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Units in the last place between two finite numbers of one sign.
    fn ulps(a: f64, b: f64) -> u64 {
        a.to_bits().abs_diff(b.to_bits())
    }

    #[test]
    fn exp_and_ln_agree_with_the_platform_to_a_few_units() {
        let (mut worst_exp, mut worst_ln) = (0, 0);
        for i in -70_000..=70_000_i32 {
            let x = f64::from(i) * 0.010_007;
            worst_exp = worst_exp.max(ulps(exp(x), x.exp()));
            let y = f64::from(i + 70_001) * 1.37e-4;
            worst_ln = worst_ln.max(ulps(ln(y), y.ln()));
            let wide = x.exp();
            worst_ln = worst_ln.max(ulps(ln(wide), wide.ln()));
        }
        assert!(worst_exp <= 2, "exp is off by {worst_exp} ulp");
        assert!(worst_ln <= 2, "ln is off by {worst_ln} ulp");
    }

    #[test]
    fn the_edges_are_as_ieee_wants_them() {
        assert_eq!((exp(0.0), exp(f64::INFINITY), exp(f64::NEG_INFINITY)), (1.0, f64::INFINITY, 0.0));
        assert!(exp(f64::NAN).is_nan() && ln(f64::NAN).is_nan() && ln(-1.0).is_nan());
        assert_eq!((ln(1.0), ln(0.0), ln(f64::INFINITY)), (0.0, f64::NEG_INFINITY, f64::INFINITY));
        let smallest = f64::from_bits(1);
        assert!(ulps(ln(smallest), smallest.ln()) <= 2);
        assert!(ulps(exp(-740.0), (-740.0_f64).exp()) <= 1);
        assert!(exp(709.7).is_finite() && exp(710.1).is_infinite());
    }

    #[test]
    fn halves_go_away_from_zero() {
        let below_half = f64::from_bits(0.5_f64.to_bits() - 1);
        let cases = [(0.5, 1), (-0.5, -1), (1.5, 2), (-2.5, -3), (below_half, 0), (-below_half, 0), (-1074.4, -1074)];
        for (x, whole) in cases {
            assert_eq!((nearest(x), x.round()), (whole, f64::from(whole)), "{x}");
        }
    }

    /// Known answers: these exact bits are what makes two machines agree.
    #[test]
    fn the_bits_are_pinned() {
        let pinned: [(f64, u64); 4] = [
            (exp(1.0), 0x4005_bf0a_8b14_576a),
            (exp(-7.25), 0x3f47_455f_e323_fafd),
            (ln(3.7), 0x3ff4_eeee_650a_e550),
            (ln(1e-9), 0xc034_b927_f32b_ffb8),
        ];
        for (value, bits) in pinned {
            assert_eq!(value.to_bits(), bits, "{value} is {:#018x}", value.to_bits());
        }
    }
}
