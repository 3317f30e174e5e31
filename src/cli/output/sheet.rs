//! Rows under titles: what a table and a CSV file have in common.

use std::borrow::Cow;

/// What stands above a column or before a text.
pub(in crate::cli) type Title = Cow<'static, str>;

/// Rows under titles. Texts are as the store has them; each form makes them safe.
#[derive(Debug, Default)]
pub(in crate::cli) struct Sheet {
    /// Titles for people; a CSV header has them in lower case, with underscores.
    pub(super) titles: Vec<Title>,
    pub(super) rows: Vec<Vec<String>>,
    /// Whether columns may be left out, from the right, on a narrow terminal.
    pub(super) may_drop: bool,
}

impl Sheet {
    /// Rows that are shown whole, however narrow the terminal.
    pub(in crate::cli) fn new(titles: Vec<impl Into<Title>>, rows: Vec<Vec<String>>) -> Self {
        let titles = titles.into_iter().map(Into::into).collect();
        Self { titles, rows, may_drop: false }
    }

    /// Rows whose columns stand in order of importance.
    pub(in crate::cli) fn by_importance(
        titles: Vec<impl Into<Title>>,
        rows: Vec<Vec<String>>,
    ) -> Self {
        Self { may_drop: true, ..Self::new(titles, rows) }
    }

    /// One record, label by label.
    pub(in crate::cli) fn of_record(fields: Vec<(impl Into<Title>, String)>) -> Self {
        let (titles, row): (Vec<_>, _) = fields.into_iter().unzip();
        Self::new(titles, vec![row])
    }

    /// Its titles.
    pub(in crate::cli) fn titles(&self) -> &[Title] {
        &self.titles
    }

    /// The text of a cell; nothing where there is none.
    pub(in crate::cli) fn cell(&self, row: usize, column: usize) -> String {
        self.rows.get(row).and_then(|row| row.get(column)).cloned().unwrap_or_default()
    }

    /// The same rows with one column more, in which each has this text.
    pub(in crate::cli) fn with_column(self, title: &'static str, text: &str) -> Self {
        let cells = vec![text.to_owned(); self.rows.len()];
        self.with_cells(title, cells)
    }

    /// The same rows with one column more, a text for each row.
    pub(in crate::cli) fn with_cells(mut self, title: &'static str, cells: Vec<String>) -> Self {
        self.titles.push(title.into());
        for (row, cell) in self.rows.iter_mut().zip(cells) {
            row.push(cell);
        }
        self
    }
}
