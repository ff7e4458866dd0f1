//! The MAX6675 thermocouple converter: type K, one frame of 16 bits, 0 to 1023.75 °C.
//!
//! Decides when a frame is a temperature. A reading at the end of the chip's range is none: the kiln may be hotter than
//! the chip can say. It tells no temperature of its terminals, so that its straight line (41 µV to the degree) cannot be
//! taken back out: what it says can be some 10 °C wrong, and it suits kilns that stay below 1000 °C.
//!
//! Frame and times: MAX6675 datasheet, serial interface, from memory; docs/hardware/max6675.md.

use crate::board::Thermocouple;
use crate::frame;
use embedded_hal::spi::{MODE_0, Mode, SpiDevice};
use kiln_core::sensor::{ChipFault, Problem, Sample};
use kiln_core::units::{Celsius, Kelvin, Millis};

/// The SPI mode: clock low at rest, data taken on its rising edge.
pub const SPI_MODE: Mode = MODE_0;

/// The fastest SPI clock, in Hz.
pub const SPI_CLOCK_MOST: u32 = 4_300_000;

/// The longest conversion; reading stops one that is going on and starts the next.
pub const CONVERSION: Millis = Millis::new(220);

/// Bits 15 and 1: always 0.
/// A quarter of a degree: 12 bits (datasheet 19-2235, table "SO output").
const STEP: Kelvin = Kelvin::milli(250);
const RESERVED: u16 = 1 << 15 | 1 << 1;
/// Bit 2: the thermocouple is open.
const OPEN: u16 = 1 << 2;
/// The largest count there is, 1023.75 °C.
const END: u16 = 0x0FFF;

/// A MAX6675 on an SPI bus, in mode [`SPI_MODE`] at no more than [`SPI_CLOCK_MOST`].
#[derive(Debug)]
pub struct Max6675<Spi> {
    spi: Spi,
}

impl<Spi: SpiDevice> Max6675<Spi> {
    /// Takes the chip. Nothing is sent.
    pub const fn new(spi: Spi) -> Self {
        Self { spi }
    }
}

impl<Spi: SpiDevice> Thermocouple for Max6675<Spi> {
    fn setup(&mut self) -> Result<Millis, Problem> {
        frame::answered(self.read(), CONVERSION)
    }

    fn read(&mut self) -> Result<Sample, Problem> {
        frame::read(&mut self.spi).map(u16::from_be_bytes).and_then(sample)
    }
}

/// What a frame says. Bit 0 is the chip letting go of the line, and may be anything.
fn sample(frame: u16) -> Result<Sample, Problem> {
    if frame & RESERVED != 0 {
        return Err(Problem::Bus);
    }
    if let Some(fault) = ChipFault::from_bits(if frame & OPEN == 0 { 0 } else { ChipFault::OPEN }) {
        return Err(Problem::Chip(fault));
    }
    let count = frame >> 3 & END;
    let raw = Celsius::in_4096ths(i32::from(count) * 1024);
    if count == END { Err(Problem::OutOfRange(raw)) } else { Ok(Sample { raw, cold_junction: None, step: STEP }) }
}
