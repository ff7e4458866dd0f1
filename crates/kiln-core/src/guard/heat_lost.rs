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

#[derive(Clone, Copy, Debug, PartialEq)]
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
            State::Watching { .. } if falls_fast(evidence, at) => State::Falling { since: now, lowest: at },
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
                // A step that asks for no heat any more has tried nothing: what falls there has lost nothing.
                let lost = heated_now(evidence) && !heat_helps(fell, falls(evidence)) && !rises(evidence);
                if lost { State::Cut { first, since: now } } else { judge_again(now) }
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
    cut >= limits::HEAT_LOST_SHOWS && 100.0 * tried.get() < limits::HEAT_LOST_HELPS * cut.get()
}

/// Whether it rises at the end of a try, however slowly.
fn rises(evidence: &Evidence) -> bool {
    evidence.rise(limits::HEAT_LOST_RISES_OVER).is_some_and(|rise| rise >= limits::HEAT_LOST_RISES)
}

/// Whether the kiln is colder than it is asked to be: one that is let cool on purpose is not.
fn is_behind(scene: &Scene, at: Celsius) -> bool {
    scene.target.is_none_or(|target| target - at >= limits::HEAT_LOST_BEHIND)
}

/// Faster than any closed kiln cools, although heat is asked for.
fn falls_fast(evidence: &Evidence, at: Celsius) -> bool {
    let asked = evidence.heat(limits::FALL_FAST_OVER).is_some_and(|heat| heat > Millis::ZERO);
    let cold = evidence.newest().is_some_and(|newest| newest < limits::FALL_COLD_BELOW);
    let fast = if cold { limits::FALL_FAST_COLD } else { limits::FALL_FAST };
    let falls = evidence.rise(limits::FALL_FAST_OVER).is_some_and(|rise| rise <= -fast);
    asked && (falls || evidence.drop(at).is_some_and(|drop| drop >= fast))
}

/// Colder although it has been heated, all along and at the end.
fn falls_heated(evidence: &Evidence) -> bool {
    let heated = evidence.heat(limits::HEAT_LOST_OVER).is_some_and(|heat| heat >= limits::HEAT_LOST_HEAT);
    heated
        && heated_now(evidence)
        && evidence.rise(limits::HEAT_LOST_OVER).is_some_and(|rise| rise <= -limits::HEAT_LOST_FALL)
}

/// Whether it has just been heated.
fn heated_now(evidence: &Evidence) -> bool {
    evidence.heat(limits::HEAT_LOST_NOW_OVER).is_some_and(|heat| heat >= limits::HEAT_LOST_NOW_HEAT)
}

#[cfg(test)]
mod tests {
    use super::super::evidence::tests::{Piece, past};
    use super::*;
    use crate::sensor::Reading;

    const NOW: Instant = Instant::from_millis(1 << 32);
    const FIRST: Instant = Instant::from_millis((1 << 32) - 1_000_000);

    /// The moment so long before now.
    fn before(time: Millis) -> Instant {
        Instant::from_millis(NOW.as_millis() - time.get())
    }

    fn less(time: Millis) -> Millis {
        Millis::new(time.get() - 1)
    }

    fn kelvin(value: f64) -> Kelvin {
        Kelvin::new(value).unwrap()
    }

    /// The state that follows in a kiln at 700 °C, asked for so many kelvin more.
    fn next(state: State, behind: Kelvin, pieces: &[Piece]) -> State {
        let temperature = Celsius::whole(700);
        let scene = Scene {
            heating: true,
            target: Some(temperature + behind),
            reading: Some(Reading { temperature, taken: NOW, sequence: 0 }),
            ..Scene::blank(NOW, Celsius::whole(1300))
        };
        HeatLost { state }.next(&scene, &past(pieces), temperature)
    }

    #[track_caller]
    fn check(state: State, pieces: &[Piece], expected: State) {
        assert_eq!(next(state, limits::HEAT_LOST_BEHIND, pieces), expected);
        let hardly_behind = limits::HEAT_LOST_BEHIND - kelvin(0.1);
        assert_eq!(next(state, hardly_behind, pieces), State::default(), "let cool on purpose");
    }

    const STEADY: &[Piece] = &[(240, |_| 700.0, 1.0)];
    const SLOW_FALL: &[Piece] = &[(240, |n| 714.0 - f64::from(n) * 0.06, 1.0)];

    #[test]
    fn a_slow_fall_is_judged_when_what_a_cut_did_is_over_and_needs_heat_all_along_and_at_the_end() {
        let again = |again| State::Watching { again: Some(again) };
        let cut = State::Cut { first: NOW, since: NOW };
        check(State::default(), SLOW_FALL, cut);
        check(again(NOW), SLOW_FALL, cut);
        check(again(NOW + Millis::new(1)), SLOW_FALL, again(NOW + Millis::new(1)));
        check(again(NOW), STEADY, State::default());
        let early: &[Piece] =
            &[(180, |n| 714.0 - f64::from(n) * 0.06, 1.0), (60, |n| 703.2 - f64::from(n) * 0.06, 0.0)];
        check(State::default(), early, State::default());
        let late: &[Piece] = &[(180, |n| 714.0 - f64::from(n) * 0.06, 0.0), (60, |n| 703.2 - f64::from(n) * 0.06, 1.0)];
        check(State::default(), late, State::default());
    }

    #[test]
    fn a_cut_lasts_its_time_and_is_remembered_by_what_it_cost() {
        let cut = |since| State::Cut { first: FIRST, since };
        check(cut(before(less(limits::HEAT_LOST_CUT))), STEADY, cut(before(less(limits::HEAT_LOST_CUT))));
        // 80, 70, 60 K above, then 20, 10, 0: at least 40 K down in a minute, for certain.
        let falls: &[Piece] = &[(90, |n| 780.0 - f64::from(n / 10 * 10), 0.0)];
        let tried = State::Recheck { first: FIRST, since: NOW, lowest: Celsius::whole(700), fell: kelvin(40.0) };
        check(cut(before(limits::HEAT_LOST_CUT)), falls, tried);
    }

    #[test]
    fn a_try_ends_with_a_rise_or_with_its_time() {
        let tried = |since, above: f64, fell| {
            let lowest = Celsius::new(700.0 - above).unwrap();
            State::Recheck { first: FIRST, since, lowest, fell: kelvin(fell) }
        };
        let well = State::Watching { again: Some(NOW + limits::HEAT_LOST_OVER) };
        let (just_now, over) = (before(less(limits::HEAT_LOST_TRY)), before(limits::HEAT_LOST_TRY));
        check(tried(just_now, limits::HEAT_LOST_RISE.get(), 0.0), STEADY, well);
        check(tried(just_now, limits::HEAT_LOST_RISE.get() - 0.1, 9.0), STEADY, tried(just_now, 1.9, 9.0));
        check(tried(just_now, -5.0, 9.0), STEADY, tried(just_now, 0.0, 9.0));
        let cut = State::Cut { first: FIRST, since: NOW };
        check(tried(over, 0.0, 9.0), STEADY, well);
        check(tried(over, 0.0, 0.5), STEADY, cut);
        let still_falls: &[Piece] = &[(90, |n| 708.0 - f64::from(n / 10), 1.0)];
        check(tried(over, 0.0, 6.0), still_falls, well);
        check(tried(over, 0.0, 5.0), still_falls, cut);
        let heated_for = |heat| -> [Piece; 1] { [(90, |n| 708.0 - f64::from(n / 10), heat)] };
        check(tried(over, 0.0, 5.0), &heated_for(0.6), cut);
        check(tried(over, 0.0, 5.0), &heated_for(0.5), well);
    }

    #[test]
    fn a_try_at_whose_end_it_rises_has_shown_heat() {
        let tried = State::Recheck {
            first: FIRST,
            since: before(limits::HEAT_LOST_TRY),
            lowest: Celsius::whole(700),
            fell: Kelvin::ZERO,
        };
        let well = State::Watching { again: Some(NOW + limits::HEAT_LOST_OVER) };
        check(tried, &[(120, |_| 699.0, 1.0), (60, |_| 699.25, 1.0)], well);
        check(tried, &[(120, |_| 699.0, 1.0), (60, |_| 699.125, 1.0)], State::Cut { first: FIRST, since: NOW });
    }

    #[test]
    fn heat_that_slows_a_fall_is_there() {
        for (cut, tried, helps) in
            [(1.0, 0.69, true), (1.0, 0.7, false), (0.99, 0.0, false), (8.0, 5.5, true), (8.0, 5.6, false)]
        {
            assert_eq!(heat_helps(kelvin(cut), kelvin(tried)), helps, "{cut} {tried}");
        }
    }

    #[test]
    fn fast_is_another_thing_in_a_cold_kiln_and_none_where_no_heat_was_asked_for() {
        let cases: [([Piece; 2], bool); 6] = [
            ([(30, |_| 900.0, 0.5), (30, |_| 870.0, 0.5)], true),
            ([(30, |_| 900.0, 0.0), (30, |_| 870.0, 0.0)], false),
            ([(30, |_| 900.0, 0.5), (30, |_| 871.0, 0.5)], false),
            ([(30, |_| 520.0, 0.5), (30, |_| 500.0, 0.5)], false),
            ([(30, |_| 519.0, 0.5), (30, |_| 499.0, 0.5)], true),
            ([(30, |_| 310.0, 0.5), (30, |_| 299.0, 0.5)], false),
        ];
        for (pieces, fast) in cases {
            let evidence = past(&pieces);
            let at = evidence.newest().unwrap();
            assert_eq!(falls_fast(&evidence, at), fast, "{at:?}");
        }
        let at_once: [([Piece; 2], bool); 6] = [
            ([(30, |_| 900.0, 0.5), (10, |_| 870.0, 0.5)], true),
            ([(30, |_| 900.0, 0.5), (10, |_| 871.0, 0.5)], false),
            ([(30, |_| 900.0, 0.0), (10, |_| 870.0, 0.0)], false),
            ([(30, |_| 500.0, 0.5), (10, |_| 488.0, 0.5)], true),
            ([(30, |_| 500.0, 0.5), (10, |_| 489.0, 0.5)], false),
            ([(20, |_| 900.0, 0.5), (20, |n| if n < 10 { 960.0 } else { 900.0 }, 0.5)], false),
        ];
        for (pieces, fast) in at_once {
            let evidence = past(&pieces);
            let at = evidence.newest().unwrap();
            assert_eq!(falls_fast(&evidence, at), fast, "{at:?}");
        }
    }
}
