//! One connection from its first byte to its last, and the worker that serves one after another.
//!
//! Decides when to wait, for how long, and where bytes are put. Every deadline counts from a moment that the other side
//! cannot move: the head's and the body's from the connection, each write's from its beginning.

use super::answer::{self, Content, HEAD_ROOM, Length, Out, Told};
use super::bulk::{Bulk, LONG_BODY};
use super::head::Head;
use super::pieces::{self, CHUNK_ROOM};
use super::site::{Body, Hitch, Next, Reply, Site};
use super::socket::{Broken, Listener, Socket, Time};
use crate::door::{Peer, limits};
use core::ops::Range;
use kiln_core::units::Millis;

/// Bytes of the longest body that fits beside a head of any length.
pub const SHORT_BODY: usize = limits::BODY_BYTES;
/// Bytes a worker has for a request and, when it has been carried out, for the answer.
pub const ROOM: usize = limits::HEADER_BYTES + SHORT_BODY;

const CONTINUE: &[u8] = b"HTTP/1.1 100 Continue\r\n\r\n";
/// What of a request nobody wanted is read before the connection is closed over it.
const DRAINED_MOST: usize = 16 * 1024;

/// How long a worker waits for others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadlines {
    /// For the whole head, from the connection.
    pub head: Millis,
    /// For the whole body, from the end of the head.
    pub body: Millis,
    /// For room for some bytes of the answer.
    pub write: Millis,
    /// For the other side to see that this was all.
    pub end: Millis,
}

impl Deadlines {
    /// What ships.
    pub const DELIVERED: Self = Self {
        head: limits::HEADER_TIME,
        body: limits::BODY_TIME,
        write: limits::WRITE_TIME,
        end: Millis::from_seconds(1),
    };
}

/// What a worker works with.
#[derive(Debug)]
pub struct Desk<'a, S, T> {
    /// Whoever judges and carries out.
    pub site: &'a S,
    /// The time.
    pub time: &'a T,
    /// The room for long bodies.
    pub bulk: &'a Bulk<'a>,
    /// How long to wait for others.
    pub deadlines: Deadlines,
}

/// Serves one connection after another, for ever.
pub async fn work<L: Listener, S: Site, T: Time>(mut listener: L, desk: &Desk<'_, S, T>, room: &mut [u8; ROOM]) {
    loop {
        let (mut socket, peer) = listener.accept().await;
        // Whoever hangs up early has nobody left to be told.
        let _served = serve(&mut socket, peer, desk, room).await.is_ok();
    }
}

async fn serve<K: Socket, S: Site, T: Time>(
    socket: &mut K,
    peer: Peer,
    desk: &Desk<'_, S, T>,
    room: &mut [u8; ROOM],
) -> Result<(), Broken> {
    let began = desk.time.now();
    let right = match desk.site.admit(peer, began) {
        Ok(right) => right,
        Err(refusal) => {
            let size = refused(desk, room, refusal);
            send(socket, desk, room, size, &mut Pace::new(began)).await?;
            // Nobody waits for whoever has no place: what is there is read, so that the answer is not lost over it.
            return farewell(socket, desk, room, Millis::ZERO).await;
        }
    };
    let act = take_in(socket, peer, &right, desk, room).await?;
    let mut pace = Pace::new(desk.time.now());
    match act {
        Ok(act) => reply(socket, desk, room, act, &mut pace).await?,
        Err(refusal) => {
            let size = refused(desk, room, refusal);
            send(socket, desk, room, size, &mut pace).await?;
        }
    }
    farewell(socket, desk, room, desk.deadlines.end).await?;
    drop(right);
    Ok(())
}

/// Reads a request and has it carried out.
async fn take_in<K: Socket, S: Site, T: Time>(
    socket: &mut K,
    peer: Peer,
    right: &S::Place<'_>,
    desk: &Desk<'_, S, T>,
    room: &mut [u8; ROOM],
) -> Result<Result<S::Act, S::Refusal>, Broken> {
    let site = desk.site;
    let until = desk.time.now() + desk.deadlines.head;
    let mut here = 0;
    let judged = loop {
        let bytes = room.get(..here).unwrap_or_default();
        match Head::read(bytes) {
            Err(flaw) => return Ok(Err(site.hitch(Hitch::Head(flaw)))),
            Ok(Some(head)) => break Judged::new(desk, &head, peer),
            Ok(None) => {}
        }
        match socket.read(room.get_mut(here..).unwrap_or_default(), until).await {
            Ok(0) => return Err(Broken::Gone),
            Ok(read) => here += read,
            Err(Broken::Late) if here > 0 => return Ok(Err(site.hitch(Hitch::SlowHead))),
            Err(broken) => return Err(broken),
        }
    };
    let judged = match judged {
        Ok(judged) => judged,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if judged.expects && here < judged.size.saturating_add(judged.length) {
        let mut pace = Pace::new(desk.time.now());
        all(socket, desk, CONTINUE, &mut pace).await?;
    }
    match judged.body {
        Body::Short => {
            let Some(bytes) = room.get_mut(judged.size..) else { return Err(Broken::Gone) };
            let here = here.saturating_sub(judged.size);
            let until = desk.time.now() + desk.deadlines.body;
            if let Err(hitch) = fill(socket, bytes, here, judged.length, until).await? {
                return Ok(Err(site.hitch(hitch)));
            }
            let body = bytes.get(..judged.length).unwrap_or_default();
            Ok(Ok(site.perform(judged.call, body, right, desk.time.now())))
        }
        Body::Long => {
            let Some(mut lent) = desk.bulk.lend() else { return Ok(Err(site.hitch(Hitch::NoRoom))) };
            let first = room.get(judged.size..here).unwrap_or_default();
            let first = first.get(..judged.length).unwrap_or(first);
            let Some(place) = lent.bytes().get_mut(..first.len()) else { return Err(Broken::Gone) };
            place.copy_from_slice(first);
            let (here, until) = (first.len(), desk.time.now() + desk.deadlines.body);
            if let Err(hitch) = fill(socket, lent.bytes(), here, judged.length, until).await? {
                return Ok(Err(site.hitch(hitch)));
            }
            let body = lent.bytes().get(..judged.length).unwrap_or_default();
            Ok(Ok(site.perform(judged.call, body, right, desk.time.now())))
        }
    }
}

/// A request whose head was found good.
struct Judged<C> {
    call: C,
    body: Body,
    /// Bytes of the head.
    size: usize,
    /// Bytes of the body.
    length: usize,
    /// Whether the other side waits to be told that its body is wanted.
    expects: bool,
}

impl<C> Judged<C> {
    fn new<S: Site<Call = C>, T: Time>(desk: &Desk<'_, S, T>, head: &Head<'_>, peer: Peer) -> Result<Self, S::Refusal> {
        let (call, body) = desk.site.judge(head, peer, desk.time.now())?;
        let expects = head.text("Expect").is_some_and(|what| what.eq_ignore_ascii_case("100-continue"));
        let most = match body {
            Body::Short => SHORT_BODY,
            Body::Long => LONG_BODY,
        };
        // Whoever judges has looked at the length; what is longer than there is room for is cut off all the same.
        let length = usize::try_from(head.length.unwrap_or(0)).unwrap_or(most).min(most);
        Ok(Self { call, body, size: head.size, length, expects })
    }
}

/// Reads until `length` bytes are there.
async fn fill<K: Socket>(
    socket: &mut K,
    room: &mut [u8],
    mut here: usize,
    length: usize,
    until: Millis,
) -> Result<Result<(), Hitch>, Broken> {
    while here < length {
        match socket.read(room.get_mut(here..length).unwrap_or_default(), until).await {
            Ok(0) => return Err(Broken::Gone),
            Ok(read) => here += read,
            Err(Broken::Late) => return Ok(Err(Hitch::SlowBody)),
            Err(broken) => return Err(broken),
        }
    }
    Ok(Ok(()))
}

/// Answers, when there is an answer.
async fn reply<K: Socket, S: Site, T: Time>(
    socket: &mut K,
    desk: &Desk<'_, S, T>,
    room: &mut [u8; ROOM],
    mut act: S::Act,
    pace: &mut Pace,
) -> Result<(), Broken> {
    loop {
        let mut out = Out::new(room.get_mut(HEAD_ROOM..).unwrap_or_default());
        let reply = desk.site.answer(act, desk.time.now(), &mut out);
        let size = out.len();
        match reply {
            Reply::Whole(told) => {
                let whole = framed(&told, Length::Known(size), room, size);
                return send(socket, desk, room, whole, pace).await;
            }
            Reply::Fixed(told, bytes) => {
                let head = framed(&told, Length::Known(bytes.len()), room, 0);
                send(socket, desk, room, head, pace).await?;
                return all(socket, desk, bytes, pace).await;
            }
            Reply::Pieces(told, pieces) => {
                let length = if told.content == Some(Content::Events) { Length::Endless } else { Length::Chunked };
                let head = framed(&told, length, room, 0);
                send(socket, desk, room, head, pace).await?;
                return stream(socket, desk, room, pieces, length).await;
            }
            Reply::Later(again, at) => {
                act = again;
                desk.time.wait_until(at).await;
            }
        }
    }
}

/// Sends an answer that comes in pieces.
async fn stream<K: Socket, S: Site, T: Time>(
    socket: &mut K,
    desk: &Desk<'_, S, T>,
    room: &mut [u8; ROOM],
    mut pieces: S::Pieces,
    length: Length,
) -> Result<(), Broken> {
    let mut pace = Pace::new(desk.time.now());
    loop {
        let most = ROOM.saturating_sub(pieces::CHUNK_END.len());
        let mut out = Out::new(room.get_mut(CHUNK_ROOM..most).unwrap_or_default());
        let next = desk.site.next(&mut pieces, desk.time.now(), &mut out);
        let size = out.len();
        if size > 0 {
            let bytes = match length {
                Length::Chunked => pieces::frame(room, size),
                Length::Known(_) | Length::Endless => room.get(CHUNK_ROOM..CHUNK_ROOM.saturating_add(size)),
            };
            all(socket, desk, bytes.ok_or(Broken::Gone)?, &mut pace).await?;
        }
        match next {
            Next::More => {}
            Next::Later(at) => {
                desk.time.wait_until(at).await;
                pace = Pace::new(desk.time.now());
            }
            Next::End if length == Length::Chunked => return all(socket, desk, pieces::LAST_CHUNK, &mut pace).await,
            Next::End => return Ok(()),
            Next::Broken => return Err(Broken::Gone),
        }
    }
}

/// Writes a refusal with its head; where it is in the room.
fn refused<S: Site, T>(desk: &Desk<'_, S, T>, room: &mut [u8; ROOM], refusal: S::Refusal) -> Range<usize> {
    let mut out = Out::new(room.get_mut(HEAD_ROOM..).unwrap_or_default());
    let told = desk.site.refuse(refusal, &mut out);
    let size = out.len();
    framed(&told, Length::Known(size), room, size)
}

/// Puts the head right before a body of `size` bytes; where both are in the room.
fn framed(told: &Told, length: Length, room: &mut [u8; ROOM], size: usize) -> Range<usize> {
    let mut head = [0; HEAD_ROOM];
    let end = answer::head(told, length, &mut head);
    let start = HEAD_ROOM.saturating_sub(end);
    if let (Some(place), Some(head)) = (room.get_mut(start..HEAD_ROOM), head.get(..end)) {
        place.copy_from_slice(head);
    }
    start..HEAD_ROOM.saturating_add(size)
}

/// How fast an answer has to be taken: a second for every thousand bytes, and ten to begin with.
struct Pace {
    began: Millis,
    sent: u64,
}

impl Pace {
    const GRACE: Millis = Millis::from_seconds(10);

    const fn new(began: Millis) -> Self {
        Self { began, sent: 0 }
    }

    fn until(&self, now: Millis, write: Millis) -> Millis {
        (self.began + Self::GRACE + Millis::new(self.sent)).min(now + write)
    }

    fn sent(&mut self, bytes: usize) {
        self.sent = self.sent.saturating_add(u64::try_from(bytes).unwrap_or(u64::MAX));
    }
}

async fn send<K: Socket, S, T: Time>(
    socket: &mut K,
    desk: &Desk<'_, S, T>,
    room: &[u8; ROOM],
    what: Range<usize>,
    pace: &mut Pace,
) -> Result<(), Broken> {
    all(socket, desk, room.get(what).unwrap_or_default(), pace).await
}

async fn all<K: Socket, S, T: Time>(
    socket: &mut K,
    desk: &Desk<'_, S, T>,
    mut bytes: &[u8],
    pace: &mut Pace,
) -> Result<(), Broken> {
    while !bytes.is_empty() {
        let until = pace.until(desk.time.now(), desk.deadlines.write);
        let written = socket.write(bytes, until).await?;
        pace.sent(written);
        bytes = bytes.get(written..).filter(|_| written > 0).ok_or(Broken::Gone)?;
    }
    Ok(())
}

/// Says that this was all, and lets the other side say so too: closing over bytes that nobody read would take the answer
/// back.
async fn farewell<K: Socket, S, T: Time>(
    socket: &mut K,
    desk: &Desk<'_, S, T>,
    room: &mut [u8; ROOM],
    patience: Millis,
) -> Result<(), Broken> {
    let until = desk.time.now() + patience;
    socket.end(until).await?;
    let mut drained = 0;
    while drained < DRAINED_MOST {
        match socket.read(room, until).await? {
            0 => break,
            read => drained += read,
        }
    }
    Ok(())
}
