//! One kiln as it is shown among others.

use serde::Serialize;

use crate::book::{KilnId, Known, Wishes};
use crate::link::{Failure, Link};
use crate::notice::What;
use crate::notice::policy::Policy;
use crate::notice::words::words;
use crate::poll::{Poller, Trust};
use crate::stop::Progress;
use kiln_core::units::Instant;

/// An alarm that stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TileAlarm {
    /// What it is acknowledged by.
    pub key: String,
    /// What it is.
    pub title: String,
    /// What the kiln did and what is to be done.
    pub body: String,
    /// Whether somebody has taken note of it.
    pub acknowledged: bool,
}

/// What a kiln does, as far as it is known.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Doing {
    /// `idle`, `running`, `tuning`, `complete`, `error`, or `other`.
    pub state: &'static str,
    /// The chamber's temperature, °C.
    pub temp_c: Option<f64>,
    /// The temperature asked for, °C.
    pub target_c: Option<f64>,
    /// The power asked for, percent.
    pub output_percent: f64,
    /// Whether the thermocouple cannot be read.
    pub probe_open: bool,
    /// The name of the profile.
    pub profile: Option<String>,
    /// The running step, counted from 1.
    pub step: Option<u32>,
    /// How many there are.
    pub steps: Option<u32>,
    /// Nominal time left, s.
    pub remaining_s: Option<f64>,
    /// How much is done, percent.
    pub progress_percent: Option<f64>,
}

/// One kiln among others.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tile {
    /// Its number here.
    pub id: KilnId,
    /// What its owner calls it.
    pub name: String,
    /// The name it goes by on its network.
    pub host: String,
    /// Where it is.
    pub address: String,
    /// `never`, `live`, `stale` or `lost`.
    pub link: &'static str,
    /// What went wrong last, where it is not live.
    pub why: Option<Failure>,
    /// How long ago it last answered, s.
    pub heard_s: Option<f64>,
    /// Whether the kiln knows our token: `unpaired`, `not_shown`, `known` or `unknown`.
    pub trust: &'static str,
    /// Whether no real kiln hangs on it.
    pub simulated: bool,
    /// What it does; none while that was never told.
    pub doing: Option<Doing>,
    /// The alarms that stand.
    pub alarms: Vec<TileAlarm>,
    /// How far a stop from here has come.
    pub stop: Option<Progress>,
}

/// What a tile is made of.
pub(super) struct Parts<'a> {
    pub(super) known: &'a Known,
    pub(super) wishes: &'a Wishes,
    pub(super) poller: &'a Poller,
    pub(super) policy: &'a Policy,
    pub(super) stop: Option<Progress>,
}

impl Tile {
    pub(super) fn of(parts: &Parts<'_>, now: Instant) -> Self {
        let Parts { known, wishes, poller, policy, stop } = *parts;
        let link = poller.link(now);
        let alarms = policy.alarms().map(|(key, alarm, acknowledged)| {
            let said = words(&What::Alarm(alarm.clone()), &known.called(), wishes.language, wishes.unit);
            TileAlarm { key: key.to_owned(), title: said.title, body: said.body, acknowledged }
        });
        Self {
            id: known.id,
            name: known.called(),
            host: known.host.clone(),
            address: known.address.to_string(),
            link: link.word(),
            why: match link {
                Link::Never { why } => why,
                Link::Lost { why, .. } => Some(why),
                Link::Live { .. } | Link::Stale { .. } => None,
            },
            heard_s: link.heard().map(|heard| now.since(heard).seconds()),
            trust: match poller.trust() {
                Trust::Unpaired => "unpaired",
                Trust::NotShown => "not_shown",
                Trust::Known => "known",
                Trust::Unknown => "unknown",
            },
            simulated: poller.info().is_some_and(|info| info.simulated),
            doing: poller.status().map(Doing::of),
            alarms: alarms.collect(),
            stop,
        }
    }
}

impl Doing {
    fn of(status: &crate::status::Status) -> Self {
        let run = status.run.as_ref().filter(|_| status.state.fires());
        Self {
            state: status.state.word(),
            temp_c: status.believed_c(),
            target_c: status.target_c,
            output_percent: status.output_percent,
            probe_open: status.is_probe_open(),
            profile: status.run.as_ref().map(|run| run.profile.clone()),
            step: run.map(|run| run.step.index.saturating_add(1)),
            steps: run.map(|run| run.step.count),
            remaining_s: run.map(|run| run.remaining_s),
            progress_percent: run.map(|run| run.progress_percent),
        }
    }
}
