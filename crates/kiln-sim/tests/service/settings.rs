//! The configuration on its way from a request over the flash to control.

use kiln_core::units::Millis;
use kiln_sim::flash::NorFlash;
use kiln_wire::answer::Problem;

use super::{QUICK, code};
use crate::bench::Kiln;

#[test]
fn settings_are_stored_whole_and_reach_control() {
    let mut kiln = Kiln::new();
    let saved = kiln.on.service.patch_config(br#"{"control":{"kp":31.0}}"#, false).unwrap();
    kiln.seconds(3);
    let now = kiln.now();
    let status = kiln.on.service.status(&now).unwrap();
    assert_eq!(status.control.settings_revision, Some(saved.revision));
    let refused = kiln.on.service.patch_config(br#"{"safety":{"max_temp_c":900}}"#, false).unwrap_err();
    assert_eq!(code(&refused), "not_local");
    assert_eq!(code(&kiln.on.service.patch_config(br#"{"control":{"kp":-1}}"#, true).unwrap_err()), "too_low");
    kiln.on.service.patch_config(br#"{"safety":{"max_temp_c":900}}"#, true).unwrap();
    kiln.cut(Millis::from_minutes(1), 0.0);
    kiln.seconds(3);
    let config = kiln.on.service.config();
    assert_eq!((*config.control().kp(), *config.safety().max_temp_c()), (31.0, 900.0));
    assert_eq!(kiln.on.world.runner().controller().settings().rules.max_temperature.get(), 900.0);
}

#[test]
fn a_configuration_that_cannot_be_read_is_not_told_to_control() {
    let mut kiln = Kiln::new();
    kiln.put("quick", QUICK);
    kiln.on.service.patch_config(br#"{"network":{"name":"swordfish"},"safety":{"max_temp_c":900}}"#, true).unwrap();
    kiln.seconds(3);
    assert!(kiln.on.settings_told > 0, "a sound one is");

    let mut image = kiln.chip.image();
    let places: Vec<usize> = (0..image.len()).filter(|at| image[*at..].starts_with(b"swordfish")).collect();
    for at in &places {
        image[*at] ^= 1;
    }
    assert!(!places.is_empty());
    kiln.chip = NorFlash::of_image(&image).unwrap();
    kiln.cut(Millis::from_seconds(30), 1.0);
    kiln.seconds(20);
    assert_eq!(kiln.on.service.config_trouble(), Some(Problem::StorageFailed));
    assert_eq!(kiln.on.settings_told, 0, "another configuration is another kiln");

    // Who says what kiln it is has put it right.
    kiln.on.service.patch_config(br#"{"safety":{"max_temp_c":900}}"#, true).unwrap();
    kiln.seconds(3);
    assert_eq!((kiln.on.service.config_trouble(), kiln.on.settings_told > 0), (None, true));
}
