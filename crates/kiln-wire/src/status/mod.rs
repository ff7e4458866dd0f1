//! What the kiln is doing, as one document: `GET /api/status`, and each event of `GET /api/events`.
//!
//! Made of one picture of the control loop and of what the application knows beside it. What it tells is what is: the
//! relays as seen at their pins, the guards as they judged, the outcome of a command as control carried it out. It
//! decides nothing, and shows a value that is not known as null.

mod event;
mod fault;
mod legacy;
mod network;
mod places;
mod run;
mod tuning;

pub use event::{EventView, EventWord};
#[cfg(feature = "schema")]
pub(crate) use fault::FaultBody;
pub use fault::{FaultKindView, FaultView, SeverityWord};
pub use legacy::{LegacyState, PidStats};
pub use network::{NetworkView, WifiState};
pub use run::{ConeView, RunKindWord, StepKindWord, StepView, WaitingView, WaitingWord};
pub use tuning::{TuningStage, TuningView};

pub(crate) use places::rounded;

use crate::answer::{CommandAnswer, CommandState, ErrorAnswer};
use crate::bounded::{Label, List};
use kiln_core::command::{OUTCOMES_KEPT, Outcome};
use kiln_core::guard::GUARDS;
use kiln_core::limits;
use kiln_core::profile::Name;
use kiln_core::regulate::PidTerms;
use kiln_core::sensor::Problem;
use kiln_core::settings::{self, Origin};
use kiln_core::snapshot::{Phase, Snapshot};
use kiln_core::units::{Celsius, Instant, Millis, WallClock};

/// The longest id of a run.
pub const RUN_ID_LONGEST: usize = 96;

/// The name of a profile, as documents hold it.
pub type ProfileName = Label<{ Name::LONGEST }>;
/// The id of a run.
pub type RunId = Label<RUN_ID_LONGEST>;

/// What the kiln is doing.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Status {
    /// Counts the pictures of the control loop; it wraps.
    pub number: u32,
    /// What it is doing, in a word.
    pub state: StateWord,
    /// The chamber's temperature; null while there has been no good reading.
    pub temp_c: Option<f64>,
    /// How old that reading is.
    pub temp_age_s: Option<f64>,
    /// Why the latest attempt to read failed; null when it did not.
    pub sensor_problem: Option<&'static str>,
    /// The temperature of the thermocouple's terminals, beside the electronics.
    pub terminals_c: Option<f64>,
    /// The temperature asked for; null when none is.
    pub target_c: Option<f64>,
    /// The power asked for.
    pub output_percent: f64,
    /// The power that the running relay window serves.
    pub duty_percent: f64,
    /// The heating relays that are energised, as seen at their pins; counted from 0.
    pub relays_on: List<u8, { limits::RELAYS_MOST }>,
    /// Whether the safety contactor is held closed, as seen at its pin.
    pub contactor_held: bool,
    /// The firing that is running or has ended.
    pub run: Option<RunView>,
    /// The tuning that is running.
    pub tuning: Option<TuningView>,
    /// The parts of the regulator's latest answer; null at rest.
    pub pid: Option<PidView>,
    /// The latched fault.
    pub fault: Option<FaultView>,
    /// What the guards find at this moment.
    pub guards: List<FaultView, GUARDS>,
    /// A firing that was cut off and waits for an answer.
    pub recovery: Option<RecoveryView>,
    /// The next delayed start.
    pub scheduled: Option<ScheduledView>,
    /// The last commands, newest first.
    pub commands: List<CommandBrief, OUTCOMES_KEPT>,
    /// Both clocks.
    pub clock: ClockView,
    /// How the control loop is.
    pub control: ControlView,
    /// How the kiln can be reached.
    pub network: NetworkView,
    /// How many events there have been; the newest has this number less one.
    pub events_total: u32,
}

/// What the kiln is doing, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is the phase of the same name")]
pub enum StateWord {
    Idle,
    Running,
    Tuning,
    Complete,
    Error,
}

impl From<Phase> for StateWord {
    fn from(phase: Phase) -> Self {
        match phase {
            Phase::Idle => Self::Idle,
            Phase::Running => Self::Running,
            Phase::Tuning => Self::Tuning,
            Phase::Complete => Self::Complete,
            Phase::Error => Self::Error,
        }
    }
}

/// A firing that is running or has ended.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct RunView {
    /// The id of its record; null while it has none.
    pub id: Option<RunId>,
    /// The name of the profile.
    pub profile: ProfileName,
    /// What kind of firing it is.
    pub kind: RunKindWord,
    /// The schedule clock.
    pub elapsed_s: f64,
    /// Nominal time left, for a kiln that keeps up from here.
    pub remaining_s: f64,
    /// How much is done.
    pub progress_percent: f64,
    /// The running step.
    pub step: StepView,
    /// Why the schedule clock stands still; null when it runs.
    pub waiting: Option<WaitingView>,
    /// The temperature a reheat after an outage returns to; null without one.
    pub reheating_to_c: Option<f64>,
    /// How far the heat work has come, in cones, at most ten seconds old; null before the softest cone has fallen.
    pub cone: Option<ConeView>,
    /// Energy so far; null where the power of the elements is not set.
    pub energy_kwh: Option<f64>,
    /// Its cost so far; null where no price is set.
    pub cost: Option<f64>,
}

/// The parts of the regulator's latest answer.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct PidView {
    /// Target less temperature.
    pub error_k: f64,
    /// Proportional part.
    pub p_percent: f64,
    /// Integral part.
    pub i_percent: f64,
    /// Derivative part.
    pub d_percent: f64,
    /// The sum, held to 0 to 100.
    pub output_percent: f64,
    /// The accumulated error.
    pub integral_k_s: f64,
    /// Whether the integral stood still because the output was at a limit already.
    pub frozen: bool,
}

impl From<&PidTerms> for PidView {
    fn from(terms: &PidTerms) -> Self {
        Self {
            error_k: rounded(terms.error, 2),
            p_percent: rounded(terms.p, 2),
            i_percent: rounded(terms.i, 2),
            d_percent: rounded(terms.d, 2),
            output_percent: rounded(terms.output, 2),
            integral_k_s: rounded(terms.integral, 2),
            frozen: terms.frozen,
        }
    }
}

/// A firing that was cut off.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct RecoveryView {
    /// The id of its record.
    pub id: RunId,
    /// The name of the profile.
    pub profile: ProfileName,
    /// Why it does not go on by itself: `too_long`, `too_far`, `no_such_step`, `hold_unknown`, `heat_work_unknown`,
    /// `too_often` or `unreadable`.
    pub doubt: &'static str,
    /// The last temperature logged.
    pub was_c: Option<f64>,
    /// The temperature found.
    pub found_c: Option<f64>,
    /// How long the controller was away, if it is known.
    pub away_s: Option<f64>,
    /// Whether it could still go on if somebody says so.
    pub can_resume: bool,
}

/// A start that waits for its time.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct ScheduledView {
    /// The name of the profile.
    pub profile: ProfileName,
    /// When it starts, in epoch milliseconds.
    pub start_ms: u64,
    /// How long that is from now; null while the time of day is not known.
    pub starts_in_s: Option<f64>,
}

/// A command and what became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct CommandBrief {
    /// Its id.
    pub id: u32,
    /// What became of it.
    pub state: CommandState,
    /// The code of the refusal; null when it was carried out.
    pub code: Option<&'static str>,
}

/// Both clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct ClockView {
    /// The time of day in epoch milliseconds; null while it is not known.
    pub wall_ms: Option<u64>,
    /// Whether it comes from a time server, or was told by hand.
    pub synced: bool,
    /// The clock of control, plant and log, in milliseconds since its start. In the simulator it runs faster.
    pub control_ms: u64,
    /// The clock of network and pairing, in milliseconds since its start.
    pub real_ms: u64,
}

/// How the control loop is.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct ControlView {
    /// How old its newest word is.
    pub age_s: f64,
    /// Whether that is too old: what is shown may be past.
    pub silent: bool,
    /// The revision of the settings in force; null where they were not published by the application.
    pub settings_revision: Option<u32>,
    /// The revision that waits for the end of the firing; null when none does.
    pub settings_waiting: Option<u32>,
    /// The revision that control refused; null when it refused none.
    pub settings_refused: Option<u32>,
}

/// What the application knows beside the picture of the control loop.
#[derive(Clone, Debug)]
pub struct Around {
    /// The clock of control.
    pub now: Instant,
    /// The clock of network and pairing.
    pub real: Millis,
    /// The time of day.
    pub wall: Option<WallClock>,
    /// Whether it comes from a time server, or was told by hand.
    pub synced: bool,
    /// How old the newest word of the control loop is.
    pub control_age: Millis,
    /// Whether that is too old: what is shown may be past.
    pub control_silent: bool,
    /// The id of the running or ended firing's record.
    pub run: Option<RunId>,
    /// Energy of the firing.
    pub energy_kwh: Option<f64>,
    /// Its cost.
    pub cost: Option<f64>,
    /// How long the schedule clock has been standing still.
    pub waiting_for: Option<Millis>,
    /// A firing that was cut off and waits for an answer.
    pub recovery: Option<RecoveryView>,
    /// How the kiln can be reached.
    pub network: NetworkView,
}

impl Status {
    /// The document of one picture.
    pub fn of(picture: &Snapshot, around: &Around) -> Self {
        let celsius = |value: Celsius| rounded(value.get(), 2);
        let age = |taken: Instant| rounded(around.now.since(taken).seconds(), 1);
        Self {
            number: picture.number,
            state: picture.phase.into(),
            temp_c: picture.reading.map(|reading| celsius(reading.temperature)),
            temp_age_s: picture.reading.map(|reading| age(reading.taken)),
            sensor_problem: picture.problem.map(problem),
            terminals_c: picture.cold_junction.map(celsius),
            target_c: picture.target.map(celsius),
            output_percent: rounded(picture.duty.percent(), 2),
            duty_percent: rounded(picture.window.percent(), 2),
            relays_on: List::first_of(relays(picture)),
            contactor_held: picture.contactor,
            run: picture.run.as_ref().map(|run| run::view(run, around)),
            tuning: picture.tuning.as_ref().map(TuningView::from),
            pid: picture.terms.as_ref().map(PidView::from),
            fault: picture.fault.map(FaultView),
            guards: List::first_of(picture.verdicts.iter().copied().map(FaultView)),
            recovery: around.recovery.clone(),
            scheduled: picture.scheduled.map(|(at, profile)| scheduled(at, &profile, around.wall)),
            commands: List::first_of(picture.outcomes.iter().map(|(id, outcome)| brief(id.0, outcome))),
            clock: ClockView {
                wall_ms: around.wall.map(WallClock::unix_millis),
                synced: around.synced,
                control_ms: around.now.as_millis(),
                real_ms: around.real.get(),
            },
            control: control(picture.settings, around),
            network: around.network.clone(),
            events_total: picture.events.total(),
        }
    }
}

fn control(settings: settings::View, around: &Around) -> ControlView {
    ControlView {
        age_s: rounded(around.control_age.seconds(), 1),
        silent: around.control_silent,
        settings_revision: match settings.origin {
            Origin::Published(revision) => Some(revision),
            Origin::Delivered | Origin::Given => None,
        },
        settings_waiting: settings.waiting,
        settings_refused: settings.refused.map(|(revision, _)| revision),
    }
}

fn relays(picture: &Snapshot) -> impl Iterator<Item = u8> {
    let relays = picture.relays;
    (0..u8::MAX).take(limits::RELAYS_MOST).filter(move |relay| relays.is_on(usize::from(*relay)))
}

fn scheduled(at: WallClock, profile: &Name, wall: Option<WallClock>) -> ScheduledView {
    ScheduledView {
        profile: Label::cut(profile.as_str()),
        start_ms: at.unix_millis(),
        starts_in_s: wall.map(|now| rounded(at.since(now).seconds(), 0)),
    }
}

fn brief(id: u32, outcome: Outcome) -> CommandBrief {
    match outcome {
        Outcome::Done => CommandBrief { id, state: CommandState::Done, code: None },
        Outcome::Refused(refusal) => {
            CommandBrief { id, state: CommandState::Refused, code: Some(ErrorAnswer::from(refusal).error.code) }
        }
    }
}

impl From<&CommandAnswer> for CommandBrief {
    fn from(answer: &CommandAnswer) -> Self {
        Self { id: answer.id, state: answer.state, code: answer.error.as_ref().map(|error| error.code) }
    }
}

/// The word for why there is no temperature.
pub(crate) const fn problem(problem: Problem) -> &'static str {
    match problem {
        Problem::Bus => "bus",
        Problem::Chip(_) => "chip",
        Problem::OutOfRange(_) => "out_of_range",
        Problem::Setup(_) => "setup",
        Problem::Converting => "converting",
    }
}
