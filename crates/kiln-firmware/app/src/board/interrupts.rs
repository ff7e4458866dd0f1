//! Which interrupts of the application core are answered, and by whom.

use embassy_rp::peripherals::{DMA_CH0, PIO0, TRNG, USB};
use embassy_rp::{bind_interrupts, dma, pio, trng, usb};

bind_interrupts!(
    /// Proof that each of them is answered.
    pub(crate) struct Irqs {
        PIO0_IRQ_0 => pio::InterruptHandler<PIO0>;
        DMA_IRQ_0 => dma::InterruptHandler<DMA_CH0>;
        USBCTRL_IRQ => usb::InterruptHandler<USB>;
        TRNG_IRQ => trng::InterruptHandler<TRNG>;
    }
);
