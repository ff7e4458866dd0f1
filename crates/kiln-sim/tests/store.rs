//! The store on a pretended chip: what is kept, refused and thrown away.

use kiln_app::store::{Document, Memory, Store, StoreError};
use kiln_sim::flash::NorFlash;
use kiln_sim::flash::cuts::{Work, cut};

#[test]
fn a_new_chip_is_set_up_and_found_again() {
    let chip = NorFlash::new();
    for boot in 1..4 {
        let mut memory = Memory::new(chip.clone());
        let mut store = Store::open(&mut memory);
        assert_eq!((store.trouble(), store.boot()), (None, boot));
        let mut page = heapless::Vec::<_, 8>::new();
        assert_eq!(store.profiles(0, &mut page), Ok(false));
        assert_eq!(page.len(), 4);
        if boot == 1 {
            assert_eq!(store.stored(Document::Config), Err(StoreError::Absent));
            store.write(Document::Config, 1, b"{}").unwrap();
        }
        let mut bytes = [0; 16];
        assert_eq!(store.read(Document::Config, 1, &mut bytes).unwrap().length, 2);
        assert_eq!(&bytes[..2], b"{}");
    }
}

/// The whole count is that of `cargo xtask campaign power-cuts`; here each kind of work gets its share of 2,000.
#[test]
fn nothing_acknowledged_is_lost_wherever_the_power_fails() {
    for (work, cuts) in Work::ALL.into_iter().zip([400, 400, 400, 300, 300, 300]) {
        let tally = cut(work, cuts, 0);
        assert!(tally.is_sound() && tally.cuts == cuts, "{tally:#?}");
    }
}
