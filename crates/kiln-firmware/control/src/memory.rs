//! The memory that has a fixed place: what both cores see, what survives a reset, and this image itself.

use kiln_firmware_abi::fault::Record;
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
}
