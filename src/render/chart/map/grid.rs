//! Where stages stand and which course ways take, in rows and columns, before anything is measured.
//!
//! Every row of stages has a corridor above it. A way to the next stage of its row leads straight to it. Any other
//! way runs through corridors, and changes rows in a gap between columns that no straight way crosses there, so a
//! way never passes a stage, the head of an arrow or the words of a straight way.

/// The place of a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) row: usize,
    pub(super) column: usize,
}

/// Stages in rows and columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Grid {
    /// One for each stage.
    pub(super) cells: Vec<Cell>,
    pub(super) rows: usize,
    pub(super) columns: usize,
    /// The lanes from top to bottom, each with its rows.
    pub(super) lanes: Vec<(String, std::ops::Range<usize>)>,
}

/// A way between two stages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Way {
    /// Number of the transition on the map.
    pub(super) transition: usize,
    /// Numbers of the stages.
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) course: Course,
}

/// How a way runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Course {
    /// To the next stage of the row.
    Straight,
    /// Through the corridor of its row.
    Over,
    /// To another row, through the gap on the left of this column; from the right side of its stage or from above.
    Through { gap: usize, from_side: bool },
}

impl Grid {
    /// Stages in their order, row by row.
    pub(super) fn in_order(stages: usize, columns: usize) -> Grid {
        let columns = columns.max(1);
        let cell = |at| Cell { row: at / columns, column: at % columns };
        let rows = stages.div_ceil(columns);
        Grid { cells: (0..stages).map(cell).collect(), rows, columns, lanes: Vec::new() }
    }

    /// Stages in the lanes of these names, from left to right in their order: each in a column of its own if there is
    /// room, else a stage may stand under the one before it, in another lane; else each lane in rows of its own.
    pub(super) fn in_lanes(lane_of: &[&str], columns: usize) -> Grid {
        let columns = columns.max(1);
        let mut names: Vec<&str> = Vec::new();
        for name in lane_of {
            if !names.contains(name) {
                names.push(name);
            }
        }
        let lane = |at: usize| names.iter().position(|name| *name == lane_of[at]).unwrap_or(0);
        let mut cells: Vec<Cell> = Vec::new();
        for at in 0..lane_of.len() {
            let row = lane(at);
            let in_lane = cells.iter().filter(|cell| cell.row == row);
            let free = in_lane.map(|cell| cell.column + 1).max().unwrap_or(0);
            let before = cells.last().map_or(0, |cell| cell.column);
            let column = if lane_of.len() <= columns { at } else { free.max(before) };
            cells.push(Cell { row, column });
        }
        let widest = cells.iter().map(|cell| cell.column + 1).max().unwrap_or(1);
        if widest <= columns {
            let lanes =
                names.iter().enumerate().map(|(row, name)| ((*name).to_owned(), row..row + 1));
            return Grid { cells, rows: names.len(), columns: widest, lanes: lanes.collect() };
        }
        let mut lanes: Vec<(String, std::ops::Range<usize>)> = Vec::new();
        let mut first = 0;
        for (number, name) in names.iter().enumerate() {
            let members: Vec<usize> = (0..cells.len()).filter(|at| lane(*at) == number).collect();
            for (place, at) in members.iter().enumerate() {
                cells[*at] = Cell { row: first + place / columns, column: place % columns };
            }
            let rows = members.len().div_ceil(columns);
            lanes.push(((*name).to_owned(), first..first + rows));
            first += rows;
        }
        Grid { cells, rows: first, columns, lanes }
    }

    /// The courses of ways, each given as its transition and the stages that it joins.
    pub(super) fn ways(&self, ways: &[(usize, usize, usize)]) -> Vec<Way> {
        let mut straight: Vec<(usize, usize)> = Vec::new();
        let mut found: Vec<Way> = Vec::new();
        for &(transition, from, to) in ways {
            if self.is_next(from, to) && !straight.contains(&(from, to)) {
                straight.push((from, to));
                found.push(Way { transition, from, to, course: Course::Straight });
            }
        }
        let mut sides: Vec<usize> = straight.iter().map(|(from, _)| *from).collect();
        for &(transition, from, to) in ways {
            if found.iter().any(|way| way.transition == transition) {
                continue;
            }
            let course = self.course(from, to, &straight, sides.contains(&from));
            if matches!(course, Course::Through { from_side: true, .. }) {
                sides.push(from);
            }
            found.push(Way { transition, from, to, course });
        }
        found
    }

    /// Whether a stage is the next one of the row.
    fn is_next(&self, from: usize, to: usize) -> bool {
        let (a, b) = (self.cells[from], self.cells[to]);
        let between =
            |cell: &Cell| cell.row == a.row && cell.column > a.column && cell.column < b.column;
        a.row == b.row && a.column < b.column && !self.cells.iter().any(between)
    }

    fn course(
        &self,
        from: usize,
        to: usize,
        straight: &[(usize, usize)],
        side_taken: bool,
    ) -> Course {
        let (a, b) = (self.cells[from], self.cells[to]);
        if a.row == b.row {
            return Course::Over;
        }
        // The rows of stages that it passes: corridors lie above their rows.
        let passed = a.row.min(b.row)..a.row.max(b.row);
        let is_free = |gap: usize| {
            let crosses = |(left, right): &(usize, usize)| {
                let (left, right) = (self.cells[*left], self.cells[*right]);
                passed.contains(&left.row) && left.column < gap && gap <= right.column
            };
            !straight.iter().any(crosses)
        };
        if b.row > a.row && to > from && !side_taken && is_free(a.column + 1) {
            return Course::Through { gap: a.column + 1, from_side: true };
        }
        let length = |gap: &usize| {
            // Twice the distances from the gap, which is at the left of its column, to the middles of both stages.
            let distance = |column: usize| (2 * column + 1).abs_diff(2 * gap);
            distance(a.column) + distance(b.column)
        };
        let gaps = (0..=self.columns).filter(|gap| is_free(*gap));
        // The outer gaps are always free.
        Course::Through { gap: gaps.min_by_key(length).unwrap_or(0), from_side: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_to_the_next_row_leaves_at_the_side_and_a_way_back_from_above() {
        let grid = Grid::in_order(8, 4);
        let ways = grid.ways(&[(0, 0, 1), (1, 3, 4), (2, 5, 1), (3, 1, 3), (4, 2, 2), (5, 0, 1)]);
        let courses: Vec<(usize, Course)> =
            ways.iter().map(|way| (way.transition, way.course)).collect();
        let through = |gap, from_side| Course::Through { gap, from_side };
        assert_eq!(
            courses,
            [
                (0, Course::Straight),
                (1, through(4, true)),
                (2, through(2, false)),
                (3, Course::Over),
                (4, Course::Over),
                (5, Course::Over),
            ]
        );
    }

    #[test]
    fn lanes_keep_the_order_from_left_to_right_if_there_is_room() {
        let lanes = ["a", "a", "b", "a", "c"];
        let grid = Grid::in_lanes(&lanes, 4);
        let columns: Vec<usize> = grid.cells.iter().map(|cell| cell.column).collect();
        assert_eq!((columns, grid.rows), (vec![0, 1, 1, 2, 2], 3));
        let wide = Grid::in_lanes(&lanes, 5);
        assert!(wide.cells.iter().enumerate().all(|(at, cell)| cell.column == at));
        let narrow = Grid::in_lanes(&lanes, 2);
        assert_eq!((narrow.rows, narrow.lanes[0].1.clone()), (4, 0..2));
    }
}
