//! A pin that shows its level, counts its edges, sticks and fails.

use alloc::rc::Rc;
use core::cell::Cell;
use embedded_hal::digital::{Error, ErrorKind, ErrorType, InputPin, OutputPin};

/// What is wrong with a pin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum PinTrouble {
    /// Nothing.
    #[default]
    None,
    /// Driving it reports an error and changes nothing.
    Refuses,
    /// Driving it succeeds and changes nothing: a welded transistor, a broken track.
    Stuck,
    /// It can neither be driven nor read.
    Gone,
}

/// A pin, low at first. Its handles share it: one for the driver, one for the test or the simulated relay.
#[derive(Clone, Debug, Default)]
pub struct FakePin(Rc<State>);

#[derive(Debug, Default)]
struct State {
    high: Cell<bool>,
    trouble: Cell<PinTrouble>,
    edges: Cell<u64>,
    attempts: Cell<u64>,
}

/// The pin did not do what it was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PinError;

impl Error for PinError {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Other
    }
}

impl FakePin {
    /// A healthy pin, low.
    pub fn new() -> Self {
        Self::default()
    }

    /// The level at the pin.
    pub fn level(&self) -> bool {
        self.0.high.get()
    }

    /// How often the level changed.
    pub fn edges(&self) -> u64 {
        self.0.edges.get()
    }

    /// How often somebody tried to drive it.
    pub fn attempts(&self) -> u64 {
        self.0.attempts.get()
    }

    /// Makes it misbehave, or heals it.
    pub fn set_trouble(&self, trouble: PinTrouble) {
        self.0.trouble.set(trouble);
    }

    fn drive(&self, high: bool) -> Result<(), PinError> {
        self.0.attempts.set(self.0.attempts.get().wrapping_add(1));
        match self.0.trouble.get() {
            PinTrouble::None => {
                if self.0.high.replace(high) != high {
                    self.0.edges.set(self.0.edges.get().wrapping_add(1));
                }
                Ok(())
            }
            PinTrouble::Stuck => Ok(()),
            PinTrouble::Refuses | PinTrouble::Gone => Err(PinError),
        }
    }

    fn seen(&self) -> Result<bool, PinError> {
        match self.0.trouble.get() {
            PinTrouble::Gone => Err(PinError),
            PinTrouble::None | PinTrouble::Stuck | PinTrouble::Refuses => Ok(self.level()),
        }
    }
}

impl ErrorType for FakePin {
    type Error = PinError;
}

impl OutputPin for FakePin {
    fn set_low(&mut self) -> Result<(), PinError> {
        self.drive(false)
    }

    fn set_high(&mut self) -> Result<(), PinError> {
        self.drive(true)
    }
}

impl InputPin for FakePin {
    fn is_high(&mut self) -> Result<bool, PinError> {
        self.seen()
    }

    fn is_low(&mut self) -> Result<bool, PinError> {
        self.seen().map(|high| !high)
    }
}
