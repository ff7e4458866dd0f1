//! Addresses for whoever plugs in or joins the set-up network: moves datagrams to the server and back.

use core::net::{Ipv4Addr, SocketAddrV4};

use embassy_net::Stack;
use embassy_net::udp::{PacketMetadata, UdpSocket};
use embassy_time::Timer;
use kiln_app::net::dhcp::Dhcp;
use kiln_core::units::Instant;

use super::page::Side;
use crate::board::real;
use crate::house::House;

/// The server's port (RFC 2131, section 4.1).
const PORT: u16 = 67;
/// Bytes of the longest datagram that is taken: no client may send more unasked (RFC 2131, section 2).
const BYTES: usize = 576;

/// Gives addresses away on one network, for ever. On the air only while the set-up network is open.
#[embassy_executor::task(pool_size = 2)]
pub(crate) async fn leases(house: &'static House, stack: Stack<'static>, side: Side) -> ! {
    let mut server = match side {
        Side::Cable => Dhcp::of_usb(),
        Side::Air => Dhcp::of_setup_access_point(),
    };
    let (mut receive, mut send, mut datagram) = ([0; BYTES], [0; BYTES], [0; BYTES]);
    let (mut receive_meta, mut send_meta) = ([PacketMetadata::EMPTY; 2], [PacketMetadata::EMPTY; 2]);
    let mut socket = UdpSocket::new(stack, &mut receive_meta, &mut receive, &mut send_meta, &mut send);
    while socket.bind(PORT).is_err() {
        Timer::after_secs(1).await;
    }
    loop {
        let Ok((length, _from)) = socket.recv_from(&mut datagram).await else { continue };
        let wanted = side == Side::Cable || house.air().setup;
        let asked = datagram.get(..length).filter(|_| wanted);
        let now = Instant::from_millis(real().get());
        if let Some(reply) = asked.and_then(|asked| server.answer(asked, now)) {
            let to: SocketAddrV4 = reply.destination();
            // Whoever has no address yet hears only what is for everybody.
            let to = if to.ip().is_unspecified() { SocketAddrV4::new(Ipv4Addr::BROADCAST, to.port()) } else { to };
            // A client that hears nothing asks again.
            socket.send_to(reply.bytes(), (*to.ip(), to.port())).await.ok();
        }
    }
}
