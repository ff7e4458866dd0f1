//! What the radio's own processor is told of the board it is on: crystal, antenna, power amplifier.
//!
//! Data of the radio's maker for its module on the Pico W and Pico 2 W, as cyw43 0.6.0 carries it (`src/nvram.rs`, MIT or
//! Apache-2.0, from the Pico SDK); later versions leave it to whoever uses them. The addresses in it are placeholders: the
//! radio has its own.

use cyw43::{A4, Aligned};

/// Bytes of the table, a multiple of four.
const BYTES: usize = 744;

/// The table: a text for each key, each ended by a zero, and a zero at the end.
pub(super) static NVRAM: Aligned<A4, [u8; BYTES]> = Aligned(padded(TEXT.as_bytes()));

const TEXT: &str = "\
    NVRAMRev=$Rev$\0\
    manfid=0x2d0\0\
    prodid=0x0727\0\
    vendid=0x14e4\0\
    devid=0x43e2\0\
    boardtype=0x0887\0\
    boardrev=0x1100\0\
    boardnum=22\0\
    macaddr=00:A0:50:b5:59:5e\0\
    sromrev=11\0\
    boardflags=0x00404001\0\
    boardflags3=0x04000000\0\
    xtalfreq=37400\0\
    nocrc=1\0\
    ag0=255\0\
    aa2g=1\0\
    ccode=ALL\0\
    pa0itssit=0x20\0\
    extpagain2g=0\0\
    pa2ga0=-168,6649,-778\0\
    AvVmid_c0=0x0,0xc8\0\
    cckpwroffset0=5\0\
    maxp2ga0=84\0\
    txpwrbckof=6\0\
    cckbw202gpo=0\0\
    legofdmbw202gpo=0x66111111\0\
    mcsbw202gpo=0x77711111\0\
    propbw202gpo=0xdd\0\
    ofdmdigfilttype=18\0\
    ofdmdigfilttypebe=18\0\
    papdmode=1\0\
    papdvalidtest=1\0\
    pacalidx2g=45\0\
    papdepsoffset=-30\0\
    papdendidx=58\0\
    ltecxmux=0\0\
    ltecxpadnum=0x0102\0\
    ltecxfnsel=0x44\0\
    ltecxgcigpio=0x01\0\
    il0macaddr=00:90:4c:c5:12:38\0\
    wl0id=0x431b\0\
    deadman_to=0xffffffff\0\
    muxenab=0x100\0\
    spurconfig=0x3\0\
    glitch_based_crsmin=1\0\
    btc_mode=1\0\
    \0";

const fn padded(text: &[u8]) -> [u8; BYTES] {
    assert!(text.len() <= BYTES && text.len() + 4 > BYTES, "the room fits the table");
    let mut bytes = [0; BYTES];
    let mut at = 0;
    while at < text.len() {
        #[expect(clippy::indexing_slicing, reason = "in a constant, an index out of range does not compile")]
        {
            bytes[at] = text[at];
        }
        at += 1;
    }
    bytes
}
