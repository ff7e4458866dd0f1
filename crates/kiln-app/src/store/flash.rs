//! The flash chip as the store sees it: read, program a page, erase a sector.
//!
//! NOR flash: erasing sets every bit of a sector, programming only clears bits. Figures are those of the 4 MiB chip of
//! a Pico 2 W (Winbond W25Q32RV datasheet, 8.2: page program 256 bytes, sector erase 4 KiB). Refuses to know what is
//! kept in it.

use littlefs2::consts::{U6, U512};
use littlefs2::driver::Storage;
use littlefs2::io;

/// Bytes that are erased together.
pub const SECTOR: usize = 4096;
/// Bytes that are programmed together.
pub const PAGE: usize = 256;
/// Sectors of the partition: 1536 KiB.
pub const SECTORS: usize = 384;
/// Bytes of the partition.
pub const PARTITION: usize = SECTOR * SECTORS;
/// Erases of one sector that the chip is specified for.
pub const ERASES_MOST: u32 = 100_000;

/// Why the flash did not do what it was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlashFailure {
    /// The control core was not ready to stand aside; nothing was changed.
    Busy,
    /// The chip did not do it, or an address lies outside the partition; what is there is unknown.
    Failed,
}

/// A partition of NOR flash. Offsets count from the partition's start.
pub trait Flash {
    /// Reads bytes.
    ///
    /// # Errors
    /// [`FlashFailure`].
    fn read(&mut self, offset: usize, into: &mut [u8]) -> Result<(), FlashFailure>;

    /// Clears the bits that are 0 in `bytes`: whole pages, within one sector.
    ///
    /// # Errors
    /// [`FlashFailure`].
    fn program(&mut self, offset: usize, bytes: &[u8]) -> Result<(), FlashFailure>;

    /// Sets every bit of one sector, counted from 0.
    ///
    /// # Errors
    /// [`FlashFailure`].
    fn erase(&mut self, sector: usize) -> Result<(), FlashFailure>;
}

/// The flash as littlefs drives it.
pub(super) struct Medium<F>(pub(super) F);

impl<F: Flash> Storage for Medium<F> {
    const READ_SIZE: usize = 16;
    const WRITE_SIZE: usize = PAGE;
    const BLOCK_SIZE: usize = SECTOR;
    const BLOCK_COUNT: usize = SECTORS;
    /// After so many erases of a directory's block littlefs moves it: the value its makers suggest.
    const BLOCK_CYCLES: isize = 500;
    type CACHE_SIZE = U512;
    /// A bit for each of 384 sectors.
    type LOOKAHEAD_SIZE = U6;

    fn read(&mut self, offset: usize, into: &mut [u8]) -> io::Result<usize> {
        self.0.read(offset, into).map(|()| into.len()).map_err(|_| io::Error::IO)
    }

    fn write(&mut self, offset: usize, bytes: &[u8]) -> io::Result<usize> {
        self.0.program(offset, bytes).map(|()| bytes.len()).map_err(|_| io::Error::IO)
    }

    fn erase(&mut self, offset: usize, length: usize) -> io::Result<usize> {
        // One sector each: while it is erased the control core stands aside.
        let (first, count) = (offset / SECTOR, length / SECTOR);
        (first..first.saturating_add(count))
            .try_for_each(|sector| self.0.erase(sector))
            .map(|()| length)
            .map_err(|_| io::Error::IO)
    }
}
