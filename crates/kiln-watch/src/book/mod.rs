//! Which kilns are known, what they gave us, and what the person at this computer wants.

pub mod file;

use std::collections::BTreeSet;
use std::fmt;
use std::net::SocketAddr;

use serde::{Deserialize, Serialize};

use crate::limits::{KILNS, NAME_CHARS};
use crate::notice::AlertKind;
use crate::notice::words::{Language, Unit};

/// The format of the stored document.
pub const FORMAT: u32 = 1;

/// A kiln's number on this computer; never given to another.
pub type KilnId = u32;

/// What a kiln gave us when it was paired.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Token(String);

impl Token {
    /// Takes what a kiln gave; `None` for what cannot stand in a header.
    pub fn new(text: &str) -> Option<Self> {
        let plain = !text.is_empty() && text.len() <= 256 && text.bytes().all(|byte| byte.is_ascii_graphic());
        plain.then(|| Self(text.to_owned()))
    }

    /// The secret, for the header.
    pub fn secret(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// A kiln that is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// Its number here.
    pub id: KilnId,
    /// What its owner calls it.
    pub name: String,
    /// The name it goes by on its network, without `.local`; empty as long as it is not known.
    #[serde(default)]
    pub host: String,
    /// Where it was last.
    pub address: SocketAddr,
    /// What it gave us; none while it is not paired.
    #[serde(default)]
    pub token: Option<Token>,
    /// Alarms that somebody took note of and that still stand.
    #[serde(default)]
    pub acknowledged: Vec<String>,
}

impl Known {
    /// What it is called here: its owner's name for it, else its name on the network, else where it is.
    pub fn called(&self) -> String {
        let names = [&self.name, &self.host].into_iter().find(|name| !name.trim().is_empty());
        names.cloned().unwrap_or_else(|| self.address.to_string())
    }
}

/// What the person wants.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Wishes {
    /// The language of what is told.
    pub language: Language,
    /// The unit of temperatures in it.
    pub unit: Unit,
    /// The alerts that are not wanted. Alarms cannot be switched off.
    pub off: BTreeSet<AlertKind>,
}

/// Everything that is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Book {
    /// [`FORMAT`].
    pub format: u32,
    /// The number the next kiln gets.
    pub next: KilnId,
    /// The kilns.
    pub kilns: Vec<Known>,
    /// What the person wants.
    #[serde(default)]
    pub wishes: Wishes,
}

impl Default for Book {
    fn default() -> Self {
        Self { format: FORMAT, next: 1, kilns: Vec::new(), wishes: Wishes::default() }
    }
}

/// Why a kiln was not entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotEntered {
    /// There is no room for another.
    Full,
}

impl Book {
    /// The kiln of this number.
    pub fn kiln(&self, id: KilnId) -> Option<&Known> {
        self.kilns.iter().find(|kiln| kiln.id == id)
    }

    /// The kiln of this number, to be changed.
    pub fn kiln_mut(&mut self, id: KilnId) -> Option<&mut Known> {
        self.kilns.iter_mut().find(|kiln| kiln.id == id)
    }

    /// Enters a kiln. One that is known by its address or by its name on the network keeps its number and token.
    ///
    /// # Errors
    /// There is no room for another.
    pub fn enter(&mut self, name: &str, host: &str, address: SocketAddr) -> Result<KilnId, NotEntered> {
        let is_it = |kiln: &&mut Known| kiln.address == address || !host.is_empty() && kiln.host == host;
        if let Some(kiln) = self.kilns.iter_mut().find(is_it) {
            kiln.address = address;
            kiln.name = short(name);
            return Ok(kiln.id);
        }
        if self.kilns.len() >= KILNS {
            return Err(NotEntered::Full);
        }
        let id = self.next;
        self.next = self.next.saturating_add(1);
        let (name, host) = (short(name), short(host));
        self.kilns.push(Known { id, name, host, address, token: None, acknowledged: Vec::new() });
        Ok(id)
    }

    /// Forgets a kiln and what it gave us.
    pub fn forget(&mut self, id: KilnId) {
        self.kilns.retain(|kiln| kiln.id != id);
    }
}

/// A name at most as long as is kept, without control characters.
pub fn short(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(NAME_CHARS).collect()
}
