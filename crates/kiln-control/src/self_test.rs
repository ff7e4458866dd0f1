//! What must be proven before the first joule.
//!
//! With everything ordered off, the pins must read off for half a second, the contactor must read released, and the
//! thermocouple must have given a good reading. [`Armed`] comes from here and from nowhere else, and without it no relay
//! can be ordered on. Hazards H-01, H-09, H-12.

use kiln_core::limits;
use kiln_core::units::{Instant, Millis};

/// The proof that the self-test has passed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Armed(());

/// What the self-test is shown each slot, everything being ordered off.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shown {
    pub now: Instant,
    /// Whether every relay reads off and the contactor released, and nothing failed to be driven or seen.
    pub off: bool,
    /// Whether there has been a good reading.
    pub reading: bool,
}

/// The test under way.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct SelfTest {
    off_since: Option<Instant>,
}

impl SelfTest {
    /// One slot; the proof when it is complete.
    pub(crate) fn step(&mut self, shown: &Shown) -> Option<Armed> {
        if !shown.off {
            self.off_since = None;
            return None;
        }
        let off: Millis = shown.now.since(*self.off_since.get_or_insert(shown.now));
        (shown.reading && off >= limits::SELF_TEST_OFF).then_some(Armed(()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shows slots of (off, reading); whether it passes at the last one and not before.
    fn check(slots: &[(bool, bool)], passes: bool) {
        let mut test = SelfTest::default();
        let mut passed_at = None;
        for (index, (off, reading)) in slots.iter().copied().enumerate() {
            let now = Instant::from_millis(100 * u64::try_from(index).unwrap());
            if test.step(&Shown { now, off, reading }).is_some() && passed_at.is_none() {
                passed_at = Some(index);
            }
        }
        assert_eq!(passed_at, passes.then_some(slots.len() - 1), "{slots:?}");
    }

    #[test]
    fn what_passes_and_what_does_not() {
        let fine = (true, true);
        let bad = (false, true);
        check(&[fine; 6], true);
        check(&[fine; 5], false);
        check(&[(true, false); 60], false);
        check(&[bad; 60], false);
        check(&[&[fine; 5][..], &[bad], &[fine; 5]].concat(), false);
        check(&[&[fine; 5][..], &[bad], &[fine; 6]].concat(), true);
    }
}
