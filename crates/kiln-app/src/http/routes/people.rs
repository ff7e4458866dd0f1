//! Pairing, and the apps that are paired. They are stored before the answer is sent.

use super::super::gate::Call;
use super::super::route::Resource;
use super::{Act, Routes};
use crate::door::{self, Door, TokenId, Tokens, kept};
use crate::service::Refused;
use crate::store::{Document, Flash};
use kiln_core::units::{Instant, Millis};
use kiln_wire::answer::Problem;
use kiln_wire::ask::PairRequest;
use kiln_wire::bounded::Label;
use kiln_wire::records::{PairAnswer, TokenEntry};

/// The format of the stored tokens, as the store counts.
const FORMAT: u16 = 1;

impl<F: Flash> Routes<'_, F> {
    /// The apps that were paired before. What cannot be read stays where it is, and nobody is paired.
    pub fn tokens(&mut self) -> Tokens {
        let mut room = [0; kept::LONGEST];
        let stored = self.service.store().read(Document::Tokens, FORMAT, &mut room);
        let bytes = stored.ok().and_then(|stored| room.get(..stored.length));
        bytes.and_then(|bytes| kept::read(bytes).ok()).unwrap_or_default()
    }

    pub(super) fn admit(&mut self, call: &Call, body: &[u8], door: &mut Door, now: Millis) -> Result<Act, Refused> {
        let before = door.tokens.clone();
        let act = if call.resource == Resource::Pair {
            let PairRequest { code, name } = PairRequest::parse(body)?;
            let code = core::str::from_utf8(&code).map_err(|_| Problem::CodeWrong)?;
            let at = (Instant::from_millis(now.get()), self.now.wall);
            match door.pair(code, name.as_str(), call.peer, at, self.random.draw()) {
                Ok((id, token)) => Act::Paired(PairAnswer { token: Label::cut(token), id: id.get(), name }),
                // Nothing has changed that would have to be stored.
                Err(refusal) => return Ok(Act::Refused(refusal.into())),
            }
        } else {
            let id = call.name.parse().map(TokenId::new).map_err(|_| Problem::NoSuchToken)?;
            match door.revoke(id, call.peer) {
                Ok(()) => Act::Done,
                Err(refusal) => return Ok(Act::Refused(refusal.into())),
            }
        };
        let written = self.service.store().write(Document::Tokens, FORMAT, &kept::write(&door.tokens));
        if written.is_err() {
            // Not acknowledged: as if it had not been asked.
            door.tokens = before;
            return Err(Problem::StorageFailed.into());
        }
        Ok(act)
    }
}

/// The apps that are paired, as they are listed.
pub(super) fn entries<'d>(door: &'d Door, call: &Call) -> impl Iterator<Item = TokenEntry> + 'd {
    let own = call.permit.token;
    door.tokens.entries().iter().map(move |entry: &door::tokens::Entry| TokenEntry {
        id: entry.id.get(),
        name: Label::cut(entry.name.as_str()),
        made_ms: entry.paired.map(kiln_core::units::WallClock::unix_millis),
        this: own == Some(entry.id),
    })
}
