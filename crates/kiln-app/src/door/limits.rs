//! Every figure of the door: sizes, times, counts.
//!
//! A page, a phone and a script fit well inside; what does not fit costs the sender a refusal and the controller
//! nothing that it holds.

use kiln_core::units::Millis;

/// Request line and headers together, bytes. A browser's own headers take some 700.
pub const HEADER_BYTES: usize = 2048;
/// The time from the connection to the end of the headers. A connection carries one request.
pub const HEADER_TIME: Millis = Millis::from_seconds(3);
/// The body of an ordinary request, bytes.
pub const BODY_BYTES: usize = 4096;
/// The body of a profile, bytes: 128 steps with their descriptions.
pub const PROFILE_BYTES: usize = 16 * 1024;
/// The time from the end of the headers to the end of the body.
pub const BODY_TIME: Millis = Millis::from_seconds(10);
/// How long a piece of an answer may wait for a reader who does not read.
pub const WRITE_TIME: Millis = Millis::from_seconds(5);

/// Connections of one address at a time.
pub const SLOTS_PER_ADDRESS: usize = 2;
/// Clients of the event stream at a time, of all addresses.
pub const LISTENERS: usize = 2;
/// Requests of one address a second, in the long run.
pub const REQUESTS_PER_SECOND: u32 = 10;
/// Requests of one address at once, after a pause.
pub const REQUEST_BURST: u32 = 20;
/// Addresses remembered; the one heard least recently makes room.
pub const ADDRESSES: usize = 16;
/// How long a proven token keeps the kept slot open for its address.
pub const PROOF_LASTS: Millis = Millis::from_minutes(10);

/// How long a shown code is good for.
pub const CODE_LASTS: Millis = Millis::from_minutes(2);
/// Wrong tries a code survives: at the last of them it is void.
pub const CODE_TRIES: u8 = 5;
/// How long no code is shown after the tries are used up; doubles each time until a code is used rightly.
pub const CODE_PAUSE: Millis = Millis::from_seconds(60);
/// The longest such pause: 60 s doubled four times.
pub const CODE_PAUSE_LONGEST: Millis = Millis::from_minutes(16);

/// Tokens there may be at a time.
pub const TOKENS: usize = 8;
/// The name of a token, bytes of UTF-8.
pub const TOKEN_NAME_BYTES: usize = 32;

/// The least time between two stops without a token from one address.
pub const STOP_EVERY: Millis = Millis::from_seconds(1);
/// Addresses whose last stop is remembered.
pub const STOP_ADDRESSES: usize = 8;

/// Commands whose idempotency key is remembered.
pub const REMEMBERED_COMMANDS: usize = 8;
/// An idempotency key, bytes of printable ASCII.
pub const KEY_BYTES: usize = 64;

/// Events waiting for the log; further ones are counted.
pub const EVENTS: usize = 8;
