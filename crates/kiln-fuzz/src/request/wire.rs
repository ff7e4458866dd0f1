//! A connection in memory, and time that passes only where somebody waits for it.

use core::cell::{Cell, RefCell};
use core::future::{Future, pending};
use std::rc::Rc;

use kiln_app::door::Peer;
use kiln_app::http::{Broken, Listener, Socket, Time};
use kiln_core::units::Millis;

/// Whoever listens to events for longer than this has heard enough.
const LONGEST: Millis = Millis::from_minutes(5);

/// Time.
pub(super) struct Counted {
    began: Millis,
    now: Cell<Millis>,
}

impl Counted {
    pub(super) fn new(now: Millis) -> Self {
        Self { began: now, now: Cell::new(now) }
    }
}

impl Time for Counted {
    fn now(&self) -> Millis {
        self.now.get()
    }

    async fn wait_until(&self, moment: Millis) {
        self.now.set(self.now.get().max(moment));
    }
}

/// The one connection.
pub(super) struct Once<'a>(Option<(Memory<'a>, Peer)>);

impl<'a> Once<'a> {
    /// The connection, and what it is told.
    pub(super) fn new(bytes: &'a [u8], peer: Peer, time: &'a Counted) -> (Self, Rc<RefCell<Vec<u8>>>) {
        let told = Rc::new(RefCell::new(Vec::new()));
        // The bytes come in pieces of a size that follows from them.
        let sum: usize = bytes.iter().map(|byte| usize::from(*byte)).sum();
        let socket =
            Memory { rest: bytes, piece: 1 + sum % 1500, hangs: sum.is_multiple_of(2), told: Rc::clone(&told), time };
        (Self(Some((socket, peer))), told)
    }
}

impl<'a> Listener for Once<'a> {
    type Socket = Memory<'a>;

    fn accept(&mut self) -> impl Future<Output = (Memory<'a>, Peer)> {
        let connection = self.0.take();
        async { if let Some(connection) = connection { connection } else { pending().await } }
    }
}

/// A connection.
pub(super) struct Memory<'a> {
    rest: &'a [u8],
    piece: usize,
    /// Whether the other side keeps silent at the end, and does not say that it has ended.
    hangs: bool,
    told: Rc<RefCell<Vec<u8>>>,
    time: &'a Counted,
}

impl Socket for Memory<'_> {
    async fn read(&mut self, into: &mut [u8], until: Millis) -> Result<usize, Broken> {
        assert!(!into.is_empty(), "read without room");
        let size = self.piece.min(into.len()).min(self.rest.len());
        let (now, later) = self.rest.split_at(size);
        for (to, from) in into.iter_mut().zip(now) {
            *to = *from;
        }
        self.rest = later;
        if size == 0 && self.hangs {
            self.time.wait_until(until).await;
            return Err(Broken::Late);
        }
        Ok(size)
    }

    async fn write(&mut self, from: &[u8], _until: Millis) -> Result<usize, Broken> {
        assert!(!from.is_empty(), "nothing to write");
        if self.time.now() > self.time.began + LONGEST {
            return Err(Broken::Gone);
        }
        let size = from.len().min(self.piece);
        self.told.borrow_mut().extend(from.iter().take(size));
        Ok(size)
    }

    async fn end(&mut self, _until: Millis) -> Result<(), Broken> {
        Ok(())
    }
}
