//! A display HD44780 behind a port expander PCF8574, as it looks from the I²C bus: it takes half bytes where E falls.
//!
//! Wiring of the usual backpack: P0 is RS, P1 R/W, P2 E, P3 the light, P4 to P7 the data lines.

/// The display.
#[derive(Clone, Debug)]
pub struct Lcd {
    memory: [u8; 0x80],
    cursor: u8,
    halves: bool,
    upper: Option<u8>,
    on: bool,
    last: u8,
    /// It is not there: its address is not answered.
    pub absent: bool,
    /// Bytes it has taken.
    pub bytes: u64,
}

/// Where the usual backpack answers.
pub const ADDRESS: u32 = 0x27;

impl Lcd {
    /// After power came: full of rubbish, off.
    pub fn new() -> Self {
        Self {
            memory: [b'#'; 0x80],
            cursor: 0,
            halves: false,
            upper: None,
            on: false,
            last: 0xFF,
            absent: false,
            bytes: 0,
        }
    }

    /// What a person sees, sixteen characters a row; nothing while it is off.
    pub fn rows(&self) -> Option<[String; 2]> {
        let row = |start: usize| {
            let bytes = self.memory.iter().skip(start).take(16);
            bytes.map(|byte| if *byte == 0xDF { '°' } else { char::from(*byte) }).collect()
        };
        self.on.then(|| [row(0), row(0x40)])
    }

    /// Eight levels of the expander.
    pub fn levels(&mut self, levels: u8) {
        self.bytes += 1;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_seen_after_the_usual_start() {
        let mut lcd = Lcd::new();
        let half = |lcd: &mut Lcd, levels: u8| {
            lcd.levels(levels | 0x0C);
            lcd.levels(levels | 0x08);
        };
        for levels in [0x30, 0x30, 0x30, 0x20] {
            half(&mut lcd, levels);
        }
        assert_eq!(lcd.rows(), None);
        for byte in [0x28, 0x0C, 0x01, 0xC0] {
            half(&mut lcd, byte & 0xF0);
            half(&mut lcd, byte << 4);
        }
        for byte in b"20\xDF" {
            half(&mut lcd, byte & 0xF0 | 1);
            half(&mut lcd, byte << 4 | 1);
        }
        let [upper, lower] = lcd.rows().unwrap();
        assert_eq!((upper.trim(), lower.trim()), ("", "20°"));
    }
}
