//! A refusal on its way out: the error answer, and what the head of the answer says beside it.

use super::answer::{Content, Note, Out, Told};
use super::head::Flaw;
use super::site::Hitch;
use crate::door;
use kiln_core::units::Millis;
use kiln_wire::ParamValue;
use kiln_wire::answer::{ErrorAnswer, Problem};

/// A refusal on its way out.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// What is wrong.
    pub answer: ErrorAnswer,
    /// What the head says of it.
    pub note: Note,
}

impl Refused {
    /// With what else could have been asked for.
    pub fn allowing(mut self, allow: &'static str) -> Self {
        self.note.allow = Some(allow);
        self
    }

    /// For a page elsewhere that may read it.
    pub fn for_page(mut self, origin: Option<&'static str>) -> Self {
        self.note.origin = origin;
        self
    }

    /// Writes it.
    pub fn write(&self, out: &mut Out<'_>) -> Told {
        out.back_to(0);
        // An error answer is far smaller than any room; one that were not would leave the status.
        let written = out.json(&self.answer);
        let content = written.then_some(Content::Json);
        Told { status: self.answer.status(), content, note: self.note.clone() }
    }
}

impl From<ErrorAnswer> for Refused {
    fn from(answer: ErrorAnswer) -> Self {
        let note = Note { challenge: answer.status() == 401, ..Note::default() };
        Self { answer, note }
    }
}

impl From<Problem> for Refused {
    fn from(problem: Problem) -> Self {
        ErrorAnswer::from(problem).into()
    }
}

impl From<&kiln_wire::Refusal> for Refused {
    fn from(refusal: &kiln_wire::Refusal) -> Self {
        ErrorAnswer::from(refusal).into()
    }
}

impl From<door::Refusal> for Refused {
    fn from(refusal: door::Refusal) -> Self {
        let mut answer = ErrorAnswer::made_of(refusal.status(), refusal.code(), refusal.message());
        let mut wait = None;
        if let Some((name, value)) = refusal.param() {
            answer = answer.with(name, ParamValue::Count(usize::try_from(value).unwrap_or(usize::MAX)));
            wait = (name == "retry_after_s").then(|| Millis::from_seconds(value));
        }
        let busy = matches!(refusal, door::Refusal::Busy | door::Refusal::EventsFull);
        let mut refused = Self::from(answer);
        refused.note.retry_after = wait.or(busy.then_some(Millis::from_seconds(1)));
        refused
    }
}

impl From<Hitch> for Refused {
    fn from(hitch: Hitch) -> Self {
        match hitch {
            Hitch::Head(Flaw::TooLarge) => Problem::HeadersTooLarge.into(),
            Hitch::Head(Flaw::Coded) => Problem::LengthMissing.into(),
            Hitch::Head(Flaw::Malformed | Flaw::Twice(_) | Flaw::BadLength) => Problem::BadRequest.into(),
            Hitch::SlowHead | Hitch::SlowBody => Problem::TooSlow.into(),
            Hitch::NoRoom => door::Refusal::Busy.into(),
        }
    }
}
