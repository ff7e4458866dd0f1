//! An image as it was linked becomes a UF2 file: blocks of 512 bytes, each with 256 bytes of flash and their address.
//!
//! The format is that of <https://github.com/microsoft/uf2>; the family is the RP2350's for Arm programs in the secure
//! state. The first block is there for erratum RP2350-E10: a block of the family "absolute" at the end of the address
//! space, as picotool writes it, keeps the boot ROM from taking the file for a partition's.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use kiln_firmware_abi::map;
use object::Endianness;
use object::read::elf::{ElfFile32, ProgramHeader as _};

const PAGE: usize = 256;
const MAGIC: [u32; 2] = [0x0A32_4655, 0x9E5D_5157];
const MAGIC_END: u32 = 0x0AB1_6F30;
/// Flag: the family is given.
const FAMILY_GIVEN: u32 = 0x2000;
const RP2350_ARM_S: u32 = 0xE48B_FF59;
const ABSOLUTE: u32 = 0xE48B_FF57;
const ABSOLUTE_AT: u32 = 0x10FF_FF00;

/// The UF2 file of an image.
///
/// # Errors
/// When something of it would be flashed outside the first program slot.
pub(super) fn convert(elf: &[u8]) -> Result<Vec<u8>> {
    let pages = pages(elf)?;
    let count = u32::try_from(pages.len())?;
    let mut file = block(ABSOLUTE_AT, &[0xEF; PAGE], [0, 2], ABSOLUTE);
    for (number, (address, page)) in (0..).zip(&pages) {
        file.extend(block(*address, page, [number, count], RP2350_ARM_S));
    }
    Ok(file)
}

/// What is flashed, page by page; what is in none of them is left as it is.
fn pages(elf: &[u8]) -> Result<BTreeMap<u32, [u8; PAGE]>> {
    let file: ElfFile32<'_> = ElfFile32::parse(elf)?;
    let end = Endianness::Little;
    let mut pages = BTreeMap::new();
    for segment in file.elf_program_headers().iter().filter(|segment| segment.p_type(end) == object::elf::PT_LOAD) {
        let Ok(bytes) = segment.data(end, elf) else { continue };
        for (address, byte) in (segment.p_paddr(end)..).zip(bytes) {
            ensure!(map::SLOT_1.range().contains(&address), "{address:#x} lies outside the program slot");
            let inside = usize::try_from(address)? % PAGE;
            let page = pages.entry(address - u32::try_from(inside)?).or_insert([0; PAGE]);
            if let Some(place) = page.get_mut(inside) {
                *place = *byte;
            }
        }
    }
    ensure!(!pages.is_empty(), "there is nothing to flash");
    Ok(pages)
}

fn block(address: u32, page: &[u8; PAGE], [number, count]: [u32; 2], family: u32) -> Vec<u8> {
    let [first, second] = MAGIC;
    let head = [first, second, FAMILY_GIVEN, address, 256, number, count, family];
    let mut block: Vec<u8> = head.into_iter().flat_map(u32::to_le_bytes).collect();
    block.extend(page);
    block.resize(508, 0);
    block.extend(MAGIC_END.to_le_bytes());
    block
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_as_the_format_says() {
        let block = block(0x1000_0100, &[7; PAGE], [1, 3], RP2350_ARM_S);
        let word = |at: usize| u32::from_le_bytes(*block[at..].first_chunk().unwrap());
        assert_eq!(block.len(), 512);
        assert_eq!([word(0), word(4), word(508)], [0x0A32_4655, 0x9E5D_5157, 0x0AB1_6F30]);
        assert_eq!(
            [word(8), word(12), word(16), word(20), word(24), word(28)],
            [0x2000, 0x1000_0100, 256, 1, 3, 0xE48B_FF59]
        );
        assert_eq!(block[32..32 + PAGE], [7; PAGE]);
    }
}
