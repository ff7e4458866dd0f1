//! Every compiled ceiling, with its unit, its origin and its hazard.
//!
//! Settings move inside these; nothing moves these but a new build. `H-n` is a row of docs/safety/hazards.md.
//! `docs/safety/limits.md` is generated from [`TABLE`].

use crate::units::{Celsius, CelsiusPerHour, Kelvin, Millis};

/// A limit as the documentation shows it.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// The name of the constant in this file.
    pub name: &'static str,
    /// The value, with its unit.
    pub value: Value,
    /// Rows of the hazard table that rest on it; empty where none does.
    pub hazards: &'static str,
    /// What it bounds and where the number comes from.
    pub why: &'static str,
}

/// A limit's value and unit.
#[derive(Clone, Copy, Debug)]
pub enum Value {
    /// A temperature.
    Temperature(Celsius),
    /// A temperature difference.
    Difference(Kelvin),
    /// A rate of change.
    Rate(CelsiusPerHour),
    /// A length of time.
    Time(Millis),
    /// A share of full power, in percent.
    Percent(f64),
    /// A plain number.
    Count(usize),
}

/// Declares each constant once, and the table of all of them.
macro_rules! limits {
    ($($(#[doc = $why:literal])+ $name:ident: $type:ty = $value:expr, $kind:ident, $hazards:literal;)+) => {
        $($(#[doc = $why])+ pub const $name: $type = $value;)+

        /// Every limit of this file, for the documentation.
        pub const TABLE: &[Limit] = &[
            $(Limit {
                name: stringify!($name),
                value: Value::$kind($name),
                hazards: $hazards,
                why: concat!($($why),+),
            },)+
        ];
    };
}

limits! {
    /// The hottest a kiln may ever be set to. Type K is specified to 1372 °C (IEC 60584-1); cone 13 is 1346 °C.
    CEILING: Celsius = Celsius::whole(1350), Temperature, "H-33";
    /// The maximum temperature of a kiln as delivered; a setting between `MAX_TEMPERATURE_LOWEST` and `CEILING`.
    MAX_TEMPERATURE_DEFAULT: Celsius = Celsius::whole(1300), Temperature, "H-33";
    /// The lowest maximum temperature that can be set.
    MAX_TEMPERATURE_LOWEST: Celsius = Celsius::whole(50), Temperature, "";
    /// The coldest reading that is believed.
    READING_LOWEST: Celsius = Celsius::whole(-50), Temperature, "H-01 H-03";
    /// The hottest reading that is believed: the sensor must see past the ceiling it guards.
    READING_HIGHEST: Celsius = Celsius::whole(1500), Temperature, "H-01";
    /// The lowest target a profile may ask for.
    TARGET_LOWEST: Celsius = Celsius::whole(0), Temperature, "H-33";
    /// The most steps in a profile.
    STEPS_MOST: usize = 32, Count, "H-33";
    /// The slowest ramp. A tenth of a degree an hour is below what a thermocouple can show in a day.
    RATE_SLOWEST: CelsiusPerHour = match CelsiusPerHour::new(0.1) { Some(rate) => rate, None => CelsiusPerHour::ZERO }, Rate, "H-33";
    /// The fastest ramp that can be named; a small test kiln reaches about 3000 °C/h at full power.
    RATE_FASTEST: CelsiusPerHour = CelsiusPerHour::whole(3000), Rate, "H-33";
    /// The longest hold in one step: a week.
    HOLD_LONGEST: Millis = Millis::from_hours(168), Time, "H-33";
    /// The largest change of target one adjustment may make.
    ADJUST_MOST: Kelvin = Kelvin::whole(50), Difference, "H-33";
    /// The longest manual hold that nobody renews.
    MANUAL_HOLD_LONGEST: Millis = Millis::from_hours(12), Time, "";
    /// The hottest bank temperature: warm enough to spare ware a thermal shock, cold enough to harm none.
    BANK_HOTTEST: Celsius = Celsius::whole(600), Temperature, "";
    /// The longest time at the bank temperature.
    BANK_LONGEST: Millis = Millis::from_hours(8), Time, "";
    /// The longest pause before the firing falls back to its bank temperature.
    PAUSE_LONGEST: Millis = Millis::from_hours(4), Time, "";
    /// How often the relay window, the commands and the lease are served.
    SLOT: Millis = Millis::new(100), Time, "";
    /// How often the temperature is read and the regulator runs.
    TICK: Millis = Millis::from_seconds(1), Time, "";
    /// How long an ON lasts unless it is asked for again.
    HEAT_LEASE: Millis = Millis::new(500), Time, "H-12 H-13 H-18";
    /// The watchdog's patience.
    WATCHDOG: Millis = Millis::from_seconds(2), Time, "H-13 H-16";
    /// How old the newest good reading may be before heat is withheld.
    READING_STALE_AFTER: Millis = Millis::from_seconds(3), Time, "H-01 H-04";
    /// How long readings may be missing in a running firing before the fault latches.
    READING_LOST_AFTER: Millis = Millis::from_seconds(10), Time, "H-01 H-07";
    /// The steepest rise a reading is assumed to have had since it was taken: 3 °C/s, over twice the steepest of the
    /// simulated kilns at full power.
    RISE_STEEPEST: CelsiusPerHour = CelsiusPerHour::whole(10_800), Rate, "H-04";
    /// Raw samples over the maximum, in a row, before the fault latches; heat is withheld from the first.
    OVER_TEMPERATURE_SAMPLES: usize = 3, Count, "H-07";
    /// The shortest relay window.
    WINDOW_SHORTEST: Millis = Millis::from_seconds(1), Time, "";
    /// The longest relay window.
    WINDOW_LONGEST: Millis = Millis::from_seconds(120), Time, "";
    /// The smallest duty that switches a relay at all; below it a contactor would only chatter.
    DUTY_LEAST: f64 = 5.0, Percent, "";
    /// The most heating relays.
    RELAYS_MOST: usize = 10, Count, "";
    /// The most samples in the median.
    MEDIAN_MOST: usize = 8, Count, "H-07";
    /// The largest calibration offset.
    OFFSET_MOST: Kelvin = Kelvin::whole(50), Difference, "H-08";
    /// The hottest a tuning run may be allowed to get.
    TUNING_HOTTEST: Celsius = Celsius::whole(900), Temperature, "";
    /// The longest outage after which a firing goes on without asking.
    OUTAGE_LONGEST: Millis = Millis::from_minutes(15), Time, "H-28";
    /// The largest drop over a known outage after which a firing goes on without asking.
    OUTAGE_DROP_MOST: Kelvin = Kelvin::whole(50), Difference, "H-28";
    /// The largest drop over an outage of unknown length after which a firing goes on without asking.
    OUTAGE_UNKNOWN_DROP_MOST: Kelvin = Kelvin::whole(30), Difference, "H-28";
    /// The most starts that can wait in the schedule.
    SCHEDULED_MOST: usize = 4, Count, "";
    /// The farthest ahead a start may be scheduled.
    SCHEDULE_FARTHEST: Millis = Millis::from_hours(24 * 30), Time, "";
    /// How late a scheduled start may be and still be carried out.
    SCHEDULE_LATEST: Millis = Millis::from_minutes(5), Time, "";
}

const fn below(a: Celsius, b: Celsius) -> bool {
    a.get() < b.get()
}

const _: () = assert!(below(CEILING, READING_HIGHEST), "the sensor must see past the ceiling it guards");
const _: () = assert!(below(MAX_TEMPERATURE_DEFAULT, CEILING), "the delivered maximum lies under the ceiling");
const _: () = assert!(below(READING_LOWEST, TARGET_LOWEST), "every target can be seen");
const _: () = assert!(below(BANK_HOTTEST, MAX_TEMPERATURE_DEFAULT), "the bank is a retreat");
const _: () = assert!(HEAT_LEASE.get() >= 2 * SLOT.get(), "one late slot must not drop a healthy relay");
const _: () = assert!(HEAT_LEASE.get() < WINDOW_SHORTEST.get(), "a lease ends within one window");
const _: () = assert!(WATCHDOG.get() >= 2 * TICK.get(), "one late tick must not reset a healthy controller");
const _: () = assert!(TICK.get().is_multiple_of(SLOT.get()), "a tick is a whole number of slots");
const _: () = assert!(READING_STALE_AFTER.get() < READING_LOST_AFTER.get(), "heat goes before the firing does");
