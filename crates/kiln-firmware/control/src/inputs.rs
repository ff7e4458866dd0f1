//! What only some kilns have: a second thermocouple, a current sensor, a lid switch, an emergency-stop loop.

use kiln_core::guard::Fitted;
use kiln_core::limits;
use kiln_core::units::{Celsius, Instant};
use kiln_firmware_abi::pins::{CURRENT, LID, SECOND_CS, STOP_LOOP};
use kiln_firmware_abi::wiring::Wiring;
use kiln_hal::board::Thermocouple;
use kiln_hal::max31856::{Max31856, SPI_MODE};

use crate::pins::Switch;
use crate::spi::Chip;

/// The inputs that are fitted.
#[derive(Debug, Default)]
pub(crate) struct Inputs {
    second: Option<Second>,
    current: Option<Switch>,
    lid: Option<Switch>,
    stop_loop: Option<Switch>,
}

/// The second thermocouple: read once a second, and nothing when it does not answer.
#[derive(Debug)]
struct Second {
    chip: Max31856<Chip>,
    /// When the next reading is due; before the first, when the chip has been set up.
    due: Instant,
    set_up: bool,
    newest: Option<Celsius>,
}

impl Inputs {
    /// Takes the pins of what is fitted.
    pub(crate) fn new(wiring: &Wiring, now: Instant) -> Self {
        let switch = |fitted: bool, pin: u8| fitted.then(|| Switch::new(pin));
        let second = || {
            let chip = Max31856::new(Chip::new(SECOND_CS, SPI_MODE), wiring.sensor);
            Second { chip, due: now, set_up: false, newest: None }
        };
        Self {
            second: wiring.second.then(second),
            current: switch(wiring.current, CURRENT),
            lid: switch(wiring.lid, LID),
            stop_loop: switch(wiring.stop_loop, STOP_LOOP),
        }
    }

    /// What they say now. A broken wire of the loop or the lid switch is an open one.
    pub(crate) fn look(&mut self, now: Instant) -> Fitted {
        Fitted {
            second: self.second.as_mut().and_then(|second| second.look(now)),
            current: self.current.as_ref().map(Switch::is_closed),
            lid_open: self.lid.as_ref().map(|switch| !switch.is_closed()),
            stop_loop_open: self.stop_loop.as_ref().map(|switch| !switch.is_closed()),
        }
    }
}

impl Second {
    fn look(&mut self, now: Instant) -> Option<Celsius> {
        if now >= self.due {
            self.due = now + limits::TICK;
            self.newest = None;
            if self.set_up {
                let sample = self.chip.read();
                self.set_up = sample.is_ok();
                self.newest = sample.ok().map(|sample| sample.raw);
            } else if let Ok(first) = self.chip.setup() {
                self.set_up = true;
                self.due = now + first;
            }
        }
        self.newest
    }
}
