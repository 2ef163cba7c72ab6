//! Keys of tools that draw processes, such as those for BPMN, which a stage does not have.

/// What a key of such a tool is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drawn {
    /// `type: userTask`.
    Kind,
    /// `id: Activity_1`.
    Identity,
    /// `lane: sales`, `assignee`.
    Performer,
    /// `gateway: exclusive`.
    Gateway,
    /// `outgoing`, `sequenceFlow`.
    Flow,
    /// `timer`, `boundaryEvent`.
    Event,
    /// `multiInstance`.
    Loop,
    /// `retries: 2`.
    Retries,
}

/// What a key of such a tool is about, if it is one.
pub fn drawn(key: &str) -> Option<Drawn> {
    const KEYS: [(Drawn, &[&str]); 8] = [
        (Drawn::Kind, &["type", "kind", "tasktype", "тип"]),
        (Drawn::Identity, &["id", "uid", "идентификатор"]),
        (
            Drawn::Performer,
            &[
                "lane",
                "pool",
                "assignee",
                "performer",
                "participant",
                "actor",
                "responsible",
                "candidategroups",
                "дорожка",
                "исполнитель",
                "ответственный",
            ],
        ),
        (Drawn::Gateway, &["gateway", "exclusivegateway", "decision", "split", "шлюз", "развилка"]),
        (
            Drawn::Flow,
            &[
                "incoming",
                "outgoing",
                "flow",
                "flows",
                "sequenceflow",
                "sequenceflows",
                "sourceref",
                "targetref",
                "edges",
            ],
        ),
        (Drawn::Event, &["timer", "timeout", "boundaryevent", "event", "таймер", "событие"]),
        (
            Drawn::Retries,
            &["retries", "retry", "maxretries", "retrycount", "повторы", "повторов", "попытки"],
        ),
        (Drawn::Loop, &["loop", "multiinstance", "repeat", "цикл"]),
    ];
    let plain = key.to_lowercase().replace(['_', '-', ' ', ':'], "");
    let is_it = |(_, keys): &&(Drawn, &[&str])| keys.contains(&plain.as_str());
    KEYS.iter().find(is_it).map(|(drawn, _)| *drawn)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_drawings_are_known_in_any_spelling() {
        assert_eq!(drawn("sequence_flow"), Some(Drawn::Flow));
        assert_eq!(drawn("boundaryEvent"), Some(Drawn::Event));
        assert_eq!(drawn("Тип"), Some(Drawn::Kind));
        assert_eq!(drawn("wait"), None);
    }
}
