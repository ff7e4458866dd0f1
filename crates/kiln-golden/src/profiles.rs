//! Profiles as the traces write them.

use kiln_core::profile::{Name, Profile, RampRate, Step};
use kiln_core::units::{Celsius, CelsiusPerHour, Millis};
use serde_json::Value;

/// Why a profile of the traces is not one of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotOurs {
    /// A ramp has a rate of 0 or below.
    Rate,
    /// A step is of a type nobody knows.
    Type,
    /// Something is missing or wrong.
    Broken,
}

/// The rate of a ramp that names none, °C/h.
const DEFAULT_RATE: f64 = 100.0;

/// Takes a profile. Its name is not compared.
pub(crate) fn profile(json: &Value) -> Result<Profile, NotOurs> {
    let steps = json.get("steps").and_then(Value::as_array).ok_or(NotOurs::Broken)?;
    let steps: Vec<Step> = steps.iter().map(step).collect::<Result<_, _>>()?;
    json.get("name").and_then(Value::as_str).ok_or(NotOurs::Broken)?;
    let name = Name::new("trace").ok_or(NotOurs::Broken)?;
    Profile::new(name, &steps).map_err(|_| NotOurs::Broken)
}

fn step(json: &Value) -> Result<Step, NotOurs> {
    let number = |key: &str| json.get(key).and_then(Value::as_f64);
    let target = number("target_temp").and_then(Celsius::new);
    match json.get("type").and_then(Value::as_str) {
        Some("ramp") => ramp(target, number("desired_rate"), number("min_rate")),
        Some("hold") => {
            let time = number("duration").and_then(Millis::from_seconds_f64).ok_or(NotOurs::Broken)?;
            Ok(Step::Hold { target: target.ok_or(NotOurs::Broken)?, time })
        }
        Some("cooling") => Ok(Step::Cool { target }),
        Some(_) => Err(NotOurs::Type),
        None => Err(NotOurs::Broken),
    }
}

/// A ramp as the traces give it: a missing rate is the default one.
pub(crate) fn ramp(target: Option<Celsius>, rate: Option<f64>, min_rate: Option<f64>) -> Result<Step, NotOurs> {
    let rate = rate.unwrap_or(DEFAULT_RATE);
    if rate <= 0.0 {
        return Err(NotOurs::Rate);
    }
    let rate = CelsiusPerHour::new(rate).map(RampRate::PerHour).ok_or(NotOurs::Broken)?;
    let min_rate = min_rate.and_then(CelsiusPerHour::new);
    Ok(Step::Ramp { target: target.ok_or(NotOurs::Broken)?, rate, min_rate })
}
