//! What is said of an export, in Russian.

use super::{date, oddities};
use crate::render::words::piece::{Piece, code, name, pieces};
use crate::render::words::plural::russian as plural;
use crate::report::phrase::{
    DateOrder, DealOutcome, DecimalMark, FileFormat, Inspected, KnownBy, Preset, Role, Shape, Use,
    WhyUsed,
};

#[allow(clippy::too_many_lines)] // one arm per phrase: a table
pub(super) fn line(line: &Inspected) -> Vec<Piece> {
    match line {
        Inspected::Title { file, shape, rows } => {
            let what = match shape {
                Shape::Deals => "по одной на сделку",
                Shape::StageHistory => "по одной на каждый вход сделки на этап",
                Shape::EventLog => "по одной на событие",
            };
            let word = plural(*rows, ["строка", "строки", "строк"]);
            pieces![name(&format!("{file}:")), format!("{rows} {word}, {what}")]
        }
        Inspected::File { .. } => file(line),
        Inspected::System(preset) => pieces!["Заголовки как в", code(system(*preset)), "."],
        Inspected::NoSystem => {
            pieces![
                "По заголовкам не видно, из какой системы выгрузка; систему можно указать:",
                code("--preset"),
                "."
            ]
        }
        Inspected::Facts { first, last } => {
            pieces![format!("Данные с {} по {}.", date(*first), date(*last))]
        }
        Inspected::Events { events, deals, stages, people } => pieces![format!(
            "Событий: {events}, сделок: {deals}, разных этапов или действий: {stages}, сотрудников: {people}."
        )],
        Inspected::ColumnsHeading => pieces!["Столбцы"],
        Inspected::DealsHeading => pieces!["Сделки"],
        Inspected::WordsHeading => pieces!["Чем закончились сделки"],
        Inspected::FunnelsHeading => pieces!["Воронки"],
        Inspected::MonthsHeading => pieces!["По месяцам"],
        Inspected::OddHeading => pieces!["Что выглядит странно или пропущено"],
        Inspected::ColumnTitle => pieces!["столбец"],
        Inspected::UsedTitle => pieces!["что это"],
        Inspected::WhyTitle => pieces!["почему"],
        Inspected::FilledTitle => pieces!["заполнено"],
        Inspected::WordsTitle => pieces!["разных значений"],
        Inspected::OutcomeTitle => pieces!["исход"],
        Inspected::DealsTitle => pieces!["сделок"],
        Inspected::WithAmountTitle => pieces!["с суммой"],
        Inspected::SumTitle => pieces!["сумма"],
        Inspected::WordTitle => pieces!["слово"],
        Inspected::WhereTitle => pieces!["где стоит"],
        Inspected::MeansTitle => pieces!["значит"],
        Inspected::KnownTitle => pieces!["откуда известно"],
        Inspected::RowsTitle => pieces!["строк"],
        Inspected::FunnelTitle => pieces!["воронка"],
        Inspected::MonthTitle => pieces!["месяц"],
        Inspected::CreatedTitle => pieces!["создано"],
        Inspected::WonTitle => pieces!["выиграно"],
        Inspected::WonSumTitle => pieces!["сумма выигранных"],
        Inspected::LostTitle => pieces!["проиграно"],
        Inspected::OddTitle => pieces!["что"],
        Inspected::FirstRowsTitle => pieces!["первые строки"],
        Inspected::Used(used, order) => {
            let order = order.map_or("", |order| match order {
                DateOrder::Dmy => ", сначала день",
                DateOrder::Mdy => ", сначала месяц",
                DateOrder::Ymd => ", сначала год",
            });
            match used {
                Use::Role(role) => pieces![format!("{}{order}", self::role(*role))],
                Use::Segment => pieces!["сегмент"],
                Use::StageDate => pieces![format!("дата этапа{order}")],
                Use::Unused => pieces!["не используется"],
            }
        }
        Inspected::Why(why) => self::why(*why),
        Inspected::Role(role) => pieces![self::role(*role)],
        Inspected::Outcome(outcome) => pieces![match outcome {
            DealOutcome::Open => "открыта",
            DealOutcome::Won => "выиграна",
            DealOutcome::Lost => "проиграна",
        }],
        Inspected::Known(known) => pieces![match known {
            KnownBy::Told => "указали вы",
            KnownBy::Usual => "обычное значение слова",
            KnownBy::Unknown => "неизвестно",
        }],
        Inspected::Odd(odd) => pieces![oddities::odd(*odd)],
        Inspected::MoreWords(count) => {
            let word = plural(*count as u64, ["слово", "слова", "слов"]);
            pieces![format!("Ещё {count} {word} — в"), code("--format csv")]
        }
        Inspected::MoreMonths(count) => {
            let word = plural(*count as u64, ["месяц", "месяца", "месяцев"]);
            pieces![format!("Более ранние {count} {word} — в"), code("--format csv")]
        }
        Inspected::UnknownWords => pieces![
            "Сделки с неизвестными словами считаются открытыми. Если какие-то из этих слов завершают сделку, укажите",
            code("--won СЛОВО"),
            "и",
            code("--lost СЛОВО"),
            "."
        ],
        Inspected::NothingOdd => pieces!["Ничего."],
        Inspected::NoEnds => pieces![
            "Ни об одном действии не известно, что оно завершает сделку. Укажите такие действия:",
            code("--won СЛОВО"),
            "и",
            code("--lost СЛОВО"),
            "."
        ],
        Inspected::NoDeals => pieces!["В файле нет сделок, которые можно использовать."],
        Inspected::NoneEnded => pieces![
            "Ни об одной сделке не известно, что она завершена, поэтому по этому файлу ничего нельзя оценить."
        ],
    }
}

/// How the file is written.
fn file(line: &Inspected) -> Vec<Piece> {
    let Inspected::File { format, packed, encoding, delimiter, decimal, sheet } = line else {
        return Vec::new();
    };
    let mut words = match format {
        FileFormat::Csv => pieces!["CSV"],
        FileFormat::Workbook => pieces!["Книга электронной таблицы"],
        FileFormat::Html => pieces!["Веб-страница с таблицей"],
        FileFormat::Xes => pieces!["Журнал событий", code("XES")],
    };
    if *packed {
        words.extend(pieces![", сжат", code("gzip")]);
    }
    if let Some(encoding) = encoding {
        words.extend(pieces![", кодировка", code(encoding)]);
    }
    if let Some(delimiter) = delimiter {
        words.push(", разделитель".into());
        words.push(match delimiter {
            '\t' => "— табуляция".into(),
            sign => code(&sign.to_string()),
        });
    }
    if let Some(sheet) = sheet {
        words.extend(pieces![", лист", name(sheet)]);
    }
    match decimal {
        Some(DecimalMark::Point) => words.push(", десятичная точка".into()),
        Some(DecimalMark::Comma) => words.push(", десятичная запятая".into()),
        None => {}
    }
    words.push(".".into());
    words
}

fn system(preset: Preset) -> &'static str {
    match preset {
        Preset::Bitrix24 => "Bitrix24",
        Preset::AmoCrm => "amoCRM",
        Preset::HubSpot => "HubSpot",
        Preset::Salesforce => "Salesforce",
        Preset::Pipedrive => "Pipedrive",
        Preset::Zoho => "Zoho CRM",
    }
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Id => "номер сделки",
        Role::Created => "дата создания",
        Role::Closed => "дата завершения",
        Role::Stage => "этап",
        Role::Status => "статус",
        Role::Amount => "сумма",
        Role::Currency => "валюта",
        Role::Owner => "ответственный",
        Role::Funnel => "воронка",
        Role::Reason => "причина отказа",
        Role::Source => "источник",
        Role::Expected => "плановая дата завершения",
        Role::Since => "дата входа на этап",
        Role::Chance => "введённая вероятность",
        Role::Case => "сделка",
        Role::Activity => "действие",
        Role::Start => "начало",
        Role::End => "окончание",
        Role::Resource => "исполнитель",
        Role::IsClosed => "завершена ли",
        Role::IsWon => "выиграна ли",
        Role::IsLost => "проиграна ли",
        Role::WonAt => "дата выигрыша",
        Role::LostAt => "дата проигрыша",
        Role::Modified => "дата изменения",
        Role::Product => "товар",
        Role::Name => "название сделки",
        Role::Before => "прежний этап",
        Role::Lifecycle => "начало или окончание",
        Role::Ready => "готовность к действию",
        Role::Next => "следующий контакт",
        Role::Asked => "запрошенная сумма",
    }
}

fn why(why: WhyUsed) -> Vec<Piece> {
    match why {
        WhyUsed::Told => pieces!["указали вы"],
        WhyUsed::Known(preset) => pieces!["заголовок", code(system(preset))],
        WhyUsed::Heading => pieces!["заголовок"],
        WhyUsed::Repeated => pieces!["такой заголовок уже был"],
        WhyUsed::Words => pieces!["мало разных значений"],
        WhyUsed::Empty => pieces!["пустой"],
        WhyUsed::OneWord => pieces!["везде одно значение"],
        WhyUsed::ManyWords => pieces!["слишком много разных значений"],
        WhyUsed::Numbers => pieces!["числа"],
        WhyUsed::Dates => pieces!["даты без роли"],
        WhyUsed::Texts => pieces!["длинные тексты"],
        WhyUsed::Leak { open, ended } => pieces![format!(
            "меняется при завершении: пуст у {open} % открытых сделок и у {ended} % завершённых"
        )],
        WhyUsed::OfAnother => pieces!["о людях или компаниях"],
        WhyUsed::OfEvents => pieces!["о событиях"],
    }
}
