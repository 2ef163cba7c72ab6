//! Tests of a model that fail, or that a model cannot answer.

/// What a test claims about a deal or about one of its visits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Claimed {
    /// How the deal ends.
    Ends,
    /// When it ends.
    Ended,
    /// When it is sold first.
    Won,
    /// How often it is sold.
    Sales,
    /// What its sales are worth.
    Bookings,
    /// What the deal or the visit costs.
    Cost,
    /// How long somebody works.
    Worked,
    /// How long nobody is free while the calendar is open.
    Queued,
    /// When the stage is entered.
    Entered,
    /// When it is left.
    Left,
    /// When the first work of the visit starts.
    Starts,
    /// When the last work of the visit is finished.
    Finishes,
    /// Who works.
    By,
}

impl Claimed {
    /// All claims, with their keys.
    pub const KEYS: [(&str, Claimed); 13] = [
        ("ends", Claimed::Ends),
        ("ended", Claimed::Ended),
        ("won", Claimed::Won),
        ("sales", Claimed::Sales),
        ("bookings", Claimed::Bookings),
        ("cost", Claimed::Cost),
        ("worked", Claimed::Worked),
        ("queued", Claimed::Queued),
        ("entered", Claimed::Entered),
        ("left", Claimed::Left),
        ("starts", Claimed::Starts),
        ("finishes", Claimed::Finishes),
        ("by", Claimed::By),
    ];

    /// Its key.
    ///
    /// # Panics
    ///
    /// Never: every claim has a key.
    pub fn key(self) -> &'static str {
        let known = Claimed::KEYS.iter().find(|(_, claimed)| *claimed == self);
        known.expect("every claim has a key").0
    }
}

/// What a test does not fix, although the model draws it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chance {
    /// How long the work of a step takes, counted from 1.
    Work(usize),
    /// How long the wait of a step takes, counted from 1.
    Wait(usize),
    /// How long the deal waits for a person.
    Patience,
    /// Whether the prescribed process is followed.
    Followed,
    /// The value of an attribute.
    Attribute(String),
    /// What the deal, or a sale, is worth.
    Value,
    /// The way out of the stage.
    Way,
    /// How long the way out takes.
    After,
}

/// A test that fails or that cannot be run: codes `V701` to `V799`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // each field is named in the message that prints it
pub enum TestFault {
    /// A claim that does not hold. Both values are written as in the file.
    Differs { deal: String, visit: Option<String>, of: Claimed, found: Option<String> },
    /// A deal that does not go the given way.
    OtherWay { deal: String, from: Option<String>, wanted: String, found: Option<String> },
    /// A stage that does not lead where the test says.
    NoSuchWay { stage: String, wanted: String, known: Vec<String> },
    /// Something is left to chance.
    LeftToChance { deal: String, stage: Option<String>, chance: Chance },
    /// A time is given for a step that the visit does not have, or has more than once.
    NoSuchStep { stage: String, key: &'static str, steps: usize },
    /// Working time is given for a time that the model counts by the clock.
    NotWorkingTime { stage: String },
    /// A claim about a visit that the deal does not make.
    NoSuchVisit { deal: String, stage: String, number: usize },
    /// The deal never ends.
    NeverEnds { deal: String },
    /// The model has errors.
    WrongModel { file: String, errors: usize },
    /// The model cannot be read.
    NoModel { file: String },
    /// The path of the model leads out of the folder.
    OutsideModel { file: String },
}

impl TestFault {
    pub(super) fn code(&self) -> &'static str {
        match self {
            TestFault::Differs { .. } => "V701",
            TestFault::OtherWay { .. } | TestFault::NoSuchWay { .. } => "V702",
            TestFault::LeftToChance { .. } => "V703",
            TestFault::NoSuchStep { .. } | TestFault::NotWorkingTime { .. } => "V704",
            TestFault::NoSuchVisit { .. } => "V705",
            TestFault::NeverEnds { .. } => "V706",
            TestFault::WrongModel { .. } => "V707",
            TestFault::NoModel { .. } => "V708",
            TestFault::OutsideModel { .. } => "V709",
        }
    }
}
