//! A kiln's hardware in memory, for tests and the simulator.
//!
//! Each part comes with handles that share it: one goes into the shipping driver, the other stays with the test, which
//! sees what was done and can make the part fail. Nothing here decides what a test proves.

mod board;
mod chip;
mod clock;
mod display;
mod frames;
mod hd44780;
mod link;
mod pin;
mod pump;

pub use board::{FakeBoard, FakeContactor, FakeHeater, FakeKiln, FakeThermocouple};
pub use chip::{BusError, FakeBus, FakeMax31856, Trouble};
pub use clock::{FakeClock, FakeWatchdog};
pub use display::{FakeDisplay, FakeI2c};
pub use frames::{FakeFrameBus, FakeFrames};
pub use hd44780::Hd44780;
pub use link::FakeLink;
pub use pin::{FakePin, PinError, PinTrouble};
pub use pump::FakePump;
