//! What this controller is.

use crate::bounded::Label;

/// `GET /api/info`.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct Info {
    /// `pico-kiln`
    pub product: &'static str,
    /// The version of the software.
    pub version: &'static str,
    /// The board, or `simulator`.
    pub board: &'static str,
    /// Whether no real kiln hangs on it.
    pub simulated: bool,
    /// The name its owner gave the kiln.
    pub name: Label<32>,
    /// The version of this interface; a new one means that something known here has changed its meaning.
    pub api: u32,
    /// How often it has been started.
    pub boot: u32,
    /// The optional inputs: what is not fitted is stated.
    pub fitted: FittedView,
    /// The limits that no setting moves.
    pub limits: LimitsView,
    /// The hottest this kiln may be asked to get.
    pub max_temp_c: f64,
    /// The currency of costs.
    pub currency: Label<8>,
}

/// What only some kilns have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
#[expect(clippy::struct_excessive_bools, reason = "each is an input that is there or not")]
pub struct FittedView {
    /// A safety contactor in series with the relays.
    pub contactor: bool,
    /// A second thermocouple in the chamber.
    pub second_thermocouple: bool,
    /// A sensor of the elements' current.
    pub current: bool,
    /// A switch that knows whether the lid is open.
    pub lid: bool,
    /// An emergency-stop loop.
    pub emergency_stop: bool,
    /// A display.
    pub display: bool,
}

/// Limits that no setting moves.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct LimitsView {
    /// The hottest a kiln may ever be set to.
    pub ceiling_c: f64,
    /// The most steps in a profile.
    pub steps_most: usize,
    /// The slowest ramp.
    pub rate_slowest_c_per_h: f64,
    /// The fastest ramp that can be named.
    pub rate_fastest_c_per_h: f64,
    /// The longest hold in one step.
    pub hold_longest_s: f64,
    /// The longest manual hold that nobody renews.
    pub manual_hold_longest_s: f64,
    /// The largest change of a running step's target.
    pub adjust_most_k: f64,
    /// The most starts that can wait.
    pub scheduled_most: usize,
}

impl LimitsView {
    /// The limits of this program.
    pub const HERE: Self = {
        use kiln_core::limits;
        Self {
            ceiling_c: limits::CEILING.get(),
            steps_most: limits::STEPS_MOST,
            rate_slowest_c_per_h: limits::RATE_SLOWEST.get(),
            rate_fastest_c_per_h: limits::RATE_FASTEST.get(),
            hold_longest_s: limits::HOLD_LONGEST.seconds(),
            manual_hold_longest_s: limits::MANUAL_HOLD_LONGEST.seconds(),
            adjust_most_k: limits::ADJUST_MOST.get(),
            scheduled_most: limits::SCHEDULED_MOST,
        }
    };
}
