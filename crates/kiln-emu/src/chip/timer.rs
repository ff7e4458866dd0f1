//! TIMER0 and TIMER1: 64 bits of microseconds and four alarms (RP2350 datasheet, 12.8).

/// One timer.
#[derive(Clone, Debug, Default)]
pub struct Timer {
    /// Whether its tick runs, and since when: the microsecond at which it stood at `counted`.
    running_since: Option<u64>,
    counted: u64,
    latched: u32,
    alarms: [u32; 4],
    /// When each armed alarm fires, in the timer's own microseconds.
    due: [Option<u64>; 4],
    inte: u32,
    intr: u32,
    intf: u32,
    debug_pause: u32,
    pause: u32,
    source: u32,
}

impl Timer {
    /// After reset.
    pub fn new() -> Self {
        Self { debug_pause: 7, ..Self::default() }
    }

    /// Starts or stops the tick.
    pub fn run(&mut self, runs: bool, now_us: u64) {
        if runs && self.running_since.is_none() {
            self.running_since = Some(now_us);
        } else if !runs {
            self.counted = self.time(now_us);
            self.running_since = None;
        }
    }

    /// What it shows.
    pub fn time(&self, now_us: u64) -> u64 {
        self.counted + self.running_since.map_or(0, |since| now_us - since)
    }

    /// When the next alarm fires.
    pub fn next_us(&self, now_us: u64) -> Option<u64> {
        self.running_since?;
        let shown = self.time(now_us);
        self.due.iter().flatten().min().map(|due| now_us + due.saturating_sub(shown))
    }

    /// Fires the alarms whose moment has come.
    pub fn settle(&mut self, now_us: u64) {
        let shown = self.time(now_us);
        for (at, due) in self.due.iter_mut().enumerate() {
            if due.is_some_and(|due| due <= shown) {
                *due = None;
                self.intr |= 1 << at;
            }
        }
    }

    /// Levels of the four interrupt lines.
    pub const fn lines(&self) -> u32 {
        (self.intr | self.intf) & self.inte
    }

    fn armed(&self) -> u32 {
        self.due.iter().enumerate().map(|(at, due)| u32::from(due.is_some()) << at).sum()
    }

    /// Reads a register; `None` where there is none.
    pub fn load(&mut self, offset: u32, now_us: u64) -> Option<u32> {
        self.settle(now_us);
        let shown = self.time(now_us);
        Some(match offset {
            0x08 => self.latched,
            0x0C => {
                self.latched = (shown >> 32) as u32;
                shown as u32
            }
            0x10..=0x1C => self.alarms[(offset as usize - 0x10) / 4],
            0x20 => self.armed(),
            0x24 => (shown >> 32) as u32,
            0x28 => shown as u32,
            0x2C => self.debug_pause,
            0x30 => self.pause,
            0x34 => 0,
            0x38 => self.source,
            0x3C => self.intr,
            0x40 => self.inte,
            0x44 => self.intf,
            0x48 => self.lines(),
            _ => return None,
        })
    }

    /// Writes a register; `None` where there is none, or for what the machine does not do.
    pub fn store(&mut self, offset: u32, value: u32, now_us: u64) -> Option<()> {
        let shown = self.time(now_us);
        match offset {
            0x10..=0x1C => {
                let at = (offset as usize - 0x10) / 4;
                self.alarms[at] = value;
                // It fires when the lower half of the time equals it: now at the earliest a tick ahead.
                let ahead = value.wrapping_sub(shown as u32);
                let ahead = if ahead == 0 { 1 << 32 } else { u64::from(ahead) };
                self.due[at] = Some(shown + ahead);
            }
            0x20 => {
                for (at, due) in self.due.iter_mut().enumerate().filter(|(at, _)| value >> at & 1 != 0) {
                    let _ = at;
                    *due = None;
                }
            }
            0x2C => self.debug_pause = value,
            0x30 if value == 0 => self.pause = 0,
            0x38 if value == 0 => self.source = 0,
            0x3C => self.intr &= !value,
            0x40 => self.inte = value & 15,
            0x44 => self.intf = value & 15,
            _ => return None,
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alarm_fires_once_at_its_moment() {
        let mut timer = Timer::new();
        timer.store(0x40, 1, 0).unwrap();
        timer.run(true, 100);
        timer.store(0x10, 50, 120).unwrap();
        assert_eq!(timer.next_us(120), Some(150));
        timer.settle(149);
        assert_eq!((timer.lines(), timer.load(0x20, 149)), (0, Some(1)));
        timer.settle(150);
        assert_eq!((timer.lines(), timer.load(0x20, 150)), (1, Some(0)));
        timer.store(0x3C, 1, 151).unwrap();
        assert_eq!((timer.lines(), timer.next_us(151)), (0, None));
    }

    #[test]
    fn a_moment_that_has_passed_comes_again_after_the_counter_has_wrapped() {
        let mut timer = Timer::new();
        timer.run(true, 0);
        timer.store(0x10, 5, 10).unwrap();
        assert_eq!(timer.next_us(10), Some((1 << 32) + 5));
    }

    #[test]
    fn a_timer_without_its_tick_stands() {
        let mut timer = Timer::new();
        assert_eq!(timer.load(0x28, 500), Some(0));
        timer.run(true, 500);
        timer.run(false, 700);
        assert_eq!(timer.load(0x28, 900), Some(200));
    }
}
