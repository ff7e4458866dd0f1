//! Which type each document is.

use super::config::{ConfigDoc, ConfigPatchDoc, ConfigSchemaDoc, ReferenceConfigDoc};
use crate::answer::{CommandAnswer, ErrorAnswer};
use crate::api::Doc;
use crate::ask;
use crate::bounded::List;
use crate::config::ConfigSaved;
use crate::config::reference::ImportAnswer;
use crate::json::Place;
use crate::profile::ProfileDoc;
use crate::records;
use crate::status::{EventView, LegacyState, Status};
use schemars::JsonSchema;
use ts_rs::TS;

/// Does something with a type.
pub(super) trait Visit {
    /// With a type that goes in.
    fn asked<T: TS + JsonSchema + 'static>(&mut self, doc: Doc);
    /// With a type that comes out.
    fn answered<T: TS + JsonSchema + 'static>(&mut self, doc: Doc);
}

/// Shows the type of every document that comes out.
pub(super) fn answers(visit: &mut impl Visit) {
    visit.answered::<Status>(Doc::Status);
    visit.answered::<LegacyState>(Doc::State);
    visit.answered::<EventView>(Doc::Event);
    visit.answered::<records::Info>(Doc::Info);
    visit.answered::<records::History<List<records::Point, 64>>>(Doc::History);
    visit.answered::<CommandAnswer>(Doc::CommandAnswer);
    visit.answered::<records::ProfileList<List<records::ProfileEntry, 64>>>(Doc::ProfileList);
    visit.answered::<records::ProfileSaved>(Doc::ProfileSaved);
    visit.answered::<records::RunList<List<records::RunEntry, 64>>>(Doc::RunList);
    visit.answered::<records::RunEntry>(Doc::RunEntry);
    visit.answered::<records::RunRows<List<records::Point, 64>>>(Doc::RunRows);
    visit.answered::<records::RunReport>(Doc::RunReport);
    visit.answered::<records::ScheduleAnswer>(Doc::ScheduleAnswer);
    visit.answered::<records::TuningAnswer>(Doc::TuningAnswer);
    visit.answered::<records::RecoveryAnswer>(Doc::RecoveryAnswer);
    visit.answered::<ConfigDoc>(Doc::Config);
    visit.answered::<ConfigSaved>(Doc::ConfigSaved);
    visit.answered::<ConfigSchemaDoc>(Doc::ConfigSchema);
    visit.answered::<ImportAnswer>(Doc::Imported);
    visit.answered::<records::Diag>(Doc::Diag);
    visit.answered::<records::TimeAnswer>(Doc::TimeAnswer);
    visit.answered::<records::WifiAnswer>(Doc::WifiAnswer);
    visit.answered::<records::WifiScan>(Doc::WifiScan);
    visit.answered::<records::SelfTestResult>(Doc::SelfTestResult);
    visit.answered::<records::PairAnswer>(Doc::PairAnswer);
    visit.answered::<records::TokenList<List<records::TokenEntry, 8>>>(Doc::TokenList);
    visit.answered::<ErrorAnswer>(Doc::ErrorAnswer);
}

/// Shows the type of every document that goes in.
pub(super) fn requests(visit: &mut impl Visit) {
    visit.asked::<ProfileDoc<'static, Place>>(Doc::Profile);
    visit.asked::<ConfigPatchDoc>(Doc::ConfigPatch);
    visit.asked::<ReferenceConfigDoc>(Doc::ReferenceConfig);
    visit.asked::<ask::RunDoc<'static>>(Doc::RunRequest);
    visit.asked::<ask::ExpectDoc<'static>>(Doc::ExpectRequest);
    visit.asked::<ask::AdjustDoc<'static>>(Doc::AdjustRequest);
    visit.asked::<ask::HoldDoc>(Doc::HoldRequest);
    visit.asked::<ask::StepsDoc<'static>>(Doc::StepsRequest);
    visit.asked::<ask::RunPatchDoc<'static>>(Doc::RunPatch);
    visit.asked::<ask::ScheduleDoc<'static>>(Doc::ScheduleRequest);
    visit.asked::<ask::TuningDoc>(Doc::TuningRequest);
    visit.asked::<ask::RecoveryDoc>(Doc::RecoveryRequest);
    visit.asked::<ask::TimeDoc>(Doc::TimeRequest);
    visit.asked::<ask::WifiDoc<'static>>(Doc::WifiRequest);
    visit.asked::<ask::SelfTestDoc>(Doc::SelfTestRequest);
    visit.asked::<ask::FactoryResetDoc>(Doc::FactoryResetRequest);
    visit.asked::<ask::PairDoc<'static>>(Doc::PairRequest);
}
