//! Keys of rows, so that code finds a row by a typed key.

use super::{Direction, Kpi, Span, Stat, Unit};

/// The kind of thing that a row is about.
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
    /// Work items with one name.
    Activity,
    /// Deals with the same end.
    End,
    /// All stages of a phase.
    Phase,
    /// One kind of cost.
    Kind,
    /// All stages of a category.
    Category,
    /// One week of the window.
    Week,
    /// An item of `demand`.
    Item,
    /// A promise.
    Promise,
}

impl Scope {
    /// The scopes that an expectation can name.
    pub const KEYS: [Scope; 8] = [
        Scope::Stage,
        Scope::Reason,
        Scope::Role,
        Scope::Department,
        Scope::Person,
        Scope::Activity,
        Scope::Item,
        Scope::Promise,
    ];

    /// The word in tables and model files; empty for the whole process.
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
            Scope::Item => "item",
            Scope::Promise => "promise",
        }
    }

    /// The scope of a key of an expectation.
    pub fn of_key(key: &str) -> Option<Scope> {
        Scope::KEYS.into_iter().find(|scope| scope.word() == key)
    }
}

/// The period that a figure refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Per {
    /// A day.
    Day,
    /// A week from Monday to Sunday.
    Week,
    /// A calendar month; in a rate, a twelfth of a year.
    Month,
    /// A calendar quarter.
    Quarter,
    /// A calendar year.
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

    /// Whether a window can have a figure for each full period of this kind.
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
    /// The kind of thing.
    pub scope: Scope,
    /// The name of the stage, reason, …; empty for the whole process.
    pub name: String,
    /// The group of deals, such as `segment=smb`; empty for all.
    pub by: String,
    /// The part of a duration.
    pub span: Span,
    /// The statistic.
    pub stat: Stat,
    /// The period, if the figure refers to one.
    pub per: Option<Per>,
}

impl Key {
    /// A key for the whole process and all deals, with the usual period of the statistic.
    pub fn new(kpi: Kpi, stat: Stat) -> Key {
        let per = kpi.statistic(Span::Whole, &stat).and_then(|statistic| statistic.over.per());
        let (name, by) = (String::new(), String::new());
        Key { kpi, scope: Scope::Whole, name, by, span: Span::Whole, stat, per }
    }

    /// The same for one thing.
    #[must_use]
    pub fn of(self, scope: Scope, name: &str) -> Key {
        Key { scope, name: name.to_owned(), ..self }
    }

    /// The same for a stage.
    #[must_use]
    pub fn stage(self, name: &str) -> Key {
        self.of(Scope::Stage, name)
    }

    /// The same for a role.
    #[must_use]
    pub fn role(self, name: &str) -> Key {
        self.of(Scope::Role, name)
    }

    /// The same for a group of deals.
    #[must_use]
    pub fn by(self, group: &str) -> Key {
        Key { by: group.to_owned(), ..self }
    }

    /// The same for a part of a duration.
    #[must_use]
    pub fn span(self, span: Span) -> Key {
        Key { span, ..self }
    }

    /// The same for another period.
    #[must_use]
    pub fn per(self, per: Per) -> Key {
        Key { per: Some(per), ..self }
    }

    /// The same with another statistic.
    #[must_use]
    pub fn with(&self, stat: Stat) -> Key {
        Key { stat, ..self.clone() }
    }

    /// The unit of the figure.
    pub fn unit(&self) -> Unit {
        self.kpi.unit_of(self.span, &self.stat)
    }

    /// The good direction. A share within a time has the opposite direction of its KPI, and a
    /// spread has none.
    pub fn good(&self) -> Direction {
        match (&self.stat, self.kpi.good()) {
            (Stat::Sd | Stat::Undecided, _) => Direction::Neither,
            (Stat::Within(_), Direction::Down) => Direction::Up,
            (_, good) => good,
        }
    }

    /// The name of the statistic in tables: `open p90`.
    pub fn stat_text(&self) -> String {
        self.span.text(&self.stat)
    }

    /// The word of the period; empty if there is none.
    pub fn per_word(&self) -> &'static str {
        self.per.map_or("", Per::word)
    }
}
