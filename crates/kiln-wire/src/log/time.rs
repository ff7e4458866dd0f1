//! Wall-clock times as text: `YYYY-MM-DD HH:MM:SS`, UTC.
//!
//! Days are counted with the proleptic Gregorian calendar (H. Hinnant, "chrono-compatible low-level date algorithms",
//! `civil_from_days` and `days_from_civil`).

use core::fmt;

use kiln_core::units::{Millis, WallClock};

const DAY: u64 = 86_400;
/// 0000-03-01 in days before 1970-01-01.
const EPOCH: u64 = 719_468;
/// Days in 400 years.
const ERA: u64 = 146_097;

/// A date and a time of day, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Civil {
    pub(super) year: u64,
    pub(super) month: u64,
    pub(super) day: u64,
    pub(super) hour: u64,
    pub(super) minute: u64,
    pub(super) second: u64,
}

impl Civil {
    /// The date and time of a moment, without its fraction of a second.
    pub(super) const fn of(at: WallClock) -> Self {
        let (days, rest) = (at.unix_seconds() / DAY, at.unix_seconds() % DAY);
        let era = (days + EPOCH) / ERA;
        let of_era = (days + EPOCH) % ERA;
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        // Months from March: 0 to 11.
        let from_march = (5 * of_year + 2) / 153;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        Self {
            year: year_of_era + era * 400 + if month <= 2 { 1 } else { 0 },
            month,
            day: of_year - (153 * from_march + 2) / 5 + 1,
            hour: rest / 3600,
            minute: rest / 60 % 60,
            second: rest % 60,
        }
    }

    /// The moment; `None` for a date or time that is none, or before 1970.
    fn moment(self) -> Option<WallClock> {
        let Self { year, month, day, hour, minute, second } = self;
        if !(1..=12).contains(&month) || day == 0 || hour > 23 || minute > 59 || second > 59 || year > 9999 {
            return None;
        }
        let shifted = if month <= 2 { year.checked_sub(1)? } else { year };
        let from_march = if month > 2 { month - 3 } else { month + 9 };
        let of_year = (153 * from_march + 2) / 5 + day - 1;
        let year_of_era = shifted % 400;
        let of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year;
        let days = (shifted / 400 * ERA + of_era).checked_sub(EPOCH)?;
        let seconds = days * DAY + hour * 3600 + minute * 60 + second;
        let moment = WallClock::from_unix_millis(0) + Millis::from_seconds(seconds);
        // A day the month does not have comes back as another one.
        (Self::of(moment) == self).then_some(moment)
    }
}

/// A moment written `YYYY-MM-DD HH:MM:SS`, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IsoTime(pub WallClock);

impl fmt::Display for IsoTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Civil { year, month, day, hour, minute, second } = Civil::of(self.0);
        write!(f, "{year}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
    }
}

impl IsoTime {
    /// Reads what [`IsoTime`] writes; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (date, time) = text.split_once(' ')?;
        let mut date = date.splitn(3, '-').map(number);
        let mut time = time.splitn(3, ':').map(number);
        let civil = Civil {
            year: date.next()??,
            month: date.next()??,
            day: date.next()??,
            hour: time.next()??,
            minute: time.next()??,
            second: time.next()??,
        };
        civil.moment().map(Self)
    }
}

/// At most four digits and nothing else.
fn number(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::ToString;

    #[test]
    fn known_moments() {
        let cases = [
            (0, "1970-01-01 00:00:00"),
            (68_169_599, "1972-02-28 23:59:59"),
            (68_169_600, "1972-02-29 00:00:00"),
            (951_782_400, "2000-02-29 00:00:00"),
            (951_868_800, "2000-03-01 00:00:00"),
            (1_700_000_000, "2023-11-14 22:13:20"),
            (1_735_689_599, "2024-12-31 23:59:59"),
            (1_735_689_600, "2025-01-01 00:00:00"),
            (2_147_483_648, "2038-01-19 03:14:08"),
            (4_102_444_800, "2100-01-01 00:00:00"),
            (4_107_542_400, "2100-03-01 00:00:00"),
            (253_402_300_799, "9999-12-31 23:59:59"),
        ];
        for (seconds, text) in cases {
            let moment = WallClock::from_unix_millis(seconds * 1000);
            assert_eq!(IsoTime(moment + Millis::new(999)).to_string(), text);
            assert_eq!(IsoTime::parse(text), Some(IsoTime(moment)), "{text}");
        }
    }

    #[test]
    fn every_day_of_four_hundred_years_comes_back() {
        for day in 0..ERA {
            let moment = WallClock::from_unix_millis(day * DAY * 1000);
            assert_eq!(Civil::of(moment).moment(), Some(moment));
        }
    }

    #[test]
    fn what_is_not_a_moment_is_refused() {
        let bad = ["", "2025-11-02", "2025-11-02T13:28:09", "2025-02-29 00:00:00", "2100-02-29 00:00:00"];
        let worse = ["2025-13-01 00:00:00", "2025-00-01 00:00:00", "2025-01-00 00:00:00", "2025-01-01 24:00:00"];
        let others = ["1969-12-31 23:59:59", "2025-01-01 00:00:60", "+2025-01-01 00:00:00", "2025-01-01 00:00:00 x"];
        for text in bad.into_iter().chain(worse).chain(others) {
            assert_eq!(IsoTime::parse(text), None, "{text:?}");
        }
    }
}
