//! Whether a refusal points at something: a line that the text has, a path that leads somewhere in it.

use kiln_wire::{Refusal, Why};
use serde_json::Value;

use crate::Verdict;

/// Holds a refusal against the text it is of, which is no JSON: its path counts segments, not keys.
pub(crate) fn refused_line(text: &[u8], refusal: &Refusal) -> Verdict {
    let lines = text.split(|byte| *byte == b'\n').count();
    let line = usize::try_from(refusal.line).unwrap_or(usize::MAX);
    assert!((1..=lines).contains(&line), "a line that is not there: {refusal}");
    assert!(!refusal.why.code().is_empty() && !refusal.to_string().is_empty());
    Verdict::Refused
}

/// Holds a refusal against the document it is of.
pub(crate) fn refused(text: &[u8], refusal: &Refusal) -> Verdict {
    let path = refusal.path.as_str();
    // A path that was cut, or that names one of two keys of the same name, cannot be followed.
    let can_be_followed = !path.contains('…') && refusal.why != Why::DuplicateKey;
    if let Ok(value) = serde_json::from_slice::<Value>(text)
        && can_be_followed
    {
        assert!(leads_somewhere(&value, path), "a path that leads nowhere: {refusal}");
    }
    refused_line(text, refusal)
}

/// Whether a path can be followed. Its last key may be one that is missing.
fn leads_somewhere(value: &Value, path: &str) -> bool {
    match value {
        _ if path.is_empty() => true,
        Value::Array(elements) => {
            let element = path.strip_prefix('[').and_then(|rest| rest.split_once(']'));
            let element = element.and_then(|(index, rest)| Some((elements.get(index.parse::<usize>().ok()?)?, rest)));
            element.is_some_and(|(element, rest)| leads_somewhere(element, rest))
        }
        Value::Object(keys) => {
            let path = path.strip_prefix('.').unwrap_or(path);
            let shown = |key: &str| key.replace(char::is_control, "\u{FFFD}");
            let mut here = keys.iter().filter_map(|(key, value)| Some((value, path.strip_prefix(&shown(key))?)));
            let mut here = here.by_ref().filter(|(_, rest)| rest.is_empty() || rest.starts_with(['.', '['])).peekable();
            here.peek().is_none() || here.any(|(value, rest)| leads_somewhere(value, rest))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_followed_to_its_end() {
        let value = serde_json::json!({"steps": [{"type": "hold"}, 7], "a.b": {"c\n": 1}});
        for (path, leads) in [
            ("", true),
            ("steps[0].target_temp", true),
            ("steps[1]", true),
            ("steps[2]", false),
            ("steps[1].type", false),
            ("steps[0].type.x", false),
            ("steps[x]", false),
            ("a.b.c\u{FFFD}", true),
            ("name", true),
        ] {
            assert_eq!(leads_somewhere(&value, path), leads, "{path}");
        }
    }
}
