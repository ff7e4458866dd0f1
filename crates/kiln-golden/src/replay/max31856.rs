//! The thermocouple chip: what set-up writes to it, and what its registers mean.
//!
//! The shipping driver talks to a register file in memory; its writes are compared in order, its readings by value.

use kiln_core::sensor::{ChipFault, Problem};
use kiln_core::units::Celsius;
use kiln_hal::board::Thermocouple;
use kiln_hal::fake::{FakeMax31856, Trouble};
use kiln_hal::max31856::{
    Averaging, Config, Flag, Mains, Max31856, Register, SpareBits, ThermocoupleType, cold_junction_temperature, flags,
    thermocouple_temperature,
};

use crate::table::{Row, Scenario, TraceError};
use crate::tally::{Reason, Tally};
use crate::traces::Traces;

const READS: Reason = Reason::agreed("how often a register is read back is our own affair");
const FALLBACKS: Reason = Reason::agreed("a setting the chip does not offer is refused, not replaced");

/// Replays the module.
pub fn replay(traces: &Traces) -> Tally {
    Tally::over(traces, "max31856", |scenario, tally| match scenario.name() {
        "decode" => decode(scenario, tally),
        "init_transcript" => init_transcript(scenario, tally),
        "init_fallbacks" => {
            let columns: Vec<&str> = scenario.columns().iter().map(String::as_str).collect();
            tally.exclude_columns(scenario, &columns, FALLBACKS.text);
            scenario.rows().for_each(|row| tally.exclude(row, FALLBACKS));
            Ok(())
        }
        other => Err(TraceError::new(&"max31856", &format!("unknown scenario {other}"))),
    })
}

fn decode(scenario: &Scenario, tally: &mut Tally) -> Result<(), TraceError> {
    let config = Config { kind: ThermocoupleType::K, mains: Mains::Hz60, averaging: Averaging::Samples8 };
    let chip = FakeMax31856::new();
    let mut sensor = Max31856::new(chip.bus(), config);
    sensor.setup().map_err(|problem| TraceError::new(&"set-up", &format!("{problem:?}")))?;
    chip.set_trouble(Trouble::Frozen);
    tally.exclude_columns(scenario, &["id"], "a name");
    for row in scenario.rows() {
        let cold_bytes = [row.get("cjth")?, row.get("cjtl")?];
        let hot_bytes: [u8; 3] = [row.get("b0")?, row.get("b1")?, row.get("b2")?];
        let [cold_high, cold_low] = cold_bytes;
        let [hot_high, hot_middle, hot_low] = hot_bytes;
        let registers =
            [Register::Cjth, Register::Cjtl, Register::Ltcbh, Register::Ltcbm, Register::Ltcbl, Register::Sr];
        let values = [cold_high, cold_low, hot_high, hot_middle, hot_low, row.get("sr")?];
        registers.into_iter().zip(values).for_each(|(register, value)| chip.set_register(register, value));
        // With a fault the driver gives no temperature; what the registers say is compared all the same.
        let (hot, cold, fault) = match sensor.read() {
            Ok(sample) => (sample.raw, sample.cold_junction, None),
            Err(Problem::Chip(fault)) => {
                let hot = thermocouple_temperature(hot_bytes, SpareBits::Masked);
                (hot, Some(cold_junction_temperature(cold_bytes)), Some(fault))
            }
            Err(other) => return Err(TraceError::new(&row.place("sr"), &format!("{other:?}"))),
        };
        tally.row(row, |check| {
            check.float("temp_unpack_c", thermocouple_temperature(hot_bytes, SpareBits::Counted).get());
            check.float("temp_highres_c", hot.get());
            check.float_opt("cold_junction_c", cold.map(Celsius::get));
            check.flag("any_fault", fault.is_some());
            check.exact("faults", fault.map(names).unwrap_or_default());
        });
    }
    Ok(())
}

/// The names the traces use.
fn names(fault: ChipFault) -> String {
    let name = |flag| match flag {
        Flag::ColdJunctionRange => "cj_range",
        Flag::Range => "tc_range",
        Flag::ColdJunctionHigh => "cj_high",
        Flag::ColdJunctionLow => "cj_low",
        Flag::High => "tc_high",
        Flag::Low => "tc_low",
        Flag::Voltage => "voltage",
        Flag::Open => "open_tc",
    };
    flags(fault).map(name).collect::<Vec<_>>().join("|")
}

/// A run of rows with the same `config_id` is one set-up.
fn init_transcript(scenario: &Scenario, tally: &mut Tally) -> Result<(), TraceError> {
    tally.exclude_columns(scenario, &["k"], "the position among reads and writes; only writes are compared");
    let mut current = None;
    let mut writes = Vec::new().into_iter();
    for row in scenario.rows() {
        let id: u32 = row.get("config_id")?;
        if current != Some(id) {
            leftover(current, writes, tally);
            writes = written(row)?.into_iter();
            current = Some(id);
        }
        if row.text("dir")? == "R" {
            tally.exclude(row, READS);
            continue;
        }
        let write = writes.next();
        tally.row(row, |check| {
            check.exact_opt("reg_hex", write.map(|(register, _)| format!("{register:02X}")));
            check.exact_opt("data_hex", write.map(|(_, value)| format!("{value:02x}")));
        });
    }
    leftover(current, writes, tally);
    Ok(())
}

fn leftover(config: Option<u32>, writes: impl Iterator<Item = (u8, u8)>, tally: &mut Tally) {
    for (register, value) in writes {
        tally.mismatch(format!("config {config:?}: also wrote {value:02x} to {register:02X}"));
    }
}

/// What the driver writes to a chip whose configuration registers hold what the row says.
fn written(row: Row<'_>) -> Result<Vec<(u8, u8)>, TraceError> {
    let wrong = |column: &str| TraceError::new(&row.place(column), "not a setting of the chip");
    let config = Config {
        kind: kind(row.text("tc_type")?).ok_or_else(|| wrong("tc_type"))?,
        mains: Mains::try_from(row.get::<u8>("mains_hz")?).map_err(|_| wrong("mains_hz"))?,
        averaging: Averaging::try_from(row.get::<u8>("averaging")?).map_err(|_| wrong("averaging"))?,
    };
    let chip = FakeMax31856::new();
    chip.set_register(Register::Cr0, row.get("cr0_before")?);
    chip.set_register(Register::Cr1, row.get("cr1_before")?);
    let outcome = Max31856::new(chip.bus(), config).setup();
    outcome.map_err(|problem| TraceError::new(&row.place("tc_type"), &format!("{problem:?}")))?;
    Ok(chip.writes().to_vec())
}

fn kind(name: &str) -> Option<ThermocoupleType> {
    let named = |kind: &ThermocoupleType| match kind {
        ThermocoupleType::B => "B",
        ThermocoupleType::E => "E",
        ThermocoupleType::J => "J",
        ThermocoupleType::K => "K",
        ThermocoupleType::N => "N",
        ThermocoupleType::R => "R",
        ThermocoupleType::S => "S",
        ThermocoupleType::T => "T",
        ThermocoupleType::VoltageGain8 => "G8",
        ThermocoupleType::VoltageGain32 => "G32",
    };
    ThermocoupleType::ALL.into_iter().find(|kind| named(kind) == name)
}
