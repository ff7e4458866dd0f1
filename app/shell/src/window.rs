//! The one window: the tiles, or one kiln's page.

use kiln_watch::watch::{Told, Watch};
use tauri::webview::DownloadEvent;
use tauri::{AppHandle, Manager as _, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent};

use crate::{Desk, tray};

/// The name of the window; the capability names it too.
const MAIN: &str = "main";
/// Set before the page runs: how its requests get to the kiln.
const BRIDGE: &str = include_str!("bridge.js");

/// What is shown first: the page of the only kiln, or the tiles.
pub(crate) fn first(watch: &Watch) -> String {
    match watch.tiles().as_slice() {
        [only] => format!("kiln.html?kiln={}", only.id),
        _ => "index.html".to_owned(),
    }
}

/// Opens the window.
///
/// # Errors
/// The desktop gives none.
pub(crate) fn open(app: &AppHandle, page: &str) -> tauri::Result<()> {
    let window = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::App(page.into()))
        .title("pico-kiln")
        .inner_size(1120.0, 800.0)
        .min_inner_size(390.0, 480.0)
        .initialization_script(BRIDGE)
        // A log that is saved goes where the person's downloads go.
        .on_download(|_, event| matches!(event, DownloadEvent::Requested { .. } | DownloadEvent::Finished { .. }))
        .on_navigation(|url| ["tauri", "about"].contains(&url.scheme()) || url.host_str() == Some("tauri.localhost"))
        .build()?;
    let asked = window.clone();
    window.on_window_event(move |event| {
        if let WindowEvent::CloseRequested { api, .. } = event
            && let Some(desk) = asked.app_handle().try_state::<Desk>()
        {
            if desk.tray {
                api.prevent_close();
                hide(&asked, &desk);
            } else {
                say_goodbye(&desk);
            }
        }
    });
    Ok(())
}

/// Shows the window, wherever it is.
pub(crate) fn show(app: &AppHandle) {
    let Some(window) = app.get_webview_window(MAIN) else {
        return;
    };
    for done in [window.show(), window.unminimize(), window.set_focus()] {
        if let Err(error) = done {
            eprintln!("the window does not show: {error}");
        }
    }
    if let Some(desk) = app.try_state::<Desk>() {
        desk.watch.nudge();
    }
}

fn hide(window: &WebviewWindow, desk: &Desk) {
    if let Err(error) = window.hide() {
        eprintln!("the window does not hide: {error}");
        return;
    }
    desk.speaker.say(words(desk, tray::goes_on));
}

/// Without a tray the program ends with its window, and says what that means for a kiln that fires.
fn say_goodbye(desk: &Desk) {
    let fires = |state: &str| matches!(state, "running" | "tuning");
    let tiles = desk.watch.tiles();
    if tiles.iter().any(|tile| tile.doing.as_ref().is_some_and(|doing| fires(doing.state))) {
        desk.speaker.say_now(&words(desk, tray::goodbye));
    }
}

fn words(desk: &Desk, of: fn(kiln_watch::notice::words::Language) -> kiln_watch::notice::words::Words) -> Told {
    Told { kiln: 0, key: "shell".to_owned(), words: Some(of(desk.watch.wishes().language)), alarm: false }
}
