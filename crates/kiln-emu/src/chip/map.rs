//! Where each block of the chip lies (RP2350 datasheet, 2.2), and which register of ACCESSCTRL guards it (10.6).

/// A block of the chip, as far as the machine has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the datasheet's own names")]
pub enum Block {
    SysInfo,
    SysCfg,
    Clocks,
    Psm,
    Resets,
    IoBank0,
    IoQspi,
    PadsBank0,
    PadsQspi,
    Xosc,
    PllSys,
    PllUsb,
    AccessCtrl,
    BusCtrl,
    Uart0,
    Uart1,
    Spi0,
    Spi1,
    I2c0,
    I2c1,
    Adc,
    Pwm,
    Timer0,
    Timer1,
    XipCtrl,
    Qmi,
    Watchdog,
    BootRam,
    Rosc,
    Trng,
    Sha256,
    PowMan,
    Ticks,
    Otp,
    OtpData,
    GlitchDetector,
    Dma,
    UsbDpram,
    Usb,
    Pio0,
    Pio1,
    Pio2,
    XipAux,
}

/// One row of the map.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The block.
    pub block: Block,
    /// Its name in the datasheet.
    pub name: &'static str,
    /// Its first address.
    pub base: u32,
    /// Bytes that it takes, aliases included.
    pub size: u32,
    /// Offset of its register in ACCESSCTRL; zero where none guards it.
    pub guard: u32,
    /// Its bit in RESETS; `None` where it has none.
    pub reset: Option<u32>,
}

const fn row(block: Block, name: &'static str, base: u32, guard: u32, reset: i32) -> Row {
    let reset = if reset < 0 { None } else { Some(reset as u32) };
    Row { block, name, base, size: 0x4000, guard, reset }
}

const fn wide(row: Row, size: u32) -> Row {
    Row { size, ..row }
}

/// All blocks, by address.
pub const MAP: &[Row] = &[
    row(Block::SysInfo, "SYSINFO", 0x4000_0000, 0xB8, -1),
    row(Block::SysCfg, "SYSCFG", 0x4000_8000, 0xBC, -1),
    row(Block::Clocks, "CLOCKS", 0x4001_0000, 0xC0, -1),
    row(Block::Psm, "PSM", 0x4001_8000, 0xDC, -1),
    row(Block::Resets, "RESETS", 0x4002_0000, 0x64, -1),
    row(Block::IoBank0, "IO_BANK0", 0x4002_8000, 0x68, 6),
    row(Block::IoQspi, "IO_QSPI", 0x4003_0000, 0x6C, 7),
    row(Block::PadsBank0, "PADS_BANK0", 0x4003_8000, 0x70, 9),
    row(Block::PadsQspi, "PADS_QSPI", 0x4004_0000, 0x74, 10),
    row(Block::Xosc, "XOSC", 0x4004_8000, 0xC4, -1),
    row(Block::PllSys, "PLL_SYS", 0x4005_0000, 0xCC, 14),
    row(Block::PllUsb, "PLL_USB", 0x4005_8000, 0xD0, 15),
    row(Block::AccessCtrl, "ACCESSCTRL", 0x4006_0000, 0, -1),
    row(Block::BusCtrl, "BUSCTRL", 0x4006_8000, 0x78, 1),
    row(Block::Uart0, "UART0", 0x4007_0000, 0xA8, 26),
    row(Block::Uart1, "UART1", 0x4007_8000, 0xAC, 27),
    row(Block::Spi0, "SPI0", 0x4008_0000, 0x90, 18),
    row(Block::Spi1, "SPI1", 0x4008_8000, 0x94, 19),
    row(Block::I2c0, "I2C0", 0x4009_0000, 0x84, 4),
    row(Block::I2c1, "I2C1", 0x4009_8000, 0x88, 5),
    row(Block::Adc, "ADC", 0x400A_0000, 0x80, 0),
    row(Block::Pwm, "PWM", 0x400A_8000, 0x8C, 16),
    row(Block::Timer0, "TIMER0", 0x400B_0000, 0x98, 23),
    row(Block::Timer1, "TIMER1", 0x400B_8000, 0x9C, 24),
    row(Block::XipCtrl, "XIP_CTRL", 0x400C_8000, 0xE4, -1),
    row(Block::Qmi, "QMI", 0x400D_0000, 0xE8, -1),
    row(Block::Watchdog, "WATCHDOG", 0x400D_8000, 0xD8, -1),
    row(Block::BootRam, "BOOTRAM", 0x400E_0000, 0, -1),
    row(Block::Rosc, "ROSC", 0x400E_8000, 0xC8, -1),
    row(Block::Trng, "TRNG", 0x400F_0000, 0xB4, 25),
    row(Block::Sha256, "SHA256", 0x400F_8000, 0xE0, 17),
    row(Block::PowMan, "POWMAN", 0x4010_0000, 0xB0, -1),
    row(Block::Ticks, "TICKS", 0x4010_8000, 0xD4, -1),
    row(Block::Otp, "OTP", 0x4012_0000, 0x5C, -1),
    wide(row(Block::OtpData, "OTP_DATA", 0x4013_0000, 0x5C, -1), 0x8000),
    row(Block::GlitchDetector, "GLITCH_DETECTOR", 0x4015_8000, 0, -1),
    row(Block::Dma, "DMA", 0x5000_0000, 0x44, 2),
    wide(row(Block::UsbDpram, "USBCTRL_DPRAM", 0x5010_0000, 0x48, 28), 0x1000),
    row(Block::Usb, "USBCTRL", 0x5011_0000, 0x48, 28),
    row(Block::Pio0, "PIO0", 0x5020_0000, 0x4C, 11),
    row(Block::Pio1, "PIO1", 0x5030_0000, 0x50, 12),
    row(Block::Pio2, "PIO2", 0x5040_0000, 0x54, 13),
    row(Block::XipAux, "XIP_AUX", 0x5050_0000, 0xEC, -1),
];

/// The row of an address.
pub fn find(address: u32) -> Option<&'static Row> {
    let after = MAP.partition_point(|row| row.base <= address);
    MAP.get(after.checked_sub(1)?).filter(|row| address - row.base < row.size)
}

/// The row of a block.
pub fn row_of(block: Block) -> Option<&'static Row> {
    MAP.iter().find(|row| row.block == block)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_found_by_their_addresses() {
        assert!(MAP.windows(2).all(|pair| pair[0].base + pair[0].size <= pair[1].base));
        let name = |address| find(address).map(|row| row.name);
        assert_eq!(name(0x4008_3024), Some("SPI0"));
        assert_eq!(name(0x4008_4000), None);
        assert_eq!(name(0x5010_0FFF), Some("USBCTRL_DPRAM"));
        assert_eq!(name(0x3FFF_FFFF), None);
    }
}
