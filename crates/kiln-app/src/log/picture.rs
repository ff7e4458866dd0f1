//! What a row says of one picture of the control loop: the one rule for simulator and board.

use core::num::NonZeroU8;

use kiln_core::firing::RunView;
use kiln_core::snapshot::{Phase, Snapshot};
use kiln_core::tune::{self, Goal};
use kiln_core::units::{Celsius, CelsiusPerHour, Duty, Millis, WallClock};
use kiln_wire::log::{Place, Row, State};
use kiln_wire::profile::StepType;

use super::Subject;

/// The row of a picture; `at` is the time of day it was taken at, if that is known.
pub fn row(told: &Snapshot, at: Option<WallClock>) -> Row<'static> {
    let (run, tuning) = (told.run.as_ref(), told.tuning.as_ref());
    Row {
        at,
        elapsed: run.map(|run| run.elapsed).or(tuning.map(|view| view.elapsed)).unwrap_or(Millis::ZERO),
        temperature: told.reading.map_or(Celsius::ZERO, |reading| reading.temperature),
        target: told.target.or_else(|| tuning.and_then(goal)).unwrap_or(Celsius::ZERO),
        duty: if matches!(told.phase, Phase::Running | Phase::Tuning) { told.duty } else { Duty::OFF },
        state: State::from(told.phase),
        place: run.map(in_firing).or(tuning.map(in_tuning)).unwrap_or(Place::None),
        rate: run.map_or(CelsiusPerHour::ZERO, |run| run.measured),
    }
}

/// What goes on in a picture that deserves a log.
pub fn subject(told: &Snapshot) -> Option<Subject<'_>> {
    match told.phase {
        Phase::Running => told.run.as_ref().map(|run| Subject::Firing(run.name.as_str())),
        Phase::Tuning => Some(Subject::Tuning),
        Phase::Idle | Phase::Complete | Phase::Error => None,
    }
}

fn in_firing(run: &RunView) -> Place<'static> {
    let count = count(run.steps);
    if run.reheating.is_some() {
        return Place::Recovering { count };
    }
    u8::try_from(run.step).map_or(Place::None, |index| Place::Step {
        name: StepType::from(&run.in_force).word(),
        index,
        count,
    })
}

fn in_tuning(view: &tune::View) -> Place<'static> {
    let count = count(view.count);
    let index = u8::try_from(view.index).ok().filter(|_| view.index < view.count);
    index.map_or(Place::None, |index| Place::Step { name: view.step.label, index, count })
}

fn count(steps: usize) -> Option<NonZeroU8> {
    u8::try_from(steps).ok().and_then(NonZeroU8::new)
}

fn goal(view: &tune::View) -> Option<Celsius> {
    match view.goal {
        Some(Goal::Reach(target)) => Some(target),
        Some(Goal::Drop(_)) | None => None,
    }
}
