//! An HD44780 character display of 2 lines of 16, behind a PCF8574 port expander: shows a page, and never holds up.
//!
//! Decides how the display is brought up and what is sent next. One [`Lcd::step`] is one transfer of at most six bytes
//! (0.7 ms at 100 kHz) and says when the next may come; nothing in it waits or depends on an answer: the display is
//! only written to. A display that fails or is missing is tried again now and then and costs nothing else.
//!
//! The wiring (P0 RS, P1 RW, P2 E, P3 backlight, P4 to P7 data), the order of bringing up and its times are the HD44780
//! datasheet's, initialising by instruction with four bits, from memory; docs/hardware/lcd.md.
//!
//! ```text
//! Raising ──all sent──▶ Shown ──300 s, or a failed transfer──▶ Raising
//!    └──failed──▶ Raising, a second later ──third time──▶ Resting for a minute ──▶ Raising
//! ```

pub mod pages;
mod text;
pub mod words;

pub use text::{COLUMNS, Lines, ROWS, glyph};

use embedded_hal::i2c::I2c;
use kiln_core::units::{Instant, Millis};

/// The expander's address with nothing bridged: PCF8574 0x27, PCF8574A 0x3F.
pub const ADDRESSES: [u8; 2] = [0x27, 0x3F];

/// How long a display that is up goes on before it is brought up anew: noise may have got it out of step.
const UP_LONGEST: Millis = Millis::from_seconds(300);
/// How long to wait after a failure.
const AGAIN_AFTER: Millis = Millis::from_seconds(1);
/// Failures in bringing up, in a row, after which the display is left alone for a while.
const TRIES: u8 = 3;
/// For how long.
const REST: Millis = Millis::from_seconds(60);
/// The time the display needs before its first instruction.
const POWER_UP: Millis = Millis::new(50);
/// The time an instruction or a character takes: 37 µs; two ticks of the clock are never less than one of them.
const INSTRUCTION: Millis = Millis::new(2);

const RS: u8 = 0x01;
const ENABLE: u8 = 0x04;
const BACKLIGHT: u8 = 0x08;

/// The address of the first column of each row.
const ROW_STARTS: [u8; ROWS] = [0x00, 0x40];
/// The instruction that places the cursor.
const PLACE: u8 = 0x80;

/// One thing sent while bringing up, and the time it takes, in ms.
#[derive(Clone, Copy, Debug)]
enum Raise {
    /// Nothing but the backlight.
    Light,
    /// The upper half of an instruction, for a display of which it is not known whether it takes halves.
    Half(u8),
    /// An instruction.
    Whole(u8),
}

/// Bringing up: by instruction, to four bits; two lines of 5 × 8; shown without a cursor; cleared; the cursor moves on.
const RAISING: [(Raise, Millis); 9] = [
    (Raise::Light, Millis::new(10)),
    (Raise::Half(0x30), Millis::new(6)),
    (Raise::Half(0x30), Millis::new(6)),
    (Raise::Half(0x30), Millis::new(2)),
    (Raise::Half(0x20), Millis::new(2)),
    (Raise::Whole(0x28), Millis::new(2)),
    (Raise::Whole(0x0C), Millis::new(2)),
    (Raise::Whole(0x01), Millis::new(6)),
    (Raise::Whole(0x06), Millis::new(2)),
];

/// A display on an I²C bus of at most 100 kHz.
#[derive(Debug)]
pub struct Lcd<Bus> {
    bus: Bus,
    address: u8,
    wanted: Lines,
    state: State,
    /// Nothing is sent before this.
    ready: Instant,
    failures: u8,
}

#[derive(Clone, Copy, Debug)]
enum State {
    /// So much of [`RAISING`] has been sent.
    Raising(usize),
    /// It shows this; the next character goes there.
    Shown { lines: Lines, cursor: Option<(usize, usize)>, until: Instant },
    /// It has failed too often.
    Resting,
}

impl<Bus: I2c> Lcd<Bus> {
    /// Takes the display; it has been powered since `now` at the latest. Nothing is sent.
    pub fn new(bus: Bus, address: u8, now: Instant) -> Self {
        Self { bus, address, wanted: Lines::BLANK, state: State::Raising(0), ready: now + POWER_UP, failures: 0 }
    }

    /// What is to be shown from here on.
    pub const fn show(&mut self, lines: Lines) {
        self.wanted = lines;
    }

    /// Whether everything to be shown is.
    pub fn is_up_to_date(&self) -> bool {
        matches!(self.state, State::Shown { lines, .. } if lines == self.wanted)
    }

    /// Whether the display has failed so often that it is left alone.
    pub const fn is_resting(&self) -> bool {
        matches!(self.state, State::Resting)
    }

    /// Sends the next thing, if it is time and there is one. Says when to come again; sooner does nothing.
    pub fn step(&mut self, now: Instant) -> Instant {
        if now >= self.ready {
            match self.state {
                State::Raising(sent) => self.raise(sent, now),
                State::Shown { until, .. } if now >= until => self.state = State::Raising(0),
                State::Shown { lines, cursor, until } => self.refresh(lines, cursor, until, now),
                State::Resting => self.state = State::Raising(0),
            }
        }
        self.ready
    }

    fn raise(&mut self, sent: usize, now: Instant) {
        let Some((what, takes)) = RAISING.get(sent) else {
            self.failures = 0;
            self.state = State::Shown { lines: Lines::BLANK, cursor: None, until: now + UP_LONGEST };
            return;
        };
        let written = match what {
            Raise::Light => self.bus.write(self.address, &[BACKLIGHT]),
            Raise::Half(upper) => self.bus.write(self.address, &strobed(*upper, 0)),
            Raise::Whole(byte) => self.send(*byte, 0),
        };
        if written.is_err() {
            self.failed(now);
            return;
        }
        self.state = State::Raising(sent + 1);
        self.ready = now + *takes;
    }

    /// Sends the first character that differs, or places the cursor for it.
    fn refresh(&mut self, mut lines: Lines, cursor: Option<(usize, usize)>, until: Instant, now: Instant) {
        let Some((row, column, byte)) = lines.first_change(&self.wanted) else {
            self.ready = now + INSTRUCTION;
            return;
        };
        let here = cursor == Some((row, column));
        let (byte, register) = if here { (byte, RS) } else { (place(row, column), 0) };
        if self.send(byte, register).is_err() {
            self.failed(now);
            return;
        }
        let next = if here {
            lines.put(row, column, byte);
            column + 1
        } else {
            column
        };
        self.state = State::Shown { lines, cursor: (next < COLUMNS).then_some((row, next)), until };
        self.ready = now + INSTRUCTION;
    }

    /// A byte as two halves, upper first.
    fn send(&mut self, byte: u8, register: u8) -> Result<(), Bus::Error> {
        let halves = [strobed(byte & 0xF0, register), strobed(byte << 4, register)];
        self.bus.write(self.address, halves.as_flattened())
    }

    fn failed(&mut self, now: Instant) {
        self.failures = self.failures.saturating_add(1);
        let resting = self.failures >= TRIES;
        self.state = if resting { State::Resting } else { State::Raising(0) };
        self.ready = now + if resting { REST } else { AGAIN_AFTER };
    }
}

/// The expander's levels that make the display take four bits: it does so where E falls.
const fn strobed(upper: u8, register: u8) -> [u8; 3] {
    let levels = upper | register | BACKLIGHT;
    [levels, levels | ENABLE, levels]
}

/// The instruction that places the cursor; beyond the display it is the first column.
fn place(row: usize, column: usize) -> u8 {
    let start = ROW_STARTS.get(row).copied().unwrap_or(0);
    PLACE | start | u8::try_from(column).unwrap_or(0)
}
