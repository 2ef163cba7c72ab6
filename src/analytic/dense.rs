//! Visits of a small chain with a dense transition matrix.
//!
//! Visits solve v = e + Pᵀv, the fundamental matrix of Kemeny & Snell (*Finite Markov Chains*, ch. 3),
//! by Gaussian elimination with partial pivoting.

/// Expected visits of each state from a start vector; `None` if the chain never ends.
///
/// `transitions[i][j]` is the probability of j after i; rows sum to 1 or less.
pub fn visits(transitions: &[Vec<f64>], start: &[f64]) -> Option<Vec<f64>> {
    let count = start.len();
    // (I − Pᵀ) v = start, with the right side as the last column.
    let mut rows: Vec<Vec<f64>> = (0..count)
        .map(|to| {
            let mut row: Vec<f64> = (0..count).map(|from| -transitions[from][to]).collect();
            row[to] += 1.0;
            row.push(start[to]);
            row
        })
        .collect();
    for column in 0..count {
        let pivot = (column..count)
            .max_by(|a, b| rows[*a][column].abs().total_cmp(&rows[*b][column].abs()))?;
        if rows[pivot][column].abs() < 1e-14 {
            return None;
        }
        rows.swap(column, pivot);
        let (above, below) = rows.split_at_mut(column + 1);
        let top = &above[column];
        for row in below.iter_mut().filter(|row| row[column] != 0.0) {
            let factor = row[column] / top[column];
            for (cell, other) in row[column..].iter_mut().zip(&top[column..]) {
                *cell -= factor * other;
            }
        }
    }
    let mut visits = vec![0.0; count];
    for at in (0..count).rev() {
        let known: f64 = (at + 1..count).map(|j| rows[at][j] * visits[j]).sum();
        visits[at] = (rows[at][count] - known) / rows[at][at];
    }
    visits.iter().all(|v| v.is_finite() && *v > -1e-9).then_some(visits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_self_loop_is_visited_one_over_its_exit_share_times() {
        let visits = visits(&[vec![0.999, 0.0], vec![0.0, 0.5]], &[1.0, 0.0]).unwrap();
        assert!((visits[0] - 1000.0).abs() < 1e-6);
        assert!(visits[1].abs() < 1e-12);
    }

    #[test]
    fn a_closed_loop_has_no_answer() {
        assert_eq!(visits(&[vec![0.0, 1.0], vec![1.0, 0.0]], &[1.0, 0.0]), None);
    }
}
