//! A line of a log, read back: a row, or the field that is wrong.

use core::fmt;
use core::num::NonZeroU8;

use kiln_core::units::{Celsius, CelsiusPerHour, Duty, Millis, WallClock};

use super::row::{Column, Place, RECOVERING, Row, State};
use super::time::IsoTime;

/// How a line is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// As this program writes it.
    Exact,
    /// As the reference controller reads it: blanks around numbers, any step name, a step past the last one, and
    /// nothing asked of the columns that its recovery does not use (time, power, count, rate).
    Lenient,
}

/// Why a line is not a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadRow {
    /// The field; `None` for the line as a whole.
    pub column: Option<Column>,
    /// What is wrong with it.
    pub why: WhyRow,
}

/// What is wrong with a field of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyRow {
    /// The line does not have ten fields.
    FieldCount,
    /// Not a number, or none a kiln can have.
    NotANumber,
    /// Not a time.
    NotATime,
    /// Not one of the words it may be.
    UnknownWord,
    /// The step does not fit the fields beside it.
    Inconsistent,
}

impl fmt::Display for BadRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.column.map_or("row", Column::name);
        f.write_str(place)?;
        f.write_str(match self.why {
            WhyRow::FieldCount => ": does not have ten fields",
            WhyRow::NotANumber => ": is not a number a kiln can have",
            WhyRow::NotATime => ": is not a time",
            WhyRow::UnknownWord => ": is not a word that belongs here",
            WhyRow::Inconsistent => ": does not fit the fields beside it",
        })
    }
}

impl core::error::Error for BadRow {}

impl Reader {
    /// Reads a line without its line end.
    ///
    /// # Errors
    /// The first field that is wrong.
    pub fn row(self, line: &str) -> Result<Row<'_>, BadRow> {
        let mut fields = [""; 10];
        let mut given = line.split(',');
        for field in &mut fields {
            *field = given.next().ok_or(BadRow { column: None, why: WhyRow::FieldCount })?;
        }
        if given.next().is_some() {
            return Err(BadRow { column: None, why: WhyRow::FieldCount });
        }
        let [at, elapsed, temperature, target, duty, state, name, index, count, rate] = fields;
        let word = State::ALL.into_iter().find(|known| known.word() == state);
        Ok(Row {
            at: self.time(at)?,
            elapsed: self.number(Column::Elapsed, elapsed, Millis::from_seconds_f64)?,
            temperature: self.number(Column::Temperature, temperature, Celsius::new)?,
            target: self.number(Column::Target, target, Celsius::new)?,
            duty: self.other(Column::Duty, duty, percent, Duty::OFF)?,
            state: word.ok_or(BadRow { column: Some(Column::State), why: WhyRow::UnknownWord })?,
            place: self.place(name, index, count)?,
            rate: self.other(Column::Rate, rate, CelsiusPerHour::new, CelsiusPerHour::ZERO)?,
        })
    }

    fn number<T>(self, column: Column, text: &str, door: impl Fn(f64) -> Option<T>) -> Result<T, BadRow> {
        let text = if self == Self::Lenient { text.trim() } else { text };
        let value = text.parse().ok().and_then(door);
        value.ok_or(BadRow { column: Some(column), why: WhyRow::NotANumber })
    }

    /// A column that the lenient reader does not use.
    fn other<T>(self, column: Column, text: &str, door: impl Fn(f64) -> Option<T>, absent: T) -> Result<T, BadRow> {
        let value = self.number(column, text, door);
        if self == Self::Lenient { Ok(value.unwrap_or(absent)) } else { value }
    }

    /// An empty column is a time that was not known.
    fn time(self, text: &str) -> Result<Option<WallClock>, BadRow> {
        let time = if text.is_empty() { Some(None) } else { IsoTime::parse(text).map(|IsoTime(at)| Some(at)) };
        self.unused(time, None).ok_or(BadRow { column: Some(Column::Timestamp), why: WhyRow::NotATime })
    }

    fn unused<T>(self, value: Option<T>, absent: T) -> Option<T> {
        if self == Self::Lenient { value.or(Some(absent)) } else { value }
    }

    fn place<'a>(self, name: &'a str, index: &str, count: &str) -> Result<Place<'a>, BadRow> {
        let wrong = |column, why| BadRow { column: Some(column), why };
        // What would end the line when the row is written again is no part of a name.
        if name.contains(['\n', '\r']) {
            return Err(wrong(Column::StepName, WhyRow::UnknownWord));
        }
        let total = match count {
            "" => None,
            count => {
                let total: Option<NonZeroU8> = count.trim().parse().ok();
                self.unused(total.map(Some), None).ok_or(wrong(Column::TotalSteps, WhyRow::NotANumber))?
            }
        };
        let index = match index.trim() {
            "" if name.is_empty() || self == Self::Lenient => return Ok(Place::None),
            index => index.parse::<i16>().map_err(|_| wrong(Column::StepIndex, WhyRow::NotANumber))?,
        };
        // A row written while the kiln was brought back gives no step, whatever number stands there.
        let Ok(index) = u8::try_from(index) else {
            let expected = self == Self::Lenient || (index == -1 && name == RECOVERING);
            return if expected {
                Ok(Place::Recovering { count: total })
            } else {
                Err(wrong(Column::StepIndex, WhyRow::Inconsistent))
            };
        };
        let fits = !name.is_empty() && total.is_none_or(|total| index < total.get());
        if self == Self::Exact && !fits {
            return Err(wrong(Column::StepIndex, WhyRow::Inconsistent));
        }
        Ok(Place::Step { name, index, count: total })
    }
}

fn percent(value: f64) -> Option<Duty> {
    (0.0..=100.0).contains(&value).then_some(Duty::from_percent(value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::ToString;

    const LINE: &str = "2025-11-02 13:28:09,1234.5,300.12,305.00,80.00,RUNNING,ramp,2,4,-95.0";

    #[test]
    fn what_is_written_comes_back() {
        let count = NonZeroU8::new(4);
        let row = Row {
            at: Some(WallClock::from_unix_millis(1_762_090_089_000)),
            elapsed: Millis::new(1_234_500),
            temperature: Celsius::new(300.12).unwrap(),
            target: Celsius::whole(305),
            duty: Duty::from_percent(80.0),
            state: State::Running,
            place: Place::Step { name: "ramp", index: 2, count },
            rate: CelsiusPerHour::whole(-95),
        };
        assert_eq!(row.to_string(), LINE);
        let places = [row.place, Place::None, Place::Recovering { count }, Place::Recovering { count: None }];
        for (place, state) in places.into_iter().flat_map(|place| State::ALL.map(|state| (place, state))) {
            let row = Row { state, place, ..row };
            for reader in [Reader::Exact, Reader::Lenient] {
                assert_eq!(reader.row(&row.to_string()), Ok(row), "{row}");
                let untimed = Row { at: None, ..row };
                assert_eq!(untimed.to_string(), row.to_string().replacen("2025-11-02 13:28:09", "", 1));
                assert_eq!(reader.row(&untimed.to_string()), Ok(untimed), "{untimed}");
            }
        }
    }

    #[test]
    fn a_bad_field_is_named() {
        let number = WhyRow::NotANumber;
        let cases = [
            ("2025-11-02 13:28:09", "2025-11-02", Column::Timestamp, WhyRow::NotATime),
            ("1234.5", "-1", Column::Elapsed, number),
            ("300.12", "nan", Column::Temperature, number),
            ("300.12", "", Column::Temperature, number),
            ("305.00", "inf", Column::Target, number),
            ("305.00", "1_000", Column::Target, number),
            ("80.00", "100.01", Column::Duty, number),
            ("RUNNING", "running", Column::State, WhyRow::UnknownWord),
            (",2,", ",1.5,", Column::StepIndex, number),
            (",2,", ",-1,", Column::StepIndex, WhyRow::Inconsistent),
            (",2,", ",4,", Column::StepIndex, WhyRow::Inconsistent),
            ("ramp,2", ",2", Column::StepIndex, WhyRow::Inconsistent),
            ("ramp,2", "ra\rmp,2", Column::StepName, WhyRow::UnknownWord),
            ("ramp,2", "ramp,", Column::StepIndex, number),
            (",4,", ",0,", Column::TotalSteps, number),
            ("-95.0", "fast", Column::Rate, number),
        ];
        for (from, to, column, why) in cases {
            let line = LINE.replacen(from, to, 1);
            assert_eq!(Reader::Exact.row(&line), Err(BadRow { column: Some(column), why }), "{line}");
        }
        for line in ["", "a,b,c", &std::format!("{LINE},more")] {
            assert_eq!(Reader::Exact.row(line), Err(BadRow { column: None, why: WhyRow::FieldCount }), "{line}");
        }
    }

    #[test]
    fn incident_minus_one_is_no_step() {
        for name in ["RECOVERY", "ramp"] {
            let line = LINE.replacen("ramp,2", &std::format!("{name},-1"), 1);
            let row = Reader::Lenient.row(&line).unwrap();
            assert_eq!(row.place, Place::Recovering { count: NonZeroU8::new(4) });
        }
    }
}
