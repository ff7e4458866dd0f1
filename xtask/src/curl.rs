//! The served kiln as `curl` sees it: every operation of its description answers, with a status that is described.
//!
//! What the answers hold is judged by schemathesis and by kiln-sim's own tests.

use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use crate::proc;
use crate::served::Served;
use crate::workspace::Metadata;

/// What would end the walk: the token is forgotten, or the kiln begins anew.
const APART: &[&str] = &["/api/factory-reset", "/api/tokens/{id}", "/api/reboot"];
/// How often a kiln that says that it is busy is asked again.
const PATIENCE: usize = 40;

/// Walks every path and method; whether each answered as described.
///
/// # Errors
/// When the kiln or curl cannot be started, or the description is not one.
pub(crate) fn walks(root: &Path) -> Result<bool> {
    let described: Value = serde_json::from_slice(&std::fs::read(root.join("docs/api/openapi.json"))?)?;
    let target = Metadata::ask(root)?.target_folder()?;
    let served = Served::begin(&proc::release(root, &target, "kiln-sim")?, &target, "20")?;
    let (mut seen, mut wrong) = (0_usize, 0_usize);
    for (path, methods) in described.get("paths").and_then(Value::as_object).context("no paths")? {
        for (method, operation) in methods.as_object().into_iter().flatten() {
            let Some(answers) = operation.get("responses").and_then(Value::as_object) else { continue };
            if APART.contains(&path.as_str()) {
                continue;
            }
            let status = patient(&served, &method.to_uppercase(), path)?;
            seen += 1;
            if !answers.contains_key(&status) {
                eprintln!("curl {method} {path}: {status} is not described");
                wrong += 1;
            }
        }
    }
    println!("curl: {seen} operations, {wrong} answered otherwise than described");
    ensure!(seen > 55, "the description tells of {seen} operations only");
    Ok(wrong == 0)
}

/// Asks until the kiln has a place free, as a script has to.
fn patient(served: &Served, method: &str, path: &str) -> Result<String> {
    for _ in 0..PATIENCE {
        let status = ask(served, method, path)?;
        if status != "429" && status != "503" {
            return Ok(status);
        }
        thread::sleep(Duration::from_millis(250));
    }
    Ok("503".into())
}

fn ask(served: &Served, method: &str, path: &str) -> Result<String> {
    let path = path.replace("{name}", "bisque-cone-04").replace("{id}", "1");
    let mut command = Command::new("curl");
    // A stream of events has no end: what it began with is enough.
    command.args(["--silent", "--max-time", if path == "/api/events" { "2" } else { "8" }, "--request", method]);
    command.args(["--output", "/dev/null", "--write-out", "%{http_code}"]);
    command.args(["--header", &format!("Authorization: Bearer {}", served.token), "--header", "X-Kiln: stop"]);
    if method != "GET" && method != "DELETE" {
        command.args(["--json", "{}"]);
    }
    let output = command.arg(format!("http://{}{path}", served.address)).output().context("cannot start curl")?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
