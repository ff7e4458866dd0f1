//! Compresses a folder of traces, leaving the words of the recorded program behind.
//!
//! Error texts become codes, and the prose of an expected analysis is dropped: what stays is figures.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use flate2::{Compression, GzBuilder};
use serde_json::Value;

use crate::codes;
use crate::table::TraceError;
use crate::traces::Traces;

/// Keys of JSON documents that hold prose.
const PROSE: [&str; 2] = ["characteristics", "note"];

/// Packs every module of `from`; returns what to tell the user.
pub(crate) fn pack(from: &Traces, into: Option<&str>) -> Result<String, TraceError> {
    let into = into.map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("traces"), PathBuf::from);
    let (mut count, mut before, mut after) = (0_usize, 0_usize, 0_usize);
    for module in from.modules()? {
        let folder = into.join(&module);
        fs::create_dir_all(&folder).map_err(|e| TraceError::new(&folder.display(), &e))?;
        for (name, text) in from.files(&module)? {
            let place = folder.join(format!("{name}.gz"));
            let clean = without_words(&name, &text).map_err(|e| TraceError::new(&place.display(), &*e))?;
            let packed = compress(&clean).map_err(|e| TraceError::new(&place.display(), &e))?;
            let write = File::create(&place).and_then(|mut file| file.write_all(&packed));
            write.map_err(|e| TraceError::new(&place.display(), &e))?;
            count += 1;
            before += text.len();
            after += packed.len();
        }
    }
    Ok(format!("{count} files, {before} bytes packed into {after} in {}", into.display()))
}

fn without_words(name: &str, text: &str) -> Result<String, Box<dyn std::error::Error>> {
    if Path::new(name).extension().is_some_and(|extension| extension == "json") {
        let mut value: Value = serde_json::from_str(text)?;
        drop_prose(&mut value);
        return Ok(serde_json::to_string(&value)?);
    }
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers()?.clone();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&header)?;
    for record in reader.into_records() {
        let record = record?;
        let fields = record.iter().zip(&header);
        let coded = fields.map(|(field, column)| if codes::coded(column) { codes::code(field) } else { field });
        writer.write_record(coded)?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

fn drop_prose(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.retain(|key, _| !PROSE.contains(&key.as_str()));
            map.values_mut().for_each(drop_prose);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_prose),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The same bytes for the same text: no time of packing in the header.
fn compress(text: &str) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
    encoder.write_all(text.as_bytes())?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_behind_and_figures_do_not() {
        let clean = without_words("x.csv", "a,error\n1.5,Stall detected: 3 below 4\n").unwrap();
        assert_eq!(clean, "a,error\n1.5,stall\n");
        let clean =
            without_words("x.json", r#"{"kp": 0.1, "characteristics": "words", "list": [{"note": "w"}]}"#).unwrap();
        assert_eq!(clean, r#"{"kp":0.1,"list":[{}]}"#);
    }
}
