//! Loads and stores.

use super::super::insn::{Index, Order, Reg, Width};
use super::super::{Bus, Cpu, Trap};

/// Where the private peripherals begin.
const PRIVATE: u32 = 0xE000_0000;

/// The bytes of an access.
const fn bytes(width: Width) -> u32 {
    match width {
        Width::Byte | Width::SignedByte => 1,
        Width::Half | Width::SignedHalf => 2,
        Width::Word => 4,
    }
}

/// Memory of type Normal in the default map, where an access need not be aligned: code, SRAM and external RAM.
const fn may_be_unaligned(address: u32) -> bool {
    address < 0x4000_0000 || (address >= 0x6000_0000 && address < 0xA000_0000)
}

impl Cpu {
    /// Reads 1, 2 or 4 bytes.
    #[inline]
    pub(in super::super) fn read<B: Bus>(&mut self, bus: &mut B, address: u32, bytes: u32) -> Result<u32, Trap> {
        if self.ppb.mpu.on() {
            self.check_data(address, bytes, false)?;
        }
        if address & (bytes - 1) != 0 {
            return self.read_unaligned(bus, address, bytes);
        }
        if address >= PRIVATE { self.private_load(address, bytes) } else { bus.load(self.id, address, bytes) }
    }

    /// Writes 1, 2 or 4 bytes.
    #[inline]
    pub(in super::super) fn write<B: Bus>(
        &mut self,
        bus: &mut B,
        address: u32,
        bytes: u32,
        value: u32,
    ) -> Result<(), Trap> {
        if self.ppb.mpu.on() {
            self.check_data(address, bytes, true)?;
        }
        if address & (bytes - 1) != 0 {
            return self.write_unaligned(bus, address, bytes, value);
        }
        if address >= PRIVATE {
            self.private_store(address, bytes, value)
        } else {
            bus.store(self.id, address, bytes, value)
        }
    }

    fn read_unaligned<B: Bus>(&mut self, bus: &mut B, address: u32, bytes: u32) -> Result<u32, Trap> {
        if !may_be_unaligned(address) || self.ppb.traps_unaligned() {
            return Err(Trap::UNALIGNED);
        }
        let mut value = 0;
        for at in 0..bytes {
            value |= bus.load(self.id, address.wrapping_add(at), 1)? << (8 * at);
        }
        Ok(value)
    }

    fn write_unaligned<B: Bus>(&mut self, bus: &mut B, address: u32, bytes: u32, value: u32) -> Result<(), Trap> {
        if !may_be_unaligned(address) || self.ppb.traps_unaligned() {
            return Err(Trap::UNALIGNED);
        }
        for at in 0..bytes {
            bus.store(self.id, address.wrapping_add(at), 1, value >> (8 * at) & 0xFF)?;
        }
        Ok(())
    }

    #[inline]
    fn load_width<B: Bus>(&mut self, bus: &mut B, width: Width, address: u32) -> Result<u32, Trap> {
        let value = self.read(bus, address, bytes(width))?;
        Ok(match width {
            Width::SignedByte => value as i8 as u32,
            Width::SignedHalf => value as i16 as u32,
            Width::Byte | Width::Half | Width::Word => value,
        })
    }

    #[inline]
    pub(super) fn store_width<B: Bus>(
        &mut self,
        bus: &mut B,
        width: Width,
        address: u32,
        value: u32,
    ) -> Result<(), Trap> {
        let bytes = bytes(width);
        let value = if bytes == 4 { value } else { value & (1 << (8 * bytes)) - 1 };
        self.write(bus, address, bytes, value)
    }

    #[inline]
    pub(super) fn load_to<B: Bus>(&mut self, bus: &mut B, width: Width, rt: Reg, address: u32) -> Result<(), Trap> {
        let value = self.load_width(bus, width, address)?;
        self.set_loaded(rt, value)
    }

    #[inline]
    fn set_loaded(&mut self, rt: Reg, value: u32) -> Result<(), Trap> {
        if rt == 15 { self.branch_exchange(value) } else { self.set(rt, value) }
    }

    /// The address of an access and what the base becomes, checked against the stack's limit.
    #[inline]
    fn indexed(&self, rn: Reg, index: Index, imm: i32) -> Result<(u32, u32), Trap> {
        let base = self.get(rn);
        let sum = base.wrapping_add_signed(imm);
        if rn == 13 && index != Index::Offset && sum < self.stack_limit() {
            return Err(Trap::STACK_OVERFLOW);
        }
        Ok(match index {
            Index::Offset => (sum, base),
            Index::Before => (sum, sum),
            Index::After => (base, sum),
        })
    }

    #[inline]
    pub(super) fn load_indexed<B: Bus>(
        &mut self,
        bus: &mut B,
        width: Width,
        rt: Reg,
        rn: Reg,
        index: Index,
        imm: i32,
    ) -> Result<(), Trap> {
        if index == Index::Offset {
            return self.load_to(bus, width, rt, self.get(rn).wrapping_add_signed(imm));
        }
        let (address, kept) = self.indexed(rn, index, imm)?;
        let value = self.load_width(bus, width, address)?;
        self.set(rn, kept)?;
        self.set_loaded(rt, value)
    }

    #[inline]
    pub(super) fn store_indexed<B: Bus>(
        &mut self,
        bus: &mut B,
        width: Width,
        rt: Reg,
        rn: Reg,
        index: Index,
        imm: i32,
    ) -> Result<(), Trap> {
        if index == Index::Offset {
            return self.store_width(bus, width, self.get(rn).wrapping_add_signed(imm), self.get(rt));
        }
        let (address, kept) = self.indexed(rn, index, imm)?;
        self.store_width(bus, width, address, self.get(rt))?;
        self.set(rn, kept)
    }

    /// Two words need an aligned address, always.
    pub(super) const fn aligned(address: u32) -> Result<u32, Trap> {
        if address & 3 == 0 { Ok(address) } else { Err(Trap::UNALIGNED) }
    }

    pub(super) fn load_dual<B: Bus>(
        &mut self,
        bus: &mut B,
        [rt, rt2]: [Reg; 2],
        rn: Reg,
        index: Index,
        imm: i32,
    ) -> Result<(), Trap> {
        let (address, kept) = self.indexed(rn, index, imm)?;
        // A literal counts from the aligned program counter.
        let address = Self::aligned(if rn == 15 { (self.r[15] & !3).wrapping_add_signed(imm) } else { address })?;
        let first = self.read(bus, address, 4)?;
        let second = self.read(bus, address.wrapping_add(4), 4)?;
        if index != Index::Offset {
            self.set(rn, kept)?;
        }
        self.set(rt, first)?;
        self.set(rt2, second)
    }

    pub(super) fn store_dual<B: Bus>(
        &mut self,
        bus: &mut B,
        [rt, rt2]: [Reg; 2],
        rn: Reg,
        index: Index,
        imm: i32,
    ) -> Result<(), Trap> {
        let (address, kept) = self.indexed(rn, index, imm)?;
        let address = Self::aligned(address)?;
        self.write(bus, address, 4, self.get(rt))?;
        self.write(bus, address.wrapping_add(4), 4, self.get(rt2))?;
        if index == Index::Offset { Ok(()) } else { self.set(rn, kept) }
    }

    /// Where several words begin, and what the base becomes, checked against the stack's limit.
    pub(super) fn block(&self, rn: Reg, words: u32, before: bool, wback: bool) -> Result<(u32, u32), Trap> {
        let (base, size) = (self.get(rn), 4 * words);
        let end = if before { base.wrapping_sub(size) } else { base.wrapping_add(size) };
        if rn == 13 && wback && end < self.stack_limit() {
            return Err(Trap::STACK_OVERFLOW);
        }
        Ok((Self::aligned(if before { end } else { base })?, end))
    }

    pub(super) fn load_many<B: Bus>(
        &mut self,
        bus: &mut B,
        rn: Reg,
        before: bool,
        wback: bool,
        list: u16,
    ) -> Result<(), Trap> {
        let (mut address, end) = self.block(rn, list.count_ones(), before, wback)?;
        let mut values = [0; 16];
        for reg in (0..16).filter(|reg| list >> reg & 1 != 0) {
            values[reg] = self.read(bus, address, 4)?;
            address = address.wrapping_add(4);
        }
        for reg in (0..15).filter(|reg| list >> reg & 1 != 0) {
            self.r[reg] = values[reg];
        }
        if wback {
            self.set(rn, end)?;
        }
        if list >> 15 != 0 { self.branch_exchange(values[15]) } else { Ok(()) }
    }

    pub(super) fn store_many<B: Bus>(
        &mut self,
        bus: &mut B,
        rn: Reg,
        before: bool,
        wback: bool,
        list: u16,
    ) -> Result<(), Trap> {
        let (mut address, end) = self.block(rn, list.count_ones(), before, wback)?;
        for reg in (0..15).filter(|reg| list >> reg & 1 != 0) {
            self.write(bus, address, 4, self.r[reg])?;
            address = address.wrapping_add(4);
        }
        if wback { self.set(rn, end) } else { Ok(()) }
    }

    pub(super) fn load_ordered<B: Bus>(
        &mut self,
        bus: &mut B,
        order: Order,
        width: Width,
        rt: Reg,
        address: u32,
    ) -> Result<(), Trap> {
        if address & (bytes(width) - 1) != 0 {
            return Err(Trap::UNALIGNED);
        }
        let value = self.load_width(bus, width, address)?;
        if order == Order::Exclusive {
            bus.watch(self.id, address);
        }
        self.set(rt, value)
    }

    pub(super) fn store_ordered<B: Bus>(
        &mut self,
        bus: &mut B,
        order: Order,
        width: Width,
        [rd, rt]: [Reg; 2],
        address: u32,
    ) -> Result<(), Trap> {
        if address & (bytes(width) - 1) != 0 {
            return Err(Trap::UNALIGNED);
        }
        let value = self.get(rt);
        if order == Order::Plain {
            return self.store_width(bus, width, address, value);
        }
        let stored = bus.unwatch(self.id, Some(address));
        if stored {
            self.store_width(bus, width, address, value)?;
        }
        self.set(rd, u32::from(!stored))
    }
}
