//! The types of Concord and the only way to change an assessment.
//!
//! Pure: times, ids and randomness arrive as arguments. This layer must not know how an assessment is stored, analysed,
//! reported or shown, and no type here derives serde.

mod action;
mod answer;
mod assessment;
mod catalogue;
mod condition;
mod conflict;
mod date;
mod description;
mod evidence;
mod ids;
mod imported;
mod obligation;
mod ready_risks;
mod scope;
mod sheet;
mod sorted;
mod supplier_names;
mod template;
mod transition;
mod undo;
mod words;

#[cfg(any(test, feature = "gallery"))]
pub mod fixture;

pub use action::{Action, Change, Rejected, apply, is_same_name};
pub use answer::{Answer, Basis, BasisKind, Facet, Facets, Standing, StandingKind};
pub use assessment::{Assessment, Decision, InclusionReason, Slot, Value};
pub use catalogue::{
    Catalogue, Effort, Framework, Group, Inheritable, Practice, Requirement, RequirementKind, Rhythm, ShownBy,
    SupplierKind, Tie, TieKind, Topic,
};
pub use condition::{Condition, Literal};
pub use conflict::{Conflict, MergeCounts};
pub use date::date_from_text;
pub use description::{ASSERTION, DESCRIPTION, DescriptionSection};
pub use evidence::{Artefact, ArtefactKind, Covers, Nonconformity};
pub use ids::{AssessmentId, FrameworkId, PracticeId, RequirementId, TopicId};
pub use imported::{ImportFlag, Imported, ImportedStatus, ImportedText};
pub use obligation::{Obligation, ObligationGroup, ObligationSource};
pub use ready_risks::{READY_RISKS, ReadyRisk};
pub use scope::{Audience, Category, CloudRole, Fact, Scope, ScopeCount, ScopeDate, ScopeText};
pub use sheet::{
    Choice, EntryId, Field, FieldKind, FieldSpec, FieldValue, MAX_NAMED, Register, Sheet, SheetKey, Subject, Unfit,
};
pub use sorted::{SortedMap, SortedSet, sort_by_rank};
pub use supplier_names::{KnownSupplier, SUPPLIER_NAMES};
pub use template::{TEMPLATES, Template, template_of};
pub use transition::OldControl;
pub use undo::{Undo, UndoOutcome, UndoStack};
pub use words::{MAX_TEXT_CHARS, Words};
