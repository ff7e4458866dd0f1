//! `docs/safety/limits.md`, from the table of limits in kiln-core.

use kiln_core::limits::{TABLE, Value};
use kiln_core::units::Millis;

use super::NOTE;

/// The whole document.
pub(super) fn document() -> String {
    let mut text = format!(
        "# Limits\n\n{NOTE} `crates/kiln-core/src/limits.rs`; change it there.\n\n\
         Settings move inside these. Nothing moves these but a new build.\n\n\
         | limit | value | hazards | why |\n|---|---:|---|---|\n"
    );
    for limit in TABLE {
        let value = shown(limit.value);
        text += &format!("| `{}` | {value} | {} | {} |\n", limit.name, limit.hazards, limit.why.trim());
    }
    text
}

/// The value as a person reads it, with its unit.
fn shown(value: Value) -> String {
    match value {
        Value::Temperature(celsius) => format!("{} °C", celsius.get()),
        Value::Difference(kelvin) => format!("{} K", kelvin.get()),
        Value::Rate(rate) => format!("{} °C/h", rate.get()),
        Value::Time(time) => span(time),
        Value::Percent(share) => format!("{share} %"),
        Value::Count(count) => count.to_string(),
        Value::Few(few) => few.to_string(),
    }
}

/// A length of time in the largest unit that divides it.
fn span(time: Millis) -> String {
    let millis = time.get();
    let units = [("days", 86_400_000), ("h", 3_600_000), ("min", 60_000), ("s", 1000)];
    let whole = units.into_iter().find(|(_, length)| millis >= 2 * length && millis.is_multiple_of(*length));
    match whole {
        Some((unit, length)) => format!("{} {unit}", millis / length),
        None => format!("{millis} ms"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_shown_in_its_largest_unit() {
        let cases =
            [(500, "500 ms"), (2000, "2 s"), (900_000, "15 min"), (43_200_000, "12 h"), (604_800_000, "7 days")];
        for (millis, text) in cases {
            assert_eq!(span(Millis::new(millis)), text);
        }
    }

    #[test]
    fn every_limit_has_its_row() {
        assert_eq!(document().lines().filter(|line| line.starts_with("| `")).count(), TABLE.len());
    }
}
