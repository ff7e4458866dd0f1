//! What is broken in a world, and what only some kilns have.

use crate::relay::RelayFault;
use crate::sensor::SensorFault;

/// What is broken, in kiln, wiring and application. The chip and the pins have their own troubles: see [`super::World::hardware`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Broken<const N: usize> {
    /// The thermocouple and its wires.
    pub sensor: SensorFault,
    /// Each heating relay.
    pub relays: [RelayFault; N],
    /// The contactor.
    pub contactor: RelayFault,
    /// The share of the elements that conducts, 0..=1.
    pub element_health: f64,
    /// The thermocouple has fallen out and hangs in the room.
    pub thermocouple_out: bool,
    /// How far the lid stands open, 0..=1, whatever the day does.
    pub lid: f64,
    /// The share of the day's mains power that arrives, 0..=1.
    pub mains: f64,
    /// How much warmer than the room the terminals and the electronics are, K.
    pub terminals_warmer_k: f64,
    /// Whether the emergency-stop loop is open.
    pub stop_pressed: bool,
    /// The application has fallen silent.
    pub app_dead: bool,
}

impl<const N: usize> Broken<N> {
    /// Everything is whole.
    pub const NOTHING: Self = Self {
        sensor: SensorFault::Sound,
        relays: [RelayFault::Sound; N],
        contactor: RelayFault::Sound,
        element_health: 1.0,
        thermocouple_out: false,
        lid: 0.0,
        mains: 1.0,
        terminals_warmer_k: 0.0,
        stop_pressed: false,
        app_dead: false,
    };
}

/// What only some kilns have; each is read truly, the second thermocouple in the same chamber included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "four things that are there or not, each on its own")]
pub struct Fittings {
    /// A second thermocouple.
    pub second: bool,
    /// A current sensor at the elements.
    pub current: bool,
    /// A switch at the lid.
    pub lid_switch: bool,
    /// An emergency-stop loop.
    pub stop_loop: bool,
}
