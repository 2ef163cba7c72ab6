//! The order of stages in the funnel.

use super::traces::Trace;

/// Stages by the mean place of their first visit in the deals that have them; those seen first come first where it is equal.
pub(super) fn order(traces: &[Trace], stages: usize) -> Vec<usize> {
    let mut sums = vec![(0.0, 0_u64); stages];
    for trace in traces {
        let mut seen = Vec::new();
        for step in &trace.steps {
            let stage = step.stage as usize;
            if !seen.contains(&stage) {
                sums[stage].0 += seen.len() as f64;
                sums[stage].1 += 1;
                seen.push(stage);
            }
        }
    }
    let mean = |stage: usize| sums[stage].0 / sums[stage].1 as f64;
    let mut order: Vec<usize> = (0..stages).filter(|stage| sums[*stage].1 > 0).collect();
    order.sort_by(|a, b| mean(*a).total_cmp(&mean(*b)));
    order
}
