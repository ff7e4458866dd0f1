//! A kiln from first principles: elements, brick, ware, air and a thermocouple that radiate at each other.
//!
//! ```text
//! mains ─▶ elements ══▶ wall cells ─▶ room          ══ radiation (T⁴) and convection through the air
//!             ║  ╲        ║                          ── conduction
//!             ║   ╲▶ ware surface ── ware core       the air stores nothing; the thermocouple is too
//!             ╚══▶ thermocouple tip ── sheath        small to count as a loss
//! ```
//! Explicit Euler, two sub-steps of 0.25 s; the shortest time constant of a checked kiln is longer than that.
//! State in kelvin, heat flows in W. Radiation exchange factors include the emissivities.

use super::Surroundings;
use super::spec;
use super::wall::Wall;
use crate::math::fourth;

/// W/(m² K⁴), CODATA 2018.
pub(super) const STEFAN_BOLTZMANN: f64 = 5.670_374e-8;
/// 0 °C in kelvin.
pub(super) const KELVIN: f64 = 273.15;
/// The most cells a wall may be cut into.
pub(super) const MAX_CELLS: usize = 16;
/// The time step of the integration, s.
pub(super) const SUB_STEP_S: f64 = 0.25;
/// Heat to boil water off, J/kg.
const LATENT_J_KG: f64 = 2.26e6;
/// Ware above 90 °C gives off its water …
const DRYING_K: f64 = 363.15;
/// … at most this fast: 48 W/(m² K) of heat flow to the water, all of it in no less than a minute.
const DRYING_W_M2K: f64 = 48.0;
/// The lid opening sees the wall for three parts and the ware for two, and is grey.
const LID_EMISSIVITY: f64 = 0.85;
const LID_SEES_WARE: f64 = 0.4;
/// In the open air of the room the tip cools faster than in the still air of the chamber.
const DRAUGHT: f64 = 2.5;
/// The equations are for brick, not for plasma: no part is let out of this range of kelvin.
const RANGE_K: (f64, f64) = (150.0, 4000.0);

/// The kiln: constants worked out once, then the state.
#[derive(Clone, Debug)]
pub(super) struct Brick {
    /// σ A F of each pair.
    elements_wall: f64,
    elements_ware: f64,
    wall_ware: f64,
    /// σ A of the lid's opening.
    lid_opening: f64,
    lid_vent: f64,
    /// Film conductances to the air, W/K.
    air_elements: f64,
    air_wall: f64,
    air_ware: f64,
    vent: f64,
    /// Heat capacities: at 0 °C, J/K, and rise, J/K².
    heat_elements: [f64; 2],
    heat_surface: [f64; 2],
    heat_core: [f64; 2],
    core_w_k: f64,
    drying_w_k: f64,
    tip: Tip,
    state: State,
}

/// What the tip of the thermocouple exchanges, each divided by its heat capacity, 1/s.
#[derive(Clone, Debug)]
struct Tip {
    film: f64,
    own: f64,
    elements: f64,
    wall: f64,
    ware: f64,
    per_sheath_s: f64,
}

/// Everything that changes. Kelvin, kg, J.
#[derive(Clone, Debug)]
struct State {
    elements: f64,
    surface: f64,
    core: f64,
    tip: f64,
    sheath: f64,
    air: f64,
    moisture_kg: f64,
    lost_j: f64,
    wall: Wall,
}

impl Brick {
    /// Builds the kiln, all of it at one temperature.
    pub(super) fn new(kiln: &spec::Brick, start_k: f64) -> Self {
        let (e, s, t, film) = (&kiln.elements, &kiln.ware, &kiln.thermocouple, kiln.air.film_w_m2k);
        let (surface_kg, core_kg) = (s.mass_kg * (1.0 - s.core_share), s.mass_kg * s.core_share);
        let radiation = STEFAN_BOLTZMANN * t.emissivity / t.capacity_j_m2k;
        Self {
            elements_wall: STEFAN_BOLTZMANN * e.area_m2 * e.view_wall,
            elements_ware: STEFAN_BOLTZMANN * e.area_m2 * e.view_ware,
            wall_ware: STEFAN_BOLTZMANN * s.area_m2 * s.view_wall,
            lid_opening: STEFAN_BOLTZMANN * kiln.lid.open_m2 * LID_EMISSIVITY,
            lid_vent: kiln.lid.vent_w_k,
            air_elements: film * e.area_m2,
            air_wall: film * kiln.wall.inner_m2,
            air_ware: film * s.area_m2,
            vent: kiln.air.vent_w_k,
            heat_elements: [e.mass_kg * e.cp_j_kgk, e.mass_kg * e.cp_rise_j_kgk2],
            heat_surface: [surface_kg * s.cp_j_kgk, surface_kg * s.cp_rise_j_kgk2],
            heat_core: [core_kg * s.cp_j_kgk, core_kg * s.cp_rise_j_kgk2],
            core_w_k: s.core_w_k,
            drying_w_k: DRYING_W_M2K * s.area_m2,
            tip: Tip {
                film: t.film_w_m2k / t.capacity_j_m2k,
                own: radiation,
                elements: radiation * t.view_elements,
                wall: radiation * t.view_wall,
                ware: radiation * t.view_ware,
                per_sheath_s: 1.0 / t.sheath_s,
            },
            state: State {
                elements: start_k,
                surface: start_k,
                core: start_k,
                tip: start_k,
                sheath: start_k,
                air: start_k,
                moisture_kg: s.moisture_kg,
                lost_j: 0.0,
                wall: Wall::new(&kiln.wall, start_k),
            },
        }
    }

    /// Half a second with a constant heating power.
    pub(super) fn step(&mut self, power_w: f64, around: &Surroundings) {
        let room_k = around.ambient_c + KELVIN;
        let room4 = fourth(room_k);
        for _ in 0..2 {
            self.sub_step(power_w, room_k, room4, around);
        }
        self.state.limit();
    }

    fn sub_step(&mut self, power_w: f64, room_k: f64, room4: f64, around: &Surroundings) {
        let h = SUB_STEP_S;
        let s = &mut self.state;
        let face = s.wall.hot_face_k();
        let (elements4, surface4, face4) = (fourth(s.elements), fourth(s.surface), fourth(face));
        let elements_wall = self.elements_wall * (elements4 - face4);
        let elements_ware = self.elements_ware * (elements4 - surface4);
        let wall_ware = self.wall_ware * (face4 - surface4);
        let opening = self.lid_opening * around.lid;
        let (lid_ware, lid_wall) =
            (LID_SEES_WARE * opening * (surface4 - room4), (1.0 - LID_SEES_WARE) * opening * (face4 - room4));

        // The air stores nothing: what it takes from the hot parts leaves through the vent.
        let vent = self.vent + around.lid * self.lid_vent;
        let films = self.air_elements + self.air_wall + self.air_ware;
        let warmed = self.air_elements * s.elements + self.air_wall * face + self.air_ware * s.surface;
        s.air = (warmed + vent * room_k) / (films + vent);

        let drying = if s.moisture_kg > 0.0 && s.surface > DRYING_K {
            (s.moisture_kg * (LATENT_J_KG / 60.0)).min(self.drying_w_k * (s.surface - DRYING_K))
        } else {
            0.0
        };
        s.moisture_kg -= drying * h / LATENT_J_KG;

        let into_elements = power_w - elements_wall - elements_ware - self.air_elements * (s.elements - s.air);
        let into_core = self.core_w_k * (s.surface - s.core);
        let into_surface =
            elements_ware + wall_ware + self.air_ware * (s.air - s.surface) - into_core - drying - lid_ware;
        let into_wall = elements_wall - wall_ware + self.air_wall * (s.air - face) - lid_wall;

        let tip_rate = if around.thermocouple_out {
            DRAUGHT * self.tip.film * (room_k - s.tip)
        } else {
            let seen = self.tip.elements * elements4 + self.tip.wall * face4 + self.tip.ware * surface4;
            self.tip.film * (s.air - s.tip) + seen - self.tip.own * fourth(s.tip)
        };
        let sheath_rate = (s.tip - s.sheath) * self.tip.per_sheath_s;

        let to_room = s.wall.step(into_wall, room_k, h);
        s.lost_j += h * (to_room + vent * (s.air - room_k) + lid_ware + lid_wall + drying);
        s.elements += h * into_elements / capacity(self.heat_elements, s.elements);
        s.surface += h * into_surface / capacity(self.heat_surface, s.surface);
        s.core += h * into_core / capacity(self.heat_core, s.core);
        s.tip += h * tip_rate;
        s.sheath += h * sheath_rate;
    }

    /// What the thermocouple really is at, °C.
    pub(super) fn thermocouple_c(&self) -> f64 {
        self.state.sheath - KELVIN
    }

    /// The hot face of the brick, °C.
    pub(super) fn hot_face_c(&self) -> f64 {
        self.state.wall.hot_face_k() - KELVIN
    }

    /// The surface of the ware, °C.
    pub(super) fn ware_c(&self) -> f64 {
        self.state.surface - KELVIN
    }

    /// The core of the ware, °C.
    pub(super) fn core_c(&self) -> f64 {
        self.state.core - KELVIN
    }

    /// The elements, °C.
    pub(super) fn elements_c(&self) -> f64 {
        self.state.elements - KELVIN
    }

    /// Water still in the ware, kg.
    pub(super) fn moisture_kg(&self) -> f64 {
        self.state.moisture_kg
    }

    /// Heat in everything that stores any, above 0 °C, J. The latent heat of the water counts as lost once it boils.
    pub(super) fn stored_j(&self) -> f64 {
        let s = &self.state;
        stored(self.heat_elements, s.elements)
            + stored(self.heat_surface, s.surface)
            + stored(self.heat_core, s.core)
            + s.wall.stored_j()
    }

    /// Heat that has left since the start, J.
    pub(super) fn lost_j(&self) -> f64 {
        self.state.lost_j
    }
}

impl State {
    fn limit(&mut self) {
        let (low, high) = RANGE_K;
        for part in [&mut self.elements, &mut self.surface, &mut self.core, &mut self.tip, &mut self.sheath] {
            *part = part.clamp(low, high);
        }
        self.wall.limit(low, high);
    }
}

fn capacity(heat: [f64; 2], kelvin: f64) -> f64 {
    heat[0] + heat[1] * (kelvin - KELVIN)
}

fn stored(heat: [f64; 2], kelvin: f64) -> f64 {
    let celsius = kelvin - KELVIN;
    celsius * (heat[0] + 0.5 * heat[1] * celsius)
}
