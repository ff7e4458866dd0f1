//! How sure it is what a kiln does: never connected, live, stale and lost are four different things.

use kiln_core::units::Instant;

/// Why there is no status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// Nobody let us in, or nobody answered in time.
    NoAnswer,
    /// Whoever answers there is no pico-kiln.
    NotAKiln,
    /// Another kiln answers at this address.
    OtherKiln,
    /// The kiln speaks a version of the interface that this program does not know.
    OtherVersion,
    /// The kiln tells only paired apps what it does.
    NeedsPairing,
    /// It answers, but has no status to give at the moment.
    Busy,
    /// What it says cannot be read.
    Unreadable,
}

/// The state of the connection with one kiln.
///
/// ```text
/// Never ──status──▶ Live ──polls missed──▶ Stale ──a minute──▶ Lost
///                     ▲──────────status───────┴──────────────────┘
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// It has not told its status since the watching began: nothing is known.
    Never {
        /// What went wrong last; none before the first attempt has ended.
        why: Option<Failure>,
    },
    /// What is shown is what is.
    Live {
        /// When it last answered.
        heard: Instant,
    },
    /// Some polls were missed: what is shown is a little old.
    Stale {
        /// When it last answered.
        heard: Instant,
    },
    /// Nothing was heard for long. The kiln goes on by itself; what it does is not known.
    Lost {
        /// When it last answered.
        heard: Instant,
        /// What went wrong last.
        why: Failure,
    },
}

impl Link {
    /// When it last answered; none before it did.
    pub const fn heard(self) -> Option<Instant> {
        match self {
            Self::Never { .. } => None,
            Self::Live { heard } | Self::Stale { heard } | Self::Lost { heard, .. } => Some(heard),
        }
    }

    /// The word for documents.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Never { .. } => "never",
            Self::Live { .. } => "live",
            Self::Stale { .. } => "stale",
            Self::Lost { .. } => "lost",
        }
    }
}
