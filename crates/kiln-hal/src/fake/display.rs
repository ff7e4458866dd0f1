//! A display as its driver meets it: a chip on an I²C bus that may fail.

use alloc::rc::Rc;
use alloc::string::String;
use core::cell::{Cell, RefCell};
use embedded_hal::i2c::{ErrorKind, ErrorType, I2c, NoAcknowledgeSource, Operation};

use super::Hd44780;

/// The display, as a test sees it. Its handles and buses share it.
#[derive(Clone, Debug, Default)]
pub struct FakeDisplay(Rc<State>);

/// The display, as the driver sees it.
#[derive(Clone, Debug)]
pub struct FakeI2c(Rc<State>);

#[derive(Debug, Default)]
struct State {
    chip: RefCell<Hd44780>,
    /// Transfers that still succeed; `None` for all of them.
    good_left: Cell<Option<u64>>,
    transfers: Cell<u64>,
    longest: Cell<usize>,
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
        self.0.chip.borrow().rows().map(|rows| rows.join("|")).unwrap_or_default()
    }

    /// Lets that many more transfers succeed, then none; `None` heals the bus.
    pub fn fail_after(&self, transfers: Option<u64>) {
        self.0.good_left.set(transfers);
    }

    /// Noise: the display loses or gains half a byte and is out of step.
    pub fn lose_step(&self) {
        self.0.chip.borrow_mut().lose_step();
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
