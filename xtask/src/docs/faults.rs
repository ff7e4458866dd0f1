//! `docs/safety/faults.md`, from the fault kinds in kiln-core.

use kiln_core::fault::{Kind, Severity};

use super::NOTE;

/// The whole document.
pub(super) fn document() -> String {
    let mut text = format!(
        "# Faults\n\n{NOTE} `crates/kiln-core/src/fault/kind.rs`; change it there.\n\n\
         | severity | what happens |\n|---|---|\n"
    );
    for severity in [Severity::Notice, Severity::Hold, Severity::Trip, Severity::Lockout] {
        text += &format!("| {severity:?} | {} |\n", consequence(severity));
    }
    text += "\nA code is never given to another cause.\n\n| code | fault | severity | meaning |\n|---|---|---|---|\n";
    for kind in Kind::ALL {
        text += &format!("| {} | {} | {:?} | {} |\n", kind.code(), words(kind), kind.severity(), kind.meaning());
    }
    text
}

fn consequence(severity: Severity) -> &'static str {
    match severity {
        Severity::Notice => "shown and logged; nothing changes",
        Severity::Hold => "heat is withheld while it lasts; the firing waits",
        Severity::Trip => "heat off and latched; the firing has ended; a person clears it",
        Severity::Lockout => "as Trip, and the safety contactor opens; it survives a restart",
    }
}

/// The kind's name as words: `SensorNotReady` is "sensor not ready".
fn words(kind: Kind) -> String {
    let mut text = String::new();
    for c in format!("{kind:?}").chars() {
        if c.is_uppercase() && !text.is_empty() {
            text.push(' ');
        }
        text.extend(c.to_lowercase());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_has_its_row() {
        let text = document();
        assert!(Kind::ALL.iter().all(|kind| text.contains(&format!("| {} | {} |", kind.code(), words(*kind)))));
    }
}
