//! What a browser fetches of the kiln, packed: for the first paint, and in all.

use anyhow::{Context as _, Result};

use super::{Bench, Counts};
use crate::app;

/// What the first paint needs.
const FIRST: [&str; 2] = ["index.html.gz", "main.js.gz"];
/// What is fetched after it.
const LATER: [&str; 2] = ["rest.js.gz", "kiln.wasm.gz"];

/// Builds the page and weighs its files.
pub(super) fn counts(bench: &Bench) -> Result<Counts> {
    let folder = app::build(&bench.root)?;
    let weigh = |files: &[&str]| -> Result<u64> {
        let size = |file: &&str| {
            let path = folder.join(file);
            Ok(std::fs::metadata(&path).with_context(|| format!("no {}", path.display()))?.len())
        };
        files.iter().map(size).sum()
    };
    let first = weigh(&FIRST)?;
    Ok(vec![("first".to_owned(), first), ("all".to_owned(), first + weigh(&LATER)?)])
}
