//! What the user may say of a file, where the file itself leaves it open.

use std::sync::Arc;

use super::deals::Moment;
use super::watch::Watch;

/// A system whose exports are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// Bitrix24.
    Bitrix24,
    /// amoCRM, which is Kommo outside of Russia.
    AmoCrm,
    /// `HubSpot`.
    HubSpot,
    /// Salesforce.
    Salesforce,
    /// Pipedrive.
    Pipedrive,
    /// Zoho CRM.
    Zoho,
}

impl Preset {
    /// All systems.
    pub const ALL: [Preset; 6] = [
        Preset::Bitrix24,
        Preset::AmoCrm,
        Preset::HubSpot,
        Preset::Salesforce,
        Preset::Pipedrive,
        Preset::Zoho,
    ];

    /// Its name, as it is typed.
    pub fn word(self) -> &'static str {
        match self {
            Preset::Bitrix24 => "bitrix24",
            Preset::AmoCrm => "amocrm",
            Preset::HubSpot => "hubspot",
            Preset::Salesforce => "salesforce",
            Preset::Pipedrive => "pipedrive",
            Preset::Zoho => "zoho",
        }
    }
}

/// What a column says of a deal or of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The id of a deal.
    Id,
    /// When it was created.
    Created,
    /// When it ended; the planned end of an open deal.
    Closed,
    /// Its stage.
    Stage,
    /// How it stands: open, won, lost.
    Status,
    /// Its value.
    Amount,
    /// The currency of its value.
    Currency,
    /// Who has it.
    Owner,
    /// Its funnel.
    Funnel,
    /// Why it was lost.
    Reason,
    /// Where it came from.
    Source,
    /// When it is planned to end.
    Expected,
    /// When it entered its stage.
    Since,
    /// The chance that somebody typed.
    Chance,
    /// In a log: the deal of an event.
    Case,
    /// In a log: what was done.
    Activity,
    /// In a log: when it began.
    Start,
    /// In a log: when it ended.
    End,
    /// In a log: who did it.
    Resource,
    /// Whether a deal has ended: yes or no.
    IsClosed,
    /// Whether it was won: yes or no.
    IsWon,
    /// Whether it was lost: yes or no.
    IsLost,
    /// When it was won; empty if it was not.
    WonAt,
    /// When it was lost; empty if it was not.
    LostAt,
    /// When the row was changed last.
    Modified,
    /// What is sold: a deal may have a row for each.
    Product,
    /// The name of a deal, which is free text.
    Name,
    /// The stage that was left, in a history of stages.
    Before,
    /// In a log: whether the event begins or ends the activity.
    Lifecycle,
    /// In a log: when the deal became ready for the activity.
    Ready,
    /// When somebody plans to speak with the client next.
    Next,
    /// The value that was asked for, where the file also has the one that was agreed.
    Asked,
}

impl Role {
    /// The roles that a user may give to a column.
    pub const PUBLIC: [Role; 21] = [
        Role::Id,
        Role::Created,
        Role::Closed,
        Role::Stage,
        Role::Status,
        Role::Amount,
        Role::Asked,
        Role::Currency,
        Role::Owner,
        Role::Funnel,
        Role::Reason,
        Role::Source,
        Role::Expected,
        Role::Since,
        Role::Chance,
        Role::Next,
        Role::Case,
        Role::Activity,
        Role::Start,
        Role::End,
        Role::Resource,
    ];

    /// Its name, as it is typed.
    pub fn word(self) -> &'static str {
        match self {
            Role::Id => "id",
            Role::Created => "created",
            Role::Closed => "closed",
            Role::Stage => "stage",
            Role::Status => "status",
            Role::Amount => "amount",
            Role::Currency => "currency",
            Role::Owner => "owner",
            Role::Funnel => "funnel",
            Role::Reason => "reason",
            Role::Source => "source",
            Role::Expected => "expected",
            Role::Since => "since",
            Role::Chance => "chance",
            Role::Case => "case",
            Role::Activity => "activity",
            Role::Start => "start",
            Role::End => "end",
            Role::Resource => "resource",
            Role::IsClosed => "is_closed",
            Role::IsWon => "is_won",
            Role::IsLost => "is_lost",
            Role::WonAt => "won_at",
            Role::LostAt => "lost_at",
            Role::Modified => "modified",
            Role::Product => "product",
            Role::Name => "name",
            Role::Before => "stage_before",
            Role::Lifecycle => "lifecycle",
            Role::Ready => "ready",
            Role::Next => "next",
            Role::Asked => "asked",
        }
    }

    /// Whether its cells are dates.
    pub fn is_date(self) -> bool {
        matches!(
            self,
            Role::Created
                | Role::Closed
                | Role::Expected
                | Role::Since
                | Role::Start
                | Role::End
                | Role::WonAt
                | Role::LostAt
                | Role::Modified
                | Role::Ready
                | Role::Next
        )
    }
}

/// The order of day, month and year in dates of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// Day, month, year.
    Dmy,
    /// Month, day, year.
    Mdy,
    /// Year, month, day.
    Ymd,
}

impl DateOrder {
    /// Its name, as it is typed.
    pub fn word(self) -> &'static str {
        match self {
            DateOrder::Dmy => "dmy",
            DateOrder::Mdy => "mdy",
            DateOrder::Ymd => "ymd",
        }
    }
}

/// The sign between whole and decimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecimalMark {
    /// `0.5`
    Point,
    /// `0,5`
    Comma,
}

impl DecimalMark {
    /// Its name, as it is typed.
    pub fn word(self) -> &'static str {
        match self {
            DecimalMark::Point => "point",
            DecimalMark::Comma => "comma",
        }
    }
}

/// What the user says of a file. What is not said is found out.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The system that the file comes from.
    pub preset: Option<Preset>,
    /// The columns of roles, by their headings.
    pub map: Vec<(Role, String)>,
    /// Words that mean won.
    pub won: Vec<String>,
    /// Words that mean lost.
    pub lost: Vec<String>,
    /// Parts of words of reasons, stages or statuses whose rows are not deals, as `duplicate`.
    pub not_a_deal: Vec<String>,
    /// The only funnel to read.
    pub pipeline: Option<String>,
    /// The order of dates.
    pub dates: Option<DateOrder>,
    /// What separates cells.
    pub delimiter: Option<u8>,
    /// The decimal sign of numbers.
    pub decimal: Option<DecimalMark>,
    /// The encoding of the text.
    pub encoding: Option<&'static encoding_rs::Encoding>,
    /// Leaves out rows that cannot be read, and counts them, instead of refusing the file.
    pub skip_bad_rows: bool,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// How far the reading is, for who waits for it.
    pub watch: Option<Arc<Watch>>,
    /// When the file is read: what is later in the file is in the future. None: nothing is.
    pub now: Option<Moment>,
}
