//! What a forecast and its backtest say, in Russian.

use jiff::civil::Date;

use crate::render::words::Language;
use crate::render::words::piece::{Piece, capital, code, name, pieces};
use crate::render::words::plural::russian as plural;
use crate::report::phrase::{ForecastMethod, ForecastWord, Forecasting, Risk, Season, Subject};

fn deals(count: u64) -> String {
    format!("{count} {}", plural(count, ["сделка", "сделки", "сделок"]))
}

fn days(count: usize) -> String {
    format!("{count} {}", plural(count as u64, ["день", "дня", "дней"]))
}

fn day(date: Option<Date>) -> String {
    date.map_or_else(|| "даты среза".to_owned(), |date| date.strftime("%d.%m.%Y").to_string())
}

/// A line of a forecast.
pub(super) fn line(line: &Forecasting) -> Vec<Piece> {
    use Forecasting as F;
    match line {
        F::Title(last, horizon) => pieces![format!(
            "Прогноз по данным на конец дня {}, горизонт — {}",
            day(*last),
            days(*horizon)
        )],
        F::Negotiating { .. } | F::Expecting { .. } => first(line),
        F::Refusing { .. } | F::NoReasons(_) | F::NobodyRefused => refused(line),
        F::WholeHeading(horizon) => pieces![format!("Весь горизонт: {}", days(*horizon))],
        F::MonthsHeading => pieces!["По месяцам"],
        F::WeeksHeading => pieces!["По неделям"],
        F::ByHeading(column) => pieces!["По признаку", name(column)],
        F::DealsHeading => pieces!["Открытые сделки, сначала ближайший контакт"],
        F::LimitsHeading => pieces!["Насколько прогноз надёжен"],
        F::RisksOf(risks) => {
            let words: Vec<&str> = risks.iter().map(|one| risk(*one)).collect();
            pieces![words.join(", ")]
        }
        F::Usual([middle, high]) => pieces![middle, "/", high],
        F::MoreDeals(count) => pieces![
            format!("Ещё {} — в", deals(*count as u64)),
            code("deals.csv"),
            "из",
            code("-o DIR"),
            ".",
        ],
        F::TypedChances { .. }
        | F::PlannedEnds { .. }
        | F::Corrected { .. }
        | F::SeasonChosen(_)
        | F::Moved { .. } => made(line),
        F::Few(..)
        | F::Unproven(..)
        | F::NotCalibrated(_)
        | F::SeasonSeenOnce
        | F::LeftOut(..)
        | F::Leak(..)
        | F::AmountLeak(_)
        | F::AmountsOfWins
        | F::NoAmounts
        | F::NoClosings
        | F::Certainty { .. } => limit(line),
        F::FanTitle(..) | F::FanBegins(_) | F::AgingTitle(..) => chart(line),
        F::BacktestTitle(_) | F::Missed { .. } | F::Brier { .. } | F::FewCuts(_) => tested(line),
        F::ByModel(line) => super::by_model::line(line),
        F::WeekFrom(date) => pieces![format!("7 дней с {}", day(Some(*date)))],
        F::MonthFrom(date) => pieces![date.strftime("%m.%Y").to_string()],
        F::Day(date) => pieces![day(Some(*date))],
        F::ChanceWithin(horizon) => pieces![format!("успех за {}", days(*horizon))],
        F::Days(horizon) => pieces![days(*horizon)],
        F::Subject(subject) => pieces![self::subject(*subject)],
        F::LinesAre(subject) => {
            capital(pieces![self::subject(*subject), "; тонкие линии — 8 из 10 вариантов."])
        }
        F::Method(method) => pieces![self::method(*method)],
        F::Word(word) => pieces![label(*word)],
    }
}

/// The first two lines.
fn first(line: &Forecasting) -> Vec<Piece> {
    match line {
        Forecasting::Negotiating { deals, amount, undated } => {
            let mut words = pieces![format!("Ведём переговоры: {}", self::deals(*deals))];
            if let Some(amount) = amount {
                words.extend(pieces![", вместе на", amount, ", если выиграть все"]);
            }
            if *undated > 0 {
                words.extend(pieces![format!("; ещё {undated} без даты")]);
            }
            words.push(".".into());
            words
        }
        Forecasting::Expecting {
            sum: [low, middle, high],
            parts: [open, new],
            is_orders,
            days,
        } => {
            let what = if *is_orders {
                "Ожидаем заказов:"
            } else {
                "Ожидаем продаж на"
            };
            pieces![
                what,
                middle,
                format!("за {} (в 8 случаях из 10 — от", self::days(*days)),
                low,
                "до",
                high,
                "): из них",
                open,
                "по открытым сделкам и",
                new,
                "по новым.",
            ]
        }
        _ => Vec::new(),
    }
}

/// Why clients refuse.
fn refused(line: &Forecasting) -> Vec<Piece> {
    match line {
        Forecasting::Refusing { reasons, silent, losses } => {
            let mut words = pieces!["Клиенты отказываются по причинам:"];
            for (at, (reason, share)) in reasons.iter().enumerate() {
                if at > 0 {
                    words.push(",".into());
                }
                words.extend(pieces![name(reason), share]);
            }
            let word =
                plural(*losses, ["проигранной сделки", "проигранных сделок", "проигранных сделок"]);
            let of = format!("(от {losses} {word} за последний год");
            match silent {
                None => words.push(format!("{of}).").into()),
                Some(share) => words.extend(pieces![format!("{of},"), share, "без причины)."]),
            }
            words
        }
        Forecasting::NoReasons(losses) => pieces![format!(
            "Причин отказа в файле нет: за последний год проиграно {} без указания причины.",
            deals(*losses)
        )],
        _ => pieces!["За последний год никто не отказался."],
    }
}

/// How a forecast was made.
fn made(line: &Forecasting) -> Vec<Piece> {
    match line {
        Forecasting::TypedChances { deals, typed, ours } => pieces![
            format!("По вероятностям, введённым вручную ({}), выходит", self::deals(*deals)),
            typed,
            "; по нашим —",
            ours,
            ".",
        ],
        Forecasting::PlannedEnds { deals, planned, ours } => pieces![
            format!("По плановым датам за это время закроется {}: на", self::deals(*deals)),
            planned,
            "; мы ждём от них",
            ours,
            ".",
        ],
        Forecasting::Corrected { past, by } => pieces![
            format!(
                "С фактом сравнено: {past} {}; поправка для открытых сделок —",
                plural(*past as u64, ["прошлый прогноз", "прошлых прогноза", "прошлых прогнозов"])
            ),
            Language::Russian.signed(by),
            ".",
        ],
        Forecasting::SeasonChosen(season) => pieces![match season {
            Season::MonthOfQuarter =>
                "Прошлые прогнозы точнее, если учитывать месяц квартала как сезон.",
            Season::MonthOfYear => "Прошлые прогнозы точнее, если учитывать месяц года как сезон.",
            Season::None => "Сезон не учитывается.",
        }],
        Forecasting::Moved { by, weight } => pieces![
            "Итог сдвинут на",
            Language::Russian.signed(by),
            "к тому же сезону в прошлом; его вес по прошлым ошибкам —",
            weight,
            ".",
        ],
        _ => Vec::new(),
    }
}

/// What limits a forecast.
fn limit(line: &Forecasting) -> Vec<Piece> {
    match line {
        Forecasting::Few(wins, losses) => pieces![format!(
            "Выиграно {wins}, проиграно {losses}: этого мало, чтобы учитывать возраст сделок, взяты общие доли. Нужно по 30 тех и других."
        )],
        Forecasting::Unproven(history, horizon) => pieces![
            "Не проверено: закрытия известны только за",
            history,
            format!(", а прогноз — на {}. Поэтому интервал широкий.", days(*horizon)),
        ],
        Forecasting::NotCalibrated(past) => pieces![format!(
            "Прогноз не откалиброван: прошлых прогнозов, которые можно сравнить с фактом, — {past}, а нужно 3."
        )],
        Forecasting::SeasonSeenOnce => {
            pieces!["Часть сезона встретилась только один раз, поэтому она не учитывается."]
        }
        Forecasting::LeftOut(open, amount, closed) => {
            let mut words = pieces![format!("Не учтены без даты создания: {}", deals(*open))];
            if let Some(amount) = amount {
                words.extend(pieces!["на", amount]);
            }
            if *closed > 0 {
                words.extend(pieces![format!("и закрытых без дат: {closed}")]);
            }
            words.push(".".into());
            words
        }
        Forecasting::Leak(column, [open, closed]) => pieces![
            "Не используется:",
            name(column),
            "— пусто у",
            open,
            "открытых сделок и у",
            closed,
            "закрытых, то есть поле заполняют при закрытии.",
        ],
        Forecasting::AmountLeak([open, closed]) => pieces![
            "Сумм нет у",
            open,
            "открытых сделок и у",
            closed,
            "закрытых: вместо сумм открытых сделок взяты суммы прошлых продаж.",
        ],
        Forecasting::AmountsOfWins => {
            pieces!["В файле нет сумм на ту дату: вместо них взяты суммы прошлых продаж."]
        }
        Forecasting::NoAmounts => {
            pieces!["Ни у одной выигранной сделки нет суммы: прогноз только в заказах."]
        }
        Forecasting::NoClosings => {
            pieces!["К этой дате ни одна сделка не закрыта: учиться не на чем."]
        }
        Forecasting::Certainty { draws, seed, wins, losses } => pieces![format!(
            "По {wins} выигранным и {losses} проигранным; между «мало» и «много» — 80 % из {draws} розыгрышей (seed {seed})."
        )],
        _ => Vec::new(),
    }
}

/// Words of charts.
fn chart(line: &Forecasting) -> Vec<Piece> {
    match line {
        Forecasting::FanTitle([low, middle, high], horizon) => pieces![
            format!("Ожидается за {}:", days(*horizon)),
            middle,
            ", в 8 случаях из 10 — от",
            low,
            "до",
            high,
        ],
        Forecasting::FanBegins(last) => {
            pieces![format!(
                "Нарастающим итогом: до конца дня {} — что было, дальше — что ожидается.",
                day(*last)
            )]
        }
        Forecasting::AgingTitle(over, all) => {
            pieces![format!("Дольше обычного (p90) — {over} из {all} открытых сделок")]
        }
        _ => Vec::new(),
    }
}

/// What a backtest says.
fn tested(line: &Forecasting) -> Vec<Piece> {
    match line {
        Forecasting::BacktestTitle(horizons) => {
            let one = |(horizon, cuts): &(usize, usize)| {
                let word = plural(*cuts as u64, ["дату", "даты", "дат"]);
                format!("на {} — {cuts} {word}", days(*horizon))
            };
            let all: Vec<String> = horizons.iter().map(one).collect();
            pieces![format!("Прогнозы повторены по данным того времени: {}", all.join(", "))]
        }
        Forecasting::Missed { days, error, last } => {
            let mut words =
                pieces![format!("Прогнозы на {} ошибались в среднем на", self::days(*days)), error];
            if let Some(last) = last {
                words.extend(pieces!["; «как в прошлом периоде» — на", last]);
            }
            words
        }
        Forecasting::Brier { days, ours, overall, deals } => {
            let number = |value| Language::Russian.fixed(value, 3);
            pieces![format!(
                "Вероятности отдельных сделок на {} (n = {deals}): средний квадрат ошибки (мера Брайера) {}, с общей долей выигранных — {}.",
                self::days(*days),
                number(*ours),
                number(*overall)
            )]
        }
        Forecasting::FewCuts(count) => pieces![format!(
            "Прошлых дат {count} — этого мало, чтобы судить, как часто факт попадает в интервал: нужно 4."
        )],
        _ => Vec::new(),
    }
}

fn risk(risk: Risk) -> &'static str {
    match risk {
        Risk::TooLong => "слишком долго на этапе",
        Risk::TooOld => "старше обычного",
        Risk::Halved => "вероятность упала вдвое",
        Risk::Large => "более 20 % всей суммы",
    }
}

fn subject(subject: Subject) -> &'static str {
    match subject {
        Subject::OpenOrders => "заказы по открытым сделкам",
        Subject::OpenBookings => "продажи по открытым сделкам",
        Subject::AllOrders => "заказы по всем сделкам",
        Subject::AllBookings => "продажи по всем сделкам",
    }
}

fn method(method: ForecastMethod) -> &'static str {
    match method {
        ForecastMethod::Forecast => "прогноз",
        ForecastMethod::Model => "без прошлого сезона",
        ForecastMethod::LastPeriod => "как в прошлом периоде",
        ForecastMethod::Crm => "как в `CRM`: все × доля выигранных",
        ForecastMethod::CountTimesMean => "число × доля выигранных × средняя продажа",
    }
}

/// Titles of columns, names of rows and lines without values.
fn label(word: ForecastWord) -> &'static str {
    match word {
        ForecastWord::Orders => "заказы",
        ForecastWord::Bookings => "продажи",
        ForecastWord::OpenDeals => "открытые сделки",
        ForecastWord::NewDeals => "новые сделки",
        ForecastWord::Total => "итого",
        ForecastWord::LastPeriod => "как в прошлом периоде",
        ForecastWord::SeasonBefore => "тот же сезон в прошлом",
        ForecastWord::NoLevel => "без значения",
        ForecastWord::Undated => "нет даты",
        ForecastWord::Deal => "сделка",
        ForecastWord::Stage => "этап",
        ForecastWord::DaysThere => "время там",
        ForecastWord::UsualTime => "обычно p50 / p90",
        ForecastWord::Amount => "сумма",
        ForecastWord::ChanceEver => "успех вообще",
        ForecastWord::LikelyDay => "вероятная дата",
        ForecastWord::TypedChance => "введённая вероятность",
        ForecastWord::Risks => "на что обратить внимание",
        ForecastWord::BandIs => "В полосе — 8 из 10 розыгрышей.",
        ForecastWord::DayAxis => "на конец дня",
        ForecastWord::NothingToDraw => "Ничего не выиграно",
        ForecastWord::AgingOf => {
            "Открытые сделки: время на этапе, в сравнении с теми, что пошли дальше."
        }
        ForecastWord::UnderMiddle => "меньше p50",
        ForecastWord::UnderHigh => "от p50 до p90",
        ForecastWord::OverHigh => "больше p90",
        ForecastWord::Unknown => "мало данных",
        ForecastWord::AllOpen => "в работе",
        ForecastWord::Horizon => "горизонт",
        ForecastWord::What => "что",
        ForecastWord::How => "как",
        ForecastWord::Error => "средняя ошибка",
        ForecastWord::Bias => "смещение",
        ForecastWord::Capacity => "мощность",
        ForecastWord::Coverage => "факт в интервале",
        ForecastWord::Width => "ширина интервала",
        ForecastWord::Score => "`CRPS`",
        ForecastWord::NoCuts => "Нет даты, до которой 60 дней закрытий, а после — весь горизонт.",
        ForecastWord::Came => "было",
        ForecastWord::Said => "прогноз",
    }
}
