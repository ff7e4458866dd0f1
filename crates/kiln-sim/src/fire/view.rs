//! The firing as it goes by: a few lines redrawn in place on a terminal, a plain line now and then anywhere else.
//!
//! Off a terminal no escape code is ever written. Lines are cut by the terminal, never wrapped, so that drawing in place
//! works in a narrow window.

use std::io::{self, Write};
use std::time::{Duration, Instant};

use kiln_core::profile::{Profile, Step};
use kiln_core::snapshot::{Phase, Snapshot};
use kiln_core::units::Celsius;
use kiln_sim::firing::Moment;
use kiln_wire::profile::StepType;

use super::chart::Chart;
use super::words;

/// Off a terminal: how often there is a line, in simulated seconds.
const PLAIN_EVERY_S: u64 = 600;
/// On a terminal: how often it is drawn, at most.
const DRAWN_EVERY: Duration = Duration::from_millis(50);
/// Characters in the bar of the firing, and in the one of the duty.
const BAR: usize = 60;
const DUTY_BAR: usize = 20;

/// Where the firing is watched.
#[derive(Debug)]
pub(super) struct View<'a, W: Write> {
    out: W,
    profile: &'a Profile,
    title: String,
    kind: Kind,
    failed: bool,
}

#[derive(Debug)]
enum Kind {
    /// A terminal: how many lines are drawn, and when.
    Live { lines: usize, drawn: Option<Instant>, chart: Chart },
    /// Anything else: when the next line is due.
    Plain { next_s: u64 },
}

impl<'a, W: Write> View<'a, W> {
    /// A view of a firing of `profile` under that title.
    pub(super) fn new(out: W, live: bool, profile: &'a Profile, title: String) -> Self {
        let kind = if live {
            Kind::Live { lines: 0, drawn: None, chart: Chart::default() }
        } else {
            Kind::Plain { next_s: 0 }
        };
        let mut view = Self { out, profile, title, kind, failed: false };
        if !live {
            let title = format!("{}\n", view.title);
            view.put(&title);
        }
        view
    }

    /// Shows a second.
    pub(super) fn see(&mut self, moment: &Moment<'_>) {
        let events: Vec<String> = moment
            .events
            .iter()
            .map(|(at, event)| format!("{}  {}", words::clock(at.get() / 1000), words::event(event, self.profile)))
            .collect();
        let mut text = String::new();
        match &mut self.kind {
            Kind::Live { lines, drawn, chart } => {
                chart.see(moment);
                if events.is_empty() && drawn.is_some_and(|drawn| drawn.elapsed() < DRAWN_EVERY) {
                    return;
                }
                *drawn = Some(Instant::now());
                text += &erase(*lines);
                text.extend(events.iter().map(|event| format!("\x1b[2m{event}\x1b[22m\n")));
                let block = block(&self.title, self.profile, moment, chart);
                *lines = block.lines().count();
                text += &format!("\x1b[?7l{block}\x1b[?7h");
            }
            Kind::Plain { next_s } => {
                text.extend(events.iter().map(|event| format!("{event}\n")));
                if moment.at_s >= *next_s {
                    *next_s = moment.at_s - moment.at_s % PLAIN_EVERY_S + PLAIN_EVERY_S;
                    text += &line(self.profile, moment);
                }
            }
        }
        self.put(&text);
    }

    /// Leaves the last picture where it is and shows the summary below.
    pub(super) fn finish(mut self, summary: &str) {
        let text = format!("\n{summary}");
        self.put(&text);
    }

    /// Nobody reading is no reason to stop a firing: the first failure to write silences the view.
    fn put(&mut self, text: &str) {
        if !self.failed && !text.is_empty() {
            let written: io::Result<()> = self.out.write_all(text.as_bytes()).and_then(|()| self.out.flush());
            self.failed = written.is_err();
        }
    }
}

/// Takes the drawn lines away.
fn erase(lines: usize) -> String {
    if lines == 0 { String::new() } else { format!("\x1b[{lines}A\r\x1b[J") }
}

/// A bar of `width` characters in eighths.
fn bar(share: f64, width: usize) -> String {
    const EIGHTHS: [char; 8] = ['·', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
    let eighths = (share.clamp(0.0, 1.0) * (width * 8) as f64).round() as usize;
    let full = eighths / 8;
    let part = EIGHTHS.get(eighths % 8).copied().filter(|_| full < width);
    let mut text = "█".repeat(full);
    text.extend(part);
    text.extend(core::iter::repeat_n('·', width.saturating_sub(full + usize::from(part.is_some()))));
    text
}

fn temperatures(told: &Snapshot) -> (String, String) {
    let show = |celsius: Option<f64>| celsius.map_or_else(|| "    --   ".to_owned(), |c| format!("{c:7.1} °C"));
    (show(told.reading.map(|r| r.temperature.get())), show(told.target.map(Celsius::get)))
}

/// What is drawn in place.
fn block(title: &str, profile: &Profile, moment: &Moment<'_>, chart: &Chart) -> String {
    let told = moment.told;
    let (reading, target) = temperatures(told);
    let mut text = format!("\n  \x1b[1m{title}\x1b[22m\n");
    let mut add = |line: String| text += &format!("  {line}\n");
    chart.lines(profile, moment).into_iter().for_each(&mut add);
    let (progress, left_s) = told.run.as_ref().map_or((100.0, 0.0), |run| (run.progress, run.remaining));
    add(format!("\x1b[33m{}\x1b[39m {progress:5.1} %", bar(progress / 100.0, BAR)));
    add(format!(
        "\x1b[1m{reading}\x1b[22m   target {target}   power {} {:3.0} %",
        bar(told.duty.fraction(), DUTY_BAR),
        told.duty.percent()
    ));
    if let Some(run) = &told.run {
        let (step, steps) = (run.step + 1, run.steps);
        let in_step = words::span(run.step_elapsed);
        add(format!("step {step}/{steps}  {}, {in_step} gone", words::step(&in_force(profile, run))));
    }
    let ends = match left_s {
        left_s if left_s > 0.0 => format!("left {}", words::span(left_s)),
        _ => words::phase(told.phase).to_owned(),
    };
    let cone = told
        .run
        .and_then(|run| run.reached)
        .map_or_else(String::new, |reached| format!("   cone {}", words::reached(&reached)));
    add(format!("elapsed {}   {ends}   energy {:.1} kWh{cone}", words::span(moment.at_s as f64), moment.energy_kwh));
    add(note(told));
    text
}

/// The running step; a rate that is not the profile's shows.
fn in_force(profile: &Profile, run: &kiln_core::firing::RunView) -> Step {
    match profile.step(run.step) {
        Some(step @ (Step::Hold { .. } | Step::HoldCone { .. } | Step::Cool { .. })) => *step,
        Some(Step::Ramp { .. }) | None => run.in_force,
    }
}

/// What is not as usual.
fn note(told: &Snapshot) -> String {
    if let Some(fault) = &told.fault {
        return format!("\x1b[31m{}\x1b[39m", words::fault(fault));
    }
    let running = told.run.as_ref().filter(|_| told.phase == Phase::Running);
    running.and_then(|run| run.waiting).map(words::waiting).unwrap_or_default().to_owned()
}

/// A line off a terminal.
fn line(profile: &Profile, moment: &Moment<'_>) -> String {
    let told = moment.told;
    let (reading, target) = temperatures(told);
    let step = told.run.as_ref().map_or_else(String::new, |run| {
        let waiting = run.waiting.map_or("", |_| ", waits");
        let kind = StepType::from(&in_force(profile, run)).word();
        let left = words::span(run.remaining);
        format!("  step {}/{} {kind}{waiting}  {:.0} %, {left} left", run.step + 1, run.steps, run.progress)
    });
    let clock = words::clock(moment.at_s);
    format!(
        "{clock} {reading}  target {target}  duty {:3.0} %  {:5.1} kWh{step}\n",
        told.duty.percent(),
        moment.energy_kwh
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_keep_their_width() {
        let cases = [(0.0, "····"), (1.0, "████"), (0.5, "██··"), (0.14, "▌···"), (2.0, "████"), (f64::NAN, "····")];
        for (share, text) in cases {
            assert_eq!(bar(share, 4), text, "{share}");
        }
        assert!((0..=1000).all(|n| bar(f64::from(n) / 1000.0, 7).chars().count() == 7));
    }
}
