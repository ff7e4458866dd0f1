//! What may be asked, as documents: each is read through the door and becomes a value that is in range, or a refusal.
//!
//! A request knows no route, no token and no firing. Whether the kiln may do it now is control's to say. An optional
//! key is left out or null.

mod firing;
mod home;
mod people;
mod ranges;
mod wait;

pub use firing::{AdjustRequest, ExpectRequest, HoldRequest, RunRequest, parse_steps};
pub use home::{EARLIEST_BELIEVED, LATEST_BELIEVED, PASSPHRASE_LONGEST, PASSPHRASE_SHORTEST, SSID_LONGEST};
pub use home::{FactoryResetRequest, SelfTestRequest, SelfTestWhat, TimeRequest, WifiRequest};
pub use people::{CONE_RESULT_LONGEST, NOTES_LONGEST, PAIRED_NAME_LONGEST, PairRequest, RunPatch};
pub use wait::{RecoveryAction, RecoveryRequest, ScheduleRequest, TuningRequest};

#[cfg(feature = "schema")]
pub(crate) use firing::{AdjustDoc, ExpectDoc, HoldDoc, RunDoc, StepsDoc};
#[cfg(feature = "schema")]
pub(crate) use home::{FactoryResetDoc, SelfTestDoc, TimeDoc, WifiDoc};
#[cfg(feature = "schema")]
pub(crate) use people::{PairDoc, RunPatchDoc};
#[cfg(feature = "schema")]
pub(crate) use wait::{RecoveryDoc, ScheduleDoc, TuningDoc};

pub(crate) use home::passphrase;
pub(crate) use ranges::{between, optional_line};

use crate::bounded::Label;
use crate::json::Document;
use crate::refusal::Refusal;

/// The longest body of a request that is not a profile or a configuration, in bytes.
pub const BYTES_MOST: u16 = 4096;

/// The longest etag.
pub const ETAG_LONGEST: usize = 32;

/// What a stored document is known by: it changes when the document does.
pub type Etag = Label<ETAG_LONGEST>;

/// Opens a request; no body at all counts as a document without keys.
pub(crate) fn open(body: &[u8]) -> Result<Document<'_>, Refusal> {
    let nothing = body.iter().all(u8::is_ascii_whitespace);
    Document::open(if nothing { b"{}" } else { body }, BYTES_MOST)
}
