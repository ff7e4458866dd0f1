//! Heat work in 24 bytes, to be kept through a reset or sent with a request to go on.
//!
//! Each dose to a thousandth, which is a thirtieth of a degree of end temperature: memory that survives a reset is short.
//! A dose below 2^-64 s at 1000 °C is none, one above 2^64 s is that: no cone falls beyond either. How much of it the
//! chart covers is not kept, so that what goes on from here is an estimate.

use super::heat_work::HeatWork;

/// What is left of a dose's bits: nine of its mantissa, seven of its exponent.
const DROPPED: u32 = 43;
/// The exponent of the smallest dose, 2^-64, in those bits.
const SMALLEST: u64 = (1023 - 64) << 9;

/// The doses of a [`HeatWork`], each in two bytes, in the order of the activations in `heat_work.rs`. Two images built
/// from the same tree agree about it; any two bytes are a dose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeptWork(pub [u16; HeatWork::DOSES]);

impl KeptWork {
    pub(super) fn of(doses: [f64; HeatWork::DOSES]) -> Self {
        Self(doses.map(shortened))
    }

    pub(super) fn doses(&self) -> [f64; HeatWork::DOSES] {
        self.0.map(restored)
    }
}

/// A dose, which is never below 0, rounded to the nearest.
fn shortened(dose: f64) -> u16 {
    let kept = dose.to_bits().saturating_add(1 << (DROPPED - 1)) >> DROPPED;
    u16::try_from(kept.saturating_sub(SMALLEST)).unwrap_or(u16::MAX)
}

fn restored(kept: u16) -> f64 {
    if kept == 0 { 0.0 } else { f64::from_bits((u64::from(kept) + SMALLEST) << DROPPED) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cone::Cone;
    use crate::units::{Celsius, Millis};

    #[test]
    fn a_dose_comes_back_to_a_thousandth_and_stays_there() {
        for dose in [1e-18, 1.4e-6, 0.999, 1.0, 3.3e-4, 1234.5, 7.864e9, 1e18] {
            let back = restored(shortened(dose));
            assert!((back / dose - 1.0).abs() < 0.001, "{dose} comes back as {back}");
            assert_eq!(shortened(back), shortened(dose));
        }
        assert_eq!([0.0, 1e-300, 1e-20].map(shortened), [0; 3]);
        assert_eq!([1e20, f64::MAX, f64::INFINITY].map(shortened), [u16::MAX; 3]);
        let all = || 0..=u16::MAX;
        assert!(all().all(|kept| shortened(restored(kept)) == kept));
        assert!(all().zip(all().skip(1)).all(|(less, more)| restored(less) < restored(more)));
    }

    #[test]
    fn a_reset_moves_no_cone_by_a_tenth_of_a_degree() {
        let mut work = HeatWork::NONE;
        for celsius in 600..1300 {
            work.add(Celsius::whole(celsius), Millis::from_minutes(1));
            let again = HeatWork::going_on(Some(work.kept()));
            for cone in Cone::all() {
                let (Some(was), Some(is)) = (work.past(cone), again.past(cone)) else { continue };
                // Far below its cone a dose counts as none.
                assert!((was - is).get().abs() < 0.1, "{cone:?} at {celsius} °C: {was:?}, then {is:?}");
            }
        }
    }
}
