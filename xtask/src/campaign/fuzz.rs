//! Bytes at random, guided by the code they reach, against every target of `kiln-fuzz`.
//!
//! `cargo fuzz` builds the targets of `fuzz/` with the pinned compiler: all code of ours is safe Rust, so that no
//! sanitizer is needed, and with it no nightly compiler. Each runs for a minute from the corpus that is kept. With
//! `--keep` the smallest inputs that reach anything new are added to it; the ordinary tests try all of it again. What
//! breaks a promise lies in `fuzz/artifacts/` afterwards. Refuses to know what a promise is.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use super::{Figure, Report, grouped};
use crate::workspace::Metadata;
use crate::{proc, setup};

/// How long each target runs.
const SECONDS: u32 = 60;
/// An input that takes longer than this breaks a promise, too; s.
const LONGEST: u32 = 10;
const SEED: u64 = 1;
/// What is kept of each target at most: inputs, and bytes of all of them.
const INPUTS_KEPT: usize = 90;
const BYTES_KEPT: u64 = 34_000;

/// What came of one target.
struct Harvest {
    executions: u64,
    edges: u64,
    broken: bool,
}

/// Fuzzes every target, or those that are named.
pub(super) fn run(root: &Path, arguments: &[String]) -> Result<Report> {
    setup::ensure(root, "campaign fuzz")?;
    let (options, named): (Vec<&String>, Vec<&String>) = arguments.iter().partition(|word| word.starts_with("--"));
    let keep = match options[..] {
        [] => false,
        [option] if option == "--keep" => true,
        _ => bail!("fuzz takes names of targets and --keep"),
    };
    let fuzz = Fuzz { root, target: Metadata::ask(root)?.target_folder()?.join("fuzz") };
    proc::run(&mut fuzz.cargo("build"))?;
    let mut table = String::from(
        "| target | executions | edges reached | inputs kept | bytes kept | broken |\n|---|---:|---:|---:|---:|---|\n",
    );
    let (mut executions, mut broken, mut bytes) = (0, 0, 0);
    for name in targets(root)?.iter().filter(|name| named.is_empty() || named.contains(name)) {
        let harvest = fuzz.run(name)?;
        if keep && !harvest.broken {
            fuzz.keep(name)?;
        }
        let kept = inputs(&fuzz.kept(name))?;
        let size: u64 = kept.iter().map(|(size, _)| size).sum();
        let (count, edges) = (kept.len(), grouped(harvest.edges));
        let found = if harvest.broken { "YES" } else { "no" };
        table += &format!("| {name} | {} | {edges} | {count} | {size} | {found} |\n", grouped(harvest.executions));
        executions += harvest.executions;
        broken += u64::from(harvest.broken);
        bytes += size;
    }
    let figures = vec![
        Figure { what: "executions", value: grouped(executions), bar: "", kept: true },
        Figure {
            what: "targets with a panic, a broken promise or a hang",
            value: broken.to_string(),
            bar: "0",
            kept: broken == 0,
        },
        Figure { what: "bytes of the corpora", value: grouped(bytes), bar: "≤ 300 000", kept: bytes <= 300_000 },
    ];
    Ok(Report { seed: Some(SEED), figures, table })
}

/// The targets: the files of `fuzz/fuzz_targets/`.
fn targets(root: &Path) -> Result<Vec<String>> {
    let files = fs::read_dir(root.join("fuzz/fuzz_targets"))?.map(|entry| Ok(entry?.path()));
    let files: Vec<PathBuf> = files.collect::<Result<_>>()?;
    let mut names: Vec<String> = files.iter().filter_map(|file| Some(file.file_stem()?.to_str()?.to_owned())).collect();
    names.sort();
    Ok(names)
}

/// The inputs in a folder with their sizes, the smallest first.
fn inputs(folder: &Path) -> Result<Vec<(u64, PathBuf)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("{}", folder.display()))? {
        let entry = entry?;
        found.push((entry.metadata()?.len(), entry.path()));
    }
    found.sort();
    Ok(found)
}

/// Where fuzzing happens.
struct Fuzz<'a> {
    root: &'a Path,
    target: PathBuf,
}

impl Fuzz<'_> {
    fn cargo(&self, what: &str) -> Command {
        let mut command = proc::cargo(self.root);
        command.args(["fuzz", what, "--sanitizer", "none", "--target-dir"]).arg(&self.target);
        command
    }

    /// The corpus that is kept.
    fn kept(&self, name: &str) -> PathBuf {
        self.root.join("fuzz/corpus").join(name)
    }

    /// A folder of what was found, not kept.
    fn found(&self, name: &str, what: &str) -> Result<PathBuf> {
        let folder = self.target.join(what).join(name);
        fs::create_dir_all(&folder)?;
        Ok(folder)
    }

    /// Runs a target for its time.
    fn run(&self, name: &str) -> Result<Harvest> {
        let mut command = self.cargo("run");
        command.arg(name).arg(self.found(name, "found")?).arg(self.kept(name)).arg("--").args([
            format!("-max_total_time={SECONDS}"),
            format!("-timeout={LONGEST}"),
            format!("-seed={SEED}"),
            "-print_final_stats=1".to_owned(),
        ]);
        eprintln!("$ {}", proc::shown(&command));
        let output = command.output().context("cannot start cargo fuzz")?;
        let text = String::from_utf8_lossy(&output.stderr);
        let broken = !output.status.success();
        if broken {
            eprintln!("{text}");
        }
        let executions = figure(&text, "stat::number_of_executed_units:");
        let edges = figure(&text, " cov:");
        let (Some(executions), Some(edges)) = (executions, edges) else { bail!("{name} did not run:\n{text}") };
        Ok(Harvest { executions, edges, broken })
    }

    /// Adds the smallest inputs that reach anything new to those that are kept.
    fn keep(&self, name: &str) -> Result<()> {
        let (kept, merged) = (self.kept(name), self.found(name, "merged")?);
        for (_, old) in inputs(&merged)? {
            fs::remove_file(old)?;
        }
        for (_, file) in inputs(&kept)? {
            fs::copy(&file, merged.join(file.file_name().unwrap_or_default()))?;
        }
        let mut command = self.cargo("run");
        proc::run(command.arg(name).arg(&merged).arg(self.found(name, "found")?).args(["--", "-merge=1"]))?;
        let here = inputs(&kept)?;
        let (mut count, mut bytes) = (here.len(), here.iter().map(|(size, _)| size).sum::<u64>());
        for (size, file) in inputs(&merged)? {
            let to = kept.join(file.file_name().unwrap_or_default());
            if !to.exists() && count < INPUTS_KEPT && bytes + size <= BYTES_KEPT {
                fs::copy(&file, to)?;
                (count, bytes) = (count + 1, bytes + size);
            }
        }
        Ok(())
    }
}

/// The number after the last of these words.
fn figure(text: &str, after: &str) -> Option<u64> {
    let (_, rest) = text.rsplit_once(after)?;
    rest.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_figures_count() {
        let text =
            "#2\tINITED cov: 11 ft: 12 corp: 1/1b\n#9\tDONE   cov: 13 ft: 14\nstat::number_of_executed_units: 9\n";
        assert_eq!((figure(text, " cov:"), figure(text, "stat::number_of_executed_units:")), (Some(13), Some(9)));
        assert_eq!(figure("nothing", " cov:"), None);
    }
}
