//! What a worker needs of the world: connections, and time.
//!
//! Deadlines go in with each call, so that a board and a computer each keep them in their own way. Nothing is decided
//! here.

use crate::door::Peer;
use core::future::Future;
use kiln_core::units::Millis;

/// Bytes of a connection for what has come and no worker has taken yet.
pub const RECEIVE_BUFFER: usize = 1024;
/// Bytes of a connection for what was handed over and the other side has not acknowledged: a full segment on Ethernet
/// (RFC 9293, 3.7.1: 1500 bytes less two headers of 20).
pub const SEND_BUFFER: usize = 1460;

/// Why a connection is of no more use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// The deadline has passed.
    Late,
    /// The other side is gone.
    Gone,
}

/// One connection.
pub trait Socket {
    /// Reads what is there, at least one byte; 0 when the other side has said that no more comes.
    ///
    /// # Errors
    /// Nothing came before `until`, or nothing can come.
    fn read(&mut self, into: &mut [u8], until: Millis) -> impl Future<Output = Result<usize, Broken>>;

    /// Hands over as many bytes as there is room for, at least one.
    ///
    /// # Errors
    /// There was no room before `until`, or nobody is there to take them.
    fn write(&mut self, from: &[u8], until: Millis) -> impl Future<Output = Result<usize, Broken>>;

    /// Sends what was handed over, and says that no more comes. What the other side still sends can be read.
    ///
    /// # Errors
    /// As [`write`](Self::write).
    fn end(&mut self, until: Millis) -> impl Future<Output = Result<(), Broken>>;
}

/// Where connections come from. Dropping a [`Socket`] frees its place.
pub trait Listener {
    /// A connection.
    type Socket: Socket;

    /// Waits for the next connection.
    fn accept(&mut self) -> impl Future<Output = (Self::Socket, Peer)>;
}

/// Time as people live through it, for deadlines. Never steps back.
pub trait Time {
    /// The time since some moment before anything began.
    fn now(&self) -> Millis;

    /// Returns at `moment` or a little later.
    fn wait_until(&self, moment: Millis) -> impl Future<Output = ()>;
}
