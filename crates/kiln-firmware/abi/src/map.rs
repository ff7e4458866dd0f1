//! Where everything lies: flash and RAM of the Pico 2 W, and who may touch what.
//!
//! ```text
//! flash 0x1000_0000  app image, slot 1   1280 KiB        RAM 0x2000_0000  SRAM0-3  application          256 KiB
//!       0x1014_0000  slot 2, unused      1280 KiB            0x2004_0000  SRAM4-7  control, with its stack   248 KiB
//!       0x1028_0000  files (littlefs)    1536 KiB            0x2007_E000  SRAM4-7  kept over a reset      8 KiB
//!                                                            0x2008_0000  SRAM8-9  both cores see it      8 KiB
//! ```
//!
//! SRAM0-3 and SRAM4-7 are two groups of banks, each striped by words (RP2350 datasheet, 4.2): the cores never wait for
//! each other, and closing any of SRAM4-7 to the application core means closing all of it. SRAM8 and SRAM9 stand alone.

use crate::shared::Shared;
use core::ops::Range;

/// A piece of the address space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// The first address.
    pub base: u32,
    /// Bytes.
    pub len: u32,
}

const KIB: u32 = 1024;

/// The first program slot: what runs.
pub const SLOT_1: Region = Region { base: 0x1000_0000, len: 1280 * KIB };
/// The second program slot, for signed updates; nothing uses it yet.
pub const SLOT_2: Region = Region { base: SLOT_1.end(), len: 1280 * KIB };
/// The files. A new program is flashed beside them.
pub const FILES: Region = Region { base: SLOT_2.end(), len: 1536 * KIB };
/// RAM of the application core: SRAM0 to SRAM3.
pub const APPLICATION: Region = Region { base: 0x2000_0000, len: 256 * KIB };
/// The control image with its stack.
pub const CONTROL: Region = Region { base: 0x2004_0000, len: 248 * KIB };
/// What the control core keeps over a reset. In no linker region and no start-up code's way.
pub const KEPT: Region = Region { base: 0x2007_E000, len: 8 * KIB };
/// What both cores see: SRAM8 and SRAM9.
pub const SHARED: Region = Region { base: 0x2008_0000, len: 8 * KIB };

/// All flash of the Pico 2 W.
pub const FLASH: Region = Region { base: 0x1000_0000, len: 4096 * KIB };
/// The banks that are closed to the application core: SRAM4 to SRAM7.
pub const FENCED: Region = Region { base: 0x2004_0000, len: 256 * KIB };

/// The control core's stack, at the end of [`CONTROL`]. While it starts it may use all that is free below, too.
pub const CONTROL_STACK: u32 = 32 * KIB;

impl Region {
    /// The first address behind it.
    pub const fn end(self) -> u32 {
        self.base + self.len
    }

    /// Its addresses.
    pub const fn range(self) -> Range<u32> {
        self.base..self.end()
    }

    /// Its bytes, as the length of an array.
    #[expect(clippy::as_conversions, reason = "u32 to usize is exact on every machine this is built for")]
    pub const fn bytes(self) -> usize {
        self.len as usize
    }

    const fn holds(self, other: Self) -> bool {
        self.base <= other.base && other.end() <= self.end()
    }
}

const _: () = assert!(FILES.end() == FLASH.end(), "the flash is used up");
const _: () = assert!(APPLICATION.end() == FENCED.base && FENCED.end() == SHARED.base, "the groups of banks meet");
const _: () = assert!(FENCED.holds(CONTROL) && FENCED.holds(KEPT) && CONTROL.end() <= KEPT.base, "and do not overlap");
const _: () = assert!(CONTROL.base.is_multiple_of(512), "a vector table of 68 entries is aligned to 512 bytes");
const _: () = assert!(bytes_of::<Shared>() <= SHARED.len, "what both cores see fits SRAM8 and SRAM9");

/// How many bytes a value takes.
#[expect(clippy::as_conversions, clippy::cast_possible_truncation, reason = "u32::try_from is not const; asserted")]
pub const fn bytes_of<T>() -> u32 {
    const { assert!(size_of::<T>() <= FLASH.bytes(), "no value is larger than the flash") };
    size_of::<T>() as u32
}
