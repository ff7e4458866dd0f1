//! Virtual time: the control loop and the kiln on a thread of their own, the application beside it.
//!
//! Decides when a virtual second may begin: not before its share of real time has passed, and not before the
//! application has had its turn after the second before. So a faster clock never looks like a dead application. An
//! application that stays away is waited for one real second for every virtual one: dead is then seen as dead, as on a
//! board.

use std::path::PathBuf;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant as Real};

use kiln_core::units::{Instant, WallClock};
use kiln_hal::link::{ControlEnd, Link};
use tokio::sync::Notify;

use super::kept::Kept;
use crate::relay::SLOT_MS;
use crate::world::World;

/// Slots in a second.
const SECOND_SLOTS: u64 = 1000 / SLOT_MS;
/// How long an application that has had no turn is waited for.
const PATIENCE: Duration = Duration::from_secs(1);
/// A clock that is later than this has lost the time: it is not made up for.
const LATEST: Duration = Duration::from_secs(1);

/// What both threads know of time.
#[derive(Debug)]
pub struct Clockwork {
    told: Mutex<Told>,
    turned: Condvar,
    /// Wakes the application when a second is over.
    pub second: Notify,
}

/// Where time stands.
#[derive(Clone, Copy, Debug)]
pub struct Told {
    /// Virtual seconds since the start.
    pub seconds: u64,
    /// Readings the loop has taken since the start.
    pub ticks: u64,
    /// Times the watchdog has bitten.
    pub resets: u64,
    /// The loop's clock.
    pub control: Instant,
    /// The time of day in the kiln's world.
    pub wall: WallClock,
    /// The second after which the application had its last turn.
    served: u64,
    /// Whether it is time to end.
    ending: bool,
    /// Whether it ends without a word.
    cut: bool,
    /// Whether it is to begin anew after the end.
    again: bool,
}

impl Clockwork {
    /// Time about to begin.
    pub fn new(control: Instant, wall: WallClock) -> Self {
        let told =
            Told { seconds: 0, ticks: 0, resets: 0, control, wall, served: 0, ending: false, cut: false, again: false };
        Self { told: Mutex::new(told), turned: Condvar::new(), second: Notify::new() }
    }

    fn lock(&self) -> MutexGuard<'_, Told> {
        // Plain figures: they are whole whoever panicked.
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where time stands.
    pub fn look(&self) -> Told {
        *self.lock()
    }

    /// The loop's clock begins here.
    pub fn begin(&self, control: Instant) {
        self.tell(|told| told.control = control);
    }

    /// The application has had a turn, after this second.
    pub fn served(&self, second: u64) {
        self.lock().served = second;
        self.turned.notify_all();
    }

    /// It is time to end.
    pub fn end(&self) {
        self.lock().ending = true;
        self.turned.notify_all();
        self.second.notify_one();
    }

    /// It is time to end, and to begin anew.
    pub fn restart(&self) {
        self.tell(|told| told.again = true);
        self.end();
    }

    /// Whether it is to begin anew after the end.
    pub fn begins_again(&self) -> bool {
        self.lock().again
    }

    /// The power goes.
    pub fn cut(&self) {
        self.tell(|told| told.cut = true);
        self.end();
    }

    /// Whether the power went.
    pub fn is_cut(&self) -> bool {
        self.lock().cut
    }

    /// Whether it is time to end.
    pub fn is_ending(&self) -> bool {
        self.lock().ending
    }

    /// A slot is over.
    fn tell(&self, tell: impl FnOnce(&mut Told)) {
        tell(&mut self.lock());
    }

    /// Waits until the application has had its turn after this second, or patience ends.
    fn wait(&self, second: u64) {
        self.second.notify_one();
        let waits = |told: &mut Told| told.served < second && !told.ending;
        drop(self.turned.wait_timeout_while(self.lock(), PATIENCE, waits).unwrap_or_else(PoisonError::into_inner));
    }
}

/// What the thread of the control loop is given.
#[derive(Debug)]
pub struct Pace {
    /// Virtual seconds to a real one.
    pub speed: f64,
    /// The time of day when the world began.
    pub wall: WallClock,
    /// Where the kiln is kept while nobody simulates it.
    pub kept: Option<PathBuf>,
}

/// Runs the world until it is time to end.
pub fn run(world: &mut World<1>, link: &'static Link, clockwork: &Clockwork, pace: &Pace) {
    world.hardware().link.connect(ControlEnd::new(link));
    let mut due = Due::new(pace.speed);
    let mut kept_at = Real::now();
    // The world's own application would beat for ours.
    world.broken.app_dead = true;
    for second in 1.. {
        for _ in 0..SECOND_SLOTS {
            due.wait();
            let ticked = world.turn().ticked;
            let control = world.start() + world.elapsed();
            clockwork.tell(|told| {
                told.ticks += u64::from(ticked);
                (told.control, told.wall) = (control, pace.wall + world.elapsed());
            });
        }
        if world.hardware().watchdog.bitten_at().is_some() && world.reset_or_die() {
            world.hardware().link.connect(ControlEnd::new(link));
            clockwork.tell(|told| told.resets += 1);
        }
        clockwork.tell(|told| told.seconds = second);
        clockwork.wait(second);
        let ending = clockwork.is_ending();
        if ending || kept_at.elapsed() > Duration::from_millis(500) {
            kept_at = Real::now();
            keep(world, pace);
        }
        if ending {
            return;
        }
    }
}

fn keep(world: &World<1>, pace: &Pace) {
    let Some(path) = &pace.kept else { return };
    let kept = Kept::new(pace.wall + world.elapsed(), world.truth().chamber_c);
    if let Err(error) = kept.write(path) {
        eprintln!("kiln-sim: cannot keep the kiln in {}: {error}", path.display());
    }
}

/// When the next slot is due in real time.
struct Due {
    slot: Duration,
    next: Real,
}

impl Due {
    fn new(speed: f64) -> Self {
        Self { slot: Duration::from_millis(SLOT_MS).div_f64(speed), next: Real::now() }
    }

    fn wait(&mut self) {
        self.next += self.slot;
        let now = Real::now();
        match self.next.checked_duration_since(now) {
            // Shorter than the system's own grain is waited for together with the slots that follow.
            Some(early) if early > Duration::from_millis(1) => std::thread::sleep(early),
            None if now.duration_since(self.next) > LATEST => self.next = now,
            Some(_) | None => {}
        }
    }
}
