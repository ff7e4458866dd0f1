//! Exceptions: which comes first, how it is entered and how it is left.
//!
//! The floating-point registers are stacked at once where a core may wait until they are needed (lazy stacking); a
//! program sees no difference but in FPCCR and FPCAR.

use super::{Bus, Cpu, Rest, Stop, Trap};

/// Numbers of the exceptions that have names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
#[expect(missing_docs, reason = "the manual's own names")]
pub enum Exception {
    HardFault = 3,
    MemManage = 4,
    BusFault = 5,
    UsageFault = 6,
    SvCall = 11,
}

/// An urgency that everything else beats.
const NONE: i32 = 256;
/// The frame without and with floating-point registers, bytes.
const FRAME: u32 = 0x20;
const LONG_FRAME: u32 = 0x68;

impl Cpu {
    fn group(&self, priority: u8) -> i32 {
        i32::from(priority) & !((2 << self.ppb.priority_grouping()) - 1)
    }

    /// How urgent an exception is; smaller is more urgent.
    fn priority_of(&self, number: u16) -> i32 {
        match number {
            1 => -4,
            2 => -2,
            3 => -1,
            _ => self.ppb.nvic.priority.get(usize::from(number)).map_or(NONE, |priority| self.group(*priority)),
        }
    }

    fn active_priority(&self) -> i32 {
        let mut active = self.ppb.nvic.active;
        let mut least = NONE;
        while active != 0 {
            let number = active.trailing_zeros() as u16;
            least = least.min(self.priority_of(number));
            active &= active - 1;
        }
        least
    }

    /// What a new exception must beat (ExecutionPriority).
    pub(super) fn execution_priority(&self) -> i32 {
        let mut priority = self.active_priority();
        if self.basepri != 0 {
            priority = priority.min(self.group(self.basepri));
        }
        if self.primask {
            priority = priority.min(0);
        }
        if self.faultmask {
            priority = priority.min(-1);
        }
        priority
    }

    /// The most urgent pending exception and its urgency.
    fn most_urgent(&self) -> Option<(i32, u16)> {
        let mut waiting = self.ppb.nvic.pending & self.ppb.nvic.enabled;
        let mut best: Option<(i32, u16)> = None;
        while waiting != 0 {
            let number = waiting.trailing_zeros() as u16;
            let candidate = (self.priority_of(number), number);
            if best.is_none_or(|best| candidate < best) {
                best = Some(candidate);
            }
            waiting &= waiting - 1;
        }
        best
    }

    /// The exception to be taken now.
    pub(super) fn urgent(&self) -> Option<u16> {
        let (priority, number) = self.most_urgent()?;
        (priority < self.execution_priority()).then_some(number)
    }

    /// Whether a pending exception ends a sleep. WFI looks past PRIMASK, WFE does not, but for SEVONPEND.
    pub(super) fn would_wake(&self, past_primask: bool) -> bool {
        if !past_primask && self.ppb.wakes_on_pending() && self.ppb.nvic.pending >> 16 != 0 {
            return true;
        }
        let Some((priority, _)) = self.most_urgent() else { return false };
        let mut limit = self.active_priority();
        if self.basepri != 0 {
            limit = limit.min(self.group(self.basepri));
        }
        if self.primask && !past_primask {
            limit = limit.min(0);
        }
        priority < limit
    }

    /// A fault of an instruction: notes what it was and takes it.
    #[cold]
    pub(super) fn fault<B: Bus>(&mut self, trap: Trap, bus: &mut B) -> Result<(), Box<Stop>> {
        let (number, after) = match trap {
            Trap::Stop(stop) => return Err(stop),
            Trap::Usage(bits) => {
                self.ppb.cfsr |= bits;
                (Exception::UsageFault, self.pc)
            }
            Trap::Bus { fetch: true, .. } => {
                self.ppb.cfsr |= 1 << 8;
                (Exception::BusFault, self.pc)
            }
            Trap::Bus { address, .. } => {
                self.ppb.cfsr |= 1 << 9 | 1 << 15;
                self.ppb.bfar = address;
                (Exception::BusFault, self.pc)
            }
            Trap::Memory { fetch: true, .. } => {
                self.ppb.cfsr |= 1;
                (Exception::MemManage, self.pc)
            }
            Trap::Memory { address, .. } => {
                self.ppb.cfsr |= 1 << 1 | 1 << 7;
                self.ppb.mmfar = address;
                (Exception::MemManage, self.pc)
            }
            Trap::Call => (Exception::SvCall, self.next),
            Trap::Break => {
                self.ppb.hfsr |= 1 << 31;
                return self.take_fault(Exception::HardFault as u16, self.pc, bus);
            }
        };
        let number = number as u16;
        if number == Exception::SvCall as u16 && self.it != 0 {
            // The instruction is over: the block goes on behind it.
            self.it = if self.it & 7 == 0 { 0 } else { self.it & 0xE0 | self.it << 1 & 0x1F };
        }
        let beats = self.priority_of(number) < self.execution_priority();
        if beats && self.ppb.nvic.enabled >> number & 1 != 0 {
            return self.take_fault(number, after, bus);
        }
        self.ppb.hfsr |= 1 << 30;
        self.take_fault(Exception::HardFault as u16, after, bus)
    }

    fn take_fault<B: Bus>(&mut self, number: u16, after: u32, bus: &mut B) -> Result<(), Box<Stop>> {
        if number == Exception::HardFault as u16 && self.execution_priority() <= -1 {
            self.rest = Rest::Lockup;
            return Ok(());
        }
        self.take(number, after, bus)
    }

    /// Enters an exception: stacks what the caller keeps and goes to the vector.
    pub(super) fn take<B: Bus>(&mut self, number: u16, after: u32, bus: &mut B) -> Result<(), Box<Stop>> {
        let mut number = number;
        let link =
            0xFFFF_FFE1_u32 | u32::from(!self.fpca) << 4 | u32::from(self.ipsr == 0) << 3 | u32::from(self.spsel) << 2;
        let derived = match self.stack_frame(after, bus) {
            Ok(()) => None,
            Err(Trap::Stop(stop)) => return Err(stop),
            Err(Trap::Usage(bits)) => {
                self.ppb.cfsr |= bits;
                Some(Exception::UsageFault)
            }
            Err(Trap::Memory { .. }) => {
                self.ppb.cfsr |= 1 << 4;
                Some(Exception::MemManage)
            }
            Err(_) => {
                self.ppb.cfsr |= 1 << 12;
                Some(Exception::BusFault)
            }
        };
        if let Some(derived) = derived {
            self.ppb.nvic.pending |= 1 << number;
            number = self.escalate(derived as u16);
            if self.priority_of(number) >= self.execution_priority() {
                self.rest = Rest::Lockup;
                return Ok(());
            }
            // The more urgent of the two goes first; the other waits.
            if let Some((_, first)) = self.most_urgent().filter(|best| *best < (self.priority_of(number), number)) {
                self.ppb.nvic.pending |= 1 << number;
                number = first;
            }
        }
        self.enter(number, link, bus)
    }

    /// The exception that a derived fault becomes.
    fn escalate(&mut self, number: u16) -> u16 {
        if self.ppb.nvic.enabled >> number & 1 != 0 && self.priority_of(number) < self.execution_priority() {
            return number;
        }
        self.ppb.hfsr |= 1 << 30;
        Exception::HardFault as u16
    }

    fn stack_frame<B: Bus>(&mut self, after: u32, bus: &mut B) -> Result<(), Trap> {
        let stack = self.r[13];
        let size = if self.fpca { LONG_FRAME } else { FRAME };
        let frame = stack.wrapping_sub(size) & !7;
        let limit = self.stack_limit();
        if frame < limit {
            self.r[13] = limit;
            return Err(Trap::STACK_OVERFLOW);
        }
        self.r[13] = frame;
        self.lowest_msp = self.lowest_msp.min(frame);
        let xpsr = self.xpsr() & !(1 << 9) | u32::from(stack & 4 != 0) << 9;
        let words = [self.r[0], self.r[1], self.r[2], self.r[3], self.r[12], self.r[14], after, xpsr];
        let mut address = frame;
        for word in words {
            self.write(bus, address, 4, word)?;
            address += 4;
        }
        if self.fpca {
            for at in 0..16 {
                self.write(bus, address, 4, self.s[at])?;
                address += 4;
            }
            self.write(bus, address, 4, self.fpscr)?;
        }
        Ok(())
    }

    fn enter<B: Bus>(&mut self, number: u16, link: u32, bus: &mut B) -> Result<(), Box<Stop>> {
        if self.spsel && self.ipsr == 0 {
            std::mem::swap(&mut self.r[13], &mut self.other_sp);
        }
        self.spsel = false;
        self.ipsr = number;
        self.it = 0;
        self.fpca = false;
        self.sfpa = false;
        self.thumb = true;
        self.event = true;
        self.ppb.nvic.pending &= !(1 << number);
        self.ppb.nvic.active |= 1 << number;
        self.r[14] = link;
        bus.unwatch(self.id, None);
        let vector = self.ppb.vtor.wrapping_add(u32::from(number) * 4);
        match bus.load(self.id, vector, 4) {
            Ok(entry) => {
                self.pc = entry & !1;
                self.thumb = entry & 1 != 0;
            }
            Err(Trap::Stop(stop)) => return Err(stop),
            Err(_) => {
                self.ppb.hfsr |= 1 << 1;
                self.rest = Rest::Lockup;
            }
        }
        self.attention = true;
        Ok(())
    }

    /// Ends an exception: the branch to EXC_RETURN.
    #[cold]
    pub(super) fn leave<B: Bus>(&mut self, bus: &mut B) -> Result<(), Box<Stop>> {
        let link = self.leaving.take().unwrap_or_default();
        if link & 0xFFFF_FF41 != 0xFFFF_FF41 || link & 2 != 0 {
            return Err(Box::new(Stop::Instruction {
                core: self.id,
                pc: self.pc,
                name: format!("a return to the Non-secure state ({link:08x})"),
            }));
        }
        let number = self.ipsr;
        let sound = self.ppb.nvic.active >> number & 1 != 0;
        self.ppb.nvic.active &= !(1 << number);
        if number != 2 {
            self.faultmask = false;
        }
        let to_thread = link & 8 != 0;
        self.ipsr = if to_thread { 0 } else { number };
        if to_thread && link & 4 != 0 {
            self.spsel = true;
            std::mem::swap(&mut self.r[13], &mut self.other_sp);
        }
        let unstacked = if sound { self.unstack(link, bus) } else { Err(Trap::INVALID_PC) };
        bus.unwatch(self.id, None);
        self.event = true;
        self.attention = true;
        match unstacked {
            Ok(()) => {
                if to_thread && self.ppb.sleeps_on_exit() {
                    self.rest = Rest::Interrupt;
                }
                Ok(())
            }
            Err(Trap::Stop(stop)) => Err(stop),
            Err(trap) => {
                self.r[14] = link;
                self.fault(trap, bus)
            }
        }
    }

    fn unstack<B: Bus>(&mut self, link: u32, bus: &mut B) -> Result<(), Trap> {
        let frame = self.r[13];
        let mut words = [0; 8];
        for (address, word) in (frame..).step_by(4).zip(&mut words) {
            *word = self.read(bus, address, 4)?;
        }
        let [r0, r1, r2, r3, r12, r14, pc, xpsr] = words;
        let mut end = frame.wrapping_add(FRAME);
        if link & 0x10 == 0 {
            for at in 0..16 {
                self.s[at] = self.read(bus, end, 4)?;
                end += 4;
            }
            self.fpscr = self.read(bus, end, 4)?;
            end = frame.wrapping_add(LONG_FRAME);
        }
        if (xpsr & 0x1FF == 0) != (link & 8 != 0) {
            return Err(Trap::INVALID_PC);
        }
        self.fpca = link & 0x10 == 0;
        self.sfpa = self.fpca;
        (self.r[0], self.r[1], self.r[2], self.r[3], self.r[12], self.r[14]) = (r0, r1, r2, r3, r12, r14);
        self.r[13] = end | (xpsr >> 9 & 1) << 2;
        self.set_xpsr(xpsr);
        self.pc = pc & !1;
        Ok(())
    }
}
