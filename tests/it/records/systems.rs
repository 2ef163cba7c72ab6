//! A small export of each known system: headings, dates, amounts and outcomes as that system writes them.

use super::{at, column, deal, sound};
use voronka::records::deals::Outcome;
use voronka::records::options::{DateOrder, DecimalMark, Preset, Role};
use voronka::records::understood::{Odd, Use, Why};

/// A mark, all cells quoted, a separator at the end of each line, planned dates, an amount with its currency's name.
#[test]
fn bitrix24_in_russian() {
    let text = "\u{feff}\"ID\";\"Название сделки\";\"Стадия сделки\";\"Сделка закрыта\";\"Сумма\";\"Валюта\";\"Ответственный\";\
                \"Дата создания\";\"Предполагаемая дата закрытия\";\"Воронка\";\"Источник\";\r\n\
                \"7\";\"Окна; три\";\"Сделка успешна\";\"да\";\"125000.00\";\"Российский рубль\";\"Иванов Иван\";\
                \"05.01.2026 10:00:00\";\"01.02.2026\";\"Общая\";\"Сайт\";\r\n\
                \"8\";\"Двери\";\"Анализ причины провала\";\"да\";\"0.00\";\"Российский рубль\";\"Иванов Иван\";\
                \"06.01.2026 11:30:00\";\"02.02.2026\";\"Общая\";\"Звонок\";\r\n\
                \"9\";\"Крыша\";\"Переговоры\";\"нет\";\"1500.50\";\"Российский рубль\";\"Петров Пётр\";\
                \"07.01.2026 12:00:00\";\"30.03.2026\";\"Общая\";\"Сайт\";\r\n";
    let reading = sound(text);
    let understood = &reading.understood;
    assert_eq!(understood.preset, Some(Preset::Bitrix24));
    assert_eq!((understood.delimiter, understood.columns.len()), (Some(';'), 11));
    assert_eq!(understood.currency.as_deref(), Some("RUB"));
    assert_eq!(column(understood, Role::Expected), Some("Предполагаемая дата закрытия"));
    let won = deal(&reading, "7");
    assert_eq!((won.outcome, won.amount), (Outcome::Won, Some(125_000.0)));
    assert_eq!((won.created, won.closed), (at("2026-01-05T10:00"), at("2026-02-01")));
    assert_eq!(won.expected, None);
    assert_eq!(understood.count(Odd::ClosedByPlan), 2);
    let lost = deal(&reading, "8");
    assert_eq!((lost.outcome, lost.amount), (Outcome::Lost, None));
    let open = deal(&reading, "9");
    assert_eq!((open.outcome, open.closed, open.expected), (Outcome::Open, None, at("2026-03-30")));
}

#[test]
fn bitrix24_with_codes_of_its_fields() {
    let text = "ID,STAGE_ID,STAGE_SEMANTIC_ID,OPPORTUNITY,CURRENCY_ID,DATE_CREATE,CLOSEDATE,MOVED_TIME,CATEGORY_ID,ASSIGNED_BY_ID\n\
                1,C14:WON,S,5000.00,EUR,05.01.2026 10:00:00,28.02.2026,20.01.2026 09:00:00,14,3\n\
                2,C14:APOLOGY,F,0.00,EUR,05.01.2026 10:00:00,28.02.2026,21.01.2026 09:00:00,14,3\n\
                3,C14:UC_ABC,P,700.00,EUR,06.01.2026 10:00:00,28.02.2026,22.01.2026 09:00:00,14,4\n\
                4,C14:UC_DONE,S,800.00,EUR,06.01.2026 10:00:00,28.02.2026,23.01.2026 09:00:00,14,4\n";
    let reading = sound(text);
    // The end is the last move, not the planned date.
    assert_eq!(deal(&reading, "1").closed, at("2026-01-20T09:00"));
    assert_eq!(deal(&reading, "2").outcome, Outcome::Lost);
    let open = deal(&reading, "3");
    assert_eq!((open.outcome, open.expected), (Outcome::Open, at("2026-02-28")));
    assert_eq!(open.since, at("2026-01-22T09:00"));
    assert_eq!(deal(&reading, "4").outcome, Outcome::Won, "by its letter");
}

#[test]
fn bitrix24_with_amount_and_currency_in_one_cell() {
    let text = "ID;Стадия сделки;Дата создания;Сумма/Валюта\n1;Сделка успешна;05.01.2026;1 234,50 руб.\n2;Новая;06.01.2026;99 руб.\n";
    let reading = sound(text);
    assert_eq!(deal(&reading, "1").amount, Some(1234.5));
    assert_eq!(reading.understood.currency.as_deref(), Some("RUB"));
}

/// A heading stands twice: the first one that is filled counts.
#[test]
fn amocrm_in_russian() {
    let text = "ID,Название сделки,Бюджет,Ответственный,Дата создания сделки,Дата закрытия,Этап сделки,Воронка,Источник,Источник,Причина отказа\n\
                1,Окна,45000,Анна,05.01.2026 10:00:00,09.02.2026 12:00:00,Успешно реализовано,Продажи,,Сайт,\n\
                2,Двери,0,Анна,06.01.2026 10:00:00,10.02.2026 12:00:00,Закрыто и не реализовано,Продажи,Звонок,,Дорого\n\
                3,Крыша,12000,Олег,07.01.2026 10:00:00,,Первичный контакт,Продажи,Звонок,Сайт,\n";
    let reading = sound(text);
    let understood = &reading.understood;
    assert_eq!(understood.preset, Some(Preset::AmoCrm));
    let source = |id: &str| deal(&reading, id).source.map(|id| reading.deals.sources.word(id));
    assert_eq!(
        [source("1"), source("2"), source("3")],
        [Some("Сайт"), Some("Звонок"), Some("Звонок")]
    );
    assert_eq!(understood.count(Odd::RepeatedColumn), 1);
    assert_eq!(
        (deal(&reading, "1").outcome, deal(&reading, "2").outcome),
        (Outcome::Won, Outcome::Lost)
    );
    let reason = deal(&reading, "2").reason.map(|id| reading.deals.reasons.word(id));
    assert_eq!(reason, Some("Дорого"));
}

#[test]
fn amocrm_with_numbers_of_statuses() {
    let text = "ID,Lead title,Created at,Closed at,Lead status,Sale\n1,a,1767607200,1770000000,142,10\n2,b,1767607200,1770000000,143,0\n3,c,1767607200,,71,5\n";
    let reading = sound(text);
    let outcomes: Vec<Outcome> = reading.deals.deals.iter().map(|deal| deal.outcome).collect();
    assert_eq!(outcomes, [Outcome::Won, Outcome::Lost, Outcome::Open]);
    assert_eq!(deal(&reading, "1").created, at("2026-01-05T10:00"));
}

/// The close date of an open deal is planned; flags of yes and no say the outcome.
#[test]
fn hubspot() {
    let text = "Record ID,Deal Name,Deal Stage,Pipeline,Create Date,Close Date,Amount,Deal owner,Is Closed Won,Is closed lost,Is Deal Closed?\n\
                100,A,Closed Won,Sales Pipeline,2026-01-05 10:00,2026-02-01 12:00,4500.5,Ann,true,false,true\n\
                101,B,Closed Lost,Sales Pipeline,2026-01-06 10:00,2026-02-02 12:00,,Ann,false,true,true\n\
                102,C,Appointment Scheduled,Sales Pipeline,2026-01-07 10:00,2026-03-31 12:00,900,Bob,false,false,false\n";
    let reading = sound(text);
    assert_eq!(reading.understood.preset, Some(Preset::HubSpot));
    let [won, lost, open] = &reading.deals.deals[..] else { panic!() };
    assert_eq!(
        [won.outcome, lost.outcome, open.outcome],
        [Outcome::Won, Outcome::Lost, Outcome::Open]
    );
    assert_eq!((won.closed, won.amount), (at("2026-02-01T12:00"), Some(4500.5)));
    assert_eq!((open.closed, open.expected), (None, at("2026-03-31T12:00")));
}

/// All cells quoted, dates of the United States, money with its currency, a footer.
#[test]
fn a_report_of_salesforce() {
    let text = "\"Opportunity ID\",\"Opportunity Name\",\"Stage\",\"Created Date\",\"Close Date\",\"Amount\",\"Opportunity Owner\",\"Closed\",\"Won\"\n\
                \"006A000000AbCdE\",\"Acme\",\"Closed Won\",\"1/25/2026\",\"3/4/2026\",\"USD 45,000.00\",\"Ann\",\"1\",\"1\"\n\
                \"006A000000AbCde\",\"Bolt\",\"Closed Lost\",\"1/26/2026\",\"3/15/2026\",\"USD 1,200.00\",\"Ann\",\"1\",\"0\"\n\
                \"006A000000AbCdf\",\"Crow\",\"Negotiation\",\"1/27/2026\",\"4/30/2026\",\"USD 900.00\",\"Bob\",\"0\",\"0\"\n\
                \n\"Confidential Information - Do Not Distribute\"\n\"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved.\"\n\
                \"Opportunities by stage\"\n\"Grand Totals (3 records)\"\n";
    let reading = sound(text);
    let understood = &reading.understood;
    assert_eq!((understood.preset, understood.rows), (Some(Preset::Salesforce), 3));
    assert_eq!(understood.count(Odd::Footer), 4);
    // Ids differ in case only.
    assert_eq!(reading.deals.deals.len(), 3);
    assert_eq!(understood.count(Odd::Duplicate), 0);
    let won = deal(&reading, "006A000000AbCdE");
    assert_eq!(
        (won.outcome, won.amount, won.closed),
        (Outcome::Won, Some(45_000.0), at("2026-03-04"))
    );
    assert_eq!(understood.currency.as_deref(), Some("USD"));
    let created = understood.column(Role::Created).unwrap();
    assert_eq!(created.order, Some(DateOrder::Mdy));
    assert_eq!(deal(&reading, "006A000000AbCdf").expected, at("2026-04-30"));
}

/// Each heading has the kind of thing before it; won and lost times are the ends.
#[test]
fn pipedrive() {
    let text = "Deal - ID,Deal - Title,Deal - Deal created,Deal - Stage,Deal - Status,Deal - Value,Deal - Currency of Value,Deal - Owner,Deal - Won time,Deal - Lost time,Deal - Lost reason,Deal - Expected close date,Organization - Name,Deal - Label\n\
                1,A,2026-01-05 10:00:00,Proposal,Won,1200.5,EUR,Ann,2026-02-01 09:00:00,,,,Acme,hot\n\
                2,B,2026-01-06 10:00:00,Demo,Lost,300,EUR,Ann,,2026-02-02 09:00:00,Price,,Bolt,cold\n\
                3,C,2026-01-07 10:00:00,Demo,Open,0,EUR,Bob,,,,2026-05-15,Crow,hot\n\
                4,D,2026-01-07 10:00:00,Demo,Deleted,10,EUR,Bob,,,,,Crow,cold\n\
                5,E,46029,Demo,Open,10,EUR,Bob,,,,,Crow,cold\n";
    let reading = sound(text);
    let understood = &reading.understood;
    assert_eq!(understood.preset, Some(Preset::Pipedrive));
    assert_eq!(deal(&reading, "1").closed, at("2026-02-01T09:00"));
    assert_eq!(deal(&reading, "2").closed, at("2026-02-02T09:00"));
    assert_eq!(deal(&reading, "2").outcome, Outcome::Lost);
    assert_eq!(
        (deal(&reading, "3").amount, deal(&reading, "3").expected),
        (None, at("2026-05-15"))
    );
    assert_eq!((understood.count(Odd::Deleted), reading.deals.deals.len()), (1, 4));
    // 46027 is 2026-01-05.
    assert_eq!(deal(&reading, "5").created, at("2026-01-07"));
    let organization =
        understood.columns.iter().find(|column| column.name == "Organization - Name");
    assert_eq!(organization.map(|column| column.why), Some(Why::OfAnother));
    assert_eq!(reading.deals.currency.as_deref(), Some("EUR"));
}

#[test]
fn pipedrive_in_czech() {
    let text = "Obchod - ID;Obchod - Název;Obchod - Obchod vytvořen;Obchod - Fáze;Obchod - Stav;Obchod - Hodnota;Organizace - Název*\n\
                1;A;2026-01-05 10:00:00;Nabídka;Vyhráno;1 234,56;Acme\n2;B;2026-01-06 10:00:00;Nabídka;Prohráno;10,50;Bolt\n\
                3;C;2026-01-06 10:00:00;Nabídka;Otevřeno;20;Bolt\n";
    let reading = sound(text);
    assert_eq!(reading.understood.decimal, Some(DecimalMark::Comma));
    let [won, lost, open] = &reading.deals.deals[..] else { panic!() };
    assert_eq!(
        [won.outcome, lost.outcome, open.outcome],
        [Outcome::Won, Outcome::Lost, Outcome::Open]
    );
    assert_eq!(won.amount, Some(1234.56));
}

/// Long ids stay texts; the closing date is typed by hand.
#[test]
fn zoho() {
    let text = "Record Id,Deal Name,Deal Owner,Stage,Amount,Closing Date,Created Time,Lead Source,Reason For Loss\n\
                4876876000000333001,A,Ann,Closed Won,\"€ 3.500,00\",01.02.2026,05.01.2026 10:00,Web,\n\
                4876876000000333002,B,Ann,Closed Lost to Competition,\"€ 900,50\",02.02.2026,06.01.2026 10:00,Web,Price\n\
                4876876000000333003,C,Bob,Qualification,\"€ 10,00\",31.03.2026,07.01.2026 10:00,Fair,\n";
    let reading = sound(text);
    let understood = &reading.understood;
    assert_eq!(understood.preset, Some(Preset::Zoho));
    let won = deal(&reading, "4876876000000333001");
    assert_eq!(
        (won.outcome, won.amount, won.closed),
        (Outcome::Won, Some(3500.0), at("2026-02-01"))
    );
    assert_eq!(understood.count(Odd::ClosedByPlan), 2);
    assert_eq!(understood.currency.as_deref(), Some("EUR"));
    assert_eq!(deal(&reading, "4876876000000333002").outcome, Outcome::Lost);
    assert_eq!(deal(&reading, "4876876000000333003").expected, at("2026-03-31"));
}

/// What is sold, or where, divides deals although no system calls it so.
#[test]
fn further_columns_with_few_words_are_segments() {
    let rows: String = (0..40)
        .map(|n| {
            let (stage, closed) = if n % 2 == 0 { ("Won", "2026-02-01") } else { ("Demo", "") };
            let region = ["North", "South"][n % 4 / 2];
            format!("D{n},2026-01-05,{stage},{closed},{region},note {n},{n}\n")
        })
        .collect::<Vec<_>>()
        .concat();
    let reading = sound(&format!("id,created,stage,close date,region,note,score\n{rows}"));
    let segments: Vec<&str> =
        reading.deals.segments.iter().map(|segment| segment.name.as_str()).collect();
    assert_eq!(segments, ["region"]);
    let why = |name: &str| {
        let found = reading.understood.columns.iter().find(|column| column.name == name).unwrap();
        (found.used, found.why)
    };
    assert_eq!(why("region"), (Use::Segment, Why::Words));
    assert_eq!(why("note"), (Use::Unused, Why::ManyWords));
    assert_eq!(why("score"), (Use::Unused, Why::Numbers));
}
