//! A stop that is sent until the kiln shows that it stands.

use kiln_watch::stop::{Progress, Stop};

use super::at;

#[test]
fn it_is_sent_at_once_and_every_second_until_a_newer_status_says_that_the_kiln_stands() {
    let mut stop = Stop::begin(at(10.0));
    assert!(stop.due(at(10.0)) && !stop.due(at(10.9)) && stop.due(at(11.0)));
    stop.status(false, at(9.9));
    stop.status(false, at(10.9));
    assert_eq!(stop.progress(), Progress::Sending, "asked before the newest stop was sent");
    stop.status(true, at(11.5));
    assert_eq!(stop.progress(), Progress::Sending, "it fires still");
    stop.status(false, at(11.6));
    assert_eq!((stop.progress(), stop.due(at(13.0))), (Progress::Confirmed, false));
}

#[test]
fn a_stop_that_is_not_confirmed_says_so_and_goes_on() {
    let mut stop = Stop::begin(at(0.0));
    let mut sent = 0;
    let mut course = Vec::new();
    for tenth in 0..1300 {
        sent += u32::from(stop.due(at(f64::from(tenth) / 10.0)));
        if course.last() != Some(&stop.progress()) {
            course.push(stop.progress());
        }
    }
    assert_eq!(course, [Progress::Sending, Progress::NotConfirmed, Progress::GivenUp]);
    assert_eq!(sent, 120, "once a second for two minutes");
}
