//! The power fails at every program and erase: what was promised is there afterwards.
//!
//! Each kind of work is done once to count its flash operations, then again for each of them and each way to tear it,
//! cut off there, and judged after the next start. Every fourth case is cut once more while it starts again. Everything
//! follows from a seed.

mod ledger;
mod work;

use std::sync::Mutex;

use kiln_app::store::{Document, Memory, Store, StoreError};
use kiln_core::units::Instant;

use self::ledger::{Ledger, Thing};
pub use self::work::Work;
use self::work::Worker;
use super::{Cut, NorFlash, Tear};
use crate::random::Seed;

/// A store on a pretended chip.
pub(super) type Kiln<'a> = Store<'a, NorFlash>;

/// What the cuts of one kind of work showed.
#[derive(Clone, Debug)]
pub struct Tally {
    /// The work.
    pub work: Work,
    /// Cuts made.
    pub cuts: u64,
    /// Flash operations of the work, the most of any seed.
    pub operations: u64,
    /// Starts after a cut at which the files could not be mounted.
    pub unmounted: u64,
    /// Cuts after which something was not as promised.
    pub broken: u64,
    /// The first few of them, each with what it takes to see it again.
    pub told: Vec<String>,
}

/// One case.
#[derive(Clone, Copy, Debug)]
struct Case {
    work: Work,
    seed: u64,
    after: u64,
    tear: Tear,
    /// Whether the next start is cut off as well.
    twice: bool,
}

/// How a case ended.
enum Verdict {
    Sound,
    Unmounted(String),
    Broken(String),
}

/// Cuts off every kind of work, its share of so many times, on so many threads.
pub fn cut_all(cuts: u64, seed: u64, threads: usize) -> Vec<Tally> {
    let share = cuts.div_ceil(Work::ALL.len() as u64);
    let waiting = Mutex::new(Work::ALL.into_iter());
    let done = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let next = waiting.lock().ok().and_then(|mut waiting| waiting.next());
                    let Some(work) = next else { return };
                    let tally = cut(work, share, seed);
                    if let Ok(mut done) = done.lock() {
                        done.push(tally);
                    }
                }
            });
        }
    });
    let mut tallies = done.into_inner().unwrap_or_default();
    tallies.sort_by_key(|tally: &Tally| Work::ALL.into_iter().position(|work| work == tally.work));
    tallies
}

/// Cuts the work off so often, from this seed on.
pub fn cut(work: Work, at_least: u64, seed: u64) -> Tally {
    let mut tally = Tally { work, cuts: 0, operations: 0, unmounted: 0, broken: 0, told: Vec::new() };
    for seed in seed.. {
        let (base, ledger) = base(work, seed);
        let operations = count(work, seed, &base, &ledger);
        tally.operations = tally.operations.max(operations);
        // A short count is spread over the whole work, so that its end is seen too.
        let left = at_least.saturating_sub(tally.cuts).max(1);
        let stride = (operations * 3 / left).max(1) as usize;
        let all = (0..operations).flat_map(|after| Tear::ALL.map(|tear| (after, tear)));
        for (number, (after, tear)) in
            all.step_by(if stride.is_multiple_of(3) { stride + 1 } else { stride }).enumerate()
        {
            let case = Case { work, seed, after, tear, twice: number % 4 == 3 };
            tally.add(case, try_case(case, &base, &ledger));
            if tally.cuts >= at_least {
                return tally;
            }
        }
    }
    tally
}

impl Tally {
    fn add(&mut self, case: Case, verdict: Verdict) {
        self.cuts += 1;
        let (count, why) = match verdict {
            Verdict::Sound => return,
            Verdict::Unmounted(why) => (&mut self.unmounted, why),
            Verdict::Broken(why) => (&mut self.broken, why),
        };
        *count += 1;
        if self.told.len() < 5 {
            self.told.push(format!("{case:?}: {why}"));
        }
    }

    /// Whether nothing was lost.
    pub fn is_sound(&self) -> bool {
        self.unmounted == 0 && self.broken == 0
    }
}

/// The chip the work begins on, and what is promised of it.
fn base(work: Work, seed: u64) -> (NorFlash, Ledger) {
    let (chip, mut ledger) = (NorFlash::new(), Ledger::default());
    if work == Work::SetUp {
        return (chip, ledger);
    }
    let mut memory = Memory::new(chip.clone());
    let mut kiln = Store::open(&mut memory);
    let chance = Seed(seed).stream("what is there before");
    let mut worker = Worker { kiln: &mut kiln, ledger: &mut ledger, chance, now: Instant::from_millis(0) };
    let prepared = match work {
        Work::Rotation => worker.fill(),
        Work::Record | Work::SetUp => Ok(()),
        Work::Log | Work::Config | Work::Profile => worker.configure(3).and_then(|()| worker.edit_profiles(3)),
    };
    debug_assert!(prepared.is_ok(), "{prepared:?}");
    (chip, ledger)
}

/// Flash operations of the work, uncut.
fn count(work: Work, seed: u64, base: &NorFlash, ledger: &Ledger) -> u64 {
    let chip = base.copy(None);
    let done = perform(work, seed, &chip, &mut ledger.clone());
    debug_assert!(done.is_ok(), "{work:?} of seed {seed} uncut: {done:?}");
    chip.operations()
}

/// Starts the controller and works.
fn perform(work: Work, seed: u64, chip: &NorFlash, ledger: &mut Ledger) -> Result<(), StoreError> {
    let mut memory = Memory::new(chip.clone());
    let mut kiln = Store::open(&mut memory);
    if let Some(why) = kiln.trouble() {
        return Err(StoreError::Unmounted(why));
    }
    let chance = Seed(seed).stream("what is done");
    Worker { kiln: &mut kiln, ledger, chance, now: Instant::from_millis(0) }.work(work)
}

fn try_case(case: Case, base: &NorFlash, before: &Ledger) -> Verdict {
    let Case { work, seed, after, tear, twice } = case;
    let mut chance = Seed(seed ^ after << 20).stream("the cut");
    let chip = base.copy(Some(Cut { after, tear, chance: chance.clone() }));
    let mut ledger = before.clone();
    let done = perform(work, seed, &chip, &mut ledger);
    if !chip.is_off() {
        return Verdict::Broken(format!("the power did not fail: {done:?}"));
    }
    let mut chip = chip.copy(None);
    if twice {
        let again = chip.copy(Some(Cut { after: chance.below(12), tear, chance }));
        drop(Store::open(&mut Memory::new(again.clone())));
        chip = again.copy(None);
    }
    judge(&chip, &ledger)
}

/// The next start: everything mounts, is as promised, and can be gone on with.
fn judge(chip: &NorFlash, ledger: &Ledger) -> Verdict {
    let mut memory = Memory::new(chip.clone());
    let mut kiln = Store::open(&mut memory);
    if let Some(why) = kiln.trouble() {
        return Verdict::Unmounted(format!("{why:?}"));
    }
    if let Err(why) = ledger.judge(&mut kiln) {
        return Verdict::Broken(why);
    }
    match go_on(&mut kiln, ledger) {
        Ok(()) => Verdict::Sound,
        Err(why) => Verdict::Broken(format!("it does not go on: {why:?}")),
    }
}

/// Works on: a document, and another row of the log that was cut off.
fn go_on(kiln: &mut Kiln<'_>, ledger: &Ledger) -> Result<(), StoreError> {
    kiln.write(Document::Kiln, 1, b"works on")?;
    let growing = ledger.growing.as_ref().filter(|growing| growing.safe > 0);
    let Some(growing) = growing.filter(|_| !ledger.may_be_new) else { return Ok(()) };
    let before = kiln.run_length(&growing.log)?;
    kiln.resume_run(&growing.log)?;
    kiln.append(Instant::from_millis(0), &"RECOVERY\n")?;
    kiln.flush()?;
    let rows = ledger::look(kiln, &Thing::Rows(growing.log.clone()))?.unwrap_or_default();
    if rows.len() == before + 9 && rows.ends_with(b"\nRECOVERY\n") { Ok(()) } else { Err(StoreError::Damaged) }
}
