//! The tray: the watching goes on with the window closed, where the desktop has a place for it.

use kiln_watch::notice::words::{Language, Words};
use kiln_watch::watch::Watch;
use tauri::AppHandle;
use tauri::menu::{Menu, MenuItem};
use tauri::tray::TrayIconBuilder;

use crate::window;

/// Puts an icon into the tray; whether there is one.
///
/// # Errors
/// The desktop has a tray and refuses the icon.
pub(crate) fn begin(app: &AppHandle, watch: &Watch) -> tauri::Result<bool> {
    if !is_there() {
        return Ok(false);
    }
    let [shows, ends] = match watch.wishes().language {
        Language::En => ["Show", "Quit: watch no more"],
        Language::Fr => ["Afficher", "Quitter : ne plus veiller"],
    };
    let show = MenuItem::with_id(app, "show", shows, true, None::<&str>)?;
    let quit = MenuItem::with_id(app, "quit", ends, true, None::<&str>)?;
    let menu = Menu::with_items(app, &[&show, &quit])?;
    let tray = TrayIconBuilder::with_id("kilns").menu(&menu).tooltip("pico-kiln").on_menu_event(|app, event| {
        if event.id().as_ref() == "quit" {
            app.exit(0);
        } else {
            window::show(app);
        }
    });
    let icon = app.default_window_icon().cloned();
    match icon {
        Some(icon) => tray.icon(icon),
        None => tray,
    }
    .build(app)?;
    Ok(true)
}

/// Whether somebody shows the icons of a tray: the desktop's watcher of status notifiers has a name on the session's bus.
#[cfg(target_os = "linux")]
fn is_there() -> bool {
    use gio::prelude::*;
    const PATIENCE_MS: i32 = 1000;
    let asked = gio::bus_get_sync(gio::BusType::Session, gio::Cancellable::NONE).and_then(|bus| {
        bus.call_sync(
            Some("org.freedesktop.DBus"),
            "/org/freedesktop/DBus",
            "org.freedesktop.DBus",
            "NameHasOwner",
            Some(&("org.kde.StatusNotifierWatcher",).to_variant()),
            None,
            gio::DBusCallFlags::NONE,
            PATIENCE_MS,
            gio::Cancellable::NONE,
        )
    });
    asked.ok().and_then(|answer| answer.get::<(bool,)>()).is_some_and(|(is_there,)| is_there)
}

#[cfg(not(target_os = "linux"))]
const fn is_there() -> bool {
    true
}

/// What is said when the window is closed and the watching goes on.
pub(crate) fn goes_on(language: Language) -> Words {
    let (title, body) = match language {
        Language::En => {
            ("Still watching", "Your kilns are watched with the window closed. The icon in the tray shows it again.")
        }
        Language::Fr => {
            ("La veille continue", "Vos fours restent surveillés, fenêtre fermée. L’icône la fait revenir.")
        }
    };
    Words { title: title.to_owned(), body: body.to_owned() }
}

/// What is said when the program ends while a kiln fires.
pub(crate) fn goodbye(language: Language) -> Words {
    let (title, body) = match language {
        Language::En => ("No longer watching", "This desktop has no tray. The kiln goes on by itself; nobody is told."),
        Language::Fr => {
            ("Fin de la veille", "Ce bureau n’a pas de zone d’icônes. Le four continue seul ; personne n’est averti.")
        }
    };
    Words { title: title.to_owned(), body: body.to_owned() }
}
