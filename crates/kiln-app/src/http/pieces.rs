//! The chunks of an answer whose length nobody knows beforehand (RFC 9112, section 7.1).

/// Bytes kept before a chunk for its length.
pub const CHUNK_ROOM: usize = 6;
/// Bytes kept after a chunk.
pub(super) const CHUNK_END: &[u8] = b"\r\n";
/// What follows the last chunk.
pub(super) const LAST_CHUNK: &[u8] = b"0\r\n\r\n";

/// Frames the chunk of `size` bytes that begins at [`CHUNK_ROOM`]; the frame's bytes. `None` when it is empty or has no
/// room for its frame.
pub(super) fn frame(room: &mut [u8], size: usize) -> Option<&[u8]> {
    let digits: [u8; 4] = hex(u16::try_from(size).ok().filter(|size| *size > 0)?);
    let (before, rest) = room.split_at_mut_checked(CHUNK_ROOM)?;
    let (first, end) = before.split_at_mut_checked(digits.len())?;
    first.copy_from_slice(&digits);
    end.copy_from_slice(CHUNK_END);
    rest.get_mut(size..size.checked_add(CHUNK_END.len())?)?.copy_from_slice(CHUNK_END);
    room.get(..CHUNK_ROOM + size + CHUNK_END.len())
}

fn hex(size: u16) -> [u8; 4] {
    [12, 8, 4, 0].map(|shift| {
        let [digit, _] = ((size >> shift) & 0xf).to_le_bytes();
        if digit < 10 { b'0' + digit } else { b'a' + digit - 10 }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chunk_says_its_length_and_ends() {
        let mut room = *b"......hello..";
        assert_eq!(frame(&mut room, 5), Some(&b"0005\r\nhello\r\n"[..]));
        for (size, fits) in [(0, false), (5, true), (6, false), (70_000, false)] {
            assert_eq!(frame(&mut room, size).is_some(), fits, "{size}");
        }
        assert_eq!(hex(0xabc9), *b"abc9");
    }
}
