//! The voltage of a type K thermocouple, and the temperature it stands for.
//!
//! Reference functions and their inverses: NIST ITS-90 thermocouple database (Monograph 175), type K, which IEC 60584-1
//! repeats; from memory, compared here with points of the table. Millivolts and °C.

use kiln_core::math::{exp, horner};
use kiln_core::units::Celsius;

/// What the chip takes a degree for, at every temperature (MAX31855 datasheet, temperature conversion), in mV/°C.
const LINE: f64 = 0.041_276;

/// The temperature of the thermocouple, from what the chip makes of it and the temperature of its terminals.
///
/// The chip measures the voltage between the two, divides it by its one slope and adds the terminals. `None` where the
/// voltage is none of a type K thermocouple above −200 °C, or the terminals are not between −55 and 150 °C.
pub fn straightened(line: Celsius, terminals: Celsius) -> Option<Celsius> {
    let measured = (line - terminals).get() * LINE;
    temperature(measured + voltage(terminals)?)
}

/// The voltage against 0 °C, in mV, at a temperature of the chip's own range, −55 to 150 °C.
pub fn voltage(at: Celsius) -> Option<f64> {
    let t = at.get();
    if (0.0..=150.0).contains(&t) {
        let apart = t - 126.968_6;
        Some(horner(ABOVE_ZERO, t) + 0.118_597_6 * exp(-0.118_343_2e-3 * apart * apart))
    } else if (-55.0..0.0).contains(&t) {
        Some(horner(BELOW_ZERO, t))
    } else {
        None
    }
}

/// The temperature at a voltage against 0 °C, in mV, −5.891 to 54.886; the inverse is good to 0.06 °C.
pub fn temperature(millivolts: f64) -> Option<Celsius> {
    let e = millivolts;
    let t = if (20.644..=54.886).contains(&e) {
        horner(INVERSE_HOT, e)
    } else if (0.0..20.644).contains(&e) {
        horner(INVERSE_WARM, e)
    } else if (-5.891..0.0).contains(&e) {
        horner(INVERSE_COLD, e)
    } else {
        return None;
    };
    Celsius::new(t)
}

/// 0 to 1372 °C, without the exponential term; highest power first.
const ABOVE_ZERO: [f64; 10] = [
    -0.121_047_212_75e-25,
    0.971_511_471_52e-22,
    -0.320_207_200_03e-18,
    0.560_750_590_59e-15,
    -0.560_728_448_89e-12,
    0.318_409_457_19e-9,
    -0.994_575_928_74e-7,
    0.185_587_700_32e-4,
    0.389_212_049_75e-1,
    -0.176_004_136_86e-1,
];

/// −270 to 0 °C; highest power first.
const BELOW_ZERO: [f64; 11] = [
    -0.163_226_974_86e-22,
    -0.198_892_668_78e-19,
    -0.104_516_093_65e-16,
    -0.310_888_728_94e-14,
    -0.574_103_274_28e-12,
    -0.675_090_591_73e-10,
    -0.499_048_287_77e-8,
    -0.328_589_067_84e-6,
    0.236_223_735_98e-4,
    0.394_501_280_25e-1,
    0.0,
];

/// −200 to 0 °C; highest power first.
const INVERSE_COLD: [f64; 9] = [
    -5.192_057_7e-4,
    -1.045_059_8e-2,
    -8.663_264_3e-2,
    -3.734_237_7e-1,
    -8.977_354_0e-1,
    -1.083_363_8,
    -1.166_287_8,
    2.517_346_2e1,
    0.0,
];

/// 0 to 500 °C; highest power first.
const INVERSE_WARM: [f64; 10] = [
    -1.052_755e-8,
    1.057_734e-6,
    -4.413_030e-5,
    9.804_036e-4,
    -1.228_034e-2,
    8.315_270e-2,
    -2.503_131e-1,
    7.860_106e-2,
    2.508_355e1,
    0.0,
];

/// 500 to 1372 °C; highest power first.
const INVERSE_HOT: [f64; 7] =
    [-3.110_810e-8, 8.802_193e-6, -9.650_715e-4, 5.464_731e-2, -1.646_031, 4.830_222e1, -1.318_058e2];

#[cfg(test)]
mod tests {
    use super::*;

    fn celsius(value: f64) -> Celsius {
        Celsius::new(value).unwrap()
    }

    /// Points of the table (IEC 60584-1, type K), °C and mV.
    #[test]
    fn the_table_comes_out() {
        let points = [(-50.0, -1.889), (0.0, 0.0), (25.0, 1.000), (50.0, 2.023), (100.0, 4.096), (150.0, 6.138)];
        for (t, mv) in points {
            assert!((voltage(celsius(t)).unwrap() - mv).abs() < 0.0006, "{t} °C: {:?}", voltage(celsius(t)));
        }
        let hotter = [(300.0, 12.209), (500.0, 20.644), (800.0, 33.275), (1000.0, 41.276), (1250.0, 50.644)];
        for (t, mv) in points.into_iter().chain(hotter).chain([(1372.0, 54.886)]) {
            assert!((temperature(mv).unwrap().get() - t).abs() < 0.08, "{mv} mV: {:?}", temperature(mv));
        }
    }

    #[test]
    fn what_the_chip_reads_too_little_is_put_right() {
        for (line, terminals, t) in [(1226.96, 0.0, 1250.0), (1000.0, 0.0, 1000.0), (25.0, 25.0, 25.0)] {
            let straight = straightened(celsius(line), celsius(terminals)).unwrap().get();
            assert!((straight - t).abs() < 0.1, "{line} with {terminals}: {straight}");
        }
        for (line, terminals) in [(1400.0, 0.0), (20.0, 151.0), (20.0, -56.0), (-200.0, 20.0)] {
            assert_eq!(straightened(celsius(line), celsius(terminals)), None, "{line} with {terminals}");
        }
    }

    #[test]
    fn the_curve_has_no_step_and_always_rises() {
        let mut last = -200.0;
        for tenth_uv in -58_900..548_800 {
            let t = temperature(f64::from(tenth_uv) * 1e-4).unwrap().get();
            assert!(t > last - 0.06 && t < last + 0.5 || last < -190.0, "{tenth_uv}: {last} to {t}");
            last = t;
        }
    }
}
