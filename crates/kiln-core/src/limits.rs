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
    /// A plain number that stays small.
    Few(u8),
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
    /// The slowest rate a ramp is slowed down to: below it a tired kiln would be heated for a week, and not said to stand
    /// still.
    RATE_ADAPTED_SLOWEST: CelsiusPerHour = CelsiusPerHour::whole(5), Rate, "H-10";
    /// The fastest ramp that can be named; a small test kiln reaches about 3000 °C/h at full power.
    RATE_FASTEST: CelsiusPerHour = CelsiusPerHour::whole(3000), Rate, "H-33";
    /// The longest hold in one step: a week.
    HOLD_LONGEST: Millis = Millis::from_hours(168), Time, "H-33";
    /// The shortest time a hold that waits for a cone may last at the longest.
    CONE_HOLD_SHORTEST: Millis = Millis::from_minutes(1), Time, "";
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
    /// The same while nothing hotter than `COLD_BELOW` has been seen since power-up: there is little to lose yet.
    READING_LOST_AFTER_COLD: Millis = Millis::from_seconds(40), Time, "H-01 H-07";
    /// A kiln that has not been hotter than this since power-up counts as cold.
    COLD_BELOW: Celsius = Celsius::whole(100), Temperature, "H-01";
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
    /// Equal samples in a row, with heat on meanwhile, that withhold heat and have the chip set up anew.
    FROZEN_WITHHOLDS: usize = 20, Count, "H-04";
    /// Equal samples in a row, with heat on and off meanwhile, that latch.
    FROZEN_LATCHES: usize = 40, Count, "H-04";
    /// The least heat, and the least rest, that a sensor must answer to: it moves a degree and more in any kiln.
    FROZEN_HEAT: Millis = Millis::from_seconds(5), Time, "H-04";
    /// Equal samples that withhold heat where noise alone would have moved the code, or the target has gone on.
    FROZEN_SOON_WITHHOLDS: usize = 10, Count, "H-04";
    /// The least heat meanwhile.
    FROZEN_SOON_HEAT: Millis = Millis::from_seconds(1), Time, "H-04";
    /// So many samples in a row tell how noisy a sensor is.
    FROZEN_NOISE_SAMPLES: usize = 300, Count, "H-04";
    /// In them a noisy sensor says the same at most so often in a row.
    FROZEN_NOISY_SAME: usize = 3, Count, "H-04";
    /// And goes back and forth at least so often: a quiet one on a ramp only goes on.
    FROZEN_NOISY_TURNS: usize = 60, Count, "H-04";
    /// A target that has gone on by so much takes a kiln along: twenty times the finest step of a chip.
    FROZEN_MOVED: Kelvin = Kelvin::milli(150), Difference, "H-04";
    /// A chip whose step is larger repeats its codes far longer: the next limits are for it.
    FROZEN_COARSE_STEP: Kelvin = Kelvin::milli(100), Difference, "H-04";
    /// Equal samples of such a chip that withhold heat: at 15 °C/h a kiln moves a step of 0.25 K in a minute.
    FROZEN_COARSE_WITHHOLDS: usize = 60, Count, "H-04";
    /// Equal samples of such a chip that latch.
    FROZEN_COARSE_LATCHES: usize = 360, Count, "H-04";
    /// The least heat that such a chip must answer to.
    FROZEN_COARSE_HEAT: Millis = Millis::from_seconds(30), Time, "H-04";
    /// The least rest that it must answer to: a kiln at 50 °C loses 0.25 K in less.
    FROZEN_COARSE_REST: Millis = Millis::from_seconds(300), Time, "H-04";
    /// A sample this far from the one before is no temperature of a kiln: interference of up to 80 °C lasts two
    /// samples, and the fastest kiln moves 3 °C in a second.
    JUMP: Kelvin = Kelvin::whole(60), Difference, "H-02 H-07";
    /// Such samples in a row that withhold heat.
    JUMP_WITHHOLDS: usize = 3, Count, "H-02";
    /// Such samples in a row that latch.
    JUMP_LATCHES: usize = 10, Count, "H-02";
    /// A fall by this much over `FALL_FAST_OVER` is faster than any closed kiln cools: twice the steepest passive
    /// cooling of the simulated kilns.
    FALL_FAST: Kelvin = Kelvin::whole(30), Difference, "H-06 H-36";
    /// The same below `FALL_COLD_BELOW`, where kilns cool far more slowly: a thermocouple that falls out of a warm kiln
    /// has not thirty kelvin to fall, and a small kiln at full power gains a kelvin a second meanwhile.
    FALL_FAST_COLD: Kelvin = Kelvin::whole(12), Difference, "H-06 H-36";
    /// Below this a kiln cools slowly.
    FALL_COLD_BELOW: Celsius = Celsius::whole(500), Temperature, "H-06 H-36";
    /// The time over which a fall counts as fast; from one ten seconds to the next counts too.
    FALL_FAST_OVER: Millis = Millis::from_seconds(30), Time, "H-06 H-36";
    /// A rise by this much from the lowest reading, without heat, ends a fast fall: a chamber warms a thermocouple
    /// again when its lid is closed.
    FALL_RECOVERS: Kelvin = Kelvin::whole(5), Difference, "H-06 H-36";
    /// How long a fast fall may stay without recovery before it latches.
    FALL_LATCHES: Millis = Millis::from_minutes(20), Time, "H-06 H-36";
    /// The time over which a heated kiln must not get colder.
    HEAT_LOST_OVER: Millis = Millis::from_seconds(180), Time, "H-10 H-37";
    /// The least heat in that time.
    HEAT_LOST_HEAT: Millis = Millis::from_seconds(108), Time, "H-10 H-37";
    /// And at its end, over this time.
    HEAT_LOST_NOW_OVER: Millis = Millis::from_seconds(60), Time, "H-10 H-37";
    /// The least heat in it.
    HEAT_LOST_NOW_HEAT: Millis = Millis::from_seconds(36), Time, "H-10 H-37";
    /// A kiln must be this much colder than asked for: one that is let cool on purpose has lost nothing.
    HEAT_LOST_BEHIND: Kelvin = Kelvin::whole(5), Difference, "H-10 H-36 H-37";
    /// The least fall in that time.
    HEAT_LOST_FALL: Kelvin = Kelvin::whole(6), Difference, "H-10 H-37";
    /// How long heat is cut before it is tried again.
    HEAT_LOST_CUT: Millis = Millis::from_seconds(120), Time, "H-10 H-37";
    /// How long heat is tried: four times as long as it is cut, so that a kiln that needs three quarters of its power to
    /// stay where it is, and answers minutes late, gains meanwhile.
    HEAT_LOST_TRY: Millis = Millis::from_seconds(480), Time, "H-10 H-37";
    /// The rise from the lowest reading that shows that heat is back.
    HEAT_LOST_RISE: Kelvin = Kelvin::whole(2), Difference, "H-10 H-37";
    /// The fall without heat from which on a slower fall with heat shows that heat is back.
    HEAT_LOST_SHOWS: Kelvin = Kelvin::whole(1), Difference, "H-10 H-37";
    /// A fall with heat below this share of the fall without it shows that heat is back.
    HEAT_LOST_HELPS: f64 = 70.0, Percent, "H-10 H-37";
    /// A rise at the end of a try shows it too, over this time.
    HEAT_LOST_RISES_OVER: Millis = Millis::from_seconds(120), Time, "H-10 H-37";
    /// By this much: what has no heat falls.
    HEAT_LOST_RISES: Kelvin = Kelvin::milli(200), Difference, "H-10 H-37";
    /// The time at the end of cut and try over which the falls are compared.
    HEAT_LOST_SHOWS_OVER: Millis = Millis::from_seconds(60), Time, "H-10 H-37";
    /// How long it is tried in all before it latches.
    HEAT_LOST_LATCHES: Millis = Millis::from_minutes(40), Time, "H-10 H-37";
    /// Below this a kiln at half its power rises, whatever its load.
    NOT_RISING_BELOW: Celsius = Celsius::whole(150), Temperature, "H-02 H-06";
    /// The time in which it must.
    NOT_RISING_OVER: Millis = Millis::from_minutes(12), Time, "H-02 H-06";
    /// The least heat in that time.
    NOT_RISING_HEAT: Millis = Millis::from_minutes(6), Time, "H-02 H-06";
    /// The time at the end of it in which a rise shows that heat has come back.
    NOT_RISING_NOW_OVER: Millis = Millis::from_minutes(3), Time, "H-10 H-37";
    /// That rise.
    NOT_RISING_NOW: Kelvin = Kelvin::whole(1), Difference, "H-10 H-37";
    /// And it must be this far behind: one that is held there is meant not to rise.
    NOT_RISING_BEHIND: Kelvin = Kelvin::whole(3), Difference, "H-02 H-06";
    /// A reading this near to that of the terminals may be theirs.
    NOT_RISING_NEAR: Kelvin = Kelvin::whole(10), Difference, "H-02 H-06";
    /// The time in which a warmer kiln must rise.
    NOT_RISING_WARM_OVER: Millis = Millis::from_minutes(15), Time, "H-10";
    /// The least heat in that time: more than ten minutes without mains, after which a firing goes on.
    NOT_RISING_WARM_HEAT: Millis = Millis::from_minutes(12), Time, "H-10 H-37";
    /// The least rise in that time.
    NOT_RISING_RISE: Kelvin = Kelvin::whole(3), Difference, "H-02 H-06";
    /// A mirrored reading lies this far below the terminals.
    REVERSED_BELOW: Kelvin = Kelvin::whole(5), Difference, "H-03";
    /// And has fallen by this since heating began.
    REVERSED_FALL: Kelvin = Kelvin::whole(8), Difference, "H-03";
    /// Such samples in a row that latch.
    REVERSED_SAMPLES: usize = 5, Count, "H-03";
    /// And there was heat in the last of it: a kiln that cools down beside warm electronics gets none.
    REVERSED_HEAT_OVER: Millis = Millis::from_seconds(60), Time, "H-03";
    /// The time over which heat and rise are balanced.
    WELDED_BALANCE_OVER: Millis = Millis::from_seconds(180), Time, "H-09";
    /// The rise that a time of full heat may explain: the steepest simulated kiln moves 0.8 °C in a second of it.
    WELDED_PER_HEAT: CelsiusPerHour = CelsiusPerHour::whole(3600), Rate, "H-09";
    /// The time over which the rise counts.
    WELDED_RISE_OVER: Millis = Millis::from_seconds(60), Time, "H-09";
    /// The least unexplained rise.
    WELDED_RISE: Kelvin = Kelvin::whole(5), Difference, "H-09";
    /// How far it must be above everything seen before: a chamber that warms up behind a closed lid overshoots a little.
    WELDED_ABOVE: Kelvin = Kelvin::whole(5), Difference, "H-09";
    /// The time without heat after which every hot kiln falls, whatever its bricks still give off.
    WELDED_REST_OVER: Millis = Millis::from_minutes(10), Time, "H-09";
    /// The heat that counts as none in that time: a pulse of the least duty now and then.
    WELDED_REST_HEAT: Millis = Millis::from_seconds(12), Time, "H-09";
    /// The end of that time, over which it is still rising.
    WELDED_REST_RISE_OVER: Millis = Millis::from_minutes(5), Time, "H-09";
    /// By this much.
    WELDED_REST_RISE: Kelvin = Kelvin::whole(2), Difference, "H-09";
    /// Above this temperature: below it a well closed kiln hardly falls.
    WELDED_REST_ABOVE: Celsius = Celsius::whole(300), Temperature, "H-09";
    /// Slots in a row in which a relay's pin reads high without an order that latch: the pin does not follow.
    PIN_STUCK_SLOTS: usize = 3, Count, "H-09 H-12";
    /// How far a reading may lie above its set-point before heat is withheld, whatever the regulator asks for.
    OVER_SETPOINT: Kelvin = Kelvin::whole(15), Difference, "H-34";
    /// Terminals warmer than this are told.
    ELECTRONICS_WARM: Celsius = Celsius::whole(70), Temperature, "H-35";
    /// Terminals hotter than this pause a firing: the RP2350 is rated to 85 °C.
    ELECTRONICS_HOT: Celsius = Celsius::whole(85), Temperature, "H-35";
    /// How long they may be hot in a firing before it ends.
    ELECTRONICS_LATCHES: Millis = Millis::from_minutes(10), Time, "H-35";
    /// The longest firing.
    FIRING_LONGEST: Millis = Millis::from_hours(168), Time, "H-33";
    /// Two thermocouples may be apart by this.
    DISAGREE: Kelvin = Kelvin::whole(50), Difference, "H-05";
    /// For so long, before it latches.
    DISAGREE_LATCHES: Millis = Millis::from_seconds(60), Time, "H-05";
    /// Slots with current in a row while every relay is off that latch: the current of the last half-wave may pass.
    CURRENT_SLOTS: usize = 5, Count, "H-09";
    /// How long the outputs must read off before the first joule.
    SELF_TEST_OFF: Millis = Millis::new(500), Time, "H-09 H-12";
    /// How long the application core may be silent before control counts it as dead.
    APPLICATION_SILENT: Millis = Millis::from_seconds(30), Time, "H-14";
    /// How long control goes on alone before it lets the watchdog start everything anew.
    ALONE_LONGEST: Millis = Millis::from_seconds(60), Time, "H-14";
    /// Resets caused by the application in one firing after which it comes up without radio and files.
    APPLICATION_RESETS: u8 = 2, Few, "H-14";
    /// Resets caused by the control loop that latch the heat off.
    CONTROL_RESETS: usize = 3, Count, "H-13 H-27";
    /// The time within which they do.
    CONTROL_RESETS_WITHIN: Millis = Millis::from_minutes(30), Time, "H-13 H-27";
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
const _: () =
    assert!(FROZEN_WITHHOLDS < FROZEN_LATCHES && JUMP_WITHHOLDS < JUMP_LATCHES, "heat goes before the firing does");
const _: () = assert!(READING_STALE_AFTER.get() < READING_LOST_AFTER.get(), "heat goes before the firing does");
