//! What theory does not answer, and why.

use crate::report::phrase::{Feature, Lacking, Why};

pub(super) fn lacking(figures: Lacking) -> &'static str {
    match figures {
        Lacking::ByWhatChanges => "figures by what changes",
        Lacking::AfterPatience => "what lost patience changes",
        Lacking::Branching => "chances, visits and losses",
        Lacking::Window => "this window",
        Lacking::Waits => "waits for people",
        Lacking::WaitsAndDurations => "waits and durations",
        Lacking::Durations => "durations",
        Lacking::WindowDurations => "durations in this window",
        Lacking::Spreads => "spreads and quantiles of durations",
    }
}

pub(super) fn why(why: &Why) -> String {
    let text = match why {
        Why::Feature(feature) => self::feature(*feature),
        Why::DependentArrivals => "arrivals depend on each other",
        Why::TooManyWays => "too many transitions between too many states",
        Why::NoWayOut => "a loop has no way out",
        Why::CostByPerson => "cost differs from person to person",
        Why::TooManyStates => "more than 50,000 states",
        Why::LimitsInACircle => "limits of visits lead to each other",
        Why::NotPoisson => "is not Poisson",
        Why::Together => "deals come together",
        Why::ArrivalsEnd => "arrivals end",
        Why::ChangesWithTime => "changes with time",
        Why::WorkingPatience => "runs in working time",
        Why::PatienceNotAlike => "is not one exponential patience for the role",
        Why::BeyondErlang => "how many lose it depends on more than Erlang's A",
        Why::Unstable => "unstable: asked for more than it has",
        Why::KnownLater(attribute) => return format!("`{attribute}` becomes known here"),
        Why::NoWindow => "the window is shorter than a microsecond",
        Why::LongRunIsAll => "until empty: the long run is all there is",
        Why::NoSteadyState => "until empty: people have no steady state",
        Why::OnlyNearly(method) => return format!("only approximately: {}", method.word()),
    };
    text.to_owned()
}

fn feature(feature: Feature) -> &'static str {
    match feature {
        Feature::WorkingWait => "runs in working time",
        Feature::WaitUntil => "until a time of day",
        Feature::PausedWork => "work pauses while it is closed",
        Feature::WorkingBranch => "after: runs in working time",
        Feature::SharedWork | Feature::WatchedWork => "deals wait for people",
        Feature::Patience => "how many lose it depends on queues",
        Feature::ByAttribute => "when: an attribute",
        Feature::BySource => "when: source",
        Feature::ByVisit => "when: visit",
        Feature::ByBookings => "when: bookings",
        Feature::ByValue => "when: value",
        Feature::ByAge => "when: age",
        Feature::ByWaited => "when: waited",
        Feature::ByQueue => "when: queue",
        Feature::ByMonth => "when: month",
        Feature::ByWeekday => "when: weekday",
        Feature::ByDate => "when: date",
        Feature::ShareOfValue => "cost: a share of the value",
        Feature::AwaitsPayment => "before: deals wait for a payment",
        Feature::CreditLimit => "credit_limit: deals wait for payments",
        Feature::Collects | Feature::Books => "payments",
        Feature::Clients => "clients who bought before",
        Feature::AtStart => "the deals there are older than the simulation",
        Feature::BySatisfaction => "when: satisfaction",
        Feature::ByFollowed => "when: followed changes with the date",
        Feature::Rollout => "theory does not count what it costs",
        Feature::VariesByRun => "per: run — the chance is not known well",
        Feature::VariesByDeal => "per: deal — each deal has a chance of its own",
        Feature::Wait
        | Feature::Work
        | Feature::StepCost
        | Feature::KnownInStage
        | Feature::NewValue
        | Feature::Sale
        | Feature::VisitLimit
        | Feature::TimedBranch
        | Feature::Sla
        | Feature::Satisfaction
        | Feature::Batch
        | Feature::Count
        | Feature::OpenGaps
        | Feature::KnownFromSource => "theory does not follow it",
    }
}
