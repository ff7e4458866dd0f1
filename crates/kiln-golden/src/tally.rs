//! Counts what a replay compared, what it left out and why, and what did not agree.

use std::collections::{BTreeMap, BTreeSet};

use crate::table::{Check, Row, Scenario, TraceError};
use crate::traces::Traces;

/// How many differences are kept to be shown; the rest are counted.
const SHOWN: usize = 5;

/// Why a row, or a field of one, is not compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reason {
    /// Whether it is one of the exclusions fixed beforehand (docs/decisions/0002-golden-traces.md).
    pub agreed: bool,
    /// What it is.
    pub text: &'static str,
}

impl Reason {
    /// One of the exclusions fixed beforehand.
    pub const fn agreed(text: &'static str) -> Self {
        Self { agreed: true, text }
    }

    /// Any other: all of these together may cover at most one row in a hundred.
    pub const fn extra(text: &'static str) -> Self {
        Self { agreed: false, text }
    }
}

/// What came of one module.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    pub(crate) scenarios: usize,
    pub(crate) rows: usize,
    pub(crate) compared: usize,
    pub(crate) excluded: BTreeMap<Reason, usize>,
    pub(crate) fields: BTreeMap<Reason, usize>,
    pub(crate) columns: BTreeMap<&'static str, BTreeSet<String>>,
    pub(crate) mismatches: usize,
    pub(crate) shown: Vec<String>,
}

impl Tally {
    /// Replays every scenario of a module. A scenario that ends in an error counts as a mismatch.
    pub fn over(
        traces: &Traces,
        module: &str,
        mut one: impl FnMut(&Scenario, &mut Self) -> Result<(), TraceError>,
    ) -> Self {
        let mut tally = Self::default();
        match traces.scenarios(module) {
            Ok(scenarios) if scenarios.is_empty() => tally.mismatch(format!("{module}: no scenario")),
            Ok(scenarios) => scenarios.iter().for_each(|scenario| tally.scenario(scenario, &mut one)),
            Err(error) => tally.mismatch(error.to_string()),
        }
        tally
    }

    fn scenario(&mut self, scenario: &Scenario, one: &mut impl FnMut(&Scenario, &mut Self) -> Result<(), TraceError>) {
        self.scenarios += 1;
        self.rows += scenario.len();
        if let Err(error) = one(scenario, self) {
            self.mismatch(error.to_string());
        }
        for column in scenario.neglected() {
            self.mismatch(format!("{}: column {column} was never looked at", scenario.file()));
        }
    }

    /// Compares a row. Every field of it is compared in one go, so that one row is counted once.
    pub fn row<'a>(&mut self, row: Row<'a>, compare: impl FnOnce(&mut Check<'a>)) {
        self.compared += 1;
        let mut check = Check::new(row);
        compare(&mut check);
        for difference in check.finish() {
            self.mismatch(difference);
        }
    }

    /// Leaves a row out.
    pub fn exclude(&mut self, _row: Row<'_>, reason: Reason) {
        *self.excluded.entry(reason).or_default() += 1;
    }

    /// Leaves fields of a row out that is otherwise compared.
    pub fn exclude_fields(&mut self, row: Row<'_>, columns: &[&str], reason: Reason) {
        for column in columns {
            row.scenario().look_at(column);
        }
        *self.fields.entry(reason).or_default() += 1;
    }

    /// Leaves whole columns out.
    pub fn exclude_columns(&mut self, scenario: &Scenario, columns: &[&str], reason: &'static str) {
        for column in columns {
            scenario.look_at(column);
        }
        self.columns.entry(reason).or_default().extend(columns.iter().map(|&column| column.to_owned()));
    }

    /// Notes that something did not agree.
    pub fn mismatch(&mut self, what: String) {
        self.mismatches += 1;
        if self.shown.len() < SHOWN {
            self.shown.push(what);
        }
    }

    /// Rows left out.
    pub fn rows_excluded(&self) -> usize {
        self.excluded.values().sum()
    }

    /// Rows neither compared nor left out with a reason.
    pub fn rows_forgotten(&self) -> usize {
        self.rows.saturating_sub(self.compared + self.rows_excluded())
    }

    /// Rows left out, wholly or in part, for a reason that was not agreed beforehand.
    pub fn rows_extra(&self) -> usize {
        let both = self.excluded.iter().chain(&self.fields);
        both.filter(|(reason, _)| !reason.agreed).map(|(_, count)| count).sum()
    }

    /// Rows compared.
    pub const fn rows_compared(&self) -> usize {
        self.compared
    }

    /// Differences found.
    pub const fn mismatches(&self) -> usize {
        self.mismatches
    }

    /// Whether every row was seen and everything compared agreed.
    pub fn agrees(&self) -> bool {
        self.mismatches == 0 && self.rows_forgotten() == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(one: impl FnMut(&Scenario, &mut Tally) -> Result<(), TraceError>) -> Tally {
        let mut one = one;
        let scenario = Scenario::parse("m", "s", "a,b\n1,2\n3,4\n", None).unwrap();
        let mut tally = Tally::default();
        tally.scenario(&scenario, &mut one);
        tally
    }

    #[test]
    fn a_row_nobody_saw_counts_against_the_replay() {
        let seen = tally(|scenario, tally| {
            scenario.rows().take(1).for_each(|row| tally.row(row, |check| check.exact("a", 1)));
            tally.exclude_columns(scenario, &["b"], "a test");
            Ok(())
        });
        assert_eq!((seen.rows_forgotten(), seen.mismatches(), seen.agrees()), (1, 0, false));
    }

    #[test]
    fn a_column_nobody_saw_counts_against_the_replay() {
        let seen = tally(|scenario, tally| {
            scenario.rows().for_each(|row| tally.row(row, |check| check.exact("a", row.raw_for_test())));
            Ok(())
        });
        assert_eq!((seen.rows_forgotten(), seen.mismatches(), seen.agrees()), (0, 1, false));
    }

    #[test]
    fn an_error_counts_against_the_replay() {
        let seen = tally(|_, _| Err(TraceError::new(&"here", "broken")));
        assert!(!seen.agrees());
    }

    impl Row<'_> {
        fn raw_for_test(&self) -> &str {
            self.text("a").unwrap()
        }
    }
}
