//! `kiln-sim serve`: the words of the command line, and the console of the kiln.

use std::io::BufRead as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use kiln_app::door::Purpose;
use kiln_app::http::Pages;
use kiln_sim::plant::PlantSpec;
use kiln_sim::random::Seed;
use kiln_sim::serve::load::{self, Attack};
use kiln_sim::serve::{Order, Served, page};

use crate::{Day, Status, Trouble};

/// What `kiln-sim serve --help` says at its end.
pub(crate) const CONSOLE: &str = "On the console: `pair` shows a code to pair an app with, `code` one for what only \
somebody at the kiln may do, `quit` or Ctrl-C ends. An empty line is `pair`.";

/// The words of the command line.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The flash image, the raw partition as on the chip; kept in the user's data folder by default
    #[arg(long, value_name = "FILE")]
    flash: Option<PathBuf>,
    /// Virtual seconds to a real one
    #[arg(long, default_value_t = 1.0)]
    speed: f64,
    /// A built-in kiln, or a file that describes one
    #[arg(long, default_value = "top9")]
    plant: String,
    /// What everything drawn by chance follows from
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How bad the day is
    #[arg(long, value_enum, default_value = "quiet")]
    day: Day,
    /// The port on this computer
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The folder of a page built from app/; the small built-in one by default
    #[arg(long, value_name = "FOLDER")]
    page: Option<PathBuf>,
    /// Begin with a cold kiln and a blank flash
    #[arg(long)]
    fresh: bool,
    /// Begin without knowing the time of day, as without a network
    #[arg(long)]
    no_clock: bool,
}

/// Serves until somebody ends it.
pub(crate) fn command(options: &Options) -> Result<Status, Trouble> {
    let order = order(options)?;
    let ending = Arc::new(AtomicBool::new(false));
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
        let armed = signal_hook::flag::register_conditional_shutdown(signal, 1, Arc::clone(&ending))
            .and_then(|_| signal_hook::flag::register(signal, Arc::clone(&ending)));
        armed.map_err(|error| Trouble::Refused(format!("cannot listen for Ctrl-C: {error}")))?;
    }
    let mut served = Served::begin(&order).map_err(Trouble::Refused)?;
    println!("kiln      http://{}", served.address);
    if let Some(flash) = &order.flash {
        println!("flash     {}", flash.display());
    }
    println!("speed     {} virtual seconds to a real one", order.speed);
    show(&served, Purpose::Pairing);
    println!("{CONSOLE}");
    let lines = lines();
    watch(&served, &lines, &ending);
    while served.wants_restart() && !ending.load(Ordering::Relaxed) {
        println!("restart   the controller starts anew, as it was asked to");
        served = served.restart().map_err(Trouble::Refused)?;
        watch(&served, &lines, &ending);
    }
    let time = served.time();
    let lost = time.seconds.saturating_sub(time.ticks);
    println!("time      {} s, {} readings, lost {lost} of them, {} resets", time.seconds, time.ticks, time.resets);
    served.end();
    println!("ended; what the kiln knows is kept");
    Ok(Status::Complete)
}

/// The words of `kiln-sim load`.
#[derive(Debug, clap::Args)]
pub(crate) struct LoadOptions {
    /// Where a kiln is served
    #[arg(long)]
    address: SocketAddr,
    /// The owner's token
    #[arg(long)]
    token: String,
    /// How long
    #[arg(long, default_value_t = 60)]
    seconds: u64,
}

/// Does its worst to a served kiln, and tells what its owner saw.
pub(crate) fn load_command(options: &LoadOptions) -> Result<Status, Trouble> {
    let attack = Attack { seconds: options.seconds, token: options.token.clone(), address: options.address };
    let seen = load::run(&attack).map_err(|error| Trouble::Refused(error.to_string()))?;
    println!("{seen}");
    println!("status-within-2-s {:.2}", seen.served_within(2.0));
    println!("stop-within-1-s {:.2}", seen.stopped_within(1.0));
    Ok(Status::Complete)
}

fn watch(served: &Served, lines: &Receiver<String>, ending: &AtomicBool) {
    const LOOK: Duration = Duration::from_millis(100);
    while !ending.load(Ordering::Relaxed) && !served.has_ended() {
        match lines.recv_timeout(LOOK) {
            Ok(line) => match line.trim() {
                "" | "pair" => show(served, Purpose::Pairing),
                "code" => show(served, Purpose::Local),
                "quit" => return,
                other => println!("{other:?} means nothing here. {CONSOLE}"),
            },
            Err(RecvTimeoutError::Timeout) => {}
            // Nobody is at the console: the kiln goes on.
            Err(RecvTimeoutError::Disconnected) => std::thread::sleep(LOOK),
        }
    }
}

fn show(served: &Served, purpose: Purpose) {
    let what = match purpose {
        Purpose::Pairing => "pairing   code",
        Purpose::Local => "local     code",
    };
    match served.code(purpose) {
        Ok(code) => println!("{what} {code}, good for two minutes"),
        Err(why) => println!("{what}: {why}"),
    }
}

/// The lines of the console, from a thread that ends with the program.
fn lines() -> Receiver<String> {
    let (tell, told) = channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            if tell.send(line).is_err() {
                return;
            }
        }
    });
    told
}

fn order(options: &Options) -> Result<Order, Trouble> {
    if !(options.speed > 0.0 && options.speed <= 100_000.0) {
        return Err(Trouble::Refused(format!("--speed {} is outside 0..=100000", options.speed)));
    }
    let plant = PlantSpec::built_in(&options.plant)
        .map_err(|error| Trouble::Refused(format!("--plant {}: {error}", options.plant)))?;
    let flash = options.flash.clone().map_or_else(image, Ok)?;
    let pages = options.page.as_deref().map_or(Ok(Pages::BUILT_IN), page::read).map_err(Trouble::Refused)?;
    Ok(Order {
        plant,
        level: options.day.into(),
        seed: Seed(options.seed),
        speed: options.speed,
        flash: Some(flash),
        fresh: options.fresh,
        knows_time: !options.no_clock,
        address: SocketAddr::from((Ipv4Addr::LOCALHOST, options.port)),
        pages,
    })
}

/// The image in the user's data folder (XDG base directories).
fn image() -> Result<PathBuf, Trouble> {
    let absolute = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let data = absolute("XDG_DATA_HOME").or_else(|| absolute("HOME").map(|home| home.join(".local/share")));
    let data = data.ok_or_else(|| Trouble::Refused("there is no home folder; name a file with --flash".to_owned()))?;
    Ok(data.join("pico-kiln/kiln.img"))
}
