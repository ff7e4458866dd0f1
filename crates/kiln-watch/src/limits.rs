//! Every figure of the watcher: times, counts, sizes.

use kiln_core::units::Millis;

/// How often a firing kiln is asked. The kiln's loop turns once a second: more would tell nothing.
pub const FIRING_EVERY: Millis = Millis::from_seconds(1);
/// How often a kiln at rest is asked.
pub const IDLE_EVERY: Millis = Millis::from_seconds(3);
/// The longest pause between two attempts at a kiln that does not answer.
pub const BACK_OFF_LONGEST: Millis = Millis::from_seconds(15);

/// How long a kiln may take to answer a short question. Its own limit for a reader who does not read is 5 s.
pub const ANSWER_TIME: Millis = Millis::from_seconds(4);
/// How long it may take to let somebody in.
pub const CONNECT_TIME: Millis = Millis::from_seconds(2);
/// How long a long answer may take: a log of 13 hours at the pace of a board.
pub const LONG_TIME: Millis = Millis::from_seconds(60);
/// How long an address may take to answer while kilns are looked for: where nobody is, the search takes that much longer.
pub const LOOK_TIME: Millis = Millis::from_seconds(2);
/// How long an answer to a search on the local network is waited for.
pub const BROWSE_TIME: Millis = Millis::from_seconds(3);

/// The largest answer that is taken, bytes: a log of 24 hours at one row a second is about half of it.
pub const ANSWER_BYTES: u64 = 16 << 20;
/// The largest body the page may send, bytes: more than a kiln takes.
pub const BODY_BYTES: usize = 64 << 10;

/// Polls that may be missed before what is shown counts as stale.
pub const POLLS_MISSED: u64 = 3;
/// The silence after which a kiln counts as lost; the page's own figure.
pub const LOST_AFTER: Millis = Millis::from_seconds(20);
/// The silence of a firing kiln that is an alarm. A kiln that has to join its Wi-Fi again needs up to half a minute.
pub const SILENCE_IS_ALARM: Millis = Millis::from_seconds(60);

/// Points of the past of one kiln.
pub const PAST_POINTS: usize = 2400;
/// The least time between two points.
pub const PAST_EVERY: Millis = Millis::from_seconds(5);

/// How often an alarm that nobody has acknowledged is told again.
pub const ALARM_AGAIN: Millis = Millis::from_seconds(60);
/// How long heat must have been withheld in a firing to be an alarm: a lid that was lifted is none.
pub const HOLD_LASTS: Millis = Millis::from_seconds(20);
/// How long the control loop must have been silent in a firing to be an alarm: an application that was held up is none.
pub const SILENT_LASTS: Millis = Millis::from_seconds(5);
/// Below this a kiln is safe to open, °C: cold enough for hands and for glaze.
pub const SAFE_TO_OPEN_C: f64 = 60.0;
/// Above this it has been hot, °C: far enough above the other that a wandering reading tells nothing twice.
pub const WAS_HOT_C: f64 = 100.0;
/// The time before the end of a hold that its end is told, s.
pub const HOLD_ENDS_S: f64 = 600.0;
/// Alarms whose acknowledgement is remembered; the oldest is forgotten.
pub const ACKNOWLEDGED: usize = 64;

/// How often a stop is sent until the kiln's status says that it stands. The kiln takes one stop a second of an address.
pub const STOP_EVERY: Millis = Millis::from_seconds(1);
/// How long until a stop that is not confirmed is said to be so.
pub const STOP_UNCONFIRMED: Millis = Millis::from_seconds(5);
/// How long a stop is tried.
pub const STOP_TRIED: Millis = Millis::from_minutes(2);

/// Kilns that can be watched at a time.
pub const KILNS: usize = 32;
/// The longest name that is kept, in characters.
pub const NAME_CHARS: usize = 64;
