//! Snapshots: what the answers and the figures were on a day, packed small, so that two days can be compared.
//!
//! A snapshot is a sheet of three packed texts, each with the version of its form as its first character; the other
//! characters stand for six bits each (the alphabet of base64url, RFC 4648). Practices go by their permanent number, so a
//! snapshot of an older or a newer catalogue still reads. What does not read is an error with its reason, never a guess.

mod pack;

use std::ops::Deref;

use chrono::NaiveDate;
use thiserror::Error;

use super::gaps::kind_of_gap;
use super::{Analysis, Gate, GateCount, Ground, Tally};
use crate::domain::{
    Assessment, BasisKind, Catalogue, Category, EntryId, Facets, Fact, Field, FieldValue, FrameworkId, Practice,
    Register, Scope, Sheet, SortedMap, SortedSet, StandingKind, sort_by_rank,
};

use pack::{
    figures_from_text, scope_from_text, states_from_text, text_from_figures, text_from_scope, text_from_states,
};

/// What a snapshot holds of the figures of its day. Registers are not in it, so these can't be computed again later.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Open gaps.
    pub n_gaps: usize,
    /// The requirements of each framework in scope, by status.
    pub frameworks: Vec<(FrameworkId, Tally)>,
    /// The gates: edition, count with overrides, and how many things block it.
    pub gates: Vec<(Gate, FrameworkId, GateCount, usize)>,
}

/// What of the scope decides which questions are asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MomentScope {
    /// The frameworks looked at.
    pub frameworks: SortedSet<FrameworkId>,
    /// The SOC 2 categories beside Security.
    pub categories: SortedSet<Category>,
    /// The facts that somebody has stated.
    pub facts: SortedMap<Fact, bool>,
}

/// How one practice stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PracticeState {
    /// Whether it was asked. What was said of one that is not asked sleeps.
    pub is_asked: bool,
    /// Where it stood, without the words.
    pub standing: StandingKind,
    /// What could be shown; nothing said where the standing has no facets.
    pub facets: Facets,
    /// How firm the answer was.
    pub basis: Option<BasisKind>,
}

/// What was so at one time: of a snapshot, or of today.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// The day.
    pub on: NaiveDate,
    /// What of the scope decides which questions are asked.
    pub scope: MomentScope,
    /// The figures of the day.
    pub figures: Figures,
    /// The practices, by position in the catalogue of now; none for one that was not in the catalogue then.
    pub practices: Vec<Option<PracticeState>>,
}

/// A snapshot as it was taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// The entry in the register.
    pub id: EntryId,
    /// Its name; may be blank.
    pub title: String,
    /// Which one of its day it is, from 0.
    pub sequence: u32,
    /// What was so.
    pub moment: Moment,
}

impl Deref for Snapshot {
    type Target = Moment;

    fn deref(&self) -> &Moment {
        &self.moment
    }
}

/// A snapshot that can't be read. Its sheet stays as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadSnapshot {
    /// The entry in the register.
    pub id: EntryId,
    /// Its name; may be blank.
    pub title: String,
    /// Why not.
    pub why: SnapshotError,
}

/// Why a snapshot can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SnapshotError {
    /// It has no day.
    #[error("it has no date")]
    NoDate,
    /// A part of it is blank.
    #[error("{0} is missing")]
    Missing(SnapshotPart),
    /// A part begins with another version than this program reads.
    #[error("{0} is of version {1:?}, which this version of Concord does not read")]
    Version(SnapshotPart, char),
    /// A part ends too early.
    #[error("{0} is cut off")]
    CutOff(SnapshotPart),
    /// A part holds a character that is not of its alphabet, or a value that means nothing.
    #[error("{0} is damaged at character {1}")]
    Damaged(SnapshotPart, usize),
}

/// One of the three packed texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SnapshotPart {
    /// The scope.
    Scope,
    /// The figures.
    Figures,
    /// The states of the practices.
    States,
}

impl SnapshotPart {
    /// The field of the sheet that holds it.
    #[must_use]
    pub const fn field(self) -> Field {
        match self {
            Self::Scope => Field::Scope,
            Self::Figures => Field::Figures,
            Self::States => Field::States,
        }
    }
}

impl std::fmt::Display for SnapshotPart {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Scope => "the record of the scope",
            Self::Figures => "the record of the figures",
            Self::States => "the record of the answers",
        })
    }
}

impl MomentScope {
    fn of(scope: &Scope) -> Self {
        Self {
            frameworks: scope.frameworks.clone(),
            categories: scope.categories.clone(),
            facts: scope.facts.clone(),
        }
    }
}

impl Figures {
    fn of(analysis: &Analysis) -> Self {
        let gates = analysis.gates.iter();
        Self {
            n_gaps: analysis.gaps.len(),
            frameworks: analysis.frameworks.iter().map(|it| (it.id, it.total)).collect(),
            gates: gates
                .map(|it| (it.gate, it.framework, it.count, it.blockers.len()))
                .collect(),
        }
    }
}

impl PracticeState {
    fn of(assessment: &Assessment, ground: &Ground, position: usize, practice: &Practice) -> Self {
        let answer = assessment.answers.get(&practice.id);
        let standing = assessment.standing_kind(practice.id);
        Self {
            is_asked: ground.asked.contains(position),
            standing,
            facets: answer
                .filter(|_| standing.is_at_least_partly())
                .map(|it| it.facets)
                .unwrap_or_default(),
            basis: answer.and_then(|it| it.basis.as_ref()).map(|it| it.kind),
        }
    }

    /// Whether it was a gap of a practice.
    #[must_use]
    pub fn is_gap(&self, practice: &Practice) -> bool {
        self.is_asked && kind_of_gap(practice, self.standing, self.facets).is_some()
    }
}

impl Moment {
    /// What is so today: on the day of the analysis.
    #[must_use]
    pub fn today(catalogue: &Catalogue, assessment: &Assessment, analysis: &Analysis) -> Self {
        let practices = catalogue.practices.iter().enumerate();
        Self {
            on: analysis.date,
            scope: MomentScope::of(&assessment.scope),
            figures: Figures::of(analysis),
            practices: practices
                .map(|(at, it)| Some(PracticeState::of(assessment, &analysis.ground, at, it)))
                .collect(),
        }
    }

    /// How a practice stood; none if it was not in the catalogue then.
    #[must_use]
    pub fn practice(&self, position: usize) -> Option<&PracticeState> {
        self.practices.get(position).and_then(Option::as_ref)
    }
}

/// A snapshot of what is so today, as the sheet to be kept. On one day there may be several; they keep their order.
#[must_use]
pub fn take(catalogue: &Catalogue, assessment: &Assessment, analysis: &Analysis, title: &str) -> Sheet {
    let moment = Moment::today(catalogue, assessment, analysis);
    let taken = snapshots(catalogue, assessment);
    let of_the_day = taken.iter().filter(|it| it.on == moment.on);
    let sequence = of_the_day.map(|it| it.sequence + 1).max().unwrap_or_default();
    sheet_from_moment(catalogue, &moment, sequence, title)
}

/// The sheet of a snapshot.
#[must_use]
pub fn sheet_from_moment(catalogue: &Catalogue, moment: &Moment, sequence: u32, title: &str) -> Sheet {
    let sheet = Sheet::default()
        .with_text(Field::Title, title)
        .with(Field::On, FieldValue::Date(moment.on));
    [
        (SnapshotPart::Scope, text_from_scope(&moment.scope, sequence)),
        (SnapshotPart::Figures, text_from_figures(&moment.figures)),
        (SnapshotPart::States, text_from_states(catalogue, &moment.practices)),
    ]
    .into_iter()
    .fold(sheet, |sheet, (part, text)| sheet.with_text(part.field(), &text))
}

/// The snapshot in a sheet.
///
/// # Errors
/// Says what in it can't be read.
pub fn snapshot_from_sheet(catalogue: &Catalogue, id: EntryId, sheet: &Sheet) -> Result<Snapshot, SnapshotError> {
    let on = sheet.date(Field::On).ok_or(SnapshotError::NoDate)?;
    let (scope, sequence) = scope_from_text(sheet.text(Field::Scope))?;
    Ok(Snapshot {
        id,
        title: sheet.text(Field::Title).to_owned(),
        sequence,
        moment: Moment {
            on,
            scope,
            figures: figures_from_text(sheet.text(Field::Figures))?,
            practices: states_from_text(catalogue, sheet.text(Field::States))?,
        },
    })
}

/// The snapshots that can be read, the oldest first; those of one day in the order in which they were taken.
#[must_use]
pub fn snapshots(catalogue: &Catalogue, assessment: &Assessment) -> Vec<Snapshot> {
    let mut read: Vec<Snapshot> = read_all(catalogue, assessment).filter_map(Result::ok).collect();
    // The years of a day may be negative; in this order they are not.
    let day = |it: &Snapshot| u64::try_from(it.on.signed_duration_since(NaiveDate::MIN).num_days()).unwrap_or_default();
    sort_by_rank(&mut read, |it| day(it) << 12 | u64::from(it.sequence));
    read
}

/// The snapshots that can't be read, in the order of their ids.
#[must_use]
pub fn unread_snapshots(catalogue: &Catalogue, assessment: &Assessment) -> Vec<UnreadSnapshot> {
    read_all(catalogue, assessment).filter_map(Result::err).collect()
}

fn read_all(catalogue: &Catalogue, assessment: &Assessment) -> impl Iterator<Item = Result<Snapshot, UnreadSnapshot>> {
    let sheets = assessment.register(Register::Snapshot);
    let sheets = sheets.filter_map(|(key, sheet)| Some((key.entry_id()?, sheet)));
    sheets.map(|(id, sheet)| {
        snapshot_from_sheet(catalogue, id, sheet).map_err(|why| UnreadSnapshot {
            id,
            title: sheet.text(Field::Title).to_owned(),
            why,
        })
    })
}

/// The snapshot that a report of a day compares with: the last one of an earlier day; without one the last of the day
/// itself; none of a later day.
#[must_use]
pub fn default_since(snapshots: &[Snapshot], date: NaiveDate) -> Option<&Snapshot> {
    let earlier = snapshots.iter().rfind(|it| it.on < date);
    earlier.or_else(|| snapshots.iter().rfind(|it| it.on == date))
}
