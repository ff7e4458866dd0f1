//! One instruction of a state machine (RP2350 datasheet, 11.4).

use super::{Pio, SIDE_EN, SIDE_PINDIR};

/// What came of an instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// It is over; the next one follows.
    Next,
    /// It is over and has branched.
    Jumped,
    /// It waits.
    Stalled,
}

const fn mask(bits: u32) -> u32 {
    if bits >= 32 { u32::MAX } else { (1 << bits) - 1 }
}

/// A field of a number of bits where zero means 32.
const fn or_32(bits: u32) -> u32 {
    if bits == 0 { 32 } else { bits }
}

impl Pio {
    /// Runs every unit up to a cycle. `inputs` are the levels of the pins. Returns the cycle of the first change of a
    /// pin, where it stopped; `None` when all have come to `until`.
    pub fn run(&mut self, until: u64, inputs: &mut dyn FnMut() -> u32) -> Option<u64> {
        loop {
            let due = (0..4).filter(|at| {
                let unit = &self.units[*at];
                unit.enabled && !unit.stalled && unit.at >> 8 <= until
            });
            let at = due.min_by_key(|at| self.units[*at].at)?;
            let (before, when) = (self.out, self.units[at].at >> 8);
            self.step(at, inputs);
            if self.out != before {
                return Some(when);
            }
        }
    }

    /// Tries those that wait again: something outside has changed.
    pub fn poke(&mut self, now: u64) {
        for unit in self.units.iter_mut().filter(|unit| unit.stalled) {
            unit.stalled = false;
            unit.at = unit.at.max(now << 8);
        }
    }

    fn step(&mut self, at: usize, inputs: &mut dyn FnMut() -> u32) {
        let unit = &self.units[at];
        let forced = unit.forced;
        let code = forced.unwrap_or(self.program[unit.pc as usize & 31]);
        let cycle = unit.cycle();
        let delay = self.side_set(at, code);
        // A loop that only counts down is passed in one step.
        let code_of_jump = code >> 13 == 0 && u32::from(code & 31) == self.units[at].pc && forced.is_none();
        let condition = code >> 5 & 7;
        if code_of_jump && (condition == 2 || condition == 4) {
            let unit = &mut self.units[at];
            let counter = if condition == 2 { &mut unit.x } else { &mut unit.y };
            // It comes here once more than it counts; the register wraps at the end.
            let count = std::mem::replace(counter, u32::MAX);
            unit.at += (u64::from(count) + 1) * u64::from(delay + 1) * cycle;
            self.advance(at);
            return;
        }
        let outcome = self.carry_out(at, code, inputs);
        let unit = &mut self.units[at];
        if outcome == Outcome::Stalled {
            unit.stalled = true;
            return;
        }
        if unit.forced == forced {
            unit.forced = None;
        }
        unit.at += u64::from(delay + 1) * cycle;
        if outcome == Outcome::Next && forced.is_none() {
            self.advance(at);
        }
    }

    /// An instruction that was written to INSTR, at once.
    pub(super) fn force(&mut self, at: usize, now: u64) {
        let Some(code) = self.units[at].forced else { return };
        self.side_set(at, code);
        let outcome = self.carry_out(at, code, &mut || 0);
        let unit = &mut self.units[at];
        if outcome == Outcome::Jumped {
            // A count that was under way is left.
            unit.at = (now << 8) + unit.cycle();
        }
        if outcome == Outcome::Stalled {
            unit.stalled = true;
        } else if unit.forced == Some(code) {
            unit.forced = None;
        }
    }

    fn advance(&mut self, at: usize) {
        let unit = &mut self.units[at];
        let (bottom, top) = (unit.exec >> 7 & 31, unit.exec >> 12 & 31);
        unit.pc = if unit.pc == top { bottom } else { unit.pc + 1 & 31 };
    }

    /// Puts out what stands beside the instruction; returns its delay.
    fn side_set(&mut self, at: usize, code: u16) -> u32 {
        let unit = &self.units[at];
        let (count, base) = (unit.pins >> 29, unit.pins >> 10 & 31);
        let field = u32::from(code >> 8 & 31);
        let delay = field & mask(5 - count);
        let mut value = field >> (5 - count);
        let mut width = count;
        let optional = unit.exec & SIDE_EN != 0;
        let dirs = unit.exec & SIDE_PINDIR != 0;
        if optional {
            width = width.saturating_sub(1);
            if value >> width & 1 == 0 {
                return delay;
            }
            value &= mask(width);
        }
        self.put(base, width, value, dirs);
        delay
    }

    /// Puts bits on `width` pins from `base` on.
    fn put(&mut self, base: u32, width: u32, value: u32, dirs: bool) {
        if width == 0 {
            return;
        }
        let place = mask(width).rotate_left(base);
        let bits = (value & mask(width)).rotate_left(base);
        let target = if dirs { &mut self.out.1 } else { &mut self.out.0 };
        *target = *target & !place | bits;
    }

    fn carry_out(&mut self, at: usize, code: u16, inputs: &mut dyn FnMut() -> u32) -> Outcome {
        let (kind, field) = (u32::from(code >> 5 & 7), u32::from(code & 31));
        match code >> 13 {
            0 => self.jump(at, kind, field, inputs),
            1 => self.wait(at, kind, field, inputs),
            2 => self.shift_in(at, kind, or_32(field), inputs),
            3 => self.shift_out(at, kind, or_32(field)),
            4 if kind & 4 == 0 => self.push(at, kind),
            4 => self.pull(at, kind),
            5 => self.mov(at, kind, field, inputs),
            6 => self.irq(at, kind, field),
            _ => self.set(at, kind, field),
        }
    }

    fn jump(&mut self, at: usize, condition: u32, target: u32, inputs: &mut dyn FnMut() -> u32) -> Outcome {
        let unit = &mut self.units[at];
        let taken = match condition {
            0 => true,
            1 => unit.x == 0,
            2 => {
                unit.x = unit.x.wrapping_sub(1);
                unit.x != u32::MAX
            }
            3 => unit.y == 0,
            4 => {
                unit.y = unit.y.wrapping_sub(1);
                unit.y != u32::MAX
            }
            5 => unit.x != unit.y,
            6 => inputs() >> (unit.exec >> 24 & 31) & 1 != 0,
            _ => unit.osr_count < or_32(unit.shift >> 25 & 31),
        };
        if !taken {
            return Outcome::Next;
        }
        unit.pc = target;
        Outcome::Jumped
    }

    fn wait(&mut self, at: usize, kind: u32, index: u32, inputs: &mut dyn FnMut() -> u32) -> Outcome {
        let wanted = kind >> 2 & 1 != 0;
        let unit = &self.units[at];
        let level = match kind & 3 {
            0 => inputs() >> index & 1 != 0,
            1 => inputs() >> ((unit.pins >> 15 & 31) + index & 31) & 1 != 0,
            2 => self.irq >> flag(index, at) & 1 != 0,
            _ => inputs() >> ((unit.exec >> 24 & 31) + index & 31) & 1 != 0,
        };
        if level != wanted {
            return Outcome::Stalled;
        }
        if kind & 3 == 2 && wanted {
            self.irq &= !(1 << flag(index, at));
        }
        Outcome::Next
    }

    fn shift_in(&mut self, at: usize, source: u32, count: u32, inputs: &mut dyn FnMut() -> u32) -> Outcome {
        let unit = &self.units[at];
        let auto = unit.shift >> 16 & 1 != 0;
        let threshold = or_32(unit.shift >> 20 & 31);
        // With a full queue the instruction waits before it shifts.
        if auto && unit.isr_count + count >= threshold && unit.rx.len() >= unit.rx_depth() {
            return Outcome::Stalled;
        }
        let value = match source {
            0 => inputs().rotate_right(unit.pins >> 15 & 31) & in_mask(unit.shift),
            1 => unit.x,
            2 => unit.y,
            6 => unit.isr,
            7 => unit.osr,
            _ => 0,
        } & mask(count);
        let unit = &mut self.units[at];
        unit.isr = if count == 32 {
            value
        } else if unit.shift >> 18 & 1 != 0 {
            unit.isr >> count | value << (32 - count)
        } else {
            unit.isr << count | value
        };
        unit.isr_count = (unit.isr_count + count).min(32);
        if auto && unit.isr_count >= threshold {
            unit.rx.push_back(unit.isr);
            (unit.isr, unit.isr_count) = (0, 0);
        }
        Outcome::Next
    }

    fn shift_out(&mut self, at: usize, target: u32, count: u32) -> Outcome {
        let unit = &mut self.units[at];
        let auto = unit.shift >> 17 & 1 != 0;
        let threshold = or_32(unit.shift >> 25 & 31);
        if auto && unit.osr_count >= threshold {
            let Some(word) = unit.tx.pop_front() else { return Outcome::Stalled };
            (unit.osr, unit.osr_count) = (word, 0);
        }
        let right = unit.shift >> 19 & 1 != 0;
        let value = if right { unit.osr & mask(count) } else { unit.osr.rotate_left(count) & mask(count) };
        unit.osr = match (count, right) {
            (32, _) => 0,
            (_, true) => unit.osr >> count,
            (_, false) => unit.osr << count,
        };
        unit.osr_count = (unit.osr_count + count).min(32);
        if auto
            && unit.osr_count >= threshold
            && let Some(word) = unit.tx.pop_front()
        {
            (unit.osr, unit.osr_count) = (word, 0);
        }
        match target {
            1 => unit.x = value,
            2 => unit.y = value,
            5 => {
                unit.pc = value & 31;
                return Outcome::Jumped;
            }
            6 => (unit.isr, unit.isr_count) = (value, count),
            7 => unit.forced = Some(value as u16),
            0 | 4 => {
                let (base, width) = (unit.pins & 31, unit.pins >> 20 & 63);
                self.put(base, width, value, target == 4);
            }
            _ => {}
        }
        Outcome::Next
    }

    fn push(&mut self, at: usize, kind: u32) -> Outcome {
        let unit = &mut self.units[at];
        if kind & 2 != 0 && unit.isr_count < or_32(unit.shift >> 20 & 31) {
            return Outcome::Next;
        }
        if unit.rx.len() >= unit.rx_depth() {
            if kind & 1 != 0 {
                return Outcome::Stalled;
            }
        } else {
            unit.rx.push_back(unit.isr);
        }
        (unit.isr, unit.isr_count) = (0, 0);
        Outcome::Next
    }

    fn pull(&mut self, at: usize, kind: u32) -> Outcome {
        let unit = &mut self.units[at];
        if kind & 2 != 0 && unit.osr_count < or_32(unit.shift >> 25 & 31) {
            return Outcome::Next;
        }
        match unit.tx.pop_front() {
            Some(word) => unit.osr = word,
            None if kind & 1 != 0 => return Outcome::Stalled,
            // Without a word and without waiting, X is taken.
            None => unit.osr = unit.x,
        }
        unit.osr_count = 0;
        Outcome::Next
    }

    fn mov(&mut self, at: usize, target: u32, field: u32, inputs: &mut dyn FnMut() -> u32) -> Outcome {
        let unit = &self.units[at];
        let value = match field & 7 {
            0 => inputs().rotate_right(unit.pins >> 15 & 31) & in_mask(unit.shift),
            1 => unit.x,
            2 => unit.y,
            5 => {
                let level = unit.exec & 31;
                let (filled, limit) = (if unit.exec >> 5 & 1 == 0 { unit.tx.len() } else { unit.rx.len() }, level);
                if filled < limit as usize { u32::MAX } else { 0 }
            }
            6 => unit.isr,
            7 => unit.osr,
            _ => 0,
        };
        let value = match field >> 3 {
            1 => !value,
            2 => value.reverse_bits(),
            _ => value,
        };
        let unit = &mut self.units[at];
        match target {
            0 | 3 => {
                let (base, width) = (unit.pins & 31, unit.pins >> 20 & 63);
                self.put(base, width, value, target == 3);
            }
            1 => unit.x = value,
            2 => unit.y = value,
            4 => unit.forced = Some(value as u16),
            5 => {
                unit.pc = value & 31;
                return Outcome::Jumped;
            }
            6 => (unit.isr, unit.isr_count) = (value, 0),
            _ => (unit.osr, unit.osr_count) = (value, 0),
        }
        Outcome::Next
    }

    fn irq(&mut self, at: usize, kind: u32, index: u32) -> Outcome {
        let bit = 1 << flag(index, at);
        let (clear, wait) = (kind & 2 != 0, kind & 1 != 0);
        if self.units[at].waits_for_irq {
            if self.irq & bit != 0 {
                return Outcome::Stalled;
            }
            self.units[at].waits_for_irq = false;
            return Outcome::Next;
        }
        if clear {
            self.irq &= !bit;
            return Outcome::Next;
        }
        self.irq |= bit;
        self.units.iter_mut().for_each(|unit| unit.stalled = false);
        if wait {
            self.units[at].waits_for_irq = true;
            return Outcome::Stalled;
        }
        Outcome::Next
    }

    fn set(&mut self, at: usize, target: u32, value: u32) -> Outcome {
        let unit = &mut self.units[at];
        match target {
            1 => unit.x = value,
            2 => unit.y = value,
            0 | 4 => {
                let (base, width) = (unit.pins >> 5 & 31, unit.pins >> 26 & 7);
                self.put(base, width, value, target == 4);
            }
            _ => {}
        }
        Outcome::Next
    }
}

/// How many pins IN sees: IN_COUNT, where zero means all.
const fn in_mask(shift: u32) -> u32 {
    mask(or_32(shift & 31))
}

/// The flag that an index names: plain, or relative to the unit's number.
const fn flag(index: u32, at: usize) -> u32 {
    if index & 0x10 != 0 { index & 4 | (index + at as u32) & 3 } else { index & 7 }
}
