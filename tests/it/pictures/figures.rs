//! The same quantity has the same figure in all charts and tables.

use voronka::kpi::{Key, Kpi, Scope, Stat};
use voronka::report::NodeKind;
use voronka::report::chart::{Chart, ChartName, FunnelStage};
use voronka::study::simulate::Simulation;

use super::{each, numbers, same};

/// The value of a row of the tables.
fn value(simulation: &Simulation, key: &Key) -> f64 {
    simulation.value(key).unwrap_or(0.0)
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
            let of = |kpi, stat| value(simulation, &Key::new(kpi, stat).stage(&stage.name));
            same(name, &[drawn.deals], &[of(Kpi::Visits, Stat::Total)]);
            let limited = stage.limit.is_some();
            if !limited {
                same(name, &[drawn.left()], &[of(Kpi::Visits, Stat::Left)]);
            }
            let from_empty = program.window.start.0 == 0;
            if from_empty && !limited {
                assert!(drawn.left() <= drawn.deals * (1.0 + 1e-9), "{name}: {drawn:?}");
                let rest = drawn.deals - drawn.left();
                let there = of(Kpi::OpenAtEnd, Stat::Count);
                assert!((rest - there).abs() < 1e-6 * drawn.deals.max(1.0), "{name}: {drawn:?}");
            }
            // "goes on" in the table includes everything that is not lost here.
            let lost = drawn.lost() + drawn.churned;
            if drawn.left() > 0.0 && !limited {
                same(name, &[of(Kpi::StageConversion, Stat::On)], &[1.0 - lost / drawn.left()]);
            }
        }
        let lost: f64 = chart.stages.iter().map(FunnelStage::lost).sum();
        let of_reason = |reason: &voronka::program::Reason| {
            value(
                simulation,
                &Key::new(Kpi::LossTable, Stat::Count).of(Scope::Reason, reason.label()),
            )
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
                        let busy = value(
                            simulation,
                            &Key::new(Kpi::Utilization, Stat::Share).role(&role.unwrap().name),
                        );
                        same(name, &numbers(strip.remark.as_ref().unwrap()), &[busy]);
                    }
                }
                Chart::Load(chart) => {
                    for drawn in &chart.roles {
                        let role = simulation.program.roles.iter().find(|r| r.title == drawn.label);
                        let role = &role.unwrap().name;
                        let of = |kpi, stat| value(simulation, &Key::new(kpi, stat).role(role));
                        same(name, &[drawn.busy], &[of(Kpi::Utilization, Stat::Share)]);
                        let waits = [
                            of(Kpi::QueueTime, Stat::Mean),
                            of(Kpi::QueueTime, Stat::quantile(0.9)),
                        ];
                        let found = numbers(&drawn.note);
                        same(name, &found, &waits[..found.len()]);
                    }
                }
                Chart::Bars(chart) if chart.name == ChartName::TimeSplitClient => {
                    let whole = [Stat::Processing, Stat::Queue, Stat::OffHours, Stat::Client];
                    let part = |at: usize| chart.rows.iter().map(|row| row.parts[at]).sum::<f64>();
                    for (at, stat) in whole.into_iter().enumerate() {
                        let name = format!("{name}, {stat}");
                        let all = value(simulation, &Key::new(Kpi::TimeInStage, stat));
                        same(&name, &[part(at)], &[all]);
                    }
                }
                _ => {}
            }
        }
    });
}

/// Patience is counted where it happens: a transition out of a queue is as wide as the deals that
/// took it.
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
                let left = value(simulation, &Key::new(Kpi::Visits, Stat::Left).stage(&stage.name));
                let all: f64 = ways.iter().filter_map(|way| chart.flows[*way]).sum();
                same(&format!("{name}, {}", stage.name), &[all], &[left]);
                let on =
                    value(simulation, &Key::new(Kpi::StageConversion, Stat::On).stage(&stage.name));
                same(name, &[to(NodeKind::Lost)], &[left * (1.0 - on)]);
            }
        }
        if name == "patience and an overload" {
            let gone =
                value(simulation, &Key::new(Kpi::LossTable, Stat::Count).of(Scope::Reason, "gone"));
            let price = value(
                simulation,
                &Key::new(Kpi::LossTable, Stat::Count).of(Scope::Reason, "price"),
            );
            let flow = |reason: &str| {
                let way = chart.map.transitions.iter().position(|way| way.reasons == [reason]);
                chart.flows[way.unwrap()].unwrap()
            };
            same(name, &[flow("gone"), flow("price")], &[gone, price]);
            assert!(gone > price);
        }
    });
}
