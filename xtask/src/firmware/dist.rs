//! `cargo xtask dist`: what is handed out, and the proof that the same source gives the same bytes.
//!
//! Everything is built twice, the second time in a folder of its own with nothing built before. With the image go its
//! sums, a list of everything it is made of (SPDX 2.3) and the licences of what others wrote.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use crate::docs::third_party;
use crate::proc;
use crate::workspace::{self, Metadata};

const OUT: &str = "out/dist";
/// Where the second build is made, from the root.
const AGAIN: &str = "target/again";
/// What is compared and summed.
const IMAGES: [&str; 4] = ["pico-kiln.uf2", "pico-kiln.elf", "pico-kiln-control.elf", "pico-kiln-control.bin"];
const DOCUMENTS: [&str; 4] = ["THIRD-PARTY.md", "LICENSE-APACHE", "LICENSE-MIT", "CHANGELOG.md"];

/// Makes it; whether both builds are the same.
pub(super) fn make(root: &Path) -> Result<bool> {
    let metadata = Metadata::ask(root)?;
    super::build(root, &metadata, OUT)?;
    let mut again = proc::cargo(root);
    again.args(["xtask", "firmware"]).env("CARGO_TARGET_DIR", AGAIN);
    proc::run(&mut again)?;
    let mut same = true;
    for image in IMAGES {
        let [first, second] = [OUT, super::OUT].map(|folder| super::read(&root.join(folder).join(image)));
        let equal = first? == second?;
        println!("{image:<24} {}", if equal { "the same twice" } else { "DIFFERS" });
        same &= equal;
    }
    for document in DOCUMENTS {
        let text = workspace::read(root, document)?;
        workspace::write(root, &format!("{OUT}/{document}"), &text)?;
    }
    let sbom = serde_json::to_string_pretty(&sbom(&metadata))?;
    workspace::write(root, &format!("{OUT}/pico-kiln.spdx.json"), &(sbom + "\n"))?;
    let sums =
        proc::read(Command::new("sha256sum").args(IMAGES).arg("pico-kiln.spdx.json").current_dir(root.join(OUT)))
            .context("the sums cannot be made")?;
    workspace::write(root, &format!("{OUT}/SHA256SUMS"), &sums)?;
    print!("{sums}");
    Ok(same)
}

/// Everything the board's software is made of, as SPDX 2.3 has it: one package that is this software, and what it contains.
fn sbom(metadata: &Metadata) -> Value {
    const WHOLE: &str = "SPDXRef-image";
    let shipped: Vec<third_party::Package> =
        third_party::packages(metadata).into_iter().filter(|package| package.ships).collect();
    let whole = json!({
        "SPDXID": WHOLE,
        "name": "pico-kiln",
        "versionInfo": env!("CARGO_PKG_VERSION"),
        "downloadLocation": "NOASSERTION",
        "filesAnalyzed": false,
        "licenseConcluded": "NOASSERTION",
        "licenseDeclared": "MIT OR Apache-2.0",
        "copyrightText": "NOASSERTION",
    });
    let relation = |of: &str, how: &str, to: &str| json!({ "spdxElementId": of, "relationshipType": how, "relatedSpdxElement": to });
    let relations = [relation("SPDXRef-DOCUMENT", "DESCRIBES", WHOLE)];
    let contained = shipped.iter().map(|package| relation(WHOLE, "CONTAINS", &id(package)));
    let packages: Vec<Value> = [whole].into_iter().chain(shipped.iter().map(listed)).collect();
    let relationships: Vec<Value> = relations.into_iter().chain(contained).collect();
    json!({
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": "pico-kiln",
        "documentNamespace": "https://spdx.org/spdxdocs/pico-kiln",
        // A date would make two builds differ.
        "creationInfo": { "created": "1970-01-01T00:00:00Z", "creators": ["Tool: cargo-xtask-dist"] },
        "packages": packages,
        "relationships": relationships,
    })
}

/// What a package is known by in the list: letters, digits, dots and hyphens only (SPDX 2.3, 7.2).
fn id(package: &third_party::Package) -> String {
    let plain = |text: &str| text.replace(|c: char| !c.is_ascii_alphanumeric() && c != '.', "-");
    format!("SPDXRef-{}-{}", plain(&package.name), plain(&package.version))
}

fn listed(package: &third_party::Package) -> Value {
    json!({
        "SPDXID": id(package),
        "name": package.name,
        "versionInfo": package.version,
        "downloadLocation": if package.repository.is_empty() { "NOASSERTION" } else { &package.repository },
        "filesAnalyzed": false,
        "licenseConcluded": "NOASSERTION",
        "licenseDeclared": "NOASSERTION",
        "copyrightText": "NOASSERTION",
        "comment": package.licence,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_names_each_package_once_and_says_what_it_is_a_list_of() {
        let root = workspace::root().unwrap();
        let list = sbom(&Metadata::ask(&root).unwrap());
        let text = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
        let packages = list["packages"].as_array().unwrap();
        let ids: std::collections::BTreeSet<String> = packages.iter().map(|package| text(package, "SPDXID")).collect();
        assert!(ids.len() == packages.len() && packages.len() > 50, "{}", packages.len());
        let is_plain = |id: &str| id.chars().all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-');
        assert!(ids.iter().all(|id| is_plain(id)), "{ids:?}");
        let relations = list["relationships"].as_array().unwrap();
        let related: Vec<String> = relations.iter().map(|relation| text(relation, "relatedSpdxElement")).collect();
        assert!(relations.len() == packages.len() && related.iter().all(|id| ids.contains(id)));
    }
}
