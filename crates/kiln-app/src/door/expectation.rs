//! What the sender saw when deciding, compared with what is there: nobody overwrites what they have not seen.
//!
//! Entity tags as in RFC 9110, section 8.8.3; `tag` is without quotes.

use super::headers::Field;
use super::refusal::Refusal;

/// Judges `If-Match` against the tag of what is there; `None` when nothing is. Compared strongly: `W/` never matches.
///
/// # Errors
/// When what is there is not what was seen.
pub fn if_match(header: Field<'_>, there: Option<&str>) -> Result<(), Refusal> {
    match header {
        Field::Absent => Ok(()),
        Field::Malformed => Err(Refusal::HeaderMalformed),
        Field::Once("*") => there.map(|_| ()).ok_or(Refusal::Stale),
        Field::Once(list) => {
            let seen = there.is_some_and(|tag| list.split(',').any(|one| unquoted(one.trim()) == Some(tag)));
            if seen { Ok(()) } else { Err(Refusal::Stale) }
        }
    }
}

/// Whether `If-None-Match` says that the sender has what is there: answered with 304, or for a `PUT` with `*`, that
/// something is there already. Compared weakly: `W/` is passed over.
pub fn if_none_match(header: Field<'_>, there: Option<&str>) -> bool {
    match (header, there) {
        (Field::Absent | Field::Malformed, _) | (Field::Once(_), None) => false,
        (Field::Once("*"), Some(_)) => true,
        (Field::Once(list), Some(tag)) => list.split(',').any(|one| {
            let one = one.trim();
            unquoted(one.strip_prefix("W/").unwrap_or(one)) == Some(tag)
        }),
    }
}

/// Judges a run that the sender named against the one that is there; naming none expects nothing.
///
/// # Errors
/// When another one runs, or none.
pub fn run(expected: Option<&str>, there: Option<&str>) -> Result<(), Refusal> {
    match expected {
        None => Ok(()),
        Some(_) if expected == there => Ok(()),
        Some(_) => Err(Refusal::Stale),
    }
}

/// What is between the quotes.
fn unquoted(tag: &str) -> Option<&str> {
    tag.strip_prefix('"')?.strip_suffix('"')
}
