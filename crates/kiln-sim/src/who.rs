//! Who controls a simulated kiln: a regulator by name, with the rules that go with it.

use clap::ValueEnum;
use kiln_control::Settings;
use kiln_core::firing::Rules;
use kiln_core::regulate::{GainSchedule, PidGains, PidSettings, RegulatorSettings};

/// Who controls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Who {
    /// What a kiln gets as delivered.
    #[default]
    Delivered,
    /// The PID with the delivered gains.
    Pid,
    /// Adaptive predictive control.
    Adaptive,
}

impl Who {
    /// The name for a table.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Delivered => "as delivered",
            Self::Pid => "PID, delivered gains",
            Self::Adaptive => "adaptive",
        }
    }

    /// The word of the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Delivered => "delivered",
            Self::Pid => "pid",
            Self::Adaptive => "adaptive",
        }
    }

    /// The regulator; `None` is what a kiln gets as delivered.
    pub const fn regulator(self) -> Option<RegulatorSettings> {
        let pid = PidSettings::new(PidGains::DELIVERED, GainSchedule::OFF);
        match self {
            Self::Delivered => None,
            Self::Pid => Some(RegulatorSettings::Pid(pid)),
            Self::Adaptive => Some(RegulatorSettings::Adaptive(pid)),
        }
    }

    /// Puts it at the kiln. A clock that waits goes with a regulator that follows to a tenth of a degree; gains are kept.
    pub const fn take_over(self, settings: &mut Settings) {
        let pid = *settings.regulator.pid();
        match self {
            Self::Delivered => {}
            Self::Pid => settings.regulator = RegulatorSettings::Pid(pid),
            Self::Adaptive => {
                settings.regulator = RegulatorSettings::Adaptive(pid);
                settings.rules.adapt = None;
                settings.rules.wait = Rules::WAITING.wait;
            }
        }
    }
}
