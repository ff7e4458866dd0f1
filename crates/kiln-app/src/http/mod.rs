//! The kiln's HTTP service: one request a connection, a few workers, no heap.
//!
//! ```text
//!   Listener::accept ─▶ worker ─▶ Site::admit ─▶ Head ─▶ Site::judge ─▶ body ─▶ Site::perform ─▶ Reply ─▶ socket
//! ```
//!
//! A worker waits for bytes and for time and for nothing else; everything between is one synchronous call into a
//! [`Site`], so that nothing is borrowed while somebody waits. Sizes are judged before a byte of a body is taken.
//! It knows neither kiln nor flash, and neither radio nor operating system: sockets and time come through two traits.

mod answer;
mod bulk;
mod connection;
mod gate;
mod head;
pub mod list;
pub mod metrics;
mod pages;
mod pieces;
mod refused;
pub mod route;
mod routes;
mod site;
mod socket;

pub use answer::{Content, Note, Out, Told};
pub use bulk::{Bulk, LONG_BODY};
pub use connection::{Deadlines, Desk, ROOM, SHORT_BODY, work};
pub use gate::{Application, Call, Gate, Place, WORKERS};
pub use head::{Flaw, Head, READ_FIELDS};
pub use pages::{Asset, Pages};
pub use pieces::CHUNK_ROOM;
pub use refused::Refused;
pub use routes::{Act, Pieces, Routes};
pub use site::{Body, Hitch, Next, Reply, Site};
pub use socket::{Broken, Listener, RECEIVE_BUFFER, SEND_BUFFER, Socket, Time};
