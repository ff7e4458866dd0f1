//! NOR flash in memory, and in a file if there is one: bits only clear, erases wear, power fails.
//!
//! A cut ends the power in the middle of one program or erase; from then on the chip answers nothing, until the image
//! is taken into a new chip. A tear says what the cut operation leaves behind. Sectors are shared between copies and
//! copied when they are written, so that a chip can be cut off at every operation from the same beginning.

use std::cell::RefCell;
use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;
use std::rc::Rc;

use kiln_app::store::{Flash, FlashFailure, PAGE, PARTITION, SECTOR, SECTORS};

use crate::random::Stream;

/// What a cut operation leaves behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tear {
    /// The operation had not begun.
    Nothing,
    /// The first half was done.
    Half,
    /// Any bit may have changed or not; some of those left between are read now as one, now as the other, until they
    /// are erased or programmed again.
    Random,
}

impl Tear {
    /// Every way to tear.
    pub const ALL: [Self; 3] = [Self::Nothing, Self::Half, Self::Random];
}

/// When the power fails.
#[derive(Clone, Debug)]
pub struct Cut {
    /// Programs and erases that are still done.
    pub after: u64,
    /// What the next leaves behind.
    pub tear: Tear,
    /// Chance for it.
    pub chance: Stream,
}

/// What the chip has been through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wear {
    /// Programs and erases.
    pub operations: u64,
    /// Bytes programmed.
    pub programmed: u64,
    /// Erases of each sector.
    pub erases: Vec<u32>,
}

impl Wear {
    /// Erases of the sector erased most often.
    pub fn most(&self) -> u32 {
        self.erases.iter().copied().max().unwrap_or(0)
    }

    /// Erases of all sectors.
    pub fn total(&self) -> u64 {
        self.erases.iter().map(|count| u64::from(*count)).sum()
    }
}

/// A chip. Copies of a handle are the same chip.
#[derive(Clone)]
pub struct NorFlash(Rc<RefCell<Chip>>);

type Sector = Rc<[u8; SECTOR]>;

struct Chip {
    sectors: Vec<Sector>,
    /// Bits between 0 and 1: the sector, the byte in it, the bits.
    weak: Vec<(usize, usize, u8)>,
    wear: Wear,
    cut: Option<Cut>,
    off: bool,
    file: Option<File>,
}

impl Default for NorFlash {
    fn default() -> Self {
        Self::new()
    }
}

impl NorFlash {
    /// A chip as it comes from the factory.
    pub fn new() -> Self {
        Self::with((0..SECTORS).map(|_| Rc::new([0xFF; SECTOR])).collect(), None)
    }

    /// A chip with these bytes on it; `None` unless they are as many as the partition has.
    pub fn of_image(bytes: &[u8]) -> Option<Self> {
        if bytes.len() != PARTITION {
            return None;
        }
        let (sectors, _) = bytes.as_chunks::<SECTOR>();
        Some(Self::with(sectors.iter().map(|sector| Rc::new(*sector)).collect(), None))
    }

    /// A chip whose bytes lie in a file: the raw partition, as on the real chip. A file that is not there is made.
    /// Each operation is written to the file before it is answered, so that a killed program is a cut.
    ///
    /// # Errors
    /// When the file cannot be used, or is not as long as the partition.
    pub fn open(path: &Path) -> io::Result<Self> {
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        if bytes.is_empty() {
            bytes = vec![0xFF; PARTITION];
            file.write_all(&bytes)?;
        }
        let wrong = || io::Error::new(io::ErrorKind::InvalidData, format!("not a flash image of {PARTITION} bytes"));
        let chip = Self::of_image(&bytes).ok_or_else(wrong)?;
        chip.0.borrow_mut().file = Some(file);
        Ok(chip)
    }

    fn with(sectors: Vec<Sector>, file: Option<File>) -> Self {
        let wear = Wear { operations: 0, programmed: 0, erases: vec![0; SECTORS] };
        Self(Rc::new(RefCell::new(Chip { sectors, weak: Vec::new(), wear, cut: None, off: false, file })))
    }

    /// Another chip with the same bytes, the power on, and this cut to come.
    pub fn copy(&self, cut: Option<Cut>) -> Self {
        let chip = self.0.borrow();
        let copy = Self::with(chip.sectors.clone(), None);
        {
            let mut new = copy.0.borrow_mut();
            new.weak.clone_from(&chip.weak);
            new.cut = cut;
        }
        copy
    }

    /// What the chip has been through.
    pub fn wear(&self) -> Wear {
        self.0.borrow().wear.clone()
    }

    /// Programs and erases so far.
    pub fn operations(&self) -> u64 {
        self.0.borrow().wear.operations
    }

    /// Whether the power has failed.
    pub fn is_off(&self) -> bool {
        self.0.borrow().off
    }

    /// All bytes.
    pub fn image(&self) -> Vec<u8> {
        self.0.borrow().sectors.iter().flat_map(|sector| sector.iter().copied()).collect()
    }
}

impl Flash for NorFlash {
    fn read(&mut self, offset: usize, into: &mut [u8]) -> Result<(), FlashFailure> {
        self.0.borrow_mut().read(offset, into)
    }

    fn program(&mut self, offset: usize, bytes: &[u8]) -> Result<(), FlashFailure> {
        self.0.borrow_mut().program(offset, bytes)
    }

    fn erase(&mut self, sector: usize) -> Result<(), FlashFailure> {
        self.0.borrow_mut().erase(sector)
    }
}

impl Chip {
    fn read(&mut self, offset: usize, into: &mut [u8]) -> Result<(), FlashFailure> {
        let end = offset.checked_add(into.len()).filter(|end| *end <= PARTITION).ok_or(FlashFailure::Failed)?;
        if self.off {
            return Err(FlashFailure::Failed);
        }
        let mut at = offset;
        let mut rest = into;
        while at < end {
            let (sector, within) = (at / SECTOR, at % SECTOR);
            let length = (SECTOR - within).min(end - at);
            let (now, later) = rest.split_at_mut(length);
            now.copy_from_slice(&self.sectors[sector][within..within + length]);
            for (weak, byte, bits) in &mut self.weak {
                if *weak == sector && (within..within + length).contains(byte) {
                    // Each read sees the other half of them.
                    *bits = bits.rotate_left(1);
                    now[*byte - within] ^= *bits & 0x55;
                }
            }
            at += length;
            rest = later;
        }
        Ok(())
    }

    fn program(&mut self, offset: usize, bytes: &[u8]) -> Result<(), FlashFailure> {
        let (sector, within) = (offset / SECTOR, offset % SECTOR);
        let fits = sector < SECTORS && within + bytes.len() <= SECTOR;
        if !fits || !offset.is_multiple_of(PAGE) || !bytes.len().is_multiple_of(PAGE) {
            return Err(FlashFailure::Failed);
        }
        let torn = self.count()?;
        let mut cells = *self.sectors[sector];
        let target: Vec<u8> =
            cells[within..within + bytes.len()].iter().zip(bytes).map(|(old, new)| old & new).collect();
        self.weak.retain(|(weak, byte, _)| *weak != sector || !(within..within + bytes.len()).contains(byte));
        self.change(sector, &mut cells, within, &target, torn)?;
        self.wear.programmed += bytes.len() as u64;
        Ok(())
    }

    fn erase(&mut self, sector: usize) -> Result<(), FlashFailure> {
        if sector >= SECTORS {
            return Err(FlashFailure::Failed);
        }
        let torn = self.count()?;
        let mut cells = *self.sectors[sector];
        self.weak.retain(|(weak, ..)| *weak != sector);
        self.wear.erases[sector] += 1;
        self.change(sector, &mut cells, 0, &[0xFF; SECTOR], torn)
    }

    /// Counts an operation; how it is torn, if this is the one.
    fn count(&mut self) -> Result<Option<Cut>, FlashFailure> {
        if self.off {
            return Err(FlashFailure::Failed);
        }
        self.wear.operations += 1;
        match &mut self.cut {
            Some(cut) if cut.after == 0 => Ok(self.cut.take()),
            Some(cut) => {
                cut.after -= 1;
                Ok(None)
            }
            None => Ok(None),
        }
    }

    /// Brings the bytes from `within` on to `target`, or half way when the power fails.
    fn change(
        &mut self,
        sector: usize,
        cells: &mut [u8; SECTOR],
        within: usize,
        target: &[u8],
        torn: Option<Cut>,
    ) -> Result<(), FlashFailure> {
        let there = &mut cells[within..within + target.len()];
        match torn {
            None => there.copy_from_slice(target),
            Some(Cut { tear, mut chance, .. }) => {
                self.off = true;
                match tear {
                    Tear::Nothing => {}
                    Tear::Half => there[..target.len() / 2].copy_from_slice(&target[..target.len() / 2]),
                    Tear::Random => {
                        for (at, (cell, target)) in there.iter_mut().zip(target).enumerate() {
                            let open = *cell ^ target;
                            let draw = chance.bits();
                            *cell ^= open & (draw as u8);
                            if open != 0 && (draw >> 8).is_multiple_of(16) {
                                self.weak.push((sector, within + at, open & (draw >> 16) as u8));
                            }
                        }
                    }
                }
            }
        }
        self.sectors[sector] = Rc::new(*cells);
        self.keep(sector, cells).map_err(|_| FlashFailure::Failed)?;
        if self.off { Err(FlashFailure::Failed) } else { Ok(()) }
    }

    fn keep(&mut self, sector: usize, cells: &[u8]) -> io::Result<()> {
        let Some(file) = &mut self.file else { return Ok(()) };
        file.seek(SeekFrom::Start((sector * SECTOR) as u64))?;
        file.write_all(cells)
    }
}
