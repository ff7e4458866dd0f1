//! `cargo xtask budget`: sizes and instruction counts against `[workspace.metadata.budget]` in `Cargo.toml`.
//!
//! Gates are counts, never wall time. A measure without a budget and a budget without a measure both fail, so that
//! neither can be forgotten.

mod size;

use anyhow::Result;

use crate::workspace::{self, Metadata};

/// What a measure is given.
struct Bench {
    root: std::path::PathBuf,
    metadata: Metadata,
}

/// Something that is counted.
struct Measure {
    /// Its key in `Cargo.toml`.
    name: &'static str,
    unit: &'static str,
    says: &'static str,
    run: fn(&Bench) -> Result<u64>,
}

/// A new count is one more line here and one more in `Cargo.toml`.
const MEASURES: &[Measure] = &[
    library("kiln-core-text", "code of kiln-core on the board, generics aside", |bench| size::text(bench, "kiln-core")),
    library("kiln-hal-text", "code of kiln-hal on the board, generics aside", |bench| size::text(bench, "kiln-hal")),
    library("kiln-wire-text", "code of kiln-wire on the board, generics aside", |bench| size::text(bench, "kiln-wire")),
];

const fn library(name: &'static str, says: &'static str, run: fn(&Bench) -> Result<u64>) -> Measure {
    Measure { name, unit: "bytes", says, run }
}

/// `cargo xtask budget`.
///
/// # Errors
/// When the project or the budgets cannot be read; a measure that cannot be taken is a failure in the table.
pub(crate) fn command(_words: &[String]) -> Result<bool> {
    let root = workspace::root()?;
    crate::setup::ensure(&root, "budget")?;
    let metadata = Metadata::ask(&root)?;
    let budgets = metadata.numbers("budget")?;
    let bench = Bench { root, metadata };
    let mut table = String::from("count                        measured          budget  unit          what it is\n");
    let mut sound = true;
    for measure in MEASURES {
        let budget = budgets.iter().find(|(name, _)| name == measure.name).map(|(_, budget)| *budget);
        let (line, kept) = row(measure, (measure.run)(&bench), budget);
        table += &line;
        sound &= kept;
    }
    for (name, _) in budgets.iter().filter(|(name, _)| MEASURES.iter().all(|measure| measure.name != name)) {
        table += &format!("{name}: a budget that nothing measures\n");
        sound = false;
    }
    println!("\n{table}");
    Ok(sound)
}

/// A line of the table, and whether the budget is kept.
fn row(measure: &Measure, measured: Result<u64>, budget: Option<u64>) -> (String, bool) {
    let Measure { name, unit, says, .. } = measure;
    match (measured, budget) {
        (Err(error), _) => (format!("{name:<22} could not be measured: {error:#}\n"), false),
        (Ok(count), None) => {
            (format!("{name:<22} {count:>14}            none  {unit:<12}  NO BUDGET: {says}\n"), false)
        }
        (Ok(count), Some(budget)) => {
            let over = if count > budget { "OVER: " } else { "" };
            (format!("{name:<22} {count:>14}  {budget:>14}  {unit:<12}  {over}{says}\n"), count <= budget)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_is_kept_or_named() {
        let measure = MEASURES.first().unwrap();
        let kept = |measured: Result<u64>, budget| row(measure, measured, budget).1;
        assert!(kept(Ok(10), Some(10)));
        assert!(!kept(Ok(11), Some(10)));
        assert!(!kept(Ok(11), None));
        assert!(!kept(Err(anyhow::anyhow!("no valgrind")), Some(10)));
    }
}
