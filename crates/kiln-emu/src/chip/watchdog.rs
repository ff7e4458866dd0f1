//! WATCHDOG: resets the chip when it is not fed, and keeps eight words over it (RP2350 datasheet, 12.9).

/// The watchdog's registers.
#[derive(Clone, Debug, Default)]
pub struct Watchdog {
    enabled: bool,
    pause: u32,
    load_us: u32,
    deadline_us: Option<u64>,
    reason: u32,
    scratch: [u32; 8],
    /// A reset is due: asked for by TRIGGER.
    triggered: bool,
    /// How often it was fed.
    pub feeds: u64,
    /// When it was fed last, µs.
    fed_us: Option<u64>,
    /// The longest time between two meals, µs; to be cleared by whoever measures.
    pub gap_us: u64,
}

impl Watchdog {
    /// After power came.
    pub fn new() -> Self {
        Self { pause: 7 << 24, ..Self::default() }
    }

    /// When it bites, if nobody feeds it.
    pub const fn next_us(&self) -> Option<u64> {
        self.deadline_us
    }

    /// Whether it bites now.
    pub fn bites(&self, now_us: u64) -> bool {
        self.triggered || self.deadline_us.is_some_and(|deadline| now_us >= deadline)
    }

    /// The reset that follows: reason and scratch stay, all else is as after power came.
    pub fn reset(&mut self) {
        let reason = if self.triggered { 2 } else { 1 };
        *self = Self { reason, scratch: self.scratch, feeds: self.feeds, ..Self::new() };
    }

    /// Why the chip was reset; zero after power came.
    pub const fn reason(&self) -> u32 {
        self.reason
    }

    fn arm(&mut self, now_us: u64) {
        self.deadline_us = self.enabled.then(|| now_us + u64::from(self.load_us));
    }

    /// Reads a register; `None` where there is none.
    pub fn load(&self, offset: u32, now_us: u64) -> Option<u32> {
        Some(match offset {
            0x00 => {
                let left = self.deadline_us.map_or(0, |deadline| deadline.saturating_sub(now_us) as u32 & 0xFF_FFFF);
                self.pause | u32::from(self.enabled) << 30 | left
            }
            0x04 => 0,
            0x08 => self.reason,
            0x0C..=0x28 => self.scratch[(offset as usize - 0x0C) / 4],
            _ => return None,
        })
    }

    /// Writes a register; `None` where there is none.
    pub fn store(&mut self, offset: u32, value: u32, now_us: u64) -> Option<()> {
        match offset {
            0x00 => {
                self.triggered |= value >> 31 != 0;
                self.pause = value & 7 << 24;
                let enabled = value >> 30 & 1 != 0;
                if enabled != self.enabled {
                    self.enabled = enabled;
                    self.arm(now_us);
                }
            }
            0x04 => {
                self.load_us = value & 0xFF_FFFF;
                self.feeds += 1;
                let gap = self.fed_us.map_or(0, |fed| now_us - fed);
                self.gap_us = self.gap_us.max(gap);
                self.fed_us = Some(now_us);
                self.arm(now_us);
            }
            0x0C..=0x28 => self.scratch[(offset as usize - 0x0C) / 4] = value,
            _ => return None,
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_bites_when_it_is_not_fed_and_remembers_why() {
        let mut dog = Watchdog::new();
        dog.store(4, 500, 0).unwrap();
        dog.store(0, 1 << 30, 0).unwrap();
        dog.store(4, 500, 300).unwrap();
        assert!(!dog.bites(799) && dog.bites(800));
        dog.store(0x0C, 7, 0).unwrap();
        dog.reset();
        assert_eq!((dog.load(8, 0), dog.load(0x0C, 0), dog.next_us()), (Some(1), Some(7), None));
        dog.store(0, 1 << 31, 0).unwrap();
        dog.reset();
        assert_eq!(dog.reason(), 2);
    }
}
