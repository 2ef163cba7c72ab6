//! The codes from V651 on: parts of a model that do not go together, comments for the checker, and tests.

use super::{Code, code};

/// These codes, in their order.
#[rustfmt::skip]
pub(super) const LATER: [Code; 45] = [
    code("V651", "YAML takes what follows ` #` for a comment, so the text is cut. Put the whole text in quotes.",
        "Reports would show half of the name of a process or of an instruction.")
        .shown("name: Deals of shop # 5\nstages: {lead: {next: 50%}}\n", "Deals of shop # 5", "\"Deals of shop # 5\""),
    code("V652", "A point is the decimal sign, and no amount has three decimals. Write thousands without a sign: 3000.",
        "A deal of three thousand would count as one of three.")
        .shown("value: 3.000\nstages: {lead: {next: 50%}}\n", "3.000", "3000"),
    code("V653", "The source ends with a number of deals that is less than one of its batches.",
        "The fair brings a part of the cards that were collected there.")
        .shown("sources: {fair: {rate: 5/day, batch: 50, count: 30}}\nstages: {lead: {next: 50%}}\n", "count: 30", "count: 300"),
    code("V654", "Nearly every order alone leaves more unpaid than the credit limit allows, so it is refused. Check the limit.",
        "All orders of the plan are lost for a reason that nobody knows.")
        .shown("value: 50000\nterms: {payment: {after: 30d}, credit_limit: 1000}\nstages: {lead: {next: 50%}}\n", "credit_limit: 1000", "credit_limit: 100000"),
    code("V655", "The commission is a larger part of the amount than the margin. Check both; a commission may also be a share of the margin.",
        "Each sale would lose money, and the best seller would lose most.")
        .shown("value: 50000\nterms: {margin: 20%, commission: 30%}\nstages: {lead: {next: 50%}}\n", "commission: 30%", "commission: 3%"),
    code("V656", "A payment is due at a stage, or before it, where deals are only before the sale. Name a stage behind the sale.",
        "Money that is never due is missing from the cash of the plan.")
        .shown("value: 500\nterms: {payment: {before: offer}}\nstages:\n  lead: {next: 50%}\n  offer: {next: delivery}\n  delivery: {sale: true, next: assembly}\n  assembly: {wait: 5d, next: done}\n", "before: offer", "before: assembly"),
    code("V657", "A promise says nothing if it leads from a stage to itself or to a stage that does not follow, or if its time is always broken or always kept.",
        "A promise to clients that cannot be judged protects no client.")
        .shown("promises: [{name: fast offer, from: lead, to: lead, within: 2d}]\nstages:\n  lead: {wait: {exponential: {mean: 1d}}, next: 50%}\n  offer: {wait: 1d, next: 50%}\n", "to: lead", "to: offer"),
    code("V658", "Deals of the source come while nobody of the role works, and their patience ends before somebody does: nearly all deals of a source with a calendar, or over 30 % of one that brings deals day and night.",
        "Calls at night are lost if the office opens in the morning.")
        .shown("calendars: {day: {hours: \"09:00-18:00\"}, night: {hours: {mon-sun: \"22:00-06:00\"}}}\nroles: {seller: {people: 9, calendar: day}}\nsources: {calls: {rate: 5/day, calendar: night}}\nstages:\n  call: {work: {role: seller, time: 5 min}, patience: 10 min, next: 50%}\n", "calendar: day", "calendar: night"),
    code("V659", "Pay that is far from that of other roles, from a living, or from what deals are worth, is probably written for another unit of time.",
        "The cost of a deal would be a thousand times too high or too low.")
        .shown("roles: {seller: {people: 2, cost: 14/month}}\nstages: {lead: {work: {role: seller, time: 5 min}, next: 50%}}\n", "14/month", "14/hour"),
    code("V660", "The share of visits that follow the process falls during the roll-out: perhaps from and to are exchanged.",
        "The plan would pay for an introduction that makes things worse.")
        .shown("rollout: {start: 2024-02-01, duration: 100 days, from: 95%, to: 20%}\nstages:\n  lead: {next: 50%, variants: [{when: {followed: false}, next: 40%}]}\n", "from: 95%, to: 20%", "from: 20%, to: 95%"),
    code("V661", "The plan is several times above what the arrivals can bring, even if the best variants hold. Check its unit of time.",
        "A plan per week that was agreed per month makes every month look like a disaster.")
        .shown("sources: {web: {rate: 40/week}}\ntargets: {wins: 80/day}\nstages: {lead: {next: 50%}}\n", "80/day", "80/month"),
    code("V662", "Every deal of the stage meets the condition of a variant, so what the variant gives is never taken from the stage. Narrow the condition, or move its keys to the stage.",
        "Whoever changes the time of the stage wonders why no figure moves.")
        .shown("attributes: {segment: {smb: 60%, large: rest}}\nstages:\n  lead: {wait: 1d, next: 50%, variants: [{when: {segment: [smb, large]}, next: 40%}]}\n", "[smb, large]", "smb"),
    code("V663", "A share of cancelled sales is kept, but no branch of the model cancels a sale. Add the branch, or remove `keeps`.",
        "The risk that clients withdraw would be missing from the plan.")
        .shown("value: 500\nterms: {keeps: 30%}\nstages:\n  lead: {wait: 1d, next: {order: 50%, lost: rest}}\n  order: {sale: true, next: done}\n", "next: done", "next: {cancelled: 2%, done: rest}"),
    code("V664", "A scenario gives the values that the model has already, so it changes nothing. Give the values that differ.",
        "The comparison would show that the measure has no effect.")
        .shown("stages: {lead: {next: 50%}}\nscenarios: {better: {stages: {lead: {next: 50%}}}}\n", "better: {stages: {lead: {next: 50%}}}", "better: {stages: {lead: {next: 60%}}}"),
    code("V665", "Two sources are equal in all but their names, and one seems to be a copy of the other. Remove it, or correct what differs.",
        "Every lead would count twice, and the plan would need half of the real effort.")
        .shown("sources: {site: {rate: 20/week}, site (copy): {rate: 20/week}}\nstages: {lead: {next: 50%}}\n", "site (copy): {rate: 20/week}", "site (copy): {rate: 5/week}"),
    code("V666", "Two expectations are the same: one figure with the same limits. Remove one, or correct what should differ.",
        "Of two equal goals one was meant for another figure, which nobody watches.")
        .shown("expect: [{kpi: win_rate, at_least: 20%}, {kpi: win_rate, at_least: 20%}]\nstages: {lead: {next: 50%}}\n", "{kpi: win_rate, at_least: 20%}, {kpi", "{kpi: lead_to_win, at_least: 10%}, {kpi"),
    code("V667", "What is left of all is written `rest`. Another word for it after `lost` is taken for the name of a reason.",
        "A report would show a reason that says nothing, and its losses could not be compared with others.")
        .shown("stages: {lead: {next: {won: 40%, lost: the rest}}}\n", "lost: the rest", "lost: rest"),
    code("V668", "A variant gives only what its stage gives anyway, so it changes nothing. Give the values that differ, or remove the variant.",
        "The special treatment of large clients was written down, but not its figures.")
        .shown("attributes: {size: {small: 80%, large: rest}}\nstages:\n  lead: {wait: 1d, next: 50%, variants: [{when: {size: large}, wait: 1d}]}\n", "wait: 1d}]", "wait: 3d}]"),
    code("V669", "Every payment comes so long after the sale that nothing is paid before the window ends. Check the unit of time, or simulate a longer window.",
        "The plan would show sales without any cash.")
        .shown("horizon: 3 months\nvalue: 500\nterms: {payment: {after: 300d}}\nstages: {lead: {next: 50%}}\n", "300d", "30d"),
    code("V670", "All months of a season lie outside the window, so its factors change nothing. Check start and horizon.",
        "Whoever sees the factors believes that the figures include the season.")
        .shown("start: 2026-01-12\nhorizon: 3 months\nsources: {web: {rate: 20/week, season: {dec: 1.5}}}\nstages: {lead: {next: 50%}}\n", "dec: 1.5", "mar: 1.5"),
    code("V671", "A branch leads back to a stage that all of its deals have visited, and max_visits allows one visit, so all of them are lost. Allow more visits, or write `lost`.",
        "Clients who ask for a second offer are lost in the model without a reason.")
        .shown("stages:\n  lead: {wait: 1d, max_visits: 1, next: {talk: 50%, lost: rest}}\n  talk: {wait: 1d, next: {lead: 30%, won: 30%, lost: rest}}\n", "max_visits: 1", "max_visits: 2"),
    code("V672", "Twenty or more people are paid by the month and have work for less than 2 % of their time. Check their number, the time of the work and the rates.",
        "Salaries of people who do nothing would hide whether the process earns money.")
        .shown("roles: {seller: {people: 300, cost: 9000/month}}\nstages: {lead: {work: {role: seller, time: 5 min}, next: 50%}}\n", "people: 300", "people: 3"),
    code("V673", "The growth multiplies the arrivals of a source more than a thousandfold in the window, or leaves less than a thousandth of them. Check its unit of time.",
        "No department could serve such a flood of leads, and no plan survives it.")
        .shown("sources: {web: {rate: 20/week, growth: 5%/day}}\nstages: {lead: {next: 50%}}\n", "5%/day", "5%/month"),
    code("V674", "One draw in ten is fifty times the median or more: with such a spread the mean is far above nearly all draws. Check the digits and the units of both values.",
        "A few giant orders would make up the whole forecast.")
        .shown("value: {lognormal: {median: 4000, p90: 400000}}\nstages: {lead: {wait: 1d, next: 50%}}\n", "p90: 400000", "p90: 14000"),
    code("V675", "A lead, or a visit to a stage, costs more than a sale brings. Check the cost: that of a source is paid for each of its leads, and that of a stage at each visit.",
        "With the budget of a month for each single lead, every channel would lose money.")
        .shown("value: 900\nsources: {web: {rate: 20/week, cost: 40000}}\nstages: {lead: {wait: 1d, next: 50%}}\n", "cost: 40000", "cost: 40"),
    code("V676", "The simulation starts in a year far from today. Check the digits of the date.",
        "Holidays, seasons and dates of the plan would belong to another century.")
        .shown("start: 2206-01-12\nstages: {lead: {next: 50%}}\n", "2206", "2026"),
    code("V677", "Even the fastest deal takes longer than the window and its warm-up, so none of the leads that come can be won in it. Check the units of time, or simulate a longer window.",
        "The plan would show costs and no sale.")
        .shown("horizon: 2 weeks\nstages: {lead: {wait: 30d, next: 50%}}\n", "2 weeks", "2 months"),
    code("V678", "No role and no source uses the calendar. The first calendar is that of all who name none; any other one must be named. Use it, or remove it.",
        "The evening shift would work by day, and the phone would be silent in the evening.")
        .shown("calendars: {office: {hours: {mon-fri: \"09:00-18:00\"}}, late: {hours: {mon-fri: \"14:00-22:00\"}}}\nroles: {agent: {people: 2}}\nstages: {lead: {work: {role: agent, time: 5 min}, next: 50%}}\n", "people: 2", "people: 2, calendar: late"),
    code("V679", "A factor of a season brings twenty times the usual arrivals or more. A factor of 1.5 is half as many again: `150%` is written 1.5.",
        "No team could serve such a month, and its orders would make up the whole year.")
        .shown("sources: {web: {rate: 20/week, season: {dec: 150}}}\nstages: {lead: {next: 50%}}\n", "dec: 150", "dec: 1.5"),
    code("V680", "A stage limits its visits or says what a second visit does to the satisfaction, but no deal comes back to it before its next sale, with which visits are counted anew. Add the way back, or remove the key.",
        "The deals that ask for a second offer were forgotten, or the limit stands at the wrong stage.")
        .shown("stages:\n  lead: {wait: 1d, max_visits: 3, next: 50%}\n", "next: 50%", "next: {won: 50%, lead: 20%, lost: rest}"),
    code("V681", "A reason such as price or a competitor is classed as disqualified. Such losses are left out of win_rate, because there was nothing to win.",
        "A team that loses on price would look as if it won nearly every deal.")
        .shown("reasons: {price: disqualified}\nstages: {lead: {next: {won: 50%, lost: {price: rest}}}}\n", "price: disqualified", "price: product"),
    code("V682", "A person is named twice among the people of one role, and would do twice the work. Remove one entry, or give the second person another name.",
        "The plan would count on somebody who is not there.")
        .shown("roles: {seller: {people: [{name: Ann}, {name: Ann}]}}\nstages: {lead: {work: {role: seller, time: 5 min}, next: 50%}}\n", "{name: Ann}]", "{name: Bob}]"),
    code("V691", "A comment that ignores a warning hides nothing: the warning is gone, or belongs to another line. Remove the comment, so that it cannot hide a new warning.",
        "An old excuse would hide the next real problem of the same kind."),
    code("V692", "An error cannot be ignored, because a model with errors cannot be run. Correct the error.",
        "A model with errors has no forecast that could be excused."),
    code("V693", "There is no code that is, or begins with, the text to ignore.",
        "The warning stays, and whoever wrote the comment believes that it is settled."),
    code("V694", "A comment is meant for the checker, but it is not understood. Write # voronka: ignore V619; a reason may follow.",
        "A reason that the checker does not see does not count in a review."),
    code("V701", "A deal of a test does not do what the test claims: it has another date, person, cost or end. Both are exact, so a difference of a microsecond counts. Correct the model, or the test if the process was changed on purpose.",
        "A rule of the process was broken or changed, and somebody relies on it: a promised date, a price, who does what."),
    code("V702", "A deal of a test does not follow the path that the test gives. The model has no such branch there, refuses a further visit, or lets the deal leave a queue.",
        "Deals that take another path end in another month, or never become orders."),
    code("V703", "The model draws something that the test does not give, so the result would be different with another seed. A test must give everything that is drawn for its deals.",
        "A test with a random result passes today and fails tomorrow, and then nobody believes it."),
    code("V704", "A test gives a time for a step that the stage does not have, a single time where it has several steps, or working time where it counts elapsed time.",
        "The test was written for another process than that of the model."),
    code("V705", "A test claims something of a visit that the deal does not make.",
        "A claim about a visit that never happens says nothing about the process."),
    code("V706", "A deal of a test goes on without end. Give its path to the end.",
        "A deal without an end is never won or lost, so it is missing from every forecast."),
    code("V707", "The model of the tests has errors, so no test could be run. Correct the model first.",
        "Tests that do not run protect nothing."),
    code("V708", "The model of the tests cannot be read. `model:` names it; without that key it is the file of the same name, such as a.yaml for a.test.yaml.",
        "Tests without their model protect nothing."),
    code("V709", "The model of the tests is read from their own folder only, by a relative path.",
        "A model and its tests are reviewed and sent together."),
];
