//! A call that no full queue can hold up: stop, or shut down.
//!
//! One caller, one answerer. The newest call wins: calling twice before the answer is one call, with the later name.

use super::sync::{ANNOUNCE, Acquire, Relaxed, Release, Word, constructor};
use super::words::Sum;
use kiln_core::command::CommandId;

/// One kind of call. All zeros is one that was never made.
#[derive(Debug)]
#[repr(C)]
pub(super) struct Call {
    /// How many were made; written by the caller only. It wraps.
    made: Word,
    id: Word,
    /// How many ordinary requests had been put in before it.
    after: Word,
    sum: Word,
    /// The number of the last one answered; written by the answerer only.
    answered: Word,
}

/// A call that was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Called {
    /// Its name.
    pub(super) id: CommandId,
    /// How many ordinary requests had been put in before it; `None` where that cannot be told, because the caller is
    /// calling again at this moment.
    pub(super) after: Option<u32>,
}

impl Call {
    constructor! {
        /// None made yet.
        pub(super) fn new() -> Self {
            Self {
                made: Word::new(0),
                id: Word::new(0),
                after: Word::new(0),
                sum: Word::new(0),
                answered: Word::new(0),
            }
        }
    }

    /// Calls. Cannot fail. One caller only, who keeps `made`, how many calls it has made.
    pub(super) fn make(&self, made: &mut u32, id: CommandId, after: u32) {
        let next = made.wrapping_add(1);
        // Only a damaged count has been answered before it was made: the call must not pass for answered.
        let number = if next == self.answered() { next.wrapping_add(1) } else { next };
        *made = number;
        self.id.store(id.0, Relaxed);
        self.after.store(after, Relaxed);
        self.sum.store(sum(number, id.0, after), Relaxed);
        self.made.store(number, ANNOUNCE);
    }

    /// The call not answered yet, which is answered by this. It counts even if its particulars are damaged.
    ///
    /// One answerer only, who keeps `answered`, the number of the last one.
    pub(super) fn answer(&self, answered: &mut u32) -> Option<Called> {
        let number = self.made.load(Acquire);
        if number == *answered {
            return None;
        }
        *answered = number;
        let (id, after) = (self.id.load(Relaxed), self.after.load(Relaxed));
        let whole = self.sum.load(Relaxed) == sum(number, id, after);
        self.answered.store(number, Release);
        Some(Called { id: CommandId(id), after: whole.then_some(after) })
    }

    /// How many ordinary requests had been put in before the last call, answered or not; `None` where there was none.
    pub(super) fn last(&self) -> Option<u32> {
        let (number, id, after) = (self.made.load(Acquire), self.id.load(Relaxed), self.after.load(Relaxed));
        (self.sum.load(Relaxed) == sum(number, id, after)).then_some(after)
    }

    /// How many were made. It wraps.
    pub(super) fn made(&self) -> u32 {
        self.made.load(Acquire)
    }

    /// The number of the last one answered.
    pub(super) fn answered(&self) -> u32 {
        self.answered.load(Acquire)
    }
}

#[cfg(any(all(test, not(any(loom, shuttle))), feature = "fake"))]
impl Call {
    /// Every word of it, the counts first and last.
    pub(super) fn memory(&self) -> impl Iterator<Item = &Word> {
        [&self.made, &self.id, &self.after, &self.sum, &self.answered].into_iter()
    }
}

fn sum(number: u32, id: u32, after: u32) -> u32 {
    let mut sum = Sum::of_block(number);
    sum.add(id);
    sum.add(after);
    sum.value()
}
