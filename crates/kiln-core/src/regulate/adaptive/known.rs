//! What is known of a kiln from earlier firings, as it is kept and handed on.

use super::model::{Numbers, POSSIBLE, TERMS};

/// The numbers of a kiln that has been fired, checked: what comes from a file or a memory is not believed otherwise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Known(Numbers);

impl Known {
    /// What the numbers mean. A record of another version is of another model, and worth nothing.
    pub const VERSION: u32 = 1;

    /// Takes the numbers of a kiln; `None` unless they can be one's.
    pub fn new(numbers: [f32; TERMS]) -> Option<Self> {
        let numbers = Numbers(numbers);
        (numbers.is_possible() && numbers.is_a_kiln()).then_some(Self(numbers))
    }

    /// The numbers.
    pub const fn numbers(&self) -> &Numbers {
        &self.0
    }

    /// The numbers as they are kept: of the way between the least and the most that each can be, so many of
    /// [`Self::STEPS`] steps.
    pub fn steps(&self) -> [u16; TERMS] {
        let Numbers(numbers) = self.0;
        let mut steps = [0; TERMS];
        for ((step, number), possible) in steps.iter_mut().zip(numbers).zip(&POSSIBLE) {
            *step = nearest((number - possible.start()) / (possible.end() - possible.start()));
        }
        steps
    }

    /// Takes numbers as they were kept; `None` unless they can be a kiln's.
    pub fn of_steps(steps: [u16; TERMS]) -> Option<Self> {
        let mut numbers = [0.0; TERMS];
        for ((number, step), possible) in numbers.iter_mut().zip(steps).zip(&POSSIBLE) {
            let share = f32::from(step) / f32::from(Self::STEPS);
            *number = (possible.start() + share * (possible.end() - possible.start())).min(*possible.end());
        }
        Self::new(numbers)
    }

    /// How finely a number is kept: the coarsest, the still kiln's heat capacity, to 0.0006 of at least 0.05 s/K.
    pub const STEPS: u16 = u16::MAX;
}

/// The step nearest to a share of the way.
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and the most steps, and rounding is meant"
)]
fn nearest(share: f32) -> u16 {
    (share.clamp(0.0, 1.0) * f32::from(Known::STEPS) + 0.5) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_the_same_kiln() {
        let Numbers(prior) = Numbers::PRIOR;
        for factor in [1.0, 3.0, 1.0 / 3.0] {
            let known = Known::new(prior.map(|number| number * factor)).unwrap();
            let kept = Known::of_steps(known.steps()).unwrap();
            assert_eq!(kept.steps(), known.steps(), "kept again, it is the same");
            for at in [100.0, 600.0, 1200.0] {
                let [duty, before] = [kept, known].map(|known| known.numbers().holding_duty(at));
                assert!((duty - before).abs() < 0.002 * before, "{factor} at {at}: {duty} for {before}");
            }
        }
        assert_eq!(Known::of_steps([u16::MAX; TERMS]), None, "a kiln that loses everything");
    }

    #[test]
    fn only_a_kiln_is_known() {
        let Numbers(prior) = Numbers::PRIOR;
        for factor in [1.0, 3.0, 1.0 / 3.0] {
            assert!(Known::new(prior.map(|number| number * factor)).is_some(), "{factor}");
        }
        for (index, bad) in [(0, f32::NAN), (1, f32::INFINITY), (2, -1.0), (3, 5.0), (0, 0.0), (7, 400.0)] {
            let mut numbers = prior;
            if let Some(number) = numbers.get_mut(index) {
                *number = bad;
            }
            assert_eq!(Known::new(numbers), None, "{index} {bad}");
        }
        assert_eq!(Known::new([0.0; TERMS]), None);
    }
}
