//! The dashboard as one long table: each number of each chart with what it measures.

use super::table;
use crate::report::chart::Chart;
use crate::report::model::{RegisterKind, RegisterTable};

const COLUMNS: &[(&str, f32)] = &[
    ("Chart", 1.0),
    ("Finding", 2.5),
    ("Item", 1.5),
    ("Measure", 1.0),
    ("Value", 1.0),
];

/// The dashboard as one table.
pub(super) fn dashboard(charts: &[Chart]) -> RegisterTable {
    table(
        RegisterKind::Dashboard,
        COLUMNS,
        charts.iter().flat_map(rows_of).collect(),
    )
}

/// A row for each cell of the data table of a chart. A chart without any has one row, so that its finding is there.
fn rows_of(chart: &Chart) -> Vec<Vec<String>> {
    let row = |item: &str, measure: &str, value: &str| {
        [chart.title.as_str(), &chart.finding, item, measure, value]
            .map(str::to_owned)
            .into()
    };
    let mut rows: Vec<Vec<String>> = Vec::new();
    for data in &chart.rows {
        let cells = data.cells.iter().zip(&chart.columns);
        let item = data.cells.first().map_or("", String::as_str);
        rows.extend(cells.skip(1).map(|(value, measure)| row(item, measure, value)));
    }
    if rows.is_empty() {
        rows.push(row("", "", ""));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analysis;
    use crate::domain::{Answer, Standing, fixture};
    use crate::report::dashboard::dashboard as charts;

    #[test]
    fn every_number_of_every_chart_has_a_row() {
        let mut assessment = fixture::assessment();
        let answer = Answer {
            standing: Standing::NotInPlace,
            ..Default::default()
        };
        assessment.answers.insert(fixture::REVIEW, answer);
        let analysis = Analysis::new(&fixture::CATALOGUE, &assessment, fixture::date());
        let charts = charts(&fixture::CATALOGUE, &assessment, &analysis);
        let table = dashboard(&charts);
        let n_cells: usize = charts.iter().flat_map(|it| &it.rows).map(|it| it.cells.len() - 1).sum();
        assert_eq!(table.rows.len(), n_cells);
        assert!(table.rows.iter().all(|row| row.len() == COLUMNS.len()));
        let expected = [
            "What the answers rest on",
            "Of 1 answer, 0 were tested, 0 seen, 0 only said, and 1 has no stated basis.",
            "Not stated",
            "Answers",
            "1",
        ];
        assert!(table.rows.iter().any(|row| row == &expected));
    }
}
