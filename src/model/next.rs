//! `next`: where a deal goes when it leaves a stage, and with which probability.
//!
//! The branches and the reasons below `lost` are one group of shares that sums to 1. A share may be
//! `rest`, and a branch may take time. Every short form is expanded to the full list of branches.

use super::chance::{Per, Varies};
use super::delay::Delay;
use super::forms;
use super::home;
use super::mend;
use super::reader::{Field, Reader, Section, Spot};
use super::shares::{differences, mixed_shares};
use super::yaml::Kind;
use crate::diagnostic::{Doubt, Home, StructureFault, ValueFault, Wanted, Warning};
use crate::quantity::{Share, parse_number, parse_share};

/// Where a branch leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Another stage, or the same one again.
    Stage(String),
    /// The next stage in the file; after the last one, won.
    Following,
    /// A sale is booked and the process ends.
    Won,
    /// The process ends without a sale at this point.
    Done,
    /// The deal is lost, for this reason if one is given.
    Lost(Option<String>),
    /// The last sale is taken back, for this reason if one is given.
    Cancelled(Option<String>),
}

/// One transition out of a stage.
#[derive(Debug, Clone, PartialEq)]
pub struct Branch {
    /// Where it leads.
    pub target: Target,
    /// Its probability.
    pub probability: f64,
    /// How the probability varies around its mean, which is `probability`.
    pub varies: Option<Varies>,
    /// Client time before the transition.
    pub after: Option<Delay>,
    /// Where it is written.
    pub spot: Spot,
}

/// The keys of a branch.
pub(super) const BRANCH: &[&str] = &["share", "per", "after"];

/// The keys of `lost` and `cancelled` with reasons; `per` only without.
pub(super) const LOST: &[&str] = &["share", "reasons", "per", "after"];

/// Tolerance for sums of shares.
pub(super) const SUM_TOLERANCE: f64 = 1e-9;

struct Draft {
    target: Target,
    share: Share,
    varies: Option<Varies>,
    after: Option<Delay>,
    spot: Spot,
}

impl Field<'_> {
    pub(super) fn next(&self, r: &mut Reader<'_>) -> Option<Vec<Branch>> {
        if let Some(form) = forms::branches(self.node) {
            self.report_form(r, form);
            return None;
        }
        if !self.is_map() {
            return self.short_next(r);
        }
        let before = r.findings.count();
        let mut drafts = Vec::new();
        let entries = self.entries();
        for (name, branch) in &entries {
            if branch.lacks_share(r, &entries) {
                continue;
            }
            match branch.end(r).unwrap_or(name) {
                "lost" | "cancelled" => {
                    let others = entries.iter().filter(|(other, _)| other != name);
                    let left = left_by(others.map(|(_, field)| field));
                    let target = if *name == "lost" { Target::Lost } else { Target::Cancelled };
                    drafts.extend(branch.for_reasons(r, target, left).unwrap_or_default());
                }
                "won" => drafts.extend(branch.draft(r, Target::Won, BRANCH)),
                "done" => drafts.extend(branch.draft(r, Target::Done, BRANCH)),
                name if branch.is_of_stage() => {
                    let problem = StructureFault::MisplacedKey {
                        key: name.to_owned(),
                        home: Home::Beside("next"),
                    };
                    r.findings.report(problem, branch.key().place, branch.path.clone());
                }
                name => {
                    drafts.extend(branch.draft(r, Target::Stage(name.to_owned()), BRANCH));
                }
            }
        }
        let lost = entries.iter().filter(|(name, _)| matches!(*name, "lost" | "cancelled"));
        let reasons: Vec<Field> =
            lost.flat_map(|(_, lost)| lost.entries()).map(|(_, f)| f).collect();
        mixed_shares(r, entries.iter().map(|(_, field)| field).chain(&reasons));
        // A share that could not be read makes the sum unknown: one report is enough.
        if r.findings.has_errors_since(before) {
            return None;
        }
        self.resolve_shares(r, drafts)
    }

    /// The end that a key with reasons means, written in capitals or in another spelling; reports it.
    fn end(&self, r: &mut Reader<'_>) -> Option<&'static str> {
        const ENDS: [&str; 4] = ["lost", "won", "done", "cancelled"];
        let name = self.name();
        let lower = name.trim().to_lowercase();
        let end = ENDS.into_iter().find(|end| lower.replace("canceled", "cancelled") == *end)?;
        // A stage of that name has a share.
        let has_share = self.entries().iter().any(|(key, _)| BRANCH.contains(key));
        let is_of_end = self.is_map() && (!has_share || self.node.get("reasons").is_some());
        if end == name || !is_of_end {
            return None;
        }
        let problem = StructureFault::UnknownKey {
            key: name.to_owned(),
            nearest: Some(end.to_owned()),
            known: ENDS.map(str::to_owned).to_vec(),
        };
        let Spot { place, path } = self.key();
        r.findings.report(problem, place, path);
        Some(end)
    }

    /// Whether this is a key of the stage and no branch: a stage may also be named `sale`.
    fn is_of_stage(&self) -> bool {
        let text = self.node.get("share").unwrap_or(self.node).scalar_text();
        let is_amount = matches!(self.name(), "cost" | "max_visits");
        home::is_of_stage(self.name())
            && parse_share(text).is_err()
            && (is_amount || parse_number(text.trim_end_matches(['%', ' '])).is_err())
    }

    /// A stage's name, `won`, `done`, or a bare share that leads to the following stage.
    fn short_next(&self, r: &mut Reader<'_>) -> Option<Vec<Branch>> {
        let text = self.scalar(r, Wanted::Next)?;
        let spot = self.spot();
        let branch = |target, probability| Branch {
            target,
            probability,
            varies: None,
            after: None,
            spot: spot.clone(),
        };
        if text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+')) {
            // A stage's name may also begin with digits: `1st contact`.
            if parse_share(text).is_ok() || !text.contains(char::is_alphabetic) {
                let share = self.plain_share(r)?;
                return Some(vec![
                    branch(Target::Following, share),
                    branch(Target::Lost(None), 1.0 - share),
                ]);
            }
        }
        let target = match text {
            "won" => Target::Won,
            "done" => Target::Done,
            "lost" => Target::Lost(None),
            "rest" => Target::Following,
            "cancelled" => Target::Cancelled(None),
            name => Target::Stage(name.to_owned()),
        };
        Some(vec![branch(target, 1.0)])
    }

    /// A share, or `{share, per, after}`; `known` are the keys that may stand there.
    fn draft(&self, r: &mut Reader<'_>, target: Target, known: &[&str]) -> Option<Draft> {
        let spot = self.key();
        if let Some((key, value)) = self.torn() {
            let (key, value) = (key.to_owned(), value.to_owned());
            r.findings.report(StructureFault::NoColon { key, value }, spot.place, spot.path);
            return None;
        }
        if !self.is_map() {
            return Some(Draft { target, share: self.share(r)?, varies: None, after: None, spot });
        }
        let section = self.section(r, known, &[])?;
        let (share, varies) = self.branch_share(r, &section)?;
        let after = match section.get("after") {
            Some(field) => Some(field.delay(r)?),
            None => None,
        };
        Some(Draft { target, share, varies, after, spot })
    }

    /// The name and the share of `lost rest`, a branch without its colon.
    pub(super) fn torn(&self) -> Option<(&str, &str)> {
        let (name, share) = self.name().rsplit_once(' ').filter(|_| self.is_null())?;
        parse_share(share).is_ok().then_some((name, share))
    }

    /// The share of a branch, and how it varies.
    fn branch_share(
        &self,
        r: &mut Reader<'_>,
        section: &Section<'_>,
    ) -> Option<(Share, Option<Varies>)> {
        let varies = self.has_varying_share();
        let per = if varies { section.need(r, "per", self.name()) } else { section.get("per") };
        let share = section.need(r, "share", self.name())?;
        if !varies {
            if let Some(per) = per {
                let problem = StructureFault::Conflict { key: "per", other: "share" };
                r.findings.report(problem, per.key().place, per.path.clone());
                return None;
            }
            return Some((share.share(r)?, None));
        }
        let per = per.and_then(|field| field.word(r, Wanted::Scalar, &Per::WORDS));
        share.varying_share(r, per).filter(|_| per.is_some())
    }

    /// What may stand after `lost` and `cancelled`: a share, a reason, reasons with shares of all deals, or
    /// `{share, reasons, after}`, whose reasons have shares of the lost deals.
    fn for_reasons(
        &self,
        r: &mut Reader<'_>,
        target: fn(Option<String>) -> Target,
        left: Option<f64>,
    ) -> Option<Vec<Draft>> {
        let spot = self.key();
        if !self.is_map() {
            let text = self.scalar(r, Wanted::Share)?;
            let number = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-'));
            let (reason, share) = match text {
                "rest" => (None, Share::Rest),
                _ if number => (None, self.share(r)?),
                word if mend::is_rest(word) => {
                    let text = word.to_owned();
                    self.report(r, Doubt::RestAsReason { text });
                    (None, Share::Rest)
                }
                reason => (Some(reason.to_owned()), Share::Rest),
            };
            return Some(vec![Draft {
                target: target(reason),
                share,
                varies: None,
                after: None,
                spot,
            }]);
        }
        let split = ["share", "reasons"].iter().any(|key| self.node.get(key).is_some());
        if !split {
            let reasons = self.names(r)?;
            for reason in
                reasons.iter().filter(|reason| reason.is_null() && reason.torn().is_none())
            {
                let problem = Warning::CommaInReason { reason: reason.name().to_owned() };
                r.findings.report(problem, reason.key().place, reason.path.clone());
            }
            let drafts = reasons.iter().map(|reason| {
                let target = target(Some(reason.name().to_owned()));
                reason.draft(r, target, BRANCH)
            });
            return drafts.collect();
        }
        if self.node.get("reasons").is_none() {
            return Some(vec![self.draft(r, target(None), LOST)?]);
        }
        let section = self.section(r, LOST, &[])?;
        let total = section.need(r, "share", self.name()).and_then(|field| field.share(r));
        let after = match section.get("after") {
            Some(field) => Some(field.delay(r)?),
            None => None,
        };
        if let Some(per) = section.get("per") {
            let problem = StructureFault::Conflict { key: "per", other: "reasons" };
            r.findings.report(problem, per.key().place, per.path.clone());
            return None;
        }
        let reasons = section.get("reasons")?;
        let inner: Option<Vec<Draft>> = reasons
            .names(r)?
            .iter()
            .map(|reason| reason.draft(r, target(Some(reason.name().to_owned())), BRANCH))
            .collect();
        let inner = reasons.resolve_shares(r, inner?)?;
        let total = match (total?, left) {
            (Share::Of(share), _) => share,
            (Share::Rest, Some(left)) => left,
            (Share::Rest, None) => {
                self.report(r, ValueFault::SeveralRests);
                return None;
            }
        };
        let scale = |branch: Branch| Draft {
            target: branch.target,
            share: Share::Of(branch.probability * total),
            varies: None,
            after: branch.after.or_else(|| after.clone()),
            spot: branch.spot,
        };
        Some(inner.into_iter().map(scale).collect())
    }

    /// Replaces `rest` by its number and checks the sum.
    fn resolve_shares(&self, r: &mut Reader<'_>, drafts: Vec<Draft>) -> Option<Vec<Branch>> {
        let given: f64 = drafts
            .iter()
            .map(|draft| if let Share::Of(share) = draft.share { share } else { 0.0 })
            .sum();
        let mut rests = drafts.iter().filter(|draft| draft.share == Share::Rest);
        let (first, second) = (rests.next(), rests.next());
        if let Some(second) = second {
            let spot = second.spot.clone();
            r.findings.report(ValueFault::SeveralRests, spot.place, spot.path);
            return None;
        }
        let over = given > 1.0 + SUM_TOLERANCE;
        let short = first.is_none() && given < 1.0 - SUM_TOLERANCE;
        if over || short {
            let spot = self.key();
            let apart = apart(&drafts).filter(|_| over);
            let of_lost = if over { shares_of_lost(&drafts) } else { None };
            let problem = ValueFault::SharesSum { sum: given, of_lost, apart };
            r.findings.report(problem, spot.place, spot.path);
            return None;
        }
        if let Some(second) = drafts.iter().filter(|draft| draft.varies.is_some()).nth(1) {
            let spot = second.spot.clone();
            r.findings.report(ValueFault::SeveralVarying, spot.place, spot.path);
            return None;
        }
        let rest = (1.0 - given).max(0.0);
        let branch = |draft: Draft| Branch {
            target: draft.target,
            probability: if let Share::Of(share) = draft.share { share } else { rest },
            varies: draft.varies,
            after: draft.after,
            spot: draft.spot,
        };
        Some(drafts.into_iter().map(branch).collect())
    }
}

/// How the reasons of a group whose shares are too much are written as shares of the lost; `None` if it has not several.
fn shares_of_lost(drafts: &[Draft]) -> Option<String> {
    let percent = |share: f64| format!("{}%", (share * 1e6).round() / 1e4);
    let given = |draft: &Draft| if let Share::Of(share) = draft.share { share } else { 0.0 };
    let reason = |draft: &&Draft| matches!(draft.target, Target::Lost(Some(_)));
    let others: f64 = drafts.iter().filter(|draft| !reason(draft)).map(given).sum();
    let reasons: Vec<&Draft> = drafts.iter().filter(reason).collect();
    let (final_one, before) = reasons.split_last().filter(|(_, before)| !before.is_empty())?;
    let named = |draft: &Draft, share: &str| match &draft.target {
        Target::Lost(Some(name)) => format!("{name}: {share}"),
        _ => String::new(),
    };
    // Two of them show how it is written; what others would take of the lost is not known.
    let shown = before.iter().take(2).map(|draft| named(draft, &percent(given(draft))));
    let shown: Vec<String> = shown.chain([named(final_one, "rest")]).collect();
    let fits = before.iter().map(|draft| given(draft)).sum::<f64>() <= 1.0 && others < 1.0;
    let lost = if others > 0.0 { percent(1.0 - others) } else { "rest".to_owned() };
    fits.then(|| format!("lost: {{share: {lost}, reasons: {{{}}}}}", shown.join(", ")))
}

/// The reasons of a group whose shares rise to 100 %, each with its own share.
fn apart(drafts: &[Draft]) -> Option<String> {
    let of_reason = |draft: &Draft| match (&draft.target, draft.share) {
        (Target::Lost(Some(reason)), Share::Of(share)) => Some((reason.clone(), share)),
        _ => None,
    };
    let reasons: Vec<(String, f64)> = drafts.iter().filter_map(of_reason).collect();
    let shares: Vec<f64> = reasons.iter().map(|(_, share)| *share).collect();
    let own = differences(&shares)?;
    let named = reasons.iter().zip(own).map(|((reason, _), share)| format!("{reason}: {share}"));
    let named = named.collect::<Vec<_>>().join(", ");
    let is_alone = reasons.len() == drafts.len();
    Some(if is_alone { named } else { format!("lost: {{share: rest, reasons: {{{named}}}}}") })
}

/// What the other branches leave of 1; `None` if one of them is `rest`.
fn left_by<'n>(others: impl Iterator<Item = &'n Field<'n>>) -> Option<f64> {
    let mut left = 1.0;
    for field in others {
        let share = field.node.get("share").unwrap_or(field.node);
        if let Some(mean) = field.mean_share() {
            left -= mean;
            continue;
        }
        let Kind::Scalar(text) = &share.kind else { return None };
        match parse_share(text) {
            Ok(Share::Of(share)) => left -= share,
            _ => return None,
        }
    }
    Some(f64::max(left, 0.0))
}
