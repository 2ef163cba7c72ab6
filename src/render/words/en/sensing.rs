//! What a study of parameters says, in English.

use super::screen::span;
use super::sweep::figure;
use crate::render::words::Language;
use crate::render::words::piece::{Piece, capital, code, name, pieces};
use crate::render::words::plural::english as plural;
use crate::report::Number;
use crate::report::phrase::{MethodWords, Parameter, Sensing, Shift, shifted};

#[allow(clippy::too_many_lines)] // one arm per phrase: a table
pub(super) fn sensing(sensing: &Sensing) -> Vec<Piece> {
    match sensing {
        Sensing::Title { model, span, tried } => {
            let word = plural(*tried as u64, ["change", "changes"]);
            pieces![name(model), format!("— {}, {tried} {word}, one at a time", self::span(*span))]
        }
        Sensing::Figure(of, number) => {
            let mut words = figure(of);
            words.extend(pieces!["now", number]);
            words
        }
        Sensing::Base(of, number) => {
            let mut words = capital(figure(of));
            words.extend(pieces!["now", number, "."]);
            words
        }
        Sensing::Parameter(of) => parameter(of),
        Sensing::ParameterColumn => pieces!["what is changed"],
        Sensing::Change(of, shift) => change(of, shift),
        Sensing::Ends(ends) => {
            let ends: Vec<Piece> = ends.iter().flatten().map(self::shift).collect();
            match &ends[..] {
                [less, more] => pieces![less.clone(), "/", more.clone()],
                _ => ends,
            }
        }
        Sensing::EndsColumn => pieces!["by"],
        Sensing::LessColumn => pieces!["with less"],
        Sensing::MoreColumn => pieces!["with more"],
        Sensing::ElasticityColumn => pieces!["elasticity"],
        Sensing::LongRun(number) => pieces![signed(number), "*"],
        Sensing::Signed(number) => pieces![signed(number)],
        Sensing::First(gains) => {
            let mut words = Vec::new();
            for (at, (parameter, shift, gain)) in gains.iter().enumerate() {
                words.extend(pieces![["First to change:", "; next:", "; then:"][at.min(2)]]);
                words.extend(change(parameter, shift));
                words.extend(pieces![format!("({})", signed(gain))]);
            }
            words.push(".".into());
            words
        }
        Sensing::Halved(gains) => {
            let mut words = pieces!["If a loss reason is halved:"];
            for (at, (parameter, gain)) in gains.iter().enumerate() {
                words.extend((at > 0).then(|| Piece::from(";")));
                words.extend(self::parameter(parameter));
                words.extend(pieces![format!("({})", signed(gain))]);
            }
            words.push(".".into());
            words
        }
        Sensing::NoGain => pieces!["No single change makes it better beyond chance."],
        Sensing::Idle(parameters, more) => {
            let mut words = pieces!["Not changed beyond chance by:"];
            words.extend(list(parameters));
            if *more > 0 {
                words.extend(pieces![format!("and {more} more")]);
            }
            words.push(".".into());
            words
        }
        Sensing::MoreRows(more) => {
            let rows = plural(*more as u64, ["more row", "more rows"]);
            pieces![format!("{more} {rows} with"), code("--detail")]
        }
        Sensing::OneMoreHeading => pieces!["What one more is worth"],
        Sensing::ChangeColumn => pieces!["change"],
        Sensing::Bottleneck { role, figure, change } => {
            let mut words =
                pieces!["The bottleneck is", name(role), ", where one more person changes"];
            words.extend(self::figure(figure));
            words.extend(pieces!["by", signed(change), "."]);
            words
        }
        Sensing::NoBottleneck(figure) => {
            let mut words = pieces!["No role is a bottleneck: one more person does not make"];
            words.extend(self::figure(figure));
            words.push("better beyond chance.".into());
            words
        }
        Sensing::Certainty { level, compared, replications, seed } => pieces![
            "± is the error of a single change at",
            level,
            format!(
                "({replications} replications of each model, the same random numbers, seed {seed}). Whether a change \
                 is beyond chance is judged for all {compared} changes of figures together (Bonferroni)."
            ),
        ],
        Sensing::Exact => pieces!["Figures without ± are computed without simulation."],
        Sensing::Elasticity => pieces![
            "Elasticity: by how many percent the figure changes if the parameter is 1 % greater; without ± it is \
             exact, with * exact in the long run."
        ],
        Sensing::NoFigures => pieces!["The model has none of these figures."],
        Sensing::Most { figure, parameter, less, more, beside_reasons } => {
            let mut words = capital(self::figure(figure));
            if *beside_reasons {
                words = pieces!["Apart from halved loss reasons,"];
                words.extend(self::figure(figure));
            }
            words.push("changes most with".into());
            words.extend(self::parameter(parameter));
            let ends: Vec<String> = [less, more].into_iter().flatten().map(signed).collect();
            words.extend(pieces![", by", ends.join(" or ")]);
            words
        }
        Sensing::Nothing(figure) => {
            let mut words = pieces!["No single change moves"];
            words.extend(self::figure(figure));
            words.push("beyond chance".into());
            words
        }
        Sensing::Bars(level) => pieces![
            "Blue is better, orange worse, grey not beyond chance; thin lines are intervals at",
            level,
            "."
        ],
        Sensing::AllAtOnce { model, span, parameters, points } => {
            let word = plural(*parameters as u64, ["parameter", "parameters"]);
            let span = self::span(*span);
            pieces![name(model), format!("— {span}, {parameters} {word} at once, {points} points")]
        }
        Sensing::Around(by) => {
            pieces!["Each parameter varies up and down by", by, ", people by one."]
        }
        Sensing::Method(words) => pieces![match words {
            MethodWords::Strength => "size of the effect",
            MethodWords::Effect => "effect",
            MethodWords::Spread => "spread",
            MethodWords::MorrisMeans =>
                "The effect is the change of the figure over the whole range of a parameter (Morris), its size the mean \
                 without the sign. If the spread is not small beside the size, the effect is curved or depends on other \
                 parameters.",
            MethodWords::Alone => "alone",
            MethodWords::Total => "with interactions",
            MethodWords::SobolMeans =>
                "The share of the variance of the figure that a parameter explains (Sobol), alone and with its interactions.",
        }],
        Sensing::Strongest(scores) => {
            let mut words = pieces!["Matters most:"];
            for (at, (parameter, score)) in scores.iter().enumerate() {
                words.extend((at > 0).then(|| Piece::from(";")));
                words.extend(self::parameter(parameter));
                words.extend(pieces![format!("({})", Language::English.number(score))]);
            }
            words.push(".".into());
            words
        }
        Sensing::ScoreCertainty { level, replications, seed } => {
            let mut words = pieces!["± is the error of the sample of points at", level];
            let how = match replications {
                Some(count) => {
                    let each = plural(*count, ["replication", "replications"]);
                    format!(
                        "({count} {each} at each point, all with the same random numbers, seed {seed})."
                    )
                }
                None => format!("(figures are computed without simulation, seed {seed})."),
            };
            words.push(how.into());
            words
        }
    }
}

fn change(parameter: &Parameter, shift: &Shift) -> Vec<Piece> {
    let mut words = self::parameter(parameter);
    words.push(self::shift(shift));
    words
}

/// A parameter in a few words.
fn parameter(parameter: &Parameter) -> Vec<Piece> {
    match parameter {
        Parameter::Arrivals(source) => pieces!["deals from", name(source)],
        Parameter::People(role) => pieces!["people,", name(role)],
        Parameter::Work(stage) => pieces!["work in", name(stage)],
        Parameter::Wait(stage) => pieces!["wait in", name(stage)],
        Parameter::GoingOn(stage) => pieces!["share not lost in", name(stage)],
        Parameter::Reason(reason) => pieces!["losses for", name(reason)],
        Parameter::Value => pieces!["value of deals"],
        Parameter::Pay(role) => pieces!["pay,", name(role)],
        Parameter::LeadCost(source) => pieces!["marketing cost of a deal from", name(source)],
        Parameter::StageCost(stage) => pieces!["cost of", name(stage), "without people"],
        Parameter::Margin => pieces!["margin"],
        Parameter::Payment => pieces!["time until clients pay"],
        Parameter::Cost(cost) => pieces!["cost", name(cost)],
        Parameter::Followed => pieces!["share that follows the process"],
        Parameter::RolloutCost => pieces!["cost of the roll-out"],
        Parameter::Path(path) => pieces![name(path)],
    }
}

fn list(parameters: &[Parameter]) -> Vec<Piece> {
    let mut words = Vec::new();
    for (at, one) in parameters.iter().enumerate() {
        words.extend((at > 0).then(|| Piece::from(";")));
        words.extend(parameter(one));
    }
    words
}

/// A change with its sign.
fn shift(shift: &Shift) -> Piece {
    match shifted(shift) {
        Ok(number) => signed(&number).into(),
        Err(value) => name(value),
    }
}

fn signed(number: &Number) -> String {
    Language::English.signed(number)
}
