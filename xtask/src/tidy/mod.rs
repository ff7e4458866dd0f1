//! What taste can check: walls, lengths, words, links, generated documents.
//!
//! Each check is a function from the project to a list of problems; [`CHECKS`] is the list of them. A check refuses
//! to know the others.

mod hazards;
mod length;
mod links;
mod lints;
mod panics;
mod paths;
mod third_party;
mod unsafety;
mod walls;
mod words;

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::docs;
use crate::rooms::{self, Room};
use crate::rust_source::RustSource;
use crate::workspace::{self, Member, Metadata};

/// What every check is given.
pub(crate) struct Project {
    pub(crate) root: PathBuf,
    pub(crate) metadata: Metadata,
    pub(crate) members: Vec<Member>,
    /// Every Rust file, with its name relative to the root.
    pub(crate) rust: Vec<(String, RustSource)>,
}

/// What a check answers: one line per problem, beginning with the file it is in.
type Problems = Result<Vec<String>>;

struct Check {
    name: &'static str,
    says: &'static str,
    run: fn(&Project) -> Problems,
}

const CHECKS: &[Check] = &[
    Check { name: "walls", says: "each crate depends on what its row allows", run: walls::check },
    Check { name: "lints", says: "each crate takes the workspace's lints", run: lints::check },
    Check { name: "length", says: "functions and files fit a reader", run: length::check },
    Check { name: "panics", says: "nothing that ships can give up", run: panics::check },
    Check { name: "unsafe", says: "unsafe only where listed", run: unsafety::check },
    Check { name: "words", says: "comments say why, not what was", run: words::check },
    Check { name: "hazards", says: "hazard numbers have their row", run: hazards::check },
    Check { name: "paths", says: "paths named in documents exist", run: paths::check },
    Check { name: "links", says: "relative links resolve", run: links::check },
    Check { name: "licences", says: "dependencies are permissively licensed", run: third_party::check },
    Check { name: "generated", says: "generated documents are fresh", run: docs::stale },
];

/// `cargo xtask tidy [CHECK] [--shrink]`.
///
/// # Errors
/// When the project cannot be read or no check has the name.
pub(crate) fn command(words: &[String]) -> Result<bool> {
    let project = Project::read()?;
    if words.iter().any(|word| word == "--shrink") {
        length::shrink(&project)?;
    }
    let wanted: Vec<&String> = words.iter().filter(|word| !word.starts_with("--")).collect();
    if let Some(unknown) = wanted.iter().find(|name| CHECKS.iter().all(|check| check.name != **name)) {
        bail!("there is no check named {unknown}");
    }
    let mut sound = true;
    for check in CHECKS.iter().filter(|check| wanted.is_empty() || wanted.iter().any(|name| check.name == **name)) {
        let problems = (check.run)(&project)?;
        println!("tidy {:<10} {:<44} {}", check.name, check.says, verdict(&problems));
        for problem in &problems {
            println!("  {problem}");
        }
        sound &= problems.is_empty();
    }
    Ok(sound)
}

fn verdict(problems: &[String]) -> String {
    if problems.is_empty() { "ok".to_owned() } else { format!("{} to mend", problems.len()) }
}

impl Project {
    /// Reads the project around the current folder.
    ///
    /// # Errors
    /// When cargo or a file cannot be read.
    pub(crate) fn read() -> Result<Self> {
        let root = workspace::root()?;
        let metadata = Metadata::ask(&root)?;
        let members = metadata.members(&root)?;
        let mut rust = Vec::new();
        for file in workspace::files(&root, &["rs"])? {
            let source = RustSource::new(&workspace::read(&root, &file)?);
            rust.push((file, source));
        }
        Ok(Self { root, metadata, members, rust })
    }

    /// The sources that run on the board, tests left out.
    pub(crate) fn shipping_sources(&self) -> impl Iterator<Item = &(String, RustSource)> {
        self.rust.iter().filter(|(file, _)| self.room_of(file).is_some_and(is_shipping) && !self.is_test_file(file))
    }

    fn room_of(&self, file: &str) -> Option<&'static Room> {
        let member = self.members.iter().find(|member| file.starts_with(&format!("{}/src/", member.folder)))?;
        rooms::ROOMS.iter().find(|room| room.name == member.name)
    }

    /// Whether the file is a module declared under `#[cfg(test)]`.
    pub(crate) fn is_test_file(&self, file: &str) -> bool {
        self.rust.iter().any(|(parent, source)| {
            let inside = module_folder(parent);
            source
                .test_files
                .iter()
                .any(|name| file == format!("{inside}{name}.rs") || file.starts_with(&format!("{inside}{name}/")))
        })
    }
}

fn is_shipping(room: &Room) -> bool {
    room.fate != rooms::Fate::Host
}

/// The folder, with its slash, in which a file's child modules lie.
fn module_folder(file: &str) -> String {
    let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
    match name.trim_end_matches(".rs") {
        "mod" | "lib" | "main" => format!("{folder}/"),
        stem => format!("{folder}/{stem}/"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn child_modules_lie_beside_the_root_and_under_the_rest() {
        for (file, folder) in [("a/src/lib.rs", "a/src/"), ("a/src/b/mod.rs", "a/src/b/"), ("a/src/c.rs", "a/src/c/")] {
            assert_eq!(module_folder(file), folder);
        }
    }
}
