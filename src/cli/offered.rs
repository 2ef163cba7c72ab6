//! Values that the completions of a shell offer, for arguments that are parsed by a function.
//!
//! A parser of `clap` that lists its values also has its own message for wrong ones. Ours name the nearest value, so the
//! function parses, and the list is only for completions.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, TypedValueParser};

use super::arguments::{self, Charts};
use crate::diagnostic::Pattern;
use crate::diagnostic::codes::CODES;
use crate::kpi::Kpi;
use crate::model::TEMPLATES;
use crate::report::CHARTS;

/// A function that parses a value, and the values that it takes.
#[derive(Clone)]
pub(super) struct Offered<T> {
    parse: fn(&str) -> Result<T, String>,
    values: fn() -> Vec<&'static str>,
}

impl<T: Clone + Send + Sync + 'static> TypedValueParser for Offered<T> {
    type Value = T;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<T, clap::Error> {
        TypedValueParser::parse_ref(&self.parse, command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new((self.values)().into_iter().map(PossibleValue::new)))
    }
}

/// The name of a KPI that a run can produce.
pub(super) fn kpi() -> Offered<Kpi> {
    Offered { parse: arguments::kpi, values: kpis }
}

/// Names of charts, and words for several of them.
pub(super) fn chart() -> Offered<Charts> {
    let values = || {
        let names = CHARTS.iter().map(|kind| kind.name.file_stem());
        ["all", "default", "none"].into_iter().chain(names).collect()
    };
    Offered { parse: arguments::chart, values }
}

/// A code, or the beginning of codes.
pub(super) fn code() -> Offered<Pattern> {
    Offered { parse: arguments::code, values: warnings }
}

/// A code of a warning, or the beginning of such codes.
pub(super) fn ignored_code() -> Offered<Pattern> {
    Offered { parse: arguments::ignored_code, values: warnings }
}

/// A template; which ones there are is checked by the command.
pub(super) fn template() -> Offered<String> {
    let values = || TEMPLATES.iter().map(|template| template.name).collect();
    Offered { parse: as_it_is, values }
}

/// What can be explained, apart from distributions.
pub(super) fn explained() -> Offered<String> {
    let values = || kpis().into_iter().chain(CODES.iter().map(|entry| entry.code)).collect();
    Offered { parse: as_it_is, values }
}

#[allow(clippy::unnecessary_wraps)] // as all parsers of arguments
fn as_it_is(text: &str) -> Result<String, String> {
    Ok(text.to_owned())
}

fn kpis() -> Vec<&'static str> {
    Kpi::ALL.iter().filter(|kpi| kpi.is_supported()).map(|kpi| kpi.name()).collect()
}

fn warnings() -> Vec<&'static str> {
    CODES.iter().map(|entry| entry.code).filter(|code| code.starts_with("V6")).collect()
}
