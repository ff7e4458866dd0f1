//! A display HD44780 behind a port expander PCF8574, as it looks from the I²C bus: it takes half bytes where E falls.
//!
//! Wiring of the usual backpack: P0 is RS, P1 R/W, P2 E, P3 the light, P4 to P7 the data lines.

use alloc::string::String;

/// The display and its expander.
#[derive(Clone, Debug)]
pub struct Hd44780 {
    memory: [u8; 0x80],
    cursor: u8,
    /// After power-up it takes whole bytes, of which only the upper half is wired.
    halves: bool,
    upper: Option<u8>,
    on: bool,
    last: u8,
}

impl Default for Hd44780 {
    fn default() -> Self {
        Self::new()
    }
}

impl Hd44780 {
    /// After power-up: off, full of rubbish, every line of the expander high.
    pub const fn new() -> Self {
        Self { memory: [b'#'; 0x80], cursor: 0, halves: false, upper: None, on: false, last: 0xFF }
    }

    /// What a person sees, sixteen characters a row; nothing while it is off.
    pub fn rows(&self) -> Option<[String; 2]> {
        let row = |start: usize| {
            let bytes = self.memory.iter().skip(start).take(16);
            bytes.map(|byte| if *byte == 0xDF { '°' } else { char::from(*byte) }).collect()
        };
        self.on.then(|| [row(0), row(0x40)])
    }

    /// Noise: it loses or gains half a byte and is out of step.
    pub const fn lose_step(&mut self) {
        self.upper = if self.upper.is_some() { None } else { Some(0) };
    }

    /// Takes the eight levels of the expander.
    pub fn levels(&mut self, levels: u8) {
        let fell = self.last & 0x04 != 0 && levels & 0x04 == 0;
        self.last = levels;
        // With R/W high the display is read.
        if !fell || levels & 0x02 != 0 {
            return;
        }
        let (half, data) = (levels & 0xF0, levels & 0x01 != 0);
        if !self.halves {
            self.take(half, data);
        } else if let Some(upper) = self.upper.take() {
            self.take(upper | half >> 4, data);
        } else {
            self.upper = Some(half);
        }
    }

    fn take(&mut self, byte: u8, data: bool) {
        if data {
            if let Some(place) = self.memory.get_mut(usize::from(self.cursor)) {
                *place = byte;
            }
            self.cursor = self.cursor.wrapping_add(1) & 0x7F;
        } else if byte & 0x80 != 0 {
            self.cursor = byte & 0x7F;
        } else if byte & 0xE0 == 0x20 {
            self.halves = byte & 0x10 == 0;
        } else if byte & 0xF8 == 0x08 {
            self.on = byte & 0x04 != 0;
        } else if byte == 0x01 {
            self.memory = [b' '; 0x80];
            self.cursor = 0;
        } else if byte & 0xFE == 0x02 {
            self.cursor = 0;
        }
    }
}
