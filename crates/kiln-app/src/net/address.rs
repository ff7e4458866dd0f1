//! An IPv4 address with its network, checked: one a host can have.

use core::net::Ipv4Addr;

/// An address, its network, and the way out of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ipv4Config {
    address: Ipv4Addr,
    prefix: u8,
    gateway: Option<Ipv4Addr>,
    dns: Option<Ipv4Addr>,
}

/// Why an address cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadAddress {
    /// Not the address of one host: unspecified, loopback, multicast, broadcast, or the network's own.
    NotAHost,
    /// A network of no size that hosts are in: the prefix must be 8 to 30.
    Prefix,
    /// A gateway outside the network, or the address itself.
    Gateway,
}

impl Ipv4Config {
    /// Takes an address.
    ///
    /// # Errors
    /// When no host can have it, or its gateway cannot be reached.
    pub fn new(
        address: Ipv4Addr,
        prefix: u8,
        gateway: Option<Ipv4Addr>,
        dns: Option<Ipv4Addr>,
    ) -> Result<Self, BadAddress> {
        if !(8..=30).contains(&prefix) {
            return Err(BadAddress::Prefix);
        }
        let config = Self { address, prefix, gateway, dns };
        if !config.holds_host(address) {
            return Err(BadAddress::NotAHost);
        }
        if gateway.is_some_and(|gateway| gateway == address || !config.holds_host(gateway)) {
            return Err(BadAddress::Gateway);
        }
        Ok(config)
    }

    /// The address.
    pub const fn address(&self) -> Ipv4Addr {
        self.address
    }

    /// The bits of it that name the network.
    pub const fn prefix(&self) -> u8 {
        self.prefix
    }

    /// The way out, if there is one.
    pub const fn gateway(&self) -> Option<Ipv4Addr> {
        self.gateway
    }

    /// Who is asked for names, if anybody.
    pub const fn dns(&self) -> Option<Ipv4Addr> {
        self.dns
    }

    /// Whether a host of this network can have the address.
    fn holds_host(&self, other: Ipv4Addr) -> bool {
        let hosts = u32::MAX >> u32::from(self.prefix);
        let host = other.to_bits() & hosts;
        let same_network = other.to_bits() & !hosts == self.address.to_bits() & !hosts;
        let special = other.is_unspecified() || other.is_loopback() || other.is_multicast() || other.octets()[0] >= 240;
        same_network && !special && host != 0 && host != hosts
    }
}
