//! The log of a firing or a tuning run: one header, one line per row, ten columns.
//!
//! The columns and formats are those of the reference controller, so that its logs and tools go on working. Rows come
//! in through a door that refuses by field; what a row means for the next firing is not decided here.

mod parse;
mod row;
mod time;

pub use parse::{BadRow, Reader, WhyRow};
pub use row::{Column, Place, Row, State};
pub use time::IsoTime;

/// The first line of every log, without its line end.
pub const HEADER: &str = "timestamp,elapsed_seconds,current_temp_c,target_temp_c,ssr_output_percent,state,step_name,\
                          step_index,total_steps,measured_rate_c_per_hour";
