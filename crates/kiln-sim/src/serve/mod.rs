//! A complete kiln on this computer: the shipping control loop and the shipping application, a simulated kiln between.
//!
//! ```text
//!   thread "control": World (plant, chip, pins) ─ Runner ─ ControlEnd ┐ Link
//!   thread "application": Service ─ Store ─ NorFlash ─ file  AppEnd  ┘   Gate ─ 4 workers ─ 127.0.0.1
//! ```
//!
//! Two clocks: control, plant and logs live in virtual time, connections and codes in real time. It decides nothing about
//! a kiln.

pub mod application;
pub mod clockwork;
pub mod kept;
pub mod load;
pub mod net;
pub mod page;
pub mod radio;
pub mod wall;
pub mod wishes;

use std::fs::{File, TryLockError};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::thread::{Builder, JoinHandle};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use kiln_app::door::Purpose;
use kiln_app::http::Pages;
use kiln_core::units::{Instant, WallClock};
use kiln_hal::link::Link;

use self::application::Given;
use self::clockwork::{Clockwork, Pace, Told};
use self::kept::Kept;
use self::wishes::Wishes;
use crate::disturb::Level;
use crate::plant::PlantSpec;
use crate::random::Seed;
use crate::world::{Setting, World, settings_for};

/// About how long a firing takes, s: lid openings of a bad day fall into it.
const PLANNED_S: f64 = 12.0 * 3600.0;
/// Bytes of each thread's stack.
const STACK: usize = 8 << 20;
/// How long threads may take to begin.
const BEGINNING: Duration = Duration::from_secs(20);

/// What is to be served.
#[derive(Clone, Debug)]
pub struct Order {
    /// The kiln.
    pub plant: PlantSpec,
    /// How bad the day is.
    pub level: Level,
    /// What everything drawn by chance follows from; codes and tokens do not.
    pub seed: Seed,
    /// Virtual seconds to a real one.
    pub speed: f64,
    /// The raw flash partition; `None` keeps nothing.
    pub flash: Option<PathBuf>,
    /// Whether to begin with a new kiln and a blank flash.
    pub fresh: bool,
    /// Whether the controller knows the time of day from the beginning.
    pub knows_time: bool,
    /// Where to listen.
    pub address: SocketAddr,
    /// The page.
    pub pages: Pages,
}

/// A kiln that is being served.
#[derive(Debug)]
pub struct Served {
    /// Where it is.
    pub address: SocketAddr,
    order: Order,
    clockwork: Arc<Clockwork>,
    wishes: Wishes,
    threads: Vec<JoinHandle<()>>,
    /// Two simulators on one image would be two pens on one paper.
    _lock: Option<File>,
}

impl Served {
    /// Switches it on.
    ///
    /// # Errors
    /// What could not be had, in words.
    pub fn begin(order: &Order) -> Result<Self, String> {
        let lock = order.flash.as_deref().map(|flash| prepare(flash, order.fresh)).transpose()?;
        let kept_at = order.flash.as_deref().map(Kept::beside);
        let kept = kept_at.as_deref().and_then(Kept::read);
        let wall = kept.map_or_else(now, |kept| kept.wall());
        let clockwork = Arc::new(Clockwork::new(Instant::from_millis(0), wall));
        // A controller's memory is there for good.
        let link: &'static Link = Box::leak(Box::new(Link::new()));
        let pace = Pace { speed: order.speed, wall, kept: kept_at };

        let (begun, has_begun) = channel();
        let start_c = kept.map(|kept| kept.start_c());
        let control = thread("control", {
            let (order, clockwork) = (order.clone(), Arc::clone(&clockwork));
            move || control(&order, start_c, link, &clockwork, &pace, &begun)
        })?;
        has_begun.recv_timeout(BEGINNING).map_err(|error| error.to_string()).flatten()?;

        let (ready, is_ready) = channel();
        let (wishes, found) = Wishes::new();
        let (address, flash, pages) = (order.address, order.flash.clone(), order.pages);
        let given = Given { address, flash, pages, knows_time: order.knows_time, wishes: found, ready };
        let application = thread("application", {
            let clockwork = Arc::clone(&clockwork);
            move || application::run(link, &clockwork, &given)
        })?;
        let address = is_ready.recv_timeout(BEGINNING).map_err(|error| error.to_string()).flatten();
        let (order, threads) = (order.clone(), vec![application, control]);
        let mut served = Self { address: order.address, order, clockwork, wishes, threads, _lock: lock };
        match address {
            Ok(address) => served.address = address,
            Err(why) => {
                served.end();
                return Err(why);
            }
        }
        Ok(served)
    }

    /// Shows a code, as the kiln's display would.
    ///
    /// # Errors
    /// Why there is none.
    pub fn code(&self, purpose: Purpose) -> Result<String, String> {
        self.wishes.code(purpose)
    }

    /// Where time stands.
    pub fn time(&self) -> Told {
        self.clockwork.look()
    }

    /// Whether it has ended by itself.
    pub fn has_ended(&self) -> bool {
        self.clockwork.is_ending()
    }

    /// Whether somebody asked for it to start anew.
    pub fn wants_restart(&self) -> bool {
        self.clockwork.begins_again()
    }

    /// Ends it, and begins anew at the same address with the same kiln over the same flash image; without an image it
    /// begins with a blank flash.
    ///
    /// # Errors
    /// What could not be had, in words.
    pub fn restart(self) -> Result<Self, String> {
        let order = Order { address: self.address, fresh: false, ..self.order.clone() };
        self.end();
        Self::begin(&order)
    }

    /// Cuts the power: what waits to be written is lost, as on a board.
    pub fn cut(self) {
        self.clockwork.cut();
        self.end();
    }

    /// Switches it off; what waits to be written is written.
    pub fn end(self) {
        self.clockwork.end();
        for thread in self.threads {
            // A thread that panicked has said so.
            drop(thread.join());
        }
    }
}

/// Makes sure of a flash image of one's own.
fn prepare(flash: &Path, fresh: bool) -> Result<File, String> {
    let say = |error: std::io::Error| format!("cannot use {}: {error}", flash.display());
    if let Some(folder) = flash.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(say)?;
    }
    let mut beside = flash.as_os_str().to_owned();
    beside.push(".lock");
    let lock = File::create(&beside).map_err(say)?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(format!("{} is in use by another simulator", flash.display())),
        Err(TryLockError::Error(error)) => return Err(say(error)),
    }
    for file in [flash.to_owned(), Kept::beside(flash)].into_iter().filter(|file| fresh && file.exists()) {
        std::fs::remove_file(file).map_err(say)?;
    }
    Ok(lock)
}

fn thread(name: &str, work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, String> {
    let built = Builder::new().name(name.to_owned()).stack_size(STACK).spawn(work);
    built.map_err(|error| format!("cannot start a thread: {error}"))
}

fn control(
    order: &Order,
    start_c: Option<f64>,
    link: &'static Link,
    clockwork: &Clockwork,
    pace: &Pace,
    begun: &Sender<Result<(), String>>,
) {
    let setting = Setting {
        plant: &order.plant,
        settings: settings_for(&order.plant),
        level: order.level,
        seed: order.seed,
        start_c,
        planned_s: PLANNED_S,
    };
    match World::new(&setting) {
        Err(error) => drop(begun.send(Err(error.to_string()))),
        Ok(mut world) => {
            clockwork.begin(world.start());
            drop(begun.send(Ok(())));
            clockwork::run(&mut world, link, clockwork, pace);
        }
    }
}

/// The time of day of this computer.
fn now() -> WallClock {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    WallClock::from_unix_millis(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}
