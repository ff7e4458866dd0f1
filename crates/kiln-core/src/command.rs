//! What may be asked of the control loop, and what it answers.
//!
//! Closed enums: a command that is not here does not exist. What a command does is decided in the firing.

use crate::cone::KeptWork;
use crate::profile::{Profile, RampRate};
use crate::units::{Celsius, Kelvin, Millis, WallClock};

/// Names one request, so that its outcome can be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct CommandId(pub u32);

/// One thing asked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Request {
    /// Its name, chosen by whoever asks.
    pub id: CommandId,
    /// What is asked.
    pub command: Command,
}

/// What may be asked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Command {
    /// Fire a profile from the step that fits the kiln's temperature.
    Run(Profile),
    /// Go on with a firing that was cut off.
    Resume(Profile, ResumePoint),
    /// End the firing or the tuning; heat off.
    Stop,
    /// Heat off at once, whatever is going on.
    Shutdown,
    /// Hold the present target; the schedule waits.
    Pause,
    /// Go on after a pause.
    Unpause,
    /// Go on with the next step.
    Skip,
    /// Lengthen or shorten the running step.
    AddTime(TimeChange),
    /// Move the target of the running step.
    AddDegrees(Kelvin),
    /// Replace every step after the running one by the steps of this profile.
    ReplaceRest(Profile),
    /// Go to a temperature and stay there for a time, then fall back to the bank.
    Hold(ManualHold),
    /// Start the time of the manual hold anew.
    RenewHold,
    /// Start a tuning run.
    Tune(TuningMode, Option<Celsius>),
    /// End a tuning run.
    StopTuning,
    /// Fire a profile at a wall-clock time.
    Schedule(Profile, WallClock),
    /// Forget every scheduled start.
    CancelSchedule,
    /// Leave the error state, if its cause is gone.
    ClearError,
    /// Answer, and do nothing.
    Ping,
}

impl Command {
    /// Whether it can make a kiln heat that was not heating. One that was asked before a stop and comes after it is
    /// to be dropped, or the stop would not have stopped anything.
    pub const fn begins_heat(&self) -> bool {
        match self {
            Self::Run(_) | Self::Resume(..) | Self::Hold(_) | Self::Tune(..) => true,
            Self::Stop
            | Self::Shutdown
            | Self::Pause
            | Self::Unpause
            | Self::Skip
            | Self::AddTime(_)
            | Self::AddDegrees(_)
            | Self::ReplaceRest(_)
            | Self::RenewHold
            | Self::StopTuning
            | Self::Schedule(..)
            | Self::CancelSchedule
            | Self::ClearError
            | Self::Ping => false,
        }
    }
}

/// Where a firing that was cut off had come to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ResumePoint {
    /// The schedule clock.
    pub elapsed: Millis,
    /// The step, if it is known.
    pub step: Option<usize>,
    /// The last temperature known before the cut.
    pub temperature: Option<Celsius>,
    /// The temperature found by whoever decided to go on.
    pub found: Option<Celsius>,
    /// The heat work before the cut, if the log tells. Without it a hold for a cone can only be too long.
    pub work: Option<KeptWork>,
}

/// A change of the running step's length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeChange {
    /// Longer by so much.
    Longer(Millis),
    /// Shorter by so much, at least to what has passed.
    Shorter(Millis),
}

/// A manual hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ManualHold {
    /// The temperature.
    pub target: Celsius,
    /// How fast to get there.
    pub rate: RampRate,
    /// How long to stay unless renewed, at most [`crate::limits::MANUAL_HOLD_LONGEST`].
    pub time: Millis,
}

/// How thorough a tuning run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TuningMode {
    /// The shortest and coolest.
    Safe,
    /// The usual one.
    Standard,
    /// Several temperatures.
    Thorough,
    /// Up to where a kiln works.
    HighTemperature,
    /// A relay test around one temperature.
    Relay,
}

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Outcome {
    /// Done.
    Done,
    /// Not done, and why.
    Refused(Refusal),
}

/// Why a request was not carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A firing or a tuning is going on.
    Busy,
    /// No firing is going on.
    NotRunning,
    /// No tuning is going on.
    NotTuning,
    /// The firing is not paused.
    NotPaused,
    /// The firing is already paused.
    AlreadyPaused,
    /// There is no manual hold to renew.
    NotHolding,
    /// There is nothing to clear.
    NoError,
    /// A fault is latched: clear it first.
    Latched,
    /// The cause of the fault is still there.
    CausePresent,
    /// There is no good temperature reading to start from.
    NoReading,
    /// A value is out of its range.
    OutOfRange,
    /// The step has nothing of the kind to change.
    NothingToChange,
    /// The start lies in the past or too far ahead.
    BadTime,
    /// The schedule is full.
    Full,
    /// The wall clock is not known yet.
    NoClock,
    /// A target is above this kiln's maximum temperature.
    TooHot,
    /// The outputs have not yet proven that they are off.
    SelfTest,
    /// The kiln is too hot already for what is asked.
    KilnTooHot,
    /// The application has not yet said what kiln this is: no settings have come.
    SettingsUnknown,
    /// It begins heat and was asked before a stop that has been carried out.
    Overtaken,
    /// It came damaged; nothing but its name could be read.
    Damaged,
}

/// How many outcomes are kept.
pub const OUTCOMES_KEPT: usize = 8;

/// The outcomes of the last requests, newest first.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Outcomes {
    newest_first: [Option<(CommandId, Outcome)>; OUTCOMES_KEPT],
}

impl Outcomes {
    /// Adds the outcome of a request; the oldest one is forgotten.
    pub fn note(&mut self, id: CommandId, outcome: Outcome) {
        self.newest_first.rotate_right(1);
        if let Some(newest) = self.newest_first.first_mut() {
            *newest = Some((id, outcome));
        }
    }

    /// What became of a request, if it is still known; of two with the same name the newer.
    pub fn of(&self, id: CommandId) -> Option<Outcome> {
        self.iter().find(|(known, _)| *known == id).map(|(_, outcome)| outcome)
    }

    /// Every outcome still known, newest first.
    pub fn iter(&self) -> impl Iterator<Item = (CommandId, Outcome)> + '_ {
        self.newest_first.iter().copied().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_eight_outcomes_are_known() {
        let mut outcomes = Outcomes::default();
        for id in 0..10 {
            outcomes.note(CommandId(id), Outcome::Done);
        }
        outcomes.note(CommandId(5), Outcome::Refused(Refusal::Busy));
        assert_eq!(outcomes.of(CommandId(2)), None);
        assert_eq!(outcomes.of(CommandId(3)), Some(Outcome::Done));
        assert_eq!(outcomes.of(CommandId(5)), Some(Outcome::Refused(Refusal::Busy)));
        assert_eq!(outcomes.iter().count(), OUTCOMES_KEPT);
    }
}
