//! ACCESSCTRL: which core, or DMA, may reach which block (RP2350 datasheet, 10.6).
//!
//! A refused access is a bus error without effect. The block itself is not guarded; its LOCK register ignores a core's
//! later writes. Every write needs 0xACCE in its upper half.

/// Bits of a guard.
const CORE0: u32 = 1 << 4;
const DMA: u32 = 1 << 6;
/// Registers of LOCK, FORCE_CORE_NS, CFGRESET and two masks of pins come first.
const FIRST_GUARD: u32 = 0x14;
const LAST_GUARD: u32 = 0xEC;

/// Who asks for access.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asker {
    /// A core.
    Core(usize),
    /// The DMA controller.
    Dma,
}

/// The block's registers.
#[derive(Clone, Debug)]
pub struct AccessCtrl {
    guards: [u32; 64],
    lock: u32,
}

impl AccessCtrl {
    /// After reset: everything is open to Secure code of both cores, DMA and the debugger.
    pub fn new() -> Self {
        Self { guards: [0xFF; 64], lock: 1 << 2 }
    }

    /// Whether a guard lets somebody pass. Guard zero is no guard.
    #[inline]
    pub fn permits(&self, guard: u32, asker: Asker) -> bool {
        let bit = match asker {
            Asker::Core(core) => CORE0 << core,
            Asker::Dma => DMA,
        };
        guard == 0 || self.guards[(guard / 4) as usize & 63] & bit != 0
    }

    /// The guard of an address in RAM.
    pub const fn guard_of_ram(offset: u32) -> u32 {
        match offset {
            0..0x4_0000 => 0x1C + (offset & 0xC),
            0x4_0000..0x8_0000 => 0x2C + (offset & 0xC),
            0x8_0000..0x8_1000 => 0x3C,
            _ => 0x40,
        }
    }

    /// Reads a register; `None` where there is none.
    pub fn load(&self, offset: u32) -> Option<u32> {
        match offset {
            0 => Some(self.lock),
            4 | 8 | 0xC | 0x10 => Some(0),
            FIRST_GUARD..=LAST_GUARD => Some(self.guards[(offset / 4) as usize]),
            _ => None,
        }
    }

    /// Writes a register; `value` carries the password. Whether there is such a register and the value is known.
    pub fn store(&mut self, offset: u32, value: u32, plain: u32, asker: Asker) -> Option<()> {
        let locked = match asker {
            Asker::Core(core) => self.lock >> core & 1 != 0,
            Asker::Dma => true,
        };
        // Without the password, or locked out: ignored. (The hardware answers a wrong password with a bus error.)
        if plain >> 16 != 0xACCE || locked {
            return Some(());
        }
        match offset {
            0 => self.lock |= value & 0xB,
            FIRST_GUARD..=LAST_GUARD => self.guards[(offset / 4) as usize] = value & 0xFF,
            _ => return None,
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closed_block_stays_closed_to_a_core_that_is_locked_out() {
        let mut access = AccessCtrl::new();
        assert!(access.permits(0x90, Asker::Core(0)));
        access.store(0x90, 0xFF & !0x50, 0xACCE_0050, Asker::Core(1)).unwrap();
        assert!(!access.permits(0x90, Asker::Core(0)) && !access.permits(0x90, Asker::Dma));
        assert!(access.permits(0x90, Asker::Core(1)));
        access.store(0, 1, 0xACCE_0001, Asker::Core(1)).unwrap();
        access.store(0x90, 0xFF, 0xACCE_00FF, Asker::Core(0)).unwrap();
        assert!(!access.permits(0x90, Asker::Core(0)));
        assert_eq!(AccessCtrl::guard_of_ram(0x4_0004), 0x30);
    }
}
