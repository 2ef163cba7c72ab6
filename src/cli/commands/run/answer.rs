//! What a run answers: text on standard output, and the files of a folder.

use super::Arguments;
use crate::cli::arguments::{Format, LaneBy};
use crate::cli::content::Content;
use crate::cli::failure::Failure;
use crate::cli::manifest;
use crate::cli::pictures;
use crate::cli::terminal::{language, table_style, tell};
use crate::kpi::Row;
use crate::model::{Loaded, Model, Override};
use crate::render::csv::{self, Dialect};
use crate::render::words::Told;
use crate::render::{json, markdown, terminal};
use crate::report::chart::{Chart, NamedChart};
use crate::report::phrase::Phrase;
use crate::report::tables::TimeUnit;
use crate::report::{
    Beside, Block, Context, RunDocument, about, charts, screen, selection, tables,
};
use crate::study::cross_check::{CrossCheck, knows};
use crate::study::simulate::Simulation;
use crate::study::solve::Comparable;

const TABLES: [&str; 9] = [
    "kpis.csv",
    "replications.csv",
    "stages.csv",
    "losses.csv",
    "roles.csv",
    "timeline.csv",
    "cash.csv",
    "demand.csv",
    manifest::FILE,
];

/// The files that the folder will hold.
pub(super) fn file_names(arguments: &Arguments) -> Vec<String> {
    let mut names: Vec<String> = TABLES.iter().map(|name| (*name).to_owned()).collect();
    let extensions = &arguments.chart_format;
    for kind in &arguments.chart_kinds() {
        names.extend(
            extensions.iter().map(|format| format!("{}.{}", kind.name.file_stem(), format.word())),
        );
    }
    names
}

/// All that a run has to tell.
pub(super) struct Report<'a> {
    pub(super) arguments: &'a Arguments,
    pub(super) dialect: Dialect,
    pub(super) loaded: &'a Loaded,
    pub(super) model: &'a Model,
    pub(super) simulation: &'a Simulation,
    pub(super) theory: &'a [Comparable],
    pub(super) cross_check: Option<CrossCheck>,
}

/// A text as one word of a shell.
fn as_word(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "._/-=,:%+".contains(c);
    if text.chars().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

impl Report<'_> {
    /// The rows that are asked for.
    fn rows(&self) -> Vec<&Row> {
        let wanted = &self.arguments.kpi;
        let is_wanted = |row: &&Row| wanted.is_empty() || wanted.contains(&row.key.kpi);
        self.simulation.rows.iter().filter(is_wanted).collect()
    }

    /// The command that has these figures without a simulation, where there is one.
    fn at_once(&self, rows: &[&Row]) -> Option<String> {
        let Arguments { model, kpi, changes, by, horizon, .. } = self.arguments;
        let changes = changes.all(None).into_iter().map(|change| match change {
            Override::Scenario(name) => format!(" --scenario {}", as_word(&name)),
            set @ Override::Set { .. } => format!(" --set {}", as_word(&set.to_string())),
        });
        let by = by.iter().map(|name| format!(" --by {}", as_word(name)));
        let horizon = horizon.iter().map(|length| format!(" --horizon {}", as_word(length)));
        let more: String = changes.chain(by).chain(horizon).collect();
        let kpis: Vec<&str> = kpi.iter().map(|kpi| kpi.name()).collect();
        knows(self.theory, rows)
            .then(|| format!("voronka solve {} --kpi {}{more}", as_word(model), kpis.join(",")))
    }

    fn time(&self) -> TimeUnit {
        self.arguments.time_unit.time()
    }

    /// What standard output holds.
    pub(super) fn text(&self) -> String {
        let rows = self.rows();
        let blocks = || {
            if self.arguments.kpi.is_empty() {
                screen(self.simulation, &self.context())
            } else {
                selection(self.simulation, &rows, self.at_once(&rows).as_deref())
            }
        };
        match self.arguments.format {
            Format::Table => terminal::show(&blocks(), table_style()),
            Format::Markdown => markdown::show(&self.introduced(blocks()), language()),
            Format::Csv => {
                let table = tables::kpis(self.simulation, &rows, self.time());
                csv::write(&table, self.dialect)
            }
            Format::Json => self.json(None),
        }
    }

    /// Blocks with what the model says of its process below the title.
    fn introduced(&self, mut blocks: Vec<Block>) -> Vec<Block> {
        if !self.arguments.kpi.is_empty() {
            return blocks;
        }
        let line = |(key, text): (String, String)| Block::Line(Phrase::About(key, text));
        blocks.splice(1..1, about(self.model).into_iter().map(line));
        blocks
    }

    fn context(&self) -> Context {
        let warnings = self.loaded.diagnostics.iter().map(|found| found.problem.clone());
        Context {
            defaults: self.model.defaults.clone(),
            warnings: warnings.collect(),
            by: self.arguments.by.clone(),
            detail: self.arguments.detail,
            model: self.arguments.model.clone(),
            cross_check: self.cross_check.clone(),
        }
    }

    /// Everything as one document; in a folder with the list of the files beside it.
    fn json(&self, beside: Option<&[Content]>) -> String {
        let changes = self.arguments.changes.all(None);
        let document = RunDocument {
            loaded: self.loaded,
            model: self.model,
            changes: &changes,
            simulation: self.simulation,
            rows: &self.rows(),
            context: &self.context(),
            unit: self.time(),
        };
        let beside = beside.map(|contents| Beside {
            csv: self.dialect.settings().into(),
            files: manifest::list(contents),
        });
        json::document(&document.fields(beside.as_ref()))
    }

    /// All files of the folder, with one that goes there too; the last one lists the others.
    pub(super) fn files(&self, beside: Option<Content>) -> Result<Vec<Content>, Failure> {
        let pictures = self.pictures();
        let (formats, size) = (&self.arguments.chart_format, self.arguments.chart_size.size());
        let draw = || pictures::draw(&pictures, formats, size);
        let (mut contents, drawn) = rayon::join(|| self.tables(), draw);
        contents.extend(drawn?);
        contents.extend(beside);
        let list = self.json(Some(&contents)).into_bytes();
        contents.push(Content { name: manifest::FILE.to_owned(), bytes: list });
        Ok(contents)
    }

    /// The tables of the folder.
    fn tables(&self) -> Vec<Content> {
        let (simulation, rows, unit) = (self.simulation, self.rows(), self.time());
        let table = |table| csv::write(&table, self.dialect).into_bytes();
        let mut contents = Vec::new();
        let mut add = |name: &str, bytes| contents.push(Content { name: name.to_owned(), bytes });
        add("kpis.csv", table(tables::kpis(simulation, &rows, unit)));
        add("replications.csv", table(tables::replications(simulation, &rows, unit)));
        add("stages.csv", table(tables::stages(simulation, unit)));
        add("losses.csv", table(tables::losses(simulation)));
        if !simulation.program.roles.is_empty() {
            add("roles.csv", table(tables::roles(simulation, unit)));
        }
        add("timeline.csv", table(tables::timeline(simulation)));
        if simulation.program.terms.as_ref().is_some_and(|terms| terms.given) {
            add("cash.csv", table(tables::cash(simulation)));
        }
        if !simulation.demand.is_empty() {
            add("demand.csv", table(tables::demand(simulation)));
        }
        contents
    }

    /// The charts of the folder; says on standard error which of those that are asked for by name there are not.
    fn pictures(&self) -> Vec<NamedChart> {
        let mut charts = charts(self.model, self.simulation, &self.arguments.chart_kinds());
        for name in self.arguments.named_charts() {
            if charts.iter().all(|chart| chart.name() != name) {
                tell(&language().tell(Told::NoChart { name: name.file_stem() }));
            }
        }
        for chart in &mut charts {
            if let Chart::Map(map) = chart {
                map.lanes = self.arguments.lanes.map(LaneBy::lanes);
            }
        }
        let picture =
            |chart: Chart| NamedChart { file_stem: chart.name().file_stem().to_owned(), chart };
        charts.into_iter().map(picture).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::as_word;

    #[test]
    fn what_a_shell_would_cut_is_quoted() {
        assert_eq!(as_word("models/a.yaml"), "models/a.yaml");
        assert_eq!(as_word("stages.a.next={won: 5%}"), "'stages.a.next={won: 5%}'");
        assert_eq!(as_word("it's"), r"'it'\''s'");
    }
}
