//! Where instructions go: how often each address was executed, told by function.

use std::collections::BTreeMap;

use super::Image;
use crate::chip::{FLASH, RAM};

/// Half words that are counted in flash and in RAM.
const HALVES: usize = 0x10_0000;

/// Counts by core and address.
#[derive(Clone, Debug)]
pub struct Spent {
    flash: Vec<u64>,
    ram: Vec<u64>,
    core: usize,
}

impl Spent {
    /// Of a core, nothing counted yet.
    pub fn new(core: usize) -> Self {
        Self { flash: vec![0; HALVES], ram: vec![0; HALVES], core }
    }

    #[inline]
    pub(super) fn count(&mut self, core: usize, pc: u32) {
        if core != self.core {
            return;
        }
        let (counts, base) = if pc >= RAM { (&mut self.ram, RAM) } else { (&mut self.flash, FLASH) };
        if let Some(count) = counts.get_mut(pc.wrapping_sub(base) as usize / 2) {
            *count += 1;
        }
    }

    /// Instructions by function, the most first: a function reaches to the next symbol.
    pub fn by_function(&self, names: &Image) -> Vec<(String, u64)> {
        let mut starts: Vec<(u32, &str)> = names.functions().collect();
        starts.sort_unstable();
        let mut sums: BTreeMap<&str, u64> = BTreeMap::new();
        let places = |base: u32| (base..).step_by(2);
        let all = places(FLASH).zip(&self.flash).chain(places(RAM).zip(&self.ram));
        for (address, count) in all.filter(|(_, count)| **count > 0) {
            let after = starts.partition_point(|(start, _)| *start <= address);
            let name = after.checked_sub(1).and_then(|at| starts.get(at)).map_or("?", |(_, name)| name);
            *sums.entry(name).or_default() += count;
        }
        let mut sums: Vec<(String, u64)> = sums.into_iter().map(|(name, count)| (name.to_owned(), count)).collect();
        sums.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        sums
    }
}
