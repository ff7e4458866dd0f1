//! `docs/configuration.md`, from the table of keys in kiln-wire.

use kiln_wire::config::{Applies, Config, Key, KeyKind, Right, Told, reference};

use super::NOTE;

/// The whole document.
pub(super) fn document() -> String {
    let mut text = format!(
        "# Configuration\n\n{NOTE} `crates/kiln-wire/src/config/groups.rs`; change it there.\n\n\
         A change is merged over what is stored, whole or not at all. *Local* keys are changed over USB, over the \
         set-up network while idle, or with a code that the kiln shows. A secret goes in and never comes out.\n"
    );
    let mut group = "";
    Config::DELIVERED.each(|key, told| {
        if key.group != group {
            group = key.group;
            text +=
                &format!("\n## {group}\n\n| key | values | delivered | takes effect | for |\n|---|---|---|---|---|\n");
        }
        let local = if key.right == Right::Local { "; *local*" } else { "" };
        let (values, delivered, when) = (values(key), shown(told), applies(key.applies));
        text += &format!("| `{}` | {values} | {delivered} | {when}{local} | {} |\n", key.name, key.help.trim());
    });
    text += "\n## A file of the reference controller\n\nA flat `config.json` is taken in whole or not at all. These \
             keys become nothing here:\n\n| key | because |\n|---|---|\n";
    for (key, why) in reference::aside() {
        text += &format!("| `{key}` | {why} |\n");
    }
    text
}

fn values(key: &Key) -> String {
    let unit = if key.unit.is_empty() { String::new() } else { format!(" {}", key.unit) };
    match key.kind {
        KeyKind::Number(least, most) => format!("{least} to {most}{unit}"),
        KeyKind::Whole(least, most) => format!("{least} to {most}{unit}, whole"),
        KeyKind::OneOf(numbers) => {
            let numbers: Vec<_> = numbers.iter().map(ToString::to_string).collect();
            format!("{}{unit}", numbers.join(", "))
        }
        KeyKind::Switch => "true, false".to_owned(),
        KeyKind::Choice(words) => format!("`{}`", words.join("`, `")),
        KeyKind::Text(most) => format!("text of at most {most} bytes"),
        KeyKind::Host(most) => format!("small letters, digits and hyphens, at most {most}"),
        KeyKind::Secret(most) => format!("secret text of at most {most} bytes"),
        KeyKind::Address => "IPv4 address or null".to_owned(),
        KeyKind::Pins(count, least, most) => format!("1 to {count} pins, {least} to {most}"),
    }
}

fn shown(told: Told<'_>) -> String {
    match told {
        Told::Number(number) => number.to_string(),
        Told::Whole(number) => number.to_string(),
        Told::Switch(on) => on.to_string(),
        Told::Text("") | Told::Secret => "empty".to_owned(),
        Told::Text(text) => format!("`{text}`"),
        Told::Address(address) => address.map_or_else(|| "null".to_owned(), |address| address.to_string()),
        Told::Pins(pins) => format!("{pins:?}"),
    }
}

fn applies(applies: Applies) -> &'static str {
    match applies {
        Applies::Now => "now",
        Applies::NextFiring => "next firing",
        Applies::Restart => "restart",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_its_row() {
        let text = document();
        assert!(Config::keys().all(|key| text.contains(&format!("| `{}` | {} |", key.name, values(key)))));
    }
}
