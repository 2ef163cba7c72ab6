//! Blocks: what a report is made of.

/// A part of a report.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// The name of what follows.
    Heading(String),
    /// A line of text and numbers.
    Line(Vec<Cell>),
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
    /// Between 0 and 1.
    Share,
    /// Deals and the like.
    Count,
}

/// A sentence of words and numbers: the same numbers as in tables, rounded by the same code.
pub type Words = Vec<Cell>;

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing to say.
    Empty,
    /// Words.
    Text(String),
    /// A name that the modeller chose: never to be taken for markup or a formula.
    Name(String),
    /// What is typed at a prompt or into a model, letter by letter.
    Code(String),
    /// A number for people.
    Number {
        /// The number.
        value: f64,
        /// Half the width of its interval.
        half_width: Option<f64>,
        /// What it measures.
        kind: Kind,
    },
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
        value.map_or(Cell::Empty, |value| Cell::Number { value, half_width: None, kind })
    }

    /// A share without an interval.
    pub fn share(share: f64) -> Cell {
        Cell::number(Some(share), Kind::Share)
    }

    /// A number of things without an interval.
    pub fn count(count: f64) -> Cell {
        Cell::number(Some(count), Kind::Count)
    }

    /// A length of time without an interval.
    pub fn days(days: f64) -> Cell {
        Cell::number(Some(days), Kind::Days)
    }

    /// Words.
    pub fn text(text: impl Into<String>) -> Cell {
        Cell::Text(text.into())
    }

    /// A number for machines; nothing where there is none.
    pub fn plain(value: Option<f64>) -> Cell {
        value.map_or(Cell::Empty, Cell::Plain)
    }
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its title.
    pub title: String,
    /// Whether its cells are numbers, which stand at the right.
    pub numeric: bool,
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
    /// An empty table; a title that begins with `#` is that of a numeric column.
    pub fn new(titles: &[&str]) -> Table {
        let column = |title: &&str| match title.strip_prefix('#') {
            Some(title) => Column { title: title.to_owned(), numeric: true },
            None => Column { title: (*title).to_owned(), numeric: false },
        };
        Table { columns: titles.iter().map(column).collect(), rows: Vec::new() }
    }
}
