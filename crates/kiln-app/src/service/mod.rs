//! The application between HTTP and the control loop: asks, remembers, keeps, shows.
//!
//! ```text
//!   HTTP ── ask ──▶ desk ──▶ link ──▶ control          control ── snapshot ──▶ turn ──▶ journal ──▶ store
//!        ◀─ outcome ─┘                                             │
//!        ◀─ status, history, profiles, runs, … ────────────────────┘
//! ```
//!
//! Synchronous: time comes in with each call, no call waits for anything but the flash, and nothing the firing needs
//! waits for any of it. Two clocks: what the kiln does goes by the control loop's, which a simulator may run faster; who
//! may ask how often goes by the real one.

mod asking;
mod chronicle;
mod configuring;
mod desk;
mod device;
mod energy;
mod fault_record;
mod history;
mod journal;
mod plan;
mod profiles;
mod recovering;
mod refused;
mod relive;
mod report;
mod runs;
mod selftest;
mod starts;
mod status;
mod visits;
mod wireless;

pub use asking::Once;
pub use desk::{Asked, Busy, Desk, Standing, What};
pub use device::Identity;
pub use energy::Energy;
pub use history::{History, Moment, POINTS_MOST, Point};
pub use profiles::{PROFILES_MOST, Seen};
pub use refused::Refused;
pub use runs::RowsAt;
pub use status::Surroundings;

use crate::door::Idempotency;
use crate::log::Recorder;
use crate::store::{Document, Flash, Level, Store};
use configuring::Configured;
use journal::Journal;
use kiln_core::command::{CommandId, Refusal};
use kiln_core::event::Waiting;
use kiln_core::snapshot::{Phase, Snapshot};
use kiln_core::units::{Instant, Millis, WallClock};
use kiln_hal::link::{AppEnd, Pulse, Task};
use kiln_wire::config::Config;
use kiln_wire::status::NetworkView;
use plan::Plan;
use recovering::Recovering;
use selftest::SelfTest;
use starts::Starts;
use wireless::Wireless;

/// The number of the service among the tasks that control listens to.
pub const TASK: u8 = 0;

/// Every clock there is, at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// The control loop's clock.
    pub control: Instant,
    /// Real time since the start, for rates and deadlines.
    pub real: Millis,
    /// The time of day, if it is known.
    pub wall: Option<WallClock>,
}

/// The newest picture of the control loop, and when it was first seen on the real clock.
#[derive(Clone, Debug)]
struct Heard {
    told: Snapshot,
    real: Millis,
}

/// The memory a [`Service`] works in: placed once and lent for good. Too large to be moved about on a board's stack.
#[derive(Debug)]
pub struct Workspace {
    history: History,
    /// Room to read and write one document.
    scratch: [u8; Document::LONGEST],
}

impl Workspace {
    /// An empty one.
    pub const fn new() -> Self {
        Self { history: History::new(), scratch: [0; Document::LONGEST] }
    }
}

impl Default for Workspace {
    fn default() -> Self {
        Self::new()
    }
}

/// Everything between HTTP and the link.
pub struct Service<'a, F: Flash> {
    end: AppEnd<'a>,
    pulse: Option<Pulse<'a>>,
    store: Store<'a, F>,
    desk: Desk,
    once: Idempotency<CommandId>,
    heard: Option<Heard>,
    journal: Journal,
    plan: Plan,
    history: &'a mut History,
    recovery: Recovering,
    starts: Starts,
    selftest: SelfTest,
    restart_wanted: bool,
    configured: Configured,
    identity: Identity,
    surroundings: Surroundings,
    /// What control was told of the time of day, and when.
    told_wall: Option<(WallClock, Instant)>,
    /// Why the schedule clock stands still, and since when.
    waiting: Option<(Waiting, Instant)>,
    events_seen: u32,
    /// When the log was last told of the door, on the real clock.
    visits_told: Option<Millis>,
    wireless: Wireless,
    board: device::Board,
    /// Room to read and write one document.
    scratch: &'a mut [u8],
}

impl<'a, F: Flash> Service<'a, F> {
    /// The service over this end of the link and these files. The roster of the end names [`TASK`].
    pub fn new(end: AppEnd<'a>, store: Store<'a, F>, identity: Identity, workspace: &'a mut Workspace) -> Self {
        let Workspace { history, scratch } = workspace;
        let boot = store.boot();
        let pulse = Task::new(TASK).and_then(|task| end.pulse(task));
        let mut service = Self {
            end,
            pulse,
            store,
            // Numbers of one start of the controller are not those of the next.
            desk: Desk::new(boot.wrapping_mul(0x1_0000)),
            once: Idempotency::new(),
            heard: None,
            journal: Journal::new(Recorder::of_boot(boot)),
            plan: Plan::default(),
            history,
            recovery: Recovering::default(),
            starts: Starts::default(),
            selftest: SelfTest::default(),
            restart_wanted: false,
            configured: Configured::default(),
            identity,
            surroundings: Surroundings::default(),
            told_wall: None,
            waiting: None,
            events_seen: 0,
            visits_told: None,
            wireless: Wireless::default(),
            board: device::Board::default(),
            scratch,
        };
        service.read_config();
        service.wireless.configured(&Config::DELIVERED, &service.configured.config);
        service.read_starts();
        service
    }

    /// One turn, at least once a second: takes what the control loop tells, keeps what is to be kept, goes on with what
    /// waits. Its end is what control takes for the application's life.
    pub fn turn(&mut self, now: &Now) {
        self.tell_time(now);
        self.tell_settings(now);
        let news = self.end.newest().filter(|told| self.is_news(told));
        if let Some(told) = &news {
            self.take_in(now, told);
        }
        self.close_journal(now);
        self.go_on_with_recovery(now);
        self.go_on_with_starts(now);
        self.go_on_with_selftest(now);
        self.go_on_with_wifi(now);
        if let Err(error) = self.store.poll(now.control) {
            self.note(now, Level::Warn, &error);
        }
        if let Some(pulse) = &mut self.pulse {
            pulse.beat();
        }
    }

    /// The files, for those who keep something of their own in them.
    pub fn store(&mut self) -> &mut Store<'a, F> {
        &mut self.store
    }

    /// Asks for the controller to start anew. What waits goes to the flash first.
    ///
    /// # Errors
    /// A firing or a tuning goes on.
    pub fn ask_restart(&mut self, now: &Now) -> Result<(), Refused> {
        if self.told().is_some_and(|told| matches!(told.phase, Phase::Running | Phase::Tuning)) {
            return Err(Refusal::Busy.into());
        }
        self.note(now, Level::Warn, &"a restart was asked for");
        // What cannot be written now is tried by nobody again: the restart is what was asked for.
        let _written = (self.store.flush().is_ok(), self.store.flush_diagnostics(now.control).is_ok());
        self.restart_wanted = true;
        Ok(())
    }

    /// Whether the controller is to start anew: for whoever can do it.
    pub const fn restart_wanted(&self) -> bool {
        self.restart_wanted
    }

    /// Says how the kiln can be reached.
    pub fn set_surroundings(&mut self, surroundings: Surroundings) {
        self.surroundings = surroundings;
    }

    /// How the kiln can be reached, as it was last said.
    pub const fn network(&self) -> &NetworkView {
        &self.surroundings.network
    }

    /// A line in the controller's own log, from whoever runs it.
    pub fn say(&mut self, now: &Now, level: Level, what: &dyn core::fmt::Display) {
        self.note(now, level, what);
    }

    /// The newest picture of the control loop.
    pub fn told(&self) -> Option<&Snapshot> {
        self.heard.as_ref().map(|heard| &heard.told)
    }

    fn is_news(&self, told: &Snapshot) -> bool {
        self.told().is_none_or(|before| (before.number, before.taken) != (told.number, told.taken))
    }

    /// Takes in one picture. Recovery comes before the journal: a firing that goes on has its rows in its own log.
    fn take_in(&mut self, now: &Now, told: &Snapshot) {
        if self.told().is_some_and(|before| told.taken < before.taken) {
            self.control_began_anew(now);
        }
        self.desk.note(&told.outcomes);
        self.plan.follow(told, &self.desk);
        self.adopt_scheduled(told);
        self.tell_events(now, told);
        self.look_for_cut_off(now, told);
        self.heed_resumed();
        self.record(now, told);
        self.note_fault(now, told);
        self.waiting = told.run.as_ref().and_then(|run| run.waiting).map(|why| match self.waiting {
            Some((before, since)) if before == why => (why, since),
            Some(_) | None => (why, told.taken),
        });
        self.heard = Some(Heard { told: *told, real: now.real });
    }

    /// The control loop has started again by itself: what it was doing may have been cut off.
    fn control_began_anew(&mut self, now: &Now) {
        self.note(now, Level::Warn, &"the control loop has started anew");
        self.events_seen = 0;
        self.told_wall = None;
        self.configured.publish_again();
        self.cut_off(now);
        self.recovery = Recovering::default();
        self.starts.restore();
    }

    /// Tells control the time of day when it has been found out, or found to be wrong.
    fn tell_time(&mut self, now: &Now) {
        const OFF_MOST: Millis = Millis::from_seconds(2);
        let Some(wall) = now.wall else { return };
        let right = self.told_wall.is_some_and(|(told, at)| {
            let expected = told + now.control.since(at);
            expected.since(wall) <= OFF_MOST && wall.since(expected) <= OFF_MOST
        });
        if !right {
            self.end.tell_wall(wall);
            self.told_wall = Some((wall, now.control));
        }
    }

    /// A line in the controller's own log.
    fn note(&mut self, now: &Now, level: Level, what: &dyn core::fmt::Display) {
        if self.configured.wants(level) {
            self.store.log(now.control, &chronicle::Stamp(*now), level, what);
        }
    }
}
