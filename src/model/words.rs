//! Words of other tools and natural languages, and the keys that they correspond to.

use super::near::nearest;

/// Common words for a key, each with that key.
#[rustfmt::skip]
const SYNONYMS: [(&str, &str); 378] = [
    ("янв", "jan"), ("фев", "feb"), ("мар", "mar"), ("апр", "apr"), ("июн", "jun"), ("июл", "jul"), ("авг", "aug"), ("сен", "sep"),
    ("окт", "oct"), ("ноя", "nov"), ("дек", "dec"), ("людей", "people"), ("человек", "people"), ("lanes", "roles"),
    ("swimlanes", "roles"), ("исполнители", "roles"), ("чел", "people"),
    ("if", "when"), ("если", "when"), ("когда", "when"), ("duration", "time"), ("время", "time"), ("headcount", "people"),
    ("не менее", "at_least"), ("не меньше", "at_least"), ("не более", "at_most"), ("не больше", "at_most"), ("выше", "above"),
    ("ниже", "below"), ("между", "between"), ("показатель", "kpi"),
    ("лид", "lead"), ("сделка", "deal"), ("заказ", "order"), ("клиент", "client"),
    ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("june", "jun"), ("july", "jul"),
    ("august", "aug"), ("september", "sep"), ("october", "oct"), ("november", "nov"), ("december", "dec"),
    ("январь", "jan"), ("февраль", "feb"), ("март", "mar"), ("апрель", "apr"), ("май", "may"), ("июнь", "jun"), ("июль", "jul"),
    ("август", "aug"), ("сентябрь", "sep"), ("октябрь", "oct"), ("ноябрь", "nov"), ("декабрь", "dec"),
    ("понедельник", "mon"), ("вторник", "tue"), ("среда", "wed"), ("четверг", "thu"), ("пятница", "fri"), ("суббота", "sat"),
    ("воскресенье", "sun"), ("saturday", "sat"), ("sunday", "sun"), ("пн", "mon"), ("пт", "fri"), ("сб", "sat"), ("вс", "sun"),
    ("оплата", "payment"), ("оплаты", "payment"), ("платежи", "payment"), ("payments", "payment"), ("условия", "terms"),
    ("комиссия", "commission"), ("маржа", "margin"), ("overheads", "costs"), ("накладные", "costs"), ("расходы", "costs"),
    ("дисконт", "discount"), ("мощность", "capacity"), ("потребность", "demand"), ("рассрочка", "instalments"),
    ("лимит", "credit_limit"), ("кредитный лимит", "credit_limit"),
    ("training", "rollout"), ("внедрение", "rollout"), ("обучение", "rollout"), ("удовлетворённость", "satisfaction"),
    ("сценарии", "scenarios"), ("варианты", "scenarios"),
    ("p50", "median"), ("med", "median"), ("медиана", "median"), ("average", "mean"), ("avg", "mean"), ("percentile90", "p90"),
    ("percentile_90", "p90"), ("p_90", "p90"), ("q90", "p90"), ("90%", "p90"), ("90th", "p90"), ("perc90", "p90"),
    ("percentile50", "median"), ("percentile_50", "median"), ("q50", "median"),
    ("50%", "median"), ("pay", "cost"), ("wage", "cost"), ("cpl", "cost"), ("cost_per_lead", "cost"), ("fte", "people"), ("count", "people"),
    ("quantity", "people"), ("staff", "people"),
    ("среднее", "mean"), ("mu", "mean"), ("std", "sd"), ("stdev", "sd"), ("stddev", "sd"), ("std_dev", "sd"), ("сигма", "sd"),
    ("low", "min"), ("minimum", "min"), ("мин", "min"), ("high", "max"), ("maximum", "max"), ("макс", "max"),
    ("likely", "mode"), ("most_likely", "mode"), ("мода", "mode"), ("probability", "share"), ("prob", "share"), ("p", "share"),
    ("доля", "share"), ("вероятность", "share"), ("duration", "wait"), ("delay", "wait"), ("time", "wait"), ("ожидание", "wait"),
    ("transitions", "next"), ("to", "next"), ("branches", "next"), ("далее", "next"), ("дальше", "next"), ("переход", "next"),
    ("переходы", "next"), ("price", "cost"), ("costs", "cost"), ("стоимость", "cost"), ("затраты", "cost"), ("цена", "cost"),
    ("salary", "cost"), ("оклад", "cost"), ("зарплата", "cost"), ("этапы", "stages"), ("стадии", "stages"), ("стадия", "stages"),
    ("этап", "stages"), ("steps", "stages"), ("funnel", "stages"), ("воронка", "stages"), ("источники", "sources"),
    ("источник", "sources"), ("arrivals", "sources"), ("leads", "sources"), ("каналы", "sources"), ("роли", "roles"),
    ("роль", "role"), ("resources", "roles"), ("team", "roles"), ("сотрудники", "roles"), ("календари", "calendars"),
    ("календарь", "calendar"), ("атрибуты", "attributes"), ("признаки", "attributes"), ("segments", "attributes"),
    ("сегменты", "attributes"), ("причины", "reasons"), ("цели", "targets"), ("план", "targets"), ("goals", "targets"),
    ("plan", "targets"), ("ожидания", "expect"), ("expectations", "expect"), ("валюта", "currency"), ("название", "name"),
    ("имя", "name"), ("описание", "description"), ("процесс", "process"), ("начало", "start"), ("горизонт", "horizon"),
    ("срок", "horizon"), ("разогрев", "warmup"), ("сумма", "value"), ("amount", "value"), ("работа", "work"), ("люди", "people"),
    ("количество", "people"), ("интенсивность", "rate"), ("фаза", "phase"),
    ("version", "voronka"), ("версия", "voronka"),
    ("min", "at_least"), ("minimum", "at_least"), ("не ниже", "at_least"), ("max", "at_most"), ("maximum", "at_most"),
    ("не выше", "at_most"), ("probability", "next"), ("prob", "next"), ("вероятность", "next"), ("conversion", "next"),
    ("конверсия", "next"), ("status", "next"), ("статус", "next"), ("исход", "next"), ("result", "next"),
    ("логистическая", "logistic"), ("логистический", "logistic"), ("сигмоида", "logistic"), ("линейная", "linear"),
    ("линейный", "linear"), ("линейно", "linear"), ("основная", "main"), ("основной", "main"), ("вспомогательная", "supporting"),
    ("вспомогательный", "supporting"), ("управленческая", "management"), ("управление", "management"), ("продажи", "sales"),
    ("маркетинг", "marketing"), ("продукт", "product"), ("дисквалификация", "disqualified"), ("прочее", "other"),
    ("другое", "other"), ("прогон", "run"), ("день", "day"), ("неделя", "week"), ("месяц", "month"), ("квартал", "quarter"),
    ("год", "year"), ("продажа", "booking"), ("сумма", "amount"), ("документы", "documents"), ("documentation", "description"),
    ("goes", "next"), ("goes to", "next"), ("goto", "next"), ("then", "next"), ("leads to", "next"), ("leads_to", "next"),
    ("include", "extends"), ("includes", "extends"), ("import", "extends"), ("inherits", "extends"),
    ("основа", "extends"), ("наследует", "extends"),
    ("condition", "when"), ("conditions", "when"), ("условие", "when"),
    ("mu", "median"),
    ("владелец", "owner"), ("цель", "goal"), ("вход", "input"), ("выход", "output"), ("поставщики", "suppliers"),
    ("потребители", "consumers"), ("категория", "category"), ("ресурсы", "resources"), ("ресурсы", "roles"),
    ("assignee", "role"), ("performer", "role"), ("who", "role"), ("resource", "role"), ("исполнитель", "role"),
    ("ответственный", "role"), ("кто", "role"),
    ("most likely", "mode"), ("most-likely", "mode"), ("mostlikely", "mode"), ("optimistic", "min"), ("pessimistic", "max"),
    ("наиболее вероятное", "mode"), ("оптимистичное", "min"), ("пессимистичное", "max"),
    ("reason", "lost"), ("причина", "lost"),
    ("gte", "at_least"), ("ge", "at_least"), (">=", "at_least"), ("gt", "above"), (">", "above"), ("lte", "at_most"),
    ("le", "at_most"), ("<=", "at_most"), ("lt", "below"), ("<", "below"),
    ("s-curve", "logistic"), ("s curve", "logistic"), ("scurve", "logistic"), ("s_curve", "logistic"),
    ("sigmoid", "logistic"), ("s-образная", "logistic"),
    ("more_than", "above"), ("more than", "above"), ("greater_than", "above"), ("greater than", "above"), ("less_than", "below"),
    ("less than", "below"), ("interarrival", "every"), ("inter_arrival", "every"), ("interarrival_time", "every"),
    ("next_stage", "next"), ("nextstage", "next"), ("куда", "next"), ("следующий", "next"), ("следующий этап", "next"),
    ("revenue", "bookings"), ("turnover", "bookings"), ("sales", "bookings"), ("выручка", "bookings"), ("оборот", "bookings"),
    ("conversion", "lead_to_win"), ("conversion_rate", "lead_to_win"), ("конверсия", "lead_to_win"), ("close_rate", "win_rate"),
    ("closing_rate", "win_rate"), ("win_ratio", "win_rate"), ("lead_time", "sales_cycle"), ("time_to_close", "sales_cycle"),
    ("time_to_win", "sales_cycle"), ("цикл сделки", "sales_cycle"), ("wip", "open_deals"), ("waiting_time", "queue_time"),
    ("wait_time", "queue_time"), ("occupancy", "utilization"), ("workload", "utilization"), ("load", "utilization"),
    ("загрузка", "utilization"), ("orders", "throughput"), ("wins", "throughput"), ("won", "throughput"),
    ("deals_won", "throughput"), ("leads", "intake"), ("deal_size", "average_deal"), ("average_deal_size", "average_deal"),
    ("средний чек", "average_deal"), ("прибыль", "profit"), ("cpa", "cost_per_won"), ("csat", "satisfaction"), ("sla", "sla_kept"),
    ("response_time", "lead_response_time"), ("first_response", "lead_response_time"), ("ltv", "lifetime_value"),
    ("clv", "lifetime_value"), ("cpl", "cost_per_lead"), ("churn", "churn_table"), ("median", "p50"), ("медиана", "p50"),
    ("left", "min"), ("right", "max"), ("scale", "mean"), ("task", "work"), ("activity", "work"), ("tasks", "steps"),
    ("90th percentile", "p90"), ("90 percentile", "p90"), ("percentile 90", "p90"), ("90-й перцентиль", "p90"),
    ("90-й процентиль", "p90"), ("перцентиль 90", "p90"),
    ("max_loops", "max_visits"), ("max_iterations", "max_visits"), ("max_attempts", "max_visits"), 
    ("attempts", "max_visits"),
];

/// Words that cannot stand for another key, so that the key may be written for them.
#[rustfmt::skip]
const SURE: [(&str, &str); 78] = [
    ("more_than", "above"), ("more than", "above"), ("greater_than", "above"), ("greater than", "above"), ("less_than", "below"),
    ("less than", "below"), ("interarrival", "every"), ("inter_arrival", "every"), ("interarrival_time", "every"),
    ("include", "extends"), ("includes", "extends"), ("condition", "when"), ("if", "when"), ("median", "p50"), ("p50", "median"),
    ("assignee", "role"), ("performer", "role"), ("most likely", "mode"), ("most_likely", "mode"), ("most-likely", "mode"),
    ("gte", "at_least"), ("ge", "at_least"), (">=", "at_least"), ("gt", "above"), (">", "above"), ("lte", "at_most"),
    ("le", "at_most"), ("<=", "at_most"), ("lt", "below"), ("<", "below"), ("s-curve", "logistic"), ("s curve", "logistic"),
    ("scurve", "logistic"), ("s_curve", "logistic"), ("sigmoid", "logistic"), ("reason", "lost"), ("avg", "mean"),
    ("average", "mean"), ("std", "sd"), ("stdev", "sd"), ("stddev", "sd"), ("std_dev", "sd"), ("percentile90", "p90"),
    ("percentile_90", "p90"), ("p_90", "p90"), ("q90", "p90"), ("90%", "p90"), ("90th", "p90"), ("perc90", "p90"),
    ("percentile50", "median"), ("percentile_50", "median"), ("q50", "median"), ("50%", "median"), ("minimum", "min"),
    ("maximum", "max"), ("low", "min"), ("high", "max"), ("salary", "cost"), ("wage", "cost"), ("headcount", "people"),
    ("duration", "time"), ("resources", "roles"), ("payments", "payment"), ("cost_per_lead", "cost"), ("cpl", "cost"),
    ("optimistic", "min"), ("pessimistic", "max"), ("arrivals", "sources"), ("december", "dec"), ("goals", "targets"),
    ("left", "min"), ("right", "max"), ("90th percentile", "p90"), ("90 percentile", "p90"), ("percentile 90", "p90"),
    ("90-й перцентиль", "p90"), ("90-й процентиль", "p90"), ("перцентиль 90", "p90"),
];

/// Whether a word surely stands for a key.
pub(super) fn is_sure(word: &str, key: &str) -> bool {
    let word = word.trim().to_lowercase();
    SURE.contains(&(word.as_str(), key))
}

/// The key that a word stands for, if it is one of `known`.
pub(super) fn synonym<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    let word = word.trim().to_lowercase();
    let meant = SYNONYMS.iter().filter(|(habit, _)| *habit == word).map(|(_, key)| *key);
    meant.into_iter().find_map(|key| known.iter().find(|known| **known == key).copied())
}

/// The known word that a word stands for, or else the nearest one.
pub(super) fn synonym_or_nearest(word: &str, known: &[&str]) -> Option<String> {
    let synonym = synonym(word, known).map(str::to_owned);
    synonym.or_else(|| nearest(word, known.iter().copied()))
}

/// Common words for an end, each with that end.
const ENDS: [(&str, &str); 26] = [
    ("проигрыш", "lost"),
    ("потеря", "lost"),
    ("выигрыш", "won"),
    ("успех", "won"),
    ("проиграно", "lost"),
    ("проигран", "lost"),
    ("проиграна", "lost"),
    ("потеряно", "lost"),
    ("отказ", "lost"),
    ("closed lost", "lost"),
    ("closed_lost", "lost"),
    ("выиграно", "won"),
    ("выигран", "won"),
    ("выиграна", "won"),
    ("closed won", "won"),
    ("closed_won", "won"),
    ("завершено", "done"),
    ("готово", "done"),
    ("отменено", "cancelled"),
    ("отмена", "cancelled"),
    ("closed-won", "won"),
    ("closed-lost", "lost"),
    ("успешно реализовано", "won"),
    ("закрыто и не реализовано", "lost"),
    ("сделка успешна", "won"),
    ("сделка провалена", "lost"),
];

/// The end that a word stands for.
pub(super) fn end(word: &str) -> Option<&'static str> {
    let word = word.trim().to_lowercase();
    ENDS.iter().find(|(habit, _)| *habit == word).map(|(_, end)| *end)
}

/// Whether a word means that an amount stays as it was.
pub(super) fn is_same(text: &str) -> bool {
    const WORDS: [&str; 14] = [
        "keep",
        "kept",
        "unchanged",
        "previous",
        "last",
        "equal",
        "the same",
        "same as before",
        "as before",
        "та же",
        "тот же",
        "прежняя",
        "как раньше",
        "без изменений",
    ];
    WORDS.contains(&text.trim().to_lowercase().as_str())
}

/// `true` or `false` in other words.
pub(super) fn truth(text: &str) -> Option<&'static str> {
    match text.trim().to_lowercase().as_str() {
        "yes" | "y" | "on" | "1" | "да" | "истина" => Some("true"),
        "no" | "n" | "off" | "0" | "нет" | "ложь" => Some("false"),
        other => ["true", "false"].into_iter().find(|word| *word == other),
    }
}

/// What a word will mean in a later version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Later {
    /// A key of the language, with an example of where it stands.
    Key(&'static str),
    /// A command.
    Command,
}

/// Keys of the language that this version does not simulate, with the section they belong to.
const LATER: [(&str, Later); 18] = [
    ("forecast", Later::Command),
    ("owner", Later::Key("roles: {…: {assignment: owner}}")),
    ("assignment", Later::Key("roles: {…: {assignment: owner}}")),
    ("limit", Later::Key("limit: {count, lost}")),
    ("selling_time", Later::Key("roles: {…: {selling_time: 60%}}")),
    ("ramp", Later::Key("people: [{count: 2, ramp: 90d}]")),
    ("speed", Later::Key("people: [{name, speed: 1.2}]")),
    ("closing", Later::Key("people: [{name, closing: 1.1}]")),
    ("away", Later::Key("people: [{name, away: …}]")),
    ("serves", Later::Key("people: [{name, serves: {region: Moscow}}]")),
    ("places", Later::Key("roles: {…: {places: 12}}")),
    ("holds", Later::Key("holds: table")),
    ("parallel", Later::Key("steps: [{parallel: …}]")),
    ("decay", Later::Key("decay: {half_life, lost}")),
    ("deadline", Later::Key("deadline: {after, lost}")),
    ("priority", Later::Key("priority: 1")),
    ("dispersion", Later::Key("dispersion: 3")),
    ("schedule", Later::Key("schedule: leads.csv")),
];

/// Russian words for such keys.
const LATER_RUSSIAN: [(&str, &str); 5] = [
    ("параллельно", "parallel"),
    ("владелец", "owner"),
    ("лимит", "limit"),
    ("прогноз", "forecast"),
    ("приоритет", "priority"),
];

/// How the language will write a feature of a later version, wherever the word stands.
pub(super) fn later(word: &str) -> Option<Later> {
    let word = word.trim().to_lowercase();
    let english = LATER_RUSSIAN.iter().find(|(russian, _)| *russian == word);
    let word = english.map_or(word.as_str(), |(_, english)| english);
    LATER.iter().find(|(key, _)| *key == word).map(|(_, later)| *later)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn russian_words_of_a_choice_are_known() {
        assert_eq!(synonym("логистическая", &["logistic", "linear"]), Some("logistic"));
        assert_eq!(synonym("Сумма", &["amount", "margin"]), Some("amount"));
        assert_eq!(synonym("вспомогательная", &["main", "supporting"]), Some("supporting"));
    }

    #[test]
    fn a_synonym_counts_only_where_its_key_may_stand() {
        assert_eq!(synonym("p50", &["median", "p90"]), Some("median"));
        assert_eq!(synonym("p50", &["mean", "sd"]), None);
        assert!(is_sure("GTE", "at_least") && !is_sure("min", "at_least"));
        assert_eq!(synonym("Этапы", &["stages"]), Some("stages"));
        assert_eq!(later("приоритет"), later("priority"));
        assert_eq!(later("stages"), None);
    }
}
