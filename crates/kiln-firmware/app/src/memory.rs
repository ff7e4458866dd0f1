//! The memory that has a fixed place.

use kiln_firmware_abi::shared::Shared;

// SAFETY: the linker script puts it where the map has it, in RAM that nothing else is linked to; it is aligned to kilobytes
// and consists of atomic words, for which every pattern of bits is a value.
unsafe extern "C" {
    /// What both cores see.
    #[link_name = "SHARED"]
    pub(crate) safe static SHARED: Shared;
}
