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
        samples: Samples::Mean,
    }
}

const PROBE: Step = Step {
    label: "probe_30pct",
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

/// One plateau below 100 °C.
pub const SAFE: Plan =
    plan(&[PROBE, settle("settle_65C", 65, 40.0, 20, 60), bump("bump_20pct", 20.0, 10), cool("cool_10min", 10)], 100);

/// Two plateaus below 150 °C.
pub const STANDARD: Plan = plan(
    &[
        PROBE,
        settle("settle_70C", 70, 40.0, 25, 60),
        bump("bump_20pct", 20.0, 10),
        settle("settle_115C", 115, 50.0, 25, 60),
        bump("bump_20pct", 20.0, 10),
        cool("cool_10min", 10),
    ],
    150,
);

/// Four plateaus below 200 °C.
pub const THOROUGH: Plan = plan(
    &[
        PROBE,
        settle("settle_65C", 65, 40.0, 38, 75),
        bump("bump_20pct", 20.0, 10),
        settle("settle_100C", 100, 50.0, 38, 75),
        bump("bump_20pct", 20.0, 10),
        settle("settle_135C", 135, 60.0, 38, 75),
        bump("bump_20pct", 20.0, 10),
        settle("settle_165C", 165, 60.0, 38, 75),
        bump("bump_20pct", 20.0, 10),
        cool("cool_30min", 30),
    ],
    200,
);

/// Three plateaus below 500 °C.
pub const HIGH_TEMPERATURE: Plan = plan(
    &[
        PROBE,
        settle("settle_150C", 150, 60.0, 20, 90),
        bump("bump_20pct", 20.0, 10),
        settle("settle_300C", 300, 80.0, 20, 120),
        bump("bump_20pct", 20.0, 10),
        settle("settle_450C", 450, 100.0, 20, 180),
        bump("bump_20pct", 20.0, 10),
        cool("cool_30min", 30),
    ],
    500,
);

/// Swings around 150 °C.
pub const RELAY: Plan = plan(
    &[Step {
        label: "relay_150C",
        kind: Kind::Relay { around: Celsius::whole(150), hysteresis: Kelvin::whole(1), on: Duty::FULL, swings: 4 },
        longest: Millis::from_minutes(90),
    }],
    250,
);
