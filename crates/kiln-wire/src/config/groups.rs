//! The one table of every key: name, type, delivered value, range, unit, when it applies, who may change it, what for.
//!
//! A line here is all it takes: the door, the stored and the shown document, the schema and the manual follow.

mod wireless;

use super::key::{Applies, Key, KeyKind, Right, Told};
use super::value::{
    LogLevel, Pins, Preset, RegulatorWord, Secret, SensorChip, StartAt, TempUnit, ThermocoupleType, Value,
};
use super::{Changes, Config};
use crate::bounded::Label;
use crate::json::{self, Document, Place};
use crate::refusal::Refusal;
use crate::why::Why;
use core::net::Ipv4Addr;
use kiln_core::limits;
use kiln_core::regulate::PidGains;
use serde::ser::{Serialize, SerializeMap, Serializer};

use Applies::{NextFiring, Now, Restart};
use KeyKind::{Address, Choice, Number, OneOf, Switch, Text, Whole};
use Right::{Local, Paired};

/// The key among those there are.
fn known(
    document: &Document<'_>,
    key: json::Text<'_>,
    place: Place,
    names: &'static [&'static str],
) -> Result<&'static str, Refusal> {
    let found = names.iter().find(|name| key == ***name);
    found.copied().ok_or_else(|| document.refuse(place, None, Why::UnknownKey { known: names }))
}

/// Declares the groups with their keys.
macro_rules! groups {
    ($($(#[doc = $about:literal])+ $group:ident $Group:ident $at:ident {
        $($(#[doc = $help:literal])+
        $key:ident: $type:ty = $delivered:expr, $kind:expr, $unit:literal, $applies:ident, $right:ident;)+
    })+) => {
        $(
            $(#[doc = $about])+
            #[derive(Clone, Debug, PartialEq)]
            pub struct $Group { $($key: $type,)+ }

            impl $Group {
                /// What a kiln gets before anything is known of it.
                const DELIVERED: Self = Self { $($key: $delivered,)+ };

                /// Its keys.
                pub const KEYS: &'static [Key] = &[$(Key {
                    group: stringify!($group),
                    name: stringify!($key),
                    kind: $kind,
                    unit: $unit,
                    applies: $applies,
                    right: $right,
                    help: concat!($($help),+),
                },)+];

                $($(#[doc = $help])+
                pub const fn $key(&self) -> &$type { &self.$key })+

                /// The names of its keys.
                const NAMES: &'static [&'static str] = &[$(stringify!($key),)+];

                /// Takes what the object at `place` says; the keys that change are noted.
                fn merge(
                    &mut self,
                    document: &Document<'_>,
                    place: Place,
                    changes: &mut Changes,
                ) -> Result<(), Refusal> {
                    for (key, place) in document.object(place)? {
                        let name = known(document, key, place, Self::NAMES)?;
                        self.set(name, document, place, 1.0, changes)?;
                    }
                    Ok(())
                }

                /// Takes the value of one key.
                #[inline(never)] // One copy for the whole document, not one for each key.
                pub(super) fn set(
                    &mut self,
                    name: &str,
                    document: &Document<'_>,
                    place: Place,
                    scale: f64,
                    changes: &mut Changes,
                ) -> Result<(), Refusal> {
                    let mut bit = Config::$at;
                    $(if name == stringify!($key) {
                        let value = <$type as Value>::read(document, place, &$kind, scale)?;
                        if replaced(&mut self.$key, value) {
                            changes.note(bit);
                        }
                        return Ok(());
                    }
                    bit += 1;)+
                    let _end = bit;
                    Ok(())
                }

                /// Every key with its value.
                pub(super) fn each(&self, mut visit: impl FnMut(&'static Key, Told<'_>)) {
                    let mut keys = Self::KEYS.iter();
                    $(if let Some(key) = keys.next() {
                        visit(key, self.$key.told());
                    })+
                }

                /// The keys with what is stored of them.
                pub(super) const fn stored(&self) -> impl Serialize + '_ {
                    StoredGroup(self)
                }
            }

            /// Without secrets.
            impl Serialize for $Group {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    let mut map = serializer.serialize_map(None)?;
                    $(if !matches!($kind, KeyKind::Secret(_)) {
                        map.serialize_entry(stringify!($key), &self.$key.told())?;
                    })+
                    map.end()
                }
            }

            impl Serialize for StoredGroup<'_, $Group> {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    let mut map = serializer.serialize_map(None)?;
                    $(map.serialize_entry(stringify!($key), &self.0.$key.stored())?;)+
                    map.end()
                }
            }
        )+

        impl Config {
            /// What a kiln gets before anything is known of it.
            pub const DELIVERED: Self = Self { $($group: $Group::DELIVERED,)+ };

            $($(#[doc = $about])+
            pub const fn $group(&self) -> &$Group { &self.$group })+

            /// Every key.
            pub fn keys() -> impl Iterator<Item = &'static Key> {
                [$($Group::KEYS,)+].into_iter().flatten()
            }

            /// Takes what a document says; its format has been looked at.
            pub(super) fn merge_groups(
                &mut self,
                document: &Document<'_>,
                changes: &mut Changes,
            ) -> Result<(), Refusal> {
                const NAMES: &[&str] = &["format", $(stringify!($group),)+];
                for (key, place) in document.object(Place::WHOLE)? {
                    let name = known(document, key, place, NAMES)?;
                    $(if name == stringify!($group) {
                        self.$group.merge(document, place, changes)?;
                    })+
                }
                Ok(())
            }

            /// Takes the value of one key by its names.
            pub(super) fn set(
                &mut self,
                (group, name): (&str, &str),
                document: &Document<'_>,
                place: Place,
                scale: f64,
                changes: &mut Changes,
            ) -> Result<(), Refusal> {
                $(if group == stringify!($group) {
                    return self.$group.set(name, document, place, scale, changes);
                })+
                Ok(())
            }

            /// Every key with its value.
            pub fn each(&self, mut visit: impl FnMut(&'static Key, Told<'_>)) {
                $(self.$group.each(&mut visit);)+
            }

            /// Writes every group, with or without secrets.
            pub(super) fn write<M: SerializeMap>(&self, map: &mut M, secrets: bool) -> Result<(), M::Error> {
                $(if secrets {
                    map.serialize_entry(stringify!($group), &self.$group.stored())?;
                } else {
                    map.serialize_entry(stringify!($group), &self.$group)?;
                })+
                Ok(())
            }
        }
    };
}

/// Puts a value in; whether it is another one.
fn replaced<T: PartialEq>(place: &mut T, value: T) -> bool {
    let other = *place != value;
    *place = value;
    other
}

impl Config {
    /// A file that names a display has one.
    pub(super) fn fit_display(&mut self, changes: &mut Changes) {
        let place = Display::KEYS.iter().position(|key| key.name == "lcd_fitted");
        if let (true, Some(index)) = (replaced(&mut self.display.lcd_fitted, true), place) {
            changes.note(Self::DISPLAY_AT + index);
        }
    }
}

/// A group as it is stored.
struct StoredGroup<'a, G>(&'a G);

/// The most keys there can be: as many as there are bits to note a change in.
pub const KEYS_MOST: usize = 64;

impl Config {
    const HARDWARE_AT: usize = 0;
    const SENSOR_AT: usize = Self::HARDWARE_AT + Hardware::KEYS.len();
    const CONTROL_AT: usize = Self::SENSOR_AT + Sensor::KEYS.len();
    const SAFETY_AT: usize = Self::CONTROL_AT + Control::KEYS.len();
    const NETWORK_AT: usize = Self::SAFETY_AT + Safety::KEYS.len();
    const LOGGING_AT: usize = Self::NETWORK_AT + Network::KEYS.len();
    const DISPLAY_AT: usize = Self::LOGGING_AT + Logging::KEYS.len();
}

const _: () = assert!(Config::DISPLAY_AT + Display::KEYS.len() <= KEYS_MOST);

groups! {
    /// The relays, the inputs, the elements.
    hardware Hardware HARDWARE_AT {
        /// The pins of the heating relays, in the order they switch.
        relay_pins: Pins = Pins::one(15), KeyKind::Pins(limits::RELAYS_MOST, 6, 15), "", Restart, Local;
        /// Whether a safety contactor is in series with the relays.
        contactor_fitted: bool = false, Switch, "", Restart, Local;
        /// Whether there is a second thermocouple in the chamber.
        second_thermocouple_fitted: bool = false, Switch, "", Restart, Local;
        /// Whether the current of the elements is sensed.
        current_input_fitted: bool = false, Switch, "", Restart, Local;
        /// Whether a switch knows if the lid is open.
        lid_switch_fitted: bool = false, Switch, "", Restart, Local;
        /// Whether there is an emergency-stop loop, normally closed.
        emergency_stop_fitted: bool = false, Switch, "", Restart, Local;
        /// The power of all elements together, for energy and cost; 0 where it is not known.
        element_power_w: f64 = 0.0, Number(0.0, 100_000.0), "W", Now, Paired;
    }

    /// How the temperature is read.
    sensor Sensor SENSOR_AT {
        /// The chip that reads the thermocouple.
        chip: SensorChip = SensorChip::Max31856, Choice(SensorChip::WORDS), "", Restart, Local;
        /// The type of the thermocouple. A wrong one reads hundreds of degrees wrong.
        thermocouple_type: ThermocoupleType = ThermocoupleType::K, Choice(ThermocoupleType::WORDS), "", Restart, Local;
        /// The frequency of the mains, whose hum the chip filters out.
        mains_hz: u32 = 60, OneOf(&[50, 60]), "Hz", Restart, Paired;
        /// How many measurements the chip averages.
        averaging: u32 = 8, OneOf(&[1, 2, 4, 8, 16]), "", Restart, Paired;
        /// Added to every reading: what a comparison with a cone or a better thermometer showed.
        offset_k: f64 = 0.0, Number(-limits::OFFSET_MOST.get(), limits::OFFSET_MOST.get()), "K", NextFiring, Paired;
        /// How many of the newest samples the median is taken of.
        median_samples: u32 = 5, Whole(1, 8), "", NextFiring, Paired;
    }

    /// How the kiln is brought to its target and kept there.
    control Control CONTROL_AT {
        /// Who finds the duty.
        regulator: RegulatorWord = RegulatorWord::Pid, Choice(RegulatorWord::WORDS), "", NextFiring, Paired;
        /// Proportional gain.
        kp: f64 = PidGains::DELIVERED.kp(), Number(0.0, 10_000.0), "%/K", NextFiring, Paired;
        /// Integral gain.
        ki: f64 = PidGains::DELIVERED.ki(), Number(0.0, 1000.0), "%/(K·s)", NextFiring, Paired;
        /// Derivative gain.
        kd: f64 = PidGains::DELIVERED.kd(), Number(0.0, 100_000.0), "%·s/K", NextFiring, Paired;
        /// How much the gains grow for each kelvin above `gain_ambient_c`; 0 keeps them the same.
        gain_growth_per_k: f64 = 0.0, Number(0.0, 1.0), "1/K", NextFiring, Paired;
        /// The temperature at which the gains are as set.
        gain_ambient_c: f64 = 25.0, Number(-20.0, 60.0), "°C", NextFiring, Paired;
        /// The length of the relay window: a mechanical relay wants a long one.
        window_s: f64 = 5.0, Number(1.0, 120.0), "s", NextFiring, Paired;
        /// How far each relay switches behind the one before it.
        relay_stagger_s: f64 = 0.0, Number(0.0, 5.0), "s", NextFiring, Paired;
        /// The step a new firing begins with.
        start_at: StartAt = StartAt::FirstUnreached, Choice(StartAt::WORDS), "", NextFiring, Paired;
        /// How near counts as there.
        arrival_band_k: f64 = 1.0, Number(0.5, 10.0), "K", NextFiring, Paired;
        /// Whether the schedule waits for a kiln that is behind.
        waits: bool = true, Switch, "", NextFiring, Paired;
        /// How far behind the kiln must be for the schedule to wait.
        wait_behind_k: f64 = 4.0, Number(1.0, 50.0), "K", NextFiring, Paired;
        /// The longest wait in one step.
        wait_longest_min: f64 = 30.0, Number(0.0, 720.0), "min", NextFiring, Paired;
        /// Whether a ramp that is too fast for the kiln is slowed down.
        adapts_rates: bool = true, Switch, "", NextFiring, Paired;
        /// Where a hold or a pause that nobody renews falls back to.
        bank_c: f64 = 150.0, Number(0.0, limits::BANK_HOTTEST.get()), "°C", NextFiring, Paired;
        /// How long it stays there.
        bank_min: f64 = 120.0, Number(0.0, 480.0), "min", NextFiring, Paired;
        /// The longest pause.
        pause_longest_min: f64 = 60.0, Number(1.0, 240.0), "min", NextFiring, Paired;
    }

    /// When heat is refused, a firing given up, or gone on with.
    safety Safety SAFETY_AT {
        /// The hottest this kiln may get: what its maker allows, with the furniture in it.
        max_temp_c: f64 = limits::MAX_TEMPERATURE_DEFAULT.get(), Number(limits::MAX_TEMPERATURE_LOWEST.get(), limits::CEILING.get()), "°C", NextFiring, Local;
        /// How often it is judged whether the kiln climbs.
        stall_every_s: f64 = 60.0, Number(10.0, 3600.0), "s", NextFiring, Paired;
        /// How many judgements in a row end a firing below the minimum rate of its step.
        stall_fails: u32 = 3, Whole(1, 20), "", NextFiring, Paired;
        /// How many end one that only stands still.
        stall_fails_standing: u32 = 20, Whole(1, 120), "", NextFiring, Paired;
        /// The time in a step before it counts.
        stall_grace_s: f64 = 600.0, Number(0.0, 7200.0), "s", NextFiring, Paired;
        /// The rate below which a kiln counts as standing still.
        stall_floor_c_per_h: f64 = 5.0, Number(0.5, 100.0), "°C/h", NextFiring, Paired;
        /// How near to its target a kiln that stands still counts as there.
        stall_band_k: f64 = 10.0, Number(0.0, 50.0), "K", NextFiring, Paired;
        /// The time over which the rate is measured.
        rate_window_s: f64 = 600.0, Number(60.0, 7200.0), "s", NextFiring, Paired;
        /// How often the rate takes a temperature.
        rate_every_s: f64 = 10.0, Number(1.0, 600.0), "s", NextFiring, Paired;
        /// The longest outage after which a firing goes on without asking.
        resume_longest_min: f64 = 15.0, Number(0.0, 15.0), "min", Now, Paired;
        /// The largest change of temperature over a known outage after which a firing goes on without asking.
        resume_change_k: f64 = limits::OUTAGE_DROP_MOST.get(), Number(0.0, limits::OUTAGE_DROP_MOST.get()), "K", Now, Paired;
        /// The same over an outage of unknown length.
        resume_unknown_change_k: f64 = limits::OUTAGE_UNKNOWN_DROP_MOST.get(), Number(0.0, limits::OUTAGE_UNKNOWN_DROP_MOST.get()), "K", Now, Paired;
    }

    /// How the kiln is reached.
    network Network NETWORK_AT {
        /// The name it goes by: `http://NAME.local`.
        name: Preset<32> = Preset::of("kiln"), KeyKind::Host(32), "", Restart, Paired;
        /// The Wi-Fi network to join; empty for none.
        wifi_ssid: Label<32> = Label::EMPTY, Text(32), "", Now, Paired;
        /// Its passphrase, 8 to 63 bytes; empty for an open network.
        wifi_password: Secret = Secret::NONE, KeyKind::Secret(63), "", Now, Paired;
        /// A fixed address; all four or none.
        static_ip: Option<Ipv4Addr> = None, Address, "", Now, Paired;
        /// The mask of the fixed address's network.
        static_subnet: Option<Ipv4Addr> = None, Address, "", Now, Paired;
        /// The router of the fixed address's network.
        static_gateway: Option<Ipv4Addr> = None, Address, "", Now, Paired;
        /// The name server of the fixed address's network.
        static_dns: Option<Ipv4Addr> = None, Address, "", Now, Paired;
        /// The port of the page.
        http_port: u32 = 80, Whole(1, 65_535), "", Restart, Paired;
        /// Where the time of day comes from; empty for nowhere.
        ntp_server: Preset<64> = Preset::of("pool.ntp.org"), Text(64), "", Now, Paired;
        /// Whether reading needs pairing too.
        private: bool = false, Switch, "", Now, Paired;
    }

    /// What is written down.
    logging Logging LOGGING_AT {
        /// How often a firing writes a row.
        row_every_s: u32 = 30, Whole(1, 600), "s", NextFiring, Paired;
        /// The least that is logged.
        level: LogLevel = LogLevel::Info, Choice(LogLevel::WORDS), "", Now, Paired;
        /// Whether the log is kept on the flash.
        to_flash: bool = true, Switch, "", Now, Paired;
    }

    /// What people see.
    display Display DISPLAY_AT {
        /// What the owner calls the kiln.
        kiln_name: Label<32> = Label::EMPTY, Text(32), "", Now, Paired;
        /// The unit on the kiln's own display; every viewer of the page has its own.
        temp_units: TempUnit = TempUnit::Celsius, Choice(TempUnit::WORDS), "", Now, Paired;
        /// The currency of costs, as `€`.
        currency: Label<8> = Label::EMPTY, Text(8), "", Now, Paired;
        /// What a kilowatt-hour costs; 0 for no costs.
        energy_price_per_kwh: f64 = 0.0, Number(0.0, 1000.0), "", Now, Paired;
        /// Whether there is a display.
        lcd_fitted: bool = false, Switch, "", Restart, Paired;
        /// The address of the display on its bus.
        lcd_address: u32 = 0x27, Whole(0, 127), "", Restart, Paired;
        /// The clock of the display's bus.
        lcd_hz: u32 = 100_000, Whole(10_000, 1_000_000), "Hz", Restart, Paired;
    }
}
