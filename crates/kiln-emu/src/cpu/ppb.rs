//! The private peripherals of a core: control block, interrupt controller, memory protection.

use super::mpu::Mpu;
use super::nvic::{EXCEPTIONS, INTERRUPTS, Nvic};
use super::{Cpu, Stop, Trap};

/// The registers behind 0xE000_0000.
#[derive(Clone, Debug)]
pub struct Ppb {
    /// Where the vectors are.
    pub vtor: u32,
    /// Configurable faults: what happened.
    pub cfsr: u32,
    /// Hard faults: what happened.
    pub hfsr: u32,
    /// The address of a refused access.
    pub mmfar: u32,
    /// The address of a bus error.
    pub bfar: u32,
    aircr: u32,
    scr: u32,
    ccr: u32,
    cpacr: u32,
    pub(super) fpdscr: u32,
    fpccr: u32,
    actlr: u32,
    demcr: u32,
    dwt_control: u32,
    dwt_base: u32,
    /// The memory protection unit.
    pub mpu: Mpu,
    /// The interrupt controller.
    pub nvic: Nvic,
}

/// Reset value of CCR: BP, DIV_0_TRP clear, STKALIGN is always one (bit 9).
const CCR_RESET: u32 = 0x0000_0201;
/// CPUID of a Cortex-M33 r1p0, as in the RP2350.
const CPUID: u32 = 0x411F_D210;

impl Ppb {
    pub(super) fn new() -> Self {
        Self {
            vtor: 0,
            cfsr: 0,
            hfsr: 0,
            mmfar: 0,
            bfar: 0,
            aircr: 0,
            scr: 0,
            ccr: CCR_RESET,
            cpacr: 0,
            fpdscr: 0,
            // ASPEN and LSPEN.
            fpccr: 0xC000_0000,
            actlr: 0,
            demcr: 0,
            dwt_control: 0,
            dwt_base: 0,
            mpu: Mpu::default(),
            nvic: Nvic::new(),
        }
    }

    pub(super) const fn traps_division(&self) -> bool {
        self.ccr & 1 << 4 != 0
    }

    pub(super) const fn traps_unaligned(&self) -> bool {
        self.ccr & 1 << 3 != 0
    }

    pub(super) const fn float_enabled(&self) -> bool {
        self.cpacr & 0xF0_0000 == 0xF0_0000
    }

    /// Whether floating-point registers are stacked on exceptions (FPCCR.ASPEN).
    pub(super) const fn keeps_float(&self) -> bool {
        self.fpccr >> 31 != 0
    }

    pub(super) const fn priority_grouping(&self) -> u32 {
        self.aircr >> 8 & 7
    }

    pub(super) const fn wakes_on_pending(&self) -> bool {
        self.scr & 1 << 4 != 0
    }

    pub(super) const fn sleeps_on_exit(&self) -> bool {
        self.scr & 1 << 1 != 0
    }

    /// Enable bits of the configurable faults, as SHCSR has them.
    fn shcsr(&self) -> u32 {
        let nvic = &self.nvic;
        let of = |set: u128, number: u32, at: u32| u32::from(set >> number & 1 != 0) << at;
        of(nvic.active, 4, 0)
            | of(nvic.active, 5, 1)
            | of(nvic.active, 3, 2)
            | of(nvic.active, 6, 3)
            | of(nvic.active, 11, 7)
            | of(nvic.active, 14, 10)
            | of(nvic.active, 15, 11)
            | of(nvic.enabled, 4, 16)
            | of(nvic.enabled, 5, 17)
            | of(nvic.enabled, 6, 18)
            | of(nvic.enabled, 7, 19)
    }

    fn set_shcsr(&mut self, value: u32) {
        for (number, at) in [(4, 16), (5, 17), (6, 18), (7, 19)] {
            self.nvic.enabled = self.nvic.enabled & !(1 << number) | u128::from(value >> at & 1) << number;
        }
    }

    /// Four priorities from exception `first` on.
    fn priorities(&self, first: usize) -> u32 {
        (0..4).rev().fold(0, |word, at| word << 8 | u32::from(self.nvic.priority.get(first + at).copied().unwrap_or(0)))
    }

    fn set_priorities(&mut self, first: usize, value: u32) {
        for at in 0..4 {
            if let Some(priority) = self.nvic.priority.get_mut(first + at) {
                // The upper four bits are there.
                *priority = (value >> (8 * at)) as u8 & 0xF0;
            }
        }
    }
}

/// The shift of an interrupt word in the exception sets: interrupt 0 is exception 16.
const fn interrupt_shift(address: u32) -> u32 {
    16 + (address >> 2 & 0xF) * 32
}

impl Cpu {
    /// Reads a private register.
    pub(super) fn private_load(&mut self, address: u32, bytes: u32) -> Result<u32, Trap> {
        let word = self.private_word(address & !3)?;
        let value = word >> (8 * (address & 3));
        Ok(if bytes == 4 { value } else { value & ((1 << (8 * bytes)) - 1) })
    }

    fn private_word(&mut self, address: u32) -> Result<u32, Trap> {
        let ppb = &self.ppb;
        let set = |set: u128| {
            let shift = interrupt_shift(address);
            if shift < 16 + u32::from(INTERRUPTS) { (set >> shift) as u32 } else { 0 }
        };
        Ok(match address {
            0xE000_1000 => ppb.dwt_control,
            0xE000_1004 => (self.instructions as u32).wrapping_sub(ppb.dwt_base),
            0xE000_E004 => 1,
            0xE000_E008 => ppb.actlr,
            // SysTick stands still: nothing here starts it.
            0xE000_E010..=0xE000_E01C => 0,
            0xE000_E100..=0xE000_E13C | 0xE000_E180..=0xE000_E1BC => set(ppb.nvic.enabled),
            0xE000_E200..=0xE000_E23C | 0xE000_E280..=0xE000_E2BC => set(ppb.nvic.pending),
            0xE000_E300..=0xE000_E33C => set(ppb.nvic.active),
            0xE000_E380..=0xE000_E3BC => 0,
            0xE000_E400..=0xE000_E5EC => ppb.priorities(16 + (address - 0xE000_E400) as usize),
            0xE000_ED00 => CPUID,
            0xE000_ED04 => self.icsr(),
            0xE000_ED08 => ppb.vtor,
            0xE000_ED0C => 0xFA05_0000 | ppb.aircr,
            0xE000_ED10 => ppb.scr,
            0xE000_ED14 => ppb.ccr,
            0xE000_ED18..=0xE000_ED20 => ppb.priorities((address - 0xE000_ED18) as usize + 4),
            0xE000_ED24 => ppb.shcsr(),
            0xE000_ED28 => ppb.cfsr,
            0xE000_ED2C => ppb.hfsr,
            0xE000_ED30 | 0xE000_ED3C => 0,
            0xE000_ED34 => ppb.mmfar,
            0xE000_ED38 => ppb.bfar,
            0xE000_ED88 => ppb.cpacr,
            0xE000_ED90..=0xE000_EDC4 => ppb.mpu.load(address),
            // The attribution unit has eight regions, all off: everything is Secure.
            0xE000_EDD0 => 0,
            0xE000_EDD4 => 8,
            0xE000_EDE4 | 0xE000_EDE8 | 0xE000_EDF0 => 0,
            0xE000_EDFC => ppb.demcr,
            0xE000_EF34 => ppb.fpccr,
            0xE000_EF38 => 0,
            0xE000_EF3C => ppb.fpdscr,
            // MVFR0 to MVFR2 of a single-precision unit.
            0xE000_EF40 => 0x1011_0021,
            0xE000_EF44 => 0x1100_0011,
            0xE000_EF48 => 0x0000_0040,
            _ => return Err(self.no_register(address, "read")),
        })
    }

    /// Writes a private register; the interrupt controller and the fault registers take bytes and half words.
    pub(super) fn private_store(&mut self, address: u32, bytes: u32, value: u32) -> Result<(), Trap> {
        let (word, shift) = (address & !3, 8 * (address & 3));
        let value = if bytes == 4 {
            value
        } else {
            let mask = ((1_u32 << (8 * bytes)) - 1) << shift;
            let kept = match word {
                0xE000_E400..=0xE000_E5EC | 0xE000_ED18..=0xE000_ED20 => self.private_word(word)? & !mask,
                0xE000_ED28 => 0,
                _ => return Err(self.no_register(address, "written by less than a word")),
            };
            kept | value << shift
        };
        self.attention = true;
        self.private_store_word(word, value)
    }

    fn private_store_word(&mut self, address: u32, value: u32) -> Result<(), Trap> {
        let wide = u128::from(value);
        let shift = interrupt_shift(address);
        let ppb = &mut self.ppb;
        match address {
            0xE000_1000 => ppb.dwt_control = value & 1,
            0xE000_1004 => ppb.dwt_base = (self.instructions as u32).wrapping_sub(value),
            0xE000_E008 => ppb.actlr = value,
            0xE000_E010 if value & 1 != 0 => return Err(self.no_register(address, "SysTick started")),
            0xE000_E010..=0xE000_E018 => {}
            0xE000_E100..=0xE000_E104 => ppb.nvic.enabled |= wide << shift,
            0xE000_E180..=0xE000_E184 => ppb.nvic.enabled &= !(wide << shift),
            0xE000_E200..=0xE000_E204 => ppb.nvic.pending |= wide << shift,
            0xE000_E280..=0xE000_E284 => {
                ppb.nvic.pending &= !(wide << shift);
                ppb.nvic.follow_lines();
            }
            // More words than there are interrupts: nothing is there.
            0xE000_E108..=0xE000_E13C | 0xE000_E188..=0xE000_E1BC | 0xE000_E288..=0xE000_E2BC => {}
            0xE000_E380..=0xE000_E3BC if value == 0 => {}
            0xE000_E400..=0xE000_E5EC => {
                let first = 16 + (address - 0xE000_E400) as usize;
                if first < EXCEPTIONS {
                    ppb.set_priorities(first, value);
                }
            }
            0xE000_ED04 => {
                let set = |at: u32, number: u32| u128::from(value >> at & 1) << number;
                ppb.nvic.pending |= set(31, 2) | set(28, 14) | set(26, 15);
                ppb.nvic.pending &= !(set(27, 14) | set(25, 15));
            }
            0xE000_ED08 => ppb.vtor = value & !0x7F,
            0xE000_ED0C => return self.write_aircr(value),
            0xE000_ED10 => ppb.scr = value & 0x1E,
            0xE000_ED14 => ppb.ccr = value & 0x0007_071B | 0x201,
            0xE000_ED18..=0xE000_ED20 => ppb.set_priorities((address - 0xE000_ED18) as usize + 4, value),
            0xE000_ED24 => ppb.set_shcsr(value),
            0xE000_ED28 => ppb.cfsr &= !value,
            0xE000_ED2C => ppb.hfsr &= !value,
            0xE000_ED30 => {}
            0xE000_ED34 => ppb.mmfar = value,
            0xE000_ED38 => ppb.bfar = value,
            0xE000_ED88 => ppb.cpacr = value & 0xF0_0000 | value & 0xFFFF,
            // NSACR: what Non-secure code could do with the floating-point unit.
            0xE000_ED8C => {}
            0xE000_ED90..=0xE000_EDC4 => ppb.mpu.store(address, value),
            0xE000_EDD0 if value & 1 == 0 => {}
            0xE000_EDD8 => {}
            0xE000_EDE4 | 0xE000_EDE8 => {}
            0xE000_EDFC => ppb.demcr = value,
            0xE000_EF34 => ppb.fpccr = value & 0xC000_0000,
            0xE000_EF3C => ppb.fpdscr = value & 0x0700_0000,
            _ => return Err(self.no_register(address, &format!("written with {value:08x}"))),
        }
        Ok(())
    }

    fn write_aircr(&mut self, value: u32) -> Result<(), Trap> {
        // Without its key the write is ignored.
        if value >> 16 != 0x05FA {
            return Ok(());
        }
        if value & 1 << 13 != 0 || value & 1 << 14 != 0 {
            return Err(self.no_register(0xE000_ED0C, "asked for Non-secure faults"));
        }
        self.ppb.aircr = value & 0x708;
        self.reset_request |= value & 4 != 0;
        Ok(())
    }

    fn icsr(&self) -> u32 {
        let nvic = &self.ppb.nvic;
        let waiting = nvic.pending & nvic.enabled;
        let first = if waiting == 0 { 0 } else { waiting.trailing_zeros() };
        let nested = nvic.active & !(1 << self.ipsr) != 0;
        u32::from(self.ipsr)
            | u32::from(!nested) << 11
            | first << 12
            | u32::from(nvic.pending >> 16 != 0) << 22
            | u32::from(nvic.pending >> 15 & 1 != 0) << 26
            | u32::from(nvic.pending >> 14 & 1 != 0) << 28
    }

    fn no_register(&self, address: u32, what: &str) -> Trap {
        Stop::Register { core: self.id, pc: self.pc, block: "private peripherals", address, what: what.to_owned() }
            .into()
    }
}
