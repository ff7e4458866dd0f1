//! Notifications: alarms stay until they are taken note of, alerts go by themselves.
//!
//! The watcher is never held up by a desktop that does not answer: what is to be said goes through a queue to a thread
//! of its own.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread;

use kiln_watch::watch::Told;
use tauri::AppHandle;

/// Says what is to be said.
pub(crate) struct Speaker {
    queue: Sender<Told>,
    heard: Arc<AtomicBool>,
}

impl Speaker {
    /// Begins to listen for what is to be said.
    pub(crate) fn begin(app: AppHandle) -> Self {
        let (queue, said) = channel::<Told>();
        let heard = Arc::new(AtomicBool::new(desktop::is_there()));
        let still = Arc::clone(&heard);
        thread::spawn(move || {
            let mut shown = desktop::Shown::new(app);
            for told in said {
                still.store(shown.show(&told), Ordering::Relaxed);
            }
        });
        Self { queue, heard }
    }

    /// Says it soon.
    pub(crate) fn say(&self, told: Told) {
        if self.queue.send(told).is_err() {
            eprintln!("nobody shows notifications any more");
        }
    }

    /// Says it before this returns: the program is about to end.
    pub(crate) fn say_now(&self, told: &Told) {
        desktop::once(told);
    }

    /// Whether the desktop shows notifications.
    pub(crate) fn is_heard(&self) -> bool {
        self.heard.load(Ordering::Relaxed)
    }
}

#[cfg(target_os = "linux")]
mod desktop {
    use std::collections::BTreeMap;
    use std::sync::{Arc, Mutex, PoisonError};
    use std::thread;

    use kiln_watch::book::KilnId;
    use kiln_watch::notice::words::Language;
    use kiln_watch::watch::Told;
    use notify_rust::{Hint, Notification, Timeout, Urgency};
    use tauri::{AppHandle, Manager as _};

    use crate::{Desk, window};

    type Key = (KilnId, String);

    /// The notifications that are shown, by what they are known by.
    pub(super) struct Shown {
        app: AppHandle,
        /// The desktop's number of each, as long as it is shown.
        ids: Arc<Mutex<BTreeMap<Key, u32>>>,
    }

    /// Whether somebody shows notifications.
    pub(super) fn is_there() -> bool {
        notify_rust::get_capabilities().is_ok()
    }

    fn notification(told: &Told) -> Option<Notification> {
        let words = told.words.as_ref()?;
        let mut made = Notification::new();
        made.appname("pico-kiln").icon("pico-kiln").summary(&words.title).body(&words.body);
        made.hint(Hint::DesktopEntry("pico-kiln".to_owned()));
        if told.alarm {
            made.urgency(Urgency::Critical).timeout(Timeout::Never).hint(Hint::Resident(true));
            made.hint(Hint::SoundName("alarm-clock-elapsed".to_owned()));
        } else {
            made.urgency(Urgency::Normal);
        }
        Some(made)
    }

    pub(super) fn once(told: &Told) {
        if let Some(Err(error)) = notification(told).map(|made| made.show()) {
            eprintln!("no notification: {error}");
        }
    }

    impl Shown {
        pub(super) fn new(app: AppHandle) -> Self {
            Self { app, ids: Arc::default() }
        }

        fn ids(&self) -> std::sync::MutexGuard<'_, BTreeMap<Key, u32>> {
            self.ids.lock().unwrap_or_else(PoisonError::into_inner)
        }

        /// Shows it, or takes it away; whether the desktop shows notifications.
        pub(super) fn show(&mut self, told: &Told) -> bool {
            let key = (told.kiln, told.key.clone());
            let before = self.ids().get(&key).copied();
            let Some(mut made) = notification(told) else {
                if before.is_some() {
                    self.ids().remove(&key);
                }
                return before.is_none_or(close);
            };
            if told.alarm {
                made.action("acknowledge", self.acknowledge());
            }
            made.action("default", "pico-kiln");
            if let Some(id) = before {
                made.id(id);
            }
            match made.show() {
                Ok(handle) => {
                    if before.is_none() {
                        self.ids().insert(key.clone(), handle.id());
                        self.listen(key, handle);
                    }
                    true
                }
                Err(error) => {
                    eprintln!("no notification: {error}");
                    false
                }
            }
        }

        fn acknowledge(&self) -> &'static str {
            let language = self.app.try_state::<Desk>().map(|desk| desk.watch.wishes().language);
            match language.unwrap_or_default() {
                Language::En => "Got it",
                Language::Fr => "Compris",
            }
        }

        /// Waits until the person does something with it.
        fn listen(&self, key: Key, handle: notify_rust::NotificationHandle) {
            let (app, ids) = (self.app.clone(), Arc::clone(&self.ids));
            thread::spawn(move || {
                handle.wait_for_action(|action: &str| match action {
                    "acknowledge" => {
                        if let Some(desk) = app.try_state::<Desk>()
                            && let Err(why) = desk.watch.acknowledge(key.0, &key.1)
                        {
                            eprintln!("not acknowledged: {why:?}");
                        }
                    }
                    "default" => {
                        let shown = app.clone();
                        if app.run_on_main_thread(move || window::show(&shown)).is_err() {
                            eprintln!("the window is gone");
                        }
                    }
                    _ => {}
                });
                ids.lock().unwrap_or_else(PoisonError::into_inner).remove(&key);
            });
        }
    }

    /// Takes a notification away; whether the desktop did.
    fn close(id: u32) -> bool {
        use gio::prelude::*;
        const PATIENCE_MS: i32 = 1000;
        let asked = gio::bus_get_sync(gio::BusType::Session, gio::Cancellable::NONE).and_then(|bus| {
            bus.call_sync(
                Some("org.freedesktop.Notifications"),
                "/org/freedesktop/Notifications",
                "org.freedesktop.Notifications",
                "CloseNotification",
                Some(&(id,).to_variant()),
                None,
                gio::DBusCallFlags::NONE,
                PATIENCE_MS,
                gio::Cancellable::NONE,
            )
        });
        asked.is_ok()
    }
}

#[cfg(not(target_os = "linux"))]
mod desktop {
    use kiln_watch::watch::Told;
    use tauri::AppHandle;

    /// Other systems are not built yet: what would be shown is printed.
    pub(super) struct Shown;

    pub(super) const fn is_there() -> bool {
        false
    }

    pub(super) fn once(told: &Told) {
        if let Some(words) = &told.words {
            eprintln!("{}: {}", words.title, words.body);
        }
    }

    impl Shown {
        pub(super) const fn new(_: AppHandle) -> Self {
            Self
        }

        pub(super) fn show(&mut self, told: &Told) -> bool {
            once(told);
            false
        }
    }
}
