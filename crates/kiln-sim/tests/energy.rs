//! The heat that went in is what the kiln holds plus what it lost.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

use kiln_sim::plant::{NAMES, Plant, PlantSpec, Surroundings};

/// Fires up for six hours with the lid opened twice, then lets the kiln cool for six more.
fn imbalance(name: &str) -> Option<f64> {
    let mut kiln = Plant::new(&PlantSpec::built_in(name).unwrap(), 22.0).unwrap();
    let before = kiln.heat()?;
    let mut most = 0.0_f64;
    for step in 0..12 * 7200 {
        let lid = if matches!(step, 10_000..10_200 | 40_000..40_600) { 0.7 } else { 0.0 };
        let duty = if step < 6 * 7200 && kiln.thermocouple_c() < 1240.0 { 1.0 } else { 0.0 };
        kiln.step(duty, &Surroundings { lid, ..Surroundings::calm(18.0) });
        if step % 7200 == 7199 {
            let now = kiln.heat()?;
            let missing = kiln.energy_j() - (now.stored_j - before.stored_j) - now.lost_j;
            most = most.max((missing / kiln.energy_j()).abs());
        }
    }
    Some(most)
}

#[test]
fn heat_is_neither_made_nor_lost() {
    for name in NAMES {
        // Plant B is a gain and a time constant; there is no heat in it.
        let Some(imbalance) = imbalance(name) else {
            assert_eq!(name, "plant_b");
            continue;
        };
        eprintln!("{name}: {:.5} % of the heat unaccounted for", 100.0 * imbalance);
        assert!(imbalance < 0.001, "{name}: {imbalance}");
    }
}
