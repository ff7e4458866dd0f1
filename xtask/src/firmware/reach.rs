//! What the control image could reach: no address of the flash, no crate beyond its wall.
//!
//! Both are asked of what was linked. An address of the flash is a word among the data, or one that code puts together
//! with a MOVT; mapping symbols tell data from code. A crate is known by its name in the names of functions.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use kiln_firmware_abi::{header, map};
use object::{Object as _, ObjectSymbol as _};

use crate::rooms::{ROOMS, Wall};

/// Says every place of the flattened image that names an address of the flash.
///
/// # Errors
/// When the linked image has no mapping symbols.
pub(super) fn flash(elf: &[u8], image: &[u8]) -> Result<Vec<String>> {
    let kinds = kinds(elf)?;
    let is_data = |address: u32| {
        let before = kinds.partition_point(|(at, _)| *at <= address);
        kinds.get(..before).and_then(<[_]>::last).is_none_or(|(_, data)| *data)
    };
    let mut found = Vec::new();
    // The header holds sums, which may look like anything.
    let words = (map::CONTROL.base..).step_by(4).zip(image.as_chunks::<4>().0).skip(header::LEN / 4);
    for (address, word) in words {
        let word = u32::from_le_bytes(*word);
        if is_data(address) && is_flash(word) {
            found.push(format!("the word {word:#010x} at {address:#010x} is an address of the flash"));
        }
    }
    let halves: Vec<u16> = image.as_chunks::<2>().0.iter().map(|half| u16::from_le_bytes(*half)).collect();
    for (address, pair) in (map::CONTROL.base..).step_by(2).zip(halves.windows(2)) {
        let [first, second] = pair else { continue };
        let upper = movt(*first, *second).filter(|_| !is_data(address));
        if let Some(upper) = upper.filter(|upper| is_flash(u32::from(*upper) << 16)) {
            found.push(format!("the code at {address:#010x} makes an address of the flash: {upper:#06x}0000"));
        }
    }
    Ok(found)
}

/// Whether a word is an address of the flash as programs are linked to it. Its uncached second addresses are left out:
/// tables of jumps, which lie among the data, look like them.
fn is_flash(word: u32) -> bool {
    map::FLASH.range().contains(&word)
}

/// The number that a MOVT puts into the upper half of a register (Armv8-M, T1: 11110 i 101100 imm4, 0 imm3 Rd imm8).
fn movt(first: u16, second: u16) -> Option<u16> {
    let is_movt = first & 0xFBF0 == 0xF2C0 && second & 0x8000 == 0;
    is_movt.then_some((first & 0xF) << 12 | (first >> 10 & 1) << 11 | (second >> 12 & 7) << 8 | second & 0xFF)
}

/// Where data begins and where code does, in the order of addresses.
fn kinds(elf: &[u8]) -> Result<Vec<(u32, bool)>> {
    let file = object::File::parse(elf)?;
    let mut kinds = Vec::new();
    for symbol in file.symbols() {
        let data = match symbol.name().unwrap_or_default().get(..2) {
            Some("$d") => true,
            Some("$t") => false,
            _ => continue,
        };
        kinds.push((u32::try_from(symbol.address())?, data));
    }
    ensure!(!kinds.is_empty(), "the linked image does not tell code from data");
    kinds.sort_unstable();
    Ok(kinds)
}

/// The crates of the lock file that have a function in a linked image, by their names.
///
/// # Errors
/// When the image cannot be read.
pub(super) fn crates(elf: &[u8], packages: &[String]) -> Result<BTreeSet<String>> {
    let file = object::File::parse(elf)?;
    let names: Vec<&str> = file.symbols().filter_map(|symbol| symbol.name().ok()).collect();
    let has = |package: &&String| {
        let name = package.replace('-', "_");
        // In both manglings a name follows its length.
        let mangled = format!("{}{name}", name.len());
        names.iter().any(|symbol| symbol.contains(&mangled))
    };
    Ok(packages.iter().filter(has).cloned().collect())
}

/// The crates that the wall of a room does not allow.
pub(super) fn strangers<'c>(room: &str, crates: &'c BTreeSet<String>) -> Vec<&'c String> {
    let allowed = |name: &str| match ROOMS.iter().find(|other| other.name == room).map(|other| other.wall) {
        Some(Wall::Only(may, brings)) => name == room || may.contains(&name) || brings.contains(&name),
        Some(Wall::Open) | None => false,
    };
    crates.iter().filter(|name| !allowed(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_upper_half_is_read_from_its_instruction() {
        // As an assembler writes `movt r0, #0x1000` and `movt r3, #0x2004`.
        assert_eq!(movt(0xF2C1, 0x0000), Some(0x1000));
        assert_eq!(movt(0xF2C2, 0x0304), Some(0x2004));
        assert_eq!(movt(0xF241, 0x0000), None, "a movw");
        assert!(is_flash(0x1028_0000) && !is_flash(0x2004_0000) && !is_flash(0x1062_0000));
    }

    #[test]
    fn a_crate_beyond_the_wall_is_named() {
        let crates = ["kiln-core", "kiln-wire"].map(str::to_owned).into();
        assert_eq!(strangers("kiln-firmware-control", &crates), [&"kiln-wire".to_owned()]);
    }
}
