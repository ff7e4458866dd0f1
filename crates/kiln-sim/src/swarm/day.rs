//! A usual day on top of the weather: somebody looks in, a sample is lost now and then, the mains sag.
//!
//! None of it is a fault. It is served before the fault of the firing, which may do worse.

use crate::random::{Seed, Stream};
use crate::world::World;

/// The share of the samples that is lost.
const DROPPED: f64 = 0.01;
/// How often somebody looks in, and how often the mains sag.
const TIMES: usize = 2;

/// A usual day.
#[derive(Clone, Debug)]
pub(super) struct Day {
    drops: Stream,
    peeks: [Spell; TIMES],
    sags: [Spell; TIMES],
    was_on: bool,
}

/// Something from one moment to another, ms after the start, and how much of it.
#[derive(Clone, Copy, Debug, Default)]
struct Spell {
    from_ms: u64,
    until_ms: u64,
    size: f64,
}

impl Day {
    /// The day of a seed, for a firing that nominally takes `nominal_s`.
    pub(super) fn new(seed: Seed, nominal_s: f64) -> Self {
        let mut chance = seed.stream("usual day");
        let mut spell = |seconds: (f64, f64), size: (f64, f64)| {
            let from_ms = (chance.between(0.02, 0.95) * nominal_s * 1000.0) as u64;
            let until_ms = from_ms + (chance.between(seconds.0, seconds.1) * 1000.0) as u64;
            Spell { from_ms, until_ms, size: chance.between(size.0, size.1) }
        };
        let peeks = core::array::from_fn(|_| spell((15.0, 90.0), (0.05, 0.3)));
        let sags = core::array::from_fn(|_| spell((60.0, 900.0), (0.81, 0.90)));
        Self { drops: seed.stream("lost samples"), peeks, sags, was_on: false }
    }

    /// Serves one slot, `now_ms` after the start.
    pub(super) fn serve<const N: usize>(&mut self, world: &mut World<N>, now_ms: u64) {
        if !now_ms.is_multiple_of(500) {
            return;
        }
        let size = |spells: &[Spell]| {
            spells.iter().find(|spell| (spell.from_ms..spell.until_ms).contains(&now_ms)).map(|s| s.size)
        };
        let (lid, mains) = (size(&self.peeks), size(&self.sags));
        if lid.is_some() || mains.is_some() || self.was_on {
            world.broken.lid = lid.unwrap_or(0.0);
            world.broken.mains = mains.unwrap_or(1.0);
            self.was_on = lid.is_some() || mains.is_some();
        }
        if now_ms.is_multiple_of(1000) && self.drops.unit() < DROPPED {
            world.hardware().chip.fail_after(0);
        }
    }
}
