//! The MAX31855K thermocouple converter: one frame of 32 bits, read and never written.
//!
//! Decides when a frame is a temperature, and takes the chip's straight line back out of it: the chip counts 41.276 µV
//! to the degree at every temperature, a type K thermocouple does not, and at 1250 °C the chip reads 23 °C too little.
//! See [`type_k`]. Refuses to know how often it is read and whether a temperature is plausible.
//!
//! Frame and fault bits: MAX31855 datasheet, memory map (tables 2 to 5); the times of the serial interface are from memory,
//! docs/hardware/max31855.md says what is still to be compared. There is nothing to set and nothing to read back: a
//! chip that is not there is known by a line that only gives one level, and by bits that are always 0 in a frame.
//!
//! ```
//! use kiln_hal::board::Thermocouple;
//! use kiln_hal::fake::FakeFrames;
//! use kiln_hal::max31855::Max31855;
//!
//! let chip = FakeFrames::<4>::new([0x01, 0x90, 0x19, 0x00]);
//! let sample = Max31855::new(chip.bus()).read().expect("healthy");
//! assert_eq!(sample.cold_junction.map(|terminals| terminals.get()), Some(25.0));
//! assert!((sample.raw.get() - 25.0).abs() < 0.05);
//! ```

pub mod type_k;

use crate::board::Thermocouple;
use crate::frame;
use embedded_hal::spi::{MODE_0, Mode, SpiDevice};
use kiln_core::sensor::{ChipFault, Problem, Sample};
use kiln_core::units::{Celsius, Kelvin, Millis};

/// The SPI mode: clock low at rest, data taken on its rising edge.
pub const SPI_MODE: Mode = MODE_0;

/// The fastest SPI clock, in Hz.
pub const SPI_CLOCK_MOST: u32 = 5_000_000;

/// The longest conversion; the chip converts all the time while it is not being read.
pub const CONVERSION: Millis = Millis::new(100);

/// Bit 16: one of the fault bits is set.
/// A quarter of a degree: 14 bits (datasheet 19-5793, memory map).
const STEP: Kelvin = Kelvin::milli(250);
/// Any of the three faults.
const FAULT: u32 = 1 << 16;
/// Bits 17 and 3: always 0.
const RESERVED: u32 = 1 << 17 | 1 << 3;
/// Bit 2: an input is shorted to the supply.
const SHORT_TO_SUPPLY: u32 = 1 << 2;
/// Bit 1: an input is shorted to ground.
const SHORT_TO_GROUND: u32 = 1 << 1;
/// Bit 0: the thermocouple is open.
const OPEN: u32 = 1;

/// A MAX31855K on an SPI bus, in mode [`SPI_MODE`] at no more than [`SPI_CLOCK_MOST`].
#[derive(Debug)]
pub struct Max31855<Spi> {
    spi: Spi,
}

impl<Spi: SpiDevice> Max31855<Spi> {
    /// Takes the chip. Nothing is sent.
    pub const fn new(spi: Spi) -> Self {
        Self { spi }
    }
}

impl<Spi: SpiDevice> Thermocouple for Max31855<Spi> {
    fn setup(&mut self) -> Result<Millis, Problem> {
        frame::answered(self.read(), CONVERSION)
    }

    fn read(&mut self) -> Result<Sample, Problem> {
        frame::read(&mut self.spi).map(u32::from_be_bytes).and_then(sample)
    }
}

/// What a frame says.
fn sample(frame: u32) -> Result<Sample, Problem> {
    let bits = frame & (SHORT_TO_SUPPLY | SHORT_TO_GROUND | OPEN);
    // The chip sets bit 16 with any of the three, and never the reserved bits: a frame that differs was damaged.
    if frame & RESERVED != 0 || (frame & FAULT != 0) != (bits != 0) {
        return Err(Problem::Bus);
    }
    if let Some(fault) = fault(bits) {
        return Err(Problem::Chip(fault));
    }
    let signed = i32::from_be_bytes(frame.to_be_bytes());
    // 14 bits of 1/4 °C on top; 12 bits of 1/16 °C under them, moved up to be filled with their own sign.
    let line = Celsius::in_4096ths((signed >> 18) * 1024);
    let terminals = Celsius::in_4096ths((signed << 16 >> 20) * 256);
    let raw = type_k::straightened(line, terminals).ok_or(Problem::OutOfRange(line))?;
    Ok(Sample { raw, cold_junction: Some(terminals), step: STEP })
}

/// The fault bits in the words of the brain: a shorted input is one above the supply or below ground.
const fn fault(bits: u32) -> Option<ChipFault> {
    let open = if bits & OPEN == 0 { 0 } else { ChipFault::OPEN };
    let shorted = if bits & (SHORT_TO_SUPPLY | SHORT_TO_GROUND) == 0 { 0 } else { ChipFault::VOLTAGE };
    ChipFault::from_bits(open | shorted)
}
