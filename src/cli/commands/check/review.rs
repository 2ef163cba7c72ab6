//! What is shown of the findings, by the command line, by settings, and by comments of the model.

use std::path::{Path, PathBuf};

use super::Arguments;
use crate::cli::paths::{Candidate, Found};
use crate::diagnostic::{Diagnostic, Judged, Pattern, Sources, Tested};
use crate::render::findings::Checked;
use crate::study::review::{Choice, review};
use crate::study::testing::Examined;

/// A file with what was found, ready to be shown.
pub(super) struct Entry {
    /// What entries are ordered by.
    pub(super) path: PathBuf,
    pub(super) sources: Sources,
    label: Option<String>,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) judged: Vec<Judged>,
    pub(super) tested: Vec<Tested>,
    pub(super) strict: bool,
    /// Whether it is no model but its settings.
    pub(super) of_settings: bool,
}

impl Entry {
    pub(super) fn checked(&self) -> Checked<'_> {
        Checked {
            sources: &self.sources,
            label: self.label.as_deref(),
            diagnostics: &self.diagnostics,
            judged: &self.judged,
            tested: &self.tested,
            strict: self.strict,
        }
    }
}

/// Whether all findings of the files as they are written are looked at: not those of changes, nor only new ones.
fn sees_all(arguments: &Arguments) -> bool {
    arguments.set.is_empty() && !arguments.versions.is_asked()
}

/// What is shown of the findings, by the command line and by the settings of each file.
pub(super) struct Review<'a> {
    arguments: &'a Arguments,
    found: &'a Found,
    /// For each settings, which of their ignores hid something.
    used: Vec<Vec<bool>>,
    /// For each settings, whether each file of them could be looked at as it is written.
    whole: Vec<bool>,
}

impl<'a> Review<'a> {
    pub(super) fn new(arguments: &'a Arguments, found: &'a Found) -> Review<'a> {
        let used = found.settings.iter().map(|settings| vec![false; settings.ignore.len()]);
        let is_below = |folder: &Path| found.folders.iter().any(|whole| folder.starts_with(whole));
        let whole = found.settings.iter().map(|settings| is_below(&settings.folder));
        let whole = whole.map(|whole| whole && sees_all(arguments)).collect();
        Review { arguments, found, used: used.collect(), whole }
    }

    pub(super) fn entry(
        &mut self,
        candidate: &Candidate,
        examined: Examined,
        judged: Vec<Judged>,
    ) -> Entry {
        let Examined { loaded, tested } = examined;
        let settings = candidate.settings.map(|at| (at, &self.found.settings[at]));
        let mut ignore = self.arguments.ignore.clone();
        let mut numbers = Vec::new();
        if let Some((_, settings)) = settings {
            let path = candidate.real.strip_prefix(&settings.folder).unwrap_or(&candidate.real);
            let meant = settings.ignore.iter().enumerate().filter(|(_, one)| one.is_for(path));
            for (number, one) in meant {
                ignore.push(one.pattern.clone());
                numbers.push(number);
            }
        }
        let is_model = loaded.model.is_some();
        let choice = Choice {
            select: self.select(settings.map(|(at, _)| at)),
            ignore: &ignore,
            simulated: self.arguments.simulate,
            unused: is_model && sees_all(self.arguments),
        };
        let reviewed = review(&loaded.sources, loaded.diagnostics, &choice);
        if let Some((at, _)) = settings {
            self.whole[at] &= is_model || !tested.is_empty();
            let used = &reviewed.used[self.arguments.ignore.len()..];
            numbers.iter().zip(used).for_each(|(number, used)| self.used[at][*number] |= used);
        }
        Entry {
            path: PathBuf::from(&candidate.name),
            sources: loaded.sources,
            label: loaded.model.map(|model| model.label),
            diagnostics: reviewed.shown,
            judged,
            tested,
            strict: self.arguments.strict || settings.is_some_and(|(_, settings)| settings.strict),
            of_settings: false,
        }
    }

    fn select(&self, settings: Option<usize>) -> Option<&'a [Pattern]> {
        let of_settings = settings.and_then(|at| self.found.settings[at].select.as_deref());
        let asked = &self.arguments.select;
        if asked.is_empty() { of_settings } else { Some(asked) }
    }

    /// The settings in which something is wrong, or that ignore what is not there.
    pub(super) fn settings(&self) -> Vec<Entry> {
        let found = self.found.settings.iter().enumerate().map(|(at, settings)| {
            let mut diagnostics = settings.diagnostics.clone();
            if self.whole[at] {
                let ignores = settings.ignore.iter().zip(&self.used[at]);
                // Only a simulation gets this one.
                let simulated = self.arguments.simulate;
                let unused = ignores
                    .filter(|(one, used)| !**used && (simulated || !one.pattern.matches("V621")));
                diagnostics.extend(unused.map(|(one, _)| one.hides_nothing()));
            }
            let select = self.select(Some(at));
            let choice = Choice { select, ignore: &self.arguments.ignore, ..Choice::default() };
            diagnostics.retain(|found| choice.shows(found));
            Entry {
                path: PathBuf::from(&settings.sources.iter().next().expect("the text").name),
                sources: settings.sources.clone(),
                label: None,
                diagnostics,
                judged: Vec::new(),
                tested: Vec::new(),
                strict: self.arguments.strict || settings.strict,
                of_settings: true,
            }
        });
        found.filter(|entry| !entry.diagnostics.is_empty()).collect()
    }
}
