//! Blocks of a few registers: random numbers, the temperature of the chip, the USB nobody has plugged in, fuses.

use super::Chance;

/// TRNG (RP2350 datasheet, 12.12): while it is on, the next random bits are there as soon as the last were taken.
#[derive(Clone, Debug, Default)]
pub struct Trng {
    words: [u32; 8],
    enabled: bool,
    /// A block came, and nobody has said yet that it was noticed: RNG_ISR, EHR_VALID.
    came: bool,
    samples: u32,
    config: u32,
    mask: u32,
    debug: u32,
}

impl Trng {
    /// Reads a register; `None` where there is none.
    pub fn load(&mut self, offset: u32, chance: &mut Chance) -> Option<u32> {
        Some(match offset {
            0x100 => self.mask,
            0x104 => u32::from(self.came),
            0x110 => u32::from(self.enabled),
            0x10C => self.config,
            0x114..=0x128 => {
                let at = (offset as usize - 0x114) / 4;
                // Reading the last word makes new ones.
                if at == 0 || self.words[at] == 0 {
                    self.words.iter_mut().for_each(|word| *word = chance.next() as u32 | 1);
                }
                let word = self.words[at];
                self.words[at] = 0;
                self.came |= self.enabled && at == 5;
                word
            }
            0x12C => self.enabled.into(),
            0x130 => self.samples,
            0x134 | 0x1B8 | 0x1BC => 0,
            0x138 => self.debug,
            0x140 => 0,
            _ => return None,
        })
    }

    /// The interrupt line.
    pub const fn line(&self) -> bool {
        self.came && self.mask & 1 == 0
    }

    /// Writes a register; `None` where there is none.
    pub fn store(&mut self, offset: u32, value: u32) -> Option<()> {
        match offset {
            0x100 => self.mask = value,
            0x10C => self.config = value,
            0x108 => self.came &= value & 1 == 0,
            0x12C => {
                self.came |= !self.enabled && value & 1 != 0;
                self.enabled = value & 1 != 0;
            }
            0x130 => self.samples = value,
            0x138 => self.debug = value,
            0x134 | 0x1BC => {}
            0x140 => *self = Self::default(),
            _ => return None,
        }
        Some(())
    }
}

/// ADC (RP2350 datasheet, 12.4): a conversion is over at once.
#[derive(Clone, Debug, Default)]
pub struct Adc {
    control: u32,
    others: [u32; 10],
    /// Temperature of the chip, °C.
    pub celsius: f64,
}

impl Adc {
    /// A chip at room temperature.
    pub fn new() -> Self {
        Self { celsius: 27.0, ..Self::default() }
    }

    /// Reads a register; `None` where there is none.
    pub fn load(&self, offset: u32) -> Option<u32> {
        Some(match offset {
            0x00 => self.control & !0xC | 1 << 8,
            0x04 | 0x0C => {
                // Channel 4 of an RP2350A is the chip's own sensor: 0.706 V at 27 °C, 1.721 mV less for each degree.
                let volts = if self.control >> 12 & 15 == 4 { 0.706 - (self.celsius - 27.0) * 0.001_721 } else { 0.0 };
                (volts / 3.3 * 4096.0) as u32 & 0xFFF
            }
            0x08 => self.others[2] | 1 << 8,
            0x14 | 0x20 => 0,
            0x10..=0x1C => self.others[offset as usize / 4],
            _ => return None,
        })
    }

    /// Writes a register; `None` where there is none.
    pub fn store(&mut self, offset: u32, value: u32) -> Option<()> {
        match offset {
            // Only single conversions.
            0x00 if value & 8 == 0 => self.control = value,
            0x08 | 0x10 | 0x18 | 0x1C => self.others[offset as usize / 4] = value,
            _ => return None,
        }
        Some(())
    }
}

/// USBCTRL (RP2350 datasheet, 12.7) with nothing plugged in: no reset, no packet, no interrupt ever comes.
#[derive(Clone, Debug)]
pub struct Usb {
    words: [u32; 0x140 / 4],
    dpram: [u32; 1024],
}

impl Usb {
    /// After reset.
    pub fn new() -> Self {
        Self { words: [0; 0x140 / 4], dpram: [0; 1024] }
    }

    /// Reads a register; `None` where there is none.
    pub fn load(&self, offset: u32) -> Option<u32> {
        match offset {
            // SOF_RD, SIE_STATUS, BUFF_STATUS, BUFF_CPU_SHOULD_HANDLE, EP_ABORT_DONE, INTR, INTS.
            0x48 | 0x50 | 0x58 | 0x5C | 0x64 | 0x8C | 0x98 => Some(0),
            _ => self.words.get(offset as usize / 4).copied(),
        }
    }

    /// Writes a register; `None` where there is none.
    pub fn store(&mut self, offset: u32, value: u32) -> Option<()> {
        *self.words.get_mut(offset as usize / 4)? = value;
        Some(())
    }

    /// A word of its memory.
    pub fn memory(&mut self, offset: u32) -> Option<&mut u32> {
        self.dpram.get_mut(offset as usize / 4)
    }
}

/// A row of the fuses: the chip's number, and zeros.
pub const fn fuse(offset: u32) -> u32 {
    match offset {
        0 => 0x1234,
        4 => 0x5678,
        8 => 0x9ABC,
        0xC => 0xDEF0,
        _ => 0,
    }
}
