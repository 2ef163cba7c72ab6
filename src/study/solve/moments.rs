//! Rows for the mean, spread and skewness of a quantity.

use super::sheet::Sheet;
use crate::analytic::flows::Flow;
use crate::kpi::{Figure, Kpi, Row, Scope, Stat};
use crate::quantity::{DAY_MICROS, MINOR_UNITS};

/// The spread and skewness of the cost of a won deal, as those of a ratio: of the values cost −
/// ratio × won (Cochran, *Sampling Techniques*, 6.4). `all` are the costs of all deals, `won` those
/// of won deals.
pub(super) fn cost_per_won(sheet: &mut Sheet, all: Flow, won: Flow) {
    let ratio = all.cost / won.n;
    let square = all.cost_squares - 2.0 * ratio * won.cost + ratio * ratio * won.n;
    let cube = all.cost_cubes - 3.0 * ratio * won.cost_squares + 3.0 * ratio * ratio * won.cost
        - ratio.powi(3) * won.n;
    let spread = Figure::Exact((square.max(0.0) / won.n).sqrt() / MINOR_UNITS);
    sheet.whole(Kpi::CostPerWon, Stat::Spread, spread);
    // Scaled from all deals to won deals.
    let skew = if square <= 1e-12 * all.cost_squares { 0.0 } else { cube.abs() / square.powf(1.5) };
    let skewness = Figure::Exact(skew * won.n.sqrt());
    sheet.whole(Kpi::CostPerWon, Stat::Skewness, skewness);
}

/// Whether a row is only used for comparisons.
pub(super) fn is_hidden(row: &Row) -> bool {
    matches!(row.key.stat, Stat::Skewness | Stat::Spread)
}

/// Mean and standard deviation of ages, in days.
pub(super) fn ages(sheet: &mut Sheet, kpi: Kpi, scope: (Scope, &str), flow: Flow) {
    counted(sheet, kpi, scope, [flow.n, flow.age, flow.age_squares]);
    let figure = Figure::Exact(skewness([flow.n, flow.age, flow.age_squares, flow.age_cubes]));
    sheet.of(kpi, scope, Stat::Skewness, figure);
}

/// The absolute skewness, given sums of powers; 0 for a constant, infinite if a moment is infinite.
pub(super) fn skewness([n, sum, squares, cubes]: [f64; 4]) -> f64 {
    let (mean, square, cube) = (sum / n, squares / n, cubes / n);
    let variance = square - mean * mean;
    let third = cube - mean * (3.0 * variance + mean * mean);
    // An infinite moment may give NaN here.
    if n > 0.0 && !(variance.is_finite() && third.is_finite()) {
        return f64::INFINITY;
    }
    if n <= 0.0 || variance <= 1e-12 * square { 0.0 } else { third.abs() / variance.powf(1.5) }
}

/// The mean and standard deviation, given a number, a sum and a sum of squares.
pub(super) fn counted(
    sheet: &mut Sheet,
    kpi: Kpi,
    scope: (Scope, &str),
    [n, sum, squares]: [f64; 3],
) {
    if n <= 0.0 {
        return;
    }
    let day = DAY_MICROS as f64;
    let mean = sum / n;
    let variance = (squares / n - mean * mean).max(0.0);
    sheet.of(kpi, scope, Stat::Mean, Figure::Exact(mean / day));
    sheet.of(kpi, scope, Stat::Sd, Figure::Exact(variance.sqrt() / day));
}
