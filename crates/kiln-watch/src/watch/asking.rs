//! What the page asks of a kiln, answered by what the poller knows where that will do.

use kiln_core::units::Millis;
use serde::{Deserialize, Serialize};

use super::kiln::Kiln;
use super::{Refused, Watch, lock};
use crate::book::{KilnId, Token};
use crate::http::{Answer, NoAnswer, Request};
use crate::limits::{ANSWER_TIME, LONG_TIME};

/// What stands in the page for a token that it need not know.
const KEPT: &str = "kept-by-the-shell";

/// The answer to a pairing.
#[derive(Deserialize, Serialize)]
struct Paired {
    token: String,
    id: u64,
    name: String,
}

impl Watch {
    /// Keeps what a kiln gave us, or forgets it.
    ///
    /// # Errors
    /// There is no such kiln.
    pub fn keep_token(&self, id: KilnId, token: Option<Token>) -> Result<(), Refused> {
        let kiln = self.kiln(id)?;
        let paired = token.is_some();
        self.0.keep(id, |known| known.token = token);
        kiln.begin_again(paired, self.0.moment().now);
        Ok(())
    }

    /// Asks a kiln something for the page. What the poller knows is answered by what it knows; a token that comes with
    /// the answer stays here.
    ///
    /// # Errors
    /// There is no such kiln, or nobody answered.
    pub fn ask(&self, id: KilnId, request: &Request) -> Result<Answer, Refused> {
        let kiln = self.kiln(id)?;
        if request.reads() && request.path() == "/api/status" {
            return self.known_status(&kiln);
        }
        let (address, token) = self.0.door(id).ok_or(Refused::NoSuchKiln)?;
        // A stop waits for nobody.
        let urgent = matches!(request.path(), "/api/stop" | "/api/shutdown");
        let line = (!urgent).then(|| lock(&kiln.line));
        let within = if request.reads() { LONG_TIME } else { Millis::new(ANSWER_TIME.get().saturating_mul(2)) };
        let answer = self.0.client.send(address, request, token.as_ref(), within);
        drop(line);
        let mut answer = answer.map_err(|NoAnswer| Refused::NoAnswer)?;
        if request.path() == "/api/pair" && answer.status == 200 {
            answer.body = self.take_token(id, &answer.body)?;
        } else if !request.reads() {
            // What it led to is to be seen at once.
            kiln.changed(self.0.moment().now);
        }
        Ok(answer)
    }

    fn known_status(&self, kiln: &Kiln) -> Result<Answer, Refused> {
        let body = kiln.present(&self.0).ok_or(Refused::NoAnswer)?;
        let json = ("content-type".to_owned(), "application/json".to_owned());
        Ok(Answer { status: 200, headers: vec![json], body: body.as_ref().to_owned() })
    }

    /// Keeps the token of a pairing; the answer without it.
    fn take_token(&self, id: KilnId, body: &str) -> Result<String, Refused> {
        let mut paired: Paired = serde_json::from_str(body).map_err(|_| Refused::NotUnderstood)?;
        let token = Token::new(&paired.token).ok_or(Refused::NotUnderstood)?;
        self.keep_token(id, Some(token))?;
        KEPT.clone_into(&mut paired.token);
        serde_json::to_string(&paired).map_err(|_| Refused::NotUnderstood)
    }
}
