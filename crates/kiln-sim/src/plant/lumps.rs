//! The kilns of other people's simulators: two linear lumps, and a dead time with one time constant.
//!
//! They are easy to reason about and hard to control in one respect each; no radiation, no brick.

use super::Surroundings;
use super::delay::Delay;
use super::spec;
use crate::math::fourth;

/// The step of both models, s.
const STEP_S: f64 = 0.5;
/// An open lid lets a linear oven lose this much more.
const LID_LOSS: f64 = 1.5;
/// A thermocouple that has fallen out follows the room with this time constant, s.
const FALLEN_OUT_S: f64 = 60.0;
/// No lump is let out of this range of °C.
const RANGE_C: (f64, f64) = (-150.0, 5000.0);

/// An element and an oven.
#[derive(Clone, Debug)]
pub(super) struct TwoNode {
    spec: spec::TwoNode,
    element_c: f64,
    oven_c: f64,
    lost_j: f64,
    delay: Delay,
    thermocouple_c: f64,
}

impl TwoNode {
    /// Builds both lumps at one temperature.
    pub(super) fn new(spec: &spec::TwoNode, start_c: f64) -> Self {
        Self {
            spec: *spec,
            element_c: start_c,
            oven_c: start_c,
            lost_j: 0.0,
            delay: Delay::new(spec.delay_s, start_c),
            thermocouple_c: start_c,
        }
    }

    /// Half a second; the order (heat the element, pass heat on, lose heat) is the published simulator's.
    pub(super) fn step(&mut self, power_w: f64, around: &Surroundings) {
        let s = &self.spec;
        self.element_c += power_w * STEP_S / s.element_j_k;
        let passed_w = (self.element_c - self.oven_c) / s.coupling_k_w;
        self.oven_c += passed_w * STEP_S / s.oven_j_k;
        self.element_c -= passed_w * STEP_S / s.element_j_k;
        let lost_w = (self.oven_c - around.ambient_c) / s.loss_k_w * (1.0 + LID_LOSS * around.lid);
        self.oven_c -= lost_w * STEP_S / s.oven_j_k;
        self.lost_j += lost_w * STEP_S;
        let arriving_c = self.delay.pass(self.oven_c);
        let (towards_c, lag_s) =
            if around.thermocouple_out { (around.ambient_c, FALLEN_OUT_S) } else { (arriving_c, s.lag_s) };
        self.thermocouple_c += (towards_c - self.thermocouple_c) * (STEP_S / lag_s.max(STEP_S));
        self.element_c = self.element_c.clamp(RANGE_C.0, RANGE_C.1);
        self.oven_c = self.oven_c.clamp(RANGE_C.0, RANGE_C.1);
    }

    /// What the thermocouple really is at, °C.
    pub(super) fn thermocouple_c(&self) -> f64 {
        self.thermocouple_c
    }

    /// The oven, °C.
    pub(super) fn oven_c(&self) -> f64 {
        self.oven_c
    }

    /// The element, °C.
    pub(super) fn element_c(&self) -> f64 {
        self.element_c
    }

    /// Heat in both lumps above 0 °C, J.
    pub(super) fn stored_j(&self) -> f64 {
        self.spec.element_j_k * self.element_c + self.spec.oven_j_k * self.oven_c
    }

    /// Heat that has left since the start, J.
    pub(super) fn lost_j(&self) -> f64 {
        self.lost_j
    }
}

/// One temperature that follows the power of some time ago.
#[derive(Clone, Debug)]
pub(super) struct DeadTime {
    spec: spec::DeadTime,
    chamber_c: f64,
    delay: Delay,
    fallen_out_c: Option<f64>,
}

impl DeadTime {
    /// Builds the kiln at one temperature, with no power on its way.
    pub(super) fn new(spec: &spec::DeadTime, start_c: f64) -> Self {
        Self { spec: *spec, chamber_c: start_c, delay: Delay::new(spec.dead_time_s, 0.0), fallen_out_c: None }
    }

    /// Half a second at a share of full power.
    pub(super) fn step(&mut self, share: f64, around: &Surroundings) {
        let s = &self.spec;
        let lost = s.loss_share * fourth(self.chamber_c / s.loss_at_c).min(1.0);
        let gain_k = s.gain_k * (1.0 - lost) * (1.0 - around.lid * (1.0 - s.lid_gain_share));
        let tau_s = s.tau_s * (1.0 - around.lid * (1.0 - s.lid_tau_share));
        let target_c = gain_k * self.delay.pass(share) + around.ambient_c;
        self.chamber_c += (target_c - self.chamber_c) * (STEP_S / tau_s);
        self.fallen_out_c = around.thermocouple_out.then(|| {
            let now_c = self.fallen_out_c.unwrap_or(self.chamber_c);
            now_c + (around.ambient_c - now_c) * (STEP_S / FALLEN_OUT_S)
        });
    }

    /// What the thermocouple really is at, °C.
    pub(super) fn thermocouple_c(&self) -> f64 {
        self.fallen_out_c.unwrap_or(self.chamber_c)
    }

    /// The chamber, °C.
    pub(super) fn chamber_c(&self) -> f64 {
        self.chamber_c
    }
}
