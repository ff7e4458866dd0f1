//! The judgement: what a request is, what it may, and so whether it is done.
//!
//! ```text
//! host ─▶ origin and site ─▶ headers ─▶ length and type of the body ─▶ the route's need
//! 400,421   403                400         411, 413, 415                 401, 403, 429
//! ```
//! The order is from who may talk at all to who may do this; a refusal tells nothing that a later check would.

use core::net::Ipv4Addr;

use kiln_core::units::{Instant, WallClock};
use kiln_wire::api::Need;

use super::audit::Audit;
use super::codes::{Codes, Purpose};
use super::headers::{Field, Headers};
use super::host::Hosts;
use super::local::{self, LocalBy};
use super::origin::{self, Origin};
use super::peer::Peer;
use super::refusal::Refusal;
use super::stop::Stops;
use super::tokens::{Token, TokenId, TokenName, Tokens};

/// The method of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Reads without a body in the answer.
    Head,
    /// Asks what may be asked: a browser's preflight.
    Options,
    /// Does.
    Post,
    /// Replaces.
    Put,
    /// Changes.
    Patch,
    /// Removes.
    Delete,
}

impl Method {
    /// Every method there is here.
    const ALL: [Self; 7] = [Self::Get, Self::Head, Self::Options, Self::Post, Self::Put, Self::Patch, Self::Delete];

    /// The method of that name, in capitals as it must be; `None` when there is none here.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.word() == word)
    }

    /// The method as a request names it (RFC 9110, section 9; RFC 5789).
    pub const fn word(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Options => "OPTIONS",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    /// Whether it only reads (RFC 9110, section 9.2.1).
    pub const fn is_safe(self) -> bool {
        match self {
            Self::Get | Self::Head | Self::Options => true,
            Self::Post | Self::Put | Self::Patch | Self::Delete => false,
        }
    }
}

/// The body of a request, as its headers announce it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// None.
    None,
    /// So many bytes.
    Length(usize),
    /// In chunks, without a length.
    Chunked,
}

/// What is asked: all that the judgement looks at.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Who asks.
    pub peer: Peer,
    /// The method.
    pub method: Method,
    /// What the route needs for this method.
    pub need: Need,
    /// The announced body.
    pub body: Body,
    /// The most bytes the route takes.
    pub body_limit: usize,
    /// The headers.
    pub headers: Headers<'a>,
    /// Whether the kiln does nothing: no firing, no tuning.
    pub idle: bool,
}

/// What is known about whoever asks, besides what the request says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rights {
    /// The paired app whose token was sent, or why there is none.
    pub token: Result<TokenId, Refusal>,
    /// Nearness, or why there is none.
    pub local: Result<Option<LocalBy>, Refusal>,
    /// Whether a stop is taken.
    pub stop: Result<(), Refusal>,
}

/// A request that may be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permit {
    /// The paired app that asks; for a route that needs no token, `None` without a known one.
    pub token: Option<TokenId>,
    /// How nearness was proved, if it was: what a change of a local setting asks for.
    pub local: Option<LocalBy>,
    /// Which page asks: decides the headers of the answer.
    pub origin: Origin,
    /// Whether this is a preflight: answered at once with what may be asked, and nothing done.
    pub preflight: bool,
}

/// Judges what a request says about itself: everything but rights.
///
/// # Errors
/// The first reason to refuse, in the order of the module's picture.
pub fn decent(asked: &Asked<'_>, hosts: &Hosts) -> Result<Origin, Refusal> {
    let headers = &asked.headers;
    let host = hosts.judge(headers.host)?;
    let origin = origin::judge(headers.origin, headers.sec_fetch_site, &host, asked.method)?;
    if [headers.authorization, headers.x_kiln, headers.x_kiln_code, headers.content_type].contains(&Field::Malformed) {
        return Err(Refusal::HeaderMalformed);
    }
    match asked.body {
        Body::None | Body::Length(0) => Ok(origin),
        Body::Chunked => Err(Refusal::LengthRequired),
        Body::Length(length) if length > asked.body_limit => Err(Refusal::BodyTooLarge { limit: asked.body_limit }),
        Body::Length(_) if is_json(headers.content_type) => Ok(origin),
        Body::Length(_) => Err(Refusal::NotJson),
    }
}

/// Judges a decent request by the rights of whoever asks.
///
/// # Errors
/// What is missing for the route's need.
pub fn judge(asked: &Asked<'_>, origin: Origin, rights: &Rights) -> Result<Permit, Refusal> {
    let preflight = asked.method == Method::Options;
    let permit = Permit { token: rights.token.ok(), local: rights.local.ok().flatten(), origin, preflight };
    if preflight {
        return if origin == Origin::Unnamed { Err(Refusal::OriginRefused) } else { Ok(permit) };
    }
    // A code that was sent and is wrong is never passed over in silence.
    let local = rights.local?;
    match asked.need {
        Need::Open => Ok(permit),
        Need::Token => rights.token.map(|_| permit),
        Need::Local => local.map(|_| permit).ok_or(Refusal::LocalNeeded),
        Need::Stop => rights.stop.map(|()| permit),
    }
}

/// Whether it is `application/json`, in UTF-8 if it says (RFC 8259, section 11).
fn is_json(content_type: Field<'_>) -> bool {
    let Field::Once(text) = content_type else { return false };
    let mut parts = text.split(';').map(str::trim);
    let json = parts.next().is_some_and(|kind| kind.eq_ignore_ascii_case("application/json"));
    json && parts.all(|part| {
        let utf8 = ["charset=utf-8", "charset=\"utf-8\""];
        utf8.into_iter().any(|known| part.eq_ignore_ascii_case(known))
    })
}

/// The door with its memory: names, tokens, codes, the last stops and what is to be told about them.
#[derive(Clone, Debug)]
pub struct Door {
    /// The names of this controller; kept up to date by whoever knows its addresses.
    pub hosts: Hosts,
    /// The paired apps; stored by whoever changes them.
    pub tokens: Tokens,
    /// The code on the display.
    pub codes: Codes,
    /// What the log is to be told.
    pub audit: Audit,
    stops: Stops,
}

impl Door {
    /// A door with these names and paired apps.
    pub const fn new(hosts: Hosts, tokens: Tokens) -> Self {
        Self { hosts, tokens, codes: Codes::new(), audit: Audit::new(), stops: Stops::new() }
    }

    /// Judges a request: the one call that every request passes.
    ///
    /// # Errors
    /// Why it is not done. Nothing has been done then, but for a used-up try of a code.
    pub fn judge(&mut self, asked: &Asked<'_>, now: Instant) -> Result<Permit, Refusal> {
        let verdict = self.weigh(asked, now);
        self.audit.judged(asked, &verdict);
        verdict
    }

    /// Looks at what the request says, then at what its sender may.
    fn weigh(&mut self, asked: &Asked<'_>, now: Instant) -> Result<Permit, Refusal> {
        let origin = decent(asked, &self.hosts)?;
        let rights = if asked.method == Method::Options { nothing() } else { self.rights(asked, now) };
        judge(asked, origin, &rights)
    }

    /// Gathers the rights of whoever asks. A code and a stop are weighed only where they count.
    fn rights(&mut self, asked: &Asked<'_>, now: Instant) -> Rights {
        let (headers, peer) = (&asked.headers, asked.peer);
        let token = self.tokens.judge(headers.authorization);
        // Nobody without a token spends tries of the code on a route that needs one anyway.
        let weigh_code = match asked.need {
            Need::Local => true,
            Need::Token => token.is_ok(),
            Need::Open | Need::Stop => false,
        };
        let code = if weigh_code { headers.x_kiln_code } else { Field::Absent };
        let local = local::judge(&mut self.codes, code, peer.interface, asked.idle, now);
        let stop = match asked.need {
            Need::Stop => self.stop(headers.x_kiln, token.is_ok(), peer.address, now),
            Need::Open | Need::Token | Need::Local => Err(Refusal::StopHeaderMissing),
        };
        Rights { token, local, stop }
    }

    /// A stop of a paired app is taken however often it comes.
    fn stop(&mut self, word: Field<'_>, known: bool, address: Ipv4Addr, now: Instant) -> Result<(), Refusal> {
        match self.stops.judge(word, address, now) {
            Err(Refusal::StopRepeated { .. }) if known => Ok(()),
            verdict => verdict,
        }
    }

    /// Exchanges a pairing code for a token. The tokens are to be stored before the answer is sent.
    ///
    /// # Errors
    /// A wrong code, a bad name, or no room. A bad name and no room cost no try.
    pub fn pair(
        &mut self,
        code: &str,
        name: &str,
        peer: Peer,
        at: (Instant, Option<WallClock>),
        random: [u8; 16],
    ) -> Result<(TokenId, Token), Refusal> {
        let (now, wall) = at;
        let name = TokenName::new(name)?;
        if self.tokens.is_full() {
            return Err(Refusal::TokensFull { limit: super::limits::TOKENS });
        }
        let taken = self.codes.take(Purpose::Pairing, code, now);
        self.audit.paired(peer, &taken);
        taken?;
        self.tokens.issue(name, wall, random)
    }

    /// Takes a token back. The tokens are to be stored.
    ///
    /// # Errors
    /// When there is none of that number.
    pub fn revoke(&mut self, id: TokenId, peer: Peer) -> Result<(), Refusal> {
        self.tokens.revoke(id)?;
        self.audit.revoked(peer);
        Ok(())
    }
}

/// The rights of a preflight, which carries no proof of anything.
const fn nothing() -> Rights {
    Rights { token: Err(Refusal::TokenMissing), local: Ok(None), stop: Err(Refusal::StopHeaderMissing) }
}
