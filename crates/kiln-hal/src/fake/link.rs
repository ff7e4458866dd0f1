//! A mailbox that keeps what was asked and shows what was told last; it can be put between the loop and a real link.

use crate::board::ControlLink;
use alloc::boxed::Box;
use alloc::collections::VecDeque;
use alloc::rc::Rc;
use core::cell::{Cell, RefCell};
use core::fmt;
use kiln_core::command::{CommandId, Refusal};
use kiln_core::report::Report;
use kiln_core::settings::Published;
use kiln_core::units::{Instant, WallClock};

/// The mailbox; its handles share it, one for the loop and one for the test in place of the application.
#[derive(Debug)]
pub struct FakeLink<Request, Snapshot> {
    inside: Rc<Inside<Request, Snapshot>>,
}

#[derive(Debug)]
struct Inside<Request, Snapshot> {
    requests: RefCell<VecDeque<Request>>,
    newest: RefCell<Option<Snapshot>>,
    published: Cell<u64>,
    report: Cell<Option<Report>>,
    beats: Cell<Option<u32>>,
    settings: Cell<Option<Published>>,
    wall: Cell<Option<WallClock>>,
    behind: RefCell<Option<Behind<Request, Snapshot>>>,
}

/// The control end of a real link.
struct Behind<Request, Snapshot>(Box<dyn ControlLink<Request = Request, Snapshot = Snapshot>>);

impl<Request, Snapshot> fmt::Debug for Behind<Request, Snapshot> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Behind")
    }
}

impl<Request, Snapshot> FakeLink<Request, Snapshot> {
    /// An empty mailbox.
    pub fn new() -> Self {
        let inside = Inside {
            requests: RefCell::default(),
            newest: RefCell::default(),
            published: Cell::default(),
            report: Cell::default(),
            beats: Cell::default(),
            settings: Cell::default(),
            wall: Cell::default(),
            behind: RefCell::default(),
        };
        Self { inside: Rc::new(inside) }
    }

    /// Puts the control end of a real link behind the mailbox: what the loop tells goes there too, what comes from there
    /// reaches the loop, and beats and wall clock are those of the application at the other end alone.
    pub fn connect(&self, end: impl ControlLink<Request = Request, Snapshot = Snapshot> + 'static) {
        *self.inside.behind.borrow_mut() = Some(Behind(Box::new(end)));
    }

    /// Sets the count of beats; `None` is no application.
    pub fn set_beats(&self, beats: Option<u32>) {
        self.inside.beats.set(beats);
    }

    /// Counts a beat of the application; before the first one there is no application.
    pub fn beat(&self) {
        self.inside.beats.set(Some(self.inside.beats.get().map_or(0, |count| count.wrapping_add(1))));
    }

    /// Asks the loop for something.
    pub fn ask(&self, request: Request) {
        self.inside.requests.borrow_mut().push_back(request);
    }

    /// Publishes settings.
    pub fn publish_settings(&self, published: Published) {
        self.inside.settings.set(Some(published));
    }

    /// Sets the wall clock, which stands still until it is set again; `None` is not known.
    pub fn set_wall(&self, wall: Option<WallClock>) {
        self.inside.wall.set(wall);
    }

    /// How many requests wait.
    pub fn waiting(&self) -> usize {
        self.inside.requests.borrow().len()
    }

    /// How many snapshots were published.
    pub fn published(&self) -> u64 {
        self.inside.published.get()
    }

    /// Looks at the newest snapshot.
    pub fn with_newest<T>(&self, look: impl FnOnce(&Snapshot) -> T) -> Option<T> {
        self.inside.newest.borrow().as_ref().map(look)
    }

    /// The newest report.
    pub fn newest_report(&self) -> Option<Report> {
        self.inside.report.get()
    }

    /// Asks the real link; `None` where there is none.
    fn behind<T>(
        &self,
        ask: impl FnOnce(&mut dyn ControlLink<Request = Request, Snapshot = Snapshot>) -> T,
    ) -> Option<T> {
        self.inside.behind.borrow_mut().as_mut().map(|behind| ask(behind.0.as_mut()))
    }
}

impl<Request, Snapshot> Default for FakeLink<Request, Snapshot> {
    fn default() -> Self {
        Self::new()
    }
}

impl<Request, Snapshot> Clone for FakeLink<Request, Snapshot> {
    fn clone(&self) -> Self {
        Self { inside: Rc::clone(&self.inside) }
    }
}

impl<Request, Snapshot: Clone> ControlLink for FakeLink<Request, Snapshot> {
    type Request = Request;
    type Snapshot = Snapshot;

    fn take(&mut self) -> Option<Request> {
        let come = self.behind(|link| link.take()).flatten();
        come.or_else(|| self.inside.requests.borrow_mut().pop_front())
    }

    fn dropped(&mut self) -> Option<(CommandId, Refusal)> {
        self.behind(|link| link.dropped()).flatten()
    }

    fn settings(&mut self) -> Option<Published> {
        self.behind(|link| link.settings()).flatten().or_else(|| self.inside.settings.take())
    }

    fn wall(&mut self, now: Instant) -> Option<WallClock> {
        self.behind(|link| link.wall(now)).unwrap_or(self.inside.wall.get())
    }

    fn publish(&mut self, snapshot: &Snapshot) {
        match &mut *self.inside.newest.borrow_mut() {
            Some(kept) => kept.clone_from(snapshot),
            none => *none = Some(snapshot.clone()),
        }
        self.inside.published.set(self.inside.published.get().wrapping_add(1));
        self.behind(|link| link.publish(snapshot));
    }

    fn report(&mut self, report: &Report) {
        self.inside.report.set(Some(*report));
        self.behind(|link| link.report(report));
    }

    fn beats(&mut self) -> Option<u32> {
        self.behind(|link| link.beats()).unwrap_or(self.inside.beats.get())
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
