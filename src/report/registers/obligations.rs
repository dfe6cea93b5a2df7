//! Other laws and frameworks, read through ISO/IEC 27001: a row for each of them, for each part and group, and for each
//! obligation. Papers hold the roll-up; the obligations themselves are left to CSV.

use super::{Register, rows_where, table};
use crate::analysis::{Analysis, Footing, GroupReading, ObligationReading, SourceReading, as_if_in_scope};
use crate::catalogue::OBLIGATIONS;
use crate::domain::{FrameworkId, ObligationSource};
use crate::report::model::{RegisterKind, RegisterTable};
use crate::report::wording;

const COLUMNS: &[(&str, f32)] = &[
    ("Source", 1.0),
    ("Item", 0.0),
    ("Title", 0.0),
    ("Group", 3.2),
    ("What the answers say", 2.1),
    ("ISO requirements", 0.0),
    ("Ready", 0.65),
    ("Partly", 0.65),
    ("Not ready", 0.85),
    ("Open", 0.65),
    ("Not in scope", 1.0),
    ("Gaps", 0.6),
    ("Note", 0.0),
];

/// What stands in the column of the group where a row is about a whole law or framework.
const WHOLE: &str = "All of it";

/// Layered obligations as a table.
pub(super) fn obligations(from: &Register) -> RegisterTable {
    rolled_up(from, OBLIGATIONS)
}

/// How far down a row looks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    /// What papers print.
    RollUp,
    /// What only CSV has.
    Detail,
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
    let rows: Vec<(Level, Vec<String>)> = readings.flat_map(|it| writer.source(&it)).collect();
    let (levels, rows): (Vec<Level>, Vec<Vec<String>>) = rows.into_iter().unzip();
    let mut table = table(RegisterKind::Obligations, COLUMNS, rows);
    table.left_out = if is_in_scope {
        let levels = levels.iter().enumerate();
        let details = levels.filter(|(_, level)| **level == Level::Detail);
        details.map(|(at, _)| at).collect()
    } else {
        rows_where(&table.rows, |_| true)
    };
    table.remarks = if is_in_scope {
        vec![
            wording::OBLIGATIONS_NATURE.to_owned(),
            wording::OBLIGATIONS_METHOD.to_owned(),
        ]
    } else {
        vec![wording::OBLIGATIONS_UNSCOPED.to_owned()]
    };
    if is_in_scope {
        let credits = sources.iter().map(wording::obligation_credit);
        table.remarks.extend(credits);
        table.remarks.push(wording::OBLIGATIONS_COUNTS.to_owned());
    }
    table
}

struct Writer<'a> {
    from: &'a Register<'a>,
    /// Of the assessment as it is, or as if ISO/IEC 27001 were in scope.
    analysis: &'a Analysis,
}

impl Writer<'_> {
    fn source(&self, reading: &SourceReading) -> Vec<(Level, Vec<String>)> {
        let source = reading.source;
        let mut note = wording::obligation_credit(source);
        if !self.from.assessment.scope.frameworks.contains(&FrameworkId::Iso27001) {
            note = format!("{} {note}", wording::OBLIGATIONS_FROM_PRACTICES);
        }
        let names = [source.short, "", source.title, WHOLE];
        let spoken = wording::spoken_count(&reading.count);
        let mut rows = vec![(Level::RollUp, self.row(names, &spoken, &reading.footing, &note))];
        let parts = reading.parts.iter().map(|part| {
            let names = [source.short, "", "", part.name];
            let spoken = wording::spoken_count(&part.count);
            (Level::RollUp, self.row(names, &spoken, &part.footing, ""))
        });
        rows.extend(parts);
        for group in &reading.groups {
            rows.extend(self.group(source, group));
        }
        rows
    }

    fn group(&self, source: &ObligationSource, reading: &GroupReading) -> Vec<(Level, Vec<String>)> {
        let level = match reading.group.part.is_empty() {
            true => Level::RollUp,
            false => Level::Detail,
        };
        let name = reading.group.name();
        let spoken = wording::spoken_count(&reading.count);
        let head = self.row([source.short, "", "", &name], &spoken, &reading.footing, "");
        let obligations = reading.obligations.iter();
        let obligations = obligations.map(|it| (Level::Detail, self.obligation(source, &name, it)));
        std::iter::once((level, head)).chain(obligations).collect()
    }

    fn obligation(&self, source: &ObligationSource, group: &str, reading: &ObligationReading) -> Vec<String> {
        let obligation = reading.obligation;
        let names = [source.short, obligation.id, obligation.title, group];
        self.row(names, reading.spoken.title(), &reading.footing, obligation.note)
    }

    /// A row: source, item, title and group, what the answers say, and what it rests on.
    fn row(&self, names: [&str; 4], spoken: &str, footing: &Footing, note: &str) -> Vec<String> {
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
        row.extend([spoken.to_owned(), requirements.join("; ")]);
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
        let credit = "Law (Regulation 1. In force since 2026). Coarse. Pairs: somebody.";
        let requirements = "Clause 4.3; A.8.32";
        let expected = [
            [
                "Law",
                "",
                "A law",
                WHOLE,
                "0 of 1 in full, 1 in part",
                requirements,
                "1",
                "0",
                "0",
                "1",
                "0",
                "1",
                credit,
            ],
            [
                "Law",
                "",
                "",
                "I First",
                "0 of 1 in full, 1 in part",
                requirements,
                "1",
                "0",
                "0",
                "1",
                "0",
                "1",
                "",
            ],
            [
                "Law",
                "Article 1",
                "Changes",
                "I First",
                "In part",
                requirements,
                "1",
                "0",
                "0",
                "1",
                "0",
                "1",
                "Loose.",
            ],
        ];
        assert_eq!(table.rows, expected);
        assert_eq!(table.columns.len(), expected[0].len());
        assert_eq!(table.left_out, [2]);
        assert!(table.remarks.iter().any(|it| it == credit), "{:?}", table.remarks);
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
