//! The settings of the control loop, as words.

use super::super::words::{Meaning, Packed, Sink, Source};
use super::{most, packed_enum, packed_struct};
use kiln_core::fault::Kind;
use kiln_core::firing::rules::{
    AdaptRule, Arrival, Bank, Cooling, DefaultMinimum, Plans, Reheat, RuleError, Rules, StallRule, StartAt, TooHot,
    WaitRule,
};
use kiln_core::limits;
use kiln_core::regulate::{GainSchedule, PidGains, PidSettings, RegulatorSettings};
use kiln_core::schedule::Rules as ScheduleRules;
use kiln_core::sensor::FilterSettings;
use kiln_core::settings::{InForce, Origin, Published, Settings, SettingsError, View};
use kiln_core::units::{Celsius, CelsiusPerHour, Duty, Kelvin, Millis};
use kiln_core::window::WindowSettings;

packed_struct!(Published { revision: u32, settings: Settings, latched: Option<Kind> });

packed_struct!(InForce { origin: Origin, settings: Settings });

packed_struct!(View { origin: Origin, waiting: Option<u32>, refused: Option<(u32, SettingsError)> });

packed_enum! {
    Origin {
        0 => Delivered,
        1 => Given,
        2 => Published(revision: u32),
    }
}

packed_enum! {
    SettingsError {
        0 => Rule(rule: RuleError),
        1 => Conditioner,
        2 => Schedule,
    }
}

packed_enum! {
    RuleError {
        0 => MaxTemperature,
        1 => Bank,
        2 => Pause,
        3 => RateWindow,
        4 => Confirm,
        5 => Stall,
        6 => Wait,
        7 => Adapt,
        8 => Minimum,
    }
}

packed_struct!(Settings {
    rules: Rules,
    conditioner: FilterSettings,
    regulator: RegulatorSettings,
    window: WindowSettings,
    schedule: ScheduleRules,
});

packed_struct!(Rules {
    max_temperature: Celsius,
    too_hot: TooHot,
    start: StartAt,
    arrival: Arrival,
    confirm: u32,
    wait: Option<WaitRule>,
    adapt: Option<AdaptRule>,
    stall: StallRule,
    reheat: Reheat,
    cooling: Cooling,
    open_cooling_ends: Option<Celsius>,
    record_every: Millis,
    rate_window: Millis,
    completion_stays: bool,
    start_from_error: bool,
    refuse_hot_targets: bool,
    plans: Plans,
    bank: Bank,
    pause_longest: Millis,
});

packed_enum! {
    TooHot {
        0 => LeftToGuards,
        1 => EndsHere,
    }
}

packed_enum! {
    StartAt {
        0 => FirstStep,
        1 => FirstUnreached(below: Kelvin),
    }
}

packed_enum! {
    Arrival {
        0 => Crossing,
        1 => Band(within: Kelvin),
    }
}

packed_struct!(WaitRule { saturated_percent: f64, behind: Kelvin, longest: Millis });

packed_struct!(AdaptRule {
    after: Millis,
    every: Millis,
    output_percent: f64,
    behind: Kelvin,
    lasting: Millis,
    below_share: f64,
    new_share: f64,
});

packed_struct!(StallRule {
    every: Millis,
    fails: u32,
    fails_standing: u32,
    grace: Millis,
    default_minimum: DefaultMinimum,
    arrival_band: Kelvin,
    blind: bool,
});

packed_enum! {
    DefaultMinimum {
        0 => Share(share: f64),
        1 => Floor(rate: CelsiusPerHour),
    }
}

packed_enum! {
    Reheat {
        0 => Jump { loss: Kelvin },
        1 => AtProfileRate,
    }
}

packed_enum! {
    Cooling {
        0 => NoHeat,
        1 => ZeroDegrees,
    }
}

packed_enum! {
    Plans {
        0 => Shipping,
        1 => Reference,
    }
}

packed_struct!(Bank { target: Celsius, time: Millis });

packed_enum! {
    RegulatorSettings {
        0 => Pid(pid: PidSettings),
        1 => Adaptive(fallback: PidSettings),
    }
}

packed_struct!(PidSettings { base: PidGains, schedule: GainSchedule, restore_between_runs: bool });

packed_struct!(ScheduleRules { room: usize, farthest: Option<Millis>, latest: Option<Millis> });

impl Packed for PidGains {
    const WORDS: usize = 3 * f64::WORDS;

    fn pack(&self, to: &mut impl Sink) {
        for gain in [self.kp(), self.ki(), self.kd()] {
            gain.pack(to);
        }
    }

    fn unpack(from: &mut impl Source) -> Option<Self> {
        Self::new(f64::unpack(from)?, f64::unpack(from)?, f64::unpack(from)?)
    }
}

impl Packed for GainSchedule {
    const WORDS: usize = f64::WORDS + Celsius::WORDS;

    fn pack(&self, to: &mut impl Sink) {
        self.h().pack(to);
        self.ambient().pack(to);
    }

    fn unpack(from: &mut impl Source) -> Option<Self> {
        Self::new(f64::unpack(from)?, Celsius::unpack(from)?)
    }
}

/// Offset, median, and what has no door of its own.
impl Packed for FilterSettings {
    const WORDS: usize = 4 + Kelvin::WORDS + Celsius::WORDS;

    fn pack(&self, to: &mut impl Sink) {
        self.offset().pack(to);
        self.median().pack(to);
        self.failures_most.pack(to);
        self.failures_most_cold.pack(to);
        self.cold_below.pack(to);
        self.check_calibrated.pack(to);
    }

    fn unpack(from: &mut impl Source) -> Option<Self> {
        const MOST: u32 = 8;
        const _: () = assert!(limits::MEDIAN_MOST == 8, "as the line above says");
        let offset = Kelvin::unpack(from)?;
        let median = usize::try_from(from.word(Meaning::UpTo(MOST))?).ok()?;
        let mut settings = Self::new(offset, median).ok()?;
        settings.failures_most = Packed::unpack(from)?;
        settings.failures_most_cold = Packed::unpack(from)?;
        settings.cold_below = Packed::unpack(from)?;
        settings.check_calibrated = Packed::unpack(from)?;
        Some(settings)
    }
}

/// Cycle and stagger take a word each: neither is longer than two minutes.
impl Packed for WindowSettings {
    const WORDS: usize = 3 + Duty::WORDS;

    fn pack(&self, to: &mut impl Sink) {
        self.relays().pack(to);
        for time in [self.cycle(), self.stagger()] {
            to.put(u32::try_from(time.get()).unwrap_or(u32::MAX));
        }
        self.least().pack(to);
    }

    fn unpack(from: &mut impl Source) -> Option<Self> {
        const RELAYS: u32 = 10;
        const LONGEST_MS: u32 = 120_000;
        const _: () = assert!(limits::RELAYS_MOST == 10, "as the line above says");
        const _: () = assert!(limits::WINDOW_LONGEST.get() == 120_000, "as the line above says");
        let relays = usize::try_from(from.word(Meaning::UpTo(RELAYS))?).ok()?;
        let mut time = || Some(Millis::new(from.word(Meaning::UpTo(LONGEST_MS))?.into()));
        let (cycle, stagger) = (time()?, time()?);
        Some(Self::new(cycle, relays, stagger).ok()?.with_least(Packed::unpack(from)?))
    }
}
