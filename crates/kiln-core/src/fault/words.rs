//! The code people quote for a fault, and what it means, for the generated reference.

use super::Kind;

impl Kind {
    /// The code people quote; never reused for another cause.
    pub const fn code(self) -> &'static str {
        match self {
            Self::OverTemperature => "K-01",
            Self::OverTemperatureSuspected => "K-02",
            Self::SensorNotReady => "K-03",
            Self::SensorStale => "K-04",
            Self::SensorLost => "K-05",
            Self::SensorSetup => "K-06",
            Self::BelowMinimumRate => "K-07",
            Self::Stalled => "K-08",
            Self::TuningTooHot => "K-09",
            Self::OutputFailed => "K-10",
            Self::LoopLate => "K-11",
            Self::SensorFrozenSuspected => "K-12",
            Self::SensorFrozen => "K-13",
            Self::SensorJumpSuspected => "K-14",
            Self::SensorJumped => "K-15",
            Self::FallingFast => "K-16",
            Self::ThermocoupleOut => "K-17",
            Self::HeatLostSuspected => "K-18",
            Self::HeatLost => "K-19",
            Self::NotRising => "K-20",
            Self::ThermocoupleReversed => "K-21",
            Self::RelayWelded => "K-22",
            Self::CurrentWhileOff => "K-23",
            Self::OverSetpoint => "K-24",
            Self::ElectronicsWarm => "K-25",
            Self::ElectronicsHot => "K-26",
            Self::ElectronicsTooHot => "K-27",
            Self::FiringTooLong => "K-28",
            Self::LidOpen => "K-29",
            Self::EmergencyStop => "K-30",
            Self::ThermocouplesDisagree => "K-31",
            Self::ApplicationSilent => "K-32",
            Self::KeepsResetting => "K-33",
            Self::StillLatched => "K-34",
        }
    }

    /// What it means, for the generated reference.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::OverTemperature => "three raw readings in a row are over the configured maximum",
            Self::OverTemperatureSuspected => "a raw reading is over the configured maximum; it may be a spike",
            Self::SensorNotReady => "no good thermocouple reading since power-up",
            Self::SensorStale => "the newest good reading is too old to heat by",
            Self::SensorLost => "readings have been missing too long in a running firing",
            Self::SensorSetup => "the thermocouple chip did not keep its settings",
            Self::BelowMinimumRate => "the kiln climbs slower than the step's own minimum rate",
            Self::Stalled => "the kiln was asked to climb and stands still",
            Self::TuningTooHot => "a tuning run got hotter than its cap",
            Self::OutputFailed => "a heating relay or the contactor could not be driven",
            Self::LoopLate => "the control loop came late",
            Self::SensorFrozenSuspected => "the chip repeats one code; heat is withheld and the chip set up anew",
            Self::SensorFrozen => "the chip repeats one code while heat comes and goes",
            Self::SensorJumpSuspected => "the reading is suddenly somewhere no kiln gets to in a second",
            Self::SensorJumped => "the reading has jumped and has not come back",
            Self::FallingFast => "the reading falls faster than a closed kiln cools: a lid, or the thermocouple",
            Self::ThermocoupleOut => "the reading fell fast and has not come back: the thermocouple is out of the kiln",
            Self::HeatLostSuspected => {
                "the kiln gets colder although it is heated; heat is cut for a while and tried again"
            }
            Self::HeatLost => "no heat arrives, however often it is tried: mains, relay, elements",
            Self::NotRising => "a cold kiln has been heated for long and is as cold as before",
            Self::ThermocoupleReversed => "the harder it is heated, the colder it reads: swap the thermocouple's wires",
            Self::RelayWelded => "it gets hotter and nobody heats it: a relay is welded; cut the power by hand",
            Self::CurrentWhileOff => "current flows although every relay is off: a relay or the contactor is welded",
            Self::OverSetpoint => "the reading is far above its set-point; no heat until it is back",
            Self::ElectronicsWarm => "the controller is getting warm: shade it, or move it away",
            Self::ElectronicsHot => "the controller is too hot; the firing waits",
            Self::ElectronicsTooHot => "the controller has been too hot for too long",
            Self::FiringTooLong => "the firing has gone on for longer than any firing should",
            Self::LidOpen => "the lid is open",
            Self::EmergencyStop => "the emergency stop was pressed, or its loop is broken",
            Self::ThermocouplesDisagree => "two thermocouples have been far apart for too long",
            Self::ApplicationSilent => "page, network and log do not answer; the firing goes on",
            Self::KeepsResetting => "the control loop was reset three times in half an hour",
            Self::StillLatched => "a fault was latched when the power went; it stays until somebody clears it",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_in_order() {
        for (index, kind) in Kind::ALL.iter().enumerate() {
            assert_eq!(kind.code().strip_prefix("K-").and_then(|n| n.parse::<usize>().ok()), Some(index + 1));
        }
    }

    #[test]
    fn every_kind_means_something_of_its_own() {
        for kind in Kind::ALL {
            let alike = Kind::ALL.iter().filter(|other| other.meaning() == kind.meaning()).count();
            assert!(kind.meaning().contains(' ') && alike == 1, "{kind:?}: {}", kind.meaning());
        }
    }
}
