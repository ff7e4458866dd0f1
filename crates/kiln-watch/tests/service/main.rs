//! The watcher against the real service: complete simulated kilns over sockets of this computer.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use kiln_app::door::Purpose;
use kiln_app::http::Pages;
use kiln_sim::disturb::Level;
use kiln_sim::plant::PlantSpec;
use kiln_sim::random::Seed;
use kiln_sim::serve::{Order, Served};
use kiln_watch::find::Candidate;
use kiln_watch::http::Request;
use kiln_watch::stop::Progress;
use kiln_watch::watch::{Options, Refused, Tile, Told, Watch};

/// A folder of its own, gone with the test.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        Self(Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("watch-{name}-{}", std::process::id())))
    }

    fn file(&self) -> PathBuf {
        self.0.join("kilns.json")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

fn kiln(speed: f64) -> Served {
    let order = Order {
        plant: PlantSpec::built_in("top9").unwrap(),
        level: Level::Quiet,
        seed: Seed(7),
        speed,
        flash: None,
        fresh: false,
        knows_time: true,
        pages: Pages::BUILT_IN,
        address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
    };
    Served::begin(&order).unwrap()
}

/// Everything that was said.
type Said = Arc<Mutex<Vec<Told>>>;

/// A watcher for which the only candidate is at this address.
fn watcher(file: PathBuf, candidate: SocketAddr) -> (Watch, Said) {
    let said = Said::default();
    let speak = {
        let said = Arc::clone(&said);
        Box::new(move |told: &Told| said.lock().unwrap().push(told.clone()))
    };
    let options = Options { file, provisioning: vec![candidate], listens: false, speak };
    (Watch::begin(options).unwrap(), said)
}

/// Waits until the only tile is as wanted.
fn until(watch: &Watch, what: &str, is: impl Fn(&Tile) -> bool) -> Tile {
    let begun = Instant::now();
    loop {
        let tiles = watch.tiles();
        if let [tile] = tiles.as_slice()
            && is(tile)
        {
            return tile.clone();
        }
        assert!(begun.elapsed() < Duration::from_mins(2), "waited for {what}: {tiles:?}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn ask(watch: &Watch, method: &str, path: &str, body: Option<&str>) -> (u16, String) {
    let headers = body.map(|_| ("Content-Type".to_owned(), "application/json".to_owned()));
    let request = Request::of_page(method, path, headers.as_slice(), body.map(str::to_owned)).unwrap();
    let answer = watch.ask(1, &request).unwrap();
    (answer.status, answer.body)
}

fn titles(said: &Said) -> Vec<String> {
    said.lock().unwrap().iter().filter_map(|told| told.words.clone()).map(|words| words.title).collect()
}

const LONG: &str = r#"{"name":"Long","steps":[{"type":"ramp","target_temp":300,"desired_rate":150}]}"#;

#[test]
fn a_kiln_is_found_paired_fired_and_stopped_and_says_so() {
    let (scratch, served) = (Scratch::new("whole"), kiln(60.0));
    let (watch, said) = watcher(scratch.file(), served.address);
    let found = watch.find();
    assert!(matches!(found.as_slice(), [there] if there.address == served.address && there.simulated), "{found:?}");
    assert_eq!(watch.add(&served.address.to_string()), Ok(1));
    assert_eq!((watch.add(&served.address.to_string()), watch.find()), (Ok(1), vec![]), "known is known");
    let tile = until(&watch, "a temperature", |tile| tile.doing.as_ref().is_some_and(|doing| doing.temp_c.is_some()));
    assert_eq!((tile.link, tile.trust, tile.simulated), ("live", "unpaired", true));

    assert_eq!(ask(&watch, "PUT", "/api/profiles/long", Some(LONG)).0, 401);
    let code = served.code(Purpose::Pairing).unwrap();
    let (status, body) = ask(&watch, "POST", "/api/pair", Some(&format!(r#"{{"code":"{code}","name":"page"}}"#)));
    assert!(status == 200 && body.contains("kept-by-the-shell"), "the page need not know it: {body}");
    until(&watch, "trust", |tile| tile.trust == "known");
    let kept = fs::read_to_string(scratch.file()).unwrap();
    assert!(kept.contains("\"token\"") && !kept.contains("kept-by-the-shell"), "{kept}");

    assert_eq!(ask(&watch, "PUT", "/api/profiles/long", Some(LONG)).0, 201);
    assert_eq!(ask(&watch, "POST", "/api/run", Some(r#"{"profile":"long"}"#)).0, 200);
    let state = |tile: &Tile, word: &str| tile.doing.as_ref().is_some_and(|doing| doing.state == word);
    until(&watch, "a firing", |tile| state(tile, "running"));
    let (first, _) = watch.status_after(1, 0).unwrap().unwrap();
    let (status, body) = ask(&watch, "GET", "/api/status", None);
    assert!(status == 200 && body.contains("\"running\""), "what the poller knows: {body}");
    let begun = Instant::now();
    while watch.status_after(1, first).unwrap().is_none() {
        assert!(begun.elapsed() < Duration::from_secs(20), "once a second");
        std::thread::sleep(Duration::from_millis(20));
    }

    watch.stop(1).unwrap();
    until(&watch, "the stop", |tile| tile.stop == Some(Progress::Confirmed));
    until(&watch, "rest", |tile| state(tile, "idle"));
    let said = titles(&said);
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said.first().unwrap().ends_with(": firing") && said.last().unwrap().ends_with(": stopped"), "{said:?}");
    assert!(!watch.past(1).unwrap().is_empty() && watch.trouble().is_none());
    watch.end();
    served.end();
}

#[test]
fn a_kiln_that_was_away_is_watched_again_by_the_same_poller_and_after_a_restart_of_ours() {
    let (scratch, served) = (Scratch::new("away"), kiln(1.0));
    let (watch, _) = watcher(scratch.file(), served.address);
    watch.add(&served.address.to_string()).unwrap();
    until(&watch, "life", |tile| tile.link == "live");
    let address = served.address;
    served.end();
    let tile = until(&watch, "silence", |tile| tile.link == "stale");
    assert!(tile.doing.is_some() && tile.heard_s.unwrap() > 12.0, "the last reading stays: {tile:?}");
    let request = Request::of_page("GET", "/api/status", &[], None).unwrap();
    assert_eq!(watch.ask(1, &request), Err(Refused::NoAnswer), "what is stale is not told as if it were new");

    let elsewhere = kiln(1.0);
    assert_ne!(elsewhere.address, address);
    let host = tile.host.clone();
    assert!(!host.is_empty());
    watch.moved(&[Candidate { host: "another".to_owned(), address }, Candidate { host, address: elsewhere.address }]);
    let tile = until(&watch, "life at another address", |tile| tile.link == "live");
    assert_eq!(tile.address, elsewhere.address.to_string());
    watch.end();

    let (again, said) = watcher(scratch.file(), elsewhere.address);
    until(&again, "life after a restart of ours", |tile| tile.link == "live");
    assert_eq!(titles(&said), Vec::<String>::new(), "nothing at start-up");
    again.forget(1);
    assert_eq!((again.tiles(), again.stop(1)), (vec![], Err(Refused::NoSuchKiln)));
    again.end();
    elsewhere.end();
}

#[test]
fn where_no_kiln_answers_none_is_added() {
    let scratch = Scratch::new("none");
    // Somebody who lets everybody in and says nothing.
    let silent = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = silent.local_addr().unwrap();
    let (watch, _) = watcher(scratch.file(), address);
    let begun = Instant::now();
    assert_eq!((watch.find(), watch.add(&address.to_string())), (vec![], Err(Refused::NoKiln)));
    assert!(begun.elapsed() < Duration::from_secs(20), "each question has its deadline");
    drop(silent);
    assert_eq!(watch.add(&address.to_string()), Err(Refused::NoKiln));
    assert_eq!(watch.add("no address:at all"), Err(Refused::NoSuchAddress));
    watch.end();
}
