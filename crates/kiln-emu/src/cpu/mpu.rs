//! The memory protection unit of Armv8-M: eight regions of 32-byte granules that must not overlap.

use std::cell::Cell;

use super::{Cpu, Trap};

/// Regions (MPU_TYPE.DREGION of the RP2350).
const REGIONS: usize = 8;

/// The unit's registers.
#[derive(Clone, Debug, Default)]
pub struct Mpu {
    control: u32,
    number: usize,
    base: [u32; REGIONS],
    limit: [u32; REGIONS],
    attributes: [u32; 2],
    /// The last region in which a load, a store and a fetch by a privileged program was allowed, and no other overlaps:
    /// first and last address. Empty ranges at first, and after each change.
    known: [Cell<(u32, u32)>; 3],
}

/// What an access is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// A load.
    Read,
    /// A store.
    Write,
    /// An instruction.
    Execute,
}

impl Mpu {
    /// Whether accesses are checked at all.
    #[inline]
    pub const fn on(&self) -> bool {
        self.control & 1 != 0
    }

    fn region(&self, address: u32) -> Option<usize> {
        (0..REGIONS)
            .find(|at| self.limit[*at] & 1 != 0 && (self.base[*at] & !31..=self.limit[*at] | 31).contains(&address))
    }

    /// Whether a privileged or unprivileged program may.
    #[inline]
    pub fn allows(&self, address: u32, access: Access, privileged: bool) -> bool {
        let (first, last) = self.known[access as usize].get();
        (privileged && first < last && (first..=last).contains(&address)) || self.look(address, access, privileged)
    }

    /// Keeps where an address was allowed, if everything in its region is: no other region overlaps.
    fn keep(&self, at: usize, access: Access) {
        let range = |at: usize| (self.base[at] & !31, self.limit[at] | 31);
        let (first, last) = range(at);
        let alone = (0..REGIONS).filter(|other| *other != at && self.limit[*other] & 1 != 0).all(|other| {
            let (from, to) = range(other);
            to < first || from > last
        });
        if alone {
            self.known[access as usize].set((first, last));
        }
    }

    fn look(&self, address: u32, access: Access, privileged: bool) -> bool {
        let mut hits = (0..REGIONS)
            .filter(|at| self.limit[*at] & 1 != 0 && (self.base[*at] & !31..=self.limit[*at] | 31).contains(&address));
        let Some(at) = hits.next() else {
            // Without a region: the default map for privileged programs, where PRIVDEFENA says so.
            let never = access == Access::Execute && matches!(address >> 28, 0x4 | 0x5 | 0xA..=0xF);
            return privileged && self.control & 4 != 0 && !never;
        };
        if hits.next().is_some() {
            return false;
        }
        let (read_only, anyone, never) =
            (self.base[at] >> 2 & 1 != 0, self.base[at] >> 1 & 1 != 0, self.base[at] & 1 != 0);
        let allowed = (privileged || anyone)
            && match access {
                Access::Read => true,
                Access::Write => !read_only,
                Access::Execute => !never,
            };
        if allowed && privileged {
            self.keep(at, access);
        }
        allowed
    }

    /// The answer of TT: the region, whether it may be read and written, and that the address is Secure.
    pub(super) fn tell(&self, address: u32, privileged: bool) -> u32 {
        let (mut answer, on) = (1 << 22, self.on());
        if on && let Some(at) = self.region(address) {
            answer |= at as u32 | 1 << 16;
        }
        if !on || self.allows(address, Access::Read, privileged) {
            answer |= 1 << 18;
        }
        if !on || self.allows(address, Access::Write, privileged) {
            answer |= 1 << 19;
        }
        answer
    }

    pub(super) fn load(&self, address: u32) -> u32 {
        let alias = (address >> 3 & 3) as usize;
        match address & 0xFF {
            0x90 => (REGIONS as u32) << 8,
            0x94 => self.control,
            0x98 => self.number as u32,
            0x9C | 0xA4 | 0xAC | 0xB4 => self.base[self.at(address, alias)],
            0xA0 | 0xA8 | 0xB0 | 0xB8 => self.limit[self.at(address, alias)],
            0xC0 => self.attributes[0],
            0xC4 => self.attributes[1],
            _ => 0,
        }
    }

    /// The region that an alias names: RBAR and RLAR follow RNR, their aliases the three after its group of four.
    const fn at(&self, address: u32, _alias: usize) -> usize {
        match address & 0xFF {
            0x9C | 0xA0 => self.number,
            0xA4 | 0xA8 => self.number & 4 | 1,
            0xAC | 0xB0 => self.number & 4 | 2,
            _ => self.number & 4 | 3,
        }
    }

    pub(super) fn store(&mut self, address: u32, value: u32) {
        let at = self.at(address, 0);
        self.known = Default::default();
        match address & 0xFF {
            0x94 => self.control = value & 7,
            0x98 => self.number = (value as usize) & (REGIONS - 1),
            0x9C | 0xA4 | 0xAC | 0xB4 => self.base[at] = value,
            0xA0 | 0xA8 | 0xB0 | 0xB8 => self.limit[at] = value,
            0xC0 => self.attributes[0] = value,
            0xC4 => self.attributes[1] = value,
            _ => {}
        }
    }
}

impl Cpu {
    /// Whether the unit steps aside: in the handlers of NMI and HardFault, or with FAULTMASK, unless HFNMIENA.
    fn unguarded(&self) -> bool {
        self.ppb.mpu.control & 2 == 0 && (self.ipsr == 2 || self.ipsr == 3 || self.faultmask)
    }

    pub(super) fn check_data(&self, address: u32, bytes: u32, write: bool) -> Result<(), Trap> {
        let access = if write { Access::Write } else { Access::Read };
        // The private peripherals have their own rules.
        if self.unguarded() || address >> 20 == 0xE00 {
            return Ok(());
        }
        let privileged = self.ipsr != 0 || !self.npriv;
        for end in [address, address.wrapping_add(bytes - 1)] {
            if !self.ppb.mpu.allows(end, access, privileged) {
                return Err(Trap::Memory { address, fetch: false });
            }
        }
        Ok(())
    }

    pub(super) fn check_fetch(&self, address: u32) -> Result<(), Trap> {
        let privileged = self.ipsr != 0 || !self.npriv;
        if self.unguarded() || self.ppb.mpu.allows(address, Access::Execute, privileged) {
            return Ok(());
        }
        Err(Trap::Memory { address, fetch: true })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(regions: &[(u32, u32)], control: u32) -> Mpu {
        let mut mpu = Mpu::default();
        for (at, (base, limit)) in regions.iter().enumerate() {
            mpu.store(0xE000_ED98, at as u32);
            mpu.store(0xE000_ED9C, *base);
            mpu.store(0xE000_EDA0, *limit);
        }
        mpu.store(0xE000_ED94, control);
        mpu
    }

    #[test]
    fn regions_refuse_what_they_do_not_allow() {
        // Read-only and executable; then read-write and never executed.
        let mpu = unit(&[(0x2000_0000 | 0b100, 0x2000_0FE1), (0x2000_1000 | 1, 0x2000_1FE1)], 1);
        let may = |address, access| mpu.allows(address, access, true);
        assert!(may(0x2000_0000, Access::Read) && may(0x2000_0FFF, Access::Execute));
        assert!(!may(0x2000_0000, Access::Write) && may(0x2000_1000, Access::Write));
        assert!(!may(0x2000_1000, Access::Execute) && !may(0x2000_2000, Access::Read));
        assert!(!mpu.allows(0x2000_1000, Access::Read, false), "AP says privileged only");
    }

    #[test]
    fn the_default_map_stands_behind_where_it_is_enabled() {
        let mpu = unit(&[(0x2000_0000 | 0b100, 0x2000_0FE1)], 5);
        assert!(mpu.allows(0x2000_2000, Access::Write, true) && !mpu.allows(0x2000_2000, Access::Write, false));
        assert!(!mpu.allows(0x4000_0000, Access::Execute, true));
        assert!(!mpu.allows(0x2000_0000, Access::Write, true));
    }

    #[test]
    fn overlapping_regions_refuse_everything() {
        let mpu = unit(&[(0x2000_0000, 0x2000_0FE1), (0x2000_0800, 0x2000_1FE1)], 5);
        assert!(!mpu.allows(0x2000_0800, Access::Read, true) && mpu.allows(0x2000_0000, Access::Read, true));
    }
}
