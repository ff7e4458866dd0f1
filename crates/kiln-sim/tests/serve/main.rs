//! The complete kiln over real sockets: what a client sees of a firing, of its own mistakes, and of others' malice.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]
#![allow(clippy::indexing_slicing, reason = "a test that reaches beyond has failed")]
#![allow(clippy::format_push_string, reason = "a request is short, and written once")]

mod client;
mod device;
mod firing;
mod hostile;
mod import;
mod killed;
mod refusals;
mod walk;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use kiln_app::door::Purpose;
use kiln_app::http::Pages;
use kiln_sim::disturb::Level;
use kiln_sim::plant::PlantSpec;
use kiln_sim::random::Seed;
use kiln_sim::serve::{Order, Served};

use client::Client;

/// A folder of its own, gone with the test.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("serve-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn flash(&self) -> PathBuf {
        self.0.join("kiln.img")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

/// A kiln on a port that nobody else has.
fn kiln(speed: f64, flash: Option<PathBuf>) -> Served {
    Served::begin(&order(speed, flash)).unwrap()
}

fn order(speed: f64, flash: Option<PathBuf>) -> Order {
    Order {
        plant: PlantSpec::built_in("top9").unwrap(),
        level: Level::Quiet,
        seed: Seed(7),
        speed,
        flash,
        fresh: false,
        knows_time: true,
        pages: Pages::BUILT_IN,
        address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
    }
}

/// A client that is paired with it.
fn paired(served: &Served, from: u8) -> Client {
    let mut client = Client::new(served.address, from);
    client.pair(&served.code(Purpose::Pairing).unwrap());
    client
}

/// Waits until the kiln has spoken to its application.
fn awake(client: &Client) {
    client.until("/api/status", |status| !status["temp_c"].is_null());
}
