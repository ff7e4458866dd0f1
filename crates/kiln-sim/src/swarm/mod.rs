//! Firings by the thousand, each on a bad day of its own, judged at the pin and at the true temperature.
//!
//! One seed is one firing: kiln, profile, settings, day, fault and moment follow from it, so a failing seed can be
//! flown again. Firings run side by side and are summed up in the order of their seeds: the sum is the same whatever
//! the number of threads.

pub mod check;
mod day;
mod draw;
mod flight;
mod profiles;
mod tally;

pub use draw::{Scenario, Wanted};
pub use flight::{Flown, How, Shown, fly, fly_watched};
pub use tally::Tally;

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::faults::Menu;

/// Flies the firings of the seeds `first..first + count` on that many threads and gives them in the order of seeds.
///
/// # Errors
/// The first seed whose firing could not even begin, and why.
pub fn fly_all(first: u64, count: u64, wanted: &Wanted, menu: &Menu, threads: usize) -> Result<Vec<Flown>, String> {
    let next = AtomicU64::new(0);
    let flown: Mutex<Vec<(u64, Result<Flown, String>)>> = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..threads.max(1) {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    if index >= count {
                        break;
                    }
                    let seed = first + index;
                    let result = Scenario::draw(seed, wanted, menu).and_then(|scenario| fly(&scenario));
                    let result = result.map_err(|why| format!("seed {seed}: {why}"));
                    flown.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((seed, result));
                }
            });
        }
    });
    let mut flown = flown.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    flown.sort_by_key(|(seed, _)| *seed);
    flown.into_iter().map(|(_, result)| result).collect()
}
