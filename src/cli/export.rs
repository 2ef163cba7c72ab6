//! How an export is to be read: the arguments of every command that reads one.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use clap::ValueEnum;
use clap::builder::PossibleValue;
use jiff::civil::Date;

use super::bar::ShareBar;
use super::failure::Failure;
use super::interrupt::Interrupt;
use super::terminal::{language, tell};
use crate::fit::season::date;
use crate::records::deals::Moment;
use crate::records::options::{DateOrder, DecimalMark, Options, Preset, Role};
use crate::records::refusal::Refusal as BadFile;
use crate::records::understood::Odd;
use crate::records::{self, Reading, Watch, moment};
use crate::render::words::{Refusal, Told};
use crate::study::forecast::plan::{Plan, Planned};

/// How an export is to be read. What is not said is found out from the file.
#[derive(Debug, clap::Args)]
pub(super) struct ExportArguments {
    /// Table of deals, event log or history of stages: CSV, TSV, xlsx, xls, a web page or XES; also packed as .gz
    file: PathBuf,
    #[command(flatten)]
    reading: ReadingArguments,
}

/// The same without the file.
#[derive(Debug, clap::Args)]
pub(super) struct ReadingArguments {
    /// System that the file comes from; found by the headings if it is not given
    #[arg(long, value_enum, value_name = "SYSTEM")]
    preset: Option<Preset>,
    /// Column of a role, as amount="Deal value"; may be repeated. Roles: id, created, closed, stage, status, amount, asked,
    /// currency, owner, funnel, reason, source, expected, since, chance, next; of a log: case, activity, start, end, resource
    #[arg(long, value_name = "ROLE=COLUMN", value_parser = role)]
    map: Vec<(Role, String)>,
    /// Stage, status or activity of won deals; may be repeated
    #[arg(long, value_name = "WORD")]
    won: Vec<String>,
    /// Stage, status or activity of lost deals; may be repeated
    #[arg(long, value_name = "WORD")]
    lost: Vec<String>,
    /// Leaves out rows whose reason, stage or status contains one of these words, as 'duplicate|test'
    #[arg(long, value_name = "WORD|WORD", value_delimiter = '|')]
    not_a_deal: Vec<String>,
    /// Reads the deals of this pipeline only
    #[arg(long, value_name = "NAME")]
    pipeline: Option<String>,
    /// Order of day, month and year in dates such as 03/04/2026
    #[arg(long, value_enum, value_name = "ORDER")]
    dates: Option<DateOrder>,
    /// What separates cells: comma, semicolon, tab, pipe or another sign
    #[arg(long, value_name = "SIGN", value_parser = delimiter)]
    delimiter: Option<u8>,
    /// Decimal sign of amounts
    #[arg(long, value_enum, value_name = "WORD")]
    decimal: Option<DecimalMark>,
    /// Encoding of the text, as utf-8, windows-1251, utf-16le
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    encoding: Option<&'static encoding_rs::Encoding>,
    /// Leaves out rows that cannot be read, and counts them
    #[arg(long)]
    skip_bad_rows: bool,
    /// Sheet of a workbook, instead of the one with the most cells
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// Day of the export: dates after it are in the future; today if it is not given
    #[arg(long, value_name = "DATE", value_parser = as_of)]
    as_of: Option<Moment>,
}

impl ExportArguments {
    /// The file.
    pub(super) fn file(&self) -> &Path {
        &self.file
    }

    /// Reads its deals; see [`ReadingArguments::deals`].
    pub(super) fn deals(&self) -> Result<Reading, Failure> {
        self.reading.deals(&self.file)
    }

    /// Reads the file with `work`; see [`ReadingArguments::read`].
    pub(super) fn read<T: Send>(
        &self,
        work: impl Fn(&Path, &Options) -> Result<T, BadFile> + Sync,
    ) -> Result<T, Failure> {
        self.reading.read(&self.file, work)
    }
}

impl ReadingArguments {
    /// What the arguments say of the file.
    fn options(&self) -> Options {
        Options {
            preset: self.preset,
            map: self.map.clone(),
            won: self.won.clone(),
            lost: self.lost.clone(),
            not_a_deal: self.not_a_deal.iter().filter(|word| !word.is_empty()).cloned().collect(),
            pipeline: self.pipeline.clone(),
            dates: self.dates,
            delimiter: self.delimiter,
            decimal: self.decimal,
            encoding: self.encoding,
            skip_bad_rows: self.skip_bad_rows,
            sheet: self.sheet.clone(),
            watch: None,
            now: Some(self.as_of.unwrap_or_else(tomorrow)),
        }
    }

    /// Reads a plan by month, with the decimal sign that is said of the export.
    pub(super) fn read_plan(&self, path: &Path) -> Result<Plan, Failure> {
        let options = Options { decimal: self.decimal, ..Options::default() };
        let found = records::read_plan(path, &options).map_err(|refusal| refuse(path, &refusal))?;
        Ok(Plan { of_orders: found.is_orders, amounts: Planned::Months(found.months) })
    }

    /// Reads the deals of a file, and says on standard error what looks wrong with them.
    pub(super) fn deals(&self, file: &Path) -> Result<Reading, Failure> {
        let reading = self.read(file, records::read)?;
        let found = &reading.understood;
        let (rounded, repeated) = (found.count(Odd::RoundedId), found.count(Odd::Duplicate));
        if rounded > 0 && repeated > 0 {
            return Err(refuse(file, &BadFile::RoundedIds { rounded, repeated }));
        }
        let doubtful = found.oddities.iter().filter(|odd| odd.what.is_doubtful());
        let doubtful: Vec<(u64, Odd)> = doubtful.map(|odd| (odd.count, odd.what)).collect();
        if !doubtful.is_empty() {
            let file = file.display().to_string();
            tell(&language().tell(Told::LooksWrong { file: &file, found: &doubtful }));
        }
        Ok(reading)
    }

    /// Reads the file with `work`, and shows on a terminal how far it is.
    pub(super) fn read<T: Send>(
        &self,
        file: &Path,
        work: impl Fn(&Path, &Options) -> Result<T, BadFile> + Sync,
    ) -> Result<T, Failure> {
        Interrupt::listen().end_at_once();
        let watch = Arc::new(Watch::default());
        let options = Options { watch: Some(Arc::clone(&watch)), ..self.options() };
        let (bar, done) = (ShareBar::new(), AtomicBool::new(false));
        let watcher = std::thread::current();
        let result = std::thread::scope(|scope| {
            let job = scope.spawn(|| {
                let result = work(file, &options);
                done.store(true, Ordering::Release);
                watcher.unpark();
                result
            });
            let mut ticks = 0_u32;
            while !done.load(Ordering::Acquire) && !job.is_finished() {
                std::thread::park_timeout(Duration::from_millis(20));
                ticks += 1;
                if ticks > 25 {
                    bar.show(&watch);
                }
            }
            job.join()
        });
        bar.clear();
        match result {
            Ok(result) => result.map_err(|refusal| refuse(file, &refusal)),
            Err(_) => Err(Failure::usage(Refusal::Unexpected)),
        }
    }
}

fn refuse(file: &Path, refusal: &BadFile) -> Failure {
    let file = file.display().to_string();
    Failure::usage(Refusal::Export { file: &file, refusal })
}

/// The end of today in every time zone.
fn tomorrow() -> Moment {
    let now = jiff::Timestamp::now().as_microsecond();
    Moment(now + 86_400_000_000)
}

fn role(text: &str) -> Result<(Role, String), String> {
    let (word, column) = text.split_once('=').ok_or("ROLE=COLUMN, as amount=\"Deal value\"")?;
    let role = Role::PUBLIC.into_iter().find(|role| role.word() == word.trim());
    let known = || Role::PUBLIC.map(Role::word).join(", ");
    let role = role.ok_or_else(|| format!("`{word}` is no role: there are {}", known()))?;
    if column.trim().is_empty() {
        return Err(format!("{word}= names no column"));
    }
    Ok((role, column.to_owned()))
}

fn delimiter(text: &str) -> Result<u8, String> {
    match text {
        "comma" => Ok(b','),
        "semicolon" => Ok(b';'),
        "tab" | "\\t" => Ok(b'\t'),
        "pipe" => Ok(b'|'),
        _ => match text.as_bytes() {
            [sign] if !sign.is_ascii_alphanumeric() && !matches!(sign, b'"' | b'\n' | b'\r') => {
                Ok(*sign)
            }
            _ => Err("comma, semicolon, tab, pipe or one sign".to_owned()),
        },
    }
}

fn encoding(text: &str) -> Result<&'static encoding_rs::Encoding, String> {
    let found = encoding_rs::Encoding::for_label(text.trim().as_bytes());
    found.ok_or_else(|| "no known encoding: utf-8, windows-1251, windows-1252, utf-16le".to_owned())
}

/// A day, in any form in which exports write one that can be read in one way only.
pub(super) fn day(text: &str) -> Result<Date, String> {
    moment(text).and_then(|day| date(day.day())).ok_or_else(|| "a date, as 2026-11-30".to_owned())
}

fn as_of(text: &str) -> Result<Moment, String> {
    let day = moment(text).ok_or("a date, as 2026-11-30")?;
    Ok(Moment(Moment::of_day(day.day() + 1).0 - 1))
}

impl ValueEnum for Preset {
    fn value_variants<'a>() -> &'a [Preset] {
        &Preset::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let value = PossibleValue::new(self.word());
        Some(if *self == Preset::AmoCrm { value.alias("kommo") } else { value })
    }
}

impl ValueEnum for DateOrder {
    fn value_variants<'a>() -> &'a [DateOrder] {
        &[DateOrder::Dmy, DateOrder::Mdy, DateOrder::Ymd]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.word()))
    }
}

impl ValueEnum for DecimalMark {
    fn value_variants<'a>() -> &'a [DecimalMark] {
        &[DecimalMark::Point, DecimalMark::Comma]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let value = PossibleValue::new(self.word());
        Some(value.alias(if *self == DecimalMark::Point { "." } else { "," }))
    }
}
