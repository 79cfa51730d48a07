//! The numbered pages of a long list.

use crate::i18n::Texts;
use std::ops::Range;

/// The pages of a list, of which one is shown. Pages and entries are counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pager {
    /// The number of the shown page.
    pub(crate) page: usize,
    size: usize,
    /// The number of entries in the whole list.
    pub(crate) total: usize,
}

impl Pager {
    /// The pager of a list with `total` entries, of which a page shows `size`. The nearest existing page
    /// is shown instead of one that does not exist.
    pub(crate) fn new(asked: usize, size: usize, total: usize) -> Self {
        let pages = total.div_ceil(size).max(1);
        Self { page: asked.clamp(1, pages), size, total }
    }

    /// The pager that shows the whole list on one page.
    pub(crate) fn whole(total: usize) -> Self {
        Self { page: 1, size: total.max(1), total }
    }

    /// The number of pages.
    pub(crate) fn pages(&self) -> usize {
        self.total.div_ceil(self.size).max(1)
    }

    /// The places of the shown entries in the list, counted from 0.
    pub(crate) fn shown(&self) -> Range<usize> {
        let first = (self.page - 1) * self.size;
        first..(first + self.size).min(self.total)
    }

    /// Says which entries are shown: rows 101–200 of 6,936.
    pub(crate) fn range(&self, texts: &Texts) -> String {
        let number = |place: usize| texts.number(i64::try_from(place).unwrap_or(i64::MAX));
        let Range { start, end } = self.shown();
        let range = format!("{}–{}", number(start + 1), number(end));
        texts.with2("page-range", &("range", range), &("n", number(self.total)))
    }

    /// The numbers of the pages to link to: the first, those around the shown one, and the last. `None`
    /// stands for pages that are left out.
    pub(crate) fn numbers(&self) -> Vec<Option<usize>> {
        let pages = self.pages();
        let is_linked = |page: &usize| *page == 1 || *page == pages || page.abs_diff(self.page) <= 2;
        let mut numbers: Vec<Option<usize>> = Vec::new();
        for page in (1..=pages).filter(is_linked) {
            if numbers.last().copied().flatten().is_some_and(|last| last + 1 < page) {
                numbers.push(None);
            }
            numbers.push(Some(page));
        }
        numbers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_existing_page_is_shown() {
        let shown = |asked, total| Pager::new(asked, 100, total).shown();
        assert_eq!(shown(1, 250), 0..100);
        assert_eq!(shown(3, 250), 200..250);
        assert_eq!(shown(4, 250), 200..250);
        assert_eq!(shown(0, 250), 0..100);
        assert_eq!(shown(2, 100), 0..100);
        assert_eq!(shown(1, 0), 0..0);
        assert_eq!(Pager::whole(250).shown(), 0..250);
        assert_eq!(Pager::whole(0).shown(), 0..0);
    }

    #[test]
    fn pages_far_from_the_shown_one_are_left_out() {
        let numbers = |asked| Pager::new(asked, 10, 100).numbers();
        let all = |numbers: &[usize]| numbers.iter().map(|&page| (page > 0).then_some(page)).collect::<Vec<_>>();
        assert_eq!(numbers(1), all(&[1, 2, 3, 0, 10]));
        assert_eq!(numbers(4), all(&[1, 2, 3, 4, 5, 6, 0, 10]));
        assert_eq!(numbers(6), all(&[1, 0, 4, 5, 6, 7, 8, 0, 10]));
        assert_eq!(Pager::new(1, 10, 10).numbers(), all(&[1]));
    }
}
