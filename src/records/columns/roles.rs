//! Which column has which role: as the user says, else by its heading.

use super::aliases::{Aliases, DEALS, HALLMARKS, HISTORIES, History, LOG};
use super::heading::{fold, kind_of_deals, split_kind, without_currency};
use crate::records::options::{Options, Preset, Role};
use crate::records::refusal::Refusal;
use crate::records::understood::{Shape, Use, Why};

/// Roles, as many as there are.
const ROLES: usize = Role::Asked as usize + 1;

/// Whether a wide column says that a stage was entered or left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::records) enum Passed {
    Entered,
    Left,
}

/// A column of a wide history: when deals entered one stage, or left it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::records) struct StageColumn {
    pub(in crate::records) at: usize,
    pub(in crate::records) passed: Passed,
    pub(in crate::records) stage: String,
}

/// The columns of a file with their roles.
#[derive(Debug)]
pub(in crate::records) struct Layout {
    /// The headings as they are.
    pub(in crate::records) headings: Vec<String>,
    /// What each column is used for, so far as its heading tells.
    pub(in crate::records) used: Vec<(Use, Why)>,
    /// What the rows are.
    pub(in crate::records) shape: Shape,
    /// The system.
    pub(in crate::records) preset: Option<Preset>,
    /// Columns of a wide history.
    pub(in crate::records) stages: Vec<StageColumn>,
    /// Columns whose headings stand before.
    pub(in crate::records) repeated: u64,
    by_role: Vec<Vec<usize>>,
}

impl Layout {
    /// The columns of a role; where the first is empty the next one counts.
    pub(in crate::records) fn columns(&self, role: Role) -> &[usize] {
        &self.by_role[role as usize]
    }

    /// Whether a column has this role.
    pub(in crate::records) fn has(&self, role: Role) -> bool {
        !self.columns(role).is_empty()
    }

    /// Gives a column another role, now that its cells are known.
    pub(in crate::records) fn change(&mut self, at: usize, role: Role) {
        let (used, why) = self.used[at];
        if let Use::Role(before) = used {
            self.by_role[before as usize].retain(|other| *other != at);
        }
        self.give(at, role, why);
    }

    /// Takes the role of a column away.
    pub(in crate::records) fn take(&mut self, at: usize, why: Why) {
        if let Use::Role(before) = self.used[at].0 {
            self.by_role[before as usize].retain(|other| *other != at);
        }
        self.used[at] = (Use::Unused, why);
    }

    fn give(&mut self, at: usize, role: Role, why: Why) {
        self.used[at] = (Use::Role(role), why);
        self.by_role[role as usize].push(at);
    }

    fn is_free(&self, at: usize) -> bool {
        matches!(self.used[at], (Use::Unused, Why::Words))
    }
}

/// Headings, folded; those of people and firms are none.
struct Folded {
    whole: Vec<String>,
    own: Vec<Option<String>>,
}

impl Folded {
    fn new(headings: &[String]) -> Folded {
        let kind = kind_of_deals(headings);
        let own = |heading: &String| match (split_kind(heading), &kind) {
            (Some((kind, rest)), Some(deals)) => {
                (kind == deals).then(|| fold(without_currency(rest)))
            }
            _ => Some(fold(without_currency(heading))),
        };
        Folded {
            whole: headings.iter().map(|heading| fold(heading)).collect(),
            own: headings.iter().map(own).collect(),
        }
    }

    fn has(&self, alternatives: &str) -> bool {
        alternatives.split('|').map(fold).any(|wanted| {
            self.own.iter().flatten().chain(&self.whole).any(|heading| *heading == wanted)
        })
    }
}

/// Gives roles to columns.
pub(in crate::records) fn assign(
    headings: Vec<String>,
    options: &Options,
) -> Result<Layout, Refusal> {
    let folded = Folded::new(&headings);
    let preset = options.preset.or_else(|| hallmark(&headings, &folded));
    let mut layout = Layout {
        used: vec![(Use::Unused, Why::Words); headings.len()],
        shape: Shape::Deals,
        preset,
        stages: Vec::new(),
        repeated: 0,
        by_role: vec![Vec::new(); ROLES],
        headings,
    };
    told(&mut layout, options)?;
    for at in 0..layout.headings.len() {
        if folded.own[at].is_none() && layout.is_free(at) {
            layout.used[at] = (Use::Unused, Why::OfAnother);
        }
    }
    let is_known_history = |history: &&History| {
        history.needs.iter().all(|needed| folded.has(needed))
            && (history.preset.is_some() || !folded.has(CREATED))
    };
    let history = HISTORIES.iter().find(is_known_history);
    let told_log = layout.has(Role::Activity) || layout.has(Role::Start) || layout.has(Role::Case);
    let is_log = told_log || is_log(&folded);
    match history {
        _ if is_log => {
            layout.shape = Shape::EventLog;
            LOG.iter().for_each(|aliases| give_first(&mut layout, &folded, aliases));
            as_log(&mut layout);
        }
        Some(history) => {
            layout.shape = Shape::StageHistory;
            layout.preset = history.preset.or(preset);
            for (role, headings) in history.roles {
                give_first(&mut layout, &folded, &Aliases { role: *role, preset: None, headings });
            }
        }
        None => {
            let of_preset =
                DEALS.iter().filter(|aliases| preset.is_some() && aliases.preset == preset);
            let of_any = DEALS.iter().filter(|aliases| aliases.preset.is_none());
            of_preset.chain(of_any).for_each(|aliases| give_first(&mut layout, &folded, aliases));
            stage_columns(&mut layout);
            if layout.has(Role::Id)
                && layout.has(Role::Stage)
                && layout.has(Role::Since)
                && !layout.has(Role::Created)
            {
                layout.shape = Shape::StageHistory;
            }
        }
    }
    if layout.shape == Shape::StageHistory {
        let (case, activity) = (Role::Case as usize, Role::Activity as usize);
        layout.by_role[case] = layout.columns(Role::Id).to_vec();
        layout.by_role[activity] = layout.columns(Role::Stage).to_vec();
    }
    needed(&layout)?;
    Ok(layout)
}

/// Headings of the creation of deals, which a history does not have.
const CREATED: &str = "Created|Created Date|Create Date|Created Time|Created at|Date created|Дата создания|Amount|Сумма|Status";

/// A log has activities with times, and no stages.
fn is_log(folded: &Folded) -> bool {
    let has =
        |role: Role| LOG.iter().any(|aliases| aliases.role == role && folded.has(aliases.headings));
    let has_stage = folded.has(
        "Deal stage|Stage name|Стадия сделки|Этап сделки|Create Date|Created Date|Дата создания",
    );
    has(Role::Case) && has(Role::Activity) && (has(Role::Start) || has(Role::End)) && !has_stage
}

/// Roles that the user gave in the words of deals serve a log too.
fn as_log(layout: &mut Layout) {
    for (role, other) in
        [(Role::Case, Role::Id), (Role::Activity, Role::Stage), (Role::Resource, Role::Owner)]
    {
        if !layout.has(role) {
            layout.by_role[role as usize] = layout.columns(other).to_vec();
        }
    }
}

/// The system by headings that only it has.
fn hallmark(headings: &[String], folded: &Folded) -> Option<Preset> {
    let kinds = headings.iter().filter(|heading| split_kind(heading).is_some()).count();
    if kinds >= 3 && kind_of_deals(headings).is_some() {
        return Some(Preset::Pipedrive);
    }
    let is_hubspot = |heading: &String| {
        (heading.to_lowercase().starts_with("date ") && stage_of(heading).is_some())
            || heading.starts_with("hs_")
    };
    if headings.iter().any(is_hubspot) {
        return Some(Preset::HubSpot);
    }
    let found = HALLMARKS.iter().find(|(_, needs)| needs.iter().all(|needed| folded.has(needed)));
    found.map(|(preset, _)| *preset)
}

/// The roles that the user gives.
fn told(layout: &mut Layout, options: &Options) -> Result<(), Refusal> {
    for (role, column) in &options.map {
        let exact = |heading: &String| heading.trim() == column.trim();
        let alike = |heading: &String| fold(heading) == fold(column);
        let at = layout.headings.iter().position(exact);
        let at = at.or_else(|| layout.headings.iter().position(alike));
        let Some(at) = at else {
            let (column, found) = (column.clone(), layout.headings.clone());
            return Err(Refusal::NoColumn { role: *role, column, found });
        };
        layout.give(at, *role, Why::Told);
    }
    Ok(())
}

/// Gives a role to the first of its headings that the file has, and to all columns of that name.
fn give_first(layout: &mut Layout, folded: &Folded, aliases: &Aliases) {
    if layout.has(aliases.role) {
        return;
    }
    for wanted in aliases.headings.split('|').map(fold) {
        let is_it = |at: &usize| folded.own[*at].as_deref() == Some(&wanted) && layout.is_free(*at);
        let found: Vec<usize> = (0..layout.headings.len()).filter(is_it).collect();
        let known = match aliases.preset.or(layout.preset) {
            Some(preset) if layout.preset == Some(preset) && aliases.preset.is_some() => {
                Why::Known(preset)
            }
            _ => Why::Heading,
        };
        for (order, at) in found.iter().enumerate() {
            layout.give(*at, aliases.role, if order == 0 { known } else { Why::Repeated });
            layout.repeated += u64::from(order > 0);
        }
        if !found.is_empty() {
            return;
        }
    }
}

/// The stage that a heading of a wide history names: `Date entered "Demo (Sales Pipeline)"`.
fn stage_of(heading: &str) -> Option<(Passed, String)> {
    let lower = heading.to_lowercase();
    let heads = [
        ("date entered \"", Passed::Entered),
        ("date entered '", Passed::Entered),
        ("date exited \"", Passed::Left),
        ("date exited '", Passed::Left),
        ("дата входа в этап \"", Passed::Entered),
        ("дата входа в стадию \"", Passed::Entered),
        ("дата перехода в этап \"", Passed::Entered),
        ("дата выхода из этапа \"", Passed::Left),
        ("дата выхода из стадии \"", Passed::Left),
        ("hs_v2_date_entered_", Passed::Entered),
        ("hs_date_entered_", Passed::Entered),
        ("hs_v2_date_exited_", Passed::Left),
        ("hs_date_exited_", Passed::Left),
    ];
    let (head, passed) = heads.iter().find(|(head, _)| lower.starts_with(head))?;
    let stage = heading.get(head.len()..)?.trim_end_matches(['"', '\'']).trim();
    // The funnel stands in brackets behind the stage.
    let stage = match stage.rfind(" (") {
        Some(at) if stage.ends_with(')') => &stage[..at],
        _ => stage,
    };
    let is_one = !stage.is_empty() && stage != "current_stage";
    is_one.then(|| (*passed, stage.to_owned()))
}

fn stage_columns(layout: &mut Layout) {
    for at in 0..layout.headings.len() {
        if layout.is_free(at)
            && let Some((passed, stage)) = stage_of(&layout.headings[at])
        {
            layout.used[at] = (Use::StageDate, Why::Heading);
            layout.stages.push(StageColumn { at, passed, stage });
        }
    }
}

/// Refuses a file without the roles that its shape needs.
fn needed(layout: &Layout) -> Result<(), Refusal> {
    let needed: &[&[Role]] = match layout.shape {
        Shape::Deals => &[
            &[Role::Id],
            &[Role::Created],
            &[Role::Stage, Role::Status, Role::IsClosed, Role::IsWon, Role::WonAt],
        ],
        Shape::StageHistory => &[&[Role::Id], &[Role::Stage], &[Role::Since]],
        Shape::EventLog => &[&[Role::Case], &[Role::Activity], &[Role::Start, Role::End]],
    };
    let missing = needed.iter().filter(|roles| !roles.iter().any(|role| layout.has(*role)));
    let is_public = |role: &&Role| Role::PUBLIC.contains(role);
    let missing: Vec<Vec<Role>> =
        missing.map(|roles| roles.iter().filter(is_public).copied().collect()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(Refusal::NoRoles { needed: missing, found: layout.headings.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(headings: &[&str]) -> Layout {
        let headings = headings.iter().map(|text| (*text).to_owned()).collect();
        assign(headings, &Options::default()).unwrap()
    }

    #[test]
    fn shapes_are_known_by_their_headings() {
        assert_eq!(
            layout(&["case_id", "activity", "start_time", "end_time"]).shape,
            Shape::EventLog
        );
        assert_eq!(layout(&["deal", "stage", "time"]).shape, Shape::StageHistory);
        assert_eq!(layout(&["OWNER_ID", "CREATED_TIME", "STAGE_ID"]).shape, Shape::StageHistory);
        assert_eq!(layout(&["id", "created", "stage", "amount"]).shape, Shape::Deals);
    }

    #[test]
    fn stages_of_a_wide_history_lose_quotes_and_funnel() {
        let stage = |heading| stage_of(heading).map(|(_, stage)| stage);
        assert_eq!(
            stage("Date entered \"Closed Won (Sales Pipeline)\""),
            Some("Closed Won".to_owned())
        );
        assert_eq!(
            stage("hs_v2_date_exited_appointmentscheduled"),
            Some("appointmentscheduled".to_owned())
        );
        assert_eq!(stage("Date entered current stage"), None);
        assert_eq!(stage("hs_v2_date_entered_current_stage"), None);
    }
}
