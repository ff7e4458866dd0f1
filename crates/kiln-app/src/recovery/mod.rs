//! What the controller does about a firing that was cut off: when it looks, what it reads, what it remembers.
//!
//! Whether the firing goes on is decided in `kiln_core::recovery`, from the facts gathered here.

mod listener;
mod pointer;
mod tail;

pub use listener::Listener;
pub use pointer::{BadPointer, Pointer};
pub use tail::{Policy, Tail, WhyTail};
