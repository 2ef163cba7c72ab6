//! Tables as CSV: plain numbers, and text that no spreadsheet takes for a formula.
//!
//! Spreadsheets read a CSV file by the settings of the machine: where a comma is the decimal sign, `1.5` becomes a text
//! or a date and `1234567.125` a number a thousand times too large, without a word. So a [`Dialect`] says how cells are
//! separated and numbers are written. A number that contains the delimiter is quoted; readers take it for a number still.

use std::borrow::Cow;

use super::number::{plain, without_noise};
use super::terminal::title;
use super::words::{self, Language};
use crate::report::{Cell, Number, Table};

/// How CSV is written. The default is for programs: commas, decimal points, no byte order mark.
///
/// ```
/// use voronka::render::csv::{Dialect, decimal_of_language, write};
/// use voronka::report::{Cell, Table};
/// let mut table = Table::new(&["kpi", "#value"]);
/// table.rows.push(vec![Cell::text("win_rate"), Cell::Plain(0.25)]);
/// assert_eq!(write(&table, Dialect::default()), "kpi,value\nwin_rate,0.25\n");
/// let excel = Dialect::excel(decimal_of_language("ru_RU.UTF-8"));
/// assert_eq!(write(&table, excel), "\u{feff}kpi;value\nwin_rate;0,25\n");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Dialect {
    /// What separates cells.
    pub delimiter: Delimiter,
    /// The decimal sign of numbers.
    pub decimal: Decimal,
    /// Whether a byte order mark comes first, by which Excel knows UTF-8.
    pub bom: bool,
    /// Whether text is left as it is, even where a spreadsheet would take it for a formula.
    pub raw: bool,
}

/// What separates the cells of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Delimiter {
    /// `,`
    #[default]
    Comma,
    /// `;`
    Semicolon,
    /// A tab.
    Tab,
}

/// The decimal sign of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Decimal {
    /// `0.5`
    #[default]
    Point,
    /// `0,5`
    Comma,
}

impl Dialect {
    /// The dialect for Excel: a byte order mark and semicolons, with the decimal sign of the reader's language.
    pub fn excel(decimal: Decimal) -> Dialect {
        Dialect { delimiter: Delimiter::Semicolon, decimal, bom: true, raw: false }
    }

    /// What a program must know to read the files: settings with their values.
    pub fn settings(self) -> [(&'static str, &'static str); 3] {
        let bom = if self.bom { "yes" } else { "no" };
        [
            ("delimiter", self.delimiter.word()),
            ("decimal", self.decimal.word()),
            ("byte_order_mark", bom),
        ]
    }
}

impl Delimiter {
    /// Its name.
    pub fn word(self) -> &'static str {
        match self {
            Delimiter::Comma => "comma",
            Delimiter::Semicolon => "semicolon",
            Delimiter::Tab => "tab",
        }
    }

    fn byte(self) -> u8 {
        match self {
            Delimiter::Comma => b',',
            Delimiter::Semicolon => b';',
            Delimiter::Tab => b'\t',
        }
    }
}

impl Decimal {
    /// Its name.
    pub fn word(self) -> &'static str {
        match self {
            Decimal::Point => "point",
            Decimal::Comma => "comma",
        }
    }

    /// Writes a number with all its digits.
    fn write(self, number: f64) -> String {
        let text = plain(without_noise(number));
        match self {
            Decimal::Point => text,
            Decimal::Comma => text.replace('.', ","),
        }
    }
}

/// Languages that write a decimal comma, by their codes of ISO 639; from the locales of CLDR and glibc.
const COMMA: &str = "az be bg bs ca cs da de el es et eu fi fo fr fy gl hr hu hy id is it ka kk kl ky lb lt lv mk mn \
                     nb nl nn no oc os pl pt ro ru sk sl sq sr sv tg tk tr tt uk uz vi";

/// Regions where those languages are written with a point; `es_419` is Spanish of Latin America.
const POINT: &str = "de_CH de_LI es_419 es_BZ es_CU es_DO es_GT es_HN es_MX es_NI es_PA es_PE es_PR es_SV es_US fr_CH \
                     it_CH";

/// Returns the decimal sign of a language: `ru`, `de-CH`, `sr_Latn_RS`, `pt_BR.UTF-8`.
///
/// A language that is not known has a point.
pub fn decimal_of_language(language: &str) -> Decimal {
    let tag = language.split(['.', '@']).next().unwrap_or_default();
    let mut parts = tag.split(['_', '-']);
    let language = parts.next().unwrap_or_default().to_lowercase();
    let is_in = |list: &str, code: &str| list.split(' ').any(|known| known == code);
    let has_point = |region: &str| is_in(POINT, &format!("{language}_{}", region.to_uppercase()));
    if is_in(COMMA, &language) && !parts.any(has_point) { Decimal::Comma } else { Decimal::Point }
}

/// The table as CSV with a header line.
///
/// Text that begins with a character that starts a formula gets an apostrophe in front (CWE-1236),
/// unless the dialect is `raw`.
pub fn write(table: &Table, dialect: Dialect) -> String {
    let mut bytes = Vec::new();
    if dialect.bom {
        bytes.extend("\u{feff}".as_bytes());
    }
    let mut writer =
        csv::WriterBuilder::new().delimiter(dialect.delimiter.byte()).from_writer(bytes);
    let header = table.columns.iter().map(|column| title(&column.title, Language::English));
    let header: Vec<String> = header.collect();
    let written = writer.write_record(&header);
    debug_assert!(written.is_ok(), "writing to memory does not fail");
    for row in &table.rows {
        let cells = row.iter().map(|cell| text(cell, dialect));
        let written = writer.write_record(cells.map(Bytes));
        debug_assert!(written.is_ok(), "rows are as long as the header");
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// The text of a cell as the bytes of a field.
struct Bytes<'t>(Cow<'t, str>);

impl AsRef<[u8]> for Bytes<'_> {
    fn as_ref(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

fn text(cell: &Cell, dialect: Dialect) -> Cow<'_, str> {
    match cell {
        Cell::Empty => "".into(),
        Cell::Text(text) | Cell::Name(text) if dialect.raw => text.into(),
        Cell::Text(text) | Cell::Name(text) => inert(text.into()),
        Cell::Phrase(phrase) => inert(words::text(phrase, Language::English).into()),
        Cell::Number(Number { value, .. }) | Cell::Plain(value) | Cell::Bar(value) => {
            dialect.decimal.write(*value).into()
        }
        Cell::Whole(value) => value.to_string().into(),
    }
}

fn inert(text: Cow<'_, str>) -> Cow<'_, str> {
    let starts_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\0']);
    if starts_formula { format!("'{text}").into() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let mut table = Table::new(&["name", "#value"]);
        table.rows.push(vec![Cell::Name("=cmd()".into()), Cell::Plain(-1.5)]);
        table.rows.push(vec![Cell::Name("a, \"b\"".into()), Cell::Empty]);
        table.rows.push(vec![Cell::Name("c; d".into()), Cell::Whole(7)]);
        table.rows.push(vec![Cell::Name("e\tf".into()), Cell::Plain(1.5e-9)]);
        table.rows.push(vec![Cell::Name("g\nh".into()), Cell::Plain(f64::INFINITY)]);
        table
    }

    fn written(delimiter: Delimiter, decimal: Decimal) -> String {
        write(&table(), Dialect { delimiter, decimal, ..Dialect::default() })
    }

    #[test]
    fn text_cannot_start_a_formula_and_numbers_stay_numbers() {
        let expected =
            "name,value\n'=cmd(),-1.5\n\"a, \"\"b\"\"\",\nc; d,7\ne\tf,1.5e-9\n\"g\nh\",inf\n";
        assert_eq!(write(&table(), Dialect::default()), expected);
        let raw = Dialect { raw: true, ..Dialect::excel(Decimal::Comma) };
        assert!(write(&table(), raw).contains("\n=cmd();-1,5\n"));
    }

    #[test]
    fn a_cell_is_quoted_where_it_contains_the_delimiter() {
        let semicolons =
            "name;value\n'=cmd();-1,5\n\"a, \"\"b\"\"\";\n\"c; d\";7\ne\tf;1,5e-9\n\"g\nh\";inf\n";
        assert_eq!(written(Delimiter::Semicolon, Decimal::Comma), semicolons);
        assert_eq!(
            write(&table(), Dialect::excel(Decimal::Comma)),
            format!("\u{feff}{semicolons}")
        );
        let tabs = written(Delimiter::Tab, Decimal::Point);
        assert!(tabs.contains("\nc; d\t7\n\"e\tf\"\t1.5e-9\n"), "{tabs:?}");
        let commas = written(Delimiter::Comma, Decimal::Comma);
        assert!(commas.contains("\n'=cmd(),\"-1,5\"\n"), "{commas:?}");
    }

    /// Cells are the same after a reader has split them, whatever separates them.
    #[test]
    fn every_dialect_reads_back_to_the_same_cells() {
        let read = |delimiter: Delimiter, decimal| {
            let text = written(delimiter, decimal);
            let mut reader = csv::ReaderBuilder::new();
            reader.has_headers(false).delimiter(delimiter.byte());
            let rows = reader.from_reader(text.as_bytes()).into_records();
            rows.map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
                .collect::<Vec<_>>()
        };
        for decimal in [Decimal::Point, Decimal::Comma] {
            let commas = read(Delimiter::Comma, decimal);
            assert_eq!(commas[5], ["g\nh", "inf"]);
            assert_eq!(read(Delimiter::Semicolon, decimal), commas);
            assert_eq!(read(Delimiter::Tab, decimal), commas);
        }
    }

    #[test]
    fn the_language_and_its_region_say_the_decimal_sign() {
        for comma in [
            "ru",
            "ru_RU.UTF-8",
            "de",
            "de-AT",
            "RU",
            "sr_Latn_RS",
            "pt_BR",
            "ca_ES@valencia",
            "es",
        ] {
            assert_eq!(decimal_of_language(comma), Decimal::Comma, "{comma}");
        }
        for point in
            ["", "C", "C.UTF-8", "POSIX", "en", "en_DE", "de_CH", "es_MX.UTF-8", "zh_CN", "r"]
        {
            assert_eq!(decimal_of_language(point), Decimal::Point, "{point}");
        }
    }
}
