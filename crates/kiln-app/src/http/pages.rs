//! What is served as the page, and what it computes with.
//!
//! Bytes that were made before: by the build of `app/`, or the small page that is always there. Whoever starts the
//! service chooses; nothing is read or packed here.

use super::answer::{Content, Note, Told};
use kiln_wire::ask::Etag;
use kiln_wire::bounded::Label;

/// The page that is always there.
const SMALL: &str = include_str!("page.html");

/// What the small page may do: its own script and style, known by their SHA-256, and ask this kiln. A test says what the
/// digests should be when the page has changed.
const SMALL_POLICY: &str = "default-src 'none'; script-src 'sha256-qjpdgU8wHY2/LMr1PUDH+rNfWoMMlGsDvdgkol7S0es='; \
                            style-src 'sha256-chWXO1wqVgRxxvdlDPV7dr4leIbUWkQRs8wufLAVOH8='; \
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
    use sha2::{Digest as _, Sha256};

    /// What stands between a tag and its end.
    fn within<'a>(page: &'a str, tag: &str) -> &'a str {
        let (_, rest) = page.split_once(&std::format!("<{tag}>")).unwrap();
        rest.split_once(&std::format!("</{tag}>")).unwrap().0
    }

    /// A digest as a policy names it: base64, RFC 4648 section 4; 32 bytes end with one `=`.
    fn named(text: &str) -> std::string::String {
        const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let digest = Sha256::digest(text);
        let bits = digest.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1));
        let bits: std::vec::Vec<u8> = bits.chain([0, 0]).collect();
        let six = bits.chunks(6).map(|six| six.iter().fold(0, |sum, bit| sum << 1 | usize::from(*bit)));
        std::format!("'sha256-{}='", six.map(|value| char::from(DIGITS[value])).collect::<std::string::String>())
    }

    #[test]
    fn the_policy_names_the_script_and_the_style_of_the_small_page() {
        for (source, tag) in [("script-src", "script"), ("style-src", "style")] {
            let wanted = std::format!("{source} {};", named(within(SMALL, tag)));
            assert!(SMALL_POLICY.contains(&wanted), "{wanted}");
        }
        assert!(!SMALL_POLICY.contains("unsafe"));
    }

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
