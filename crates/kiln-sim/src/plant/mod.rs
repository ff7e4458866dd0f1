//! Kilns: what mains power and an open lid do to brick, ware and thermocouple.
//!
//! A [`Plant`] is stepped half a second at a time and always knows the truth; what the controller gets to see of it
//! is the sensor's business. Nothing here knows what anybody wants the kiln to do. Temperatures in °C, power in W,
//! current in A; the same inputs give the same bits on every machine.

mod brick;
mod check;
mod delay;
mod lumps;
pub mod spec;
mod wall;

pub use spec::{NAMES, PlantError, PlantSpec};

use spec::{Model, Supply};

/// What surrounds the kiln for half a second, faults of the plant included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Surroundings {
    /// Temperature of the room, °C, -60..=80.
    pub ambient_c: f64,
    /// Mains power relative to nominal, that is voltage squared; 0 is an outage, at most 1.5.
    pub mains: f64,
    /// How far the lid or door is open, 0..=1.
    pub lid: f64,
    /// The thermocouple has fallen out and hangs in the room.
    pub thermocouple_out: bool,
    /// The share of the elements that still conducts, 0..=1: 2/3 for one dead of three, 1/2 for a lost phase.
    pub element_health: f64,
}

impl Surroundings {
    /// Nominal mains, lid shut, everything whole.
    pub const fn calm(ambient_c: f64) -> Self {
        Self { ambient_c, mains: 1.0, lid: 0.0, thermocouple_out: false, element_health: 1.0 }
    }

    /// The nearest surroundings that can exist. What is not a number becomes calm.
    #[must_use]
    pub fn possible(self) -> Self {
        let within = |value: f64, low: f64, high: f64, calm: f64| {
            if value.is_nan() { calm } else { value.clamp(low, high) }
        };
        Self {
            ambient_c: within(self.ambient_c, -60.0, 80.0, 20.0),
            mains: within(self.mains, 0.0, 1.5, 1.0),
            lid: within(self.lid, 0.0, 1.0, 0.0),
            thermocouple_out: self.thermocouple_out,
            element_health: within(self.element_health, 0.0, 1.0, 1.0),
        }
    }
}

/// Where the heat of a firing went, J. What went in is what is stored now, less what was stored at the start, plus
/// what was lost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Heat {
    /// Heat held by everything in the kiln, above 0 °C.
    pub stored_j: f64,
    /// Heat that left through brick, vent, lid and steam since the start.
    pub lost_j: f64,
}

/// A kiln in some state.
#[derive(Clone, Debug)]
pub struct Plant {
    supply: Supply,
    body: Body,
    power_w: f64,
    current_a: f64,
    energy_j: f64,
}

#[derive(Clone, Debug)]
enum Body {
    Brick(Box<brick::Brick>),
    TwoNode(lumps::TwoNode),
    DeadTime(lumps::DeadTime),
}

impl Plant {
    /// How much time a step takes, ms.
    pub const STEP_MS: u64 = 500;

    /// Builds a kiln with all its parts at one temperature.
    ///
    /// # Errors
    /// A start outside -60..=1400 °C, or a figure of the spec that no kiln has, by the field's name.
    pub fn new(spec: &PlantSpec, start_c: f64) -> Result<Self, PlantError> {
        check::check(spec)?;
        if !(-60.0..=1400.0).contains(&start_c) {
            let why = format!("{start_c} is outside -60..=1400");
            return Err(PlantError::Value { field: "start".to_owned(), why });
        }
        let body = match &spec.model {
            Model::Brick(kiln) => Body::Brick(Box::new(brick::Brick::new(kiln, start_c + brick::KELVIN))),
            Model::TwoNode(lumps) => Body::TwoNode(lumps::TwoNode::new(lumps, start_c)),
            Model::DeadTime(figures) => Body::DeadTime(lumps::DeadTime::new(figures, start_c)),
        };
        Ok(Self { supply: spec.supply, body, power_w: 0.0, current_a: 0.0, energy_j: 0.0 })
    }

    /// Lives through half a second in which the relay conducted for `on_share` of the time (0..=1; NaN is off).
    pub fn step(&mut self, on_share: f64, around: &Surroundings) {
        let around = around.possible();
        let on_share = if on_share > 0.0 { on_share.min(1.0) } else { 0.0 };
        self.current_a = self.conducting_current_a(&around) * on_share;
        self.power_w = self.current_a * self.supply.volts * around.mains.sqrt();
        self.energy_j += self.power_w * 0.5;
        let share = on_share * around.mains * around.element_health;
        match &mut self.body {
            Body::Brick(kiln) => kiln.step(self.power_w, &around),
            Body::TwoNode(kiln) => kiln.step(self.power_w, &around),
            Body::DeadTime(kiln) => kiln.step(share, &around),
        }
    }

    /// The current that flows while the relay conducts, A.
    ///
    /// Ohm's law over the elements in parallel: nominal power over nominal voltage, times the share of elements that
    /// is whole, times the voltage of the moment, over the rise of the resistance with the elements' temperature (the
    /// chamber's, in a model without elements). The rise is a figure of the kiln's own data.
    pub fn conducting_current_a(&self, around: &Surroundings) -> f64 {
        let around = around.possible();
        let nominal_a = self.supply.power_w / self.supply.volts;
        let rise = 1.0 + self.supply.resistance_rise_per_k * (self.element_c() - 20.0);
        nominal_a * around.element_health * around.mains.sqrt() / rise.max(0.1)
    }

    /// Mean current over the last step, A.
    pub fn current_a(&self) -> f64 {
        self.current_a
    }

    /// Mean power over the last step, W.
    pub fn power_w(&self) -> f64 {
        self.power_w
    }

    /// Electrical energy used since the start, J.
    pub fn energy_j(&self) -> f64 {
        self.energy_j
    }

    /// What the thermocouple's junction is really at, °C: no noise, no fault of the wires.
    pub fn thermocouple_c(&self) -> f64 {
        match &self.body {
            Body::Brick(kiln) => kiln.thermocouple_c(),
            Body::TwoNode(kiln) => kiln.thermocouple_c(),
            Body::DeadTime(kiln) => kiln.thermocouple_c(),
        }
    }

    /// The true temperature of the chamber, °C: the hot face of the brick, the oven of a lumped model.
    pub fn chamber_c(&self) -> f64 {
        match &self.body {
            Body::Brick(kiln) => kiln.hot_face_c(),
            Body::TwoNode(kiln) => kiln.oven_c(),
            Body::DeadTime(kiln) => kiln.chamber_c(),
        }
    }

    /// The surface of the ware, °C; the chamber where the model has no ware.
    pub fn ware_c(&self) -> f64 {
        match &self.body {
            Body::Brick(kiln) => kiln.ware_c(),
            Body::TwoNode(_) | Body::DeadTime(_) => self.chamber_c(),
        }
    }

    /// The core of the ware, °C; the chamber where the model has no ware.
    pub fn core_c(&self) -> f64 {
        match &self.body {
            Body::Brick(kiln) => kiln.core_c(),
            Body::TwoNode(_) | Body::DeadTime(_) => self.chamber_c(),
        }
    }

    /// The elements, °C; the chamber where the model has none.
    pub fn element_c(&self) -> f64 {
        match &self.body {
            Body::Brick(kiln) => kiln.elements_c(),
            Body::TwoNode(kiln) => kiln.element_c(),
            Body::DeadTime(kiln) => kiln.chamber_c(),
        }
    }

    /// Water still in the ware, kg.
    pub fn moisture_kg(&self) -> f64 {
        match &self.body {
            Body::Brick(kiln) => kiln.moisture_kg(),
            Body::TwoNode(_) | Body::DeadTime(_) => 0.0,
        }
    }

    /// Where the heat went; `None` for a model that has no heat in it.
    pub fn heat(&self) -> Option<Heat> {
        match &self.body {
            Body::Brick(kiln) => Some(Heat { stored_j: kiln.stored_j(), lost_j: kiln.lost_j() }),
            Body::TwoNode(kiln) => Some(Heat { stored_j: kiln.stored_j(), lost_j: kiln.lost_j() }),
            Body::DeadTime(_) => None,
        }
    }
}
