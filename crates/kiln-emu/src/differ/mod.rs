//! The same instructions on our core and on QEMU's.
//!
//! A case is an instruction (or a few), and what every register and 64 bytes of memory hold before it. Both run the
//! same harness (`guest/harness.s`) over the same cases; every register, flag and byte afterwards must be the same.

mod board;
mod case;
mod cases;
mod draw;
mod judge;
mod program;
mod qemu;
mod safe;

pub use case::Case;
pub use cases::{Drawn, draw};
pub use judge::{Tally, judge};
pub use program::Program;
pub use qemu::Harness;

use std::path::Path;

use board::Board;

/// Runs cases on our own core; the records afterwards.
///
/// # Errors
/// An instruction that the core does not know.
pub fn ours(harness: &Harness, cases: &[Case]) -> Result<Vec<u8>, String> {
    let mut board = Board::new(harness, cases);
    board.run().map_err(|stop| {
        let at = board.current();
        let case = cases.get(at).map_or_else(String::new, |case| format!("{:?} ({:04x?})", case.op, case.halves));
        format!("{stop}, in case {at}: {case}")
    })
}

/// Runs cases on QEMU's core; the records afterwards. What QEMU reads is written into a folder.
///
/// # Errors
/// QEMU cannot be run, or says nothing.
pub fn qemus(harness: &Harness, cases: &[Case], folder: &Path) -> Result<Vec<u8>, String> {
    qemu::run(harness, cases, folder)
}
