//! Comments say why; what the code was before is in the version history.

use super::{Problems, Project};
use crate::rust_source::RustSource;

/// Words that tell history.
const HISTORY: &[&str] =
    &["used to", "previously", "no longer", "legacy", "formerly", "anymore", "old code", "new code", "mirrors "];
/// The same words at honest work.
const HONEST: &[&str] = &[" is used to", " are used to", " be used to", "no longer than"];

pub(super) fn check(project: &Project) -> Problems {
    Ok(project.shipping_sources().flat_map(|(file, source)| find(file, source)).collect())
}

fn find(file: &str, source: &RustSource) -> Vec<String> {
    let mut problems = Vec::new();
    for (line, comment) in &source.comments {
        let text = HONEST.iter().fold(comment.to_lowercase(), |text, honest| text.replace(honest, ""));
        for word in HISTORY.iter().filter(|word| text.contains(**word)) {
            problems.push(format!("{file}:{line}: the comment tells history (\"{}\")", word.trim()));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn history_is_seen() {
        let cases = [("// This used to wait.", 1), ("/// Legacy name.", 1), ("/* no longer here */", 1)];
        let honest = [("// no longer than 5 s", 0), ("// is used to heat", 0), ("let a = \"legacy\";", 0)];
        for (text, count) in cases.into_iter().chain(honest) {
            assert_eq!(find("f.rs", &RustSource::new(text)).len(), count, "{text}");
        }
    }
}
