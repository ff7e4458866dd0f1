//! The page that was built from `app/`, read from its folder.
//!
//! What an answer says of it was written beside it by the build. It is read once: a new build is served by a new start.

use std::path::Path;

use kiln_app::http::{Asset, Content, Pages};

/// What the build says of its files.
const INDEX: &str = "pages.json";

/// A file of the build, and what is said of it.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    file: String,
    tag: String,
    policy: Option<String>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Index {
    page: Entry,
    main: Option<Entry>,
    rest: Option<Entry>,
    compute: Option<Entry>,
}

/// The page in a folder.
///
/// # Errors
/// What cannot be read, in words.
pub fn read(folder: &Path) -> Result<Pages, String> {
    let index = folder.join(INDEX);
    let say = |error: &dyn std::fmt::Display| format!("no page in {}: {error}", folder.display());
    let text = std::fs::read(&index).map_err(|error| say(&error))?;
    let index: Index = serde_json::from_slice(&text).map_err(|error| say(&error))?;
    let asset = |entry: Entry, content| -> Result<Asset, String> {
        let bytes = std::fs::read(folder.join(&entry.file)).map_err(|error| say(&error))?;
        // A page is there for as long as the program.
        let kept = |text: String| -> &'static str { text.leak() };
        Ok(Asset { bytes: bytes.leak(), content, tag: Some(kept(entry.tag)), policy: entry.policy.map(kept) })
    };
    let part = |entry: Option<Entry>, content| entry.map(|entry| asset(entry, content)).transpose();
    Ok(Pages {
        page: asset(index.page, Content::PackedHtml)?,
        main: part(index.main, Content::PackedScript)?,
        rest: part(index.rest, Content::PackedScript)?,
        compute: part(index.compute, Content::PackedWasm)?,
    })
}
