//! The reference controller's tuning plans: step tables and caps as it has them.
//!
//! Only the golden replay runs these. Their plateaus are waited for at a fixed power and hardly ever come.

use super::plan::{Kind, Plan, Samples, Step, Until};
use crate::units::{Celsius, Duty, Kelvin, Millis};

const fn drive(label: &'static str, percent: f64, until: Until, longest: u64) -> Step {
    let duty = Duty::from_percent(percent);
    Step { label, kind: Kind::Drive { duty, until }, longest: Millis::from_seconds(longest) }
}

const fn reach(target: i16, then: u64) -> Until {
    Until::Reach { target: Celsius::whole(target), then: Millis::from_seconds(then) }
}

const fn plan(steps: &'static [Step], cap: i16) -> Plan {
    Plan { steps, cap: Celsius::whole(cap), headroom: Kelvin::ZERO, guard: None, spike: None, samples: Samples::Spot }
}

const COOL_50: Until = Until::Drop(Kelvin::whole(50));

/// One heating, one hold, one cooling.
pub const SAFE: Plan = plan(
    &[
        drive("heat_60pct_to_100C", 60.0, reach(100, 0), 2400),
        drive("hold_30pct_5min", 30.0, Until::Timeout, 300),
        drive("cool_to_50C", 0.0, COOL_50, 1800),
    ],
    200,
);

/// Three powers with a cooling after each.
pub const STANDARD: Plan = plan(
    &[
        drive("heat_25pct_plateau", 25.0, Until::Plateau, 1800),
        drive("cool_10min", 0.0, Until::Timeout, 1200),
        drive("heat_50pct_plateau", 50.0, Until::Plateau, 1800),
        drive("cool_10min", 0.0, Until::Timeout, 1200),
        drive("heat_75pct_plateau", 75.0, Until::Plateau, 1800),
        drive("cool_to_ambient", 0.0, Until::Timeout, 3600),
    ],
    900,
);

/// Four powers, each held and cooled from.
pub const THOROUGH: Plan = plan(
    &[
        drive("heat_20pct_plateau", 20.0, Until::Plateau, 2700),
        drive("hold_20pct_5min", 20.0, Until::Timeout, 300),
        drive("cool_30C", 0.0, COOL_50, 1200),
        drive("heat_40pct_plateau", 40.0, Until::Plateau, 2700),
        drive("hold_40pct_5min", 40.0, Until::Timeout, 300),
        drive("cool_30C", 0.0, COOL_50, 1200),
        drive("heat_60pct_plateau", 60.0, Until::Plateau, 2700),
        drive("hold_60pct_5min", 60.0, Until::Timeout, 300),
        drive("cool_30C", 0.0, COOL_50, 1200),
        drive("heat_80pct_plateau", 80.0, Until::Plateau, 2700),
        drive("hold_80pct_5min", 80.0, Until::Timeout, 300),
        drive("cool_30C", 0.0, COOL_50, 1200),
        drive("final_cooldown", 0.0, Until::Timeout, 3600),
    ],
    900,
);

/// Up to 600 °C.
pub const HIGH_TEMPERATURE: Plan = plan(
    &[
        drive("fast_heat_to_200C", 100.0, reach(200, 0), 3600),
        drive("cool_10min", 0.0, Until::Timeout, 600),
        drive("heat_60pct_plateau", 60.0, Until::Plateau, 1800),
        drive("cool_10min", 0.0, Until::Timeout, 600),
        drive("heat_80pct_plateau", 80.0, Until::Plateau, 1800),
        drive("cool_10min", 0.0, Until::Timeout, 600),
        drive("heat_100pct_to_max", 100.0, reach(600, 300), 1800),
        drive("final_cooldown", 0.0, Until::Timeout, 3600),
    ],
    900,
);
