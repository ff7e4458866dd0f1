//! What is served is what the interface document says: every path, method and need, in both directions.

use kiln_app::door::Need;
use kiln_app::http::route::ROWS;
use kiln_wire::api::{ALIASES, ROUTES};
use std::collections::BTreeSet;

/// A route in words: method, path without the names in it, need.
type Word = (&'static str, String, &'static str);

fn served() -> BTreeSet<Word> {
    let deeds = ROWS.iter().flat_map(|row| row.deeds.iter().map(|deed| (row.path, deed)));
    deeds.map(|(path, deed)| (deed.method.word(), path.to_owned(), need(deed.need))).collect()
}

fn documented() -> BTreeSet<Word> {
    let routes = ROUTES.iter().flat_map(|route| {
        let aliases = ALIASES.iter().filter(|(_, path)| *path == route.path).map(|(alias, _)| *alias);
        aliases.chain([route.path]).map(move |path| (path, route))
    });
    routes.map(|(path, route)| (route.method.word(), nameless(path), need(route.need))).collect()
}

/// `/api/runs/{id}/csv` as `/api/runs/{}/csv`.
fn nameless(path: &str) -> String {
    let parts: Vec<_> = path.split('/').map(|part| if part.starts_with('{') { "{}" } else { part }).collect();
    parts.join("/")
}

fn need(need: Need) -> &'static str {
    match need {
        Need::Open => "open",
        Need::Token => "token",
        Need::Local => "local",
        Need::Stop => "stop",
    }
}

#[test]
fn what_is_served_is_what_is_documented() {
    let (served, documented) = (served(), documented());
    let missing: Vec<_> = documented.difference(&served).collect();
    let hidden: Vec<_> = served.difference(&documented).collect();
    assert!(
        missing.is_empty() && hidden.is_empty(),
        "documented, not served: {missing:?}\nserved, not documented: {hidden:?}"
    );
}
