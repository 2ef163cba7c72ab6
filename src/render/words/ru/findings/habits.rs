//! Keys of tools that draw processes, and what does their work here.

use crate::diagnostic::meant::Drawn;

/// What to write instead of a key that a stage does not have.
pub(super) fn instead(drawn: Drawn) -> &'static str {
    match drawn {
        Drawn::Kind => {
            "типа у этапа нет: с `work` это задача роли, с `wait` — время клиента, а несколько переходов \
             в `next` — шлюз"
        }
        Drawn::Identity => {
            "этап определяется своим именем; что печатать вместо имени, задаёт `title`"
        }
        Drawn::Performer => "кто выполняет работу, задаёт роль: `work: {role: …, time: …}`",
        Drawn::Gateway => "шлюз — это переходы в `next`: `next: {…: 40%, lost: rest}`",
        Drawn::Flow => "куда идут сделки, записывается только в `next`",
        Drawn::Event => {
            "время, которое проходит само, — `wait`; уход из очереди через некоторое время — `patience`"
        }
        Drawn::Retries => {
            "число посещений ограничивает `max_visits`, и первое тоже считается: два повтора — это `max_visits: 3`"
        }
        Drawn::Loop => {
            "цикл — это переход в `next` на этот или более ранний этап; его ограничивает `max_visits`"
        }
    }
}
