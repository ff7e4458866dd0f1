//! Which pin does what: the one table.
//!
//! `docs/hardware/pins.md` is generated from it. The thermocouple, the relays and the display lie where they lay on the
//! controllers that have fired kilns; the rest is ours.

/// Who has a pin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The control image; the application cannot reach it once the fence is closed.
    Control,
    /// The application image.
    Application,
    /// Wired to the radio inside the Pico 2 W.
    Radio,
}

/// One pin, or several in a row.
#[derive(Clone, Copy, Debug)]
pub struct Pin {
    /// The number of the first, as in the RP2350 datasheet (`GPIOn`).
    pub first: u8,
    /// How many.
    pub count: u8,
    /// What it does.
    pub does: &'static str,
    /// Its level or edge with what it means, and what it needs around it.
    pub wants: &'static str,
    /// Who has it.
    pub owner: Owner,
}

/// The first of the pins that may drive a heating relay; relay pins are chosen among [`RELAYS`] of them.
pub const RELAY_FIRST: u8 = 6;
/// How many there are.
pub const RELAYS: u8 = 10;
/// Drives the charge pump of the safety contactor.
pub const CONTACTOR: u8 = 2;
/// Serial clock of the thermocouple chips.
pub const SPI_SCK: u8 = 18;
/// Data to the thermocouple chips.
pub const SPI_MOSI: u8 = 19;
/// Data from the thermocouple chips.
pub const SPI_MISO: u8 = 16;
/// Selects the chip of the chamber's thermocouple.
pub const SENSOR_CS: u8 = 28;
/// Selects the chip of the second thermocouple.
pub const SECOND_CS: u8 = 17;
/// Low while current flows through the elements.
pub const CURRENT: u8 = 3;
/// Low while the lid is closed.
pub const LID: u8 = 4;
/// Low while the emergency-stop loop is closed.
pub const STOP_LOOP: u8 = 5;
/// Clock of the display's I²C bus.
pub const LCD_SCL: u8 = 21;
/// Data of the display's I²C bus.
pub const LCD_SDA: u8 = 20;
/// Low while the button at the kiln is pressed.
pub const BUTTON: u8 = 22;
/// The light at the kiln, for boards in a box: it shows what the light on the board shows.
pub const LIGHT: u8 = 26;

/// Every pin that may drive a heating relay, as a mask of GPIO bits.
pub const RELAY_MASK: u32 = ((1 << RELAYS) - 1) << RELAY_FIRST;
/// Every pin that lets heat through: the relays and the contactor.
pub const HEAT_MASK: u32 = RELAY_MASK | 1 << CONTACTOR;

use Owner::{Application, Control, Radio};

/// All of them, in the order of their numbers.
pub const TABLE: &[Pin] = &[
    pin(CONTACTOR, "safety contactor", "an edge every 100 ms holds it; pull-down of 8.2 kΩ", Control),
    pin(CURRENT, "current through the elements", "low: current flows; open where none is fitted", Control),
    pin(LID, "lid switch", "low: closed; open where none is fitted", Control),
    pin(STOP_LOOP, "emergency-stop loop", "low: closed; open: heat off; open where none is fitted", Control),
    Pin {
        first: RELAY_FIRST,
        count: RELAYS,
        does: "heating relays",
        wants: "high: on; as delivered one relay on GPIO15; pull-down of 8.2 kΩ each",
        owner: Control,
    },
    pin(SPI_MISO, "thermocouple chips: data out (SDO)", "3.3 V", Control),
    pin(SECOND_CS, "second thermocouple chip: select (CS)", "low: selected; pull-up of 10 kΩ", Control),
    pin(SPI_SCK, "thermocouple chips: clock (SCK)", "3 MHz", Control),
    pin(SPI_MOSI, "thermocouple chips: data in (SDI)", "3.3 V", Control),
    pin(LCD_SDA, "display: data (SDA)", "pull-up to 3.3 V, 100 kHz", Application),
    pin(LCD_SCL, "display: clock (SCL)", "pull-up to 3.3 V, 100 kHz", Application),
    pin(BUTTON, "button", "low: pressed", Application),
    pin(23, "radio: power", "", Radio),
    pin(24, "radio: data", "", Radio),
    pin(25, "radio: select", "", Radio),
    pin(LIGHT, "light", "high: on; a resistor of 1 kΩ and a light-emitting diode", Application),
    pin(SENSOR_CS, "thermocouple chip: select (CS)", "low: selected; pull-up of 10 kΩ", Control),
    pin(29, "radio: clock", "", Radio),
];

const fn pin(number: u8, does: &'static str, wants: &'static str, owner: Owner) -> Pin {
    Pin { first: number, count: 1, does, wants, owner }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_pin_does_two_things_and_the_table_is_in_order() {
        let mut next = 0;
        for pin in TABLE {
            assert!(pin.first >= next, "GPIO{} is out of order or taken twice", pin.first);
            next = pin.first + pin.count;
        }
        assert!(next <= 30, "the Pico 2 W has GPIO0 to GPIO29");
    }
}
