//! The stored profiles as a list.

use crate::ask::Etag;
use crate::status::ProfileName;

/// `GET /api/profiles`.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
#[cfg_attr(feature = "schema", ts(concrete(L = crate::bounded::List<ProfileEntry, 64>)))]
pub struct ProfileList<L> {
    /// The profiles, by name.
    #[cfg_attr(feature = "schema", ts(as = "Vec<ProfileEntry>"), schemars(with = "Vec<ProfileEntry>"))]
    pub profiles: L,
}

/// A stored profile.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct ProfileEntry {
    /// Its name, which is its place under `/api/profiles/`.
    pub name: ProfileName,
    /// What it is known by: changes when it does.
    pub etag: Etag,
    /// How many steps it has; null where what is stored cannot be read.
    pub steps: Option<usize>,
    /// The hottest target.
    pub peak_c: Option<f64>,
    /// How long it takes a kiln that keeps up.
    pub nominal_s: Option<f64>,
    /// Why what is stored cannot be read: the code of the refusal.
    pub refused: Option<&'static str>,
    /// The size of the document.
    pub bytes: u32,
}

/// The answer to a profile that was stored.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct ProfileSaved {
    /// Its name.
    pub name: ProfileName,
    /// What it is known by from here on.
    pub etag: Etag,
    /// Whether there was none of this name before.
    pub created: bool,
}
