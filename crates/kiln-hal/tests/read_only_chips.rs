//! The thermocouple chips that are only read: which frames are temperatures, which are problems, and that none waits.
#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

use kiln_core::sensor::{ChipFault, Problem, Sample};
use kiln_core::units::{Celsius, Kelvin, Millis};
use kiln_hal::board::Thermocouple;
use kiln_hal::fake::FakeFrames;
use kiln_hal::max6675::Max6675;
use kiln_hal::max31855::Max31855;

fn read_31855(frame: u32) -> Result<Sample, Problem> {
    let chip = FakeFrames::new(frame.to_be_bytes());
    let outcome = Max31855::new(chip.bus()).read();
    assert_eq!(chip.transfers(), 1, "{frame:#010x}");
    outcome
}

fn read_6675(frame: u16) -> Result<Sample, Problem> {
    let chip = FakeFrames::new(frame.to_be_bytes());
    let outcome = Max6675::new(chip.bus()).read();
    assert_eq!(chip.transfers(), 1, "{frame:#06x}");
    outcome
}

/// Quarters of a degree of the thermocouple, sixteenths of the terminals, and the rest of the frame.
fn frame(quarters: i32, sixteenths: i32, rest: u32) -> u32 {
    u32::from_be_bytes((quarters << 18).to_be_bytes())
        | u32::from_be_bytes((sixteenths << 4 & 0xFFF0).to_be_bytes())
        | rest
}

fn chip(bits: u8) -> Problem {
    Problem::Chip(ChipFault::from_bits(bits).expect("a fault"))
}

#[test]
fn a_frame_of_the_max31855_is_a_temperature_or_a_problem() {
    const FAULT: u32 = 1 << 16;
    let problems = [
        (0, Problem::Bus),
        (u32::MAX, Problem::Bus),
        (frame(100, 400, FAULT | 1), chip(ChipFault::OPEN)),
        (frame(100, 400, FAULT | 2), chip(ChipFault::VOLTAGE)),
        (frame(100, 400, FAULT | 4), chip(ChipFault::VOLTAGE)),
        (frame(100, 400, FAULT | 7), chip(ChipFault::OPEN | ChipFault::VOLTAGE)),
        (frame(100, 400, FAULT), Problem::Bus),
        (frame(100, 400, 1), Problem::Bus),
        (frame(100, 400, 8), Problem::Bus),
        (frame(100, 400, 1 << 17), Problem::Bus),
        (frame(6400, 320, 0), Problem::OutOfRange(Celsius::whole(1600))),
        (frame(-1000, 320, 0), Problem::OutOfRange(Celsius::whole(-250))),
    ];
    for (frame, problem) in problems {
        assert_eq!(read_31855(frame), Err(problem), "{frame:#010x}");
    }
    let temperatures: [(i32, f64, f64); 5] =
        [(25, 25.0, 25.0), (25, 25.0625, 25.0), (1000, 0.0625, 1000.0), (-10, -10.0, -10.0), (-2, 20.0, -2.8)];
    for (line, terminals, expected) in temperatures {
        #[expect(clippy::cast_possible_truncation, clippy::as_conversions, reason = "a whole number of sixteenths")]
        let sample = read_31855(frame(line * 4, (terminals * 16.0) as i32, 0)).expect("healthy");
        assert_eq!(sample.cold_junction.map(Celsius::get).map(f64::to_bits), Some(terminals.to_bits()), "{line}");
        assert!((sample.raw.get() - expected).abs() < 0.5, "{line} with {terminals}: {sample:?}");
    }
}

/// 1250 °C at terminals of 25 °C are 50.644 − 1.000 mV, which the chip takes for 1202.75 + 25 °C.
#[test]
fn a_hot_kiln_reads_as_hot_as_it_is() {
    let sample = read_31855(frame(4911, 25 * 16, 0)).expect("healthy");
    assert!((sample.raw.get() - 1250.0).abs() < 0.3, "{sample:?}");
}

#[test]
fn a_frame_of_the_max6675_is_a_temperature_or_a_problem() {
    for count in 1..0x0FFF {
        for spare in [0, 1] {
            let sample = Sample {
                raw: Celsius::in_4096ths(i32::from(count) * 1024),
                cold_junction: None,
                step: Kelvin::milli(250),
            };
            assert_eq!(read_6675(count << 3 | spare), Ok(sample));
        }
        assert_eq!(read_6675(count << 3 | 4), Err(chip(ChipFault::OPEN)));
        assert_eq!(read_6675(count << 3 | 2), Err(Problem::Bus));
        assert_eq!(read_6675(count << 3 | 0x8000), Err(Problem::Bus));
    }
    for (frame, problem) in [(0, Problem::Bus), (u16::MAX, Problem::Bus), (0x0004, chip(ChipFault::OPEN))] {
        assert_eq!(read_6675(frame), Err(problem));
    }
    let end = Celsius::in_4096ths(0x0FFF * 1024);
    assert_eq!(read_6675(0x0FFF << 3), Err(Problem::OutOfRange(end)), "the kiln may be hotter than the chip can say");
}

#[test]
fn setting_up_proves_that_somebody_answers() {
    let (hot, cold) = (FakeFrames::new(frame(100, 400, 0).to_be_bytes()), FakeFrames::new([0x01, 0x90]));
    let (mut one, mut other) = (Max31855::new(hot.bus()), Max6675::new(cold.bus()));
    assert_eq!(one.setup().map(Millis::get), Ok(100));
    assert_eq!(other.setup().map(Millis::get), Ok(220));
    hot.set(frame(100, 400, 1 << 16 | 1).to_be_bytes());
    cold.set([0x00, 0x04]);
    assert!(one.setup().is_ok() && other.setup().is_ok(), "a chip that reports an open thermocouple is there");
    hot.set([0; 4]);
    cold.set([0xFF; 2]);
    assert_eq!((one.setup(), other.setup()), (Err(Problem::Bus), Err(Problem::Bus)));
    hot.fail(true);
    cold.fail(true);
    assert_eq!((one.read(), other.read()), (Err(Problem::Bus), Err(Problem::Bus)));
}
