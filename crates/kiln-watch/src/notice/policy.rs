//! When something is said: at once, once, and nothing at start-up for what is past.
//!
//! Alarms follow from how things are (`standing`); alerts from how they were and how they are
//! (`happened`). So nothing is told twice for one happening, whatever was missed in between, and the first status
//! after start-up tells of nothing that is over. A fault that is still latched then is not over: it is told, unless it
//! was acknowledged before the restart.
//!
//! ```text
//!             stands            ALARM_AGAIN
//!   (nothing) ──────▶ Raised ───────────────▶ told again
//!        ▲              │ acknowledged
//!        │ over         ▼
//!        └───────── Acknowledged
//! ```

use std::collections::BTreeSet;

use kiln_core::units::Instant;

use super::{Alarm, Alert, AlertKind, Say, What};
use crate::limits::{
    ACKNOWLEDGED, ALARM_AGAIN, HOLD_ENDS_S, HOLD_LASTS, SAFE_TO_OPEN_C, SILENCE_IS_ALARM, SILENT_LASTS, WAS_HOT_C,
};
use crate::link::Link;
use crate::status::{Severity, State, Status};

/// What is known of a kiln at a moment.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    /// The moment.
    pub now: Instant,
    /// How sure it is.
    pub link: Link,
    /// The newest status.
    pub status: Option<&'a Status>,
}

impl Look<'_> {
    /// Whether nothing was heard for so long that somebody must know.
    fn is_silent(&self) -> bool {
        self.link.heard().is_some_and(|heard| self.now.since(heard) >= SILENCE_IS_ALARM)
    }
}

/// An alarm that stands.
#[derive(Clone, Debug)]
struct Raised {
    key: String,
    alarm: Alarm,
    told: Instant,
}

/// The memory of what was said about one kiln.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    before: Option<Status>,
    was_hot: bool,
    was_lost: bool,
    /// Since when heat has been withheld for a reason.
    withheld: Vec<(String, Instant)>,
    /// Since when the control loop has been silent.
    silent: Option<Instant>,
    /// The restart of the firing that is running, until the firing ends.
    resumed: Option<(String, String)>,
    raised: Vec<Raised>,
    acknowledged: BTreeSet<String>,
}

impl Policy {
    /// Nothing has been said; these alarms were acknowledged before the watcher was started.
    pub fn new(acknowledged: impl IntoIterator<Item = String>) -> Self {
        Self { acknowledged: acknowledged.into_iter().collect(), ..Self::default() }
    }

    /// The alarms that stand and were acknowledged: to be kept over a restart.
    pub fn acknowledged(&self) -> impl Iterator<Item = &str> {
        self.acknowledged.iter().map(String::as_str)
    }

    /// The alarms that stand, each with whether it was acknowledged.
    pub fn alarms(&self) -> impl Iterator<Item = (&str, &Alarm, bool)> {
        let acknowledged = |key: &str| self.acknowledged.contains(key);
        self.raised.iter().map(move |raised| (raised.key.as_str(), &raised.alarm, acknowledged(&raised.key)))
    }

    /// Somebody has taken note of an alarm. That clears nothing.
    pub fn acknowledge(&mut self, key: &str) -> Option<Say> {
        let raised = self.raised.iter().any(|raised| raised.key == key);
        if !raised || self.acknowledged.len() >= ACKNOWLEDGED || !self.acknowledged.insert(key.to_owned()) {
            return None;
        }
        Some(Say::Withdraw { key: key.to_owned() })
    }

    /// Looks at a kiln; to be called at every answer and once a second.
    pub fn turn(&mut self, look: &Look<'_>, off: &BTreeSet<AlertKind>) -> Vec<Say> {
        let Some(status) = look.status else {
            return Vec::new();
        };
        let mut said = Vec::new();
        if matches!(look.link, Link::Live { .. }) {
            let mut alerts = self.before.as_ref().map_or_else(Vec::new, |before| happened(before, status));
            alerts.extend(self.cooled(status));
            alerts.extend(self.came_back(status));
            self.note(status, look.now);
            let wanted = alerts.into_iter().filter(|alert| !off.contains(&alert.kind()));
            said.extend(wanted.map(|alert| Say::Tell { key: key_of(&alert), what: What::Alert(alert) }));
        }
        self.was_lost |= look.is_silent() && status.state.fires();
        said.extend(self.alarm(look, status));
        said
    }

    /// Raises what stands and was not raised, tells again what nobody acknowledged, withdraws what is over.
    fn alarm(&mut self, look: &Look<'_>, status: &Status) -> Vec<Say> {
        let standing = self.standing(look, status);
        let is_over = |key: &str| standing.iter().all(|(there, _)| there != key);
        let mut said = Vec::new();
        self.raised.retain(|raised| {
            if is_over(&raised.key) {
                said.push(Say::Withdraw { key: raised.key.clone() });
            }
            !is_over(&raised.key)
        });
        self.acknowledged.retain(|key| !is_over(key));
        for (key, alarm) in standing {
            let tell = if let Some(raised) = self.raised.iter_mut().find(|raised| raised.key == key) {
                raised.alarm = alarm.clone();
                let again = look.now.since(raised.told) >= ALARM_AGAIN;
                if again {
                    raised.told = look.now;
                }
                again
            } else {
                self.raised.push(Raised { key: key.clone(), alarm: alarm.clone(), told: look.now });
                true
            };
            if tell && !self.acknowledged.contains(&key) {
                said.push(Say::Tell { key, what: What::Alarm(alarm) });
            }
        }
        said
    }

    /// The alarms that follow from how things are, each with what it is known by.
    fn standing(&self, look: &Look<'_>, status: &Status) -> Vec<(String, Alarm)> {
        let mut standing = Vec::new();
        let run = status.run_id().unwrap_or("-");
        if let Some(fault) = &status.fault {
            standing.push((format!("fault {} {run}", fault.code), Alarm::Fault(fault.clone())));
        }
        for fault in status.guards.iter().filter(|_| status.state.fires()) {
            let since = self.withheld.iter().find(|(code, _)| *code == fault.code).map(|(_, since)| *since);
            if since.is_some_and(|since| look.now.since(since) >= HOLD_LASTS) {
                standing.push((format!("hold {} {run}", fault.code), Alarm::Withheld(fault.clone())));
            }
        }
        if let Some(recovery) = &status.recovery {
            standing.push((format!("recovery {}", recovery.id), Alarm::Recovery(recovery.clone())));
        }
        if let Some((key, profile)) = &self.resumed {
            standing.push((key.clone(), Alarm::Resumed { profile: profile.clone() }));
        }
        if look.is_silent() && status.state.fires() {
            standing.push((format!("lost {run}"), Alarm::Lost));
        }
        let silent = self.silent.is_some_and(|since| look.now.since(since) >= SILENT_LASTS);
        if silent && status.control.silent && status.state.fires() {
            standing.push((format!("silent {run}"), Alarm::Silent));
        }
        standing
    }

    /// Takes what the next look is compared with.
    fn note(&mut self, status: &Status, now: Instant) {
        let holds =
            |code: &str| status.guards.iter().any(|fault| fault.code == code && fault.severity == Severity::Hold);
        self.silent = status.control.silent.then(|| self.silent.unwrap_or(now));
        self.withheld.retain(|(code, _)| holds(code));
        for fault in status.guards.iter().filter(|fault| fault.severity == Severity::Hold) {
            if self.withheld.iter().all(|(code, _)| *code != fault.code) {
                self.withheld.push((fault.code.clone(), now));
            }
        }
        if !status.state.fires() {
            self.resumed = None;
        } else if let Some(before) = &self.before
            && started_anew(before, status)
        {
            let profile = status.run.as_ref().map(|run| run.profile.clone()).unwrap_or_default();
            let nth = before.clock.control_ms;
            self.resumed = Some((format!("resumed {} {nth}", status.run_id().unwrap_or("-")), profile));
        }
        self.before = Some(status.clone());
    }

    fn cooled(&mut self, status: &Status) -> Option<Alert> {
        let temp_c = status.believed_c()?;
        self.was_hot |= temp_c >= WAS_HOT_C;
        if !self.was_hot || temp_c >= SAFE_TO_OPEN_C || status.state.fires() {
            return None;
        }
        self.was_hot = false;
        Some(Alert::SafeToOpen { temp_c })
    }

    fn came_back(&mut self, status: &Status) -> Option<Alert> {
        std::mem::take(&mut self.was_lost).then_some(Alert::Back { temp_c: status.believed_c() })
    }
}

/// Whether the controller started anew and went on with the firing that was running.
fn started_anew(before: &Status, status: &Status) -> bool {
    let same = before.run_id().is_some() && before.run_id() == status.run_id();
    same && before.state == State::Running && status.clock.control_ms < before.clock.control_ms
}

/// What has happened between two statuses, whatever was missed in between.
fn happened(before: &Status, status: &Status) -> Vec<Alert> {
    let mut alerts = Vec::new();
    let profile = || status.run.as_ref().map(|run| run.profile.clone()).unwrap_or_default();
    let same_run = before.run_id() == status.run_id();
    let over = |was: State| before.state == was && !status.state.fires() && status.fault.is_none();
    match status.state {
        State::Running if before.state != State::Running || !same_run && before.run_id().is_some() => {
            alerts.push(Alert::Started { profile: profile() });
        }
        State::Running => alerts.extend(advanced(before, status)),
        State::Complete if before.state != State::Complete || !same_run && before.run_id().is_some() => {
            alerts.push(if before.state == State::Tuning {
                Alert::Tuned
            } else {
                Alert::Completed { profile: profile() }
            });
        }
        State::Idle if over(State::Running) && status.recovery.is_none() => {
            let profile = before.run.as_ref().map(|run| run.profile.clone());
            alerts.push(Alert::Stopped { profile, temp_c: status.believed_c() });
        }
        State::Idle if over(State::Tuning) => alerts.push(Alert::Tuned),
        State::Idle | State::Tuning | State::Complete | State::Error | State::Other => {}
    }
    alerts.extend(missed(before, status));
    alerts
}

/// What has happened within one firing.
fn advanced(before: &Status, status: &Status) -> Option<Alert> {
    let (was, is) = (&before.run.as_ref()?.step, &status.run.as_ref()?.step);
    let step = is.index.saturating_add(1);
    if is.index > was.index {
        return Some(Alert::StepReached { step, count: is.count, target_c: is.target_c });
    }
    let left = |step: &crate::status::Step| step.hold_s.map(|hold_s| hold_s - step.elapsed_s);
    let crossed = left(was)? > HOLD_ENDS_S && left(is)? <= HOLD_ENDS_S;
    // A hold that waits for a cone ends when the cone falls.
    let known = is.index == was.index && is.until_cone.is_none();
    (crossed && known).then_some(Alert::HoldEnds { step, target_c: is.target_c })
}

/// A delayed start whose time has come and that is not there any more, without a firing.
fn missed(before: &Status, status: &Status) -> Option<Alert> {
    let start = before.scheduled.as_ref()?;
    let due = status.clock.wall_ms.is_some_and(|wall_ms| wall_ms >= start.start_ms);
    let gone = status.scheduled.as_ref().is_none_or(|next| next.start_ms != start.start_ms);
    let began = before.state.fires() || status.state.fires() || before.run_id() != status.run_id();
    (due && gone && !began).then(|| Alert::StartMissed { profile: start.profile.clone() })
}

/// What a later alert of the same kind replaces.
fn key_of(alert: &Alert) -> String {
    format!("alert {:?}", alert.kind())
}
