//! One look, once the kiln's temperature is known.

use kiln_core::units::Celsius;

/// Waits for the first temperature that counts, then says so once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Listener {
    least: Option<Celsius>,
    looked: bool,
}

impl Listener {
    /// What ships: the first good reading counts, however cold the workshop.
    pub const SHIPPING: Self = Self { least: None, looked: false };
    /// The reference controller: readings below 20 °C are taken for a sensor that is not ready.
    pub const REFERENCE: Self = Self { least: Some(Celsius::whole(20)), looked: false };

    /// Takes a good reading; true the one time it is time to look.
    pub fn see(&mut self, at: Celsius) -> bool {
        let counts = !self.looked && self.least.is_none_or(|least| at >= least);
        self.looked |= counts;
        counts
    }

    /// Whether it has been time already.
    pub const fn looked(&self) -> bool {
        self.looked
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_time_once() {
        for (mut listener, first) in [(Listener::SHIPPING, 0), (Listener::REFERENCE, 2)] {
            let looks = [-5.0, 19.99, 20.0, 500.0].map(|at| listener.see(Celsius::new(at).unwrap()));
            assert_eq!(looks.iter().position(|look| *look), Some(first));
            assert_eq!(looks.iter().filter(|look| **look).count(), 1);
        }
    }
}
