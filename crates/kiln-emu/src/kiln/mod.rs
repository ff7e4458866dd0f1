//! This project's image on the emulated board: a kiln on its pins, and somebody at the other end of its mailbox.

mod bench;
mod chamber;
mod mailbox;
mod start;
mod strike;
mod trace;

pub use bench::{Bench, BenchError};
pub use chamber::Chamber;
pub use mailbox::Mailbox;
pub use start::{STARTS, Start, Started};
pub use strike::{Aftermath, Row, Strike, TABLE};
pub use trace::{Line, QUIET, Simulated, differs, simulated};
