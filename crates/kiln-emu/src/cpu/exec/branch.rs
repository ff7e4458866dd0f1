//! Where execution goes on.

use super::super::insn::Reg;
use super::super::{Bus, Cpu, Trap};

impl Cpu {
    /// A branch by register or load: the lowest bit tells Thumb; an EXC_RETURN value in Handler mode ends the exception.
    #[inline]
    pub(super) fn branch_exchange(&mut self, target: u32) -> Result<(), Trap> {
        if target >= 0xFF00_0000 && self.ipsr != 0 {
            self.leaving = Some(target);
            return Ok(());
        }
        if target & 1 == 0 {
            self.thumb = false;
            self.attention = true;
        }
        self.next = target & !1;
        Ok(())
    }

    pub(super) fn table_branch<B: Bus>(&mut self, bus: &mut B, rn: Reg, rm: Reg, half: bool) -> Result<(), Trap> {
        let (base, index) = (self.get(rn), self.get(rm));
        let entry = if half {
            self.read(bus, base.wrapping_add(index << 1), 2)?
        } else {
            self.read(bus, base.wrapping_add(index), 1)?
        };
        self.next = self.r[15].wrapping_add(entry * 2);
        Ok(())
    }
}
