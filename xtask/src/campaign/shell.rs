//! The desktop shell as a person gets it: packed, started on a screen nobody sees, and driven through WebDriver.
//!
//! Two complete simulated kilns answer; the shell is told to look at their addresses and nowhere else.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::Value;

use super::{Figure, Report};
use crate::served::Served;
use crate::shell;
use crate::shell::driver::Window;
use crate::shell::session::Desktop;
use crate::workspace::{self, Metadata};
use crate::{proc, setup};

/// How long the pointer is held for a stop; the page wants 0.6 s.
const HOLD: Duration = Duration::from_millis(1200);
/// A profile of the simulator's flash.
const PROFILE: &str = "bisque-cone-04";

/// What was seen, in the order it happened.
struct Seen {
    steps: Vec<String>,
    pictures: PathBuf,
}

impl Seen {
    fn step(&mut self, what: String) {
        println!("{:>2}  {what}", self.steps.len() + 1);
        self.steps.push(what);
    }

    fn picture(&self, window: &Window, name: &str) -> Result<()> {
        window.picture(&self.pictures.join(format!("{name}.png")))
    }
}

/// Packs the shell and drives it; `built` drives what was packed before.
pub(super) fn run(root: &Path, arguments: &[String]) -> Result<Report> {
    setup::ensure(root, "campaign shell")?;
    let is_built = arguments.first().is_some_and(|word| word == "built");
    let packages = if is_built { shell::packages(root)? } else { shell::bundle(root)? };
    let target = Metadata::ask(root)?.target_folder()?;
    // As tests have it: two kilns at 60 times their speed ask for no more.
    proc::run(proc::cargo(root).args(["build", "--package", "kiln-sim"]))?;
    let simulator = target.join("debug/kiln-sim");
    let folder = target.join("shell");
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    let mut seen = Seen { steps: Vec::new(), pictures: folder.clone() };
    let mut kilns = [
        Served::begin(&simulator, &target.join("shell/first"), "20")?,
        Served::begin(&simulator, &target.join("shell/second"), "60")?,
    ];
    let desktop = Desktop::begin(&folder)?;
    let mut words = vec!["--alone".to_owned(), "--folder".to_owned(), folder.join("kept").display().to_string()];
    words.extend(kilns.iter().flat_map(|kiln| ["--look-at".to_owned(), kiln.address.to_string()]));
    let program = shell::program(root);
    let window = Window::open(desktop.port, &program, &words)?;
    let driven = drive(root, &window, &mut kilns, &mut seen);
    if driven.is_err() {
        seen.picture(&window, "failed")?;
    }
    driven?;
    drop(window);
    let told = desktop.notifications()?;
    drop(desktop);
    report(root, &packages, &seen, &told)
}

fn drive(root: &Path, window: &Window, kilns: &mut [Served; 2], seen: &mut Seen) -> Result<()> {
    found(window, kilns, seen)?;
    accessible(root, window, seen)?;
    closed(window, kilns, seen)?;
    fired_from_the_page(window, &mut kilns[0], seen)?;
    stopped_from_a_tile(window, &mut kilns[1], seen)?;
    fallen_silent(window, &kilns[1], seen)
}

/// Both kilns are found, added and alive.
fn found(window: &Window, kilns: &[Served; 2], seen: &mut Seen) -> Result<()> {
    // A kiln that is slow to answer, on a machine that does much, is looked for again.
    let search = format!(
        "if ([...document.querySelectorAll('.desk-found button')].length === {}) return true; \
         const all = [...document.querySelectorAll('.desk-search > button:not(:disabled)')]; \
         all[0]?.click(); return false",
        kilns.len()
    );
    window.until("kilns that are found", &search)?;
    for (at, _) in kilns.iter().enumerate() {
        window.click("a kiln that was found", &button("Add"))?;
        let tiles = format!("return document.querySelectorAll('.tile').length === {}", at + 1);
        window.until("its tile", &tiles)?;
    }
    let shown = "const t = [...document.querySelectorAll('.tile.live .tile-temp')].map(t => t.textContent); \
        return t.length === 2 && t.every(t => /\\d/.test(t)) && t.join(' ')";
    let temps = window.until("two kilns that are alive", shown)?;
    seen.step(format!("two kilns are found and added; their tiles show {}", temps.as_str().unwrap_or_default()));
    Ok(())
}

/// Everybody can use the tiles, by day and by night.
fn accessible(root: &Path, window: &Window, seen: &mut Seen) -> Result<()> {
    let axe = workspace::read(root, "app/node_modules/axe-core/axe.min.js")?;
    window.run(&format!("{axe}; window.axe = axe"))?;
    for theme in ["light", "dark"] {
        window.run(&format!(
            "document.documentElement.dataset.theme = '{theme}'; window.found = null; \
             window.axe.run(document).then((r) => {{ window.found = r.violations.map((v) => v.id).join(' ') || 'none'; }}, \
             (e) => {{ window.found = String(e); }})"
        ))?;
        let found = window.until("axe", "return window.found")?;
        ensure!(found == "none", "axe finds in the tiles, {theme}: {found}");
        seen.picture(window, &format!("tiles-{theme}"))?;
    }
    window.run("delete document.documentElement.dataset.theme")?;
    seen.step("axe-core, all rules, finds nothing in the tiles, light and dark".to_owned());
    Ok(())
}

/// The page gets nothing of this program but its commands, and reaches nobody by itself.
fn closed(window: &Window, kilns: &[Served; 2], seen: &mut Seen) -> Result<()> {
    let tried = format!(
        "const kept = window.tried; if (kept) return kept; if (window.trying) return false; window.trying = true; \
         const no = (p) => p.then(() => 'open', (e) => 'closed'); \
         Promise.all([no(fetch('http://{}/api/status')), no(window.__TAURI__.core.invoke('plugin:event|emit', {{}})), \
         no(window.__TAURI__.core.invoke('plugin:window|close', {{}}))]).then((all) => {{ window.tried = all.join(' '); }}); \
         return false",
        kilns[0].address
    );
    let tried = window.until("what the page may not do", &tried)?;
    ensure!(tried == "closed closed closed", "the page may do more than it should: {tried}");
    seen.step("the page can neither ask a kiln past the program nor use Tauri's own commands".to_owned());
    Ok(())
}

/// One kiln's page: the live temperature, pairing, a firing from the first click to its stop.
fn fired_from_the_page(window: &Window, kiln: &mut Served, seen: &mut Seen) -> Result<()> {
    window.click("the first kiln", "return document.querySelector('.tile[data-kiln=\"1\"] h2 a')")?;
    let temp = "return document.querySelector('[data-test=bar-temp]')?.textContent.match(/-?[0-9.,]+/)?.[0]";
    let shown = window.until("the temperature on the page", temp)?;
    let shown: f64 = shown.as_str().unwrap_or_default().replace(',', ".").parse()?;
    let real = kiln.document("/api/status")?.get("temp_c").and_then(Value::as_f64).context("no temperature")?;
    ensure!((shown - real).abs() <= 2.0, "the page shows {shown}, the kiln says {real}");
    seen.step(format!("its page shows {shown} °C, the kiln says {real} °C"));

    window.click("start", "return document.querySelector('.actions button.main')")?;
    let choice = format!(
        "return document.querySelector('input[type=radio][name=profile][value=\"{PROFILE}\"]')?.closest('label')"
    );
    window.click("the profile", &choice)?;
    window.click("the check", "return document.querySelector('dialog input[type=checkbox]')?.closest('label')")?;
    window.click("the start", "return document.querySelector('dialog button[type=submit]:not(:disabled)')")?;
    let code = kiln.code()?;
    window.type_into("the code", "return document.querySelector('dialog input.code')", &code)?;
    let pair = "return [...document.querySelectorAll('dialog')].find(d => d.querySelector('input.code'))\
        ?.querySelector('button[type=submit]:not(:disabled)')";
    window.click("pairing", pair)?;
    is_state(kiln, "running")?;
    let fires =
        "return /Firing|Holding|Waiting/.test(document.querySelector('[data-test=bar-state]')?.textContent ?? '')";
    window.until("a firing on the page", fires)?;
    seen.step(format!("it is paired by the code on its console and fires {PROFILE}"));
    std::thread::sleep(Duration::from_secs(8));
    seen.picture(window, "page")?;
    let secret =
        "const all = JSON.stringify(Object.entries(localStorage)); return all.includes('token') ? all : 'none'";
    ensure!(window.run(secret)? == "none", "the page keeps a token");

    window.hold("the stop", "return document.querySelector('.stop-button')", HOLD)?;
    is_state(kiln, "idle")?;
    let idle = "return /Idle/.test(document.querySelector('[data-test=bar-state]')?.textContent ?? '')";
    window.until("rest on the page", idle)?;
    seen.step("its stop, held, ends the firing; the page says so".to_owned());
    Ok(())
}

/// The other kiln is fired by its page's own way and stopped from its tile.
fn stopped_from_a_tile(window: &Window, kiln: &mut Served, seen: &mut Seen) -> Result<()> {
    window.click("all kilns", "return document.querySelector('.bar-home')")?;
    window.until("the tiles", "return document.querySelectorAll('.tile.live').length === 2")?;
    let past = window.run("return document.querySelectorAll('path').length")?;
    let code = kiln.code()?;
    asks(window, "POST", "/api/pair", &format!(r#"{{"code":"{code}","name":"campaign"}}"#))?;
    fire(window)?;
    is_state(kiln, "running")?;
    let fires = "return document.querySelector('.tile[data-kiln=\"2\"] .tile-state.running')?.textContent";
    window.until("a firing on the tile", fires)?;
    seen.picture(window, "tiles")?;
    window.hold("the tile's stop", "return document.querySelector('.tile[data-kiln=\"2\"] .stop-button')", HOLD)?;
    is_state(kiln, "idle")?;
    let off =
        "return /heat is off/.test(document.querySelector('.tile[data-kiln=\"2\"] .tile-stop')?.textContent ?? '')";
    window.until("a stop that is confirmed", off)?;
    seen.step(format!("the second is stopped from its tile, confirmed by its status; {past} tiles draw their past"));
    Ok(())
}

/// A kiln that fires and says nothing any more.
fn fallen_silent(window: &Window, kiln: &Served, seen: &mut Seen) -> Result<()> {
    fire(window)?;
    is_state(kiln, "running")?;
    window.until(
        "a firing on the tile",
        "return document.querySelector('.tile[data-kiln=\"2\"] .tile-state.running')?.textContent",
    )?;
    signal(kiln, "STOP")?;
    let begun = Instant::now();
    let alarm = "return document.querySelector('.tile.lost[data-kiln=\"2\"] .tile-alarm')?.innerText";
    let mut told = window.until("an alarm", alarm);
    while told.is_err() && begun.elapsed() < Duration::from_secs(150) {
        told = window.until("an alarm", alarm);
    }
    let pictured = seen.picture(window, "lost");
    let told = told.inspect_err(|_| drop(signal(kiln, "CONT")))?;
    pictured?;
    let after = begun.elapsed().as_secs();
    window.click("acknowledge", "return document.querySelector('.tile-alarm button')")?;
    window.until(
        "an alarm that is acknowledged",
        "return document.querySelector('.tile-alarm') && !document.querySelector('.tile-alarm button')",
    )?;
    signal(kiln, "CONT")?;
    window.until(
        "a kiln that is back",
        "return document.querySelector('.tile.live[data-kiln=\"2\"]') && !document.querySelector('.tile-alarm')",
    )?;
    let told = told.as_str().unwrap_or_default().lines().next().unwrap_or_default().to_owned();
    seen.step(format!(
        "silent while it fires, it is an alarm after {after} s (“{told}”), acknowledged, and live again"
    ));
    Ok(())
}

/// A script that finds a button by its words.
fn button(words: &str) -> String {
    format!(
        "return [...document.querySelectorAll('button:not(:disabled)')].find(b => b.textContent.trim() === {words:?})"
    )
}

/// Asks the second kiln as its page would, through the program.
fn asks(window: &Window, method: &str, path: &str, body: &str) -> Result<()> {
    let request = format!(
        "{{ kiln: 2, request: {{ method: {method:?}, path: {path:?}, headers: {{ 'Content-Type': 'application/json' }}, body: {body:?} }} }}"
    );
    window.run(&format!(
        "window.asked = null; window.__TAURI__.core.invoke('send', {request}).then((a) => {{ window.asked = a; }}, (e) => {{ window.asked = {{ status: e }}; }})"
    ))?;
    let answered = window.until("an answer", "return window.asked")?;
    ensure!(answered.get("status").and_then(Value::as_u64) == Some(200), "{path}: {answered}");
    Ok(())
}

fn fire(window: &Window) -> Result<()> {
    asks(window, "POST", "/api/run", &format!(r#"{{"profile":"{PROFILE}"}}"#))
}

/// Waits until the kiln itself says so.
fn is_state(kiln: &Served, state: &str) -> Result<()> {
    let begun = Instant::now();
    loop {
        let status = kiln.document("/api/status");
        if status.as_ref().is_ok_and(|status| status.get("state").is_some_and(|there| there == state)) {
            return Ok(());
        }
        if begun.elapsed() > Duration::from_mins(1) {
            bail!("waited for a kiln that is {state}: {status:?}");
        }
        std::thread::sleep(Duration::from_millis(200));
    }
}

fn signal(kiln: &Served, name: &str) -> Result<()> {
    proc::read(Command::new("kill").args([&format!("-{name}"), &kiln.id().to_string()])).map(drop)
}

fn report(root: &Path, packages: &[PathBuf], seen: &Seen, told: &[String]) -> Result<Report> {
    let mut figures = Vec::new();
    for (what, package) in ["bytes of the .deb", "bytes of the .rpm"].into_iter().zip(packages) {
        let bytes = std::fs::metadata(package)?.len();
        figures.push(Figure { what, value: super::grouped(bytes), bar: "", kept: true });
    }
    let count = |word: &str| told.iter().filter(|line| line.contains(word)).count();
    let value = |count: usize| count.to_string();
    let steps = seen.steps.len();
    figures.push(Figure { what: "steps seen", value: value(steps), bar: "8", kept: steps == 8 });
    for (what, word, bar, wanted) in [
        ("notifications of a firing that began", ": firing", "3", 3),
        ("notifications of a firing that was stopped", ": stopped", "2", 2),
    ] {
        figures.push(Figure { what, value: value(count(word)), bar, kept: count(word) == wanted });
    }
    let lost = count("not heard of");
    figures.push(Figure {
        what: "notifications of a kiln that is lost",
        value: value(lost),
        bar: ">= 1",
        kept: lost >= 1,
    });
    let depends =
        packages.first().map(|deb| proc::read(Command::new("dpkg-deb").args(["--field"]).arg(deb).arg("Depends")));
    let depends = depends.transpose()?.unwrap_or_default();
    let mut table = String::from("What was seen, in this order:\n\n");
    for (at, step) in seen.steps.iter().enumerate() {
        table += &format!("{}. {step}.\n", at + 1);
    }
    table += &format!("\nThe .deb depends on {}.\nPictures: {}.\n", depends.trim(), pictures(root, seen)?);
    Ok(Report { seed: None, figures, table })
}

/// Keeps the pictures beside the report.
fn pictures(root: &Path, seen: &Seen) -> Result<String> {
    let mut links = Vec::new();
    for (name, says) in [
        ("tiles-light", "the tiles of two kilns"),
        ("tiles-dark", "the same by night"),
        ("page", "one kiln’s page"),
        ("tiles", "a firing on a tile"),
        ("lost", "a kiln that is lost"),
    ] {
        let file = format!("docs/campaigns/shell-{name}.png");
        std::fs::copy(seen.pictures.join(format!("{name}.png")), root.join(&file))?;
        links.push(format!("[{says}](shell-{name}.png)"));
    }
    Ok(links.join(", "))
}
