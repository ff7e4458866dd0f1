//! `cargo xtask run`: the main job, a firing from cold to the end, watched live on a simulated kiln.
//!
//! Refuses to know how a kiln is fired: it chooses the profile and where the results go.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::{proc, setup, workspace};

/// The firing that is shown unless another is asked for.
const PROFILE: &str = "examples/profiles/bisque-cone-04.json";

/// `cargo xtask run [PROFILE] [options of kiln-sim fire]`.
///
/// # Errors
/// When the simulator cannot be built or started.
pub(crate) fn command(words: &[String]) -> Result<u8> {
    let root = workspace::root()?;
    setup::ensure(&root, "run")?;
    let base = if std::env::current_dir()? == root { PathBuf::new() } else { root };
    let fire = arguments(words, &base);
    std::fs::create_dir_all(base.join("out"))?;
    println!("Firing {} on a simulated kiln.", fire.get(1).map_or("", String::as_str));
    proc::through("kiln-sim", &fire)
}

/// What kiln-sim is given: the words, and a default for each that is not among them.
fn arguments(words: &[String], base: &Path) -> Vec<String> {
    let named = words.first().filter(|word| !word.starts_with('-')).cloned();
    let given = words.get(usize::from(named.is_some())..).unwrap_or_default();
    let profile = named.unwrap_or_else(|| base.join(PROFILE).display().to_string());
    let stem = Path::new(&profile).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let out = |ending: &str| base.join("out").join(format!("{stem}.{ending}")).display().to_string();
    let defaults = [("--log", out("csv")), ("--plot", out("png"))];
    let missing = defaults.into_iter().filter(|(option, _)| given.iter().all(|word| word != option));
    let mut all = vec!["fire".to_owned(), profile];
    all.extend(missing.flat_map(|(option, value)| [option.to_owned(), value]));
    all.extend_from_slice(given);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_replaces_what_is_usual() {
        let usual = format!("fire {PROFILE} --log out/bisque-cone-04.csv --plot out/bisque-cone-04.png");
        let cases = [
            ("", usual.as_str()),
            ("a/b.json --seed 7", "fire a/b.json --log out/b.csv --plot out/b.png --seed 7"),
            ("b.json --speed 9 --plot c.png", "fire b.json --log out/b.csv --speed 9 --plot c.png"),
        ];
        for (typed, expected) in cases {
            let words: Vec<String> = typed.split_whitespace().map(str::to_owned).collect();
            assert_eq!(arguments(&words, Path::new("")).join(" "), expected, "{typed}");
        }
    }
}
