//! What theory does not answer, and why.

use crate::report::phrase::{Feature, Lacking, Method, Why};

pub(super) fn lacking(figures: Lacking) -> &'static str {
    match figures {
        Lacking::ByWhatChanges => "показатели по признаку, который меняется по пути",
        Lacking::AfterPatience => "всё, что зависит от ушедших из очереди",
        Lacking::Branching => "вероятности, посещения и отказы",
        Lacking::Window => "этот период",
        Lacking::Waits => "ожидание сотрудников",
        Lacking::WaitsAndDurations => "ожидание и сроки",
        Lacking::Durations => "сроки",
        Lacking::WindowDurations => "сроки за этот период",
        Lacking::Spreads => "разброс и квантили сроков",
    }
}

pub(super) fn why(why: &Why) -> String {
    let text = match why {
        Why::Feature(feature) => self::feature(*feature),
        Why::DependentArrivals => "моменты прихода зависят друг от друга",
        Why::TooManyWays => "слишком много переходов между слишком многими состояниями",
        Why::NoWayOut => "из цикла нет выхода",
        Why::CostByPerson => "стоимость у сотрудников разная",
        Why::TooManyStates => "больше 50 000 состояний",
        Why::LimitsInACircle => "ограничения посещений ведут друг к другу по кругу",
        Why::NotPoisson => "поток не пуассоновский",
        Why::Together => "сделки приходят пачками",
        Why::ArrivalsEnd => "поток лидов заканчивается",
        Why::ChangesWithTime => "частота меняется со временем",
        Why::WorkingPatience => "терпение считается в рабочем времени",
        Why::PatienceNotAlike => "терпение роли не описывается одним показательным распределением",
        Why::BeyondErlang => "сколько сделок не дождётся, формула Эрланга A здесь не скажет",
        Why::Unstable => "работы больше, чем рабочего времени",
        Why::KnownLater(attribute) => {
            return format!("`{attribute}` становится известен только здесь");
        }
        Why::NoWindow => "период короче микросекунды",
        Why::LongRunIsAll => "прогон идёт до последней сделки: это и есть установившийся режим",
        Why::NoSteadyState => "прогон идёт до последней сделки: установившейся загрузки нет",
        Why::OnlyNearly(method) => {
            return format!("известно только приближённо: {}", self::method(*method));
        }
    };
    text.to_owned()
}

pub(super) fn method(method: Method) -> &'static str {
    match method {
        Method::LoadOverTime => "вся работа, делённая на рабочее время",
        Method::LeeLongton => "формула Ли и Лонгтона для M/G/c",
        Method::LeeLongtonAsPoisson => {
            "формула Ли и Лонгтона для M/G/c, как если бы поток был пуассоновским"
        }
        Method::LeeLongtonInWorkingTime => "формула Ли и Лонгтона для M/G/c в рабочем времени",
        Method::FlowThroughOpenHours => "поток через рабочие часы и M/G/c в рабочем времени",
    }
}

fn feature(feature: Feature) -> &'static str {
    match feature {
        Feature::WorkingWait => "считается в рабочем времени",
        Feature::WaitUntil => "до заданного часа",
        Feature::PausedWork => "работа прерывается на нерабочее время",
        Feature::WorkingBranch => "`after` считается в рабочем времени",
        Feature::SharedWork | Feature::WatchedWork => "сделки ждут сотрудников",
        Feature::Patience => "сколько сделок не дождётся, зависит от очередей",
        Feature::ByAttribute => "условие `when` по признаку сделки",
        Feature::BySource => "условие `when: source`",
        Feature::ByVisit => "условие `when: visit`",
        Feature::ByBookings => "условие `when: bookings`",
        Feature::ByValue => "условие `when: value`",
        Feature::ByAge => "условие `when: age`",
        Feature::ByWaited => "условие `when: waited`",
        Feature::ByQueue => "условие `when: queue`",
        Feature::ByMonth => "условие `when: month`",
        Feature::ByWeekday => "условие `when: weekday`",
        Feature::ByDate => "условие `when: date`",
        Feature::ShareOfValue => "`cost` — доля стоимости сделки",
        Feature::AwaitsPayment => "`before`: сделки ждут оплаты",
        Feature::CreditLimit => "`credit_limit`: сделки ждут оплаты",
        Feature::Collects | Feature::Books => "оплаты",
        Feature::Clients => "клиенты, купившие раньше",
        Feature::AtStart => "эти сделки старше начала моделирования",
        Feature::BySatisfaction => "условие `when: satisfaction`",
        Feature::ByFollowed => "условие `when: followed` зависит от даты",
        Feature::Rollout => "теория не считает, во что оно обходится",
        Feature::VariesByRun => "`per: run` — вероятность известна неточно",
        Feature::VariesByDeal => "`per: deal` — у каждой сделки своя вероятность",
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
        | Feature::KnownFromSource => "теория этого не учитывает",
    }
}
