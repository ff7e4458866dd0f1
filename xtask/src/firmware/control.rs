//! The control image as it was linked becomes the bytes that are copied into RAM.
//!
//! Every piece must lie inside the image's region and run where it is loaded. Nothing in it may name an address of the
//! flash: it would work until the application erases a sector, and then stand still for up to 400 ms.

use std::io::Write as _;

use anyhow::{Context as _, Result, bail, ensure};
use flate2::Compression;
use flate2::write::DeflateEncoder;
use kiln_firmware_abi::crc::crc32;
use kiln_firmware_abi::header::{self, Header};
use kiln_firmware_abi::map;
use kiln_firmware_abi::sum::Sum;
use object::read::elf::{ElfFile32, ProgramHeader as _};
use object::{Endianness, Object as _, ObjectSymbol as _};

/// Flattens the linked image, checks it, and writes its header.
///
/// # Errors
/// When it does not hold to what it must; every breach is named.
pub(super) fn flatten(elf: &[u8]) -> Result<Vec<u8>> {
    let file: ElfFile32<'_> = ElfFile32::parse(elf)?;
    let symbol = |name: &str| -> Result<u32> {
        let found = file.symbols().find(|symbol| symbol.name() == Ok(name));
        let address = found.with_context(|| format!("there is no symbol {name}"))?.address();
        Ok(u32::try_from(address)?)
    };
    let load_len = symbol("__load_end")? - map::CONTROL.base;
    let mut image = vec![0; usize::try_from(load_len)?];
    for segment in file.elf_program_headers() {
        place(segment, elf, &mut image)?;
    }
    let constant_end = symbol("__constant_end")?;
    let (vectors, entry) = (symbol("__vectors")?, symbol("control_reset")?);
    let from = |address: u32| usize::try_from(address - map::CONTROL.base);
    let constants =
        image.get(from(vectors)?..from(constant_end)?).context("code and constants lie outside the image")?;
    let header = Header {
        load_len,
        load_crc: crc32(image.get(header::LEN..).context("the image is shorter than its header")?),
        vectors,
        stack_top: symbol("__stack_top")?,
        stack_limit: symbol("__stack_limit")?,
        entry: entry | 1,
        constant_end,
        constant_sum: Sum::NEW.with(constants).value(),
    };
    image.get_mut(..header::LEN).context("the image is shorter than its header")?.copy_from_slice(&header.to_bytes());
    match Header::check(&image) {
        Ok(read) if read == header => Ok(image),
        other => bail!("the launcher would refuse this image: {other:?}"),
    }
}

/// What the application carries: the header as it is, the rest deflated.
///
/// # Errors
/// When the image is shorter than its header.
pub(super) fn pack(image: &[u8]) -> Result<Vec<u8>> {
    let (head, rest) = image.split_at_checked(header::LEN).context("the image is shorter than its header")?;
    let mut packed = DeflateEncoder::new(head.to_vec(), Compression::best());
    packed.write_all(rest)?;
    Ok(packed.finish()?)
}

/// Puts one segment where it belongs.
fn place(segment: &object::elf::ProgramHeader32<Endianness>, elf: &[u8], image: &mut [u8]) -> Result<()> {
    let end = Endianness::Little;
    if segment.p_type(end) != object::elf::PT_LOAD || segment.p_memsz(end) == 0 {
        return Ok(());
    }
    let (address, size) = (segment.p_vaddr(end), segment.p_memsz(end));
    ensure!(address == segment.p_paddr(end), "what runs at {address:#x} is loaded elsewhere");
    let region = map::CONTROL.range();
    let inside = region.contains(&address) && address.checked_add(size).is_some_and(|last| last <= region.end);
    ensure!(inside, "{size:#x} bytes at {address:#x} lie outside {region:x?}");
    let bytes = segment.data(end, elf).ok().context("a segment is not in the file")?;
    let at = usize::try_from(address - region.start)?;
    if let Some(room) = image.get_mut(at..at + bytes.len()) {
        room.copy_from_slice(bytes);
        return Ok(());
    }
    ensure!(bytes.is_empty(), "{} bytes at {address:#x} lie behind what is loaded", bytes.len());
    Ok(())
}
