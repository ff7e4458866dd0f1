//! A crate depends on what its row in [`crate::rooms`] allows, in the configuration that ships, and ships `no_std`.
//!
//! `cargo tree` is asked with normal dependencies, default features and the board's target; procedural macros run on
//! the computer that builds and are left out.

use std::collections::BTreeSet;

use anyhow::Result;

use super::{Problems, Project};
use crate::proc;
use crate::rooms::{BOARD_TARGET, ROOMS, Room, Wall};

pub(super) fn check(project: &Project) -> Problems {
    let members: Vec<&str> = project.members.iter().map(|member| member.name.as_str()).collect();
    let mut problems = unlisted(&members, ROOMS);
    for room in ROOMS.iter().filter(|room| members.contains(&room.name)) {
        if let Wall::Only(may, brings) = room.wall {
            problems.extend(breaches(room.name, may, brings, &tree(project, room)?));
        }
    }
    for (file, source) in project.shipping_sources() {
        problems.extend(borrowed(file, &source.code));
    }
    Ok(problems)
}

/// What a file of a shipping crate takes from beyond `core`. Behind a feature it may: no feature is on by default.
fn borrowed(file: &str, code: &str) -> Vec<String> {
    let mut problems = Vec::new();
    if file.ends_with("/src/lib.rs") && !code.contains("no_std") {
        problems.push(format!("{file}: lacks #![no_std]"));
    }
    let mut above = "";
    for (at, line) in code.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let taken = ["std", "alloc"].iter().find(|name| line.contains(&format!("extern crate {name}")));
        if let Some(name) = taken.filter(|_| !above.contains("#[cfg(")) {
            problems.push(format!("{file}:{}: what ships does without {name}", at + 1));
        }
        above = line;
    }
    problems
}

/// The dependency tree of a room, one `DEPTHname version` per line.
fn tree(project: &Project, room: &Room) -> Result<String> {
    let mut command = proc::cargo(&project.root);
    command.args(["tree", "--package", room.name, "--edges", "normal,no-proc-macro"]);
    command.args(["--target", BOARD_TARGET, "--prefix", "depth", "--no-dedupe"]);
    proc::read(&mut command)
}

/// Crates without a row and rows without a crate.
fn unlisted(members: &[&str], rooms: &[Room]) -> Vec<String> {
    let listed: Vec<&str> = rooms.iter().map(|room| room.name).collect();
    let missing = members.iter().filter(|name| !listed.contains(name));
    let idle = listed.iter().filter(|name| !members.contains(name));
    let missing = missing.map(|name| format!("xtask/src/rooms.rs: the crate {name} has no row"));
    missing.chain(idle.map(|name| format!("xtask/src/rooms.rs: the row {name} has no crate"))).collect()
}

/// Dependencies of a tree that the lists do not allow.
fn breaches(room: &str, may: &[&str], brings: &[&str], tree: &str) -> Vec<String> {
    let mut found = BTreeSet::new();
    for line in tree.lines() {
        let name = line.trim_start_matches(|c: char| c.is_ascii_digit()).split(' ').next().unwrap_or_default();
        let depth = line.get(..line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len());
        match depth {
            Some("0") | None => {}
            Some("1") if may.contains(&name) => {}
            Some("1") => {
                found.insert(format!("{room}: depends on {name}, which its row does not allow"));
            }
            Some(_) if may.contains(&name) || brings.contains(&name) => {}
            Some(_) => {
                found.insert(format!("{room}: {name} comes along, which its row does not allow"));
            }
        }
    }
    found.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rooms::Fate;

    #[test]
    fn a_dependency_beyond_the_wall_is_named() {
        let tree = "0kiln-control v0.1.0\n1kiln-core v0.1.0\n1serde v1.0.0\n2serde_core v1.0.0\n1kiln-hal v0.1.0\n2kiln-core v0.1.0\n";
        let problems = breaches("kiln-control", &["kiln-core", "kiln-hal"], &[], tree);
        assert_eq!(
            problems,
            [
                "kiln-control: depends on serde, which its row does not allow",
                "kiln-control: serde_core comes along, which its row does not allow",
            ]
        );
        assert!(breaches("kiln-control", &["kiln-core", "kiln-hal", "serde"], &["serde_core"], tree).is_empty());
    }

    #[test]
    fn std_and_alloc_are_seen_unless_behind_a_feature() {
        let count = |code: &str| borrowed("a/src/lib.rs", code).len();
        assert_eq!(count("#![no_std]\n"), 0);
        assert_eq!(count("pub mod a;\n"), 1);
        assert_eq!(count("#![no_std]\nextern crate alloc;\n"), 1);
        assert_eq!(count("#![no_std]\n#[cfg(feature = \"    \")]\nextern crate alloc;\n"), 0);
    }

    #[test]
    fn a_crate_without_a_row_and_a_row_without_a_crate_are_named() {
        let rooms = [Room { name: "kiln-core", fate: Fate::Ships, wall: Wall::Open }];
        assert_eq!(unlisted(&["kiln-core"], &rooms).len(), 0);
        assert_eq!(unlisted(&["kiln-core", "kiln-x"], &rooms).len(), 1);
        assert_eq!(unlisted(&[], &rooms).len(), 1);
    }
}
