//! What a technician wants to know.

use crate::answer::ErrorBody;
use crate::bounded::{Label, List};
use crate::status::{FaultKindView, FaultView, rounded};
use kiln_core::black_box::{Evidence, KEPT};
use kiln_core::restart::Cause;
use kiln_core::units::Celsius;

/// `GET /api/diag`.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Diag {
    /// How long the controller has been up, on the clock of control.
    pub uptime_s: f64,
    /// Why it started, and what came before.
    pub resets: ResetsView,
    /// How each core ended before this start, where it did and that is still known.
    pub crashes: List<CrashView, 2>,
    /// The first faults of the firing, with what was seen when they appeared.
    pub evidence: List<EvidenceView, KEPT>,
    /// How many faults there were in all.
    pub faults_total: u32,
    /// The last fault that latched, in this start of the controller or an earlier one.
    pub last_fault: Option<LastFaultView>,
    /// Why the stored configuration is not in force; null when it is. Without it the kiln does not heat.
    pub config_trouble: Option<ErrorBody>,
    /// The flash.
    pub storage: StorageView,
    /// The memory; null where it is not measured.
    pub memory: Option<MemoryView>,
    /// How strong the Wi-Fi signal is.
    pub signal_dbm: Option<i16>,
    /// Rows that could not be kept for lack of room.
    pub rows_lost: u32,
    /// Requests that were turned away since the start: wrong host, origin or token, too many at once.
    pub requests_refused: u32,
}

/// Why the controller started, and what came before.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct ResetsView {
    /// Why it started this time.
    pub cause: ResetWord,
    /// Whether a firing that a reset had cut off went on at once.
    pub went_on: bool,
    /// Resets in the firing under way that the application caused.
    pub application: u8,
    /// Resets in the last half hour that the control loop caused; three latch the heat off.
    pub control: u8,
    /// Whether it came up without radio and files.
    pub minimal: bool,
}

/// Why the controller started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ResetWord {
    /// Power came.
    Power,
    /// The application had died.
    Application,
    /// The control loop had died.
    Control,
    /// Someone asked for it.
    Asked,
}

impl From<Cause> for ResetWord {
    fn from(cause: Cause) -> Self {
        match cause {
            Cause::Power => Self::Power,
            Cause::Application => Self::Application,
            Cause::Control => Self::Control,
            Cause::Asked => Self::Asked,
        }
    }
}

/// How a core ended before this start.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct CrashView {
    /// Which core.
    pub core: CoreWord,
    /// What it was.
    pub kind: CrashWord,
    /// The end of the source file's name; empty where it is not known.
    pub file: Label<84>,
    /// The line in it.
    pub line: u32,
    /// The program counter; 0 where it is not known.
    pub pc: u32,
    /// The processor's status word of the fault (CFSR).
    pub status: u32,
    /// How long the core had run.
    pub uptime_s: u32,
}

/// One of the two cores.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CoreWord {
    /// The one that serves.
    Application,
    /// The one that fires.
    Control,
}

/// How a core ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CrashWord {
    /// It gave up at a place in the source.
    Panic,
    /// The processor refused an access or an instruction.
    Fault,
    /// The stack came to its limit.
    StackOverflow,
    /// Code or constants in memory were not what was built.
    CodeDamaged,
    /// A value that heat rests on and its copy differed.
    ValueDamaged,
    /// A block of the chip did not become ready.
    Hardware,
}

/// A fault and what was seen with it.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct EvidenceView {
    /// The fault.
    pub fault: FaultView,
    /// When, on the clock of control.
    pub control_ms: u64,
    /// The temperature.
    pub temp_c: Option<f64>,
    /// The newest sample before any filter.
    pub raw_c: Option<f64>,
    /// The temperature of the thermocouple's terminals.
    pub terminals_c: Option<f64>,
    /// The temperature asked for.
    pub target_c: Option<f64>,
    /// The power asked for.
    pub output_percent: f64,
    /// Whether a relay was energised, as seen at its pin.
    pub relay_on: bool,
    /// The schedule clock; null without a firing.
    pub elapsed_s: Option<f64>,
}

impl From<&Evidence> for EvidenceView {
    fn from(evidence: &Evidence) -> Self {
        let celsius = |value: Option<Celsius>| value.map(|value| rounded(value.get(), 2));
        Self {
            fault: FaultView(evidence.fault),
            control_ms: evidence.at.as_millis(),
            temp_c: celsius(evidence.reading),
            raw_c: celsius(evidence.sample),
            terminals_c: celsius(evidence.terminals),
            target_c: celsius(evidence.target),
            output_percent: rounded(evidence.duty.percent(), 2),
            relay_on: evidence.energized,
            elapsed_s: evidence.elapsed.map(|elapsed| rounded(elapsed.seconds(), 1)),
        }
    }
}

/// A fault that is kept for after a reset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct LastFaultView {
    /// The fault; its figures are not kept.
    pub fault: FaultKindView,
    /// When it latched; null when the time was not known.
    pub at_ms: Option<u64>,
}

/// The flash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct StorageView {
    /// Whether files can be read and written; false means firing without a log.
    pub mounted: bool,
    /// How large it is.
    pub bytes: u32,
    /// How much of it is free.
    pub bytes_free: u32,
    /// Erases of the block erased most often; null where nobody counts.
    pub erases_most: Option<u32>,
}

/// The memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct MemoryView {
    /// What is used by statics.
    pub static_bytes: u32,
    /// The most the application's stack has been used.
    pub stack_most_bytes: u32,
    /// How large that stack is.
    pub stack_bytes: u32,
}
