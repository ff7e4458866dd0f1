//! The lowest point of a valley, found by trying steps along each axis and halving them.
//!
//! A compass search (R. Hooke, T. A. Jeeves, J. ACM 8, 1961): no derivatives, a bounded number of trials, and the same
//! result on every machine.

/// The most sweeps over the axes.
const SWEEPS: u32 = 80;
/// Steps are halved this often before the search ends: from half an e-fold to a quarter of a percent.
const HALVINGS: u32 = 8;

/// Walks from `at` to lower cost. A point that has no cost is no place to step to; `None` when the start has none.
pub(super) fn descend<const N: usize>(
    mut at: [f64; N],
    mut steps: [f64; N],
    mut cost: impl FnMut(&[f64; N]) -> Option<f64>,
) -> Option<([f64; N], f64)> {
    let mut lowest = cost(&at)?;
    let mut halved = 0;
    for _ in 0..SWEEPS {
        let before = lowest;
        for axis in 0..N {
            for sign in [1.0, -1.0] {
                let mut next = at;
                if let (Some(place), Some(step)) = (next.get_mut(axis), steps.get(axis)) {
                    *place += sign * step;
                }
                if let Some(found) = cost(&next).filter(|found| *found < lowest) {
                    (at, lowest) = (next, found);
                    break;
                }
            }
        }
        if lowest >= before {
            if halved == HALVINGS {
                break;
            }
            halved += 1;
            steps = steps.map(|step| step / 2.0);
        }
    }
    Some((at, lowest))
}

/// The lowest point that walks from several places come to.
pub(super) fn lowest<const N: usize>(
    starts: &[[f64; N]],
    steps: [f64; N],
    mut cost: impl FnMut(&[f64; N]) -> Option<f64>,
) -> Option<([f64; N], f64)> {
    let found = starts.iter().filter_map(|start| descend(*start, steps, &mut cost));
    // Of two equal ones the later: they are the same place, reached from two sides.
    found.reduce(|best, next| if best.1.total_cmp(&next.1).is_lt() { best } else { next })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slanted_valley_has_its_lowest_point_found() {
        let cost = |at: &[f64; 2]| (at[0] > -5.0).then(|| (at[0] - 2.0).powi(2) + (at[0] + at[1] - 3.0).powi(2));
        let (at, lowest) = descend([0.0, 0.0], [0.5, 0.5], cost).unwrap();
        assert!((at[0] - 2.0).abs() < 0.02 && (at[1] - 1.0).abs() < 0.02 && lowest < 1e-3, "{at:?}");
        assert_eq!(descend([-9.0, 0.0], [0.5, 0.5], cost), None);
    }
}
