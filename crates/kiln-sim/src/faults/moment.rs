//! When a fault comes: `NAME@6h30m`, `NAME@50%`, `NAME@+10m`, or `NAME` alone at the moment the menu gives.
//!
//! A share is one of the firing's nominal time; a plus counts from the fault named before. Nothing here breaks things.

use std::fmt;

use super::{Entry, Menu};

/// The moment of a fault that names none: halfway.
const HALFWAY: f64 = 0.5;

/// When a fault comes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Moment {
    /// So many seconds after the start.
    After(f64),
    /// At this share of the firing's nominal time.
    Share(f64),
    /// So many seconds after the fault before it; after the start where it is the first.
    Then(f64),
}

/// A fault and its moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned {
    /// The fault.
    pub entry: Entry,
    /// When it comes.
    pub moment: Moment,
}

/// Why a word names no fault and moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlannedError {
    /// No fault of that name; every name there is.
    Name(String),
    /// Not a moment.
    Moment(String),
}

impl fmt::Display for PlannedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(names) => write!(f, "no such fault; there are {names}"),
            Self::Moment(word) => write!(f, "{word}: a moment is like 6h30m, 45m, 90s, 50% or +10m"),
        }
    }
}

impl std::error::Error for PlannedError {}

impl Planned {
    /// Reads `NAME` or `NAME@MOMENT`.
    ///
    /// # Errors
    /// A name that is not on the menu, or a moment that is none.
    pub fn parse(word: &str, menu: &Menu) -> Result<Self, PlannedError> {
        let (name, moment) = word.split_once('@').map_or((word, None), |(name, moment)| (name, Some(moment)));
        let entry = menu.get(name).ok_or_else(|| PlannedError::Name(menu.names()))?.clone();
        let moment = match moment {
            None => Moment::Share(entry.at.unwrap_or(HALFWAY)),
            Some(text) => Moment::parse(text).ok_or_else(|| PlannedError::Moment(text.to_owned()))?,
        };
        Ok(Self { entry, moment })
    }

    /// The moments of a row of faults in ms after the start of a firing that nominally takes `nominal_s`.
    pub fn moments_ms(row: &[Self], nominal_s: f64) -> Vec<u64> {
        let mut before_s = 0.0;
        let seconds = row.iter().map(|planned| {
            before_s = match planned.moment {
                Moment::After(seconds) => seconds,
                Moment::Share(share) => share * nominal_s,
                Moment::Then(seconds) => before_s + seconds,
            };
            before_s
        });
        seconds.map(|at_s: f64| (at_s * 1000.0).round() as u64).collect()
    }
}

impl Moment {
    fn parse(text: &str) -> Option<Self> {
        if let Some(percent) = text.strip_suffix('%') {
            let percent: f64 = percent.parse().ok()?;
            return (0.0..=100.0).contains(&percent).then_some(Self::Share(percent / 100.0));
        }
        match text.strip_prefix('+') {
            Some(later) => duration_s(later).map(Self::Then),
            None => duration_s(text).map(Self::After),
        }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::After(seconds) => write!(f, "{seconds}s"),
            Self::Share(share) => write!(f, "{}%", share * 100.0),
            Self::Then(seconds) => write!(f, "+{seconds}s"),
        }
    }
}

/// Reads a length of time of hours, minutes and seconds, each at most once, in this order.
fn duration_s(text: &str) -> Option<f64> {
    let (mut rest, mut total_s, mut any) = (text, 0.0, false);
    for (unit, seconds) in [('h', 3600.0), ('m', 60.0), ('s', 1.0)] {
        if let Some((number, after)) = rest.split_once(unit) {
            let number: f64 = number.parse().ok()?;
            if !(0.0..=1e6).contains(&number) {
                return None;
            }
            (total_s, rest, any) = (total_s + number * seconds, after, true);
        }
    }
    (any && rest.is_empty()).then_some(total_s)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read() {
        let cases = [
            ("6h30m", Some(Moment::After(23_400.0))),
            ("90s", Some(Moment::After(90.0))),
            ("1h5s", Some(Moment::After(3605.0))),
            ("50%", Some(Moment::Share(0.5))),
            ("+10m", Some(Moment::Then(600.0))),
            ("", None),
            ("10", None),
            ("5m3h", None),
            ("-5m", None),
            ("101%", None),
            ("+", None),
            ("NaNs", None),
        ];
        for (text, moment) in cases {
            assert_eq!(Moment::parse(text), moment, "{text}");
        }
    }

    #[test]
    fn a_row_of_faults_comes_in_its_order() {
        let menu = Menu::built_in().unwrap();
        let row = ["tc_open@10m", "mains_1min@+5m", "ssr_open", "tc_reversed"].map(|word| Planned::parse(word, &menu));
        let row: Vec<Planned> = row.into_iter().map(Result::unwrap).collect();
        assert_eq!(Planned::moments_ms(&row, 7200.0), [600_000, 900_000, 3_600_000, 0]);
        assert!(matches!(Planned::parse("nonsense@5m", &menu), Err(PlannedError::Name(_))));
        assert!(matches!(Planned::parse("tc_open@soon", &menu), Err(PlannedError::Moment(_))));
    }
}
