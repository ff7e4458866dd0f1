//! Each crate takes the workspace's lints, or repeats them all but for `unsafe_code`.

use std::collections::BTreeSet;

use super::{Problems, Project};
use crate::rooms::OWN_LINTS;
use crate::workspace;

pub(super) fn check(project: &Project) -> Problems {
    let house = table(&workspace::read(&project.root, "Cargo.toml")?, "workspace.lints.");
    let mut problems = Vec::new();
    for member in &project.members {
        let manifest = format!("{}/Cargo.toml", member.folder);
        let text = workspace::read(&project.root, &manifest)?;
        if OWN_LINTS.iter().any(|(name, _)| *name == member.name) {
            problems
                .extend(differences(&house, &table(&text, "lints.")).iter().map(|line| format!("{manifest}: {line}")));
        } else if !takes_the_lints(&text) {
            problems.push(format!("{manifest}: lacks [lints] workspace = true"));
        }
    }
    Ok(problems)
}

/// The lints of a manifest, each as `TOOL LINT = LEVEL`, without comments.
fn table(manifest: &str, prefix: &str) -> BTreeSet<String> {
    let (mut lints, mut tool) = (BTreeSet::new(), "");
    for line in manifest.lines().map(|line| line.split('#').next().unwrap_or_default().trim()) {
        if let Some(section) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            tool = section.strip_prefix(prefix).unwrap_or_default();
        } else if !tool.is_empty() && !line.is_empty() {
            lints.insert(format!("{tool} {line}"));
        }
    }
    lints
}

/// How a crate's own table differs from the house's. `unsafe_code` is what a crate has its own table for.
fn differences(house: &BTreeSet<String>, own: &BTreeSet<String>) -> Vec<String> {
    let differing = house.symmetric_difference(own).filter(|line| !line.starts_with("rust unsafe_code"));
    differing.map(|line| format!("`{line}` is not in both this table and the workspace's")).collect()
}

fn takes_the_lints(manifest: &str) -> bool {
    let mut lines = manifest.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
    lines.by_ref().any(|line| line == "[lints]")
        && lines.take_while(|line| !line.starts_with('[')).any(|line| line == "workspace = true")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_its_own_that_strays_is_seen() {
        let house = table(
            "[workspace.lints.rust]\nunsafe_code = \"forbid\"\na = \"deny\" # why\n[x]\nb = 1\n",
            "workspace.lints.",
        );
        let count = |own: &str| differences(&house, &table(own, "lints.")).len();
        assert_eq!(count("[lints.rust]\nunsafe_code = \"warn\"\na = \"deny\"\n"), 0);
        assert_eq!(count("[lints.rust]\nunsafe_code = \"warn\"\n"), 1);
        assert_eq!(count("[lints.rust]\nunsafe_code = \"warn\"\na = \"warn\"\n"), 2);
    }

    #[test]
    fn a_manifest_without_the_lints_is_seen() {
        assert!(takes_the_lints("[package]\nname = \"a\"\n\n[lints] # as everywhere\nworkspace = true\n"));
        assert!(!takes_the_lints("[package]\nversion.workspace = true\n"));
        assert!(!takes_the_lints("[lints]\n\n[other]\nworkspace = true\n"));
    }
}
