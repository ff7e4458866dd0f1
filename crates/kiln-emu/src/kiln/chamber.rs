//! The kiln that hangs on the pins: kiln-sim's plant, weather, sensor and relay, a tenth of a second at a time.
//!
//! The order of things within a slot is that of kiln-sim's world: surroundings at every fifth slot, a conversion at
//! every tenth, then the loop's turn, then power for the whole slot, and the plant's step at the end of every fifth.

use kiln_sim::disturb::{Disturbances, Level};
use kiln_sim::plant::{Plant, PlantError, PlantSpec, Surroundings};
use kiln_sim::random::Seed;
use kiln_sim::relay::{Relay, RelayFault};
use kiln_sim::sensor::{Conversion, Sensor, SensorFault, Wires};

/// Slots in a step of the plant, and in a second.
const STEP_SLOTS: u64 = 5;
const SECOND_SLOTS: u64 = 10;
const SLOT_MS: u64 = 100;

/// A kiln with one relay.
#[derive(Clone, Debug)]
pub struct Chamber {
    plant: Plant,
    weather: Disturbances,
    around: Surroundings,
    sensor: Sensor,
    relay: Relay,
    slot: u64,
    conducted: f64,
    /// What is wrong with the thermocouple.
    pub wires: SensorFault,
}

impl Chamber {
    /// A cold kiln.
    ///
    /// # Errors
    /// A plant that cannot be.
    pub fn new(spec: &PlantSpec, level: Level, seed: Seed, planned_s: f64) -> Result<Self, PlantError> {
        Ok(Self {
            plant: Plant::new(spec, spec.ambient_c)?,
            weather: Disturbances::new(level, seed, planned_s, spec.ambient_c),
            around: Surroundings::calm(spec.ambient_c),
            sensor: Sensor::new(level, seed),
            relay: Relay::new(seed, "heater 0"),
            slot: 0,
            conducted: 0.0,
            wires: SensorFault::Sound,
        })
    }

    /// What comes before the loop's turn; the conversion that ends now, where one does.
    pub fn before(&mut self) -> Option<Conversion> {
        if self.slot.is_multiple_of(STEP_SLOTS) {
            self.around = self.weather.advance();
        }
        self.slot.is_multiple_of(SECOND_SLOTS).then(|| {
            let wires = Wires {
                junction_c: self.plant.thermocouple_c(),
                terminals_c: self.around.ambient_c,
                fault: self.wires,
            };
            self.sensor.convert(self.slot * SLOT_MS, &wires)
        })
    }

    /// What comes after it: the slot with the relay's pin at a level.
    pub fn after(&mut self, pin: bool) {
        self.conducted += f64::from(u8::from(self.relay.slot(pin, RelayFault::Sound)));
        self.slot += 1;
        if self.slot.is_multiple_of(STEP_SLOTS) {
            self.plant.step(std::mem::take(&mut self.conducted) / STEP_SLOTS as f64, &self.around);
        }
    }

    /// The kiln itself.
    pub const fn plant(&self) -> &Plant {
        &self.plant
    }

    /// Slots since it was made.
    pub const fn slot(&self) -> u64 {
        self.slot
    }
}
