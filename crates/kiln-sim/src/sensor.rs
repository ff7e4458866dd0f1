//! The thermocouple's wires and the MAX31856 that reads them: the truth in, what the chip reports out.
//!
//! Noise, spikes, quantisation, the cold junction and everything that can be wrong with the wires happen here. The
//! chip's registers, its thresholds and its SPI manners are the board's business: a conversion is delivered as the
//! codes those registers will hold, and as °C for whoever reads along.
//!
//! Codes: MAX31856 data sheet, register map and data formats (linearised thermocouple temperature, 19 bits of 2^-7 °C;
//! cold junction, 14 bits of 2^-6 °C; fault status register 0x0F).

use crate::disturb::Level;
use crate::random::{Seed, Stream};

/// One step of the linearised thermocouple temperature, °C.
pub const LTC_STEP_C: f64 = 1.0 / 128.0;
/// One step of the cold junction temperature, °C.
pub const COLD_JUNCTION_STEP_C: f64 = 1.0 / 64.0;
/// Fault status: the cold junction is outside -55..=125 °C.
pub const FAULT_COLD_JUNCTION_RANGE: u8 = 0x80;
/// Fault status: the thermocouple is outside the range of type K.
pub const FAULT_THERMOCOUPLE_RANGE: u8 = 0x40;
/// Fault status: the circuit is open (reported when the open-circuit detection is switched on).
pub const FAULT_OPEN: u8 = 0x01;
/// The range the chip linearises for type K, °C.
const TYPE_K_C: core::ops::RangeInclusive<f64> = -200.0..=1372.0;
/// The range of the chip's own thermometer, °C.
const COLD_JUNCTION_C: core::ops::RangeInclusive<f64> = -55.0..=125.0;
/// Shorted leads pick up less noise: a fifth (our assumption).
const SHORTED_NOISE: f64 = 0.2;

/// What is wrong with the thermocouple, its wires or the chip's own thermometer.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub enum SensorFault {
    /// Nothing.
    #[default]
    Sound,
    /// A lead is off: the chip sees it and sets its fault bit; the code then means nothing and is 0 here.
    Open,
    /// The leads touch at the terminals: it reads the cold junction and sets no bit.
    Short,
    /// The leads are swapped: it reads as far below the cold junction as the kiln is above.
    Reversed,
    /// The same conversion for ever, fault bits included.
    Stuck,
    /// An aged thermocouple, off by so many °C at the moment (negative reads low).
    Drift {
        /// What is added to the truth, °C.
        offset_c: f64,
    },
    /// Interference: the chip says this, whatever is so.
    Says {
        /// What it says, °C.
        celsius: f64,
    },
    /// Interference: the chip sets these fault bits, and the code is as it would be.
    Bits {
        /// The fault status register.
        status: u8,
    },
    /// The chip's own thermometer is off by so many °C, and the reading with it.
    ColdJunction {
        /// What is added to the truth, °C.
        error_c: f64,
    },
}

/// What the chip is connected to for one conversion.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wires {
    /// True temperature of the junction in the kiln, °C.
    pub junction_c: f64,
    /// True temperature of the chip's terminals, °C: near the room's.
    pub terminals_c: f64,
    /// What is wrong with it.
    pub fault: SensorFault,
}

/// One finished conversion, as the registers will hold it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conversion {
    ltc: i32,
    cold_junction: i16,
    status: u8,
}

impl Conversion {
    /// The linearised temperature in steps of [`LTC_STEP_C`], a signed number of 19 bits.
    pub const fn ltc_code(self) -> i32 {
        self.ltc
    }

    /// The registers LTCBH, LTCBM and LTCBL: the 19 bits at the top of 24.
    pub const fn ltc_bytes(self) -> [u8; 3] {
        let [_, high, middle, low] = (self.ltc << 5).to_be_bytes();
        [high, middle, low]
    }

    /// The cold junction in steps of [`COLD_JUNCTION_STEP_C`], a signed number of 14 bits.
    pub const fn cold_junction_code(self) -> i16 {
        self.cold_junction
    }

    /// The registers CJTH and CJTL: the 14 bits at the top of 16.
    pub const fn cold_junction_bytes(self) -> [u8; 2] {
        (self.cold_junction << 2).to_be_bytes()
    }

    /// What the fault status register would say, thresholds apart.
    pub const fn fault_status(self) -> u8 {
        self.status
    }

    /// The linearised temperature, °C.
    pub fn celsius(self) -> f64 {
        f64::from(self.ltc) * LTC_STEP_C
    }

    /// The cold junction temperature, °C.
    pub fn cold_junction_c(self) -> f64 {
        f64::from(self.cold_junction) * COLD_JUNCTION_STEP_C
    }
}

/// A thermocouple with its noise, read by the chip.
#[derive(Clone, Debug)]
pub struct Sensor {
    noise_sd_c: f64,
    noise: Stream,
    spikes: Spikes,
    last: Conversion,
}

/// Electromagnetic interference: now and then one or two conversions are far off.
#[derive(Clone, Debug)]
struct Spikes {
    chance: Stream,
    mean_gap_ms: f64,
    next_ms: f64,
    left: u32,
    size_c: f64,
}

impl Sensor {
    /// A sensor as noisy as the level says, with the chances of this seed.
    pub fn new(level: Level, seed: Seed) -> Self {
        let figures = level.figures();
        let mut noise = seed.stream("sensor noise");
        let share = 1.0 + figures.noise_spread * noise.between(-1.0, 1.0);
        let mut chance = seed.stream("sensor spikes");
        let mean_gap_ms = 3_600_000.0 / figures.spikes_per_hour;
        let next_ms = chance.waiting(mean_gap_ms);
        Self {
            noise_sd_c: figures.noise_sd_c * share,
            noise,
            spikes: Spikes { chance, mean_gap_ms, next_ms, left: 0, size_c: 0.0 },
            last: conversion(0.0, 0.0, 0),
        }
    }

    /// The standard deviation of this sensor's noise, °C.
    pub fn noise_sd_c(&self) -> f64 {
        self.noise_sd_c
    }

    /// One conversion, finished `now_ms` after the start. Time must not run backwards.
    pub fn convert(&mut self, now_ms: u64, wires: &Wires) -> Conversion {
        let off_c = self.noise.normal() * self.noise_sd_c + self.spikes.at(now_ms as f64);
        let (junction_c, terminals_c) = (wires.junction_c, wires.terminals_c);
        self.last = match wires.fault {
            SensorFault::Stuck => return self.last,
            SensorFault::Sound => conversion(junction_c + off_c, terminals_c, 0),
            SensorFault::Open => conversion(0.0, terminals_c, FAULT_OPEN),
            SensorFault::Short => conversion(terminals_c + off_c * SHORTED_NOISE, terminals_c, 0),
            SensorFault::Reversed => conversion(terminals_c - (junction_c - terminals_c) + off_c, terminals_c, 0),
            SensorFault::Drift { offset_c } => conversion(junction_c + off_c + offset_c, terminals_c, 0),
            SensorFault::Says { celsius } => conversion(celsius, terminals_c, 0),
            SensorFault::Bits { status } => conversion(junction_c + off_c, terminals_c, status),
            SensorFault::ColdJunction { error_c } => conversion(junction_c + off_c + error_c, terminals_c + error_c, 0),
        };
        self.last
    }
}

impl Spikes {
    /// How far off the conversion at this moment is, °C.
    fn at(&mut self, now_ms: f64) -> f64 {
        if now_ms >= self.next_ms {
            self.left = 1 + u32::from(self.chance.bits() >> 63 == 1);
            self.size_c = self.chance.sign() * self.chance.between(5.0, 80.0);
            self.next_ms = now_ms + self.chance.waiting(self.mean_gap_ms);
        }
        if self.left == 0 {
            return 0.0;
        }
        self.left -= 1;
        self.size_c
    }
}

/// Quantises as the chip does, to the nearest step, and judges the ranges. What is not a number reads 0.
fn conversion(thermocouple_c: f64, terminals_c: f64, status: u8) -> Conversion {
    let ltc = (thermocouple_c / LTC_STEP_C + 0.5).floor().clamp(-262_144.0, 262_143.0) as i32;
    let cold_junction = (terminals_c / COLD_JUNCTION_STEP_C + 0.5).floor().clamp(-8192.0, 8191.0) as i16;
    let range = if TYPE_K_C.contains(&thermocouple_c) { 0 } else { FAULT_THERMOCOUPLE_RANGE };
    let cold_range = if COLD_JUNCTION_C.contains(&terminals_c) { 0 } else { FAULT_COLD_JUNCTION_RANGE };
    Conversion { ltc, cold_junction, status: status | range | cold_range }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Temperatures and the register bytes the data sheet's format table gives for them.
    #[test]
    fn codes_are_the_data_sheets() {
        let rows: [(f64, [u8; 3]); 7] = [
            (1600.0, [0x64, 0x00, 0x00]),
            (1000.0, [0x3e, 0x80, 0x00]),
            (100.9375, [0x06, 0x4f, 0x00]),
            (25.0, [0x01, 0x90, 0x00]),
            (0.0, [0x00, 0x00, 0x00]),
            (-0.25, [0xff, 0xfc, 0x00]),
            (-250.0, [0xf0, 0x60, 0x00]),
        ];
        for (celsius, bytes) in rows {
            let seen = conversion(celsius, 25.0, 0);
            assert_eq!((seen.ltc_bytes(), seen.celsius()), (bytes, celsius));
            assert_eq!(seen.fault_status() != 0, !(-200.0..=1372.0).contains(&celsius), "{celsius}");
        }
        let small = conversion(0.006, -0.5, 0);
        assert_eq!((small.ltc_bytes(), small.ltc_code()), ([0x00, 0x00, 0x20], 1));
        assert_eq!((small.cold_junction_bytes(), small.cold_junction_c()), ([0xff, 0x80], -0.5));
        let absurd = conversion(f64::INFINITY, f64::NAN, 0);
        assert_eq!((absurd.ltc_code(), absurd.cold_junction_code(), absurd.fault_status()), (262_143, 0, 0xc0));
    }

    fn reading(fault: SensorFault) -> (f64, f64, u8) {
        let mut sensor = Sensor::new(Level::Clean, Seed(1));
        let sound = Wires { junction_c: 900.0, terminals_c: 30.0, fault: SensorFault::Sound };
        sensor.convert(0, &sound);
        let seen = sensor.convert(1000, &Wires { junction_c: 1000.0, fault, ..sound });
        (seen.celsius(), seen.cold_junction_c(), seen.fault_status())
    }

    #[test]
    fn every_fault_reads_as_it_does_on_a_bench() {
        assert_eq!(reading(SensorFault::Sound), (1000.0, 30.0, 0));
        assert_eq!(reading(SensorFault::Open), (0.0, 30.0, FAULT_OPEN));
        assert_eq!(reading(SensorFault::Short), (30.0, 30.0, 0));
        assert_eq!(reading(SensorFault::Reversed), (-940.0, 30.0, FAULT_THERMOCOUPLE_RANGE));
        assert_eq!(reading(SensorFault::Stuck), (900.0, 30.0, 0));
        assert_eq!(reading(SensorFault::Drift { offset_c: -20.0 }), (980.0, 30.0, 0));
        assert_eq!(reading(SensorFault::Says { celsius: 1320.0 }), (1320.0, 30.0, 0));
        assert_eq!(reading(SensorFault::Bits { status: 2 }), (1000.0, 30.0, 2));
        assert_eq!(reading(SensorFault::ColdJunction { error_c: -25.0 }), (975.0, 5.0, 0));
    }

    /// Errors of 100 hours of conversions, one a second: standard deviation without the spikes, spikes an hour.
    fn noise(level: Level, seed: u64) -> (f64, f64) {
        let mut sensor = Sensor::new(level, Seed(seed));
        let wires = Wires { junction_c: 600.0, terminals_c: 22.0, fault: SensorFault::Sound };
        let (mut squares, mut small, mut spikes, mut spiking) = (0.0, 0.0, 0.0, false);
        for second in 0..360_000_u64 {
            let off = sensor.convert(second * 1000, &wires).celsius() - 600.0;
            if off.abs() > 3.0 {
                spikes += f64::from(!spiking);
                assert!((3.0..83.0).contains(&off.abs()), "a spike of {off}");
            } else {
                squares += off * off;
                small += 1.0;
            }
            spiking = off.abs() > 3.0;
        }
        ((squares / small).sqrt(), spikes / 100.0)
    }

    #[test]
    fn levels_are_as_noisy_as_they_say() {
        assert_eq!(noise(Level::Clean, 3), (0.0, 0.0));
        let (quiet, _) = noise(Level::Quiet, 3);
        // The quantisation alone is 0.0023 °C.
        assert!((0.002..0.005).contains(&quiet), "quiet {quiet}");
        for seed in 3..8 {
            let (sd, spikes) = noise(Level::Nominal, seed);
            assert!((0.099..0.301).contains(&sd) && (1.4..2.7).contains(&spikes), "nominal {sd} {spikes}");
            let (sd, spikes) = noise(Level::Harsh, seed);
            assert!((0.49..0.51).contains(&sd) && (10.5..13.5).contains(&spikes), "harsh {sd} {spikes}");
        }
    }
}
