//! Both ends at once on real threads, flat out: everything asked arrives once and in order, nothing told is torn.

use super::super::{AppEnd, ControlEnd, Link, Roster, Task, Urgent};
use super::dice::Dice;
use crate::board::ControlLink;
use core::sync::atomic::{AtomicBool, Ordering};
use kiln_core::command::{Command, CommandId, Request};
use kiln_core::snapshot::Snapshot;
use std::boxed::Box;
use std::vec::Vec;

const ROUNDS: u32 = if cfg!(miri) { 5 } else { 20_000 };

#[test]
fn nothing_is_lost_torn_or_out_of_order() {
    let link: Box<Link<2>> = Box::default();
    let (done, stop) = (AtomicBool::new(false), AtomicBool::new(false));
    let mut dice = Dice::new(12);
    let shapes: [(Request, Snapshot); 8] = core::array::from_fn(|_| (dice.throw(), dice.throw()));
    let request = |id: u32| {
        let (asked, _) = shapes[usize::try_from(id % 8).expect("small")];
        // What begins heat may be dropped by a stop; a firing as long as any may be asked for later, too.
        let command = if asked.command.begins_heat() { Command::Ping } else { asked.command };
        Request { id: CommandId(id), command }
    };
    let snapshot = |number: u32| Snapshot { number, ..shapes[usize::try_from(number % 8).expect("small")].1 };
    let task = Task::new(0).expect("there are more");
    let (taken, stops, looks) = std::thread::scope(|threads| {
        let control = threads.spawn(|| {
            let (mut control, mut taken, mut stops, mut number) = (ControlEnd::new(&link), Vec::new(), 0, 0);
            while taken.len() < usize::try_from(ROUNDS).expect("small") || !stop.load(Ordering::Relaxed) {
                match control.take() {
                    Some(Request { id: CommandId(u32::MAX), command: Command::Stop }) => stops += 1,
                    Some(asked) => taken.push(asked),
                    None => std::thread::yield_now(),
                }
                control.publish(&snapshot(number));
                number += 1;
            }
            done.store(true, Ordering::Relaxed);
            (taken, stops)
        });
        let reader = threads.spawn(|| {
            let (observer, mut last, mut looks) = (AppEnd::new(&link, Roster::EMPTY).observer(), 0, 0);
            while !done.load(Ordering::Relaxed) {
                if let Some(seen) = observer.newest() {
                    assert!(seen.number >= last, "an older one after a newer");
                    assert_eq!(seen, snapshot(seen.number), "torn");
                    last = seen.number;
                    looks += 1;
                }
                std::thread::yield_now();
            }
            looks
        });
        let mut app = AppEnd::new(&link, Roster::EMPTY.with(task));
        let mut pulse = app.pulse(task).expect("there are more");
        for id in 0..ROUNDS {
            while app.ask(&request(id)).is_err() {
                std::thread::yield_now();
            }
            pulse.beat();
            if id % 100 == 0 {
                app.urgent(Urgent::Stop, CommandId(u32::MAX));
            }
        }
        while !app.urgent_taken() {
            std::thread::yield_now();
        }
        stop.store(true, Ordering::Relaxed);
        let (taken, stops) = control.join().expect("the loop");
        (taken, stops, reader.join().expect("the reader"))
    });
    assert!(taken.iter().eq((0..ROUNDS).map(request).collect::<Vec<_>>().iter()));
    assert!((1..=ROUNDS.div_ceil(100)).contains(&stops), "{stops}");
    assert!(looks > 0);
    std::println!("{ROUNDS} requests, {stops} stops, {looks} whole snapshots");
}
