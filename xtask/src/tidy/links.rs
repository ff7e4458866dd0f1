//! Relative links of documents resolve.

use std::path::Path;

use super::{Problems, Project};
use crate::workspace;

pub(super) fn check(project: &Project) -> Problems {
    let mut problems = Vec::new();
    for document in workspace::files(&project.root, &["md"])? {
        let folder = project.root.join(&document).parent().map(Path::to_path_buf).unwrap_or_default();
        for (line, target) in targets(&workspace::read(&project.root, &document)?) {
            if !folder.join(&target).exists() {
                problems.push(format!("{document}:{line}: the link to {target} leads nowhere"));
            }
        }
    }
    Ok(problems)
}

/// The lines of a document outside code blocks, with their numbers.
pub(super) fn prose(text: &str) -> Vec<(usize, &str)> {
    let mut fenced = false;
    let mut lines = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        if !fenced && !fence {
            lines.push((at + 1, line));
        }
    }
    lines
}

/// The files a document links to, with their lines.
fn targets(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (line, prose) in prose(text) {
        // Every second piece between backticks is code, and code has no links.
        let words: String = prose.split('`').step_by(2).collect::<Vec<_>>().join("``");
        let ends = words.split("](").skip(1).filter_map(|rest| rest.split([')', ' ']).next());
        let files = ends.map(|link| link.split('#').next().unwrap_or_default().to_owned());
        found.extend(files.filter(|file| !file.is_empty() && !is_elsewhere(file)).map(|file| (line, file)));
    }
    found
}

fn is_elsewhere(link: &str) -> bool {
    ["http://", "https://", "mailto:"].iter().any(|scheme| link.starts_with(scheme))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_files_are_found_and_others_are_not() {
        let text = "See [a](docs/a.md), ![b](b.png) and [`c`](c.md#d).\n[e](https://f.g) [h](#i)\n```\n[j](k.md)\n```\n`[l](m)`";
        let found = targets(text);
        let expected = ["docs/a.md", "b.png", "c.md"].map(|file| (1, file.to_owned()));
        assert_eq!(found, expected);
    }

    #[test]
    fn a_link_to_nothing_is_seen() {
        let root = workspace::root().unwrap();
        let dead = |text: &str| targets(text).iter().any(|(_, file)| !root.join(file).exists());
        assert!(dead("[a](no/such.md)"));
        assert!(!dead("[a](xtask/Cargo.toml)"));
    }
}
