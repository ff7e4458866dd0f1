//! Whether code, constants and the settings that heat rests on are still what they were. Hazards H-22, H-23.
//!
//! A little of the code is summed in every slot and compared with the builder's figure after each pass; the settings in
//! force are summed every second and compared with the sum that they had when they came into force. What differs ends the
//! core: the reset copies the image anew and takes the settings from memory with a sum of its own.

use kiln_control::Runner;
use kiln_core::settings::Origin;
use kiln_firmware_abi::fault::{End, Kind, Name};
use kiln_firmware_abi::header::Header;
use kiln_firmware_abi::sum::Sum;
use kiln_hal::link::Packed;

use crate::{fault, memory};

/// Bytes of code in each slot, whole words: a pass over 150 KiB takes two minutes, at some 200 instructions a slot.
const BYTES: usize = 128;

/// The checks under way.
#[derive(Debug)]
pub(crate) struct Integrity {
    expected: u32,
    constants: &'static [u8],
    left: &'static [u8],
    sum: Sum,
    settings: Option<(Origin, u32)>,
}

impl Integrity {
    /// Begins a pass over code and constants, as the header tells of them.
    pub(crate) fn new(header: &Header) -> Self {
        let constants = memory::constants(header);
        Self { expected: header.constant_sum, constants, left: constants, sum: Sum::NEW, settings: None }
    }

    /// The work of a slot.
    pub(crate) fn attend(&mut self, runner: &Runner, ticked: bool) {
        let (now, later) = self.left.split_at(self.left.len().min(BYTES));
        (self.sum, self.left) = (self.sum.with(now), later);
        if self.left.is_empty() {
            if self.sum.value() != self.expected {
                fault::end(&End::of(Kind::CodeDamaged), &Name::NONE);
            }
            (self.sum, self.left) = (Sum::NEW, self.constants);
        }
        if ticked {
            self.settings(runner);
        }
    }

    fn settings(&mut self, runner: &Runner) {
        let in_force = runner.controller().in_force();
        let mut sum = Sum::NEW;
        in_force.pack(&mut sum);
        match self.settings {
            Some((origin, there)) if origin == in_force.origin && there != sum.value() => {
                fault::end(&End::of(Kind::ValueDamaged), &Name::NONE);
            }
            Some(_) | None => self.settings = Some((in_force.origin, sum.value())),
        }
    }
}
