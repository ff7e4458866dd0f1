//! The conditioning of thermocouple samples.

use kiln_core::sensor::{ChipFault, Conditioned, Conditioner, FilterSettings, Problem, Sample};
use kiln_core::units::{Instant, Kelvin};

use crate::table::{Check, Row, Scenario, TraceError};
use crate::tally::Tally;
use crate::traces::Traces;

/// Replays the module.
pub fn replay(traces: &Traces) -> Tally {
    Tally::over(traces, "temp_filter", scenario)
}

fn scenario(scenario: &Scenario, tally: &mut Tally) -> Result<(), TraceError> {
    let mut filter = Conditioner::new(settings(scenario)?);
    for (second, row) in (0..).zip(scenario.rows()) {
        let now = Instant::from_millis(1000 * second);
        let (result, out) = match row.text("kind")? {
            "init" => match filter.prime(sample(&row)?, now) {
                Some(_) => ("ok", None),
                None => ("not_initialized", None),
            },
            kind => {
                let attempt = match kind {
                    "reading" => Ok(sample(&row)?),
                    kind => Err(problem(kind)?),
                };
                let conditioned = filter.accept(attempt, now);
                (result(&conditioned), conditioned.reading())
            }
        };
        tally.row(row, |check| {
            check.exact("result", result);
            check.float_opt("out_c", out.map(|reading| reading.temperature.get()));
            compare(check, &filter);
        });
    }
    Ok(())
}

/// The settings the reference ran with.
fn settings(scenario: &Scenario) -> Result<FilterSettings, TraceError> {
    let refused = || TraceError::new(&"temp_filter: settings", "refused");
    let median = usize::try_from(scenario.param_u64("median_window")?).unwrap_or(usize::MAX);
    let offset = Kelvin::new(scenario.param_f64("offset")?).ok_or_else(refused)?;
    let mut settings = FilterSettings::new(offset, median).map_err(|_| refused())?;
    settings.check_calibrated = false;
    Ok(settings)
}

fn sample(row: &Row<'_>) -> Result<Sample, TraceError> {
    Ok(Sample { raw: row.celsius("raw_c")?, cold_junction: None, step: Sample::FINE })
}

fn problem(kind: &str) -> Result<Problem, TraceError> {
    let bit = match kind {
        "bus_fault" | "bus_read" => return Ok(Problem::Bus),
        "fault:open_tc" => ChipFault::OPEN,
        "fault:voltage" => ChipFault::VOLTAGE,
        "fault:tc_low" => ChipFault::LOW,
        "fault:tc_high" => ChipFault::HIGH,
        "fault:cj_low" => ChipFault::COLD_JUNCTION_LOW,
        "fault:cj_high" => ChipFault::COLD_JUNCTION_HIGH,
        "fault:tc_range" => ChipFault::RANGE,
        "fault:cj_range" => ChipFault::COLD_JUNCTION_RANGE,
        other => return Err(TraceError::new(&"temp_filter: kind", other)),
    };
    ChipFault::from_bits(bit).map(Problem::Chip).ok_or_else(|| TraceError::new(&"temp_filter: kind", kind))
}

const fn result(conditioned: &Conditioned) -> &'static str {
    match conditioned {
        Conditioned::Fresh(_) => "ok",
        Conditioned::Kept(..) => "last_good",
        Conditioned::NotReady(_) => "err_not_initialized",
        Conditioned::Lost(_) => "err_emergency",
    }
}

fn compare(check: &mut Check<'_>, filter: &Conditioner) {
    check.exact("fault_count", filter.failures());
    check.flag("initialized", filter.is_initialized());
    // The reference counts from 0 °C where nothing warmer has been seen.
    check.float("max_recorded_c", filter.hottest().map_or(0.0, |hottest| hottest.get().max(0.0)));
    check.float_opt("last_good_c", filter.last_good().map(|reading| reading.temperature.get()));
    check.exact("window_len", filter.window_len());
}
