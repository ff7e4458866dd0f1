//! What stands behind the service: whoever judges requests and carries them out.
//!
//! Every method is one synchronous step. Nothing is borrowed between two of them.

use super::answer::{Out, Told};
use super::head::{Flaw, Head};
use crate::door::Peer;
use kiln_core::units::Millis;

/// What went wrong before anybody could carry out a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hitch {
    /// The head.
    Head(Flaw),
    /// The head did not come in time.
    SlowHead,
    /// The body did not come in time.
    SlowBody,
    /// The room for long bodies is lent to another request.
    NoRoom,
}

/// The room that a body needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// It fits beside the head.
    Short,
    /// It needs the room for long bodies.
    Long,
}

/// An answer, or how to come to one.
#[derive(Debug)]
pub enum Reply<A, P> {
    /// What was written is the body.
    Whole(Told),
    /// These bytes are the body.
    Fixed(Told, &'static [u8]),
    /// The body comes in pieces.
    Pieces(Told, P),
    /// Ask again at that time.
    Later(A, Millis),
}

/// What follows in an answer that comes in pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// What was written; there may be more.
    More,
    /// Nothing before that time.
    Later(Millis),
    /// Nothing.
    End,
    /// It cannot be told to its end: the connection breaks off, so that nobody takes it for whole.
    Broken,
}

/// Whoever judges requests and carries them out.
pub trait Site {
    /// A right to a worker; given back when it is dropped.
    type Place<'s>
    where
        Self: 's;
    /// A request that may be carried out once its body is there.
    type Call;
    /// What has been done, and is to be answered.
    type Act;
    /// Where an answer in pieces has come to.
    type Pieces;
    /// Why something is not done.
    type Refusal;

    /// Whether this peer may have a worker.
    ///
    /// # Errors
    /// It may not.
    fn admit(&self, peer: Peer, now: Millis) -> Result<Self::Place<'_>, Self::Refusal>;

    /// Whether a request may be carried out, by its head alone; the length of its body is judged here, too.
    ///
    /// # Errors
    /// It may not.
    fn judge(&self, head: &Head<'_>, peer: Peer, now: Millis) -> Result<(Self::Call, Body), Self::Refusal>;

    /// What is answered to a request that did not come through.
    fn hitch(&self, hitch: Hitch) -> Self::Refusal;

    /// Writes a refusal.
    fn refuse(&self, refusal: Self::Refusal, out: &mut Out<'_>) -> Told;

    /// Does what is asked for.
    fn perform(&self, call: Self::Call, body: &[u8], place: &Self::Place<'_>, now: Millis) -> Self::Act;

    /// Writes what has come of it, or says when to ask again.
    fn answer(&self, act: Self::Act, now: Millis, out: &mut Out<'_>) -> Reply<Self::Act, Self::Pieces>;

    /// Writes the next piece of a long answer.
    fn next(&self, pieces: &mut Self::Pieces, now: Millis, out: &mut Out<'_>) -> Next;
}
