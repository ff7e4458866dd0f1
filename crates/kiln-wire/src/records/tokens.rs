//! Paired apps and browsers.

use crate::ask::PAIRED_NAME_LONGEST;
use crate::bounded::Label;

/// The hexadecimal digits of a token: 128 bits.
pub const TOKEN_DIGITS: usize = 32;

/// The answer to a pairing: the only time a token is told.
#[derive(Clone, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct PairAnswer {
    /// The token, for `Authorization: Bearer …`.
    pub token: Label<TOKEN_DIGITS>,
    /// Its id, to revoke it by.
    pub id: u32,
    /// Its name.
    pub name: Label<PAIRED_NAME_LONGEST>,
}

impl core::fmt::Debug for PairAnswer {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("PairAnswer").field("id", &self.id).field("name", &self.name).finish_non_exhaustive()
    }
}

/// `GET /api/tokens`.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
#[cfg_attr(feature = "schema", ts(concrete(L = crate::bounded::List<TokenEntry, 8>)))]
pub struct TokenList<L> {
    /// The tokens, at most 8.
    #[cfg_attr(feature = "schema", ts(as = "Vec<TokenEntry>"), schemars(with = "Vec<TokenEntry>"))]
    pub tokens: L,
}

/// A token, without its secret.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct TokenEntry {
    /// Its id, to revoke it by.
    pub id: u32,
    /// Its name.
    pub name: Label<PAIRED_NAME_LONGEST>,
    /// When it was made, in epoch milliseconds; null where the time of day was not known.
    pub made_ms: Option<u64>,
    /// Whether it is the one this request was made with.
    pub this: bool,
}
