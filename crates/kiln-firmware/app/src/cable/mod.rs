//! The USB cable: a network and a console, always there.

mod console;

use embassy_executor::Spawner;
use embassy_net::Stack;
use embassy_rp::peripherals::USB;
use embassy_rp::usb::Driver;
use embassy_usb::class::cdc_acm::{self, CdcAcmClass};
use embassy_usb::class::cdc_ncm::{self, CdcNcmClass, embassy_net as ncm};
use embassy_usb::{Builder, Config, UsbDevice};
use kiln_app::net::secrets::Secrets;
use static_cell::{ConstStaticCell, StaticCell};

use crate::house::House;
use crate::start::begin;

pub(crate) use console::console;

/// The longest frame of Ethernet without its check sum.
const FRAME: usize = 1514;
/// Frames that can wait in each direction.
const FRAMES: usize = 3;
/// Bytes of a packet of a full-speed bulk endpoint (USB 2.0, 5.8.3).
const PACKET: u16 = 64;
/// The same, to count with.
const PACKET_BYTES: usize = 64;

/// The identity that pid.codes gives to devices that are not sold.
const VENDOR: u16 = 0x1209;
/// See there.
const PRODUCT: u16 = 0x0001;

/// The USB block of the chip.
pub(crate) type Usb = Driver<'static, USB>;
/// The cable's end of the network.
pub(crate) type Device = ncm::Device<'static, FRAME>;
/// The console's two ends.
pub(crate) type Console = CdcAcmClass<'static, Usb>;

/// Addresses for a controller that has none of its own: locally administered.
const NAMELESS: ([u8; 6], [u8; 6]) = ([2, 0, 0, 0, 0, 2], [2, 0, 0, 0, 0, 3]);

/// Answers the computer's requests about the device, for ever.
#[embassy_executor::task]
async fn device(mut device: UsbDevice<'static, Usb>) -> ! {
    device.run().await
}

/// Moves frames between cable and stack, for ever.
#[embassy_executor::task]
async fn frames(runner: ncm::Runner<'static, Usb, FRAME>) -> ! {
    runner.run().await
}

/// Builds the device: a network and a console in one.
pub(crate) fn attach(spawner: Spawner, usb: Usb, secrets: Option<&Secrets>) -> (Device, Console) {
    static CONFIGURATION: ConstStaticCell<[u8; 256]> = ConstStaticCell::new([0; 256]);
    static CAPABILITIES: ConstStaticCell<[u8; 64]> = ConstStaticCell::new([0; 64]);
    static REQUESTS: ConstStaticCell<[u8; 128]> = ConstStaticCell::new([0; 128]);
    static NETWORK: StaticCell<cdc_ncm::State<'static>> = StaticCell::new();
    static CONSOLE: StaticCell<cdc_acm::State<'static>> = StaticCell::new();
    static FRAMES_ROOM: ConstStaticCell<ncm::State<FRAME, FRAMES, FRAMES>> = ConstStaticCell::new(ncm::State::new());
    let mut config = Config::new(VENDOR, PRODUCT);
    config.manufacturer = Some("pico-kiln");
    config.product = Some("pico-kiln");
    config.max_power = 250;
    let mut builder = Builder::new(usb, config, CONFIGURATION.take(), CAPABILITIES.take(), &mut [], REQUESTS.take());
    let (ours, theirs) = secrets.map_or(NAMELESS, |secrets| secrets.usb);
    let network = CdcNcmClass::new(&mut builder, NETWORK.init_with(cdc_ncm::State::new), theirs, PACKET);
    let console = CdcAcmClass::new(&mut builder, CONSOLE.init_with(cdc_acm::State::new), PACKET);
    let (runner, end) = network.into_embassy_net_device::<FRAME, FRAMES, FRAMES>(FRAMES_ROOM.take(), ours);
    begin(spawner, device(builder.build()));
    begin(spawner, frames(runner));
    (end, console)
}

/// Runs the cable's stack, for ever.
#[embassy_executor::task]
pub(crate) async fn network(mut runner: embassy_net::Runner<'static, Device>) -> ! {
    runner.run().await
}

/// Tells whether a computer is attached, by the driver's word.
#[embassy_executor::task]
pub(crate) async fn watch(house: &'static House, stack: Stack<'static>) -> ! {
    loop {
        stack.wait_link_up().await;
        house.set_cable(true);
        stack.wait_link_down().await;
        house.set_cable(false);
    }
}
