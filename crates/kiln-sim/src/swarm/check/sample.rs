//! Whether the chip gave the loop a good sample, and which: asked of the chip, not of the loop.
//!
//! Good is a sample that was fetched without an error from a chip that converts, has its settings, reports no fault and
//! says something a thermocouple gives.

use kiln_core::command::Request;
use kiln_core::snapshot::Snapshot;
use kiln_hal::fake::{FakeKiln, Trouble};
use kiln_hal::max31856::Register;

use super::Fetched;
use crate::sensor::LTC_STEP_C;

/// What a thermocouple gives, °C: what the loop believes.
const BELIEVED_C: core::ops::RangeInclusive<f64> = -50.0..=1500.0;

/// Watches the chip.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::swarm) struct Sampler {
    /// The settings the chip had when all was well.
    settings: Option<[u8; 2]>,
    failed: u64,
}

impl Sampler {
    /// The good sample that a read in this slot fetched, if there was one.
    pub(in crate::swarm) fn fetched<const N: usize>(&mut self, kiln: &FakeKiln<N, Request, Snapshot>) -> Fetched {
        let chip = &kiln.chip;
        let settings = [chip.register(Register::Cr0), chip.register(Register::Cr1)];
        let kept = *self.settings.get_or_insert(settings) == settings;
        let failed = std::mem::replace(&mut self.failed, chip.failed()) != chip.failed();
        let answers = matches!(chip.trouble(), Trouble::None | Trouble::Frozen);
        if !kept || failed || !answers || chip.register(Register::Sr) != 0 {
            return Fetched::Nothing;
        }
        let [high, middle, low] = [Register::Ltcbh, Register::Ltcbm, Register::Ltcbl].map(|byte| chip.register(byte));
        let code = i32::from_be_bytes([high, middle, low, 0]) >> 13;
        let celsius = f64::from(code) * LTC_STEP_C;
        if BELIEVED_C.contains(&celsius) { Fetched::Good(celsius) } else { Fetched::Nothing }
    }
}
