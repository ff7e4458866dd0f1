//! From measured figures to small integers, without surprises: nearest, kept inside the range, nothing for NaN.

/// The nearest `i16`; the end of the range for what lies outside it.
pub(crate) fn to_i16(value: f64) -> i16 {
    nearest(value, f64::from(i16::MIN), f64::from(i16::MAX)).and_then(|n| i16::try_from(n).ok()).unwrap_or(0)
}

/// The nearest `i32`; the end of the range for what lies outside it.
pub(crate) fn to_i32(value: f64) -> i32 {
    nearest(value, f64::from(i32::MIN), f64::from(i32::MAX)).and_then(|n| i32::try_from(n).ok()).unwrap_or(0)
}

/// The nearest `u8`; the end of the range for what lies outside it.
pub(crate) fn to_u8(value: f64) -> u8 {
    nearest(value, 0.0, f64::from(u8::MAX)).and_then(|n| u8::try_from(n).ok()).unwrap_or(0)
}

fn nearest(value: f64, low: f64, high: f64) -> Option<i64> {
    if value.is_nan() {
        return None;
    }
    let held = value.max(low).min(high);
    let moved = if held < 0.0 { held - 0.5 } else { held + 0.5 };
    #[expect(clippy::as_conversions, clippy::cast_possible_truncation, reason = "held inside a small range above")]
    Some(moved as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_round_and_stay_inside() {
        let cases = [(0.4, 0), (0.5, 1), (-0.5, -1), (1e9, i16::MAX), (-1e9, i16::MIN), (f64::NAN, 0)];
        for (value, expected) in cases {
            assert_eq!(to_i16(value), expected, "{value}");
        }
        assert_eq!([to_u8(-1.0), to_u8(254.6), to_u8(300.0), to_u8(f64::INFINITY)], [0, 255, 255, 255]);
    }
}
