//! Heat lost: full of heat, and colder all the same. Cut, look, try again; only then give up.
//!
//! ```text
//! Watching ──falls fast──────────────▶ Falling ──rises again by itself──▶ Watching
//!    │                                    └──nothing for too long──▶ latched: the thermocouple is out
//!    └──falls slowly while heated──▶ Cut ──a while──▶ Recheck ──rises──▶ Watching
//!                                     ▲                 └──does not──▶ Cut … ──too long──▶ latched: no heat
//! ```
//!
//! A lid, the mains and a fallen thermocouple look alike for a while, and two of the three pass. What falls faster
//! than any closed kiln gets no heat until it rises by itself, as a chamber does when its lid is closed and a wire in
//! the room never does. What falls slowly is tried with heat, briefly. Hazards H-06, H-10, H-36, H-37.

use super::Scene;
use super::evidence::Evidence;
use crate::fault::Fault;
use crate::limits;
use crate::units::{Celsius, Instant, Kelvin, Millis};

/// The guard and where it is.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct HeatLost {
    state: State,
}

#[derive(Clone, Copy, Debug)]
enum State {
    /// `again` is when a slow fall is judged again: what a cut itself did to the temperature must be over first.
    Watching { again: Option<Instant> },
    /// Fell faster than a closed kiln can; no heat until it rises from its lowest.
    Falling { since: Instant, lowest: Celsius },
    /// Heat is cut; `first` is when the loss was first seen.
    Cut { first: Instant, since: Instant },
    /// Heat is tried again. It goes on falling at first, the longer the later the kiln answers. `fell` is how far it
    /// fell at the end of the cut.
    Recheck { first: Instant, since: Instant, lowest: Celsius, fell: Kelvin },
}

impl Default for State {
    fn default() -> Self {
        Self::Watching { again: None }
    }
}

impl HeatLost {
    /// Judges one scene.
    pub(super) fn judge(&mut self, scene: &Scene, evidence: &Evidence) -> Option<Fault> {
        let at = scene.reading?.temperature;
        if !scene.heating {
            self.state = State::default();
            return None;
        }
        self.state = self.next(scene, evidence, at);
        self.verdict(scene)
    }

    fn next(&self, scene: &Scene, evidence: &Evidence, at: Celsius) -> State {
        let now = scene.now;
        match self.state {
            _ if !is_behind(scene, at) => State::default(),
            State::Watching { .. } if falls_fast(evidence) => State::Falling { since: now, lowest: at },
            State::Watching { again } if again.is_none_or(|again| now >= again) => {
                if falls_heated(evidence) {
                    State::Cut { first: now, since: now }
                } else {
                    State::default()
                }
            }
            State::Falling { since, lowest } => {
                let lowest = lowest.min(at);
                let back = at - lowest >= limits::FALL_RECOVERS;
                if back { State::default() } else { State::Falling { since, lowest } }
            }
            State::Cut { first, since } if now.since(since) >= limits::HEAT_LOST_CUT => {
                State::Recheck { first, since: now, lowest: at, fell: falls(evidence) }
            }
            State::Recheck { lowest, .. } if at - lowest >= limits::HEAT_LOST_RISE => judge_again(now),
            State::Recheck { first, since, fell, .. } if now.since(since) >= limits::HEAT_LOST_TRY => {
                let helps = heat_helps(fell, falls(evidence));
                if helps { judge_again(now) } else { State::Cut { first, since: now } }
            }
            State::Recheck { first, since, lowest, fell } => {
                State::Recheck { first, since, lowest: lowest.min(at), fell }
            }
            other @ (State::Watching { .. } | State::Cut { .. }) => other,
        }
    }

    fn verdict(&self, scene: &Scene) -> Option<Fault> {
        match self.state {
            State::Falling { since, lowest } if scene.now.since(since) >= limits::FALL_LATCHES => {
                Some(Fault::ThermocoupleOut { lowest })
            }
            State::Falling { lowest, .. } => Some(Fault::FallingFast { lowest }),
            State::Cut { first, .. } | State::Recheck { first, .. }
                if scene.now.since(first) >= limits::HEAT_LOST_LATCHES =>
            {
                Some(Fault::HeatLost { after: scene.now.since(first) })
            }
            State::Cut { first, .. } => Some(Fault::HeatLostSuspected { since: scene.now.since(first) }),
            State::Watching { .. } | State::Recheck { .. } => None,
        }
    }
}

/// All is well; a slow fall is judged again when what the cut did is out of the evidence.
fn judge_again(now: Instant) -> State {
    State::Watching { again: Some(now + limits::HEAT_LOST_OVER) }
}

/// How far it has just fallen.
fn falls(evidence: &Evidence) -> Kelvin {
    evidence.rise(limits::HEAT_LOST_SHOWS_OVER).map_or(Kelvin::ZERO, |rise| -rise)
}

/// Whether it falls much more slowly with heat than without: a kiln at its limit does not rise, and its heat is there
/// all the same.
fn heat_helps(cut: Kelvin, tried: Kelvin) -> bool {
    cut >= limits::HEAT_LOST_SHOWS && tried.get() < 0.5 * cut.get()
}

/// Whether the kiln is colder than it is asked to be: one that is let cool on purpose is not.
fn is_behind(scene: &Scene, at: Celsius) -> bool {
    scene.target.is_none_or(|target| target - at >= limits::HEAT_LOST_BEHIND)
}

/// Faster than any closed kiln cools, although heat is asked for.
fn falls_fast(evidence: &Evidence) -> bool {
    let asked = evidence.heat(limits::FALL_FAST_OVER).is_some_and(|heat| heat > Millis::ZERO);
    let cold = evidence.newest().is_some_and(|newest| newest < limits::FALL_COLD_BELOW);
    let fast = if cold { limits::FALL_FAST_COLD } else { limits::FALL_FAST };
    asked && evidence.rise(limits::FALL_FAST_OVER).is_some_and(|rise| rise <= -fast)
}

/// Colder although it has been heated, all along and at the end.
fn falls_heated(evidence: &Evidence) -> bool {
    let heat = |over, least| evidence.heat(over).is_some_and(|heat| heat >= least);
    let heated = heat(limits::HEAT_LOST_OVER, limits::HEAT_LOST_HEAT)
        && heat(limits::HEAT_LOST_NOW_OVER, limits::HEAT_LOST_NOW_HEAT);
    heated && evidence.rise(limits::HEAT_LOST_OVER).is_some_and(|rise| rise <= -limits::HEAT_LOST_FALL)
}
