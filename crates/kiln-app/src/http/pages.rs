//! What is served as the page, and what it computes with.
//!
//! Bytes that were made before: by the build of `app/`, or the small page that is always there. Whoever starts the
//! service chooses; nothing is read or packed here.

use super::answer::{Content, Note, Told};
use kiln_wire::ask::Etag;
use kiln_wire::bounded::Label;

/// The page that is always there.
const SMALL: &str = include_str!("page.html");

/// What the small page may do: its own script and style, and ask this kiln.
const SMALL_POLICY: &str = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; \
                            connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Bytes with what an answer says of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asset {
    /// The body.
    pub bytes: &'static [u8],
    /// What it is.
    pub content: Content,
    /// What it is known by, without quotes; another one with every change. `None`: it is sent anew each time.
    pub tag: Option<&'static str>,
    /// What the page may do, as a `Content-Security-Policy`; `None` for what is no page.
    pub policy: Option<&'static str>,
}

/// The page and what belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pages {
    /// `GET /`.
    pub page: Asset,
    /// `GET /main.js`: what the page needs for its first paint; `None` where it is in the page.
    pub main: Option<Asset>,
    /// `GET /rest.js`: the other screens, fetched after the first paint.
    pub rest: Option<Asset>,
    /// `GET /kiln.wasm`: what the page computes with, fetched when it is needed; `None` where the page needs none.
    pub compute: Option<Asset>,
}

impl Pages {
    /// The small page that is always there: watching, starting, stopping, pairing.
    pub const BUILT_IN: Self = Self {
        page: Asset { bytes: SMALL.as_bytes(), content: Content::Html, tag: None, policy: Some(SMALL_POLICY) },
        main: None,
        rest: None,
        compute: None,
    };
}

impl Asset {
    /// How the answer begins; for an asker that has it already, that it has not changed.
    pub(super) fn told(&self, has: impl FnOnce(&str) -> bool) -> Told {
        let etag: Option<Etag> = self.tag.map(Label::cut);
        let unchanged = etag.as_ref().is_some_and(|tag| has(tag.as_str()));
        let note = Note { etag, policy: if unchanged { None } else { self.policy }, ..Note::default() };
        if unchanged { Told { note, ..Told::empty(304) } } else { Told { note, ..Told::new(200, self.content) } }
    }
}

const _: () = assert!(SMALL.len() < 12 * 1024, "the built-in page stays small");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_has_it_is_told_so_and_gets_no_policy() {
        let asset = Asset { bytes: b"x", content: Content::PackedHtml, tag: Some("7"), policy: Some("p") };
        let new = asset.told(|_| false);
        assert_eq!((new.status, new.content, new.note.policy), (200, Some(Content::PackedHtml), Some("p")));
        let known = asset.told(|tag| tag == "7");
        assert_eq!((known.status, known.content, known.note.policy), (304, None, None));
        assert!(known.note.etag.is_some() && Pages::BUILT_IN.page.told(|_| true).status == 200);
    }
}
