//! An axis of a sweep: a path of the model with the values that it takes.
//!
//! Ranges are counted in whole multiples of their last decimal, so `0.1..0.5:0.1` has exactly the
//! values that one would write.

use thiserror::Error;

/// More values of one axis are not tried.
pub const MOST_VALUES: usize = 1000;
/// A sampled value without a step has this many decimals more than its range.
const FINER: u32 = 4;
/// Numbers with more decimals than this are texts.
const MOST_PLACES: u32 = 9;

/// A path of the model with the values that it takes.
///
/// ```
/// use voronka::study::sweep::Axis;
/// let axis = Axis::parse("roles.seller.people=4..6").unwrap();
/// assert_eq!(axis.values, ["4", "5", "6"]);
/// assert_eq!(Axis::parse("stages.a.next=10%..20%:5%").unwrap().values, ["10%", "15%", "20%"]);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// The path of `--set`; a part `*` stands for every name that is there.
    pub path: String,
    /// The values of a grid as YAML, in their order.
    pub values: Vec<String>,
    /// The range, where the values are one.
    range: Option<Range>,
    /// The unit, where all values are rising numbers with this one.
    unit: Option<String>,
    /// Whether it is a range shorter than 1 without a step, which only a sample can use.
    lacks_step: bool,
}

/// Why a text is no axis.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AxisFault {
    /// There is no path, or there are no values.
    #[error("write PATH=VALUES, as roles.seller.people=4..12 or stages.offer.next=10%,15%,20%")]
    NoValues,
    /// An end of a range is no number.
    #[error("`{0}`: a range has numbers with the same unit at both ends, as 4..12 or 2d..10d:2d")]
    NotARange(String),
    /// A range that falls.
    #[error("`{0}`: write the lower end first")]
    Falls(String),
    /// A step that is not above zero.
    #[error("`{0}`: the step must be above 0")]
    NoStep(String),
    /// A step that is longer than the range.
    #[error("`{0}`: the step is longer than the range")]
    LongStep(String),
    /// Too many values.
    #[error("at most {MOST_VALUES} values for one path")]
    TooMany,
    /// A value that stands there twice.
    #[error("`{0}` is there twice")]
    Repeated(String),
}

/// Numbers at equal steps, all in units of the last decimal.
#[derive(Debug, Clone, PartialEq)]
struct Range {
    from: i64,
    to: i64,
    step: i64,
    /// Decimals.
    places: u32,
    unit: String,
    /// Whether values between the steps make sense.
    continuous: bool,
}

impl Axis {
    /// Reads `PATH=VALUES`.
    pub fn parse(text: &str) -> Result<Axis, AxisFault> {
        let (path, values) = text.split_once('=').ok_or(AxisFault::NoValues)?;
        let path = path.trim().to_owned();
        let items = items(values);
        if path.is_empty() || items.iter().any(String::is_empty) {
            return Err(AxisFault::NoValues);
        }
        let mut all = Vec::new();
        let mut ranges = Vec::new();
        for item in &items {
            match Range::parse(item)? {
                None => all.push(item.clone()),
                Some(range) => {
                    if range.count() > MOST_VALUES {
                        return Err(AxisFault::TooMany);
                    }
                    all.extend((0..range.count()).map(|at| range.value(at)));
                    ranges.push(range);
                }
            }
        }
        if all.len() > MOST_VALUES {
            return Err(AxisFault::TooMany);
        }
        for (at, value) in all.iter().enumerate() {
            if all[..at].contains(value) {
                return Err(AxisFault::Repeated(value.clone()));
            }
        }
        let lacks_step = ranges.iter().any(Range::lacks_step);
        let range = ranges.pop().filter(|_| items.len() == 1);
        Ok(Axis { path, unit: common_unit(&all), values: all, range, lacks_step })
    }

    /// The same values of another path.
    #[must_use]
    pub fn at_path(&self, path: String) -> Axis {
        Axis { path, ..self.clone() }
    }

    /// The place of a value on an axis of numbers; `None` if the values have no order.
    pub fn position(&self, value: &str) -> Option<f64> {
        let (mantissa, places, unit) = number(value)?;
        let is_of_axis = self.unit.as_deref() == Some(unit);
        is_of_axis.then(|| mantissa as f64 / 10_f64.powi(places as i32))
    }

    /// Where a value stands among the others: its number, or its place in the list.
    pub(super) fn place(&self, value: &str) -> f64 {
        let in_list = || self.values.iter().position(|other| other == value).unwrap_or(0) as f64;
        self.position(value).unwrap_or_else(in_list)
    }

    /// Whether the values are rising numbers with one unit.
    pub fn is_ordered(&self) -> bool {
        self.unit.is_some()
    }

    /// Whether it is a range shorter than 1 without a step.
    pub(super) fn lacks_step(&self) -> bool {
        self.lacks_step
    }

    /// The unit of the numbers, as it is written behind them.
    pub fn unit(&self) -> &str {
        self.unit.as_deref().unwrap_or_default()
    }

    /// The first and the last value: the ends of a range; `None` if there is only one.
    pub fn ends(&self) -> Option<[String; 2]> {
        let [first, last] = match &self.range {
            Some(range) => {
                [range.from, range.to].map(|end| decimal(end, range.places) + &range.unit)
            }
            None => [self.values.first()?.clone(), self.values.last()?.clone()],
        };
        (first != last).then_some([first, last])
    }

    /// The value at a share of the axis from 0 up to 1.
    pub(in crate::study) fn at(&self, share: f64) -> String {
        let one_of = |count: usize| ((share * count as f64) as usize).min(count - 1);
        match &self.range {
            Some(range) if range.continuous => range.between(share),
            Some(range) => range.value(one_of(range.count())),
            None => self.values[one_of(self.values.len())].clone(),
        }
    }
}

impl Range {
    /// Reads `FROM..TO` or `FROM..TO:STEP`; `None` if the text is no range.
    fn parse(text: &str) -> Result<Option<Range>, AxisFault> {
        let Some((from, rest)) = text.split_once("..") else { return Ok(None) };
        let (to, step) = match rest.split_once(':') {
            Some((to, step)) => (to, Some(step)),
            None => (rest, None),
        };
        let not_a_range = || AxisFault::NotARange(text.to_owned());
        let from = number(from.trim()).ok_or_else(not_a_range)?;
        let to = number(to.trim()).ok_or_else(not_a_range)?;
        let given = step.map(|step| number(step.trim()).ok_or_else(not_a_range)).transpose()?;
        let unit = to.2;
        let fits = |other: &str| other == unit || other.is_empty();
        if !fits(from.2) || !given.is_none_or(|step| fits(step.2)) {
            return Err(not_a_range());
        }
        let places = from.1.max(to.1).max(given.map_or(0, |step| step.1));
        let scaled = |(mantissa, own, _): (i64, u32, &str)| {
            mantissa.checked_mul(10_i64.pow(places - own)).ok_or_else(not_a_range)
        };
        let step = given.map(scaled).transpose()?.unwrap_or(10_i64.pow(places));
        let (from, to) = (scaled(from)?, scaled(to)?);
        if from > to {
            return Err(AxisFault::Falls(text.to_owned()));
        }
        if step <= 0 {
            return Err(AxisFault::NoStep(text.to_owned()));
        }
        if given.is_some() && from + step > to && from < to {
            return Err(AxisFault::LongStep(text.to_owned()));
        }
        let continuous = given.is_none() && (places > 0 || !unit.is_empty());
        Ok(Some(Range { from, to, step, places, unit: unit.to_owned(), continuous }))
    }

    fn count(&self) -> usize {
        usize::try_from((self.to - self.from) / self.step + 1).unwrap_or(usize::MAX)
    }

    fn lacks_step(&self) -> bool {
        self.count() == 1 && self.from < self.to
    }

    fn value(&self, at: usize) -> String {
        decimal(self.from + self.step * at as i64, self.places) + &self.unit
    }

    /// The value at a share of the range, rounded to a few decimals more than its ends have.
    fn between(&self, share: f64) -> String {
        let finer = 10_i64.pow(FINER);
        let inside = (share * (self.to - self.from) as f64 * finer as f64).round() as i64;
        decimal(self.from * finer + inside, self.places + FINER) + &self.unit
    }
}

/// Splits at commas that stand outside of braces, brackets and quotes.
fn items(text: &str) -> Vec<String> {
    let mut items = vec![String::new()];
    let (mut depth, mut quote) = (0_i32, None);
    for letter in text.chars() {
        match (quote, letter) {
            (Some(open), _) => quote = Some(open).filter(|open| *open != letter),
            (None, '"' | '\'') => quote = Some(letter),
            (None, '{' | '[') => depth += 1,
            (None, '}' | ']') => depth -= 1,
            (None, ',') if depth == 0 => {
                items.push(String::new());
                continue;
            }
            _ => {}
        }
        items.last_mut().expect("the list starts with one item").push(letter);
    }
    items.iter().map(|item| item.trim().to_owned()).collect()
}

/// A number with its unit: all its digits as a whole number, how many of them are decimals, and
/// what stands behind them.
fn number(text: &str) -> Option<(i64, u32, &str)> {
    let digits = |c: char| c.is_ascii_digit();
    let body = text.strip_prefix('-').unwrap_or(text);
    let whole = body.len() - body.trim_start_matches(digits).len();
    let mut end = whole;
    let mut places = 0;
    if let Some(rest) = body[whole..].strip_prefix('.') {
        places = rest.len() - rest.trim_start_matches(digits).len();
        end += if places > 0 { places + 1 } else { 0 };
    }
    let mantissa: i64 = body[..end].replace('.', "").parse().ok()?;
    let unit = &body[end..];
    let is_unit = !unit.contains(['.', ':', '{', '[', '"']) && !unit.contains(digits);
    let places = u32::try_from(places).ok().filter(|places| *places <= MOST_PLACES)?;
    let sign = if body.len() < text.len() { -1 } else { 1 };
    (whole > 0 && is_unit).then_some((sign * mantissa, places, unit))
}

/// A number in units of its last decimal, without trailing zeros.
fn decimal(mantissa: i64, places: u32) -> String {
    let sign = if mantissa < 0 { "-" } else { "" };
    let scale = 10_u64.pow(places);
    let (whole, part) = (mantissa.unsigned_abs() / scale, mantissa.unsigned_abs() % scale);
    if part == 0 {
        return format!("{sign}{whole}");
    }
    let part = format!("{part:0width$}", width = places as usize);
    format!("{sign}{whole}.{}", part.trim_end_matches('0'))
}

/// The unit that all values share, if they are rising numbers.
fn common_unit(values: &[String]) -> Option<String> {
    let numbers = values.iter().map(|value| number(value)).collect::<Option<Vec<_>>>()?;
    let unit = numbers.first()?.2;
    let sizes = numbers
        .iter()
        .map(|(mantissa, places, _)| i128::from(*mantissa) * 10_i128.pow(MOST_PLACES - places));
    let sizes: Vec<i128> = sizes.collect();
    let is_ordered = sizes.windows(2).all(|pair| pair[0] < pair[1]);
    (is_ordered && numbers.iter().all(|number| number.2 == unit)).then(|| unit.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<String> {
        Axis::parse(&format!("a={text}")).unwrap().values
    }

    #[test]
    fn ranges_and_lists_are_read() {
        assert_eq!(values("4..12").len(), 9);
        assert_eq!(values("4..12:3"), ["4", "7", "10"]);
        assert_eq!(values("10%..30%:5%"), ["10%", "15%", "20%", "25%", "30%"]);
        assert_eq!(values("10..30%:10"), ["10%", "20%", "30%"]);
        assert_eq!(values("2d..10d:2d"), ["2d", "4d", "6d", "8d", "10d"]);
        assert_eq!(values("0.1..0.5:0.1"), ["0.1", "0.2", "0.3", "0.4", "0.5"]);
        assert_eq!(values("20/week..40/week:10/week"), ["20/week", "30/week", "40/week"]);
        assert_eq!(values("-1..1"), ["-1", "0", "1"]);
        assert_eq!(values("4..6, 10"), ["4", "5", "6", "10"]);
        assert_eq!(values("{won: 40%, lost: rest},50%"), ["{won: 40%, lost: rest}", "50%"]);
        assert_eq!(values("\"a, b\",c"), ["\"a, b\"", "c"]);
    }

    #[test]
    fn what_is_no_range_is_refused() {
        let fault = |text: &str| Axis::parse(text).unwrap_err();
        for text in ["a", "=1..2", "a=", "a=1,,2"] {
            assert_eq!(fault(text), AxisFault::NoValues, "{text}");
        }
        assert_eq!(fault("a=1h..2d"), AxisFault::NotARange("1h..2d".to_owned()));
        assert_eq!(fault("a=x..y"), AxisFault::NotARange("x..y".to_owned()));
        assert_eq!(fault("a=5..4"), AxisFault::Falls("5..4".to_owned()));
        assert_eq!(fault("a=4..5:0"), AxisFault::NoStep("4..5:0".to_owned()));
        assert_eq!(fault("a=0.1..0.5:1"), AxisFault::LongStep("0.1..0.5:1".to_owned()));
        assert_eq!(fault("a=4,4"), AxisFault::Repeated("4".to_owned()));
        assert_eq!(fault("a=1..9999999"), AxisFault::TooMany);
    }

    #[test]
    fn rising_numbers_with_one_unit_have_an_order() {
        let axis = |text: &str| Axis::parse(&format!("a={text}")).unwrap();
        assert_eq!(axis("2d,4.5d").position("4.5d"), Some(4.5));
        assert!(axis("4..12").is_ordered() && axis("10%").is_ordered());
        for text in ["4,2", "2d,12h", "fifo,lifo", "{won: 5%},10%"] {
            assert!(!axis(text).is_ordered(), "{text}");
        }
    }

    #[test]
    fn the_ends_of_a_range_need_no_step() {
        let ends = |text: &str| Axis::parse(&format!("a={text}")).unwrap().ends();
        let of = |first: &str, last: &str| Some([first.to_owned(), last.to_owned()]);
        assert_eq!(ends("0.1..0.5"), of("0.1", "0.5"));
        assert_eq!(ends("2d..9d:2d"), of("2d", "9d"));
        assert_eq!(ends("fifo,lifo"), of("fifo", "lifo"));
        assert_eq!(ends("4"), None);
    }

    #[test]
    fn samples_of_whole_numbers_are_whole_and_others_lie_between() {
        let at = |text: &str, share| Axis::parse(&format!("a={text}")).unwrap().at(share);
        assert_eq!((at("4..12", 0.0), at("4..12", 0.999)), ("4".to_owned(), "12".to_owned()));
        assert_eq!(at("10%..30%", 0.123_456), "12.4691%");
        assert_eq!(at("10%..30%:5%", 0.5), "20%");
        assert_eq!(at("fifo,lifo", 0.5), "lifo");
    }
}
