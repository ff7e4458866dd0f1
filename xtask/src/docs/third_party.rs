//! `THIRD-PARTY.md`: what others wrote, where it is used and under which licence.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::NOTE;
use crate::licence;
use crate::rooms;
use crate::workspace::{Metadata, text};

/// A package that somebody else wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) licence: String,
    pub(crate) repository: String,
    /// Whether it is part of what runs on the board.
    pub(crate) ships: bool,
}

/// What a package carries along under terms of its own, which its licence field does not say.
const CARRIED: &[(&str, &str)] = &[
    ("dejavu", "carries the DejaVu fonts, free under the terms of Bitstream Vera and Arev; only pictures use them"),
    (
        "cyw43-firmware",
        "carries the program that the radio runs, free to be given away unchanged and to be used with Raspberry Pi's chips; \
         docs/hardware/radio-licence.md has its terms",
    ),
    (
        "tinyrlibc",
        "gives each function a licence of its own; the four that littlefs needs on the board are under the Blue Oak Model \
         Licence 1.0.0",
    ),
];

/// The whole document.
pub(super) fn document(metadata: &Metadata) -> String {
    let packages = packages(metadata);
    let mut text = format!(
        "# Third-party software\n\n{NOTE} `Cargo.lock`; tests' own dependencies are left out. Every licence is \
         permissive: `cargo xtask tidy` refuses another.\n"
    );
    for (title, ships) in
        [("What the board's software is built from", true), ("What the tools on a computer are built from", false)]
    {
        text += &format!("\n## {title}\n\n| package | version | licence |\n|---|---|---|\n");
        for package in packages.iter().filter(|package| package.ships == ships) {
            let name = match package.repository.as_str() {
                "" => package.name.clone(),
                repository => format!("[{}]({repository})", package.name),
            };
            text += &format!("| {name} | {} | {} |\n", package.version, package.licence);
        }
    }
    for (name, what) in CARRIED.iter().filter(|(name, _)| packages.iter().any(|package| package.name == *name)) {
        text += &format!("\n`{name}` {what}.\n");
    }
    text
}

/// Every foreign package the project uses outside its tests, on any system, sorted by name.
pub(crate) fn packages(metadata: &Metadata) -> Vec<Package> {
    let graph = graph(metadata);
    let ours: BTreeMap<&str, &str> = metadata
        .packages()
        .filter(|package| package.get("source").is_none_or(Value::is_null))
        .map(|package| (text(package, "id"), text(package, "name")))
        .collect();
    let shipping = ours
        .iter()
        .filter(|(_, name)| rooms::ROOMS.iter().any(|room| room.fate != rooms::Fate::Host && room.name == **name));
    let on_board = reach(&without_features(&graph, metadata, &ours), shipping.map(|(id, _)| *id));
    let anywhere = reach(&graph, ours.keys().copied());
    let foreign = metadata.packages().filter(|package| !ours.contains_key(text(package, "id")));
    let used = foreign.filter(|package| anywhere.contains(text(package, "id")));
    let mut packages: Vec<Package> = used
        .map(|package| Package {
            name: text(package, "name").to_owned(),
            version: text(package, "version").to_owned(),
            licence: licence::of_package(text(package, "name"), text(package, "license")).to_owned(),
            repository: text(package, "repository").to_owned(),
            ships: on_board.contains(text(package, "id")),
        })
        .collect();
    packages.sort();
    packages
}

/// Who needs whom to be built, tests left out.
fn graph(metadata: &Metadata) -> BTreeMap<&str, Vec<&str>> {
    let array = |value: Option<&'_ Value>| value.and_then(Value::as_array).cloned().unwrap_or_default();
    let mut graph = BTreeMap::new();
    for node in metadata.nodes() {
        let needs = node.get("deps").and_then(Value::as_array).into_iter().flatten();
        let built = needs.filter(|need| array(need.get("dep_kinds")).iter().any(|kind| text(kind, "kind") != "dev"));
        graph.insert(text(node, "id"), built.map(|need| text(need, "pkg")).collect());
    }
    graph
}

/// The same without what our crates need only for a feature: no feature is on in what ships.
fn without_features<'g>(
    graph: &BTreeMap<&'g str, Vec<&'g str>>,
    metadata: &'g Metadata,
    ours: &BTreeMap<&str, &str>,
) -> BTreeMap<&'g str, Vec<&'g str>> {
    let names: BTreeMap<&str, &str> =
        metadata.packages().map(|package| (text(package, "id"), text(package, "name"))).collect();
    let mut graph = graph.clone();
    for package in metadata.packages().filter(|package| ours.contains_key(text(package, "id"))) {
        let asked = package.get("dependencies").and_then(Value::as_array).into_iter().flatten();
        let optional: BTreeSet<&str> = asked
            .filter(|asked| asked.get("optional").and_then(Value::as_bool) == Some(true))
            .map(|asked| text(asked, "name"))
            .collect();
        if let Some(needs) = graph.get_mut(text(package, "id")) {
            needs.retain(|id| names.get(id).is_none_or(|name| !optional.contains(name)));
        }
    }
    graph
}

/// Everything that can be reached from the starts, the starts included.
fn reach<'g>(graph: &BTreeMap<&'g str, Vec<&'g str>>, starts: impl Iterator<Item = &'g str>) -> BTreeSet<&'g str> {
    let mut open: Vec<&str> = starts.collect();
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        if seen.insert(id) {
            open.extend(graph.get(id).into_iter().flatten());
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_needed_by_what_is_needed_is_reached() {
        let graph = BTreeMap::from([("a", vec!["b"]), ("b", vec!["c"]), ("d", vec![])]);
        assert_eq!(reach(&graph, ["a"].into_iter()), BTreeSet::from(["a", "b", "c"]));
    }
}
