//! The application core's main: control first, then everything else.

use embassy_executor::Spawner;

use crate::{launch, start};

#[embassy_executor::main(executor = "embassy_rp::executor::Executor", entry = "cortex_m_rt::entry")]
async fn main(spawner: Spawner) {
    let parts = embassy_rp::init(embassy_rp::config::Config::default());
    let launched = launch::start();
    start::start(spawner, parts, launched).await;
}
