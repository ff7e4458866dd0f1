//! The memory that has a fixed place: what both cores see, what survives a reset, and this image itself.

use core::sync::atomic::{AtomicU32, Ordering};

use kiln_firmware_abi::fault::Record;
use kiln_firmware_abi::header::{self, Header};
use kiln_firmware_abi::map;
use kiln_firmware_abi::shared::Shared;
use kiln_firmware_abi::wiring::Told;
use kiln_hal::link::Kept;

/// What the control core keeps over a reset. No start-up code touches it; what it holds after power came is noise, and
/// noise is no value.
#[repr(C)]
pub(crate) struct KeptArea {
    /// The firing, the settings, the ledger.
    pub(crate) kept: Kept,
    /// What the fault handler left.
    pub(crate) fault: Record,
    /// How the kiln is wired.
    pub(crate) wiring: Told,
    asked: AtomicU32,
}

/// Somebody has asked for the restart that follows.
const ASKED: u32 = 0x4153_4B44;

impl KeptArea {
    /// Leaves word that the reset that follows was asked for.
    pub(crate) fn ask(&self) {
        self.asked.store(ASKED, Ordering::Release);
    }

    /// Whether the reset was asked for; it is forgotten.
    pub(crate) fn take_asked(&self) -> bool {
        let asked = self.asked.load(Ordering::Acquire) == ASKED;
        self.asked.store(0, Ordering::Release);
        asked
    }
}

const _: () = assert!(map::bytes_of::<KeptArea>() <= map::KEPT.len, "it fits its place");

// SAFETY: the linker script puts both where the map has them, in RAM that nothing else is linked to; they are aligned to
// kilobytes and consist of atomic words, for which every pattern of bits is a value.
unsafe extern "C" {
    /// What both cores see.
    #[link_name = "SHARED"]
    pub(crate) safe static SHARED: Shared;
    /// What survives a reset.
    #[link_name = "KEPT"]
    pub(crate) safe static KEPT: KeptArea;
    #[link_name = "CONTROL_RAM"]
    safe static IMAGE: [u8; map::CONTROL.bytes()];
}

/// The beginning of this image: header, code and constants. Nothing of it ever changes.
pub(crate) fn image() -> &'static [u8] {
    IMAGE.first_chunk::<{ header::LEN }>().map_or(&[], |header| header)
}

/// Code and constants of this image.
pub(crate) fn constants(header: &Header) -> &'static [u8] {
    let from = |address: u32| usize::try_from(address.saturating_sub(map::CONTROL.base)).unwrap_or_default();
    IMAGE.get(from(header.vectors)..from(header.constant_end)).unwrap_or_default()
}
