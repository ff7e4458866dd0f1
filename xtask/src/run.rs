//! `cargo xtask run`: a complete kiln on this computer, to be looked at, fired and broken from a browser.
//!
//! `cargo xtask run PROFILE` fires one profile live in the terminal instead. Refuses to know how a kiln is fired: it
//! chooses what is started and where the results go.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::{app, proc, setup, workspace};

/// Virtual seconds to a real one unless others are asked for: a firing in a quarter of an hour.
const SPEED: &str = "60";

/// `cargo xtask run [options of kiln-sim serve]`, or `cargo xtask run PROFILE [options of kiln-sim fire]`.
///
/// # Errors
/// When the simulator cannot be built or started.
pub(crate) fn command(words: &[String]) -> Result<u8> {
    let root = workspace::root()?;
    setup::ensure(&root, "run")?;
    let base = if std::env::current_dir()? == root { PathBuf::new() } else { root.clone() };
    let words = match words.split_first() {
        Some((profile, options)) if !profile.starts_with('-') => {
            std::fs::create_dir_all(base.join("out"))?;
            println!("Firing {profile} on a simulated kiln.");
            firing(profile, options, &base)
        }
        _ => serving(&[words, &page(&root, words)?].concat()),
    };
    proc::through("kiln-sim", &words)
}

/// The page to serve: built anew where Node is; the small built-in one, and saying so, where it is not.
fn page(root: &Path, options: &[String]) -> Result<Vec<String>> {
    if options.iter().any(|word| word == "--page") {
        return Ok(Vec::new());
    }
    if !app::is_possible(root) {
        println!(
            "Node is not here: the small built-in page is served. `cargo xtask setup app` gets what builds the app."
        );
        return Ok(Vec::new());
    }
    let folder = app::build(root)?;
    Ok(vec!["--page".to_owned(), folder.display().to_string()])
}

/// What kiln-sim is given to serve.
fn serving(options: &[String]) -> Vec<String> {
    let mut all = vec!["serve".to_owned()];
    if options.iter().all(|word| word != "--speed") {
        all.extend(["--speed".to_owned(), SPEED.to_owned()]);
    }
    all.extend_from_slice(options);
    all
}

/// What kiln-sim is given to fire: the words, and a default for each that is not among them.
fn firing(profile: &str, options: &[String], base: &Path) -> Vec<String> {
    let stem = Path::new(profile).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let out = |ending: &str| base.join("out").join(format!("{stem}.{ending}")).display().to_string();
    let defaults = [("--log", out("csv")), ("--plot", out("png"))];
    let missing = defaults.into_iter().filter(|(option, _)| options.iter().all(|word| word != option));
    let mut all = vec!["fire".to_owned(), profile.to_owned()];
    all.extend(missing.flat_map(|(option, value)| [option.to_owned(), value]));
    all.extend_from_slice(options);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(typed: &str) -> Vec<String> {
        typed.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn what_is_given_replaces_what_is_usual() {
        let cases = [
            ("--seed 7", "fire a/b.json --log out/b.csv --plot out/b.png --seed 7"),
            ("--speed 9 --plot c.png", "fire a/b.json --log out/b.csv --speed 9 --plot c.png"),
        ];
        for (typed, expected) in cases {
            assert_eq!(firing("a/b.json", &words(typed), Path::new("")).join(" "), expected, "{typed}");
        }
        for (typed, expected) in [("", "serve --speed 60"), ("--fresh --speed 5", "serve --fresh --speed 5")] {
            assert_eq!(serving(&words(typed)).join(" "), expected, "{typed}");
        }
    }
}
