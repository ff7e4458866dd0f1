//! The row of points that outlives the page.

use kiln_watch::limits::PAST_POINTS;
use kiln_watch::past::Past;

use super::moment;

#[test]
fn it_stays_bounded_and_reaches_back_to_the_beginning() {
    let mut past = Past::default();
    for second in 0..(60 * 3600) {
        let second = f64::from(second);
        past.take(Some(second), None, moment(second));
        assert!(past.points().len() <= PAST_POINTS);
    }
    let points = past.points();
    assert_eq!(points[0].temp_c, Some(0.0));
    assert!(points.len() > PAST_POINTS / 3 && points.iter().all(|point| !point.after_gap), "{}", points.len());
    assert!(points.windows(2).all(|pair| pair[1].at_ms - pair[0].at_ms == 160_000), "every 160 s after 60 h");
}

#[test]
fn points_come_at_their_pace_and_a_gap_stays_a_gap() {
    let mut past = Past::default();
    for second in [0.0, 1.0, 4.9, 5.0, 12.0, 200.0, 205.0] {
        past.take(Some(second), Some(1.0), moment(second));
    }
    let seen: Vec<_> = past.points().iter().map(|point| (point.temp_c.unwrap(), point.after_gap)).collect();
    assert_eq!(seen, [(0.0, false), (5.0, false), (12.0, false), (200.0, true), (205.0, false)]);
    let mut past = Past::default();
    for at in 0..=i32::try_from(PAST_POINTS).unwrap() {
        let gap = if at > 600 { 1000.0 } else { 0.0 };
        past.take(None, None, moment(f64::from(at) * 5.0 + gap));
    }
    let gaps = past.points().iter().filter(|point| point.after_gap).count();
    assert_eq!(gaps, 1, "thinning does not close it");
}
