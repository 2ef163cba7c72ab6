//! Words of other tools and languages, and where the language has them.

/// Words that stand for a key by habit, with that key.
#[rustfmt::skip]
const SYNONYMS: [(&str, &str); 92] = [
    ("p50", "median"), ("med", "median"), ("медиана", "median"), ("p95", "p90"), ("average", "mean"), ("avg", "mean"),
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
];

/// The key that a word stands for, if that key may stand here.
pub(super) fn synonym<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    let word = word.trim().to_lowercase();
    let meant = SYNONYMS.iter().filter(|(habit, _)| *habit == word).map(|(_, key)| *key);
    meant.into_iter().find_map(|key| known.iter().find(|known| **known == key).copied())
}

/// Keys that the language has somewhere and this version does not simulate, with where they stand.
const LATER: [(&str, &str); 38] = [
    ("terms", "terms: [{payment: …}]"),
    ("payments", "terms: [{payment: …}]"),
    ("payment", "terms: [{payment: …}]"),
    ("margin", "terms: [{margin: 24%}]"),
    ("commission", "terms: [{commission: 3%}]"),
    ("demand", "terms: [{demand: {machine hours: 90}}]"),
    ("capacity", "capacity: {machine hours: 1600/month}"),
    ("promises", "promises: [{name, from, to, within}]"),
    ("rollout", "rollout: {start, duration, from, to}"),
    ("costs", "costs: {office: 400000/month}"),
    ("overheads", "costs: {office: 400000/month}"),
    ("discount", "discount: 15%/year"),
    ("investment", "scenarios: {…: {investment: …}}"),
    ("extends", "extends: as-is.yaml"),
    ("scenarios", "scenarios: {NAME: …}"),
    ("scenario", "scenarios: {NAME: …}"),
    ("forecast", "a command of a later version"),
    ("compare", "a command of a later version"),
    ("owner", "roles: {…: {assignment: owner}}"),
    ("assignment", "roles: {…: {assignment: owner}}"),
    ("limit", "limit: {count, lost}"),
    ("selling_time", "roles: {…: {selling_time: 60%}}"),
    ("ramp", "people: [{count: 2, ramp: 90d}]"),
    ("speed", "people: [{name, speed: 1.2}]"),
    ("closing", "people: [{name, closing: 1.1}]"),
    ("away", "people: [{name, away: …}]"),
    ("serves", "people: [{name, serves: {region: Moscow}}]"),
    ("places", "roles: {…: {places: 12}}"),
    ("holds", "holds: table"),
    ("parallel", "steps: [{parallel: …}]"),
    ("decay", "decay: {half_life, lost}"),
    ("deadline", "deadline: {after, lost}"),
    ("satisfaction", "satisfaction: {late, revisit}"),
    ("priority", "priority: 1"),
    ("dispersion", "dispersion: 3"),
    ("schedule", "schedule: leads.csv"),
    ("clients", "clients: true"),
    ("instruction", "instruction: TEXT"),
];

/// Russian words of such keys.
const LATER_RUSSIAN: [(&str, &str); 11] = [
    ("параллельно", "parallel"),
    ("оплата", "terms"),
    ("оплаты", "terms"),
    ("платежи", "terms"),
    ("комиссия", "commission"),
    ("владелец", "owner"),
    ("лимит", "limit"),
    ("сценарии", "scenarios"),
    ("прогноз", "forecast"),
    ("сравнение", "compare"),
    ("приоритет", "priority"),
];

/// How the language writes what a later version will simulate; the word may stand at a wrong place.
pub(super) fn later(word: &str) -> Option<&'static str> {
    let word = word.trim().to_lowercase();
    let english = LATER_RUSSIAN.iter().find(|(russian, _)| *russian == word);
    let word = english.map_or(word.as_str(), |(_, english)| english);
    LATER.iter().find(|(key, _)| *key == word).map(|(_, place)| *place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_synonym_counts_only_where_its_key_may_stand() {
        assert_eq!(synonym("p50", &["median", "p90"]), Some("median"));
        assert_eq!(synonym("p50", &["mean", "sd"]), None);
        assert_eq!(synonym("Этапы", &["stages"]), Some("stages"));
        assert_eq!(later("оплаты"), later("payments"));
        assert_eq!(later("stages"), None);
    }
}
