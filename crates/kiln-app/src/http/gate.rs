//! Every request passes here: connection, rate, path, method, door; only then does the application hear of it.
//!
//! Decides nothing itself: it asks the admission, the table of routes and the door, in this order, and puts their
//! refusals into one shape. The application is borrowed for the length of one step.

use super::answer::{Note, Out, Told};
use super::head::Head;
use super::refused::Refused;
use super::route::{self, Deed, Name, Resource, Row, Weight};
use super::site::{Body, Hitch, Next, Reply, Site};
use crate::door::idempotency;
use crate::door::{self, Admission, Asked, Door, Field, Method, Need, Origin, Peer, Permit, SlotId, limits};
use crate::net::captive;
use core::cell::RefCell;
use kiln_core::units::{Instant, Millis};
use kiln_wire::answer::Problem;

/// Connections that are served at a time.
pub const WORKERS: usize = 4;

/// A request that may be carried out.
#[derive(Clone, Debug)]
pub struct Call {
    /// What it is about.
    pub resource: Resource,
    /// The name in its path.
    pub name: Name,
    /// What is to be done.
    pub method: Method,
    /// Who asks.
    pub peer: Peer,
    /// With what right.
    pub permit: Permit,
    /// What the asker knows: the tags of `If-Match`, and of `If-None-Match`.
    pub if_match: Option<heapless::String<80>>,
    /// The same, to be told only of something else.
    pub if_none_match: Option<heapless::String<80>>,
    /// The name of the request, so that it is carried out once.
    pub key: Option<heapless::String<{ limits::KEY_BYTES }>>,
    /// What follows the question mark.
    pub query: heapless::String<64>,
}

impl Call {
    /// The page elsewhere that may read the answer.
    pub const fn origin(&self) -> Option<&'static str> {
        page(self.permit.origin)
    }

    /// `If-Match` as the door reads it.
    pub fn expected(&self) -> Field<'_> {
        self.if_match.as_deref().map_or(Field::Absent, Field::Once)
    }

    /// Whether the asker has what is known by this tag.
    pub fn has(&self, tag: &str) -> bool {
        door::if_none_match(self.if_none_match.as_deref().map_or(Field::Absent, Field::Once), Some(tag))
    }

    /// The value of a name in the query; nothing is decoded.
    pub fn asked(&self, name: &str) -> Option<&str> {
        self.query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
    }
}

/// What is behind the gate.
pub trait Application {
    /// What has been done, and is to be answered.
    type Act;
    /// Where an answer in pieces has come to.
    type Pieces;

    /// Whether the kiln does nothing: no firing, no tuning.
    fn is_idle(&self) -> bool;

    /// Whether reading needs a token, too.
    fn is_private(&self) -> bool;

    /// Does what is asked for.
    fn perform(&mut self, call: &Call, body: &[u8], door: &mut Door, now: Millis) -> Self::Act;

    /// An act that is only a refusal.
    fn refusal(&self, refused: Refused) -> Self::Act;

    /// Writes what has come of it, or says when to ask again.
    fn answer(&mut self, act: Self::Act, door: &Door, now: Millis, out: &mut Out<'_>)
    -> Reply<Self::Act, Self::Pieces>;

    /// Writes the next piece of a long answer.
    fn next(&mut self, pieces: &mut Self::Pieces, now: Millis, out: &mut Out<'_>) -> Next;
}

/// The door, the connections and the application behind them.
#[derive(Debug)]
pub struct Gate<A> {
    /// The door.
    pub door: RefCell<Door>,
    /// The application.
    pub application: RefCell<A>,
    admission: RefCell<Admission<WORKERS>>,
}

impl<A> Gate<A> {
    /// A gate with nobody at it.
    pub const fn new(door: Door, application: A) -> Self {
        let admission = RefCell::new(Admission::new());
        Self { door: RefCell::new(door), application: RefCell::new(application), admission }
    }

    /// Shows a code at the kiln.
    ///
    /// # Errors
    /// During the pause after too many wrong ones.
    pub fn show_code(&self, purpose: door::Purpose, now: Millis, random: u64) -> Result<door::Code, door::Refusal> {
        self.door.borrow_mut().codes.show(purpose, moment(now), random)
    }
}

/// A connection's right to its worker.
#[derive(Debug)]
pub struct Place<'s> {
    admission: &'s RefCell<Admission<WORKERS>>,
    slot: SlotId,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.admission.borrow_mut().leave(self.slot);
    }
}

/// What a head asks for, before it is judged.
enum Wanted {
    /// This, with the name in its path.
    Deed(&'static Row, Deed, Name),
    /// Something of this path, but not this.
    OtherMethod(&'static Row),
    /// What may be asked.
    Preflight,
    /// Nothing that there is.
    Nothing,
}

impl<A: Application> Site for Gate<A> {
    type Place<'s>
        = Place<'s>
    where
        Self: 's;
    type Call = Call;
    type Act = (A::Act, Option<&'static str>);
    type Pieces = A::Pieces;
    type Refusal = Refused;

    fn admit(&self, peer: Peer, now: Millis) -> Result<Place<'_>, Refused> {
        let slot = self.admission.borrow_mut().arrive(peer.address, moment(now)).map_err(|full| self.too_many(full))?;
        Ok(Place { admission: &self.admission, slot })
    }

    fn judge(&self, head: &Head<'_>, peer: Peer, now: Millis) -> Result<(Call, Body), Refused> {
        let (wanted, method) = (wanted(head), Method::named(head.method));
        let (need, weight) = match &wanted {
            Wanted::Deed(row, deed, _) => (self.need(row.resource, deed.need), deed.weight),
            Wanted::OtherMethod(_) | Wanted::Preflight | Wanted::Nothing => (Need::Open, Weight::Nothing),
        };
        // Whoever asks too often may still stop the kiln; stops have a rate of their own.
        if need != Need::Stop {
            let many = self.admission.borrow_mut().request(peer.address, moment(now));
            many.map_err(|many| self.too_many(many))?;
        }
        let asked = Asked {
            peer,
            method: method.unwrap_or(Method::Post),
            need,
            body: head
                .length
                .map_or(door::Body::None, |bytes| door::Body::Length(usize::try_from(bytes).unwrap_or(usize::MAX))),
            body_limit: most(weight),
            headers: head.door(),
            idle: self.application.borrow().is_idle(),
        };
        let judged = self.door.borrow_mut().judge(&asked, moment(now));
        let permit = judged.map_err(|refusal| self.turned_away(refusal, &asked, head))?;
        let page = page(permit.origin);
        match wanted {
            Wanted::Deed(row, deed, name) => {
                if permit.token.is_some() {
                    self.admission.borrow_mut().proved(peer.address, moment(now));
                }
                let long = head.length.is_some_and(|bytes| bytes > u64::try_from(limits::BODY_BYTES).unwrap_or(0));
                let call = call(head, row, deed, name, peer, permit).map_err(|refused| refused.for_page(page))?;
                Ok((call, if long { Body::Long } else { Body::Short }))
            }
            Wanted::Preflight => Err(preflight(page)),
            Wanted::OtherMethod(row) => Err(Refused::from(Problem::WrongMethod).allowing(row.allow).for_page(page)),
            Wanted::Nothing => Err(match captive::redirect(peer.interface, asked.method, head.path, true) {
                Some(place) => led_to(place),
                None => Refused::from(Problem::NoSuchPath).for_page(page),
            }),
        }
    }

    fn hitch(&self, hitch: Hitch) -> Refused {
        hitch.into()
    }

    fn refuse(&self, refused: Refused, out: &mut Out<'_>) -> Told {
        if refused.note.preflight {
            return Told { note: refused.note, ..Told::empty(204) };
        }
        if refused.note.location.is_some() {
            return Told { note: refused.note, ..Told::empty(302) };
        }
        refused.write(out)
    }

    fn perform(&self, call: Call, body: &[u8], place: &Place<'_>, now: Millis) -> Self::Act {
        let origin = call.origin();
        let mut application = self.application.borrow_mut();
        if call.resource == Resource::Events
            && let Err(refusal) = self.admission.borrow_mut().listen(place.slot)
        {
            return (application.refusal(refusal.into()), origin);
        }
        (application.perform(&call, body, &mut self.door.borrow_mut(), now), origin)
    }

    fn answer(&self, (act, origin): Self::Act, now: Millis, out: &mut Out<'_>) -> Reply<Self::Act, A::Pieces> {
        let with = |mut told: Told| {
            told.note.origin = origin;
            told
        };
        match self.application.borrow_mut().answer(act, &self.door.borrow(), now, out) {
            Reply::Whole(told) => Reply::Whole(with(told)),
            Reply::Fixed(told, bytes) => Reply::Fixed(with(told), bytes),
            Reply::Pieces(told, pieces) => Reply::Pieces(with(told), pieces),
            Reply::Later(act, at) => Reply::Later((act, origin), at),
        }
    }

    fn next(&self, pieces: &mut A::Pieces, now: Millis, out: &mut Out<'_>) -> Next {
        self.application.borrow_mut().next(pieces, now, out)
    }
}

impl<A: Application> Gate<A> {
    /// What a route asks of whoever asks: where reading is private, a token; but a page to pair with is for everybody.
    fn need(&self, resource: Resource, need: Need) -> Need {
        let open = matches!(
            resource,
            Resource::Page
                | Resource::MainScript
                | Resource::RestScript
                | Resource::Compute
                | Resource::OpenApi
                | Resource::Pair
        );
        if need == Need::Open && !open && self.application.borrow().is_private() { Need::Token } else { need }
    }

    /// More than the controller serves at a time; counted among what was turned away.
    fn too_many(&self, refusal: door::Refusal) -> Refused {
        self.door.borrow_mut().audit.count_refused();
        refusal.into()
    }

    /// A refusal of the door as it is told: a phone that looks for a portal is led to it, and a page that may read
    /// answers reads this one.
    fn turned_away(&self, refusal: door::Refusal, asked: &Asked<'_>, head: &Head<'_>) -> Refused {
        let ours = refusal != door::Refusal::HostUnknown;
        if let Some(place) = captive::redirect(asked.peer.interface, asked.method, head.path, ours) {
            return led_to(place);
        }
        let origin = door::judge::decent(asked, &self.door.borrow().hosts).ok().and_then(page);
        Refused::from(refusal).for_page(origin)
    }
}

/// What a head asks for.
fn wanted(head: &Head<'_>) -> Wanted {
    let Some((row, name)) = route::find(head.path) else { return Wanted::Nothing };
    match Method::named(head.method) {
        Some(Method::Options) if head.field("Origin").is_some() => Wanted::Preflight,
        method => match row.deeds.iter().find(|deed| Some(deed.method) == method) {
            Some(deed) => Wanted::Deed(row, *deed, name),
            None => Wanted::OtherMethod(row),
        },
    }
}

#[expect(clippy::result_large_err, reason = "at most once a connection, and there is no heap to put it on")]
fn call(head: &Head<'_>, row: &Row, deed: Deed, name: Name, peer: Peer, permit: Permit) -> Result<Call, Refused> {
    let key = idempotency::Key::judge(head.once("Idempotency-Key"))?;
    let kept = |name| head.text(name).map(heapless::String::try_from).transpose();
    let bad = |_| Refused::from(door::Refusal::HeaderMalformed);
    Ok(Call {
        resource: row.resource,
        name,
        method: deed.method,
        peer,
        permit,
        if_match: kept("If-Match").map_err(bad)?,
        if_none_match: kept("If-None-Match").map_err(bad)?,
        key: key.and_then(|_| head.text("Idempotency-Key")).and_then(|key| heapless::String::try_from(key).ok()),
        query: heapless::String::try_from(head.query.unwrap_or_default()).map_err(bad)?,
    })
}

const fn most(weight: Weight) -> usize {
    match weight {
        Weight::Nothing => 0,
        Weight::Request => limits::BODY_BYTES,
        Weight::Document => limits::PROFILE_BYTES,
    }
}

const fn page(origin: Origin) -> Option<&'static str> {
    match origin {
        Origin::App(app) => Some(app),
        Origin::Own | Origin::Unnamed => None,
    }
}

/// Not a refusal, but answered as one: nothing is done.
fn preflight(origin: Option<&'static str>) -> Refused {
    let mut answer = Refused::from(Problem::NoSuchPath).for_page(origin);
    answer.note = Note { preflight: true, ..answer.note };
    answer
}

/// Nothing is here, but there.
fn led_to(place: &'static str) -> Refused {
    let mut answer = Refused::from(Problem::NoSuchPath);
    answer.note.location = Some(place);
    answer
}

/// Real time as the door counts it.
const fn moment(now: Millis) -> Instant {
    Instant::from_millis(now.get())
}
