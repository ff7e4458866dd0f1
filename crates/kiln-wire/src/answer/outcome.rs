//! What became of a command: what control did, not what was asked.

use super::error::{ErrorAnswer, ErrorBody};
use kiln_core::command::{CommandId, Outcome};

/// What became of a command.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct CommandAnswer {
    /// The id of the command, for `GET /api/commands/{id}`.
    pub id: u32,
    /// Whether control has carried it out.
    pub state: CommandState,
    /// Why it was not carried out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", ts(optional))]
    pub error: Option<ErrorBody>,
}

/// How far a command has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CommandState {
    /// Control has not answered yet.
    Pending,
    /// Control has done it.
    Done,
    /// Control has refused it.
    Refused,
}

impl CommandAnswer {
    /// A command that control has not answered yet.
    pub const fn pending(id: CommandId) -> Self {
        Self { id: id.0, state: CommandState::Pending, error: None }
    }

    /// A command with its outcome.
    pub fn of(id: CommandId, outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => Self { id: id.0, state: CommandState::Done, error: None },
            Outcome::Refused(refusal) => {
                Self { id: id.0, state: CommandState::Refused, error: Some(ErrorAnswer::from(refusal).error) }
            }
        }
    }
}
