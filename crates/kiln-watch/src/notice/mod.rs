//! What is to be said to somebody who does not look: alarms and alerts, and when.
//!
//! An *alarm* is a condition that needs somebody; it is told at once and again until it is acknowledged or over. An
//! *alert* is something expected that has happened; it is told once, and each kind can be switched off.
//! [`policy`] decides, [`words`] says it in a person's language.

pub mod policy;
pub mod words;

use crate::status::{Fault, Recovery};

/// A condition that needs somebody.
#[derive(Clone, Debug, PartialEq)]
pub enum Alarm {
    /// A fault has latched: heat is off until a person clears it.
    Fault(Fault),
    /// In a firing, heat has been withheld for a while.
    Withheld(Fault),
    /// A firing was cut off and waits for an answer.
    Recovery(Recovery),
    /// The controller started anew in the middle of a firing, and the firing goes on.
    Resumed {
        /// The name of the profile.
        profile: String,
    },
    /// A kiln that fires has not been heard of for a minute.
    Lost,
    /// The kiln answers, but its control loop is silent while it fires.
    Silent,
}

/// The kinds of alerts: what can be switched off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlertKind {
    /// A firing began.
    Started,
    /// The next step began.
    StepReached,
    /// A hold ends in ten minutes.
    HoldEnds,
    /// A firing came to its end.
    Completed,
    /// A firing was ended before its end.
    Stopped,
    /// The kiln is cold enough to be opened.
    SafeToOpen,
    /// A delayed start did not begin.
    StartMissed,
    /// A tuning run is over.
    Tuned,
    /// A kiln that was lost while it fired answers again.
    Back,
}

impl AlertKind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Started,
        Self::StepReached,
        Self::HoldEnds,
        Self::Completed,
        Self::Stopped,
        Self::SafeToOpen,
        Self::StartMissed,
        Self::Tuned,
        Self::Back,
    ];
}

/// Something expected that has happened.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "each is the kind of the same name, with what its words need")]
pub enum Alert {
    Started { profile: String },
    StepReached { step: u32, count: u32, target_c: Option<f64> },
    HoldEnds { step: u32, target_c: Option<f64> },
    Completed { profile: String },
    Stopped { profile: Option<String>, temp_c: Option<f64> },
    SafeToOpen { temp_c: f64 },
    StartMissed { profile: String },
    Tuned,
    Back { temp_c: Option<f64> },
}

impl Alert {
    /// Its kind.
    pub const fn kind(&self) -> AlertKind {
        match self {
            Self::Started { .. } => AlertKind::Started,
            Self::StepReached { .. } => AlertKind::StepReached,
            Self::HoldEnds { .. } => AlertKind::HoldEnds,
            Self::Completed { .. } => AlertKind::Completed,
            Self::Stopped { .. } => AlertKind::Stopped,
            Self::SafeToOpen { .. } => AlertKind::SafeToOpen,
            Self::StartMissed { .. } => AlertKind::StartMissed,
            Self::Tuned => AlertKind::Tuned,
            Self::Back { .. } => AlertKind::Back,
        }
    }
}

/// What is told.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// Needs somebody.
    Alarm(Alarm),
    /// Is good to know.
    Alert(Alert),
}

/// Something to say.
#[derive(Clone, Debug, PartialEq)]
pub enum Say {
    /// Tell it. What was told under the same key is replaced.
    Tell {
        /// What it is known by.
        key: String,
        /// What.
        what: What,
    },
    /// It is over or acknowledged: what was told under this key can go.
    Withdraw {
        /// What it is known by.
        key: String,
    },
}
