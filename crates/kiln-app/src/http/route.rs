//! What a path names, and what may be done with it.
//!
//! One table. A path that is not in it does not exist; a method that is not in its row is refused, with those that are.
//! What a request does is not known here.

use crate::door::{Method, Need};

/// The longest name within a path, decoded.
pub const NAME_LONGEST: usize = kiln_wire::status::RUN_ID_LONGEST;
/// What stands for a name in a path of the table.
const NAME: &str = "{}";

/// The name within a path.
pub type Name = heapless::String<NAME_LONGEST>;

/// What there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is the path beside it in the table")]
pub enum Resource {
    Page,
    MainScript,
    RestScript,
    Compute,
    Status,
    State,
    Events,
    Info,
    History,
    Metrics,
    OpenApi,
    Run,
    Stop,
    Shutdown,
    Pause,
    Resume,
    Skip,
    Adjust,
    Hold,
    ClearError,
    Reboot,
    RunSteps,
    Command,
    Profiles,
    Profile,
    Runs,
    RunRecord,
    RunCsv,
    RunJson,
    RunReport,
    Schedule,
    Tuning,
    Recovery,
    Config,
    ConfigSchema,
    ConfigImport,
    Logs,
    Diag,
    Support,
    Time,
    Wifi,
    WifiScan,
    SelfTest,
    FactoryReset,
    Pair,
    Tokens,
    Token,
}

/// How long a body may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// There is none.
    Nothing,
    /// A request.
    Request,
    /// A profile or a configuration.
    Document,
}

/// What may be done with something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deed {
    /// The method.
    pub method: Method,
    /// What it asks of whoever asks.
    pub need: Need,
    /// The body.
    pub weight: Weight,
}

/// A path and what may be done with it.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The path; `{}` is a name.
    pub path: &'static str,
    /// What it names.
    pub resource: Resource,
    /// What may be done with it.
    pub deeds: &'static [Deed],
    /// The methods, as they are told.
    pub allow: &'static str,
}

const fn deed(method: Method, need: Need, weight: Weight) -> Deed {
    Deed { method, need, weight }
}

const READ: Deed = deed(Method::Get, Need::Open, Weight::Nothing);
const READ_OWN: Deed = deed(Method::Get, Need::Token, Weight::Nothing);
const POST: Deed = deed(Method::Post, Need::Token, Weight::Request);
const DELETE: Deed = deed(Method::Delete, Need::Token, Weight::Nothing);
const PUT_DOCUMENT: Deed = deed(Method::Put, Need::Token, Weight::Document);
const STOP: Deed = deed(Method::Post, Need::Stop, Weight::Request);

const fn row(path: &'static str, resource: Resource, deeds: &'static [Deed], allow: &'static str) -> Row {
    Row { path, resource, deeds, allow }
}

/// Every path.
pub const ROWS: &[Row] = &[
    row("/", Resource::Page, &[READ], "GET"),
    row("/main.js", Resource::MainScript, &[READ], "GET"),
    row("/rest.js", Resource::RestScript, &[READ], "GET"),
    row("/kiln.wasm", Resource::Compute, &[READ], "GET"),
    row("/api/status", Resource::Status, &[READ], "GET"),
    row("/api/state", Resource::State, &[READ], "GET"),
    row("/api/events", Resource::Events, &[READ], "GET"),
    row("/api/info", Resource::Info, &[READ], "GET"),
    row("/api/history", Resource::History, &[READ], "GET"),
    row("/metrics", Resource::Metrics, &[READ], "GET"),
    row("/api/openapi.json", Resource::OpenApi, &[READ], "GET"),
    row("/api/run", Resource::Run, &[POST], "POST"),
    row("/api/stop", Resource::Stop, &[STOP], "POST"),
    row("/api/shutdown", Resource::Shutdown, &[STOP], "POST"),
    row("/api/pause", Resource::Pause, &[POST], "POST"),
    row("/api/resume", Resource::Resume, &[POST], "POST"),
    row("/api/skip", Resource::Skip, &[POST], "POST"),
    row("/api/adjust", Resource::Adjust, &[POST], "POST"),
    row("/api/hold", Resource::Hold, &[POST], "POST"),
    row("/api/clear-error", Resource::ClearError, &[POST], "POST"),
    row("/api/reboot", Resource::Reboot, &[POST], "POST"),
    row("/api/run/steps", Resource::RunSteps, &[READ, PUT_DOCUMENT], "GET, PUT"),
    row("/api/commands/{}", Resource::Command, &[READ], "GET"),
    row("/api/profiles", Resource::Profiles, &[READ], "GET"),
    row("/api/profile", Resource::Profiles, &[READ], "GET"),
    row("/api/profiles/{}", Resource::Profile, &[READ, PUT_DOCUMENT, DELETE], "GET, PUT, DELETE"),
    row("/api/profile/{}", Resource::Profile, &[READ, PUT_DOCUMENT, DELETE], "GET, PUT, DELETE"),
    row("/api/runs", Resource::Runs, &[READ], "GET"),
    row(
        "/api/runs/{}",
        Resource::RunRecord,
        &[READ, DELETE, deed(Method::Patch, Need::Token, Weight::Request)],
        "GET, DELETE, PATCH",
    ),
    row("/api/runs/{}/csv", Resource::RunCsv, &[READ], "GET"),
    row("/api/runs/{}/json", Resource::RunJson, &[READ], "GET"),
    row("/api/runs/{}/report", Resource::RunReport, &[READ], "GET"),
    row("/api/schedule", Resource::Schedule, &[READ, POST, DELETE], "GET, POST, DELETE"),
    row("/api/tuning", Resource::Tuning, &[READ, POST, DELETE], "GET, POST, DELETE"),
    row("/api/recovery", Resource::Recovery, &[READ, POST], "GET, POST"),
    row(
        "/api/config",
        Resource::Config,
        &[READ, deed(Method::Post, Need::Token, Weight::Document), deed(Method::Patch, Need::Token, Weight::Document)],
        "GET, POST, PATCH",
    ),
    row("/api/config/schema", Resource::ConfigSchema, &[READ], "GET"),
    row("/api/config/import", Resource::ConfigImport, &[deed(Method::Post, Need::Local, Weight::Document)], "POST"),
    row("/api/logs", Resource::Logs, &[READ], "GET"),
    row("/api/diag", Resource::Diag, &[READ], "GET"),
    row("/api/support", Resource::Support, &[READ_OWN], "GET"),
    row("/api/time", Resource::Time, &[POST], "POST"),
    row("/api/wifi", Resource::Wifi, &[POST], "POST"),
    row("/api/wifi/scan", Resource::WifiScan, &[READ_OWN], "GET"),
    row("/api/selftest", Resource::SelfTest, &[READ, POST], "GET, POST"),
    row("/api/factory-reset", Resource::FactoryReset, &[deed(Method::Post, Need::Local, Weight::Request)], "POST"),
    row("/api/pair", Resource::Pair, &[deed(Method::Post, Need::Open, Weight::Request)], "POST"),
    row("/api/tokens", Resource::Tokens, &[READ_OWN], "GET"),
    row("/api/tokens/{}", Resource::Token, &[DELETE], "DELETE"),
];

/// The row of a path, and the name in it.
pub fn find(path: &str) -> Option<(&'static Row, Name)> {
    ROWS.iter().find_map(|row| Some((row, fits(row.path, path)?)))
}

/// The name in a path that has the shape of the pattern.
fn fits(pattern: &str, path: &str) -> Option<Name> {
    let mut name = Name::new();
    let mut parts = path.split('/');
    for wanted in pattern.split('/') {
        let part = parts.next()?;
        if wanted == NAME {
            name = decoded(part).filter(|name| !name.is_empty())?;
        } else if wanted != part {
            return None;
        }
    }
    parts.next().is_none().then_some(name)
}

/// A part of a path without its percent coding (RFC 3986, section 2.1). `None` for what is no text, is too long, or
/// would leave its folder.
fn decoded(part: &str) -> Option<Name> {
    let mut bytes = heapless::Vec::<u8, NAME_LONGEST>::new();
    let mut rest = part.bytes();
    while let Some(byte) = rest.next() {
        let byte = match byte {
            b'%' => digit(rest.next()?)?.checked_mul(16)?.checked_add(digit(rest.next()?)?)?,
            plain => plain,
        };
        bytes.push(byte).ok()?;
    }
    let text = core::str::from_utf8(&bytes).ok()?;
    let bad = text.chars().any(|c| c.is_control() || matches!(c, '/' | '\\')) || matches!(text, "." | "..");
    if bad { None } else { Name::try_from(text).ok() }
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::String;
    use std::vec::Vec;

    #[test]
    fn a_path_names_one_thing_or_nothing() {
        let long = "x".repeat(NAME_LONGEST);
        let longer = std::format!("/api/runs/{long}x");
        let cases = [
            ("/", Some((Resource::Page, ""))),
            ("/api/status", Some((Resource::Status, ""))),
            ("/api/status/", None),
            ("/API/status", None),
            ("//api/status", None),
            ("/api//status", None),
            ("/api/profiles", Some((Resource::Profiles, ""))),
            ("/api/profiles/", None),
            ("/api/profiles/Bisque%20cone%2004", Some((Resource::Profile, "Bisque cone 04"))),
            ("/api/profile/Gl%C3%BCh", Some((Resource::Profile, "Glüh"))),
            ("/api/profiles/a%2Fb", None),
            ("/api/profiles/..", None),
            ("/api/profiles/%2e%2E", None),
            ("/api/profiles/%00", None),
            ("/api/profiles/%", None),
            ("/api/profiles/%f", None),
            ("/api/profiles/%ff", None),
            ("/api/profiles/a/b", None),
            ("/api/runs/7/csv", Some((Resource::RunCsv, "7"))),
            ("/api/runs/7/exe", None),
            (longer.as_str(), None),
        ];
        for (path, expected) in cases {
            let found = find(path).map(|(row, name)| (row.resource, String::from(name.as_str())));
            assert_eq!(found, expected.map(|(resource, name)| (resource, String::from(name))), "{path}");
        }
    }

    #[test]
    fn each_row_tells_its_methods_and_nothing_writes_openly() {
        for row in ROWS {
            let methods: Vec<_> = row.deeds.iter().map(|deed| deed.method.word()).collect();
            assert_eq!(methods.join(", "), row.allow, "{}", row.path);
            for deed in row.deeds {
                let open = deed.need == Need::Open && !deed.method.is_safe();
                assert_eq!(open, row.resource == Resource::Pair, "{} {:?}", row.path, deed.method);
                assert_eq!(deed.weight == Weight::Nothing, matches!(deed.method, Method::Get | Method::Delete));
            }
        }
    }

    #[test]
    fn the_table_is_that_of_the_described_interface() {
        use kiln_wire::api::{ALIASES, ROUTES};
        let described = |row: &Row, deed: &Deed| {
            let path = ALIASES.iter().find(|(alias, _)| same(row.path, alias)).map_or(row.path, |(_, path)| path);
            ROUTES.iter().any(|route| {
                same(path, route.path) && route.method.word() == deed.method.word() && route.need == deed.need
            })
        };
        let deeds = ROWS.iter().flat_map(|row| row.deeds.iter().map(move |deed| (row, deed)));
        for (row, deed) in deeds.clone() {
            assert!(described(row, deed), "{} {} is not described", deed.method.word(), row.path);
        }
        assert_eq!(
            deeds.filter(|(row, _)| !row.path.contains("/api/profile/") && row.path != "/api/profile").count(),
            ROUTES.len()
        );
    }

    /// Whether two paths are the same but for the names of their names.
    fn same(a: &str, b: &str) -> bool {
        let shape = |path: &str| -> Vec<String> {
            path.split('/').map(|part| String::from(if part.starts_with('{') { NAME } else { part })).collect()
        };
        shape(a) == shape(b)
    }
}
