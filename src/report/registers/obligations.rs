//! Other laws and frameworks, read through ISO/IEC 27001: a row for each of them, for each part and group, and for each
//! obligation. Papers hold a row for each law or framework, with its groups in a cell and its credit; the rest is left to
//! CSV.

use super::{Register, rows_where, table};
use crate::analysis::{Analysis, Footing, GroupReading, ObligationReading, SourceReading, SpokenCount, as_if_in_scope};
use crate::catalogue::OBLIGATIONS;
use crate::domain::{FrameworkId, ObligationSource};
use crate::report::model::{RegisterKind, RegisterTable};
use crate::report::wording;

const COLUMNS: &[(&str, f32)] = &[
    ("Source", 0.8),
    ("Item", 0.0),
    ("Title", 0.0),
    ("Group", 0.0),
    ("What the answers say", 0.0),
    ("What they say, in all and group by group", 4.4),
    ("ISO requirements", 0.0),
    ("Ready", 0.0),
    ("Partly", 0.0),
    ("Not ready", 0.0),
    ("Open", 0.0),
    ("Not in scope", 0.0),
    ("Gaps", 0.0),
    ("Note", 5.6),
];

/// What stands in the column of the group where a row is about a whole law or framework.
const WHOLE: &str = "All of it";

/// Layered obligations as a table.
pub(super) fn obligations(from: &Register) -> RegisterTable {
    rolled_up(from, OBLIGATIONS)
}

fn rolled_up(from: &Register, sources: &'static [ObligationSource]) -> RegisterTable {
    let is_in_scope = from.assessment.scope.frameworks.contains(&FrameworkId::Iso27001);
    let widened;
    let analysis = if is_in_scope {
        from.analysis
    } else {
        widened = as_if_in_scope(from.catalogue, from.assessment, from.analysis.date);
        &widened
    };
    let readings = sources
        .iter()
        .map(|source| SourceReading::new(from.catalogue, source, from.assessment, analysis));
    let writer = Writer { from, analysis };
    let rows = readings.flat_map(|it| writer.source(&it)).collect();
    let mut table = table(RegisterKind::Obligations, COLUMNS, rows);
    if is_in_scope {
        table.left_out = rows_where(&table.rows, |row| !row.iter().any(|it| it == WHOLE));
        table.remarks = [wording::OBLIGATIONS_NATURE, wording::OBLIGATIONS_METHOD]
            .map(str::to_owned)
            .into();
    } else {
        table.left_out = rows_where(&table.rows, |_| true);
        table.remarks = vec![wording::OBLIGATIONS_UNSCOPED.to_owned()];
    }
    table
}

struct Writer<'a> {
    from: &'a Register<'a>,
    /// Of the assessment as it is, or as if ISO/IEC 27001 were in scope.
    analysis: &'a Analysis,
}

impl Writer<'_> {
    fn source(&self, reading: &SourceReading) -> Vec<Vec<String>> {
        let source = reading.source;
        let mut note = wording::obligation_credit(source);
        if !self.from.assessment.scope.frameworks.contains(&FrameworkId::Iso27001) {
            note = format!("{} {note}", wording::OBLIGATIONS_FROM_PRACTICES);
        }
        let by_part = reading.parts.iter().map(|it| (it.name.to_owned(), &it.count));
        let mut by_group: Vec<(String, &SpokenCount)> = by_part.collect();
        if by_group.is_empty() {
            let groups = reading.groups.iter();
            by_group.extend(groups.map(|it| (it.group.name(), &it.count)));
        }
        let line = |name: &str, count: &SpokenCount| format!("{name}: {}", wording::spoken_count(count));
        let n_gaps = wording::count(reading.footing.gaps.len(), "gap", "gaps");
        let mut lines = vec![format!("{}; {n_gaps}", line(WHOLE, &reading.count))];
        lines.extend(by_group.iter().map(|(name, count)| line(name, count)));
        let by_group = lines.join("\n");
        let names = [source.short, "", source.title, WHOLE];
        let spoken = wording::spoken_count(&reading.count);
        let mut rows = vec![self.row(names, [&spoken, &by_group], &reading.footing, &note)];
        let parts = reading.parts.iter().map(|part| {
            let names = [source.short, "", "", part.name];
            self.row(names, [&wording::spoken_count(&part.count), ""], &part.footing, "")
        });
        rows.extend(parts);
        for group in &reading.groups {
            rows.extend(self.group(source, group));
        }
        rows
    }

    fn group(&self, source: &ObligationSource, reading: &GroupReading) -> Vec<Vec<String>> {
        let name = reading.group.name();
        let spoken = wording::spoken_count(&reading.count);
        let head = self.row([source.short, "", "", &name], [&spoken, ""], &reading.footing, "");
        let obligations = reading.obligations.iter();
        let obligations = obligations.map(|it| self.obligation(source, &name, it));
        std::iter::once(head).chain(obligations).collect()
    }

    fn obligation(&self, source: &ObligationSource, group: &str, reading: &ObligationReading) -> Vec<String> {
        let obligation = reading.obligation;
        let names = [source.short, obligation.id, obligation.title, group];
        self.row(names, [reading.spoken.title(), ""], &reading.footing, obligation.note)
    }

    /// A row: source, item, title and group, what the answers say in all and group by group, and what it rests on.
    fn row(&self, names: [&str; 4], spoken: [&str; 2], footing: &Footing, note: &str) -> Vec<String> {
        let positions = footing.requirements.iter();
        let requirements = positions.filter_map(|at| self.from.catalogue.requirements.get(*at));
        let requirements: Vec<String> = requirements.map(wording::requirement_id).collect();
        let statuses = &footing.statuses;
        let gaps = footing.gaps.iter().filter_map(|at| self.analysis.gaps.get(*at));
        let counts = [
            statuses.n_ready,
            statuses.n_partly,
            statuses.n_not_ready,
            statuses.n_open + statuses.n_needs_decision,
            footing.n_apart(),
            gaps.count(),
        ];
        let mut row: Vec<String> = names.map(str::to_owned).into();
        row.extend(spoken.map(str::to_owned));
        row.push(requirements.join("; "));
        row.extend(counts.iter().map(ToString::to_string));
        row.push(note.to_owned());
        row
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Answer, Assessment, Obligation, ObligationGroup, Standing, fixture};

    static LAWS: [ObligationSource; 1] = [ObligationSource {
        id: "law",
        short: "Law",
        title: "A law",
        reference: "Regulation 1",
        since: "In force since 2026",
        about: "It binds somebody.",
        credit: "Pairs: somebody.",
        quality: "Coarse.",
        nouns: ["article", "articles"],
        groups: &[ObligationGroup {
            id: "I",
            title: "First",
            part: "",
            obligations: &[Obligation {
                id: "Article 1",
                title: "Changes",
                note: "Loose.",
                codes: "4.3 A.8.32",
            }],
        }],
    }];

    fn table_of(assessment: &Assessment) -> RegisterTable {
        let analysis = Analysis::new(&fixture::CATALOGUE, assessment, fixture::date());
        let from = Register {
            catalogue: &fixture::CATALOGUE,
            assessment,
            analysis: &analysis,
        };
        rolled_up(&from, &LAWS)
    }

    #[test]
    fn papers_hold_the_roll_up_with_credit_and_csv_every_obligation() {
        let mut assessment = fixture::assessment();
        let answer = Answer {
            standing: Standing::NotInPlace,
            ..Default::default()
        };
        assessment.answers.insert(fixture::REVIEW, answer.clone());
        assessment.answers.insert(
            fixture::SCOPE,
            Answer {
                standing: Standing::InPlace,
                ..answer
            },
        );
        let table = table_of(&assessment);
        let credit = "Regulation 1. In force since 2026. Coarse. Pairs: somebody.";
        let requirements = "Clause 4.3; A.8.32";
        let counts = ["1", "0", "0", "1", "0", "1"];
        let row = |names: [&'static str; 4], spoken: [&'static str; 2], note: &'static str| {
            let cells = names.into_iter().chain(spoken).chain([requirements]);
            cells.chain(counts).chain([note]).collect::<Vec<&str>>()
        };
        let part = "0 of 1 in full, 1 in part";
        let expected = [
            row(
                ["Law", "", "A law", WHOLE],
                [
                    part,
                    "All of it: 0 of 1 in full, 1 in part; 1 gap\nI First: 0 of 1 in full, 1 in part",
                ],
                credit,
            ),
            row(["Law", "", "", "I First"], [part, ""], ""),
            row(["Law", "Article 1", "Changes", "I First"], ["In part", ""], "Loose."),
        ];
        assert_eq!(table.rows, expected);
        assert_eq!(table.columns.len(), expected[0].len());
        assert_eq!(table.left_out, [1, 2]);
    }

    #[test]
    fn without_iso_27001_papers_hold_nothing_of_it_and_csv_says_that_practices_were_read() {
        let mut assessment = fixture::assessment();
        assessment.scope.frameworks.remove(&FrameworkId::Iso27001);
        let table = table_of(&assessment);
        assert_eq!(table.left_out, [0, 1, 2]);
        assert_eq!(table.remarks, [wording::OBLIGATIONS_UNSCOPED]);
        let note = table.rows[0].last().expect("a note");
        assert!(note.starts_with(wording::OBLIGATIONS_FROM_PRACTICES), "{note}");
        assert!(note.ends_with("Pairs: somebody."), "{note}");
    }
}
