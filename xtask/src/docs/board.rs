//! `docs/hardware/pins.md` and `docs/hardware/fence.md`, from what the board's images agree on.

use kiln_firmware_abi::fence::{CLOSED, OPEN, When};
use kiln_firmware_abi::pins::{Owner, Pin, TABLE};

use super::NOTE;

const HARDWARE: &str = "**Nothing of this page has been tried on hardware yet.**";

/// Where GPIO0 to GPIO22 and GPIO26 to GPIO28 are on the 40 pins of a Pico 2 W (its datasheet, pinout).
const HEADER: [u8; 29] =
    [1, 2, 4, 5, 6, 7, 9, 10, 11, 12, 14, 15, 16, 17, 19, 20, 21, 22, 24, 25, 26, 27, 29, 0, 0, 0, 31, 32, 34];

/// The pins.
pub(super) fn pins() -> String {
    let mut text = format!(
        "# Pins\n\n{NOTE} `crates/kiln-firmware/abi/src/pins.rs`; change it there. {HARDWARE}\n\n\
         How parts are wired to them is in [wiring.md](wiring.md). Inputs that are not fitted are left open and said so in the \
         settings. A pin that is not here is free.\n\n\
         | GPIO | pin of the board | what | level, and what it needs | who has it |\n|---|---|---|---|---|\n"
    );
    for pin in TABLE {
        let last = pin.first + pin.count - 1;
        let number = if pin.count == 1 { pin.first.to_string() } else { format!("{} to {last}", pin.first) };
        text += &format!("| {number} | {} | {} | {} | {} |\n", header(pin), pin.does, pin.wants, owner(pin.owner));
    }
    text
}

fn header(pin: &Pin) -> String {
    let place = |gpio: u8| HEADER.get(usize::from(gpio)).filter(|place| **place > 0);
    let places = (pin.first..pin.first + pin.count).filter_map(place);
    places.map(u8::to_string).collect::<Vec<_>>().join(", ")
}

fn owner(owner: Owner) -> &'static str {
    match owner {
        Owner::Control => "control",
        Owner::Application => "application",
        Owner::Radio => "the radio, inside",
    }
}

/// The fence.
pub(super) fn fence() -> String {
    let mut text = format!(
        "# The fence between the cores\n\n{NOTE} `crates/kiln-firmware/abi/src/fence.rs`; change it there. {HARDWARE}\n\n\
         The control core closes these to the application core and to DMA (ACCESSCTRL), reads every register back, tells what \
         took, and locks the rest out of the fence itself. Flash is closed to the control core. Why an \
         application gone wild must not have a block is in the last column.\n\n\
         | block | closed | what it could do |\n|---|---|---|\n"
    );
    for block in CLOSED {
        let when = match block.when {
            When::AtOnce => "at the start",
            When::Settled => "when the application has built its drivers",
        };
        text += &format!("| {} | {when} | {} |\n", block.name, block.why);
    }
    text += "\n## What stays open\n\n| what | why |\n|---|---|\n";
    for (what, why) in OPEN {
        text += &format!("| {what} | {why} |\n");
    }
    text + "\n## Memory protection\n\n\
            The control core's own unit (`crates/kiln-firmware/control/src/protect.rs`): code and constants can be read and run, not \
            written; data, stack, what is kept and what is shared cannot be run; blocks and SIO are devices; any other address is a \
            fault, flash among them. It is off while a fault is handled, so that its record can be written.\n"
}
