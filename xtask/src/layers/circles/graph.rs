//! A directed graph of the imports between source files, in which cycles are found.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The edges of the graph of imports: for each source file, the files that it imports, with the
/// number of the line on which the import is first used.
#[derive(Default)]
pub(super) struct Graph {
    arrows: BTreeMap<usize, BTreeMap<usize, usize>>,
}

impl Graph {
    pub(super) fn add(&mut self, from: usize, to: usize, line: usize) {
        if from != to {
            let first = self.arrows.entry(from).or_default().entry(to).or_insert(line);
            *first = line.min(*first);
        }
    }

    pub(super) fn line(&self, from: usize, to: usize) -> usize {
        self.arrows.get(&from).and_then(|ends| ends.get(&to)).copied().unwrap_or_default()
    }

    /// Returns the groups of two or more source files in which every file imports every other one,
    /// directly or through further files (strongly connected components). The files of a group are
    /// sorted.
    pub(super) fn components(&self) -> Vec<Vec<usize>> {
        let reached: BTreeMap<usize, BTreeSet<usize>> =
            self.arrows.keys().map(|&from| (from, self.reached_from(from))).collect();
        let reaches = |from: usize, to: usize| reached.get(&from).is_some_and(|ends| ends.contains(&to));
        let mut placed = BTreeSet::new();
        let mut components = Vec::new();
        for &file in self.arrows.keys() {
            if reaches(file, file) && !placed.contains(&file) {
                let all = self.arrows.keys().copied();
                let component: Vec<usize> = all.filter(|&other| reaches(file, other) && reaches(other, file)).collect();
                placed.extend(component.iter().copied());
                components.push(component);
            }
        }
        components
    }

    /// Returns the shortest cycle of imports among the source files of one strongly connected
    /// component, in which every file imports every other one directly or through further files.
    pub(super) fn shortest_circle(&self, component: &[usize]) -> Vec<usize> {
        let ways = component.iter().filter_map(|&file| self.way_round(file));
        ways.min_by_key(Vec::len).unwrap_or_default()
    }

    /// Returns every import between source files of one strongly connected component: importing
    /// file, imported file, line number. In such a component, every file imports every other one
    /// directly or through further files.
    pub(super) fn arrows(&self, component: &[usize]) -> Vec<(usize, usize, usize)> {
        let all = self.arrows.iter().flat_map(|(&from, ends)| ends.iter().map(move |(&to, &line)| (from, to, line)));
        all.filter(|(from, to, _)| component.contains(from) && component.contains(to)).collect()
    }

    fn ends(&self, file: usize) -> impl Iterator<Item = usize> + '_ {
        self.arrows.get(&file).into_iter().flat_map(|ends| ends.keys().copied())
    }

    fn reached_from(&self, file: usize) -> BTreeSet<usize> {
        let mut reached = BTreeSet::new();
        let mut open = vec![file];
        while let Some(next) = open.pop() {
            open.extend(self.ends(next).filter(|&end| reached.insert(end)));
        }
        reached
    }

    /// Returns the shortest path of imports that leads from a source file back to the same file,
    /// found by a breadth-first search.
    fn way_round(&self, file: usize) -> Option<Vec<usize>> {
        let mut reached_from = BTreeMap::new();
        let mut open = VecDeque::from([file]);
        while let Some(next) = open.pop_front() {
            for end in self.ends(next) {
                reached_from.entry(end).or_insert_with(|| {
                    open.push_back(end);
                    next
                });
            }
        }
        let mut way = vec![*reached_from.get(&file)?];
        while let Some(&last) = way.last().filter(|&&last| last != file) {
            way.push(*reached_from.get(&last)?);
        }
        way.reverse();
        Some(way)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(arrows: &[(usize, usize)]) -> Graph {
        let mut graph = Graph::default();
        for &(from, to) in arrows {
            graph.add(from, to, 1);
        }
        graph
    }

    #[test]
    fn components_are_told_apart() {
        let graph = graph(&[(1, 2), (2, 1), (2, 3), (3, 4), (4, 5), (5, 3), (5, 6)]);
        assert_eq!(graph.components(), [vec![1, 2], vec![3, 4, 5]]);
        assert_eq!(graph.shortest_circle(&[3, 4, 5]), [3, 4, 5]);
        assert_eq!(graph.arrows(&[1, 2]), [(1, 2, 1), (2, 1, 1)]);
    }

    #[test]
    fn the_shortest_way_round_is_taken() {
        assert_eq!(graph(&[(1, 2), (2, 3), (3, 1), (3, 2)]).shortest_circle(&[1, 2, 3]), [2, 3]);
        assert!(graph(&[(1, 2), (2, 3), (1, 1)]).components().is_empty());
    }

    #[test]
    fn the_first_line_stands_for_an_arrow() {
        let mut graph = Graph::default();
        for line in [7, 3, 9] {
            graph.add(1, 2, line);
        }
        assert_eq!(graph.line(1, 2), 3);
    }
}
