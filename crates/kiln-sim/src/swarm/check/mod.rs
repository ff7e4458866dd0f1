//! What is held against a firing: deadlines at the pin, the true temperature, and how it ended.
//!
//! No check rests on what the loop says of itself where the pin, the chip or the kiln can be asked instead. Each rule
//! is noted once a firing, with its first moment.

mod ending;
mod pin;
mod sample;
mod truth;

pub(super) use ending::{Ended, LATE, judge};
pub(super) use pin::{Fetched, PinJudge, Slot};
pub(super) use sample::Sampler;
pub(super) use truth::TruthJudge;

/// What must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// A stop or shutdown: pin low 0.5 s after the mailbox was written.
    Stop,
    /// A raw sample over the maximum: pin low 0.5 s after it, until one is not.
    OverLimit,
    /// One or two samples over the maximum end no firing.
    Spike,
    /// No good sample: pin low 3.25 s after the last one.
    Stale,
    /// A loop that stands: pin low when the lease ends; with the lowest layer dead too, when the watchdog has bitten.
    DeadLoop,
    /// A loop that stands: reset within the watchdog's patience and one window.
    Reset,
    /// No firing: no pin high.
    Idle,
    /// A silent application: the watchdog bites when the time alone is over.
    DeadApplication,
    /// The chamber is never hotter than the configured maximum and 25 K.
    TooHot,
    /// After a fault has ended a firing no power flows, where something is left that can stop it.
    StillHeated,
    /// Nothing latches that should not.
    FalseLatch,
    /// A firing that nothing hinders comes to its end.
    Unfinished,
    /// It ends within tolerance.
    Tolerance,
}

/// A rule that was broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The rule.
    pub rule: Rule,
    /// When, ms after the start of the firing.
    pub at_ms: u64,
    /// What was seen.
    pub what: String,
}

/// Notes a violation unless the rule has been broken before.
pub(super) fn note(violations: &mut Vec<Violation>, rule: Rule, at_ms: u64, what: impl FnOnce() -> String) {
    if violations.iter().all(|known| known.rule != rule) {
        violations.push(Violation { rule, at_ms, what: what() });
    }
}
