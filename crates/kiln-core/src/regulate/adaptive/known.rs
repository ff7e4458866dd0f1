//! What is known of a kiln from earlier firings, as it is kept and handed on.

use super::model::{Numbers, TERMS};

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
}

#[cfg(test)]
mod tests {
    use super::*;

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
