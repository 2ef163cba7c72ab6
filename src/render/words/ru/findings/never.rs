//! Why no deal meets a test of a condition.

use super::LANGUAGE;
use crate::diagnostic::Never;
use crate::render::words::shown::{list, show};

/// Why no deal meets a test.
pub(super) fn never(why: &Never) -> String {
    match why {
        Never::Visits { most: 1 } => "сделка бывает на этом этапе один раз".to_owned(),
        Never::Visits { most: i64::MAX } => "посещения считаются с 1".to_owned(),
        Never::Visits { most } => format!("посещения этого этапа считаются от 1 до {most}"),
        Never::Value { least, most } => {
            format!(
                "суммы бывают примерно от {} до {}",
                LANGUAGE.rough(*least),
                LANGUAGE.rough(*most)
            )
        }
        Never::NewRound => {
            "каждая продажа начинает новый круг, и посещения снова считаются с 1".to_owned()
        }
        Never::NoSale => "до этого этапа продаж не бывает".to_owned(),
        Never::Sold => "к этому моменту у каждой сделки уже есть продажа".to_owned(),
        Never::Age { least, most } if least == most => {
            format!("возраст сделок здесь всегда {}", LANGUAGE.duration(*least))
        }
        Never::Age { least, most } if most.is_infinite() => {
            format!("возраст сделок здесь не меньше {}", LANGUAGE.duration(*least))
        }
        Never::Age { least, most } => format!(
            "возраст сделок здесь от {} до {}",
            LANGUAGE.duration(*least),
            LANGUAGE.duration(*most)
        ),
        Never::NoQueue { role } => {
            format!("сотрудников роли {} сколько угодно, и очереди к ним нет", show(role))
        }
        Never::NoScore => "оценка бывает от 0 до 100".to_owned(),
        Never::Outside => "это вне модельного времени".to_owned(),
        Never::Values { known } if known.is_empty() => {
            "ни один этап до этого не задаёт значения".to_owned()
        }
        Never::Values { known } => format!("у сделок здесь бывает только {}", list(known)),
    }
}
