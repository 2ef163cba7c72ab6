//! The library in a few lines: a model as text, a simulation, one figure with its interval.
//!
//! `cargo run --release --example win_rate`

use voronka::kpi::Kpi;
use voronka::model::load;
use voronka::study::simulate::{Options, Progress, run};

const MODEL: &str = "
stages:
  lead:  {wait: 1d, next: 30%}
  demo:  {wait: 5d, cost: 200, next: 40%}
  offer: {wait: {lognormal: {median: 7d, p90: 30d}}, next: 50%}
";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let loaded = load("deal.yaml", MODEL, &[], None);
    let model = loaded.model.ok_or("the model has errors")?;
    let result = run(&model, &Options::default(), &Progress::default())?;
    let row = result.row(Kpi::WinRate).ok_or("every model has a win rate")?;
    let (value, half_width) = (row.figure.value(), row.figure.half_width());
    println!(
        "win rate {:.4} ± {:.4}, n = {}",
        value.unwrap_or(0.0),
        half_width.unwrap_or(0.0),
        row.n
    );
    Ok(())
}
