//! `cargo xtask budget`: sizes and instruction counts against `[workspace.metadata.budget]` in `Cargo.toml`.
//!
//! Gates are counts, never wall time. A count without a budget and a budget without a count both fail, so that
//! neither can be forgotten.

mod emulator;
mod fire;
mod page;
mod ram;
mod size;
mod tick;

use std::path::PathBuf;

use anyhow::Result;

use crate::setup;
use crate::workspace::{self, Metadata};

/// What a measure is given.
struct Bench {
    root: PathBuf,
    metadata: Metadata,
}

/// Names and numbers.
type Counts = Vec<(String, u64)>;

/// Something that is measured; it may give several counts. A count's budget is named `MEASURE-COUNT`.
struct Measure {
    name: &'static str,
    says: &'static str,
    run: fn(&Bench) -> Result<Counts>,
}

/// A new measure is one more line here, and its counts are lines in `Cargo.toml`.
const MEASURES: &[Measure] = &[
    Measure { name: "bytes", says: "machine code of a crate on the board, generics aside", run: size::counts },
    Measure { name: "loop", says: "the control loop on the board's processor: instructions, bytes", run: tick::counts },
    Measure {
        name: "ram",
        says: "memory kept for good on the board, bytes: HTTP with its buffers; the rest of the application",
        run: ram::counts,
    },
    Measure { name: "page", says: "bytes of the page, packed: for the first paint; in all", run: page::counts },
    Measure { name: "fire", says: "a short firing on a computer, release build: instructions", run: fire::counts },
];

/// `cargo xtask budget`.
///
/// # Errors
/// When the project or the budgets cannot be read; a measure that cannot be taken is a failure in the table.
pub(crate) fn command(_words: &[String]) -> Result<bool> {
    let root = workspace::root()?;
    setup::ensure(&root, "budget")?;
    let metadata = Metadata::ask(&root)?;
    let budgets = metadata.numbers("budget")?;
    let bench = Bench { root, metadata };
    let (mut counts, mut table, mut sound) = (Counts::new(), String::new(), true);
    for measure in MEASURES {
        match (measure.run)(&bench) {
            Ok(found) => {
                counts.extend(found.into_iter().map(|(name, count)| (format!("{}-{name}", measure.name), count)));
            }
            Err(error) => {
                table += &format!("{}: could not be measured ({}): {error:#}\n", measure.name, measure.says);
                sound = false;
            }
        }
    }
    let (rows, kept) = compare(&counts, &budgets);
    println!("\n{table}count                            measured         budget\n{rows}");
    for measure in MEASURES {
        println!("{:<8} {}", measure.name, measure.says);
    }
    Ok(sound && kept)
}

/// The table of counts and budgets, and whether all is kept.
pub(crate) fn compare(counts: &[(String, u64)], budgets: &[(String, u64)]) -> (String, bool) {
    let (mut table, mut sound) = (String::new(), true);
    for (name, count) in counts {
        let budget = budgets.iter().find(|(key, _)| key == name).map(|(_, budget)| *budget);
        let (shown, verdict) = match budget {
            None => ("none".to_owned(), "  has no budget in Cargo.toml"),
            Some(budget) if *count > budget => (budget.to_string(), "  OVER"),
            Some(budget) => (budget.to_string(), ""),
        };
        table += &format!("{name:<26} {count:>14} {shown:>14}{verdict}\n");
        sound &= verdict.is_empty();
    }
    for (name, budget) in budgets.iter().filter(|(key, _)| counts.iter().all(|(name, _)| name != key)) {
        table += &format!("{name:<26} {:>14} {budget:>14}  is not measured\n", "none");
        sound = false;
    }
    (table, sound)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_is_kept_or_named() {
        let one = |count| [("bytes-a".to_owned(), count)];
        assert!(compare(&one(10), &one(10)).1);
        assert!(!compare(&one(11), &one(10)).1, "over");
        assert!(!compare(&one(1), &[]).1, "no budget");
        assert!(!compare(&[], &one(10)).1, "no count");
    }
}
