//! What a row of a result is about, so that code finds it by a key that the compiler checks.

use super::{Direction, Kpi, Span, Stat, Unit};

/// A kind of thing that a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Scope {
    /// The whole process.
    #[default]
    Whole,
    /// One stage.
    Stage,
    /// One reason of losses.
    Reason,
    /// The people of one role.
    Role,
    /// The roles of one department.
    Department,
    /// One person.
    Person,
    /// Work of one name.
    Activity,
    /// Deals that ended alike.
    End,
    /// All stages of a phase.
    Phase,
    /// One kind of cost.
    Kind,
    /// All stages of a category.
    Category,
    /// One week of the window.
    Week,
}

impl Scope {
    /// Those that an expectation can name.
    pub const KEYS: [Scope; 6] = [
        Scope::Stage,
        Scope::Reason,
        Scope::Role,
        Scope::Department,
        Scope::Person,
        Scope::Activity,
    ];

    /// The word in tables and model files; empty for the whole.
    pub fn word(self) -> &'static str {
        match self {
            Scope::Whole => "",
            Scope::Stage => "stage",
            Scope::Reason => "reason",
            Scope::Role => "role",
            Scope::Department => "department",
            Scope::Person => "person",
            Scope::Activity => "activity",
            Scope::End => "end",
            Scope::Phase => "phase",
            Scope::Kind => "kind",
            Scope::Category => "category",
            Scope::Week => "week",
        }
    }

    /// The scope that a key of an expectation names.
    pub fn of_key(key: &str) -> Option<Scope> {
        Scope::KEYS.into_iter().find(|scope| scope.word() == key)
    }
}

/// The period that a number refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Per {
    /// A day.
    Day,
    /// A week from Monday to Sunday.
    Week,
    /// A month of the calendar; of a rate, a twelfth of a year.
    Month,
    /// A quarter of the calendar.
    Quarter,
    /// A year of the calendar.
    Year,
    /// The window of the run.
    Window,
}

impl Per {
    /// All periods that a model file can name.
    pub const ALL: [Per; 6] =
        [Per::Day, Per::Week, Per::Month, Per::Quarter, Per::Year, Per::Window];

    /// The word in tables and model files.
    pub fn word(self) -> &'static str {
        match self {
            Per::Day => "day",
            Per::Week => "week",
            Per::Month => "month",
            Per::Quarter => "quarter",
            Per::Year => "year",
            Per::Window => "window",
        }
    }

    /// Whether KPIs may be known of each full period of this kind in a window.
    pub fn is_of_calendar(self) -> bool {
        !matches!(self, Per::Day | Per::Window)
    }
}

/// What a row is about. No two rows of a result have the same key.
///
/// ```
/// use voronka::kpi::{Key, Kpi, Per, Stat};
/// let key = Key::new(Kpi::Visits, Stat::Total).stage("offer");
/// assert_eq!((key.scope.word(), key.name.as_str(), key.per), ("stage", "offer", Some(Per::Window)));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The KPI.
    pub kpi: Kpi,
    /// What kind of thing.
    pub scope: Scope,
    /// Which stage, reason, …; empty for the whole.
    pub name: String,
    /// The part of the deals: `segment=smb`; empty for all.
    pub by: String,
    /// What a duration is counted from.
    pub span: Span,
    /// The statistic.
    pub stat: Stat,
    /// The period that it refers to, where it does.
    pub per: Option<Per>,
}

impl Key {
    /// The key of the whole process and of all deals, for the period that the statistic usually refers to.
    pub fn new(kpi: Kpi, stat: Stat) -> Key {
        let per = kpi.statistic(Span::Whole, &stat).and_then(|statistic| statistic.over.per());
        let (name, by) = (String::new(), String::new());
        Key { kpi, scope: Scope::Whole, name, by, span: Span::Whole, stat, per }
    }

    /// The same of one thing.
    #[must_use]
    pub fn of(self, scope: Scope, name: &str) -> Key {
        Key { scope, name: name.to_owned(), ..self }
    }

    /// The same of a stage.
    #[must_use]
    pub fn stage(self, name: &str) -> Key {
        self.of(Scope::Stage, name)
    }

    /// The same of a role.
    #[must_use]
    pub fn role(self, name: &str) -> Key {
        self.of(Scope::Role, name)
    }

    /// The same of a part of the deals.
    #[must_use]
    pub fn by(self, group: &str) -> Key {
        Key { by: group.to_owned(), ..self }
    }

    /// The same of a part of a duration.
    #[must_use]
    pub fn span(self, span: Span) -> Key {
        Key { span, ..self }
    }

    /// The same for each period of another kind.
    #[must_use]
    pub fn per(self, per: Per) -> Key {
        Key { per: Some(per), ..self }
    }

    /// Another statistic of the same.
    #[must_use]
    pub fn with(&self, stat: Stat) -> Key {
        Key { stat, ..self.clone() }
    }

    /// What the number counts.
    pub fn unit(&self) -> Unit {
        self.kpi.unit_of(self.span, &self.stat)
    }

    /// Which way the number should go. The direction of a KPI is that of its usual statistics: a share within a time
    /// goes the other way, and of a spread neither way is better.
    pub fn good(&self) -> Direction {
        match (&self.stat, self.kpi.good()) {
            (Stat::Sd | Stat::Undecided, _) => Direction::Neither,
            (Stat::Within(_), Direction::Down) => Direction::Up,
            (_, good) => good,
        }
    }

    /// The statistic as tables name it: `open p90`.
    pub fn stat_text(&self) -> String {
        self.span.text(&self.stat)
    }

    /// The word of the period; empty where it is none.
    pub fn per_word(&self) -> &'static str {
        self.per.map_or("", Per::word)
    }
}
