//! A display behind a port expander, as it looks from its I²C pins: it takes half bytes where E falls.

use alloc::rc::Rc;
use alloc::string::String;
use core::cell::{Cell, RefCell};
use embedded_hal::i2c::{ErrorKind, ErrorType, I2c, NoAcknowledgeSource, Operation};

/// The display, as a test sees it. Its handles and buses share it.
#[derive(Clone, Debug, Default)]
pub struct FakeDisplay(Rc<State>);

/// The display, as the driver sees it.
#[derive(Clone, Debug)]
pub struct FakeI2c(Rc<State>);

#[derive(Debug, Default)]
struct State {
    chip: RefCell<Chip>,
    /// Transfers that still succeed; `None` for all of them.
    good_left: Cell<Option<u64>>,
    transfers: Cell<u64>,
    longest: Cell<usize>,
}

#[derive(Debug)]
struct Chip {
    memory: [u8; 0x80],
    cursor: u8,
    /// After power-up it takes whole bytes, of which only the upper half is wired.
    halves: bool,
    upper: Option<u8>,
    on: bool,
    last: u8,
}

impl Default for Chip {
    fn default() -> Self {
        Self { memory: [b'#'; 0x80], cursor: 0, halves: false, upper: None, on: false, last: 0 }
    }
}

impl FakeDisplay {
    /// A display after power-up: full of rubbish.
    pub fn new() -> Self {
        Self::default()
    }

    /// The bus to it.
    pub fn bus(&self) -> FakeI2c {
        FakeI2c(self.0.clone())
    }

    /// What a person sees, as `upper|lower`; nothing while it is off.
    pub fn seen(&self) -> String {
        let chip = self.0.chip.borrow();
        let row = |start: usize| {
            chip.memory.iter().skip(start).take(16).map(|byte| if *byte == 0xDF { '°' } else { char::from(*byte) })
        };
        if chip.on { row(0).chain(core::iter::once('|')).chain(row(0x40)).collect() } else { String::new() }
    }

    /// Lets that many more transfers succeed, then none; `None` heals the bus.
    pub fn fail_after(&self, transfers: Option<u64>) {
        self.0.good_left.set(transfers);
    }

    /// Noise: the display loses or gains half a byte and is out of step.
    pub fn lose_step(&self) {
        let mut chip = self.0.chip.borrow_mut();
        chip.upper = if chip.upper.is_some() { None } else { Some(0) };
    }

    /// How many transfers were tried.
    pub fn transfers(&self) -> u64 {
        self.0.transfers.get()
    }

    /// The most bytes in one transfer.
    pub fn longest(&self) -> usize {
        self.0.longest.get()
    }
}

impl Chip {
    fn levels(&mut self, levels: u8) {
        let fell = self.last & 0x04 != 0 && levels & 0x04 == 0;
        self.last = levels;
        if !fell {
            return;
        }
        let (half, data) = (levels & 0xF0, levels & 0x01 != 0);
        if !self.halves {
            self.take(half, data);
        } else if let Some(upper) = self.upper.take() {
            self.take(upper | half >> 4, data);
        } else {
            self.upper = Some(half);
        }
    }

    fn take(&mut self, byte: u8, data: bool) {
        if data {
            if let Some(place) = self.memory.get_mut(usize::from(self.cursor)) {
                *place = byte;
            }
            self.cursor = self.cursor.wrapping_add(1) & 0x7F;
        } else if byte & 0x80 != 0 {
            self.cursor = byte & 0x7F;
        } else if byte & 0xE0 == 0x20 {
            self.halves = byte & 0x10 == 0;
        } else if byte & 0xF8 == 0x08 {
            self.on = byte & 0x04 != 0;
        } else if byte == 0x01 {
            self.memory = [b' '; 0x80];
            self.cursor = 0;
        }
    }
}

impl ErrorType for FakeI2c {
    type Error = ErrorKind;
}

impl I2c for FakeI2c {
    fn transaction(&mut self, _: u8, operations: &mut [Operation<'_>]) -> Result<(), ErrorKind> {
        self.0.transfers.set(self.0.transfers.get().wrapping_add(1));
        if let Some(left) = self.0.good_left.get() {
            if left == 0 {
                return Err(ErrorKind::NoAcknowledge(NoAcknowledgeSource::Address));
            }
            self.0.good_left.set(Some(left - 1));
        }
        let mut bytes = 0;
        for operation in operations {
            match operation {
                Operation::Write(levels) => {
                    bytes += levels.len();
                    levels.iter().for_each(|levels| self.0.chip.borrow_mut().levels(*levels));
                }
                Operation::Read(_) => {}
            }
        }
        self.0.longest.set(self.0.longest.get().max(bytes));
        Ok(())
    }
}
