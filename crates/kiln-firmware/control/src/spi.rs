//! The thermocouple chips' bus: SPI0, a PL022, by hand and with an end to every wait.
//!
//! A few transfers of at most 17 bytes a second: nothing here is worth a queue, an interrupt or a DMA channel.

use embedded_hal::spi::{Error, ErrorKind, ErrorType, Mode, Operation, SpiDevice};
use kiln_firmware_abi::pins::{SPI_MISO, SPI_MOSI, SPI_SCK};
use rp_pac as pac;

use crate::pins::{self, Function, Output, Pull};
use crate::timer;
use embedded_hal::digital::OutputPin;

/// 150 MHz by 2 and by 25 is 3 MHz: three fifths of what a MAX31856 allows (datasheet, f_SCL), and a byte in 2.7 µs,
/// which is waited for awake.
const PRESCALE: u8 = 2;
const DIVIDE_LESS_ONE: u8 = 24;
/// The longest a byte may take, microseconds: a hundred times as long as it should.
const BYTE_MOST: u64 = 270;

/// The bus did not move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stalled;

impl Error for Stalled {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Other
    }
}

/// Sets the bus up; its block has been reset.
pub(crate) fn start() {
    for pin in [SPI_SCK, SPI_MOSI] {
        pins::give(pin, Function::Spi, Pull::None);
    }
    // Without a chip the line reads as one level, which the drivers know for what it is.
    pins::give(SPI_MISO, Function::Spi, Pull::Up);
    pac::SPI0.cpsr().write(|w| w.set_cpsdvsr(PRESCALE));
}

/// One chip on the bus.
#[derive(Debug)]
pub(crate) struct Chip {
    select: Output,
    mode: Mode,
}

impl Chip {
    /// The chip behind this pin, which is low to select it.
    pub(crate) fn new(select: u8, mode: Mode) -> Self {
        Self { select: Output::new(select, true), mode }
    }

    fn begin(&self) {
        pac::SPI0.cr1().write(|_| {});
        pac::SPI0.cr0().write(|w| {
            w.set_dss(7);
            w.set_spo(self.mode.polarity == embedded_hal::spi::Polarity::IdleHigh);
            w.set_sph(self.mode.phase == embedded_hal::spi::Phase::CaptureOnSecondTransition);
            w.set_scr(DIVIDE_LESS_ONE);
        });
        pac::SPI0.cr1().write(|w| w.set_sse(true));
        while pac::SPI0.sr().read().rne() {
            pac::SPI0.dr().read();
        }
    }

    fn perform(operation: &mut Operation<'_, u8>) -> Result<(), Stalled> {
        match operation {
            Operation::Read(bytes) => bytes.iter_mut().try_for_each(|byte| exchange(0).map(|got| *byte = got)),
            Operation::Write(bytes) => bytes.iter().try_for_each(|byte| exchange(*byte).map(drop)),
            Operation::TransferInPlace(bytes) => {
                bytes.iter_mut().try_for_each(|byte| exchange(*byte).map(|got| *byte = got))
            }
            Operation::Transfer(into, from) => {
                let sent = from.iter().copied().chain(core::iter::repeat(0));
                into.iter_mut().zip(sent).try_for_each(|(byte, sent)| exchange(sent).map(|got| *byte = got))
            }
            Operation::DelayNs(time) => {
                timer::pause_us(u64::from(*time).div_ceil(1000));
                Ok(())
            }
        }
    }
}

impl ErrorType for Chip {
    type Error = Stalled;
}

impl SpiDevice for Chip {
    fn transaction(&mut self, operations: &mut [Operation<'_, u8>]) -> Result<(), Stalled> {
        self.begin();
        let low = self.select.set_low();
        let outcome =
            low.map_err(|never| match never {}).and_then(|()| operations.iter_mut().try_for_each(Self::perform));
        self.select.set_high().map_err(|never| match never {})?;
        outcome
    }
}

/// Sends a byte and takes the one that comes for it.
fn exchange(byte: u8) -> Result<u8, Stalled> {
    pac::SPI0.dr().write(|w| w.set_data(u16::from(byte)));
    let end = timer::now_us() + BYTE_MOST;
    while !pac::SPI0.sr().read().rne() {
        if timer::now_us() > end {
            return Err(Stalled);
        }
    }
    let [low, _] = pac::SPI0.dr().read().data().to_le_bytes();
    Ok(low)
}
