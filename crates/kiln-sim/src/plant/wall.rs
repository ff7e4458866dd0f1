//! The brick: one slab cut into cells, its area growing outwards.
//!
//! Conductivity and heat capacity follow the temperature of each cell. All constants of a cell are worked out
//! once, so that a step costs two divisions a cell.

use super::brick::{KELVIN, MAX_CELLS, STEFAN_BOLTZMANN};
use super::spec;
use crate::math::square;

/// Each cell of the first layer is this much thicker than the one before it: the hot face moves fastest.
const GROWTH: f64 = 1.6;

/// What never changes about a cell.
#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    /// Half its thickness, m.
    half_m: f64,
    /// Area towards the next cell, m².
    outer_m2: f64,
    /// Heat capacity at 0 °C, J/K, and its rise, J/K².
    heat: [f64; 2],
    /// Conductivity as a polynomial of the °C.
    k: [f64; 3],
}

/// The wall and its temperatures.
#[derive(Clone, Debug)]
pub(super) struct Wall {
    cells: [Cell; MAX_CELLS],
    kelvin: [f64; MAX_CELLS],
    used: usize,
    outer_film: f64,
    outer_radiation: f64,
}

impl Wall {
    /// Builds the wall, all of it at one temperature. The spec has been checked.
    pub(super) fn new(wall: &spec::Wall, start_k: f64) -> Self {
        let mut cells = [Cell::default(); MAX_CELLS];
        let mut used = 0;
        for (cell, slot) in cut(wall).into_iter().zip(&mut cells) {
            *slot = cell.1;
            used += 1;
        }
        Self {
            cells,
            kelvin: [start_k; MAX_CELLS],
            used,
            outer_film: wall.outer_film_w_m2k,
            outer_radiation: wall.outer_emissivity * STEFAN_BOLTZMANN,
        }
    }

    /// Temperature of the hot face, K.
    pub(super) fn hot_face_k(&self) -> f64 {
        self.kelvin[0]
    }

    /// Lets `into_face_w` flow into the hot face for `h` seconds; returns what left for a room at `room_k`, W.
    pub(super) fn step(&mut self, into_face_w: f64, room_k: f64, h: f64) -> f64 {
        let cells = &self.cells[..self.used];
        let kelvin = &mut self.kelvin[..self.used];
        let mut flow_in = into_face_w;
        let mut here_c = kelvin[0] - KELVIN;
        let mut k_here = conductivity(&cells[0], here_c);
        for i in 0..cells.len() {
            let cell = &cells[i];
            let (mut next_c, mut k_next) = (0.0, 0.0);
            let flow_out = if let Some(beyond) = cells.get(i + 1) {
                next_c = kelvin[i + 1] - KELVIN;
                k_next = conductivity(beyond, next_c);
                // Two half cells in series: (half/k + half'/k')^-1, written with one division.
                cell.outer_m2 * (here_c - next_c) * k_here * k_next / (cell.half_m * k_next + beyond.half_m * k_here)
            } else {
                let face_k = kelvin[i];
                let film =
                    self.outer_film + self.outer_radiation * (square(face_k) + square(room_k)) * (face_k + room_k);
                cell.outer_m2 * (face_k - room_k) * film * k_here / (k_here + cell.half_m * film)
            };
            kelvin[i] += h * (flow_in - flow_out) / (cell.heat[0] + cell.heat[1] * here_c);
            flow_in = flow_out;
            (here_c, k_here) = (next_c, k_next);
        }
        flow_in
    }

    /// Heat in the brick above 0 °C, J.
    pub(super) fn stored_j(&self) -> f64 {
        let heat = |(cell, kelvin): (&Cell, &f64)| {
            let celsius = kelvin - KELVIN;
            cell.heat[0] * celsius + 0.5 * cell.heat[1] * square(celsius)
        };
        self.cells.iter().zip(&self.kelvin).take(self.used).map(heat).sum()
    }

    /// Keeps every cell within what the equations are for.
    pub(super) fn limit(&mut self, low_k: f64, high_k: f64) {
        for kelvin in &mut self.kelvin {
            *kelvin = kelvin.clamp(low_k, high_k);
        }
    }
}

fn conductivity(cell: &Cell, celsius: f64) -> f64 {
    cell.k[0] + celsius * (cell.k[1] + celsius * cell.k[2])
}

/// Cuts the layers into cells; each comes with the number of its layer.
fn cut(wall: &spec::Wall) -> Vec<(usize, Cell)> {
    let thickness: f64 = wall.layers.iter().map(|layer| layer.thickness_m).sum();
    let area_at = |depth: f64| wall.inner_m2 + (wall.outer_m2 - wall.inner_m2) * depth / thickness;
    let mut cut = Vec::new();
    let mut depth = 0.0;
    for (number, layer) in wall.layers.iter().enumerate() {
        let growth = if number == 0 { GROWTH } else { 1.0 };
        let shares: Vec<f64> =
            std::iter::successors(Some(1.0), |share| Some(share * growth)).take(layer.cells as usize).collect();
        let whole: f64 = shares.iter().sum();
        for share in shares {
            let width = share / whole * layer.thickness_m;
            let inner_m2 = area_at(depth);
            depth += width;
            let outer_m2 = area_at(depth);
            let mass = width * 0.5 * (inner_m2 + outer_m2) * layer.density_kg_m3;
            let heat = [mass * layer.cp_j_kgk, mass * layer.cp_rise_j_kgk2];
            let k = [layer.k_w_mk, layer.k_rise_w_mk2, layer.k_curve_w_mk3];
            cut.push((number, Cell { half_m: 0.5 * width, outer_m2, heat, k }));
        }
    }
    cut
}

/// For each cell: its layer, the conductance it hangs on at its hottest (W/K) and its smallest heat capacity (J/K).
/// `face_w_k` is what the hot face exchanges with the chamber.
pub(super) fn stiffness(wall: &spec::Wall, face_w_k: f64) -> Vec<(usize, f64, f64)> {
    let cells = cut(wall);
    let between =
        |a: &Cell, b: &Cell| a.outer_m2 / (a.half_m / conductivity(a, 1700.0) + b.half_m / conductivity(b, 1700.0));
    let mut towards_face = face_w_k;
    let mut all = Vec::new();
    for (i, (layer, cell)) in cells.iter().enumerate() {
        let outwards = match cells.get(i + 1) {
            Some((_, beyond)) => between(cell, beyond),
            None => cell.outer_m2 * conductivity(cell, 1700.0) / cell.half_m,
        };
        // The lightest the cell can be: at -60 °C.
        all.push((*layer, towards_face + outwards, cell.heat[0] - 60.0 * cell.heat[1]));
        towards_face = outwards;
    }
    all
}
