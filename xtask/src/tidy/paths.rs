//! Paths named in documents exist, and ARCHITECTURE.md stays short enough to be read.
//!
//! A path is a word in backticks with a slash in it that begins with something of this project or ends like a file.
//! It is looked for at the root and in `crates/`; `{a,b}` and `*` mean what they mean in a shell. What commands
//! write (`out/`, `target/`) and a `NAME` to be filled in are not looked for.

use std::fs;
use std::path::Path;

use super::{Problems, Project};
use crate::workspace;

/// The document that says where everything is decided, and its longest length.
const MAP: (&str, usize) = ("ARCHITECTURE.md", 300);
const ENDINGS: &[&str] = &[".rs", ".toml", ".md", ".json", ".csv", ".gz", ".png", ".svg", ".ts", ".tsx"];
const WRITTEN: &[&str] = &["out", "target"];

pub(super) fn check(project: &Project) -> Problems {
    let mut problems = Vec::new();
    let documents = workspace::files(&project.root, &["md"])?;
    if !documents.iter().any(|document| document == MAP.0) {
        problems.push(format!("{}: does not exist", MAP.0));
    }
    for document in documents {
        let text = workspace::read(&project.root, &document)?;
        let lines = text.lines().count();
        if document == MAP.0 && lines > MAP.1 {
            problems.push(format!("{document}: {lines} lines, at most {}", MAP.1));
        }
        for (line, path) in named(&text, &project.root) {
            if !expand(&path).iter().all(|path| found(&project.root, path)) {
                problems.push(format!("{document}:{line}: there is no {path}"));
            }
        }
    }
    Ok(problems)
}

/// The paths a document names, with their lines.
fn named(text: &str, root: &Path) -> Vec<(usize, String)> {
    let mut paths = Vec::new();
    for (line, prose) in super::links::prose(text) {
        let quoted = prose.split('`').skip(1).step_by(2);
        let words = quoted.map(|word| word.split("::").next().unwrap_or_default());
        paths.extend(words.filter(|word| is_path(word, root)).map(|word| (line, word.to_owned())));
    }
    paths
}

fn is_path(word: &str, root: &Path) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-{},*".contains(c);
    let Some((first, _)) = word.split_once('/').filter(|(first, _)| !first.is_empty()) else {
        return false;
    };
    let ours = root.join(first).exists() || root.join("crates").join(first).exists();
    let file = ENDINGS.iter().any(|ending| word.ends_with(ending));
    word.chars().all(plain) && (ours || file) && !WRITTEN.contains(&first) && !word.contains("NAME")
}

/// Writes out every `{a,b}`.
fn expand(path: &str) -> Vec<String> {
    let parts =
        path.split_once('{').and_then(|(head, rest)| rest.split_once('}').map(|(inside, tail)| (head, inside, tail)));
    match parts {
        Some((head, inside, tail)) => {
            inside.split(',').flat_map(|choice| expand(&format!("{head}{choice}{tail}"))).collect()
        }
        None => vec![path.to_owned()],
    }
}

fn found(root: &Path, path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    exists(root, &parts) || exists(&root.join("crates"), &parts)
}

fn exists(folder: &Path, parts: &[&str]) -> bool {
    let Some((first, rest)) = parts.split_first() else {
        // A folder with nothing in it is not in a clone of the project.
        return folder.is_file() || fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    };
    let Some((head, tail)) = first.split_once('*') else {
        return exists(&folder.join(first), rest);
    };
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.into_iter().any(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        name.starts_with(head) && name.ends_with(tail.trim_matches('*')) && exists(&entry.path(), rest)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn missing(text: &str) -> Vec<String> {
        let root = workspace::root().unwrap();
        let paths = named(text, &root).into_iter().map(|(_, path)| path);
        paths.filter(|path| !expand(path).iter().all(|path| found(&root, path))).collect()
    }

    #[test]
    fn a_path_that_is_not_there_is_seen() {
        for path in ["crates/kiln-core/src/nothing.rs", "kiln-core/src/no.rs", "xtask/src/{main,no}.rs", "xtask/*.py"] {
            assert_eq!(missing(&format!("| where? | `{path}` |")).len(), 1, "{path}");
        }
        assert_eq!(missing("`docks/a.md`").len(), 1, "a misspelt folder");
    }

    #[test]
    fn what_is_there_and_what_is_no_path_pass() {
        let good = ["xtask/src/{main,proc}.rs", "kiln-core/src/lib.rs", "xtask/src/tidy/", "xtask/src/*.rs", "docs"];
        let other =
            ["°C/h", "out/log.csv", "docs/campaigns/NAME.md", "/api/status", "f32/f64", "cargo xtask run a/b.json"];
        for path in good.into_iter().chain(other) {
            assert!(missing(&format!("see `{path}`")).is_empty(), "{path}");
        }
    }
}
