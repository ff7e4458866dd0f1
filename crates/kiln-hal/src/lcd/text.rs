//! Two lines of sixteen characters, in the display's own character set.

use core::fmt;

/// Characters in a line.
pub const COLUMNS: usize = 16;
/// Lines.
pub const ROWS: usize = 2;

/// What a display shows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Lines([[u8; COLUMNS]; ROWS]);

impl Lines {
    /// Nothing.
    pub const BLANK: Self = Self([[b' '; COLUMNS]; ROWS]);

    /// Two texts; what does not fit in a line is cut off.
    pub fn new(upper: fmt::Arguments<'_>, lower: fmt::Arguments<'_>) -> Self {
        Self([line(upper), line(lower)])
    }

    /// The lines as the display gets them.
    pub const fn rows(&self) -> &[[u8; COLUMNS]; ROWS] {
        &self.0
    }

    /// The first place where `wanted` has another character, and that character.
    pub(super) fn first_change(&self, wanted: &Self) -> Option<(usize, usize, u8)> {
        let rows = self.0.iter().zip(&wanted.0).enumerate();
        let mut places = rows.flat_map(|(row, (is, wants))| {
            is.iter().zip(wants).enumerate().map(move |(column, (is, wants))| (row, column, *is, *wants))
        });
        places.find(|(_, _, is, wants)| is != wants).map(|(row, column, _, wants)| (row, column, wants))
    }

    pub(super) fn put(&mut self, row: usize, column: usize, byte: u8) {
        if let Some(place) = self.0.get_mut(row).and_then(|row| row.get_mut(column)) {
            *place = byte;
        }
    }
}

/// As a person sees it, a degree sign as a degree sign.
impl fmt::Debug for Lines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (row, bytes) in self.0.iter().enumerate() {
            f.write_str(if row == 0 { "[" } else { "|" })?;
            for byte in bytes {
                fmt::Write::write_char(f, if *byte == DEGREE { '°' } else { char::from(*byte) })?;
            }
        }
        f.write_str("]")
    }
}

/// The degree sign of the A00 character set.
const DEGREE: u8 = 0xDF;

/// A line being filled; what comes after its end is dropped.
struct Line {
    bytes: [u8; COLUMNS],
    used: usize,
}

impl fmt::Write for Line {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for character in text.chars() {
            if let Some(place) = self.bytes.get_mut(self.used) {
                *place = glyph(character);
                self.used += 1;
            }
        }
        Ok(())
    }
}

fn line(text: fmt::Arguments<'_>) -> [u8; COLUMNS] {
    let mut line = Line { bytes: [b' '; COLUMNS], used: 0 };
    // Filling a line never fails; an argument that cannot be written ends it where it is.
    if fmt::write(&mut line, text).is_err() {
        line.used = COLUMNS;
    }
    line.bytes
}

/// A character in the A00 character set of the display (the Japanese one, which most of them have).
///
/// ASCII but for the backslash and the tilde, which A00 has not; the degree sign; letters without their accents; a
/// question mark for everything else.
pub const fn glyph(character: char) -> u8 {
    match character {
        '\\' => b'/',
        '~' => b'-',
        #[expect(clippy::as_conversions, reason = "ASCII is one byte")]
        ' '..='}' => character as u8,
        '°' => DEGREE,
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => b'a',
        'À' | 'Á' | 'Â' | 'Ã' | 'Ä' | 'Å' => b'A',
        'ç' => b'c',
        'Ç' => b'C',
        'è' | 'é' | 'ê' | 'ë' => b'e',
        'È' | 'É' | 'Ê' | 'Ë' => b'E',
        'ì' | 'í' | 'î' | 'ï' => b'i',
        'Ì' | 'Í' | 'Î' | 'Ï' => b'I',
        'ñ' => b'n',
        'Ñ' => b'N',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => b'o',
        'Ò' | 'Ó' | 'Ô' | 'Õ' | 'Ö' | 'Ø' => b'O',
        'ù' | 'ú' | 'û' | 'ü' => b'u',
        'Ù' | 'Ú' | 'Û' | 'Ü' => b'U',
        'ý' | 'ÿ' => b'y',
        'ß' => b's',
        _ => b'?',
    }
}
