//! Why a request is turned away: status, code and figures, for a person in any language.

use kiln_core::units::Millis;

/// The reason of a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No `Host` header (RFC 9112, section 3.2).
    HostMissing,
    /// More than one `Host` header, or one that is no host.
    HostMalformed,
    /// A name or address that is not this controller's: how a web page would reach it by rebinding a DNS name.
    HostUnknown,
    /// A header that decides something is there twice, or is not ASCII.
    HeaderMalformed,
    /// A web page of another site.
    OriginRefused,
    /// The browser says that another site's page sends this.
    CrossSite,
    /// A body without a length.
    LengthRequired,
    /// A body longer than this route takes.
    BodyTooLarge {
        /// The most bytes it takes.
        limit: usize,
    },
    /// A body that does not say it is JSON.
    NotJson,
    /// A write without a token.
    TokenMissing,
    /// A token this controller does not know, or something that is none.
    TokenUnknown,
    /// Needs somebody at the kiln.
    LocalNeeded,
    /// A code that is not the one shown.
    CodeWrong {
        /// How many more tries this code has.
        tries_left: u8,
    },
    /// No code is shown, or it has run out.
    CodeNotShown,
    /// Too many wrong codes.
    CodePaused {
        /// The time until a code can be shown.
        wait: Millis,
    },
    /// A stop without the header `X-Kiln: stop`.
    StopHeaderMissing,
    /// A second stop of the same address within a second; the first one stands.
    StopRepeated {
        /// The time until a further one is taken.
        wait: Millis,
    },
    /// More requests than one address may send.
    TooManyRequests {
        /// The time until one is taken.
        wait: Millis,
    },
    /// No connection is free for this address.
    Busy,
    /// Two clients listen to events already.
    EventsFull,
    /// There are as many tokens as there may be.
    TokensFull {
        /// How many that is.
        limit: usize,
    },
    /// No such token.
    NoSuchToken,
    /// A name of a token that is empty, too long or holds control characters.
    TokenNameRefused {
        /// The most bytes it may have.
        limit: usize,
    },
    /// What the sender saw when deciding is not what is there.
    Stale,
    /// An idempotency key that is empty, too long or not printable ASCII.
    KeyMalformed {
        /// The most bytes it may have.
        limit: usize,
    },
    /// An idempotency key that came with another request before.
    KeyReused,
}

/// A figure of a refusal, with its unit in its name.
pub type Param = (&'static str, u64);

impl Refusal {
    /// The HTTP status. 401 is to be sent with `WWW-Authenticate: Bearer`.
    pub const fn status(&self) -> u16 {
        match self {
            Self::HostMissing | Self::HostMalformed | Self::HeaderMalformed | Self::KeyMalformed { .. } => 400,
            Self::TokenMissing | Self::TokenUnknown => 401,
            Self::OriginRefused
            | Self::CrossSite
            | Self::LocalNeeded
            | Self::StopHeaderMissing
            | Self::CodeWrong { .. }
            | Self::CodeNotShown => 403,
            Self::NoSuchToken => 404,
            Self::Stale | Self::TokensFull { .. } => 409,
            Self::LengthRequired => 411,
            Self::BodyTooLarge { .. } => 413,
            Self::NotJson => 415,
            Self::HostUnknown => 421,
            Self::KeyReused | Self::TokenNameRefused { .. } => 422,
            Self::CodePaused { .. } | Self::StopRepeated { .. } | Self::TooManyRequests { .. } => 429,
            Self::Busy | Self::EventsFull => 503,
        }
    }

    /// The stable code, for programs and translations.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::HostMissing => "host_missing",
            Self::HostMalformed => "host_malformed",
            Self::HostUnknown => "host_unknown",
            Self::HeaderMalformed => "header_malformed",
            Self::OriginRefused => "origin_refused",
            Self::CrossSite => "cross_site",
            Self::LengthRequired => "length_required",
            Self::BodyTooLarge { .. } => "body_too_large",
            Self::NotJson => "not_json",
            Self::TokenMissing => "token_missing",
            Self::TokenUnknown => "token_unknown",
            Self::LocalNeeded => "local_needed",
            Self::CodeWrong { .. } => "code_wrong",
            Self::CodeNotShown => "code_not_shown",
            Self::CodePaused { .. } => "code_paused",
            Self::StopHeaderMissing => "stop_header_missing",
            Self::StopRepeated { .. } => "stop_repeated",
            Self::TooManyRequests { .. } => "too_many_requests",
            Self::Busy => "busy",
            Self::EventsFull => "events_full",
            Self::TokensFull { .. } => "tokens_full",
            Self::NoSuchToken => "no_such_token",
            Self::TokenNameRefused { .. } => "token_name_refused",
            Self::Stale => "stale",
            Self::KeyMalformed { .. } => "key_malformed",
            Self::KeyReused => "key_reused",
        }
    }

    /// One plain English sentence, for whoever reads the answer as it is.
    pub const fn message(&self) -> &'static str {
        match self {
            Self::HostMissing => "The request names no host.",
            Self::HostMalformed => "The request's host is not one host.",
            Self::HostUnknown => "This controller has no such name or address.",
            Self::HeaderMalformed => "A header is repeated or unreadable.",
            Self::OriginRefused => "Pages of other sites may not use this controller.",
            Self::CrossSite => "Another site's page may not change anything here.",
            Self::LengthRequired => "The length of the body is missing.",
            Self::BodyTooLarge { .. } => "The body is too long.",
            Self::NotJson => "The body must be sent as application/json.",
            Self::TokenMissing => "Pair this app with the kiln first.",
            Self::TokenUnknown => "The kiln does not know this app. Pair it again.",
            Self::LocalNeeded => {
                "Only somebody at the kiln may do this: by USB cable, or with a code from its display."
            }
            Self::CodeWrong { .. } => "This is not the code that is shown.",
            Self::CodeNotShown => "No code is shown. Ask for one at the kiln.",
            Self::CodePaused { .. } => "Too many wrong codes. Wait, then ask for a new one at the kiln.",
            Self::StopHeaderMissing => "A stop needs the header X-Kiln: stop.",
            Self::StopRepeated { .. } => "A stop was taken a moment ago.",
            Self::TooManyRequests { .. } => "Too many requests. Wait a moment.",
            Self::Busy => "All connections are in use. Try again.",
            Self::EventsFull => "Two apps listen already. Ask for the status instead.",
            Self::TokensFull { .. } => "No more apps can be paired. Revoke one first.",
            Self::NoSuchToken => "There is no such token.",
            Self::TokenNameRefused { .. } => "The name is empty, too long or has control characters.",
            Self::Stale => "Something has changed since. Look again, then decide.",
            Self::KeyMalformed { .. } => "The idempotency key is empty, too long or not printable.",
            Self::KeyReused => "This idempotency key was used for another request.",
        }
    }

    /// The figures, at most one, with the unit in the name. `retry_after_s` is also the value of `Retry-After`.
    pub fn param(&self) -> Option<Param> {
        match *self {
            Self::BodyTooLarge { limit } | Self::TokenNameRefused { limit } | Self::KeyMalformed { limit } => {
                Some(("limit_bytes", count(limit)))
            }
            Self::TokensFull { limit } => Some(("limit", count(limit))),
            Self::CodeWrong { tries_left } => Some(("tries_left", u64::from(tries_left))),
            Self::CodePaused { wait } | Self::StopRepeated { wait } | Self::TooManyRequests { wait } => {
                Some(("retry_after_s", wait.get().div_ceil(1000).max(1)))
            }
            Self::HostMissing
            | Self::HostMalformed
            | Self::HostUnknown
            | Self::HeaderMalformed
            | Self::OriginRefused
            | Self::CrossSite
            | Self::LengthRequired
            | Self::NotJson
            | Self::TokenMissing
            | Self::TokenUnknown
            | Self::LocalNeeded
            | Self::CodeNotShown
            | Self::StopHeaderMissing
            | Self::Busy
            | Self::EventsFull
            | Self::NoSuchToken
            | Self::Stale
            | Self::KeyReused => None,
        }
    }
}

/// A count as it goes into a document.
fn count(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}
