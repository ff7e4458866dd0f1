//! The MAX31856 thermocouple converter: settings written and read back, readings that prove them.
//!
//! Decides what the chip is told and when its answer is a temperature. Refuses to know how often it is read, whether a
//! temperature is plausible, and what to do about a problem. Waits for nothing: each call is a few transfers of at most
//! 17 bytes (136 µs at 1 MHz), and no loop in it depends on the chip's answer.
//!
//! One read takes all 16 registers in one transfer, so that each temperature comes with the settings it was measured
//! with: a chip that has reset itself (mains dip, static discharge) would otherwise go on as a type K at 60 Hz, or
//! answer 0 °C for ever. In that transfer the chip gives the fault register last, so that a fault that appears during
//! it is seen; it is judged before the temperature is.
//!
//! ```
//! use kiln_hal::board::Thermocouple;
//! use kiln_hal::fake::FakeMax31856;
//! use kiln_hal::max31856::{Averaging, Config, Mains, Max31856, ThermocoupleType};
//!
//! let chip = FakeMax31856::new();
//! chip.set_temperature(1222.0);
//! let config = Config { kind: ThermocoupleType::K, mains: Mains::Hz50, averaging: Averaging::Samples8 };
//! let mut sensor = Max31856::new(chip.bus(), config);
//! assert!(sensor.read().is_err(), "no settings, no temperature");
//! let settling = sensor.setup().expect("the chip keeps its settings");
//! assert_eq!(settling.get(), 465);
//! assert_eq!(sensor.read().expect("healthy").raw.get(), 1222.0);
//! ```

mod faults;
mod registers;
mod settings;

pub use faults::{Flag, flags};
pub use registers::{
    COUNT, Cr0, Cr1, Register, SpareBits, WRITABLE, WRITE, cold_junction_temperature, thermocouple_temperature,
};
pub use settings::{Averaging, Config, Mains, NotOffered, ThermocoupleType};

use crate::board::Thermocouple;
use embedded_hal::spi::{MODE_1, Mode, SpiDevice};
use kiln_core::sensor::{ChipFault, Problem, Sample};
use kiln_core::units::Millis;

/// The SPI mode: clock low at rest, data taken on its falling edge (datasheet, serial interface).
pub const SPI_MODE: Mode = MODE_1;

/// The fastest SPI clock, in Hz (datasheet, AC characteristics).
pub const SPI_CLOCK_MOST: u32 = 5_000_000;

/// A MAX31856 on an SPI bus, in mode [`SPI_MODE`] at no more than [`SPI_CLOCK_MOST`].
#[derive(Debug)]
pub struct Max31856<Spi> {
    spi: Spi,
    config: Config,
}

/// All registers of the chip as they were at one moment.
struct RegisterFile([u8; COUNT]);

impl<Spi: SpiDevice> Max31856<Spi> {
    /// Takes the chip. Nothing is sent.
    pub const fn new(spi: Spi, config: Config) -> Self {
        Self { spi, config }
    }

    /// The settings the chip is to have.
    pub const fn config(&self) -> Config {
        self.config
    }

    /// Gives the bus back. The chip goes on as it is.
    pub fn release(self) -> Spi {
        self.spi
    }

    /// Reads the settings back without taking a temperature.
    ///
    /// # Errors
    /// [`Problem::Bus`] when nobody answers, [`Problem::Setup`] with the first register that is not as it was set.
    pub fn verify(&mut self) -> Result<(), Problem> {
        self.registers()?.verify(self.config)
    }

    /// Reads everything in one transfer: the address, then 16 bytes; the chip counts the address up.
    ///
    /// A line that only ever gives one level is a bus without a chip: no setting reads back as all zeros or all ones.
    fn registers(&mut self) -> Result<RegisterFile, Problem> {
        let mut bytes = [0; COUNT + 1];
        self.spi.transfer_in_place(&mut bytes).map_err(|_| Problem::Bus)?;
        let [_, file @ ..] = bytes;
        if file.iter().all(|byte| *byte == 0x00) || file.iter().all(|byte| *byte == 0xFF) {
            return Err(Problem::Bus);
        }
        Ok(RegisterFile(file))
    }

    fn write(&mut self, register: Register, value: u8) -> Result<(), Problem> {
        self.spi.write(&[register.address() | WRITE, value]).map_err(|_| Problem::Bus)
    }

    /// Gives thresholds and offset their power-up values where a chip has lost them: the fault reports and the cold
    /// junction rest on them. A healthy chip is sent nothing.
    fn repair(&mut self, found: &RegisterFile) -> Result<(), Problem> {
        for (register, value) in found.pairs() {
            let configured = matches!(register, Register::Cr0 | Register::Cr1 | Register::Mask);
            if !configured && (value ^ register.reset()) & register.kept() != 0 {
                self.write(register, register.reset())?;
            }
        }
        Ok(())
    }
}

impl<Spi: SpiDevice> Thermocouple for Max31856<Spi> {
    /// The order is the datasheet's: notch and averaging only while not converting, conversion last.
    fn setup(&mut self) -> Result<Millis, Problem> {
        let found = self.registers()?;
        let stopped = Cr0::STOPPED.with_notch(self.config.mains);
        let typed = found.cr1().with_type(self.config.kind);
        self.write(Register::Mask, MASK)?;
        self.write(Register::Cr0, Cr0::STOPPED.bits())?;
        self.repair(&found)?;
        self.write(Register::Cr1, typed.bits())?;
        self.write(Register::Cr0, stopped.bits())?;
        self.write(Register::Cr1, typed.with_averaging(self.config.averaging).bits())?;
        self.write(Register::Cr0, stopped.converting().bits())?;
        self.verify()?;
        Ok(self.config.first_conversion())
    }

    fn read(&mut self) -> Result<Sample, Problem> {
        let file = self.registers()?;
        file.verify(self.config)?;
        if !self.config.kind.gives_temperature() {
            return Err(Problem::Setup(Register::Cr1.address()));
        }
        file.sample()
    }
}

/// MASK: every fault may pull the FAULT pin. SR, which is what is read, shows them all in any case.
const MASK: u8 = 0x00;

impl RegisterFile {
    fn pairs(&self) -> impl Iterator<Item = (Register, u8)> {
        Register::ALL.into_iter().zip(self.0)
    }

    const fn cr1(&self) -> Cr1 {
        let [_, cr1, ..] = self.0;
        Cr1::found(cr1)
    }

    /// Compares every register that keeps what is written to it with what it should hold.
    fn verify(&self, config: Config) -> Result<(), Problem> {
        for (register, value) in self.pairs() {
            if (value ^ wanted(register, config)) & register.kept() != 0 {
                return Err(Problem::Setup(register.address()));
            }
        }
        Ok(())
    }

    #[expect(clippy::similar_names, reason = "the datasheet's names")]
    fn sample(&self) -> Result<Sample, Problem> {
        let [.., cjth, cjtl, ltcbh, ltcbm, ltcbl, sr] = self.0;
        match ChipFault::from_bits(sr) {
            Some(fault) => Err(Problem::Chip(fault)),
            None => Ok(Sample {
                raw: thermocouple_temperature([ltcbh, ltcbm, ltcbl], SpareBits::Masked),
                cold_junction: Some(cold_junction_temperature([cjth, cjtl])),
                step: Sample::FINE,
            }),
        }
    }
}

/// What a register holds in a chip that is set up. Only the bits it keeps count.
const fn wanted(register: Register, config: Config) -> u8 {
    match register {
        Register::Cr0 => Cr0::STOPPED.with_notch(config.mains).converting().bits(),
        Register::Cr1 => Cr1::found(0).with_type(config.kind).with_averaging(config.averaging).bits(),
        Register::Mask => MASK,
        Register::Cjhf
        | Register::Cjlf
        | Register::Lthfth
        | Register::Lthftl
        | Register::Ltlfth
        | Register::Ltlftl
        | Register::Cjto
        | Register::Cjth
        | Register::Cjtl
        | Register::Ltcbh
        | Register::Ltcbm
        | Register::Ltcbl
        | Register::Sr => register.reset(),
    }
}
