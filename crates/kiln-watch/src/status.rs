//! What the watcher reads of a kiln's documents: few fields, leniently.
//!
//! The names are kiln-wire's, which writes these documents; a test reads what the real service says. Unknown fields are
//! passed over and unknown words become `Other`, so that a kiln with newer software can still be watched.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

/// What `product` is in every kiln's `GET /api/info`.
pub const PRODUCT: &str = "pico-kiln";
/// The version of the interface that this crate knows.
pub const INTERFACE: u64 = 1;

/// `GET /api/info`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Info {
    /// `pico-kiln`.
    pub product: String,
    /// The version of its software.
    pub version: String,
    /// Whether no real kiln hangs on it.
    #[serde(default)]
    pub simulated: bool,
    /// The name its owner gave the kiln.
    pub name: String,
    /// The version of the interface.
    #[serde(default)]
    pub api: u64,
}

/// What the kiln is doing, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is the word of the same name in a status")]
pub enum State {
    Idle,
    Running,
    Tuning,
    Complete,
    Error,
    /// A word of newer software.
    #[serde(other)]
    Other,
}

impl State {
    /// Whether the kiln may heat in this state.
    pub const fn fires(self) -> bool {
        matches!(self, Self::Running | Self::Tuning)
    }

    /// The word for documents.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Running => "running",
            Self::Tuning => "tuning",
            Self::Complete => "complete",
            Self::Error => "error",
            Self::Other => "other",
        }
    }
}

/// How bad a fault is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is the word of the same name in a status")]
pub enum Severity {
    Notice,
    Hold,
    Trip,
    Lockout,
    /// A word of newer software.
    #[serde(other)]
    Other,
}

/// The figures of a fault, under names that carry their units.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct Figures(BTreeMap<String, Value>);

impl Figures {
    /// A figure that is a number.
    pub fn number(&self, name: &str) -> Option<f64> {
        self.0.get(name).and_then(Value::as_f64)
    }
}

impl<const N: usize> From<[(&str, f64); N]> for Figures {
    fn from(figures: [(&str, f64); N]) -> Self {
        Self(figures.into_iter().map(|(name, value)| (name.to_owned(), Value::from(value))).collect())
    }
}

/// A fault.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Fault {
    /// The code people quote, as `K-05`.
    pub code: String,
    /// How bad it is.
    pub severity: Severity,
    /// The plain English of it.
    pub message: String,
    /// The figures that show it.
    #[serde(default)]
    pub params: Figures,
}

/// The running step.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Step {
    /// Counted from 0.
    pub index: u32,
    /// How many steps there are.
    pub count: u32,
    /// The temperature it reaches or holds, °C.
    pub target_c: Option<f64>,
    /// Time of the schedule clock in the step, s.
    pub elapsed_s: f64,
    /// How long a hold lasts, s; none for other steps.
    pub hold_s: Option<f64>,
    /// The cone that ends a hold by falling.
    #[serde(default)]
    pub until_cone: Option<String>,
}

/// A firing that is running or has ended.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Run {
    /// The id of its record; none while it has none.
    pub id: Option<String>,
    /// The name of the profile.
    pub profile: String,
    /// The schedule clock, s.
    pub elapsed_s: f64,
    /// Nominal time left, s.
    pub remaining_s: f64,
    /// How much is done, percent.
    pub progress_percent: f64,
    /// The running step.
    pub step: Step,
}

/// A firing that was cut off and waits for an answer.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Recovery {
    /// The id of its record.
    pub id: String,
    /// The name of the profile.
    pub profile: String,
    /// The last temperature logged, °C.
    pub was_c: Option<f64>,
    /// The temperature found, °C.
    pub found_c: Option<f64>,
    /// Whether it could still go on.
    pub can_resume: bool,
}

/// A start that waits for its time.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Scheduled {
    /// The name of the profile.
    pub profile: String,
    /// When, in epoch milliseconds.
    pub start_ms: u64,
}

/// The kiln's clocks.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Clock {
    /// The time of day in epoch milliseconds, where it is known.
    pub wall_ms: Option<u64>,
    /// The clock of control, in milliseconds since its start.
    pub control_ms: u64,
}

/// How the control loop is.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Control {
    /// Whether its newest word is too old: what is shown may be past.
    pub silent: bool,
}

/// How the kiln can be reached.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Network {
    /// The name it goes by, without `.local`.
    pub name: String,
}

/// `GET /api/status`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Status {
    /// What the kiln is doing.
    pub state: State,
    /// The chamber's temperature, °C.
    pub temp_c: Option<f64>,
    /// How old that reading is, s.
    #[serde(default)]
    pub temp_age_s: Option<f64>,
    /// The temperature asked for, °C.
    pub target_c: Option<f64>,
    /// The power asked for, percent.
    pub output_percent: f64,
    /// Why the latest attempt to read the thermocouple failed.
    #[serde(default)]
    pub sensor_problem: Option<String>,
    /// The firing that is running or has ended.
    pub run: Option<Run>,
    /// The latched fault.
    pub fault: Option<Fault>,
    /// What the guards find at this moment.
    #[serde(default)]
    pub guards: Vec<Fault>,
    /// A firing that was cut off and waits for an answer.
    pub recovery: Option<Recovery>,
    /// The next delayed start.
    pub scheduled: Option<Scheduled>,
    /// Both clocks.
    pub clock: Clock,
    /// How the control loop is.
    pub control: Control,
    /// How the kiln can be reached.
    pub network: Network,
}

/// How old a reading may be while the probe cannot be read, s: one attempt may fail.
const READING_LASTS_S: f64 = 3.0;

impl Status {
    /// Whether the thermocouple cannot be read: its last value is not shown then as if it were now.
    pub fn is_probe_open(&self) -> bool {
        let fails = self.sensor_problem.as_deref().is_some_and(|problem| problem != "converting");
        fails && (self.temp_c.is_none() || self.temp_age_s.unwrap_or(0.0) > READING_LASTS_S)
    }

    /// The temperature that can be believed, °C.
    pub fn believed_c(&self) -> Option<f64> {
        self.temp_c.filter(|_| !self.is_probe_open())
    }

    /// The id of the firing that is running or has ended.
    pub fn run_id(&self) -> Option<&str> {
        self.run.as_ref().and_then(|run| run.id.as_deref())
    }
}
