//! Files that cannot be read as a model.

use super::code_point;
use crate::diagnostic::{Encoding, FileFault, Slip, SyntaxFault};
use crate::render::visible;
use crate::render::words::shown::{as_argument, list, message, plain, show};
use crate::render::words::{Message, plural};

pub(super) fn file(fault: &FileFault) -> Message {
    match fault {
        FileFault::NoSuchFile { nearest } if nearest.is_empty() => {
            message("такого файла нет", "модель — это файл YAML; примеры лежат в папке `models/`")
        }
        FileFault::NoSuchFile { nearest } => {
            message("такого файла нет", format!("есть похожие: {}", list(nearest)))
        }
        FileFault::NotAFile => message(
            "это не файл",
            "укажите файл модели или `-`, чтобы читать из стандартного ввода",
        ),
        FileFault::CannotRead { reason } => {
            plain(format!("файл не читается, система сообщает: `{}`", visible(reason, 200)))
        }
        FileFault::TooLarge { limit_mib } => message(
            format!("файл больше {limit_mib} МиБ"),
            "модель из 1000 этапов занимает меньше 1 МиБ; проверьте, тот ли это файл",
        ),
        FileFault::EmptyModel => message(
            "модель пуста",
            "самая маленькая полезная модель: `stages: {lead: {wait: 1d, next: 30%}}`; примеры лежат в папке `models/`",
        ),
        FileFault::NotText => {
            message("это не текстовый файл", "модель — это текст YAML в кодировке UTF-8")
        }
        FileFault::NotUtf8 { likely, file } => {
            let (looks, from) = match likely {
                Encoding::Utf16 => (" (похоже на UTF-16)", "UTF-16"),
                Encoding::Windows1251 => (" (похоже на Windows-1251)", "WINDOWS-1251"),
                Encoding::Unknown => ("", "ENCODING"),
            };
            message(
                format!("кодировка файла — не UTF-8{looks}"),
                format!(
                    "перекодируйте его: `iconv -f {from} -t UTF-8 {} > converted.yaml`",
                    as_argument(file)
                ),
            )
        }
        FileFault::LooksLikeTable => message(
            "это похоже на таблицу CSV, а не на модель",
            "модель пишется на YAML; таблица значений подключается так: `{empirical: {file: data.csv, column: amount}}`",
        ),
        FileFault::Syntax { fault } => syntax(fault),
        FileFault::NewerVersion { found } => message(
            format!("модель написана на языке версии {}", show(found)),
            "эта программа читает версию 1; установите более новую",
        ),
    }
}

fn syntax(fault: &SyntaxFault) -> Message {
    match fault {
        SyntaxFault::Tab => {
            message("отступ в YAML нельзя делать табуляцией", "используйте пробелы")
        }
        SyntaxFault::Unclosed { opener: '"' | '\'' } => {
            message("эта кавычка не закрыта", "закройте её там, где заканчивается текст")
        }
        SyntaxFault::Unclosed { opener } => {
            let close = if *opener == '[' { ']' } else { '}' };
            message(
                format!("скобка `{opener}` не закрыта, или внутри неё не YAML"),
                format!("закройте её скобкой `{close}`; то, что внутри, разделяйте запятыми"),
            )
        }
        SyntaxFault::SeveralDocuments => message(
            "здесь начинается второй документ",
            "в файле может быть только одна модель: удалите `---` и всё, что следует дальше",
        ),
        SyntaxFault::ColonInText => message(
            "двоеточие здесь недопустимо",
            "возьмите текст с двоеточием в кавычки (`\"a: b\"`) и проверьте отступы",
        ),
        SyntaxFault::Invisible { letter } => message(
            format!("в отступе этой строки стоит {}, а не обычный пробел", code_point(*letter)),
            "замените его пробелами; такой символ часто попадает в текст, скопированный со страницы или из чата",
        ),
        SyntaxFault::Indentation { found, siblings } => message(
            format!("отступ этой строки — {}, а соседних — {siblings}", spaces(*found)),
            format!("сделайте отступ в {}", spaces(*siblings)),
        ),
        SyntaxFault::CommentInName => message(
            "с ` #` начинается комментарий, поэтому имя здесь обрывается",
            "возьмите имя с этим знаком в кавычки: `\"Demo #2\"`",
        ),
        SyntaxFault::Foreign { mark: "```" } => message(
            "строка, которой обрамляют код, — не YAML",
            "удалите строки, которыми в тексте обрамляют код",
        ),
        SyntaxFault::Foreign { mark: mark @ ("//" | "/*") } => message(
            format!("{} в YAML не начинает комментарий", show(mark)),
            "комментарий начинается с `#`",
        ),
        SyntaxFault::Foreign { mark } => message(
            format!("строка YAML не может начинаться с {}", show(mark)),
            "это следы слияния версий: оставьте одну из них и удалите метки",
        ),
        SyntaxFault::Reserved { sign } => message(
            format!("текст в YAML не может начинаться с `{sign}`"),
            "возьмите его в кавычки или уберите этот знак",
        ),
        SyntaxFault::Slip(one) => slip(one),
        SyntaxFault::TooComplex => message(
            "в файле слишком много уровней, или его псевдонимы разворачиваются слишком далеко",
            "допустимо не больше 64 уровней и миллиона значений",
        ),
        SyntaxFault::Other { message: text } => {
            plain(format!("это не YAML, разбор остановился: `{}`", visible(text, 120)))
        }
    }
}

fn spaces(count: usize) -> String {
    format!("{count} {}", plural::russian(count as u64, ["пробел", "пробела", "пробелов"]))
}

/// A slip that the text of its line shows.
fn slip(slip: &Slip) -> Message {
    match slip {
        Slip::NoSpaceAfterColon { key, value } => message(
            format!("после двоеточия за {} нет пробела", show(key)),
            format!("напишите `{}: {}`", visible(key, 60), visible(value, 60)),
        ),
        Slip::NoColon { key } => message(
            format!("после {} нет двоеточия", show(key)),
            format!("напишите `{}: …`", visible(key, 60)),
        ),
        Slip::NoSpaceAfterDash => {
            message("после знака `-` перед элементом списка нет пробела", "напишите `- {…}`")
        }
        Slip::Star => message("элемент списка не начинается с `*`", "напишите `-`"),
        Slip::OneTooMany { closer } => message(
            format!("скобка `{closer}` ничего не закрывает"),
            "закрывающих скобок на одну больше, чем нужно: удалите её",
        ),
        Slip::QuoteInText { quote } => {
            let other = if *quote == '"' { '\'' } else { '"' };
            message(
                format!("текст закончился на знаке `{quote}` перед этим местом"),
                format!("текст, внутри которого есть `{quote}`, берётся в `{other}`"),
            )
        }
        Slip::BracketInText { opener } => message(
            format!("текст, который начинается с `{opener}`, нужно взять в кавычки"),
            "без кавычек он читается как список или набор ключей: возьмите в кавычки весь текст",
        ),
        Slip::Semicolon => {
            message("точка с запятой в YAML ничего не разделяет", "поставьте запятую")
        }
        Slip::MapInMap { key, written } => message(
            format!("у {} значение — карта без фигурных скобок", show(key)),
            format!("напишите {}", show(written)),
        ),
        Slip::NoComma { key } => message(
            format!("перед {} нет запятой", show(key)),
            "то, что стоит в фигурных скобках, разделяется запятыми",
        ),
        Slip::Comparison { text, written } => message(
            format!("`>` в {} начинает в YAML текст из нескольких строк", show(text)),
            format!("напишите {}", show(written)),
        ),
        Slip::TextAndBlock { key } => message(
            format!("у {} есть и текст, и строки с отступом под ним", show(key)),
            "у ключа может быть что-то одно: удалите текст или сделайте его комментарием с `#`",
        ),
    }
}
