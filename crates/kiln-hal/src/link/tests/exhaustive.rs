//! Every order in which two cores can see each other's words (loom), on small blocks of the same code.
//!
//! Run by `cargo xtask test link`. With `--cfg planted_link_ordering` the announcement of a finished block is not
//! ordered after its words, and these tests must fail.
//!
//! loom 0.7.2 remembers one access a word: where a core reads a word that only it writes and then writes it, an earlier
//! read by the other core is forgotten, and with it the orders it stands for. The ends of the link keep their own counts
//! for that reason, too, and every test says how many orders there must be at least.

use super::super::beats::{Beats, Heard, Roster, Task};
use super::super::block::{Block, Seen};
use super::super::queue::{Full, Queue, Taken};
use super::super::urgent::{Call, Called};
use super::super::words::{Meaning, Packed, Sink, Source};
use kiln_core::command::CommandId;
use loom::sync::Arc;
use loom::thread;
use std::sync::atomic::{AtomicU32, Ordering};

/// A value whose words belong together: the second is ten times the first.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Pair(u32);

impl Packed for Pair {
    const WORDS: usize = 2;

    fn pack(&self, to: &mut impl Sink) {
        to.put(self.0);
        to.put(self.0 * 10);
    }

    /// Takes any two words: what was torn must be seen by the block, not by luck.
    fn unpack(from: &mut impl Source) -> Option<Self> {
        let (one, ten) = (from.word(Meaning::Any)?, from.word(Meaning::Any)?);
        Some(Self(if ten == one.wrapping_mul(10) { one } else { u32::MAX }))
    }
}

/// Tries every order; there must be at least so many, or the test has seen nothing.
fn every_order(name: &str, least: u32, work: impl Fn() + Sync + Send + 'static) {
    let orders = std::sync::Arc::new(AtomicU32::new(0));
    let counted = orders.clone();
    loom::model(move || {
        counted.fetch_add(1, Ordering::Relaxed);
        work();
    });
    let orders = orders.load(Ordering::Relaxed);
    std::println!("link, {name}: {orders} orders");
    assert!(orders >= least, "{name}: {orders} orders, expected at least {least}");
}

#[test]
fn a_block_is_seen_whole_and_never_an_older_after_a_newer() {
    every_order("two values, two looks", 1000, || {
        let block = Arc::new(Block::<2>::new());
        let writer = {
            let block = block.clone();
            thread::spawn(move || {
                let mut last = 0;
                block.publish(&mut last, &Pair(1));
                block.publish(&mut last, &Pair(2));
            })
        };
        let mut last = 0;
        for _ in 0..2 {
            match block.look::<Pair>() {
                Seen::Whole(Pair(value)) => {
                    assert!((1..=2).contains(&value) && value >= last, "{value} after {last}");
                    last = value;
                }
                Seen::Nothing => assert_eq!(last, 0, "nothing after something"),
                Seen::Busy => {}
                Seen::Damaged => panic!("announced before it was whole"),
            }
        }
        writer.join().expect("the writer");
        assert_eq!(block.look::<Pair>(), Seen::Whole(Pair(2)));
    });
}

#[test]
fn two_readers_each_see_whole_blocks() {
    every_order("one value, two readers", 20, || {
        let block = Arc::new(Block::<2>::new());
        let look = |block: &Block<2>| {
            let seen = block.look::<Pair>();
            assert!(matches!(seen, Seen::Nothing | Seen::Busy | Seen::Whole(Pair(1))), "{seen:?}");
        };
        let reader = {
            let block = block.clone();
            thread::spawn(move || look(&block))
        };
        let writer = {
            let block = block.clone();
            thread::spawn(move || block.publish(&mut 0, &Pair(1)))
        };
        look(&block);
        reader.join().expect("the reader");
        writer.join().expect("the writer");
    });
}

#[test]
fn what_is_put_in_comes_out_once_in_order_and_whole() {
    every_order("two put in, two looks", 20, || {
        let queue = Arc::new(Queue::<2, 2>::new());
        let producer = {
            let queue = queue.clone();
            thread::spawn(move || {
                let mut count = 0;
                assert_eq!(queue.put(&mut count, &Pair(1)), Ok(()));
                assert_eq!(queue.put(&mut count, &Pair(2)), Ok(()));
            })
        };
        let mut taken = 0;
        let mut take = || match queue.take::<Pair>(&mut taken) {
            Taken::Whole(number, Pair(value)) => {
                assert_eq!(number + 1, value);
                true
            }
            Taken::Nothing => false,
            Taken::Damaged(_) => panic!("announced before it was whole"),
        };
        for _ in 0..2 {
            take();
        }
        producer.join().expect("the producer");
        while take() {}
        assert_eq!(taken, 2, "what was put in came out");
    });
}

/// One slot for three values: each slot is used again while the other end may still be reading.
#[test]
fn a_slot_is_not_used_again_before_it_was_read() {
    every_order("one slot, three tries to put, three looks", 100, || {
        let queue = Arc::new(Queue::<1, 2>::new());
        let producer = {
            let queue = queue.clone();
            thread::spawn(move || {
                let mut count = 0;
                for _ in 0..3 {
                    let value = Pair(count + 1);
                    let full = queue.put(&mut count, &value) == Err(Full);
                    assert!(!full || count > 0, "an empty one is not full");
                }
                count
            })
        };
        let mut taken = 0;
        let mut take = || match queue.take::<Pair>(&mut taken) {
            Taken::Whole(number, Pair(value)) => {
                assert_eq!(number + 1, value);
                true
            }
            Taken::Nothing => false,
            Taken::Damaged(_) => panic!("announced before it was whole, or used again before it was read"),
        };
        for _ in 0..3 {
            take();
        }
        let count = producer.join().expect("the producer");
        while take() {}
        assert_eq!(taken, count, "what was put in came out");
    });
}

#[test]
fn a_call_is_answered_and_its_particulars_are_its_own() {
    every_order("two calls, two looks", 100, || {
        let call = Arc::new(Call::new());
        let caller = {
            let call = call.clone();
            thread::spawn(move || {
                let mut made = 0;
                call.make(&mut made, CommandId(7), 70);
                call.make(&mut made, CommandId(8), 80);
            })
        };
        let (mut answered, mut answers) = (0, 0);
        for _ in 0..2 {
            if let Some(called) = call.answer(&mut answered) {
                answers += 1;
                // Without particulars: read while the second call was being made, which is still to come.
                assert!(called.after.is_none_or(|after| after == called.id.0 * 10), "{called:?}");
                assert!(called.after.is_some() || answered == 1, "nobody is calling any more");
            }
        }
        caller.join().expect("the caller");
        let last = call.answer(&mut answered);
        assert!(answers > 0 || last.is_some(), "not answered at all");
        assert!(last.is_none_or(|called| called == Called { id: CommandId(8), after: Some(80) }), "{last:?}");
        assert_eq!((call.answered(), call.answer(&mut answered)), (2, None));
    });
}

/// A stop asked after a request: what the stop follows is there to be dropped, in every order.
#[test]
fn a_request_asked_before_a_stop_is_seen_with_it() {
    every_order("a request, then a call", 5, || {
        let both = Arc::new((Queue::<2, 2>::new(), Call::new()));
        let app = {
            let both = both.clone();
            thread::spawn(move || {
                let mut asked = 0;
                assert_eq!(both.0.put(&mut asked, &Pair(1)), Ok(()));
                both.1.make(&mut 0, CommandId(7), asked);
            })
        };
        let mut answered = 0;
        if let Some(called) = both.1.answer(&mut answered) {
            assert_eq!(called, Called { id: CommandId(7), after: Some(1) });
            assert_eq!(both.0.take(&mut 0), Taken::Whole(0, Pair(1)));
        }
        app.join().expect("the application");
        assert!(answered == 1 || both.1.answer(&mut answered).is_some());
    });
}

#[test]
fn a_turn_is_counted_only_when_all_have_finished() {
    every_order("two tasks", 5, || {
        let beats = Arc::new(Beats::new());
        let [one, two] = [0, 1].map(|number| Task::new(number).expect("there are more"));
        let app = {
            let beats = beats.clone();
            thread::spawn(move || {
                let pulses = [one, two].map(|task| beats.pulse(task).expect("there are more"));
                beats.enrol(Roster::EMPTY.with(one).with(two));
                for mut pulse in pulses {
                    pulse.beat();
                }
            })
        };
        let mut heard = Heard::default();
        let turns = [0; 2].map(|_| u32::from(heard.whole_turn(beats.roster(), &beats)));
        app.join().expect("the application");
        let last = u32::from(heard.whole_turn(beats.roster(), &beats));
        assert_eq!(turns.iter().sum::<u32>() + last, 1, "once, and not before both had finished");
    });
}
