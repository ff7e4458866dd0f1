//! Each crate takes the workspace's lints.

use super::{Problems, Project};
use crate::rooms::OWN_LINTS;
use crate::workspace;

pub(super) fn check(project: &Project) -> Problems {
    let mut problems = Vec::new();
    for member in &project.members {
        let manifest = format!("{}/Cargo.toml", member.folder);
        let own = OWN_LINTS.iter().any(|(name, _)| *name == member.name);
        if !own && !takes_the_lints(&workspace::read(&project.root, &manifest)?) {
            problems.push(format!("{manifest}: lacks [lints] workspace = true"));
        }
    }
    Ok(problems)
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
    fn a_manifest_without_the_lints_is_seen() {
        assert!(takes_the_lints("[package]\nname = \"a\"\n\n[lints] # as everywhere\nworkspace = true\n"));
        assert!(!takes_the_lints("[package]\nversion.workspace = true\n"));
        assert!(!takes_the_lints("[lints]\n\n[other]\nworkspace = true\n"));
    }
}
