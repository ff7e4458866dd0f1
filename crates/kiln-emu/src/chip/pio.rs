//! A PIO block: four small processors that move bits between queues and pins (RP2350 datasheet, 11).
//!
//! Each runs at its own divided clock. A loop that only counts down is passed over in one step, so that a slow program
//! costs nothing while it waits.

use std::collections::VecDeque;

mod step;

/// Bits of EXECCTRL, SHIFTCTRL.
const STALLED: u32 = 1 << 31;
const SIDE_EN: u32 = 1 << 30;
const SIDE_PINDIR: u32 = 1 << 29;

/// One state machine.
#[derive(Clone, Debug, Default)]
struct Unit {
    enabled: bool,
    divider: u32,
    exec: u32,
    shift: u32,
    pins: u32,
    pc: u32,
    x: u32,
    y: u32,
    isr: u32,
    isr_count: u32,
    osr: u32,
    osr_count: u32,
    tx: VecDeque<u32>,
    rx: VecDeque<u32>,
    /// When the next instruction begins, in 1/256 of a cycle.
    at: u64,
    /// It waits for something: nothing happens before that has changed.
    stalled: bool,
    /// An instruction written to INSTR, or by OUT EXEC or MOV EXEC.
    forced: Option<u16>,
    /// It waits for an interrupt flag that it has set itself.
    waits_for_irq: bool,
}

/// The block.
#[derive(Clone, Debug)]
pub struct Pio {
    units: [Unit; 4],
    program: [u16; 32],
    irq: u32,
    /// Levels and enables that go out.
    pub out: (u32, u32),
    debug: u32,
    bypass: u32,
    gpio_base: u32,
    inte: [u32; 2],
    intf: [u32; 2],
}

impl Unit {
    fn new() -> Self {
        Self {
            divider: 1 << 16,
            exec: 0x0001_F000,
            shift: 0x000C_0000,
            pins: 0x1400_0000,
            osr_count: 32,
            ..Self::default()
        }
    }

    fn tx_depth(&self) -> usize {
        match self.shift >> 30 {
            1 => 8,
            2 => 0,
            _ => 4,
        }
    }

    fn rx_depth(&self) -> usize {
        match self.shift >> 30 {
            1 => 0,
            2 => 8,
            _ => 4,
        }
    }

    /// Length of a cycle of its own, in 1/256 of a cycle of the system.
    fn cycle(&self) -> u64 {
        let whole = self.divider >> 16;
        let whole = if whole == 0 { 65_536 } else { whole };
        u64::from(whole) << 8 | u64::from(self.divider >> 8 & 0xFF)
    }
}

impl Pio {
    /// After reset.
    pub fn new() -> Self {
        Self {
            units: std::array::from_fn(|_| Unit::new()),
            program: [0; 32],
            irq: 0,
            out: (0, 0),
            debug: 0,
            bypass: 0,
            gpio_base: 0,
            inte: [0; 2],
            intf: [0; 2],
        }
    }

    /// Whether a request of DMA is granted: 0 to 3 for room in a transmit queue, 4 to 7 for a word in a receive queue.
    pub fn grants(&self, request: u32) -> bool {
        let unit = &self.units[(request & 3) as usize];
        if request & 4 == 0 { unit.tx.len() < unit.tx_depth() } else { !unit.rx.is_empty() }
    }

    /// Levels of the two interrupt lines.
    pub fn lines(&self) -> u32 {
        (0..2).map(|line| u32::from((self.raw() | self.intf[line]) & self.inte[line] != 0) << line).sum()
    }

    fn raw(&self) -> u32 {
        let per = |what: &dyn Fn(&Unit) -> bool| -> u32 {
            self.units.iter().enumerate().map(|(at, unit)| u32::from(what(unit)) << at).sum()
        };
        per(&|unit| !unit.rx.is_empty()) | per(&|unit| unit.tx.len() < unit.tx_depth()) << 4 | (self.irq & 0xFF) << 8
    }

    /// When the next instruction of any unit begins, in cycles.
    pub fn next(&self) -> Option<u64> {
        let runs = self.units.iter().filter(|unit| unit.enabled && !unit.stalled);
        runs.map(|unit| (unit.at + 255) >> 8).min()
    }

    /// Reads a register; `None` where there is none.
    pub fn load(&mut self, offset: u32) -> Option<u32> {
        let unit_at = (offset.wrapping_sub(0xC8) / 0x18) as usize;
        Some(match offset {
            0x00 => self.units.iter().enumerate().map(|(at, unit)| u32::from(unit.enabled) << at).sum(),
            0x04 => {
                let per = |what: &dyn Fn(&Unit) -> bool| -> u32 {
                    self.units.iter().enumerate().map(|(at, unit)| u32::from(what(unit)) << at).sum()
                };
                per(&|unit| unit.rx.len() >= unit.rx_depth())
                    | per(&|unit| unit.rx.is_empty()) << 8
                    | per(&|unit| unit.tx.len() >= unit.tx_depth()) << 16
                    | per(&|unit| unit.tx.is_empty()) << 24
            }
            0x08 => self.debug,
            0x0C => self
                .units
                .iter()
                .enumerate()
                .map(|(at, unit)| (unit.tx.len() as u32 & 15 | (unit.rx.len() as u32 & 15) << 4) << (8 * at))
                .sum(),
            0x10..=0x1C => 0,
            0x20..=0x2C => {
                let unit = &mut self.units[(offset as usize - 0x20) / 4];
                unit.stalled = false;
                unit.rx.pop_front().unwrap_or_default()
            }
            0x30 => self.irq,
            0x34 => 0,
            0x38 => self.bypass,
            0x3C => self.out.0,
            0x40 => self.out.1,
            // Version 1, 32 instructions, 4 units, queues of 4.
            0x44 => 1 << 28 | 32 << 16 | 4 << 8 | 4,
            0xC8..=0x127 => {
                let unit = &self.units[unit_at];
                match (offset - 0xC8) % 0x18 {
                    0x00 => unit.divider,
                    0x04 => unit.exec | if unit.stalled { STALLED } else { 0 },
                    0x08 => unit.shift,
                    0x0C => unit.pc,
                    0x10 => u32::from(unit.forced.unwrap_or(self.program[unit.pc as usize & 31])),
                    _ => unit.pins,
                }
            }
            0x168 => self.gpio_base,
            0x16C => self.raw(),
            0x170 | 0x17C => self.inte[usize::from(offset == 0x17C)],
            0x174 | 0x180 => self.intf[usize::from(offset == 0x180)],
            0x178 | 0x184 => {
                let line = usize::from(offset == 0x184);
                (self.raw() | self.intf[line]) & self.inte[line]
            }
            _ => return None,
        })
    }

    /// Writes a register; `None` where there is none, or for what the machine does not do. `now` in cycles.
    pub fn store(&mut self, offset: u32, value: u32, now: u64) -> Option<()> {
        match offset {
            0x00 => self.control(value, now)?,
            0x08 => self.debug &= !value,
            0x10..=0x1C => {
                let unit = &mut self.units[(offset as usize - 0x10) / 4];
                if unit.tx.len() < unit.tx_depth() {
                    unit.tx.push_back(value);
                }
                unit.stalled = false;
                unit.at = unit.at.max(now << 8);
            }
            0x30 => {
                self.irq &= !value;
                self.units.iter_mut().for_each(|unit| unit.stalled = false);
            }
            0x34 => {
                self.irq |= value & 0xFF;
                self.units.iter_mut().for_each(|unit| unit.stalled = false);
            }
            0x38 => self.bypass = value,
            0x48..=0xC4 => self.program[(offset as usize - 0x48) / 4] = value as u16,
            0xC8..=0x127 => self.store_unit(offset - 0xC8, value, now)?,
            0x168 if value == 0 => self.gpio_base = 0,
            0x170 | 0x17C => self.inte[usize::from(offset == 0x17C)] = value & 0xFFFF,
            0x174 | 0x180 => self.intf[usize::from(offset == 0x180)] = value & 0xFFFF,
            _ => return None,
        }
        Some(())
    }

    /// CTRL: enables, restarts, and restarts of the clock dividers. Other blocks cannot be reached from here.
    fn control(&mut self, value: u32, now: u64) -> Option<()> {
        if value >> 12 != 0 {
            return None;
        }
        for (at, unit) in self.units.iter_mut().enumerate() {
            if value >> (4 + at) & 1 != 0 {
                unit.isr_count = 0;
                unit.isr = 0;
                unit.osr_count = 32;
                unit.forced = None;
                unit.waits_for_irq = false;
                unit.stalled = false;
                unit.at = unit.at.max(now << 8);
            }
            if value >> (8 + at) & 1 != 0 {
                unit.at = now << 8;
            }
            let enabled = value >> at & 1 != 0;
            if enabled && !unit.enabled {
                unit.at = now << 8;
                unit.stalled = false;
            }
            unit.enabled = enabled;
        }
        Some(())
    }

    fn store_unit(&mut self, offset: u32, value: u32, now: u64) -> Option<()> {
        let at = (offset / 0x18) as usize;
        let unit = &mut self.units[at];
        unit.stalled = false;
        unit.at = unit.at.max(now << 8);
        match offset % 0x18 {
            0x00 => unit.divider = value & 0xFFFF_FF00,
            // OUT_STICKY and INLINE_OUT_EN are not done here.
            0x04 if value & (1 << 17 | 1 << 18) == 0 => unit.exec = value & !STALLED,
            // RX queues as register files are not done here; changing who has the queues empties them.
            0x08 if value & (3 << 14) == 0 => {
                if (unit.shift ^ value) >> 30 != 0 {
                    unit.tx.clear();
                    unit.rx.clear();
                }
                unit.shift = value;
            }
            0x10 => {
                // Carried out at once, whether the unit is enabled or not.
                unit.forced = Some(value as u16);
                self.force(at, now);
            }
            0x14 => unit.pins = value,
            _ => return None,
        }
        Some(())
    }
}
