//! The family of profiles a swarm fires: the examples that come with the project, and random valid ones.
//!
//! A profile is drawn for a kiln: no hotter than that kiln gets. Whether the kiln keeps up is the loop's business.

use kiln_core::profile::{Name, Profile, RampRate, Step};
use kiln_core::units::{Celsius, CelsiusPerHour, Millis};

use crate::random::Stream;

/// The examples of the project.
const EXAMPLES: [&str; 4] = [
    include_str!("../../../../examples/profiles/bisque-cone-04.json"),
    include_str!("../../../../examples/profiles/glaze-cone-6.json"),
    include_str!("../../../../examples/profiles/glass-full-fuse.json"),
    include_str!("../../../../examples/profiles/crystalline-controlled-cooling.json"),
];

/// A profile no hotter than `hottest_c`, with climbs no faster than `fastest_c_per_h`.
pub(super) fn draw(chance: &mut Stream, hottest_c: f64, fastest_c_per_h: f64) -> Result<Profile, String> {
    if chance.unit() < 0.4 {
        let which = (chance.bits() % EXAMPLES.len() as u64) as usize;
        let example = EXAMPLES.get(which).copied().unwrap_or_default();
        let profile = kiln_wire::profile::parse(example.as_bytes()).map_err(|why| why.to_string())?.profile;
        if profile.peak().is_some_and(|peak| peak.get() <= hottest_c) {
            return Ok(profile);
        }
    }
    random(chance, hottest_c, fastest_c_per_h)
}

/// Some climbs with and without holds, perhaps a controlled descent, perhaps an end with the heater off.
fn random(chance: &mut Stream, hottest_c: f64, fastest_c_per_h: f64) -> Result<Profile, String> {
    let mut steps = Vec::new();
    let climbs = 1 + chance.bits() % 4;
    let peak_c = chance.between(150.0_f64.min(hottest_c), hottest_c);
    for climb in 1..=climbs {
        let to = celsius(80.0 + (peak_c - 80.0) * climb as f64 / climbs as f64)?;
        steps.push(Step::Ramp { target: to, rate: rate(chance, fastest_c_per_h)?, min_rate: None });
        if climb == climbs || chance.unit() < 0.4 {
            steps.push(hold(chance, to, 60.0));
        }
    }
    if chance.unit() < 0.4 {
        let to = celsius(peak_c * chance.between(0.6, 0.9))?;
        let down = CelsiusPerHour::new(chance.between(30.0, 90.0).round()).ok_or("a rate")?;
        steps.push(Step::Ramp { target: to, rate: RampRate::PerHour(down), min_rate: None });
        steps.push(hold(chance, to, 90.0));
    }
    if chance.unit() < 0.3 {
        steps.push(Step::Cool { target: Some(celsius(peak_c * 0.5)?) });
    }
    let name = Name::new("drawn by chance").ok_or("a name")?;
    Profile::new(name, &steps).map_err(|why| format!("{why:?}"))
}

/// A hold for longer than any firing may last.
pub(super) fn week_long() -> Result<Profile, String> {
    let target = celsius(120.0)?;
    let rate = RampRate::PerHour(CelsiusPerHour::new(300.0).ok_or("a rate")?);
    let week = Millis::from_hours(167);
    let steps = [
        Step::Ramp { target, rate, min_rate: None },
        Step::Hold { target, time: week },
        Step::Hold { target, time: Millis::from_hours(5) },
    ];
    Profile::new(Name::new("a week").ok_or("a name")?, &steps).map_err(|why| format!("{why:?}"))
}

fn rate(chance: &mut Stream, fastest: f64) -> Result<RampRate, String> {
    if chance.unit() < 0.08 {
        return Ok(RampRate::Full);
    }
    let rate = CelsiusPerHour::new(chance.between(80.0_f64.min(fastest), fastest).round()).ok_or("a rate")?;
    Ok(RampRate::PerHour(rate))
}

fn hold(chance: &mut Stream, target: Celsius, longest_min: f64) -> Step {
    let minutes = chance.between(5.0, longest_min);
    Step::Hold { target, time: Millis::from_seconds((minutes * 60.0) as u64) }
}

fn celsius(value: f64) -> Result<Celsius, String> {
    Celsius::new(value.round()).ok_or_else(|| "a temperature".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Seed;

    #[test]
    fn what_is_drawn_is_valid_and_within_reach() {
        for seed in 0..500 {
            let profile = draw(&mut Seed(seed).stream("profile"), 900.0, 200.0).unwrap();
            let hours = profile.nominal_seconds(Celsius::new(20.0)) / 3600.0;
            assert!(profile.peak().unwrap().get() <= 900.0, "{seed}");
            assert!((0.2..40.0).contains(&hours), "{seed}: {hours} h");
        }
        assert!(week_long().unwrap().nominal_seconds(Celsius::new(20.0)) > 168.0 * 3600.0);
    }
}
