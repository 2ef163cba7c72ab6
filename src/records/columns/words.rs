//! Words of stages and statuses that say how a deal ended. A word that is not known is never guessed from its place.

use super::heading::fold;
use crate::records::deals::Outcome;
use crate::records::options::{Options, Preset};
use crate::records::understood::KnownBy;

/// Words that mean won.
const WON: &str = "won|closed won|closedwon|success|successful|успешно реализовано|сделка успешна|успех|выиграна|выиграно|\
                   выигран|успешно|продажа|vyhráno|gewonnen|abgeschlossen gewonnen|gagné|ganado|ganho|wygrana";

/// Words that mean lost.
const LOST: &str = "lost|closed lost|closedlost|lose|closed lost to competition|failed|failure|unsuccessful|rejected|\
                    cancelled|canceled|провал|провалена|неуспех|неуспешно|не успешно|отклонена|отменена|отказ клиента|закрыто и не реализовано|сделка провалена|\
                    проиграна|проиграно|проигран|отказ|анализ причины провала|apology|prohráno|verloren|abgeschlossen verloren|abgelehnt|perdu|perdido|\
                    przegrana";

/// Words that mean open.
const OPEN: &str = "open|в работе|открыта|открыто|in progress|otevřeno|offen|ouvert|abierto|aberto|otwarta|новая|new";

/// Words of deals that the system has deleted.
const DELETED: &str = "deleted|удалена|удалено|smazáno|gelöscht";

/// Parts of reasons of rows that are no deals.
const PERHAPS_NOT: [&str; 6] = ["duplicate", "дубль", "дубликат", "test", "тест", "спам"];

/// What a word says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::records) struct Meaning {
    /// How its deals stand.
    pub(in crate::records) outcome: Outcome,
    /// How that is known.
    pub(in crate::records) known: KnownBy,
    /// Whether the system has deleted them.
    pub(in crate::records) deleted: bool,
}

/// Where a word stands, which decides on codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::records) enum Codes {
    /// Words only.
    None,
    /// P, S and F, as Bitrix24 writes them.
    Letters,
    /// 142 and 143, as amoCRM writes them.
    Numbers,
}

/// All words that say how deals ended.
#[derive(Debug)]
pub(in crate::records) struct Words {
    told_won: Vec<String>,
    told_lost: Vec<String>,
    won: Vec<String>,
    lost: Vec<String>,
    open: Vec<String>,
    deleted: Vec<String>,
    numbers: bool,
}

fn folded(list: &str) -> Vec<String> {
    list.split('|').map(fold).collect()
}

impl Words {
    /// The words of all systems and those of the user.
    pub(in crate::records) fn new(options: &Options, preset: Option<Preset>) -> Words {
        let told = |words: &[String]| words.iter().map(|word| fold(word)).collect();
        Words {
            told_won: told(&options.won),
            told_lost: told(&options.lost),
            won: folded(WON),
            lost: folded(LOST),
            open: folded(OPEN),
            deleted: folded(DELETED),
            numbers: preset == Some(Preset::AmoCrm),
        }
    }

    /// Whether numbers are codes in this file.
    pub(in crate::records) fn codes(&self) -> Codes {
        if self.numbers { Codes::Numbers } else { Codes::None }
    }

    /// What a word says; words of the user count first.
    pub(in crate::records) fn meaning(&self, word: &str, codes: Codes) -> Meaning {
        let whole = fold(word);
        let is = |list: &[String], word: &str| list.iter().any(|known| known == word);
        let told = |outcome| Meaning { outcome, known: KnownBy::Told, deleted: false };
        let usual = |outcome| Meaning { outcome, known: KnownBy::Usual, deleted: false };
        if is(&self.told_won, &whole) {
            return told(Outcome::Won);
        }
        if is(&self.told_lost, &whole) {
            return told(Outcome::Lost);
        }
        let code = code(word);
        match (codes, code) {
            (Codes::Letters, "S" | "s") | (Codes::Numbers, "142") => return usual(Outcome::Won),
            (Codes::Letters, "F" | "f") | (Codes::Numbers, "143") => return usual(Outcome::Lost),
            (Codes::Letters, "P" | "p") => return usual(Outcome::Open),
            _ => {}
        }
        // `Closed Won (Sales Pipeline)`, `C14:LOSE`, `lost: price`
        let bare = word.split(" (").next().unwrap_or_default();
        let bare = [bare, before_colon(word), without_number(word)].map(fold);
        for part in [whole, fold(code)].into_iter().chain(bare) {
            if is(&self.won, &part) || part.starts_with("closedwon") {
                return usual(Outcome::Won);
            }
            if is(&self.lost, &part) || part.starts_with("closedlost") {
                return usual(Outcome::Lost);
            }
            if is(&self.open, &part) {
                return usual(Outcome::Open);
            }
            if is(&self.deleted, &part) {
                return Meaning { deleted: true, ..usual(Outcome::Lost) };
            }
        }
        Meaning { outcome: Outcome::Open, known: KnownBy::Unknown, deleted: false }
    }
}

/// The code of a stage without its funnel: `C14:WON`, `123_142`.
fn code(word: &str) -> &str {
    let word = word.trim();
    let behind = word.rsplit([':', '/', '_', ' ']).next().unwrap_or(word);
    let funnel = &word[..word.len() - behind.len()];
    let is_code =
        funnel.chars().all(|letter| letter.is_ascii_alphanumeric() || ":/_".contains(letter));
    if is_code && funnel.contains(|letter: char| letter.is_ascii_digit()) { behind } else { word }
}

/// `lost` of `lost: price`.
fn before_colon(word: &str) -> &str {
    word.split(": ").next().unwrap_or_default()
}

/// `Closed Won` of `6. Closed Won` and `Stage 6: Closed Won`, as people number stages to sort them.
fn without_number(word: &str) -> &str {
    let word = word.trim();
    let lower = word.to_lowercase();
    let kind =
        ["stage ", "этап ", "stufe ", "phase "].into_iter().find(|kind| lower.starts_with(kind));
    let behind = kind.and_then(|kind| word.get(kind.len()..)).unwrap_or(word);
    let rest = behind.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let name = rest.trim_start_matches([' ', '.', ')', '-', '–', '—', ':', '_']);
    if rest.len() < behind.len() && name.len() < rest.len() { name } else { word }
}

/// Whether a reason says that its row was no deal.
pub(in crate::records) fn is_perhaps_no_deal(reason: &str) -> bool {
    let reason = reason.to_lowercase();
    PERHAPS_NOT.iter().any(|part| reason.contains(part)) || reason.trim() == "spam"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(preset: Option<Preset>) -> Words {
        Words::new(&Options::default(), preset)
    }

    #[test]
    fn words_of_the_systems_say_how_deals_ended() {
        let words = words(None);
        for word in [
            "Won",
            "closedwon",
            "Closed Won (Sales Pipeline)",
            "C14:WON",
            "Успешно реализовано",
            "Vyhráno",
            "6. Closed Won",
            "10 - Closed Won",
            "Stage 6: Closed Won",
            "Этап 7. Успешно",
        ] {
            assert_eq!(words.meaning(word, Codes::None).outcome, Outcome::Won, "{word}");
        }
        for word in [
            "LOSE",
            "C2:APOLOGY",
            "Closed Lost to Competition",
            "Закрыто и не реализовано",
            "lost: price",
            "7. Closed Lost",
            "Failed",
            "Cancelled",
            "Провал",
            "Отказ клиента",
        ] {
            assert_eq!(words.meaning(word, Codes::None).outcome, Outcome::Lost, "{word}");
        }
        for word in ["Негоциация", "S", "142", "Оплачено", "approved", "Not won", "2024", "Stage 6"]
        {
            assert_eq!(words.meaning(word, Codes::None).known, KnownBy::Unknown, "{word}");
        }
    }

    #[test]
    fn codes_are_read_only_where_the_system_writes_them() {
        let meaning = |word, codes| words(None).meaning(word, codes).outcome;
        assert_eq!(meaning("S", Codes::Letters), Outcome::Won);
        assert_eq!(meaning("F", Codes::Letters), Outcome::Lost);
        assert_eq!(meaning("142", Codes::Numbers), Outcome::Won);
        assert_eq!(meaning("71_143", Codes::Numbers), Outcome::Lost);
    }

    #[test]
    fn the_words_of_the_user_count_first() {
        let options = Options { lost: vec!["Won".to_owned()], ..Options::default() };
        let words = Words::new(&options, None);
        let expected = Meaning { outcome: Outcome::Lost, known: KnownBy::Told, deleted: false };
        assert_eq!(words.meaning("WON", Codes::None), expected);
    }
}
