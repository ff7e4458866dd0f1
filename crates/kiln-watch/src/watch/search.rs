//! Finding kilns that are not known, and those that have moved.

use std::net::SocketAddr;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;

use super::{Refused, Watch, lock};
use crate::book::{KilnId, NotEntered};
use crate::find::{self, Candidate, Found, mdns};
use crate::limits::BROWSE_TIME;
use crate::link::Link;

/// How often it is looked for kilns that are silent.
const FIND_EVERY: Duration = Duration::from_mins(1);

impl Watch {
    /// Looks for kilns that are not known, for some seconds.
    pub fn find(&self) -> Vec<Found> {
        let mut candidates: Vec<Candidate> = Vec::new();
        if self.0.options.listens {
            candidates = mdns::browse(BROWSE_TIME);
            self.moved(&candidates);
        }
        let fixed = self.0.options.provisioning.iter();
        candidates.extend(fixed.map(|address| Candidate { host: String::new(), address: *address }));
        let known: Vec<SocketAddr> = self.0.book().kilns.iter().map(|known| known.address).collect();
        candidates.retain(|candidate| !known.contains(&candidate.address));
        thread::scope(|scope| {
            let client = &self.0.client;
            let asked: Vec<_> = candidates.iter().map(|there| scope.spawn(move || find::look(client, there))).collect();
            asked.into_iter().filter_map(|asked| asked.join().ok().flatten()).collect()
        })
    }

    /// Looks again and again for kilns that are silent.
    pub(super) fn find_again(&self) {
        let silent = |watch: &Self| {
            let now = watch.0.moment().now;
            let kilns = lock(&watch.0.kilns);
            kilns.values().any(|kiln| matches!(kiln.memory().poller.link(now), Link::Never { .. } | Link::Lost { .. }))
        };
        let mut last: Option<std::time::Instant> = None;
        while !self.0.ended.load(Ordering::Relaxed) {
            thread::sleep(Duration::from_millis(500));
            if last.is_none_or(|last| last.elapsed() > FIND_EVERY) && silent(self) {
                self.moved(&mdns::browse(BROWSE_TIME));
                last = Some(std::time::Instant::now());
            }
        }
    }

    /// Takes note of kilns that have another address than they had.
    pub fn moved(&self, candidates: &[Candidate]) {
        for candidate in candidates {
            let moved = self.0.change(|book| {
                let mut same = book.kilns.iter_mut().filter(|known| known.host == candidate.host);
                // Two that go by one name cannot be told apart by it.
                let (Some(known), None) = (same.next(), same.next()) else {
                    return None;
                };
                if candidate.host.is_empty() || known.address == candidate.address {
                    return None;
                }
                known.address = candidate.address;
                Some((known.id, known.token.is_some()))
            });
            if let Some((id, paired)) = moved
                && let Ok(kiln) = self.kiln(id)
            {
                kiln.begin_again(paired, self.0.moment().now);
            }
        }
    }

    /// Adds the kiln at an address, as a person typed it.
    ///
    /// # Errors
    /// It is no address, no kiln answers there, or there is no room.
    pub fn add(&self, address: &str) -> Result<KilnId, Refused> {
        let address = find::typed(address).map_err(|_| Refused::NoSuchAddress)?;
        let candidate = Candidate { host: String::new(), address };
        let found = find::look(&self.0.client, &candidate).ok_or(Refused::NoKiln)?;
        let entered = self.0.change(|book| book.enter(&found.name, &found.host, found.address));
        let id = entered.map_err(|NotEntered::Full| Refused::Full)?;
        let known = self.0.book().kiln(id).cloned().ok_or(Refused::NoSuchKiln)?;
        if self.kiln(id).is_err() {
            self.enlist(&known);
        }
        Ok(id)
    }
}
