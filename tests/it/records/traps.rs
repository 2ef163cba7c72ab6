//! How broken exports look, and what is done with each.

use super::{at, deal, sound, with, words};
use voronka::records::deals::Outcome;
use voronka::records::moment;
use voronka::records::options::Options;
use voronka::records::understood::{KnownBy, Odd, Use, Why};

const HEAD: &str = "id,created,closed date,stage,amount,reason\n";

fn of(rows: &str) -> voronka::records::Reading {
    sound(&format!("{HEAD}{rows}"))
}

#[test]
fn rows_of_several_products_are_one_deal_with_their_sum() {
    let text = "ID;Стадия сделки;Дата создания;Сумма;Товар\n1;Сделка успешна;05.01.2026;100.00;Окно\n1;Сделка успешна;05.01.2026;250.50;Дверь\n2;Новая;05.01.2026;7.00;Окно\n";
    let reading = sound(text);
    assert_eq!(reading.deals.deals.len(), 2);
    assert_eq!(deal(&reading, "1").amount, Some(350.5));
    assert_eq!(reading.understood.count(Odd::ProductRow), 1);
    assert_eq!(reading.understood.count(Odd::Duplicate), 0);
}

#[test]
fn of_duplicates_the_one_that_was_modified_last_counts() {
    let text = "id,created,stage,amount,last modified\n1,2026-01-05,Won,100,2026-03-01\n2,2026-01-05,Demo,5,2026-01-05\n1,2026-01-05,Demo,50,2026-02-01\n2,2026-01-05,Won,9,2026-02-01\n";
    let reading = sound(text);
    assert_eq!(deal(&reading, "1").outcome, Outcome::Won);
    assert_eq!(
        (deal(&reading, "2").outcome, deal(&reading, "2").amount),
        (Outcome::Won, Some(9.0))
    );
    assert_eq!(reading.understood.count(Odd::Duplicate), 2);
    // Without such a column the later row counts.
    let reading = of("1,2026-01-05,,Demo,5,\n1,2026-01-05,2026-02-01,Won,9,\n");
    assert_eq!(deal(&reading, "1").outcome, Outcome::Won);
}

#[test]
fn rows_that_are_no_deals_are_left_out_where_the_user_says_so() {
    let rows = "1,2026-01-05,2026-02-01,Lost,5,Duplicate of 7\n2,2026-01-05,2026-02-01,Lost,5,Дубль\n3,2026-01-05,2026-02-01,Lost,5,Price\n4,2026-01-05,2026-02-01,Won,5,\n5,2026-01-05,,Demo,5,\n";
    let text = format!("{HEAD}{rows}");
    let reading = sound(&text);
    assert_eq!(reading.understood.count(Odd::PerhapsNotADeal), 2);
    assert_eq!(reading.understood.kinds.lost.count, 3);
    let options = Options { not_a_deal: words(&["duplicate", "дубль"]), ..Options::default() };
    let reading = with(&text, &options);
    assert_eq!(reading.understood.count(Odd::NotADeal), 2);
    assert_eq!(reading.understood.kinds.lost.count, 1);
}

#[test]
fn an_end_before_the_creation_or_in_the_future_is_not_used_but_the_deal_counts() {
    let rows = "1,2026-02-05,2026-02-01,Won,5,\n2,2026-01-05,2027-01-01,Lost,5,\n3,2026-01-05,2026-01-05,Won,5,\n4,2027-01-01,,Demo,5,\n";
    let options = Options { now: moment("2026-03-01"), ..Options::default() };
    let reading = with(&format!("{HEAD}{rows}"), &options);
    let understood = &reading.understood;
    assert_eq!(understood.count(Odd::ClosedBeforeCreated), 1);
    assert_eq!(understood.count(Odd::ClosedLater), 1);
    assert_eq!(understood.count(Odd::CreatedLater), 1);
    assert_eq!((deal(&reading, "1").outcome, deal(&reading, "1").closed), (Outcome::Won, None));
    assert_eq!((deal(&reading, "2").outcome, deal(&reading, "2").closed), (Outcome::Lost, None));
    assert_eq!(deal(&reading, "3").closed, at("2026-01-05"));
    assert_eq!(reading.deals.until, at("2026-02-05"));
}

/// A date without a time stands for its whole day.
#[test]
fn an_end_on_the_day_of_the_creation_is_no_contradiction() {
    let reading = of("1,2026-02-05 15:00,2026-02-05,Won,5,\n2,2026-01-01,,Demo,,\n");
    assert_eq!(reading.understood.count(Odd::ClosedBeforeCreated), 0);
    assert_eq!(deal(&reading, "1").closed, at("2026-02-05T15:00"));
}

#[test]
fn planned_dates_that_are_mostly_ends_of_months_are_not_used() {
    let rows = |end: &str| -> String {
        (0..30)
            .map(|n| {
                let day = if n < 13 { end } else { "2026-04-12" };
                format!("{n},2026-01-05,{day},Demo,5,\n")
            })
            .collect::<Vec<_>>()
            .concat()
    };
    let reading = of(&rows("2026-04-30"));
    assert_eq!(reading.understood.count(Odd::MonthEnds), 13);
    assert!(reading.deals.deals.iter().all(|deal| deal.expected.is_none()));
    let reading = of(&rows("2026-04-29"));
    assert_eq!(reading.understood.count(Odd::MonthEnds), 0);
    assert!(reading.deals.deals.iter().all(|deal| deal.expected.is_some()));
}

#[test]
fn people_who_have_left_are_one_level() {
    let text = "id,created,stage,owner\n1,2026-01-05,Won,Ann\n2,2026-01-05,Lost,Bob (deactivated)\n3,2026-01-05,Demo,Уволен: Петров\n4,2026-01-05,Demo,\n";
    let reading = sound(text);
    assert_eq!(reading.deals.owners.words(), ["Ann", "(former)"]);
    assert_eq!(reading.understood.count(Odd::FormerOwner), 2);
    assert_eq!(deal(&reading, "4").owner, None);
}

#[test]
fn a_zero_is_a_price_only_of_a_deal_that_was_won() {
    let reading = of(
        "1,2026-01-05,2026-02-01,Won,0,\n2,2026-01-05,2026-02-01,Lost,0,\n3,2026-01-05,,Demo,0.00,\n4,2026-01-05,2026-02-01,Won,,\n5,2026-01-05,2026-02-01,Won,-3,\n",
    );
    let amounts: Vec<Option<f64>> = reading.deals.deals.iter().map(|deal| deal.amount).collect();
    assert_eq!(amounts, [Some(0.0), None, None, None, None]);
    assert_eq!(reading.understood.count(Odd::ZeroAmount), 2);
    assert_eq!(reading.understood.count(Odd::NoAmount), 1);
    assert_eq!(reading.understood.count(Odd::NegativeAmount), 1);
}

/// 25 % of the open deals lack the word and 5 % of the others: exactly 20 points are allowed, more are not.
#[test]
fn a_column_that_is_filled_at_the_end_is_no_segment() {
    let file = |empty_of_open: usize| {
        let row = |n: usize| {
            let (stage, empty) =
                if n < 20 { ("Demo", n < empty_of_open) } else { ("Lost", n == 20) };
            let account = if empty { "" } else { ["a", "b"][n % 2] };
            format!("{n},2026-01-05,{stage},{account}\n")
        };
        let rows: String = (0..40).map(row).collect();
        sound(&format!("id,created,stage,account\n{rows}"))
    };
    assert_eq!(file(5).deals.segments.len(), 1);
    let reading = file(6);
    assert!(reading.deals.segments.is_empty());
    let account = &reading.understood.columns[3];
    assert_eq!((account.used, account.why), (Use::Unused, Why::Leak { open: 30, ended: 5 }));
}

#[test]
fn a_number_of_rows_at_which_exports_are_cut_is_told() {
    let rows = |count: usize| -> String {
        let row = |n: usize| format!("{n},2026-01-05,,{},5,\n", ["Won", "Demo"][n % 2]);
        (0..count).map(row).collect::<Vec<_>>().concat()
    };
    assert_eq!(of(&rows(10_000)).understood.count(Odd::RoundCount), 10_000);
    assert_eq!(of(&rows(9_999)).understood.count(Odd::RoundCount), 0);
}

#[test]
fn all_open_and_all_ended_are_told() {
    let open = of("1,2026-01-05,,Demo,5,\n2,2026-01-05,,Offer,5,\n").understood;
    assert_eq!((open.count(Odd::AllOpen), open.is_useful()), (2, false));
    let ended = of("1,2026-01-05,2026-02-01,Won,5,\n").understood;
    assert_eq!((ended.count(Odd::AllEnded), ended.is_useful()), (1, true));
}

#[test]
fn two_funnels_are_counted_and_one_can_be_chosen() {
    let text = "id,created,stage,pipeline\n1,2026-01-05,Won,Sales\n2,2026-01-05,Lost,Sales\n3,2026-01-05,Demo,Service\n";
    let reading = sound(text);
    assert_eq!(reading.understood.count(Odd::SeveralFunnels), 2);
    assert_eq!(reading.understood.funnels, [("Sales".to_owned(), 2), ("Service".to_owned(), 1)]);
    let options = Options { pipeline: Some("Sales".to_owned()), ..Options::default() };
    let reading = with(text, &options);
    assert_eq!((reading.deals.deals.len(), reading.understood.count(Odd::OtherFunnel)), (2, 1));
}

#[test]
fn amounts_in_other_currencies_are_unknown() {
    let text = "id,created,stage,amount,currency\n1,2026-01-05,Won,10,EUR\n2,2026-01-05,Won,20,USD\n3,2026-01-05,Demo,30,EUR\n";
    let reading = sound(text);
    assert_eq!(reading.deals.currency.as_deref(), Some("EUR"));
    assert_eq!(
        (deal(&reading, "2").amount, reading.understood.count(Odd::OtherCurrency)),
        (None, 1)
    );
}

#[test]
fn words_that_are_not_known_are_listed_and_never_guessed() {
    let rows = "1,2026-01-05,2026-02-01,Оплачено,5,\n2,2026-01-05,,Demo,5,\n3,2026-01-05,2026-02-01,Отказ,5,\n";
    let text = format!("{HEAD}{rows}");
    let reading = sound(&text);
    assert_eq!(deal(&reading, "1").outcome, Outcome::Open);
    assert!(reading.understood.has_unknown_words());
    let paid = |reading: &voronka::records::Reading| {
        let found = reading.understood.words.iter().find(|word| word.word == "Оплачено").unwrap();
        (found.outcome, found.known, found.count)
    };
    assert_eq!(paid(&reading), (Outcome::Open, KnownBy::Unknown, 1));
    let options = Options { won: words(&["оплачено"]), ..Options::default() };
    let reading = with(&text, &options);
    assert_eq!(paid(&reading), (Outcome::Won, KnownBy::Told, 1));
    assert_eq!(deal(&reading, "1").closed, at("2026-02-01"));
}

#[test]
fn a_deal_that_ended_nobody_says_how_is_left_out() {
    let text = "ID;Стадия сделки;Сделка закрыта;Дата создания\n1;Договор;да;05.01.2026\n2;Сделка успешна;да;05.01.2026\n3;Договор;нет;05.01.2026\n";
    let reading = sound(text);
    assert_eq!(reading.understood.count(Odd::EndedUnknown), 1);
    assert_eq!(reading.deals.deals.len(), 2);
}

#[test]
fn ids_that_a_spreadsheet_has_rounded_are_told() {
    let text = "id,created,stage\n4.87688E+18,2026-01-05,Won\n4876876000000330000,2026-01-06,Demo\n4876876000000333003,2026-01-06,Demo\n";
    let reading = sound(text);
    // The second one has zeros behind its fifteenth digit.
    assert_eq!(reading.understood.count(Odd::RoundedId), 2);
}

#[test]
fn rows_without_id_dates_or_anything_are_counted() {
    let reading = of(",2026-01-05,,Demo,5,\n2,,,Demo,5,\n,,,,,\n3,2026-01-05,,Won,5,\n");
    let understood = &reading.understood;
    assert_eq!(understood.count(Odd::NoId), 1);
    assert_eq!(understood.count(Odd::NoCreated), 1);
    assert_eq!(understood.count(Odd::EmptyRow), 1);
    assert_eq!(understood.count(Odd::NoClosed), 1);
    assert_eq!(understood.oddities.iter().find(|odd| odd.what == Odd::NoId).unwrap().rows, [2]);
}

/// A name that a spreadsheet would take for a formula stays as it is here; what is written is made harmless where it
/// is written.
#[test]
fn an_id_that_looks_like_a_formula_is_an_id() {
    let text =
        "id,created,stage\n\"=HYPERLINK(\"\"http://x\"\")\",2026-01-05,Won\n2,2026-01-05,Demo\n";
    assert_eq!(sound(text).deals.deals[0].id, "=HYPERLINK(\"http://x\")");
}

#[test]
fn names_that_differ_only_in_capitals_or_spaces_are_one() {
    let reading =
        of("1,2026-01-05,,Demo,5,\n2,2026-01-05,,DEMO,5,\n3,2026-01-05,,\"First  call\",5,\n\
                      4,2026-01-05,,first\u{a0}call,5,\n5,2026-01-05,2026-02-01,Won,5,\n");
    assert_eq!(reading.deals.stages.words(), ["Demo", "First  call", "Won"]);
    assert_eq!(reading.understood.count(Odd::Spellings), 2);
}

#[test]
fn a_file_without_losses_or_without_sales_is_told() {
    let understood =
        of("1,2026-01-05,2026-02-01,Won,5,\n2,2026-01-05,2026-02-01,Shelved,5,\n").understood;
    assert_eq!((understood.count(Odd::NoneLost), understood.count(Odd::NoneWon)), (1, 0));
    let understood =
        of("1,2026-01-05,2026-02-01,Lost,5,\n2,2026-01-05,2026-02-01,Signed,5,\n").understood;
    assert_eq!((understood.count(Odd::NoneLost), understood.count(Odd::NoneWon)), (0, 1));
}

#[test]
fn dates_of_creation_long_before_all_others_are_not_used() {
    let row =
        |n: i32| format!("{n},{},,Demo,5,\n", if n < 2 { "1970-01-01" } else { "2026-01-05" });
    let reading = of(&(0..40).map(row).collect::<String>());
    assert_eq!(reading.understood.count(Odd::CreatedFarBefore), 2);
    assert_eq!((deal(&reading, "0").created, deal(&reading, "2").created.is_some()), (None, true));
    // A file that goes back for many years is no such file.
    let row = |n: i32| format!("{n},{}-01-05,,Demo,5,\n", 1990 + n);
    assert_eq!(
        of(&(0..36).map(row).collect::<String>()).understood.count(Odd::CreatedFarBefore),
        0
    );
}

#[test]
fn the_date_of_the_last_stage_is_the_end_where_there_is_no_other() {
    let text = "Record ID,Deal Stage,Create Date,Date entered \"Demo\",Date entered \"Closed Won\"\n\
                1,Closed Won,2026-01-05,2026-01-06,2026-02-03\n2,Demo,2026-01-05,2026-01-07,\n";
    let reading = sound(text);
    assert_eq!(deal(&reading, "1").closed, moment("2026-02-03"));
    assert_eq!(reading.understood.count(Odd::NoClosed), 0);
}

#[test]
fn deals_with_an_unknown_end_keep_their_outcome_and_get_times_of_others() {
    // Six sales after 10 to 60 days, six whose end cannot be true, and six losses after 5 days.
    let row = |n: usize| match n % 3 {
        0 => format!("{n},2026-01-01,2026-0{}-{:02},Won,5,\n", 1 + n / 9, 11 + n / 3),
        1 => format!("{n},2026-01-01,2025-12-01,Won,5,\n"),
        _ => format!("{n},2026-01-01,2026-01-06,Lost,5,\n"),
    };
    let reading = of(&(0..18).map(row).collect::<String>());
    assert_eq!(reading.understood.count(Odd::ClosedBeforeCreated), 6);
    let traces = voronka::fit::process::traces(&reading.deals);
    let times = |is_known: bool| {
        let of = traces.list.iter().filter(|trace| {
            let deal = &reading.deals.deals[trace.deal];
            deal.outcome == Outcome::Won && deal.closed.is_some() == is_known
        });
        let mut times: Vec<f64> = of.map(|trace| trace.steps[0].wait).collect();
        times.sort_by(f64::total_cmp);
        times
    };
    assert_eq!(times(true).len(), 6);
    assert_eq!(times(true), times(false));
    assert!(traces.list.iter().all(|trace| trace.steps.iter().all(|step| step.ended)));
}

#[test]
fn titles_of_few_cells_above_the_table_and_sentences_below_it_are_left_out() {
    let text = "Отчёт;Сделки отдела\nПериод;01.01.2026 – 30.06.2026\n\nID;Создана;Дата закрытия;Стадия;Сумма;Причина\n\
                1;05.01.2026;01.02.2026;Успешно;100;\n2;05.01.2026;;В работе;5;\n\
                Выгружено отделом аналитики, для служебного пользования;;;;;\n";
    let reading = sound(text);
    assert_eq!(reading.deals.deals.len(), 2);
    assert_eq!(
        (deal(&reading, "1").outcome, deal(&reading, "1").amount),
        (Outcome::Won, Some(100.0))
    );
    assert_eq!(reading.understood.count(Odd::Footer), 1);
    // The first row of a narrow table may be a title as well.
    let narrow = "Deals,May\nid,created,stage\n1,2026-01-05,Won\n2,2026-01-05,Demo\n";
    assert_eq!(sound(narrow).deals.deals.len(), 2);
}

#[test]
fn german_headings_and_dates_in_words_are_read() {
    let text = "Deal-ID;Deal-Name;Erstelldatum;Deal-Phase;Gewonnen am;Verloren am;Betrag;Besitzer;Verlustgrund\n\
                1;a;3. Juni 2025;Gewonnen;05.07.2025 um 15:32 Uhr;;1.500,00;Anna;\n\
                2;b;4. März 2025;Verloren;;9. Mai 2025;20,50;Jens;Preis\n";
    let reading = sound(text);
    let [won, lost] = ["1", "2"].map(|id| deal(&reading, id));
    assert_eq!((won.outcome, won.amount), (Outcome::Won, Some(1500.0)));
    assert_eq!(won.created, at("2025-06-03"));
    assert_eq!((lost.outcome, lost.closed), (Outcome::Lost, at("2025-05-09")));
    assert_eq!(reading.deals.reasons.words(), ["Preis"]);
}

#[test]
fn letters_that_are_spoilt_in_the_file_are_counted() {
    let text =
        format!("{HEAD}1,2026-01-05,2026-02-01,Won,9,Дорог\u{fffd}\n2,2026-01-05,,Demo,9,\n");
    let reading = sound(&text);
    assert_eq!((reading.deals.deals.len(), reading.understood.count(Odd::SpoiltLetters)), (2, 1));
}

#[test]
fn columns_that_say_different_ends_are_told() {
    let text = "id,created,close date,stage,amount,is won,is closed\n1,2026-01-05,2026-02-01,Closed Won,9,1,0\n\
                2,2026-01-05,2026-02-01,Closed Lost,9,1,1\n3,2026-01-05,2026-02-01,Closed Won,9,0,1\n\
                4,2026-01-05,2026-02-01,Closed Won,9,1,1\n5,2026-01-05,,Demo,9,0,0\n6,2026-01-05,2026-02-01,Closed Lost,9,0,1\n";
    let reading = sound(text);
    let rows = |odd: Odd| {
        let found = reading.understood.oddities.iter().find(|one| one.what == odd);
        found.map(|one| one.rows.clone())
    };
    assert_eq!(rows(Odd::Contradiction), Some(vec![2, 3, 4]));
    assert_eq!(deal(&reading, "2").outcome, Outcome::Won);
}
