//! Units and time as types.
//!
//! A value of these types is always finite and in range: the only way in is a door that refuses nonsense.
//! Nothing here knows where a number came from or where it goes.

mod duty;
mod rate;
mod temperature;
mod time;

pub use duty::Duty;
pub use rate::CelsiusPerHour;
pub use temperature::{Celsius, Kelvin};
pub use time::{Instant, Millis, WallClock};
