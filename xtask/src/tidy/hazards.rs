//! Every hazard number that code or documents name has its row in the table of hazards.

use std::collections::BTreeSet;

use super::{Problems, Project};
use crate::workspace;

const TABLE: &str = "docs/safety/hazards.md";

pub(super) fn check(project: &Project) -> Problems {
    let table = workspace::read(&project.root, TABLE)?;
    let rows: BTreeSet<&str> =
        table.lines().filter_map(|line| line.strip_prefix("| ")).filter_map(|row| row.get(..4)).collect();
    let mut problems = Vec::new();
    for file in workspace::files(&project.root, &["rs", "md"])? {
        let text = workspace::read(&project.root, &file)?;
        problems.extend(
            unknown(&text, &rows).map(|(line, number)| format!("{file}:{line}: {number} has no row in {TABLE}")),
        );
    }
    Ok(problems)
}

/// The hazard numbers of a text that have no row, with their lines.
fn unknown<'t>(text: &'t str, rows: &BTreeSet<&str>) -> impl Iterator<Item = (usize, &'t str)> {
    let numbers = text.lines().enumerate().flat_map(|(at, line)| {
        let places =
            line.match_indices("H-").map(move |(start, _)| (at + 1, line.get(start..start + 4).unwrap_or_default()));
        places.filter(|(_, number)| number.bytes().skip(2).filter(u8::is_ascii_digit).count() == 2)
    });
    numbers.filter(|(_, number)| !rows.contains(number)).collect::<Vec<_>>().into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_without_a_row_is_seen() {
        let rows = BTreeSet::from(["| H-01 |", "H-01"]);
        let named = ["H", "-01 and H", "-99, MASH-up, H-bridge"].concat();
        assert_eq!(unknown(&named, &rows).map(|(line, _)| line).collect::<Vec<_>>(), [1]);
        assert_eq!(unknown("H-01, H-n, EH-0", &rows).count(), 0);
    }
}
