//! Why an export cannot be read, in Russian.

use crate::render::visible;
use crate::report::phrase::{CellFault, ExportRefusal, Place, Role, RowFault};

/// Letters of a cell that are quoted.
const LONGEST: usize = 60;

/// Headings that are listed.
const LISTED: usize = 40;

pub(super) fn refusal(refusal: &ExportRefusal) -> String {
    match refusal {
        ExportRefusal::CannotRead { reason } => format!("не удаётся прочитать: `{reason}`"),
        ExportRefusal::IsAFolder => "это папка: назовите файл".to_owned(),
        ExportRefusal::CannotReread => {
            "это канал или устройство, а таблица читается несколько раз: сохраните её в файл"
                .to_owned()
        }
        ExportRefusal::IsAnArchive => "это архив: распакуйте его и назовите таблицу".to_owned(),
        ExportRefusal::Empty => "файл пуст: в нём нет даже заголовков".to_owned(),
        ExportRefusal::NotATable => {
            "это не таблица, которую можно прочитать: выгрузите её как CSV, `xlsx` или `XES`"
                .to_owned()
        }
        ExportRefusal::BadWorkbook { reason } => {
            format!("книгу не удаётся прочитать (`{reason}`): выгрузите таблицу как CSV")
        }
        ExportRefusal::BadLog { reason } => {
            format!("журнал `XES` не удаётся прочитать: `{reason}`")
        }
        ExportRefusal::NoSuchSheet { sheet, found } => {
            format!("листа {} нет; для `--sheet` есть {}", quoted(sheet), list(found))
        }
        ExportRefusal::NoHeadings { found } => format!(
            "в первой строке должны стоять заголовки столбцов, а в ней данные: {}",
            list(found)
        ),
        ExportRefusal::NoColumn { role, column, found } => format!(
            "`--map {}=`{}: такого столбца нет; есть столбцы {}",
            role.word(),
            quoted(column),
            list(found)
        ),
        ExportRefusal::NoRoles { needed, found } => no_roles(needed, found),
        ExportRefusal::NotAPlan { found } => {
            format!("в плане два столбца, месяц и сумма, а здесь столбцы {}", list(found))
        }
        ExportRefusal::BadRow { place, fault } => {
            format!("{}: {}", self::place(*place), row_fault(*fault))
        }
        ExportRefusal::BadCell { place, column, cell, fault } => format!(
            "{}, столбец {}: {} — {}; {}",
            self::place(*place),
            quoted(column),
            quoted(cell),
            cell_fault(*fault),
            if fault.can_be_skipped() {
                "исправьте ячейку или пропустите такие строки с `--skip-bad-rows`"
            } else {
                "исправьте ячейку"
            }
        ),
        ExportRefusal::AmbiguousDates { column, cell } => format!(
            "столбец {}: в дате {} первым может стоять и день, и месяц, и ни одна дата столбца этого не показывает: \
             укажите `--dates dmy` или `--dates mdy`",
            quoted(column),
            quoted(cell)
        ),
        ExportRefusal::MixedDates { column, day_first, month_first } => format!(
            "столбец {}: {} — сначала день, {} — сначала месяц: запишите все даты одинаково или укажите `--dates` вместе с \
             `--skip-bad-rows`",
            quoted(column),
            self::place(*day_first),
            self::place(*month_first)
        ),
        ExportRefusal::AmbiguousNumbers { column, cell } => format!(
            "столбец {}: знак в числе {} может отделять и дробную часть, и тысячи, и ни одно число файла этого не показывает: \
             укажите `--decimal point` или `--decimal comma`",
            quoted(column),
            quoted(cell)
        ),
        ExportRefusal::MixedNumbers { column, point, comma } => format!(
            "столбец {}: {} — десятичная точка, {} — десятичная запятая: запишите все числа одинаково или укажите \
             `--decimal` вместе с `--skip-bad-rows`",
            quoted(column),
            self::place(*point),
            self::place(*comma)
        ),
        ExportRefusal::NoSuchWord { word, found } => format!(
            "слова {} из `--won` или `--lost` нет ни в одной строке; в файле есть слова {}",
            quoted(word),
            list(found)
        ),
        ExportRefusal::RoundedIds { rounded, repeated } => format!(
            "табличный редактор округлил номера ({rounded}), и номера строк повторяются ({repeated}): разные сделки \
             могли слиться в одну; выгрузите номера как текст"
        ),
        ExportRefusal::NoSuchPipeline { pipeline, found } if found.is_empty() => format!(
            "`--pipeline` {}: в файле нет столбца с воронкой; его называет `--map funnel=СТОЛБЕЦ`",
            quoted(pipeline)
        ),
        ExportRefusal::NoSuchPipeline { pipeline, found } => {
            format!("`--pipeline` {}: есть воронки {}", quoted(pipeline), list(found))
        }
    }
}

fn quoted(text: &str) -> String {
    format!("`{}`", visible(text.trim(), LONGEST))
}

fn list(names: &[String]) -> String {
    let shown = names.iter().take(LISTED).map(|name| quoted(name)).collect::<Vec<_>>().join(", ");
    let more = names.len().saturating_sub(LISTED);
    if more > 0 { format!("{shown} и ещё {more}") } else { shown }
}

fn place(place: Place) -> String {
    match place.line {
        Some(line) if line != place.row => {
            format!("строка таблицы {} (строка файла {line})", place.row)
        }
        _ => format!("строка {}", place.row),
    }
}

fn no_roles(needed: &[Vec<Role>], found: &[String]) -> String {
    let one = |roles: &Vec<Role>| {
        roles.iter().map(|role| format!("`{}`", role.word())).collect::<Vec<_>>().join(" или ")
    };
    let roles: Vec<String> = needed.iter().map(one).collect();
    let example = needed.first().and_then(|roles| roles.first()).map_or("id", |role| role.word());
    let mut text = format!(
        "не найден столбец для {}; есть столбцы {}: укажите `--map {example}=СТОЛБЕЦ`",
        roles.join(", "),
        list(found)
    );
    if ExportRefusal::lacks_results(needed) {
        text.push_str(
            ". По клиентской базе без этапов видно только, сколько клиентов приходит. Какая доля сделок успешна, \
             сколько они длятся, почему клиенты отказываются и сколько будет продано, по ней узнать нельзя: нужен этап \
             или итог каждой сделки",
        );
    }
    text
}

fn row_fault(fault: RowFault) -> String {
    match fault {
        RowFault::Cells { found, needed } => format!(
            "в ней ячеек: {found}, а заголовков: {needed}; исправьте её или пропустите такие строки с `--skip-bad-rows`"
        ),
        RowFault::OpenQuote => "в ней открыта кавычка, которая нигде не закрыта".to_owned(),
        RowFault::SwallowsRows => {
            "в ней не закрыта кавычка, поэтому строки до следующей кавычки попали в одну ячейку".to_owned()
        }
        RowFault::Nul => {
            "в ней есть символ с кодом 0: файл может быть повреждён, или нужна другая кодировка (`--encoding`)".to_owned()
        }
        RowFault::Undecodable => "она записана в другой кодировке: укажите `--encoding`".to_owned(),
    }
}

fn cell_fault(fault: CellFault) -> &'static str {
    match fault {
        CellFault::NotADate => "не дата",
        CellFault::NotANumber => "не сумма",
        CellFault::NotAShare => "не вероятность",
        CellFault::NotATruth => "не «да» и не «нет»",
        CellFault::NotAMonth => "не месяц вида 2026-11",
        CellFault::MonthTwice => "месяц, который уже был выше",
        CellFault::NotPlanned => {
            "не сумма больше нуля или читается двояко (`--decimal` называет десятичный знак)"
        }
    }
}
