//! The one room for bodies that do not fit beside their head.
//!
//! Whoever finds it lent goes without: nobody waits for it.

use core::cell::Cell;
use core::fmt;

/// Bytes of the longest body.
pub const LONG_BODY: usize = crate::door::limits::PROFILE_BYTES;

/// The one room for long bodies, lent to one worker at a time.
pub struct Bulk<'a>(Cell<Option<&'a mut [u8; LONG_BODY]>>);

impl<'a> Bulk<'a> {
    /// The room, free.
    pub const fn new(room: &'a mut [u8; LONG_BODY]) -> Self {
        Self(Cell::new(Some(room)))
    }

    pub(super) fn lend(&self) -> Option<Lent<'_, 'a>> {
        self.0.take().map(|room| Lent { bulk: self, room: Some(room) })
    }
}

/// The room while it is lent; given back when this is dropped.
pub(super) struct Lent<'b, 'a> {
    bulk: &'b Bulk<'a>,
    room: Option<&'a mut [u8; LONG_BODY]>,
}

impl Lent<'_, '_> {
    pub(super) fn bytes(&mut self) -> &mut [u8] {
        self.room.as_deref_mut().map_or(&mut [], |room| room)
    }
}

impl Drop for Lent<'_, '_> {
    fn drop(&mut self) {
        self.bulk.0.set(self.room.take());
    }
}

impl fmt::Debug for Bulk<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Bulk")
    }
}
