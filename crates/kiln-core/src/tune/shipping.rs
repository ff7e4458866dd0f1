//! The tuning plans that ship.
//!
//! Each warms the kiln a little to see how it answers, settles at one or more temperatures below its cap, and steps
//! the power around each plateau. `crates/kiln-sim/tests/tuning_plans.rs` runs every one of them on every simulated
//! kiln; the times below are from there.

use super::plan::{Kind, Plan, Samples, Step, Until};
use crate::units::{Celsius, Duty, Kelvin, Millis};

const fn plan(steps: &'static [Step], cap: i16) -> Plan {
    Plan {
        steps,
        cap: Celsius::whole(cap),
        headroom: Kelvin::whole(30),
        guard: Some(Kelvin::whole(12)),
        spike: Some(Kelvin::whole(5)),
        samples: Samples::Mean,
    }
}

const PROBE: Step = Step {
    label: "probe",
    kind: Kind::Probe { duty: Duty::from_percent(30.0), rise: Kelvin::whole(12) },
    longest: Millis::from_minutes(30),
};

const fn settle(label: &'static str, target: i16, most: f64, least: u64, longest: u64) -> Step {
    let kind = Kind::Settle {
        target: Celsius::whole(target),
        most: Duty::from_percent(most),
        least: Millis::from_minutes(least),
    };
    Step { label, kind, longest: Millis::from_minutes(longest) }
}

const fn bump(label: &'static str, by: f64, longest: u64) -> Step {
    let kind = Kind::Bump { by: Duty::from_percent(by), rise: Kelvin::whole(6) };
    Step { label, kind, longest: Millis::from_minutes(longest) }
}

const fn cool(label: &'static str, minutes: u64) -> Step {
    let kind = Kind::Drive { duty: Duty::OFF, until: Until::Timeout };
    Step { label, kind, longest: Millis::from_minutes(minutes) }
}

/// One plateau below 100 °C. On the simulated kilns 32 to 44 minutes, at most 79 °C.
pub const SAFE: Plan =
    plan(&[PROBE, settle("settle_1", 65, 40.0, 21, 60), bump("bump_1", 20.0, 10), cool("cool", 8)], 100);

/// Two plateaus below 150 °C. On the simulated kilns 1.1 to 1.3 hours, at most 129 °C.
pub const STANDARD: Plan = plan(
    &[
        PROBE,
        settle("settle_1", 70, 40.0, 25, 60),
        bump("bump_1", 20.0, 10),
        settle("settle_2", 115, 50.0, 25, 60),
        bump("bump_2", 20.0, 10),
        cool("cool", 10),
    ],
    150,
);

/// Four plateaus below 200 °C. On the simulated kilns 3.1 to 3.3 hours, at most 177 °C.
pub const THOROUGH: Plan = plan(
    &[
        PROBE,
        settle("settle_1", 65, 40.0, 38, 75),
        bump("bump_1", 20.0, 10),
        settle("settle_2", 100, 50.0, 38, 75),
        bump("bump_2", 20.0, 10),
        settle("settle_3", 135, 60.0, 38, 75),
        bump("bump_3", 20.0, 10),
        settle("settle_4", 165, 60.0, 38, 75),
        bump("bump_4", 20.0, 10),
        cool("cool", 30),
    ],
    200,
);

/// Three plateaus below 500 °C. On the simulated kilns 1.6 to 4.6 hours, at most 462 °C.
pub const HIGH_TEMPERATURE: Plan = plan(
    &[
        PROBE,
        settle("settle_1", 150, 60.0, 20, 90),
        bump("bump_1", 20.0, 10),
        settle("settle_2", 300, 80.0, 20, 120),
        bump("bump_2", 20.0, 10),
        settle("settle_3", 450, 100.0, 20, 180),
        bump("bump_3", 20.0, 10),
        cool("cool", 30),
    ],
    500,
);

/// Swings around 150 °C. On the simulated kilns 12 to 37 minutes, at most 189 °C.
pub const RELAY: Plan = plan(
    &[Step {
        label: "relay",
        kind: Kind::Relay { around: Celsius::whole(150), hysteresis: Kelvin::whole(1), on: Duty::FULL, swings: 4 },
        longest: Millis::from_minutes(90),
    }],
    250,
);
