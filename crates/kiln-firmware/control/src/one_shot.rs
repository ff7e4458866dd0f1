//! The relay pins behind a program of PIO2 that lets all of them go by itself.
//!
//! Each order is one word: which of the ten relay pins are high, and for how many rounds. The program takes an order when
//! there is one, else counts a round down; at the last one every pin falls and stays low until the next order. A loop that
//! hangs, a core that is held or gone, leaves no pin high for longer than the lease. The block is closed to the
//! application, and pins that belong to it do not follow the processors' outputs. Hazards H-12, H-13, H-18.

use kiln_core::units::Millis;
use kiln_core::window::RelaySet;
use kiln_firmware_abi::pins::{RELAY_FIRST, RELAYS};
use kiln_hal::one_shot::OneShot;
use rp_pac as pac;

use crate::pins::{self, Function, Pull};

/// The program, in the encoding of the RP2350 datasheet, 11.4.
const PROGRAM: [u16; 7] = [
    0xA003, // 0  mov pins, null   every pin low
    0x80A0, // 1  pull block       wait for an order
    0x600A, // 2  out pins, 10     its pins
    0x6036, // 3  out x, 22        its rounds
    0xA045, // 4  mov y, status    all ones while there is no order
    0x0061, // 5  jmp !y, 1        there is one: take it
    0x0044, // 6  jmp x--, 4       a round less; after the last one, from the top
];
/// `mov pindirs, ~null`: drives every pin of the program.
const DRIVE: u16 = 0xA06B;
/// The program's clock is the system's, 150 MHz, divided to 10 kHz: a tenth of a millisecond for each instruction.
const DIVIDER: u16 = 15_000;
const INSTRUCTIONS_PER_MILLISECOND: u64 = 10;
/// Instructions of one round.
const ROUND: u64 = 3;
/// The state machine.
const MACHINE: usize = 0;
const BIT: u8 = 1 << MACHINE;

/// Relays on chosen pins, relay 0 first.
#[derive(Debug)]
pub(crate) struct Pio2 {
    pins: [u8; LONGEST],
    count: usize,
}

const LONGEST: usize = kiln_core::limits::RELAYS_MOST;

/// The block did not take the order: its program stands still.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stuck;

impl Pio2 {
    /// Starts the program, every pin low, and gives it the pins of these relays. No other relay pin is driven.
    pub(crate) fn start(relays: impl Iterator<Item = u8>) -> Self {
        load();
        let mut pio = Self { pins: [0; LONGEST], count: 0 };
        for (place, pin) in pio.pins.iter_mut().zip(relays) {
            *place = pin;
            pio.count += 1;
            pins::give(pin, Function::Pio2, Pull::Down);
        }
        pio
    }

    /// How many relays there are.
    pub(crate) const fn count(&self) -> usize {
        self.count
    }

    /// The pins of the relays, relay 0 first.
    fn pins(&self) -> impl Iterator<Item = u8> + '_ {
        self.pins.iter().copied().take(self.count)
    }
}

/// Loads the program and starts it.
fn load() {
    let pio = pac::PIO2;
    pio.ctrl().write(|_| {});
    for (at, instruction) in PROGRAM.into_iter().enumerate() {
        pio.instr_mem(at).write(|w| w.set_instr_mem(instruction));
    }
    let machine = pio.sm(MACHINE);
    machine.clkdiv().write(|w| w.set_int(DIVIDER));
    machine.execctrl().write(|w| {
        w.set_wrap_bottom(0);
        w.set_wrap_top(6);
        // `status`: all ones while fewer than one order waits.
        w.set_status_sel(pac::pio::vals::ExecctrlStatusSel::TXLEVEL);
        w.set_status_n(pac::pio::vals::ExecctrlStatusN(1));
    });
    machine.shiftctrl().write(|w| w.set_out_shiftdir(true));
    machine.pinctrl().write(|w| {
        w.set_out_base(RELAY_FIRST);
        w.set_out_count(RELAYS);
    });
    pio.ctrl().write(|w| {
        w.set_sm_restart(BIT);
        w.set_clkdiv_restart(BIT);
    });
    // Executed at once, before the program begins: low, driven, and from the top.
    let [low, ..] = PROGRAM;
    for instruction in [low, DRIVE, 0x0000] {
        machine.instr().write(|w| w.set_instr(instruction));
    }
    pio.ctrl().write(|w| w.set_sm_enable(BIT));
}

impl OneShot for Pio2 {
    type Error = Stuck;

    fn arm(&mut self, relays: RelaySet, time: Millis) -> Result<(), Stuck> {
        if pac::PIO2.fstat().read().txfull() & BIT != 0 {
            return Err(Stuck);
        }
        let on = self.pins().enumerate().filter(|(relay, _)| relays.is_on(*relay));
        let pins = on.fold(0, |mask, (_, pin)| mask | 1_u32 << (pin - RELAY_FIRST));
        pac::PIO2.txf(MACHINE).write_value(word(pins, time));
        Ok(())
    }

    fn seen(&mut self) -> Result<RelaySet, Stuck> {
        let levels = pins::levels();
        let seen = |set: RelaySet, (relay, pin): (usize, u8)| set.with(relay, levels & (1 << pin) != 0);
        Ok(self.pins().enumerate().fold(RelaySet::NONE, seen))
    }
}

/// An order as the program takes it: ten bits of pins, 22 of rounds. No pin, no rounds: it is off at once.
fn word(pins: u32, time: Millis) -> u32 {
    let rounds = time.get() * INSTRUCTIONS_PER_MILLISECOND / ROUND;
    let most = (1_u64 << 22) - 1;
    let rounds = if pins == 0 { 0 } else { u32::try_from(rounds.min(most)).unwrap_or_default() };
    pins & 0x3FF | rounds << 10
}
