//! The chip around the cores: memory, blocks, pins, and what hangs on them.
//!
//! Time is a count of cycles of the core that runs; an instruction takes one. The clock is 150 MHz from the first
//! instruction on, whatever the program does to its oscillators.

mod access;
mod bus;
mod chance;
mod dma;
mod flow;
mod i2c;
pub mod map;
mod misc;
mod pins;
mod pio;
mod plain;
mod registers;
mod rom;
mod sio;
mod spi;
mod timer;
mod watchdog;

pub use access::AccessCtrl;
pub use chance::Chance;
pub use pins::Pins;

use std::collections::BTreeMap;

use kiln_hal::fake::Hd44780;

use crate::memory::Memory;
use crate::parts::max31856::Max31856;
use dma::Dma;
use i2c::I2c;
use map::Block;
use misc::{Adc, Trng, Usb};
use pio::Pio;
use plain::Plain;
use sio::Sio;
use spi::Spi;
use timer::Timer;
use watchdog::Watchdog;

/// Cycles in a microsecond: 150 MHz.
pub const CYCLES_PER_US: u64 = 150;
/// Cycles between two looks at a state machine that runs.
const PIO_STEP: u64 = 64;
/// The first address of flash, executing in place.
pub const FLASH: u32 = 0x1000_0000;
/// The first address of RAM.
pub const RAM: u32 = 0x2000_0000;
const RAM_SIZE: usize = 0x8_2000;

/// What was counted since power came.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// Accesses that ACCESSCTRL refused, by core.
    pub refused: [u64; 2],
    /// The first few of them: core, instruction, address.
    pub refusals: Vec<(usize, u32, u32)>,
    /// Accesses to flash by core 1 since it was launched.
    pub flash_by_core1: u64,
    /// Sectors erased and pages programmed.
    pub erases: u64,
    /// Pages programmed.
    pub programs: u64,
    /// Transfers that DMA could not make.
    pub dma_errors: u64,
    /// Time the flash was busy, µs.
    pub flash_busy_us: u64,
    /// Reads and writes of each register, a thousand to a block.
    registers: Vec<[u64; 2]>,
}

/// Registers that are counted for a block.
const COUNTED: usize = 1024;

impl Ledger {
    #[inline]
    fn count(&mut self, block: Block, offset: u32, write: bool) {
        let at = block as usize * COUNTED + offset as usize / 4 % COUNTED;
        if at >= self.registers.len() {
            self.registers.resize(64 * COUNTED, [0; 2]);
        }
        self.registers[at][usize::from(write)] += 1;
    }

    /// Every register that was touched: its block, its offset, reads and writes.
    pub fn touched(&self) -> impl Iterator<Item = (&'static str, u32, u64, u64)> {
        map::MAP.iter().flat_map(|row| {
            let first = row.block as usize * COUNTED;
            let counts = self.registers.iter().skip(first).take(COUNTED);
            (0..)
                .step_by(4)
                .zip(counts)
                .filter(|(_, [reads, writes])| reads + writes > 0)
                .map(move |(offset, [reads, writes])| (row.name, offset, *reads, *writes))
        })
    }
}

/// What the flash is doing.
#[derive(Clone, Debug)]
pub struct FlashState {
    /// It can be read and executed in place.
    in_place: bool,
    /// Until which cycle it erases or programs.
    busy_until: u64,
    /// How long a sector takes, µs: the least and the most.
    pub erase_us: (u64, u64),
}

/// What the chip asks of the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Request {
    /// Hold core 1 in reset.
    Hold,
    /// Let it go; it waits in the boot ROM.
    Release,
    /// Start it: vector table, stack pointer, entry.
    Launch([u32; 3]),
}

/// What hangs on which pin.
#[derive(Clone, Debug)]
pub struct Wires {
    /// The thermocouple's chip and its select pin.
    pub sensor: Max31856,
    /// The pin that selects it.
    pub sensor_cs: u32,
    /// A second one.
    pub second: Option<(Max31856, u32)>,
    /// The display on I2C0; `None` where its address is not answered.
    pub lcd: Option<Hd44780>,
}

/// The chip.
#[derive(Clone, Debug)]
pub struct Chip {
    /// The local time of the core that runs, cycles.
    pub clock: u64,
    /// The instruction that runs.
    pub(crate) pc: u32,
    /// The flash chip.
    pub flash: Memory,
    /// The RAM.
    pub ram: Memory,
    rom: Memory,
    /// What the flash is doing.
    pub flash_state: FlashState,
    /// What was counted.
    pub ledger: Ledger,
    /// Numbers drawn by chance.
    pub chance: Chance,
    /// Functions and pads of the pins.
    pub pins: Pins,
    /// What hangs on them.
    pub wires: Wires,
    /// The watchdog.
    pub watchdog: Watchdog,
    /// Changes of the pins that are watched: cycle, levels.
    pub edges: Vec<(u64, u32)>,
    /// Pins whose changes are noted.
    pub noted: u32,
    access: AccessCtrl,
    plain: BTreeMap<Block, Plain>,
    sio: Sio,
    timers: [Timer; 2],
    spi0: Spi,
    i2c0: I2c,
    pio: [Pio; 3],
    dma: Dma,
    trng: Trng,
    /// The converter, with the chip's own temperature.
    pub adc: Adc,
    usb: Usb,
    /// Pins that read noise where a state machine looks at them.
    pub noise: u32,
    resets: u32,
    watched: [Option<u32>; 2],
    events: [bool; 2],
    /// Words of the handshake that starts core 1; `None` while it does not wait for one.
    handshake: Option<Vec<u32>>,
    launched: bool,
    request: Option<Request>,
    /// Something changed that the machine has to look at before the next instruction.
    attention: bool,
}

/// The blocks that only keep what is written: how many registers, and their value after reset.
const PLAIN: &[(Block, usize, u32)] = &[
    (Block::SysInfo, 6, 0),
    (Block::SysCfg, 6, 0),
    (Block::Clocks, 55, 0),
    (Block::Psm, 4, 0),
    (Block::IoQspi, 128, 0),
    (Block::PadsQspi, 7, 0x56),
    (Block::Xosc, 5, 0),
    (Block::PllSys, 8, 0),
    (Block::PllUsb, 8, 0),
    (Block::BusCtrl, 15, 0),
    (Block::XipCtrl, 8, 0),
    (Block::Qmi, 21, 0),
    (Block::Rosc, 10, 0),
    (Block::PowMan, 60, 0),
    (Block::Ticks, 18, 0),
    // PWM: kept, and no pin moves; nothing here uses it.
    (Block::Pwm, 72, 0),
];

impl Chip {
    /// A chip that has just got power, with a flash full of ones.
    pub fn new(seed: u64) -> Self {
        let mut rom = Memory::new(rom::SIZE, 0);
        rom.fill_from(0, &rom::image());
        let mut chance = Chance::new(seed);
        let mut ram = Memory::new(RAM_SIZE, 0);
        // What RAM holds after power came is noise.
        let noise: Vec<u8> = (0..RAM_SIZE / 8).flat_map(|_| chance.next().to_le_bytes()).collect();
        ram.fill_from(0, &noise);
        let mut chip = Self {
            clock: 0,
            pc: 0,
            flash: Memory::new(4 << 20, 0xFF),
            ram,
            rom,
            flash_state: FlashState { in_place: true, busy_until: 0, erase_us: (45_000, 45_000) },
            ledger: Ledger::default(),
            chance,
            pins: Pins::new(),
            wires: Wires { sensor: Max31856::new(), sensor_cs: 28, second: None, lcd: Some(Hd44780::new()) },
            watchdog: Watchdog::new(),
            edges: Vec::new(),
            noted: 0,
            access: AccessCtrl::new(),
            plain: BTreeMap::new(),
            sio: Sio::default(),
            timers: [Timer::new(), Timer::new()],
            spi0: Spi::default(),
            i2c0: I2c::default(),
            pio: [Pio::new(), Pio::new(), Pio::new()],
            dma: Dma::default(),
            trng: Trng::default(),
            adc: Adc::new(),
            usb: Usb::new(),
            noise: 0,
            resets: 0x1FFF_FFFF,
            watched: [None; 2],
            events: [false; 2],
            handshake: None,
            launched: false,
            request: None,
            attention: false,
        };
        chip.reset_blocks();
        chip
    }

    /// A reset of everything but memory, the watchdog's words and what hangs on the pins.
    fn reset_blocks(&mut self) {
        self.flash_state.in_place = true;
        self.flash_state.busy_until = 0;
        self.access = AccessCtrl::new();
        self.plain = PLAIN.iter().map(|(block, count, reset)| (*block, Plain::new(*count, *reset))).collect();
        self.sio = Sio::default();
        self.timers = [Timer::new(), Timer::new()];
        self.spi0 = Spi::default();
        self.i2c0 = I2c::default();
        self.pio = [Pio::new(), Pio::new(), Pio::new()];
        self.dma = Dma::default();
        self.trng = Trng::default();
        self.usb = Usb::new();
        self.resets = 0x1FFF_FFFF;
        self.watched = [None; 2];
        self.events = [false; 2];
        self.handshake = Some(Vec::new());
        self.launched = false;
        self.request = None;
        self.pins.reset();
        self.settle_pins();
    }

    /// The watchdog's reset.
    pub fn bite(&mut self) {
        self.watchdog.reset();
        self.reset_blocks();
    }

    /// Microseconds since power came.
    pub const fn now_us(&self) -> u64 {
        self.clock / CYCLES_PER_US
    }

    fn watchdog_ticks(&self) -> bool {
        self.plain.get(&Block::Ticks).is_some_and(|ticks| ticks.word(0x30) & 1 != 0)
    }

    /// Whether the watchdog bites now.
    pub fn bites(&self) -> bool {
        self.watchdog.bites(self.now_us()) && self.watchdog_ticks()
    }

    /// The cycle of the next thing that happens by itself.
    pub fn next_event(&self) -> Option<u64> {
        let now = self.now_us();
        let dog = if self.watchdog_ticks() { self.watchdog.next_us() } else { None };
        let timers = self.timers.iter().filter_map(|timer| timer.next_us(now));
        let timed = timers.chain(dog).min().map(|us| us * CYCLES_PER_US);
        // A state machine that runs is looked after every few dozen cycles, not at each of its own.
        let machines = self.pio.iter().filter_map(Pio::next).map(|next| next.max(self.clock + PIO_STEP));
        machines.chain(timed).chain(self.i2c0.next(self.clock)).min()
    }

    /// Lets what is due happen.
    pub fn settle(&mut self) {
        let now = self.now_us();
        self.timers.iter_mut().for_each(|timer| timer.settle(now));
        let clock = self.clock;
        self.pio.iter_mut().for_each(|pio| pio.poke(clock));
        self.flow();
    }

    /// Levels of the interrupt lines of a core (RP2350 datasheet, 3.2).
    pub fn lines(&mut self, core: usize) -> u64 {
        let clock = self.clock;
        u64::from(self.timers[0].lines())
            | u64::from(self.timers[1].lines()) << 4
            | u64::from(self.dma.lines()) << 10
            | u64::from(self.pio[0].lines()) << 15
            | u64::from(self.pio[1].lines()) << 17
            | u64::from(self.pio[2].lines()) << 19
            | u64::from(self.i2c0.line(clock)) << 36
            | u64::from(self.trng.line()) << 39
            | u64::from(self.sio.line(core)) << 25
            | u64::from(self.sio.bell(core)) << 26
    }

    /// When the next alarm of a timer fires, µs.
    pub fn alarm_us(&self, timer: usize) -> Option<u64> {
        self.timers.get(timer)?.next_us(self.now_us())
    }

    /// Frames that SPI0 has sent.
    pub const fn spi_frames(&self) -> u64 {
        self.spi0.frames
    }

    /// Takes the event sent to a core.
    pub fn take_event(&mut self, core: usize) -> bool {
        std::mem::take(&mut self.events[core])
    }

    /// Takes the request to the machine.
    pub fn take_request(&mut self) -> Option<Request> {
        self.request.take()
    }

    /// Takes the mark that something has to be looked at.
    pub fn take_attention(&mut self) -> bool {
        std::mem::take(&mut self.attention)
    }

    /// Whether something has to be looked at.
    #[inline]
    pub const fn attention(&self) -> bool {
        self.attention
    }

    /// Works out who drives the pins, and tells those who hang on them.
    fn settle_pins(&mut self) {
        let pio = [self.pio[0].out, self.pio[1].out, self.pio[2].out];
        let sources = pins::Sources { sio: (self.sio.out, self.sio.oe), pio, pwm: 0 };
        let selected = |pins: &Pins, pin: u32| !pins.level(pin) && pins.driven.1 >> pin & 1 != 0;
        let before = selected(&self.pins, self.wires.sensor_cs);
        let changed = self.pins.settle(&sources);
        if changed == 0 {
            return;
        }
        if changed & self.noted != 0 {
            self.edges.push((self.clock, self.pins.driven.0));
        }
        let now = self.now_us();
        let after = selected(&self.pins, self.wires.sensor_cs);
        if before != after {
            self.wires.sensor.select(after, now);
        }
        if let Some((second, pin)) = &mut self.wires.second {
            let after = selected(&self.pins, *pin);
            if changed >> *pin & 1 != 0 {
                second.select(after, now);
            }
        }
    }
}
