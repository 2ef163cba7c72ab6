//! A run until it is precise enough.
//!
//! The half-widths are looked at after 100, 200, 400 … replications and nowhere between: whoever looks after each one
//! stops when chance makes an interval short, and then it is too short (Chow and Robbins 1965 need fixed looks or large
//! numbers). What a run finds is the same as if its number of replications had been asked for.

use crate::kpi::{Key, Kpi, Row, Stat};

/// Replications before the first look.
pub const FIRST: u64 = 100;
/// What must be precise where nothing else is asked for.
pub const USUAL: [(Kpi, Stat); 4] = [
    (Kpi::WinRate, Stat::Share),
    (Kpi::SalesCycle, Stat::Mean),
    (Kpi::Bookings, Stat::Total),
    (Kpi::CostPerWon, Stat::Mean),
];

/// How precise a run is to be.
#[derive(Debug, Clone, PartialEq)]
pub struct Precision {
    /// The most that a half-width may be of its figure.
    pub relative: f64,
    /// The KPIs whose first figure counts; none for the usual ones.
    pub kpis: Vec<Kpi>,
}

/// How precise it became.
#[derive(Debug, Clone, PartialEq)]
pub struct Reached {
    /// What was asked for.
    pub relative: f64,
    /// The figures that were looked at.
    pub figures: Vec<Kpi>,
    /// The least precise of them, with its half-width over the figure.
    pub worst: Option<(Kpi, f64)>,
    /// How many more replications are needed, about; 0 where it is precise enough.
    pub more: u64,
}

impl Precision {
    /// Judges the rows of so many replications.
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
        // A half-width shrinks with the square root; a tenth more, for it is itself an estimate.
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

/// The first figure of a KPI, of all deals and the whole process.
fn first(rows: &[Row], kpi: Kpi) -> Option<&Row> {
    rows.iter().find(|row| row.key.kpi == kpi && row.is_of_all())
}
