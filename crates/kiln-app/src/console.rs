//! The console on the USB cable: a few words that somebody at the kiln types, and lines that say what happens.
//!
//! Every line that is sent begins with what it is, so that a program can read along: `log ` for a line of the
//! controller's own log, `kiln ` for an answer. Whoever types here has the cable in the kiln, and may be shown codes and
//! the passphrase of the set-up network. It changes nothing about a firing.

use core::fmt::{self, Write};

use kiln_core::units::Millis;

use crate::door::Purpose;
use crate::http::{Gate, Routes};
use crate::net::secrets::Secrets;
use crate::net::setup_ap;
use crate::service::Now;
use crate::store::{Flash, Ring};

/// The longest line that is taken, bytes; nothing that can be asked is longer.
const TYPED_LONGEST: usize = 32;
/// How a line of the controller's own log begins.
const LOG: &str = "log ";
/// The longest line of it, as it is sent.
const LINE_LONGEST: usize = Ring::LINE_LONGEST + LOG.len() + 2;
/// How an answer begins.
const ANSWER: &str = "kiln ";

/// What can be typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// What can be typed.
    Help,
    /// A code to pair an app with, or to do once what only somebody at the kiln may do.
    Code(Purpose),
    /// How the kiln can be reached.
    Network,
    /// What the kiln is doing.
    Status,
    /// To start the controller anew.
    Restart,
    /// Something else.
    Unknown,
}

/// Every word, what it asks for, and what that is.
const WORDS: [(&str, Wish, &str); 6] = [
    ("help", Wish::Help, "these words"),
    ("code", Wish::Code(Purpose::Pairing), "a code that pairs an app or a browser, good for two minutes"),
    ("local", Wish::Code(Purpose::Local), "a code for what only somebody at the kiln may change"),
    ("network", Wish::Network, "how the kiln can be reached, and the passphrase of its set-up network"),
    ("status", Wish::Status, "what the kiln is doing"),
    ("restart", Wish::Restart, "starts the controller anew, unless it fires or tunes"),
];

/// What has been typed of a line.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    line: heapless::String<TYPED_LONGEST>,
    too_long: bool,
}

impl Typed {
    /// Takes a byte; what is wanted, at the end of a line. Empty lines want nothing.
    pub fn take(&mut self, byte: u8) -> Option<Wish> {
        match byte {
            b'\r' | b'\n' => {
                let Self { line, too_long } = core::mem::take(self);
                let word = line.trim();
                let known = WORDS.iter().find(|(name, ..)| !too_long && word.eq_ignore_ascii_case(name));
                (too_long || !word.is_empty()).then(|| known.map_or(Wish::Unknown, |(_, wish, _)| *wish))
            }
            // Backspace and delete, as terminals send them.
            8 | 127 => {
                self.line.pop();
                None
            }
            b' '..=b'~' => {
                self.too_long |= self.line.push(char::from(byte)).is_err();
                None
            }
            _ => None,
        }
    }
}

/// Does what is wanted and says what came of it.
///
/// # Errors
/// `out` takes no more.
pub fn answer<F: Flash>(
    wish: Wish,
    gate: &Gate<Routes<'_, F>>,
    secrets: Option<&Secrets>,
    now: &Now,
    out: &mut dyn Write,
) -> fmt::Result {
    match wish {
        Wish::Help => WORDS.iter().try_for_each(|(word, _, what)| writeln!(Ends(out), "{ANSWER}{word:8} {what}")),
        Wish::Code(purpose) => code(gate, purpose, secrets.is_some(), now.real, out),
        Wish::Network => network(gate, secrets, out),
        Wish::Status => status(gate, now, out),
        Wish::Restart => match gate.application.borrow_mut().service().ask_restart(now) {
            Ok(()) => writeln!(Ends(out), "{ANSWER}starting anew"),
            Err(_) => writeln!(Ends(out), "{ANSWER}not while it fires or tunes"),
        },
        Wish::Unknown => writeln!(Ends(out), "{ANSWER}unknown word; \"help\" says which there are"),
    }
}

fn code<F: Flash>(
    gate: &Gate<Routes<'_, F>>,
    purpose: Purpose,
    random: bool,
    now: Millis,
    out: &mut dyn Write,
) -> fmt::Result {
    if !random {
        return writeln!(Ends(out), "{ANSWER}no code: the random number generator does not run");
    }
    let drawn = gate.application.borrow_mut().draw();
    match gate.show_code(purpose, now, drawn) {
        Ok(code) => writeln!(Ends(out), "{ANSWER}code {code}, good for two minutes"),
        Err(refusal) => writeln!(Ends(out), "{ANSWER}no code: {}", refusal.message()),
    }
}

fn network<F: Flash>(gate: &Gate<Routes<'_, F>>, secrets: Option<&Secrets>, out: &mut dyn Write) -> fmt::Result {
    let mut routes = gate.application.borrow_mut();
    let network = routes.service().network();
    let dash = "-";
    let ssid = network.ssid.as_ref().map_or(dash, |ssid| ssid.as_str());
    let address = network.address.as_ref().map_or(dash, |address| address.as_str());
    writeln!(Ends(out), "{ANSWER}wifi {:?}, network {ssid}, address {address}", network.wifi)?;
    writeln!(Ends(out), "{ANSWER}name {}.local, cable {}", network.name.as_str(), crate::net::usb::ADDRESS)?;
    let open = if network.setup_network { "open" } else { "closed" };
    match secrets {
        Some(secrets) => writeln!(
            Ends(out),
            "{ANSWER}set-up network {} ({open}), passphrase {}",
            setup_ap::SSID,
            secrets.passphrase.secret()
        ),
        None => writeln!(Ends(out), "{ANSWER}no set-up network: the random number generator does not run"),
    }
}

fn status<F: Flash>(gate: &Gate<Routes<'_, F>>, now: &Now, out: &mut dyn Write) -> fmt::Result {
    let mut routes = gate.application.borrow_mut();
    let Some(told) = routes.service().told() else {
        return writeln!(Ends(out), "{ANSWER}the control loop has not said anything yet");
    };
    write!(Ends(out), "{ANSWER}{:?}", told.phase)?;
    match &told.reading {
        Some(reading) => write!(Ends(out), ", {:.1} °C", reading.temperature.get())?,
        None => write!(Ends(out), ", no reading")?,
    }
    if let Some(target) = told.target {
        write!(Ends(out), ", target {:.1} °C", target.get())?;
    }
    if let Some(fault) = &told.fault {
        write!(Ends(out), ", {} {}", fault.kind().code(), fault.kind().meaning())?;
    }
    writeln!(Ends(out), ", heard {} ms ago", now.control.since(told.taken).get())
}

/// Lines of the controller's own log from a position on, each marked, as many as `out` takes, one piece each; the position
/// after them.
pub fn log_lines(ring: &Ring, from: u64, out: &mut dyn Write) -> u64 {
    let (mut at, lines) = ring.since(from);
    for line in lines.split_inclusive('\n') {
        let mut whole = heapless::String::<LINE_LONGEST>::new();
        let fits = line.ends_with('\n') && write!(whole, "{LOG}{}\r\n", line.trim_end()).is_ok();
        // A line that does not fit as a whole is not begun.
        if !fits || out.write_str(&whole).is_err() {
            break;
        }
        at = at.saturating_add(u64::try_from(line.len()).unwrap_or(u64::MAX));
    }
    at
}

/// Ends lines the way terminals want them.
struct Ends<'w>(&'w mut dyn Write);

impl Write for Ends<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let mut parts = text.split('\n');
        if let Some(first) = parts.next() {
            self.0.write_str(first)?;
        }
        parts.try_for_each(|part| {
            self.0.write_str("\r\n")?;
            self.0.write_str(part)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::String;
    use std::vec::Vec;

    fn typed(bytes: &[u8]) -> Vec<Wish> {
        let mut typed = Typed::default();
        bytes.iter().filter_map(|byte| typed.take(*byte)).collect()
    }

    #[test]
    fn words_are_taken_as_they_are_typed() {
        let pairing = Wish::Code(Purpose::Pairing);
        assert_eq!(typed(b"code\r\n\r\n HELP \nlocax\x08l\r"), [pairing, Wish::Help, Wish::Code(Purpose::Local)]);
        assert_eq!(typed(b"codes\nco de\n\x1b[Acode\n"), [Wish::Unknown, Wish::Unknown, Wish::Unknown]);
        let mut long = [b'x'; 200];
        long[199] = b'\n';
        assert_eq!(typed(&long), [Wish::Unknown]);
        assert_eq!(typed(&[0xff, 0, b'h', b'e', b'l', b'p', b'\n']), [Wish::Help]);
    }

    #[test]
    fn every_word_finds_its_wish() {
        for (word, wish, _) in WORDS {
            assert_eq!(typed(&[word.as_bytes(), b"\n"].concat()), [wish]);
            assert!(word.len() <= TYPED_LONGEST);
        }
    }

    #[test]
    fn lines_end_as_terminals_want_them() {
        let mut out = String::new();
        writeln!(Ends(&mut out), "a\nb").unwrap();
        assert_eq!(out, "a\r\nb\r\n");
    }
}
