//! A log that was kept: its figures, and the kiln that it shows.

use crate::machine::{Answer, Machine};
use kiln_core::analysis::{self, Fit, NoFit, Record, Sample, Shape, SwingLog, Ultimate};
use kiln_core::cone::HeatWork;
use kiln_core::units::{Celsius, Duty, Kelvin, Millis};
use kiln_core::window::WindowSettings;

/// A cell's points are drawn at most so many times.
const DRAWN_MOST: usize = 1600;
/// A row tells of no longer than this after it: what lies behind a longer gap is not known.
const GAP: Millis = Millis::from_minutes(5);
/// The hysteresis of the relay test that ships.
const HYSTERESIS: Kelvin = Kelvin::whole(1);

impl Machine {
    /// Takes a log in, four numbers for each row: seconds, °C, power in %, 1 in a relay test and else 0. `window` is the
    /// relay's window in s. Rows out of order are left out, and those that no kiln has.
    ///
    /// Numbers: seconds in all. Nothing for a window that no relay has.
    pub fn read_log(&mut self, rows: &[f64], window: f64) -> Answer {
        (self.record, self.swing, self.fit) = (None, None, None);
        let window = Millis::from_seconds_f64(window).map(|window| WindowSettings::new(window, 1, Millis::ZERO));
        let Some(Ok(window)) = window else { return Answer::Nothing };
        let (record, mut swings) = (self.record.insert(Record::new()), SwingLog::default());
        for [seconds, celsius, percent, relay] in rows.as_chunks::<4>().0 {
            let (Some(at), Some(temperature)) = (Millis::from_seconds_f64(*seconds), Celsius::new(*celsius)) else {
                continue;
            };
            let duty = window.delivered(Duty::from_percent(*percent));
            let sample = Sample { at, temperature, duty };
            record.push(sample);
            if *relay > 0.0 {
                swings.push(&sample);
            }
        }
        let length = record.duration().seconds();
        self.swing = swings.swing();
        self.figures([length])
    }

    /// What a firing did to the ware, from rows as of [`Machine::read_log`].
    ///
    /// Numbers: three of the heat work, as of `Machine::push_work`.
    pub fn log_work(&mut self, rows: &[f64]) -> Answer {
        let (mut work, mut before) = (HeatWork::NONE, None);
        for [seconds, celsius, ..] in rows.as_chunks::<4>().0 {
            let (Some(at), Some(temperature)) = (Millis::from_seconds_f64(*seconds), Celsius::new(*celsius)) else {
                continue;
            };
            if let Some((since, was)) = before {
                work.add(was, at.saturating_sub(since).min(GAP));
            }
            before = Some((at, temperature));
        }
        self.begin();
        self.push_work(&work);
        self.numbers.answer()
    }

    /// Finds the kiln that the log shows.
    ///
    /// Numbers: gain in K/%, time constant in s, dead time in s, the standard errors of the three, R², root mean square
    /// and largest of the residuals in K, the mean temperature of the record in °C, 1 for a kiln of brick and 0 for a
    /// textbook's, the hottest of the record in °C. Refused: which of [`NoFit`], in its order, and its figure.
    pub fn fit(&mut self) -> Answer {
        let Some(record) = &self.record else { return Answer::Nothing };
        match analysis::fit(record) {
            Ok(fit) => {
                (self.fit, self.kiln) = (Some(fit), Some(fit.kiln()));
                self.figures(figures(&fit))
            }
            Err(why) => {
                self.fit = None;
                self.refuse(refusal(&why))
            }
        }
    }

    /// The record beside the fitted model. Numbers: three for every point: seconds, °C seen, °C of the model.
    pub fn beside(&mut self) -> Answer {
        self.begin();
        let (Some(record), Some(fit)) = (&self.record, &self.fit) else { return Answer::Nothing };
        for (at, seen, modelled) in fit.beside(record).take(DRAWN_MOST) {
            self.numbers.extend([at, seen, modelled]);
        }
        self.numbers.answer()
    }

    /// The swing of a relay test's log. Numbers: period in s, amplitude in K, swings, the ultimate gain in %/K.
    pub fn swing(&mut self) -> Answer {
        let Some(swing) = self.swing else { return Answer::Nothing };
        let Some(ultimate) = Ultimate::of_swing(&swing, Duty::FULL, HYSTERESIS) else { return Answer::Nothing };
        let swings = f64::from(swing.count);
        self.figures([swing.period.seconds(), swing.amplitude.get(), swings, ultimate.gain()])
    }
}

fn figures(fit: &Fit) -> [f64; 12] {
    let (kiln, errors) = (fit.step.kiln, fit.errors);
    let brick = f64::from(u8::from(matches!(fit.shape, Shape::Brick)));
    [
        kiln.gain(),
        kiln.time_constant(),
        kiln.dead_time(),
        errors.gain,
        errors.time_constant,
        errors.dead_time,
        fit.r_squared,
        fit.residual,
        fit.worst,
        fit.about.get(),
        brick,
        Celsius::get(fit.hottest),
    ]
}

fn refusal(why: &NoFit) -> [f64; 2] {
    match *why {
        NoFit::TooShort { lasted } => [0.0, lasted.seconds()],
        NoFit::NoExcitation { percent } => [1.0, percent],
        NoFit::NoRise { kelvin } => [2.0, kelvin],
        NoFit::NoAnswer => [3.0, f64::NAN],
        NoFit::DeadTimeAtEdge { seconds } => [4.0, seconds],
        NoFit::Uncertain { share } => [5.0, share],
        NoFit::Strange { spreads } => [6.0, spreads],
        NoFit::Poor { r_squared } => [7.0, r_squared],
    }
}
