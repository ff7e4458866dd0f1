//! What somebody at the kiln wants of it: a code on its display.
//!
//! The application looks for wishes in its own turn; whoever has one waits for the answer or reads it on the console.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use kiln_app::door::Purpose;

/// A wish for a code.
#[derive(Debug)]
pub struct Wish {
    /// What the code is for.
    pub purpose: Purpose,
    answer: Sender<Result<String, String>>,
}

impl Wish {
    /// Fulfils it, or says why not.
    pub fn answer(self, code: Result<String, String>) {
        // Whoever wished may have stopped waiting.
        drop(self.answer.send(code));
    }
}

/// Where wishes are left.
#[derive(Clone, Debug)]
pub struct Wishes(Sender<Wish>);

impl Wishes {
    /// A place for wishes, and where they are found.
    pub fn new() -> (Self, Receiver<Wish>) {
        let (wishes, found) = channel();
        (Self(wishes), found)
    }

    /// Asks for a code.
    ///
    /// # Errors
    /// Why there is none.
    pub fn code(&self, purpose: Purpose) -> Result<String, String> {
        let (answer, answered) = channel();
        let gone = || "the application is not there".to_owned();
        self.0.send(Wish { purpose, answer }).map_err(|_| gone())?;
        answered.recv_timeout(Duration::from_secs(5)).map_err(|_| gone())?
    }
}
