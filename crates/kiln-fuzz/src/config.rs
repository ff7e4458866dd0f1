//! A configuration document: over what was delivered and over what was set before, and the reference's flat file.

use kiln_wire::config::{BYTES_MOST, Config, ConfigAnswer, reference};
use kiln_wire::json;

use crate::Verdict;
use crate::place::refused;

/// What an owner set before.
const BEFORE: &[u8] = br#"{"hardware":{"relay_pins":[14,15],"element_power_w":7200.5},"safety":{"max_temp_c":1250},
    "network":{"wifi_ssid":"studio","wifi_password":"clay and ash","static_ip":"192.168.1.7","static_subnet":
    "255.255.255.0","static_gateway":"192.168.1.1","static_dns":"192.168.1.1"},"logging":{"level":"debug"},"display":{"kiln_name":"Kiln 2"}}"#;

pub(crate) fn check(bytes: &[u8]) -> Verdict {
    let (before, _) = Config::DELIVERED.merged(BEFORE).expect("what was set before is sound");
    let mut verdict = Verdict::Refused;
    for base in [Config::DELIVERED, before] {
        match base.merged(bytes) {
            Ok((config, changes)) => {
                assert_eq!(changes.is_empty(), config == base, "changes are what changed");
                let (again, more) = config.merged(bytes).expect("what was taken is taken again");
                assert!(again == config && more.is_empty(), "twice is once");
                holds(&config);
                verdict = Verdict::Taken;
            }
            Err(refusal) => drop(refused(bytes, &refusal)),
        }
        match reference::import(bytes, &base) {
            Ok(imported) => {
                holds(&imported.config);
                verdict = Verdict::Taken;
            }
            Err(refusal) => drop(refused(bytes, &refusal)),
        }
    }
    verdict
}

/// What every configuration that exists can do.
fn holds(config: &Config) {
    let mut room = vec![0; usize::from(BYTES_MOST)];
    let stored = config.store(&mut room).expect("there is room for every configuration");
    assert_eq!(Config::parse(stored).as_ref(), Ok(config), "the configuration that comes back");
    assert!(config.settings().is_ok(), "control takes it");
    let (other, _) = config.merged(br#"{"network":{"wifi_password":"another one"}}"#).expect("a password");
    if config.network().wifi_password().is_set() {
        assert_eq!(shown(config), shown(&other), "a secret shows");
    }
}

fn shown(config: &Config) -> Vec<u8> {
    let mut room = [0; 8192];
    json::write(&ConfigAnswer { config, revision: 1 }, &mut room).expect("there is room for the answer").to_vec()
}
