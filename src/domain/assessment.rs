//! One organisation's assessment, and the slots that it is made of.

use chrono::NaiveDate;

use super::{
    Answer, Catalogue, Category, Conflict, EntryId, Fact, FrameworkId, Imported, PracticeId, Register, RequirementId,
    Scope, ScopeCount, ScopeDate, ScopeText, Sheet, SheetKey, SortedMap, SortedSet, StandingKind, Subject, Words,
};

/// Everything that a team has said. A gap is computed, never stored.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Assessment {
    /// The scope.
    pub scope: Scope,
    /// The answers; a practice without one has not been answered.
    pub answers: SortedMap<PracticeId, Answer>,
    /// Decisions of the Statement of Applicability, by Annex A control.
    pub decisions: SortedMap<RequirementId, Decision>,
    /// What imported Statements of Applicability say, by requirement. It answers and decides nothing.
    pub imported: SortedMap<RequirementId, Imported>,
    /// What the registers hold.
    pub sheets: SortedMap<SheetKey, Sheet>,
    /// Versions that a merge did not let stand, until a person chooses. They count nowhere.
    pub conflicts: SortedMap<EntryId, Conflict>,
}

/// Why a control is in the Statement of Applicability.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum InclusionReason {
    /// The law asks for it.
    Legal,
    /// A contract asks for it.
    Contractual,
    /// The business wants it.
    Business,
    /// The risk assessment asks for it.
    Risk,
}

impl InclusionReason {
    /// All reasons, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Legal, Self::Contractual, Self::Business, Self::Risk];

    /// The permanent id.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Legal => "legal",
            Self::Contractual => "contractual",
            Self::Business => "business",
            Self::Risk => "risk",
        }
    }

    /// The reason with this permanent id.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == text)
    }

    /// The words as shown and printed.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Legal => "Legal duty",
            Self::Contractual => "Contract",
            Self::Business => "Business or best practice",
            Self::Risk => "Risk assessment",
        }
    }
}

/// The decision on one Annex A control (ISO/IEC 27001 clause 6.1.3 d).
#[derive(Clone, Debug, PartialEq)]
pub enum Decision {
    /// The control applies.
    Included {
        /// Why; empty while nobody has said.
        reasons: SortedSet<InclusionReason>,
    },
    /// The control does not apply.
    Excluded {
        /// Why not.
        justification: Words,
        /// Who approved it; may be blank.
        approver: String,
        /// When it is looked at again.
        review_on: Option<NaiveDate>,
    },
}

/// The smallest part of an assessment that changes by itself: one stored record each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// Whether a framework is looked at.
    Framework(FrameworkId),
    /// Whether a SOC 2 category is looked at.
    Category(Category),
    /// A fact.
    Fact(Fact),
    /// A text of the scope.
    Text(ScopeText),
    /// A date of the scope.
    Date(ScopeDate),
    /// A number of the scope.
    Count(ScopeCount),
    /// The answer to a practice.
    Answer(PracticeId),
    /// The decision on a control.
    Decision(RequirementId),
    /// What was imported for a requirement.
    Imported(RequirementId),
    /// A sheet of a register.
    Sheet(SheetKey),
    /// A version that a merge did not let stand.
    Conflict(EntryId),
}

/// What a slot holds. An empty one reads as the first of its kind: no, none, blank.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Whether a framework or a category is in.
    Member(bool),
    /// A fact; none while nobody has stated it.
    Fact(Option<bool>),
    /// A text.
    Text(String),
    /// A date.
    Date(Option<NaiveDate>),
    /// A number.
    Count(Option<u32>),
    /// An answer.
    Answer(Box<Answer>),
    /// A decision.
    Decision(Option<Decision>),
    /// What was imported.
    Imported(Option<Box<Imported>>),
    /// A sheet of a register.
    Sheet(Sheet),
    /// A version that a merge did not let stand; none once it has been settled.
    Conflict(Option<Box<Conflict>>),
}

impl Value {
    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Member(is_in) => !is_in,
            Self::Fact(value) => value.is_none(),
            Self::Text(text) => text.is_empty(),
            Self::Date(date) => date.is_none(),
            Self::Count(count) => count.is_none(),
            Self::Answer(answer) => **answer == Answer::default(),
            Self::Decision(decision) => decision.is_none(),
            Self::Imported(imported) => imported.is_none(),
            Self::Sheet(sheet) => sheet.is_empty(),
            Self::Conflict(conflict) => conflict.is_none(),
        }
    }
}

impl Assessment {
    /// The name under which the assessment is listed.
    #[must_use]
    pub fn name(&self) -> &str {
        self.scope.text(ScopeText::Name)
    }

    /// The answer to a practice, or no answer.
    #[must_use]
    pub fn answer(&self, practice: PracticeId) -> Answer {
        self.answers.get(&practice).cloned().unwrap_or_default()
    }

    /// Where a practice stands.
    #[must_use]
    pub fn standing_kind(&self, practice: PracticeId) -> StandingKind {
        let answer = self.answers.get(&practice);
        answer.map_or(StandingKind::NotAnswered, |answer| answer.standing.kind())
    }

    /// A sheet of a register, or an empty one.
    #[must_use]
    pub fn sheet(&self, key: SheetKey) -> Sheet {
        self.sheets.get(&key).cloned().unwrap_or_default()
    }

    /// The sheets of a register, in the order of what they are about.
    pub fn register(&self, register: Register) -> impl Iterator<Item = (SheetKey, &Sheet)> {
        let all = self.sheets.iter();
        all.filter(move |(key, _)| key.register == register)
            .map(|(key, sheet)| (*key, sheet))
    }

    /// The versions of a slot that a merge did not let stand.
    pub fn conflicts_of(&self, slot: Slot) -> impl Iterator<Item = (EntryId, &Conflict)> {
        let all = self.conflicts.iter().filter(move |(_, it)| it.slot == slot);
        all.map(|(id, conflict)| (*id, conflict))
    }

    /// The ties that only help and that a recorded decision raised to needed: positions of practice and requirement. A
    /// decision counts once reason, author and date are there.
    pub fn raised<'a>(&'a self, catalogue: &'a Catalogue) -> impl Iterator<Item = (usize, usize)> + use<'a> {
        let ties = self.register(Register::Raised).filter(|(_, sheet)| sheet.is_signed());
        ties.filter_map(|(key, _)| match key.subject {
            Subject::Tie(practice, requirement) => Some((
                catalogue.practice_index(practice)?,
                catalogue.requirement_index(requirement)?,
            )),
            Subject::Entry(_) | Subject::Practice(_) | Subject::Requirement(..) | Subject::Number(_) => None,
        })
    }

    /// What a slot holds.
    #[must_use]
    pub fn value(&self, slot: Slot) -> Value {
        let scope = &self.scope;
        match slot {
            Slot::Framework(id) => Value::Member(scope.frameworks.contains(&id)),
            Slot::Category(id) => Value::Member(scope.categories.contains(&id)),
            Slot::Fact(fact) => Value::Fact(scope.facts.get(&fact).copied()),
            Slot::Text(text) => Value::Text(scope.text(text).to_owned()),
            Slot::Date(date) => Value::Date(scope.dates.get(&date).copied()),
            Slot::Count(count) => Value::Count(scope.counts.get(&count).copied()),
            Slot::Answer(practice) => Value::Answer(Box::new(self.answer(practice))),
            Slot::Decision(requirement) => Value::Decision(self.decisions.get(&requirement).cloned()),
            Slot::Imported(requirement) => Value::Imported(self.imported.get(&requirement).cloned().map(Box::new)),
            Slot::Sheet(key) => Value::Sheet(self.sheet(key)),
            Slot::Conflict(id) => Value::Conflict(self.conflicts.get(&id).cloned().map(Box::new)),
        }
    }

    /// Puts a value into a slot. A value of another kind than the slot's changes nothing.
    pub fn put(&mut self, slot: Slot, value: Value) {
        let scope = &mut self.scope;
        match (slot, value) {
            (Slot::Framework(id), Value::Member(is_in)) => scope.frameworks.set(id, is_in),
            (Slot::Category(id), Value::Member(is_in)) => scope.categories.set(id, is_in),
            (Slot::Fact(fact), Value::Fact(value)) => scope.facts.set(fact, value),
            (Slot::Text(id), Value::Text(text)) => {
                scope.texts.set(id, (!text.is_empty()).then_some(text));
            }
            (Slot::Date(id), Value::Date(date)) => scope.dates.set(id, date),
            (Slot::Count(id), Value::Count(count)) => scope.counts.set(id, count),
            (Slot::Answer(id), Value::Answer(answer)) => {
                self.answers.set(id, (*answer != Answer::default()).then_some(*answer));
            }
            (Slot::Decision(id), Value::Decision(decision)) => self.decisions.set(id, decision),
            (Slot::Imported(id), Value::Imported(imported)) => self.imported.set(id, imported.map(|it| *it)),
            (Slot::Sheet(key), Value::Sheet(sheet)) => self.sheets.set(key, (!sheet.is_empty()).then_some(sheet)),
            (Slot::Conflict(id), Value::Conflict(conflict)) => self.conflicts.set(id, conflict.map(|it| *it)),
            (
                Slot::Framework(_)
                | Slot::Category(_)
                | Slot::Fact(_)
                | Slot::Text(_)
                | Slot::Date(_)
                | Slot::Count(_)
                | Slot::Answer(_)
                | Slot::Decision(_)
                | Slot::Imported(_)
                | Slot::Sheet(_)
                | Slot::Conflict(_),
                _,
            ) => {}
        }
    }

    /// The slots that hold something, in a fixed order.
    #[must_use]
    pub fn slots(&self) -> Vec<Slot> {
        let scope = &self.scope;
        let mut slots: Vec<Slot> = Vec::new();
        slots.extend(scope.frameworks.iter().map(|id| Slot::Framework(*id)));
        slots.extend(scope.categories.iter().map(|id| Slot::Category(*id)));
        slots.extend(scope.facts.keys().map(|id| Slot::Fact(*id)));
        slots.extend(scope.texts.keys().map(|id| Slot::Text(*id)));
        slots.extend(scope.dates.keys().map(|id| Slot::Date(*id)));
        slots.extend(scope.counts.keys().map(|id| Slot::Count(*id)));
        slots.extend(self.answers.keys().map(|id| Slot::Answer(*id)));
        slots.extend(self.decisions.keys().map(|id| Slot::Decision(*id)));
        slots.extend(self.imported.keys().map(|id| Slot::Imported(*id)));
        slots.extend(self.sheets.keys().map(|key| Slot::Sheet(*key)));
        slots.extend(self.conflicts.keys().map(|id| Slot::Conflict(*id)));
        slots
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Field, FieldValue, fixture};

    #[test]
    fn tie_is_raised_once_reason_author_and_date_are_there() {
        let catalogue = &fixture::CATALOGUE;
        let criterion = usize::from(fixture::CRITERION);
        let mut assessment = fixture::assessment();
        let key = SheetKey {
            register: Register::Raised,
            subject: Subject::Tie(fixture::NOTICE, catalogue.requirements[criterion].id),
        };
        let signed = Sheet::default()
            .with_text(Field::Reason, "promised in contracts")
            .with_text(Field::By, "Mara")
            .with(Field::On, FieldValue::Date(fixture::date()));
        let mut is_raised = |sheet: Sheet| {
            assessment.sheets.insert(key, sheet);
            assessment.raised(catalogue).any(|(_, to)| to == criterion)
        };
        assert!(is_raised(signed.clone()));
        for field in [Field::Reason, Field::By, Field::On] {
            let mut sheet = signed.clone();
            sheet.set(field, None);
            assert!(!is_raised(sheet), "without {field:?}");
        }
        assert!(!is_raised(signed.with_text(Field::Reason, "  ")));
    }
}
