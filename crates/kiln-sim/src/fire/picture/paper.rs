//! A sheet to draw on: points are the sheet's own, smooth edges come from drawing it larger and shrinking it.
//!
//! The fonts come with the program: the same picture on every machine.

use std::fs::File;
use std::io::BufWriter;

use kiln_sim::math;
use plotters::backend::BitMapBackend;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::element::{PathElement, Polygon, Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontStyle, IntoFont, RGBColor, ShapeStyle, TextStyle, register_font};

/// Width and height of the sheet, pixels.
pub(super) const SIZE: (u32, u32) = (1600, 1000);
/// How many times larger it is drawn, each way.
const LARGER: u32 = 2;
const FONT: &str = "sheet";

pub(super) type Drawn = Result<(), String>;
/// A point of the sheet, from its upper left corner.
pub(super) type Point = (f64, f64);
type Area<'b> = DrawingArea<BitMapBackend<'b>, Shift>;

/// How a text looks and where its point is across it; halfway up it always is.
#[derive(Clone, Copy)]
pub(super) struct Type {
    pub size: f64,
    pub bold: bool,
    pub color: RGBColor,
    pub across: HPos,
}

impl Type {
    /// Plain text whose point is its left end, halfway up.
    pub(super) const fn plain(size: f64, color: RGBColor) -> Self {
        Self { size, bold: false, color, across: HPos::Left }
    }

    pub(super) const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    pub(super) const fn across(self, across: HPos) -> Self {
        Self { across, ..self }
    }
}

/// A stroke or a fill.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ink {
    pub color: RGBColor,
    pub alpha: f64,
    pub width: f64,
}

impl Ink {
    pub(super) const fn line(color: RGBColor, width: f64) -> Self {
        Self { color, alpha: 1.0, width }
    }

    pub(super) const fn wash(color: RGBColor, alpha: f64) -> Self {
        Self { color, alpha, width: 0.0 }
    }
}

/// The sheet while it is drawn on.
pub(super) struct Paper<'b> {
    area: Area<'b>,
}

/// Draws a sheet and writes it as PNG.
pub(super) fn sheet(file: File, ground: RGBColor, draw: impl FnOnce(&Paper<'_>) -> Drawn) -> Drawn {
    fonts()?;
    let (width, height) = (SIZE.0 * LARGER, SIZE.1 * LARGER);
    let mut pixels = vec![0; 3 * width as usize * height as usize];
    {
        let area = BitMapBackend::with_buffer(&mut pixels, (width, height)).into_drawing_area();
        area.fill(&ground).map_err(|error| error.to_string())?;
        let paper = Paper { area };
        draw(&paper)?;
        paper.area.present().map_err(|error| error.to_string())?;
    }
    write(file, &shrink(&pixels)).map_err(|error| error.to_string())
}

fn fonts() -> Drawn {
    let faces =
        [(FontStyle::Normal, dejavu::sans_condensed::regular()), (FontStyle::Bold, dejavu::sans_condensed::bold())];
    faces.into_iter().try_for_each(|(style, face)| {
        register_font(FONT, style, face).map_err(|_| "the font of the picture is damaged".to_owned())
    })
}

impl Paper<'_> {
    fn px(value: f64) -> i32 {
        (value * f64::from(LARGER)).round() as i32
    }

    fn at(point: Point) -> (i32, i32) {
        (Self::px(point.0), Self::px(point.1))
    }

    fn style(ink: Ink) -> ShapeStyle {
        let width = Self::px(ink.width).max(1) as u32;
        ShapeStyle { color: ink.color.mix(ink.alpha), filled: ink.width <= 0.0, stroke_width: width }
    }

    /// A line through points.
    pub(super) fn path(&self, points: &[Point], ink: Ink) -> Drawn {
        let points: Vec<(i32, i32)> = points.iter().map(|point| Self::at(*point)).collect();
        self.area.draw(&PathElement::new(points, Self::style(ink))).map_err(|error| error.to_string())
    }

    /// A line through points, `on` and `off` long by turns.
    pub(super) fn dashed(&self, points: &[Point], ink: Ink, (on, off): (f64, f64)) -> Drawn {
        let mut walked = 0.0;
        let mut dash: Vec<Point> = Vec::new();
        for pair in points.windows(2) {
            let [from, to] = pair else { continue };
            let length = distance(*from, *to);
            let pieces = (length / 1.5).ceil().max(1.0);
            for piece in 0..pieces as u32 {
                let share = |n: f64| (from.0 + (to.0 - from.0) * n, from.1 + (to.1 - from.1) * n);
                if walked % (on + off) < on {
                    if dash.is_empty() {
                        dash.push(share(f64::from(piece) / pieces));
                    }
                    dash.push(share(f64::from(piece + 1) / pieces));
                } else if !dash.is_empty() {
                    self.path(&std::mem::take(&mut dash), ink)?;
                }
                walked += length / pieces;
            }
        }
        if dash.is_empty() { Ok(()) } else { self.path(&dash, ink) }
    }

    /// A filled shape.
    pub(super) fn shape(&self, points: &[Point], ink: Ink) -> Drawn {
        let points: Vec<(i32, i32)> = points.iter().map(|point| Self::at(*point)).collect();
        self.area.draw(&Polygon::new(points, Self::style(ink))).map_err(|error| error.to_string())
    }

    /// A filled rectangle.
    pub(super) fn block(&self, corner: Point, other: Point, ink: Ink) -> Drawn {
        self.area
            .draw(&Rectangle::new([Self::at(corner), Self::at(other)], Self::style(ink)))
            .map_err(|error| error.to_string())
    }

    /// A filled dot with a rim.
    pub(super) fn dot(&self, middle: Point, radius: f64, color: RGBColor, rim: RGBColor) -> Drawn {
        for (radius, color) in [(radius + 2.0, rim), (radius, color)] {
            let round = (0..48).map(|n| {
                let turn = f64::from(n) / 48.0;
                (middle.0 + radius * math::sin_turns(turn + 0.25), middle.1 + radius * math::sin_turns(turn))
            });
            self.shape(&round.collect::<Vec<_>>(), Ink::wash(color, 1.0))?;
        }
        Ok(())
    }

    /// A text.
    pub(super) fn text(&self, text: &str, point: Point, look: Type) -> Drawn {
        self.area.draw(&Text::new(text.to_owned(), Self::at(point), letters(look))).map_err(|error| error.to_string())
    }

    /// Width and height of a text.
    pub(super) fn measure(&self, text: &str, look: Type) -> Result<(f64, f64), String> {
        let (width, height) = self.area.estimate_text_size(text, &letters(look)).map_err(|error| error.to_string())?;
        Ok((f64::from(width) / f64::from(LARGER), f64::from(height) / f64::from(LARGER)))
    }
}

/// How far two points are from each other.
pub(super) fn distance(from: Point, to: Point) -> f64 {
    let (across, down) = (to.0 - from.0, to.1 - from.1);
    (across * across + down * down).sqrt()
}

fn letters(look: Type) -> TextStyle<'static> {
    let style = if look.bold { FontStyle::Bold } else { FontStyle::Normal };
    let font = (FONT, look.size * f64::from(LARGER), style).into_font();
    TextStyle { font, color: look.color.to_backend_color(), pos: Pos::new(look.across, VPos::Center) }
}

/// The mean of each square of two by two pixels.
fn shrink(pixels: &[u8]) -> Vec<u8> {
    const _: () = assert!(LARGER == 2, "squares are of two by two");
    let row = 3 * (SIZE.0 * LARGER) as usize;
    let mut small = Vec::with_capacity(pixels.len() / 4);
    for rows in pixels.chunks_exact(2 * row) {
        let (upper, lower) = rows.split_at(row);
        for (above, below) in upper.chunks_exact(6).zip(lower.chunks_exact(6)) {
            let ([r1, g1, b1, r2, g2, b2], [r3, g3, b3, r4, g4, b4]) = (above, below) else { continue };
            let mean = |values: [&u8; 4]| ((values.into_iter().map(|v| u32::from(*v)).sum::<u32>() + 2) / 4) as u8;
            small.extend([mean([r1, r2, r3, r4]), mean([g1, g2, g3, g4]), mean([b1, b2, b3, b4])]);
        }
    }
    small
}

fn write(file: File, pixels: &[u8]) -> Result<(), png::EncodingError> {
    let mut encoder = png::Encoder::new(BufWriter::new(file), SIZE.0, SIZE.1);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Balanced);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(pixels)?;
    writer.finish()
}
