//! The course of a firing as points.
//!
//! A point is a list and not an object: two thousand of them are 50 KB instead of 200.

use crate::status::{RunId, rounded};
use serde::ser::{Serialize, SerializeTuple, Serializer};

/// The most points of a history.
pub const HISTORY_MOST: usize = 2000;

/// `GET /api/history`: the whole running or last firing, thinned so that peaks are kept.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
#[cfg_attr(feature = "schema", ts(concrete(L = crate::bounded::List<Point, 64>)))]
pub struct History<L> {
    /// The id of the firing; null without one.
    pub run: Option<RunId>,
    /// When it began, in epoch milliseconds; null where the time of day is not known.
    pub started_ms: Option<u64>,
    /// The time that two points stand for.
    pub every_s: f64,
    /// Up to where rows of its log are safe on the flash.
    pub logged_until_s: Option<f64>,
    /// At most 2000, oldest first.
    #[cfg_attr(feature = "schema", ts(as = "Vec<Point>"), schemars(with = "Vec<Point>"))]
    pub points: L,
}

/// One point: `[elapsed_s, temp_c, target_c, output_percent]`; what is not known is null. Where it is known whether the
/// schedule clock stood still, a fifth figure says so: 1 or 0.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS))]
#[cfg_attr(feature = "schema", ts(type = "[number, number | null, number | null, number, (0 | 1)?]"))]
pub struct Point {
    /// Time since the firing began.
    pub elapsed_s: f64,
    /// The temperature.
    pub temp_c: Option<f64>,
    /// The temperature asked for.
    pub target_c: Option<f64>,
    /// The power asked for.
    pub output_percent: f64,
    /// Whether the schedule clock stood still; logs do not tell.
    pub waiting: Option<bool>,
}

impl Serialize for Point {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_tuple(4 + usize::from(self.waiting.is_some()))?;
        list.serialize_element(&rounded(self.elapsed_s, 1))?;
        list.serialize_element(&self.temp_c.map(|temp| rounded(temp, 1)))?;
        list.serialize_element(&self.target_c.map(|target| rounded(target, 1)))?;
        list.serialize_element(&rounded(self.output_percent, 1))?;
        if let Some(waiting) = self.waiting {
            list.serialize_element(&u8::from(waiting))?;
        }
        list.end()
    }
}
