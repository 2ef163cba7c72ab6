//! Exports as people make them by hand: groups of headings, totals among the rows, translated
//! headings, serial dates with a comma, money with signs.

use super::{at, column, deal, read_bytes, sound};
use voronka::records::deals::Outcome;
use voronka::records::options::{DecimalMark, Options, Role};
use voronka::records::understood::{Odd, Shape, Use, Why};

#[test]
fn totals_among_the_rows_are_left_out_and_counted() {
    let text = "Номер;Дата заявки;Статус;Сумма сделки, руб.;Менеджер\n1;05.01.2026;Выиграна;1 000,50;Ян\nИтого за месяц;;;1 000,50;\n;;;;\n2;06.02.2026;В работе;-7;Ян\nВСЕГО;;;2 000,00;\n";
    let reading = sound(text);
    assert_eq!(reading.deals.deals.len(), 2);
    assert_eq!(reading.understood.count(Odd::Total), 2);
    assert_eq!(reading.understood.count(Odd::NegativeAmount), 1);
    assert_eq!(deal(&reading, "1").amount, Some(1000.5));
}

#[test]
fn headings_stand_below_a_row_of_groups() {
    let text = "Сделка;;;Деньги;;Даты;\n№;Стадия;Менеджер;Сумма;Валюта;Создана;Закрыта\n1;Отказ клиента;Ян;100;руб.;05.01.2026;\n2;Сделка успешна;Ян;200;руб.;05.01.2026;09.02.2026\n";
    let reading = sound(text);
    assert_eq!(column(&reading.understood, Role::Id), Some("№"));
    assert_eq!(reading.deals.deals.len(), 2);
    assert_eq!(deal(&reading, "2").closed, at("2026-02-09"));
}

/// A heading is missing, but the next row holds data.
#[test]
fn a_row_behind_headings_with_a_gap_is_not_lost() {
    let text = "id,,created,stage\nA1,x,2026-01-05,Won\nA2,y,2026-01-06,Lost\n";
    assert_eq!(sound(text).deals.deals.len(), 2);
}

#[test]
fn a_column_of_dates_without_a_role_tells_nothing_of_the_decimal_sign() {
    let text = "ID;Дата создания;Стадия;Сумма;Дата звонка\n1;05.01.2026;Выиграна;1234.50;06.01.2026\n2;05.01.2026;Проиграна;7.25;07.01.2026\n3;05.01.2026;Новая;8.25;08.01.2026\n";
    let reading = sound(text);
    assert_eq!(reading.understood.decimal, Some(DecimalMark::Point));
    let of = reading.understood.columns.iter().find(|one| one.name == "Дата звонка").unwrap();
    assert_eq!((of.used, of.why), (Use::Unused, Why::Dates));
}

#[test]
fn serial_dates_with_a_decimal_comma_are_dates() {
    let text = "Deal ID;Stage;Deal value;Created;Closed on\n1;Won;100;45717,5;45720,25\n";
    let reading = sound(text);
    assert_eq!(deal(&reading, "1").created, at("2025-03-01 12:00"));
    assert_eq!(deal(&reading, "1").closed, at("2025-03-04 06:00"));
}

#[test]
fn headings_of_pipedrive_in_russian_are_known() {
    let text = "Сделка - Название;Сделка - ID;Сделка - Статус;Сделка - Этап;Сделка - Стоимость;Сделка - Сделка создана;Сделка - Время выигрыша;Сделка - Время проигрыша;Сделка - Владелец;Организация - Название\nА;1;Выиграна;КП;100;2026-01-05 10:00:00;2026-02-05 10:00:00;;Ян;ООО\nБ;2;Открыта;КП;50;2026-01-05 10:00:00;;;Ян;ООО\n";
    let reading = sound(text);
    assert_eq!(deal(&reading, "1").closed, at("2026-02-05 10:00"));
    assert_eq!(deal(&reading, "2").outcome, Outcome::Open);
    assert_eq!(column(&reading.understood, Role::Owner), Some("Сделка - Владелец"));
}

#[test]
fn dates_of_stages_in_russian_headings_are_a_history() {
    let text = "ID сделки;Дата создания;Этап;\"Дата входа в этап \"\"КП\"\"\";\"Дата входа в этап \"\"Договор\"\"\";Дата закрытия\n1;05.01.2026;Выиграна;06.01.2026;09.01.2026;12.01.2026\n2;05.01.2026;КП;07.01.2026;;\n";
    let reading = sound(text);
    assert_eq!(reading.understood.preset, None);
    assert_eq!(reading.understood.shape, Shape::Deals);
    let stages: Vec<&str> =
        reading.deals.visits.iter().map(|visit| reading.deals.stages.word(visit.stage)).collect();
    assert_eq!(stages, ["КП", "Договор", "КП"]);
}

#[test]
fn asked_amounts_and_the_next_contact_have_roles() {
    let text = "Идентификатор\tСоздано\tРезультат\tЗавершено\tСумма КП\tСумма\tСледующий шаг\n1\t1 мая 2026\tвыиграна\t9 мая 2026\t100\t90\t\n2\t2 мая 2026\tв работе\t\t200\t\t15.06.2026\n";
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let bytes = [&[0xff, 0xfe], &bytes[..]].concat();
    let reading = read_bytes("deals.txt", &bytes, &Options::default()).unwrap();
    let (won, open) = (deal(&reading, "1"), deal(&reading, "2"));
    assert_eq!((won.asked, won.amount, won.closed), (Some(100.0), Some(90.0), at("2026-05-09")));
    assert_eq!((open.asked, open.next), (Some(200.0), at("2026-06-15")));
    // A contact in words is no date, and is not used.
    let text =
        "id,created,stage,next contact\n1,2026-01-05,Won,\n2,2026-01-05,Demo,call the buyer\n";
    let reading = sound(text);
    let of = reading.understood.columns.iter().find(|one| one.name == "next contact").unwrap();
    assert_eq!((of.used, of.why), (Use::Unused, Why::Texts));
}
