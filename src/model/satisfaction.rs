//! `satisfaction` of a stage: what late and repeated visits do to the score of a deal.

use super::reader::{Field, Reader, Section};
use crate::diagnostic::Wanted;
use crate::quantity::{NumberFault, parse_number};

/// A point of the score, in the unit in which scores are kept: hundredths of a point.
pub const POINT: f64 = 100.0;
/// The score at which every deal starts, in hundredths of a point.
pub const START_SCORE: u16 = 8_000;
/// The highest score, in hundredths of a point; the lowest is 0.
pub const FULL_SCORE: u16 = 10_000;

/// Points that a visit adds to the score of the deal, in hundredths; usually negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Satisfaction {
    /// Once for a visit that takes longer than the stage's `sla`.
    pub late: i32,
    /// For each visit after the first of a round.
    pub revisit: i32,
}

impl Satisfaction {
    /// A score after so many hundredths of a point, kept from 0 to 100 points.
    #[inline]
    pub fn moved(score: u16, by: i32) -> u16 {
        (i32::from(score) + by).clamp(0, FULL_SCORE.into()) as u16
    }
}

pub(super) const KNOWN: [&str; 2] = ["late", "revisit"];

impl Section<'_> {
    /// The key of a stage; late visits need a promise that they break.
    pub(super) fn satisfaction(&self, r: &mut Reader<'_>) -> Option<Satisfaction> {
        let field = self.get("satisfaction")?;
        let section = field.section(r, &KNOWN, &[])?;
        let (late, revisit) = (section.get("late"), section.get("revisit"));
        if late.is_none() && revisit.is_none() {
            section.need(r, "late", "satisfaction");
        }
        if late.is_some() && self.get("sla").is_none() {
            self.need(r, "sla", self.field.name());
        }
        let mut points = |field: Option<Field<'_>>| field.map_or(Some(0), |field| field.points(r));
        let (late, revisit) = (points(late), points(revisit));
        Some(Satisfaction { late: late?, revisit: revisit? })
    }
}

impl Field<'_> {
    /// Points of the score, from -100 to 100, in hundredths.
    fn points(&self, r: &mut Reader<'_>) -> Option<i32> {
        let most = f64::from(FULL_SCORE) / POINT;
        let points = self.number_or(r, Wanted::Number, |text| {
            let points = parse_number(text)?;
            if points.abs() > most { Err(NumberFault::TooLarge { most }) } else { Ok(points) }
        })?;
        Some((points * POINT).round() as i32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_stays_between_0_and_100_points() {
        assert_eq!(Satisfaction::moved(START_SCORE, -1_500), 6_500);
        assert_eq!(Satisfaction::moved(1_000, -1_500), 0);
        assert_eq!(Satisfaction::moved(START_SCORE, 2_500), FULL_SCORE);
    }
}
