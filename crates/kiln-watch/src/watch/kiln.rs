//! One kiln that is watched: its memory, and the thread that asks it.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use kiln_core::units::{Instant, Millis};

use super::{Shared, answers};
use crate::book::{KilnId, Known};
use crate::http::{Answer, NoAnswer, Request};
use crate::limits::{ANSWER_TIME, STOP_EVERY};
use crate::link::Link;
use crate::notice::Say;
use crate::notice::policy::{Look, Policy};
use crate::past::Past;
use crate::poll::{Ask, Heard, Poller};
use crate::stop::{Progress, Stop};

/// The longest time without a look at what is to be said.
const LOOK_EVERY: Millis = Millis::from_seconds(1);

/// The memory of one kiln.
#[derive(Debug)]
pub(super) struct Memory {
    pub(super) poller: Poller,
    pub(super) policy: Policy,
    pub(super) past: Past,
    pub(super) stop: Option<Stop>,
    /// The newest status as the kiln wrote it.
    pub(super) body: Option<Arc<str>>,
    /// Counts the answers that told how things are.
    pub(super) heard: u64,
    /// When the newest of them was asked for.
    asked: Option<Instant>,
    /// When somebody last asked for something that changes how things are: what was asked before that is past.
    changed: Option<Instant>,
    forgotten: bool,
}

/// One kiln that is watched.
#[derive(Debug)]
pub(super) struct Kiln {
    pub(super) id: KilnId,
    memory: Mutex<Memory>,
    wake: Condvar,
    /// Held while the page's own questions are under way: one at a time.
    pub(super) line: Mutex<()>,
}

impl Kiln {
    pub(super) fn new(known: &Known, now: Instant) -> Self {
        let memory = Memory {
            poller: Poller::new(known.host.clone(), known.token.is_some(), now),
            policy: Policy::new(known.acknowledged.iter().cloned()),
            past: Past::default(),
            stop: None,
            body: None,
            heard: 0,
            asked: None,
            changed: None,
            forgotten: false,
        };
        Self { id: known.id, memory: Mutex::new(memory), wake: Condvar::new(), line: Mutex::new(()) }
    }

    /// Its memory. What a thread that panicked left is whole: every change of it is one call.
    pub(super) fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Its next question is due at once.
    pub(super) fn nudge(&self, now: Instant) {
        self.memory().poller.nudge(now);
        self.wake.notify_all();
    }

    /// Something was asked that changes how things are: the next question is due at once.
    pub(super) fn changed(&self, now: Instant) {
        self.memory().changed = Some(now);
        self.nudge(now);
    }

    /// The status as the kiln wrote it: live, and asked for after the newest change; waits a little for it.
    pub(super) fn present(&self, shared: &Shared) -> Option<Arc<str>> {
        let began = shared.moment().now;
        let mut memory = self.memory();
        loop {
            let now = shared.moment().now;
            let present = memory.asked >= memory.changed && matches!(memory.poller.link(now), Link::Live { .. });
            if present {
                return memory.body.clone();
            }
            let waited = now.since(began);
            if waited >= ANSWER_TIME || memory.forgotten {
                return None;
            }
            let wait = Duration::from_millis(ANSWER_TIME.saturating_sub(waited).get());
            memory = self.wake.wait_timeout(memory, wait).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// It was paired, moved, or unpaired.
    pub(super) fn begin_again(&self, paired: bool, now: Instant) {
        self.memory().poller.begin_again(paired, now);
        self.wake.notify_all();
    }

    /// It is not watched any more: its threads end.
    pub(super) fn forget(&self) {
        self.memory().forgotten = true;
        self.wake.notify_all();
    }

    /// Waits for the question that is due; `None` when it is time to look, and `Err` when the kiln was forgotten.
    fn next(&self, shared: &Shared) -> Result<Option<Ask>, Forgotten> {
        let now = shared.moment().now;
        let mut memory = self.memory();
        if memory.forgotten {
            return Err(Forgotten);
        }
        if let Some(ask) = memory.poller.due(now) {
            return Ok(Some(ask));
        }
        let wait = memory.poller.wake_at().since(now).get().clamp(1, LOOK_EVERY.get());
        let waited = self.wake.wait_timeout(memory, Duration::from_millis(wait));
        let (memory, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if memory.forgotten { Err(Forgotten) } else { Ok(None) }
    }

    /// Asks until the kiln is forgotten.
    pub(super) fn watch(self: &Arc<Self>, shared: &Shared) {
        while let Ok(ask) = self.next(shared) {
            if let Some(ask) = ask {
                let asked = shared.moment().now;
                let Some((address, token)) = shared.door(self.id) else {
                    return;
                };
                let answer = shared.client.send(address, &answers::request(&ask), token.as_ref(), ANSWER_TIME);
                self.take(&ask, &answer, asked, shared);
            }
            self.look(shared);
        }
    }

    fn take(&self, ask: &Ask, answer: &Result<Answer, NoAnswer>, asked: Instant, shared: &Shared) {
        let moment = shared.moment();
        let heard = answers::heard(ask, answer);
        let whole = matches!(heard, Heard::Status { .. });
        let mut memory = self.memory();
        let memory = &mut *memory;
        let before = memory.poller.link(moment.now).heard();
        memory.poller.take(heard, moment.now);
        if memory.poller.link(moment.now).heard() == before {
            return;
        }
        if let Ok(answer) = answer
            && whole
        {
            memory.body = Some(answer.body.as_str().into());
        }
        memory.heard = memory.heard.saturating_add(1);
        memory.asked = Some(asked);
        self.wake.notify_all();
        if let Some(status) = memory.poller.status() {
            memory.past.take(status.believed_c(), status.target_c, moment);
            if let Some(stop) = &mut memory.stop {
                stop.status(status.state.fires(), asked);
            }
            // A stop that was confirmed is past once the kiln fires again.
            let confirmed = memory.stop.is_some_and(|stop| stop.progress() == Progress::Confirmed);
            if confirmed && status.state.fires() {
                memory.stop = None;
            }
        }
    }

    /// Says what is to be said, and keeps what is to be kept.
    fn look(&self, shared: &Shared) {
        let off = shared.book().wishes.off.clone();
        let now = shared.moment().now;
        let (said, kept) = {
            let mut memory = self.memory();
            let memory = &mut *memory;
            let look = Look { now, link: memory.poller.link(now), status: memory.poller.status() };
            let said = memory.policy.turn(&look, &off);
            let info = memory.poller.info().map(|info| info.name.clone());
            let host = memory.poller.status().map(|_| memory.poller.host().to_owned());
            (said, (info, host, memory.acknowledged()))
        };
        let (name, host, acknowledged) = kept;
        shared.keep(self.id, |known| {
            if let Some(name) = name {
                known.name = crate::book::short(&name);
            }
            if let Some(host) = host {
                known.host = host;
            }
            if let Some(acknowledged) = acknowledged {
                known.acknowledged = acknowledged;
            }
        });
        shared.speak(self.id, &said);
    }

    /// Sends a stop until it is over.
    pub(super) fn stop(&self, shared: &Shared) {
        loop {
            let due = {
                let mut memory = self.memory();
                let forgotten = memory.forgotten;
                match &mut memory.stop {
                    Some(stop) if !stop.is_over() && !forgotten => stop.due(shared.moment().now),
                    _ => return,
                }
            };
            let Some((address, token)) = shared.door(self.id) else {
                return;
            };
            if due {
                let request = Request::post("/api/stop", "{}".to_owned()).with("x-kiln", "stop");
                // What counts is the status that follows, whatever is answered.
                drop(shared.client.send(address, &request, token.as_ref(), ANSWER_TIME));
                self.changed(shared.moment().now);
            }
            std::thread::sleep(Duration::from_millis(STOP_EVERY.get() / 10));
        }
    }

    /// Somebody has taken note of an alarm.
    pub(super) fn acknowledge(&self, key: &str) -> Option<Say> {
        self.memory().policy.acknowledge(key)
    }
}

impl Memory {
    fn acknowledged(&self) -> Option<Vec<String>> {
        // Before the first status nothing is known of what still stands.
        self.poller.status().map(|_| self.policy.acknowledged().map(str::to_owned).collect())
    }
}

/// Nobody wants it watched any more.
struct Forgotten;
