//! Headings, folded so that the same heading is found in every spelling.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A heading in small letters without accents, spaces, dashes and signs: `Deal - Won time *` is `dealwontime`.
pub(in crate::records) fn fold(heading: &str) -> String {
    let letters = heading.nfkd().filter(|letter| !is_combining_mark(*letter));
    letters.flat_map(char::to_lowercase).filter(|letter| letter.is_alphanumeric()).collect()
}

/// A heading without the currency behind it: `Amount, RUB`, `Сумма (руб.)`. Thousands are no currency, so `тыс. руб.` stays.
pub(in crate::records) fn without_currency(heading: &str) -> &str {
    let Some((rest, behind)) = heading.rsplit_once([',', '(']) else { return heading };
    let word = behind.trim().trim_end_matches([')', '.']).trim();
    let is_currency = matches!(
        word.to_lowercase().as_str(),
        "руб" | "рублей" | "р" | "rub" | "usd" | "eur" | "gbp" | "kzt" | "byn" | "uah"
    );
    if is_currency { rest.trim() } else { heading }
}

/// The kind of thing before a dash, as Pipedrive writes it, and the heading behind it.
pub(in crate::records) fn split_kind(heading: &str) -> Option<(&str, &str)> {
    let (kind, rest) = heading.split_once(" - ")?;
    (!kind.is_empty() && !kind.contains('-') && !rest.is_empty()).then_some((kind.trim(), rest))
}

/// The kind before the dash that is that of deals: by its word, else the one that most headings have.
pub(in crate::records) fn kind_of_deals(headings: &[String]) -> Option<String> {
    let kinds: Vec<&str> =
        headings.iter().filter_map(|heading| split_kind(heading)).map(|(kind, _)| kind).collect();
    let known = ["deal", "сделка", "obchod", "negocio", "negocios", "trato", "affaire", "geschaft"];
    let is_known = |kind: &&&str| known.contains(&fold(kind).as_str());
    if let Some(kind) = kinds.iter().find(is_known) {
        return Some((*kind).to_owned());
    }
    let count = |kind: &str| kinds.iter().filter(|other| **other == kind).count();
    let most = kinds.iter().rev().max_by_key(|kind| count(kind))?;
    (count(most) >= 3).then(|| (*most).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_heading_fold_to_one() {
        for heading in ["Create Date", "create_date", " CREATE – date* ", "\u{feff}CreateDate"] {
            assert_eq!(fold(heading), "createdate", "{heading}");
        }
        assert_eq!(fold("Fáze"), "faze");
        assert_eq!(fold("Объём"), fold("объем"));
        assert_eq!(fold("Probability (%)"), "probability");
    }

    #[test]
    fn a_currency_behind_a_heading_is_taken_away() {
        for (heading, rest) in [
            ("Сумма сделки, руб.", "Сумма сделки"),
            ("Amount (USD)", "Amount"),
            ("Сумма, тыс. руб.", "Сумма, тыс. руб."),
            ("Probability (%)", "Probability (%)"),
        ] {
            assert_eq!(without_currency(heading), rest);
        }
    }

    #[test]
    fn the_kind_of_deals_is_found_in_other_languages() {
        let headings =
            |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let czech = headings(&["Obchod - ID", "Organizace - Název*", "Obchod - Fáze"]);
        assert_eq!(kind_of_deals(&czech), Some("Obchod".to_owned()));
        assert_eq!(kind_of_deals(&headings(&["ID", "Stage"])), None);
    }
}
