//! The whole link with both its ends, in random orders of what three threads do word by word (shuttle).
//!
//! Run by `cargo xtask test link`. shuttle knows sequentially consistent orders alone: a missing ordering is for loom to
//! find (`exhaustive`), which cannot take the whole link. What is found here is a protocol that is wrong in itself.

use super::super::{AppEnd, ControlEnd, Full, Link, Roster, Task, Urgent};
use super::dice::Dice;
use crate::board::ControlLink;
use kiln_core::command::{Command, CommandId, Refusal, Request, TuningMode};
use kiln_core::settings::{Published, Settings};
use kiln_core::snapshot::Snapshot;
use shuttle::scheduler::{PctScheduler, RandomScheduler};
use shuttle::{Runner, thread};
use std::boxed::Box;
use std::vec::Vec;

/// Random orders of each kind: any, and those with few changes of thread (S. Burckhardt and others, "A randomized
/// scheduler with probabilistic guarantees of finding bugs", ASPLOS 2010).
const ORDERS: usize = 1000;
const DEPTH: usize = 3;
const HEAT: Command = Command::Tune(TuningMode::Safe, None);
const TASK: Task = Task::new(0).expect("there are more");

fn in_random_orders(work: fn()) {
    let mut config = shuttle::Config::new();
    // A snapshot is larger than the stacks it gives its threads otherwise.
    config.stack_size = 1 << 20;
    Runner::new(RandomScheduler::new(ORDERS), config.clone()).run(work);
    Runner::new(PctScheduler::new(DEPTH, ORDERS), config).run(work);
}

/// Requests, a stop, settings and beats from one side; snapshots from the other; a reader beside both.
fn everything_at_once() {
    let link: &'static Link<2> = Box::leak(Box::default());
    let told: [Snapshot; 2] = {
        let mut dice = Dice::new(16);
        [1, 2].map(|number| Snapshot { number, ..dice.throw() })
    };
    let control = thread::spawn(move || {
        let (mut control, mut taken, mut dropped) = (ControlEnd::new(link), Vec::new(), Vec::new());
        let mut revision = 0;
        for told in told {
            taken.extend(control.take().map(|request| request.id.0));
            dropped.extend(control.dropped());
            if let Some(published) = control.settings() {
                assert!(published.revision > revision && published.settings == Settings::DELIVERED, "torn or older");
                revision = published.revision;
            }
            control.publish(&told);
        }
        (control, taken, dropped)
    });
    let reader = thread::spawn(move || {
        let observer = AppEnd::new(link, Roster::EMPTY.with(TASK)).observer();
        let seen = [(); 2].map(|()| observer.newest());
        let mut last = 0;
        for seen in seen.into_iter().flatten() {
            assert!(seen.number >= last && told.contains(&seen), "torn, or an older one after a newer");
            last = seen.number;
        }
    });
    let mut app = AppEnd::new(link, Roster::EMPTY.with(TASK));
    let ask = |app: &mut AppEnd<'_, 2>, id, command| app.ask(&Request { id: CommandId(id), command });
    assert_eq!(ask(&mut app, 1, HEAT), Ok(()));
    assert_eq!(ask(&mut app, 2, Command::Ping), Ok(()));
    for revision in [1, 2] {
        app.publish_settings(&Published { revision, settings: Settings::DELIVERED, latched: None });
    }
    app.urgent(Urgent::Stop, CommandId(3));
    let last: Result<(), Full> = ask(&mut app, 4, HEAT);
    reader.join().expect("the reader");
    let (mut control, mut taken, mut dropped) = control.join().expect("the loop");
    // Everybody is done: what is left comes out.
    for _ in 0..8 {
        taken.extend(control.take().map(|request| request.id.0));
        dropped.extend(control.dropped());
    }
    let place = |id| taken.iter().position(|taken| *taken == id);
    assert!(place(3).is_some() && place(2).is_some(), "a stop and a question arrive: {taken:?}");
    assert_eq!(place(4).is_some(), last.is_ok(), "asked after the stop: {taken:?}");
    match place(1) {
        Some(first) => assert!(place(3).is_some_and(|stop| first < stop) && dropped.is_empty(), "{taken:?}"),
        None => assert_eq!(dropped, [(CommandId(1), Refusal::Overtaken)]),
    }
    assert_eq!(app.newest(), Some(told[1]));
    assert!(app.urgent_taken());
}

#[test]
fn the_whole_link_in_random_orders() {
    in_random_orders(everything_at_once);
}
