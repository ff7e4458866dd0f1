//! The DMA controller: sixteen channels that move words when somebody asks (RP2350 datasheet, 12.6).

/// Channels.
pub const CHANNELS: usize = 16;
/// Bits of CTRL.
const ENABLE: u32 = 1;
const BUSY: u32 = 1 << 26;
const QUIET: u32 = 1 << 23;
const ERRORS: u32 = 7 << 29;
/// A request that is always there.
pub const ALWAYS: u32 = 63;

/// One channel.
#[derive(Clone, Copy, Debug, Default)]
pub struct Channel {
    read: u32,
    write: u32,
    /// Transfers left, and those of the next start.
    left: u32,
    reload: u32,
    control: u32,
}

/// One transfer that a channel wants to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// From where.
    pub read: u32,
    /// To where.
    pub write: u32,
    /// Bytes: 1, 2 or 4.
    pub bytes: u32,
    /// Whether the bytes are turned round.
    pub swap: bool,
}

/// The block's registers.
#[derive(Clone, Debug, Default)]
pub struct Dma {
    channels: [Channel; CHANNELS],
    intr: u32,
    inte: [u32; 4],
    intf: [u32; 4],
    security: [u32; 32],
}

impl Channel {
    const fn active(&self) -> bool {
        self.control & BUSY != 0
    }

    /// Who paces it.
    pub const fn request(&self) -> u32 {
        self.control >> 17 & 63
    }

    const fn bytes(&self) -> u32 {
        1 << (self.control >> 2 & 3)
    }

    fn step(&self, address: u32, write: bool) -> u32 {
        let (up, down, ring_selected) = if write {
            (self.control >> 6 & 1, self.control >> 7 & 1, self.control >> 12 & 1 != 0)
        } else {
            (self.control >> 4 & 1, self.control >> 5 & 1, self.control >> 12 & 1 == 0)
        };
        let next = match (up, down) {
            (0, _) => address,
            (_, 0) => address.wrapping_add(self.bytes()),
            _ => address.wrapping_sub(self.bytes()),
        };
        let ring = self.control >> 8 & 15;
        if ring == 0 || !ring_selected {
            return next;
        }
        let mask = (1 << ring) - 1;
        address & !mask | next & mask
    }
}

impl Dma {
    /// Levels of the four interrupt lines.
    pub fn lines(&self) -> u32 {
        (0..4).map(|line| u32::from((self.intr | self.intf[line]) & self.inte[line] != 0) << line).sum()
    }

    /// Whether any channel runs.
    pub fn active(&self) -> bool {
        self.channels.iter().any(Channel::active)
    }

    /// The channel's next transfer, where it runs and its request is granted.
    pub fn wanted(&self, at: usize, granted: impl Fn(u32) -> bool) -> Option<Transfer> {
        let channel = &self.channels[at];
        (channel.active() && granted(channel.request())).then(|| Transfer {
            read: channel.read,
            write: channel.write,
            bytes: channel.bytes(),
            swap: channel.control >> 24 & 1 != 0,
        })
    }

    /// The transfer has been made.
    pub fn made(&mut self, at: usize) {
        let channel = &mut self.channels[at];
        channel.read = channel.step(channel.read, false);
        channel.write = channel.step(channel.write, true);
        channel.left = channel.left.saturating_sub(1);
        if channel.left > 0 {
            return;
        }
        channel.control &= !BUSY;
        if channel.control & QUIET == 0 {
            self.intr |= 1 << at;
        }
        let chained = (channel.control >> 13 & 15) as usize;
        if chained != at {
            self.start(chained);
        }
    }

    fn start(&mut self, at: usize) {
        let channel = &mut self.channels[at];
        if channel.control & ENABLE != 0 && channel.reload & 0x0FFF_FFFF != 0 {
            channel.left = channel.reload & 0x0FFF_FFFF;
            channel.control |= BUSY;
        }
    }

    /// Reads a register; `None` where there is none.
    pub fn load(&self, offset: u32) -> Option<u32> {
        if offset < 0x400 {
            let channel = &self.channels[(offset / 0x40) as usize];
            return Some(match offset & 0x3C {
                0x00 | 0x14 | 0x28 | 0x3C => channel.read,
                0x04 | 0x18 | 0x2C | 0x34 => channel.write,
                0x08 | 0x1C | 0x24 | 0x38 => channel.left,
                _ => channel.control,
            });
        }
        let line = (offset >> 4 & 3) as usize;
        Some(match offset {
            0x400 | 0x410 | 0x420 | 0x430 => self.intr,
            0x404 | 0x414 | 0x424 | 0x434 => self.inte[line],
            0x408 | 0x418 | 0x428 | 0x438 => self.intf[line],
            0x40C | 0x41C | 0x42C | 0x43C => (self.intr | self.intf[line]) & self.inte[line],
            // TIMERs, SNIFF, FIFO_LEVELS, CHAN_ABORT: aborts are over at once.
            0x440..=0x464 => 0,
            0x468 => CHANNELS as u32,
            0x480..=0x4FC => self.security[(offset as usize - 0x480) / 4],
            _ => return None,
        })
    }

    /// Writes a register; `None` where there is none, or for what the machine does not do.
    pub fn store(&mut self, offset: u32, value: u32) -> Option<()> {
        if offset < 0x400 {
            return self.store_channel(offset, value);
        }
        let line = (offset >> 4 & 3) as usize;
        match offset {
            0x400 | 0x410 | 0x420 | 0x430 | 0x40C | 0x41C | 0x42C | 0x43C => self.intr &= !value,
            0x404 | 0x414 | 0x424 | 0x434 => self.inte[line] = value & 0xFFFF,
            0x408 | 0x418 | 0x428 | 0x438 => self.intf[line] = value & 0xFFFF,
            0x440..=0x44C | 0x454 | 0x458 if value == 0 => {}
            0x450 => (0..CHANNELS).filter(|at| value >> at & 1 != 0).for_each(|at| self.start(at)),
            0x464 => {
                for channel in self.channels.iter_mut().enumerate().filter(|(at, _)| value >> at & 1 != 0) {
                    channel.1.control &= !BUSY;
                    channel.1.left = 0;
                }
            }
            0x480..=0x4FC => self.security[(offset as usize - 0x480) / 4] = value,
            _ => return None,
        }
        Some(())
    }

    fn store_channel(&mut self, offset: u32, value: u32) -> Option<()> {
        let at = (offset / 0x40) as usize;
        let channel = &mut self.channels[at];
        match offset & 0x3C {
            0x00 | 0x14 | 0x28 | 0x3C => channel.read = value,
            0x04 | 0x18 | 0x2C | 0x34 => channel.write = value,
            // Only ordinary counts: no endless ones and none that start themselves anew.
            0x08 | 0x1C | 0x24 | 0x38 if value >> 28 == 0 => channel.reload = value,
            0x0C | 0x10 | 0x20 | 0x30 if value & 1 << 25 == 0 => {
                let kept = channel.control & (BUSY | ERRORS) & !(value & ERRORS);
                channel.control = value & !(BUSY | ERRORS) | kept;
                if value & ENABLE == 0 {
                    channel.control &= !BUSY;
                }
            }
            _ => return None,
        }
        // The last register of each alias starts the channel.
        if offset & 0xC == 0xC {
            self.start(at);
        }
        Some(())
    }
}
