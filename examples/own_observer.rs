//! A figure that is not a KPI: how often do won deals return to a stage?
//!
//! ```console
//! cargo run --release --example own_observer
//! ```
//!
//! The engine reports every event to an observer, deal by deal. The KPIs come from one observer;
//! this is another one.

use std::collections::HashMap;
use std::error::Error;
use std::sync::atomic::AtomicBool;

use voronka::engine::{
    Deal, Guard, Observer, Replication, Setup, Token, Visit, Visited, replicate,
};
use voronka::model::{TEMPLATES, load};
use voronka::program::Program;
use voronka::random::key::DealKey;

/// Counts the returns of each open deal, and how many won deals had each number of returns.
#[derive(Default)]
struct Returns {
    under_way: HashMap<DealKey, usize>,
    of_won: Vec<u64>,
}

impl Observer for Returns {
    fn leaves(&mut self, deal: &Deal, visit: &Visit) {
        *self.under_way.entry(deal.key).or_default() += usize::from(!visit.first);
    }

    fn ends(&mut self, deal: &Deal, _: &Token, _: usize, _: &Visited<'_>) {
        let returns = self.under_way.remove(&deal.key).unwrap_or(0);
        if deal.sales > 0 {
            self.of_won.resize(self.of_won.len().max(returns + 1), 0);
            self.of_won[returns] += 1;
        }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let template = TEMPLATES.iter().find(|template| template.name == "order-intake");
    let text = template.ok_or("there is no such template")?.english;
    let model = load("order-intake.yaml", text, &[], None).model.ok_or("the model has errors")?;
    let program = Program::compile(&model);
    let mut returns = Returns::default();
    let cancel = AtomicBool::new(false);
    for number in 0..20 {
        let replication = Replication { seed: 1, number };
        let guard = Guard { most_visits: 1_000_000_000, cancel: &cancel };
        replicate(&Setup::new(&program, guard), replication, &mut returns);
    }
    let all: u64 = returns.of_won.iter().sum();
    println!("returns  orders   (of {all} in 20 replications)");
    for (count, orders) in returns.of_won.iter().enumerate() {
        println!("{count:>7}  {:>5.1} %", *orders as f64 / all as f64 * 100.0);
    }
    Ok(())
}
