//! Kilns that nobody has tuned anything on: drawn by chance around the built-in ones, or one of them changed.

use super::{Case, Pair, Schedule, oracle};
use crate::disturb::Level;
use crate::math;
use crate::plant::PlantSpec;
use crate::plant::spec::Model;
use crate::random::{Seed, Stream};

/// The kilns that are made unlike themselves, and what each is fired on.
const KINDS: [(&str, &[&str]); 6] = [
    ("test2k5", FIRED),
    ("top9", FIRED),
    ("front15", FIRED),
    ("old9", &["bisque04", "heat_treat"]),
    ("glass5", &["glass_fuse", "heat_treat"]),
    ("top9_heavy", FIRED),
];
const FIRED: &[&str] = &["bisque04", "glaze6_fast", "crystalline", "heat_treat"];
/// The first seed of the kilns that are drawn; committed before they were fired.
const FIRST: u64 = 7000;

/// How a kiln differs: factors.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unlike {
    /// Of the power.
    pub power: f64,
    /// Of the mass of the ware.
    pub load: f64,
    /// Of the conductivity of the brick.
    pub conductivity: f64,
    /// Of the thermocouple's heat capacity and of its sheath's time constant.
    pub sensor_lag: f64,
    /// Of the mass of the elements.
    pub elements: f64,
    /// Of what the elements exchange with wall and ware.
    pub view: f64,
}

impl Unlike {
    /// Not at all.
    pub const NOT: Self = Self { power: 1.0, load: 1.0, conductivity: 1.0, sensor_lag: 1.0, elements: 1.0, view: 1.0 };

    /// One change at a time, by name.
    pub const NAMED: [(&'static str, Self); 7] = [
        ("as it is", Self::NOT),
        ("power +50 %", Self { power: 1.5, ..Self::NOT }),
        ("power -30 %", Self { power: 0.7, ..Self::NOT }),
        ("load x2", Self { load: 2.0, ..Self::NOT }),
        ("sensor lag x0.5", Self { sensor_lag: 0.5, ..Self::NOT }),
        ("sensor lag x2.5", Self { sensor_lag: 2.5, ..Self::NOT }),
        ("brick x1.4", Self { conductivity: 1.4, ..Self::NOT }),
    ];

    /// Power within 1.5, load 1.8, brick 1.4, sensor 2.5, elements 1.3 and views 1.2 of what they are, evenly in the
    /// logarithm.
    fn drawn(chance: &mut Stream) -> Self {
        let mut within = |most: f64| math::exp(chance.between(-1.0, 1.0) * math::ln(most));
        Self {
            power: within(1.5),
            load: within(1.8),
            conductivity: within(1.4),
            sensor_lag: within(2.5),
            elements: within(1.3),
            view: within(1.2),
        }
    }

    /// That kiln, changed. A kiln of two lumps has no ware and no brick.
    pub fn of(&self, spec: &PlantSpec) -> PlantSpec {
        let mut spec = spec.clone();
        spec.supply.power_w *= self.power;
        match &mut spec.model {
            Model::Brick(kiln) => {
                kiln.ware.mass_kg *= self.load;
                for layer in &mut kiln.wall.layers {
                    layer.k_w_mk *= self.conductivity;
                    layer.k_rise_w_mk2 *= self.conductivity;
                    layer.k_curve_w_mk3 *= self.conductivity;
                }
                kiln.thermocouple.capacity_j_m2k *= self.sensor_lag;
                kiln.thermocouple.sheath_s *= self.sensor_lag;
                kiln.elements.mass_kg *= self.elements;
                kiln.elements.view_wall *= self.view;
                kiln.elements.view_ware *= self.view;
            }
            Model::TwoNode(kiln) => {
                kiln.oven_j_k *= self.load;
                kiln.loss_k_w /= self.conductivity;
            }
            Model::DeadTime(_) => {}
        }
        spec
    }
}

/// So many kilns that nobody has seen, each with a schedule; those that a perfect model can fire to the end. The others are
/// counted.
///
/// # Errors
/// A kiln that cannot be.
pub fn drawn(count: u64, level: Level) -> Result<(Vec<Case>, u64), String> {
    let (mut cases, mut hopeless) = (Vec::new(), 0);
    for seed in FIRST..FIRST + count {
        let mut chance = Seed(seed).stream("a kiln unlike any other");
        let (name, schedules) = KINDS.get(chance.below(KINDS.len() as u64) as usize).copied().unwrap_or(KINDS[0]);
        let schedule = schedules.get(chance.below(schedules.len() as u64) as usize).copied().unwrap_or("heat_treat");
        let unlike = Unlike::drawn(&mut chance);
        let spec = PlantSpec::built_in(name).map_err(|error| error.to_string())?;
        let plant = unlike.of(&spec);
        let Ok(bound) = oracle::bound(&plant, &Schedule::built_in(schedule)?) else {
            hopeless += 1;
            continue;
        };
        if !bound.finishes {
            hopeless += 1;
            continue;
        }
        let pair = Pair { plant: format!("{name} {seed}"), schedule: schedule.to_owned(), bound };
        cases.push(Case { pair, plant, level, seed });
    }
    Ok((cases, hopeless))
}

/// These pairs with their kilns changed, each with a bound of its own.
///
/// # Errors
/// A kiln that cannot be.
pub fn changed(pairs: &[Pair], unlike: &Unlike, level: Level, seed: u64) -> Result<Vec<Case>, String> {
    let cases = pairs.iter().map(|pair| {
        let spec = PlantSpec::built_in(&pair.plant).map_err(|error| error.to_string())?;
        let plant = unlike.of(&spec);
        let bound = oracle::bound(&plant, &Schedule::built_in(&pair.schedule)?)?;
        Ok(Case { pair: Pair { bound, ..pair.clone() }, plant, level, seed })
    });
    cases.collect()
}
