//! Malice in short: the owner is served, the kiln is fired, nothing is left over. The full minute is a campaign.

use kiln_sim::serve::load::{self, Attack};

use super::{awake, kiln, paired};

#[test]
fn the_owner_is_served_while_others_do_their_worst() {
    let served = kiln(20.0, None);
    let client = paired(&served, 1);
    awake(&client);
    let attack = Attack { seconds: 8, token: client.token.clone().unwrap(), address: served.address };
    let before = served.time();
    let seen = load::run(&attack).unwrap();
    let after = served.time();
    assert!(seen.owner.len() > 20 && seen.served_within(2.0) >= 99.0, "{seen}");
    assert!(seen.stops.len() > 3 && seen.stopped_within(1.0) >= 100.0, "{seen}");
    let lost = (after.seconds - before.seconds).saturating_sub(after.ticks - before.ticks);
    assert!(lost <= 1 && after.resets == 0, "control lost {lost} ticks");
    assert!(after.seconds - before.seconds > 100, "virtual time went on");
    served.end();
}
