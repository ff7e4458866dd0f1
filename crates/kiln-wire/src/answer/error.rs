//! The error answer: one shape for every refusal of every route.

use super::params::Params;
use super::problem::Problem;
use crate::bounded::Label;
use crate::figure::ParamValue;
use crate::refusal::{Path, Refusal};
use crate::why::Why;
use kiln_core::command;
use serde::ser::{Serialize, Serializer};

/// What is answered when a request is not carried out.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct ErrorAnswer {
    /// What is wrong.
    pub error: ErrorBody,
    #[serde(skip)]
    status: u16,
}

/// What is wrong with a request.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct ErrorBody {
    /// The stable code.
    pub code: &'static str,
    /// The plain English of it.
    #[cfg_attr(feature = "schema", ts(as = "String"), schemars(with = "String"))]
    message: Message,
    /// The place in the document, as `steps[3].target_temp`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", ts(optional))]
    pub field: Option<Label<{ Path::LONGEST }>>,
    /// The figures, under names that carry their units.
    pub params: Params,
}

/// A sentence, made when it is written.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Message {
    Plain(&'static str),
    Why(Why),
}

impl Serialize for Message {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Plain(text) => serializer.serialize_str(text),
            Self::Why(why) => serializer.collect_str(why),
        }
    }
}

impl ErrorAnswer {
    /// The HTTP status it is sent with.
    pub const fn status(&self) -> u16 {
        self.status
    }

    /// The same, at a place in the document or query that was sent.
    pub fn at(mut self, field: &str) -> Self {
        self.error.field = Some(Label::cut(field));
        self
    }

    /// The same with one more figure.
    pub fn with(mut self, name: &'static str, value: ParamValue) -> Self {
        self.error.params = self.error.params.with(name, value);
        self
    }

    /// A refusal whose code, sentence and status are decided elsewhere.
    pub const fn made_of(status: u16, code: &'static str, message: &'static str) -> Self {
        let error = ErrorBody { code, message: Message::Plain(message), field: None, params: Params::NONE };
        Self { error, status }
    }
}

impl From<Problem> for ErrorAnswer {
    fn from(problem: Problem) -> Self {
        Self::made_of(problem.status(), problem.code(), problem.message())
    }
}

/// A document that was refused: 413 when it is too long, 400 when it is not JSON, else 422.
impl From<&Refusal> for ErrorAnswer {
    fn from(refusal: &Refusal) -> Self {
        let path = refusal.path.as_str();
        let field = if path.is_empty() { None } else { Some(Label::cut(path)) };
        let line = usize::try_from(refusal.line).unwrap_or(usize::MAX);
        let params = Params::of(refusal.why.params()).with("line", ParamValue::Count(line));
        let error = ErrorBody { code: refusal.why.code(), message: Message::Why(refusal.why), field, params };
        Self { error, status: status(&refusal.why) }
    }
}

const fn status(why: &Why) -> u16 {
    match why {
        Why::TooLarge { .. } => 413,
        Why::NotUtf8
        | Why::Syntax { .. }
        | Why::TrailingText
        | Why::TooDeep { .. }
        | Why::TooManyKeys { .. }
        | Why::DuplicateKey
        | Why::NotFinite => 400,
        Why::UnknownKey { .. }
        | Why::Missing
        | Why::WrongType { .. }
        | Why::NotAChoice { .. }
        | Why::NotOneOf { .. }
        | Why::Twice
        | Why::DoesNotFit { .. }
        | Why::NewerFormat { .. }
        | Why::NotInThisStep { .. }
        | Why::Empty
        | Why::TooMany { .. }
        | Why::TextTooLong { .. }
        | Why::ControlCharacter
        | Why::TooLow { .. }
        | Why::TooHigh { .. }
        | Why::AboveRate { .. }
        | Why::OtherUnits { .. }
        | Why::Invalid => 422,
    }
}

/// What control would not do.
impl From<command::Refusal> for ErrorAnswer {
    fn from(refusal: command::Refusal) -> Self {
        let (status, code, message) = control(refusal);
        Self::made_of(status, code, message)
    }
}

/// Control's refusals: 422 where the request itself asks for what cannot be, else 409, what the kiln is doing.
const fn control(refusal: command::Refusal) -> (u16, &'static str, &'static str) {
    use command::Refusal as R;
    match refusal {
        R::Busy => (409, "busy", "a firing or a tuning is going on"),
        R::NotRunning => (409, "not_running", "no firing is going on"),
        R::NotTuning => (409, "not_tuning", "no tuning is going on"),
        R::NotPaused => (409, "not_paused", "the firing is not paused"),
        R::AlreadyPaused => (409, "already_paused", "the firing is paused already"),
        R::NotHolding => (409, "not_holding", "there is no hold to renew"),
        R::NoError => (409, "no_error", "there is no error to clear"),
        R::Latched => (409, "latched", "a fault is latched: see to it and clear it first"),
        R::CausePresent => (409, "cause_present", "the cause of the fault is still there"),
        R::NoReading => (409, "no_reading", "there is no good temperature reading to start from"),
        R::OutOfRange => (422, "out_of_range", "a value is out of its range"),
        R::NothingToChange => (409, "nothing_to_change", "the running step has nothing of the kind to change"),
        R::BadTime => (422, "bad_time", "the start lies in the past or too far ahead"),
        R::Full => (409, "full", "as many starts as can wait are scheduled"),
        R::NoClock => (409, "clock_unknown", "the time of day is not known yet"),
        R::TooHot => (422, "too_hot", "a target is above this kiln's maximum temperature"),
        R::SelfTest => (409, "self_test", "the outputs have not yet proven that they are off"),
        R::KilnTooHot => (409, "kiln_too_hot", "the kiln is too hot already for that"),
        R::SettingsUnknown => (409, "settings_unknown", "the control loop has not been told the settings yet"),
        R::Overtaken => (409, "overtaken", "a stop came before it could begin"),
        R::Damaged => (503, "damaged", "the request was damaged on its way to the control loop: ask again"),
    }
}
