//! Statistics: a mean, a quantile, a share within a time.

use std::fmt;

/// The part of a duration that counts, and its clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Span {
    /// The whole duration, in elapsed time.
    #[default]
    Whole,
    /// From the first entry to a stage of phase `deal` or later.
    FromDeal,
    /// From the sale.
    FromSale,
    /// Open hours only, in working time.
    Open,
}

impl Span {
    /// The word before a statistic in tables and model files; empty for the whole duration.
    pub fn word(self) -> &'static str {
        match self {
            Span::Whole => "",
            Span::FromDeal => "from_deal",
            Span::FromSale => "from_sale",
            Span::Open => "open",
        }
    }

    /// The name of a statistic with its span in tables and model files: `open p90`.
    pub fn text(self, stat: &Stat) -> String {
        if self == Span::Whole { stat.to_string() } else { format!("{} {stat}", self.word()) }
    }
}

/// The probability of a quantile: 0.9 is printed as `p90`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantile {
    millionths: u32,
}

impl Quantile {
    /// The quantile at a probability between 0 and 1, rounded to a millionth.
    pub const fn new(p: f64) -> Quantile {
        Quantile { millionths: (p * 1e6).round() as u32 }
    }

    /// Reads `p90`; the probabilities 0 and 1 are refused.
    pub fn parse(text: &str) -> Option<Quantile> {
        let percent: f64 = text.strip_prefix('p')?.parse().ok()?;
        let quantile = Quantile::new(percent / 100.0);
        (percent < 100.0 && (1..1_000_000).contains(&quantile.millionths)).then_some(quantile)
    }

    /// The probability.
    pub fn share(self) -> f64 {
        f64::from(self.millionths) / 1e6
    }
}

impl fmt::Display for Quantile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "p{}", f64::from(self.millionths) / 1e4)
    }
}

macro_rules! stats {
    ($($variant:ident = $word:literal: $meaning:literal,)+) => {
        /// A statistic of a KPI.
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Stat {
            $(#[doc = $meaning] $variant,)+
            /// A quantile.
            Quantile(Quantile),
            /// The share within a time, kept as written: `2h`.
            Within(String),
            /// The share of exits to a stage or an end.
            To(String),
        }

        impl fmt::Display for Stat {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Stat::$variant => f.write_str($word),)+
                    Stat::Quantile(quantile) => quantile.fmt(f),
                    Stat::Within(time) => write!(f, "within {time}"),
                    Stat::To(exit) => write!(f, "to {exit}"),
                }
            }
        }
    };
}

stats! {
    Total = "total": "Sum over the window.",
    Mean = "mean": "Mean.",
    Sd = "sd": "Standard deviation.",
    Share = "share": "Part of a whole.",
    Count = "count": "How many.",
    Undecided = "undecided": "The share that is neither won nor lost yet.",
    Next = "next": "The share that ever reached the next stage of the funnel.",
    On = "on": "The share that did not end in a loss.",
    First = "first": "How many were the first of their kind.",
    Rework = "rework": "Visits after the first of a round.",
    Left = "left": "Visits that ended.",
    PerDeal = "per_deal": "For each deal.",
    ReworkShare = "rework share": "The share of visits that are rework.",
    ReworkDays = "rework days": "Time that rework took.",
    ReworkCost = "rework cost": "Cost of rework.",
    Processing = "processing": "Time under work.",
    Queue = "queue": "Time without a free person.",
    OffHours = "off_hours": "Time outside of working hours.",
    Client = "client": "Time that the client takes.",
    Unanswered = "unanswered": "The share that nobody worked on.",
    Open = "open": "The part in open hours.",
    WithReneged = "with reneged": "Mean of all who waited, also of those who left the queue.",
    Waited = "waited": "The share that did not start at once.",
    AtEnd = "at end": "How many at the end.",
    Sales = "sales": "All sales.",
    Asked = "asked": "What was asked for, done or not.",
    MissingPeople = "missing people": "People that would be needed beside those who are there.",
    Done = "done": "How many were finished.",
    PerSale = "per_sale": "For each sale.",
    PerPersonDay = "per_person_day": "For each working day of a person.",
    Work = "work": "Working time.",
    Value = "value": "What it was worth.",
    Sunk = "sunk": "What it had cost.",
    Bookings = "bookings": "The part of the target of bookings that was reached.",
    BookingsChance = "bookings chance": "The share of windows that reach the target of bookings.",
    Wins = "wins": "The part of the target of wins that was reached.",
    WinsChance = "wins chance": "The share of windows that reach the target of wins.",
    WithoutOverheads = "without overheads": "Without overheads, one-off costs and the investment.",
    Lot = "lot": "The amount that is enough with a chance of 90 %.",
    Load = "load": "The part of the capacity that is used.",
    AboveCapacity = "above capacity": "The share of weeks in which more is needed than there is.",
    Reached = "reached": "The part of the target that was reached.",
    ReachedChance = "reached chance": "The share of windows that reach the target.",
    OfWon = "of won": "Mean of the deals that were sold.",
    Under60 = "under 60": "The share under 60 points.",
    Skewness = "skewness": "How skewed the values of a mean are: for a comparison, not shown.",
    Spread = "spread": "Standard deviation of the values of a mean: for a comparison, not shown.",
}

impl Stat {
    /// The quantile at probability `p`.
    pub const fn quantile(p: f64) -> Stat {
        Stat::Quantile(Quantile::new(p))
    }

    /// Whether it is a probability for the whole window.
    pub fn is_chance(&self) -> bool {
        matches!(self, Stat::BookingsChance | Stat::WinsChance | Stat::ReachedChance)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_named_in_percent() {
        assert_eq!(Quantile::new(0.9).to_string(), "p90");
        assert_eq!(Quantile::new(0.995).to_string(), "p99.5");
        assert_eq!(Quantile::parse("p99.5"), Some(Quantile::new(0.995)));
        assert_eq!(Quantile::parse("p50.0"), Some(Quantile::new(0.5)));
        for text in ["p0", "p100", "p-1", "p99.99999", "90", "p", "pNaN"] {
            assert_eq!(Quantile::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_span_stands_before_its_statistic() {
        assert_eq!(Span::Open.text(&Stat::quantile(0.9)), "open p90");
        assert_eq!(Span::Whole.text(&Stat::Within("2h".to_owned())), "within 2h");
    }
}
