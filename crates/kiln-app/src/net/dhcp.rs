//! Addresses for whoever plugs in or joins the set-up access point.
//!
//! The protocol (RFC 2131) and its table are leasehund's, which needs no transport: a datagram and the time come in,
//! an answer comes out. Here stands only what each network gives away.

use core::net::Ipv4Addr;

use kiln_core::units::Instant;
use leasehund::{DhcpConfigBuilder, DhcpServer, Reply};

use super::{setup_ap, usb};

/// Addresses that can be given away at a time.
const LEASES: usize = 4;
/// Seconds an address is given for: short, so that a phone that left gives it back within the evening.
const LEASE_S: u32 = 600;

/// The DHCP server of one network.
pub struct Dhcp(DhcpServer<LEASES, 1>);

impl Dhcp {
    /// The set-up access point: the controller is gateway and name server, so that a phone stays and opens the page.
    pub fn of_setup_access_point() -> Self {
        let [a, b, c, _] = setup_ap::ADDRESS.octets();
        let config = DhcpConfigBuilder::<1>::new()
            .server_ip(setup_ap::ADDRESS)
            .subnet_mask(Ipv4Addr::new(255, 255, 255, 0))
            .router(setup_ap::ADDRESS)
            .add_dns_server(setup_ap::ADDRESS)
            .ip_pool(Ipv4Addr::new(a, b, c, 2), Ipv4Addr::new(a, b, c, 15))
            .lease_time(LEASE_S)
            .build();
        Self(DhcpServer::with_config(config))
    }

    /// The USB cable: an address only.
    pub fn of_usb() -> Self {
        let [a, b, c, _] = usb::ADDRESS.octets();
        let config = DhcpConfigBuilder::<1>::new()
            .server_ip(usb::ADDRESS)
            .subnet_mask(Ipv4Addr::new(255, 255, 255, 0))
            .no_router()
            .ip_pool(Ipv4Addr::new(a, b, c, 2), Ipv4Addr::new(a, b, c, 15))
            .lease_time(LEASE_S)
            .build();
        Self(DhcpServer::with_config(config))
    }

    /// Answers a datagram of port 67, or keeps silent.
    pub fn answer(&mut self, datagram: &[u8], now: Instant) -> Option<Reply> {
        self.0.handle_packet(datagram, now.as_millis(), |_, _| true).reply
    }

    /// Addresses that are given away or offered.
    pub fn leases(&self) -> usize {
        self.0.lease_count()
    }
}
