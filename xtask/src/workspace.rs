//! What cargo and the file system know about the project.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::proc;

/// Folders that hold what is made, fetched or private: never read by a check.
const NOT_OURS: &[&str] = &["target", "out", "node_modules", ".git"];

/// The root of the project: the nearest folder at or above the current one that holds `xtask/Cargo.toml`.
///
/// # Errors
/// When called from outside the project.
pub(crate) fn root() -> Result<PathBuf> {
    let here = std::env::current_dir().context("the current folder cannot be read")?;
    let found = here.ancestors().find(|folder| folder.join("xtask/Cargo.toml").is_file());
    found.map(Path::to_path_buf).context("not inside the project: no folder above this one holds xtask/Cargo.toml")
}

/// One crate of the project.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) name: String,
    /// The folder of its manifest, relative to the root, with forward slashes.
    pub(crate) folder: String,
}

/// What `cargo metadata` says, kept whole: each question picks its own fields.
pub(crate) struct Metadata(Value);

impl Metadata {
    /// Asks cargo. Needs the lock file's packages, so it may fetch them.
    ///
    /// # Errors
    /// When cargo fails or answers something that is not JSON.
    pub(crate) fn ask(root: &Path) -> Result<Self> {
        let text = proc::read(proc::cargo(root).args(["metadata", "--format-version", "1"]))?;
        Ok(Self(serde_json::from_str(&text).context("cargo metadata did not answer JSON")?))
    }

    /// Every package of the lock file, ours and others'.
    pub(crate) fn packages(&self) -> impl Iterator<Item = &Value> {
        list(self.0.get("packages"))
    }

    /// The nodes of the resolved dependency graph.
    pub(crate) fn nodes(&self) -> impl Iterator<Item = &Value> {
        list(self.0.get("resolve").and_then(|resolve| resolve.get("nodes")))
    }

    /// A table of numbers under `[workspace.metadata.NAME]`, in the order of their names.
    ///
    /// # Errors
    /// When there is no such table, or a value in it is not a whole number ≥ 0.
    pub(crate) fn numbers(&self, name: &str) -> Result<Vec<(String, u64)>> {
        let table = self.0.get("metadata").and_then(|metadata| metadata.get(name)).and_then(Value::as_object);
        let table = table.with_context(|| format!("Cargo.toml has no [workspace.metadata.{name}]"))?;
        let number = |value: &Value, key: &str| {
            value.as_u64().with_context(|| format!("{name}.{key} in Cargo.toml is not a whole number"))
        };
        table.iter().map(|(key, value)| Ok((key.clone(), number(value, key)?))).collect()
    }

    /// Where cargo puts what it builds.
    ///
    /// # Errors
    /// When cargo did not say.
    pub(crate) fn target_folder(&self) -> Result<PathBuf> {
        let folder = self.0.get("target_directory").and_then(Value::as_str);
        Ok(PathBuf::from(folder.context("cargo metadata names no target directory")?))
    }

    /// The crates of the project, sorted by name.
    ///
    /// # Errors
    /// When a member lies outside the root.
    pub(crate) fn members(&self, root: &Path) -> Result<Vec<Member>> {
        let ids: Vec<&str> = list(self.0.get("workspace_members")).filter_map(Value::as_str).collect();
        let mut members = Vec::new();
        for package in self.packages().filter(|package| ids.contains(&text(package, "id"))) {
            let manifest = Path::new(text(package, "manifest_path"));
            let folder = manifest.parent().context("a manifest without a folder")?;
            members.push(Member { name: text(package, "name").to_owned(), folder: relative(root, folder)? });
        }
        members.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(members)
    }
}

fn list(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}

/// A field of a JSON object that is text; empty where it is absent or something else.
pub(crate) fn text<'v>(value: &'v Value, field: &str) -> &'v str {
    value.get(field).and_then(Value::as_str).unwrap_or_default()
}

/// The path as seen from the root, with forward slashes.
///
/// # Errors
/// When the path lies outside the root.
pub(crate) fn relative(root: &Path, path: &Path) -> Result<String> {
    let inside = path.strip_prefix(root).with_context(|| format!("{} is outside the project", path.display()))?;
    let parts: Vec<String> = inside.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    Ok(parts.join("/"))
}

/// Every file of the project with one of these extensions, relative to the root, sorted.
///
/// # Errors
/// When a folder cannot be read.
pub(crate) fn files(root: &Path, extensions: &[&str]) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).with_context(|| format!("{} cannot be read", folder.display()))? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let extension = path.extension().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() && !NOT_OURS.contains(&name.as_str()) {
                folders.push(path);
            } else if path.is_file() && extensions.contains(&extension.as_str()) {
                found.push(relative(root, &path)?);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The text of a file named relative to the root.
///
/// # Errors
/// When it cannot be read; the name is in the error.
pub(crate) fn read(root: &Path, file: &str) -> Result<String> {
    fs::read_to_string(root.join(file)).with_context(|| format!("{file} cannot be read"))
}

/// Writes a file named relative to the root, making its folder.
///
/// # Errors
/// When it cannot be written; the name is in the error.
pub(crate) fn write(root: &Path, file: &str, text: &str) -> Result<()> {
    let path = root.join(file);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("the folder of {file} cannot be made"))?;
    }
    fs::write(path, text).with_context(|| format!("{file} cannot be written"))
}
