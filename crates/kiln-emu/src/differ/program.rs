//! The instructions of a program, from its ELF.

use std::collections::{BTreeMap, BTreeSet};

use object::{Object as _, ObjectSection as _, ObjectSymbol as _};

use crate::cpu::decode::{decode, is_wide};
use crate::cpu::insn::Op;

/// What a program is made of.
#[derive(Debug, Default)]
pub struct Program {
    /// Every encoding that occurs, once.
    pub encodings: BTreeSet<(u16, u16)>,
    /// How often each form occurs.
    pub forms: BTreeMap<String, usize>,
    /// Encodings that the core does not know, with an address of each.
    pub unknown: BTreeMap<(u16, u16), u32>,
}

impl Program {
    /// Adds the instructions of an ELF for the board: what its mapping symbols call Thumb code.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn add(&mut self, elf: &[u8]) -> Result<(), object::Error> {
        let file = object::File::parse(elf)?;
        let mut marks: BTreeMap<u32, bool> = BTreeMap::new();
        for symbol in file.symbols() {
            let name = symbol.name().unwrap_or_default();
            if name.starts_with("$t") || name.starts_with("$d") {
                marks.insert(symbol.address() as u32, name.starts_with("$t"));
            }
        }
        for section in file.sections().filter(|section| section.kind() == object::SectionKind::Text) {
            let (first, data) = (section.address() as u32, section.data()?);
            let mut at = 0;
            while at + 1 < data.len() {
                let address = first + at as u32;
                let code = marks.range(..=address).next_back().is_some_and(|(_, code)| *code);
                at += if code { self.take(data, at, address) } else { 2 };
            }
        }
        Ok(())
    }

    /// Takes the instruction at an offset; its length.
    fn take(&mut self, data: &[u8], at: usize, address: u32) -> usize {
        let half = |at: usize| data.get(at..at + 2).map_or(0, |bytes| u16::from_le_bytes([bytes[0], bytes[1]]));
        let first = half(at);
        let wide = is_wide(first);
        let halves = (first, if wide { half(at + 2) } else { 0 });
        let op = decode(halves.0, halves.1);
        if self.encodings.insert(halves) && op == Op::Unknown {
            self.unknown.insert(halves, address);
        }
        *self.forms.entry(op.form()).or_default() += 1;
        if wide { 4 } else { 2 }
    }
}
