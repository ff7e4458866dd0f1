//! The table of routes.

use super::Method::{Delete, Get, Patch, Post, Put};
use super::{Doc, Gives, Method, Need, Route};

const fn route(method: Method, path: &'static str, need: Need, gives: Gives, summary: &'static str) -> Route {
    Route { method, path, need, takes: None, gives, also: &[], summary }
}

const fn read(path: &'static str, doc: Doc, summary: &'static str) -> Route {
    route(Get, path, Need::Open, Gives::Json(doc), summary)
}

const fn read_own(path: &'static str, doc: Doc, summary: &'static str) -> Route {
    route(Get, path, Need::Token, Gives::Json(doc), summary)
}

const fn told(path: &'static str, gives: Gives, summary: &'static str) -> Route {
    route(Get, path, Need::Open, gives, summary)
}

/// Something control is asked to do.
const fn command(path: &'static str, takes: Doc, summary: &'static str) -> Route {
    Route { takes: Some(takes), ..route(Post, path, Need::Token, Gives::Json(Doc::CommandAnswer), summary) }
}

const fn post(path: &'static str, takes: Doc, gives: Doc, summary: &'static str) -> Route {
    Route { takes: Some(takes), ..route(Post, path, Need::Token, Gives::Json(gives), summary) }
}

const fn quietly(path: &'static str, takes: Doc, summary: &'static str) -> Route {
    Route { takes: Some(takes), ..route(Post, path, Need::Token, Gives::Nothing, summary) }
}

impl Route {
    const fn needing(self, need: Need) -> Self {
        Self { need, ..self }
    }

    const fn by(self, method: Method) -> Self {
        Self { method, ..self }
    }

    const fn also(self, also: &'static [u16]) -> Self {
        Self { also, ..self }
    }
}

const fn delete(path: &'static str, gives: Gives, summary: &'static str) -> Route {
    route(Delete, path, Need::Token, gives, summary)
}

/// A profile or run that was not stored may be gone by the time it is asked for.
const MISSING: &[u16] = &[404];

/// What storing a profile may be asked with.
const STORE: &str =
    "Store a profile; with `?from=file`, one of another program, `&units=c` or `&units=f` where its file has none";

/// Every route.
pub const ROUTES: &[Route] = &[
    told("/", Gives::Html, "The page"),
    told("/main.js", Gives::Script, "What the page needs for its first paint").also(MISSING),
    told("/rest.js", Gives::Script, "The other screens of the page").also(MISSING),
    told("/kiln.wasm", Gives::Wasm, "What the page computes with").also(MISSING),
    read("/api/status", Doc::Status, "What the kiln is doing"),
    read("/api/state", Doc::State, "What the kiln is doing, under the product's documented keys"),
    told("/api/events", Gives::Events, "What the kiln is doing and what happens, as it happens; two listeners at most"),
    read("/api/info", Doc::Info, "What this controller is"),
    read("/api/history", Doc::History, "The course of the running or last firing"),
    told("/metrics", Gives::Text, "Figures for Prometheus"),
    told("/api/openapi.json", Gives::OpenApi, "This document"),
    command("/api/run", Doc::RunRequest, "Fire a stored profile").also(MISSING),
    command("/api/stop", Doc::ExpectRequest, "End the firing or the tuning").needing(Need::Stop),
    command("/api/shutdown", Doc::ExpectRequest, "Heat off at once, whatever is going on").needing(Need::Stop),
    command("/api/pause", Doc::ExpectRequest, "Hold the present target; the schedule waits"),
    command("/api/resume", Doc::ExpectRequest, "Go on after a pause"),
    command("/api/skip", Doc::ExpectRequest, "Go on with the next step"),
    command("/api/adjust", Doc::AdjustRequest, "Lengthen or shorten the running step, or move its target"),
    command("/api/hold", Doc::HoldRequest, "Go to a temperature and stay there, or go on staying"),
    command("/api/clear-error", Doc::ExpectRequest, "Clear a latched fault whose cause is gone"),
    quietly("/api/reboot", Doc::ExpectRequest, "Start the controller again; not while it fires"),
    read("/api/run/steps", Doc::Profile, "The profile that is being fired, with every change made to it").also(MISSING),
    command("/api/run/steps", Doc::StepsRequest, "Replace the steps after the running one").by(Put),
    read("/api/commands/{id}", Doc::CommandAnswer, "What became of a command"),
    read("/api/profiles", Doc::ProfileList, "The stored profiles"),
    read("/api/profiles/{name}", Doc::Profile, "A stored profile"),
    Route {
        takes: Some(Doc::Profile),
        ..route(Put, "/api/profiles/{name}", Need::Token, Gives::Saved(Doc::ProfileSaved), STORE)
    },
    delete("/api/profiles/{name}", Gives::Nothing, "Delete a profile"),
    read("/api/runs", Doc::RunList, "The recorded firings, newest first"),
    read("/api/runs/{id}", Doc::RunEntry, "A recorded firing"),
    Route {
        takes: Some(Doc::RunPatch),
        ..read_own("/api/runs/{id}", Doc::RunEntry, "Note something about a firing").by(Patch)
    },
    delete("/api/runs/{id}", Gives::Nothing, "Delete a recorded firing"),
    told("/api/runs/{id}/csv", Gives::Csv, "The log of a firing, also while it goes on"),
    read("/api/runs/{id}/json", Doc::RunRows, "The rows of a firing, also while it goes on"),
    read("/api/runs/{id}/report", Doc::RunReport, "A firing and what can be said of it"),
    read("/api/schedule", Doc::ScheduleAnswer, "The starts that wait"),
    command("/api/schedule", Doc::ScheduleRequest, "Fire a stored profile at a time of day").also(MISSING),
    delete("/api/schedule", Gives::Json(Doc::CommandAnswer), "Forget every start that waits").also(MISSING),
    read("/api/tuning", Doc::TuningAnswer, "The tuning run"),
    command("/api/tuning", Doc::TuningRequest, "Start a tuning run"),
    delete("/api/tuning", Gives::Json(Doc::CommandAnswer), "End the tuning run"),
    read("/api/recovery", Doc::RecoveryAnswer, "A firing that was cut off and waits for an answer"),
    command("/api/recovery", Doc::RecoveryRequest, "Let it go on, or end it").also(MISSING),
    read("/api/config", Doc::Config, "The configuration, without secrets"),
    post("/api/config", Doc::ConfigPatch, Doc::ConfigSaved, "Change keys of the configuration"),
    post("/api/config", Doc::ConfigPatch, Doc::ConfigSaved, "Change keys of the configuration").by(Patch),
    read("/api/config/schema", Doc::ConfigSchema, "Every key of the configuration described"),
    post("/api/config/import", Doc::ReferenceConfig, Doc::Imported, "Take in a flat config.json").needing(Need::Local),
    told("/api/logs", Gives::Text, "The newest lines of the log"),
    read("/api/diag", Doc::Diag, "What a technician wants to know"),
    route(Get, "/api/support", Need::Token, Gives::Text, "Everything that helps to find a fault, without secrets"),
    post("/api/time", Doc::TimeRequest, Doc::TimeAnswer, "Tell the time of day"),
    post("/api/wifi", Doc::WifiRequest, Doc::WifiAnswer, "Join a network"),
    read_own("/api/wifi/scan", Doc::WifiScan, "Networks within reach"),
    read("/api/selftest", Doc::SelfTestResult, "What the last self-test found"),
    post("/api/selftest", Doc::SelfTestRequest, Doc::SelfTestResult, "Try the outputs"),
    quietly("/api/factory-reset", Doc::FactoryResetRequest, "Forget everything").needing(Need::Local),
    post("/api/pair", Doc::PairRequest, Doc::PairAnswer, "Exchange the code that the kiln shows for a token")
        .needing(Need::Open),
    read_own("/api/tokens", Doc::TokenList, "The paired apps and browsers"),
    delete("/api/tokens/{id}", Gives::Nothing, "Revoke a token"),
];
