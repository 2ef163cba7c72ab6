//! Histories of stages and event logs: visits, ends, and deals that were opened again.

use super::{at, deal, sound, with, words};
use voronka::records::Reading;
use voronka::records::deals::{Moment, Outcome};
use voronka::records::options::{Options, Preset};
use voronka::records::understood::{Odd, Shape};

/// Visits as stage, entered, left.
fn visits(reading: &Reading) -> Vec<(&str, Moment, Option<Moment>)> {
    let visits = reading.deals.visits.iter();
    visits
        .map(|visit| (reading.deals.stages.word(visit.stage), visit.entered, visit.left))
        .collect()
}

/// The same history as each system writes it: the deal goes from New to Offer and is won.
#[test]
fn histories_of_the_systems_give_the_same_visits() {
    let (first, second, third) =
        (at("2026-01-05T10:00"), at("2026-01-08T10:00"), at("2026-01-20T10:00"));
    let bitrix = "ID,TYPE_ID,OWNER_ID,CREATED_TIME,CATEGORY_ID,STAGE_SEMANTIC_ID,STAGE_ID\n\
                  1,1,7,2026-01-05T10:00:00+03:00,0,P,New\n2,2,7,2026-01-08T10:00:00+03:00,0,P,Offer\n3,3,7,2026-01-20T10:00:00+03:00,0,S,WON\n";
    let amo = "id,type,entity_id,created_at,value_before,value_after\n\
               1,lead_status_changed,7,1767607200,,New\n2,lead_status_changed,7,1767866400,New,Offer\n3,lead_status_changed,7,1768903200,Offer,142\n";
    let report = "Opportunity Name,From Stage,To Stage,Last Modified,Amount\n\
                  7,,New,2026-01-05 10:00,10\n7,New,New,2026-01-06 10:00,20\n7,New,Offer,2026-01-08 10:00,20\n7,Offer,Closed Won,2026-01-20 10:00,20\n";
    let fields = "Opportunity ID,Field/Event,Old Value,New Value,Edit Date\n\
                  7,Stage,,New,2026-01-05 10:00\n7,Amount,10,20,2026-01-06 10:00\n7,Stage,New,Offer,2026-01-08 10:00\n7,Stage,Offer,Closed Won,2026-01-20 10:00\n";
    let object = "OpportunityId,StageName,CreatedDate,Amount\n\
                  7,New,2026-01-05T10:00:00.000Z,10\n7,New,2026-01-06T10:00:00.000Z,20\n7,Offer,2026-01-08T10:00:00.000Z,20\n7,Closed Won,2026-01-20T10:00:00.000Z,20\n";
    let flow = "deal_id,field_key,old_value,new_value,log_time\n\
                7,stage_id,,New,2026-01-05 10:00:00\n7,value,10,20,2026-01-06 10:00:00\n7,stage_id,New,Offer,2026-01-08 10:00:00\n7,stage_id,Offer,Won,2026-01-20 10:00:00\n";
    let zoho = "Deal Name,Stage,Amount,Modified Time,Stage Duration\n\
                7,New,10,05.01.2026 10:00,3\n7,Offer,20,08.01.2026 10:00,12\n7,Closed Won,20,20.01.2026 10:00,0\n";
    let plain = "deal;stage;time\n7;New;2026-01-05 10:00\n7;Offer;2026-01-08 10:00\n7;Won;2026-01-20 10:00\n";
    for (text, preset) in [
        (bitrix, Some(Preset::Bitrix24)),
        (amo, Some(Preset::AmoCrm)),
        (report, Some(Preset::Salesforce)),
        (fields, Some(Preset::Salesforce)),
        (object, Some(Preset::Salesforce)),
        (flow, Some(Preset::Pipedrive)),
        (zoho, Some(Preset::Zoho)),
        (plain, None),
    ] {
        let reading = sound(text);
        assert_eq!(
            (reading.understood.shape, reading.understood.preset),
            (Shape::StageHistory, preset),
            "{text}"
        );
        assert_eq!(
            visits(&reading),
            [("New", first.unwrap(), second), ("Offer", second.unwrap(), third)],
            "{text}"
        );
        let deal = deal(&reading, "7");
        assert_eq!(
            (deal.created, deal.closed, deal.outcome),
            (first, third, Outcome::Won),
            "{text}"
        );
    }
}

#[test]
fn a_deal_that_was_opened_again_has_its_earlier_end_as_a_visit() {
    let text = "deal,stage,time\n1,New,2026-01-05\n1,Closed Lost,2026-01-08\n1,Offer,2026-01-10\n1,Closed Won,2026-01-20\n2,New,2026-01-06\n";
    let reading = sound(text);
    let names: Vec<&str> = visits(&reading).iter().map(|(stage, ..)| *stage).collect();
    assert_eq!(names, ["New", "Closed Lost", "Offer", "New"]);
    assert_eq!(
        (deal(&reading, "1").outcome, deal(&reading, "1").closed),
        (Outcome::Won, at("2026-01-20"))
    );
    assert_eq!(reading.understood.count(Odd::Reopened), 1);
    let open = deal(&reading, "2");
    assert_eq!((open.outcome, open.since), (Outcome::Open, at("2026-01-06")));
    assert_eq!(reading.deals.visits[3].left, None);
}

#[test]
fn rows_in_any_order_give_the_same_visits() {
    let rows = ["1,New,2026-01-05", "1,Offer,2026-01-08", "1,Won,2026-01-20"];
    let text =
        |order: [usize; 3]| format!("deal,stage,time\n{}\n", order.map(|at| rows[at]).join("\n"));
    let sorted = sound(&text([0, 1, 2]));
    let mixed = sound(&text([2, 0, 1]));
    assert_eq!(visits(&sorted), visits(&mixed));
    assert_eq!(
        (sorted.understood.count(Odd::Unsorted), mixed.understood.count(Odd::Unsorted)),
        (0, 2)
    );
}

/// One date for each stage; the funnel stands in brackets.
#[test]
fn the_wide_history_of_hubspot_becomes_visits() {
    let text = "Record ID,Deal Name,Deal Stage,Create Date,Close Date,\"Date entered \"\"Demo (Sales Pipeline)\"\"\",\"Date exited \"\"Demo (Sales Pipeline)\"\"\",\"Date entered \"\"Offer (Sales Pipeline)\"\"\",\"Date entered \"\"Closed Won (Sales Pipeline)\"\"\"\n\
                1,A,Closed Won,2026-01-05 09:00,2026-02-01 12:00,2026-01-05 10:00,2026-01-07 10:00,2026-01-08 10:00,2026-02-01 12:00\n\
                2,B,Demo,2026-01-06 09:00,,2026-01-06 10:00,,,\n";
    let reading = sound(text);
    let expected = [
        ("Demo", at("2026-01-05T10:00").unwrap(), at("2026-01-07T10:00")),
        ("Offer", at("2026-01-08T10:00").unwrap(), at("2026-02-01T12:00")),
        ("Demo", at("2026-01-06T10:00").unwrap(), None),
    ];
    assert_eq!(visits(&reading), expected);
    assert_eq!(reading.understood.preset, Some(Preset::HubSpot));
}

/// Work overlaps: each task was entered when the latest task that had ended by its start ended.
#[test]
fn tasks_of_a_log_are_entered_when_a_task_before_them_ends() {
    let text = "case_id,activity,resource,start_time,end_time\n\
                1,a,Ann,2026-01-05 10:00,2026-01-05 11:00\n\
                1,b,Bob,2026-01-05 10:30,2026-01-05 12:00\n\
                1,c,Ann,2026-01-05 13:00,2026-01-05 14:00\n\
                2,a,,2026-01-06 10:00,2026-01-06 09:00\n";
    let reading = sound(text);
    let hour = |hour: &str| at(&format!("2026-01-05T{hour}"));
    let expected = [
        ("a", hour("10:00").unwrap(), hour("11:00")),
        ("b", hour("10:00").unwrap(), hour("12:00")),
        ("c", hour("12:00").unwrap(), hour("14:00")),
        ("a", at("2026-01-06T10:00").unwrap(), at("2026-01-06T10:00")),
    ];
    assert_eq!(visits(&reading), expected);
    assert_eq!(reading.understood.count(Odd::EndBeforeStart), 1);
    assert_eq!((reading.understood.events, reading.understood.people), (4, 2));
}

#[test]
fn activities_that_end_deals_are_named_by_the_user() {
    let text = "case,activity,timestamp\n1,call,2026-01-05 10:00\n1,signed,2026-01-09 10:00\n1,archived,2026-01-10 10:00\n2,call,2026-01-05 10:00\n2,refused,2026-01-06 10:00\n3,call,2026-01-05 10:00\n";
    let options =
        Options { won: words(&["signed"]), lost: words(&["refused"]), ..Options::default() };
    let reading = with(text, &options);
    let won = deal(&reading, "1");
    assert_eq!((won.outcome, won.closed), (Outcome::Won, at("2026-01-09T10:00")));
    assert_eq!(
        (deal(&reading, "2").outcome, deal(&reading, "3").outcome),
        (Outcome::Lost, Outcome::Open)
    );
    assert_eq!(reading.deals.visits.len(), 6);
    assert_eq!(reading.deals.until, at("2026-01-10T10:00"));
}

/// The columns of our own event log.
#[test]
fn a_log_that_voronka_wrote_is_read() {
    let text = "case:concept:name,concept:name,org:resource,start_timestamp,time:timestamp,ready_timestamp,stage,org:role,case:source,case:outcome,case:value\n\
                ads 1,call,Ann,2026-01-05T10:00:00,2026-01-05T11:00:00,2026-01-05T09:00:00,lead,seller,ads,won,900\n\
                ads 2,call,Ann,2026-01-05T12:00:00,2026-01-05T13:00:00,2026-01-05T09:30:00,lead,seller,ads,lost: price,0\n\
                ads 3,call,Ann,2026-01-06T12:00:00,2026-01-06T13:00:00,2026-01-06T12:00:00,lead,seller,ads,open,0\n";
    let reading = sound(text);
    let outcomes: Vec<Outcome> = reading.deals.deals.iter().map(|deal| deal.outcome).collect();
    assert_eq!(outcomes, [Outcome::Won, Outcome::Lost, Outcome::Open]);
    assert_eq!(reading.deals.reasons.words(), ["price"]);
    assert_eq!(
        (deal(&reading, "ads 1").amount, deal(&reading, "ads 2").amount),
        (Some(900.0), None)
    );
    assert_eq!(reading.deals.visits[0].entered, at("2026-01-05T09:00").unwrap());
    assert_eq!(reading.deals.sources.words(), ["ads"]);
}

#[test]
fn events_without_a_time_a_deal_or_an_activity_are_counted() {
    let text =
        "case,activity,timestamp\n,call,2026-01-05\n1,,2026-01-05\n1,call,\n1,call,2026-01-05\n";
    let reading = sound(text);
    let odd = |what| reading.understood.count(what);
    assert_eq!((odd(Odd::NoId), odd(Odd::NoActivity), odd(Odd::NoTime)), (1, 1, 1));
    assert_eq!(reading.deals.visits.len(), 1);
}

#[test]
fn events_out_of_order_and_in_the_future_are_counted() {
    let text =
        "case,activity,timestamp\n1,b,2026-01-06\n1,a,2026-01-05\n1,c,2026-01-07\n1,d,2027-01-01\n";
    let options = Options { now: at("2026-03-01"), ..Options::default() };
    let reading = with(text, &options);
    let odd = |what| reading.understood.count(what);
    assert_eq!((odd(Odd::Unsorted), odd(Odd::EventLater)), (1, 1));
    let names: Vec<&str> = visits(&reading).iter().map(|(stage, ..)| *stage).collect();
    assert_eq!(names, ["a", "b", "c"]);
    assert_eq!(deal(&reading, "1").created, at("2026-01-05"));
}
