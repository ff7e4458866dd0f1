//! What the controller keeps and knows, as documents: profiles, firings, history, tokens, itself.
//!
//! Only names and shapes. A list is generic over what it is written from, so that a long one need never be held whole:
//! a slice, a [`List`](crate::bounded::List), or [`Once`](crate::bounded::Once) around an iterator.

mod device;
mod diag;
mod history;
mod profiles;
mod reach;
mod runs;
mod test_result;
mod tokens;
mod waits;

pub use device::{FittedView, Info, LimitsView};
pub use diag::{
    CoreWord, CrashView, CrashWord, Diag, EvidenceView, LastFaultView, MemoryView, ResetWord, ResetsView, StorageView,
};
pub use history::{HISTORY_MOST, History, Point};
pub use profiles::{ProfileEntry, ProfileList, ProfileSaved};
pub use reach::{WifiAnswer, WifiNetwork, WifiScan};
pub use runs::{EndWord, RunEntry, RunFigures, RunList, RunReport, RunRows};
pub use test_result::{SelfTestResult, SelfTestState};
pub use tokens::{PairAnswer, TOKEN_DIGITS, TokenEntry, TokenList};
pub use waits::{RecoveryAnswer, ScheduleAnswer, TimeAnswer, TuningAnswer};
