//! Which stage of a model each stage of a log is.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::fit::process::Traces;
use crate::fit::writing::ONLY_STAGE;
use crate::lint::skeleton;
use crate::model::Model;
use crate::records::deals::{Deals, NameId};

/// Which stage of the model each stage of the log is.
pub(super) struct Matched {
    pub(super) of_log: BTreeMap<NameId, usize>,
    pub(super) of_model: BTreeMap<usize, NameId>,
    /// Names that only look alike: in the log and in the model.
    pub(super) alike: Vec<(String, String)>,
}

/// Matches names exactly, then those that look alike and are still free.
pub(super) fn matched(deals: &Deals, traces: &Traces, model: &Model) -> Matched {
    let exact: HashMap<&str, usize> =
        model.stages.iter().enumerate().map(|(at, stage)| (stage.name.as_str(), at)).collect();
    let alike: HashMap<String, usize> =
        model.stages.iter().enumerate().map(|(at, stage)| (skeleton(&stage.name), at)).collect();
    let mut found =
        Matched { of_log: BTreeMap::new(), of_model: BTreeMap::new(), alike: Vec::new() };
    let steps = traces.list.iter().flat_map(|trace| &trace.steps);
    let used: BTreeSet<NameId> = steps.map(|step| step.stage).collect();
    for id in &used {
        if let Some(at) = exact.get(word(deals, *id)) {
            found.of_log.insert(*id, *at);
            found.of_model.insert(*at, *id);
        }
    }
    for id in used {
        let word = word(deals, id);
        let free = alike.get(&skeleton(word)).filter(|at| !found.of_model.contains_key(at));
        if let Some(at) = free.filter(|_| !found.of_log.contains_key(&id)) {
            found.of_log.insert(id, *at);
            found.of_model.insert(*at, id);
            found.alike.push((word.to_owned(), model.stages[*at].name.clone()));
        }
    }
    found
}

/// The name of a stage of the log; that of the only one where deals have no history.
pub(super) fn word(deals: &Deals, id: NameId) -> &str {
    if deals.visits.is_empty() { ONLY_STAGE } else { deals.stages.word(id) }
}
