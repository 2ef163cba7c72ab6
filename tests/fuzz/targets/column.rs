//! A CSV file, from which a model reads one column of times or of money.

#![no_main]

use libfuzzer_sys::fuzz_target;
use voronka::records::values;

fuzz_target!(|text: &str| {
    for (column, time) in [("days", true), ("amount", false)] {
        for value in values(text, column, time).into_iter().flatten() {
            assert!(value.is_finite() && (!time || value >= 0.0), "{value}");
        }
    }
});
