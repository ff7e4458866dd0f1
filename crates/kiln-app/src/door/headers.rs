//! The headers that decide, each there once or not at all.

/// One header of a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Field<'a> {
    /// It is not there.
    #[default]
    Absent,
    /// It is there once; without the white space around it.
    Once(&'a str),
    /// It is there more than once, or holds something other than printable ASCII.
    Malformed,
}

impl<'a> Field<'a> {
    /// Takes one more occurrence of the header.
    pub fn note(&mut self, value: &'a [u8]) {
        let text = core::str::from_utf8(value).ok().map(|text| text.trim_matches([' ', '\t']));
        let plain = text.filter(|text| text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\t')));
        *self = match (*self, plain) {
            (Self::Absent, Some(text)) => Self::Once(text),
            (Self::Absent | Self::Once(_) | Self::Malformed, _) => Self::Malformed,
        };
    }

    /// Whether it is there, however badly.
    pub fn is_present(self) -> bool {
        self != Self::Absent
    }
}

/// The headers of a request that the door reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Headers<'a> {
    /// `Host`.
    pub host: Field<'a>,
    /// `Origin`.
    pub origin: Field<'a>,
    /// `Sec-Fetch-Site`.
    pub sec_fetch_site: Field<'a>,
    /// `Content-Type`.
    pub content_type: Field<'a>,
    /// `Authorization`.
    pub authorization: Field<'a>,
    /// `X-Kiln`: the word `stop`.
    pub x_kiln: Field<'a>,
    /// `X-Kiln-Code`: the code from the display or the console.
    pub x_kiln_code: Field<'a>,
}

impl<'a> Headers<'a> {
    /// Takes one header of the request, in any order; those the door does not read are passed over.
    pub fn note(&mut self, name: &str, value: &'a [u8]) {
        let field = match () {
            () if name.eq_ignore_ascii_case("host") => &mut self.host,
            () if name.eq_ignore_ascii_case("origin") => &mut self.origin,
            () if name.eq_ignore_ascii_case("sec-fetch-site") => &mut self.sec_fetch_site,
            () if name.eq_ignore_ascii_case("content-type") => &mut self.content_type,
            () if name.eq_ignore_ascii_case("authorization") => &mut self.authorization,
            () if name.eq_ignore_ascii_case("x-kiln") => &mut self.x_kiln,
            () if name.eq_ignore_ascii_case("x-kiln-code") => &mut self.x_kiln_code,
            () => return,
        };
        field.note(value);
    }
}
