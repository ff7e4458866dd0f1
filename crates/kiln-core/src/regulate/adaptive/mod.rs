//! Adaptive predictive functional control: learns a kiln while it fires it, and looks a little ahead.
//!
//! ```text
//! sample ─▶ observer ─▶ temperature, unexplained heat ─▶ law ─▶ duty
//!              ▲                    │                     ▲
//! duty at ─────┴──▶ learning ◀──────┘    numbers ─────────┘
//! the pins
//! ```
//! A model of a kiln in eight numbers ([`model`]) is carried along with the duty really applied ([`observer`]), fitted to
//! this kiln as it goes ([`learning`]) and asked which duty meets the schedule a little later ([`law`]). No tuning run:
//! it begins with a kiln that may be wrong by three. Single precision, no memory but its own.

mod known;
mod lag;
mod law;
mod learning;
pub mod model;
mod observer;

pub use known::Known;
pub use model::{Numbers, TERMS};

use self::law::Law;
use self::learning::Learning;
use self::observer::{Observer, Sight};
use super::Ask;
use crate::single::{celsius, narrow};
use crate::units::{Duty, Instant, Millis};

/// The most seconds that are lived through in one turn; after a longer gap the kiln is looked at anew.
const CATCH_UP_MOST: u64 = 10;

/// What it remembers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Adaptive {
    learning: Learning,
    law: Law,
    going: Option<Going>,
}

/// What is true while something is fired.
#[derive(Clone, Copy, Debug)]
struct Going {
    observer: Observer,
    last: Instant,
}

impl Adaptive {
    /// Knows what earlier firings have shown, or nothing of the kiln yet.
    pub(super) fn new(known: Option<&Known>) -> Self {
        let kiln = known.map_or(Numbers::PRIOR, |known| *known.numbers());
        Self { learning: Learning::new(kiln), law: Law::default(), going: None }
    }

    /// What is known of the kiln by now; `None` where it is no kiln.
    pub(super) fn known(&self) -> Option<Known> {
        Known::new(self.learning.kiln.0)
    }

    /// One turn: the duty that brings the kiln to its target; `None` when the model is no kiln's any more.
    pub(super) fn update(&mut self, ask: &Ask) -> Option<Duty> {
        let observer = self.see(ask);
        if !self.learning.kiln.is_a_kiln() {
            return None;
        }
        let relay_s = relay_s(ask.window);
        let duty = self.law.ask(&self.learning.kiln, &observer, &ask.ahead, celsius(ask.target), relay_s);
        Some(Duty::from_fraction(f64::from(duty)))
    }

    /// The duty asked for last.
    pub(super) fn asked(&self) -> Duty {
        Duty::from_fraction(f64::from(self.law.asked))
    }

    /// The target has jumped to where the kiln is: what was left of an error is not there any more.
    pub(super) fn carry_on(&mut self) {
        self.law.forget_error();
    }

    /// Watches on while heat is withheld.
    pub(super) fn follow(&mut self, ask: &Ask) {
        self.see(ask);
        self.law.asked = 0.0;
    }

    /// Nothing is fired: keeps what it knows of the kiln.
    pub(super) fn rest(&mut self) {
        if !self.learning.kiln.is_a_kiln() {
            self.learning = Learning::new(Numbers::PRIOR);
        }
        self.law = Law::default();
        self.going = None;
    }

    /// Lives through the time since the last turn.
    fn see(&mut self, ask: &Ask) -> Observer {
        let at = celsius(ask.measured);
        let seconds = self.going.map(|going| whole_seconds(ask.now.since(going.last)));
        let (Some(mut going), Some(seconds @ 1..=CATCH_UP_MOST)) = (self.going, seconds) else {
            return self.look_anew(at, ask.now);
        };
        let (duty, relay_s) = (narrow(ask.applied.fraction()), relay_s(ask.window));
        let sample = ask.sample.map(celsius);
        for second in 1..=seconds {
            let sample = sample.filter(|_| second == seconds);
            let sight = going.observer.pass(&self.learning.kiln, duty, relay_s, sample);
            let Observer { state, unexplained, believed, .. } = going.observer;
            let believed = if sight == Sight::Believed { sample.unwrap_or(believed) } else { believed };
            self.learning.pass(believed, state.at, duty, relay_s, unexplained);
        }
        going.last = ask.now;
        self.going = Some(going);
        going.observer
    }

    fn look_anew(&mut self, at: f32, now: Instant) -> Observer {
        let observer = Observer::new(at);
        self.learning.begin(at);
        self.going = Some(Going { observer, last: now });
        observer
    }
}

/// What the relay window adds to the lag, s: half of it, on average.
fn relay_s(window: Millis) -> f32 {
    (narrow(window.seconds()) / 2.0).max(1.0)
}

/// Whole seconds, rounded.
fn whole_seconds(time: Millis) -> u64 {
    (time.get() + 500) / 1000
}
