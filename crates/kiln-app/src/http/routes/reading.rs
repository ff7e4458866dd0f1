//! What can be read: each route's document, or where its pieces begin.

use super::super::answer::{Content, Note, Out, Told};
use super::super::gate::Call;
use super::super::metrics;
use super::super::pages::Asset;
use super::super::refused::Refused as Answer;
use super::super::route::Resource;
use super::super::site::Reply;
use super::people::entries;
use super::{Act, Pieces, Routes, document};
use crate::door::Door;
use crate::service::Refused;
use crate::store::Flash;
use kiln_core::command::CommandId;
use kiln_core::units::Millis;
use kiln_wire::answer::{ErrorAnswer, Problem};
use kiln_wire::ask::Etag;
use kiln_wire::bounded::{Label, Once};
use kiln_wire::records::TokenList;

/// The description of the interface, packed; written by `cargo xtask docs`.
const OPENAPI: &[u8] = include_bytes!("../openapi.json.gz");

type Said = Result<Reply<Act, Pieces>, Refused>;

impl<F: Flash> Routes<'_, F> {
    pub(super) fn read(&mut self, call: Call, door: &Door, now: Millis, out: &mut Out<'_>) -> Reply<Act, Pieces> {
        let said = match call.resource {
            Resource::Page => Ok(sent(&call, &self.pages.page)),
            Resource::MainScript => part(&call, self.pages.main.as_ref()),
            Resource::RestScript => part(&call, self.pages.rest.as_ref()),
            Resource::Compute => part(&call, self.pages.compute.as_ref()),
            Resource::OpenApi => Ok(Reply::Fixed(Told::new(200, Content::PackedJson), OPENAPI)),
            Resource::Status | Resource::State | Resource::Metrics | Resource::Command => self.present(&call, now, out),
            Resource::Schedule
            | Resource::Tuning
            | Resource::Recovery
            | Resource::SelfTest
            | Resource::WifiScan
            | Resource::Tokens => Ok(self.short(&call, door, now, out)),
            Resource::Info | Resource::Diag | Resource::Config => self.device(&call, door, now, out),
            Resource::RunRecord | Resource::RunReport => self.run(&call, out),
            Resource::Support => {
                Ok(Reply::Pieces(Told::new(200, Content::Text), Pieces::support(door.audit.refused())))
            }
            _ => self.long(call, now),
        };
        said.unwrap_or_else(|refused| Reply::Whole(Answer::from(ErrorAnswer::from(&refused)).write(out)))
    }

    /// What the kiln does at this moment.
    fn present(&mut self, call: &Call, now: Millis, out: &mut Out<'_>) -> Said {
        let now = self.at(now);
        if call.resource == Resource::Command {
            let id = call.name.parse().map(CommandId).map_err(|_| Problem::NoSuchCommand)?;
            let answer = self.service.outcome(id).ok_or(Problem::NoSuchCommand)?;
            return Ok(Reply::Whole(document(&answer, 200, out)));
        }
        if call.resource == Resource::State {
            return Ok(Reply::Whole(document(&self.service.state(&now)?, 200, out)));
        }
        let status = self.service.status(&now)?;
        if call.resource == Resource::Metrics {
            let written = metrics::write(&status, out).is_ok();
            return if written { Ok(Reply::Whole(Told::new(200, Content::Metrics))) } else { Err(too_long()) };
        }
        // What is past is told anew each time, so that nobody takes it for the present.
        let etag = (!status.control.silent).then(|| self.version());
        let mut told = match &etag {
            Some(tag) if call.has(tag.as_str()) => Told::empty(304),
            _ => document(&status, 200, out),
        };
        told.note.etag = etag;
        Ok(Reply::Whole(told))
    }

    /// What the status is known by until it changes.
    fn version(&mut self) -> Etag {
        let (boot, version) = (self.service.store().boot(), self.service.version());
        Label::cut(format_args!("{boot:x}-{version:x}"))
    }

    /// Short answers from memory.
    fn short(&mut self, call: &Call, door: &Door, now: Millis, out: &mut Out<'_>) -> Reply<Act, Pieces> {
        Reply::Whole(match call.resource {
            Resource::Schedule => document(&self.service.schedule(&self.at(now)), 200, out),
            Resource::Tuning => document(&self.service.tuning(), 200, out),
            Resource::Recovery => document(&self.service.recovery(), 200, out),
            Resource::SelfTest => document(&self.service.selftest(), 200, out),
            Resource::WifiScan => document(&self.service.wifi_scan(&self.at(now)), 200, out),
            _ => document(&TokenList { tokens: Once::new(entries(door, call)) }, 200, out),
        })
    }

    /// What the controller is.
    fn device(&mut self, call: &Call, door: &Door, now: Millis, out: &mut Out<'_>) -> Said {
        let now = self.at(now);
        Ok(Reply::Whole(match call.resource {
            Resource::Info => document(&self.service.info(), 200, out),
            Resource::Config => document(&self.service.config_answer(), 200, out),
            _ => document(&self.service.diag(&now, door.audit.refused())?, 200, out),
        }))
    }

    /// A firing that was recorded.
    fn run(&mut self, call: &Call, out: &mut Out<'_>) -> Said {
        Ok(Reply::Whole(if call.resource == Resource::RunReport {
            document(&self.service.report(&call.name)?, 200, out)
        } else {
            document(&self.service.run_of(&call.name)?, 200, out)
        }))
    }

    /// What is told in pieces.
    fn long(&mut self, call: Call, now: Millis) -> Said {
        let json = Told::new(200, Content::Json);
        let (told, pieces) = match call.resource {
            Resource::Events => (Told::new(200, Content::Events), Pieces::events(now)),
            Resource::History => (json, Pieces::history()),
            Resource::Profiles => (json, Pieces::profiles()),
            Resource::Runs => (json, Pieces::runs()),
            Resource::ConfigSchema => (json, Pieces::schema()),
            Resource::Profile => {
                let (bytes, etag) = self.service.profile(&call.name)?;
                let length = bytes.len();
                let has = call.has(etag.as_str());
                let note = Note { etag: Some(etag.clone()), ..Note::default() };
                if has {
                    return Ok(Reply::Whole(Told { note, ..Told::empty(304) }));
                }
                (Told { note, ..json }, Pieces::profile(call.name, etag, length))
            }
            Resource::RunSteps => {
                let pieces = Pieces::fired(self.service.fired()?);
                (json, pieces)
            }
            Resource::RunCsv => {
                let length = self.service.rows_length(&call.name)?;
                (Told::new(200, Content::Csv), Pieces::rows(call.name, length))
            }
            Resource::RunJson => {
                let _there = self.service.run_of(&call.name)?;
                (json, Pieces::points(call.name))
            }
            Resource::Logs => {
                let from = call.asked("from").map_or(Ok(0), str::parse).map_err(|_| Problem::BadRequest)?;
                (Told::new(200, Content::Text), Pieces::log(from))
            }
            _ => return Err(Problem::NotAvailable.into()),
        };
        Ok(Reply::Pieces(told, pieces))
    }
}

/// A part of the page, where it has it.
fn part(call: &Call, asset: Option<&Asset>) -> Said {
    asset.map(|asset| sent(call, asset)).ok_or_else(|| Problem::NoSuchPath.into())
}

/// Bytes that were made before, or that the asker has them.
fn sent(call: &Call, asset: &Asset) -> Reply<Act, Pieces> {
    let told = asset.told(|tag| call.has(tag));
    if told.content.is_some() { Reply::Fixed(told, asset.bytes) } else { Reply::Whole(told) }
}

fn too_long() -> Refused {
    Problem::NotAvailable.into()
}
