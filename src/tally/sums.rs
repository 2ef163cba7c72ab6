//! Adds the cells of classes.

use super::cells::{Cells, StageCells};

impl Cells {
    /// Adds the cells of another class of the same replication.
    pub fn merge(&mut self, other: &Cells) {
        self.arrivals += other.arrivals;
        self.client_arrivals += other.client_arrivals;
        self.undecided_at_start += other.undecided_at_start;
        self.undecided_at_end += other.undecided_at_end;
        self.won += other.won;
        self.lost += other.lost;
        self.done += other.done;
        self.qualified_won += other.qualified_won;
        self.qualified_lost += other.qualified_lost;
        self.won_value += other.won_value;
        self.lost_value += other.lost_value;
        self.cohort += other.cohort;
        self.cohort_undecided += other.cohort_undecided;
        self.cohort_reached += other.cohort_reached;
        self.cohort_won += other.cohort_won;
        self.cohort_lost += other.cohort_lost;
        self.cohort_done += other.cohort_done;
        add(&mut self.due, &other.due);
        add(&mut self.won_within, &other.won_within);
        self.marketing += other.marketing;
        self.client_marketing += other.client_marketing;
        self.first_sales += other.first_sales;
        self.later_sales += other.later_sales;
        self.first_value += other.first_value;
        self.later_value += other.later_value;
        self.sales_cycle += &other.sales_cycle;
        self.from_deal += &other.from_deal;
        self.processing += other.processing;
        self.response += &other.response;
        self.response_open += &other.response_open;
        for (mine, others) in self.tasks.iter_mut().zip(&other.tasks) {
            mine.merge(others);
        }
        self.salaries += other.salaries;
        self.commission += other.commission;
        self.cancelled += other.cancelled;
        self.overheads += other.overheads;
        self.one_off += other.one_off;
        self.rollout += other.rollout;
        self.scores += other.scores;
        self.scores_won += other.scores_won;
        self.unhappy += other.unhappy;
        for (mine, others) in self.ends.iter_mut().zip(&other.ends) {
            mine.time += &others.time;
            mine.cost += &others.cost;
        }
        for (mine, others) in self.stages.iter_mut().zip(&other.stages) {
            mine.merge(others);
        }
        for (at, others) in &other.losses {
            match self.losses.binary_search_by_key(at, |(place, _)| *place) {
                Ok(place) => self.losses[place].1.merge(others),
                Err(place) => self.losses.insert(place, (*at, *others)),
            }
        }
        for (mine, others) in self.churn.iter_mut().zip(&other.churn) {
            mine.merge(others);
        }
        self.clients += other.clients;
        self.repeat_clients += other.repeat_clients;
        self.client_sales += other.client_sales;
    }
}

impl StageCells {
    fn merge(&mut self, other: &StageCells) {
        self.entries += other.entries;
        self.rework += other.rework;
        self.rework_cost += other.rework_cost;
        self.rework_time += other.rework_time;
        self.cost += other.cost;
        self.time += &other.time;
        self.deals += other.deals;
        self.occupancy += other.occupancy;
        self.processing += other.processing;
        self.queue += other.queue;
        self.off_hours += other.off_hours;
        self.late += other.late;
        self.asked += other.asked;
        self.followed += other.followed;
        self.open += other.open;
        self.open_value += other.open_value;
        self.open_age += &other.open_age;
        self.exits.resize(other.exits.len(), 0);
        for (mine, others) in self.exits.iter_mut().zip(&other.exits) {
            *mine += others;
        }
        self.entered += other.entered;
        self.reached_next += other.reached_next;
        self.decided += other.decided;
        self.decided_won += other.decided_won;
    }
}

/// Adds numbers place by place.
fn add(mine: &mut [u64; 4], others: &[u64; 4]) {
    mine.iter_mut().zip(others).for_each(|(mine, others)| *mine += others);
}
