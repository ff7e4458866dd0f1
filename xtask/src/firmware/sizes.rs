//! What the images take of flash, memory and stack, against `[workspace.metadata.firmware]` in `Cargo.toml`.

use anyhow::Result;
use kiln_firmware_abi::map;
use object::{Object as _, ObjectSection as _, SectionFlags};

use super::{Built, stack};

/// Names and numbers, each with a budget of the same name.
pub(super) fn counts(built: &Built) -> Result<Vec<(String, u64)>> {
    let application = super::read(&built.application)?;
    let control = super::read(&built.control)?;
    let loaded = u64::try_from(super::read(&built.flat)?.len())?;
    let zeroed = section(&control, ".bss")?;
    let [control_stack, application_stack] =
        [stack::below(&built.control, CONTROL_ROOT)?, stack::below(&built.application, APPLICATION_ROOT)?];
    for (what, bound) in [("control", &control_stack), ("application", &application_stack)] {
        println!(
            "\nstack of {what}, by direct calls: {} bytes; {} calls through pointers are not followed, {} functions can \
             come back to themselves",
            bound.bytes,
            bound.indirect,
            bound.cycles.len()
        );
        for (name, frame) in bound.chain.iter().filter(|(_, frame)| *frame > 0) {
            println!("  {frame:>6}  {name}");
        }
    }
    println!();
    sections("application", &application)?;
    sections("control", &control)?;
    let counts = [
        ("flash", flashed(&application)?),
        ("application-ram", inside(&application, map::APPLICATION)?),
        ("application-stack", application_stack.bytes),
        ("control-image", loaded),
        ("control-memory", loaded + zeroed + u64::from(map::CONTROL_STACK)),
        ("control-stack", control_stack.bytes),
    ];
    Ok(counts.map(|(name, count)| (name.to_owned(), count)).to_vec())
}

/// Where the loop begins; what comes before it has more stack.
const CONTROL_ROOT: &str = "Runner::turn";
const APPLICATION_ROOT: &str = "main";

fn section(elf: &[u8], name: &str) -> Result<u64> {
    let file = object::File::parse(elf)?;
    Ok(file.section_by_name(name).map_or(0, |section| section.size()))
}

/// Prints the sections that take room.
fn sections(what: &str, elf: &[u8]) -> Result<()> {
    let file = object::File::parse(elf)?;
    for section in file.sections().filter(is_there) {
        println!("{what:<12} {:<14} {:>9} bytes at {:#010x}", section.name()?, section.size(), section.address());
    }
    Ok(())
}

fn is_there(section: &object::Section<'_, '_>) -> bool {
    let SectionFlags::Elf { sh_flags, .. } = section.flags() else { return false };
    section.size() > 0 && (sh_flags & object::elf::SHF_ALLOC).0 != 0
}

/// Bytes of memory that sections take in a region for good.
fn inside(elf: &[u8], region: map::Region) -> Result<u64> {
    let file = object::File::parse(elf)?;
    let range = u64::from(region.base)..u64::from(region.end());
    Ok(file.sections().filter(is_there).filter(|section| range.contains(&section.address())).map(|s| s.size()).sum())
}

/// Bytes that are written to flash.
fn flashed(elf: &[u8]) -> Result<u64> {
    let file = object::File::parse(elf)?;
    let sections = file.sections().filter(is_there);
    // What is zeroed or left alone has no bytes in the file.
    Ok(sections.filter(|section| section.file_range().is_some_and(|(_, len)| len > 0)).map(|s| s.size()).sum())
}
