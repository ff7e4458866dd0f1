//! Pins of the chip as the drivers want them.
//!
//! Which pin does what is in [`kiln_firmware_abi::pins`]; here is how one is given to a block, driven and seen.

use core::convert::Infallible;

use embedded_hal::digital::{ErrorType, InputPin, OutputPin};
use rp_pac as pac;

/// Who drives a pin: its number in the RP2350 datasheet, 9.4 (functions of bank 0).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Function {
    /// SPI0, on the pins that have it there.
    Spi,
    /// The processors.
    Sio,
    /// The third PIO block.
    Pio2,
}

impl Function {
    const fn number(self) -> u8 {
        match self {
            Self::Spi => 1,
            Self::Sio => 5,
            Self::Pio2 => 8,
        }
    }
}

/// Which way a pin goes when nobody drives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pull {
    None,
    Up,
    Down,
}

/// Gives a pin to a block. Its isolation goes last: whatever the block says by then is what the pin shows first.
pub(crate) fn give(number: u8, function: Function, pull: Pull) {
    let at = usize::from(number);
    pac::IO_BANK0.gpio(at).ctrl().write(|w| w.set_funcsel(function.number()));
    pac::PADS_BANK0.gpio(at).write(|w| {
        w.set_ie(true);
        w.set_schmitt(true);
        w.set_pue(pull == Pull::Up);
        w.set_pde(pull == Pull::Down);
        w.set_drive(pac::pads::vals::Drive::_4M_A);
        w.set_od(false);
        w.set_iso(false);
    });
}

/// The levels of all pins.
pub(crate) fn levels() -> u32 {
    pac::SIO.gpio_in(0).read()
}

/// A pin that the processors drive.
#[derive(Debug)]
pub(crate) struct Output(u8);

impl Output {
    /// Takes a pin; it begins at this level.
    pub(crate) fn new(number: u8, high: bool) -> Self {
        let pin = Self(number);
        pin.drive(high);
        pac::SIO.gpio_oe(0).value_set().write_value(pin.bit());
        give(number, Function::Sio, Pull::Down);
        pin
    }

    const fn bit(&self) -> u32 {
        1 << self.0
    }

    fn drive(&self, high: bool) {
        let out = pac::SIO.gpio_out(0);
        if high { out.value_set().write_value(self.bit()) } else { out.value_clr().write_value(self.bit()) }
    }
}

impl ErrorType for Output {
    type Error = Infallible;
}

impl OutputPin for Output {
    fn set_low(&mut self) -> Result<(), Infallible> {
        self.drive(false);
        Ok(())
    }

    fn set_high(&mut self) -> Result<(), Infallible> {
        self.drive(true);
        Ok(())
    }
}

impl InputPin for Output {
    fn is_high(&mut self) -> Result<bool, Infallible> {
        Ok(levels() & self.bit() != 0)
    }

    fn is_low(&mut self) -> Result<bool, Infallible> {
        self.is_high().map(|high| !high)
    }
}

/// A switch to ground with the chip's own pull-up.
#[derive(Debug)]
pub(crate) struct Switch(u8);

impl Switch {
    /// Takes a pin.
    pub(crate) fn new(number: u8) -> Self {
        give(number, Function::Sio, Pull::Up);
        Self(number)
    }

    /// Whether it is closed.
    pub(crate) fn is_closed(&self) -> bool {
        levels() & (1 << self.0) == 0
    }
}
