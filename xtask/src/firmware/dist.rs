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

/// Everything the board's software is made of, as SPDX 2.3 has it.
fn sbom(metadata: &Metadata) -> Value {
    let package = |package: &third_party::Package| {
        json!({
            "SPDXID": format!("SPDXRef-{}-{}", package.name, package.version.replace('+', "-")),
            "name": package.name,
            "versionInfo": package.version,
            "downloadLocation": if package.repository.is_empty() { "NOASSERTION" } else { &package.repository },
            "licenseConcluded": "NOASSERTION",
            "licenseDeclared": "NOASSERTION",
            "comment": package.licence,
        })
    };
    let packages: Vec<Value> =
        third_party::packages(metadata).iter().filter(|package| package.ships).map(package).collect();
    json!({
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": "pico-kiln",
        "documentNamespace": "https://spdx.org/spdxdocs/pico-kiln",
        // A date would make two builds differ.
        "creationInfo": { "created": "1970-01-01T00:00:00Z", "creators": ["Tool: cargo-xtask-dist"] },
        "packages": packages,
    })
}
