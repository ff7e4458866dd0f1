//! What one turn of the control loop costs on the board's processor.
//!
//! Built for the board it runs the shipping loop on an emulated Cortex-M33, times each turn and prints the counts.
//! Built for a computer it has nothing to do: `cargo xtask budget` says how it is run.
#![cfg_attr(target_os = "none", no_std, no_main)]

#[cfg(target_os = "none")]
mod board;
#[cfg(any(target_os = "none", test))]
mod world;

#[cfg(not(target_os = "none"))]
fn main() -> std::process::ExitCode {
    eprintln!("kiln-tick counts on the board's processor: run `cargo xtask budget`");
    std::process::ExitCode::from(2)
}

#[cfg(test)]
mod tests {
    use super::world::{Turn, Who, begin, turn};
    use kiln_core::snapshot::Phase;

    /// What is counted must be a kiln that fires: a loop that refused the profile would be cheap.
    #[test]
    fn the_counted_loop_heats_and_feeds_its_watchdog() {
        for who in [Who::Pid, Who::Adaptive] {
            let (mut runner, mut world) = begin(who).unwrap();
            let ticks = (0..6000).filter(|_| turn(&mut runner, &mut world, |work| work()) == Turn::Tick).count();
            let told = world.told.unwrap();
            assert!((590..=610).contains(&ticks), "{who:?} {ticks}");
            assert_eq!((told.phase, told.fault), (Phase::Running, None), "{who:?}");
            assert_eq!(told.terms.is_some(), who == Who::Pid, "the PID has terms, a model that controls has none");
            assert!(told.reading.unwrap().temperature.get() > 25.0, "{who:?}");
            assert!(world.fed >= 590, "{who:?} {}", world.fed);
        }
    }
}
