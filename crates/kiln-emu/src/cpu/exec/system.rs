//! Special registers, masks, and what an address belongs to.

use super::super::insn::Reg;
use super::super::{Cpu, Trap};

impl Cpu {
    const fn privileged(&self) -> bool {
        self.ipsr != 0 || !self.npriv
    }

    pub(super) fn change_masks(&mut self, disable: bool, primask: bool, faultmask: bool) {
        if !self.privileged() {
            return;
        }
        if primask {
            self.primask = disable;
        }
        if faultmask {
            self.faultmask = disable;
        }
        self.attention = true;
    }

    /// The main stack pointer.
    pub const fn main_stack(&self) -> u32 {
        if self.on_process_stack() { self.other_sp } else { self.r[13] }
    }

    const fn process_stack(&self) -> u32 {
        if self.on_process_stack() { self.r[13] } else { self.other_sp }
    }

    fn control(&self) -> u32 {
        u32::from(self.npriv) | u32::from(self.spsel) << 1 | u32::from(self.fpca) << 2 | u32::from(self.sfpa) << 3
    }

    pub(super) fn read_special(&mut self, rd: Reg, sysm: u8) -> Result<(), Trap> {
        let value = match sysm {
            0..=7 => {
                let flags = if sysm & 4 == 0 { self.apsr() } else { 0 };
                let number = if sysm & 1 != 0 { u32::from(self.ipsr) } else { 0 };
                flags | number
            }
            _ if !self.privileged() && sysm != 20 => 0,
            8 => self.main_stack(),
            9 => self.process_stack(),
            10 => self.msplim,
            11 => self.psplim,
            16 => self.primask.into(),
            17 | 18 => self.basepri.into(),
            19 => self.faultmask.into(),
            20 => self.control(),
            _ => return Err(self.unknown(&format!("MRS of special register {sysm}"))),
        };
        self.set(rd, value)
    }

    pub(super) fn write_special(&mut self, sysm: u8, mask: u8, value: u32) -> Result<(), Trap> {
        match sysm {
            0..=3 => {
                if mask & 2 != 0 {
                    self.set_nzcvq(value);
                }
                if mask & 1 != 0 {
                    self.ge = (value >> 16 & 15) as u8;
                }
                return Ok(());
            }
            4..=7 => return Ok(()),
            _ if !self.privileged() => return Ok(()),
            8 if self.on_process_stack() => self.other_sp = value & !3,
            8 => self.set_main_sp(value),
            9 if self.on_process_stack() => self.r[13] = value & !3,
            9 => self.other_sp = value & !3,
            10 => self.msplim = value & !7,
            11 => self.psplim = value & !7,
            16 => self.primask = value & 1 != 0,
            17 => self.basepri = value as u8,
            18 => {
                let wanted = value as u8;
                if wanted != 0 && (self.basepri == 0 || wanted < self.basepri) {
                    self.basepri = wanted;
                }
            }
            // It cannot be set from within a fault; while it is set, the priority is its own.
            19 => self.faultmask = value & 1 != 0 && (self.faultmask || self.execution_priority() > -1),
            20 => self.write_control(value),
            _ => return Err(self.unknown(&format!("MSR to special register {sysm}"))),
        }
        self.attention = true;
        Ok(())
    }

    /// MSR to MSP is not held to the limit.
    fn set_main_sp(&mut self, value: u32) {
        self.r[13] = value & !3;
    }

    fn write_control(&mut self, value: u32) {
        self.npriv = value & 1 != 0;
        if self.ipsr == 0 && self.spsel != (value & 2 != 0) {
            self.spsel = value & 2 != 0;
            std::mem::swap(&mut self.r[13], &mut self.other_sp);
        }
        self.fpca = value & 4 != 0;
        self.sfpa = value & 8 != 0;
    }

    /// TT and TTA: the answer for a core without Non-secure memory and with its memory protection as it is.
    pub(super) fn test_target(&mut self, rd: Reg, address: u32, alternate: bool) -> Result<(), Trap> {
        if alternate {
            return Err(self.unknown("TTA: nothing here is Non-secure"));
        }
        let answer = self.ppb.mpu.tell(address, self.privileged());
        self.set(rd, answer)
    }
}
