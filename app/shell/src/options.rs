//! The words of the command line. A person needs none; tests keep away from the network and from the person's kilns.

use std::net::SocketAddr;
use std::path::PathBuf;

use kiln_watch::find::PROVISIONING;

/// What is told when the words mean nothing.
const USAGE: &str = "usage: pico-kiln [--folder FOLDER] [--alone] [--look-at ADDRESS:PORT]...
  --folder FOLDER   keep the list of kilns there
  --alone           do not listen to the network, and look at no set-up addresses
  --look-at A:P     look there for a kiln that is being set up";

/// The words of the command line.
#[derive(Debug)]
pub(crate) struct Options {
    /// Where the list of kilns is kept; `None` for the person's own folder.
    pub(crate) folder: Option<PathBuf>,
    /// Whether the local network is listened to.
    pub(crate) listens: bool,
    /// Where a kiln that is being set up may be.
    pub(crate) provisioning: Vec<SocketAddr>,
}

impl Options {
    /// Reads them.
    ///
    /// # Errors
    /// How it is used.
    pub(crate) fn read(mut words: impl Iterator<Item = String>) -> Result<Self, &'static str> {
        let mut options = Self { folder: None, listens: true, provisioning: PROVISIONING.to_vec() };
        let mut looked_at = Vec::new();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--folder" => options.folder = Some(words.next().ok_or(USAGE)?.into()),
                "--look-at" => looked_at.push(words.next().and_then(|word| word.parse().ok()).ok_or(USAGE)?),
                "--alone" => {
                    options.listens = false;
                    options.provisioning.clear();
                }
                _ => return Err(USAGE),
            }
        }
        if !looked_at.is_empty() {
            options.provisioning = looked_at;
        }
        Ok(options)
    }
}
