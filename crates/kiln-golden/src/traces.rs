//! Where traces are found: the packed copy of the repository, or a folder laid out the same way.
//!
//! `MODULE/SCENARIO.csv` and `MODULE/params.json`, each plain or with `.gz` behind it.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use serde_json::Value;

use crate::table::{Scenario, TraceError};

/// A folder of traces.
#[derive(Clone, Debug)]
pub struct Traces {
    root: PathBuf,
}

impl Traces {
    /// The copy kept in the repository.
    pub fn builtin() -> Self {
        Self { root: Path::new(env!("CARGO_MANIFEST_DIR")).join("traces") }
    }

    /// A folder of your own.
    ///
    /// # Errors
    /// When there is no such folder.
    pub fn from_dir(path: impl Into<PathBuf>) -> Result<Self, TraceError> {
        let root = path.into();
        if root.is_dir() { Ok(Self { root }) } else { Err(TraceError::new(&root.display(), "not a folder")) }
    }

    /// The modules that have a folder, by name.
    ///
    /// # Errors
    /// When the folder cannot be listed.
    pub fn modules(&self) -> Result<Vec<String>, TraceError> {
        let entries = fs::read_dir(&self.root).map_err(|e| TraceError::new(&self.root.display(), &e))?;
        let folders = entries.flatten().filter(|entry| entry.path().is_dir());
        let mut names: Vec<String> = folders.filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.sort();
        Ok(names)
    }

    /// Every file of a module: its name without `.gz`, and its contents.
    ///
    /// # Errors
    /// When the module has no folder or a file in it cannot be read.
    pub fn files(&self, module: &str) -> Result<BTreeMap<String, String>, TraceError> {
        let folder = self.root.join(module);
        let entries = fs::read_dir(&folder).map_err(|e| TraceError::new(&folder.display(), &e))?;
        let mut files = BTreeMap::new();
        for path in entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()) {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            let text = read(&path).map_err(|e| TraceError::new(&path.display(), &e))?;
            files.insert(name.strip_suffix(".gz").unwrap_or(name).to_owned(), text);
        }
        Ok(files)
    }

    /// Every scenario of a module with its parameters, by name.
    ///
    /// # Errors
    /// When the module has no folder or a file in it cannot be read.
    pub fn scenarios(&self, module: &str) -> Result<Vec<Scenario>, TraceError> {
        let files = self.files(module)?;
        let params = match files.get("params.json") {
            Some(text) => serde_json::from_str(text).map_err(|e| TraceError::new(&format!("{module}/params.json"), &e)),
            None => Ok(Value::Null),
        }?;
        let tables = files.iter().filter_map(|(name, text)| Some((name.strip_suffix(".csv")?, text)));
        tables.map(|(name, text)| Scenario::parse(module, name, text, params.get(name))).collect()
    }

    /// One scenario of a module.
    ///
    /// # Errors
    /// As [`Traces::scenarios`], or when there is no scenario of that name.
    pub fn scenario(&self, module: &str, name: &str) -> Result<Scenario, TraceError> {
        let mut all = self.scenarios(module)?;
        let place = all.iter().position(|scenario| scenario.name() == name);
        place.map(|at| all.swap_remove(at)).ok_or_else(|| TraceError::new(&format!("{module}/{name}"), "no such trace"))
    }
}

fn read(path: &Path) -> std::io::Result<String> {
    let mut text = String::new();
    if path.extension().is_some_and(|extension| extension == "gz") {
        GzDecoder::new(File::open(path)?).read_to_string(&mut text)?;
    } else {
        File::open(path)?.read_to_string(&mut text)?;
    }
    Ok(text)
}
