//! Kilns that are refused, by the field's name; and kilns that survive absurd inputs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

use kiln_sim::plant::{NAMES, Plant, PlantSpec, Surroundings};

fn text(name: &str) -> String {
    serde_json::to_string(&PlantSpec::built_in(name).unwrap()).unwrap()
}

/// Changes one piece of a good document; the refusal must name the field.
fn check(name: &str, good: &str, bad: &str, field: &str) {
    let document = text(name);
    assert!(document.contains(good), "{good} is not in {document}");
    let error = PlantSpec::from_json(&document.replacen(good, bad, 1)).expect_err(bad).to_string();
    assert!(error.contains(field), "{bad}: refused as {error:?}, without {field:?}");
}

#[test]
fn a_refusal_names_the_field() {
    check("top9", "\"mass_kg\":2.1", "\"mass_kg\":\"heavy\"", "model.brick.elements.mass_kg");
    check("top9", "\"mass_kg\":2.1,", "", "mass_kg");
    check("top9", "\"mass_kg\":2.1", "\"mass_kg\":2.1,\"mass_kg\":3", "mass_kg");
    check("top9", "\"mass_kg\":2.1", "\"mass_kg\":-2.1", "model.brick.elements.mass_kg");
    check("top9", "\"mass_kg\":2.1", "\"mass_kg\":1e999", "model.brick.elements.mass_kg");
    check("top9", "\"mass_kg\":2.1", "\"mass_kg\":0.002", "model.brick.elements.mass_kg: too light");
    check("top9", "\"mass_kg\":2.1", "\"mass_lb\":2.1", "mass_lb");
    check("top9", "\"cells\":7", "\"cells\":17", "model.brick.wall.layers[0].cells");
    check("top9", "\"cells\":7", "\"cells\":0", "model.brick.wall.layers[0].cells");
    check(
        "top9",
        "\"thickness_m\":0.076",
        "\"thickness_m\":0.001",
        "model.brick.wall.layers[0].thickness_m: too light",
    );
    check("top9", "\"brick\":", "\"straw\":", "straw");
    check("top9", "\"groups\":3", "\"groups\":3.5", "supply.groups");
    check("plant_b", "\"dead_time_s\":90.0", "\"dead_time_s\":900.0", "model.dead_time.dead_time_s");
    check("plant_a", "\"element_j_k\":6000.0", "\"element_j_k\":1.0", "model.two_node.element_j_k");
    let trailing = text("top9") + " {}";
    assert!(PlantSpec::from_json(&trailing).unwrap_err().to_string().contains("trailing"));
    assert!(PlantSpec::from_json(&"[".repeat(1_000_000)).is_err(), "a megabyte of brackets");
    assert!(PlantSpec::from_json("").is_err());
}

#[test]
fn a_kiln_starts_at_a_temperature_that_exists() {
    let spec = PlantSpec::built_in("top9").unwrap();
    for start in [f64::NAN, f64::INFINITY, -61.0, 1401.0] {
        assert!(Plant::new(&spec, start).unwrap_err().to_string().contains("start"), "{start}");
    }
}

#[test]
fn absurd_inputs_leave_finite_kilns() {
    let absurd = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300, -1e300, 0.0, 1.0, -0.0, f64::MIN_POSITIVE];
    for name in NAMES {
        let mut kiln = Plant::new(&PlantSpec::built_in(name).unwrap(), 22.0).unwrap();
        for round in 0..absurd.len().pow(2) * 40 {
            let pick = |n: usize| absurd[(round / absurd.len().pow(u32::try_from(n % 3).unwrap()) + n) % absurd.len()];
            let around = Surroundings {
                ambient_c: pick(0),
                mains: pick(1),
                lid: pick(2),
                thermocouple_out: round % 7 == 0,
                element_health: pick(4),
            };
            kiln.step(pick(5), &around);
            let all = [kiln.thermocouple_c(), kiln.chamber_c(), kiln.ware_c(), kiln.core_c(), kiln.element_c()];
            let electric = [kiln.current_a(), kiln.power_w(), kiln.energy_j(), kiln.conducting_current_a(&around)];
            for value in all.into_iter().chain(electric) {
                assert!(value.is_finite() && value.abs() < 1e12, "{name}, round {round}: {value}");
            }
        }
    }
}

/// A kiln drawn with far too much power for its size gets hotter than brick, but stays a number.
#[test]
fn an_overpowered_kiln_stays_a_number() {
    let document = text("test2k5").replacen("\"power_w\":2500.0", "\"power_w\":200000.0", 1);
    let mut kiln = Plant::new(&PlantSpec::from_json(&document).unwrap(), 1400.0).unwrap();
    for _ in 0..7200 {
        kiln.step(1.0, &Surroundings { mains: 1.5, ..Surroundings::calm(80.0) });
        assert!((-150.0..5000.0).contains(&kiln.element_c()) && kiln.chamber_c().is_finite());
    }
}
