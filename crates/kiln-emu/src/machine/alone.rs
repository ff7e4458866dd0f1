//! The control image by itself: the host launches it as the application does, and core 0 stays in reset.
//!
//! What control executes is the same to the bit; it is what the application carries and copies into RAM.

use kiln_firmware_abi::header::{Header, Refused};
use kiln_firmware_abi::map;
use kiln_firmware_abi::shared::{Shared, Start};

use super::Machine;
use crate::chip::{Chip, RAM};
use crate::cpu::Cpu;

/// The words that the launcher clears: the link, and what the images tell each other about the start.
const CLEARED: u32 = (std::mem::offset_of!(Shared, start) + size_of::<Start>()) as u32;

/// A control image whose sums are right.
#[derive(Clone, Debug)]
pub struct Control {
    bytes: Vec<u8>,
    header: Header,
}

impl Control {
    /// Takes the image as it is carried.
    ///
    /// # Errors
    /// The application would not launch it.
    pub fn new(bytes: &[u8]) -> Result<Self, Refused> {
        Ok(Self { bytes: bytes.to_vec(), header: Header::check(bytes)? })
    }

    /// Copies it into RAM, as after a reset of the chip, and clears what both cores see.
    fn copy(&self, chip: &mut Chip) {
        chip.ram.fill_from(map::CONTROL.base - RAM, &self.bytes);
        chip.ram.fill_from(map::SHARED.base - RAM, &vec![0; CLEARED as usize]);
        chip.hand_over();
    }
}

impl Machine {
    /// A board on which control alone runs, just switched on.
    pub fn alone(control: &Control, seed: u64) -> Self {
        let mut machine = Self::empty(seed);
        machine.control = Some(control.clone());
        machine.boot();
        machine
    }

    /// Whether control runs without an application.
    pub const fn is_alone(&self) -> bool {
        self.control.is_some()
    }

    /// Copies the control image and starts core 1 on it.
    pub(super) fn launch(&mut self, control: &Control) {
        control.copy(&mut self.chip);
        let Header { vectors, stack_top, entry, .. } = control.header;
        let held = self.cores[0].instructions;
        self.cores[0] = Cpu::new(0);
        self.cores[0].instructions = held;
        self.cores[1].start(vectors, stack_top, entry);
    }
}
