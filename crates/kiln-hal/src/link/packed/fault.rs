//! Faults and problems as words: one line each.

use super::super::words::{Meaning, Packed, Sink, Source};
use super::{most, packed_enum};
use kiln_core::fault::{Fault, Kind};
use kiln_core::sensor::{ChipFault, Problem};
use kiln_core::units::{Celsius, CelsiusPerHour, Kelvin, Millis};

packed_enum! {
    Problem {
        0 => Bus,
        1 => Chip(fault: ChipFault),
        2 => OutOfRange(seen: Celsius),
        3 => Setup(register: u8),
        4 => Converting,
    }
}

packed_enum! {
    Fault {
        1 => OverTemperature { seen: Celsius, limit: Celsius },
        2 => OverTemperatureSuspected { seen: Celsius, limit: Celsius },
        3 => SensorNotReady { problem: Problem },
        4 => SensorStale { age: Millis, worst: Celsius },
        5 => SensorLost { problem: Problem, failures: u16 },
        6 => SensorSetup { register: u8 },
        7 => BelowMinimumRate { measured: CelsiusPerHour, minimum: CelsiusPerHour },
        8 => Stalled { measured: CelsiusPerHour, floor: CelsiusPerHour },
        9 => TuningTooHot { seen: Celsius, cap: Celsius },
        10 => OutputFailed,
        11 => LoopLate { late: Millis },
        12 => SensorFrozenSuspected { same: usize },
        13 => SensorFrozen { same: usize },
        14 => SensorJumpSuspected { from: Celsius, to: Celsius },
        15 => SensorJumped { from: Celsius, to: Celsius },
        16 => FallingFast { lowest: Celsius },
        17 => ThermocoupleOut { lowest: Celsius },
        18 => HeatLostSuspected { since: Millis },
        19 => HeatLost { after: Millis },
        20 => NotRising { rise: Kelvin },
        21 => ThermocoupleReversed { seen: Celsius, terminals: Celsius },
        22 => RelayWelded { rise: Kelvin },
        23 => CurrentWhileOff,
        24 => OverSetpoint { seen: Celsius, target: Celsius },
        25 => ElectronicsWarm { seen: Celsius },
        26 => ElectronicsHot { seen: Celsius },
        27 => ElectronicsTooHot { seen: Celsius },
        28 => FiringTooLong { lasted: Millis },
        29 => LidOpen,
        30 => EmergencyStop,
        31 => ThermocouplesDisagree { first: Celsius, second: Celsius },
        32 => ApplicationSilent { silent: Millis },
        33 => KeepsResetting,
        34 => StillLatched { before: Kind },
    }
}

packed_enum! {
    Kind {
        1 => OverTemperature,
        2 => OverTemperatureSuspected,
        3 => SensorNotReady,
        4 => SensorStale,
        5 => SensorLost,
        6 => SensorSetup,
        7 => BelowMinimumRate,
        8 => Stalled,
        9 => TuningTooHot,
        10 => OutputFailed,
        11 => LoopLate,
        12 => SensorFrozenSuspected,
        13 => SensorFrozen,
        14 => SensorJumpSuspected,
        15 => SensorJumped,
        16 => FallingFast,
        17 => ThermocoupleOut,
        18 => HeatLostSuspected,
        19 => HeatLost,
        20 => NotRising,
        21 => ThermocoupleReversed,
        22 => RelayWelded,
        23 => CurrentWhileOff,
        24 => OverSetpoint,
        25 => ElectronicsWarm,
        26 => ElectronicsHot,
        27 => ElectronicsTooHot,
        28 => FiringTooLong,
        29 => LidOpen,
        30 => EmergencyStop,
        31 => ThermocouplesDisagree,
        32 => ApplicationSilent,
        33 => KeepsResetting,
        34 => StillLatched,
    }
}
