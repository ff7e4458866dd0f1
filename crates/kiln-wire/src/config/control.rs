//! What control makes of the configuration, and whether its keys fit together.
//!
//! One way only: control never sees a key's name, and a key whose value control would refuse is refused here by name.

use super::value::{RegulatorWord, StartAt};
use super::{Applies, Changes, Config};
use crate::figure::Quantity;
use crate::json::{Document, Place};
use crate::refusal::Refusal;
use crate::why::Why;
use kiln_core::firing::Rules;
use kiln_core::firing::rules::{
    AdaptRule, Arrival, Bank, DefaultMinimum, RuleError, StallRule, StartAt as Start, WaitRule,
};
use kiln_core::limits;
use kiln_core::recovery;
use kiln_core::regulate::{GainSchedule, PidGains, PidSettings, RegulatorSettings};
use kiln_core::schedule;
use kiln_core::sensor::{FilterError, FilterSettings};
use kiln_core::settings::{Settings, SettingsError};
use kiln_core::units::{Celsius, CelsiusPerHour, Kelvin, Millis};
use kiln_core::window::{WindowError, WindowSettings};

/// A key that control would refuse, and why.
type Bad = (&'static str, Why);

const MAX_TEMP: &str = "safety.max_temp_c";
const WINDOW: &str = "control.window_s";
const STAGGER: &str = "control.relay_stagger_s";
const RATE_WINDOW: &str = "safety.rate_window_s";

impl Config {
    /// The settings of the control loop.
    ///
    /// # Errors
    /// A key that control would refuse. A configuration that came through the door has none.
    pub fn settings(&self) -> Result<Settings, (&'static str, Why)> {
        let settings = Settings {
            rules: self.rules()?,
            conditioner: self.conditioner()?,
            regulator: self.regulator()?,
            window: self.window()?,
            schedule: schedule::Rules::SHIPPING,
        };
        settings.check().map_err(|error| match error {
            SettingsError::Rule(error) => rule(error),
            SettingsError::Conditioner => ("sensor.median_samples", Why::Invalid),
            SettingsError::Schedule => ("control", Why::Invalid),
        })?;
        Ok(settings)
    }

    /// The rules of a firing.
    fn rules(&self) -> Result<Rules, Bad> {
        let (control, safety) = (self.control(), self.safety());
        let shipping = Rules::SHIPPING;
        let wait = WaitRule {
            behind: kelvin(*control.wait_behind_k(), "control.wait_behind_k")?,
            longest: minutes(*control.wait_longest_min(), "control.wait_longest_min")?,
            ..shipping.wait.ok_or(("control.waits", Why::Invalid))?
        };
        let rules = Rules {
            max_temperature: celsius(*safety.max_temp_c(), MAX_TEMP)?,
            start: match control.start_at() {
                StartAt::FirstStep => Start::FirstStep,
                StartAt::FirstUnreached => shipping.start,
            },
            arrival: Arrival::Band(kelvin(*control.arrival_band_k(), "control.arrival_band_k")?),
            wait: control.waits().then_some(wait),
            adapt: control.adapts_rates().then_some(AdaptRule::SHIPPING),
            stall: self.stall()?,
            record_every: seconds(*safety.rate_every_s(), "safety.rate_every_s")?,
            rate_window: seconds(*safety.rate_window_s(), RATE_WINDOW)?,
            bank: Bank {
                target: celsius(*control.bank_c(), "control.bank_c")?,
                time: minutes(*control.bank_min(), "control.bank_min")?,
            },
            pause_longest: minutes(*control.pause_longest_min(), "control.pause_longest_min")?,
            ..shipping
        };
        Ok(rules)
    }

    fn stall(&self) -> Result<StallRule, Bad> {
        let safety = self.safety();
        let floor = CelsiusPerHour::new(*safety.stall_floor_c_per_h());
        let floor = floor.ok_or(("safety.stall_floor_c_per_h", Why::NotFinite))?;
        Ok(StallRule {
            every: seconds(*safety.stall_every_s(), "safety.stall_every_s")?,
            fails: *safety.stall_fails(),
            fails_standing: *safety.stall_fails_standing(),
            grace: seconds(*safety.stall_grace_s(), "safety.stall_grace_s")?,
            default_minimum: DefaultMinimum::Floor(floor),
            arrival_band: kelvin(*safety.stall_band_k(), "safety.stall_band_k")?,
            ..Rules::SHIPPING.stall
        })
    }

    /// How readings are conditioned.
    fn conditioner(&self) -> Result<FilterSettings, Bad> {
        let sensor = self.sensor();
        let offset = kelvin(*sensor.offset_k(), "sensor.offset_k")?;
        let median = usize::try_from(*sensor.median_samples()).unwrap_or(usize::MAX);
        FilterSettings::new(offset, median).map_err(|error| match error {
            FilterError::Offset => {
                ("sensor.offset_k", Why::TooHigh { most: Quantity::Difference(limits::OFFSET_MOST) })
            }
            FilterError::Median => ("sensor.median_samples", Why::TooMany { most: limits::MEDIAN_MOST }),
        })
    }

    /// The regulator.
    fn regulator(&self) -> Result<RegulatorSettings, Bad> {
        let control = self.control();
        let gains = PidGains::new(*control.kp(), *control.ki(), *control.kd()).ok_or(("control.kp", Why::Invalid))?;
        let ambient = celsius(*control.gain_ambient_c(), "control.gain_ambient_c")?;
        let schedule = GainSchedule::new(*control.gain_growth_per_k(), ambient);
        let schedule = schedule.ok_or(("control.gain_growth_per_k", Why::NotFinite))?;
        let pid = PidSettings::new(gains, schedule);
        Ok(match control.regulator() {
            RegulatorWord::Adaptive => RegulatorSettings::Adaptive(pid),
            RegulatorWord::Pid => RegulatorSettings::Pid(pid),
        })
    }

    /// The relay window.
    fn window(&self) -> Result<WindowSettings, Bad> {
        let cycle = seconds(*self.control().window_s(), WINDOW)?;
        let stagger = seconds(*self.control().relay_stagger_s(), STAGGER)?;
        let relays = self.hardware().relay_pins().as_slice().len();
        WindowSettings::new(cycle, relays, stagger).map_err(|error| match error {
            WindowError::Cycle => (WINDOW, Why::TooHigh { most: Quantity::Time(limits::WINDOW_LONGEST) }),
            WindowError::Relays => ("hardware.relay_pins", Why::TooMany { most: limits::RELAYS_MOST }),
            WindowError::Stagger => (STAGGER, Why::DoesNotFit { with: WINDOW }),
        })
    }

    /// When a firing goes on without asking.
    ///
    /// # Errors
    /// As [`Config::settings`].
    pub fn recovery(&self) -> Result<recovery::Rules, (&'static str, Why)> {
        let safety = self.safety();
        let longest = minutes(*safety.resume_longest_min(), "safety.resume_longest_min")?;
        let known = kelvin(*safety.resume_change_k(), "safety.resume_change_k")?;
        let unknown = kelvin(*safety.resume_unknown_change_k(), "safety.resume_unknown_change_k")?;
        Ok(recovery::Rules { known: Some((longest, known)), unknown, ..recovery::Rules::SHIPPING })
    }

    /// A fixed address is whole or not there at all.
    fn address(&self) -> Result<(), Bad> {
        let network = self.network();
        let all = [
            ("network.static_ip", network.static_ip()),
            ("network.static_subnet", network.static_subnet()),
            ("network.static_gateway", network.static_gateway()),
            ("network.static_dns", network.static_dns()),
        ];
        let missing = all.iter().find(|(_, address)| address.is_none());
        match missing {
            Some((key, _)) if all.iter().any(|(_, address)| address.is_some()) => Err((key, Why::Missing)),
            Some(_) | None => Ok(()),
        }
    }

    fn together(&self) -> Result<(), Bad> {
        self.settings()?;
        self.recovery()?;
        self.address()
    }

    /// Refuses what does not fit together, by the name of the key that is in the way.
    pub(super) fn fits_together(&self, document: &Document<'_>) -> Result<(), Refusal> {
        self.together().map_err(|(key, why)| {
            let mut refusal = document.refuse(Place::WHOLE, None, why);
            refusal.path = crate::Path::of(key);
            refusal
        })
    }
}

impl Changes {
    /// Whether the control loop needs to be told.
    pub fn reach_control(self) -> bool {
        self.any(Applies::NextFiring)
    }
}

fn rule(error: RuleError) -> Bad {
    match error {
        RuleError::MaxTemperature => (MAX_TEMP, Why::TooHigh { most: Quantity::Temperature(limits::CEILING) }),
        RuleError::Bank => ("control.bank_c", Why::TooHigh { most: Quantity::Temperature(limits::BANK_HOTTEST) }),
        RuleError::Pause => ("control.pause_longest_min", Why::TooHigh { most: Quantity::Time(limits::PAUSE_LONGEST) }),
        RuleError::RateWindow => (RATE_WINDOW, Why::DoesNotFit { with: "safety.rate_every_s" }),
        RuleError::Wait => ("control.wait_behind_k", Why::Invalid),
        RuleError::Adapt => ("control.adapts_rates", Why::Invalid),
        RuleError::Minimum => ("safety.stall_floor_c_per_h", Why::Invalid),
        RuleError::Confirm | RuleError::Stall => ("safety.stall_every_s", Why::Invalid),
    }
}

fn celsius(value: f64, key: &'static str) -> Result<Celsius, Bad> {
    Celsius::new(value).ok_or((key, Why::NotFinite))
}

fn kelvin(value: f64, key: &'static str) -> Result<Kelvin, Bad> {
    Kelvin::new(value).ok_or((key, Why::NotFinite))
}

fn seconds(value: f64, key: &'static str) -> Result<Millis, Bad> {
    Millis::from_seconds_f64(value).ok_or((key, Why::NotFinite))
}

fn minutes(value: f64, key: &'static str) -> Result<Millis, Bad> {
    seconds(60.0 * value, key)
}
