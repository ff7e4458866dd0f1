//! Where a label finds room: beside its point, over nothing that is already there.

use super::paper::{Point, distance};

/// A rectangle of the sheet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rect {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Rect {
    /// The rectangle of that size with that upper left corner.
    pub(super) fn sized((left, top): Point, (width, height): (f64, f64)) -> Self {
        Self { left, top, right: left + width, bottom: top + height }
    }

    /// The same with a margin all around.
    pub(super) fn grown(self, by: f64) -> Self {
        Self { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }

    fn meets(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    fn holds(&self, other: &Self) -> bool {
        self.left <= other.left && other.right <= self.right && self.top <= other.top && other.bottom <= self.bottom
    }
}

/// What is taken on a part of the sheet.
#[derive(Clone, Debug)]
pub(super) struct Room {
    whole: Rect,
    taken: Vec<Rect>,
}

/// Steps to the side and up or down that are tried, nearest first, in label heights.
const RINGS: u32 = 14;

impl Room {
    pub(super) fn new(whole: Rect) -> Self {
        Self { whole, taken: Vec::new() }
    }

    /// Takes a rectangle, whatever is there.
    pub(super) fn take(&mut self, rect: Rect) {
        self.taken.push(rect);
    }

    /// Takes the way of a curve.
    pub(super) fn take_path(&mut self, points: &[Point]) {
        for pair in points.windows(2) {
            let [from, to] = pair else { continue };
            let pieces = (distance(*from, *to) / 6.0).ceil().max(1.0) as u32;
            for piece in 0..=pieces {
                let share = f64::from(piece) / f64::from(pieces);
                let at = (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share);
                self.taken.push(Rect::sized(at, (0.0, 0.0)).grown(4.0));
            }
        }
    }

    /// Finds room for a label of `size` near `point` and takes it; its upper left corner. `None` when it is too
    /// crowded there.
    pub(super) fn find(&mut self, point: Point, size: (f64, f64)) -> Option<Point> {
        let free = |rect: &Rect| self.whole.holds(rect) && self.taken.iter().all(|taken| !taken.meets(rect));
        let found = (1..=RINGS)
            .flat_map(|ring| around(point, size, f64::from(ring)))
            .find(|at| free(&Rect::sized(*at, size).grown(3.0)))?;
        self.taken.push(Rect::sized(found, size).grown(3.0));
        Some(found)
    }
}

/// Corners to try at one distance: right below first (a climbing curve leaves room there), then the others.
fn around((x, y): Point, (width, height): (f64, f64), ring: f64) -> [Point; 6] {
    let (aside, away) = (10.0 + 9.0 * (ring - 1.0), height * 0.9 * ring);
    [
        (x + aside, y - height / 2.0 + away - height * 0.9),
        (x + aside, y + away - height / 2.0),
        (x - width - aside, y - away - height / 2.0),
        (x - width / 2.0, y + away),
        (x - width / 2.0, y - away - height),
        (x + aside, y - away - height / 2.0),
    ]
}

/// Rows of names above a plot, the lowest first, each name over a line from its row down to its own place.
///
/// No name lies on another, and no line crosses a name. Names are given from right to left.
#[derive(Clone, Debug)]
pub(super) struct Rows {
    placed: Vec<Name>,
    most: usize,
}

#[derive(Clone, Copy, Debug)]
struct Name {
    row: usize,
    line: f64,
    left: f64,
    right: f64,
}

impl Name {
    fn collides(&self, other: &Self) -> bool {
        let crosses =
            |name: &Self, line: &Self| name.left < line.line && line.line < name.right && name.row <= line.row;
        let touches = self.row == other.row && self.left < other.right && other.left < self.right;
        touches || crosses(self, other) || crosses(other, self)
    }
}

impl Rows {
    pub(super) fn new(most: usize) -> Self {
        Self { placed: Vec::new(), most }
    }

    /// The row for a name from `left` to `right` over a line at `line`, counted from 0; `None` where all are full.
    pub(super) fn find(&mut self, line: f64, left: f64, right: f64) -> Option<usize> {
        let mut rows = (0..self.most).map(|row| Name { row, line, left, right });
        let name = rows.find(|name| self.placed.iter().all(|placed| !placed.collides(name)))?;
        self.placed.push(name);
        Some(name.row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_never_touch() {
        let whole = Rect::sized((0.0, 0.0), (400.0, 200.0));
        let mut room = Room::new(whole);
        room.take_path(&[(0.0, 100.0), (400.0, 90.0)]);
        let size = (60.0, 14.0);
        let found: Vec<Rect> = (0..60)
            .filter_map(|n| room.find((f64::from(n) * 6.0, 95.0), size))
            .map(|at| Rect::sized(at, size))
            .collect();
        assert!(found.len() > 10 && found.len() < 60, "{} labels", found.len());
        for (n, one) in found.iter().enumerate() {
            assert!(whole.holds(one));
            assert!(found.iter().skip(n + 1).all(|other| !one.meets(other)), "{one:?}");
        }
    }

    #[test]
    fn no_line_crosses_a_name() {
        let mut rows = Rows::new(2);
        let names = [(60.0, 90.0), (40.0, 55.0), (30.0, 50.0), (20.0, 45.0), (0.0, 19.0)];
        let found = names.map(|(left, right)| rows.find(left, left, right));
        assert_eq!(found, [Some(0), Some(0), Some(1), None, Some(0)]);
    }
}
