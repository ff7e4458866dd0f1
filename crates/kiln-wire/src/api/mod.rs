//! Every route of the interface: path, method, what it asks of the asker, what goes in, what may come out.
//!
//! One table. The HTTP service is held to it, the OpenAPI document is written from it. How a route is carried out is
//! not known here. A profile is also found under the product's documented paths ([`ALIASES`]).

mod routes;

pub use routes::ROUTES;

/// A route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    /// The method.
    pub method: Method,
    /// The path; a name in braces stands for a part of it.
    pub path: &'static str,
    /// What it asks of whoever asks.
    pub need: Need,
    /// What goes in.
    pub takes: Option<Doc>,
    /// What comes out when it is carried out.
    pub gives: Gives,
    /// Statuses beside those of its kind: see [`Route::refusals`].
    pub also: &'static [u16],
    /// What it is for.
    pub summary: &'static str,
}

/// A method of HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the method of RFC 9110 or RFC 5789")]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

/// What a route asks of whoever asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Nothing but a right host and origin; a token too, where the owner made reading private.
    Open,
    /// The token of a paired app.
    Token,
    /// Somebody at the kiln. That is more than a token, so none is asked for.
    Local,
    /// The header `X-Kiln: stop`, and no token.
    Stop,
}

/// What comes out when a route is carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gives {
    /// A document.
    Json(Doc),
    /// A document that was made anew, or one that replaces another.
    Saved(Doc),
    /// Nothing: it is done.
    Nothing,
    /// Rows, as comma-separated values.
    Csv,
    /// Lines of text.
    Text,
    /// The page.
    Html,
    /// A part of the page.
    Script,
    /// A WebAssembly module.
    Wasm,
    /// Server-sent events, each a [`Doc::Status`] or a [`Doc::Event`].
    Events,
    /// The OpenAPI document.
    OpenApi,
}

/// Every document that goes in or comes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the type of the same name")]
pub enum Doc {
    Status,
    State,
    Event,
    Info,
    History,
    CommandAnswer,
    ProfileList,
    Profile,
    ProfileSaved,
    RunList,
    RunEntry,
    RunRows,
    RunReport,
    ScheduleAnswer,
    TuningAnswer,
    RecoveryAnswer,
    Config,
    ConfigPatch,
    ConfigSaved,
    ConfigSchema,
    Imported,
    ReferenceConfig,
    Diag,
    TimeAnswer,
    WifiAnswer,
    WifiScan,
    SelfTestResult,
    PairAnswer,
    TokenList,
    RunRequest,
    ExpectRequest,
    AdjustRequest,
    HoldRequest,
    StepsRequest,
    RunPatch,
    ScheduleRequest,
    TuningRequest,
    RecoveryRequest,
    TimeRequest,
    WifiRequest,
    SelfTestRequest,
    FactoryResetRequest,
    PairRequest,
    ErrorAnswer,
}

/// Paths that name the same as others: the product's documented ones.
pub const ALIASES: &[(&str, &str)] =
    &[("/api/profile", "/api/profiles"), ("/api/profile/{name}", "/api/profiles/{name}")];

impl Method {
    /// As it stands in a request.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    const fn is_safe(self) -> bool {
        matches!(self, Self::Get)
    }
}

/// Any request: not understood, no token where reading is private, another site's page, too slow, a body without
/// length or too long, another host's name, too many at once, headers too long, nobody free to answer.
const ANY: &[u16] = &[400, 401, 403, 408, 411, 413, 421, 429, 431, 503];
/// One that changes something: what the kiln is doing, not JSON, a value that cannot be.
const CHANGING: &[u16] = &[409, 415, 422];
/// One about something that has a name: there is none of this name.
const NAMED: &[u16] = &[404];

impl Route {
    /// Every status with which it can be refused, each with an [`ErrorAnswer`](crate::answer::ErrorAnswer).
    pub fn refusals(&self) -> impl Iterator<Item = u16> {
        let changing = if self.method.is_safe() { &[] } else { CHANGING };
        let named = if self.path.contains('{') { NAMED } else { &[] };
        let stop = self.need == Need::Stop;
        let any = ANY.iter().filter(move |status| !(stop && **status == 401));
        any.chain(changing).chain(named).chain(self.also).copied()
    }

    /// The status when it is carried out, and the one beside it.
    pub const fn carried_out(&self) -> &'static [u16] {
        match self.gives {
            Gives::Saved(_) => &[200, 201],
            Gives::Nothing => &[204],
            Gives::Json(_)
            | Gives::Csv
            | Gives::Text
            | Gives::Html
            | Gives::Script
            | Gives::Wasm
            | Gives::Events
            | Gives::OpenApi => &[200],
        }
    }

    /// Whether an asker that has the newest already is told so: status 304.
    pub fn may_be_unchanged(&self) -> bool {
        self.method == Method::Get && !matches!(self.gives, Gives::Events)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_route_is_there_once_and_its_statuses_too() {
        for (index, route) in ROUTES.iter().enumerate() {
            let same = |other: &Route| (other.method, other.path) == (route.method, route.path);
            assert_eq!(ROUTES.iter().position(same), Some(index), "{route:?}");
            let mut statuses: std::vec::Vec<_> = route.refusals().chain(route.carried_out().iter().copied()).collect();
            statuses.sort_unstable();
            let count = statuses.len();
            statuses.dedup();
            assert_eq!(statuses.len(), count, "{route:?}");
        }
    }

    #[test]
    fn nothing_is_changed_openly_but_by_a_code_or_a_stop() {
        for route in ROUTES.iter().filter(|route| !route.method.is_safe() && route.need == Need::Open) {
            assert_eq!(route.path, "/api/pair");
        }
        let stops = ROUTES.iter().filter(|route| route.need == Need::Stop).count();
        assert_eq!(stops, 2);
        for (alias, path) in ALIASES {
            assert!(ROUTES.iter().any(|route| route.path == *path), "{alias}");
        }
    }
}
