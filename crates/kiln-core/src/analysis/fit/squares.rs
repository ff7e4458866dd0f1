//! Least squares with beliefs: a model is bent until it meets a record, no further from what is known than it must.
//!
//! Levenberg and Marquardt's descent (J. SIAM 11, 1963) on the sum of squares over noise plus the squares of each
//! figure's distance from its belief over that belief's spread (maximum a posteriori). Derivatives are differences of
//! runs made side by side, so that no record of them is kept. How much a cell counts follows from what is left
//! unexplained: its size, and how long it lasts (a residual that lasts ten cells is one observation, not ten).

use crate::math;

/// The most steps of one descent.
const STEPS: u32 = 40;
/// Descents, each with the noise that the one before it left.
const DESCENTS: u32 = 3;
/// The least noise of a cell that is believed, K: a hundredth of what a thermocouple chip resolves, and its rounding.
const QUIET: f64 = 0.02;
/// About how many independent observations a residual makes that lasts some minutes, in a plan of one to three hours.
const OBSERVATIONS: f64 = 30.0;
/// The step of a derivative, in units of a figure: a ten-thousandth of an e-fold.
const NUDGE: f64 = 1e-4;
/// The furthest a figure moves in one step: e-folds.
const STRIDE: f64 = 0.7;

/// Something that is driven through a record and says the rise of each cell above the first temperature, K.
pub(super) trait Model<const N: usize> {
    /// The run.
    type Run: Iterator<Item = f64>;

    /// A run with these figures.
    fn run(&self, figures: &[f64; N]) -> Self::Run;

    /// What was seen of each cell, K; `None` where nothing was.
    fn seen(&self) -> impl Iterator<Item = Option<f64>>;
}

/// What is known of a figure before anything is seen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Belief {
    /// The likeliest value.
    pub(super) likely: f64,
    /// One standard deviation.
    pub(super) spread: f64,
}

/// The figures that fit best.
#[derive(Clone, Copy, Debug)]
pub(super) struct Met<const N: usize> {
    pub(super) figures: [f64; N],
    /// Squares of what is left unexplained, K².
    pub(super) rest: f64,
    /// Squares of how far the figures are from what is believed of them, in spreads.
    pub(super) disbelief: f64,
    /// How sharply they are determined: the inverse of their covariance.
    information: Matrix<N>,
}

/// Fits from a start.
pub(super) fn meet<const N: usize>(model: &impl Model<N>, beliefs: &[Belief; N], start: [f64; N]) -> Option<Met<N>> {
    let mut figures = start;
    let mut noise = Noise { kelvin: 10.0 * QUIET, lasts: 10.0 };
    for _ in 0..DESCENTS {
        figures = descend(model, beliefs, figures, noise.weight())?;
        noise = Noise::of(model, &figures)?;
    }
    let near = Slope::of(model, beliefs, &figures, noise.weight());
    near.cost.is_finite().then_some(Met {
        figures,
        rest: near.rest,
        disbelief: disbelief(beliefs, &figures),
        information: near.curvature,
    })
}

fn descend<const N: usize>(
    model: &impl Model<N>,
    beliefs: &[Belief; N],
    start: [f64; N],
    weight: f64,
) -> Option<[f64; N]> {
    let (mut figures, mut damping) = (start, 0.01);
    for _ in 0..STEPS {
        let slope = Slope::of(model, beliefs, &figures, weight);
        if !slope.cost.is_finite() {
            return None;
        }
        let mut lower = None;
        while lower.is_none() && damping < 1e9 {
            let next = slope.step(&figures, damping);
            let cost = cost(model, beliefs, &next, weight);
            if cost < slope.cost {
                lower = Some((next, slope.cost - cost));
                damping *= 0.2;
            } else {
                damping *= 5.0;
            }
        }
        let Some((next, gained)) = lower else { break };
        figures = next;
        if gained < 1e-3 {
            break;
        }
    }
    Some(figures)
}

fn cost<const N: usize>(model: &impl Model<N>, beliefs: &[Belief; N], figures: &[f64; N], weight: f64) -> f64 {
    let pairs = model.run(figures).zip(model.seen());
    let rest: f64 = pairs.filter_map(|(modelled, seen)| Some((seen? - modelled) * (seen? - modelled))).sum();
    rest * weight + disbelief(beliefs, figures)
}

fn disbelief<const N: usize>(beliefs: &[Belief; N], figures: &[f64; N]) -> f64 {
    let far = |(belief, figure): (&Belief, &f64)| (figure - belief.likely) / belief.spread;
    beliefs.iter().zip(figures).map(far).map(|far| far * far).sum()
}

/// What is left unexplained.
#[derive(Clone, Copy, Debug)]
struct Noise {
    /// Its root mean square, K.
    kelvin: f64,
    /// How many cells of it make one observation.
    lasts: f64,
}

impl Noise {
    fn of<const N: usize>(model: &impl Model<N>, figures: &[f64; N]) -> Option<Self> {
        let (mut squares, mut products, mut count, mut before) = (0.0, 0.0, 0.0, 0.0);
        for (modelled, seen) in model.run(figures).zip(model.seen()) {
            let Some(seen) = seen else { continue };
            let off = seen - modelled;
            squares += off * off;
            products += off * before;
            count += 1.0;
            before = off;
        }
        // A first-order autoregression: (1 + r)/(1 - r) cells tell as much as one (G. V. Bayley, J. M. Hammersley,
        // J. R. Statist. Soc. Suppl. 8, 1946).
        let r = (products / squares).clamp(0.0, 0.95);
        let kelvin = super::root(squares / count);
        kelvin.is_finite().then(|| Self { kelvin: kelvin.max(QUIET), lasts: (1.0 + r) / (1.0 - r) })
    }

    /// What a square counts, 1/K².
    fn weight(self) -> f64 {
        1.0 / (self.kelvin * self.kelvin * self.lasts)
    }
}

/// The cost about some figures.
struct Slope<const N: usize> {
    cost: f64,
    rest: f64,
    curvature: Matrix<N>,
    descent: [f64; N],
}

impl<const N: usize> Slope<N> {
    fn of(model: &impl Model<N>, beliefs: &[Belief; N], figures: &[f64; N], weight: f64) -> Self {
        let mut run = model.run(figures);
        let mut nudged = core::array::from_fn::<_, N, _>(|at| {
            let mut other = *figures;
            other.iter_mut().skip(at).take(1).for_each(|figure| *figure += NUDGE);
            model.run(&other)
        });
        let (mut rest, mut curvature, mut descent) = (0.0, Matrix::ZERO, [0.0; N]);
        for seen in model.seen() {
            let Some(modelled) = run.next() else { break };
            let moves = nudged.each_mut().map(|run| (run.next().unwrap_or(modelled) - modelled) / NUDGE);
            let Some(off) = seen.map(|seen| seen - modelled) else { continue };
            rest += off * off;
            for ((row, sum), by) in curvature.0.iter_mut().zip(&mut descent).zip(moves) {
                *sum += weight * by * off;
                row.iter_mut().zip(moves).for_each(|(cell, other)| *cell += weight * by * other);
            }
        }
        for (at, (belief, figure)) in beliefs.iter().zip(figures).enumerate() {
            let sharp = 1.0 / (belief.spread * belief.spread);
            curvature.add(at, at, sharp);
            descent.iter_mut().skip(at).take(1).for_each(|sum| *sum -= sharp * (figure - belief.likely));
        }
        Self { cost: rest * weight + disbelief(beliefs, figures), rest, curvature, descent }
    }

    /// The next place to try: the shorter and the straighter downhill the more damping.
    fn step(&self, figures: &[f64; N], damping: f64) -> [f64; N] {
        let mut damped = self.curvature;
        for at in 0..N {
            damped.add(at, at, damping * damped.get(at, at));
        }
        let by = damped.factor().solve(&self.descent);
        let mut next = *figures;
        next.iter_mut().zip(by).for_each(|(figure, by)| *figure += by.clamp(-STRIDE, STRIDE));
        next
    }
}

impl<const N: usize> Met<N> {
    /// What is lowest for the best of several: likelihood of the rest, and of the figures.
    pub(super) fn score(&self) -> f64 {
        OBSERVATIONS * math::ln(self.rest) + self.disbelief
    }

    /// The root of the mean square that a quantity of the figures has for an error: the quantity one standard deviation
    /// up and down each principal direction (a scaled unscented transform: S. J. Julier, J. K. Uhlmann, Proc. IEEE 92,
    /// 2004). Directions in which it has no value are left out.
    pub(super) fn errors<const M: usize>(&self, mut quantity: impl FnMut(&[f64; N]) -> Option<[f64; M]>) -> [f64; M] {
        let factor = self.information.factor();
        let mut squares = [0.0; M];
        for axis in 0..N {
            let by = factor.backward(&core::array::from_fn(|at| if at == axis { 1.0 } else { 0.0 }));
            let mut at = |sign: f64| {
                let mut figures = self.figures;
                figures.iter_mut().zip(by).for_each(|(figure, by)| *figure += sign * by.clamp(-STRIDE, STRIDE));
                quantity(&figures)
            };
            let Some((up, down)) = at(1.0).zip(at(-1.0)) else { continue };
            for ((square, up), down) in squares.iter_mut().zip(up).zip(down) {
                *square += 0.25 * (up - down) * (up - down);
            }
        }
        squares.map(super::root)
    }
}

/// A symmetric matrix, or the lower triangle it is the square of.
#[derive(Clone, Copy, Debug)]
struct Matrix<const N: usize>([[f64; N]; N]);

impl<const N: usize> Matrix<N> {
    const ZERO: Self = Self([[0.0; N]; N]);

    fn get(&self, row: usize, column: usize) -> f64 {
        self.0.get(row).and_then(|row| row.get(column)).copied().unwrap_or(0.0)
    }

    fn add(&mut self, row: usize, column: usize, value: f64) {
        if let Some(cell) = self.0.get_mut(row).and_then(|row| row.get_mut(column)) {
            *cell += value;
        }
    }

    /// Cholesky's factor. What is not positive definite is made so.
    fn factor(&self) -> Self {
        let mut lower = Self::ZERO;
        for row in 0..N {
            for column in 0..=row {
                let known: f64 = (0..column).map(|k| lower.get(row, k) * lower.get(column, k)).sum();
                let left = self.get(row, column) - known;
                let value = if row == column { super::root(left.max(1e-12)) } else { left / lower.get(column, column) };
                lower.add(row, column, value);
            }
        }
        lower
    }

    /// With this factor L: x of L Lᵀ x = right.
    fn solve(&self, right: &[f64; N]) -> [f64; N] {
        let mut half = [0.0; N];
        for (row, wanted) in right.iter().enumerate() {
            let known: f64 = half.iter().take(row).enumerate().map(|(k, x)| self.get(row, k) * x).sum();
            half.iter_mut().skip(row).take(1).for_each(|x| *x = (wanted - known) / self.get(row, row));
        }
        self.backward(&half)
    }

    /// With this factor L: x of Lᵀ x = right.
    fn backward(&self, right: &[f64; N]) -> [f64; N] {
        let mut found = [0.0; N];
        for (row, wanted) in right.iter().enumerate().rev() {
            let known: f64 = found.iter().enumerate().skip(row + 1).map(|(k, x)| self.get(k, row) * x).sum();
            found.iter_mut().skip(row).take(1).for_each(|x| *x = (wanted - known) / self.get(row, row));
        }
        found
    }
}

/// Figures whose logarithms these are.
pub(super) fn exp<const N: usize>(logs: &[f64; N]) -> [f64; N] {
    logs.map(math::exp)
}
