//! Functions of at most 70 lines, files of at most 400, with a ratchet for what is longer.
//!
//! A line is a line: blank lines and comments count, for they are read too. `#[cfg(test)]` items do not count.
//! `xtask/ratchet.txt` lists what is longer; an entry may shrink (`cargo xtask tidy --shrink` does it) and never grow.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::{Context as _, Result};

use super::{Problems, Project};
use crate::rust_source::RustSource;
use crate::workspace;

const FUNCTION_LINES: usize = 70;
const FILE_LINES: usize = 400;
const RATCHET: &str = "xtask/ratchet.txt";
const HEADING: &str = "# What is longer than a function's 70 or a file's 400 lines. An entry may shrink, never grow:\n\
                       # `cargo xtask tidy --shrink` lowers it to what is there.\n";

pub(super) fn check(project: &Project) -> Problems {
    let allowed = ratchet(&workspace::read(&project.root, RATCHET)?)?;
    Ok(compare(&too_long(project), &allowed))
}

/// Lowers each entry of the ratchet to what is there, and drops those that fit.
pub(super) fn shrink(project: &Project) -> Result<()> {
    let (found, mut text) = (too_long(project), HEADING.to_owned());
    for (place, allowed) in ratchet(&workspace::read(&project.root, RATCHET)?)? {
        if let Some(lines) = found.get(&place) {
            writeln!(text, "{} {place}", lines.min(&allowed))?;
        }
    }
    workspace::write(&project.root, RATCHET, &text)
}

fn too_long(project: &Project) -> BTreeMap<String, usize> {
    let sources = project.rust.iter().filter(|(file, _)| !project.is_test_file(file));
    sources.flat_map(|(file, source)| measure(file, source)).collect()
}

/// What of a file is longer than it should be.
fn measure(file: &str, source: &RustSource) -> Vec<(String, usize)> {
    let functions = source.functions().into_iter().filter(|function| function.lines > FUNCTION_LINES);
    let mut found: Vec<_> = functions.map(|function| (format!("{file}::{}", function.name), function.lines)).collect();
    let lines = source.shipping_lines().count();
    if lines > FILE_LINES {
        found.push((file.to_owned(), lines));
    }
    found
}

/// Reads the ratchet: a number and a place on each line.
fn ratchet(text: &str) -> Result<BTreeMap<String, usize>> {
    let entries = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    let entry = |line: &str| {
        let (lines, place) = line.split_once(' ')?;
        Some((place.to_owned(), lines.parse().ok()?))
    };
    entries.map(|line| entry(line).with_context(|| format!("{RATCHET}: {line:?} is not `LINES PLACE`"))).collect()
}

fn compare(found: &BTreeMap<String, usize>, allowed: &BTreeMap<String, usize>) -> Vec<String> {
    let mut problems = Vec::new();
    for (place, lines) in found {
        let limit = if place.contains("::") { FUNCTION_LINES } else { FILE_LINES };
        let bound = allowed.get(place).copied().unwrap_or(limit);
        if *lines > bound {
            problems.push(format!("{place}: {lines} lines, at most {bound}"));
        }
    }
    for (place, bound) in allowed {
        if found.get(place).is_none_or(|lines| lines < bound) {
            problems.push(format!("{RATCHET}: {place} has shrunk; run `cargo xtask tidy --shrink`"));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(entries: &[(&str, usize)]) -> BTreeMap<String, usize> {
        entries.iter().map(|(place, lines)| ((*place).to_owned(), *lines)).collect()
    }

    #[test]
    fn what_is_too_long_is_measured() {
        let long = format!("fn a() {{\n{}}}\n", "// why\n".repeat(69));
        assert_eq!(measure("f.rs", &RustSource::new(&long)), [("f.rs::a".to_owned(), 71)]);
        let tests = format!("{}#[cfg(test)]\nmod tests {{\n{}}}\n", "\n".repeat(400), "\n".repeat(500));
        assert!(measure("f.rs", &RustSource::new(&tests)).is_empty());
        assert_eq!(measure("f.rs", &RustSource::new(&"\n".repeat(401))), [("f.rs".to_owned(), 401)]);
    }

    #[test]
    fn the_ratchet_only_shrinks() {
        let allowed = table(&[("f.rs::a", 90)]);
        for (lines, problems) in [(91, 1), (90, 0), (89, 1)] {
            assert_eq!(compare(&table(&[("f.rs::a", lines)]), &allowed).len(), problems, "{lines}");
        }
        assert_eq!(compare(&table(&[]), &allowed).len(), 1, "an entry that fits is dropped");
        assert_eq!(compare(&table(&[("g.rs", 401)]), &allowed).len(), 2, "a new one is refused");
    }
}
