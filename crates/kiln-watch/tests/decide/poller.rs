//! When a kiln is asked, what, and how sure it is.

use kiln_watch::link::{Failure, Link};
use kiln_watch::poll::{Ask, Heard, Poller, Trust};
use kiln_watch::status::{Info, Status};

use super::{at, firing, status};

fn info(product: &str, api: u64) -> Heard {
    let (product, version, name) = (product.to_owned(), "0.1.0".to_owned(), "Studio".to_owned());
    Heard::Info(Info { product, version, simulated: true, name, api })
}

fn told(status: Status) -> Heard {
    Heard::Status { status: Box::new(status), etag: Some("\"a\"".to_owned()) }
}

/// One line of a table: when, which question is due, what comes of it.
type Line = (f64, Option<Ask>, Option<Heard>);

fn check(poller: &mut Poller, table: Vec<Line>) {
    for (seconds, due, heard) in table {
        assert_eq!(poller.due(at(seconds)), due, "at {seconds}");
        if let Some(heard) = heard {
            poller.take(heard, at(seconds));
        }
    }
}

const STATUS: Ask = Ask::Status { etag: None };

fn again() -> Ask {
    Ask::Status { etag: Some("\"a\"".to_owned()) }
}

/// A poller whose kiln has told its status at 0 s.
fn met(paired: bool, first: Status) -> Poller {
    let mut poller = Poller::new("studio".to_owned(), paired, at(0.0));
    let mut table = vec![(0.0, Some(Ask::Info), Some(info("pico-kiln", 1)))];
    if paired {
        table.push((0.0, Some(Ask::Proof), Some(Heard::Proof(true))));
    }
    table.push((0.0, Some(STATUS), Some(told(first))));
    check(&mut poller, table);
    poller
}

#[test]
fn a_kiln_is_asked_who_it_is_and_then_once_a_second_or_every_three() {
    let mut idle = met(false, status(&[]));
    check(&mut idle, vec![(2.9, None, None), (3.0, Some(again()), Some(Heard::Unchanged)), (5.9, None, None)]);
    let mut fires = met(true, status(&firing("a")));
    assert_eq!(fires.trust(), Trust::Known);
    check(&mut fires, vec![(0.9, None, None), (1.0, Some(again()), Some(Heard::Unchanged)), (1.9, None, None)]);
}

#[test]
fn at_most_one_question_is_under_way_and_none_is_sent_twice() {
    let mut poller = met(false, status(&[]));
    assert_eq!(poller.due(at(3.0)), Some(again()));
    poller.nudge(at(3.1));
    for seconds in [3.1, 10.0, 1000.0] {
        assert_eq!(poller.due(at(seconds)), None, "the first one has not ended");
    }
}

#[test]
fn a_kiln_that_does_not_answer_is_asked_less_and_less_often() {
    let mut poller = met(false, status(&firing("a")));
    let (mut seconds, mut pauses) = (1.0, Vec::new());
    for _ in 0..7 {
        assert!(poller.due(at(seconds)).is_some(), "at {seconds}");
        poller.take(Heard::Nothing(Failure::NoAnswer), at(seconds));
        let wait = poller.wake_at().since(at(seconds)).seconds();
        pauses.push(wait);
        seconds += wait;
    }
    assert_eq!(pauses, [1.0, 2.0, 4.0, 8.0, 15.0, 15.0, 15.0]);
    poller.nudge(at(seconds));
    assert!(poller.due(at(seconds)).is_some(), "somebody looks: at once");
}

#[test]
fn never_connected_live_stale_and_lost_are_four_different_things() {
    let new = Poller::new(String::new(), false, at(0.0));
    assert_eq!(new.link(at(9999.0)), Link::Never { why: None }, "never is never stale");
    for (first, live, stale) in [(firing("a"), 4.0, 4.1), (Vec::new(), 12.0, 12.1)] {
        let mut poller = met(false, status(&first));
        let heard = at(0.0);
        assert_eq!(poller.link(at(live)), Link::Live { heard });
        assert_eq!(poller.link(at(stale)), Link::Stale { heard });
        assert_eq!(poller.link(at(19.9)), Link::Stale { heard });
        assert_eq!(poller.link(at(20.0)), Link::Lost { heard, why: Failure::NoAnswer });
        assert!(poller.due(at(61.0)).is_some());
        poller.take(told(status(&first)), at(61.0));
        assert_eq!(poller.link(at(61.0)), Link::Live { heard: at(61.0) });
    }
}

#[test]
fn after_a_long_silence_it_is_asked_again_who_it_is() {
    let mut poller = met(true, status(&[]));
    assert_eq!(poller.due(at(50.0)), Some(again()));
    poller.take(Heard::Nothing(Failure::NoAnswer), at(61.0));
    let table = vec![
        (64.0, Some(Ask::Info), Some(info("pico-kiln", 1))),
        (64.0, Some(Ask::Proof), Some(Heard::Proof(false))),
        (64.0, Some(STATUS), Some(told(status(&[("/network/name", "other".into())])))),
    ];
    check(&mut poller, table);
    let lost = Link::Lost { heard: at(0.0), why: Failure::OtherKiln };
    assert_eq!(poller.link(at(64.0)), lost, "the address is another kiln's now");
}

#[test]
fn a_kiln_that_was_renamed_is_still_the_same() {
    let mut poller = met(true, status(&[]));
    check(&mut poller, vec![(3.0, Some(again()), Some(told(status(&[("/network/name", "barn".into())]))))]);
    assert_eq!((poller.host(), poller.link(at(3.0))), ("barn", Link::Live { heard: at(3.0) }));
}

#[test]
fn what_is_no_kiln_of_ours_is_never_connected_and_says_why() {
    let cases = [
        (info("printer", 1), Failure::NotAKiln),
        (info("pico-kiln", 2), Failure::OtherVersion),
        (Heard::Nothing(Failure::NoAnswer), Failure::NoAnswer),
        (Heard::Nothing(Failure::NeedsPairing), Failure::NeedsPairing),
    ];
    for (heard, why) in cases {
        let mut poller = Poller::new(String::new(), false, at(0.0));
        check(&mut poller, vec![(0.0, Some(Ask::Info), Some(heard))]);
        assert_eq!(poller.link(at(0.0)), Link::Never { why: Some(why) });
    }
    let mut poller = Poller::new(String::new(), false, at(0.0));
    let unchanged = (0.0, Some(STATUS), Some(Heard::Unchanged));
    check(&mut poller, vec![(0.0, Some(Ask::Info), Some(info("pico-kiln", 1))), unchanged]);
    assert_eq!(poller.link(at(0.0)), Link::Never { why: Some(Failure::Unreadable) }, "nothing is not a status");
}

#[test]
fn after_pairing_the_token_is_shown_at_once() {
    let mut poller = met(false, status(&[]));
    poller.begin_again(true, at(1.0));
    let table = vec![
        (1.0, Some(Ask::Info), Some(info("pico-kiln", 1))),
        (1.0, Some(Ask::Proof), Some(Heard::Proof(true))),
        (1.0, Some(STATUS), Some(told(status(&[])))),
        (1.0, None, None),
    ];
    check(&mut poller, table);
    assert_eq!(poller.trust(), Trust::Known);
}
