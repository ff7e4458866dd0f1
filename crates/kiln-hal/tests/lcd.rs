//! The display: what it says, and that it neither holds anybody up nor stays wrong.

use kiln_core::fault::Kind;
use kiln_core::snapshot::Phase;
use kiln_core::units::{Celsius, Instant, Millis};
use kiln_hal::fake::FakeDisplay;
use kiln_hal::lcd::pages::{Display, Page};
use kiln_hal::lcd::words::plain;
use kiln_hal::lcd::{ADDRESSES, Lcd, Lines, glyph};

struct Bench {
    chip: FakeDisplay,
    lcd: Lcd<kiln_hal::fake::FakeI2c>,
    now: Instant,
}

impl Bench {
    fn new() -> Self {
        let (chip, now) = (FakeDisplay::new(), Instant::from_millis(7_000));
        Self { lcd: Lcd::new(chip.bus(), ADDRESSES[0], now), chip, now }
    }

    /// Lets time pass, a millisecond at a time; at most one transfer in each.
    fn pass(&mut self, time: Millis) {
        for _ in 0..time.get() {
            let before = self.chip.transfers();
            let ready = self.lcd.step(self.now);
            assert!(self.chip.transfers() - before <= 1 && self.chip.longest() <= 6);
            assert!(ready <= self.now + Millis::from_seconds(60));
            self.now = self.now + Millis::new(1);
        }
    }

    fn show(&mut self, upper: &str, lower: &str) {
        self.lcd.show(Lines::new(format_args!("{upper}"), format_args!("{lower}")));
    }
}

#[test]
fn it_comes_up_and_shows_what_it_is_told() {
    let mut bench = Bench::new();
    bench.show("1222 °C", "Firing");
    bench.pass(Millis::new(49));
    assert_eq!((bench.chip.transfers(), bench.lcd.is_up_to_date()), (0, false), "it is left to wake up");
    bench.pass(Millis::new(120));
    assert_eq!(bench.chip.seen(), "1222 °C         |Firing          ");
    assert!(bench.lcd.is_up_to_date());
    let before = bench.chip.transfers();
    bench.pass(Millis::new(500));
    assert_eq!(bench.chip.transfers(), before, "what is shown is not sent again");
    bench.show("1223 °C", "Firing");
    bench.pass(Millis::new(10));
    assert_eq!(bench.chip.seen(), "1223 °C         |Firing          ");
    assert_eq!(bench.chip.transfers(), before + 2, "the cursor and one character");
}

/// Noise puts the display out of step: every character is wrong until it is brought up anew.
#[test]
fn a_display_out_of_step_comes_right_by_itself() {
    for losses in 1..4 {
        let mut bench = Bench::new();
        bench.show("Émail 6", "cône ~ \\");
        bench.pass(Millis::new(200));
        (0..losses).for_each(|_| bench.chip.lose_step());
        bench.show("Glaze 6", "step 2/5");
        bench.pass(Millis::from_seconds(301));
        assert_eq!(bench.chip.seen(), "Glaze 6         |step 2/5        ", "{losses}");
    }
}

/// Every transfer may be the one from which on all fail: it is tried three times, then left alone, then comes back.
#[test]
fn a_display_that_fails_is_left_alone_and_comes_back() {
    for good in 0..27 {
        let mut bench = Bench::new();
        bench.show("0123456789", "abcdef");
        bench.chip.fail_after(Some(good));
        bench.pass(Millis::from_seconds(4));
        assert!(bench.lcd.is_resting(), "after {good}");
        let before = bench.chip.transfers();
        assert!(before <= good + 3, "after {good}: {before}");
        bench.pass(Millis::from_seconds(50));
        assert_eq!(bench.chip.transfers(), before, "after {good}");
        bench.pass(Millis::from_seconds(120));
        assert!(bench.chip.transfers() <= before + 3, "after {good}: one try a minute");
        bench.chip.fail_after(None);
        bench.pass(Millis::from_seconds(62));
        assert_eq!(bench.chip.seen(), "0123456789      |abcdef          ", "after {good}");
        assert!(!bench.lcd.is_resting());
    }
}

#[test]
fn a_display_that_is_not_there_costs_a_transfer_a_minute() {
    let mut bench = Bench::new();
    bench.chip.fail_after(Some(0));
    bench.pass(Millis::from_minutes(60));
    assert!((60..=65).contains(&bench.chip.transfers()), "{}", bench.chip.transfers());
}

fn check(page: Page<'_>, expected: &str) {
    assert_eq!(format!("{:?}", page.lines()), format!("[{expected}]"));
}

#[test]
fn pages_say_what_there_is_to_say() {
    let at = |value: f64| Celsius::new(value);
    check(Page::Now(at(1222.4), Phase::Running), "1222 °C         |Firing          ");
    check(Page::Now(at(-0.2), Phase::Idle), "0 °C            |Idle            ");
    check(Page::Now(at(-12.6), Phase::Tuning), "-13 °C          |Tuning          ");
    check(Page::Now(None, Phase::Error), "--- °C          |Stopped: fault  ");
    check(Page::Now(at(80.0), Phase::Complete), "80 °C           |Complete        ");
    let left = Some(Millis::new(3 * 3_600_000 + 4 * 60_000 + 1));
    check(Page::Plan(at(1000.0), 2, 5, left), "to 1000 °C      |step 2/5 3:05   ");
    check(Page::Plan(None, 32, 32, None), "to --- °C       |step 32/32 --:--");
    check(Page::Plan(None, 1, 1, Some(Millis::from_hours(9999))), "to --- °C       |step 1/1 999:59 ");
    check(Page::Address("192.168.178.201"), "Open in browser:|192.168.178.201 ");
    check(Page::Passphrase("clay-ash-1250"), "Wi-Fi password: |clay-ash-1250   ");
    check(Page::Passphrase("correct horse battery"), "correct horse ba|ttery           ");
    check(Page::Pairing("481 516"), "Pairing code:   |481 516         ");
    check(Page::Fault(Kind::OverTemperature, at(1310.0)), "K-01 TOO HOT    |1310 °C         ");
    check(Page::Fault(Kind::RelayWelded, None), "K-22 PULL PLUG  |--- °C          ");
}

#[test]
fn every_fault_has_two_plain_words_of_its_own_that_fit() {
    for kind in Kind::ALL {
        let words = plain(kind);
        assert!(kind.code().len() + 1 + words.len() <= 16, "{kind:?}: {words}");
        assert!(words.chars().all(|c| c.is_ascii_uppercase() || c == ' '), "{kind:?}: {words}");
        assert_eq!(words.split(' ').count(), 2, "{kind:?}: {words}");
        assert_eq!(Kind::ALL.iter().filter(|other| plain(**other) == words).count(), 1, "{words}");
    }
}

#[test]
fn every_page_has_its_turn() {
    let bare = Display {
        at: None,
        phase: Phase::Idle,
        target: None,
        step: None,
        left: None,
        address: None,
        passphrase: None,
        pairing: None,
        fault: None,
    };
    let now = Page::Now(None, Phase::Idle);
    let fault = Page::Fault(Kind::LidOpen, None);
    let full = Display { step: Some((1, 3)), address: Some("kiln.local"), passphrase: Some("ash"), ..bare };
    let turns = [now, Page::Plan(None, 1, 3, None), Page::Passphrase("ash"), Page::Address("kiln.local")];
    for (turn, page) in turns.into_iter().enumerate() {
        assert_eq!((full.page(turn), full.page(turn + 4)), (page, page));
        let faulty = Display { fault: Some(Kind::LidOpen), ..full };
        assert_eq!([faulty.page(2 * turn), faulty.page(2 * turn + 1)], [fault, page]);
        assert_eq!(bare.page(turn), now);
        let pairing = Display { pairing: Some("12"), ..faulty };
        assert_eq!([pairing.page(2 * turn), pairing.page(2 * turn + 1)], [fault, Page::Pairing("12")]);
        assert_eq!(full.page(usize::MAX - 3 + turn), page, "the turns wrap");
    }
}

#[test]
fn characters_are_those_of_the_display() {
    for (character, byte) in
        [('A', b'A'), ('°', 0xDF), ('é', b'e'), ('Ö', b'O'), ('ß', b's'), ('~', b'-'), ('\\', b'/')]
    {
        assert_eq!(glyph(character), byte, "{character}");
    }
    for character in (0..0x2_0000).filter_map(char::from_u32) {
        let byte = glyph(character);
        assert!((b' '..=b'}').contains(&byte) || byte == 0xDF, "{character:?}");
        assert!(byte != b'\\', "{character:?}");
    }
    let cut = Lines::new(format_args!("{}", "é".repeat(40)), format_args!("1\n2"));
    assert_eq!(format!("{cut:?}"), format!("[{}|1?2             ]", "e".repeat(16)));
    assert_eq!(cut.rows().first().map(|row| row.len()), Some(16));
}
