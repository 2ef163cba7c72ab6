//! What of a replication must be heard for the KPIs that are asked for.
//!
//! A question about one number need not pay for the others. What is not heard stays nothing, so
//! the rows of other KPIs are not made either.

/// What a tally listens to, beside arrivals and sales.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // each is listened to or not
pub struct Hears {
    /// Visits of stages, work and queues.
    pub stages: bool,
    /// Deals that leave the process, or are open at the end of the window.
    pub ends: bool,
    /// What happens on each day, and when the window ends.
    pub days: bool,
    /// What deals are worth.
    pub values: bool,
}

impl Hears {
    /// Everything.
    pub const ALL: Hears = Hears { stages: true, ends: true, days: true, values: true };
    /// Arrivals and sales only.
    const SALES: Hears = Hears { stages: false, ends: false, days: false, values: false };

    /// What these KPIs need; everything where none is named.
    pub fn of(kpis: &[String]) -> Hears {
        if kpis.is_empty() {
            return Hears::ALL;
        }
        kpis.iter().map(|kpi| Hears::of_kpi(kpi)).fold(Hears::SALES, |all, one| Hears {
            stages: all.stages | one.stages,
            ends: all.ends | one.ends,
            days: all.days | one.days,
            values: all.values | one.values,
        })
    }

    fn of_kpi(kpi: &str) -> Hears {
        let sales = Hears::SALES;
        match kpi {
            "sales_cycle" => sales,
            "new_bookings" | "repeat_bookings" | "average_deal" => Hears { values: true, ..sales },
            "intake" | "throughput" => Hears { days: true, ..sales },
            "bookings" => Hears { days: true, values: true, ..sales },
            "win_rate" | "lead_to_deal" | "lead_to_win" | "cycle_time" | "repeat_rate"
            | "sales_per_client" | "flow_efficiency" => Hears { ends: true, ..sales },
            "value_win_rate" => Hears { ends: true, values: true, ..sales },
            _ => Hears::ALL,
        }
    }

    /// Whether deals that are never sold are of no interest.
    pub fn only_sales(self) -> bool {
        !(self.stages || self.ends || self.days)
    }
}
