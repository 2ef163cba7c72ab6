//! How many people are needed so that most orders wait less than a day, and what do they cost?
//!
//! ```console
//! cargo run --release --example cheapest_plan
//! ```

use std::error::Error;

use voronka::model::{Override, TEMPLATES, load};
use voronka::study::plan::{Options, expectation, plan, ranges};
use voronka::study::simulate::{self, Progress, run};
use voronka::study::sweep::{Axis, Objective};

fn main() -> Result<(), Box<dyn Error>> {
    let template = TEMPLATES.iter().find(|template| template.name == "order-intake");
    let text = template.ok_or("there is no such template")?.english;
    let target = expectation("queue_time within 1d >= 90%")?;
    let with = |changes: &[Override]| {
        let target = Override::set("expect", format!("[{target}]"));
        load("orders.yaml", text, &[&[target], changes].concat(), None).model
    };
    let model = with(&[]).ok_or("the model has errors")?;
    let ranges = ranges(&model, &[Axis::parse("roles.*.people=1..6")?]);
    let options = Options {
        base: simulate::Options::default(),
        first: 10,
        budget: 1000,
        zone: 0.02,
        aim: Objective::parse("cost").ok_or("cost is a KPI")?,
        every: false,
    };
    let found = plan(&model, ranges, &options, &with, |model, options| {
        run(model, options, &Progress::default())
    })?;
    match found.best.map(|best| &found.tried[best]) {
        None => println!("no plan meets the target"),
        Some(best) => {
            for (range, value) in found.ranges.iter().zip(&best.values) {
                println!("{}={value}", range.axis.path);
            }
            println!("{:.0} per month", best.cost.value.unwrap_or(0.0));
        }
    }
    Ok(())
}
