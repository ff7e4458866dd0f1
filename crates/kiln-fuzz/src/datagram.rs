//! A datagram that anybody on the network can send: a request for an address, a question for a name.

use kiln_app::net::captive;
use kiln_app::net::dhcp::Dhcp;
use kiln_core::units::Instant;

use crate::Verdict;

/// Bytes of a DNS message before its first question (RFC 1035, section 4.1.1).
const DNS_HEAD: usize = 12;
/// Addresses that can be given away at a time.
const LEASES: usize = 4;

pub(crate) fn check(bytes: &[u8]) -> Verdict {
    let mut answered = false;
    for mut dhcp in [Dhcp::of_usb(), Dhcp::of_setup_access_point()] {
        for second in 0..3 {
            answered |= dhcp.answer(bytes, Instant::from_millis(second * 1000)).is_some();
        }
        assert!(dhcp.leases() <= LEASES, "more addresses than there are");
    }
    if let Some(answer) = captive::answer_dns(bytes) {
        assert!((DNS_HEAD..=captive::DNS_BYTES).contains(&answer.len()));
        assert_eq!(answer.get(..2), bytes.get(..2), "the question's number");
        assert!(answer.get(2).is_some_and(|flags| flags & 0x80 != 0), "it says that it is an answer");
        answered = true;
    }
    if answered { Verdict::Taken } else { Verdict::Refused }
}
