//! What the radio is: a station, or the set-up access point. It cannot be both (CYW43439).

/// What the radio does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// It joins the owner's Wi-Fi.
    Station,
    /// It is the access point `pico-kiln-setup`.
    SetupAccessPoint,
}

impl Mode {
    /// The mode for a controller that has a Wi-Fi to join, or none. The access point closes as soon as there is one; it
    /// opens only while nothing is fired, but for a controller that starts without a Wi-Fi.
    pub const fn choose(current: Option<Self>, has_wifi: bool, idle: bool) -> Self {
        match (has_wifi, current) {
            (true, _) => Self::Station,
            (false, Some(Self::Station)) if !idle => Self::Station,
            (false, _) => Self::SetupAccessPoint,
        }
    }
}
