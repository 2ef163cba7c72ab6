//! Converts a case of stations and servers to a model with roles that work around the clock.

use std::fmt::Write;

use serde_json::Value;

/// A case in the terms of its file; times are in hours.
pub(super) fn read(id: &str) -> Value {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path.join(format!("tests/exact/{id}.json"))).unwrap();
    serde_json::from_str(&text).unwrap()
}

pub(super) fn number(value: &Value, key: &str) -> f64 {
    value[key].as_f64().unwrap()
}

/// A duration in the language.
fn hours(service: &Value) -> String {
    let of = |key| format!("{:e} h", number(service, key));
    match service["dist"].as_str().unwrap() {
        "deterministic" => of("value"),
        "exponential" => format!("{{exponential: {{mean: {}}}}}", of("mean")),
        "lognormal" => {
            let median = number(service, "mu").exp();
            format!("{{lognormal: {{median: {median:e} h, sigma: {}}}}}", number(service, "sigma"))
        }
        "gamma" => {
            format!("{{gamma: {{shape: {}, scale: {}}}}}", number(service, "shape"), of("scale"))
        }
        "erlang" => format!("{{erlang: {{k: {}, mean: {}}}}}", number(service, "k"), of("mean")),
        "uniform" => format!("{{uniform: {{min: {}, max: {}}}}}", of("low"), of("high")),
        "hyperexponential" => {
            let mean = |mean: &Value| format!("{:e} h", mean.as_f64().unwrap());
            let means: Vec<String> =
                service["means"].as_array().unwrap().iter().map(mean).collect();
            format!(
                "{{hyperexponential: {{shares: {}, means: [{}]}}}}",
                service["probs"],
                means.join(", ")
            )
        }
        other => panic!("no family {other}"),
    }
}

/// An arrival process as sources.
fn sources(text: &mut String, number_of: usize, arrivals: &Value) {
    let enters = arrivals["to"].as_str().map_or(String::new(), |to| format!(", enters: {to}"));
    match arrivals["process"].as_str().unwrap() {
        "poisson" => {
            let rate = number(arrivals, "rate");
            writeln!(text, "  source {number_of}: {{rate: {rate}/h{enters}}}").unwrap();
        }
        "renewal" => {
            let gap = hours(&arrivals["interarrival"]);
            writeln!(text, "  source {number_of}: {{every: {gap}{enters}}}").unwrap();
        }
        "batch-poisson" => {
            let (sizes, shares) = (&arrivals["sizes"], &arrivals["probs"]);
            let pairs = sizes.as_array().unwrap().iter().zip(shares.as_array().unwrap());
            for (size, share) in pairs {
                let (size, share) = (size.as_f64().unwrap(), share.as_f64().unwrap());
                let rate = number(arrivals, "batch_rate") * share * size;
                writeln!(text, "  of {size}: {{rate: {rate}/h, batch: {size}}}").unwrap();
            }
        }
        "finite-source" => {
            let count = number(arrivals, "population");
            writeln!(text, "  all: {{every: 1 s, batch: {count}, count: {count}, enters: source}}")
                .unwrap();
        }
        other => panic!("no process {other}"),
    }
}

/// The model of a case. `done` is a sale, because a model must be able to reach one.
pub(super) fn yaml(case: &Value, warmup: f64, window: f64) -> String {
    let model = &case["model"];
    let warmup = if warmup > 0.0 { format!("warmup: {warmup} h\n") } else { String::new() };
    let mut text =
        format!("horizon: {window} h\n{warmup}calendars: {{always: {{hours: \"00:00-24:00\"}}}}\n");
    text += "sources:\n";
    let arrivals = &model["arrivals"];
    let one = std::slice::from_ref(arrivals);
    for (at, arrivals) in arrivals.as_array().map_or(one, Vec::as_slice).iter().enumerate() {
        sources(&mut text, at, arrivals);
    }
    text += "roles:\n";
    let stations = model["stations"].as_array().unwrap();
    for (name, pool) in model["pools"].as_object().into_iter().flatten() {
        writeln!(text, "  r {name}: {{people: {}}}", pool["size"]).unwrap();
    }
    for station in stations.iter().filter(|station| station["pool"].is_null()) {
        let name = station["name"].as_str().unwrap();
        writeln!(text, "  r {name}: {{people: {}}}", station["servers"]).unwrap();
    }
    text += "stages:\n";
    if arrivals["process"] == "finite-source" {
        let first = stations[0]["name"].as_str().unwrap();
        writeln!(
            text,
            "  source: {{sale: true, wait: {}, next: {first}}}",
            hours(&arrivals["think"])
        )
        .unwrap();
    }
    for station in stations {
        let name = station["name"].as_str().unwrap();
        let role = station["pool"].as_str().unwrap_or(name);
        let branch = |(to, share): (&String, &Value)| {
            format!("{}: {share}", if to == "done" { "won" } else { to })
        };
        let branches: Vec<String> = station["to"].as_object().unwrap().iter().map(branch).collect();
        let patience = match &station["patience"] {
            Value::Null => String::new(),
            patience => format!("patience: {{time: {}, lost: reneged}}, ", hours(patience)),
        };
        writeln!(
            text,
            "  {name}: {{work: {{role: r {role}, time: {}}}, {patience}next: {{{}}}}}",
            hours(&station["service"]),
            branches.join(", ")
        )
        .unwrap();
    }
    text
}
