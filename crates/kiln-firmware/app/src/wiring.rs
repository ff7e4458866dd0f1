//! How the kiln is wired, from the configuration to the control image.

use kiln_app::store::Level;
use kiln_firmware_abi::wiring::Wiring;
use kiln_hal::max31856::{self, Averaging, Mains};
use kiln_wire::config::{Config, ThermocoupleType};

use crate::house::House;
use crate::memory::SHARED;

/// Tells the control image, once a start. Without a configuration that can be read it is told nothing, and does not heat.
pub(crate) fn tell(house: &'static House) {
    if house.with(|service, _| service.config_trouble().is_some()) {
        return;
    }
    let wiring = house.with(|service, _| {
        let config = service.config();
        let hardware = config.hardware();
        let mut wiring = Wiring::DELIVERED;
        wiring.sensor = sensor(config)?;
        wiring.contactor = *hardware.contactor_fitted();
        wiring.second = *hardware.second_thermocouple_fitted();
        wiring.current = *hardware.current_input_fitted();
        wiring.lid = *hardware.lid_switch_fitted();
        wiring.stop_loop = *hardware.emergency_stop_fitted();
        wiring.with_relays(hardware.relay_pins().as_slice())
    });
    match wiring {
        Some(wiring) => SHARED.start.wiring.tell(&wiring),
        None => house.say(Level::Error, format_args!("the relays of the configuration cannot be: no heat")),
    }
}

/// The thermocouple, and what its chip is to filter out. `None` for what the chip does not offer.
fn sensor(config: &Config) -> Option<max31856::Config> {
    let sensor = config.sensor();
    Some(max31856::Config {
        kind: kind(*sensor.thermocouple_type()),
        mains: u8::try_from(*sensor.mains_hz()).ok().and_then(|hz| Mains::try_from(hz).ok())?,
        averaging: u8::try_from(*sensor.averaging()).ok().and_then(|samples| Averaging::try_from(samples).ok())?,
    })
}

const fn kind(kind: ThermocoupleType) -> max31856::ThermocoupleType {
    use max31856::ThermocoupleType as Chip;
    match kind {
        ThermocoupleType::B => Chip::B,
        ThermocoupleType::E => Chip::E,
        ThermocoupleType::J => Chip::J,
        ThermocoupleType::K => Chip::K,
        ThermocoupleType::N => Chip::N,
        ThermocoupleType::R => Chip::R,
        ThermocoupleType::S => Chip::S,
        ThermocoupleType::T => Chip::T,
    }
}
