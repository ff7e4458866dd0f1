//! One trace: its parameters, its columns and its rows, with a note of what has been looked at.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt::{self, Display};
use std::str::FromStr;

use csv::StringRecord;
use kiln_core::units::{Celsius, Instant, Millis};
use serde_json::Value;

use crate::codes;

/// What a trace or a parameter should have held and does not.
#[derive(Clone, Debug)]
pub struct TraceError {
    place: String,
    why: String,
}

impl TraceError {
    /// What is wrong, and where.
    pub fn new(place: &dyn Display, why: &(impl Display + ?Sized)) -> Self {
        Self { place: place.to_string(), why: why.to_string() }
    }
}

impl Display for TraceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.why)
    }
}

impl std::error::Error for TraceError {}

/// One recorded run.
#[derive(Debug)]
pub struct Scenario {
    module: String,
    name: String,
    params: Value,
    columns: Vec<String>,
    records: Vec<StringRecord>,
    looked_at: RefCell<BTreeSet<String>>,
}

impl Scenario {
    /// Reads the table; texts in the columns that hold errors become codes.
    pub(crate) fn parse(module: &str, name: &str, text: &str, params: Option<&Value>) -> Result<Self, TraceError> {
        let place = format!("{module}/{name}.csv");
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header = reader.headers().map_err(|e| TraceError::new(&place, &e))?;
        let columns: Vec<String> = header.iter().map(str::to_owned).collect();
        let mut records = Vec::new();
        for record in reader.into_records() {
            let record = record.map_err(|e| TraceError::new(&place, &e))?;
            let fields = record.iter().zip(&columns);
            records.push(
                fields.map(|(field, column)| if codes::coded(column) { codes::code(field) } else { field }).collect(),
            );
        }
        let params = params.cloned().unwrap_or(Value::Null);
        Ok(Self {
            module: module.to_owned(),
            name: name.to_owned(),
            params,
            columns,
            records,
            looked_at: RefCell::default(),
        })
    }

    /// The name of the scenario: its file without `.csv`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The parameters of the scenario; null if it has none.
    pub const fn params(&self) -> &Value {
        &self.params
    }

    /// A parameter by its key.
    ///
    /// # Errors
    /// When there is none.
    pub fn param(&self, key: &str) -> Result<&Value, TraceError> {
        self.params.get(key).ok_or_else(|| self.wrong_param(key))
    }

    /// A parameter that is a number.
    ///
    /// # Errors
    /// When there is none or it is not a number.
    pub fn param_f64(&self, key: &str) -> Result<f64, TraceError> {
        self.param(key)?.as_f64().ok_or_else(|| self.wrong_param(key))
    }

    /// A parameter that is a count.
    ///
    /// # Errors
    /// When there is none or it is not a whole number from 0.
    pub fn param_u64(&self, key: &str) -> Result<u64, TraceError> {
        self.param(key)?.as_u64().ok_or_else(|| self.wrong_param(key))
    }

    fn wrong_param(&self, key: &str) -> TraceError {
        TraceError::new(&format!("{}/params.json: {}.{key}", self.module, self.name), "missing, or of another type")
    }

    /// The column names, in order.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The rows, in order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (2..).zip(&self.records).map(|(line, record)| Row { scenario: self, line, record })
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// Notes that a column was read, compared or excluded.
    pub(crate) fn look_at(&self, column: &str) {
        if !self.looked_at.borrow().contains(column) {
            self.looked_at.borrow_mut().insert(column.to_owned());
        }
    }

    /// The columns that hold anything and that nothing has looked at.
    pub(crate) fn neglected(&self) -> Vec<String> {
        let seen = self.looked_at.borrow();
        let holds = |at: usize| self.records.iter().any(|record| record.get(at).is_some_and(|field| !field.is_empty()));
        let columns = self.columns.iter().enumerate();
        columns.filter(|(at, column)| !seen.contains(*column) && holds(*at)).map(|(_, column)| column.clone()).collect()
    }

    /// `module/name.csv`.
    pub(crate) fn file(&self) -> String {
        format!("{}/{}.csv", self.module, self.name)
    }
}

/// One row of a scenario. Reading a field marks its column as an input.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    scenario: &'a Scenario,
    line: usize,
    record: &'a StringRecord,
}

impl<'a> Row<'a> {
    /// The field of a column.
    ///
    /// # Errors
    /// When there is no such column.
    pub fn text(&self, column: &str) -> Result<&'a str, TraceError> {
        self.scenario.look_at(column);
        self.raw(column)
    }

    fn raw(&self, column: &str) -> Result<&'a str, TraceError> {
        let at = self.scenario.columns.iter().position(|name| name == column);
        at.and_then(|at| self.record.get(at)).ok_or_else(|| TraceError::new(&self.place(column), "no such column"))
    }

    /// The field of a column as a value; `None` when it is empty.
    ///
    /// # Errors
    /// When there is no such column or the field is something else.
    pub fn opt<T: FromStr>(&self, column: &str) -> Result<Option<T>, TraceError> {
        let text = self.text(column)?;
        if text.is_empty() {
            return Ok(None);
        }
        text.parse().map(Some).map_err(|_| TraceError::new(&self.place(column), text))
    }

    /// The field of a column as a value.
    ///
    /// # Errors
    /// When there is no such column, or the field is empty or something else.
    pub fn get<T: FromStr>(&self, column: &str) -> Result<T, TraceError> {
        self.opt(column)?.ok_or_else(|| TraceError::new(&self.place(column), "empty"))
    }

    /// The field of a column as a temperature.
    ///
    /// # Errors
    /// When there is no such column, or the field is not a finite number.
    pub fn celsius(&self, column: &str) -> Result<Celsius, TraceError> {
        Celsius::new(self.get(column)?).ok_or_else(|| TraceError::new(&self.place(column), "not finite"))
    }

    /// The seconds of a column as a length of time, rounded to the millisecond.
    ///
    /// # Errors
    /// When there is no such column, or the field is not a number from 0.
    pub fn millis(&self, column: &str) -> Result<Millis, TraceError> {
        Millis::from_seconds_f64(self.get(column)?).ok_or_else(|| TraceError::new(&self.place(column), "not a time"))
    }

    /// The seconds of a column as a moment of the monotonic clock, rounded to the millisecond.
    ///
    /// # Errors
    /// As [`Row::millis`].
    pub fn instant(&self, column: &str) -> Result<Instant, TraceError> {
        Ok(Instant::from_millis(self.millis(column)?.get()))
    }

    /// The JSON of a column; null when it is empty.
    ///
    /// # Errors
    /// When there is no such column or the field is not JSON.
    pub fn json(&self, column: &str) -> Result<Value, TraceError> {
        let text = self.text(column)?;
        let text = if text.is_empty() { "null" } else { text };
        serde_json::from_str(text).map_err(|e| TraceError::new(&self.place(column), &e))
    }

    /// `file:line:column`.
    pub(crate) fn place(&self, column: &str) -> String {
        format!("{}:{}:{column}", self.scenario.file(), self.line)
    }

    /// The scenario the row belongs to.
    pub const fn scenario(&self) -> &'a Scenario {
        self.scenario
    }
}

/// How far a float may be from the trace: this much, or this share of it.
const TOLERANCE: f64 = 1e-9;

/// What one row says against what the code did.
pub struct Check<'a> {
    row: Row<'a>,
    differences: Vec<String>,
}

impl<'a> Check<'a> {
    pub(crate) const fn new(row: Row<'a>) -> Self {
        Self { row, differences: Vec::new() }
    }

    /// The differences found, each with its place.
    pub(crate) fn finish(self) -> Vec<String> {
        self.differences
    }

    /// Compares a float: equal within 1e-9, absolutely or of the expected value.
    pub fn float(&mut self, column: &str, got: f64) {
        self.float_opt(column, Some(got));
    }

    /// Compares a float that hangs on a clock coarser than the tolerance: equal within `off`.
    pub fn float_within(&mut self, column: &str, got: f64, off: f64) {
        match self.row.get::<f64>(column) {
            Err(error) => self.differences.push(error.to_string()),
            Ok(expected) if (expected - got).abs() <= off => {}
            Ok(expected) => self.differ(column, &format!("{expected:?} within {off:?}"), &format!("{got:?}")),
        }
    }

    /// Compares a float or its absence, an empty field.
    pub fn float_opt(&mut self, column: &str, got: Option<f64>) {
        match self.row.opt::<f64>(column) {
            Err(error) => self.differences.push(error.to_string()),
            Ok(None) if got.is_none() => {}
            Ok(Some(expected)) if got.is_some_and(|got| near(expected, got)) => {}
            Ok(expected) => self.differ(column, &format!("{expected:?}"), &format!("{got:?}")),
        }
    }

    /// Compares a discrete value by the way it is written.
    pub fn exact(&mut self, column: &str, got: impl Display) {
        let got = got.to_string();
        match self.row.text(column) {
            Err(error) => self.differences.push(error.to_string()),
            Ok(expected) if expected == got => {}
            Ok(expected) => self.differ(column, expected, &got),
        }
    }

    /// Compares a discrete value or its absence, an empty field.
    pub fn exact_opt(&mut self, column: &str, got: Option<impl Display>) {
        match got {
            Some(got) => self.exact(column, got),
            None => self.exact(column, ""),
        }
    }

    /// Compares a yes or no, written 1 or 0.
    pub fn flag(&mut self, column: &str, got: bool) {
        self.exact(column, u8::from(got));
    }

    fn differ(&mut self, column: &str, expected: &str, got: &str) {
        self.differences.push(format!("{} expected {expected}, got {got}", self.row.place(column)));
    }
}

fn near(expected: f64, got: f64) -> bool {
    let off = (expected - got).abs();
    off <= TOLERANCE || off <= TOLERANCE * expected.abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_are_near_absolutely_or_relatively_and_nan_never_is() {
        let cases = [(0.0, 9e-10, true), (0.0, 2e-9, false), (1e12, 1e12 + 900.0, true), (1e12, 1e12 + 1100.0, false)];
        for (expected, got, same) in cases.into_iter().chain([(1.0, f64::NAN, false), (1.0, f64::INFINITY, false)]) {
            assert_eq!(near(expected, got), same, "{expected} {got}");
        }
    }

    #[test]
    fn a_difference_names_its_place() {
        let scenario = Scenario::parse("m", "s", "a,b,c\n1,2.5,\n", None).unwrap();
        let mut check = Check::new(scenario.rows().next().unwrap());
        check.exact("a", 1);
        check.float("b", 2.6);
        check.float_opt("c", None);
        assert_eq!(check.finish(), ["m/s.csv:2:b expected Some(2.5), got Some(2.6)"]);
        assert!(scenario.neglected().is_empty());
    }
}
