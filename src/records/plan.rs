//! A plan by month: a table of two columns, the month and what is planned for it.
//!
//! The first column holds months as `2026-11`, `11.2026` or any date in them. The second one holds
//! amounts; if its heading is `wins` or `orders`, it holds numbers of orders instead.

use std::path::Path;

use super::cells::{amount, date, is_blank};
use super::options::{DecimalMark, Options};
use super::refusal::{CellFault, Refusal};
use super::source::{Row, Source};
use super::table::Table;

/// Headings of a column with numbers of orders.
const ORDERS: [&str; 6] = ["wins", "orders", "deals", "заказы", "сделки", "продажи, шт."];

/// What is planned for a month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlannedMonth {
    /// The year.
    pub year: i16,
    /// The month from 1 to 12.
    pub month: i8,
    /// How much: money in the currency of the export, or a number of orders.
    pub amount: f64,
}

/// A plan from a file.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanFile {
    /// Whether orders are planned, not bookings.
    pub is_orders: bool,
    /// The months, in the order of the file.
    pub months: Vec<PlannedMonth>,
}

/// Reads a plan from a table of any format that exports have.
///
/// # Errors
///
/// A [`Refusal`] says what is wrong and where: more or fewer than two columns, a cell that is no
/// month or no amount, or a month that stands twice.
pub fn read_plan(path: &Path, options: &Options) -> Result<PlanFile, Refusal> {
    let source = Source::open(path, options)?;
    let mut table = Table::open(&source, options)?;
    let [month_heading, heading] = table.headings() else {
        return Err(Refusal::NotAPlan { found: table.headings().to_vec() });
    };
    let (month_heading, heading) = (month_heading.clone(), heading.clone());
    let is_orders = ORDERS.contains(&heading.to_lowercase().as_str());
    let mut months: Vec<PlannedMonth> = Vec::new();
    let mut row = Row::new();
    while table.next(&mut row)? {
        let cell = |at: usize| row.cells.get(at).unwrap_or_default().trim().to_owned();
        let bad = |at: usize, column: &String, fault| Refusal::BadCell {
            place: row.place,
            column: column.clone(),
            cell: cell(at),
            fault,
        };
        let (year, number) =
            month(&cell(0)).ok_or_else(|| bad(0, &month_heading, CellFault::NotAMonth))?;
        if is_blank(&cell(1)) {
            continue;
        }
        let amount =
            planned(&cell(1), options).ok_or_else(|| bad(1, &heading, CellFault::NotPlanned))?;
        if months.iter().any(|one| (one.year, one.month) == (year, number)) {
            return Err(bad(0, &month_heading, CellFault::MonthTwice));
        }
        months.push(PlannedMonth { year, month: number, amount });
    }
    Ok(PlanFile { is_orders, months })
}

/// An amount above zero with the decimal sign that the user says, or the only one that is possible.
fn planned(cell: &str, options: &Options) -> Option<f64> {
    let mark = match (options.decimal, amount::tells(cell)) {
        (Some(mark), _) | (None, amount::Tells::Mark(mark)) => mark,
        (None, amount::Tells::Nothing) => DecimalMark::Point,
        (None, amount::Tells::Either) => return None,
    };
    amount::parse(cell, mark).map(|amount| amount.value).filter(|value| *value > 0.0)
}

/// The year and the month of `2026-11`, `11.2026`, `11/2026` or a date.
fn month(cell: &str) -> Option<(i16, i8)> {
    let parts: Vec<&str> = cell.split(['-', '.', '/']).collect();
    if let [one, other] = parts[..] {
        let (year, month) = if one.len() == 4 { (one, other) } else { (other, one) };
        let (year, month): (i16, i8) = (year.parse().ok()?, month.parse().ok()?);
        let is_month = (1900..=2200).contains(&year) && (1..=12).contains(&month);
        return is_month.then_some((year, month));
    }
    let at = date::date_time(date::parse(cell, None)?.moment)?;
    Some((at.year(), at.month()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(text: &str) -> Result<PlanFile, Refusal> {
        let name = format!("voronka-plan-{}-{}.csv", std::process::id(), text.len());
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, text).unwrap();
        let found = read_plan(&path, &Options::default());
        std::fs::remove_file(&path).unwrap();
        found
    }

    #[test]
    fn months_are_read_in_several_ways() {
        for cell in ["2026-11", "11.2026", "11/2026", "2026-11-01", "01.11.2026"] {
            assert_eq!(month(cell), Some((2026, 11)), "{cell}");
        }
        for cell in ["2026", "2026-13", "November", "1-2-3-4"] {
            assert_eq!(month(cell), None, "{cell}");
        }
    }

    #[test]
    fn a_plan_has_a_month_and_an_amount_in_each_row() {
        let found = plan("Месяц;План\n11.2026;900 000,50 ₽\n12.2026;\n01.2027;1000000\n").unwrap();
        let of = |year, month, amount| PlannedMonth { year, month, amount };
        let months = vec![of(2026, 11, 900_000.5), of(2027, 1, 1e6)];
        assert_eq!(found, PlanFile { is_orders: false, months });
        assert!(plan("month,wins\n2026-11,20\n").unwrap().is_orders);
    }

    #[test]
    fn a_plan_that_can_be_misread_is_refused() {
        let fault = |text| match plan(text) {
            Err(Refusal::BadCell { fault, .. }) => Some(fault),
            _ => None,
        };
        assert_eq!(fault("month,plan\n2026-11,1\n11.2026,2\n"), Some(CellFault::MonthTwice));
        assert_eq!(fault("month,plan\nsoon,1\n"), Some(CellFault::NotAMonth));
        assert_eq!(fault("month;plan\n2026-11;1,234\n"), Some(CellFault::NotPlanned));
        assert_eq!(fault("month,plan\n2026-11,-5\n"), Some(CellFault::NotPlanned));
        let wide = plan("month,plan,team\n2026-11,1,a\n");
        assert!(matches!(wide, Err(Refusal::NotAPlan { found }) if found.len() == 3));
    }
}
