//! The family of profiles a swarm fires: the examples that come with the project, and random valid ones.
//!
//! A profile is drawn for a kiln: no hotter than that kiln gets. Whether the kiln keeps up is the loop's business.

use kiln_core::cone::{Cone, HoldUntil};
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

/// One firing in so many is for a cone.
const CONES: u64 = 6;
/// Rates, °C/h, for which the chart is asked what falls at the temperature of the hold. A slow one names a cone that
/// falls late in the hold or not at all, a fast one a cone that falls on the way there.
const CONE_RATES: [i16; 3] = [20, 60, 140];

/// Now and then the hold at the peak lasts until a cone has fallen, at the longest for as long as it lasted otherwise;
/// everything else stays, so that such a firing is over sooner or not at all changed.
pub(super) fn for_a_cone(chance: &mut Stream, profile: &Profile) -> Result<Profile, String> {
    if !chance.bits().is_multiple_of(CONES) {
        return Ok(*profile);
    }
    let rate = CONE_RATES.get((chance.bits() % CONE_RATES.len() as u64) as usize).copied().unwrap_or(60);
    let falls = |cone: &Cone| cone.temperature(CelsiusPerHour::whole(rate)).celsius;
    let steps = profile.steps().iter().map(|step| match step {
        Step::Hold { target, time } if profile.peak() == Some(*target) => {
            let cone = Cone::all().take_while(|cone| falls(cone) <= *target).last();
            let until = cone.and_then(|cone| HoldUntil::new(cone, *time));
            until.map_or(*step, |until| Step::HoldCone { target: *target, until })
        }
        Step::Ramp { .. } | Step::Hold { .. } | Step::HoldCone { .. } | Step::Cool { .. } => *step,
    });
    Profile::new(*profile.name(), &steps.collect::<Vec<_>>()).map_err(|why| format!("{why:?}"))
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
        let cones = (0..500).map(|seed| {
            let profile = draw(&mut Seed(seed).stream("profile"), 1222.0, 200.0).unwrap();
            let until = for_a_cone(&mut Seed(seed).stream("cone"), &profile).unwrap();
            let nominal_s = |profile: &Profile| profile.nominal_seconds(Celsius::new(20.0)).to_bits();
            assert_eq!(nominal_s(&until), nominal_s(&profile), "{seed}: as long at the longest");
            until != profile
        });
        assert!((30..120).contains(&cones.filter(|for_a_cone| *for_a_cone).count()), "now and then");
        assert!(week_long().unwrap().nominal_seconds(Celsius::new(20.0)) > 168.0 * 3600.0);
    }
}
