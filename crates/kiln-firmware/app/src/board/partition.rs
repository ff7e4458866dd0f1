//! The files' part of the flash: one page or one sector a call, so that nothing waits longer than one of them.
//!
//! While a sector is erased (45 to 400 ms) this core stands still with its interrupts off; the control core has its code
//! and data in RAM and does not notice.

use embassy_rp::flash::{Blocking, Flash};
use embassy_rp::peripherals::FLASH;
use kiln_app::store::{self, FlashFailure, PAGE, PARTITION, SECTOR, SECTORS};
use kiln_firmware_abi::map;

/// All flash of the board, bytes.
#[expect(clippy::as_conversions, reason = "u32 to usize in a constant, on a board of 32 bits")]
const WHOLE: usize = map::FLASH.len as usize;
/// Where the files begin, from the start of the flash.
const BEGIN: u32 = map::FILES.base - map::FLASH.base;

#[expect(clippy::as_conversions, reason = "u32 to usize in a constant, on a board of 32 bits")]
const _: () = assert!(map::FILES.len as usize == PARTITION, "the map and the store mean the same partition");

/// The files' part of the flash, or nothing where there shall be no files.
pub(crate) struct Partition(Option<Flash<'static, FLASH, Blocking, WHOLE>>);

impl Partition {
    /// The files' part of this flash.
    pub(crate) const fn new(flash: Flash<'static, FLASH, Blocking, WHOLE>) -> Self {
        Self(Some(flash))
    }

    /// No files, whatever is in the flash.
    pub(crate) const fn none() -> Self {
        Self(None)
    }

    fn flash(&mut self) -> Result<&mut Flash<'static, FLASH, Blocking, WHOLE>, FlashFailure> {
        self.0.as_mut().ok_or(FlashFailure::Failed)
    }
}

/// The place of `bytes` bytes in the whole flash, when they lie in the partition.
fn place(offset: usize, bytes: usize) -> Result<u32, FlashFailure> {
    let inside = offset.checked_add(bytes).is_some_and(|end| end <= PARTITION);
    let offset = u32::try_from(offset).map_err(|_| FlashFailure::Failed)?;
    if inside { Ok(BEGIN + offset) } else { Err(FlashFailure::Failed) }
}

impl store::Flash for Partition {
    fn read(&mut self, offset: usize, into: &mut [u8]) -> Result<(), FlashFailure> {
        let place = place(offset, into.len())?;
        self.flash()?.blocking_read(place, into).map_err(|_| FlashFailure::Failed)
    }

    fn program(&mut self, offset: usize, bytes: &[u8]) -> Result<(), FlashFailure> {
        let mut at = place(offset, bytes.len())?;
        let flash = self.flash()?;
        for page in bytes.chunks(PAGE) {
            flash.blocking_write(at, page).map_err(|_| FlashFailure::Failed)?;
            at = at.saturating_add(u32::try_from(page.len()).unwrap_or(u32::MAX));
        }
        Ok(())
    }

    fn erase(&mut self, sector: usize) -> Result<(), FlashFailure> {
        let from = place(sector.min(SECTORS).saturating_mul(SECTOR), SECTOR)?;
        let to = from.saturating_add(u32::try_from(SECTOR).unwrap_or(0));
        self.flash()?.blocking_erase(from, to).map_err(|_| FlashFailure::Failed)
    }
}
