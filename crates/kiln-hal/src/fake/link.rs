//! A mailbox that keeps what was asked and shows what was told last.

use crate::board::ControlLink;
use alloc::collections::VecDeque;
use alloc::rc::Rc;
use core::cell::{Cell, RefCell};
use kiln_core::settings::Published;

/// The mailbox; its handles share it, one for the loop and one for the test in place of the application.
#[derive(Debug)]
pub struct FakeLink<Request, Snapshot> {
    requests: Rc<RefCell<VecDeque<Request>>>,
    newest: Rc<RefCell<Option<Snapshot>>>,
    published: Rc<Cell<u64>>,
    beats: Rc<Cell<Option<u32>>>,
    settings: Rc<Cell<Option<Published>>>,
}

impl<Request, Snapshot> FakeLink<Request, Snapshot> {
    /// An empty mailbox.
    pub fn new() -> Self {
        Self {
            requests: Rc::default(),
            newest: Rc::default(),
            published: Rc::default(),
            beats: Rc::default(),
            settings: Rc::default(),
        }
    }

    /// Sets the count of beats; `None` is no application.
    pub fn set_beats(&self, beats: Option<u32>) {
        self.beats.set(beats);
    }

    /// Counts a beat of the application; before the first one there is no application.
    pub fn beat(&self) {
        self.beats.set(Some(self.beats.get().map_or(0, |count| count.wrapping_add(1))));
    }

    /// Asks the loop for something.
    pub fn ask(&self, request: Request) {
        self.requests.borrow_mut().push_back(request);
    }

    /// Publishes settings.
    pub fn publish_settings(&self, published: Published) {
        self.settings.set(Some(published));
    }

    /// How many requests wait.
    pub fn waiting(&self) -> usize {
        self.requests.borrow().len()
    }

    /// How many snapshots were published.
    pub fn published(&self) -> u64 {
        self.published.get()
    }

    /// Looks at the newest snapshot.
    pub fn with_newest<T>(&self, look: impl FnOnce(&Snapshot) -> T) -> Option<T> {
        self.newest.borrow().as_ref().map(look)
    }
}

impl<Request, Snapshot> Default for FakeLink<Request, Snapshot> {
    fn default() -> Self {
        Self::new()
    }
}

impl<Request, Snapshot> Clone for FakeLink<Request, Snapshot> {
    fn clone(&self) -> Self {
        Self {
            requests: self.requests.clone(),
            newest: self.newest.clone(),
            published: self.published.clone(),
            beats: self.beats.clone(),
            settings: self.settings.clone(),
        }
    }
}

impl<Request, Snapshot: Clone> ControlLink for FakeLink<Request, Snapshot> {
    type Request = Request;
    type Snapshot = Snapshot;

    fn take(&mut self) -> Option<Request> {
        self.requests.borrow_mut().pop_front()
    }

    fn settings(&mut self) -> Option<Published> {
        self.settings.take()
    }

    fn publish(&mut self, snapshot: &Snapshot) {
        match &mut *self.newest.borrow_mut() {
            Some(kept) => kept.clone_from(snapshot),
            none => *none = Some(snapshot.clone()),
        }
        self.published.set(self.published.get().wrapping_add(1));
    }

    fn beats(&mut self) -> Option<u32> {
        self.beats.get()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_come_in_order_and_only_the_newest_snapshot_stays() {
        let link = FakeLink::<u8, u8>::new();
        let mut end = link.clone();
        assert_eq!((end.take(), link.with_newest(|s| *s)), (None, None));
        link.ask(1);
        link.ask(2);
        end.publish(&7);
        end.publish(&8);
        assert_eq!((link.waiting(), link.published(), link.with_newest(|s| *s)), (2, 2, Some(8)));
        assert_eq!([end.take(), end.take(), end.take()], [Some(1), Some(2), None]);
    }
}
