//! The thermocouple chip: what is sent to it, what is believed of it, and that nothing in the driver can wait.
#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

use kiln_core::limits;
use kiln_core::sensor::{ChipFault, Problem};
use kiln_core::units::{Celsius, Millis};
use kiln_hal::board::Thermocouple;
use kiln_hal::fake::{FakeMax31856, Trouble};
use kiln_hal::max31856::{Averaging, COUNT, Config, Cr0, Mains, Max31856, Register, ThermocoupleType, WRITABLE};

const K: Config = Config { kind: ThermocoupleType::K, mains: Mains::Hz50, averaging: Averaging::Samples8 };

fn every_config() -> impl Iterator<Item = Config> {
    ThermocoupleType::ALL.into_iter().flat_map(|kind| {
        [Mains::Hz50, Mains::Hz60]
            .into_iter()
            .flat_map(move |mains| Averaging::ALL.into_iter().map(move |averaging| Config { kind, mains, averaging }))
    })
}

fn celsius(value: f64) -> Celsius {
    Celsius::new(value).expect("finite")
}

fn set_up(config: Config) -> (FakeMax31856, Max31856<kiln_hal::fake::FakeBus>) {
    let chip = FakeMax31856::new();
    let mut sensor = Max31856::new(chip.bus(), config);
    sensor.setup().expect("a healthy chip");
    (chip, sensor)
}

/// The registers that can be set.
fn writable() -> impl Iterator<Item = Register> {
    Register::ALL.into_iter().take(WRITABLE)
}

#[test]
fn setup_writes_in_the_order_of_the_datasheet_and_starts_last() {
    let (chip, _) = set_up(K);
    let writes = [(0x02, 0x00), (0x00, 0x10), (0x01, 0x03), (0x00, 0x11), (0x01, 0x33), (0x00, 0x91)];
    assert_eq!(*chip.writes(), writes);
}

#[test]
fn every_configuration_is_kept_and_verified() {
    for config in every_config() {
        let (chip, mut sensor) = set_up(config);
        let notch = u8::from(config.mains == Mains::Hz50);
        assert_eq!(chip.register(Register::Cr0), Cr0::AUTO_CONVERT | Cr0::OPEN_CIRCUIT_TEST | notch, "{config:?}");
        assert_eq!(chip.register(Register::Cr1) & 0x0F, config.kind.code(), "{config:?}");
        assert_eq!((sensor.verify(), sensor.config()), (Ok(()), config));
        assert_eq!(sensor.read().is_ok(), config.kind.gives_temperature(), "{config:?}: a voltage is no temperature");
    }
}

/// A register that does not take its setting is found, by name, for every register and every configuration.
#[test]
fn a_setting_that_was_not_kept_is_refused_by_register() {
    for config in every_config() {
        for register in writable() {
            let chip = FakeMax31856::new();
            // A bit that counts is wrong, and stays wrong.
            let wrong = chip.register(register) ^ if register == Register::Mask { 0x20 } else { 0x04 };
            chip.set_register(register, wrong);
            chip.stick(Some(register));
            let refused = Err(Problem::Setup(register.address()));
            let mut sensor = Max31856::new(chip.bus(), config);
            let outcome = sensor.setup();
            if register == Register::Cr1 && wrong & 0x7F == config_bits(config) {
                assert!(outcome.is_ok(), "{config:?}: wrong by chance is right");
            } else {
                assert_eq!(outcome.map(|_| ()), refused, "{config:?} {register:?}");
                assert_eq!(sensor.read(), refused.map(|()| unreachable!()), "{config:?} {register:?}");
            }
        }
    }
}

fn config_bits(config: Config) -> u8 {
    let (chip, _) = set_up(config);
    chip.register(Register::Cr1) & 0x7F
}

/// A chip that resets itself, or loses one register, gives no temperature until it is set up again.
#[test]
fn a_chip_that_lost_its_settings_is_noticed_at_the_next_read() {
    let (chip, mut sensor) = set_up(K);
    chip.set_temperature(1000.0);
    assert_eq!(sensor.read().map(|sample| sample.raw), Ok(celsius(1000.0)));
    chip.lose_settings();
    assert_eq!(sensor.read(), Err(Problem::Setup(0x00)), "not 0 °C");
    assert_eq!(sensor.verify(), Err(Problem::Setup(0x00)));
    assert_eq!(sensor.setup().map(Millis::get), Ok(185 + 7 * 40));
    assert_eq!(sensor.read().map(|sample| sample.raw), Ok(celsius(1000.0)));
    for register in writable() {
        for bit in 0..8u8 {
            let (chip, mut sensor) = set_up(K);
            chip.set_register(register, chip.register(register) ^ 1 << bit);
            let counts = register.kept() >> bit & 1 != 0;
            let expected = if counts { Err(Problem::Setup(register.address())) } else { Ok(()) };
            assert_eq!(sensor.read().map(|_| ()), expected, "{register:?} bit {bit}");
            sensor.setup().expect("set up again");
            assert!(sensor.read().is_ok(), "{register:?} bit {bit}");
        }
    }
}

#[test]
fn every_fault_bit_stops_the_temperature_and_says_which() {
    let (chip, mut sensor) = set_up(K);
    for bits in 0..=u8::MAX {
        chip.set_faults(bits);
        let expected = ChipFault::from_bits(bits).map_or(Ok(()), |fault| Err(Problem::Chip(fault)));
        assert_eq!(sensor.read().map(|_| ()), expected, "{bits:#04x}");
    }
}

#[test]
fn every_temperature_of_the_chip_arrives_exactly() {
    let (chip, mut sensor) = set_up(K);
    for raw in (-0x4_0000..0x4_0000).step_by(61).chain([-1, 0, 1, 0x3_FFFF]) {
        chip.set_raw19(raw);
        let sample = sensor.read().expect("healthy");
        assert_eq!(sample.raw, celsius(f64::from(raw) / 128.0));
    }
    for word in -0x2000..0x2000 {
        chip.set_cold_junction(f64::from(word) / 64.0);
        assert_eq!(sensor.read().map(|s| s.cold_junction), Ok(Some(celsius(f64::from(word) / 64.0))));
    }
}

#[test]
fn a_bus_that_does_not_answer_is_told_from_a_chip_that_does() {
    for trouble in [Trouble::Bus, Trouble::Line(false), Trouble::Line(true)] {
        let (chip, mut sensor) = set_up(K);
        chip.set_trouble(trouble);
        let told = [sensor.read().map(|_| ()), sensor.verify(), sensor.setup().map(|_| ())];
        assert_eq!(told, [Err(Problem::Bus); 3], "{trouble:?}");
        chip.set_trouble(Trouble::None);
        assert!(sensor.setup().is_ok() && sensor.read().is_ok(), "{trouble:?} is over");
    }
}

/// Each transfer of a set-up may be the one that fails: it is told, and nothing is started on half a configuration.
#[test]
fn a_transfer_that_fails_ends_the_setup() {
    let (chip, _) = set_up(K);
    let whole = chip.transfers();
    assert_eq!(whole, 8, "one read, six writes, one read-back");
    for good in 0..whole {
        let chip = FakeMax31856::new();
        chip.fail_after(good);
        let mut sensor = Max31856::new(chip.bus(), K);
        assert_eq!(sensor.setup().map(|_| ()), Err(Problem::Bus), "after {good}");
        assert_eq!(chip.transfers(), good + 1, "no retry");
        let started = chip.register(Register::Cr0) & Cr0::AUTO_CONVERT != 0;
        assert_eq!(started, good >= 7, "after {good}");
    }
}

/// Whatever the chip answers, a read is one transfer and a set-up a bounded number: there is no loop to wait in.
#[test]
fn no_answer_makes_the_driver_wait() {
    let (chip, mut sensor) = set_up(K);
    let mut answers = 0..=u8::MAX;
    for answer in &mut answers {
        for register in Register::ALL {
            chip.set_register(register, answer);
        }
        chip.set_trouble(Trouble::Frozen);
        let before = chip.transfers();
        assert_ne!(sensor.read().map(|_| ()), Err(Problem::OutOfRange(Celsius::ZERO)), "the driver does not judge");
        assert_eq!(chip.transfers() - before, 1);
        assert_ne!(sensor.verify(), Err(Problem::OutOfRange(Celsius::ZERO)), "the driver does not judge");
        assert_eq!(chip.transfers() - before, 2);
        assert_ne!(sensor.setup().map(|_| ()), Err(Problem::OutOfRange(Celsius::ZERO)), "the driver does not judge");
        assert!(chip.transfers() - before <= 2 + 1 + 6 + 7 + 1, "one read, six writes, seven repairs, one read-back");
    }
    assert_eq!(Register::ALL.len(), COUNT);
}

#[test]
fn conversion_times_fit_the_tick() {
    let cases = [
        (Mains::Hz60, Averaging::Samples1, 155, 90),
        (Mains::Hz60, Averaging::Samples16, 665, 345),
        (Mains::Hz50, Averaging::Samples1, 185, 110),
        (Mains::Hz50, Averaging::Samples16, 785, 410),
    ];
    for (mains, averaging, first, further) in cases {
        let config = Config { mains, averaging, ..K };
        assert_eq!((config.first_conversion().get(), config.further_conversion().get()), (first, further));
        assert!(further < limits::TICK.get());
    }
}

/// The reference takes an unknown mains frequency as 60 Hz and an unknown averaging as 8.
#[test]
fn incident_a_wrong_setting_falls_back_in_silence() {
    for hertz in [0, 49, 51, 55, 100] {
        assert!(Mains::try_from(hertz).is_err(), "{hertz}");
    }
    for samples in [0, 3, 5, 32, 255] {
        assert!(Averaging::try_from(samples).is_err(), "{samples}");
    }
}
