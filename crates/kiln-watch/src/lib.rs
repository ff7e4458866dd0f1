//! Watches kilns from a computer: knows them, asks them, remembers, and says when one needs somebody.
//!
//! ```text
//!   find ──▶ book: which kilns, which tokens
//!               │
//!   poll: when is which question due? ──▶ http ──▶ the kiln
//!               │                                     │
//!               └──────────── status ◀────────────────┘
//!                               │
//!            link, past, stop, notice: what is to be shown, what is to be said
//! ```
//!
//! Everything that decides is given the time and the answers and is tried by tables; [`watch`] is the thin rim that has
//! threads and sockets. It knows no window and no desktop, asks a kiln for nothing but what a paired app may, and reads
//! leniently: a word that a newer kiln says and this crate does not know breaks nothing.

pub mod book;
pub mod find;
pub mod http;
pub mod limits;
pub mod link;
pub mod notice;
pub mod past;
pub mod poll;
pub mod status;
pub mod stop;
pub mod watch;

use kiln_core::units::{Instant, WallClock};

/// A moment on both clocks of this computer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The monotonic clock: what is waited and measured by.
    pub now: Instant,
    /// The time of day: a label.
    pub wall: WallClock,
}
