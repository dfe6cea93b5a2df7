//! The registers of the report, each as a table. One file for each subject; none computes, all of it comes from the
//! analysis.

mod changes;
mod dashboard;
mod evidence;
mod findings;
mod gates;
mod obligations;
mod papers;
mod plan;
mod risks;
mod suppliers;

use super::chart::Chart;
use super::model::{RegisterColumn, RegisterKind, RegisterTable};
use crate::analysis::{Analysis, Plan};
use crate::domain::{Assessment, Catalogue, EntryId};

/// What the tables are made from.
pub(super) struct Register<'a> {
    /// The catalogue.
    pub catalogue: &'a Catalogue,
    /// What the team has said.
    pub assessment: &'a Assessment,
    /// What was computed from it.
    pub analysis: &'a Analysis,
}

/// All registers, in the order of [`RegisterKind::ALL`]. Change is shown since the snapshot that is named, or since the one
/// that a report of the day compares with.
pub(super) fn register_tables(
    from: &Register,
    plan: &Plan,
    dashboard: &[Chart],
    since: Option<EntryId>,
) -> Vec<RegisterTable> {
    let table = |kind| match kind {
        RegisterKind::Gates => gates::gates(from),
        RegisterKind::Findings => findings::findings(from),
        RegisterKind::RiskTreatmentPlan => risks::treatment_plan(from),
        RegisterKind::DocumentedInformation => papers::documented_information(from),
        RegisterKind::ControlMatrix => papers::control_matrix(from),
        RegisterKind::EvidenceRequests => evidence::requests(from),
        RegisterKind::Suppliers => suppliers::suppliers(from),
        RegisterKind::Responsibilities => suppliers::responsibilities(from),
        RegisterKind::Calendar => gates::calendar(from),
        RegisterKind::Dashboard => dashboard::dashboard(dashboard),
        RegisterKind::Plan => plan::plan(from, plan),
        RegisterKind::Changes => changes::changes(from, since),
        RegisterKind::Obligations => obligations::obligations(from),
    };
    RegisterKind::ALL.into_iter().map(table).collect()
}

/// A table with its columns: title and share of the width of a page, 0 for a column that only CSV has.
fn table(kind: RegisterKind, columns: &[(&str, f32)], rows: Vec<Vec<String>>) -> RegisterTable {
    let column = |(title, width): &(&str, f32)| RegisterColumn {
        title: (*title).to_owned(),
        width: *width,
        cut: 0,
    };
    RegisterTable {
        kind,
        remarks: Vec::new(),
        columns: columns.iter().map(column).collect(),
        rows,
        left_out: Vec::new(),
    }
}

/// The table with lists of some columns cut on paper: title, and about how many characters stand there.
fn cut(mut table: RegisterTable, lists: &[(&str, usize)]) -> RegisterTable {
    for column in &mut table.columns {
        let list = lists.iter().find(|(title, _)| *title == column.title);
        column.cut = list.map_or(0, |(_, characters)| *characters);
    }
    table
}

/// Positions of the rows that something is true of.
fn rows_where(rows: &[Vec<String>], is_so: impl Fn(&[String]) -> bool) -> Vec<usize> {
    let rows = rows.iter().enumerate().filter(|(_, row)| is_so(row));
    rows.map(|(at, _)| at).collect()
}
