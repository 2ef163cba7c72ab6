//! Common names of time zones that are not IANA names: abbreviations, offsets from UTC, and zones
//! without summer time.

/// The IANA zone that an abbreviation or an offset from UTC probably means.
pub(super) fn place(name: &str) -> Option<&'static str> {
    let name = name.trim().to_uppercase();
    let abbreviation =
        ABBREVIATIONS.iter().find(|(known, _)| *known == name).map(|(_, place)| *place);
    abbreviation.or_else(|| {
        let hours = hours_from_utc(&name)?;
        BY_HOURS.iter().find(|(known, _)| *known == hours).map(|(_, place)| *place)
    })
}

/// The IANA zone to use instead of a fixed-offset one such as `Etc/GMT-3`.
pub(super) fn place_of_fixed(name: &str) -> Option<&'static str> {
    if let Some(hours) = name.strip_prefix("Etc/GMT") {
        // POSIX signs: Etc/GMT+3 is west of Greenwich.
        let west: i32 = hours.parse().ok()?;
        return BY_HOURS.iter().find(|(known, _)| *known == -west).map(|(_, place)| *place);
    }
    matches!(name, "EST" | "MST" | "HST").then(|| place(name)).flatten()
}

/// The 3 of `UTC+3`, `GMT +03:00` or `+3`.
fn hours_from_utc(name: &str) -> Option<i32> {
    let rest = name.trim_start_matches("UTC").trim_start_matches("GMT").trim();
    let sign = match rest.chars().next()? {
        '+' => 1,
        '-' | '\u{2212}' => -1,
        _ => return None,
    };
    let digits = rest.trim_start_matches(['+', '-', '\u{2212}']).trim();
    let hours = digits.split(':').next()?;
    let hours = if hours.len() == 4 { &hours[..2] } else { hours };
    hours.parse::<i32>().ok().map(|hours| sign * hours)
}

#[rustfmt::skip]
const ABBREVIATIONS: [(&str, &str); 28] = [
    ("MSK", "Europe/Moscow"), ("MSD", "Europe/Moscow"), ("МСК", "Europe/Moscow"),
    ("SAMT", "Europe/Samara"), ("YEKT", "Asia/Yekaterinburg"), ("OMST", "Asia/Omsk"),
    ("NOVT", "Asia/Novosibirsk"), ("KRAT", "Asia/Krasnoyarsk"), ("IRKT", "Asia/Irkutsk"),
    ("VLAT", "Asia/Vladivostok"), ("CEST", "Europe/Berlin"), ("EEST", "Europe/Athens"),
    ("WEST", "Europe/Lisbon"), ("BST", "Europe/London"), ("IST", "Asia/Kolkata"),
    ("JST", "Asia/Tokyo"), ("SGT", "Asia/Singapore"), ("AEST", "Australia/Sydney"),
    ("EST", "America/New_York"), ("EDT", "America/New_York"), ("ET", "America/New_York"),
    ("CST", "America/Chicago"), ("CDT", "America/Chicago"), ("MST", "America/Denver"),
    ("MDT", "America/Denver"), ("PST", "America/Los_Angeles"), ("PDT", "America/Los_Angeles"),
    ("HST", "Pacific/Honolulu"),
];

#[rustfmt::skip]
const BY_HOURS: [(i32, &str); 23] = [
    (-10, "Pacific/Honolulu"), (-9, "America/Anchorage"), (-8, "America/Los_Angeles"),
    (-7, "America/Denver"), (-6, "America/Chicago"), (-5, "America/New_York"),
    (-4, "America/Halifax"), (-3, "America/Sao_Paulo"), (-2, "America/Noronha"),
    (-1, "Atlantic/Azores"), (0, "UTC"), (1, "Europe/Berlin"), (2, "Europe/Kaliningrad"),
    (3, "Europe/Moscow"), (4, "Europe/Samara"), (5, "Asia/Yekaterinburg"), (6, "Asia/Omsk"),
    (7, "Asia/Novosibirsk"), (8, "Asia/Irkutsk"), (9, "Asia/Tokyo"), (10, "Asia/Vladivostok"),
    (11, "Asia/Magadan"), (12, "Asia/Kamchatka"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_suggested_zone_exists() {
        let places = ABBREVIATIONS.iter().map(|known| known.1).chain(BY_HOURS.iter().map(|k| k.1));
        for place in places {
            assert!(jiff::tz::TimeZone::get(place).is_ok(), "{place}");
        }
    }

    #[test]
    fn common_zone_names_have_suggestions() {
        assert_eq!(place("msk"), Some("Europe/Moscow"));
        assert_eq!(place("UTC+3"), Some("Europe/Moscow"));
        assert_eq!(place("GMT +03:00"), Some("Europe/Moscow"));
        assert_eq!(place("-0500"), Some("America/New_York"));
        assert_eq!(place("Europe/Moskow"), None);
        assert_eq!(place_of_fixed("EST"), Some("America/New_York"));
        assert_eq!(place_of_fixed("Etc/GMT-3"), Some("Europe/Moscow"));
        assert_eq!(place_of_fixed("UTC"), None);
    }
}
