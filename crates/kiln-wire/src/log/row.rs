//! One row of a log, and how it is written.

use core::fmt;
use core::num::NonZeroU8;

use kiln_core::snapshot::Phase;
use kiln_core::units::{Celsius, CelsiusPerHour, Duty, Millis, WallClock};

use super::IsoTime;

/// One row of a log.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row<'a> {
    /// When; `None` while the time of day is not known, written as an empty column.
    pub at: Option<WallClock>,
    /// The schedule clock of a firing, the time in the step of a tuning run.
    pub elapsed: Millis,
    /// The temperature.
    pub temperature: Celsius,
    /// The target; 0 °C when there is none.
    pub target: Celsius,
    /// The power.
    pub duty: Duty,
    /// The state.
    pub state: State,
    /// The step.
    pub place: Place<'a>,
    /// The measured rate.
    pub rate: CelsiusPerHour,
}

/// The state column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing goes on.
    Idle,
    /// A firing goes on.
    Running,
    /// A tuning run goes on.
    Tuning,
    /// A firing has come to its end.
    Complete,
    /// A fault has ended it.
    Error,
    /// Not a state: the row says that the firing goes on after an outage.
    Recovery,
}

/// The three step columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place<'a> {
    /// No step.
    None,
    /// A step: its name, its number from 0, and how many there are.
    Step {
        /// The type of the step in a firing, its label in a tuning run. No commas, no line ends.
        name: &'a str,
        /// The step, counted from 0.
        index: u8,
        /// How many steps there are, if it is known.
        count: Option<NonZeroU8>,
    },
    /// The kiln is being brought back to where an outage found it: the row gives no step, written as -1.
    Recovering {
        /// How many steps there are, if it is known.
        count: Option<NonZeroU8>,
    },
}

/// A column of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the column of the name in HEADER")]
pub enum Column {
    Timestamp,
    Elapsed,
    Temperature,
    Target,
    Duty,
    State,
    StepName,
    StepIndex,
    TotalSteps,
    Rate,
}

impl Column {
    /// Every column, in order.
    pub const ALL: [Self; 10] = [
        Self::Timestamp,
        Self::Elapsed,
        Self::Temperature,
        Self::Target,
        Self::Duty,
        Self::State,
        Self::StepName,
        Self::StepIndex,
        Self::TotalSteps,
        Self::Rate,
    ];

    /// Its name in the header.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Timestamp => "timestamp",
            Self::Elapsed => "elapsed_seconds",
            Self::Temperature => "current_temp_c",
            Self::Target => "target_temp_c",
            Self::Duty => "ssr_output_percent",
            Self::State => "state",
            Self::StepName => "step_name",
            Self::StepIndex => "step_index",
            Self::TotalSteps => "total_steps",
            Self::Rate => "measured_rate_c_per_hour",
        }
    }
}

/// The name in the step column while a kiln is being brought back.
pub(super) const RECOVERING: &str = "RECOVERY";

impl From<Phase> for State {
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

impl State {
    /// Every state, for reading.
    pub(super) const ALL: [Self; 6] =
        [Self::Idle, Self::Running, Self::Tuning, Self::Complete, Self::Error, Self::Recovery];

    /// The word in the log.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Idle => "IDLE",
            Self::Running => "RUNNING",
            Self::Tuning => "TUNING",
            Self::Complete => "COMPLETE",
            Self::Error => "ERROR",
            Self::Recovery => "RECOVERY",
        }
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = match self {
            Self::None => return f.write_str(",,"),
            Self::Step { name, index, count } => {
                // A comma or a line end would move every column after it.
                for part in name.split([',', '\n', '\r']) {
                    f.write_str(part)?;
                }
                write!(f, ",{index},")?;
                count
            }
            Self::Recovering { count } => {
                write!(f, "{RECOVERING},-1,")?;
                count
            }
        };
        count.map_or(Ok(()), |count| write!(f, "{count}"))
    }
}

/// The line of the row, without its line end.
impl fmt::Display for Row<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { at, elapsed, temperature, target, duty, state, place, rate } = self;
        at.map_or(Ok(()), |at| write!(f, "{}", IsoTime(at)))?;
        write!(f, ",{:.1},", elapsed.seconds())?;
        write!(f, "{:.2},{:.2},{:.2},", temperature.get(), target.get(), duty.percent())?;
        write!(f, "{},{place},{:.1}", state.word(), rate.get())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::ToString;

    #[test]
    fn the_header_names_every_column() {
        let names: std::vec::Vec<_> = Column::ALL.iter().map(|column| column.name()).collect();
        assert_eq!(names.join(","), super::super::HEADER);
    }

    #[test]
    fn nothing_in_a_step_name_moves_the_columns() {
        let place = Place::Step { name: "a,b\r\nc", index: 0, count: None };
        assert_eq!(place.to_string(), "abc,0,");
    }
}
