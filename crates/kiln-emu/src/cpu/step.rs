//! One instruction after the other.

use super::{Bus, Cpu, Rest, Slot, Stop, Trap};

/// How an IT block goes on after one of its instructions (ITAdvance).
const fn advance(it: u8) -> u8 {
    if it & 7 == 0 { 0 } else { it & 0xE0 | it << 1 & 0x1F }
}

impl Cpu {
    /// Carries out the next instruction, or takes the exception that comes first.
    ///
    /// # Errors
    /// The end of the run.
    #[inline]
    pub fn step<B: Bus>(&mut self, bus: &mut B) -> Result<(), Box<Stop>> {
        if self.attention && self.attend(bus)? {
            return Ok(());
        }
        self.instructions += 1;
        match self.carry_out(bus) {
            Ok(()) if self.leaving.is_none() => {
                self.pc = self.next;
                Ok(())
            }
            Ok(()) => self.leave(bus),
            Err(trap) => self.fault(trap, bus),
        }
    }

    #[inline(always)]
    fn carry_out<B: Bus>(&mut self, bus: &mut B) -> Result<(), Trap> {
        let pc = self.pc;
        if self.ppb.mpu.on() {
            self.check_fetch(pc)?;
        }
        let Slot { op, length } = bus.fetch(self.id, pc)?;
        self.r[15] = pc.wrapping_add(4);
        self.next = pc.wrapping_add(length.into());
        if self.it == 0 {
            return self.execute(op, bus);
        }
        let it = self.it;
        if self.holds(it >> 4) {
            self.execute(op, bus)?;
        }
        self.it = advance(it);
        Ok(())
    }

    /// Takes what is pending; whether that took the place of an instruction.
    #[cold]
    fn attend<B: Bus>(&mut self, bus: &mut B) -> Result<bool, Box<Stop>> {
        self.attention = false;
        self.ppb.nvic.follow_lines();
        if let Some(number) = self.urgent() {
            self.take(number, self.pc, bus)?;
            return Ok(true);
        }
        if !self.thumb {
            // Whoever branched to an even address finds out here.
            self.thumb = false;
            self.fault(Trap::INVALID_STATE, bus)?;
            return Ok(true);
        }
        Ok(false)
    }

    /// The interrupt lines as they stand. Wakes a sleeping core that may have to serve one.
    pub fn set_lines(&mut self, lines: u64) {
        if self.ppb.nvic.lines != lines {
            self.ppb.nvic.lines = lines;
            self.ppb.nvic.follow_lines();
            self.attention = true;
        }
    }

    /// Another core's SEV.
    pub fn receive_event(&mut self) {
        self.event = true;
    }

    /// Ends the sleep where there is a reason; whether the core executes.
    pub fn wake(&mut self) -> bool {
        let wakes = match self.rest {
            Rest::Awake => return true,
            Rest::Interrupt => self.would_wake(true),
            Rest::Event => std::mem::take(&mut self.event) || self.would_wake(false),
            Rest::Lockup | Rest::Held => false,
        };
        if wakes {
            self.rest = Rest::Awake;
            self.attention = true;
        }
        wakes
    }
}
