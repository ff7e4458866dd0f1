//! Documents written from the code: one generator per file, compared by tidy.

mod board;
mod configuration;
mod faults;
mod limits;
mod packed;
pub(crate) mod third_party;

use anyhow::Result;

use crate::tidy::Project;
use crate::workspace;

/// What each generated document begins with, under its title.
const NOTE: &str = "Written by `cargo xtask docs` from";

struct Document {
    path: &'static str,
    text: fn(&Project) -> String,
}

const DOCUMENTS: &[Document] = &[
    Document { path: "docs/safety/limits.md", text: |_| limits::document() },
    Document { path: "docs/safety/faults.md", text: |_| faults::document() },
    Document { path: "docs/hardware/pins.md", text: |_| board::pins() },
    Document { path: "docs/hardware/fence.md", text: |_| board::fence() },
    Document { path: "docs/configuration.md", text: |_| configuration::document() },
    Document { path: "docs/api/openapi.json", text: |_| openapi() },
    Document { path: "app/src/generated/wire.ts", text: |_| kiln_wire::describe::typescript() },
    Document { path: "THIRD-PARTY.md", text: |project| third_party::document(&project.metadata) },
];

/// The interface, readable.
fn openapi() -> String {
    format!("{:#}\n", kiln_wire::describe::openapi())
}

/// `cargo xtask docs`: writes every generated document that is not as it should be.
///
/// # Errors
/// When the project cannot be read or a document cannot be written.
pub(crate) fn command(_words: &[String]) -> Result<bool> {
    let project = Project::read()?;
    for document in DOCUMENTS {
        let text = (document.text)(&project);
        let fresh = workspace::read(&project.root, document.path).is_ok_and(|there| there == text);
        if !fresh {
            workspace::write(&project.root, document.path, &text)?;
        }
        println!("{:<28} {}", document.path, if fresh { "was fresh" } else { "written" });
    }
    if !packed::is_fresh(&project.root) {
        packed::write(&project.root)?;
        println!("{:<28} written", packed::PATH);
    }
    Ok(true)
}

/// The documents that do not say what the code says.
///
/// # Errors
/// Never; a document that cannot be read is stale.
pub(crate) fn stale(project: &Project) -> Result<Vec<String>> {
    let texts = DOCUMENTS.iter().map(|document| (document.path, (document.text)(project)));
    let mut stale = differing(texts, |path| workspace::read(&project.root, path).ok());
    if !packed::is_fresh(&project.root) {
        stale.push(format!("{}: is not what the code says; run `cargo xtask docs`", packed::PATH));
    }
    Ok(stale)
}

fn differing(
    texts: impl Iterator<Item = (&'static str, String)>,
    read: impl Fn(&str) -> Option<String>,
) -> Vec<String> {
    let old = texts.filter(|(path, text)| read(path).as_ref() != Some(text));
    old.map(|(path, _)| format!("{path}: is not what the code says; run `cargo xtask docs`")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stale_or_missing_document_is_seen() {
        let count = |there: Option<&str>| {
            differing([("a.md", "new".to_owned())].into_iter(), |_| there.map(str::to_owned)).len()
        };
        assert_eq!((count(Some("new")), count(Some("other")), count(None)), (0, 1, 1));
    }
}
