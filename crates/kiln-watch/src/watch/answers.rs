//! What an answer over HTTP means to the poller.

use serde::de::DeserializeOwned;

use crate::http::{Answer, NoAnswer, Request};
use crate::link::Failure;
use crate::poll::{Ask, Heard};

/// The request that asks it.
pub(super) fn request(ask: &Ask) -> Request {
    match ask {
        Ask::Info => Request::get("/api/info"),
        Ask::Proof => Request::get("/api/tokens"),
        Ask::Status { etag: None } => Request::get("/api/status"),
        Ask::Status { etag: Some(etag) } => Request::get("/api/status").with("if-none-match", etag),
    }
}

/// What came of it.
pub(super) fn heard(ask: &Ask, answer: &Result<Answer, NoAnswer>) -> Heard {
    let Ok(answer) = answer else {
        return Heard::Nothing(Failure::NoAnswer);
    };
    match (ask, answer.status) {
        (Ask::Info, 200) => read(answer).map_or(Heard::Nothing(Failure::NotAKiln), Heard::Info),
        (Ask::Proof, 200) => Heard::Proof(true),
        (Ask::Proof, 401 | 403) => Heard::Proof(false),
        (Ask::Status { .. }, 200) => read(answer).map_or(Heard::Nothing(Failure::Unreadable), |status| Heard::Status {
            status: Box::new(status),
            etag: answer.header("etag").map(str::to_owned),
        }),
        (Ask::Status { etag: Some(_) }, 304) => Heard::Unchanged,
        (_, 401) => Heard::Nothing(Failure::NeedsPairing),
        (_, 429 | 503) => Heard::Nothing(Failure::Busy),
        // Another kiln's name or address is not ours (421).
        (_, 421) => Heard::Nothing(Failure::OtherKiln),
        (Ask::Info, _) => Heard::Nothing(Failure::NotAKiln),
        _ => Heard::Nothing(Failure::Unreadable),
    }
}

fn read<T: DeserializeOwned>(answer: &Answer) -> Option<T> {
    serde_json::from_str(&answer.body).ok()
}
