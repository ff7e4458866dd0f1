//! Who may ask what: the one judgement every HTTP request passes before anything is done.
//!
//! Plain HTTP on the owner's own network: reading is open, writing needs a token got by pairing, and a few settings
//! need somebody who stands at the kiln. Time, random numbers and addresses come in as arguments. Knows no route by
//! name, no document and no socket. Why it is built so: `docs/decisions/0010-no-request-signing-no-lan-tls.md`.

pub mod admission;
pub mod audit;
pub mod codes;
pub mod expectation;
pub mod fingerprint;
pub mod headers;
pub mod host;
pub mod idempotency;
pub mod judge;
pub mod kept;
pub mod limits;
pub mod local;
pub mod origin;
pub mod peer;
pub mod refusal;
pub mod stop;
pub mod tokens;

pub use admission::{Admission, SlotId};
pub use audit::{Audit, Event, Kind};
pub use codes::{Code, Codes, Purpose};
pub use expectation::{if_match, if_none_match};
pub use fingerprint::Fingerprint;
pub use headers::{Field, Headers};
pub use host::Hosts;
pub use idempotency::{Idempotency, Replay};
pub use judge::{Asked, Body, Door, Method, Permit, Rights};
pub use kiln_wire::api::Need;
pub use local::LocalBy;
pub use origin::Origin;
pub use peer::{Interface, Peer};
pub use refusal::Refusal;
pub use tokens::{Token, TokenId, TokenName, Tokens};

#[cfg(test)]
mod tests;
