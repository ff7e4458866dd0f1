//! Memory that survives a reset: two blocks in turn, so that a reset in the middle of one leaves the other.
//!
//! On the board it lies in RAM that the start-up code leaves alone. What it holds after power came is noise, and noise is
//! no value: sequence and sum say so.

use super::block::Block;
use super::sync::constructor;
use super::words::Packed;
use kiln_core::restart::Remembered;

/// Room for what the control loop leaves for itself.
#[derive(Debug)]
#[repr(C)]
pub struct Kept {
    blocks: [Block<{ Remembered::WORDS }>; 2],
}

/// The writer's place: the number of the last value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn(u32);

impl Kept {
    constructor! {
        /// An empty one.
        pub fn new() -> Self {
            Self { blocks: [Block::new(), Block::new()] }
        }
    }

    /// Where a writer that begins goes on.
    pub fn turn(&self) -> Turn {
        let [first, second] = &self.blocks;
        Turn(first.last().max(second.last()))
    }

    /// Keeps a value in the place of the older one. One writer only.
    pub fn keep(&self, turn: &mut Turn, value: &Remembered) {
        let [first, second] = &self.blocks;
        let block = if turn.0 & 2 == 0 { first } else { second };
        block.publish(&mut turn.0, value);
    }

    /// The newest value that is whole.
    pub fn newest(&self) -> Option<Remembered> {
        let [first, second] = &self.blocks;
        let (newer, older) = if first.last() >= second.last() { (first, second) } else { (second, first) };
        newer.newest().or_else(|| older.newest())
    }
}

impl Default for Kept {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(all(test, not(any(loom, shuttle))))]
mod tests {
    use super::super::sync::with_fuel;
    use super::*;
    use kiln_core::units::Millis;

    fn value(seconds: u64) -> Remembered {
        Remembered { uptime: Millis::from_seconds(seconds), ..Remembered::default() }
    }

    #[test]
    fn the_newest_is_found_again() {
        let kept = Kept::new();
        assert_eq!(kept.newest(), None);
        let mut turn = kept.turn();
        for seconds in 1..20 {
            kept.keep(&mut turn, &value(seconds));
            assert_eq!(kept.newest(), Some(value(seconds)));
            assert_eq!(kept.turn(), turn, "a writer that begins anew goes on");
        }
    }

    #[test]
    fn a_reset_at_any_store_leaves_the_old_or_the_new() {
        // More stores than it takes to keep one value; the last of them end with the new one.
        let stores = u32::try_from(size_of::<Kept>() / size_of::<u32>()).unwrap();
        let stride = if cfg!(miri) { 97 } else { 1 };
        let mut seen = [0; 2];
        for fuel in (0..stores).step_by(stride) {
            let kept = Kept::new();
            let mut turn = kept.turn();
            kept.keep(&mut turn, &value(1));
            kept.keep(&mut turn, &value(2));
            with_fuel(fuel, || kept.keep(&mut turn, &value(3)));
            let found = kept.newest();
            assert!(found == Some(value(2)) || found == Some(value(3)), "{fuel}: {found:?}");
            seen[usize::from(found == Some(value(3)))] += 1;
            let mut again = kept.turn();
            kept.keep(&mut again, &value(4));
            assert_eq!(kept.newest(), Some(value(4)), "{fuel}");
        }
        assert!(seen.iter().all(|count| *count > 0), "cut before the last store and after it: {seen:?}");
    }
}
