//! The whole program is killed in the middle of a firing, as by a pulled plug, and started again.

use std::io::{BufRead as _, BufReader, Lines};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use kiln_core::units::Celsius;
use kiln_wire::log::{Reader, State};

use super::Scratch;
use super::client::Client;
use super::firing::{LONG, stored};

/// The rate of the profile's only ramp, °C/h.
const RATE: f64 = 150.0;

/// The program, and its console, which it needs to the end; killed when it is dropped.
struct Program {
    child: Child,
    _console: Lines<BufReader<ChildStdout>>,
}

impl Program {
    /// Starts it on a port of its own; what it says of where it is, and the code to pair with.
    fn begin(flash: &Path) -> (Self, SocketAddr, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kiln-sim"));
        command.args(["serve", "--speed", "300", "--seed", "7", "--port", "0", "--flash"]).arg(flash);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut console = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut after = |begins: &str| {
            let line = console.by_ref().map(Result::unwrap).find(|line| line.starts_with(begins)).unwrap();
            line[begins.len()..].trim().to_owned()
        };
        let address = after("kiln").trim_start_matches("http://").parse().unwrap();
        let code = after("pairing").chars().filter(char::is_ascii_digit).take(6).collect();
        (Self { child, _console: console }, address, code)
    }

    /// SIGKILL: it hears nothing of its end.
    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It has ended already, or it is ended now.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[test]
fn incident_killed_in_the_middle_of_a_firing_it_goes_on_where_it_was() {
    let scratch = Scratch::new("killed");
    let (program, address, code) = Program::begin(&scratch.flash());
    let mut client = Client::new(address, 1);
    client.pair(&code);
    super::awake(&client);
    stored(&client, "long", LONG);
    assert_eq!(client.post("/api/run", r#"{"profile":"long"}"#).status, 200);
    client.until("/api/status", |status| status["run"]["elapsed_s"].as_f64() > Some(1200.0));
    let run = client.get("/api/status").json()["run"]["id"].as_str().unwrap().to_owned();
    let csv = format!("/api/runs/{run}/csv");
    let acknowledged = client.get(&csv).body;
    program.kill();

    let (program, address, _) = Program::begin(&scratch.flash());
    client.address = address;
    client.until("/api/status", |status| status["state"] == "running" && !status["run"]["id"].is_null());
    assert_eq!(client.get("/api/status").json()["run"]["id"], run.as_str(), "the same run");
    let after = client.until_text(&csv, |rows| rows.lines().count() > acknowledged.lines().count() + 20);
    assert!(after.starts_with(&acknowledged) && after.contains("RECOVERY"), "nothing acknowledged is lost");
    never_steeper_than_the_profile(&after);
    drop(program);
}

/// Whatever happened between two rows, the target did not rise faster than the profile lets it.
fn never_steeper_than_the_profile(csv: &str) {
    let rows = csv.lines().skip(1).map(|line| Reader::Exact.row(line).unwrap());
    // Before its first tick a firing asks for nothing yet.
    let asking: Vec<_> = rows.filter(|row| row.state == State::Running && row.target > Celsius::ZERO).collect();
    assert!(asking.len() > 40, "{csv}");
    for pair in asking.windows(2) {
        let (first, second) = (&pair[0], &pair[1]);
        let took = second.at.unwrap().since(first.at.unwrap()).seconds();
        assert!((second.target - first.target).get() <= RATE * took / 3600.0 + 0.2, "{pair:?}");
    }
}
