//! What a sensitivity study found, as one document.

use super::{global_table, sensitivity_table};
use crate::program::Program;
use crate::report::document::{Field, Written, files, map};
use crate::report::tables::TimeUnit;
use crate::study::sensitivity::Sensitivity;
use crate::study::sensitivity::global::{Global, Scores};
use crate::study::simulate::Options;

/// The document of a study of single parameters; `file` is how the model was named, and `beside`
/// lists the files that were written with it.
pub fn sensitivity_document(
    found: &Sensitivity,
    file: &str,
    unit: TimeUnit,
    beside: &[Written],
) -> Field {
    let mut fields = head(&found.program, file, &found.options);
    fields.extend([
        ("method", "tornado".into()),
        ("compared", found.compared.into()),
        ("correction", "Bonferroni".into()),
        ("figures", found.figures.iter().map(|base| base.key.kpi.name()).collect()),
        ("changes", sensitivity_table(found, unit).into()),
        ("files", files(beside)),
    ]);
    map(fields)
}

/// The document of a study of all parameters at once.
pub fn global_document(found: &Global, file: &str, unit: TimeUnit, beside: &[Written]) -> Field {
    let mut fields = head(&found.program, file, &found.options);
    let method = match found.scores {
        Scores::Morris(_) => "morris",
        Scores::Sobol(_) => "sobol",
    };
    fields.extend([
        ("method", method.into()),
        ("points", found.points.into()),
        ("scores", global_table(found, unit).into()),
        ("files", files(beside)),
    ]);
    map(fields)
}

fn head(program: &Program, file: &str, options: &Options) -> Vec<(&'static str, Field)> {
    vec![
        ("voronka", env!("CARGO_PKG_VERSION").into()),
        ("model", program.name.as_str().into()),
        ("file", file.into()),
        ("currency", program.currency.as_str().into()),
        ("seed", options.seed.into()),
        ("replications", options.replications.into()),
        ("level", options.figures.level.into()),
    ]
}
