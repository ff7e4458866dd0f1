//! Something that happened, in a document.

use super::fault::{at, by, count, figures, rate, word};
use crate::answer::Params;
use crate::figure::{Param, ParamValue};
use kiln_core::cone::Cone;
use kiln_core::event::Event;

/// Something that happened.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct EventView {
    /// Its number; a reader that has missed some sees a gap.
    pub number: u32,
    /// When, on the clock of control.
    pub control_ms: u64,
    /// When, in epoch milliseconds; null while the time of day was not known.
    pub at_ms: Option<u64>,
    /// What.
    pub what: EventWord,
    /// The fault that appeared; null for other events.
    pub fault: Option<&'static str>,
    /// The figures that go with it, under names that carry their units.
    pub params: Params,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is the event of the same name")]
pub enum EventWord {
    Started,
    Resumed,
    StepEntered,
    HoldReached,
    ConeFallen,
    ConeGaveUp,
    FellBehind,
    RegulatorFellBack,
    RateAdapted,
    StallAdvanced,
    Reheated,
    Banked,
    Paused,
    Unpaused,
    Skipped,
    Changed,
    Completed,
    Stopped,
    TuningStarted,
    TuningCompleted,
    StartMissed,
    StartRefused,
    Faulted,
    Recovered,
    Cleared,
}

impl EventView {
    /// The document of an event.
    pub fn of(number: u32, control_ms: u64, at_ms: Option<u64>, event: &Event) -> Self {
        let (what, params) = told(event);
        let fault = if let Event::Faulted(fault) = event { Some(word(fault.kind())) } else { None };
        Self { number, control_ms, at_ms, what, fault, params }
    }
}

/// A cone by its name, as `04`.
const fn named(name: &'static str, cone: Cone) -> Param {
    Param { name, value: ParamValue::Word(cone.name()) }
}

fn told(event: &Event) -> (EventWord, Params) {
    match event {
        Event::Started { step } => (EventWord::Started, Params::of([count("step", *step)])),
        Event::Resumed { step } => (EventWord::Resumed, Params::of([count("step", *step)])),
        Event::StepEntered { step } => (EventWord::StepEntered, Params::of([count("step", *step)])),
        Event::RateAdapted { from, to } => {
            (EventWord::RateAdapted, Params::of([rate("from_c_per_h", *from), rate("to_c_per_h", *to)]))
        }
        Event::StallAdvanced { short } => (EventWord::StallAdvanced, Params::of([by("short_k", *short)])),
        Event::Banked { target } => (EventWord::Banked, Params::of([at("target_c", *target)])),
        Event::ConeFallen { cone } => (EventWord::ConeFallen, Params::of([named("cone", *cone)])),
        Event::ConeGaveUp { cone } => (EventWord::ConeGaveUp, Params::of([named("cone", *cone)])),
        Event::Faulted(fault) => (EventWord::Faulted, figures(fault)),
        Event::HoldReached => (EventWord::HoldReached, Params::NONE),
        Event::FellBehind => (EventWord::FellBehind, Params::NONE),
        Event::RegulatorFellBack => (EventWord::RegulatorFellBack, Params::NONE),
        Event::Reheated => (EventWord::Reheated, Params::NONE),
        Event::Paused => (EventWord::Paused, Params::NONE),
        Event::Unpaused => (EventWord::Unpaused, Params::NONE),
        Event::Skipped => (EventWord::Skipped, Params::NONE),
        Event::Changed => (EventWord::Changed, Params::NONE),
        Event::Completed => (EventWord::Completed, Params::NONE),
        Event::Stopped => (EventWord::Stopped, Params::NONE),
        Event::TuningStarted => (EventWord::TuningStarted, Params::NONE),
        Event::TuningCompleted => (EventWord::TuningCompleted, Params::NONE),
        Event::StartMissed => (EventWord::StartMissed, Params::NONE),
        Event::StartRefused => (EventWord::StartRefused, Params::NONE),
        Event::Recovered => (EventWord::Recovered, Params::NONE),
        Event::Cleared => (EventWord::Cleared, Params::NONE),
    }
}
