//! What belongs to the radio is never given back, even when there is none.
//!
//! The drivers of the chip's makers' library set pins and pads back when they are dropped. Those are closed to this core
//! once control runs: a radio that is given up would end the application.

use core::convert::Infallible;
use core::mem::ManuallyDrop;

use cyw43::SpiBusCyw43;
use embassy_rp::gpio::Output;
use embedded_hal::digital::{ErrorType, OutputPin};

/// A driver that is not dropped.
pub(crate) struct Kept<T>(ManuallyDrop<T>);

impl<T> Kept<T> {
    /// Keeps it for good.
    pub(crate) const fn new(driver: T) -> Self {
        Self(ManuallyDrop::new(driver))
    }
}

impl ErrorType for Kept<Output<'_>> {
    type Error = Infallible;
}

impl OutputPin for Kept<Output<'_>> {
    fn set_low(&mut self) -> Result<(), Infallible> {
        self.0.set_low();
        Ok(())
    }

    fn set_high(&mut self) -> Result<(), Infallible> {
        self.0.set_high();
        Ok(())
    }
}

impl<B: SpiBusCyw43> SpiBusCyw43 for Kept<B> {
    async fn cmd_write(&mut self, write: &[u32]) -> u32 {
        self.0.cmd_write(write).await
    }

    async fn cmd_read(&mut self, write: u32, read: &mut [u32]) -> u32 {
        self.0.cmd_read(write, read).await
    }

    async fn wait_for_event(&mut self) {
        self.0.wait_for_event().await;
    }
}
