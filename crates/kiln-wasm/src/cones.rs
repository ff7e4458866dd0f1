//! Cones: when they fall, and a cone and a speed made into a profile.

use crate::machine::{Answer, Machine, whole};
use kiln_core::cone::{Certainty, Cone, ConeFiring, Speed, Ware};
use kiln_core::profile::Name;
use kiln_core::units::CelsiusPerHour;

impl Machine {
    /// When a cone falls that is climbed to at a rate. Numbers: °C, 1 where it is an estimate and else 0.
    pub fn cone_falls(&mut self, cone: f64, rate: f64) -> Answer {
        let (Some(cone), Some(rate)) = (named(cone), CelsiusPerHour::new(rate)) else { return Answer::Nothing };
        let at = cone.temperature(rate);
        self.figures([at.celsius.get(), f64::from(u8::from(matches!(at.certainty, Certainty::Estimate)))])
    }

    /// A profile that ends as a cone falls. `ware`: 0 bisque, 1 glaze. `speed`: 0 slow, 1 medium, 2 fast.
    ///
    /// Numbers: as of [`Machine::write_profile`]. Refused when it ends hotter than any kiln may get: by its peak, °C.
    pub fn cone_profile(&mut self, cone: f64, ware: f64, speed: f64) -> Answer {
        let ware = [Ware::Bisque, Ware::Glaze].get(whole(ware).unwrap_or(usize::MAX)).copied();
        let speed = [Speed::Slow, Speed::Medium, Speed::Fast].get(whole(speed).unwrap_or(usize::MAX)).copied();
        let name = Name::new("page");
        let (Some(cone), Some(ware), Some(speed), Some(name)) = (named(cone), ware, speed, name) else {
            return Answer::Nothing;
        };
        let firing = ConeFiring { cone, ware, speed };
        let Ok(made) = firing.profile(name) else {
            return self.refuse([firing.peak().get()]);
        };
        self.profile = Some(made);
        self.write_profile()
    }
}

fn named(cone: f64) -> Option<Cone> {
    whole(cone).and_then(|index| u8::try_from(index).ok()).and_then(Cone::at)
}
