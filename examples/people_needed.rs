//! How many managers are needed to answer most leads within two working hours?
//!
//! ```console
//! cargo run --release --example people_needed
//! ```
//!
//! The same model runs with one more manager each time, and with the same clients: every draw has
//! an address, so a change of the staff does not change the arrivals or the wishes of clients.

use std::error::Error;

use voronka::kpi::{Key, Kpi, Row, Span, Stat};
use voronka::model::{Override, TEMPLATES, load};
use voronka::study::simulate::{Options, Progress, Simulation, run};
use voronka::tally::figures::Limit;

const WANTED: f64 = 0.7;

fn main() -> Result<(), Box<dyn Error>> {
    let template = TEMPLATES.iter().find(|template| template.name == "push-pull");
    let text = template.ok_or("there is no such template")?.english;
    println!("managers  busy  answered in 2 working hours");
    for people in 4..=10 {
        let change = Override::set("roles.seller.people", people.to_string());
        let loaded = load("push-pull.yaml", text, &[change], None);
        let model = loaded.model.ok_or("the model has errors")?;
        let mut options = Options { replications: 40, ..Options::default() };
        options.by = vec!["source".into()];
        options.figures.within = vec![Limit { label: "2 h".into(), days: 2.0 / 24.0 }];
        let result = run(&model, &options, &Progress::default())?;
        let busy = row(&result, &Key::new(Kpi::Utilization, Stat::Share).role("seller"))?;
        let answered = Key::new(Kpi::LeadResponseTime, Stat::Within("2 h".into())).span(Span::Open);
        let answered = row(&result, &answered.by("source=comes himself"))?;
        let (share, half) = (answered.figure.value(), answered.figure.half_width());
        let share = share.ok_or("nobody was answered")?;
        let half = half.unwrap_or(0.0);
        println!(
            "{people:>8}  {:>3.0} %  {:.0} ± {:.0} %",
            busy.figure.value().unwrap_or(0.0) * 100.0,
            share * 100.0,
            half * 100.0
        );
        if share - half >= WANTED {
            println!("{people} managers are enough.");
            break;
        }
    }
    Ok(())
}

fn row<'r>(result: &'r Simulation, key: &Key) -> Result<&'r Row, String> {
    result.find(key).ok_or(format!("{key:?} is not in the result"))
}
