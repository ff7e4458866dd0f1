//! Watches your kilns from the desktop.
//!
//! ```text
//!   kiln-watch: one poller per kiln, what is to be said      ── the part that decides; a crate with tests
//!        │ told                        ▲ commands
//!   speak: notifications        commands: few, typed         ── the window's page: the tiles, or one kiln
//!   tray: goes on with the window closed
//! ```
//!
//! Here are only the window, the tray, the notifications and the wires between them and kiln-watch.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod commands;
mod options;
mod speak;
mod tray;
mod window;

use std::process::ExitCode;
use std::sync::Arc;

use kiln_watch::watch::{Options as WatchOptions, Watch};
use tauri::{Manager as _, RunEvent};

use crate::options::Options;
use crate::speak::Speaker;

/// What every command may use.
struct Desk {
    watch: Watch,
    speaker: Arc<Speaker>,
    /// Whether the window can be closed and the watching goes on.
    tray: bool,
}

fn main() -> ExitCode {
    let options = match Options::read(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(usage) => {
            eprintln!("{usage}");
            return ExitCode::from(2);
        }
    };
    let built = commands::all(tauri::Builder::default())
        .plugin(tauri_plugin_single_instance::init(|app, _, _| window::show(app)))
        .setup(move |app| begin(app, options))
        .build(tauri::generate_context!());
    match built {
        Ok(app) => {
            app.run(|app, event| {
                if let RunEvent::Exit = event
                    && let Some(desk) = app.try_state::<Desk>()
                {
                    desk.watch.end();
                }
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("pico-kiln cannot start: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Begins to watch, then opens the window.
fn begin(app: &mut tauri::App, options: Options) -> Result<(), Box<dyn std::error::Error>> {
    let folder = match options.folder {
        Some(folder) => folder,
        None => app.path().app_config_dir()?,
    };
    let speaker = Arc::new(Speaker::begin(app.handle().clone()));
    let said = Arc::clone(&speaker);
    let watch = Watch::begin(WatchOptions {
        file: folder.join("kilns.json"),
        provisioning: options.provisioning,
        listens: options.listens,
        speak: Box::new(move |told| said.say(told.clone())),
    })?;
    let tray = tray::begin(app.handle(), &watch)?;
    let first = window::first(&watch);
    app.manage(Desk { watch, speaker, tray });
    window::open(app.handle(), &first)?;
    Ok(())
}
