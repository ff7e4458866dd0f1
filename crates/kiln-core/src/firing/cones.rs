//! What a run has done to the ware so far, and whether a hold for a cone is over.
//!
//! Takes every reading from the first tick to the last, whatever the schedule clock does: ware feels a pause like any
//! other second in a hot kiln. Asks for nothing: how hot it gets is for the steps to say, and no guard rests on it.

use super::run::Run;
use super::step_end::InStep;
use crate::cone::{HeatWork, HoldVerdict, Reached};
use crate::event::Event;
use crate::profile::Step;
use crate::units::{Celsius, Millis};

/// How often it is looked up which cone has been reached: that takes as long as a tick of everything else.
const REACHED_EVERY: Millis = Millis::from_seconds(10);

/// The heat work of a run, and how far it has come.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ware {
    work: HeatWork,
    reached: Option<Reached>,
    looked_up: Millis,
}

impl Ware {
    /// Goes on from a heat work.
    pub(super) fn of(work: HeatWork) -> Self {
        Self { work, reached: work.reached_so_far(), looked_up: Millis::ZERO }
    }

    /// Adds a length of time at a temperature.
    pub(super) fn add(&mut self, at: Celsius, time: Millis) {
        self.work.add(at, time);
        self.looked_up += time;
        if self.looked_up >= REACHED_EVERY {
            *self = Self::of(self.work);
        }
    }

    pub(super) const fn work(&self) -> &HeatWork {
        &self.work
    }

    /// How far it had come when it was looked up last.
    pub(super) const fn reached(&self) -> Option<Reached> {
        self.reached
    }
}

impl Run {
    /// How a hold for a cone ends, where it is time. A cone that falls on the way there ends it before it began.
    pub(super) fn cone_ends(&self, step: &InStep) -> Option<Event> {
        let Step::HoldCone { until, .. } = step.step else { return None };
        let (cone, held) = (until.cone(), Millis::from_seconds_f64(step.seconds).unwrap_or(Millis::ZERO));
        match until.judge(self.ware.work(), held) {
            HoldVerdict::GoOn => None,
            HoldVerdict::Fallen => Some(Event::ConeFallen { cone }),
            HoldVerdict::GaveUp => Some(Event::ConeGaveUp { cone }),
        }
    }
}
