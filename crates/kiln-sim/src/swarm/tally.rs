//! What a swarm came to: violations, endings, faults that really came, guards that really spoke.
//!
//! Counts and sorts; the order of the firings is that of their seeds, so the text is the same every time.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use kiln_core::fault::{Kind, Severity};
use kiln_core::guard::GUARDS;

use super::flight::bit;
use super::{Flown, How, Wanted};
use crate::swarm::check::Rule;

/// The guards in their order.
const GUARD_NAMES: [&str; GUARDS] = [
    "over temperature",
    "stale",
    "jump",
    "fitted",
    "frozen",
    "heat lost",
    "not rising",
    "reversed",
    "welded",
    "electronics",
    "too long",
];

/// One fault's share of a swarm.
#[derive(Clone, Debug, Default)]
struct Row {
    drawn: usize,
    came: usize,
    latched: usize,
    delays_s: Vec<f64>,
    kinds: BTreeMap<String, usize>,
    over_target_k: f64,
    over_maximum_k: Option<f64>,
}

/// A swarm summed up.
#[derive(Clone, Debug)]
pub struct Tally {
    wanted: Wanted,
    flown: usize,
    hours: f64,
    wrapped: usize,
    resets: u32,
    rules: BTreeMap<Rule, usize>,
    rows: BTreeMap<String, Row>,
    guards: [usize; GUARDS],
    kinds: u64,
    failing: Vec<(u64, String)>,
    complete: usize,
    hottest_k: f64,
}

impl Tally {
    /// Sums up firings of what was wanted.
    pub fn new(flown: &[Flown], wanted: &Wanted) -> Self {
        let mut tally = Self {
            wanted: wanted.clone(),
            flown: flown.len(),
            hours: flown.iter().map(|one| one.ended_ms as f64 / 3.6e6).sum(),
            wrapped: flown.iter().filter(|one| one.wrapped).count(),
            resets: flown.iter().map(|one| one.resets).sum(),
            rules: BTreeMap::new(),
            rows: BTreeMap::new(),
            guards: [0; GUARDS],
            kinds: 0,
            failing: Vec::new(),
            complete: flown.iter().filter(|one| one.how == How::Complete).count(),
            hottest_k: f64::MIN,
        };
        for one in flown {
            tally.add(one);
        }
        tally
    }

    fn add(&mut self, one: &Flown) {
        for violation in &one.violations {
            *self.rules.entry(violation.rule).or_default() += 1;
        }
        if !one.violations.is_empty() {
            self.failing.push((one.seed, failing(one)));
        }
        for (guard, count) in self.guards.iter_mut().enumerate() {
            *count += usize::from(one.guards & (1 << guard) != 0);
        }
        self.kinds |= one.kinds;
        let row = self.rows.entry(one.fault.clone().unwrap_or_else(|| "none".to_owned())).or_default();
        row.drawn += 1;
        let came = one.came_ms.is_some() || one.fault.is_none();
        if !came {
            return;
        }
        row.came += 1;
        self.hottest_k = self.hottest_k.max(one.over_maximum_k);
        row.over_maximum_k = Some(row.over_maximum_k.map_or(one.over_maximum_k, |most| most.max(one.over_maximum_k)));
        row.over_target_k = row.over_target_k.max(one.over_target_k);
        if let How::Failed(kind) = one.how {
            self.kinds |= bit(kind);
            row.latched += 1;
            row.delays_s.push((one.ended_ms.saturating_sub(one.came_ms.unwrap_or(0))) as f64 / 1000.0);
            *row.kinds.entry(format!("{kind:?}")).or_default() += 1;
        }
    }

    /// Firings in which a rule was broken.
    pub fn failing(&self) -> usize {
        self.failing.len()
    }

    /// Firings flown.
    pub const fn flown(&self) -> usize {
        self.flown
    }

    /// Simulated hours.
    pub const fn hours(&self) -> f64 {
        self.hours
    }

    /// How often each rule was broken.
    pub fn broken(&self, rule: Rule) -> usize {
        self.rules.get(&rule).copied().unwrap_or(0)
    }

    /// The guards that never found anything.
    pub fn silent_guards(&self) -> Vec<&'static str> {
        GUARD_NAMES.into_iter().zip(self.guards).filter(|(_, count)| *count == 0).map(|(name, _)| name).collect()
    }

    /// The faults that were drawn and never came.
    pub fn never_came(&self) -> Vec<&str> {
        self.rows.iter().filter(|(_, row)| row.came == 0).map(|(name, _)| name.as_str()).collect()
    }

    /// The whole text: a line for each fault, the guards, the failing seeds, and the line that counts.
    pub fn text(&self) -> String {
        let mut text = String::from(
            "fault               drawn  came latched  delay s median/most   over target  over maximum  latched as\n",
        );
        for (name, row) in &self.rows {
            let _nothing = writeln!(text, "{}", row.line(name));
        }
        let guards = GUARD_NAMES.iter().zip(self.guards).map(|(name, count)| format!("{name} {count}"));
        let _nothing = writeln!(text, "\nguards that spoke, in firings: {}", guards.collect::<Vec<_>>().join(", "));
        let _nothing = writeln!(text, "faults never seen: {}", self.unseen().join(", "));
        for (_, line) in self.failing.iter().take(40) {
            let _nothing = writeln!(text, "{line}");
        }
        let _nothing = writeln!(text, "\n{}", self.line());
        text
    }

    /// Kinds of fault that end a firing or withhold heat and were never seen.
    fn unseen(&self) -> Vec<String> {
        let unseen = Kind::ALL.into_iter().filter(|kind| self.kinds & bit(*kind) == 0);
        unseen.filter(|kind| kind.severity() >= Severity::Hold).map(|kind| format!("{kind:?}")).collect()
    }

    /// The line that counts.
    pub fn line(&self) -> String {
        let rules: Vec<String> = self.rules.iter().map(|(rule, count)| format!("{rule:?} {count}")).collect();
        let rules = if rules.is_empty() { "nothing broken".to_owned() } else { rules.join(", ") };
        format!(
            "swarm of {} on {}, {}: {} firings, {:.0} h, {} complete, {} clocks wrapped, {} resets; {} failing: {rules}",
            self.wanted.fault,
            self.wanted.plant,
            self.wanted.who.name(),
            self.flown,
            self.hours,
            self.complete,
            self.wrapped,
            self.resets,
            self.failing.len()
        )
    }
}

impl Row {
    fn line(&self, name: &str) -> String {
        let mut delays = self.delays_s.clone();
        delays.sort_by(f64::total_cmp);
        let delay = match (delays.get(delays.len() / 2), delays.last()) {
            (Some(median), Some(most)) => format!("{median:.0}/{most:.0}"),
            _ => "-".to_owned(),
        };
        let kinds: Vec<String> = self.kinds.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
        let maximum = self.over_maximum_k.map_or_else(|| "-".to_owned(), |most| format!("{most:.1} K"));
        format!(
            "{name:<19} {:>5} {:>5} {:>7}  {delay:>19}  {:>10.1} K  {maximum:>12}  {}",
            self.drawn,
            self.came,
            self.latched,
            self.over_target_k,
            kinds.join(", ")
        )
    }
}

/// What went wrong with a seed, in a line.
fn failing(one: &Flown) -> String {
    let fault = one.fault.as_deref().unwrap_or("none");
    let broken: Vec<String> = one
        .violations
        .iter()
        .map(|violation| {
            format!("{:?} at {:.1} s ({})", violation.rule, violation.at_ms as f64 / 1000.0, violation.what)
        })
        .collect();
    let came = one.came_ms.map_or_else(|| "never came".to_owned(), |ms| format!("at {:.1} s", ms as f64 / 1000.0));
    let (seed, kiln) = (one.seed, one.kiln);
    format!("seed {seed}: {kiln}, {fault} {came}: {}", broken.join("; "))
}
