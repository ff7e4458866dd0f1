//! Temperature, plan, the core of the ware, and the power below.

use kiln_sim::firing::Record;

use super::axes::Plot;
use super::labels::{Rect, Room};
use super::paper::{Drawn, Ink, Paper, Point, Type};
use super::{CORE, HEAT, PLAN, POWER, POWER_EDGE, Sheet, TEXT};

/// The power is the mean of so many seconds at least: long enough to see its course, not each cycle of the relay.
const POWER_MEAN_S: f64 = 120.0;
const DASH: (f64, f64) = (4.0, 9.0);

impl Sheet<'_> {
    pub(super) fn curves(&self, paper: &Paper<'_>, room: &mut Room) -> Drawn {
        let bin_s = self.heat.second_per_px();
        let temperature = self.curve(&self.heat, bin_s, |record| Some(record.true_c));
        for points in self.curve(&self.heat, bin_s, |record| Some(record.core_c)) {
            paper.path(&points, Ink::line(CORE, 1.6))?;
        }
        for points in &temperature {
            paper.path(points, Ink::line(HEAT, 3.2))?;
            room.take_path(points);
        }
        for points in self.curve(&self.heat, bin_s, |record| record.target_c) {
            paper.dashed(&points, Ink::line(PLAN, 1.8), DASH)?;
        }
        Ok(())
    }

    pub(super) fn power(&self, paper: &Paper<'_>) -> Drawn {
        let bin_s = self.power.second_per_px().max(POWER_MEAN_S);
        for points in self.curve(&self.power, bin_s, |record| Some(record.duty_percent)) {
            let (Some(first), Some(last)) = (points.first(), points.last()) else { continue };
            let bottom = self.power.frame.bottom;
            let mut area = points.clone();
            area.extend([(last.0, bottom), (first.0, bottom)]);
            paper.shape(&area, Ink::wash(POWER, 0.55))?;
            paper.path(&points, Ink::line(POWER_EDGE, 1.4))?;
        }
        Ok(())
    }

    /// The means of a quantity over `bin_s` seconds each, as points; in pieces where it is not there.
    fn curve(&self, plot: &Plot, bin_s: f64, value: impl Fn(&Record) -> Option<f64>) -> Vec<Vec<Point>> {
        let mut pieces = vec![Vec::new()];
        let bin = |record: &Record| (record.at_s as f64 / bin_s) as u64;
        for chunk in self.outcome.records.chunk_by(|one, next| bin(one) == bin(next)) {
            let values: Vec<f64> = chunk.iter().filter_map(&value).collect();
            let middle_s = chunk.iter().map(|record| record.at_s as f64).sum::<f64>() / chunk.len() as f64;
            let mean = values.iter().sum::<f64>() / values.len() as f64;
            match pieces.last_mut() {
                Some(piece) if mean.is_finite() => piece.push((plot.x(middle_s), plot.y(mean))),
                Some(piece) if !piece.is_empty() => pieces.push(Vec::new()),
                Some(_) | None => {}
            }
        }
        pieces.retain(|piece| piece.len() > 1);
        pieces
    }

    pub(super) fn legend(&self, paper: &Paper<'_>, room: &mut Room) -> Drawn {
        let frame = self.heat.frame;
        let (left, top) = (frame.left + 22.0, frame.top + 26.0);
        room.take(Rect::sized((frame.left, frame.top), (240.0, 90.0)));
        let entries = [("temperature", HEAT, 3.2), ("plan", PLAN, 1.8), ("core of the ware", CORE, 1.6)];
        for (n, (name, color, width)) in entries.into_iter().enumerate() {
            let y = top + 24.0 * n as f64;
            let line = [(left, y), (left + 40.0, y)];
            match name {
                "plan" => paper.dashed(&line, Ink::line(color, width), DASH)?,
                _ => paper.path(&line, Ink::line(color, width))?,
            }
            paper.text(name, (left + 52.0, y), Type::plain(15.0, TEXT))?;
        }
        Ok(())
    }
}
