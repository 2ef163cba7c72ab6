//! What should be changed first to get more bookings?
//!
//! ```console
//! cargo run --release --example first_to_change
//! ```
//!
//! Each parameter of a model is changed on its own, by 10 % or one person; the same random numbers
//! make even small changes visible.

use std::error::Error;

use voronka::kpi::Kpi;
use voronka::model::{TEMPLATES, load};
use voronka::study::failure::Failure;
use voronka::study::sensitivity::{options, sensitivity, tornado};
use voronka::study::simulate::{Options, Progress, observe};
use voronka::study::sweep::Objective;

fn main() -> Result<(), Box<dyn Error>> {
    let template = TEMPLATES.iter().find(|template| template.name == "sale-5-stages");
    let text = template.ok_or("there is no such template")?.english;
    let model = load("sale.yaml", text, &[], None).model.ok_or("the model has errors")?;
    let bookings = [Objective::of(Kpi::Bookings).ok_or("more bookings are better")?];
    let options = options(Options { replications: 20, ..Options::default() }, &bookings);
    let trials = tornado(&model, 0.1);
    let found = sensitivity::<Failure>(&model, &trials, &bookings, &options, |model, options| {
        observe(model, options, &Progress::default())
    })?;
    for effect in found.gains(0, false).iter().take(3) {
        let gain = effect.changes[0].and_then(|change| change.relative.value).unwrap_or(0.0);
        println!("{:+.1} %  {:?} {:?}", 100.0 * gain, effect.parameter, effect.shift);
    }
    Ok(())
}
