//! The command line: arguments in, exit code out.
//!
//! The only layer that reads arguments, the terminal, the clock and the environment, and the only
//! one that writes. Exit codes are part of the interface: 0 ok, 1 a model has errors or an expectation does not hold, 2 the
//! input cannot be used, 3 the output cannot be written, 4 a limit was reached, 130 interrupted.

mod arguments;
mod bar;
mod commands {
    pub(super) mod backtest;
    pub(super) mod check;
    pub(super) mod compare;
    pub(super) mod completions;
    pub(super) mod explain;
    pub(super) mod fit;
    pub(super) mod forecast;
    pub(super) mod inspect;
    pub(super) mod new;
    pub(super) mod plan;
    pub(super) mod run;
    pub(super) mod sensitivity;
    pub(super) mod show;
    pub(super) mod solve;
    pub(super) mod sweep;
}
mod content;
mod dialect;
mod export;
mod failure;
mod files;
mod fonts;
mod interrupt;
mod learning;
mod manifest;
mod memory;
mod offered;
mod paths;
mod pictures;
mod planned;
mod reading;
mod settings;
mod steps;
mod study;
mod terminal;
mod watch;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use crate::render::words::Language;

/// Models and simulates sales processes.
#[derive(Debug, Parser)]
#[command(name = "voronka", version, about, long_about = LONG_ABOUT, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// When to color output; auto also respects `NO_COLOR`, `FORCE_COLOR` and `CLICOLOR_FORCE`
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "WHEN",
        default_value_t,
        display_order = 900
    )]
    color: terminal::Colour,
    /// Language of the output; the default is that of `VORONKA_LANG`, then of the locale, then English
    #[arg(long = "lang", global = true, value_enum, value_name = "LANG", display_order = 901)]
    language: Option<Language>,
}

const LONG_ABOUT: &str = "Models and simulates sales processes.

A readable YAML model of a funnel goes in; KPIs with intervals, tables and charts come out. The \
smallest useful model, in a file deal.yaml:

  stages:
    lead:  {wait: 1d, next: 30%}
    demo:  {wait: 5d, cost: 200, next: 40%}
    offer: {wait: {lognormal: {median: 7d, p90: 30d}}, next: 50%}

  voronka run deal.yaml

Exit codes: 0 ok, 1 a model has errors or an expectation does not hold, 2 the input cannot be used, 3 the output cannot be \
written, 4 a limit was reached, 130 interrupted.";

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Simulates a model and shows its KPIs
    Run(Box<commands::run::Arguments>),
    /// Computes KPIs without simulation, as far as the model allows
    Solve(commands::solve::Arguments),
    /// Compares processes: models, or the scenarios of one
    Compare(commands::compare::Arguments),
    /// Lists what differs between two models
    Diff(commands::compare::DiffArguments),
    /// Shows how KPIs depend on values of a model, such as the number of people
    Sweep(Box<commands::sweep::Arguments>),
    /// Shows which parameters matter most, and what one more person or one hour less is worth
    Sensitivity(Box<commands::sensitivity::Arguments>),
    /// Finds the cheapest plan that meets targets: how many people, above all
    Plan(Box<commands::plan::Arguments>),
    /// Learns a model from a CRM export or an event log
    Fit(Box<commands::fit::Arguments>),
    /// Forecasts what open and new deals bring, learnt from past deals
    Forecast(Box<commands::forecast::Arguments>),
    /// Shows how far forecasts at past days would have missed
    Backtest(Box<commands::backtest::Arguments>),
    /// Checks model files; simulates only with --simulate
    Check(commands::check::Arguments),
    /// Shows how a CRM export or an event log is understood
    Inspect(Box<commands::inspect::Arguments>),
    /// Draws the process map
    Show(commands::show::Arguments),
    /// Writes a model to start from
    New(commands::new::Arguments),
    /// Explains a KPI, a code or a distribution
    Explain(commands::explain::Arguments),
    /// Prints the JSON Schema of models, for editors
    Schema,
    /// Prints completions for a shell
    Completions(commands::completions::Arguments),
    /// Prints the manual page: voronka man | man -l -
    Man,
}

/// Runs the command line and returns the exit code.
///
/// Whether standard output was closed when the program started is known to the binary alone: the
/// runtime opens a device in its place that takes everything.
pub fn main(stdout_is_closed: bool) -> ExitCode {
    if stdout_is_closed {
        terminal::stdout_is_closed();
    }
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    terminal::set_colour(cli.color);
    interrupt::survive_file_limits();
    let result = terminal::set_language(cli.language).and_then(|()| cli.command.run());
    match result {
        Ok(code) => code,
        Err(failure) => {
            terminal::complain(&failure);
            failure.exit_code()
        }
    }
}

impl Command {
    fn run(&self) -> Result<ExitCode, failure::Failure> {
        match self {
            Command::Run(arguments) => commands::run::run(arguments),
            Command::Solve(arguments) => commands::solve::solve(arguments),
            Command::Compare(arguments) => commands::compare::compare(arguments),
            Command::Diff(arguments) => commands::compare::diff(arguments),
            Command::Sweep(arguments) => commands::sweep::sweep(arguments),
            Command::Sensitivity(arguments) => commands::sensitivity::sensitivity(arguments),
            Command::Plan(arguments) => commands::plan::plan(arguments),
            Command::Fit(arguments) => commands::fit::fit(arguments),
            Command::Forecast(arguments) => commands::forecast::forecast(arguments),
            Command::Backtest(arguments) => commands::backtest::backtest(arguments),
            Command::Check(arguments) => commands::check::check(arguments),
            Command::Inspect(arguments) => commands::inspect::inspect(arguments),
            Command::Show(arguments) => commands::show::show(arguments),
            Command::New(arguments) => commands::new::new(arguments),
            Command::Explain(arguments) => commands::explain::explain(arguments),
            Command::Completions(arguments) => {
                commands::completions::completions(arguments, Cli::command())
            }
            Command::Schema => terminal::print(&format!("{:#}\n", crate::model::schema::schema()))
                .map(|()| ExitCode::SUCCESS),
            Command::Man => commands::completions::man(Cli::command()),
        }
    }
}

/// Help and version go to stdout, wrong usage to stderr.
fn usage(error: &clap::Error) -> ExitCode {
    let text = error.render();
    if error.use_stderr() {
        // If the message cannot be written, the exit code remains.
        error.print().ok();
        return ExitCode::from(2);
    }
    let text =
        if terminal::colour_on_stdout() { text.ansi().to_string() } else { text.to_string() };
    match terminal::print(&text) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            terminal::complain(&failure);
            failure.exit_code()
        }
    }
}
