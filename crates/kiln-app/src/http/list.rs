//! A document whose list is too long to be held: its frame first, its elements one by one, its end.
//!
//! The frame is the document itself with an empty list, so that its names are written in one room only. The list is the
//! document's last key: a test writes each.

use super::answer::Out;
use core::fmt::Write;
use serde::Serialize;

/// What ends such a document.
const END: &str = "]}";

/// Where a list has come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    opened: bool,
    /// Elements written.
    pub count: usize,
}

impl Listed {
    /// Writes the frame up to its empty list, if that has not been done; whether there was room.
    pub fn open<T: Serialize>(&mut self, frame: &T, out: &mut Out<'_>) -> bool {
        if self.opened {
            return true;
        }
        self.opened = out.json(frame);
        out.back_to(out.len().saturating_sub(END.len()));
        self.opened
    }

    /// Writes one element more; `false` when it has no room here, and nothing of it was written.
    pub fn element<T: Serialize>(&mut self, element: &T, out: &mut Out<'_>) -> bool {
        let before = out.len();
        let written = (self.count == 0 || out.write_str(",").is_ok()) && out.json(element);
        if written {
            self.count = self.count.saturating_add(1);
        } else {
            out.back_to(before);
        }
        written
    }

    /// Writes the end; whether there was room.
    pub fn close(&self, out: &mut Out<'_>) -> bool {
        let before = out.len();
        let written = out.write_str(END).is_ok();
        if !written {
            out.back_to(before);
        }
        written
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kiln_wire::bounded::List;
    use kiln_wire::records::{History, ProfileList, RunList, RunRows, TokenList};
    use kiln_wire::status::RunId;
    use std::string::String;

    #[test]
    fn every_list_is_the_last_key_of_its_document() {
        let none = List::<u8, 1>::default();
        let mut room = [0; 512];
        let history = History { run: None, started_ms: None, every_s: 1.0, logged_until_s: None, points: none.clone() };
        ends(&history, &mut room);
        ends(&ProfileList { profiles: none.clone() }, &mut room);
        ends(&RunList { runs: none.clone() }, &mut room);
        ends(&RunRows { id: RunId::cut("7"), points: none.clone() }, &mut room);
        ends(&TokenList { tokens: none.clone() }, &mut room);
    }

    fn ends<T: Serialize + core::fmt::Debug>(frame: &T, room: &mut [u8]) {
        let mut out = Out::new(room);
        assert!(out.json(frame), "{frame:?}");
        let end = out.len();
        assert!(room[..end].ends_with(b"[]}"), "{frame:?}");
    }

    #[test]
    fn a_list_in_pieces_is_the_list() {
        for room in [20, 21, 30, 200] {
            let (mut text, mut listed, mut given) = (String::new(), Listed::default(), 0_u8);
            for _ in 0..100 {
                let mut buffer = [0; 200];
                let mut out = Out::new(&mut buffer[..room]);
                let frame = ProfileList { profiles: List::<u8, 1>::default() };
                let mut full = !listed.open(&frame, &mut out);
                while !full && given < 50 {
                    full = !listed.element(&given, &mut out);
                    given += u8::from(!full);
                }
                let closed = !full && listed.close(&mut out);
                let end = out.len();
                text.push_str(core::str::from_utf8(&buffer[..end]).unwrap());
                if closed {
                    break;
                }
            }
            let numbers: std::vec::Vec<String> = (0..50).map(|n| std::format!("{n}")).collect();
            assert_eq!(text, std::format!("{{\"profiles\":[{}]}}", numbers.join(",")), "{room}");
        }
    }
}
