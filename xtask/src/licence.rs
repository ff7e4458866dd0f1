//! Which licences a dependency may have: permissive ones only.

/// Licences that ask for no more than their notice.
const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "BlueOak-1.0.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
    RADIO,
];

/// The terms of the program that the radio of the board runs: to be given away unchanged with its notices, and used with
/// Raspberry Pi's own chips alone, of which the board has one. Both texts stand in `docs/hardware/radio-licence.md`.
const RADIO: &str = "LicenseRef-CYW43-on-Raspberry-Pi";

/// Packages that name a file instead of a licence, with what their files say of what is used of them.
const READ: &[(&str, &str)] = &[("tinyrlibc", "BlueOak-1.0.0"), ("cyw43-firmware", RADIO)];

/// The licence of a package: what it says itself, or what was read in its files.
pub(crate) fn of_package<'a>(name: &str, said: &'a str) -> &'a str {
    let read = READ.iter().find(|(package, _)| said.is_empty() && *package == name);
    read.map_or(said, |(_, licence)| *licence)
}

/// Whether an SPDX expression can be met with allowed licences alone.
///
/// `OR` needs one side, `AND` both; `WITH` an exception only adds permission. An old `/` is read as `OR`.
pub(crate) fn is_permissive(expression: &str) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    matches!(any_of(&words), Some((true, [])))
}

/// Reads alternatives; answers whether one is met and what is left to read.
fn any_of<'w>(words: &'w [&'w str]) -> Option<(bool, &'w [&'w str])> {
    let (mut met, mut rest) = all_of(words)?;
    while let Some(("OR", after)) = rest.split_first().map(|(first, after)| (*first, after)) {
        let (next, left) = all_of(after)?;
        (met, rest) = (met || next, left);
    }
    Some((met, rest))
}

fn all_of<'w>(words: &'w [&'w str]) -> Option<(bool, &'w [&'w str])> {
    let (mut met, mut rest) = one(words)?;
    while let Some(("AND", after)) = rest.split_first().map(|(first, after)| (*first, after)) {
        let (next, left) = one(after)?;
        (met, rest) = (met && next, left);
    }
    Some((met, rest))
}

fn one<'w>(words: &'w [&'w str]) -> Option<(bool, &'w [&'w str])> {
    let (first, rest) = words.split_first()?;
    if *first == "(" {
        let (met, rest) = any_of(rest)?;
        return rest.split_first().filter(|(close, _)| **close == ")").map(|(_, after)| (met, after));
    }
    let met = ALLOWED.contains(first);
    match rest.split_first() {
        Some((&"WITH", after)) => Some((met, after.get(1..)?)),
        _ => Some((met, rest)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_licence_in_a_file_was_read() {
        assert_eq!(of_package("tinyrlibc", ""), "BlueOak-1.0.0");
        assert_eq!(of_package("tinyrlibc", "GPL-3.0"), "GPL-3.0");
        assert!(is_permissive(of_package("cyw43-firmware", "")));
        assert_eq!(of_package("other", ""), "");
    }

    #[test]
    fn only_what_can_be_met_permissively_passes() {
        let good =
            ["MIT", "MIT OR Apache-2.0", "MIT/Apache-2.0", "GPL-3.0 OR MIT", "(MIT OR Apache-2.0) AND Unicode-3.0"];
        let with = ["Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT"];
        let bad = ["", "GPL-3.0", "MIT AND MPL-2.0", "(MIT OR", "MIT Apache-2.0", "LGPL-2.1 WITH x", "MIT WITH"];
        for expression in good.into_iter().chain(with) {
            assert!(is_permissive(expression), "{expression}");
        }
        for expression in bad {
            assert!(!is_permissive(expression), "{expression}");
        }
    }
}
