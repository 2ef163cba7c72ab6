//! How CSV is written: the arguments of every command that writes it.

use clap::ValueEnum;
use clap::builder::PossibleValue;

use super::failure::Failure;
use super::terminal::language_of_numbers;
use crate::render::csv::{Decimal, Delimiter, Dialect, decimal_of_language};
use crate::render::words::Refusal;

/// How CSV is written.
#[derive(Debug, clap::Args)]
pub(super) struct CsvArguments {
    /// Style of CSV
    /// [default: plain]
    #[arg(long, value_enum, value_name = "PRESET", display_order = 800)]
    csv: Option<Preset>,
    /// Delimiter of CSV, instead of that of --csv; `,` `;` and `\t` are accepted too
    #[arg(long, value_enum, value_name = "WORD", display_order = 801)]
    csv_delimiter: Option<Delimiter>,
    /// Decimal sign of CSV, instead of that of --csv; `.` and `,` are accepted too
    #[arg(long, value_enum, value_name = "WORD", display_order = 801)]
    csv_decimal: Option<Decimal>,
    /// Leaves text cells of CSV unchanged, even if a spreadsheet would read them as formulas
    #[arg(long, display_order = 802)]
    csv_raw: bool,
}

/// Settings that go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Preset {
    /// For programs: commas and decimal points
    Plain,
    /// For Excel: a byte order mark, semicolons, and a decimal comma if the language has one (that of --lang, or else
    /// of `LC_ALL`, `LC_NUMERIC` or `LANG`)
    Excel,
}

impl CsvArguments {
    /// The dialect that was asked for.
    ///
    /// Where no CSV is written an argument for it is refused; `hint` says what would write some.
    pub(super) fn dialect(&self, writes_csv: bool, hint: &str) -> Result<Dialect, Failure> {
        let given = [
            ("--csv", self.csv.is_some()),
            ("--csv-delimiter", self.csv_delimiter.is_some()),
            ("--csv-decimal", self.csv_decimal.is_some()),
            ("--csv-raw", self.csv_raw),
        ];
        if let Some((name, _)) = given.iter().find(|(_, is_given)| *is_given && !writes_csv) {
            return Err(Failure::usage(Refusal::NothingAsCsv(name, hint)));
        }
        let preset = match self.csv {
            None | Some(Preset::Plain) => Dialect::default(),
            Some(Preset::Excel) => Dialect::excel(decimal_of_language(&language_of_numbers())),
        };
        Ok(Dialect {
            delimiter: self.csv_delimiter.unwrap_or(preset.delimiter),
            decimal: self.csv_decimal.unwrap_or(preset.decimal),
            raw: self.csv_raw,
            ..preset
        })
    }
}

impl ValueEnum for Delimiter {
    fn value_variants<'a>() -> &'a [Delimiter] {
        &[Delimiter::Comma, Delimiter::Semicolon, Delimiter::Tab]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let value = PossibleValue::new(self.word());
        Some(match self {
            Delimiter::Comma => value.alias(","),
            Delimiter::Semicolon => value.alias(";"),
            Delimiter::Tab => value.aliases(["\\t", "\t"]),
        })
    }
}

impl ValueEnum for Decimal {
    fn value_variants<'a>() -> &'a [Decimal] {
        &[Decimal::Point, Decimal::Comma]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let value = PossibleValue::new(self.word());
        Some(match self {
            Decimal::Point => value.alias("."),
            Decimal::Comma => value.alias(","),
        })
    }
}
