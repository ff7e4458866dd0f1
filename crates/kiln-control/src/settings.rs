//! Every setting of the control loop, as one value.
//!
//! Each part refuses what is out of its range where it is made, the rules when a controller is made of them: there is
//! no controller with bad settings.

use kiln_core::firing::Rules;
use kiln_core::regulate::{GainSchedule, PidGains, PidSettings, RegulatorSettings};
use kiln_core::schedule;
use kiln_core::sensor::FilterSettings;
use kiln_core::window::WindowSettings;

/// The settings of the control loop.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// The rules of a firing.
    pub rules: Rules,
    /// How readings are conditioned.
    pub conditioner: FilterSettings,
    /// The regulator.
    pub regulator: RegulatorSettings,
    /// The relay window.
    pub window: WindowSettings,
    /// Delayed starts.
    pub schedule: schedule::Rules,
}

impl Settings {
    /// What a kiln with one solid-state relay gets before anything is known of it.
    pub const DELIVERED: Self = Self {
        rules: Rules::SHIPPING,
        conditioner: FilterSettings::DELIVERED,
        regulator: RegulatorSettings::Pid(PidSettings::new(PidGains::DELIVERED, GainSchedule::OFF)),
        window: WindowSettings::DELIVERED,
        schedule: schedule::Rules::SHIPPING,
    };
}
