//! The display's I²C bus: writes a few bytes, and never waits for longer than they can take.
//!
//! The driver of the chip's makers' library waits for ever when a line of the bus is held down. Here the bytes go into
//! the block's queue of sixteen, and what has not left in time is taken back. RP2350 datasheet, 12.2.

use embassy_rp::i2c::{Blocking, I2c};
use embassy_rp::pac;
use embassy_rp::peripherals::I2C0;
use embassy_time::{Duration, Instant};
use embedded_hal::i2c::{ErrorKind, ErrorType, NoAcknowledgeSource, Operation, SevenBitAddress};

/// Bytes that the block's queue holds.
const QUEUE: usize = 16;
/// The longest a transfer may take: seven bytes of nine bits at 10 kHz, and as much again.
const WITHIN: Duration = Duration::from_millis(13);

/// The bus of the display. It only writes.
pub(crate) struct DisplayBus {
    /// Has set up the pins and the clock; kept so that nobody else does.
    _driver: I2c<'static, I2C0, Blocking>,
}

impl DisplayBus {
    /// Takes the bus over from the driver that has set it up.
    pub(crate) const fn new(driver: I2c<'static, I2C0, Blocking>) -> Self {
        Self { _driver: driver }
    }
}

/// Why bytes did not arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotWritten {
    /// Nobody is at that address, or not any more.
    NobodyThere,
    /// The bus is held.
    Stuck,
    /// More than the bus can take at once, or reading.
    NotSupported,
}

impl embedded_hal::i2c::Error for NotWritten {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::NobodyThere => ErrorKind::NoAcknowledge(NoAcknowledgeSource::Unknown),
            Self::Stuck => ErrorKind::Bus,
            Self::NotSupported => ErrorKind::Other,
        }
    }
}

impl ErrorType for DisplayBus {
    type Error = NotWritten;
}

impl embedded_hal::i2c::I2c for DisplayBus {
    fn transaction(&mut self, address: SevenBitAddress, operations: &mut [Operation<'_>]) -> Result<(), Self::Error> {
        match operations {
            [Operation::Write(bytes)] if (1..=QUEUE).contains(&bytes.len()) => send(address, bytes),
            _ => Err(NotWritten::NotSupported),
        }
    }
}

fn send(address: SevenBitAddress, bytes: &[u8]) -> Result<(), NotWritten> {
    let bus = pac::I2C0;
    let end = Instant::now() + WITHIN;
    bus.ic_enable().write(|w| w.set_enable(false));
    bus.ic_tar().write(|w| w.set_ic_tar(u16::from(address)));
    bus.ic_enable().write(|w| w.set_enable(true));
    // Reading forgets what was left from before.
    bus.ic_clr_intr().read();
    let last = bytes.len().saturating_sub(1);
    for (index, byte) in bytes.iter().enumerate() {
        bus.ic_data_cmd().write(|w| {
            w.set_stop(index == last);
            w.set_dat(*byte);
        });
    }
    loop {
        let status = bus.ic_raw_intr_stat().read();
        if status.tx_abrt() {
            return Err(NotWritten::NobodyThere);
        }
        if status.stop_det() {
            return Ok(());
        }
        if Instant::now() >= end {
            // Disabled, it gives the lines up and forgets its queue.
            bus.ic_enable().write(|w| w.set_enable(false));
            return Err(NotWritten::Stuck);
        }
    }
}
