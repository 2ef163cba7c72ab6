//! Processes that cannot be simulated.

use crate::diagnostic::ProcessFault;
use crate::render::words::Message;
use crate::render::words::shown::{list, message, show};

pub(super) fn process(fault: &ProcessFault) -> Message {
    match fault {
        ProcessFault::NoStages => message(
            "в модели нет этапов",
            "самая маленькая полезная модель: `stages: {lead: {wait: 1d, next: 30%}}`",
        ),
        ProcessFault::NoWayToSale => message(
            "ни одну сделку нельзя выиграть",
            "направьте один из переходов в `won` или отметьте этап ключом `sale: true`",
        ),
        ProcessFault::NoEndUntilEmpty { stages } => message(
            format!(
                "сделки никогда не покидают {}, поэтому `until empty` не наступит",
                list(stages)
            ),
            "добавьте одному из этих этапов переход в `won`, `lost` или `done` либо задайте горизонт определённой длины",
        ),
        ProcessFault::SourceNeverEnds { source } => message(
            format!(
                "источник {} никогда не иссякает, поэтому `until empty` не наступит",
                show(source)
            ),
            "задайте ему `count` или `until` либо задайте модели горизонт определённой длины",
        ),
        ProcessFault::NoWorkingTime { calendar } => message(
            format!("в календаре {} совсем нет рабочего времени", show(calendar)),
            "задайте часы хотя бы для одного дня недели, например `mon-fri: \"09:00-18:00\"`",
        ),
        ProcessFault::NobodyWorks { role } => message(
            format!("в роли {} нет сотрудников, и эта работа ждала бы вечно", show(role)),
            "добавьте в роль сотрудников или уберите работу",
        ),
        ProcessFault::TimelessLoop { stages } => message(
            format!("сделки бесконечно ходят по кругу, не тратя времени: {}", list(stages)),
            "добавьте одному из этих этапов переход в `won`, `lost`, `done` или на этап вне круга либо `wait`",
        ),
        ProcessFault::NoWaitForStock { source, stage } => message(
            format!(
                "сделки, которые источник {} имеет к началу, стоят в первом ожидании этапа {}, а он не начинается с ожидания в обычном времени",
                show(source),
                show(stage)
            ),
            "направьте источник на этап, который начинается с `wait` в обычном времени, или уберите `at_start` и задайте `warmup`",
        ),
        ProcessFault::NobodyLearns { role } => message(
            format!("в роли {} нет сотрудников, которых можно обучать", show(role)),
            "задайте роли число людей `people` или назовите здесь другую роль",
        ),
    }
}
