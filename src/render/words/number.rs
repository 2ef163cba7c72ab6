//! The only place that rounds: numbers as people read them.
//!
//! Results leave `report` unrounded. People get few digits, a real minus sign, a narrow space
//! between groups of three from five digits on (1234, 36 500), a decimal comma where their language
//! has one, and a mean rounded to the place where its half-width starts to mean something. What is
//! not a number is an en dash.

mod chance;
mod digits;

use super::{Language, Unit};
use crate::render::number::plain;
use crate::report::{self, Number};
use digits::{as_shown, exponent, places_that_matter};

/// Stands for a number that does not exist.
const NOTHING: &str = "–";
/// Stands between groups of three digits: a narrow space that does not break a line.
const GROUP: char = '\u{202f}';
/// No person reads more decimals; what is smaller is said to be smaller.
const MOST_DECIMALS: i32 = 6;

/// Nor more of a percentage.
const MOST_OF_PERCENT: i32 = 3;

/// What a number measures, and so how a person wants to read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind<'a> {
    /// Days of model time, shown in the unit that fits.
    Days,
    /// Working time in days of 24 hours, shown in hours at most: a day of work is no day of the clock.
    Work,
    /// Money in this currency, which may be empty.
    Money(&'a str),
    /// A share from 0 to 1, shown in percent.
    Share,
    /// A difference of shares, shown in percentage points.
    Points,
    /// A number of deals, people or other things; a mean may have decimals.
    Count,
    /// Things per day.
    PerDay,
}

impl Kind<'_> {
    fn of(kind: &report::Kind) -> Kind<'_> {
        match kind {
            report::Kind::Days => Kind::Days,
            report::Kind::Work => Kind::Work,
            report::Kind::Money(currency) => Kind::Money(currency),
            report::Kind::Share | report::Kind::Chance => Kind::Share,
            report::Kind::Points => Kind::Points,
            report::Kind::Count => Kind::Count,
        }
    }
}

impl Language {
    /// Returns a number of a report, with its half-width where it has one.
    pub fn number(self, number: &Number) -> String {
        let kind = Kind::of(&number.kind);
        match number.half_width {
            Some(half_width) if number.kind == report::Kind::Chance => {
                self.chance(number.value, half_width)
            }
            Some(half_width) => self.estimate(number.value, half_width, kind),
            None => self.value(number.value, kind),
        }
    }

    /// Returns a number with this many decimals.
    pub fn fixed(self, x: f64, places: i32) -> String {
        self.attach(&fixed(x, places), Unit::One)
    }

    /// Returns a number as people read this kind.
    ///
    /// ```
    /// use voronka::render::words::{Language, number::Kind};
    /// assert_eq!(Language::English.value(0.083, Kind::Share), "8.3 %");
    /// assert_eq!(Language::Russian.value(1.2e6, Kind::Money("₽")), "1,2 млн ₽");
    /// ```
    pub fn value(self, x: f64, kind: Kind) -> String {
        if x == f64::INFINITY {
            return self.infinite().to_owned();
        }
        match kind {
            Kind::Days => self.duration(x),
            Kind::Work => self.work(x),
            Kind::Money(currency) => self.money(x, currency),
            Kind::Share => self.percent(x),
            Kind::Points if x.is_finite() => self.attach(&two_digits(x * 100.0), Unit::Points),
            Kind::Count => self.count(x),
            Kind::PerDay if x.is_finite() => self.count(x) + self.unit(Unit::PerDay),
            Kind::Points | Kind::PerDay => NOTHING.to_owned(),
        }
    }

    /// Returns a length of time in the unit that fits: `45 s`, `20 min`, `2.5 h`, `5.3 d`.
    pub fn duration(self, days: f64) -> String {
        if !days.is_finite() {
            return NOTHING.to_owned();
        }
        if days == 0.0 {
            return "0".to_owned();
        }
        let scale = Scale::of_time(days);
        self.attach(&two_digits(days / scale.size), scale.unit)
    }

    /// Returns working time in the unit that fits, hours at most: `20 min`, `2.5 h`, `160 h`.
    pub fn work(self, days: f64) -> String {
        if !days.is_finite() {
            return NOTHING.to_owned();
        }
        if days == 0.0 {
            return "0".to_owned();
        }
        let scale = Scale::of_work(days);
        self.attach(&two_digits(days / scale.size), scale.unit)
    }

    /// Returns a number of things: `0.4`, `8.5`, `36.5`, `1204`, `36 500`.
    pub fn count(self, x: f64) -> String {
        if !x.is_finite() {
            return NOTHING.to_owned();
        }
        let size = x.abs();
        let number = match size {
            _ if size >= 1e15 => scientific(x),
            _ if size > 0.0 && size < 0.001 => at_most(x, "0.001"),
            _ if size < 0.995 => trimmed(fixed(x, 1 - exponent(size))),
            _ if size < 99.95 => trimmed(fixed(x, 1)),
            _ => fixed(x, 0),
        };
        self.attach(&number, Unit::One)
    }

    /// Returns an amount of money in three digits: `950`, `12.4 k`, `1.2 M €`, `3.1 bn`.
    pub fn money(self, x: f64, currency: &str) -> String {
        if !x.is_finite() {
            return NOTHING.to_owned();
        }
        let scale = Scale::of_money(x);
        let scaled = x / scale.size;
        let number = match scaled.abs() {
            size if size >= 1e6 => scientific(scaled),
            size if size >= 99.95 => fixed(scaled, 0),
            size if size > 0.0 && size < 0.01 => at_most(scaled, "0.01"),
            size => trimmed(fixed(scaled, if size < 9.995 { 2 } else { 1 })),
        };
        with_currency(self.attach(&number, scale.unit), currency)
    }

    /// Returns a share in percent: `8.3 %`, `0.42 %`, `100 %`.
    ///
    /// Only all is `100 %` and only none is `0 %`: a share between them never looks like either.
    pub fn percent(self, share: f64) -> String {
        let percents = share * 100.0;
        if !percents.is_finite() {
            return NOTHING.to_owned();
        }
        let size = percents.abs();
        let number = match size {
            _ if size >= 1e15 => scientific(percents),
            _ if size > 0.0 && size < 0.01 => at_most(percents, "0.01"),
            _ if size > 99.9 && size < 100.0 && !near(size, 100.0) => at_least(percents, "99.9"),
            _ if size > 99.0 && size < 100.0 => trimmed(fixed(percents, 1)),
            _ => two_digits(percents),
        };
        self.attach(&number, Unit::Percent)
    }

    /// Returns a mean with its half-width: `8.3 ± 0.2 %`.
    ///
    /// The half-width gets one significant digit, or two if the first is a 1 (so that rounding moves
    /// it by less than a sixth), and the mean is rounded to the same place. A half-width of zero means
    /// an exact number, which stands alone; a half-width that is not known is shown as `± –`.
    pub fn estimate(self, x: f64, half_width: f64, kind: Kind) -> String {
        if x == f64::INFINITY {
            return self.infinite().to_owned();
        }
        if !x.is_finite() {
            return NOTHING.to_owned();
        }
        // What rounds to a larger unit is shown in that one.
        let wide = if half_width.is_finite() { as_shown(half_width) } else { 0.0 };
        let scale = Scale::of(x.abs().max(wide), kind);
        let spread = half_width.abs() / scale.size;
        let scaled = x / scale.size;
        let most = if matches!(kind, Kind::Share | Kind::Points) {
            MOST_OF_PERCENT
        } else {
            MOST_DECIMALS
        };
        if spread.is_finite() && spread < 0.5 * 10_f64.powi(-most) {
            return self.value(x, kind);
        }
        let number = if !scaled.is_finite() {
            return NOTHING.to_owned();
        } else if !spread.is_finite() && scaled.abs() >= 1e15 {
            format!("{} ± {NOTHING}", scientific(scaled))
        } else if !spread.is_finite() {
            let digits = (2 - exponent(scaled.abs())).clamp(0, MOST_DECIMALS);
            format!("{} ± {NOTHING}", trimmed(fixed(scaled, digits)))
        } else if scaled.abs().max(spread) >= 1e15 {
            format!("{} ± {}", scientific(scaled), scientific(spread))
        } else {
            let places = places_that_matter(spread).min(most);
            format!("{} ± {}", fixed(scaled, places), fixed(spread, places))
        };
        let number = self.attach(&number, scale.unit);
        if let Kind::Money(currency) = kind { with_currency(number, currency) } else { number }
    }

    /// Returns a number with all its digits and without groups: `0.125`, `36500`.
    pub fn exact(self, x: f64) -> String {
        self.attach(&plain(x), Unit::One)
    }

    /// Returns a number in at most four significant digits, without groups: `0.1235`, `12.5`, `36500`.
    pub fn rough(self, x: f64) -> String {
        if x == 0.0 || !x.is_finite() {
            return "0".to_owned();
        }
        let digits = (3 - x.abs().log10().floor() as i32).clamp(0, 12);
        self.attach(&trimmed(format!("{x:.*}", digits as usize)), Unit::One)
    }

    /// Returns a share in percent, in at most four significant digits: `99.9 %`.
    pub fn rough_percent(self, share: f64) -> String {
        self.rough(share * 100.0) + self.unit(Unit::Percent)
    }

    /// Returns a share in whole percent: `486 %`.
    pub fn whole_percent(self, share: f64) -> String {
        self.rough_percent((share * 100.0).round() / 100.0)
    }

    /// Returns a limit as it was written: shares and counts with all their digits.
    pub fn limit(self, x: f64, kind: Kind) -> String {
        match kind {
            Kind::Share => self.exact((x * 1e8).round() / 1e6) + self.unit(Unit::Percent),
            Kind::Count => self.exact(x),
            Kind::Days | Kind::Work | Kind::Money(_) | Kind::PerDay | Kind::Points => {
                self.value(x, kind)
            }
        }
    }

    /// Returns a tick of an axis whose ticks stand `step` apart: as many decimals as the step needs.
    pub fn tick(self, x: f64, step: f64) -> String {
        if !x.is_finite() || !step.is_finite() || step <= 0.0 {
            return NOTHING.to_owned();
        }
        if x.abs() >= 1e15 {
            return self.attach(&scientific(x), Unit::One);
        }
        let places = (0..=9).find(|&places| {
            let scaled = step * 10_f64.powi(places);
            near(scaled, scaled.round()) && scaled.round() > 0.0
        });
        self.attach(&fixed(x, places.unwrap_or(9)), Unit::One)
    }

    /// Returns a tick of an axis of this kind, in the unit that fits the end of the axis.
    pub fn tick_of(self, x: f64, step: f64, end: f64, kind: &report::Kind) -> String {
        let kind = Kind::of(kind);
        let scale = Scale::of(end, kind);
        let number = self.tick(x / scale.size, step / scale.size) + self.unit(scale.unit);
        if let Kind::Money(currency) = kind { with_currency(number, currency) } else { number }
    }

    /// A number with this language's decimal sign, and its unit.
    fn attach(self, number: &str, unit: Unit) -> String {
        number.replace('.', self.decimal()) + self.unit(unit)
    }
}

/// A unit to count in.
struct Scale {
    size: f64,
    unit: Unit,
}

impl Scale {
    fn of(x: f64, kind: Kind) -> Self {
        match kind {
            Kind::Days => Self::of_time(x),
            Kind::Work => Self::of_work(x),
            Kind::Money(_) => Self::of_money(x),
            Kind::Share => Self { size: 0.01, unit: Unit::Percent },
            Kind::Points => Self { size: 0.01, unit: Unit::Points },
            Kind::Count => Self { size: 1.0, unit: Unit::One },
            Kind::PerDay => Self { size: 1.0, unit: Unit::PerDay },
        }
    }

    /// Chooses a unit so that what would round to a whole larger unit is shown in that one.
    fn of_time(days: f64) -> Self {
        let days = days.abs();
        if (days * 86_400.0).round() < 60.0 {
            Self { size: 1.0 / 86_400.0, unit: Unit::Second }
        } else if (days * 1_440.0).round() < 60.0 {
            Self { size: 1.0 / 1_440.0, unit: Unit::Minute }
        } else if (days * 24.0).round() < 24.0 {
            Self { size: 1.0 / 24.0, unit: Unit::Hour }
        } else {
            Self { size: 1.0, unit: Unit::Day }
        }
    }

    /// Of working time: a person who works eight hours a day does not work a third of a day.
    fn of_work(days: f64) -> Self {
        let scale = Self::of_time(days);
        if scale.size < 1.0 { scale } else { Self { size: 1.0 / 24.0, unit: Unit::Hour } }
    }

    fn of_money(x: f64) -> Self {
        let scales = [
            (1e12, Unit::Trillion),
            (1e9, Unit::Billion),
            (1e6, Unit::Million),
            (1e3, Unit::Thousand),
        ];
        let found = scales.into_iter().find(|(size, _)| x.abs() >= size * 0.9995);
        let (size, unit) = found.unwrap_or((1.0, Unit::One));
        Self { size, unit }
    }
}

/// One decimal from 1 to 10, none above, two significant digits below.
fn two_digits(x: f64) -> String {
    match x.abs() {
        size if size >= 1e15 => scientific(x),
        size if size >= 9.95 => fixed(x, 0),
        size if size >= 0.995 || size == 0.0 => trimmed(fixed(x, 1)),
        size if size < 0.01 => at_most(x, "0.01"),
        _ => trimmed(fixed(x, 2)),
    }
}

/// Writes a number with this many decimals, a real minus and groups; negative means tens.
fn fixed(x: f64, places: i32) -> String {
    let digits = if places < 0 {
        let ten = 10_f64.powi(-places);
        format!("{:.0}", (x.abs() / ten).round() * ten)
    } else {
        format!("{:.*}", places as usize, x.abs())
    };
    let (whole, rest) = digits.find('.').map_or((&*digits, ""), |dot| digits.split_at(dot));
    let is_zero = !digits.contains(|c: char| ('1'..='9').contains(&c));
    let mut shown = String::from(if x < 0.0 && !is_zero { "−" } else { "" });
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && whole.len() > 4 && (whole.len() - index).is_multiple_of(3) {
            shown.push(GROUP);
        }
        shown.push(digit);
    }
    shown + rest
}

/// Removes zeros after the point that say nothing.
fn trimmed(shown: String) -> String {
    if shown.contains('.') {
        shown.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        shown
    }
}

fn scientific(x: f64) -> String {
    format!("{x:.1e}").replace('-', "−")
}

/// Says that a number is closer to zero than a limit, on its side of zero.
fn at_most(x: f64, limit: &str) -> String {
    if x < 0.0 { format!("> −{limit}") } else { format!("< {limit}") }
}

/// Says that a number is further from zero than a limit, on its side of zero.
fn at_least(x: f64, limit: &str) -> String {
    if x < 0.0 { format!("< −{limit}") } else { format!("> {limit}") }
}

fn with_currency(amount: String, currency: &str) -> String {
    if currency.is_empty() { amount } else { format!("{amount} {currency}") }
}

/// Equal but for the error of a few binary operations.
fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-12 * b.abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    const EN: Language = Language::English;

    fn shown<const N: usize>(format: impl Fn(f64) -> String, pairs: [(f64, &str); N]) {
        for (x, text) in pairs {
            assert_eq!(format(x).replace(GROUP, "_"), text, "{x}");
        }
    }

    #[test]
    fn a_length_of_time_is_shown_in_the_unit_that_fits() {
        shown(
            |x| EN.duration(x),
            [
                (0.0, "0"),
                (45.0 / 86_400.0, "45 s"),
                (20.0 / 1_440.0, "20 min"),
                (2.5 / 24.0, "2.5 h"),
                (5.3, "5.3 d"),
                (12.4, "12 d"),
                (120.0, "120 d"),
                (36_500.0, "36_500 d"),
                (-0.5, "−12 h"),
                (1e-7, "< 0.01 s"),
            ],
        );
    }

    #[test]
    fn the_interval_of_a_probability_ends_at_none_and_at_all() {
        let chance = |value: f64, half_width: f64| {
            let half_width = Some(half_width);
            EN.number(&Number { value, half_width, kind: report::Kind::Chance })
        };
        assert_eq!(chance(1.0, 0.06), "94–100 %");
        assert_eq!(chance(0.87, 0.16), "71–100 %");
        assert_eq!(chance(0.004, 0.006), "0–1 %");
        assert_eq!(chance(0.871, 0.021), "87 ± 2 %");
        assert_eq!(chance(1.0, 0.0), "100 %");
    }

    #[test]
    fn time_that_rounds_to_a_larger_unit_is_shown_in_it() {
        shown(
            |x| EN.duration(x),
            [
                (59.7 / 86_400.0, "1 min"),
                (59.8 / 1_440.0, "1 h"),
                (23.9 / 24.0, "1 d"),
                (9.96, "10 d"),
            ],
        );
    }

    #[test]
    fn working_time_is_never_shown_in_days_of_the_clock() {
        shown(
            |x| EN.work(x),
            [(0.0, "0"), (20.0 / 1_440.0, "20 min"), (32.0 / 24.0, "32 h"), (1000.0, "24_000 h")],
        );
        assert_eq!(EN.estimate(32.0 / 24.0, 0.5 / 24.0, Kind::Work), "32.0 ± 0.5 h");
    }

    #[test]
    fn a_count_is_grouped_from_five_digits_and_a_small_mean_keeps_decimals() {
        shown(
            |x| EN.count(x),
            [
                (0.0, "0"),
                (0.4, "0.4"),
                (0.42, "0.42"),
                (0.0042, "0.0042"),
                (0.00001, "< 0.001"),
                (-0.00001, "> −0.001"),
                (0.999, "1"),
                (1.0, "1"),
                (8.46, "8.5"),
                (36.5, "36.5"),
                (99.97, "100"),
                (1204.4, "1204"),
                (9999.7, "10_000"),
                (36_500.0, "36_500"),
                (-1_234_567.0, "−1_234_567"),
                (1.23e18, "1.2e18"),
            ],
        );
    }

    #[test]
    fn money_has_three_digits_and_a_scale_and_the_currency_last() {
        shown(
            |x| EN.money(x, ""),
            [
                (0.0, "0"),
                (0.001, "< 0.01"),
                (9.99, "9.99"),
                (49.95, "50"),
                (950.0, "950"),
                (999.6, "1 k"),
                (12_400.0, "12.4 k"),
                (124_000.0, "124 k"),
                (999_960.0, "1 M"),
                (1_200_000.0, "1.2 M"),
                (-3_100_000_000.0, "−3.1 bn"),
                (5e15, "5000 tn"),
            ],
        );
        assert_eq!(EN.money(1_200_000.0, "₽"), "1.2 M ₽");
        assert_eq!(EN.money(950.0, "EUR"), "950 EUR");
    }

    #[test]
    fn only_all_is_a_hundred_percent_and_only_none_is_zero() {
        shown(
            |x| EN.percent(x),
            [
                (0.0, "0 %"),
                (0.000_01, "< 0.01 %"),
                (0.0042, "0.42 %"),
                (0.083, "8.3 %"),
                (0.0996, "10 %"),
                (0.42, "42 %"),
                (0.994, "99.4 %"),
                (0.9999, "> 99.9 %"),
                (1.0, "100 %"),
                (1.25, "125 %"),
                (-0.0042, "−0.42 %"),
            ],
        );
    }

    #[test]
    fn a_mean_is_rounded_where_its_half_width_starts() {
        let text = |x, half_width, kind| EN.estimate(x, half_width, kind).replace(GROUP, "_");
        assert_eq!(text(0.083_123, 0.002_1, Kind::Share), "8.3 ± 0.2 %");
        assert_eq!(text(0.083_123, 0.001_4, Kind::Share), "8.31 ± 0.14 %");
        assert_eq!(text(36_512.0, 1843.0, Kind::Count), "36_500 ± 1800");
        assert_eq!(text(1204.0, 18.2, Kind::Count), "1204 ± 18");
        assert_eq!(text(1_234_000.0, 31_000.0, Kind::Money("₽")), "1.23 ± 0.03 M ₽");
        assert_eq!(text(0.999_999_3, 0.000_001_2, Kind::Share), "> 99.9 %");
        assert_eq!(text(5.34, 0.22, Kind::Days), "5.3 ± 0.2 d");
        assert_eq!(text(0.25 / 24.0, 3.0 / 1440.0, Kind::Days), "15 ± 3 min");
        assert_eq!(text(4.21, 0.1, Kind::PerDay), "4.21 ± 0.10 per day");
        assert_eq!(text(-12.3, 4.0, Kind::Count), "−12 ± 4");
        assert_eq!(text(0.2, 4.0, Kind::Count), "0 ± 4");
        assert_eq!(text(5.0, 0.96, Kind::Count), "5.0 ± 1.0");
        assert_eq!(text(-480_000.0, 970_000.0, Kind::Money("₽")), "−0.5 ± 1.0 M ₽");
        assert_eq!(text(480_000.0, 930_000.0, Kind::Money("₽")), "500 ± 900 k ₽");
    }

    #[test]
    fn an_exact_number_stands_alone_and_an_unknown_half_width_is_said() {
        assert_eq!(EN.estimate(0.083, 0.0, Kind::Share), "8.3 %");
        assert_eq!(EN.estimate(0.083, f64::NAN, Kind::Share), "8.3 ± – %");
        assert_eq!(EN.estimate(1e20, 1e19, Kind::Count), "1.0e20 ± 1.0e19");
    }

    #[test]
    fn what_is_not_a_number_is_a_dash() {
        for x in [f64::NAN, f64::NEG_INFINITY] {
            for kind in [Kind::Days, Kind::Money("€"), Kind::Share, Kind::Count, Kind::PerDay] {
                assert_eq!(EN.value(x, kind), "–");
                assert_eq!(EN.estimate(x, 1.0, kind), "–");
            }
        }
    }

    #[test]
    fn russian_has_a_decimal_comma_and_units_of_its_own() {
        let ru = Language::Russian;
        for (shown, text) in [
            (ru.value(0.083, Kind::Share), "8,3 %"),
            (ru.value(0.000_01, Kind::Share), "< 0,01 %"),
            (ru.value(5.3, Kind::Days), "5,3 дн."),
            (ru.value(2.5 / 24.0, Kind::Days), "2,5 ч"),
            (ru.value(32.0 / 24.0, Kind::Work), "32 ч"),
            (ru.value(12_400.0, Kind::Money("руб.")), "12,4 тыс. руб."),
            (ru.estimate(1_234_000.0, 31_000.0, Kind::Money("₽")), "1,23 ± 0,03 млн ₽"),
            (ru.estimate(4.21, 0.1, Kind::PerDay), "4,21 ± 0,10 в день"),
            (ru.value(36_500.0, Kind::Count), "36\u{202f}500"),
            (ru.tick(10.0, 2.5), "10,0"),
        ] {
            assert_eq!(shown, text);
        }
    }

    #[test]
    fn ticks_have_the_decimals_of_their_step() {
        assert_eq!(EN.tick(0.1 + 0.2, 0.1), "0.3");
        assert_eq!(EN.tick(10.0, 2.5), "10.0");
        assert_eq!(EN.tick(40.0, 20.0), "40");
        assert_eq!(EN.tick(20_000.0, 20_000.0), "20\u{202f}000");
    }

    #[test]
    fn no_number_makes_the_formats_panic() {
        for x in [f64::MIN_POSITIVE, 5e-324, f64::MAX, f64::MIN, -5e-324, 1e15, 1e-15, -0.0] {
            for y in [0.0, 5e-324, f64::MAX, -1.0, 1e-9, f64::NAN] {
                for kind in [Kind::Days, Kind::Money("€"), Kind::Share, Kind::Count, Kind::PerDay]
                {
                    assert!(EN.estimate(x, y, kind).chars().count() < 60);
                    assert!(EN.value(x, kind).chars().count() < 40, "{}", EN.value(x, kind));
                }
            }
        }
    }
}
