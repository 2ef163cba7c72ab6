//! Numbers with units: each parser either refuses a text or gives a finite value.

#![no_main]

use libfuzzer_sys::fuzz_target;
use voronka::quantity::{Length, Pay, Rate, Share, parse_count, parse_number, parse_share};

fuzz_target!(|text: &str| {
    if let Ok(length) = Length::parse(text) {
        assert!(length.nominal_days().is_finite() && length.nominal_days() >= 0.0, "{length:?}");
        assert!(length.working_micros(8.0).is_finite(), "{length:?}");
    }
    if let Ok(number) = parse_number(text) {
        assert!(number.is_finite(), "{number}");
    }
    if let Ok(Share::Of(share)) = parse_share(text) {
        assert!((0.0..=1.0).contains(&share), "{share}");
    }
    let _ = parse_count(text);
    if let Ok(rate) = Rate::parse(text) {
        assert!(rate.per_day.is_finite() && rate.per_day >= 0.0, "{rate:?}");
    }
    let _ = Pay::parse(text);
});
