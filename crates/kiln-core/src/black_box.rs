//! The first evidence: what was seen when the first faults of a firing appeared.
//!
//! Later faults follow from earlier ones, so the first few are kept with everything around them and the rest are only
//! counted. It decides nothing.

use crate::fault::{Fault, Kind};
use crate::units::{Celsius, Duty, Instant, Millis};

/// How many faults are kept with everything around them.
pub const KEPT: usize = 4;

/// A fault and what was seen with it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evidence {
    /// The fault.
    pub fault: Fault,
    /// When, on the monotonic clock.
    pub at: Instant,
    /// The conditioned temperature.
    pub reading: Option<Celsius>,
    /// The newest sample before any filter.
    pub sample: Option<Celsius>,
    /// The temperature of the terminals.
    pub terminals: Option<Celsius>,
    /// The temperature asked for.
    pub target: Option<Celsius>,
    /// The duty asked for.
    pub duty: Duty,
    /// Whether a relay was energised, as seen at its pin.
    pub energized: bool,
    /// The schedule clock, when a firing was under way.
    pub elapsed: Option<Millis>,
}

/// The first faults, and how many there were in all.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct BlackBox {
    /// The first of them, in their order.
    pub kept: [Option<Evidence>; KEPT],
    /// How many there were in all.
    pub total: u32,
}

impl BlackBox {
    /// Notes a fault. One that is the same kind as the newest kept is only counted: it is the same fault going on.
    pub fn note(&mut self, evidence: Evidence) {
        self.total = self.total.saturating_add(1);
        let known = self.kinds().last() == Some(evidence.fault.kind());
        if let (false, Some(free)) = (known, self.kept.iter_mut().find(|kept| kept.is_none())) {
            *free = Some(evidence);
        }
    }

    /// Begins anew, with a new firing.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// The first faults, oldest first.
    pub fn first(&self) -> impl Iterator<Item = &Evidence> {
        self.kept.iter().flatten()
    }

    fn kinds(&self) -> impl Iterator<Item = Kind> + '_ {
        self.first().map(|evidence| evidence.fault.kind())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence(fault: Fault, at: u64) -> Evidence {
        let at = Instant::from_millis(at);
        let (reading, sample, terminals, target, elapsed) = (None, None, None, None, None);
        Evidence { fault, at, reading, sample, terminals, target, duty: Duty::OFF, energized: false, elapsed }
    }

    #[test]
    fn the_first_four_are_kept_and_all_are_counted() {
        let mut black_box = BlackBox::default();
        let faults = [Fault::LidOpen, Fault::LidOpen, Fault::OutputFailed, Fault::LidOpen, Fault::EmergencyStop];
        for (at, fault) in (0..).zip(faults.into_iter().chain(faults)) {
            black_box.note(evidence(fault, at));
        }
        let kept: std::vec::Vec<_> = black_box.first().map(|kept| kept.at.as_millis()).collect();
        assert_eq!((kept.as_slice(), black_box.total), ([0, 2, 3, 4].as_slice(), 10));
    }
}
