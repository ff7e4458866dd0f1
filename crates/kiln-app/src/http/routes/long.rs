//! Answers in pieces: each call writes what fits, and remembers where it was.
//!
//! Nothing is held open between two pieces. What has changed in a way that would make a mix breaks the answer off. Each
//! kind of answer is a function that is not inlined: its room on the stack is there only while it is made.

use core::fmt::Write as _;

use super::super::answer::Out;
use super::super::list::Listed;
use super::super::route::Name;
use super::super::site::Next;
use super::support::Support;
use crate::service::{Now, RowsAt, Service};
use crate::store::{self, Flash};
use kiln_core::units::Millis;
use kiln_wire::ask::Etag;
use kiln_wire::bounded::{Label, List};
use kiln_wire::config::ConfigSchema;
use kiln_wire::records::{History, ProfileList, RunList, RunRows};
use kiln_wire::status::RunId;

/// Elements taken from the files at a time.
const PAGE: usize = 4;
/// Points of a log at a time: they fit beside the frame.
const POINTS: usize = 64;
/// Bytes of the longest description of all keys.
const SCHEMA_MOST: usize = 16 * 1024;
/// The least time between two events of the status.
const STATUS_EVERY: Millis = Millis::from_seconds(1);
/// How often an event stream shows that it is there.
const HEARTBEAT: Millis = Millis::from_seconds(5);
/// How often it is looked whether there is something to tell.
const LOOK_EVERY: Millis = Millis::new(100);

/// Where an answer in pieces has come to.
#[derive(Debug)]
pub struct Pieces(Course);

#[derive(Debug)]
enum Course {
    Events { status: Option<u32>, told: Millis, events: Option<u32> },
    History(Listed),
    Profiles(Listed),
    Runs(Listed, Option<RunId>),
    Profile { name: Name, etag: Etag, at: usize, length: usize },
    Fired { whole: store::Etag, at: usize },
    Rows { name: Name, at: usize, length: usize },
    Points { name: Name, listed: Listed, at: RowsAt },
    Schema { at: usize },
    Log { from: u64, until: Option<u64> },
    Support(Support),
}

impl Pieces {
    pub(super) const fn events(now: Millis) -> Self {
        Self(Course::Events { status: None, told: now, events: None })
    }

    pub(super) fn history() -> Self {
        Self(Course::History(Listed::default()))
    }

    pub(super) fn profiles() -> Self {
        Self(Course::Profiles(Listed::default()))
    }

    pub(super) fn runs() -> Self {
        Self(Course::Runs(Listed::default(), None))
    }

    pub(super) const fn profile(name: Name, etag: Etag, length: usize) -> Self {
        Self(Course::Profile { name, etag, at: 0, length })
    }

    pub(super) fn fired(profile: &[u8]) -> Self {
        Self(Course::Fired { whole: store::Etag::of(profile), at: 0 })
    }

    pub(super) const fn rows(name: Name, length: usize) -> Self {
        Self(Course::Rows { name, at: 0, length })
    }

    pub(super) fn points(name: Name) -> Self {
        Self(Course::Points { name, listed: Listed::default(), at: RowsAt::default() })
    }

    pub(super) const fn schema() -> Self {
        Self(Course::Schema { at: 0 })
    }

    pub(super) const fn log(from: u64) -> Self {
        Self(Course::Log { from, until: None })
    }

    pub(super) fn support(refused: u32) -> Self {
        Self(Course::Support(Support::new(refused)))
    }

    pub(super) fn next<F: Flash>(&mut self, service: &mut Service<'_, F>, now: &Now, out: &mut Out<'_>) -> Next {
        match &mut self.0 {
            Course::Events { status, told, events } => event(service, now, (status, told, events), out),
            Course::History(listed) => history(service, now, listed, out),
            Course::Profiles(listed) => profiles(service, listed, out),
            Course::Runs(listed, after) => runs(service, listed, after, out),
            Course::Profile { name, etag, at, length } => {
                let Ok((bytes, stored)) = service.profile(name) else { return Next::Broken };
                if stored != *etag || bytes.len() != *length {
                    return Next::Broken;
                }
                part(bytes, at, out)
            }
            Course::Fired { whole, at } => match service.fired() {
                Ok(bytes) if store::Etag::of(bytes) == *whole => part(bytes, at, out),
                // It is another one now, or none.
                _ => Next::Broken,
            },
            Course::Rows { name, at, length } => {
                let size = out.left().min(length.saturating_sub(*at));
                let room = out.free().get_mut(..size).unwrap_or_default();
                match service.read_rows(name, *at, room) {
                    Ok(0) if *at < *length => Next::Broken,
                    Ok(read) => {
                        out.filled(read);
                        *at += read;
                        if *at < *length { Next::More } else { Next::End }
                    }
                    Err(_) => Next::Broken,
                }
            }
            Course::Points { name, listed, at } => points(service, name, listed, at, out),
            Course::Schema { at } => schema(at, out),
            Course::Log { from, until } => log(service, from, until, out),
            Course::Support(support) => support.next(service, now, out),
        }
    }
}

/// The next part of bytes that are all there.
fn part(bytes: &[u8], at: &mut usize, out: &mut Out<'_>) -> Next {
    let part = bytes.get(*at..).unwrap_or_default();
    let size = part.len().min(out.left());
    if let (Some(room), Some(part)) = (out.free().get_mut(..size), part.get(..size)) {
        room.copy_from_slice(part);
    }
    out.filled(size);
    *at += size;
    if *at < bytes.len() { Next::More } else { Next::End }
}

/// The next event: the status when it is another one, everything that happened, a sign of life.
#[inline(never)]
fn event<F: Flash>(
    service: &Service<'_, F>,
    now: &Now,
    (status, told, events): (&mut Option<u32>, &mut Millis, &mut Option<u32>),
    out: &mut Out<'_>,
) -> Next {
    let quiet = now.real.saturating_sub(*told);
    let version = service.version();
    if *status != Some(version) && (status.is_none() || quiet >= STATUS_EVERY) {
        let first = status.replace(version).is_none();
        let (from, total) = (*events, service.told().map_or(0, |told| told.events.total()));
        *events = Some(total);
        // A reader that begins reads what is, not what was.
        if !first {
            for event in service.events(from.unwrap_or(total), now) {
                let before = out.len();
                let written = out.write_str("event: event\ndata: ").is_ok() && out.json(&event);
                if !(written && out.write_str("\n\n").is_ok()) {
                    out.back_to(before);
                    break;
                }
            }
        }
        let before = out.len();
        let status = service.status(now).ok();
        let written = status.is_some_and(|status| out.write_str("event: status\ndata: ").is_ok() && out.json(&status));
        if !(written && out.write_str("\n\n").is_ok()) {
            out.back_to(before);
        }
    } else if quiet >= HEARTBEAT && out.write_str(":\n\n").is_err() {
        return Next::Broken;
    }
    if !out.is_empty() {
        *told = now.real;
    }
    Next::Later(now.real + LOOK_EVERY)
}

#[inline(never)]
fn history<F: Flash>(service: &Service<'_, F>, now: &Now, listed: &mut Listed, out: &mut Out<'_>) -> Next {
    let history = service.history(now);
    let frame = History {
        run: history.run,
        started_ms: history.started_ms,
        every_s: history.every_s,
        logged_until_s: history.logged_until_s,
        points: List::<u8, 1>::default(),
    };
    if !listed.open(&frame, out) {
        return Next::Broken;
    }
    let points = history.points.into_values().into_iter().flatten().skip(listed.count);
    for point in points {
        if !listed.element(&point, out) {
            return Next::More;
        }
    }
    close(*listed, out)
}

#[inline(never)]
fn profiles<F: Flash>(service: &mut Service<'_, F>, listed: &mut Listed, out: &mut Out<'_>) -> Next {
    if !listed.open(&ProfileList { profiles: List::<u8, 1>::default() }, out) {
        return Next::Broken;
    }
    let mut page = heapless::Vec::<_, PAGE>::new();
    loop {
        let Ok(more) = service.profiles(listed.count, &mut page) else { return Next::Broken };
        for entry in &page {
            if !listed.element(entry, out) {
                return if out.is_empty() { Next::Broken } else { Next::More };
            }
        }
        if !more {
            return close(*listed, out);
        }
    }
}

#[inline(never)]
fn runs<F: Flash>(
    service: &mut Service<'_, F>,
    listed: &mut Listed,
    after: &mut Option<RunId>,
    out: &mut Out<'_>,
) -> Next {
    if !listed.open(&RunList { runs: List::<u8, 1>::default() }, out) {
        return Next::Broken;
    }
    let mut page = heapless::Vec::<_, PAGE>::new();
    loop {
        if service.runs(after.as_ref().map(Label::as_str), &mut page).is_err() {
            return Next::Broken;
        }
        for entry in &page {
            if !listed.element(entry, out) {
                return if out.is_empty() { Next::Broken } else { Next::More };
            }
            *after = Some(entry.id.clone());
        }
        if !page.is_full() {
            return close(*listed, out);
        }
    }
}

#[inline(never)]
fn points<F: Flash>(
    service: &mut Service<'_, F>,
    name: &Name,
    listed: &mut Listed,
    at: &mut RowsAt,
    out: &mut Out<'_>,
) -> Next {
    if !listed.open(&RunRows { id: Label::cut(name), points: List::<u8, 1>::default() }, out) {
        return Next::Broken;
    }
    let mut page = heapless::Vec::<_, POINTS>::new();
    let Ok(more) = service.next_points(name, at, &mut page) else { return Next::Broken };
    if page.iter().any(|point| !listed.element(point, out)) {
        return Next::Broken;
    }
    if more { Next::More } else { close(*listed, out) }
}

/// The description of every key: the same each time, so that each piece is cut from a new copy.
#[inline(never)]
fn schema(at: &mut usize, out: &mut Out<'_>) -> Next {
    let mut whole = [0; SCHEMA_MOST];
    let Ok(length) = serde_json_core::to_slice(&ConfigSchema, &mut whole) else { return Next::Broken };
    part(whole.get(..length).unwrap_or_default(), at, out)
}

/// Lines of the controller's own log, up to the one that was the newest at the beginning.
pub(super) fn log<F: Flash>(
    service: &mut Service<'_, F>,
    from: &mut u64,
    until: &mut Option<u64>,
    out: &mut Out<'_>,
) -> Next {
    let ring = service.store().ring();
    let until = *until.get_or_insert(ring.end());
    let (at, lines) = ring.since(*from);
    let wanted = usize::try_from(until.saturating_sub(at)).unwrap_or(usize::MAX).min(lines.len());
    let size = wanted.min(out.left());
    if let (Some(room), Some(part)) = (out.free().get_mut(..size), lines.as_bytes().get(..size)) {
        room.copy_from_slice(part);
    }
    out.filled(size);
    *from = at.saturating_add(u64::try_from(size).unwrap_or(u64::MAX));
    if size < wanted { Next::More } else { Next::End }
}

fn close(listed: Listed, out: &mut Out<'_>) -> Next {
    if listed.close(out) { Next::End } else { Next::More }
}
