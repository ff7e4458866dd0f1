//! An ON that ends by itself.
//!
//! Holds the one rule of every output that can do harm: it is on only while somebody keeps asking. Knows no pin.

use kiln_core::units::{Instant, Millis};

/// Permission to be on, up to a moment. Begins as none.
///
/// A lease that reaches further than the output's longest one is no lease: a wrong unit or a clock that stepped back
/// cannot keep heat on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lease {
    longest: Millis,
    state: State,
}

/// None ──grant──▶ Until ──its end──▶ (off) ──off succeeded──▶ None ;  off failed ──▶ Overdue ──off succeeded──▶ None
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Off, as it should be.
    None,
    /// On until just before this moment.
    Until(Instant),
    /// Should be off and could not be switched off: try again.
    Overdue,
}

impl Lease {
    /// No permission yet; none will ever last longer than `longest` from the moment it is looked at.
    pub(crate) const fn none(longest: Millis) -> Self {
        Self { longest, state: State::None }
    }

    /// Grants permission until just before `expiry`.
    pub(crate) const fn grant(&mut self, expiry: Instant) {
        self.state = State::Until(expiry);
    }

    /// Takes it back; `off` says whether the output followed.
    pub(crate) const fn revoke(&mut self, off: bool) {
        self.state = if off { State::None } else { State::Overdue };
    }

    /// Whether the output is to be switched off at `now`: its permission has ended, or it did not follow before.
    pub(crate) const fn has_ended(&self, now: Instant) -> bool {
        match self.state {
            State::None => false,
            State::Overdue => true,
            State::Until(expiry) => match expiry.checked_since(now) {
                None => true,
                Some(left) => left.get() == 0 || left.get() > self.longest.get(),
            },
        }
    }
}
