//! Asks a time server, when the clock wants it: one question, one answer, over the owner's Wi-Fi.

use embassy_net::dns::DnsQueryType;
use embassy_net::udp::{PacketMetadata, UdpSocket};
use embassy_net::{IpAddress, Stack};
use embassy_time::{Duration, Timer, with_timeout};
use kiln_app::net::clock::Source;
use kiln_app::net::ntp::{BYTES, PORT, Question, WAIT};
use kiln_app::store::Level;
use kiln_core::units::{Instant, Millis, WallClock};

use crate::board::real;
use crate::house::House;

/// How often it is looked whether to ask.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How long each part of asking may take.
const WITHIN: Duration = Duration::from_millis(WAIT.get());

/// Asks for ever.
#[embassy_executor::task]
pub(crate) async fn time(house: &'static House, stack: Stack<'static>) -> ! {
    loop {
        Timer::after(LOOK_EVERY).await;
        let server = house.with(|service, _| service.config().network().ntp_server().clone());
        if server.as_str().is_empty() || !house.asks_for_time() {
            continue;
        }
        match ask(house, stack, server.as_str()).await {
            Some((wall, trip)) => house.told_time(Source::Ntp, wall, trip),
            None => house.say(Level::Debug, format_args!("no time from {}", server.as_str())),
        }
    }
}

async fn ask(house: &'static House, stack: Stack<'static>, server: &str) -> Option<(WallClock, Millis)> {
    let found = with_timeout(WITHIN, stack.dns_query(server, DnsQueryType::A)).await.ok()?.ok()?;
    let IpAddress::Ipv4(address) = *found.first()?;
    let (mut receive, mut send, mut datagram) = ([0; 2 * BYTES], [0; BYTES], [0; 2 * BYTES]);
    let (mut receive_meta, mut send_meta) = ([PacketMetadata::EMPTY; 2], [PacketMetadata::EMPTY; 1]);
    let mut socket = UdpSocket::new(stack, &mut receive_meta, &mut receive, &mut send_meta, &mut send);
    socket.bind(0).ok()?;
    let question = Question::new(house.draw(), now());
    with_timeout(WITHIN, socket.send_to(&question.bytes(), (address, PORT))).await.ok()?.ok()?;
    with_timeout(WITHIN, async {
        loop {
            let Ok((length, _from)) = socket.recv_from(&mut datagram).await else { continue };
            // What is no answer to this question says nothing: the answer may still come.
            if let Some(answer) = datagram.get(..length).and_then(|bytes| question.answer(bytes, now()).ok()) {
                return answer;
            }
        }
    })
    .await
    .ok()
}

fn now() -> Instant {
    Instant::from_millis(real().get())
}
