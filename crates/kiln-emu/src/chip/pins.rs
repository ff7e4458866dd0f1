//! Who drives a pin, and to which level: IO_BANK0 and PADS_BANK0 (RP2350 datasheet, 9).

/// Pins of an RP2350A.
pub const PINS: u32 = 30;
const SIO: u32 = 5;
const SPI: u32 = 1;
const I2C: u32 = 3;
const PWM: u32 = 4;
const PIO: [u32; 3] = [6, 7, 8];

/// What blocks put out, by pin.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sources {
    /// SIO: levels and enables.
    pub sio: (u32, u32),
    /// PIO0 to PIO2: levels and enables.
    pub pio: [(u32, u32); 3],
    /// PWM levels.
    pub pwm: u32,
}

/// Functions and pads of all pins.
#[derive(Clone, Debug)]
pub struct Pins {
    /// CTRL of each pin.
    control: [u32; 48],
    /// The pads, and their voltage.
    pads: [u32; 51],
    /// Interrupt enables and the like, kept.
    interrupts: [u32; 48],
    /// Levels that something outside puts on a pin; `None` where nothing is connected.
    pub outside: [Option<bool>; PINS as usize],
    /// Levels that the chip drives, and which it drives.
    pub driven: (u32, u32),
}

impl Pins {
    /// After reset: every pin given to nobody, its pad isolated, its pull-down on.
    pub fn new() -> Self {
        let mut pads = [0x116; 51];
        pads[0] = 0;
        Self { control: [0x1F; 48], pads, interrupts: [0; 48], outside: [None; PINS as usize], driven: (0, 0) }
    }

    /// After reset; what is connected outside stays connected.
    pub fn reset(&mut self) {
        *self = Self { outside: self.outside, ..Self::new() };
    }

    /// A reset of the functions, of the pads, or of both.
    pub fn reset_some(&mut self, functions: bool, pads: bool) {
        let fresh = Self::new();
        if functions {
            (self.control, self.interrupts) = (fresh.control, fresh.interrupts);
        }
        if pads {
            self.pads = fresh.pads;
        }
    }

    const fn function(&self, pin: u32) -> u32 {
        self.control[pin as usize] & 0x1F
    }

    const fn pad(&self, pin: u32) -> u32 {
        self.pads[1 + pin as usize]
    }

    /// Whether a pin belongs to SPI0 or SPI1.
    pub const fn is_spi(&self, pin: u32) -> bool {
        self.function(pin) == SPI && self.pad(pin) & 1 << 8 == 0
    }

    /// Whether a pin belongs to I2C.
    pub const fn is_i2c(&self, pin: u32) -> bool {
        self.function(pin) == I2C && self.pad(pin) & 1 << 8 == 0
    }

    /// Level and enable of what drives a pin.
    fn source(&self, pin: u32, sources: &Sources) -> (bool, bool) {
        let of = |(levels, enables): (u32, u32)| (levels >> pin & 1 != 0, enables >> pin & 1 != 0);
        let function = self.function(pin);
        let (level, enable) = match function {
            SIO => of(sources.sio),
            PWM => (sources.pwm >> pin & 1 != 0, true),
            SPI | I2C => (false, false),
            _ => PIO.iter().position(|pio| *pio == function).map_or((false, false), |at| of(sources.pio[at])),
        };
        let overridden = |value: bool, by: u32| match by {
            0 => value,
            1 => !value,
            2 => false,
            _ => true,
        };
        let control = self.control[pin as usize];
        (overridden(level, control >> 12 & 3), overridden(enable, control >> 14 & 3))
    }

    /// Works out what the chip drives; returns the pins whose drive or level has changed.
    pub fn settle(&mut self, sources: &Sources) -> u32 {
        let (mut levels, mut enables) = (0, 0);
        for pin in 0..PINS {
            let pad = self.pad(pin);
            let (level, enable) = if pad & 1 << 8 != 0 {
                // Isolated: the pad holds what it had.
                (self.driven.0 >> pin & 1 != 0, self.driven.1 >> pin & 1 != 0)
            } else {
                let (level, enable) = self.source(pin, sources);
                (level, enable && pad & 1 << 7 == 0)
            };
            levels |= u32::from(level && enable) << pin;
            enables |= u32::from(enable) << pin;
        }
        let changed = (levels ^ self.driven.0) | (enables ^ self.driven.1);
        self.driven = (levels, enables);
        changed
    }

    /// The levels that the chip reads.
    pub fn inputs(&self) -> u32 {
        (0..PINS).map(|pin| u32::from(self.level(pin)) << pin).sum()
    }

    /// The level of a pin: driven by the chip, or by something outside, or pulled.
    pub fn level(&self, pin: u32) -> bool {
        if self.driven.1 >> pin & 1 != 0 {
            return self.driven.0 >> pin & 1 != 0;
        }
        self.outside[pin as usize & 31].unwrap_or(self.pad(pin) & 1 << 3 != 0)
    }

    /// Reads a register of IO_BANK0; `None` where there is none.
    pub fn load_io(&self, offset: u32) -> Option<u32> {
        let pin = offset / 8;
        match offset {
            0..0x180 if offset & 4 == 0 => Some(if pin < PINS && self.level(pin) { 1 << 17 } else { 0 }),
            0..0x180 => self.control.get(pin as usize).copied(),
            0x200..=0x22C => Some(0),
            0x230..=0x2EC => self.interrupts.get((offset as usize - 0x230) / 4).copied(),
            _ => None,
        }
    }

    /// Writes a register of IO_BANK0; `None` where there is none, or for what the machine does not do.
    pub fn store_io(&mut self, offset: u32, value: u32) -> Option<()> {
        match offset {
            0..0x180 if offset & 4 != 0 => *self.control.get_mut(offset as usize / 8)? = value,
            // Edges of pins raise no interrupt here; that none is asked for is checked.
            0x230..=0x244 => {}
            0x248..=0x2EC if value == 0 => self.interrupts[(offset as usize - 0x230) / 4] = 0,
            _ => return None,
        }
        Some(())
    }

    /// Reads a register of PADS_BANK0.
    pub fn load_pad(&self, offset: u32) -> Option<u32> {
        self.pads.get(offset as usize / 4).copied()
    }

    /// Writes a register of PADS_BANK0.
    pub fn store_pad(&mut self, offset: u32, value: u32) -> Option<()> {
        *self.pads.get_mut(offset as usize / 4)? = value & 0x1FF;
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_function_decides_who_drives() {
        let mut pins = Pins::new();
        let mut sources = Sources { sio: (1 << 15, 1 << 15), ..Sources::default() };
        pins.store_io(15 * 8 + 4, SIO).unwrap();
        assert_eq!(pins.settle(&sources), 0, "the pad is isolated after reset");
        pins.store_pad(4 + 15 * 4, 0x56).unwrap();
        assert_eq!(pins.settle(&sources), 1 << 15);
        assert!(pins.level(15));
        // Given to PIO2, what SIO puts out does not reach it.
        pins.store_io(15 * 8 + 4, PIO[2]).unwrap();
        pins.settle(&sources);
        assert!(!pins.level(15));
        sources.pio[2] = (1 << 15, 1 << 15);
        pins.settle(&sources);
        assert!(pins.level(15));
    }

    #[test]
    fn a_pin_that_nobody_drives_is_pulled_or_put_from_outside() {
        let mut pins = Pins::new();
        pins.store_pad(4 + 4 * 4, 0x4A).unwrap();
        assert!(pins.level(4), "pull-up");
        pins.outside[4] = Some(false);
        assert!(!pins.level(4));
    }
}
