//! Bugs that would harm a kiln, planted one at a time: the tests must notice each.
//!
//! The list is `xtask/planted.json`. Each bug names the text it replaces, which must occur exactly once, so that the
//! list stays true while the code moves on, and the tests that must fail. Works on a worktree of the last commit under
//! the target folder; the files being worked on are never touched. Refuses to know why a test failed. It sets no time
//! limit: a bug that makes a test wait for ever has to name tests that do not.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::Value;

use super::{Figure, Report};
use crate::proc;
use crate::workspace::{self, Metadata, text};

const LIST: &str = "xtask/planted.json";

/// One bug to plant.
struct Planted {
    name: String,
    /// What it would do to a kiln, one sentence.
    harm: String,
    file: String,
    /// What stands there, exactly once.
    find: String,
    /// What is put in its place.
    put: String,
    tests: Tests,
}

/// Tests that must notice it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Tests {
    /// The words after `cargo test`.
    words: Vec<String>,
    /// Flags of the compiler.
    flags: Option<String>,
}

/// What came of one bug.
enum Ending {
    /// These tests failed.
    Caught(Vec<String>),
    /// Every test passed.
    Missed,
    /// It was no program any more: the bug itself is wrong.
    NoProgram,
}

/// A copy of the last commit that may be harmed, and where it is built.
struct Copy {
    tree: PathBuf,
    build: PathBuf,
}

/// Plants every bug, or those whose name contains the argument.
pub(super) fn run(root: &Path, arguments: &[String]) -> Result<Report> {
    let mut list = read(root)?;
    list.retain(|planted| arguments.iter().all(|part| planted.name.contains(part.as_str())));
    let copy = Copy::make(root)?;
    let sound: BTreeSet<&Tests> = list.iter().map(|planted| &planted.tests).collect();
    for tests in sound {
        ensure!(
            copy.passes(tests, false)?.is_ok(),
            "`cargo test {}` fails with nothing planted",
            tests.words.join(" ")
        );
    }
    let mut endings = Vec::new();
    for planted in &list {
        let ending = copy.plant(planted)?;
        println!("{:<50} {}", planted.name, ending.words());
        endings.push(ending);
    }
    copy.remove(root)?;
    let count = |wanted: fn(&Ending) -> bool| endings.iter().filter(|ending| wanted(ending)).count();
    let caught = count(|ending| matches!(ending, Ending::Caught(_)));
    let wrong = count(|ending| matches!(ending, Ending::NoProgram));
    let whole = arguments.is_empty();
    let figures = vec![
        Figure { what: "planted", value: list.len().to_string(), bar: "≥ 25", kept: list.len() >= 25 || !whole },
        Figure { what: "caught", value: caught.to_string(), bar: "all", kept: caught == list.len() },
        Figure { what: "not a program any more", value: wrong.to_string(), bar: "0", kept: wrong == 0 },
    ];
    Ok(Report { seed: None, figures, table: table(&list, &endings) })
}

fn table(list: &[Planted], endings: &[Ending]) -> String {
    let mut text = String::from("| bug | what it would do to a kiln | caught by |\n|---|---|---|\n");
    for (Planted { name, harm, .. }, ending) in list.iter().zip(endings) {
        text += &format!("| {name} | {harm} | {} |\n", ending.words());
    }
    text
}

impl Ending {
    fn words(&self) -> String {
        match self {
            Self::Caught(tests) => match tests.split_first() {
                Some((first, [])) => format!("`{first}`"),
                Some((first, others)) => format!("`{first}` and {} more", others.len()),
                None => "a test program that did not come to its end".to_owned(),
            },
            Self::Missed => "NOTHING".to_owned(),
            Self::NoProgram => "the compiler: plant it in another way".to_owned(),
        }
    }
}

impl Copy {
    fn make(root: &Path) -> Result<Self> {
        let folder = Metadata::ask(root)?.target_folder()?.join("planted");
        let copy = Self { tree: folder.join("tree"), build: folder.join("build") };
        if copy.tree.exists() {
            copy.remove(root)?;
        }
        proc::run(Command::new("git").current_dir(root).args(["worktree", "add", "--detach"]).arg(&copy.tree))?;
        Ok(copy)
    }

    fn remove(&self, root: &Path) -> Result<()> {
        proc::run(Command::new("git").current_dir(root).args(["worktree", "remove", "--force"]).arg(&self.tree))
    }

    /// Plants one bug, runs its tests and takes the bug out again.
    fn plant(&self, planted: &Planted) -> Result<Ending> {
        let before = workspace::read(&self.tree, &planted.file)?;
        let after = planted.plant(&before)?;
        workspace::write(&self.tree, &planted.file, &after)?;
        let built = self.passes(&planted.tests, true)?.is_ok();
        let ended = if built { Some(self.passes(&planted.tests, false)?) } else { None };
        workspace::write(&self.tree, &planted.file, &before)?;
        Ok(match ended {
            None => Ending::NoProgram,
            Some(Ok(())) => Ending::Missed,
            Some(Err(failed)) => Ending::Caught(failed),
        })
    }

    /// Builds the tests, or runs them; the names of those that failed.
    fn passes(&self, tests: &Tests, build_only: bool) -> Result<Result<(), Vec<String>>> {
        let mut command = proc::cargo(&self.tree);
        command.arg("test").args(&tests.words).env("CARGO_TARGET_DIR", &self.build).stdin(Stdio::null());
        if build_only {
            command.arg("--no-run");
        }
        if let Some(flags) = &tests.flags {
            command.env("RUSTFLAGS", flags);
        }
        let output = command.output().with_context(|| format!("cannot start `{}`", proc::shown(&command)))?;
        if output.status.success() {
            return Ok(Ok(()));
        }
        let printed = String::from_utf8_lossy(&output.stdout);
        let failed = printed.lines().filter_map(|line| line.strip_prefix("test ")?.strip_suffix(" ... FAILED"));
        Ok(Err(failed.map(str::to_owned).collect()))
    }
}

impl Planted {
    /// The text with the bug in it.
    fn plant(&self, text: &str) -> Result<String> {
        let places = text.matches(&self.find).count();
        let Self { name, file, .. } = self;
        ensure!(places == 1, "{LIST}: what {name} replaces occurs {places} times in {file}: bring the list up to date");
        Ok(text.replacen(&self.find, &self.put, 1))
    }
}

/// The list, in its order.
fn read(root: &Path) -> Result<Vec<Planted>> {
    let list: Value = serde_json::from_str(&workspace::read(root, LIST)?).with_context(|| LIST.to_owned())?;
    let Some(list) = list.as_array() else { bail!("{LIST} is not a list") };
    list.iter().map(entry).collect()
}

fn entry(bug: &Value) -> Result<Planted> {
    let lines = |field: &str| -> String {
        let lines = bug.get(field).and_then(Value::as_array).into_iter().flatten();
        lines.filter_map(Value::as_str).collect::<Vec<_>>().join("\n")
    };
    let field = |name: &str| -> Result<String> {
        let found = text(bug, name);
        ensure!(!found.is_empty(), "{LIST}: a bug without `{name}`: {bug}");
        Ok(found.to_owned())
    };
    let words = field("tests")?.split_whitespace().map(str::to_owned).collect();
    let tests = Tests { words, flags: bug.get("flags").and_then(Value::as_str).map(str::to_owned) };
    let (find, put) = (lines("find"), lines("put"));
    ensure!(find != put, "{LIST}: a bug that changes nothing: {bug}");
    Ok(Planted { name: field("name")?, harm: field("harm")?, file: field("file")?, find, put, tests })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_planted_bug_still_has_its_place() {
        let root = workspace::root().unwrap();
        let list = read(&root).unwrap();
        assert!(list.len() >= 25);
        for planted in &list {
            planted.plant(&workspace::read(&root, &planted.file).unwrap()).unwrap();
            assert_eq!(list.iter().filter(|other| other.name == planted.name).count(), 1, "{}", planted.name);
        }
    }

    #[test]
    fn what_occurs_twice_or_never_is_refused() {
        let bug = serde_json::json!({
            "name": "n", "harm": "h", "file": "f", "find": ["a", "b"], "put": ["c"], "tests": "--package p"
        });
        let planted = entry(&bug).unwrap();
        assert_eq!(planted.plant("a\nb\n").unwrap(), "c\n");
        assert!(planted.plant("a\nb a\nb").is_err() && planted.plant("a b").is_err());
    }

    #[test]
    fn a_bug_nobody_noticed_stands_out() {
        let endings = [Ending::Missed, Ending::Caught(vec!["x".to_owned(), "y".to_owned()])];
        assert_eq!(endings.map(|ending| ending.words()), ["NOTHING", "`x` and 1 more"]);
    }
}
