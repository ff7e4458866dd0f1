//! What the control core closes to the application core, and what it cannot.
//!
//! ACCESSCTRL has one register for each block (RP2350 datasheet, 10.6): a refused access is a bus error without effect.
//! `docs/hardware/fence.md` is generated from this table.

/// When a block is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// As soon as the control image runs: the application never needs it.
    AtOnce,
    /// When the application has said that its drivers are built: it needs it for that.
    Settled,
}

/// One block of the chip.
#[derive(Clone, Copy, Debug)]
pub struct Block {
    /// Its name in the datasheet.
    pub name: &'static str,
    /// The offset of its register in ACCESSCTRL.
    pub offset: u8,
    /// When it is closed.
    pub when: When,
    /// What an application gone wild could do with it.
    pub why: &'static str,
}

use When::{AtOnce, Settled};

/// What is closed to the application core and to DMA, one bit each in [`crate::shared::Start::fence`].
pub const CLOSED: &[Block] = &[
    block("SRAM4", 0x2C, AtOnce, "write over control's code, values and memory kept over a reset"),
    block("SRAM5", 0x30, AtOnce, "the same: the four banks are striped"),
    block("SRAM6", 0x34, AtOnce, "the same"),
    block("SRAM7", 0x38, AtOnce, "the same"),
    block("PIO2", 0x54, AtOnce, "order a relay on"),
    block("SPI0", 0x90, AtOnce, "spoil a reading"),
    block("TIMER1", 0x9C, AtOnce, "stop control's clock"),
    block("TICKS", 0xD4, AtOnce, "stop every clock, the watchdog's too"),
    block("WATCHDOG", 0xD8, AtOnce, "switch the watchdog off"),
    block("PSM", 0xDC, AtOnce, "hold the control core in reset"),
    block("IO_BANK0", 0x68, Settled, "give a relay's pin to another block"),
    block("PADS_BANK0", 0x70, Settled, "cut a pin off"),
    block("SYSCFG", 0xBC, Settled, "force a pin's input"),
    block("CLOCKS", 0xC0, Settled, "stop the system's clock"),
    block("XOSC", 0xC4, Settled, "stop the crystal"),
    block("PLL_SYS", 0xCC, Settled, "change the system's clock"),
    block("POWMAN", 0xB0, Settled, "switch RAM off"),
];

/// What stays open, with the reason.
pub const OPEN: &[(&str, &str)] = &[
    (
        "SIO",
        "ACCESSCTRL does not cover it. Relay pins belong to PIO2, so that its outputs do not reach them; the contactor wants edges",
    ),
    ("SRAM8, SRAM9", "both cores talk there; everything read is checked"),
    (
        "RESETS",
        "the boot ROM resets the flash's pins with it before each erase and write, on the core that asks \
         (pico-bootrom-rp2350, varm_generic_flash.c: connect_internal_flash); a block of control held in reset ends its \
         readings, its pins or its clock, and heat with them",
    ),
    ("ROSC", "the application's random numbers may draw on it"),
    ("PLL_USB", "the USB's clock: stopping it stops the cable alone"),
    ("XIP, QMI", "the application writes its files; control never reads flash"),
    ("processor of core 0", "it may reset itself: AIRCR.SYSRESETREQ; control's watchdog remains"),
];

const fn block(name: &'static str, offset: u8, when: When, why: &'static str) -> Block {
    Block { name, offset, when, why }
}

const _: () = assert!(CLOSED.len() <= 32, "one bit each");
