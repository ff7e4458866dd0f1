//! Changes of what is kept: profiles and firings.

use super::super::gate::Call;
use super::super::route::Resource;
use super::{Act, Routes};
use crate::door::{Field, Method};
use crate::service::{Refused, Seen};
use crate::store::Flash;
use kiln_wire::answer::Problem;
use kiln_wire::ask::RunPatch;
use kiln_wire::import::Units;

impl<F: Flash> Routes<'_, F> {
    pub(super) fn keep(&mut self, call: &Call, body: &[u8]) -> Result<Act, Refused> {
        let name = call.name.as_str();
        match (call.resource, call.method) {
            (Resource::Profile, Method::Put) if call.asked("from") == Some("file") => {
                let units = match call.asked("units") {
                    None => None,
                    Some("c") => Some(Units::Celsius),
                    Some("f") => Some(Units::Fahrenheit),
                    Some(_) => return Err(Problem::BadRequest.into()),
                };
                Ok(Act::Saved(self.service.import_profile(name, body, units, seen(call)?)?))
            }
            (Resource::Profile, Method::Put) => Ok(Act::Saved(self.service.put_profile(name, body, seen(call)?)?)),
            (Resource::Profile, _) => self.service.delete_profile(name, seen(call)?).map(|()| Act::Done),
            (_, Method::Patch) => {
                let _patched = self.service.patch_run(name, &RunPatch::parse(body)?)?;
                Ok(Act::Read(Call { method: Method::Get, ..call.clone() }))
            }
            _ => self.service.delete_run(name).map(|()| Act::Done),
        }
    }
}

/// What the asker has seen of what is to be changed (RFC 9110, sections 13.1.1 and 13.1.2).
fn seen(call: &Call) -> Result<Seen<'_>, Refused> {
    match (call.expected(), call.if_none_match.as_deref()) {
        (Field::Absent, None) => Ok(Seen::Unsaid),
        (Field::Absent, Some("*")) => Ok(Seen::Nothing),
        (Field::Once("*"), None) => Ok(Seen::Anything),
        (Field::Once(tag), None) => {
            let tag = tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"'));
            Ok(Seen::Tag(tag.ok_or(Problem::BadRequest)?))
        }
        (Field::Absent | Field::Once(_) | Field::Malformed, _) => Err(Problem::BadRequest.into()),
    }
}
