//! Which web pages may use this controller: its own, and those of the companion app.
//!
//! A program that is no browser sends no `Origin` and passes: what protects writing is the token. No answer ever
//! carries a wildcard, and never `Access-Control-Allow-Credentials`.

use super::headers::Field;
use super::host::Authority;
use super::judge::Method;
use super::refusal::Refusal;

/// The origins of the companion app's window: on macOS, iOS and Linux, and on Windows and Android (Tauri 2).
pub const APP: [&str; 2] = ["tauri://localhost", "http://tauri.localhost"];

/// `Access-Control-Allow-Methods` of a preflight's answer.
pub const ALLOW_METHODS: &str = "GET, POST, PUT, PATCH, DELETE";
/// `Access-Control-Allow-Headers` of a preflight's answer.
pub const ALLOW_HEADERS: &str =
    "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, X-Kiln, X-Kiln-Code";
/// `Access-Control-Expose-Headers` of every answer to the app.
pub const EXPOSE_HEADERS: &str = "ETag, Retry-After";
/// `Access-Control-Max-Age` of a preflight's answer, seconds.
pub const MAX_AGE_S: u32 = 600;

/// Which page asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// No page, or one of this controller asking for something to read.
    Unnamed,
    /// A page of this controller.
    Own,
    /// The companion app. The answer needs `Access-Control-Allow-Origin` with this value, and `Vary: Origin`.
    App(&'static str),
}

/// Judges `Origin` and `Sec-Fetch-Site`; `host` is what the request came for.
///
/// # Errors
/// A page of another site, or a write that the browser calls cross-site.
pub fn judge(origin: Field<'_>, site: Field<'_>, host: &Authority<'_>, method: Method) -> Result<Origin, Refusal> {
    let origin = match origin {
        Field::Absent => Origin::Unnamed,
        Field::Malformed => return Err(Refusal::OriginRefused),
        Field::Once(text) => known(text, host).ok_or(Refusal::OriginRefused)?,
    };
    // The app's window is another site to the browser that it is made of; its exact origin has been seen above, and
    // no page can forge it.
    let same_site = match site {
        Field::Absent => true,
        Field::Once(word) => ["same-origin", "same-site", "none"].contains(&word),
        Field::Malformed => false,
    };
    let harmless = method.is_safe() || same_site || matches!(origin, Origin::App(_));
    if harmless { Ok(origin) } else { Err(Refusal::CrossSite) }
}

/// The origin, if it is one of ours. An origin is compared whole: `null`, a prefix or another port is another's.
fn known(text: &str, host: &Authority<'_>) -> Option<Origin> {
    if let Some(app) = APP.into_iter().find(|app| *app == text) {
        return Some(Origin::App(app));
    }
    let own = Authority::read(text.strip_prefix("http://")?)?;
    own.is(host).then_some(Origin::Own)
}
