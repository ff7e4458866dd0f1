//! Every setting of the control loop as one value, and who gave it.
//!
//! Each part refuses what is out of its range where it is made; what a type cannot hold to is checked as a whole
//! ([`Settings::check`]) by whoever puts settings in force. Where settings are stored is not known here.

use crate::fault::Kind;
use crate::firing::Rules;
use crate::firing::rules::RuleError;
use crate::limits;
use crate::regulate::{GainSchedule, PidGains, PidSettings, RegulatorSettings};
use crate::schedule;
use crate::sensor::FilterSettings;
use crate::window::WindowSettings;

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

/// The PID of a kiln of which nothing is known.
const PID: PidSettings = PidSettings::new(PidGains::DELIVERED, GainSchedule::OFF);

/// Why settings were refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingsError {
    /// A rule of a firing is out of its range.
    Rule(RuleError),
    /// Not one failed reading would be borne.
    Conditioner,
    /// There is not room for so many delayed starts.
    Schedule,
}

impl Settings {
    /// What a kiln with one solid-state relay gets before anything is known of it.
    pub const DELIVERED: Self = Self {
        rules: Rules::SHIPPING,
        conditioner: FilterSettings::DELIVERED,
        regulator: RegulatorSettings::Pid(PID),
        window: WindowSettings::DELIVERED,
        schedule: schedule::Rules::SHIPPING,
    };

    /// Whether everything is inside its limits.
    ///
    /// # Errors
    /// The first that is not.
    pub fn check(&self) -> Result<(), SettingsError> {
        self.rules.check().map_err(SettingsError::Rule)?;
        if self.conditioner.failures_most == 0 || self.conditioner.failures_most_cold == 0 {
            return Err(SettingsError::Conditioner);
        }
        if self.schedule.room > limits::SCHEDULED_MOST {
            return Err(SettingsError::Schedule);
        }
        Ok(())
    }
}

/// Settings under the number by which whoever published them knows them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Published {
    /// The number; it names these settings and orders nothing.
    pub revision: u32,
    /// The settings.
    pub settings: Settings,
    /// The fault that was latched when the power went, if nobody has cleared it since. Heeded with the first settings
    /// after power came; later the loop knows its own faults.
    pub latched: Option<Kind>,
}

/// Where the settings in force come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Nobody has said anything yet: nothing may heat with them, for they may be those of another kiln.
    Delivered,
    /// Whoever made the loop gave them with it: the simulator, a test bench.
    Given,
    /// The application published them under this number.
    Published(u32),
}

/// The settings in force, and where they come from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InForce {
    /// Where they come from.
    pub origin: Origin,
    /// The settings.
    pub settings: Settings,
}

impl InForce {
    /// The delivered settings, until the application has published some; no heat before that.
    pub const DELIVERED: Self = Self { origin: Origin::Delivered, settings: Settings::DELIVERED };

    /// Settings that hold from the first moment, for a loop that is made where they are known.
    pub const fn given(settings: Settings) -> Self {
        Self { origin: Origin::Given, settings }
    }
}

impl Default for InForce {
    fn default() -> Self {
        Self::DELIVERED
    }
}

/// What is told about the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// Where those in force come from.
    pub origin: Origin,
    /// Those that take effect when nothing is fired or tuned any more.
    pub waiting: Option<u32>,
    /// The newest published ones, if they were refused, and why. Those before them stay.
    pub refused: Option<(u32, SettingsError)>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Celsius;

    #[test]
    fn settings_are_inside_their_limits_or_say_what_is_not() {
        let ship = Settings::DELIVERED;
        let rules = Rules { max_temperature: Celsius::whole(49), ..ship.rules };
        let (mut short, mut short_cold) = (ship.conditioner, ship.conditioner);
        (short.failures_most, short_cold.failures_most_cold) = (0, 0);
        let crowd = schedule::Rules { room: limits::SCHEDULED_MOST + 1, ..ship.schedule };
        let cases = [
            (ship, Ok(())),
            (Settings { rules, ..ship }, Err(SettingsError::Rule(RuleError::MaxTemperature))),
            (Settings { conditioner: short, ..ship }, Err(SettingsError::Conditioner)),
            (Settings { conditioner: short_cold, ..ship }, Err(SettingsError::Conditioner)),
            (Settings { schedule: crowd, ..ship }, Err(SettingsError::Schedule)),
            (Settings { schedule: schedule::Rules::REFERENCE, rules: Rules::REFERENCE, ..ship }, Ok(())),
        ];
        for (settings, expected) in cases {
            assert_eq!(settings.check(), expected, "{settings:?}");
        }
    }
}
