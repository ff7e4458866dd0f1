//! One question to a time server and its answer (RFC 5905, the client of section 14, called SNTP).
//!
//! The question carries a random number in place of our time, which the answer must repeat: whoever did not see the
//! question cannot answer it, and nobody learns what time we think it is. Whether an answer is believed is decided in
//! [`clock`](super::clock).

use kiln_core::units::{Instant, Millis, WallClock};

/// The port of a time server.
pub const PORT: u16 = 123;
/// Bytes of a question, and the least of an answer.
pub const BYTES: usize = 48;
/// How long an answer is waited for.
pub const WAIT: Millis = Millis::from_seconds(5);

/// No warning, version 4, client.
const ASKED: u8 = 0b00_100_011;
/// Seconds from the time server's epoch, 1900, to that of Unix, 1970 (RFC 5905, figure 4).
const EPOCHS_APART: u64 = 2_208_988_800;
/// Seconds of one era of the time server's clock: the first ends in 2036.
const ERA: u64 = 1 << 32;

/// Why an answer says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoTime {
    /// It is not the answer to this question, or no answer at all.
    NotAnAnswer,
    /// The server does not know the time, or does not want to be asked.
    Unsynchronised,
}

/// A question that was sent.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    number: u64,
    sent: Instant,
}

impl Question {
    /// A question with this random number, sent now.
    pub const fn new(number: u64, now: Instant) -> Self {
        Self { number, sent: now }
    }

    /// The datagram.
    pub fn bytes(&self) -> [u8; BYTES] {
        let mut bytes = [0; BYTES];
        if let Some(first) = bytes.first_mut() {
            *first = ASKED;
        }
        if let Some(transmit) = bytes.last_chunk_mut::<8>() {
            *transmit = self.number.to_be_bytes();
        }
        bytes
    }

    /// The time of day at `now` by this answer, and how long the answer took. Half of that is taken for its way here.
    ///
    /// # Errors
    /// [`NoTime`].
    pub fn answer(&self, datagram: &[u8], now: Instant) -> Result<(WallClock, Millis), NoTime> {
        let (head, rest) = datagram.split_first_chunk::<24>().ok_or(NoTime::NotAnAnswer)?;
        let (originate, rest) = rest.split_first_chunk::<8>().ok_or(NoTime::NotAnAnswer)?;
        let (_receive, rest) = rest.split_first_chunk::<8>().ok_or(NoTime::NotAnAnswer)?;
        let transmit = rest.first_chunk::<8>().ok_or(NoTime::NotAnAnswer)?;
        let [flags, stratum, ..] = *head;
        let (leap, version, mode) = (flags >> 6, (flags >> 3) & 7, flags & 7);
        if mode != 4 || !(3..=4).contains(&version) || u64::from_be_bytes(*originate) != self.number {
            return Err(NoTime::NotAnAnswer);
        }
        // Stratum 0 is a kiss of death (RFC 5905, 7.4), 16 and more are not synchronised.
        if leap == 3 || !(1..=15).contains(&stratum) || *transmit == [0; 8] {
            return Err(NoTime::Unsynchronised);
        }
        let trip = now.since(self.sent);
        let wall = unix(u64::from_be_bytes(*transmit)).ok_or(NoTime::Unsynchronised)?;
        Ok((wall + Millis::new(trip.get() / 2), trip))
    }
}

/// A time stamp of 32.32 bits as Unix time. One whose first bit is clear is of the second era (RFC 4330, section 3).
fn unix(stamp: u64) -> Option<WallClock> {
    let (seconds, fraction) = (stamp >> 32, stamp & u64::from(u32::MAX));
    let since_1900 = if seconds >= ERA / 2 { seconds } else { seconds + ERA };
    let millis = (fraction * 1000) >> 32;
    let since_1970 = since_1900.checked_sub(EPOCHS_APART)?;
    Some(WallClock::from_unix_millis(since_1970 * 1000 + millis))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NUMBER: u64 = 0x0123_4567_89ab_cdef;

    /// The answer of a server that says `seconds` since 1900 and a half.
    fn answer(flags: u8, stratum: u8, number: u64, seconds: u32) -> [u8; BYTES] {
        let mut bytes = [0; BYTES];
        bytes[0] = flags;
        bytes[1] = stratum;
        bytes[24..32].copy_from_slice(&number.to_be_bytes());
        bytes[40..44].copy_from_slice(&seconds.to_be_bytes());
        bytes[44] = if seconds == 0 { 0 } else { 0x80 };
        bytes
    }

    fn check(datagram: &[u8], expected: Result<u64, NoTime>) {
        let question = Question::new(NUMBER, Instant::from_millis(1000));
        let found = question.answer(datagram, Instant::from_millis(1100));
        assert_eq!(found, expected.map(|unix| (WallClock::from_unix_millis(unix), Millis::new(100))), "{datagram:?}");
    }

    #[test]
    fn only_the_answer_to_the_question_tells_the_time() {
        // 2026-11-30 00:00:00 UTC is 1,795,996,800 of Unix time, 4,004,985,600 of the server's.
        let good = answer(0x24, 2, NUMBER, 4_004_985_600);
        check(&good, Ok(1_795_996_800_550));
        check(&[&good[..], &[7; 20]].concat(), Ok(1_795_996_800_550));
        check(&answer(0x1c, 15, NUMBER, 4_004_985_600), Ok(1_795_996_800_550));
        for (flags, stratum, number, seconds, why) in [
            (0x24, 2, NUMBER + 1, 4_004_985_600, NoTime::NotAnAnswer),
            (0x23, 2, NUMBER, 4_004_985_600, NoTime::NotAnAnswer),
            (0x14, 2, NUMBER, 4_004_985_600, NoTime::NotAnAnswer),
            (0xe4, 2, NUMBER, 4_004_985_600, NoTime::Unsynchronised),
            (0x24, 0, NUMBER, 4_004_985_600, NoTime::Unsynchronised),
            (0x24, 16, NUMBER, 4_004_985_600, NoTime::Unsynchronised),
            (0x24, 2, NUMBER, 0, NoTime::Unsynchronised),
        ] {
            check(&answer(flags, stratum, number, seconds), Err(why));
        }
        for cut in 0..BYTES {
            check(&good[..cut], Err(NoTime::NotAnAnswer));
        }
    }

    #[test]
    fn the_second_era_begins_in_2036() {
        // 2036-02-07 06:28:16 UTC.
        assert_eq!(unix(1 << 32), Some(WallClock::from_unix_millis(2_085_978_497_000)));
        assert_eq!(unix(u64::from(u32::MAX) << 32), Some(WallClock::from_unix_millis(2_085_978_495_000)));
    }

    #[test]
    fn a_question_shows_nothing_but_its_number() {
        let bytes = Question::new(NUMBER, Instant::from_millis(0)).bytes();
        assert_eq!((bytes[0], &bytes[40..]), (0x23, &NUMBER.to_be_bytes()[..]));
        assert!(bytes[1..40].iter().all(|byte| *byte == 0));
    }
}
