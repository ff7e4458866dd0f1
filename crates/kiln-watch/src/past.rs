//! What was seen of a kiln lately: a bounded row of points that outlives the page.
//!
//! When it is full every second point goes and points come half as often from there on, so that it always reaches back
//! to the beginning of the watching. A gap is kept as a gap: no line may be drawn across it.

use kiln_core::units::{Instant, Millis};

use crate::Moment;
use crate::limits::{LOST_AFTER, PAST_EVERY, PAST_POINTS};

/// One point.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Point {
    /// The time of day, epoch milliseconds.
    pub at_ms: u64,
    /// The chamber's temperature, °C.
    pub temp_c: Option<f64>,
    /// The temperature asked for, °C.
    pub target_c: Option<f64>,
    /// Whether nothing is known of the time between the point before and this one.
    pub after_gap: bool,
}

/// The past of one kiln.
#[derive(Clone, Debug)]
pub struct Past {
    every: Millis,
    last: Option<Instant>,
    points: Vec<Point>,
}

impl Default for Past {
    fn default() -> Self {
        Self { every: PAST_EVERY, last: None, points: Vec::new() }
    }
}

impl Past {
    /// Takes what was seen at a moment, unless the last point is near enough.
    pub fn take(&mut self, temp_c: Option<f64>, target_c: Option<f64>, moment: Moment) {
        let since = self.last.map(|last| moment.now.since(last));
        if since.is_some_and(|since| since < self.every) {
            return;
        }
        // Long silence, or a point that is missing although it was due twice over.
        let gap = LOST_AFTER.get().max(self.every.get().saturating_mul(3));
        let after_gap = since.is_some_and(|since| since.get() > gap);
        self.last = Some(moment.now);
        self.points.push(Point { at_ms: moment.wall.unix_millis(), temp_c, target_c, after_gap });
        if self.points.len() > PAST_POINTS {
            self.thin();
        }
    }

    fn thin(&mut self) {
        self.every = Millis::new(self.every.get().saturating_mul(2));
        let mut kept: Vec<Point> = Vec::with_capacity(PAST_POINTS);
        let mut gap = false;
        for (at, point) in self.points.iter().enumerate() {
            gap |= point.after_gap;
            if at % 2 == 0 {
                kept.push(Point { after_gap: gap, ..*point });
                gap = false;
            }
        }
        self.points = kept;
    }

    /// The points, oldest first.
    pub fn points(&self) -> &[Point] {
        &self.points
    }
}
