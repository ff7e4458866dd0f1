//! A desktop for the shell's proof: a screen nobody sees, a session's bus, somebody who shows notifications, a driver.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::{Ipv4Addr, TcpStream};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::proc;

/// The ports of the driver and of the one it drives.
const PORTS: [u16; 2] = [8380, 8381];
/// How long the driver may take to begin.
const BEGINNING: Duration = Duration::from_mins(1);
/// Starts whoever shows notifications, waits until it is there, then becomes the driver. `$1` is its record, the rest the
/// driver.
const WITHIN: &str = "python=/usr/bin/python3; record=$1; shift; \
    $python -m dbusmock --template notification_daemon > \"$record\" 2>&1 & mock=$!; \
    trap 'kill $mock' EXIT; sleep 2; \"$@\"";

/// A desktop; gone when it is dropped.
pub(crate) struct Desktop {
    children: Vec<Child>,
    record: PathBuf,
    /// The port of the driver.
    pub(crate) port: u16,
}

impl Desktop {
    /// Begins one; what it writes goes into the folder.
    ///
    /// # Errors
    /// When a part of it cannot be started.
    pub(crate) fn begin(folder: &Path) -> Result<Self> {
        let [port, native] = PORTS;
        let record = folder.join("notifications.txt");
        let mut desktop = Self { children: Vec::new(), record, port };
        let mut screen = Command::new("Xvfb");
        screen.args(["-displayfd", "1", "-screen", "0", "1280x1000x24", "-nolisten", "tcp"]);
        screen.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut screen = screen.spawn().context("cannot start Xvfb")?;
        let said = screen.stdout.take().context("Xvfb says nothing")?;
        desktop.children.push(screen);
        let mut number = String::new();
        BufReader::new(said).read_line(&mut number)?;
        let driver =
            ["tauri-driver", "--port", &port.to_string(), "--native-port", &native.to_string()].map(str::to_owned);
        let mut session = Command::new("dbus-run-session");
        session.args(["--", "sh", "-c", WITHIN, "session"]).arg(&desktop.record).args(driver);
        // C.UTF-8 is what containers have; a page that trusts its language breaks under it.
        session.env("DISPLAY", format!(":{}", number.trim())).env("LANG", "C.UTF-8").env_remove("WAYLAND_DISPLAY");
        for (name, place) in [("XDG_DATA_HOME", "data"), ("XDG_CONFIG_HOME", "config"), ("XDG_CACHE_HOME", "cache")] {
            let place = folder.join(place);
            fs::create_dir_all(&place)?;
            session.env(name, place);
        }
        let log = fs::File::create(folder.join("driver.txt"))?;
        // A group of its own, which ends as a whole: dbus-run-session hands no signal on.
        session.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).process_group(0);
        desktop.children.push(session.spawn().context("cannot start dbus-run-session")?);
        let begun = Instant::now();
        let listens = |port: u16| TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok();
        while !PORTS.into_iter().all(listens) {
            if begun.elapsed() > BEGINNING {
                bail!("the driver does not begin; see {}", folder.join("driver.txt").display());
            }
            std::thread::sleep(Duration::from_millis(200));
        }
        Ok(desktop)
    }

    /// What was shown as notifications, a line each.
    ///
    /// # Errors
    /// When the record cannot be read.
    pub(crate) fn notifications(&self) -> Result<Vec<String>> {
        let text = fs::read_to_string(&self.record)?;
        Ok(text.lines().filter(|line| line.contains(" Notify ")).map(str::to_owned).collect())
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        for child in self.children.iter_mut().rev() {
            // Asked first, and all of a group.
            for whom in [format!("-{}", child.id()), child.id().to_string()] {
                let _asked = proc::succeeds(Command::new("kill").args(["-TERM", "--", &whom]));
            }
            let begun = Instant::now();
            while matches!(child.try_wait(), Ok(None)) && begun.elapsed() < Duration::from_secs(5) {
                std::thread::sleep(Duration::from_millis(50));
            }
            drop(child.kill());
            drop(child.wait());
        }
    }
}
