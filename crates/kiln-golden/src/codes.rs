//! What an error text of a trace means, as a short code.
//!
//! Which error it was is compared; its wording is not. The packed traces hold the codes only, and a folder that still
//! holds texts is read through the same table, so a replay sees codes either way.

/// The columns that may hold a text.
const COLUMNS: [&str; 3] = ["error", "result", "reason"];

/// A fragment that tells one error from the others, and its code.
const FRAGMENTS: [(&str, &str); 23] = [
    ("already scheduled", "refused:occupied"),
    ("in the future", "refused:past"),
    ("already running", "refused:busy"),
    ("at least one step", "refused:no_steps"),
    ("'steps' array", "refused:steps"),
    ("KeyError: 'name'", "refused:name"),
    ("KeyError: 'type'", "refused:type"),
    ("KeyError: 'target_temp'", "refused:target_temp"),
    ("KeyError: 'duration'", "refused:duration"),
    ("Stall ", "stall"),
    ("exceeds maximum", "over_temperature"),
    ("consecutive sensor", "sensor_lost"),
    ("Scheduled profile", "scheduled_profile_missing"),
    ("load profile", "profile_missing"),
    ("NoneType", "crash"),
    ("No log files", "no_log"),
    ("parse log", "unreadable"),
    ("extract profile name", "no_profile_name"),
    ("OK: temp", "ok"),
    ("deviated", "deviation"),
    ("state was ERROR", "state:ERROR"),
    ("state was COMPLETE", "state:COMPLETE"),
    ("state was IDLE", "state:IDLE"),
];

/// Whether the column may hold a text.
pub(crate) fn coded(column: &str) -> bool {
    COLUMNS.contains(&column)
}

/// The code of a text; a value that is not a text stays as it is.
pub(crate) fn code(text: &str) -> &str {
    if let Some((_, code)) = FRAGMENTS.iter().find(|(fragment, _)| text.contains(fragment)) {
        code
    } else if text.contains("state was") {
        "state:other"
    } else if text.contains(' ') {
        "other"
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_stays_what_it_is() {
        for (_, code_of) in FRAGMENTS {
            assert_eq!(code(code_of), code_of);
        }
        for value in ["", "ok", "0.25", "-16.3694", "None", "state:other", "other", "err_not_initialized"] {
            assert_eq!(code(value), value);
        }
    }

    #[test]
    fn an_unknown_text_keeps_no_words() {
        assert_eq!(code("something went wrong"), "other");
    }
}
