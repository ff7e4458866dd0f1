//! What the control loop tells about itself: one consistent picture.
//!
//! What a reader sees is what is: the relays as seen at their pins, the guards as they judged.

use crate::command::Outcomes;
use crate::event::Events;
use crate::fault::Fault;
use crate::firing::RunView;
use crate::guard::Verdicts;
use crate::profile::Name;
use crate::regulate::PidTerms;
use crate::sensor::{Problem, Reading};
use crate::settings;
use crate::tune;
use crate::units::{Celsius, Duty, Instant, WallClock};
use crate::window::RelaySet;

/// What the kiln is doing, without the details.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Nothing.
    Idle,
    /// Firing.
    Running,
    /// Tuning.
    Tuning,
    /// A firing came to its end.
    Complete,
    /// A fault is latched.
    Error,
}

/// One picture of the control loop.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Snapshot {
    /// Counts pictures; it wraps.
    pub number: u32,
    /// When it was taken.
    pub taken: Instant,
    /// What the kiln is doing.
    pub phase: Phase,
    /// The newest good reading.
    pub reading: Option<Reading>,
    /// The temperature of the thermocouple's terminals.
    pub cold_junction: Option<Celsius>,
    /// What the latest attempt to read met, if it failed.
    pub problem: Option<Problem>,
    /// The temperature asked for.
    pub target: Option<Celsius>,
    /// The duty asked for.
    pub duty: Duty,
    /// The duty the running relay window serves.
    pub window: Duty,
    /// The relays that are energised, as seen at their pins.
    pub relays: RelaySet,
    /// Whether the safety contactor is held, as seen at its pin.
    pub contactor: bool,
    /// The latched fault.
    pub fault: Option<Fault>,
    /// What the guards found in this slot.
    pub verdicts: Verdicts,
    /// The firing that is running or has ended.
    pub run: Option<RunView>,
    /// The tuning that is running.
    pub tuning: Option<tune::View>,
    /// The regulator's terms.
    pub terms: Option<PidTerms>,
    /// The next delayed start.
    pub scheduled: Option<(WallClock, Name)>,
    /// Which settings are in force, and what became of the newest.
    pub settings: settings::View,
    /// The outcomes of the last requests.
    pub outcomes: Outcomes,
    /// The newest events.
    pub events: Events,
}
