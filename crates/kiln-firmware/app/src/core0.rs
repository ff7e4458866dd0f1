//! The application core's main: control first, then everything else.

use embassy_executor::Spawner;
use embassy_time::Timer;

use crate::launch;
use crate::memory::SHARED;

#[embassy_executor::main(executor = "embassy_rp::executor::Executor", entry = "cortex_m_rt::entry")]
async fn main(spawner: Spawner) {
    let _peripherals = embassy_rp::init(embassy_rp::config::Config::default());
    let launched = launch::start();
    let ready = match launched {
        Ok(()) => launch::ready().await,
        Err(failed) => Err(failed),
    };
    if ready.is_ok() {
        SHARED.start.settle();
    }
    let _ = spawner;
    loop {
        Timer::after_secs(1).await;
    }
}
