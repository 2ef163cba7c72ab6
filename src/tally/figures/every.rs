//! Numbers of each full calendar period: week, month, quarter, year.
//!
//! Partial periods at the ends of a window are left out. Quarters and years are sums of months, so
//! nothing more is kept of a replication.

use crate::kpi::Per;
use crate::program::Program;
use crate::tally::Outcome;
use crate::tally::series::{Period, PeriodDays, periods};

/// A calendar period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Every {
    /// From Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// Three calendar months, from January, April, July or October on.
    Quarter,
    /// A calendar year.
    Year,
}

impl Every {
    /// The calendar period that is meant, if it is one.
    pub fn of(per: Per) -> Option<Every> {
        let all = [Every::Week, Every::Month, Every::Quarter, Every::Year];
        all.into_iter().find(|every| every.per() == per)
    }

    pub(super) fn per(self) -> Per {
        match self {
            Every::Week => Per::Week,
            Every::Month => Per::Month,
            Every::Quarter => Per::Quarter,
            Every::Year => Per::Year,
        }
    }

    /// What is kept of a replication, and how many of these make up the period.
    fn parts(self) -> (Period, usize) {
        match self {
            Every::Week => (Period::Week, 1),
            Every::Month => (Period::Month, 1),
            Every::Quarter => (Period::Month, 3),
            Every::Year => (Period::Month, 12),
        }
    }

    /// The positions of the parts of each full period among the weeks or months of a window.
    fn full(self, parts: &[PeriodDays]) -> Vec<std::ops::Range<usize>> {
        let (period, count) = self.parts();
        let begins = |part: &PeriodDays| {
            period == Period::Week || (part.date.month() as usize - 1).is_multiple_of(count)
        };
        let whole = |from: &usize| {
            let run = parts.get(*from..*from + count);
            begins(&parts[*from]) && run.is_some_and(|run| run.iter().all(|part| part.full))
        };
        (0..parts.len()).filter(whole).map(|from| from..from + count).collect()
    }

    /// The calendar period of so many months.
    pub(super) fn of_months(months: i8) -> Option<Every> {
        let all = [Every::Month, Every::Quarter, Every::Year];
        all.into_iter().find(|every| every.parts().1 == months as usize)
    }

    /// The number of each full period of a replication: a sum over its weeks or months, which `of` gives.
    pub(super) fn values(
        self,
        program: &Program,
        days: usize,
        all: &[Outcome],
        of: impl Fn(&Outcome, Period) -> Vec<f64>,
    ) -> Vec<Vec<f64>> {
        let period = self.parts().0;
        // All windows begin on the same day: a period is full where its last day lies inside.
        let parts = periods(program, days, period);
        let full = self.full(&parts);
        let each = |outcome: &Outcome| {
            let (values, days) = (of(outcome, period), outcome.series.days);
            let inside = full.iter().filter(|run| parts[run.end - 1].days().end <= days);
            inside.map(|run| values[run.clone()].iter().sum()).collect()
        };
        all.iter().map(each).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::load;

    fn full(start: &str, horizon: &str, every: Every) -> Vec<String> {
        let text = format!("start: {start}\nhorizon: {horizon}\nstages: {{a: {{next: 50%}}}}\n");
        let model = load("m", &text, &[], None).model.expect("the model is sound");
        let program = Program::compile(&model);
        let parts = periods(&program, crate::tally::series::days_of(&program), every.parts().0);
        every.full(&parts).iter().map(|run| parts[run.start].date.to_string()).collect()
    }

    #[test]
    fn quarters_are_those_of_the_calendar_and_partial_ones_do_not_count() {
        let year = ["2024-01-01", "2024-04-01", "2024-07-01", "2024-10-01"];
        assert_eq!(full("2024-01-01", "12 months", Every::Quarter), year);
        assert_eq!(full("2024-01-15", "12 months", Every::Quarter), year[1..]);
        assert_eq!(full("2024-02-01", "5 months", Every::Quarter), ["2024-04-01"]);
        assert!(full("2024-02-01", "4 months", Every::Quarter).is_empty());
        assert_eq!(full("2023-12-01", "14 months", Every::Year), ["2024-01-01"]);
        assert_eq!(full("2024-01-03", "2 weeks", Every::Week), ["2024-01-08"]);
    }
}
