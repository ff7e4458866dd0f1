//! The shell's icon, drawn by the program: a kiln's arch with a flame in it, on clay.
//!
//! Shapes are distances from their edges, in units of the picture's side; each pixel is the mean of sixteen points.

use std::fs;
use std::path::Path;

use anyhow::Result;

/// The files and their sides, pixels.
const FILES: &[(&str, u16)] = &[("32x32.png", 32), ("128x128.png", 128), ("128x128@2x.png", 256), ("icon.png", 512)];
/// Points on each side of a pixel.
const POINTS: u16 = 4;

type Colour = [f64; 3];
const CLAY: Colour = [163.0, 66.0, 26.0];
const DARK: Colour = [58.0, 26.0, 14.0];
const PAPER: Colour = [250.0, 246.0, 240.0];
const EMBER: Colour = [255.0, 154.0, 98.0];

/// Draws every file.
pub(super) fn write(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    for (name, side) in FILES {
        let file = fs::File::create(folder.join(name))?;
        let mut encoder = png::Encoder::new(file, u32::from(*side), u32::from(*side));
        encoder.set_color(png::ColorType::Rgba);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.write_header()?.write_image_data(&picture(*side))?;
    }
    Ok(())
}

fn picture(side: u16) -> Vec<u8> {
    let mut bytes = Vec::new();
    for row in 0..side {
        for column in 0..side {
            bytes.extend(pixel(column, row, side));
        }
    }
    bytes
}

fn pixel(column: u16, row: u16, side: u16) -> [u8; 4] {
    let (mut sum, mut covered) = ([0.0; 3], 0.0);
    let place =
        |pixel: u16, point: u16| (f64::from(pixel) + (f64::from(point) + 0.5) / f64::from(POINTS)) / f64::from(side);
    for point in 0..POINTS * POINTS {
        if let Some(colour) = at(place(column, point % POINTS), place(row, point / POINTS)) {
            covered += 1.0;
            for (sum, part) in sum.iter_mut().zip(colour) {
                *sum += part;
            }
        }
    }
    let [red, green, blue] = sum.map(|part| byte(part / f64::max(covered, 1.0)));
    [red, green, blue, byte(255.0 * covered / f64::from(POINTS * POINTS))]
}

/// A value of 0 to 255 as a byte.
#[expect(clippy::as_conversions, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held to a byte")]
fn byte(value: f64) -> u8 {
    value.round().clamp(0.0, 255.0) as u8
}

/// The colour at a point; `None` outside.
fn at(x: f64, y: f64) -> Option<Colour> {
    if rounded(x, y, [0.03, 0.03, 0.97, 0.97], 0.2) > 0.0 {
        return None;
    }
    let arch = |grow: f64| arch(x, y, 0.28 + grow, 0.82 + grow);
    if flame(x, y, 1.0) {
        return Some(if flame(x, y, 0.5) { PAPER } else { EMBER });
    }
    Some(if arch(-0.07) {
        DARK
    } else if arch(0.0) {
        PAPER
    } else {
        CLAY
    })
}

/// The distance from a rectangle with round corners.
fn rounded(x: f64, y: f64, [left, top, right, bottom]: [f64; 4], radius: f64) -> f64 {
    let away = |value: f64, low: f64, high: f64| f64::max(low + radius - value, value - high + radius).max(0.0);
    away(x, left, right).hypot(away(y, top, bottom)) - radius
}

/// Whether a point is inside a door: half a circle on a rectangle.
fn arch(x: f64, y: f64, half: f64, foot: f64) -> bool {
    let (centre, spring) = (0.5, 0.46);
    if y > spring { (x - centre).abs() < half && y < foot } else { (x - centre).hypot(y - spring) < half }
}

/// Whether a point is inside the flame: a drop, larger or smaller about its foot.
fn flame(x: f64, y: f64, size: f64) -> bool {
    let (x, height) = ((x - 0.5) / size, (0.74 - y) / size / 0.40);
    if !(0.0..=1.0).contains(&height) {
        return false;
    }
    // Widest at a third of its height, a point at its tip, leaning a little.
    let half = 0.135 * (height / 0.3).min(1.0).sqrt() * (1.0 - height).powf(0.8) * 1.35;
    let lean = 0.03 * (height * 3.0).sin();
    (x - lean).abs() < half
}
