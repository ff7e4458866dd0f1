//! The controller's name on one network: moves the datagrams of multicast DNS, and asks what is to be sent.

use core::net::Ipv4Addr;

use embassy_net::Stack;
use embassy_net::udp::{PacketMetadata, UdpSocket};
use embassy_time::{Duration, Timer, with_timeout};
use kiln_app::net::multicast_dns::{BYTES, Datagram, GROUP, PORT, Responder};
use kiln_core::units::Instant;

use super::page::Side;
use crate::board::real;
use crate::house::House;

/// How often it is asked what is to be sent.
const STEP: Duration = Duration::from_millis(50);
/// How often while there is no network.
const WAIT: Duration = Duration::from_millis(500);
/// Datagrams for the neighbours only (RFC 6762, section 11).
const HOPS: u8 = 255;

/// Keeps the name on one network, for ever.
#[embassy_executor::task(pool_size = 2)]
pub(crate) async fn name(house: &'static House, stack: Stack<'static>, side: Side) -> ! {
    let (mut receive, mut send, mut datagram) = ([0; BYTES], [0; BYTES], [0; BYTES]);
    let (mut receive_meta, mut send_meta) = ([PacketMetadata::EMPTY; 2], [PacketMetadata::EMPTY; 2]);
    let mut socket = UdpSocket::new(stack, &mut receive_meta, &mut receive, &mut send_meta, &mut send);
    while socket.bind(PORT).is_err() || stack.join_multicast_group(GROUP).is_err() {
        socket.close();
        Timer::after_secs(1).await;
    }
    socket.set_hop_limit(Some(HOPS));
    let configured = house.gate.door.borrow().hosts.name.clone();
    let mut responder = Responder::new(configured, house.port, now());
    let mut known = None;
    loop {
        let Some(address) = address(stack) else {
            known = None;
            Timer::after(WAIT).await;
            continue;
        };
        if known.replace(address) != Some(address) {
            responder.link_up(now());
        }
        let heard = match with_timeout(STEP, socket.recv_from(&mut datagram)).await {
            Ok(Ok((length, _from))) => datagram.get(..length).and_then(|heard| responder.hear(heard, address, now())),
            Ok(Err(_)) | Err(_) => None,
        };
        for datagram in [heard, responder.step(address, now())].into_iter().flatten() {
            tell(&socket, &datagram).await;
        }
        if side == Side::Air {
            house.set_name(&responder.name());
        }
    }
}

async fn tell(socket: &UdpSocket<'_>, datagram: &Datagram) {
    // Said again soon, or asked for again.
    with_timeout(STEP, socket.send_to(datagram, (GROUP, PORT))).await.ok();
}

fn address(stack: Stack<'static>) -> Option<Ipv4Addr> {
    let config = stack.config_v4().filter(|_| stack.is_link_up())?;
    Some(config.address.address())
}

fn now() -> Instant {
    Instant::from_millis(real().get())
}
