//! What the commands say besides their results: typed phrases.

use super::{Language, en, ru};
use crate::diagnostic::{Change, Judged};
use crate::report::phrase::fitting::Replay;
use crate::report::phrase::{Kpi, Odd, difference};

/// What a command tells.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Told<'a> {
    /// What became of an expectation of a model; a line.
    Judged {
        /// The model's file.
        file: &'a str,
        /// What was found of it.
        judged: &'a Judged,
    },
    /// So many findings of a file were mended; a line.
    Mended {
        /// The file.
        file: &'a str,
        /// How many.
        count: usize,
    },
    /// So many findings of a file would be mended; a line.
    WouldMend {
        /// The file.
        file: &'a str,
        /// How many.
        count: usize,
    },
    /// A figure changed from one version of a model to another; a line.
    Changed {
        /// The model's file.
        file: &'a str,
        /// The figure.
        change: &'a Change,
        /// What the change means.
        verdict: difference::Verdict,
    },
    /// So many figures of two versions were compared, and so many changed beyond chance; a line.
    Compared {
        /// The model's file.
        file: &'a str,
        /// How many.
        compared: usize,
        /// How many changed.
        changed: usize,
    },
    /// What all checked files together have; a line.
    Summary(&'a Summary),
    /// A run has no figures of a KPI that was asked for; a line.
    NoFigures {
        /// The KPI.
        kpi: Kpi,
    },
    /// A chart that was asked for by its name has nothing to show; a line.
    NoChart {
        /// Its name.
        name: &'a str,
    },
    /// Figures of a run disagree with theory: a fault of this program, not of the model; a line.
    Apart {
        /// How many.
        count: usize,
        /// One of them, as rows are called.
        figure: &'a str,
        /// What the run found.
        found: f64,
        /// What theory says.
        exact: f64,
        /// The difference in standard errors.
        errors: f64,
    },
    /// The question for the stages of a new model.
    AskStages,
    /// The question for the share of deals that goes on.
    AskShare,
    /// The question for the leads of a month.
    AskLeads,
    /// Stages that are proposed, with commas between.
    SomeStages,
    /// The name of a source of leads.
    LeadSource,
    /// The comment at the top of a new model.
    ModelBegins,
    /// The comment below it: what could be added, with a currency.
    ModelEnds,
    /// How a fitted process, played again, compares with deals; a line.
    Replayed {
        /// Whether it was fitted to other deals.
        held_back: bool,
        /// What was found.
        replay: &'a Replay,
    },
    /// A new model was written; two lines.
    Wrote {
        /// The file.
        file: &'a str,
    },
    /// What looks wrong with a file that was read, and how often; some lines.
    LooksWrong {
        /// The file.
        file: &'a str,
        /// What, with how many rows, deals or names.
        found: &'a [(u64, Odd)],
    },
    /// The title of a column of templates.
    Template,
    /// The title of what templates are about.
    About,
}

/// What all checked files together have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// How many files were checked.
    pub files: usize,
    /// How many YAML files of folders were left out, for they are no models.
    pub others: usize,
    /// How many of the files could not be read.
    pub unreadable: usize,
    /// Faults that keep a file from being read, besides the first one of each file.
    pub further: usize,
    /// How many `voronka.toml` cannot be used as they are.
    pub settings: usize,
    /// How many errors there are.
    pub errors: usize,
    /// How many warnings there are.
    pub warnings: usize,
    /// Expectations that hold; none where nothing was to be judged.
    pub kept: Option<Kept>,
    /// Tests that passed, and that failed.
    pub tests: [usize; 2],
    /// Expectations that are not decided, which was allowed.
    pub undecided: usize,
    /// Warnings count as errors.
    pub strict: bool,
    /// How many findings have a mend that is certain.
    pub mendable: usize,
}

/// What became of expectations that were to be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// There was no model to judge.
    NotJudged,
    /// So many hold.
    Hold(usize),
}

impl Summary {
    /// Whether warnings alone make it fail.
    pub(super) fn fails_by_warnings(&self) -> bool {
        self.strict && self.errors == 0 && self.warnings > 0
    }

    /// Whether more is mended than is shown, because some faults are found only when others are mended.
    pub(super) fn mends_hidden(&self) -> bool {
        self.mendable > self.unreadable + self.further + self.settings + self.errors + self.warnings
    }
}

impl Language {
    /// Puts what a command tells into words.
    ///
    /// ```
    /// use voronka::render::words::{Language, Told, Summary};
    /// let summary = Summary { files: 1, errors: 2, ..Summary::default() };
    /// let said = Language::English.tell(Told::Summary(&summary));
    /// assert_eq!(said, "1 file: 2 errors, no warnings\n");
    /// ```
    pub fn tell(self, told: Told<'_>) -> String {
        match self {
            Language::English => en::command::tell(told),
            Language::Russian => ru::command::tell(told),
        }
    }
}
