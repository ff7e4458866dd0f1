//! What the page may ask of this program. Each is listed in `build.rs` and allowed in `capabilities/window.json`.

use std::collections::BTreeMap;
use std::sync::Arc;

use kiln_watch::book::{KilnId, Wishes};
use kiln_watch::find::Found;
use kiln_watch::http::{Answer, NotSent, Request};
use kiln_watch::past::Point;
use kiln_watch::watch::{Refused, Tile, Watch};
use serde::{Deserialize, Serialize};
use tauri::async_runtime::spawn_blocking;
use tauri::{Builder, State, Wry};

use crate::Desk;

/// What this desktop can do.
#[derive(Debug, Serialize)]
pub(crate) struct About {
    /// The version of this program.
    version: &'static str,
    /// Whether the window can be closed and the watching goes on.
    tray: bool,
    /// Whether notifications reach the person.
    notifies: bool,
}

/// Every kiln, and what is wrong with the list itself.
#[derive(Debug, Serialize)]
pub(crate) struct Kilns {
    kilns: Vec<Tile>,
    trouble: Option<String>,
}

/// A request of the page.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    method: String,
    path: String,
    headers: BTreeMap<String, String>,
    body: Option<String>,
}

/// An answer for the page.
#[derive(Debug, Serialize)]
pub(crate) struct Answered {
    status: u16,
    headers: BTreeMap<String, String>,
    body: String,
}

impl From<Answer> for Answered {
    fn from(answer: Answer) -> Self {
        Self { status: answer.status, headers: answer.headers.into_iter().collect(), body: answer.body }
    }
}

/// A status as the kiln wrote it, with its number.
#[derive(Debug, Serialize)]
pub(crate) struct Newer {
    number: u64,
    text: Arc<str>,
}

/// Puts every command into a program.
pub(crate) fn all(builder: Builder<Wry>) -> Builder<Wry> {
    builder.invoke_handler(tauri::generate_handler![
        about,
        kilns,
        find,
        add,
        forget,
        unpair,
        stop,
        acknowledge,
        send,
        status,
        past,
        wish
    ])
}

/// Does something that takes its time where it holds nobody up.
async fn aside<T: Send + 'static>(
    desk: &State<'_, Desk>,
    work: impl FnOnce(&Watch) -> Result<T, Refused> + Send + 'static,
) -> Result<T, Refused> {
    let watch = desk.watch.clone();
    spawn_blocking(move || work(&watch)).await.unwrap_or(Err(Refused::NotUnderstood))
}

#[tauri::command]
fn about(desk: State<'_, Desk>) -> About {
    About { version: env!("CARGO_PKG_VERSION"), tray: desk.tray, notifies: desk.speaker.is_heard() }
}

#[tauri::command]
fn kilns(desk: State<'_, Desk>) -> Kilns {
    Kilns { kilns: desk.watch.tiles(), trouble: desk.watch.trouble() }
}

#[tauri::command]
async fn find(desk: State<'_, Desk>) -> Result<Vec<Found>, Refused> {
    aside(&desk, |watch| Ok(watch.find())).await
}

#[tauri::command]
async fn add(desk: State<'_, Desk>, address: String) -> Result<KilnId, Refused> {
    aside(&desk, move |watch| watch.add(&address)).await
}

#[tauri::command]
fn forget(desk: State<'_, Desk>, kiln: KilnId) {
    desk.watch.forget(kiln);
}

#[tauri::command]
fn unpair(desk: State<'_, Desk>, kiln: KilnId) -> Result<(), Refused> {
    desk.watch.keep_token(kiln, None)
}

#[tauri::command]
fn stop(desk: State<'_, Desk>, kiln: KilnId) -> Result<(), Refused> {
    desk.watch.stop(kiln)
}

#[tauri::command]
fn acknowledge(desk: State<'_, Desk>, kiln: KilnId, key: String) -> Result<(), Refused> {
    desk.watch.acknowledge(kiln, &key)
}

#[tauri::command]
async fn send(desk: State<'_, Desk>, kiln: KilnId, request: Asked) -> Result<Answered, Refused> {
    let Asked { method, path, headers, body } = request;
    let headers: Vec<(String, String)> = headers.into_iter().collect();
    let request = Request::of_page(&method, &path, &headers, body);
    let request = request.map_err(|_: NotSent| Refused::NotUnderstood)?;
    aside(&desk, move |watch| watch.ask(kiln, &request).map(Answered::from)).await
}

#[tauri::command]
fn status(desk: State<'_, Desk>, kiln: KilnId, after: u64) -> Result<Option<Newer>, Refused> {
    Ok(desk.watch.status_after(kiln, after)?.map(|(number, text)| Newer { number, text }))
}

#[tauri::command]
fn past(desk: State<'_, Desk>, kiln: KilnId) -> Result<Vec<Point>, Refused> {
    desk.watch.past(kiln)
}

#[tauri::command]
fn wish(desk: State<'_, Desk>, wishes: Wishes) {
    desk.watch.wish(wishes);
}
