//! What goes into one slot of the control loop, and what comes out of it.

use kiln_core::command::{CommandId, Refusal, Request};
use kiln_core::guard::Fitted;
use kiln_core::sensor::{Problem, Sample};
use kiln_core::settings::Published;
use kiln_core::units::{Instant, Millis, WallClock};
use kiln_core::window::RelaySet;

/// What the controller is given each slot.
#[derive(Clone, Copy, Debug)]
pub struct Inputs {
    /// The moment.
    pub now: Instant,
    /// The wall clock, if it is known; a label, used for delayed starts alone.
    pub wall: Option<WallClock>,
    /// The oldest request not yet taken.
    pub request: Option<Request>,
    /// A request that was dropped on its way, and why.
    pub dropped: Option<(CommandId, Refusal)>,
    /// Settings published since the last slot.
    pub settings: Option<Published>,
    /// The reading, in slots where one was taken: see [`Controller::reading_due`](crate::Controller::reading_due).
    pub reading: Option<Result<Sample, Problem>>,
    /// The relays that were energised, as seen at their pins.
    pub energized: RelaySet,
    /// Whether the safety contactor was held.
    pub contactor_held: bool,
    /// The optional inputs.
    pub fitted: Fitted,
    /// Whether the last order to the outputs could not be carried out.
    pub output_failed: bool,
    /// Whether the self-test has passed.
    pub armed: bool,
    /// How long the application core has been silent, when control goes on alone.
    pub alone: Option<Millis>,
}

/// What the controller orders each slot.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outputs {
    /// The relays to energise.
    pub relays: RelaySet,
    /// When they drop unless the order is renewed.
    pub expiry: Instant,
    /// Whether the safety contactor is to be held.
    pub contactor: bool,
    /// Whether something is worth telling at once: a request was taken, a fault appeared, the state changed.
    pub publish: bool,
    /// Whether this slot was a tick.
    pub ticked: bool,
    /// What is to be done with the thermocouple chip.
    pub sensor: SensorOrder,
}

/// What is to be done with the thermocouple chip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SensorOrder {
    /// Read it when a reading is due.
    Read,
    /// Set it up anew before it is read again: it is suspected of repeating itself.
    SetUpAnew,
}
