//! A MAX31856 as it looks from its SPI pins, that fails on request.
//!
//! A register file that behaves: addresses count up within a transfer, what only reads cannot be written, a
//! measurement appears only while the chip converts, and power-up puts everything back. It measures at once: the
//! conversion time is the caller's to wait for, and a simulator's to model.

use crate::max31856::{COUNT, Cr0, Register, WRITABLE, WRITE};
use alloc::rc::Rc;
use alloc::vec::Vec;
use core::cell::{Ref, RefCell};
use embedded_hal::spi::{Error, ErrorKind, ErrorType, Operation, SpiDevice};

/// What is wrong between the chip and the controller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Trouble {
    /// Nothing.
    #[default]
    None,
    /// The bus reports an error.
    Bus,
    /// The data line from the chip is stuck at this level; what is written arrives.
    Line(bool),
    /// No conversion ever ends: registers answer, the measurement stands still.
    Frozen,
}

/// The chip, as a test sees it. Its handles and buses share it.
#[derive(Clone, Debug)]
pub struct FakeMax31856(Rc<RefCell<State>>);

/// The chip, as the driver sees it.
#[derive(Clone, Debug)]
pub struct FakeBus(Rc<RefCell<State>>);

#[derive(Debug)]
struct State {
    registers: [u8; COUNT],
    /// What the next conversion will put into CJTH and CJTL,
    cold_junction: [u8; 2],
    /// into LTCBH, LTCBM and LTCBL,
    thermocouple: [u8; 3],
    /// and into SR.
    faults: u8,
    trouble: Trouble,
    good_left: Option<u64>,
    stuck: Option<Register>,
    writes: Vec<(u8, u8)>,
    transfers: u64,
    failed: u64,
}

/// The bus failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BusError;

impl Error for BusError {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Other
    }
}

impl FakeMax31856 {
    /// A chip after power-up, in a room of 20 °C.
    pub fn new() -> Self {
        let chip = Self(Rc::new(RefCell::new(State {
            registers: Register::ALL.map(Register::reset),
            cold_junction: [0; 2],
            thermocouple: [0; 3],
            faults: 0,
            trouble: Trouble::None,
            good_left: None,
            stuck: None,
            writes: Vec::new(),
            transfers: 0,
            failed: 0,
        })));
        chip.set_raw19(20 * 128);
        chip.set_cold_junction(20.0);
        chip
    }

    /// The bus to it.
    pub fn bus(&self) -> FakeBus {
        FakeBus(self.0.clone())
    }

    /// What the thermocouple will measure, in 2^-7 °C; what does not fit in 19 bits saturates.
    pub fn set_raw19(&self, raw: i32) {
        let [high, middle, low, _] = (raw.clamp(-0x4_0000, 0x3_FFFF) << 13).to_be_bytes();
        self.0.borrow_mut().thermocouple = [high, middle, low];
    }

    /// What the thermocouple will measure, in °C, rounded to the chip's resolution.
    pub fn set_temperature(&self, celsius: f64) {
        self.set_raw19(nearest(celsius * 128.0));
    }

    /// What the chip will measure at its terminals, in °C, rounded to the chip's resolution.
    pub fn set_cold_junction(&self, celsius: f64) {
        let word = nearest(celsius * 64.0).clamp(-0x2000, 0x1FFF);
        let [high, low, ..] = (word << 18).to_be_bytes();
        self.0.borrow_mut().cold_junction = [high, low];
    }

    /// The fault bits the chip will find.
    pub fn set_faults(&self, sr: u8) {
        self.0.borrow_mut().faults = sr;
    }

    /// Makes it misbehave, or heals it.
    pub fn set_trouble(&self, trouble: Trouble) {
        self.0.borrow_mut().trouble = trouble;
    }

    /// Lets that many more transfers succeed; after them one fails, and then all is well again.
    pub fn fail_after(&self, transfers: u64) {
        self.0.borrow_mut().good_left = Some(transfers);
    }

    /// Makes a register keep its value whatever is written, or heals all.
    pub fn stick(&self, register: Option<Register>) {
        self.0.borrow_mut().stuck = register;
    }

    /// Resets the chip, as a dip of its supply does.
    pub fn lose_settings(&self) {
        self.0.borrow_mut().registers = Register::ALL.map(Register::reset);
    }

    /// The value of a register.
    pub fn register(&self, register: Register) -> u8 {
        self.0.borrow().get(register.address())
    }

    /// Puts a value into a register from outside, read-only or not.
    pub fn set_register(&self, register: Register, value: u8) {
        self.0.borrow_mut().put(register.address(), value);
    }

    /// What was written, as address and value, oldest first.
    pub fn writes(&self) -> Ref<'_, [(u8, u8)]> {
        Ref::map(self.0.borrow(), |state| state.writes.as_slice())
    }

    /// How many transfers there were.
    pub fn transfers(&self) -> u64 {
        self.0.borrow().transfers
    }

    /// How many of them failed.
    pub fn failed(&self) -> u64 {
        self.0.borrow().failed
    }

    /// How it misbehaves.
    pub fn trouble(&self) -> Trouble {
        self.0.borrow().trouble
    }
}

impl Default for FakeMax31856 {
    fn default() -> Self {
        Self::new()
    }
}

/// The nearest whole number, halves up; what does not fit saturates.
#[expect(clippy::as_conversions, clippy::cast_possible_truncation, reason = "saturates, and the chip does too")]
fn nearest(value: f64) -> i32 {
    let down = value as i32;
    let fraction = value - f64::from(down);
    if fraction >= 0.5 {
        down.saturating_add(1)
    } else if fraction < -0.5 {
        down.saturating_sub(1)
    } else {
        down
    }
}

impl State {
    fn get(&self, address: u8) -> u8 {
        self.registers.get(usize::from(address)).copied().unwrap_or(0xFF)
    }

    fn put(&mut self, address: u8, value: u8) {
        if let Some(register) = self.registers.get_mut(usize::from(address)) {
            *register = value;
        }
    }

    fn put_all(&mut self, first: Register, values: &[u8]) {
        (first.address()..).zip(values).for_each(|(address, value)| self.put(address, *value));
    }

    /// Lets a running conversion end.
    fn convert(&mut self) {
        let cr0 = self.get(Register::Cr0.address());
        if cr0 & (Cr0::AUTO_CONVERT | Cr0::ONE_SHOT) == 0 || self.trouble == Trouble::Frozen {
            return;
        }
        self.put(Register::Cr0.address(), cr0 & !Cr0::ONE_SHOT);
        if cr0 & Cr0::COLD_JUNCTION_OFF == 0 {
            let measured = self.cold_junction;
            self.put_all(Register::Cjth, &measured);
        }
        let measured = self.thermocouple;
        self.put_all(Register::Ltcbh, &measured);
        let before = if cr0 & Cr0::FAULTS_STAY == 0 { 0 } else { self.get(Register::Sr.address()) };
        self.put(Register::Sr.address(), before | self.faults);
    }

    fn write(&mut self, address: u8, value: u8) {
        self.writes.push((address, value));
        let cold_junction = matches!(address, 0x0A | 0x0B) && self.get(0) & Cr0::COLD_JUNCTION_OFF != 0;
        let stuck = self.stuck.is_some_and(|register| register.address() == address);
        if stuck || !(usize::from(address) < WRITABLE || cold_junction) {
            return;
        }
        if address == 0 && value & Cr0::CLEAR_FAULTS != 0 && value & Cr0::FAULTS_STAY != 0 {
            self.put(Register::Sr.address(), 0);
        }
        let kept = if address == 0 { value & !Cr0::CLEAR_FAULTS } else { value };
        self.put(address, kept);
    }

    /// Eight clocks: a byte in, a byte out. The first byte of a transaction is the address.
    fn exchange(&mut self, cursor: &mut Option<u8>, byte: u8) -> u8 {
        let out = match *cursor {
            None => {
                *cursor = Some(byte);
                0xFF
            }
            Some(address) => {
                let low = address & !WRITE;
                let out = if address & WRITE == 0 { self.get(low) } else { 0xFF };
                if address & WRITE != 0 {
                    self.write(low, byte);
                }
                *cursor = Some(address & WRITE | (low + 1) & 0x0F);
                out
            }
        };
        match self.trouble {
            Trouble::Line(high) => u8::MIN.wrapping_sub(u8::from(high)),
            Trouble::None | Trouble::Bus | Trouble::Frozen => out,
        }
    }

    fn perform(&mut self, operations: &mut [Operation<'_, u8>]) -> Result<(), BusError> {
        self.transfers = self.transfers.wrapping_add(1);
        if self.trouble == Trouble::Bus {
            self.failed = self.failed.wrapping_add(1);
            return Err(BusError);
        }
        if let Some(left) = self.good_left {
            self.good_left = left.checked_sub(1);
            if left == 0 {
                self.failed = self.failed.wrapping_add(1);
                return Err(BusError);
            }
        }
        self.convert();
        let mut cursor = None;
        for operation in operations {
            match operation {
                Operation::Read(words) => words.iter_mut().for_each(|w| *w = self.exchange(&mut cursor, 0)),
                Operation::Write(words) => words.iter().for_each(|w| {
                    self.exchange(&mut cursor, *w);
                }),
                Operation::Transfer(read, write) => {
                    let sent = write.iter().copied().chain(core::iter::repeat(0));
                    let clocks = read.len().max(write.len());
                    let mut room = read.iter_mut();
                    for byte in sent.take(clocks) {
                        let out = self.exchange(&mut cursor, byte);
                        if let Some(word) = room.next() {
                            *word = out;
                        }
                    }
                }
                Operation::TransferInPlace(words) => {
                    words.iter_mut().for_each(|w| *w = self.exchange(&mut cursor, *w));
                }
                Operation::DelayNs(_) => {}
            }
        }
        Ok(())
    }
}

impl ErrorType for FakeBus {
    type Error = BusError;
}

impl SpiDevice for FakeBus {
    fn transaction(&mut self, operations: &mut [Operation<'_, u8>]) -> Result<(), BusError> {
        self.0.borrow_mut().perform(operations)
    }
}
