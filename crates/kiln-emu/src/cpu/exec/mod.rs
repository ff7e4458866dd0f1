//! What each instruction does.
mod branch;
mod data;
mod float;
mod floating;
mod memory;
mod multiply;
mod parallel;
mod system;
mod vector;

use super::insn::{Hint, Op, Sets};
use super::{Bus, Cpu, Rest, Stop, Trap};

impl Cpu {
    /// Carries out an instruction. On an error nothing of it has happened but stores before the failing one.
    #[inline(always)]
    pub(super) fn execute<B: Bus>(&mut self, op: Op, bus: &mut B) -> Result<(), Trap> {
        match op {
            Op::DpImm { op, s, rd, rn, carry, imm } => {
                let carry = if carry == 2 { self.c } else { carry == 1 };
                let set = self.sets(s);
                self.two_operands(op, set, rd, self.get(rn), imm, carry)
            }
            Op::DpReg { op, s, rd, rn, rm, shift, by } => {
                let (value, carry) = super::alu::shift(self.get(rm), shift, by.into(), self.c);
                let set = self.sets(s);
                self.two_operands(op, set, rd, self.get(rn), value, carry)
            }
            Op::Load { width, rt, rn, index, imm } => self.load_indexed(bus, width, rt, rn, index, imm),
            Op::Store { width, rt, rn, index, imm } => self.store_indexed(bus, width, rt, rn, index, imm),
            Op::BCond { cond, offset } => {
                if self.holds(cond) {
                    self.next = self.r[15].wrapping_add_signed(offset);
                }
                Ok(())
            }
            Op::B { offset } => {
                self.next = self.r[15].wrapping_add_signed(offset);
                Ok(())
            }
            Op::Bl { offset } => {
                self.r[14] = self.next | 1;
                self.next = self.r[15].wrapping_add_signed(offset);
                Ok(())
            }
            Op::Cbz { nonzero, rn, offset } => {
                if (self.get(rn) != 0) == nonzero {
                    self.next = self.r[15].wrapping_add(offset.into());
                }
                Ok(())
            }
            Op::LoadReg { width, rt, rn, rm, lsl } => {
                let address = self.get(rn).wrapping_add(self.get(rm) << lsl);
                self.load_to(bus, width, rt, address)
            }
            Op::StoreReg { width, rt, rn, rm, lsl } => {
                let address = self.get(rn).wrapping_add(self.get(rm) << lsl);
                self.store_width(bus, width, address, self.get(rt))
            }
            Op::LoadLit { width, rt, offset } => {
                self.load_to(bus, width, rt, (self.r[15] & !3).wrapping_add_signed(offset))
            }
            Op::LoadMany { rn, before, wback, list } => self.load_many(bus, rn, before, wback, list),
            Op::StoreMany { rn, before, wback, list } => self.store_many(bus, rn, before, wback, list),
            Op::Bx { rm } => self.branch_exchange(self.get(rm)),
            Op::Blx { rm } => {
                let target = self.get(rm);
                self.r[14] = self.next | 1;
                self.branch_exchange(target)
            }
            Op::It { state } => {
                self.it = state;
                Ok(())
            }
            _ => self.execute_more(op, bus),
        }
    }

    fn execute_more<B: Bus>(&mut self, op: Op, bus: &mut B) -> Result<(), Trap> {
        match op {
            Op::Mul { kind, s, rd, rn, rm, ra } => self.multiply(kind, s, rd, self.get(rn), self.get(rm), self.get(ra)),
            Op::MulLong { kind, lo, hi, rn, rm } => self.multiply_long(kind, lo, hi, self.get(rn), self.get(rm)),
            Op::LoadDual { rt, rt2, rn, index, imm } => self.load_dual(bus, [rt, rt2], rn, index, imm),
            Op::StoreDual { rt, rt2, rn, index, imm } => self.store_dual(bus, [rt, rt2], rn, index, imm),
            Op::LoadOrdered { order, width, rt, rn, imm } => {
                self.load_ordered(bus, order, width, rt, self.get(rn).wrapping_add(imm.into()))
            }
            Op::StoreOrdered { order, width, rd, rt, rn, imm } => {
                self.store_ordered(bus, order, width, [rd, rt], self.get(rn).wrapping_add(imm.into()))
            }
            Op::Clrex => {
                bus.unwatch(self.id, None);
                Ok(())
            }
            Op::TableBranch { rn, rm, half } => self.table_branch(bus, rn, rm, half),
            Op::Preload | Op::Barrier | Op::SecureGateway | Op::Hint(Hint::Nop) => Ok(()),
            Op::Hint(hint) => {
                self.hint(hint, bus);
                Ok(())
            }
            Op::Svc { .. } => Err(Trap::Call),
            Op::Bkpt { imm } => {
                if bus.breakpoint(self.id, imm, &mut self.r)? {
                    Ok(())
                } else {
                    Err(Trap::Break)
                }
            }
            Op::Udf => Err(Trap::UNDEFINED),
            Op::Cps { disable, primask, faultmask } => {
                self.change_masks(disable, primask, faultmask);
                Ok(())
            }
            Op::Mrs { rd, sysm } => self.read_special(rd, sysm),
            Op::Msr { rn, sysm, mask } => self.write_special(sysm, mask, self.get(rn)),
            Op::TestTarget { rd, rn, alternate } => self.test_target(rd, self.get(rn), alternate),
            Op::Unknown => Err(self.unknown("an encoding that Armv8-M Mainline with DSP and FPv5-SP does not have")),
            _ if matches!(
                op,
                Op::Fp { .. }
                    | Op::FpImm { .. }
                    | Op::FpFixed { .. }
                    | Op::FpCore { .. }
                    | Op::FpCores { .. }
                    | Op::Vmrs { .. }
                    | Op::Vmsr { .. }
                    | Op::FpLoad { .. }
                    | Op::FpStore { .. }
                    | Op::FpLoadMany { .. }
                    | Op::FpStoreMany { .. }
            ) =>
            {
                self.begin_float()?;
                self.execute_float(op, bus)
            }
            _ => self.execute_data(op),
        }
    }

    /// Whether this instruction sets the flags.
    #[inline]
    const fn sets(&self, s: Sets) -> bool {
        match s {
            Sets::No => false,
            Sets::Yes => true,
            Sets::OutsideIt => self.it == 0,
        }
    }

    fn hint<B: Bus>(&mut self, hint: Hint, bus: &mut B) {
        match hint {
            Hint::Nop => {}
            Hint::Sev => {
                self.event = true;
                bus.send_event(self.id);
            }
            Hint::Wfe if self.event => self.event = false,
            Hint::Wfe => self.rest = Rest::Event,
            Hint::Wfi => self.rest = Rest::Interrupt,
        }
    }

    /// Stops the run at this instruction.
    pub(super) fn unknown(&self, name: &str) -> Trap {
        Stop::Instruction { core: self.id, pc: self.pc, name: name.to_owned() }.into()
    }
}
