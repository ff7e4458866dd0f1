//! What is flashed: the loadable parts of an ELF, and files of one's own.

use std::fmt;

use object::{Object as _, ObjectSegment as _, ObjectSymbol as _};

use crate::chip::FLASH;

/// Bytes for the flash, and the names of addresses.
#[derive(Clone, Debug, Default)]
pub struct Image {
    /// Bytes with their addresses.
    pub flash: Vec<(u32, Vec<u8>)>,
    symbols: Vec<(String, u32)>,
}

/// Why there is no image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImageError {
    /// It is no ELF for the board.
    Elf(String),
    /// A part does not belong into flash.
    Place(u32),
}

impl fmt::Display for ImageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Elf(why) => write!(f, "not an image for the board: {why}"),
            Self::Place(address) => write!(f, "a part of the image lies at {address:08x}, outside the flash"),
        }
    }
}

impl std::error::Error for ImageError {}

impl Image {
    /// Reads an ELF.
    ///
    /// # Errors
    /// It cannot be read, or has parts that flash cannot hold.
    pub fn from_elf(bytes: &[u8]) -> Result<Self, ImageError> {
        let elf = object::File::parse(bytes).map_err(|error| ImageError::Elf(error.to_string()))?;
        let mut image = Self::default();
        let object::File::Elf32(inner) = &elf else {
            return Err(ImageError::Elf("not of 32 bits".to_owned()));
        };
        let endian = inner.endian();
        for segment in elf.segments() {
            let data = segment.data().map_err(|error| ImageError::Elf(error.to_string()))?;
            let header = inner
                .elf_program_headers()
                .iter()
                .find(|header| u64::from(header.p_vaddr.get(endian)) == segment.address() && !data.is_empty());
            let Some(header) = header else { continue };
            // Where it is stored, not where it runs.
            let address = header.p_paddr.get(endian);
            if address >> 24 != FLASH >> 24 {
                return Err(ImageError::Place(address));
            }
            image.flash.push((address, data.to_vec()));
        }
        image.symbols = named(&elf);
        Ok(image)
    }

    /// Adds bytes at an address.
    pub fn add(&mut self, address: u32, bytes: Vec<u8>) {
        self.flash.push((address, bytes));
    }

    /// The address of a function in whose mangled name a word stands.
    pub fn symbol_with(&self, word: &str) -> Option<u32> {
        self.symbols.iter().find(|(name, address)| name.contains(word) && *address != 0).map(|(_, address)| *address)
    }

    /// The names of an ELF that is not flashed itself.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn symbols_of(bytes: &[u8]) -> Result<Self, ImageError> {
        let elf = object::File::parse(bytes).map_err(|error| ImageError::Elf(error.to_string()))?;
        Ok(Self { flash: Vec::new(), symbols: named(&elf) })
    }

    /// Addresses and names of what was linked; mapping symbols and what lies nowhere are left out.
    pub fn functions(&self) -> impl Iterator<Item = (u32, &str)> {
        let told = self.symbols.iter().filter(|(name, address)| *address != 0 && !name.starts_with('$'));
        told.map(|(name, address)| (address & !1, name.as_str()))
    }

    /// The address of a symbol.
    pub fn symbol(&self, name: &str) -> Option<u32> {
        self.symbols.iter().find(|(other, _)| other == name).map(|(_, address)| *address)
    }
}

fn named(elf: &object::File<'_>) -> Vec<(String, u32)> {
    elf.symbols()
        .filter_map(|symbol| Some((symbol.name().ok()?.to_owned(), u32::try_from(symbol.address()).ok()?)))
        .collect()
}
