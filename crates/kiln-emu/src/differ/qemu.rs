//! The harness on QEMU.

use std::path::{Path, PathBuf};
use std::process::Command;

use object::{Object as _, ObjectSegment as _, ObjectSymbol as _};

use super::case::{Case, RECORDS, STUBS, records, stubs};

/// The assembled harness.
#[derive(Debug)]
pub struct Harness {
    /// The program, for QEMU.
    pub file: PathBuf,
    /// Its parts and where they belong.
    pub segments: Vec<(u32, Vec<u8>)>,
    /// Where a stub goes when it has ended.
    pub after: u32,
}

impl Harness {
    /// Assembles it into a folder.
    ///
    /// # Errors
    /// The assembler is missing or refuses.
    pub fn assemble(folder: &Path) -> Result<Self, String> {
        let guest = Path::new(env!("CARGO_MANIFEST_DIR")).join("guest");
        let file = folder.join("harness.elf");
        let mut command = Command::new("arm-none-eabi-gcc");
        command.args(["-mcpu=cortex-m33", "-mthumb", "-nostdlib", "-Wl,--build-id=none", "-Wl,-T"]);
        command.arg(guest.join("harness.ld")).arg(guest.join("harness.s")).arg("-o").arg(&file);
        let output = command.output().map_err(|error| format!("arm-none-eabi-gcc: {error}"))?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned());
        }
        let bytes = std::fs::read(&file).map_err(|error| error.to_string())?;
        let elf = object::File::parse(bytes.as_slice()).map_err(|error| error.to_string())?;
        let segments = elf
            .segments()
            .filter_map(|segment| Some((u32::try_from(segment.address()).ok()?, segment.data().ok()?.to_vec())))
            .collect();
        let after = elf
            .symbols()
            .find(|symbol| symbol.name() == Ok("after"))
            .map(|symbol| symbol.address() as u32)
            .ok_or("the harness has no `after`")?;
        Ok(Self { file, segments, after })
    }
}

pub(super) fn run(harness: &Harness, cases: &[Case], folder: &Path) -> Result<Vec<u8>, String> {
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        std::fs::write(&path, bytes).map(|()| path).map_err(|error| error.to_string())
    };
    let loaded = |path: &Path, address: u32| format!("loader,file={},addr={address:#x},force-raw=on", path.display());
    let code = write("stubs.bin", &stubs(cases, harness.after | 1))?;
    let data = write("records.bin", &records(cases))?;
    // A case that goes astray would spin for ever.
    let mut command = Command::new("timeout");
    command.args(["300", "qemu-system-arm", "-M", "mps2-an521", "-display", "none", "-monitor", "none"]);
    command.args(["-serial", "none", "-global", "sse-200.CPU0_FPU=on", "-global", "sse-200.CPU0_DSP=on"]);
    command.args(["-semihosting-config", "enable=on,target=native", "-kernel"]).arg(&harness.file);
    command.args(["-device", &loaded(&code, STUBS), "-device", &loaded(&data, RECORDS)]);
    let output = command.output().map_err(|error| format!("qemu-system-arm: {error}"))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(format!("QEMU ended with {}: {}", output.status, String::from_utf8_lossy(&output.stderr)))
}
