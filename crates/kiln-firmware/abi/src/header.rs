//! How the control image introduces itself to whoever launches it.
//!
//! Sixteen words before the image's vector table. The builder writes them when it has checked the image
//! (`cargo xtask firmware`); the launcher believes nothing that the sum does not confirm.

use crate::crc::Crc;
use crate::map;

/// Bytes of the header.
pub const LEN: usize = 64;
/// Bytes from the start of the image to its vector table, which is aligned to 512.
pub const VECTORS_AT: u32 = 512;

const MAGIC: u32 = u32::from_le_bytes(*b"KILN");
/// The agreement between the images: it changes whenever what both see does.
const AGREEMENT: u32 = 1 << 16 | map::bytes_of::<crate::shared::Shared>();

/// What the launcher must know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// Bytes to be copied, the header among them.
    pub load_len: u32,
    /// The sum of what is copied behind the header.
    pub load_crc: u32,
    /// The address of the vector table.
    pub vectors: u32,
    /// The first address behind the stack.
    pub stack_top: u32,
    /// The lowest address of the stack.
    pub stack_limit: u32,
    /// Where the core begins; bit 0 is set, as for all Thumb code.
    pub entry: u32,
    /// The first address behind code and constants, which never change while it runs.
    pub constant_end: u32,
    /// The sum of code and constants, from the vector table on, as [`crate::sum`] makes it.
    pub constant_sum: u32,
}

/// Why an image is not launched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// There is none, or it begins with something else.
    NoImage,
    /// It was built for another agreement.
    OtherAgreement,
    /// A figure of it cannot be.
    Nonsense,
    /// What arrived is not what was built.
    Damaged,
}

impl Header {
    /// The header as it lies at the start of an image.
    pub fn to_bytes(self) -> [u8; LEN] {
        let Self { load_len, load_crc, vectors, stack_top, stack_limit, entry, constant_end, constant_sum } = self;
        let words =
            [MAGIC, AGREEMENT, load_len, load_crc, vectors, stack_top, stack_limit, entry, constant_end, constant_sum];
        let mut bytes = [0; LEN];
        for (place, word) in bytes.as_chunks_mut::<4>().0.iter_mut().zip(words) {
            *place = word.to_le_bytes();
        }
        bytes
    }

    /// Reads the header of an image.
    ///
    /// # Errors
    /// When there is none, or its figures cannot be right.
    pub fn read(image: &[u8]) -> Result<Self, Refused> {
        let words = image.first_chunk::<LEN>().ok_or(Refused::NoImage)?;
        let mut words = words.as_chunks::<4>().0.iter().map(|word| u32::from_le_bytes(*word));
        let mut next = || words.next().unwrap_or_default();
        if next() != MAGIC {
            return Err(Refused::NoImage);
        }
        if next() != AGREEMENT {
            return Err(Refused::OtherAgreement);
        }
        let header = Self {
            load_len: next(),
            load_crc: next(),
            vectors: next(),
            stack_top: next(),
            stack_limit: next(),
            entry: next(),
            constant_end: next(),
            constant_sum: next(),
        };
        if header.can_be() { Ok(header) } else { Err(Refused::Nonsense) }
    }

    /// Reads the header of an image and compares the image with its sum.
    ///
    /// # Errors
    /// When it must not be launched.
    pub fn check(image: &[u8]) -> Result<Self, Refused> {
        let header = Self::read(image)?;
        let load = usize::try_from(header.load_len).ok().and_then(|len| image.get(LEN..len));
        let sum = load.ok_or(Refused::Nonsense).map(|load| Crc::NEW.with(load).sum())?;
        if sum == header.load_crc { Ok(header) } else { Err(Refused::Damaged) }
    }

    fn can_be(&self) -> bool {
        let region = map::CONTROL.range();
        let load_end = region.start.checked_add(self.load_len);
        self.vectors == region.start + VECTORS_AT
            && self.entry & 1 == 1
            && (self.vectors..self.constant_end).contains(&self.entry)
            && load_end.is_some_and(|end| self.constant_end <= end && end <= self.stack_limit)
            && self.stack_limit.checked_add(map::CONTROL_STACK) == Some(self.stack_top)
            && self.stack_top == region.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::vec::Vec;

    fn image() -> Vec<u8> {
        let base = map::CONTROL.base;
        let body: Vec<u8> = (0..4032_u32).map(|byte| byte.to_le_bytes()[0]).collect();
        let header = Header {
            load_len: 4096,
            load_crc: Crc::NEW.with(&body).sum(),
            vectors: base + 512,
            stack_top: map::CONTROL.end(),
            stack_limit: map::CONTROL.end() - map::CONTROL_STACK,
            entry: base + 0x401,
            constant_end: base + 0x800,
            constant_sum: 7,
        };
        [&header.to_bytes()[..], &body].concat()
    }

    #[test]
    fn what_was_written_is_read() {
        let header = Header::check(&image()).unwrap();
        assert_eq!((header.load_len, header.constant_sum), (4096, 7));
        assert_eq!(header.to_bytes()[..], image()[..LEN]);
    }

    #[test]
    fn any_flipped_bit_refuses_the_image() {
        let whole = image();
        // The sum of code and constants is judged while it runs, not at the launch; the rest of the header is unused.
        let judged = (0..36).chain(LEN..whole.len());
        for byte in judged {
            for bit in 0..8 {
                let mut image = whole.clone();
                image[byte] ^= 1 << bit;
                assert!(Header::check(&image) != Header::check(&whole), "byte {byte} bit {bit}");
            }
        }
        assert_eq!(Header::check(&[]), Err(Refused::NoImage));
        assert_eq!(Header::check(&whole[..4000]), Err(Refused::Nonsense));
    }
}
