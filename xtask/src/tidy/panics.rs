//! Nothing that ships can give up: a panic is a heater left to the watchdog.
//!
//! Clippy refuses most of these already; this check also sees code that a lint attribute has excused and code inside
//! macros.

use super::{Problems, Project};
use crate::rust_source::{RustSource, words};

/// Macros that end the program.
const MACROS: &[&str] = &["panic", "todo", "unimplemented", "unreachable", "dbg"];
/// Methods that end the program when the value is not there, and how their arguments begin. A parser may have an
/// `expect` of its own, which takes a token and not a text.
const METHODS: &[(&str, &[&str])] = &[
    ("unwrap", &["()"]),
    ("unwrap_err", &["()"]),
    ("unwrap_unchecked", &["()"]),
    ("expect", &["(\"", "(&"]),
    ("expect_err", &["(\"", "(&"]),
];

pub(super) fn check(project: &Project) -> Problems {
    Ok(project.shipping_sources().flat_map(|(file, source)| find(file, source)).collect())
}

fn find(file: &str, source: &RustSource) -> Vec<String> {
    let mut problems = Vec::new();
    for (number, line) in source.shipping_lines() {
        let ends = |word: &str, before: &str, after: &str| {
            words(line, word).into_iter().any(|at| {
                let (left, right) = line.split_at_checked(at).unwrap_or_default();
                let call = right.get(word.len()..).unwrap_or_default();
                // rustfmt puts a long argument on a line of its own.
                let fits = call.starts_with(after) || (call == "(" && after.starts_with('('));
                left.trim_end().ends_with(before) && fits
            })
        };
        let macros = MACROS.iter().filter(|word| ends(word, "", "!")).map(|word| format!("{word}!"));
        let methods = METHODS.iter().filter(|(word, forms)| forms.iter().any(|form| ends(word, ".", form)));
        let methods = methods.map(|(word, _)| format!(".{word}()"));
        problems.extend(macros.chain(methods).map(|what| format!("{file}:{number}: {what}")));
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn giving_up_is_seen_and_talk_of_it_is_not() {
        let bad = ["a.unwrap();", "a\n    .expect(\"b\")", "panic!(\"x\")", "todo!()", "unreachable!()", "dbg!(a)"];
        for text in bad {
            assert_eq!(find("f.rs", &RustSource::new(text)).len(), 1, "{text}");
        }
        let good = [
            "a.unwrap_or(0)",
            "// a.unwrap()",
            "\"panic!\"",
            "self.expect(b',')?",
            "#[expect(lint)]",
            "#[test]\nfn a() { b.unwrap() }",
        ];
        for text in good {
            assert!(find("f.rs", &RustSource::new(text)).is_empty(), "{text}");
        }
    }
}
