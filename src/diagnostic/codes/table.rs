//! All codes, with what they mean and examples.

use super::{Code, code};

/// The codes up to V650, in their order.
#[rustfmt::skip]
pub(super) const FIRST: [Code; 129] = [
    code("V001", "There is no such file. Check the path; files with similar names are proposed.",
        "A forecast of the wrong file looks as good as one of the right file, so nothing is guessed."),
    code("V002", "The path is a folder or a device. Name a file, or - for standard input.",
        "A sales process is one file that can be sent, compared and reviewed."),
    code("V003", "The system does not let the file be read: check its permissions.",
        "A check that skips a file would call a funnel sound that nobody has read."),
    code("V004", "The file is larger than any model: a model of a thousand stages takes less than a mebibyte.",
        "Only exports of a CRM are this large. A model is their summary."),
    code("V005", "The file contains nothing but comments. The smallest useful model has one stage.",
        "A report on an empty process would show zero sales, which looks like a result.")
        .shown("# nothing here\n", "# nothing here\n", "stages: {lead: {next: 50%}}\n"),
    code("V006", "The file contains bytes that do not occur in text. A model is YAML text in UTF-8.",
        "A spreadsheet or a picture of the funnel cannot be read; its figures must be written as text."),
    code("V007", "The text is not UTF-8. Convert it, for example with iconv.",
        "Names of stages and loss reasons would be printed as rubbish in every report."),
    code("V008", "The text is not YAML: a tab that indents, a bracket or quote that is never closed, a colon in a text without quotes.",
        "A stage that is read in the wrong place would send deals where they never go.")
        .shown("stages:\n  lead: {next: won\n", "next: won\n", "next: won}\n"),
    code("V009", "The model is written in a later version of the language than this program reads.",
        "An older program would leave out the rules that it does not know, and the forecast would be that of another process.")
        .shown("voronka: 2\nstages: {lead: {next: won}}\n", "voronka: 2", "voronka: 1"),
    code("V010", "The file is a table, such as CSV, and not a model. A model is YAML; it names a table of values with {empirical: {file: data.csv, column: amount}}.",
        "A table says what happened to deals, but not by which rules they move.")
        .shown("date,amount\n2026-01-01,5\n", "date,amount\n2026-01-01,5\n", "value: 5\nstages: {lead: {next: 50%}}\n"),
    code("V011", "voronka.toml is not TOML: a text has no quotes, a bracket is never closed, or a key stands twice.",
        "If the settings are not read, a check may pass what the team has agreed to stop."),
    code("V012", "voronka.toml has no such setting; often a letter is wrong. The page docs/checking.md has a list.",
        "A misspelt strict lets warnings about the funnel pass unseen."),
    code("V013", "A setting in voronka.toml is of another kind than its key needs, such as a text instead of a list.",
        "If a setting is understood in another way than it was meant, other models are checked than the team expects."),
    code("V014", "A pattern of paths cannot be used. Patterns are written as in .gitignore: models/**/*.yaml.",
        "A pattern that matches nothing leaves the models of a whole department unchecked."),
    code("V015", "There is no such code, or it is that of an error: only warnings, V6 and more digits, can be ignored.",
        "The team would believe that a warning is switched off or on, although it is not."),
    code("V101", "A key stands twice in one map, so one of the two would be lost without a message. Remove or rename one.",
        "The deals of the lost key are then missing from the forecast, and nobody sees why.")
        .shown("stages:\n  lead: {next: 40%}\n  lead: {next: 50%}\n", "  lead: {next: 50%}\n", "  demo: {next: 50%}\n"),
    code("V102", "Merge keys (<<) are not part of the language, because it is hard to see what they add. Write the keys out, or use an anchor for a whole value.",
        "Whoever reviews a stage must see its costs and times where it stands.")
        .shown("stages:\n  lead: {<<: {wait: 1d}, next: 50%}\n", "<<: {wait: 1d}", "wait: 1d"),
    code("V103", "An alias (*name) needs an anchor (&name) before it.",
        "Two stages that should have the same time would not have it.")
        .shown("stages:\n  lead: *nowhere\n", "*nowhere", "{next: won}"),
    code("V104", "Tags (!name) have no meaning in a model.",
        "A mark without a meaning may look to a colleague like a rule of the process.")
        .shown("stages:\n  lead: !fast {next: won}\n", "!fast ", ""),
    code("V105", "The language has no such key here; often a letter is wrong. An unknown key would have no effect, so it is refused.",
        "A waiting time under a misspelt key would be left out, and deals would close too early.")
        .shown("stages:\n  lead: {wiat: 1d, next: 50%}\n", "wiat", "wait"),
    code("V106", "The language knows this key, but this version cannot simulate it yet. Remove it, or wait for a later version.",
        "People who sell all day in the model, but only half of the day in life, seem able to do twice the work.")
        .shown("roles: {seller: {people: 3, selling_time: 60%}}\nstages: {lead: {work: {role: seller, time: 1h}, next: 50%}}\n", ", selling_time: 60%", ""),
    code("V107", "A key is missing whose value cannot be guessed, such as where the deals of a stage go.",
        "Without a way out of a stage its deals have no result, and no win rate is known.")
        .shown("stages:\n  lead: {wait: 1d}\n", "{wait: 1d}", "{wait: 1d, next: 50%}"),
    code("V108", "A value is of another kind than its key needs, such as a list instead of a map, or it is written in the form of another tool.",
        "A list of stages has no times and no shares, so no deal can move through it.")
        .shown("stages: [lead, demo]\n", "[lead, demo]", "{lead: {next: 50%}, demo: {next: 50%}}"),
    code("V109", "Two keys say different things about the same matter. Keep one of them.",
        "The two keys give different sales cycles, and the program must not choose one.")
        .shown("stages:\n  lead: {wait: {lognormal: {mean: 2d, sd: 1d, p90: 5d}}, next: 50%}\n", "sd: 1d, p90: 5d", "sd: 1d"),
    code("V110", "A variant cannot change this key: it belongs to the stage as a whole.",
        "The phase decides in which part of the funnel a deal is counted, so it cannot change from deal to deal.")
        .shown("stages:\n  lead: {next: 40%, variants: [{when: {source: leads}, phase: lead}]}\n", "phase: lead}]", "next: 50%}]"),
    code("V111", "This cannot be a name: it is empty, it is a word of the language such as won, or it contains control characters that could fake printed output.",
        "In the tables, a stage that is called won could not be told from won deals.")
        .shown("stages:\n  won: {next: 50%}\n", "  won: {next", "  offer: {next"),
    code("V112", "--set, a scenario or a model that extends another one names a place that is not there.",
        "A what-if that changes nothing would suggest that the measure has no effect."),
    code("V113", "--set needs PATH=VALUE, with a value in YAML.",
        "A what-if needs the value to try."),
    code("V114", "The key stands beside the section that it belongs to, because it is not indented.",
        "The stage would not belong to the funnel, and its deals would be missing.")
        .shown("stages:\nlead: {next: 50%}\n", "stages:\nlead:", "stages:\n  lead:"),
    code("V115", "A model extends another one that cannot be used: there is no such file, its path leads out of the folder, or models extend each other in a circle.",
        "Without the other model, a scenario could be compared with nothing.")
        .shown("extends: nowhere.yaml\nstages: {lead: {next: 50%}}\n", "extends: nowhere.yaml\n", ""),
    code("V116", "A relative value, such as *1.2 or +2, changes a value of the base. The base has no such value, or it is not a number with the same unit.",
        "The scenario would be the same as today's process, and the comparison would show no effect."),
    code("V117", "There is no scenario of this name in the model.",
        "The figures of the wrong scenario would go into the plan."),
    code("V118", "A scenario changes what happens in the process. It cannot extend another model or hold scenarios of its own.",
        "Whoever reads the scenario should see the whole change in one place.")
        .shown("scenarios: {to-be: {extends: a.yaml}}\nstages: {lead: {next: 50%}}\n", "extends: a.yaml", "description: to be"),
    code("V119", "A condition outside of stages asks something that is known only in a visit to a stage: whether the prescribed process is followed in it.",
        "The value of a deal cannot depend on a visit that has not happened yet.")
        .shown("rollout: {start: 2024-02-01, duration: 100 days, from: 20%, to: 95%}\nvalue: [{when: {followed: true}, amount: 900}, {amount: 500}]\nstages:\n  lead: {next: 50%, variants: [{when: {followed: false}, next: 40%}]}\n", "{when: {followed: true}, amount: 900}, {amount: 500}", "{amount: 500}"),
    code("V201", "The text is not what is needed here: a number, share, duration, rate or amount. The decimal sign is a point. If 60 stands for a share, the message says how to write it.",
        "A guessed time or share would change the forecast of revenue, and nobody would notice.")
        .shown("stages:\n  lead: {wait: soon, next: 50%}\n", "wait: soon", "wait: 2d"),
    code("V202", "There is no such date. Dates are written 2026-01-31, followed by a time of day if one is meant.",
        "The date decides which months, seasons and holidays the plan covers.")
        .shown("start: 2026-02-30\nstages: {lead: {next: won}}\n", "2026-02-30", "2026-02-28"),
    code("V203", "The word is not one of those that are allowed here.",
        "A stage in an unknown phase would be missing from the figures of its phase.")
        .shown("stages:\n  lead: {phase: leed, next: won}\n", "leed", "lead"),
    code("V204", "The number is smaller than any that makes sense here.",
        "No deal could visit the stage, so the funnel would end before it.")
        .shown("stages:\n  lead: {wait: 1d, max_visits: 0, next: {won: 50%, lead: 20%, lost: rest}}\n", "max_visits: 0", "max_visits: 2"),
    code("V205", "The list or map is empty where at least one entry is needed.",
        "Deals could not be told apart by an attribute that has no values.")
        .shown("attributes: {size: {}}\nstages: {lead: {next: won}}\n", "size: {}", "size: {small: 80%, large: rest}"),
    code("V206", "The second of two dates is not after the first.",
        "A holiday that ends before it begins closes no day, so the office works on it.")
        .shown("start: 2026-01-05\ncalendars: {c: {hours: \"09:00-18:00\", holidays: [{from: 2026-05-03, to: 2026-05-01}]}}\nstages: {lead: {next: 50%}}\n", "from: 2026-05-03, to: 2026-05-01", "from: 2026-05-01, to: 2026-05-03"),
    code("V207", "The data file cannot be used. Data files are CSV, lie in the model's own folder, and have the column that is named.",
        "The amounts of past deals are the best basis of a forecast, and none may be lost.")
        .shown("value: {empirical: {file: missing.csv, column: amount}}\nstages: {lead: {next: won}}\n", "{file: missing.csv, column: amount}", "{values: [100, 250, 900]}"),
    code("V208", "These are not hours of a day. Write \"09:00-18:00\" or a list of such hours.",
        "Hours decide how long a client waits for an answer.")
        .shown("calendars: {c: {hours: \"09:00-25:00\"}}\nstages: {lead: {next: won}}\n", "09:00-25:00", "09:00-18:00"),
    code("V209", "A wait until a moment names a time of day, a weekday, or both: \"thu 14:00\".",
        "A meeting on the wrong day shifts everything that follows it.")
        .shown("stages:\n  lead: {wait: {until: \"thursday 14:00\"}, next: 50%}\n", "thursday 14:00", "thu 14:00"),
    code("V210", "The time zone is not in the IANA list. A name in it is Europe/Moscow.",
        "Sellers and clients in different zones meet only in the hours that they share.")
        .shown("timezone: Europe/Moskow\nstages: {lead: {next: won}}\n", "Europe/Moskow", "Europe/Moscow"),
    code("V211", "The time is shorter than a microsecond, which the clock of a simulation cannot tell.",
        "Nothing in sales happens so fast: the unit is wrong.")
        .shown("horizon: 1e-9 s\nstages: {lead: {next: won}}\n", "1e-9 s", "3 months"),
    code("V212", "The calendar ends with the year 9999. Start earlier, or shorten the horizon or the warm-up.",
        "A plan needs dates that a calendar has.")
        .shown("start: 9999-12-01\nstages: {lead: {next: won}}\n", "9999-12-01", "2026-12-01"),
    code("V213", "An empty condition would always hold, or never.",
        "A rule for some deals that applies to all of them changes the whole funnel.")
        .shown("stages:\n  lead: {next: 40%, variants: [{when: {}, next: 50%}]}\n", "when: {}", "when: {source: leads}, wait: 1d"),
    code("V214", "The number is larger than any that makes sense here.",
        "More clients than any department has would only fill the memory, without better figures.")
        .shown("sources: {base: {at_start: 5000000}}\nstages: {lead: {wait: 5d, next: 50%}}\n", "5000000", "5000"),
    code("V301", "The name is not defined anywhere. Names must be written exactly as in their definition.",
        "Deals would be sent to a stage that does not exist, and would vanish from the funnel.")
        .shown("stages:\n  lead: {next: {dmo: 30%, lost: rest}}\n  demo: {next: won}\n", "dmo", "demo"),
    code("V303", "The word has a meaning in conditions and cannot name an attribute.",
        "A condition on value could mean the amount of the deal or the attribute, and the two select different deals.")
        .shown("attributes: {value: {high: 40%, low: rest}}\nstages: {lead: {next: won}}\n", "attributes: {value:", "attributes: {grade:"),
    code("V311", "The branches of a stage, the values of an attribute or the parts of a mixture are shares of one whole: they sum to 100 %. Replace one of them with `rest`.",
        "If the shares sum to 90 %, every tenth deal has no result, so the win rate means nothing.")
        .shown("stages:\n  lead: {next: {won: 45%, lost: 45%}}\n", "lost: 45%", "lost: rest"),
    code("V312", "Only one share of a group can be `rest`.",
        "Nobody could say how the remaining deals are divided.")
        .shown("stages:\n  lead: {next: {demo: rest, lost: rest}}\n  demo: {next: won}\n", "demo: rest, lost", "demo: 30%, lost"),
    code("V313", "Only one share of a group can vary. The others divide what it leaves, in proportion.",
        "With two varying shares, nobody could say what is left for the other branches.")
        .shown("stages:\n  lead:\n    next:\n      demo: {share: {beta: {mean: 30%, sd: 5%}}, per: run}\n      lost: {share: {beta: {mean: 70%, sd: 5%}}, per: run}\n  demo: {next: won}\n", "lost: {share: {beta: {mean: 70%, sd: 5%}}, per: run}", "lost: rest"),
    code("V321", "There is no distribution of this name; docs/language.md lists them.",
        "The shape of a waiting time decides how many deals close before the end of the month.")
        .shown("stages:\n  lead: {wait: {lognormall: {median: 2d, p90: 5d}}, next: 50%}\n", "lognormall", "lognormal"),
    code("V322", "No distribution has these parameters: a mean of 0, a p90 below the median, a mode outside its limits.",
        "An impossible time gives no sales cycle.")
        .shown("stages:\n  lead: {wait: {exponential: {mean: 0}}, next: 50%}\n", "mean: 0", "mean: 2d"),
    code("V323", "Time cannot be negative, but a data file contains such values.",
        "If deals of an export end before they start, its dates are exchanged."),
    code("V341", "Each case of terms has a condition, so a sale that fits none would have no margin and no payment. End the list with a case without `when`.",
        "Sales without terms are missing from the cash plan, and nobody sees why it is too low.")
        .shown("value: 5\nterms: [{when: {source: leads}, margin: 20%}]\nstages: {lead: {next: won}}\n", "[{when: {source: leads}, margin: 20%}]", "{margin: 20%}"),
    code("V342", "Either every case of terms has a margin or none has: the profit of only some sales is not the profit.",
        "The profit would count the cost of all sales but the margin of only some.")
        .shown("value: 5\nterms: [{when: {source: leads}, margin: 20%}, {commission: 3%}]\nstages: {lead: {next: won}}\n", "{commission: 3%}", "{margin: 10%}"),
    code("V343", "A commission of the margin needs a margin in the same case.",
        "Sellers would be paid by a figure that the model does not have.")
        .shown("value: 5\nterms: {commission: {share: 10%, of: margin}}\nstages: {lead: {next: won}}\n", "of: margin}", "of: amount}"),
    code("V344", "A part that a stage waits for must be paid; otherwise the deal would wait for ever.",
        "Orders that wait for ever look like work in progress, but they are lost.")
        .shown("value: 5\nterms: {payment: {before: made, unpaid: 5%}}\nstages:\n  sold: {sale: true, next: made}\n  made: {next: done}\n", ", unpaid: 5%", ""),
    code("V345", "A cost in percent is a share of the deal's value, and the deals of this model have none. Give the model a `value`, or the cost as an amount.",
        "A share of nothing is no cost, so the stage would look free.")
        .shown("stages: {lead: {cost: 5%, next: won}}\n", "cost: 5%", "cost: 5"),
    code("V346", "Terms say what is paid for sales. The sales of this model have no amount: give it a `value`, or a stage `sale: {amount: …}`.",
        "A cash plan needs the amounts of the sales.")
        .shown("terms: {margin: 20%}\nstages: {lead: {next: won}}\n", "terms: {margin: 20%}\n", "value: 100\nterms: {margin: 20%}\n"),
    code("V347", "A credit limit bounds what a client owes. Here everything is paid in advance, so nobody owes anything: say in `payment` what is paid later, or remove the limit.",
        "A limit that nobody can reach only looks like a rule.")
        .shown("value: 5\nterms: {credit_limit: 100}\nstages: {lead: {next: won}}\n", "{credit_limit: 100}", "{credit_limit: 100, payment: {after: 30d}}"),
    code("V401", "A model needs at least one stage.",
        "Without stages there is no funnel to forecast.")
        .shown("stages: {}\n", "stages: {}", "stages: {lead: {next: 50%}}"),
    code("V402", "No path leads to a sale, so there is nothing to forecast. Let a branch lead to won, or mark a stage with sale: true.",
        "A process that never sells has no revenue, whatever else it costs.")
        .shown("stages:\n  lead: {next: lost}\n", "next: lost", "next: {won: 30%, lost: rest}"),
    code("V403", "Deals that reach these stages never leave, so a run until empty would never end.",
        "Deals that stay open for ever tie up sellers and are never counted as lost.")
        .shown("horizon: until empty\nsources: {web: {rate: 1/day, count: 5}}\nstages:\n  lead: {next: {loop: 50%, won: rest}}\n  loop: {next: loop}\n", "loop: {next: loop}", "loop: {wait: 1d, next: {loop: 50%, lost: rest}}"),
    code("V404", "A source without an end brings deals for ever, so a run until empty would never end. Give it count or until.",
        "A campaign that has no end cannot be followed until its last deal.")
        .shown("horizon: until empty\nsources: {web: {rate: 1/day}}\nstages: {lead: {next: won}}\n", "rate: 1/day", "rate: 1/day, count: 50"),
    code("V405", "The calendar has no open hour at all: work would wait for ever.",
        "Deals that wait for people who never work are never answered.")
        .shown("calendars: {never: {hours: {mon: closed}}}\nroles: {seller: {people: 1, calendar: never}}\nstages: {lead: {work: {role: seller, time: 10 min}, next: 50%}}\n", "{mon: closed}", "{mon-fri: \"09:00-18:00\"}"),
    code("V406", "Nobody works in this role: work would wait for ever.",
        "Deals would pile up in front of a role that has nobody.")
        .shown("roles: {seller: {people: 0}}\nstages: {lead: {work: {role: seller, time: 10 min}, next: 50%}}\n", "people: 0", "people: 2"),
    code("V407", "A loop takes no time and has no exit: a deal would move in it for ever at one instant, and the simulation would never end.",
        "No real deal is sent back and forth at one instant: a waiting time is missing.")
        .shown("stages:\n  lead: {next: {loop: 50%, won: rest}}\n  loop: {next: loop}\n", "loop: {next: loop}", "loop: {wait: 1d, next: {lead: 40%, won: 40%, lost: rest}}"),
    code("V408", "Deals that a source has at the start are in the middle of a wait, and the rest of the wait is drawn. So the stage that the source enters must begin, in each of its variants, with a wait in elapsed time. For a queue, nobody knows where in it a deal stands.",
        "Clients who are there when the year begins come back one by one, not all at once.")
        .shown("roles: {seller: {people: 1}}\nsources: {base: {at_start: 30}}\nstages: {lead: {steps: [{role: seller, time: 10 min}, {wait: 5d}], next: 50%}}\n", "[{role: seller, time: 10 min}, {wait: 5d}]", "[{wait: 5d}, {role: seller, time: 10 min}]"),
    code("V409", "The briefings of a roll-out take working time of people, but this role has no number of people.",
        "An introduction that costs nobody an hour looks cheaper than it is.")
        .shown("roles: {seller: {people: unlimited}}\nrollout: {start: 2024-02-01, duration: 100 days, from: 20%, to: 95%, work: {role: seller, time: 2h, every: week}}\nstages:\n  lead: {work: {role: seller, time: 1h}, next: 50%, variants: [{when: {followed: false}, next: 40%}]}\n", "people: unlimited", "people: 30"),
    code("V501", "There is no KPI of this name; voronka explain lists them.",
        "A promise about a figure that does not exist could never be broken.")
        .shown("expect: [{kpi: win_rat, at_least: 20%}]\nstages: {lead: {next: won}}\n", "win_rat,", "win_rate,"),
    code("V502", "There is no statistic of this name: mean, sd, share, total, count, or a quantile such as p90.",
        "A mean and a p90 of the sales cycle differ by weeks, so the promise must say which is meant.")
        .shown("expect: [{kpi: sales_cycle, stat: p900, at_most: 20d}]\nstages: {lead: {next: won}}\n", "p900", "p90"),
    code("V503", "An expectation without a limit promises nothing. Add at_least, at_most or between.",
        "A goal without a number cannot be missed.")
        .shown("expect: [{kpi: win_rate}]\nstages: {lead: {next: won}}\n", "{kpi: win_rate}", "{kpi: win_rate, at_least: 20%}"),
    code("V504", "No number can be above the lower limit and below the upper one: the lower limit is the greater.",
        "A goal that nothing can meet would stop every change of the process.")
        .shown("expect: [{kpi: win_rate, between: [60%, 20%]}]\nstages: {lead: {next: 50%}}\n", "[60%, 20%]", "[20%, 60%]"),
    code("V505", "No simulation can judge this, because the KPI has no such figure. Examples are the chance of a mean over deals, or a figure of a role where there are only figures of stages.",
        "A promise must be about something that can also be measured in the business.")
        .shown("expect: [{kpi: win_rate, per: month, at_least: 20%}]\nstages: {lead: {next: 50%}}\n", "per: month, ", ""),
    code("V506", "A simulation can never show a chance of 100 % or 0 %. Write 99%, for example.",
        "No plan is certain: whoever needs certainty must say how much of it.")
        .shown("expect: [{kpi: intake, at_least: 10, chance: 100%}]\nstages: {lead: {next: 50%}}\n", "100%", "99%"),
    code("V511", "The whole interval of the KPI lies outside the promised limits. Change the model, or the promise.",
        "The process as modelled does not reach what was promised to clients or to the board."),
    code("V512", "Nothing of this kind happened in the simulation, so the promise cannot be judged.",
        "A promise about deals that never come says nothing about the process."),
    code("V513", "The model cannot produce this figure: nothing in it leads to one.",
        "The promise would look kept, although nobody has measured anything."),
    code("V514", "A limit lies inside the interval of the KPI, so these replications cannot tell whether the promise holds. The message estimates how many replications can. --allow-undecided lets it pass.",
        "Approving a plan on too few replications means deciding by chance."),
    code("V601", "No path leads to the stage.",
        "The work and revenue that were planned for the stage never happen.")
        .shown("stages:\n  lead: {next: {won: 50%, lost: rest}}\n  demo: {next: 50%}\n", "won: 50%, lost", "demo: 50%, lost"),
    code("V602", "Deals that come here never end: they stay in a loop.",
        "Such deals stay in the pipeline for ever and make it look fuller than it is.")
        .shown("stages:\n  lead: {next: {loop: 50%, won: rest}}\n  loop: {wait: 1d, next: loop}\n", "next: loop}", "next: {loop: 80%, lost: rest}}"),
    code("V603", "Real deals break off wherever the client decides, but at this stage none does. This is fine if it is meant.",
        "A stage without losses makes the win rate look better than any team reaches.")
        .shown("stages:\n  lead: {next: {demo: 50%, lost: rest}}\n  demo: {wait: 1d, next: {lead: 50%, won: rest}}\n", "lead: 50%, won: rest", "lead: 40%, won: 40%, lost: rest"),
    code("V604", "A deal comes to the stage very often in one round: perhaps a share is wrong.",
        "A hundred reminders to one client cost more than the deal brings.")
        .shown("stages:\n  lead: {next: {chase: 50%, lost: rest}}\n  chase: {next: {chase: 99%, won: rest}}\n", "chase: 99%, won", "chase: 40%, won"),
    code("V605", "Two names differ by case, or by letters of different scripts that look alike; or two loss reasons by one letter. Perhaps one is meant.",
        "Losses for one reason are counted under two names, so the main reason looks small.")
        .shown("stages:\n  lead: {next: {demo: 50%, lost: {no budget: rest}}}\n  demo: {next: {won: 50%, lost: {No Budget: rest}}}\n", "No Budget", "no budget"),
    code("V606", "A comma ended a name inside braces. Quote a name that contains a comma.",
        "The reason is cut in two, and neither part is what the client said.")
        .shown("stages:\n  lead: {next: {won: 20%, lost: {too expensive, no budget: rest}}}\n", "too expensive, no budget: rest", "\"too expensive, no budget\": rest"),
    code("V607", "Such a long time is rarely meant: check the unit.",
        "No client waits for years: one such time stops the whole stage.")
        .shown("stages:\n  lead: {wait: 200 years, next: 50%}\n", "200 years", "20 days"),
    code("V608", "The shares rise along the funnel towards 100 %: they look like a CRM's chances to win from each stage. Here a share is the part that goes on from this stage to the next.",
        "If the chances of a CRM are read as shares of each stage, they multiply to almost no sales.")
        .shown("stages:\n  a: {next: 10%}\n  b: {next: 25%}\n  c: {next: 50%}\n  d: {next: 75%}\n  e: {next: 90%}\n", "stages:\n  a: {next: 10%}\n  b: {next: 25%}\n  c: {next: 50%}\n  d: {next: 75%}\n  e: {next: 90%}\n", "stages:\n  a: {next: 60%}\n  b: {next: 40%}\n  c: {next: 50%}\n  d: {next: 45%}\n  e: {next: 80%}\n"),
    code("V609", "Many of these normal times would be negative and are drawn again, which makes the mean longer than written. A lognormal or gamma fits times better.",
        "The mean time of the stage is then longer than the one that was measured.")
        .shown("stages:\n  lead: {wait: {normal: {mean: 1d, sd: 1d}}, next: 50%}\n", "{normal: {mean: 1d, sd: 1d}}", "{gamma: {mean: 1d, sd: 1d}}"),
    code("V610", "A negative amount is fine for a refund; otherwise it is a slip.",
        "A cost with the wrong sign adds to the profit.")
        .shown("stages:\n  lead: {cost: -5, next: 50%}\n", "cost: -5", "cost: 5"),
    code("V611", "The deal's value is booked twice, because an earlier stage is already a sale. End with done if nothing new is sold.",
        "Revenue doubles on paper, and the plan that rests on it fails.")
        .shown("stages:\n  order: {sale: true, next: delivery}\n  delivery: {next: {won: 90%, lost: rest}}\n", "{won: 90%, lost: rest}", "{done: 90%, lost: rest}"),
    code("V612", "The source brings nothing in the window: it ends before it or begins after it.",
        "If a channel brings nothing, the plan of leads is too low.")
        .shown("start: 2026-01-05\nsources: {old: {rate: 5/day, until: 2025-01-01}, web: {rate: 1/day}}\nstages: {lead: {next: 50%}}\n", "old: {rate: 5/day, until: 2025-01-01}", "old: {rate: 5/day, until: 2026-06-01}"),
    code("V613", "The model cannot produce this KPI, so nothing is promised.",
        "A goal for the deal value needs deal values in the model.")
        .shown("expect: [{kpi: average_deal, at_least: 400}]\nstages: {lead: {next: 50%}}\n", "stages:", "value: {lognormal: {median: 500, p90: 900}}\nstages:"),
    code("V614", "No deal is lost for this reason. Perhaps it is spelled differently in the stages.",
        "The class of the reason is not applied, and losses are shown under the wrong department.")
        .shown("reasons: {prise: product}\nstages: {lead: {next: {won: 20%, lost: {price: rest}}}}\n", "prise:", "price:"),
    code("V616", "Two windows of a calendar overlap: their hours count once.",
        "The office has fewer hours than the sum of its windows, so people are busier than planned.")
        .shown("calendars: {c: {hours: {mon: [\"09:00-13:00\", \"12:00-18:00\"]}}}\nroles: {seller: {people: 1, calendar: c}}\nstages: {lead: {work: {role: seller, time: 1 min}, next: 50%}}\n", "12:00-18:00", "14:00-18:00"),
    code("V617", "No stage uses this role.",
        "Salaries without work raise the cost of each sale, or work is missing in a stage.")
        .shown("roles: {seller: {people: 1}}\nstages: {lead: {next: 50%}}\n", "{lead: {next", "{lead: {work: {role: seller, time: 5 min}, next"),
    code("V618", "The role has more work than time: its queue grows as long as deals arrive. Add people, or reduce the work.",
        "Clients wait longer every week, and in reality they go to somebody else.")
        .shown("roles: {seller: {people: 1}}\nsources: {web: {rate: 100/week}}\nstages: {lead: {work: {role: seller, time: 1h}, next: 50%}}\n", "people: 1", "people: 4"),
    code("V619", "24 hours of work are three days of a person. Perhaps a working day is meant.",
        "People seem three times as busy as they are, and too many are hired.")
        .shown("roles: {seller: {people: 9}}\nsources: {web: {rate: 1/week}}\nstages: {lead: {work: {role: seller, time: 1d}, next: 50%}}\n", "time: 1d", "time: 1 working day"),
    code("V621", "The model has no expect, so check --simulate has nothing to judge.",
        "A check without a goal cannot stop a change that harms sales."),
    code("V622", "Other reasons have a class but this one has none. Perhaps it is spelled differently under reasons.",
        "Losses without a class are missing from the list of what the department can improve.")
        .shown("reasons: {price: product}\nstages: {lead: {next: {won: 20%, lost: {price: 50%, priec: rest}}}}\n", "price: 50%, priec: rest", "price: rest"),
    code("V623", "A stage sets an attribute that no condition asks for, and there is one of nearly the same name.",
        "The rule that asks for the attribute never sees what the stage has learnt about the client.")
        .shown("attributes: {data: {good: 80%, bad: rest}}\nstages:\n  lead: {set: {adta: good}, next: 50%, variants: [{when: {data: bad}, next: 10%}]}\n", "adta", "data"),
    code("V624", "A value of an attribute stands in one place only, and elsewhere there is a value of nearly the same name.",
        "Deals with the misspelt value are treated by no rule and counted in a group of their own.")
        .shown("attributes: {data: {complete: 80%, incompleet: rest}}\nstages:\n  lead: {set: {data: {incomplete: 10%, complete: rest}}, next: 50%}\n", "incompleet", "incomplete"),
    code("V625", "The calendar never opens in the window, so work would wait until after its end.",
        "Not one client is answered in the whole period of the plan.")
        .shown("calendars: {c: {hours: \"09:00-18:00\", holidays: [{from: 2020-01-01, to: 2030-01-01}]}}\nroles: {seller: {people: 1, calendar: c}}\nstages: {lead: {work: {role: seller, time: 1 min}, next: 50%}}\n", "{from: 2020-01-01, to: 2030-01-01}", "{from: 2024-01-01, to: 2024-01-08}"),
    code("V626", "Deals of the source enter at or after a sale, but their first sale counts as that of a new client.",
        "Renewals of old clients are reported as new business, which flatters the funnel.")
        .shown("sources: {new: {rate: 1/day}, base: {rate: 1/day, enters: renewal}}\nstages:\n  lead: {next: {renewal: 50%, lost: rest}}\n  renewal: {sale: true, wait: 9d, next: {renewal: 50%, done: rest}}\n", "enters: renewal", "enters: lead"),
    code("V627", "The zone has the same offset from UTC all year, even where people change their clocks. The name of a place, such as America/New_York, includes summer time.",
        "In summer, calls come an hour off the hours of the office.")
        .shown("timezone: EST\nstages: {lead: {next: 50%}}\n", "EST", "America/New_York"),
    code("V628", "The variant changes nothing. Where it matches, later variants do not count either.",
        "A rule for second visits was planned but never written.")
        .shown("stages:\n  lead: {next: 50%, variants: [{when: {source: leads}}]}\n", "{when: {source: leads}}", "{when: {source: leads}, next: 30%}"),
    code("V629", "The first case that holds counts, and a case before this one always holds.",
        "Large deals would get the value of small ones.")
        .shown("value: [{amount: 5}, {when: {visit: 2}, amount: 9}]\nstages: {lead: {next: 50%}}\n", "[{amount: 5}, {when: {visit: 2}, amount: 9}]", "[{when: {source: leads}, amount: 9}, {amount: 5}]"),
    code("V630", "A KPI of the model became worse than in the version that `--against` or `--against-git` names, beyond what chance explains: both versions were simulated with the same random numbers. Change the model, or ignore the code where the change is meant.",
        "A change that costs sales is found before it is rolled out."),
    code("V632", "The first variant or case that holds counts, and those before this one take every deal that it could match. Put the narrower condition first.",
        "The special treatment of large clients never happens.")
        .shown("attributes: {size: {small: 80%, large: rest}}\nstages:\n  lead: {next: 50%, variants: [{when: {size: [small, large]}, next: 20%}, {when: {size: large}, next: 10%}]}\n", "size: [small, large]", "size: small"),
    code("V633", "No deal can meet this test: the visit is beyond the limit, the date outside the window, or the attribute has no such value at this stage.",
        "A rule that never applies leaves the process as it was before the rule was agreed.")
        .shown("stages:\n  lead: {next: 50%, variants: [{when: {visit: 2}, next: 10%}]}\n", "next: 50%, variants", "max_visits: 3, next: {lead: 20%, won: 30%, lost: rest}, wait: 1d, variants"),
    code("V634", "No case of value holds for some deals, so their value is 0. A last case without when holds for all others.",
        "Deals without a value are won for nothing, so bookings are too low.")
        .shown("attributes: {size: {small: 80%, large: rest}}\nvalue: [{when: {size: small}, amount: 5}]\nstages: {lead: {next: 50%}}\n", "amount: 5}]", "amount: 5}, {amount: 50}]"),
    code("V635", "Deals with this value of the attribute stay in a loop or are lost, and none can be won, although no variant ends them on purpose.",
        "A whole segment of clients takes work and never buys.")
        .shown("attributes: {size: {small: 80%, large: rest}}\nstages:\n  lead:\n    next: {won: 50%, lost: rest}\n    variants: [{when: {size: large}, wait: 1d, next: {lead: 50%, lost: rest}}]\n", "{lead: 50%, lost: rest}}]", "{lead: 50%, won: 10%, lost: rest}}]"),
    code("V636", "A deal that has used up its visits, or does not want to wait longer, comes back to the same stage. Let it go elsewhere.",
        "A client who has lost patience does not stand in the same queue again.")
        .shown("roles: {seller: {people: 1}}\nsources: {web: {rate: 1/week}}\nstages:\n  lead: {work: {role: seller, time: 1h}, patience: {time: 3d, next: lead}, next: 50%}\n", "next: lead}", "lost: no answer}"),
    code("V637", "Every result meets the limit, such as a share of at least 0 %, or an average deal of at least the smallest value. Give a limit that can be missed.",
        "A goal that cannot be missed protects nothing.")
        .shown("expect: [{kpi: win_rate, at_least: 0%}]\nstages: {lead: {next: 50%}}\n", "at_least: 0%", "at_least: 20%"),
    code("V638", "Two expectations of one figure leave no number that meets both.",
        "One of the two departments that agreed on the goals will always miss its own.")
        .shown("expect: [{kpi: win_rate, at_least: 60%}, {kpi: win_rate, at_most: 20%}]\nstages: {lead: {next: 70%}}\n", "at_most: 20%", "at_most: 80%"),
    code("V639", "The promised time is shorter or longer than every visit of the stage, or longer than the window, so it says nothing. Check the units.",
        "A promise to clients that is always broken, or always kept, tells nothing about service.")
        .shown("stages:\n  lead: {wait: 5d, sla: 2d, next: 50%}\n", "wait: 5d, sla", "wait: {lognormal: {median: 1d, p90: 5d}}, sla"),
    code("V640", "Patience ends the wait for a person, and in this stage nobody waits for one.",
        "The intended losses of impatient clients do not happen.")
        .shown("stages:\n  lead: {wait: 5d, patience: 2d, next: 50%}\n", "wait: 5d, patience: 2d, ", "wait: 5d, "),
    code("V641", "Hours of a few minutes, or of nearly a whole day over midnight, are rarely meant: perhaps the two times are exchanged.",
        "An office that is open all night answers faster than yours.")
        .shown("calendars: {c: {hours: \"10:00-09:00\"}}\nroles: {seller: {people: 9, calendar: c}}\nstages: {lead: {work: {role: seller, time: 1 min}, next: 50%}}\n", "10:00-09:00", "09:00-10:00"),
    code("V642", "No holiday or special day of the calendar lies in the window: perhaps they are of another year.",
        "The team works through the holidays of the planned year, so the plan is too high.")
        .shown("start: 2026-01-05\ncalendars: {c: {hours: \"09:00-18:00\", holidays: [2024-05-01]}}\nroles: {seller: {people: 9, calendar: c}}\nstages: {lead: {work: {role: seller, time: 1 min}, next: 50%}}\n", "2024-05-01", "2026-05-01"),
    code("V643", "A date outside the window, so that nothing counts, or years from it is probably a slip.",
        "The day off does not fall into the plan, and sales of that week are too high.")
        .shown("start: 2026-01-05\ncalendars: {c: {hours: \"09:00-18:00\", holidays: [2026-05-01, 2062-05-09]}}\nroles: {seller: {people: 9, calendar: c}}\nstages: {lead: {work: {role: seller, time: 1 min}, next: 50%}}\n", "2062-05-09", "2026-05-09"),
    code("V644", "A number without a percent sign stands beside percents: 0.4 is 40 %. Perhaps the sign is missing.",
        "Forty percent of all deals make another transition, instead of less than one percent.")
        .shown("stages:\n  lead: {next: {won: 40%, done: 0.4, lost: rest}}\n", "done: 0.4,", "done: 40%,"),
    code("V645", "Rounded equal shares leave a small rest, which is lost without a reason.",
        "One lead in a hundred disappears, and no report says why.")
        .shown("stages:\n  lead: {next: {a: 33%, b: 33%, c: 33%, lost: rest}}\n  a: {next: 50%}\n  b: {next: 50%}\n  c: {next: 50%}\n", "c: 33%, lost: rest", "c: rest"),
    code("V646", "A loss reason has the name of another stage: perhaps it is indented too deeply, and a branch to the stage is meant.",
        "Deals that should go on to the next stage are reported as lost.")
        .shown("stages:\n  lead: {next: {demo: 40%, lost: {demo: rest}}}\n  demo: {next: 50%}\n", "lost: {demo: rest}", "lost: {no need: rest}"),
    code("V647", "The source will probably bring no deal in the whole simulated time. Check the units of its rate.",
        "A budget is planned for the channel, but no leads.")
        .shown("horizon: 4 weeks\nsources: {web: {rate: 5/day}, fair: {rate: 1/year}}\nstages: {lead: {next: 50%}}\n", "rate: 1/year", "rate: 1/day"),
    code("V648", "An expectation asks for a time below the shortest or above the longest visit or way, for a share that the branches cannot give, for an average deal that the values cannot give, or for more than all arrivals bring, so it never holds.",
        "A promise of two hours where a client takes five days is broken before the first lead.")
        .shown("expect: [{kpi: time_in_stage, stage: lead, at_most: 2h}]\nstages: {lead: {wait: 5d, next: 50%}}\n", "at_most: 2h", "at_most: 6d"),
    code("V649", "The patience is so short compared with the work that nearly all deals leave if nobody is free. Check the units.",
        "Every second client would leave after five minutes, as in a call centre and not in sales to companies.")
        .shown("roles: {seller: {people: 1}}\nsources: {web: {rate: 1/day}}\nstages:\n  lead: {work: {role: seller, time: 2h}, patience: 5 min, next: 50%}\n", "patience: 5 min", "patience: 5d"),
    code("V650", "The model says how a process is introduced, but no stage says what happens if it is not followed.",
        "The plan would pay for an introduction that changes nothing in the sales.")
        .shown("rollout: {start: 2024-02-01, duration: 100 days, from: 20%, to: 95%}\nstages:\n  lead: {next: 50%}\n", "next: 50%", "next: 50%, variants: [{when: {followed: false}, next: 40%}]"),
];
