//! The reference of the codes: what each means, why it matters, and the smallest model that
//! triggers it.
//!
//! `voronka explain V311` prints an entry. A test checks that every code has an entry and that
//! every example triggers its code.

/// A code with its explanation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// The code, such as `V311`.
    pub code: &'static str,
    /// What is wrong, and how to fix it.
    pub meaning: &'static str,
    /// A model that triggers it; empty if a model alone cannot.
    pub example: &'static str,
}

const fn code(code: &'static str, meaning: &'static str, example: &'static str) -> Code {
    Code { code, meaning, example }
}

/// The entry of a code.
pub fn find(name: &str) -> Option<&'static Code> {
    CODES.iter().find(|entry| entry.code.eq_ignore_ascii_case(name))
}

/// All codes, in their order.
#[rustfmt::skip]
pub const CODES: [Code; 103] = [
    code("V001", "There is no such file. Check the path; files of a like name are proposed.", ""),
    code("V002", "The path is a folder or a device. Name a file, or - for standard input.", ""),
    code("V003", "The system does not let the file be read: check its permissions.", ""),
    code("V004", "The file is larger than any model: a model of a thousand stages takes less than a mebibyte.", ""),
    code("V005", "The file holds nothing but comments. The smallest useful model has one stage.", "# nothing here\n"),
    code("V006", "The file holds bytes that no text has. A model is YAML text in UTF-8.", ""),
    code("V007", "The text is not UTF-8. Convert it, as with iconv.", ""),
    code("V008", "The text is not YAML: a tab that indents, a bracket or quote that is never closed, a colon in a text without quotes.", "stages:\n  lead: {next: won\n"),
    code("V009", "The model is written in a later version of the language than this program reads.", "voronka: 2\nstages: {lead: {next: won}}\n"),
    code("V010", "The file is a table, as CSV, and no model. A model is YAML; a table of values is named in it as {empirical: {file: data.csv, column: amount}}.", "date,amount\n2026-01-01,5\n"),
    code("V011", "voronka.toml is not TOML: a text without quotes, a bracket that is never closed, a key that stands twice.", ""),
    code("V012", "voronka.toml has no such setting; often a letter is wrong. The page docs/checking.md has a list.", ""),
    code("V013", "A setting in voronka.toml is of another kind than its key needs: a text for a list, say.", ""),
    code("V014", "A pattern of paths cannot be used. Patterns are written as in .gitignore: models/**/*.yaml.", ""),
    code("V015", "There is no such code, or it is that of an error: only warnings, V6 and more digits, can be ignored.", ""),
    code("V016", "A later version of this program will know the setting; this version does not. Take it out, or wait.", ""),
    code("V101", "A key stands twice in one map, so one of the two would be lost in silence. Remove or rename one.", "stages:\n  lead: {next: won}\n  lead: {next: 50%}\n"),
    code("V102", "Merge keys (<<) are not part of the language: what they take over is hard to see. Write the keys out, or use an anchor for a whole value.", "stages:\n  lead: {<<: {wait: 1d}, next: won}\n"),
    code("V103", "An alias (*name) needs an anchor (&name) before it.", "stages:\n  lead: *nowhere\n"),
    code("V104", "Tags (!name) have no meaning in a model.", "stages:\n  lead: !fast {next: won}\n"),
    code("V105", "The language has no such key here; often a letter is wrong. What is not known would be ignored, so it is refused.", "stages:\n  lead: {wiat: 1d, next: won}\n"),
    code("V106", "The language knows this key, this version cannot simulate it yet. Take it out, or wait.", "discount: 15%/year\nstages: {lead: {next: won}}\n"),
    code("V107", "A key that cannot be guessed is missing, as where the deals of a stage go.", "stages:\n  lead: {wait: 1d}\n"),
    code("V108", "A value is of another kind than its key needs: a list for a map, say.", "stages: [lead, demo]\n"),
    code("V109", "Two keys say different things about one matter. Keep one.", "stages:\n  lead: {wait: {lognormal: {mean: 2d, sd: 1d, p90: 5d}}, next: won}\n"),
    code("V110", "A variant cannot change this: it holds for the stage as a whole.", "stages:\n  lead: {next: won, variants: [{when: {visit: 2}, phase: lead}]}\n"),
    code("V111", "This cannot be a name: it is empty, a word of the language such as won, or holds control characters that could fake what is printed.", "stages:\n  won: {next: 50%}\n"),
    code("V112", "--set names a place that the model does not have.", ""),
    code("V113", "--set needs PATH=VALUE, with a value in YAML.", ""),
    code("V114", "The key stands beside the section that it belongs to, for it is not indented.", "stages:\nlead: {next: 50%}\n"),
    code("V201", "The text is no number, share, duration, rate or amount, whichever is needed. A decimal point is a point; 60 for a share gets a hint.", "stages:\n  lead: {wait: soon, next: won}\n"),
    code("V202", "There is no such date. Dates are written 2026-01-31, with a time of day where one is meant.", "start: 2026-02-30\nstages: {lead: {next: won}}\n"),
    code("V203", "The word is none of those that may stand here.", "stages:\n  lead: {phase: leed, next: won}\n"),
    code("V204", "The number is below the least that makes sense here.", "stages:\n  lead: {max_visits: 0, next: won}\n"),
    code("V205", "The list or map is empty where at least one entry is needed.", "attributes: {size: {}}\nstages: {lead: {next: won}}\n"),
    code("V206", "The second of two dates is not after the first.", "calendars: {c: {hours: \"09:00-18:00\", holidays: [{from: 2026-05-03, to: 2026-05-01}]}}\nstages: {lead: {next: won}}\n"),
    code("V207", "The data file cannot be used. Data files are CSV, lie in the model's own folder, and have the column that is named.", "value: {empirical: {file: missing.csv, column: amount}}\nstages: {lead: {next: won}}\n"),
    code("V208", "These are not hours of a day: \"09:00-18:00\", or a list of such.", "calendars: {c: {hours: \"09:00-25:00\"}}\nstages: {lead: {next: won}}\n"),
    code("V209", "A wait until a moment names a time of day, a weekday, or both: \"thu 14:00\".", "stages:\n  lead: {wait: {until: \"thursday 14:00\"}, next: won}\n"),
    code("V210", "The time zone is none of the IANA list, as Europe/Moscow.", "timezone: Europe/Moskow\nstages: {lead: {next: won}}\n"),
    code("V211", "The time is shorter than a microsecond, which the clock of a simulation cannot tell.", "horizon: 1e-9 s\nstages: {lead: {next: won}}\n"),
    code("V212", "The calendar ends with the year 9999. Start earlier, or shorten the horizon or the warm-up.", "start: 9999-12-01\nstages: {lead: {next: won}}\n"),
    code("V213", "A condition that names nothing would always hold, or never.", "stages:\n  lead: {next: won, variants: [{when: {}, next: 50%}]}\n"),
    code("V301", "The name is defined nowhere. Names are written exactly as where they are defined.", "stages:\n  lead: {next: {dmo: 30%, lost: rest}}\n  demo: {next: won}\n"),
    code("V303", "The word has a meaning in conditions and cannot name an attribute.", "attributes: {value: {high: 40%, low: rest}}\nstages: {lead: {next: won}}\n"),
    code("V311", "The branches of a stage, the values of an attribute or the parts of a mixture are shares of one whole: they sum to 100 %. Let one be rest.", "stages:\n  lead: {next: {won: 45%, lost: 45%}}\n"),
    code("V312", "Only one share of a group can be what is left.", "stages:\n  lead: {next: {demo: rest, lost: rest}}\n  demo: {next: won}\n"),
    code("V321", "There is no distribution of this name; docs/language.md lists them.", "stages:\n  lead: {wait: {lognormall: {median: 2d, p90: 5d}}, next: won}\n"),
    code("V322", "No distribution has these parameters: a mean of 0, a p90 below the median, a mode outside its limits.", "stages:\n  lead: {wait: {exponential: {mean: 0}}, next: won}\n"),
    code("V323", "Time cannot be negative; a data file holds such values.", ""),
    code("V401", "A model needs at least one stage.", "stages: {}\n"),
    code("V402", "No way leads to a sale, so there is nothing to forecast. Let a branch lead to won, or mark a stage with sale: true.", "stages:\n  lead: {next: lost}\n"),
    code("V403", "Deals that reach these stages never leave, so a run until empty would never end.", "horizon: until empty\nsources: {web: {rate: 1/day, count: 5}}\nstages:\n  lead: {next: {loop: 50%, won: rest}}\n  loop: {next: loop}\n"),
    code("V404", "A source without an end brings deals for ever, so a run until empty would never end. Give it count or until.", "horizon: until empty\nsources: {web: {rate: 1/day}}\nstages: {lead: {next: won}}\n"),
    code("V405", "The calendar has no open hour at all: work would wait for ever.", "calendars: {never: {hours: {mon: closed}}}\nroles: {seller: {people: 1, calendar: never}}\nstages: {lead: {work: {role: seller, time: 1h}, next: won}}\n"),
    code("V406", "Nobody works in this role: work would wait for ever.", "roles: {seller: {people: 0}}\nstages: {lead: {work: {role: seller, time: 1h}, next: won}}\n"),
    code("V407", "A loop takes no time and has no way out: a deal would move in it for ever at one instant, and the simulation would never end.", "stages:\n  lead: {next: {loop: 50%, won: rest}}\n  loop: {next: loop}\n"),
    code("V501", "There is no KPI of this name; voronka explain lists them.", "expect: [{kpi: win_rat, at_least: 20%}]\nstages: {lead: {next: won}}\n"),
    code("V502", "There is no statistic of this name: mean, sd, share, total, count, or a quantile such as p90.", "expect: [{kpi: sales_cycle, stat: p900, at_most: 20d}]\nstages: {lead: {next: won}}\n"),
    code("V503", "An expectation without a limit promises nothing. Add at_least, at_most or between.", "expect: [{kpi: win_rate}]\nstages: {lead: {next: won}}\n"),
    code("V504", "No number can be above the least and below the most at once.", "expect: [{kpi: win_rate, between: [60%, 20%]}]\nstages: {lead: {next: won}}\n"),
    code("V505", "No simulation can judge this: the KPI has no such figure, as a chance of a mean over deals, or a figure of a role where there are figures of stages only.", "expect: [{kpi: win_rate, per: month, at_least: 20%}]\nstages: {lead: {next: 50%}}\n"),
    code("V506", "A chance of 100 % or 0 % can never be shown by a simulation. Write 99%, say.", "expect: [{kpi: intake, at_least: 10, chance: 100%}]\nstages: {lead: {next: 50%}}\n"),
    code("V511", "The whole interval of the KPI lies outside the promised limits. Change the model, or the promise.", ""),
    code("V512", "Nothing of this kind happened in the simulation, so the promise cannot be judged.", ""),
    code("V513", "The model makes no such figure: nothing in it leads to one.", ""),
    code("V514", "A limit lies inside the interval of the KPI, so that these replications cannot tell whether the promise holds. The message estimates how many can; --allow-undecided lets it pass.", ""),
    code("V601", "No way leads to the stage.", "stages:\n  lead: {next: {won: 50%, lost: rest}}\n  demo: {next: 50%}\n"),
    code("V602", "Deals that come here never end: they stay in a loop.", "stages:\n  lead: {next: {loop: 50%, won: rest}}\n  loop: {wait: 1d, next: loop}\n"),
    code("V603", "Real deals break off at any stage; here none does. Fine where that is meant.", "stages:\n  lead: {next: {demo: 50%, lost: rest}}\n  demo: {wait: 1d, next: {lead: 50%, won: rest}}\n"),
    code("V604", "A deal comes to the stage very often in one round: perhaps a share is wrong.", "stages:\n  lead: {next: {chase: 50%, lost: rest}}\n  chase: {next: {chase: 99%, won: rest}}\n"),
    code("V605", "Two names differ by case, or by letters of different scripts that look alike. Perhaps one is meant.", "stages:\n  lead: {next: {demo: 50%, lost: {no budget: rest}}}\n  demo: {next: {won: 50%, lost: {No Budget: rest}}}\n"),
    code("V606", "A comma ended a name inside braces. Quote a name that holds a comma.", "stages:\n  lead: {next: {won: 20%, lost: {too expensive, no budget: rest}}}\n"),
    code("V607", "So long a time is rarely meant: check the unit.", "stages:\n  lead: {wait: 200 years, next: 50%}\n"),
    code("V608", "The shares rise along the funnel towards 100 %: they look like a CRM's chances to win from each stage. Here a share is the part that goes on from this stage to the next.", "stages:\n  a: {next: 10%}\n  b: {next: 25%}\n  c: {next: 50%}\n  d: {next: 75%}\n  e: {next: 90%}\n"),
    code("V609", "Many of these normal times would be negative and are drawn again, which makes the mean longer than written. A lognormal or gamma fits times better.", "stages:\n  lead: {wait: {normal: {mean: 1d, sd: 1d}}, next: 50%}\n"),
    code("V610", "A negative amount is fine for a refund, and else a slip.", "stages:\n  lead: {cost: -5, next: 50%}\n"),
    code("V611", "The deal's value is booked twice: a stage before was a sale already. End with done where nothing new is sold.", "stages:\n  order: {sale: true, next: delivery}\n  delivery: {next: {won: 90%, lost: rest}}\n"),
    code("V612", "The source brings nothing in the window: it ends before, or begins after.", "start: 2026-01-05\nsources: {old: {rate: 5/day, until: 2025-01-01}, web: {rate: 1/day}}\nstages: {lead: {next: 50%}}\n"),
    code("V613", "The model cannot produce this KPI, so nothing is promised.", "expect: [{kpi: average_deal, at_least: 100}]\nstages: {lead: {next: 50%}}\n"),
    code("V614", "No deal is lost for this reason: perhaps it is spelled otherwise in the stages.", "reasons: {prise: product}\nstages: {lead: {next: {won: 20%, lost: {price: rest}}}}\n"),
    code("V616", "Two windows of a calendar overlap: their hours count once.", "calendars: {c: {hours: {mon: [\"09:00-13:00\", \"12:00-18:00\"]}}}\nroles: {seller: {people: 1, calendar: c}}\nstages: {lead: {work: {role: seller, time: 1 min}, next: 50%}}\n"),
    code("V617", "Nobody ever asks for this role.", "roles: {seller: {people: 1}}\nstages: {lead: {next: 50%}}\n"),
    code("V618", "More work is asked of the role than it has time for: its queue grows as long as deals come. Add people, or take away work.", "roles: {seller: {people: 1}}\nsources: {web: {rate: 100/week}}\nstages: {lead: {work: {role: seller, time: 1h}, next: 50%}}\n"),
    code("V619", "Work of 24 hours is three days of a person: perhaps a working day is meant.", "roles: {seller: {people: 9}}\nsources: {web: {rate: 1/week}}\nstages: {lead: {work: {role: seller, time: 1d}, next: 50%}}\n"),
    code("V621", "The model has no expect, so check --simulate has nothing to judge.", ""),
    code("V622", "Other reasons have a class and this one has none: perhaps it is spelled otherwise under reasons.", "reasons: {price: product}\nstages: {lead: {next: {won: 20%, lost: {price: 50%, priec: rest}}}}\n"),
    code("V623", "A stage sets an attribute that no condition asks for, and there is one of nearly the same name.", "attributes: {data: {good: 80%, bad: rest}}\nstages:\n  lead: {set: {adta: good}, next: 50%, variants: [{when: {data: bad}, next: 10%}]}\n"),
    code("V624", "A value of an attribute stands in one place only, and elsewhere there is one of nearly the same name.", "attributes: {data: {complete: 80%, incompleet: rest}}\nstages:\n  lead: {set: {data: {incomplete: 10%, complete: rest}}, next: 50%}\n"),
    code("V625", "The calendar never opens in the window, so work would wait until after its end.", "calendars: {c: {hours: \"09:00-18:00\", holidays: [{from: 2020-01-01, to: 2030-01-01}]}}\nroles: {seller: {people: 1, calendar: c}}\nstages: {lead: {work: {role: seller, time: 1 min}, next: 50%}}\n"),
    code("V626", "Deals of the source enter at or behind a sale, and yet their first sale counts as that of a new client.", "sources: {new: {rate: 1/day}, base: {rate: 1/day, enters: renewal}}\nstages:\n  lead: {next: {renewal: 50%, lost: rest}}\n  renewal: {sale: true, wait: 9d, next: {renewal: 50%, done: rest}}\n"),
    code("V627", "The zone has the same distance from UTC all year, also where the clocks of people change. A place, as America/New_York, knows summer time.", "timezone: EST\nstages: {lead: {next: 50%}}\n"),
    code("V628", "The variant gives nothing that differs; where it matches, later variants do not count either.", "stages:\n  lead: {next: 50%, variants: [{when: {visit: 2}}]}\n"),
    code("V629", "The first case that holds counts, and a case before this one always holds.", "value: [{amount: 5}, {when: {visit: 2}, amount: 9}]\nstages: {lead: {next: 50%}}\n"),
    code("V632", "The first variant or case that holds counts, and those before this one take every deal that it could match. Put the narrower condition first.", "attributes: {size: {small: 80%, large: rest}}\nstages:\n  lead: {next: 50%, variants: [{when: {size: [small, large]}, next: 20%}, {when: {size: large}, next: 10%}]}\n"),
    code("V633", "No deal can meet this test: the visit is beyond the limit, the date outside the window, or the attribute has no such value at this stage.", "stages:\n  lead: {next: 50%, variants: [{when: {visit: 2}, next: 10%}]}\n"),
    code("V634", "No case of value holds for some deals, so their value is 0. A last case without when holds for all others.", "attributes: {size: {small: 80%, large: rest}}\nvalue: [{when: {size: small}, amount: 5}]\nstages: {lead: {next: 50%}}\n"),
    code("V635", "Deals with this value of the attribute go round in a loop or to a loss, and none can be won, although no variant ends them on purpose.", "attributes: {size: {small: 80%, large: rest}}\nstages:\n  lead:\n    next: {won: 50%, lost: rest}\n    variants: [{when: {size: large}, wait: 1d, next: {lead: 50%, lost: rest}}]\n"),
    code("V636", "A deal that has used up its visits, or does not want to wait longer, comes back to the same stage. Let it go elsewhere.", "roles: {seller: {people: 1}}\nsources: {web: {rate: 1/week}}\nstages:\n  lead: {work: {role: seller, time: 1h}, patience: {time: 3d, next: lead}, next: 50%}\n"),
    code("V691", "An ignore hides nothing: the warning is gone, or stands in another line. Remove it, so that it cannot hide a new warning.", ""),
    code("V692", "An error cannot be ignored: a model with errors cannot be run. Mend the error.", ""),
    code("V693", "No code is or begins as the one that is to be ignored.", ""),
    code("V694", "A comment speaks to the checker, and it is not understood. It is written # voronka: ignore V619, and a reason may follow.", ""),
];
