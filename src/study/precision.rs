//! Runs until a wanted precision is reached.
//!
//! Half-widths are checked only after 100, 200, 400 … replications. Checking after every
//! replication would stop when an interval is short by chance, so that intervals would be too short
//! (Chow and Robbins 1965: fixed checks or large numbers are needed). The result is the same as if
//! its number of replications had been given.

use crate::kpi::{Key, Kpi, Row, Stat};

/// Replications before the first check.
pub const FIRST: u64 = 100;
/// The figures checked by default.
pub const USUAL: [(Kpi, Stat); 4] = [
    (Kpi::WinRate, Stat::Share),
    (Kpi::SalesCycle, Stat::Mean),
    (Kpi::Bookings, Stat::Total),
    (Kpi::CostPerWon, Stat::Mean),
];

/// The wanted precision.
#[derive(Debug, Clone, PartialEq)]
pub struct Precision {
    /// The greatest half-width, relative to its figure.
    pub relative: f64,
    /// The KPIs whose main figure is checked; empty means the default ones.
    pub kpis: Vec<Kpi>,
}

/// The precision reached.
#[derive(Debug, Clone, PartialEq)]
pub struct Reached {
    /// The precision wanted.
    pub relative: f64,
    /// The figures checked.
    pub figures: Vec<Kpi>,
    /// The least precise of them, with its relative half-width.
    pub worst: Option<(Kpi, f64)>,
    /// The approximate number of further replications needed; 0 if it is precise enough.
    pub more: u64,
}

impl Precision {
    /// Judges the rows of `count` replications.
    pub fn judge(&self, rows: &[Row], count: u64) -> Reached {
        let wanted: Vec<&Row> = if self.kpis.is_empty() {
            let usual = USUAL.map(|(kpi, stat)| Key::new(kpi, stat));
            usual.iter().filter_map(|key| Row::find(rows, key)).collect()
        } else {
            self.kpis.iter().filter_map(|kpi| first(rows, *kpi)).collect()
        };
        let relative = |row: &&Row| -> Option<(Kpi, f64)> {
            let (value, half) = (row.figure.value()?, row.figure.half_width());
            (value != 0.0).then(|| (row.key.kpi, half.unwrap_or(f64::INFINITY) / value.abs()))
        };
        let worst = wanted.iter().filter_map(relative).max_by(|a, b| a.1.total_cmp(&b.1));
        // A half-width shrinks with the square root; a tenth is added because it is itself an
        // estimate.
        let more = worst.map_or(0, |(_, half)| match half / self.relative {
            ratio if ratio <= 1.0 => 0,
            ratio if ratio.is_finite() => {
                (count as f64 * (1.1 * ratio * ratio - 1.0)).ceil() as u64
            }
            _ => count,
        });
        let figures = wanted.iter().map(|row| row.key.kpi).collect();
        Reached { relative: self.relative, figures, worst, more }
    }
}

/// The main figure of a KPI, for all deals and the whole process.
fn first(rows: &[Row], kpi: Kpi) -> Option<&Row> {
    rows.iter().find(|row| row.key.kpi == kpi && row.is_of_all())
}
