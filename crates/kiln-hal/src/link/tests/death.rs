//! A core that dies at any store: what the other one sees, and that it goes on.

use super::super::sync::with_fuel;
use super::super::{AppEnd, ControlEnd, Link, Roster, Task, Urgent};
use super::dice::{Dice, packed};
use crate::board::ControlLink;
use kiln_core::command::{Command, CommandId, Request};
use kiln_core::snapshot::Snapshot;
use std::boxed::Box;
use std::vec::Vec;

type Small = Link<2>;

/// The first words of each life that are tried, and then one in so many.
fn fuels() -> impl Iterator<Item = u32> {
    let step = if cfg!(miri) { 20 } else { 1 };
    (0..2000).step_by(step)
}

fn drain(control: &mut ControlEnd<'_, 2>) -> Vec<Request> {
    core::iter::from_fn(|| control.take()).collect()
}

#[test]
fn a_loop_that_dies_while_publishing_leaves_the_snapshot_before_or_none() {
    let mut dice = Dice::new(8);
    let (before, last): (Snapshot, Snapshot) = (dice.throw(), dice.throw());
    let mut deaths = 0;
    for fuel in fuels() {
        let link: Box<Small> = Box::default();
        let mut app = AppEnd::new(&link, Roster::EMPTY);
        let mut control = ControlEnd::new(&link);
        control.publish(&before);
        let ((), died) = with_fuel(fuel, || control.publish(&last));
        deaths += u32::from(died);
        let seen = app.newest();
        assert!(seen.is_none() || seen == Some(before) || seen == Some(last), "store {fuel}");
        assert_eq!(app.ask(&Request { id: CommandId(1), command: Command::Ping }), Ok(()), "store {fuel}");
        app.urgent(Urgent::Stop, CommandId(2));
        // It starts again and goes on where the memory says.
        let mut control = ControlEnd::new(&link);
        assert_eq!(drain(&mut control).len(), 2, "store {fuel}");
        control.publish(&last);
        assert_eq!(app.newest(), Some(last), "store {fuel}");
        if !died {
            break;
        }
    }
    std::println!("{deaths} deaths while publishing");
    assert!(deaths > 5);
}

#[test]
fn an_application_that_dies_while_asking_has_asked_or_has_not() {
    let mut dice = Dice::new(9);
    let mut long = || core::iter::repeat_with(|| dice.throw()).find(|asked| packed::<Request>(asked).len() > 100);
    let (first, last) = (long().expect("no end"), long().expect("no end"));
    let mut deaths = 0;
    for fuel in fuels() {
        let link: Box<Small> = Box::default();
        let mut app = AppEnd::new(&link, Roster::EMPTY);
        let mut control = ControlEnd::new(&link);
        assert_eq!(app.ask(&first), Ok(()));
        let (_, died) = with_fuel(fuel, || app.ask(&last));
        deaths += u32::from(died);
        let taken = drain(&mut control);
        assert!(taken == [first] || taken == [first, last], "store {fuel}: {taken:?}");
        assert_eq!(app.observer().damaged(), 0, "store {fuel}");
        let mut app = AppEnd::new(&link, Roster::EMPTY);
        assert_eq!((app.ask(&last), drain(&mut control)), (Ok(()), std::vec![last]), "store {fuel}: it starts again");
        if !died {
            break;
        }
    }
    std::println!("{deaths} deaths while asking");
    assert!(deaths > 5);
}

#[test]
fn an_application_that_dies_while_stopping_has_stopped_or_has_not() {
    for fuel in 0..10 {
        let link: Box<Small> = Box::default();
        let mut app = AppEnd::new(&link, Roster::EMPTY);
        let mut control = ControlEnd::new(&link);
        let ((), died) = with_fuel(fuel, || app.urgent(Urgent::Stop, CommandId(7)));
        let taken: Vec<_> = drain(&mut control).iter().map(|request| (request.id.0, request.command)).collect();
        assert!(taken.is_empty() == died || fuel == 4, "store {fuel}: {taken:?}");
        assert!(taken.is_empty() || taken == [(7, Command::Stop)], "store {fuel}: {taken:?}");
        app.urgent(Urgent::Shutdown, CommandId(8));
        assert_eq!(control.take().map(|request| request.command), Some(Command::Shutdown), "store {fuel}");
    }
}

#[test]
fn a_loop_that_dies_while_taking_takes_again_or_has_taken() {
    let mut dice = Dice::new(10);
    let asked: Request = dice.throw();
    for fuel in 0..10 {
        let link: Box<Small> = Box::default();
        let mut app = AppEnd::new(&link, Roster::EMPTY);
        let mut control = ControlEnd::new(&link);
        app.urgent(Urgent::Stop, CommandId(1));
        let told = with_fuel(fuel, || control.take()).0;
        assert_eq!(told.map(|request| request.command), Some(Command::Stop), "store {fuel}");
        let mut control = ControlEnd::new(&link);
        let again = control.take().map(|request| request.command);
        assert_eq!(
            again,
            (fuel == 0).then_some(Command::Stop),
            "store {fuel}: a stop may come twice, never not at all"
        );
        assert_eq!(app.ask(&asked), Ok(()));
        assert_eq!(with_fuel(fuel, || control.take()).0, Some(asked), "store {fuel}");
        let mut control = ControlEnd::new(&link);
        assert_eq!(control.take(), (fuel == 0).then_some(asked), "store {fuel}");
        assert_eq!((app.ask(&asked), control.take()), (Ok(()), Some(asked)), "store {fuel}");
    }
}

#[test]
fn a_dead_application_is_silent_and_the_loop_goes_on() {
    let link: Box<Small> = Box::default();
    let task = Task::new(3).expect("there are more");
    let app = AppEnd::new(&link, Roster::EMPTY.with(task));
    let mut control = ControlEnd::new(&link);
    let mut pulse = app.pulse(task).expect("there are more");
    pulse.beat();
    assert_eq!(control.beats(), Some(1));
    let ((), died) = with_fuel(0, || pulse.beat());
    assert!(died);
    let told: Snapshot = Dice::new(11).throw();
    for _ in 0..10_000 / if cfg!(miri) { 1000 } else { 1 } {
        assert_eq!(control.take(), None);
        control.publish(&told);
        assert_eq!(control.beats(), Some(1));
    }
}
