//! Why something asked of the service was not done.

use crate::store::StoreError;
use kiln_core::command;
use kiln_wire::Refusal;
use kiln_wire::answer::{ErrorAnswer, Problem};

/// Why something asked of the service was not done. Small, so that it can be handed up; [`ErrorAnswer`] is what is sent.
#[derive(Clone, Debug, PartialEq)]
pub enum Refused {
    /// Something stood in the way.
    Problem(Problem),
    /// Something stood in the way, at this key of the document.
    At(Problem, &'static str),
    /// The control loop would refuse it.
    Control(command::Refusal),
    /// A document does not come through the door.
    Document(Refusal),
}

impl Refused {
    /// When something that should be there could not be read or written; `absent` is the answer when it is not there.
    pub(super) fn by_store(error: StoreError, absent: Problem) -> Self {
        Self::Problem(match error {
            StoreError::Absent => absent,
            StoreError::Exists | StoreError::InUse => Problem::InUse,
            StoreError::Newer(_) => Problem::NewerFormat,
            StoreError::TooLong(_) => Problem::BodyTooLarge,
            StoreError::Full => Problem::StorageFull,
            StoreError::Unmounted(_) | StoreError::Damaged | StoreError::Flash => Problem::StorageFailed,
        })
    }
}

impl From<Problem> for Refused {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<command::Refusal> for Refused {
    fn from(refusal: command::Refusal) -> Self {
        Self::Control(refusal)
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self::Document(refusal)
    }
}

impl From<&Refused> for ErrorAnswer {
    fn from(refused: &Refused) -> Self {
        match refused {
            Refused::Problem(problem) => (*problem).into(),
            Refused::At(problem, key) => Self::from(*problem).at(key),
            Refused::Control(refusal) => (*refusal).into(),
            Refused::Document(refusal) => refusal.into(),
        }
    }
}
