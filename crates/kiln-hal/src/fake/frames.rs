//! A chip that only gives one frame, over and over, until it is given another.

use super::BusError;
use alloc::rc::Rc;
use core::cell::Cell;
use embedded_hal::spi::{ErrorType, Operation, SpiDevice};

/// The chip, as a test sees it. Its handles and buses share it.
#[derive(Clone, Debug)]
pub struct FakeFrames<const N: usize>(Rc<State<N>>);

/// The chip, as the driver sees it.
#[derive(Clone, Debug)]
pub struct FakeFrameBus<const N: usize>(Rc<State<N>>);

#[derive(Debug)]
struct State<const N: usize> {
    frame: Cell<[u8; N]>,
    fails: Cell<bool>,
    transfers: Cell<u64>,
}

impl<const N: usize> FakeFrames<N> {
    /// A chip with this frame.
    pub fn new(frame: [u8; N]) -> Self {
        Self(Rc::new(State { frame: Cell::new(frame), fails: Cell::new(false), transfers: Cell::new(0) }))
    }

    /// The bus to it.
    pub fn bus(&self) -> FakeFrameBus<N> {
        FakeFrameBus(self.0.clone())
    }

    /// Gives it another frame.
    pub fn set(&self, frame: [u8; N]) {
        self.0.frame.set(frame);
    }

    /// Makes the bus fail, or heals it.
    pub fn fail(&self, fails: bool) {
        self.0.fails.set(fails);
    }

    /// How many transfers there were.
    pub fn transfers(&self) -> u64 {
        self.0.transfers.get()
    }
}

impl<const N: usize> ErrorType for FakeFrameBus<N> {
    type Error = BusError;
}

impl<const N: usize> SpiDevice for FakeFrameBus<N> {
    fn transaction(&mut self, operations: &mut [Operation<'_, u8>]) -> Result<(), BusError> {
        self.0.transfers.set(self.0.transfers.get().wrapping_add(1));
        if self.0.fails.get() {
            return Err(BusError);
        }
        let mut frame = self.0.frame.get().into_iter();
        let mut fill = |words: &mut [u8]| words.iter_mut().for_each(|word| *word = frame.next().unwrap_or(0));
        for operation in operations {
            match operation {
                Operation::Read(words) | Operation::TransferInPlace(words) | Operation::Transfer(words, _) => {
                    fill(words);
                }
                Operation::Write(_) | Operation::DelayNs(_) => {}
            }
        }
        Ok(())
    }
}
