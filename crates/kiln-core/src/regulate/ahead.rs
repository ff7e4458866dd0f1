//! Where the target goes from here, as far as a regulator looks.

/// The target's course: a slope, and after a corner another one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ahead {
    /// The slope from now on, K/s.
    pub slope: f32,
    /// When it ends, s from now; infinite where it goes on.
    pub corner_s: f32,
    /// The slope after that, K/s.
    pub then: f32,
}

impl Ahead {
    /// The target stays where it is.
    pub const LEVEL: Self = Self { slope: 0.0, corner_s: f32::INFINITY, then: 0.0 };

    /// How far the target moves in so many seconds, K.
    pub fn after(&self, seconds: f32) -> f32 {
        let first = seconds.min(self.corner_s).max(0.0);
        self.slope * first + self.then * (seconds - first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_course_bends_at_its_corner() {
        let course = Ahead { slope: 2.0, corner_s: 10.0, then: -1.0 };
        let moved = [0.0, 5.0, 10.0, 30.0].map(|seconds| course.after(seconds).to_bits());
        assert_eq!(moved, [0.0, 10.0, 20.0, 0.0].map(f32::to_bits));
        assert_eq!(Ahead::LEVEL.after(1e6).to_bits(), 0.0_f32.to_bits());
    }
}
