//! Which figures a kiln may have.
//!
//! Every bound says what a figure must be to be a kiln at all; the last part refuses kilns too light for the
//! fixed time step, where the explicit integration would swing or blow up instead of settling.

use super::brick::{MAX_CELLS, SUB_STEP_S};
use super::delay::MAX_DELAY_S;
use super::spec::{Brick, DeadTime, Layer, Model, PlantError, PlantSpec, TwoNode};
use super::wall;
use crate::math;

/// Checks every field of a kiln, in the order of the document.
pub(super) fn check(spec: &PlantSpec) -> Result<(), PlantError> {
    within("ambient_c", spec.ambient_c, -40.0, 60.0)?;
    within("rated_c", spec.rated_c, 100.0, 1800.0)?;
    within("supply.power_w", spec.supply.power_w, 10.0, 200_000.0)?;
    within("supply.volts", spec.supply.volts, 10.0, 1000.0)?;
    within("supply.groups", f64::from(spec.supply.groups), 1.0, 100.0)?;
    within("supply.resistance_rise_per_k", spec.supply.resistance_rise_per_k, 0.0, 0.01)?;
    match &spec.model {
        Model::Brick(brick) => check_brick(brick).and_then(|()| settles(brick)),
        Model::TwoNode(lumps) => check_two_node(lumps),
        Model::DeadTime(figures) => check_dead_time(figures),
    }
}

fn within(field: &str, value: f64, low: f64, high: f64) -> Result<(), PlantError> {
    // NaN is in no range.
    if (low..=high).contains(&value) {
        Ok(())
    } else {
        let why = format!("{value} is outside {low}..={high}");
        Err(PlantError::Value { field: field.to_owned(), why })
    }
}

fn check_brick(kiln: &Brick) -> Result<(), PlantError> {
    let e = &kiln.elements;
    within("model.brick.elements.mass_kg", e.mass_kg, 0.001, 1000.0)?;
    within("model.brick.elements.area_m2", e.area_m2, 0.0001, 100.0)?;
    within("model.brick.elements.view_wall", e.view_wall, 0.001, 1.0)?;
    within("model.brick.elements.view_ware", e.view_ware, 0.0, 1.0)?;
    within("model.brick.elements.cp_j_kgk", e.cp_j_kgk, 50.0, 5000.0)?;
    within("model.brick.elements.cp_rise_j_kgk2", e.cp_rise_j_kgk2, 0.0, 5.0)?;
    let w = &kiln.wall;
    within("model.brick.wall.inner_m2", w.inner_m2, 0.001, 1000.0)?;
    within("model.brick.wall.outer_m2", w.outer_m2, w.inner_m2, 10_000.0)?;
    within("model.brick.wall.outer_emissivity", w.outer_emissivity, 0.0, 1.0)?;
    within("model.brick.wall.outer_film_w_m2k", w.outer_film_w_m2k, 0.1, 1000.0)?;
    let mut cells = 0_u32;
    for (i, layer) in w.layers.iter().enumerate() {
        check_layer(&format!("model.brick.wall.layers[{i}]"), layer)?;
        cells = cells.saturating_add(layer.cells);
    }
    within("model.brick.wall.layers", f64::from(cells), 1.0, MAX_CELLS as f64)?;
    let s = &kiln.ware;
    within("model.brick.ware.mass_kg", s.mass_kg, 0.001, 100_000.0)?;
    within("model.brick.ware.area_m2", s.area_m2, 0.0001, 1000.0)?;
    within("model.brick.ware.view_wall", s.view_wall, 0.0, 1.0)?;
    within("model.brick.ware.cp_j_kgk", s.cp_j_kgk, 50.0, 5000.0)?;
    within("model.brick.ware.cp_rise_j_kgk2", s.cp_rise_j_kgk2, 0.0, 5.0)?;
    within("model.brick.ware.core_share", s.core_share, 0.01, 0.99)?;
    within("model.brick.ware.core_w_k", s.core_w_k, 0.0, 100_000.0)?;
    within("model.brick.ware.moisture_kg", s.moisture_kg, 0.0, 10_000.0)?;
    within("model.brick.air.film_w_m2k", kiln.air.film_w_m2k, 0.1, 1000.0)?;
    within("model.brick.air.vent_w_k", kiln.air.vent_w_k, 0.0, 1000.0)?;
    let t = &kiln.thermocouple;
    within("model.brick.thermocouple.capacity_j_m2k", t.capacity_j_m2k, 1.0, 1e6)?;
    within("model.brick.thermocouple.emissivity", t.emissivity, 0.0, 1.0)?;
    within("model.brick.thermocouple.film_w_m2k", t.film_w_m2k, 0.1, 1000.0)?;
    within("model.brick.thermocouple.view_elements", t.view_elements, 0.0, 1.0)?;
    within("model.brick.thermocouple.view_wall", t.view_wall, 0.0, 1.0)?;
    within("model.brick.thermocouple.view_ware", t.view_ware, 0.0, 1.0)?;
    within("model.brick.thermocouple.sheath_s", t.sheath_s, 2.0 * SUB_STEP_S, 3600.0)?;
    within("model.brick.lid.open_m2", kiln.lid.open_m2, 0.0, 10.0)?;
    within("model.brick.lid.vent_w_k", kiln.lid.vent_w_k, 0.0, 10_000.0)
}

fn check_layer(at: &str, layer: &Layer) -> Result<(), PlantError> {
    let field = |name: &str| format!("{at}.{name}");
    within(&field("thickness_m"), layer.thickness_m, 0.0001, 2.0)?;
    within(&field("density_kg_m3"), layer.density_kg_m3, 1.0, 20_000.0)?;
    within(&field("cp_j_kgk"), layer.cp_j_kgk, 50.0, 5000.0)?;
    within(&field("cp_rise_j_kgk2"), layer.cp_rise_j_kgk2, 0.0, 5.0)?;
    within(&field("k_w_mk"), layer.k_w_mk, 0.001, 1000.0)?;
    within(&field("k_rise_w_mk2"), layer.k_rise_w_mk2, 0.0, 1.0)?;
    within(&field("k_curve_w_mk3"), layer.k_curve_w_mk3, 0.0, 0.001)?;
    within(&field("cells"), f64::from(layer.cells), 1.0, MAX_CELLS as f64)
}

fn check_two_node(lumps: &TwoNode) -> Result<(), PlantError> {
    within("model.two_node.element_j_k", lumps.element_j_k, 1.0, 1e9)?;
    within("model.two_node.oven_j_k", lumps.oven_j_k, 1.0, 1e9)?;
    within("model.two_node.loss_k_w", lumps.loss_k_w, 1e-6, 1e6)?;
    within("model.two_node.coupling_k_w", lumps.coupling_k_w, 1e-6, 1e6)?;
    within("model.two_node.delay_s", lumps.delay_s, 0.0, MAX_DELAY_S)?;
    within("model.two_node.lag_s", lumps.lag_s, 0.0, 3600.0)?;
    // Two steps' worth of the shortest time constant, so that the lumps approach each other without swinging. An
    // open lid multiplies the loss by 2.5.
    let element_s = lumps.element_j_k * lumps.coupling_k_w;
    within("model.two_node.element_j_k", element_s, 1.0, f64::INFINITY)
        .map_err(|e| explain(e, "element_j_k times coupling_k_w must be at least 1 s"))?;
    let oven_s = lumps.oven_j_k / (1.0 / lumps.coupling_k_w + 2.5 / lumps.loss_k_w);
    within("model.two_node.oven_j_k", oven_s, 1.0, f64::INFINITY)
        .map_err(|e| explain(e, "the oven must need at least 1 s to follow its surroundings"))
}

fn check_dead_time(figures: &DeadTime) -> Result<(), PlantError> {
    within("model.dead_time.gain_k", figures.gain_k, 1.0, 5000.0)?;
    within("model.dead_time.tau_s", figures.tau_s, 10.0, 1e6)?;
    within("model.dead_time.dead_time_s", figures.dead_time_s, 0.0, MAX_DELAY_S)?;
    within("model.dead_time.loss_share", figures.loss_share, 0.0, 1.0)?;
    within("model.dead_time.loss_at_c", figures.loss_at_c, 100.0, 3000.0)?;
    within("model.dead_time.lid_gain_share", figures.lid_gain_share, 0.0, 1.0)?;
    within("model.dead_time.lid_tau_share", figures.lid_tau_share, 0.1, 1.0)
}

/// Says in words what a derived figure failed.
fn explain(error: PlantError, why: &str) -> PlantError {
    match error {
        PlantError::Value { field, .. } => PlantError::Value { field, why: why.to_owned() },
        other @ (PlantError::UnknownName(_) | PlantError::Shape { .. }) => other,
    }
}

/// Refuses what cannot follow its neighbours within a sub-step at 1700 °C with the lid wide open.
fn settles(kiln: &Brick) -> Result<(), PlantError> {
    let radiating = 4.0 * super::brick::STEFAN_BOLTZMANN * math::square(1973.15) * 1973.15;
    let light = |field: &str, w_per_k: f64, j_per_k: f64| {
        if SUB_STEP_S * w_per_k <= j_per_k {
            Ok(())
        } else {
            let why = format!("too light: would swing in steps of {SUB_STEP_S} s");
            Err(PlantError::Value { field: field.to_owned(), why })
        }
    };
    let (e, s, t, film) = (&kiln.elements, &kiln.ware, &kiln.thermocouple, kiln.air.film_w_m2k);
    let from_elements = e.area_m2 * (radiating * (e.view_wall + e.view_ware) + film);
    light("model.brick.elements.mass_kg", from_elements, e.mass_kg * e.cp_j_kgk)?;
    let (open, exchange) = (radiating * kiln.lid.open_m2, radiating * s.area_m2 * s.view_wall);
    let from_ware = exchange + radiating * e.area_m2 * e.view_ware + film * s.area_m2 + s.core_w_k + open;
    light("model.brick.ware.mass_kg", from_ware, s.mass_kg * (1.0 - s.core_share) * s.cp_j_kgk)?;
    light("model.brick.ware.core_share", s.core_w_k, s.mass_kg * s.core_share * s.cp_j_kgk)?;
    let at_tip = 2.5 * t.film_w_m2k + t.emissivity * radiating;
    light("model.brick.thermocouple.capacity_j_m2k", at_tip, t.capacity_j_m2k)?;
    let face = exchange + radiating * e.area_m2 * e.view_wall + film * kiln.wall.inner_m2 + open;
    wall::stiffness(&kiln.wall, face).into_iter().try_for_each(|(layer, w_per_k, j_per_k)| {
        light(&format!("model.brick.wall.layers[{layer}].thickness_m"), w_per_k, j_per_k)
    })
}
