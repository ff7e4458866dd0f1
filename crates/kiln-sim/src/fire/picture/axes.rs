//! From seconds and degrees to points of the sheet, and where the round figures are.

use super::labels::Rect;

/// A plot on the sheet: hours across, a quantity up.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plot {
    /// Where it is.
    pub frame: Rect,
    /// The last moment shown, s.
    pub last_s: f64,
    /// The value at its upper edge; 0 is at its lower edge.
    pub most: f64,
}

impl Plot {
    /// Where a moment is.
    pub(super) fn x(&self, at_s: f64) -> f64 {
        self.frame.left + (self.frame.right - self.frame.left) * at_s / self.last_s
    }

    /// Where a value is, within the frame.
    pub(super) fn y(&self, value: f64) -> f64 {
        let share = (value / self.most).clamp(0.0, 1.0);
        self.frame.bottom - (self.frame.bottom - self.frame.top) * share
    }

    /// Seconds in a pixel.
    pub(super) fn second_per_px(&self) -> f64 {
        self.last_s / (self.frame.right - self.frame.left)
    }
}

/// The round step that divides `most` into at most `parts`.
pub(super) fn round_step(most: f64, parts: f64, steps: &[f64]) -> f64 {
    let fits = |step: &&f64| most / **step <= parts;
    steps.iter().find(fits).or(steps.last()).copied().unwrap_or(most)
}

/// The multiples of `step` up to `most`.
pub(super) fn marks(most: f64, step: f64) -> impl Iterator<Item = f64> {
    let count = (most / step + 1e-9).floor() as u32;
    (0..=count).map(move |n| f64::from(n) * step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_round_and_few() {
        let steps = [0.5, 1.0, 2.0, 5.0];
        for (most, step) in [(3.0, 0.5), (13.5, 1.0), (20.0, 2.0), (900.0, 5.0)] {
            assert_eq!(round_step(most, 15.0, &steps).to_bits(), f64::to_bits(step), "{most}");
        }
        assert_eq!(marks(1.6, 0.5).collect::<Vec<_>>(), [0.0, 0.5, 1.0, 1.5]);
    }
}
