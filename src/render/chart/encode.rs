//! PNG files that are small because charts have few colours.
//!
//! A chart has few colours, and the edges of its letters have a few shades of each. One byte per dot and a
//! table of colours suffice: a third of the size and half the time of three bytes per dot. A
//! picture with more than 256 colours is written with three.

use std::borrow::Cow;

use super::ChartError;
use super::theme::PNG_SCALE;

/// Dots per meter at screen size: 96 CSS pixels per inch of 25.4 mm.
const DOTS_PER_METER: u32 = PNG_SCALE * 96 * 10_000 / 254;

/// A picture whose dots are numbers in a table of colours.
struct Indexed {
    /// Red, green and blue of each colour.
    palette: Vec<u8>,
    dots: Vec<u8>,
}

/// Returns the PNG file of a picture with red, green and blue for each dot.
pub(super) fn encode(rgb: &[u8], width: u32, height: u32) -> Result<Vec<u8>, ChartError> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_depth(png::BitDepth::Eight);
    // Smallest of all pairs for flat colours; the fast compression needs a filter.
    encoder.set_compression(png::Compression::Default);
    encoder.set_filter(png::FilterType::NoFilter);
    encoder.set_pixel_dims(Some(png::PixelDimensions {
        xppu: DOTS_PER_METER,
        yppu: DOTS_PER_METER,
        unit: png::Unit::Meter,
    }));
    let dots = if let Some(indexed) = indexed(rgb) {
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_palette(indexed.palette);
        Cow::Owned(indexed.dots)
    } else {
        encoder.set_color(png::ColorType::Rgb);
        Cow::Borrowed(rgb)
    };
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&dots)?;
    writer.finish()?;
    Ok(file)
}

/// Dots that are compared together: most of a chart is flat.
const TOGETHER: usize = 16;

/// Places in which a colour is looked for first; a power of two.
const PLACES: usize = 1024;

/// The numbers of colours, in the order in which they were first met.
struct Colours {
    met: Vec<[u8; 3]>,
    /// The colour that was found last by its place.
    last: [u8; PLACES],
}

impl Colours {
    /// The number of a colour; none if there are too many.
    fn number(&mut self, colour: [u8; 3]) -> Option<u8> {
        let [red, green, blue] = colour.map(usize::from);
        let place = (red * 37 + green * 11 + blue * 5) % PLACES;
        let guess = self.last[place];
        if self.met.get(usize::from(guess)) == Some(&colour) {
            return Some(guess);
        }
        let known = self.met.iter().position(|met| *met == colour);
        let number = u8::try_from(known.unwrap_or(self.met.len())).ok()?;
        if known.is_none() {
            self.met.push(colour);
        }
        self.last[place] = number;
        Some(number)
    }
}

/// Returns the table of colours, in the order of their first dots, unless it would be too long.
fn indexed(rgb: &[u8]) -> Option<Indexed> {
    let mut colours = Colours { met: Vec::new(), last: [0; PLACES] };
    let mut dots = Vec::with_capacity(rgb.len() / 3);
    let mut last = ([[0; 3]; TOGETHER], None);
    for piece in rgb.as_chunks::<3>().0.chunks(TOGETHER) {
        if let (same, Some(number)) = &last
            && piece == same
        {
            dots.extend([*number; TOGETHER]);
            continue;
        }
        for colour in piece {
            let number = match last.1 {
                Some(number) if last.0[0] == *colour => number,
                _ => {
                    let number = colours.number(*colour)?;
                    last = ([*colour; TOGETHER], Some(number));
                    number
                }
            };
            dots.push(number);
        }
    }
    Some(Indexed { palette: colours.met.concat(), dots })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(file: &[u8]) -> (png::ColorType, Vec<u8>) {
        let mut decoder = png::Decoder::new(file);
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let colour = reader.info().color_type;
        let mut dots = vec![0; reader.output_buffer_size()];
        reader.next_frame(&mut dots).unwrap();
        (colour, dots)
    }

    #[test]
    fn few_colours_make_a_table_and_the_picture_stays() {
        let rgb: Vec<u8> = (0..256_u32).flat_map(|i| [i as u8, 7, 255 - i as u8]).collect();
        let file = encode(&rgb, 16, 16).unwrap();
        assert_eq!(decoded(&file), (png::ColorType::Indexed, rgb));
    }

    #[test]
    fn flat_parts_of_any_length_stay() {
        let lengths = [1, 15, 16, 17, 31, 64, 5, 48, 3];
        let dots = lengths.iter().enumerate().flat_map(|(colour, n)| vec![colour as u8; *n]);
        let rgb: Vec<u8> = dots.flat_map(|dot| [dot * 20, 3, 255 - dot]).collect();
        let file = encode(&rgb, 40, 5).unwrap();
        assert_eq!(decoded(&file), (png::ColorType::Indexed, rgb));
    }

    #[test]
    fn many_colours_are_kept_all() {
        let rgb: Vec<u8> = (0..512_u32).flat_map(|i| [i as u8, (i >> 8) as u8, 9]).collect();
        let file = encode(&rgb, 32, 16).unwrap();
        assert_eq!(decoded(&file), (png::ColorType::Rgb, rgb));
    }
}
