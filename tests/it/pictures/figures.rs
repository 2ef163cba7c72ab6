//! One thing has one figure, in all pictures and in the tables.

use voronka::report::NodeKind;
use voronka::report::chart::{Chart, ChartName, FunnelStage};
use voronka::study::simulate::Simulation;

use super::{each, numbers, same};

/// The value of a row of the tables.
fn row(simulation: &Simulation, kpi: &str, scope: &str, of: &str, stat: &str) -> f64 {
    let row = simulation.find(kpi, scope, of, stat);
    row.and_then(|row| row.figure.value()).unwrap_or(0.0)
}

#[test]
fn a_funnel_adds_up_and_agrees_with_the_tables() {
    each(|name, _, simulation, charts| {
        let program = &simulation.program;
        let Some(Chart::Funnel(chart)) =
            charts.iter().find(|chart| chart.name() == ChartName::Funnel)
        else {
            panic!("{name} has no funnel");
        };
        for (stage, drawn) in program.stages.iter().zip(&chart.stages) {
            let of = |kpi, stat| row(simulation, kpi, "stage", &stage.name, stat);
            same(name, &[drawn.deals], &[of("visits", "total")]);
            let limited = stage.limit.is_some();
            if !limited {
                same(name, &[drawn.left()], &[of("visits", "left")]);
            }
            let from_empty = program.window.start.0 == 0;
            if from_empty && !limited {
                assert!(drawn.left() <= drawn.deals * (1.0 + 1e-9), "{name}: {drawn:?}");
                let rest = drawn.deals - drawn.left();
                let there = of("open_at_end", "count");
                assert!((rest - there).abs() < 1e-6 * drawn.deals.max(1.0), "{name}: {drawn:?}");
            }
            // "goes on" of the table is what is not lost here.
            let lost = drawn.lost() + drawn.churned;
            if drawn.left() > 0.0 && !limited {
                same(name, &[of("stage_conversion", "on")], &[1.0 - lost / drawn.left()]);
            }
        }
        let lost: f64 = chart.stages.iter().map(FunnelStage::lost).sum();
        let of_reason = |reason: &voronka::program::Reason| {
            row(simulation, "loss_table", "reason", reason.label(), "count")
        };
        same(name, &[lost], &[program.reasons.iter().map(of_reason).sum()]);
        if program.window.until_empty() {
            let there: f64 = chart.stages.iter().map(FunnelStage::still_there).sum();
            assert_eq!(there, 0.0, "{name}: nobody is left");
        }
    });
}

#[test]
fn one_thing_has_one_figure_in_all_pictures_and_tables() {
    each(|name, _, simulation, charts| {
        for chart in &charts {
            match chart {
                Chart::Strips(chart) => {
                    for strip in &chart.strips {
                        let role = simulation.program.roles.iter().find(|r| r.title == strip.label);
                        let busy =
                            row(simulation, "utilization", "role", &role.unwrap().name, "share");
                        same(name, &numbers(&strip.remark), &[busy]);
                    }
                }
                Chart::Load(chart) => {
                    for drawn in &chart.roles {
                        let role = simulation.program.roles.iter().find(|r| r.title == drawn.label);
                        let role = &role.unwrap().name;
                        let of = |kpi, stat| row(simulation, kpi, "role", role, stat);
                        same(name, &[drawn.busy], &[of("utilization", "share")]);
                        let waits = [of("queue_time", "mean"), of("queue_time", "p90")];
                        let found = numbers(&drawn.note);
                        same(name, &found, &waits[..found.len()]);
                    }
                }
                Chart::Bars(chart) if chart.name == ChartName::TimeSplitClient => {
                    let whole = ["processing", "queue", "off_hours", "client"];
                    let part = |at: usize| chart.rows.iter().map(|row| row.parts[at]).sum::<f64>();
                    for (at, stat) in whole.into_iter().enumerate() {
                        let all = row(simulation, "time_in_stage", "", "", stat);
                        same(&format!("{name}, {stat}"), &[part(at)], &[all]);
                    }
                }
                _ => {}
            }
        }
    });
}

/// Patience is counted where it happens: a way out of a queue is as wide as the deals that took it.
#[test]
fn the_map_of_a_run_shows_what_happened_on_every_way() {
    each(|name, model, simulation, charts| {
        let Some(Chart::Map(chart)) = charts.iter().find(|chart| chart.name() == ChartName::Map)
        else {
            panic!("{name} has no map");
        };
        let sources = model.sources.len();
        for (at, stage) in simulation.program.stages.iter().enumerate() {
            let ways: Vec<usize> = (0..chart.map.transitions.len())
                .filter(|way| chart.map.transitions[*way].from == sources + at)
                .collect();
            let to = |kind: NodeKind| -> f64 {
                let ways = ways
                    .iter()
                    .filter(|way| chart.map.nodes[chart.map.transitions[**way].to].kind == kind);
                ways.filter_map(|way| chart.flows[*way]).sum()
            };
            if stage.limit.is_none() {
                let left = row(simulation, "visits", "stage", &stage.name, "left");
                let all: f64 = ways.iter().filter_map(|way| chart.flows[*way]).sum();
                same(&format!("{name}, {}", stage.name), &[all], &[left]);
                let on = row(simulation, "stage_conversion", "stage", &stage.name, "on");
                same(name, &[to(NodeKind::Lost)], &[left * (1.0 - on)]);
            }
        }
        if name == "patience and an overload" {
            let gone = row(simulation, "loss_table", "reason", "gone", "count");
            let price = row(simulation, "loss_table", "reason", "price", "count");
            let flow = |reason: &str| {
                let way = chart.map.transitions.iter().position(|way| way.reasons == [reason]);
                chart.flows[way.unwrap()].unwrap()
            };
            same(name, &[flow("gone"), flow("price")], &[gone, price]);
            assert!(gone > price);
        }
    });
}
