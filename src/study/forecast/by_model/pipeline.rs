//! The open deals of a file as the engine takes them: stages, attributes and sources of the file by the names of a model.

use super::assumed::Assumed;
use super::chances::AtStage;
use crate::engine::{Opening, Standing};
use crate::fit::amounts::amount;
use crate::fit::log::{Dated, Day, Log};
use crate::model::Model;
use crate::program::{Id, Program, StageId};
use crate::quantity::{DAY_MICROS, Duration, MINOR_UNITS, Money, nearest};
use crate::records::deals::{Deals, NameId};
use crate::study::forecast::matched::{Matched, Word, plain};

/// Why a file does not fit a model.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Mismatch {
    /// Open deals have no stages.
    #[error("the open deals of the file have no stages")]
    NoStages,
    /// Open deals are in stages that the model does not have.
    #[error("stages that the model does not have: {unknown:?}; it has {known:?}")]
    UnknownStages {
        /// Stages of the file.
        unknown: Vec<String>,
        /// Stages of the model.
        known: Vec<String>,
    },
    /// A stage that is named for another does not exist.
    #[error("no stage {name:?} in the {}", if *.in_model { "model" } else { "file" })]
    NoSuchStage {
        /// Its name.
        name: String,
        /// Whether it is missed in the model rather than in the file.
        in_model: bool,
    },
}

/// A stage of the file and the stage of the model that it stands for.
pub type StageName = (String, String);

/// Open deals of a file in a model.
#[derive(Debug)]
pub(super) struct Pipeline {
    /// The deals, those first that are longest in their stage.
    pub(super) openings: Vec<Opening>,
    /// The index in the file of each.
    pub(super) rows: Vec<usize>,
    /// The stage in the file of each.
    pub(super) stages: Vec<NameId>,
    /// The word of the file for each stage of the model.
    pub(super) words: Vec<Option<NameId>>,
    /// What was left out or assumed.
    pub(super) notes: Vec<Assumed>,
}

/// The open deals at a cut-off; `names` says which stage of the file is which one of the model, where their names differ.
pub(super) fn pipeline(
    program: &Program,
    (deals, log): (&Deals, &Log),
    cut: Day,
    names: &[StageName],
) -> Result<Pipeline, Mismatch> {
    let stages = stages(program, deals, names)?;
    let open: Vec<&Dated> = log.deals.iter().filter(|deal| deal.is_open(cut)).collect();
    let matched = Matched::new(program, deals);
    let mut found: Vec<(Opening, usize, NameId)> = Vec::with_capacity(open.len());
    let (mut stageless, mut since_unknown, mut unknown) = (Left::default(), 0, Vec::new());
    for deal in open {
        let Some((word, since)) = place(deals, log, deal, cut) else {
            stageless.add(amount(deals, deal.row));
            continue;
        };
        let Some(stage) = stages.get(word as usize).copied().flatten() else {
            if !unknown.contains(&word) {
                unknown.push(word);
            }
            continue;
        };
        since_unknown += u64::from(since.is_none());
        let age = cut - deal.created;
        let entered = since.map_or(age / 2.0, |since| (cut - since).clamp(0.0, age));
        let opening = opening(&matched, program, (deals, deal.row), stage, [entered, age]);
        found.push((opening, deal.row, word));
    }
    if !unknown.is_empty() {
        let word = |word: NameId| deals.stages.word(word).to_owned();
        let known = program.stages.iter().map(|stage| stage.name.clone()).collect();
        return Err(Mismatch::UnknownStages {
            unknown: unknown.into_iter().map(word).collect(),
            known,
        });
    }
    if found.is_empty() && stageless.deals > 0 {
        return Err(Mismatch::NoStages);
    }
    found.sort_by_key(|one| std::cmp::Reverse(one.0.entered));
    let mut notes = other_words(&matched, &found);
    let sold = found.iter().filter(|one| one.0.sales > 0).count() as u64;
    notes.extend((sold > 0).then_some(Assumed::AlreadySold(sold)));
    notes.extend(
        (stageless.deals > 0).then_some(Assumed::Stageless(stageless.deals, stageless.amount)),
    );
    notes.extend((since_unknown > 0).then_some(Assumed::HalfOfAge(since_unknown)));
    Ok(Pipeline {
        openings: found.iter().map(|one| one.0).collect(),
        rows: found.iter().map(|one| one.1).collect(),
        stages: found.iter().map(|one| one.2).collect(),
        words: words_of(program, &stages),
        notes,
    })
}

impl Pipeline {
    /// Marks the deals that are in their stage longer than the model lets any be; returns how many they are.
    pub(super) fn mark_overdue(&mut self, stages: &[AtStage]) -> u64 {
        let mut count = 0;
        for opening in &mut self.openings {
            if opening.entered > stages[usize::from(opening.stage.0)].longest {
                opening.standing = Standing::Overdue;
                count += 1;
            }
        }
        count
    }
}

/// The first word of the file for each stage of the model.
fn words_of(program: &Program, stages: &[Option<StageId>]) -> Vec<Option<NameId>> {
    let word = |stage| stages.iter().position(|one| *one == Some(stage)).map(|at| at as NameId);
    program.stages.ids().map(word).collect()
}

/// Adds the names of a model's stages to those of a file, so that a forecast can name them.
pub fn name_stages(deals: &mut Deals, model: &Model) {
    for stage in &model.stages {
        let title = stage.title.as_ref().unwrap_or(&stage.name);
        let is = |word: &String| [title, &stage.name].iter().any(|name| plain(name) == plain(word));
        if !deals.stages.words().iter().any(is) {
            deals.stages.id(title);
        }
    }
}

/// Deals that are left out.
#[derive(Default)]
struct Left {
    deals: u64,
    amount: f64,
}

impl Left {
    fn add(&mut self, amount: Option<f64>) {
        self.deals += 1;
        self.amount += amount.unwrap_or(0.0);
    }
}

/// The stage of the model that each stage of the file is; none where the model has none of its name.
fn stages(
    program: &Program,
    deals: &Deals,
    names: &[StageName],
) -> Result<Vec<Option<StageId>>, Mismatch> {
    let find = |word: &str| {
        let is = |stage: &crate::program::Stage| {
            plain(&stage.name) == plain(word) || plain(&stage.title) == plain(word)
        };
        program.stages.iter().position(is).map(StageId::new)
    };
    let mut of_file: Vec<Option<StageId>> =
        deals.stages.words().iter().map(|word| find(word)).collect();
    for (word, stage) in names {
        let missing =
            |name: &String, in_model| Mismatch::NoSuchStage { name: name.clone(), in_model };
        let is = |known: &String| plain(known) == plain(word);
        let at = deals.stages.words().iter().position(is);
        let at = at.ok_or_else(|| missing(word, false))?;
        of_file[at] = Some(find(stage).ok_or_else(|| missing(stage, true))?);
    }
    Ok(of_file)
}

/// The stage of a deal at a cut-off, and when it came there, if the file says so.
fn place(deals: &Deals, log: &Log, deal: &Dated, cut: Day) -> Option<(NameId, Option<Day>)> {
    if log.is_staged {
        let stay = deal.stay_at(cut);
        // The last number stands for the time before the first recorded stage.
        if usize::from(stay.stage) + 1 < log.stages {
            return Some((NameId::from(stay.stage), Some(stay.entered)));
        }
    }
    let record = &deals.deals[deal.row];
    let since = record.since.map(crate::records::deals::Moment::days);
    Some((record.stage?, since.filter(|since| *since < cut)))
}

/// An open deal as the engine takes it.
fn opening(
    matched: &Matched,
    program: &Program,
    (deals, row): (&Deals, usize),
    stage: StageId,
    [entered, age]: [f64; 2],
) -> Opening {
    let time = |days: f64| Duration(nearest(days * DAY_MICROS as f64));
    let is_sold = !program.stages[stage].is_before_sale();
    Opening {
        stage,
        visit: 1,
        entered: time(entered),
        step: 0,
        standing: Standing::Unknown,
        age: time(age),
        sold: is_sold.then(|| time(entered)),
        reached_deal: None,
        sales: u32::from(is_sold),
        value: amount(deals, row).map(|amount| Money(nearest(amount * MINOR_UNITS))),
        cost: Money::ZERO,
        source: matched.source(row).unwrap_or(matched.usual),
        attributes: matched.bits(row),
    }
}

/// Words of open deals that the model does not have.
fn other_words(matched: &Matched, found: &[(Opening, usize, NameId)]) -> Vec<Assumed> {
    let rows = || found.iter().map(|one| one.1);
    let mut notes = Vec::new();
    for attribute in &matched.attributes {
        let is_other = |row: &usize| matched.word(attribute, *row) == Word::Other;
        let deals = rows().filter(is_other).count() as u64;
        notes.extend((deals > 0).then(|| Assumed::OtherWord(attribute.name.clone(), deals)));
    }
    let deals = rows().filter(|row| matched.source(*row).is_none()).count() as u64;
    // A model with one source leaves no doubt.
    notes.extend((deals > 0 && matched.has_sources()).then_some(Assumed::OtherSource(deals)));
    notes
}
