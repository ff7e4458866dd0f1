//! The store on a pretended chip: what is kept, refused and thrown away.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(clippy::indexing_slicing, reason = "a test that reaches beyond has failed")]

use std::cell::Cell;
use std::io::{Read as _, Write as _};
use std::rc::Rc;

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use kiln_app::log::{Begun, FileName};
use kiln_app::store::{
    Document, ERASES_MOST, Ending, Etag, Flash, FlashFailure, LONGEST_WAIT, Level, Memory, PARTITION, ROOM_ENOUGH,
    ROOM_LOW, ROWS_ROOM, RUNS_MOST, RunEntry, RunKind, RunRecord, SECTOR, Store, StoreError, Unmounted,
};
use kiln_core::units::{Instant, Millis, WallClock};
use kiln_sim::flash::cuts::{Work, cut};
use kiln_sim::flash::{NorFlash, wear};

const START: Instant = Instant::from_millis(0);
const ROW: &str = "2026-11-20 13:28:09,30.0,1199.87,1200.00,45.00,RUNNING,ramp,3,7,95.0\n";

fn name(text: &str) -> FileName {
    FileName::new(text).unwrap()
}

fn log(number: u32) -> FileName {
    FileName::of_log("glaze", None, Begun { boot: 1, number })
}

fn record(number: u32) -> RunRecord {
    RunRecord::new(Begun { boot: 1, number }, RunKind::Firing, None)
}

/// Starts the controller on a chip, and does something with its store.
fn on<R>(chip: &NorFlash, act: impl FnOnce(&mut Store<'_, NorFlash>) -> R) -> R {
    act(&mut Store::open(&mut Memory::new(chip.clone())))
}

/// A run of so many rows, from its beginning to its end.
fn fire<F: Flash>(store: &mut Store<'_, F>, number: u32, rows: usize) {
    let mut record = record(number);
    store.begin_run(&log(number), &record).unwrap();
    for _ in 0..rows {
        store.append(START, &ROW).unwrap();
    }
    record.ending = Some(Ending::Completed);
    store.end_run(&record).unwrap();
}

fn runs<F: Flash>(store: &mut Store<'_, F>) -> Vec<u32> {
    let (mut all, mut page) = (Vec::new(), heapless::Vec::<RunEntry, 4>::new());
    loop {
        store.runs(page.last().cloned().as_ref(), &mut page).unwrap();
        all.extend(page.iter().map(|entry| entry.order.number));
        if page.len() < page.capacity() {
            return all;
        }
    }
}

#[test]
fn a_new_chip_is_set_up_and_found_again() {
    let chip = NorFlash::new();
    for boot in 1..4 {
        on(&chip, |store| {
            assert_eq!((store.trouble(), store.boot()), (None, boot));
            let mut page = heapless::Vec::<_, 3>::new();
            assert_eq!(store.profiles(0, &mut page), Ok(true));
            assert_eq!(page[0].name.as_str(), "bisque-cone-04");
            assert_eq!(store.profiles(3, &mut page), Ok(false));
            assert_eq!(page.len(), 1);
            if boot == 1 {
                assert_eq!(store.stored(Document::Config), Err(StoreError::Absent));
                store.write(Document::Config, 1, b"{}").unwrap();
            }
            let mut bytes = [0; 16];
            let stored = store.read(Document::Config, 1, &mut bytes).unwrap();
            assert_eq!((&bytes[..stored.length], stored.etag), (&b"{}"[..], Etag::of(b"{}")));
        });
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

#[test]
fn incident_what_cannot_be_mounted_is_not_formatted() {
    let chip = NorFlash::new();
    on(&chip, |store| store.write(Document::Config, 1, b"mine").unwrap());
    let mut image = chip.image();
    image[..2 * SECTOR].fill(0);
    let broken = NorFlash::of_image(&image).unwrap();
    on(&broken, |store| {
        assert_eq!(store.trouble(), Some(Unmounted::Unreadable));
        assert_eq!(store.write(Document::Config, 1, b"{}"), Err(StoreError::Unmounted(Unmounted::Unreadable)));
        assert_eq!(store.begin_run(&log(1), &record(1)), Err(StoreError::Unmounted(Unmounted::Unreadable)));
        assert_eq!(store.poll(START), Ok(()));
    });
    assert!(broken.image() == image, "not a byte was touched");
    on(&broken, |store| {
        store.factory_reset().unwrap();
        assert_eq!((store.trouble(), store.stored(Document::Config)), (None, Err(StoreError::Absent)));
    });
    // Setting up that was cut off before anything was kept goes on.
    let mut begun = vec![0xFF; PARTITION];
    begun[..2 * SECTOR].copy_from_slice(&image[..2 * SECTOR]);
    on(&NorFlash::of_image(&begun).unwrap(), |store| assert_eq!(store.trouble(), None));
}

#[test]
fn a_factory_reset_leaves_no_secret_behind() {
    let chip = NorFlash::new();
    on(&chip, |store| {
        store.write(Document::Network, 1, b"the password is swordfish, the password is swordfish").unwrap();
        store.write(Document::Network, 1, "swordfish".repeat(100).as_bytes()).unwrap();
        store.factory_reset().unwrap();
        assert_eq!(store.trouble(), None);
    });
    assert!(!chip.image().windows(9).any(|bytes| bytes == b"swordfish"));
}

#[test]
fn what_newer_software_wrote_is_refused_and_kept() {
    let chip = NorFlash::new();
    on(&chip, |store| {
        store.write(Document::Config, 7, b"from the future").unwrap();
        let mut bytes = [0; 64];
        assert_eq!(store.read(Document::Config, 6, &mut bytes), Err(StoreError::Newer(7)));
        assert_eq!(store.write(Document::Config, 6, b"from the past"), Err(StoreError::Newer(7)));
        assert_eq!(store.read(Document::Config, 7, &mut bytes).unwrap().length, 15);
        assert_eq!(store.write(Document::Config, 8, b"newer still").unwrap().format, 8);

        let profile = name("mine");
        store.write_profile(&profile, 3, b"{}").unwrap();
        assert_eq!(store.write_profile(&profile, 2, b"[]"), Err(StoreError::Newer(3)));
        assert_eq!(store.read_profile(&profile, 2, &mut bytes), Err(StoreError::Newer(3)));
    });
}

#[test]
fn what_has_decayed_is_not_believed_and_can_be_replaced() {
    let chip = NorFlash::new();
    on(&chip, |store| store.write(Document::Config, 1, "swordfish".repeat(200).as_bytes()).unwrap());
    let mut image = chip.image();
    let at = image.windows(9).position(|bytes| bytes == b"swordfish").unwrap();
    image[at] ^= 1;
    on(&NorFlash::of_image(&image).unwrap(), |store| {
        let mut bytes = [0; 4000];
        assert_eq!(store.read(Document::Config, 1, &mut bytes), Err(StoreError::Damaged));
        store.write(Document::Config, 1, b"anew").unwrap();
        assert_eq!(store.read(Document::Config, 1, &mut bytes).map(|stored| stored.length), Ok(4));
        assert_eq!(store.read(Document::Config, 1, &mut bytes[..3]), Err(StoreError::TooLong(3)));
        assert_eq!(store.write(Document::Config, 1, &[0; 8193]), Err(StoreError::TooLong(8192)));
    });
}

#[test]
fn rows_are_on_the_flash_within_a_minute() {
    let chip = NorFlash::new();
    let chip = on(&chip, |store| {
        store.begin_run(&log(1), &record(1)).unwrap();
        store.append(START, &ROW).unwrap();
        store.append(START + Millis::from_seconds(30), &ROW).unwrap();
        store.poll(START + Millis::from_seconds(50)).unwrap();
        assert_eq!(store.logged().map(|logged| (logged.bytes, logged.until)), Some((0, None)));
        assert_eq!(store.waiting().len(), 2 * ROW.len());
        store.poll(START + LONGEST_WAIT).unwrap();
        let logged = store.logged().unwrap();
        assert_eq!((logged.bytes, logged.until), (2 * ROW.len(), Some(START + Millis::from_seconds(30))));
        store.append(START + Millis::from_seconds(60), &"torn").unwrap();

        // It can be read while it goes on: what is acknowledged, no more.
        let mut bytes = [0; 1000];
        assert_eq!(store.read_run(&log(1), ROW.len(), &mut bytes), Ok(ROW.len()));
        assert_eq!(store.read_run(&log(1), 2 * ROW.len(), &mut bytes), Ok(0));
        assert_eq!(store.delete_run(&log(1)), Err(StoreError::InUse));
        assert_eq!(store.begin_run(&log(2), &record(2)), Err(StoreError::InUse));
        chip.copy(None)
    });
    on(&chip, |store| {
        assert_eq!(store.begin_run(&log(1), &record(1)), Err(StoreError::Exists));
        store.resume_run(&log(1)).unwrap();
        store.append(START, &"RECOVERY\n").unwrap();
        store.flush().unwrap();
        let mut bytes = [0; 1000];
        let length = store.read_run(&log(1), 0, &mut bytes).unwrap();
        assert_eq!(std::str::from_utf8(&bytes[..length]), Ok(format!("{ROW}{ROW}RECOVERY\n").as_str()));
        assert_eq!(store.record(&log(1)).map(|record| (record.resumes, record.ending)), Ok((1, None)));
    });
}

/// A chip whose control core is too busy to stand aside.
#[derive(Clone)]
struct Busy(NorFlash, Rc<Cell<bool>>);

impl Flash for Busy {
    fn read(&mut self, offset: usize, into: &mut [u8]) -> Result<(), FlashFailure> {
        self.0.read(offset, into)
    }
    fn program(&mut self, offset: usize, bytes: &[u8]) -> Result<(), FlashFailure> {
        if self.1.get() { Err(FlashFailure::Busy) } else { self.0.program(offset, bytes) }
    }
    fn erase(&mut self, sector: usize) -> Result<(), FlashFailure> {
        if self.1.get() { Err(FlashFailure::Busy) } else { self.0.erase(sector) }
    }
}

#[test]
fn rows_wait_while_the_flash_is_busy_and_none_comes_twice() {
    let busy = Rc::new(Cell::new(false));
    let mut memory = Memory::new(Busy(NorFlash::new(), busy.clone()));
    let mut store = Store::open(&mut memory);
    store.begin_run(&log(1), &record(1)).unwrap();
    let fit = ROWS_ROOM / ROW.len();
    for turn in 0..6 {
        busy.set(turn % 2 == 1);
        store.append(START, &ROW).unwrap();
        assert_eq!(store.flush().is_err(), turn % 2 == 1);
    }
    busy.set(true);
    let taken = (0..2 * fit).filter(|_| store.append(START, &ROW).is_ok()).count();
    assert_eq!(taken, fit - 1, "one waits already");
    assert_eq!(store.logged().map(|logged| logged.lost), Some(u32::try_from(2 * fit - taken).unwrap()));
    assert_eq!(store.end_run(&record(1)), Err(StoreError::Flash));
    busy.set(false);
    store.end_run(&record(1)).unwrap();
    assert_eq!(store.run_length(&log(1)), Ok((6 + taken) * ROW.len()));
}

#[test]
fn the_oldest_goes_first_and_what_is_needed_stays() {
    let chip = NorFlash::new();
    on(&chip, |store| {
        store.write(Document::Running, 1, format!("{}\nglaze\n0\n", log(2).as_str()).as_bytes()).unwrap();
        for number in 1..=40 {
            store.log(START, &"12:00:00", Level::Warn, &"about to fire");
            store.flush_diagnostics(START).unwrap();
            fire(store, number, 1500);
            // Room is looked for every 16 KiB, and a run and its copies take some.
            let free = store.room().unwrap().free;
            assert!(free >= ROOM_LOW - 8 * SECTOR, "{free} bytes free after run {number}");
        }
        let kept = runs(store);
        assert_eq!((kept.first(), kept.last()), (Some(&40), Some(&2)), "{kept:?}");
        assert!(kept.len() > 8 && kept.windows(2).all(|pair| pair[1] == 2 || pair[0] == pair[1] + 1), "{kept:?}");
        assert_eq!(store.delete_run(&log(2)), Err(StoreError::InUse));
        store.remove(Document::Running).unwrap();
        store.delete_run(&log(2)).unwrap();
        assert_eq!(store.record(&log(2)), Err(StoreError::Absent));
    });
    const { assert!(ROOM_LOW < ROOM_ENOUGH) };
}

#[test]
fn there_are_never_more_runs_than_can_be_looked_through() {
    on(&NorFlash::new(), |store| {
        let most = u32::try_from(RUNS_MOST).unwrap();
        (1..=most + 9).for_each(|number| fire(store, number, 1));
        assert_eq!(runs(store), (10..=most + 9).rev().collect::<Vec<_>>());
    });
}

#[test]
fn the_controllers_own_log_survives_and_stays_small() {
    let chip = NorFlash::new();
    for boot in 1..=9_u32 {
        on(&chip, |store| {
            store.log(START, &"12:00:00", Level::Info, &format_args!("start {boot}"));
            store.poll(START + Millis::from_minutes(9)).unwrap();
            let mut page = heapless::Vec::<_, 16>::new();
            store.diagnostic_files(0, &mut page).unwrap();
            assert!(!page.iter().any(|file| file.name.as_str().starts_with(&format!("{boot:08}"))));
            store.log(START, &"12:00:01", Level::Error, &"harm\nof two lines");
            store.poll(START + LONGEST_WAIT).unwrap();
            store.diagnostic_files(0, &mut page).unwrap();
            assert_eq!(page.len(), usize::try_from(boot.min(6)).unwrap());
            let mut bytes = [0; 200];
            let length = store.read_diagnostics(&page.last().unwrap().name, 0, &mut bytes).unwrap();
            let text = std::str::from_utf8(&bytes[..length]).unwrap();
            assert_eq!(text, format!("12:00:00 INFO start {boot}\n12:00:01 ERROR harm of two lines\n"));
            assert_eq!(store.ring().since(0), (0, text));
        });
    }
}

/// What the memory of the store takes: two rings of 8 KiB, two caches of 512 bytes, and what littlefs remembers.
#[test]
fn the_memory_of_the_store_is_as_stated() {
    let bytes = size_of::<Memory<NorFlash>>();
    assert!(bytes <= 18 * 1024, "{bytes}");
}

/// The whole ten years are those of `cargo xtask campaign flash-wear`; a sector wears no faster later than at first.
#[test]
fn the_flash_outlives_ten_years_of_firings() {
    let firings = 26;
    let worn = wear::fire(firings, Millis::from_seconds(30)).unwrap();
    let ten_years = worn.wear.most() * 10 * wear::FIRINGS_A_YEAR / firings;
    assert!(ten_years <= ERASES_MOST, "{ten_years} erases of the most worn sector");
    assert!(worn.flushes > 13 * 60 * u64::from(firings), "{}", worn.flushes);
}

const FIRST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/store/layout-1.img.gz");

/// Makes the image of a layout: what a controller of that release leaves on its chip.
fn make_image() -> Vec<u8> {
    let chip = NorFlash::new();
    on(&chip, |store| {
        store.write(Document::Config, 1, b"{\"format\":1}").unwrap();
        store.write(Document::Running, 1, format!("{}\nglaze\n1\n", log(2).as_str()).as_bytes()).unwrap();
        store.write_profile(&name("mine"), 1, b"{\"name\":\"mine\"}").unwrap();
        fire(store, 1, 100);
        let mut noted = store.record(&log(1)).unwrap();
        noted.notes = heapless::String::try_from("top shelf: crawled").unwrap();
        noted.ended = Some(WallClock::from_unix_millis(1_790_000_000_000));
        store.write_record(&log(1), &noted).unwrap();
        store.begin_run(&log(2), &record(2)).unwrap();
        store.append(START, &ROW).unwrap();
        store.flush().unwrap();
        store.log(START, &"12:00:00", Level::Error, &"the power is about to fail");
        store.flush_diagnostics(START).unwrap();
    });
    chip.image()
}

/// The first layout is read for ever. `KILN_WRITE=1` writes the image anew: only before its release.
#[test]
fn the_first_released_layout_is_read() {
    if std::env::var_os("KILN_WRITE").is_some() {
        let mut packed = GzEncoder::new(std::fs::File::create(FIRST).unwrap(), Compression::best());
        packed.write_all(&make_image()).unwrap();
        packed.finish().unwrap();
    }
    let mut image = Vec::new();
    GzDecoder::new(std::fs::File::open(FIRST).unwrap()).read_to_end(&mut image).unwrap();
    on(&NorFlash::of_image(&image).unwrap(), |store| {
        let mut bytes = [0; 8192];
        assert_eq!((store.trouble(), store.boot()), (None, 2));
        assert_eq!(store.read(Document::Config, 1, &mut bytes).map(|stored| stored.length), Ok(12));
        assert_eq!(store.read_profile(&name("mine"), 1, &mut bytes).map(|stored| stored.length), Ok(15));
        assert_eq!(store.read_run(&log(1), 0, &mut bytes), Ok(100 * ROW.len()));
        assert_eq!(store.record(&log(1)).map(|record| record.notes.len()), Ok(18));
        assert_eq!(store.run_length(&log(2)), Ok(ROW.len()));
        assert_eq!(store.delete_run(&log(2)), Err(StoreError::InUse), "it is to be resumed");
        let mut page = heapless::Vec::<_, 2>::new();
        assert_eq!(store.diagnostic_files(0, &mut page), Ok(false));
        assert_eq!(page.len(), 1);
    });
}
