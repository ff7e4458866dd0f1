//! The application over a whole simulated kiln: stories from a request to what is on the flash.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::float_cmp,
    reason = "a test that cannot go on fails; what is set comes back bit by bit"
)]

mod bench;
mod settings;

use bench::{Kiln, QUICK, TO_A_CONE};
use kiln_app::door::Field;
use kiln_app::door::idempotency::Key;
use kiln_app::service::{Once, Seen, Service};
use kiln_core::command::Command;
use kiln_core::event::Event;
use kiln_core::snapshot::Phase;
use kiln_core::units::{Kelvin, Millis};
use kiln_sim::flash::NorFlash;
use kiln_wire::answer::{CommandState, ErrorAnswer};
use kiln_wire::ask::{RecoveryAction, ScheduleRequest};
use kiln_wire::records::EndWord;

fn fired() -> Kiln {
    let mut kiln = Kiln::new();
    kiln.put("quick", QUICK);
    let answer = kiln.run("quick").unwrap();
    assert_eq!(answer.state, CommandState::Done, "{answer:?} {}", kiln.log());
    kiln
}

fn code(refused: &kiln_app::service::Refused) -> &'static str {
    ErrorAnswer::from(refused).error.code
}

/// The rows, without the header, as columns.
fn columns(rows: &str) -> Vec<Vec<&str>> {
    rows.lines().skip(1).map(|line| line.split(',').collect()).collect()
}

#[test]
fn a_firing_from_the_request_to_its_record() {
    let mut kiln = fired();
    assert_eq!(kiln.phase(), Some(Phase::Running));
    kiln.until(30, "complete", |kiln| kiln.phase() == Some(Phase::Complete));
    kiln.seconds(3);
    let (id, rows) = kiln.only_log();
    assert_eq!(id, "Quick_2026-01-01_00-00-06");
    let rows = columns(&rows);
    assert!(rows.len() > 10, "{}", rows.len());
    assert_eq!(rows.first().map(|row| row[5]), Some("RUNNING"));
    assert_eq!(rows.last().map(|row| row[5]), Some("COMPLETE"));
    let run = kiln.on.service.run_of(&id).unwrap();
    assert_eq!(
        (run.end, run.fault.is_none(), run.profile.as_ref().map(kiln_wire::bounded::Label::as_str)),
        (EndWord::Completed, true, Some("Quick"))
    );
    assert!(run.peak_c.unwrap() > 59.0 && run.elapsed_s > 300.0, "{run:?}");
    let report = kiln.on.service.report(&id).unwrap().figures.unwrap();
    assert!(report.within_5_k_percent > 50.0 && report.rows > 10, "{report:?}");
    let now = kiln.now();
    let history = serde_json::to_value(kiln.on.service.history(&now)).unwrap();
    assert_eq!((&history["run"], history["points"].as_array().unwrap().is_empty()), (&id.as_str().into(), false));
}

#[test]
fn a_stopped_firing_says_so_and_can_be_noted_on_and_removed() {
    let mut kiln = fired();
    kiln.seconds(60);
    let (id, _) = kiln.only_log();
    assert_eq!(code(&kiln.on.service.delete_run(&id).unwrap_err()), "in_use");
    assert_eq!(kiln.ask(&Command::Stop).state, CommandState::Done);
    kiln.seconds(2);
    let patch = kiln_wire::ask::RunPatch::parse(br#"{"notes":"good","cone_result":"04 down"}"#).unwrap();
    let run = kiln.on.service.patch_run(&id, &patch).unwrap();
    assert_eq!((run.end, run.notes.as_str(), run.cone_result.as_str()), (EndWord::Stopped, "good", "04 down"));
    kiln.on.service.delete_run(&id).unwrap();
    assert_eq!(code(&kiln.on.service.run_of(&id).unwrap_err()), "no_such_run");
}

#[test]
fn two_firings_within_a_second_have_a_log_each() {
    let mut kiln = fired();
    kiln.seconds(60);
    let now = kiln.now();
    kiln.on.service.command(&now, &Command::Stop, None, None).unwrap();
    assert_eq!(kiln.run("quick").unwrap().state, CommandState::Done);
    kiln.seconds(40);
    let mut page = heapless::Vec::<_, 4>::new();
    kiln.on.service.runs(None, &mut page).unwrap();
    assert_eq!(page.iter().map(|run| run.end).collect::<Vec<_>>(), [EndWord::Running, EndWord::Stopped]);
    kiln.cut(Millis::from_seconds(30), 1.0);
    kiln.until(2, "goes on", |kiln| kiln.phase() == Some(Phase::Running));
    let running = kiln.on.service.run_id();
    assert_eq!(running.as_ref(), Some(&page[0].id), "the second one goes on");
}

#[test]
fn one_request_sent_twice_is_carried_out_once() {
    let mut kiln = Kiln::new();
    kiln.put("quick", QUICK);
    let asked = kiln_wire::ask::RunRequest::parse(br#"{"profile":"quick"}"#).unwrap();
    let key = Key::judge(Field::Once("k1")).unwrap().unwrap();
    let (now, request) = (kiln.now(), [b"POST".as_slice(), b"/api/run"]);
    let once = Once { key, request: &request };
    let first = kiln.on.service.run(&now, &asked, Some(once)).unwrap();
    assert_eq!(kiln.on.service.run(&now, &asked, Some(once)), Ok(first));
    assert_eq!(kiln.answer(first).state, CommandState::Done);
    let now = kiln.now();
    assert_eq!(kiln.on.service.run(&now, &asked, Some(once)), Ok(first), "and long after");
    let other = Once { key, request: &[b"POST", b"/api/stop"] };
    let refused = kiln.on.service.command(&now, &Command::Stop, None, Some(other)).unwrap_err();
    assert_eq!(code(&refused), "key_reused");
    assert_eq!(kiln.run("quick").unwrap().error.map(|error| error.code), Some("busy"));
}

#[test]
fn who_asks_for_another_firing_than_the_one_that_is_on_is_told() {
    let mut kiln = fired();
    kiln.seconds(2);
    let now = kiln.now();
    let other = kiln_wire::bounded::Label::cut("another");
    let refused = kiln.on.service.command(&now, &Command::Skip, Some(&other), None).unwrap_err();
    assert_eq!(code(&refused), "stale");
    let this = kiln.on.service.run_id().unwrap();
    assert!(kiln.on.service.command(&now, &Command::Skip, Some(&this), None).is_ok());
}

#[test]
fn incident_a_firing_cut_off_goes_on_in_its_own_log() {
    let mut kiln = fired();
    kiln.seconds(120);
    let (id, before) = kiln.only_log();
    kiln.cut(Millis::from_minutes(2), 3.0);
    kiln.until(3, "goes on", |kiln| kiln.phase() == Some(Phase::Running));
    kiln.seconds(2);
    let (again, rows) = kiln.only_log();
    assert_eq!(again, id);
    assert!(rows.starts_with(&before), "nothing acknowledged is lost");
    assert_eq!(columns(&rows).iter().filter(|row| row[5] == "RECOVERY").count(), 1, "{rows}");
    let now = kiln.now();
    let status = kiln.on.service.status(&now).unwrap();
    assert_eq!(status.run.and_then(|run| run.id).map(|id| id.as_str().to_owned()), Some(id.clone()));
    let history = serde_json::to_value(kiln.on.service.history(&now)).unwrap();
    let points = history["points"].as_array().unwrap();
    assert!(points.len() > 4 && points[0][0] == 0.0, "the history goes back to before the cut: {points:?}");
    kiln.until(40, "complete", |kiln| kiln.phase() == Some(Phase::Complete));
    kiln.seconds(2);
    assert_eq!(kiln.on.service.run_of(&id).unwrap().end, EndWord::Completed);
}

#[test]
fn a_kiln_that_has_changed_asks_and_a_person_answers() {
    for action in [RecoveryAction::Resume, RecoveryAction::Discard] {
        let mut kiln = fired();
        kiln.seconds(120);
        let (id, _) = kiln.only_log();
        kiln.cut(Millis::from_minutes(40), 2.0);
        kiln.seconds(10);
        assert_eq!(kiln.phase(), Some(Phase::Idle));
        let asked = kiln.on.service.recovery().recovery.unwrap();
        assert_eq!((asked.doubt, asked.can_resume, asked.id.as_str()), ("too_long", true, id.as_str()));
        assert_eq!(code(&kiln.on.service.delete_run(&id).unwrap_err()), "in_use");
        let now = kiln.now();
        let key = Key::judge(Field::Once("answer-1")).unwrap().unwrap();
        let once = Some(Once { key, request: &[b"recovery"] });
        let command = kiln.on.service.recover(&now, action, once).unwrap();
        assert_eq!(kiln.on.service.recover(&now, action, once), Ok(command), "sent twice is answered once");
        kiln.seconds(5);
        assert_eq!(kiln.answer(command).state, CommandState::Done);
        assert!(kiln.on.service.recovery().recovery.is_none());
        let end = kiln.on.service.run_of(&id).unwrap().end;
        match action {
            RecoveryAction::Resume => {
                assert_eq!((kiln.phase(), end), (Some(Phase::Running), EndWord::Running));
            }
            RecoveryAction::Discard => {
                assert_eq!((kiln.phase(), end), (Some(Phase::Idle), EndWord::Interrupted));
                kiln.cut(Millis::from_minutes(1), 0.0);
                kiln.seconds(10);
                assert!(kiln.on.service.recovery().recovery.is_none(), "asked once");
            }
        }
    }
}

#[test]
fn incident_a_firing_that_gets_nowhere_is_not_resumed_for_ever() {
    let mut kiln = fired();
    kiln.seconds(120);
    for cut in 1..=4 {
        kiln.cut(Millis::from_seconds(20), 8.0);
        kiln.seconds(8);
        let asks = kiln.on.service.recovery().recovery.map(|asked| asked.doubt);
        match cut {
            4 => assert_eq!((kiln.phase(), asks), (Some(Phase::Idle), Some("too_often")), "{}", kiln.log()),
            _ => assert_eq!((kiln.phase(), asks), (Some(Phase::Running), None), "cut {cut}: {}", kiln.log()),
        }
    }
}

#[test]
fn a_firing_goes_on_with_what_was_changed_by_hand() {
    let mut kiln = fired();
    kiln.seconds(60);
    assert_eq!(kiln.ask(&Command::AddDegrees(Kelvin::whole(15))).state, CommandState::Done);
    let body = br#"{"steps":[{"type":"hold","target_temp":75,"duration":900}]}"#;
    let now = kiln.now();
    let id = kiln.on.service.replace_steps(&now, body, None).unwrap();
    assert_eq!(kiln.answer(id).state, CommandState::Done);
    // The profile on the flash is another by then: the firing keeps its own.
    kiln.on.service.delete_profile("quick", Seen::Unsaid).unwrap();
    kiln.seconds(40);
    kiln.cut(Millis::from_seconds(30), 2.0);
    kiln.until(3, "goes on", |kiln| kiln.phase() == Some(Phase::Running));
    kiln.until(60, "holds", |kiln| {
        kiln.on.service.told().is_some_and(|told| told.run.is_some_and(|run| run.step == 1))
    });
    kiln.seconds(60);
    let told = kiln.on.service.told().unwrap();
    assert!((told.target.unwrap().get() - 75.0).abs() < 1.0, "{:?}", told.target);
}

/// Fires from 625 °C until the cone falls; where asked, the power fails for a minute in the hold. How long it took, s,
/// and the heat work before and after the cut: the last cone that fell, and the way to the next.
fn until_the_cone_falls(cut: bool) -> (f64, Option<[(&'static str, f64); 2]>) {
    let reached = |kiln: &Kiln| {
        let reached = kiln.on.service.told().and_then(|told| told.run?.reached);
        reached.map(|reached| (reached.cone.name(), reached.beyond)).unwrap()
    };
    let fallen = |kiln: &Kiln| {
        kiln.on.service.told().is_some_and(|told| {
            told.events.since(0).any(|(_, event)| matches!(event, Event::ConeFallen { cone } if cone.name() == "019"))
        })
    };
    let mut kiln = Kiln::new();
    kiln.cut(Millis::ZERO, -600.0);
    kiln.seconds(10);
    kiln.put("cone", TO_A_CONE);
    let began = kiln.on.world.wall();
    assert_eq!(kiln.run("cone").unwrap().state, CommandState::Done, "{}", kiln.log());
    kiln.until(30, "holds", |kiln| {
        kiln.on.service.told().is_some_and(|told| told.run.is_some_and(|run| run.step == 1))
    });
    kiln.seconds(2400);
    let around = cut.then(|| {
        let before = reached(&kiln);
        kiln.cut(Millis::from_minutes(1), 2.0);
        kiln.until(3, "goes on", |kiln| kiln.phase() == Some(Phase::Running));
        kiln.seconds(2);
        [before, reached(&kiln)]
    });
    assert!(!fallen(&kiln), "too soon");
    kiln.until(480, "falls", fallen);
    (kiln.on.world.wall().since(began).seconds(), around)
}

#[test]
fn a_hold_for_a_cone_remembers_its_heat_work_over_a_cut_of_the_power() {
    let (whole, _) = until_the_cone_falls(false);
    let (cut, around) = until_the_cone_falls(true);
    let [before, after] = around.unwrap();
    std::println!("falls after {whole} s, with a cut after {cut} s; {before:?} before, {after:?} after");
    assert_eq!(before.0, after.0);
    assert!((before.1 - after.1).abs() < 0.05, "{before:?} {after:?}");
    assert!((60.0..300.0).contains(&(cut - whole)), "after {whole} s without, after {cut} s with a cut");
}

#[test]
fn an_application_that_starts_anew_finds_its_firing() {
    let mut kiln = fired();
    kiln.seconds(120);
    let (id, _) = kiln.only_log();
    kiln.restart_application();
    kiln.seconds(40);
    assert_eq!(kiln.phase(), Some(Phase::Running));
    let (again, rows) = kiln.only_log();
    assert_eq!(again, id);
    let states: Vec<_> = columns(&rows).iter().map(|row| row[5].to_owned()).collect();
    assert_eq!(states.iter().filter(|state| *state == "RECOVERY").count(), 1, "{states:?}");
    assert_eq!(states.last().map(String::as_str), Some("RUNNING"));
}

#[test]
fn a_start_that_waits_outlives_a_restart_unless_it_is_too_late() {
    for (away, runs) in [(1, true), (12, true), (40, false)] {
        let mut kiln = Kiln::new();
        kiln.put("quick", QUICK);
        let start = (kiln.on.world.wall() + Millis::from_minutes(10)).unix_millis();
        let body = format!(r#"{{"profile":"quick","start_ms":{start}}}"#);
        let now = kiln.now();
        let id = kiln.on.service.schedule_start(&now, &ScheduleRequest::parse(body.as_bytes()).unwrap(), None).unwrap();
        assert_eq!(kiln.answer(id).state, CommandState::Done);
        assert_eq!(code(&kiln.on.service.delete_profile("quick", Seen::Unsaid).unwrap_err()), "in_use");
        kiln.cut(Millis::from_minutes(away), 0.0);
        kiln.seconds(20);
        assert_eq!(kiln.on.service.schedule(&kiln.now()).scheduled.len(), usize::from(away == 1), "{away} min");
        for _ in 0..12 * 60 {
            kiln.seconds(u64::from(kiln.phase() != Some(Phase::Running)));
        }
        assert_eq!(kiln.phase() == Some(Phase::Running), runs, "{away} min: {}", kiln.log());
        assert_eq!(kiln.on.service.schedule(&kiln.now()).scheduled.len(), usize::from(away == 1), "{away} min");
        if runs {
            kiln.seconds(30);
            kiln.cut(Millis::from_seconds(20), 1.0);
            kiln.until(2, "goes on", |kiln| kiln.phase() == Some(Phase::Running));
        }
    }
}

#[test]
fn without_the_time_of_day_a_firing_is_recorded_all_the_same() {
    let mut kiln = Kiln::new();
    kiln.knows_time = false;
    kiln.cut(Millis::ZERO, 0.0);
    kiln.seconds(5);
    kiln.put("quick", QUICK);
    assert_eq!(kiln.run("quick").unwrap().state, CommandState::Done);
    kiln.seconds(45);
    let (id, rows) = kiln.only_log();
    assert_eq!(id, "Quick_boot-2_run-1");
    assert!(columns(&rows).iter().all(|row| row[0].is_empty()), "{rows}");
    kiln.cut(Millis::from_minutes(1), 2.0);
    kiln.until(3, "goes on", |kiln| kiln.phase() == Some(Phase::Running));
    kiln.seconds(5);
    assert_eq!(kiln.only_log().0, id);
}

#[test]
fn energy_and_cost_follow_the_power_that_was_said() {
    let mut kiln = Kiln::new();
    let config = br#"{"hardware":{"element_power_w":2500},"display":{"energy_price_per_kwh":0.4}}"#;
    kiln.on.service.patch_config(config, true).unwrap();
    kiln.put("quick", QUICK);
    assert_eq!(kiln.run("quick").unwrap().state, CommandState::Done);
    let before = kiln.on.world.truth().energy_j;
    kiln.seconds(240);
    let really = (kiln.on.world.truth().energy_j - before) / 3.6e6;
    let told = kiln.on.service.energy_kwh().unwrap();
    assert!((told / really - 1.0).abs() < 0.1, "{told} kWh told, {really} kWh used");
    assert_eq!(kiln.ask(&Command::Stop).state, CommandState::Done);
    kiln.seconds(2);
    let (id, _) = kiln.only_log();
    let run = kiln.on.service.run_of(&id).unwrap();
    assert!((run.cost.unwrap() / run.energy_kwh.unwrap() - 0.4).abs() < 0.02, "{run:?}");
}

#[test]
fn outputs_are_tested_on_request() {
    use kiln_wire::ask::SelfTestWhat::{Elements, Relays};
    use kiln_wire::records::SelfTestState::{Failed, Passed, Running};
    for (what, dead, state) in [(Relays, false, Passed), (Elements, false, Passed), (Elements, true, Failed)] {
        let mut kiln = Kiln::new();
        kiln.on.world.broken.element_health = if dead { 0.0 } else { 1.0 };
        let now = kiln.now();
        assert_eq!(kiln.on.service.start_selftest(&now, what).unwrap().state, Running);
        assert_eq!(code(&kiln.on.service.start_selftest(&now, what).unwrap_err()), "busy");
        kiln.until(15, "over", |kiln| kiln.on.service.selftest().state != Running);
        let result = kiln.on.service.selftest();
        assert_eq!((result.what, result.state), (Some(what), state), "{result:?}");
        assert_eq!(result.rise_k.is_some_and(|rise| rise < 3.0), dead, "{result:?}");
        assert!(result.relays_wrong.is_empty(), "{result:?}");
        assert!(matches!(kiln.phase(), Some(Phase::Idle | Phase::Complete)), "{:?}", kiln.phase());
    }
}

#[test]
fn a_fault_that_latched_is_told_after_a_restart() {
    let mut kiln = fired();
    kiln.seconds(60);
    let told = |kiln: &mut Kiln| serde_json::to_value(kiln.on.service.last_fault()).unwrap();
    assert!(told(&mut kiln).is_null());
    kiln.on.world.broken.sensor = kiln_sim::sensor::SensorFault::Open;
    kiln.until(10, "latches", |kiln| kiln.phase() == Some(Phase::Error));
    kiln.seconds(2);
    let seen = told(&mut kiln);
    assert!(seen["fault"]["code"].is_string() && seen["at_ms"].is_u64(), "{seen}");
    kiln.cut(Millis::from_minutes(1), 0.0);
    kiln.until(20, "latched again", |kiln| kiln.phase() == Some(Phase::Error));
    let fault = kiln.on.service.told().and_then(|told| told.fault).map(|fault| fault.kind());
    assert_eq!(fault, Some(kiln_core::fault::Kind::StillLatched));
    assert_eq!(told(&mut kiln), seen);
    assert_eq!(kiln.ask(&Command::ClearError).state, CommandState::Done);
    kiln.seconds(2);
    kiln.cut(Millis::from_minutes(1), 0.0);
    kiln.seconds(20);
    assert_eq!(kiln.phase(), Some(Phase::Idle), "cleared is cleared");
    assert_eq!(told(&mut kiln), seen);
}

#[test]
fn the_service_fits_the_memory_it_is_given() {
    let bytes = size_of::<Service<'static, NorFlash>>();
    assert!(bytes <= 40 * 1024, "{bytes} bytes");
}
