//! Blocks: what a report is made of.

use super::phrase::Phrase;
use crate::kpi::Unit;

/// A part of a report.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// The name of what follows.
    Heading(Phrase),
    /// A line.
    Line(Phrase),
    /// Rows under named columns.
    Table(Table),
    /// A model, as it stands in its file.
    Model(String),
}

/// What a number measures.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// Days of 24 hours.
    Days,
    /// Working time, in days of 24 hours: people read it in hours.
    Work,
    /// Money in this currency.
    Money(String),
    /// A share or a ratio; most lie between 0 and 1.
    Share,
    /// A probability: so is its interval, whose ends are shown where it reaches 0 or 1.
    Chance,
    /// A difference of two shares.
    Points,
    /// Deals and the like.
    Count,
}

impl Kind {
    /// What a KPI of this unit measures; money is in this currency.
    pub(super) fn of(unit: Unit, currency: &str) -> Kind {
        match unit {
            Unit::Count => Kind::Count,
            Unit::Share => Kind::Share,
            Unit::Days => Kind::Days,
            Unit::Work => Kind::Work,
            Unit::Money => Kind::Money(currency.to_owned()),
        }
    }

    /// What a difference of two such figures measures: that of shares is in percentage points.
    pub(super) fn of_change(unit: Unit, currency: &str) -> Kind {
        if unit == Unit::Share { Kind::Points } else { Kind::of(unit, currency) }
    }
}

/// A number for people, unrounded.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// The number.
    pub value: f64,
    /// Half the width of its interval, where it has one.
    pub half_width: Option<f64>,
    /// What it measures.
    pub kind: Kind,
}

impl Number {
    /// A number without an interval.
    pub fn new(value: f64, kind: Kind) -> Number {
        Number { value, half_width: None, kind }
    }
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing to say.
    Empty,
    /// Words in the language of the reader.
    Phrase(Phrase),
    /// A word of the model language or of our files, which is the same in every language.
    Text(String),
    /// A name that the modeller chose: never to be taken for markup or a formula.
    Name(String),
    /// A number for people.
    Number(Number),
    /// A number for machines: all digits, no unit.
    Plain(f64),
    /// A whole number for machines.
    Whole(u64),
    /// A part of a whole, as a bar.
    Bar(f64),
}

impl Cell {
    /// A number without an interval; nothing where there is none.
    pub fn number(value: Option<f64>, kind: Kind) -> Cell {
        value.map_or(Cell::Empty, |value| Cell::Number(Number::new(value, kind)))
    }

    /// A number of things without an interval.
    pub fn count(count: f64) -> Cell {
        Cell::number(Some(count), Kind::Count)
    }

    /// A word of the model language or of our files.
    pub fn text(text: impl Into<String>) -> Cell {
        Cell::Text(text.into())
    }

    /// A number for machines; nothing where there is none.
    pub fn plain(value: Option<f64>) -> Cell {
        value.map_or(Cell::Empty, Cell::Plain)
    }
}

impl<P: Into<Phrase>> From<P> for Cell {
    fn from(phrase: P) -> Cell {
        Cell::Phrase(phrase.into())
    }
}

impl From<Option<Number>> for Cell {
    fn from(number: Option<Number>) -> Cell {
        number.map_or(Cell::Empty, Cell::Number)
    }
}

/// What stands above a column.
#[derive(Debug, Clone, PartialEq)]
pub enum Title {
    /// Nothing.
    Empty,
    /// A word for other programs, which is the same in every language.
    Word(String),
    /// Words in the language of the reader.
    Phrase(Phrase),
}

/// A column.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its title.
    pub title: Title,
    /// Whether its cells are numbers, which stand at the right.
    pub numeric: bool,
}

impl Column {
    /// A column of names or words.
    pub fn words(title: impl Into<Phrase>) -> Column {
        Column { title: Title::Phrase(title.into()), numeric: false }
    }

    /// A column of numbers.
    pub fn numbers(title: impl Into<Phrase>) -> Column {
        Column { title: Title::Phrase(title.into()), numeric: true }
    }

    /// A column without a title: labels of rows, bars.
    pub fn untitled() -> Column {
        Column { title: Title::Empty, numeric: false }
    }
}

/// Rows under named columns.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, as long as there are columns.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// An empty table for other programs; a title that begins with `#` is that of a numeric column.
    pub fn new(titles: &[&str]) -> Table {
        let column = |title: &&str| {
            let word = title.strip_prefix('#');
            let title = Title::Word(word.unwrap_or(title).to_owned());
            Column { title, numeric: word.is_some() }
        };
        Table { columns: titles.iter().map(column).collect(), rows: Vec::new() }
    }

    /// An empty table for people.
    pub fn of(columns: impl Into<Vec<Column>>) -> Table {
        Table { columns: columns.into(), rows: Vec::new() }
    }

    /// Removes columns in which no row says anything.
    pub fn drop_empty(&mut self) {
        let says = |cell: &Cell| match cell {
            Cell::Empty => false,
            Cell::Text(text) | Cell::Name(text) => !text.is_empty(),
            Cell::Phrase(Phrase::Name(name)) => !name.is_empty(),
            _ => true,
        };
        for at in (0..self.columns.len()).rev() {
            if !self.rows.iter().any(|row| says(&row[at])) {
                self.columns.remove(at);
                self.rows.iter_mut().for_each(|row| {
                    row.remove(at);
                });
            }
        }
    }
}
