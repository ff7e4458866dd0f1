//! Numbers with as many decimal places as they are worth, so that documents stay short.

/// Beyond this an f64 has no decimal places to round: 2^51.
const LARGE: f64 = 2_251_799_813_685_248.0;
/// Added and taken away again, this leaves the nearest whole number: 1.5 × 2^52.
const ROUNDER: f64 = 6_755_399_441_055_744.0;

/// `value` to so many decimal places, at most 6; halves go to the even neighbour.
pub(crate) fn rounded(value: f64, places: u8) -> f64 {
    let scale = (0..places.min(6)).fold(1.0, |scale, _| scale * 10.0);
    let scaled = value * scale;
    if scaled.abs() < LARGE { (scaled + ROUNDER - ROUNDER) / scale } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places() {
        let cases = [(1.005, 2, 1.0), (612.346, 2, 612.35), (-0.06, 1, -0.1), (2.5, 0, 2.0), (1e300, 2, 1e300)];
        for (value, places, expected) in cases {
            assert!((rounded(value, places) - expected).abs() < 1e-9 * expected.abs(), "{value}");
        }
        assert!(rounded(f64::NAN, 2).is_nan());
    }
}
