//! Years of firings on one chip: how often its sectors are erased.
//!
//! A firing of 13 hours on a day with everything around it: a start of the controller, a profile and settings changed,
//! rows, steps, lines of the controller's own log, notes afterwards. The store is the one that ships, row for row.

use kiln_app::log::{Begun, FileName};
use kiln_app::store::{Document, Ending, Level, Memory, RunKind, RunRecord, Store, StoreError};
use kiln_core::units::{Instant, Millis};

use super::{NorFlash, Wear};

/// Firings in a year of four a week.
pub const FIRINGS_A_YEAR: u32 = 208;
/// How long a firing is.
const FIRING: Millis = Millis::from_hours(13);
/// How often the store is asked whether rows are due.
const POLL: Millis = Millis::from_seconds(5);
/// A step of a firing, at whose beginning rows are flushed.
const STEP: Millis = Millis::from_minutes(100);
/// Time between lines of the controller's own log.
const LINE: Millis = Millis::from_minutes(10);

const ROW: &str = "2026-11-20 13:28:09,46800.0,1199.87,1200.00,45.00,RUNNING,ramp,3,7,95.0\n";

/// What years of firings did.
#[derive(Clone, Debug)]
pub struct Worn {
    /// Firings.
    pub firings: u32,
    /// Times that rows went to the flash.
    pub flushes: u64,
    /// What the chip has been through.
    pub wear: Wear,
}

/// Fires so often, with a row every so often.
///
/// # Errors
/// What the store refused, which it should not.
pub fn fire(firings: u32, row_every: Millis) -> Result<Worn, StoreError> {
    let chip = NorFlash::new();
    let mut flushes = 0;
    for firing in 1..=firings {
        let mut memory = Memory::new(chip.clone());
        let mut store = Store::open(&mut memory);
        flushes += day(&mut store, firing, row_every)?;
    }
    Ok(Worn { firings, flushes, wear: chip.wear() })
}

/// A day with a firing; how often rows went to the flash.
fn day(store: &mut Store<'_, NorFlash>, firing: u32, row_every: Millis) -> Result<u64, StoreError> {
    let order = Begun { boot: firing, number: 1 };
    let log = FileName::of_log("glaze-cone-6", None, order);
    let mut record = RunRecord::new(order, RunKind::Firing, None);
    let profile = FileName::new("mine").ok_or(StoreError::Absent)?;
    store.write_profile(&profile, 1, &[b'x'; 900])?;
    store.write(Document::Config, 1, &[b'x'; 1500])?;
    store.begin_run(&log, &record)?;
    store.write(Document::Running, 1, format!("{}\nmine\n0\n", log.as_str()).as_bytes())?;

    let (mut flushes, mut safe) = (0, 0);
    let mut now = Instant::from_millis(0);
    let every = |time: Millis, now: Instant| now.as_millis().is_multiple_of(time.get());
    while now <= Instant::from_millis(0) + FIRING {
        if every(row_every, now) {
            store.append(now, &ROW)?;
        }
        if every(LINE, now) {
            store.log(now, &"12:00:00", Level::Info, &"a step has begun, or the kiln is a little late");
        }
        if every(STEP, now) {
            store.flush()?;
        }
        store.poll(now)?;
        let bytes = store.logged().map_or(0, |logged| logged.bytes);
        flushes += u64::from(bytes > safe);
        safe = bytes;
        now = now + POLL.min(row_every);
    }
    record.ending = Some(Ending::Completed);
    store.end_run(&record)?;
    store.remove(Document::Running)?;
    record.cone = heapless::String::try_from("6 at 5 o'clock").unwrap_or_default();
    store.write_record(&log, &record)?;
    Ok(flushes + 1)
}
