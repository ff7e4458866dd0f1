//! The rim of the watcher: threads, sockets, the file. One poller for each kiln, whoever looks and however often.
//!
//! ```text
//!   thread "kiln 1" ─ Poller ─ http ─▶ kiln        tiles(), status_after(), ask(), stop() … ◀─ the window
//!   thread "kiln 2" ─ Poller ─ http ─▶ kiln                     │
//!   thread "finder" ─ mdns: a kiln that is silent may have moved └▶ speak: notifications
//! ```

mod answers;
mod asking;
mod kiln;
mod search;
mod tile;

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use kiln_core::units::{Instant, WallClock};
use serde::Serialize;

pub use tile::{Doing, Tile, TileAlarm};

use self::kiln::Kiln;
use self::tile::Parts;
use crate::Moment;
use crate::book::file::{BookFile, Opened};
use crate::book::{Book, KilnId, Known, Token, Wishes};
use crate::http::Client;
use crate::notice::words::{Words, words};
use crate::notice::{Say, What};
use crate::past::Point;
use crate::stop::Stop;

/// What is said to a person.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// The kiln.
    pub kiln: KilnId,
    /// What it is known by; what comes later under the same key replaces it.
    pub key: String,
    /// What is to be shown; none when it is to be taken away.
    pub words: Option<Words>,
    /// Whether it is an alarm.
    pub alarm: bool,
}

/// Where everything that is said goes.
pub type Speak = Box<dyn Fn(&Told) + Send + Sync>;

/// What the watcher is given.
pub struct Options {
    /// The file of the book.
    pub file: PathBuf,
    /// Addresses that may be a kiln that is being set up; [`crate::find::PROVISIONING`] on a person's computer.
    pub provisioning: Vec<SocketAddr>,
    /// Whether the local network is listened to for kilns.
    pub listens: bool,
    /// Where everything that is said goes.
    pub speak: Speak,
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options").field("file", &self.file).field("listens", &self.listens).finish_non_exhaustive()
    }
}

/// Why something that a person asked for did not happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Refused {
    /// There is no such kiln here.
    NoSuchKiln,
    /// That is no address.
    NoSuchAddress,
    /// No kiln answers there.
    NoKiln,
    /// There is no room for another.
    Full,
    /// Nobody answered in time. What was asked for may have happened: the status tells.
    NoAnswer,
    /// The kiln said something else.
    NotUnderstood,
}

/// Watches kilns.
#[derive(Clone, Debug)]
pub struct Watch(Arc<Shared>);

/// What all threads share.
struct Shared {
    client: Client,
    file: BookFile,
    options: Options,
    began: std::time::Instant,
    book: Mutex<Book>,
    kilns: Mutex<BTreeMap<KilnId, Arc<Kiln>>>,
    /// What is wrong with the file, for the person.
    trouble: Mutex<Option<String>>,
    ended: AtomicBool,
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared").field("options", &self.options).finish_non_exhaustive()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    fn moment(&self) -> Moment {
        let ms = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Moment { now: Instant::from_millis(ms(self.began.elapsed())), wall: WallClock::from_unix_millis(ms(wall)) }
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        lock(&self.book)
    }

    /// Where a kiln is and what it gave us.
    fn door(&self, id: KilnId) -> Option<(SocketAddr, Option<Token>)> {
        self.book().kiln(id).map(|known| (known.address, known.token.clone()))
    }

    /// Changes what is kept of a kiln; the file is written only when something is different.
    fn keep(&self, id: KilnId, change: impl FnOnce(&mut Known)) {
        self.change(|book| {
            if let Some(known) = book.kiln_mut(id) {
                change(known);
            }
        });
    }

    fn change<T>(&self, change: impl FnOnce(&mut Book) -> T) -> T {
        let mut book = self.book();
        let before = book.clone();
        let made = change(&mut book);
        if *book != before {
            *lock(&self.trouble) = self.file.save(&book).err().map(|trouble| trouble.to_string());
        }
        made
    }

    fn speak(&self, id: KilnId, said: &[Say]) {
        for say in said {
            let book = self.book();
            let Some(known) = book.kiln(id) else {
                return;
            };
            let told = match say {
                Say::Tell { key, what } => {
                    let said = words(what, &known.called(), book.wishes.language, book.wishes.unit);
                    let alarm = matches!(what, What::Alarm(_));
                    Told { kiln: id, key: key.clone(), words: Some(said), alarm }
                }
                Say::Withdraw { key } => Told { kiln: id, key: key.clone(), words: None, alarm: true },
            };
            drop(book);
            (self.options.speak)(&told);
        }
    }
}

impl Watch {
    /// Opens the book and begins to watch every kiln in it.
    ///
    /// # Errors
    /// The book cannot be opened, in words for the person; nothing of it is touched then.
    pub fn begin(options: Options) -> Result<Self, String> {
        let file = BookFile::at(options.file.clone());
        let (book, trouble) = match file.open().map_err(|trouble| trouble.to_string())? {
            Opened::New => (Book::default(), None),
            Opened::Read(book) => (book, None),
            Opened::Aside(path) => {
                (Book::default(), Some(format!("the list of kilns cannot be read; it was moved to {}", path.display())))
            }
        };
        let known = book.kilns.clone();
        let shared = Shared {
            client: Client::default(),
            file,
            options,
            began: std::time::Instant::now(),
            book: Mutex::new(book),
            kilns: Mutex::new(BTreeMap::new()),
            trouble: Mutex::new(trouble),
            ended: AtomicBool::new(false),
        };
        let watch = Self(Arc::new(shared));
        for known in &known {
            watch.enlist(known);
        }
        if watch.0.options.listens {
            let finder = watch.clone();
            watch.thread("finder", move || finder.find_again());
        }
        Ok(watch)
    }

    /// Ends every thread; what is under way ends by itself.
    pub fn end(&self) {
        self.0.ended.store(true, Ordering::Relaxed);
        for kiln in std::mem::take(&mut *lock(&self.0.kilns)).values() {
            kiln.forget();
        }
    }

    fn thread(&self, name: &str, work: impl FnOnce() + Send + 'static) {
        if let Err(error) = thread::Builder::new().name(name.to_owned()).spawn(work) {
            *lock(&self.0.trouble) = Some(error.to_string());
        }
    }

    fn enlist(&self, known: &Known) {
        let kiln = Arc::new(Kiln::new(known, self.0.moment().now));
        lock(&self.0.kilns).insert(known.id, Arc::clone(&kiln));
        let shared = Arc::clone(&self.0);
        self.thread(&format!("kiln {}", known.id), move || kiln.watch(&shared));
    }

    fn kiln(&self, id: KilnId) -> Result<Arc<Kiln>, Refused> {
        lock(&self.0.kilns).get(&id).cloned().ok_or(Refused::NoSuchKiln)
    }

    /// Every kiln as it is shown among others.
    pub fn tiles(&self) -> Vec<Tile> {
        let kilns: Vec<Arc<Kiln>> = lock(&self.0.kilns).values().cloned().collect();
        let now = self.0.moment().now;
        let tile = |kiln: &Arc<Kiln>| {
            let (known, wishes) = {
                let book = self.0.book();
                (book.kiln(kiln.id)?.clone(), book.wishes.clone())
            };
            let memory = kiln.memory();
            let stop = memory.stop.as_ref().map(Stop::progress);
            let (poller, policy) = (&memory.poller, &memory.policy);
            Some(Tile::of(&Parts { known: &known, wishes: &wishes, poller, policy, stop }, now))
        };
        kilns.iter().filter_map(tile).collect()
    }

    /// What is wrong with what is kept, in words; none when nothing is.
    pub fn trouble(&self) -> Option<String> {
        lock(&self.0.trouble).clone()
    }

    /// The newest status as the kiln wrote it, with its number; none when it is not newer than `after`.
    ///
    /// # Errors
    /// There is no such kiln.
    pub fn status_after(&self, id: KilnId, after: u64) -> Result<Option<(u64, Arc<str>)>, Refused> {
        let kiln = self.kiln(id)?;
        let memory = kiln.memory();
        let newer = memory.body.clone().filter(|_| memory.heard > after);
        Ok(newer.map(|body| (memory.heard, body)))
    }

    /// What was seen of a kiln lately.
    ///
    /// # Errors
    /// There is no such kiln.
    pub fn past(&self, id: KilnId) -> Result<Vec<Point>, Refused> {
        Ok(self.kiln(id)?.memory().past.points().to_vec())
    }

    /// Somebody looks: every kiln is asked at once.
    pub fn nudge(&self) {
        let now = self.0.moment().now;
        for kiln in lock(&self.0.kilns).values() {
            kiln.nudge(now);
        }
    }

    /// Forgets a kiln and what it gave us.
    pub fn forget(&self, id: KilnId) {
        if let Some(kiln) = lock(&self.0.kilns).remove(&id) {
            kiln.forget();
        }
        self.0.change(|book| book.forget(id));
    }

    /// Stops a kiln: sent until its status says that it stands. [`Tile::stop`] tells how far it has come.
    ///
    /// # Errors
    /// There is no such kiln.
    pub fn stop(&self, id: KilnId) -> Result<(), Refused> {
        let kiln = self.kiln(id)?;
        let begins = {
            let mut memory = kiln.memory();
            let under_way = memory.stop.is_some_and(|stop| !stop.is_over());
            if !under_way {
                memory.stop = Some(Stop::begin(self.0.moment().now));
            }
            !under_way
        };
        if begins {
            let shared = Arc::clone(&self.0);
            self.thread(&format!("stop {id}"), move || kiln.stop(&shared));
        }
        Ok(())
    }

    /// Somebody has taken note of an alarm: it is not told again. That clears nothing.
    ///
    /// # Errors
    /// There is no such kiln.
    pub fn acknowledge(&self, id: KilnId, key: &str) -> Result<(), Refused> {
        let kiln = self.kiln(id)?;
        let said = kiln.acknowledge(key);
        self.0.speak(id, said.as_slice());
        kiln.nudge(self.0.moment().now);
        Ok(())
    }

    /// What the person wants.
    pub fn wishes(&self) -> Wishes {
        self.0.book().wishes.clone()
    }

    /// The person wants something else.
    pub fn wish(&self, wishes: Wishes) {
        self.0.change(|book| book.wishes = wishes);
    }
}
