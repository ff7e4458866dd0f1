//! What is remembered between questions, and where answers are put.

use kiln_core::analysis::{Fit, FittedKiln, Record};
use kiln_core::profile::Profile;
use kiln_core::tune::Swing;

/// The most numbers of an answer: 1,600 points of four numbers, and what stands before them.
pub const NUMBERS_MOST: usize = 8192;

/// How a question was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// As asked.
    Done,
    /// What was given is refused; why is told in numbers.
    Refused,
    /// Something has to be told first, a profile, a log, a fit; or what was asked makes no sense.
    Nothing,
    /// There is no room for the answer.
    DoesNotFit,
}

/// The computing of one page. It remembers the last profile, the last log and the last fit.
#[derive(Debug)]
pub struct Machine {
    pub(crate) profile: Option<Profile>,
    pub(crate) record: Option<Record>,
    pub(crate) swing: Option<Swing>,
    pub(crate) fit: Option<Fit>,
    pub(crate) kiln: Option<FittedKiln>,
    pub(crate) numbers: Numbers,
}

impl Default for Machine {
    fn default() -> Self {
        Self::new()
    }
}

impl Machine {
    /// Nothing is known yet.
    #[expect(clippy::large_stack_arrays, reason = "64 kB: in a page or on a computer")]
    pub const fn new() -> Self {
        let numbers = Numbers { all: [0.0; NUMBERS_MOST], used: 0, full: false };
        Self { profile: None, record: None, swing: None, fit: None, kiln: None, numbers }
    }

    /// The figures of the last answer.
    pub fn numbers(&self) -> &[f64] {
        self.numbers.all.get(..self.numbers.used).unwrap_or_default()
    }

    /// Forgets the last answer.
    pub(crate) const fn begin(&mut self) {
        (self.numbers.used, self.numbers.full) = (0, false);
    }

    /// Answers with figures.
    pub(crate) fn figures<const N: usize>(&mut self, figures: [f64; N]) -> Answer {
        self.begin();
        self.numbers.extend(figures);
        self.numbers.answer()
    }

    /// Refuses with figures.
    pub(crate) fn refuse<const N: usize>(&mut self, figures: [f64; N]) -> Answer {
        if self.figures(figures) == Answer::Done { Answer::Refused } else { Answer::DoesNotFit }
    }
}

/// Figures of an answer.
#[derive(Debug)]
pub(crate) struct Numbers {
    all: [f64; NUMBERS_MOST],
    used: usize,
    full: bool,
}

impl Numbers {
    pub(crate) fn push(&mut self, number: f64) {
        match self.all.get_mut(self.used) {
            Some(place) => {
                *place = number;
                self.used += 1;
            }
            None => self.full = true,
        }
    }

    pub(crate) fn extend(&mut self, numbers: impl IntoIterator<Item = f64>) {
        numbers.into_iter().for_each(|number| self.push(number));
    }

    /// What is not known is told as no number.
    pub(crate) fn push_known(&mut self, number: Option<f64>) {
        self.push(number.unwrap_or(f64::NAN));
    }

    pub(crate) const fn answer(&self) -> Answer {
        if self.full { Answer::DoesNotFit } else { Answer::Done }
    }
}

/// A count that came in as a number.
#[expect(clippy::as_conversions, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
pub(crate) fn whole(number: f64) -> Option<usize> {
    (0.0..256.0).contains(&number).then_some(number as usize)
}

/// A place in a short list, as a number.
pub(crate) fn place<T: PartialEq>(list: &[T], of: &T) -> f64 {
    let place = list.iter().position(|known| known == of).and_then(|place| u8::try_from(place).ok());
    place.map_or(-1.0, f64::from)
}
