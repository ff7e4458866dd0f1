//! Rows of a log: each line by itself, and all of them as the end of a log after a cut of the power.

use kiln_app::recovery::Policy;
use kiln_wire::log::{Reader, Row, State};

use crate::Verdict;

pub(crate) fn check(bytes: &[u8]) -> Verdict {
    let Ok(text) = core::str::from_utf8(bytes) else { return Verdict::Refused };
    let mut verdict = Verdict::Refused;
    for line in text.split('\n').map(|line| line.trim_end_matches('\r')) {
        for reader in [Reader::Exact, Reader::Lenient] {
            match reader.row(line) {
                Ok(row) => {
                    comes_back(reader, &row);
                    verdict = Verdict::Taken;
                }
                Err(bad) => assert!(!bad.to_string().is_empty()),
            }
        }
        assert!(
            Reader::Exact.row(line).is_err() || Reader::Lenient.row(line).is_ok(),
            "the lenient reader is stricter"
        );
    }
    for policy in [Policy::SHIPPING, Policy::REFERENCE] {
        if let Ok(tail) = policy.read(text) {
            let facts = policy.facts(&tail);
            assert!(facts.into_step.is_none_or(|into| into <= facts.elapsed), "longer in its step than in its firing");
            assert!(!facts.running || matches!(tail.row.state, State::Running | State::Recovery));
        }
    }
    verdict
}

/// Figures are rounded as they are written; what was written once stays as it is.
fn comes_back(reader: Reader, row: &Row<'_>) {
    let written = row.to_string();
    let again = reader.row(&written).expect("what was written is a row");
    assert_eq!(again.to_string(), written, "the row that comes back");
    assert_eq!((again.state, again.place, again.at), (row.state, row.place, row.at), "{written}");
}
