//! Every name leads to the controller, on the set-up network: moves questions and answers.

use embassy_net::Stack;
use embassy_net::udp::{PacketMetadata, UdpSocket};
use embassy_time::Timer;
use kiln_app::net::captive::{DNS_BYTES, answer_dns};

use crate::house::House;

/// The port of the DNS.
const PORT: u16 = 53;

/// Answers questions for names, for ever; silent but on the set-up network.
#[embassy_executor::task]
pub(crate) async fn portal(house: &'static House, stack: Stack<'static>) -> ! {
    let (mut receive, mut send, mut datagram) = ([0; DNS_BYTES], [0; DNS_BYTES], [0; DNS_BYTES]);
    let (mut receive_meta, mut send_meta) = ([PacketMetadata::EMPTY; 2], [PacketMetadata::EMPTY; 2]);
    let mut socket = UdpSocket::new(stack, &mut receive_meta, &mut receive, &mut send_meta, &mut send);
    while socket.bind(PORT).is_err() {
        Timer::after_secs(1).await;
    }
    loop {
        let Ok((length, from)) = socket.recv_from(&mut datagram).await else { continue };
        let question = datagram.get(..length).filter(|_| house.air().setup);
        if let Some(answer) = question.and_then(answer_dns) {
            socket.send_to(&answer, from.endpoint).await.ok();
        }
    }
}
