//! The temperature at which each cone falls, by rate: the maker's figures.
//!
//! Self-supporting regular cones of the Edward Orton Jr. Ceramic Foundation, °C at 15, 60 and 150 °C/h over the last
//! 100 °C. The figures are facts, taken from two copies of Orton's chart that agree and checked against a third; a row
//! that could not be checked is marked unverified. Two notes: one table in circulation gives cone 018 the figures of
//! 019; cones 11 to 13 are large cones, of which only
//! the 150 °C/h column was found.
//!
//! The activation and the dose of each row belong to the heat-work model (`heat_work.rs`) and come out of `fit.rs`.

use super::heat_work::{Activation, Threshold};
use crate::math::ln;
use crate::units::{Celsius, CelsiusPerHour, Kelvin};

/// The rates of the chart's columns, °C/h.
pub const RATES: [CelsiusPerHour; 3] =
    [CelsiusPerHour::whole(15), CelsiusPerHour::whole(60), CelsiusPerHour::whole(150)];
/// Beyond these rates a temperature is given for the rate itself: °C/h.
const RATE_RANGE: [f64; 2] = [1.0, 1000.0];
/// ln 15, ln 60 and ln 150.
const LN_RATES: [f64; 3] = [2.708_050_201_102_21, 4.094_344_562_222_101, 5.010_635_294_096_256];
/// Where a row has no 15 °C/h column: kelvin a cone falls hotter when the rate is e times as high. Cone 019 between 15
/// and 60 °C/h.
const SLOPE_OF_CONE_019: f64 = (678.0 - 656.0) / (LN_RATES[1] - LN_RATES[0]);
/// The same where a row has one column only. Cone 10 between 60 and 150 °C/h.
const SLOPE_OF_CONE_10: f64 = (1305.0 - 1285.0) / (LN_RATES[2] - LN_RATES[1]);

/// How far a figure can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// The chart covers it, and its figures were verified.
    Verified,
    /// Beyond the chart, or by a figure that was not verified.
    Estimate,
}

impl Certainty {
    /// What is known when this and `other` are both needed.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Verified, Self::Verified) => Self::Verified,
            (Self::Estimate, _) | (_, Self::Estimate) => Self::Estimate,
        }
    }
}

/// A temperature, and how far it can be relied on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The temperature, °C.
    pub celsius: Celsius,
    /// How far it can be relied on.
    pub certainty: Certainty,
}

/// What the chart has of a cone, whole °C.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Figures {
    /// All three columns, verified.
    Verified([i16; 3]),
    /// The columns for 60 and 150 °C/h, not verified.
    Unverified([i16; 2]),
    /// The column for 150 °C/h of the large cone, not verified.
    Large(i16),
}

/// One cone.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    name: &'static str,
    figures: Figures,
    threshold: Threshold,
}

const fn row(name: &'static str, figures: Figures, activation: Activation, dose: f64) -> Row {
    Row { name, figures, threshold: Threshold { activation, dose } }
}

use Activation as A;
use Figures::{Large, Unverified, Verified};

/// Every cone, the softest first.
const ROWS: [Row; Cone::COUNT] = [
    row("022", Unverified([586, 590]), A::K7, 1.399e-6),
    row("021", Unverified([600, 617]), A::K7, 6.046e-6),
    row("020", Unverified([626, 638]), A::K7, 2.987e-5),
    row("019", Verified([656, 678, 695]), A::K7, 9.022e-4),
    row("018", Verified([686, 715, 734]), A::K6, 4.538e-2),
    row("017", Verified([705, 738, 763]), A::K5, 7.698e-1),
    row("016", Verified([742, 772, 796]), A::K6, 6.487e-1),
    row("015", Verified([750, 791, 818]), A::K5, 4.936e0),
    row("014", Verified([757, 807, 838]), A::K4, 2.931e1),
    row("013", Verified([807, 837, 861]), A::K7, 3.356e0),
    row("012", Verified([843, 861, 882]), A::K10, 8.600e-1),
    row("011", Verified([857, 875, 894]), A::K11, 9.302e-1),
    row("010", Verified([891, 903, 915]), A::K17, 1.871e-1),
    row("09", Verified([907, 920, 930]), A::K19, 3.402e-1),
    row("08", Verified([922, 942, 956]), A::K13, 2.315e1),
    row("07", Verified([962, 976, 987]), A::K19, 7.895e1),
    row("06", Verified([981, 998, 1013]), A::K15, 7.934e2),
    row("05", Verified([1021, 1031, 1044]), A::K22, 1.611e4),
    row("04", Verified([1046, 1063, 1077]), A::K17, 9.865e4),
    row("03", Verified([1071, 1086, 1104]), A::K17, 5.696e5),
    row("02", Verified([1078, 1102, 1122]), A::K13, 3.529e5),
    row("01", Verified([1093, 1119, 1138]), A::K13, 8.267e5),
    row("1", Verified([1109, 1137, 1154]), A::K13, 1.947e6),
    row("2", Verified([1112, 1142, 1164]), A::K11, 9.682e5),
    row("3", Verified([1115, 1152, 1170]), A::K11, 1.282e6),
    row("4", Verified([1141, 1172, 1183]), A::K15, 3.350e7),
    row("5", Verified([1159, 1186, 1207]), A::K13, 2.295e7),
    row("6", Verified([1185, 1222, 1243]), A::K11, 2.184e7),
    row("7", Verified([1201, 1239, 1257]), A::K12, 9.395e7),
    row("8", Verified([1211, 1245, 1271]), A::K11, 5.800e7),
    row("9", Verified([1224, 1260, 1280]), A::K12, 2.242e8),
    row("10", Verified([1251, 1285, 1305]), A::K13, 1.649e9),
    row("11", Large(1315), A::K13, 2.343e9),
    row("12", Large(1326), A::K13, 3.620e9),
    row("13", Large(1346), A::K13, 7.864e9),
];

/// A pyrometric cone of Orton's series, 022 (the softest) to 13.
///
/// ```
/// use kiln_core::cone::{Certainty, Cone};
/// use kiln_core::units::{Celsius, CelsiusPerHour};
/// let six = Cone::named("6").expect("there is a cone 6");
/// let at = six.temperature(CelsiusPerHour::whole(60));
/// assert_eq!((at.celsius, at.certainty), (Celsius::whole(1222), Certainty::Verified));
/// assert!(Cone::named("06") < Some(six));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cone(u8);

impl Cone {
    /// How many cones there are.
    pub const COUNT: usize = 35;

    /// Every cone, the softest first.
    pub fn all() -> impl DoubleEndedIterator<Item = Self> + ExactSizeIterator + Clone {
        (0..35).map(Self)
    }

    /// Their names, the softest first.
    #[expect(clippy::indexing_slicing, reason = "evaluated by the compiler, which refuses an index out of range")]
    pub const NAMES: [&'static str; Self::COUNT] = {
        let mut names = [""; Self::COUNT];
        let mut index = 0;
        while index < Self::COUNT {
            names[index] = ROWS[index].name;
            index += 1;
        }
        names
    };

    /// The cone with so many softer ones; see [`Cone::index`].
    pub fn at(index: u8) -> Option<Self> {
        Self::all().find(|cone| cone.0 == index)
    }

    /// The cone of that name, as `"04"` or `"6"`.
    pub fn named(name: &str) -> Option<Self> {
        Self::all().find(|cone| cone.name() == name)
    }

    /// The name: a leading zero means "below 1".
    pub const fn name(self) -> &'static str {
        self.row().name
    }

    /// The number of cones between the softest and this one.
    pub const fn index(self) -> u8 {
        self.0
    }

    /// The next harder cone.
    pub fn next(self) -> Option<Self> {
        Self::all().find(|cone| *cone > self)
    }

    /// Whether the chart's figures of this cone were verified.
    pub const fn certainty(self) -> Certainty {
        match self.row().figures {
            Verified(_) => Certainty::Verified,
            Unverified(_) | Large(_) => Certainty::Estimate,
        }
    }

    /// The temperature at which the cone falls when the last 100 °C were climbed at `rate`.
    ///
    /// Between the chart's columns on a straight line over the logarithm of the rate; outside 15 to 150 °C/h the line
    /// goes on, as an estimate. Rates below 1 and above 1000 °C/h count as these.
    pub fn temperature(self, rate: CelsiusPerHour) -> Estimate {
        let [slowest, _, fastest] = RATES;
        let covered = rate >= slowest && rate <= fastest;
        let inside = if covered { Certainty::Verified } else { Certainty::Estimate };
        let [least, most] = RATE_RANGE;
        let [ln_15, ln_60, ln_150] = LN_RATES;
        let at = ln(rate.get().clamp(least, most));
        let between = |low: i16, high: i16, ln_low: f64, ln_high: f64| {
            f64::from(low) + f64::from(high - low) * (at - ln_low) / (ln_high - ln_low)
        };
        let celsius = match self.row().figures {
            Verified([at_15, at_60, _]) if at < ln_60 => between(at_15, at_60, ln_15, ln_60),
            Unverified([at_60, _]) if at < ln_60 => f64::from(at_60) + SLOPE_OF_CONE_019 * (at - ln_60),
            Verified([_, at_60, at_150]) | Unverified([at_60, at_150]) => between(at_60, at_150, ln_60, ln_150),
            Large(at_150) => f64::from(at_150) + SLOPE_OF_CONE_10 * (at - ln_150),
        };
        let rise = Kelvin::new(celsius).unwrap_or(Kelvin::ZERO);
        Estimate { celsius: Celsius::ZERO + rise, certainty: self.certainty().and(inside) }
    }

    /// The dose at which the cone falls.
    pub(super) const fn threshold(self) -> Threshold {
        self.row().threshold
    }

    /// What the chart has of it.
    #[cfg(test)]
    pub(super) const fn figures(self) -> Figures {
        self.row().figures
    }

    #[expect(clippy::as_conversions, clippy::indexing_slicing, reason = "made only from 0 to COUNT - 1")]
    const fn row(self) -> &'static Row {
        &ROWS[self.0 as usize]
    }
}

impl core::fmt::Debug for Cone {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "cone {}", self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, rate: f64, celsius: f64, certainty: Certainty) {
        let found = Cone::named(name).unwrap().temperature(CelsiusPerHour::new(rate).unwrap());
        assert!((found.celsius.get() - celsius).abs() < 0.06, "{name} at {rate} °C/h: {found:?}, not {celsius}");
        assert_eq!(found.certainty, certainty, "{name} at {rate} °C/h");
    }

    #[test]
    fn the_chart_and_what_lies_between() {
        use Certainty::{Estimate, Verified};
        let cases = [
            ("6", 15.0, 1185.0, Verified),
            ("6", 60.0, 1222.0, Verified),
            ("6", 150.0, 1243.0, Verified),
            ("6", 30.0, 1203.5, Verified),
            ("6", 94.868, 1232.5, Verified),
            ("6", 300.0, 1258.9, Estimate),
            ("6", 7.5, 1166.5, Estimate),
            ("6", -5.0, 1112.7, Estimate),
            ("018", 60.0, 715.0, Verified),
            ("022", 60.0, 586.0, Estimate),
            ("022", 15.0, 564.0, Estimate),
            ("11", 150.0, 1315.0, Estimate),
            ("11", 60.0, 1295.0, Estimate),
        ];
        for (name, rate, celsius, certainty) in cases {
            check(name, rate, celsius, certainty);
        }
    }

    #[test]
    fn names_are_found_and_ordered() {
        assert_eq!(Cone::all().count(), Cone::COUNT);
        for cone in Cone::all() {
            assert_eq!(Cone::named(cone.name()), Some(cone));
            assert_eq!(Cone::at(cone.index()), Some(cone));
            assert_eq!(Cone::NAMES[usize::from(cone.index())], cone.name());
            assert_eq!(cone.next().map(Cone::index), (cone.index() < 34).then(|| cone.index() + 1));
        }
        for bad in ["", "0", "4.5", "014 ", "14", "023", "-6"] {
            assert_eq!(Cone::named(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn a_harder_cone_never_falls_first() {
        for rate in RATES {
            for (cone, next) in Cone::all().zip(Cone::all().skip(1)) {
                assert!(cone.temperature(rate).celsius < next.temperature(rate).celsius, "{cone:?} at {rate:?}");
            }
        }
    }

    #[test]
    fn incident_018_with_the_figures_of_019() {
        let at_60 = |name| Cone::named(name).unwrap().temperature(CelsiusPerHour::whole(60)).celsius;
        assert_eq!((at_60("019"), at_60("018")), (Celsius::whole(678), Celsius::whole(715)));
    }
}
