//! A file as rows of cells, whatever its format is. Rows are read one by one, and a file may be read several times.

mod delimited;
mod encoding;
mod html;
mod sheet;
mod xes;

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use csv::StringRecord;
use flate2::read::MultiGzDecoder;

use super::options::Options;
use super::refusal::{Place, Refusal};
use super::understood::Format;
use super::watch::{Counted, Watch};
use delimited::Delimited;
use encoding_rs_io::DecodeReaderBytesBuilder;

/// Bytes from which format, encoding and separator are found.
const SAMPLE: usize = 1 << 16;

/// Bytes of a buffer for reading.
const BUFFER: usize = 1 << 18;

/// A row of cells.
#[derive(Debug)]
pub(in crate::records) struct Row {
    /// Where it is.
    pub(in crate::records) place: Place,
    /// Its cells.
    pub(in crate::records) cells: StringRecord,
}

impl Row {
    /// A row before the first one.
    pub(in crate::records) fn new() -> Row {
        Row { place: Place { row: 0, line: None }, cells: StringRecord::new() }
    }
}

/// A file that can be read as rows.
#[derive(Debug)]
pub(in crate::records) struct Source {
    path: PathBuf,
    watch: Option<Arc<Watch>>,
    /// Its format.
    pub(in crate::records) format: Format,
    /// Whether it is packed.
    pub(in crate::records) packed: bool,
    /// The encoding of its text.
    pub(in crate::records) encoding: Option<&'static encoding_rs::Encoding>,
    /// What separates its cells.
    pub(in crate::records) delimiter: Option<u8>,
    /// Whether its lines end with two signs.
    is_crlf: bool,
    /// The sheet that is read.
    pub(in crate::records) sheet: Option<String>,
    /// How many other sheets have rows.
    pub(in crate::records) other_sheets: u64,
    /// Rows of formats that are read into memory.
    held: Vec<(u64, StringRecord)>,
    /// Attributes of an event log, which are its columns.
    attributes: Vec<String>,
}

/// Rows above the headings that are passed over: a title has one cell, or few in a wide table.
pub(in crate::records) const TITLES: usize = 20;

/// Rows of a source, from its first one.
pub(in crate::records) enum Rows<'s> {
    Delimited(Box<Delimited>),
    Held(std::slice::Iter<'s, (u64, StringRecord)>),
    Log(Box<xes::Events<'s>>),
}

impl Rows<'_> {
    /// Reads the next row; says whether there was one.
    pub(in crate::records) fn next(&mut self, row: &mut Row) -> Result<bool, Refusal> {
        match self {
            Rows::Delimited(rows) => rows.next(row),
            Rows::Held(rows) => Ok(rows.next().is_some_and(|(number, cells)| {
                row.place = Place { row: *number, line: None };
                row.cells.clone_from(cells);
                true
            })),
            Rows::Log(rows) => rows.next(row),
        }
    }
}

/// What the system says of a file that it does not let be read.
fn unreadable(error: &std::io::Error) -> Refusal {
    let text = error.to_string();
    Refusal::CannotRead { reason: text.split(" (os error").next().unwrap_or_default().to_owned() }
}

impl Source {
    /// Finds out how the file is to be read.
    pub(in crate::records) fn open(path: &Path, options: &Options) -> Result<Source, Refusal> {
        if path.is_dir() {
            return Err(Refusal::IsAFolder);
        }
        // Opening a pipe may wait for ever.
        if path.metadata().is_ok_and(|about| !about.is_file()) {
            return Err(Refusal::CannotReread);
        }
        let mut first = [0; 2];
        let mut file = File::open(path).map_err(|error| unreadable(&error))?;
        let packed = file.read(&mut first).map_err(|error| unreadable(&error))? == 2
            && first == [0x1f, 0x8b];
        let mut source = Source {
            path: path.to_owned(),
            watch: None,
            format: Format::Csv,
            packed,
            encoding: None,
            delimiter: None,
            is_crlf: false,
            sheet: None,
            other_sheets: 0,
            held: Vec::new(),
            attributes: Vec::new(),
        };
        let sample = source.sample()?;
        source.watch.clone_from(&options.watch);
        if let Some(watch) = &source.watch {
            // One pass for the encoding, one for the columns, one for the deals.
            let size = file.metadata().map_or(0, |about| about.len());
            let passes = if options.encoding.is_some() { 2 } else { 3 };
            watch.all.store(size * passes, Ordering::Relaxed);
        }
        if sample.is_empty() {
            return Err(Refusal::Empty);
        }
        if sheet::is_workbook(&sample) {
            source.format = Format::Workbook;
            let found = sheet::read(path, packed, options.sheet.as_deref())?;
            (source.sheet, source.held) = (Some(found.name), found.rows);
            source.other_sheets = found.others;
            return Ok(source);
        }
        if encoding::is_binary(&sample) {
            return Err(Refusal::NotATable);
        }
        let encoding = match options.encoding {
            Some(encoding) => encoding,
            None => encoding::find(&sample, source.bytes()?)?,
        };
        source.encoding = Some(encoding);
        let text = source.start_of_text()?;
        let begins = text.trim_start_matches('\u{feff}').trim_start();
        if begins.starts_with('<') && begins.contains("<log") {
            source.format = Format::Xes;
            source.attributes = xes::attributes(source.text()?)?;
        } else if html::is_html(begins) {
            source.format = Format::Html;
            source.held = html::read(source.text()?)?;
        } else if begins.starts_with('<') {
            return Err(Refusal::NotATable);
        } else {
            source.is_crlf = text.split_once('\n').is_some_and(|(first, _)| first.ends_with('\r'));
            source.delimiter =
                Some(options.delimiter.unwrap_or_else(|| delimited::delimiter(&text)));
        }
        Ok(source)
    }

    /// The rows from the first one.
    pub(in crate::records) fn rows(&self) -> Result<Rows<'_>, Refusal> {
        Ok(match self.format {
            Format::Csv => {
                let delimiter = self.delimiter.unwrap_or(b',');
                Rows::Delimited(Box::new(Delimited::new(self.text()?, delimiter, self.is_crlf)))
            }
            Format::Workbook | Format::Html => Rows::Held(self.held.iter()),
            Format::Xes => Rows::Log(Box::new(xes::Events::new(self.text()?, &self.attributes))),
        })
    }

    /// The bytes of the file, unpacked.
    fn bytes(&self) -> Result<Box<dyn Read>, Refusal> {
        let file = File::open(&self.path).map_err(|error| unreadable(&error))?;
        let file = BufReader::with_capacity(BUFFER, Counted::new(file, self.watch.as_ref()));
        Ok(if self.packed { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) })
    }

    /// The text of the file as UTF-8.
    fn text(&self) -> Result<Box<dyn Read>, Refusal> {
        let mut builder = DecodeReaderBytesBuilder::new();
        builder.encoding(self.encoding).strip_bom(true);
        Ok(Box::new(builder.build(self.bytes()?)))
    }

    /// The first bytes, unpacked.
    fn sample(&self) -> Result<Vec<u8>, Refusal> {
        let mut sample = Vec::new();
        let read = self.bytes()?.take(SAMPLE as u64).read_to_end(&mut sample);
        read.map_err(|error| unreadable(&error))?;
        Ok(sample)
    }

    /// The beginning of the text.
    fn start_of_text(&self) -> Result<String, Refusal> {
        let mut sample = Vec::new();
        let read = self.text()?.take(SAMPLE as u64).read_to_end(&mut sample);
        read.map_err(|error| unreadable(&error))?;
        Ok(String::from_utf8_lossy(&sample).into_owned())
    }
}
