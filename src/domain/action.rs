//! The only way to change an assessment: [`apply`].

use chrono::NaiveDate;
use thiserror::Error;

use super::{
    Answer, Assessment, Basis, Catalogue, Category, Decision, EntryId, Facets, Fact, Field, FieldValue, FrameworkId,
    Imported, MAX_TEXT_CHARS, PracticeId, Register, RequirementId, RequirementKind, ScopeCount, ScopeDate, ScopeText,
    Sheet, SheetKey, Slot, Standing, StandingKind, Subject, TieKind, Unfit, Value, Words,
};

/// One change that a person makes.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Looks at a framework, or stops looking at it. Its answers sleep and return.
    SetFramework(FrameworkId, bool),
    /// Takes a SOC 2 category in or out.
    SetCategory(Category, bool),
    /// States a fact, or takes the statement back.
    SetFact(Fact, Option<bool>),
    /// Writes a text of the scope.
    SetText(ScopeText, String),
    /// Sets or clears a date of the scope.
    SetDate(ScopeDate, Option<NaiveDate>),
    /// Sets or clears a number of the scope.
    SetCount(ScopeCount, Option<u32>),
    /// Says where a practice stands.
    SetStanding(PracticeId, Standing),
    /// Says what could be shown of a practice.
    SetFacets(PracticeId, Facets),
    /// Says how firm an answer is.
    SetBasis(PracticeId, Option<Basis>),
    /// Writes the note of an answer.
    SetNote(PracticeId, String),
    /// Names the owner of a practice.
    SetOwner(PracticeId, String),
    /// Decides on an Annex A control, or takes the decision back.
    SetDecision(RequirementId, Option<Decision>),
    /// Takes in what an import says of some requirements, or takes it away from them. What others hold stays.
    Import(Vec<(RequirementId, Option<Box<Imported>>)>),
    /// Writes one field of a sheet, or empties it. A supplier's new name reaches the answers that name it.
    SetField(SheetKey, Field, Option<FieldValue>),
    /// Puts a whole sheet in its place, or takes it away.
    PutSheet(SheetKey, Sheet),
    /// Settles a conflict: takes the version that did not stand, or keeps what stands. Either way somebody has chosen
    /// now, so what stands is kept anew.
    Choose(EntryId, bool),
    /// Several actions as one step: all of them or, if one is refused, none.
    Together(Vec<Action>),
    /// Puts back what some slots held before. Only undo makes this one.
    Restore(Vec<(Slot, Value)>),
}

impl Action {
    /// The slot that the action changes; none for one that changes several.
    #[must_use]
    pub const fn slot(&self) -> Option<Slot> {
        let slot = match self {
            Self::SetFramework(id, _) => Slot::Framework(*id),
            Self::SetCategory(id, _) => Slot::Category(*id),
            Self::SetFact(id, _) => Slot::Fact(*id),
            Self::SetText(id, _) => Slot::Text(*id),
            Self::SetDate(id, _) => Slot::Date(*id),
            Self::SetCount(id, _) => Slot::Count(*id),
            Self::SetStanding(id, _)
            | Self::SetFacets(id, _)
            | Self::SetBasis(id, _)
            | Self::SetNote(id, _)
            | Self::SetOwner(id, _) => Slot::Answer(*id),
            Self::SetDecision(id, _) => Slot::Decision(*id),
            Self::SetField(key, _, _) | Self::PutSheet(key, _) => Slot::Sheet(*key),
            Self::Import(_) | Self::Choose(..) | Self::Together(_) | Self::Restore(_) => return None,
        };
        Some(slot)
    }

    /// The field of a sheet that the action writes: edits of one field in a row are one step, of two they are not.
    #[must_use]
    pub const fn field(&self) -> Option<Field> {
        match self {
            Self::SetField(_, field, _) => Some(*field),
            Self::SetFramework(..)
            | Self::SetCategory(..)
            | Self::SetFact(..)
            | Self::SetText(..)
            | Self::SetDate(..)
            | Self::SetCount(..)
            | Self::SetStanding(..)
            | Self::SetFacets(..)
            | Self::SetBasis(..)
            | Self::SetNote(..)
            | Self::SetOwner(..)
            | Self::SetDecision(..)
            | Self::Import(_)
            | Self::PutSheet(..)
            | Self::Choose(..)
            | Self::Together(_)
            | Self::Restore(_) => None,
        }
    }
}

/// What an action has done.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The action that takes it back exactly.
    pub inverse: Action,
    /// The slots that hold something else now, and those that somebody has decided to leave as they are; empty if the
    /// action changed nothing.
    pub touched: Vec<Slot>,
}

/// Why an action was refused. The assessment is as it was.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Rejected {
    /// The practice is not in the catalogue.
    #[error("the catalogue has no practice {0}")]
    UnknownPractice(PracticeId),
    /// A clause needs the practice, so it can't be not applicable.
    #[error("{0} can't be not applicable: a clause of ISO/IEC 27001 needs it")]
    AlwaysApplicable(PracticeId),
    /// The practice can't be inherited from a supplier.
    #[error("{0} can't be inherited: it stays with the organisation")]
    NotInheritable(PracticeId),
    /// What is met another way needs an owner.
    #[error("{0} is met another way, so somebody must own it")]
    OwnerMissing(PracticeId),
    /// Only controls and criteria are decided on.
    #[error("{0} is a clause: it can't be excluded")]
    NotDecidedOn(RequirementId),
    /// The sheet has no such field, or the field holds something else.
    #[error("{} has no {} of this kind", .0.one(), .1.as_str())]
    UnfitField(Register, Field),
    /// The register does not hold sheets about such a thing.
    #[error("{} can't be kept about this", .0.title())]
    UnfitSubject(Register),
    /// The link does not begin with http, https or mailto.
    #[error("the link must begin with http, https or mailto")]
    UnfitLink,
    /// A number or a list is larger than makes sense.
    #[error("{} is too large", .0.as_str())]
    TooLarge(Field),
    /// The requirement is not in the catalogue.
    #[error("the catalogue has no requirement {0}")]
    UnknownRequirement(RequirementId),
    /// There is no such conflict, or no longer.
    #[error("this conflict has been settled already")]
    Settled,
    /// The text is too long.
    #[error("the text has {0} characters, the most is {MAX_TEXT_CHARS}")]
    TextTooLong(usize),
}

/// Applies an action.
///
/// # Errors
/// Refuses an action that would say something that can't be so; the assessment stays as it was.
pub fn apply(assessment: &mut Assessment, catalogue: &Catalogue, action: Action) -> Result<Change, Rejected> {
    if let Action::Together(actions) = action {
        return apply_together(assessment, catalogue, actions);
    }
    check(catalogue, &action)?;
    check_owner(assessment, &action)?;
    let is_choice = matches!(action, Action::Choose(..));
    let mut before: Vec<(Slot, Value)> = Vec::new();
    for (slot, after) in values_after(assessment, action) {
        let old = assessment.value(slot);
        assessment.put(slot, after);
        if !before.iter().any(|(it, _)| *it == slot) {
            before.push((slot, old));
        }
    }
    // A list may name a slot twice and put back what was there.
    before.retain(|(slot, old)| is_choice || assessment.value(*slot) != *old);
    if is_choice && before.is_empty() {
        return Err(Rejected::Settled);
    }
    Ok(Change {
        touched: before.iter().map(|(slot, _)| *slot).collect(),
        inverse: Action::Restore(before),
    })
}

/// Each sees what the ones before it did. The inverse puts every slot back to what it held before the first.
fn apply_together(
    assessment: &mut Assessment,
    catalogue: &Catalogue,
    actions: Vec<Action>,
) -> Result<Change, Rejected> {
    let mut after = assessment.clone();
    let (mut touched, mut chosen): (Vec<Slot>, Vec<Slot>) = (Vec::new(), Vec::new());
    for action in actions {
        let change = apply(&mut after, catalogue, action)?;
        if change.touched.iter().any(|slot| matches!(slot, Slot::Conflict(_))) {
            chosen.extend(&change.touched);
        }
        touched.extend(
            change
                .touched
                .into_iter()
                .filter(|slot| !touched.contains(slot))
                .collect::<Vec<_>>(),
        );
    }
    touched.retain(|slot| chosen.contains(slot) || assessment.value(*slot) != after.value(*slot));
    let before = touched.iter().map(|slot| (*slot, assessment.value(*slot))).collect();
    *assessment = after;
    Ok(Change {
        inverse: Action::Restore(before),
        touched,
    })
}

fn check(catalogue: &Catalogue, action: &Action) -> Result<(), Rejected> {
    match action {
        Action::SetText(_, text) => check_length(text),
        Action::SetStanding(id, standing) => check_standing(catalogue, *id, standing),
        Action::SetNote(id, text) | Action::SetOwner(id, text) => {
            check_length(text)?;
            check_practice(catalogue, *id)
        }
        Action::SetFacets(id, _) => check_practice(catalogue, *id),
        Action::SetBasis(id, basis) => {
            check_length(basis.as_ref().map_or("", |basis| &basis.by))?;
            check_practice(catalogue, *id)
        }
        Action::SetDecision(id, decision) => {
            check_decision(decision.as_ref())?;
            check_control(catalogue, *id)
        }
        Action::Import(rows) => rows.iter().try_for_each(|(id, imported)| {
            check_imported(imported.as_deref())?;
            let known = catalogue.requirement(id.framework, id.code);
            known.map(|_| ()).ok_or(Rejected::UnknownRequirement(*id))
        }),
        Action::SetField(key, field, value) => {
            check_subject(catalogue, *key)?;
            value.as_ref().map_or(Ok(()), |value| check_field(*key, *field, value))
        }
        Action::PutSheet(key, sheet) => {
            check_subject(catalogue, *key)?;
            sheet
                .fields()
                .try_for_each(|(field, value)| check_field(*key, field, value))
        }
        Action::Choose(..)
        | Action::Together(..)
        | Action::Restore(..)
        | Action::SetFramework(..)
        | Action::SetCategory(..)
        | Action::SetFact(..)
        | Action::SetDate(..)
        | Action::SetCount(..) => Ok(()),
    }
}

fn check_field(key: SheetKey, field: Field, value: &FieldValue) -> Result<(), Rejected> {
    key.register.check(field, value).map_err(|unfit| match unfit {
        Unfit::Kind => Rejected::UnfitField(key.register, field),
        Unfit::TooLong(length) => Rejected::TextTooLong(length),
        Unfit::Link => Rejected::UnfitLink,
        Unfit::TooLarge => Rejected::TooLarge(field),
    })
}

fn check_subject(catalogue: &Catalogue, key: SheetKey) -> Result<(), Rejected> {
    if !key.register.suits(key.subject) {
        return Err(Rejected::UnfitSubject(key.register));
    }
    let known = |id: RequirementId| {
        let known = catalogue.requirement(id.framework, id.code);
        known.map(|_| ()).ok_or(Rejected::UnknownRequirement(id))
    };
    match key.subject {
        Subject::Entry(_) | Subject::Number(_) => Ok(()),
        Subject::Practice(id) => check_practice(catalogue, id),
        Subject::Requirement(id, _) => known(id),
        Subject::Tie(practice, requirement) => {
            check_practice(catalogue, practice)?;
            known(requirement)?;
            let helps = catalogue.practice(practice.as_str()).is_some_and(|it| {
                it.ties
                    .iter()
                    .any(|tie| tie.kind == TieKind::Helps && catalogue.tied(tie).is_some_and(|it| it.id == requirement))
            });
            if helps {
                Ok(())
            } else {
                Err(Rejected::UnfitSubject(key.register))
            }
        }
    }
}

fn check_length(text: &str) -> Result<(), Rejected> {
    let length = text.chars().count();
    if length > MAX_TEXT_CHARS {
        Err(Rejected::TextTooLong(length))
    } else {
        Ok(())
    }
}

fn check_decision(decision: Option<&Decision>) -> Result<(), Rejected> {
    match decision {
        Some(Decision::Excluded {
            justification,
            approver,
            review_on: _,
        }) => {
            check_length(justification.as_str())?;
            check_length(approver)
        }
        Some(Decision::Included { .. }) | None => Ok(()),
    }
}

fn check_imported(imported: Option<&Imported>) -> Result<(), Rejected> {
    let Some(imported) = imported else {
        return Ok(());
    };
    check_length(&imported.file)?;
    let of_texts = imported.texts.iter().flat_map(|it| [&it.number, &it.heading, &it.text]);
    imported
        .numbers
        .iter()
        .chain(of_texts)
        .try_for_each(|text| check_length(text))
}

fn check_practice(catalogue: &Catalogue, id: PracticeId) -> Result<(), Rejected> {
    catalogue
        .practice(id.as_str())
        .map(|_| ())
        .ok_or(Rejected::UnknownPractice(id))
}

fn check_standing(catalogue: &Catalogue, id: PracticeId, standing: &Standing) -> Result<(), Rejected> {
    let practice = catalogue.practice(id.as_str()).ok_or(Rejected::UnknownPractice(id))?;
    match standing {
        Standing::NotApplicable { reason } => {
            check_length(reason.as_str())?;
            if catalogue.can_be_not_applicable(practice) {
                Ok(())
            } else {
                Err(Rejected::AlwaysApplicable(id))
            }
        }
        Standing::Inherited { supplier } => {
            check_length(supplier.as_str())?;
            if practice.inheritable.is_some() {
                Ok(())
            } else {
                Err(Rejected::NotInheritable(id))
            }
        }
        Standing::AnotherWay { description, risk } => {
            check_length(description.as_str())?;
            check_length(risk.as_str())
        }
        Standing::NotAnswered | Standing::NotInPlace | Standing::Partly | Standing::InPlace => Ok(()),
    }
}

/// A practice that is met another way has an owner: it can't lose the one, nor come to the other without.
fn check_owner(assessment: &Assessment, action: &Action) -> Result<(), Rejected> {
    let (id, standing, owner) = match action {
        Action::SetStanding(id, standing) => (*id, standing.kind(), assessment.answer(*id).owner),
        Action::SetOwner(id, owner) => (*id, assessment.answer(*id).standing.kind(), owner.clone()),
        Action::SetFramework(..)
        | Action::SetCategory(..)
        | Action::SetFact(..)
        | Action::SetText(..)
        | Action::SetDate(..)
        | Action::SetCount(..)
        | Action::SetFacets(..)
        | Action::SetBasis(..)
        | Action::SetNote(..)
        | Action::SetDecision(..)
        | Action::Import(..)
        | Action::SetField(..)
        | Action::PutSheet(..)
        | Action::Choose(..)
        | Action::Together(..)
        | Action::Restore(..) => return Ok(()),
    };
    let is_missing = standing == StandingKind::AnotherWay && owner.trim().is_empty();
    if is_missing {
        Err(Rejected::OwnerMissing(id))
    } else {
        Ok(())
    }
}

fn check_control(catalogue: &Catalogue, id: RequirementId) -> Result<(), Rejected> {
    let requirement = catalogue.requirement(id.framework, id.code);
    match requirement.ok_or(Rejected::UnknownRequirement(id))?.kind {
        RequirementKind::Clause => Err(Rejected::NotDecidedOn(id)),
        RequirementKind::Control | RequirementKind::CloudControl | RequirementKind::Criterion => Ok(()),
    }
}

/// The slots that an action changes, each with what it holds then.
fn values_after(assessment: &Assessment, action: Action) -> Vec<(Slot, Value)> {
    let slot = action.slot();
    let answer = |id: PracticeId, edit: &dyn Fn(&mut Answer)| {
        let mut answer = assessment.answer(id);
        edit(&mut answer);
        Value::Answer(Box::new(answer))
    };
    let value = match action {
        Action::SetFramework(_, is_in) | Action::SetCategory(_, is_in) => Value::Member(is_in),
        Action::SetFact(_, value) => Value::Fact(value),
        Action::SetText(_, text) => Value::Text(text),
        Action::SetDate(_, date) => Value::Date(date),
        Action::SetCount(_, count) => Value::Count(count),
        Action::SetStanding(id, standing) => answer(id, &|answer| answer.standing = standing.clone()),
        Action::SetFacets(id, facets) => answer(id, &|answer| answer.facets = facets),
        Action::SetBasis(id, basis) => answer(id, &|answer| answer.basis = basis.clone()),
        Action::SetNote(id, note) => answer(id, &|answer| answer.note.clone_from(&note)),
        Action::SetOwner(id, owner) => answer(id, &|answer| answer.owner.clone_from(&owner)),
        Action::SetDecision(_, decision) => Value::Decision(decision),
        Action::Import(rows) => {
            let rows = rows.into_iter();
            return rows.map(|(id, it)| (Slot::Imported(id), Value::Imported(it))).collect();
        }
        Action::SetField(key, field, value) => {
            let before = assessment.sheet(key);
            let mut sheet = before.clone();
            sheet.set(field, value);
            let mut values = vec![(Slot::Sheet(key), Value::Sheet(sheet.clone()))];
            if (key.register, field) == (Register::Supplier, Field::Title) {
                values.extend(renamed(assessment, before.text(field), sheet.text(field)));
            }
            return values;
        }
        Action::PutSheet(_, sheet) => Value::Sheet(sheet),
        Action::Choose(id, is_taken) => {
            let conflict = assessment.conflicts.get(&id).into_iter();
            let values = conflict.flat_map(|conflict| {
                let value = if is_taken {
                    conflict.value.clone()
                } else {
                    assessment.value(conflict.slot)
                };
                [(conflict.slot, value), (Slot::Conflict(id), Value::Conflict(None))]
            });
            return values.collect();
        }
        // Taken apart before.
        Action::Together(_) => return Vec::new(),
        Action::Restore(values) => return values,
    };
    slot.map(|slot| (slot, value)).into_iter().collect()
}

/// The answers that name a supplier by its old name, with the new one.
fn renamed(assessment: &Assessment, before: &str, after: &str) -> Vec<(Slot, Value)> {
    let Some(after) = Words::new(after) else {
        return Vec::new();
    };
    let names = |answer: &Answer| matches!(&answer.standing, Standing::Inherited { supplier } if is_same_name(supplier.as_str(), before));
    let answers = assessment.answers.iter().filter(|(_, answer)| names(answer));
    let with_new_name = |(id, answer): (&PracticeId, &Answer)| {
        let mut answer = answer.clone();
        answer.standing = Standing::Inherited {
            supplier: after.clone(),
        };
        (Slot::Answer(*id), Value::Answer(Box::new(answer)))
    };
    answers.map(with_new_name).collect()
}

/// Whether two names of a supplier are the same but for blanks around them and capitals.
#[must_use]
pub fn is_same_name(left: &str, right: &str) -> bool {
    left.trim().to_lowercase() == right.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Choice, EntryId, Words, fixture};

    fn words(text: &str) -> Words {
        Words::new(text).expect("not blank")
    }

    #[test]
    fn inverse_brings_back_exactly_what_was() {
        let catalogue = &fixture::CATALOGUE;
        let mut assessment = fixture::assessment();
        let before = assessment.clone();
        let id = fixture::REVIEW;
        let change = apply(&mut assessment, catalogue, Action::SetStanding(id, Standing::Partly)).expect("applies");
        assert_eq!(change.touched, vec![Slot::Answer(id)]);
        assert_ne!(assessment, before);
        apply(&mut assessment, catalogue, change.inverse).expect("applies");
        assert_eq!(assessment, before);
    }

    #[test]
    fn same_standing_again_touches_nothing() {
        let mut assessment = fixture::assessment();
        let action = Action::SetStanding(fixture::REVIEW, Standing::InPlace);
        apply(&mut assessment, &fixture::CATALOGUE, action.clone()).expect("applies");
        let change = apply(&mut assessment, &fixture::CATALOGUE, action).expect("applies");
        assert!(change.touched.is_empty());
    }

    #[test]
    fn practice_of_a_clause_is_never_not_applicable() {
        let mut assessment = fixture::assessment();
        let standing = Standing::NotApplicable {
            reason: words("we have none"),
        };
        let result = apply(
            &mut assessment,
            &fixture::CATALOGUE,
            Action::SetStanding(fixture::SCOPE, standing),
        );
        assert_eq!(result, Err(Rejected::AlwaysApplicable(fixture::SCOPE)));
        assert_eq!(assessment, fixture::assessment());
    }

    #[test]
    fn only_an_inheritable_practice_is_inherited() {
        let mut assessment = fixture::assessment();
        let standing = || Standing::Inherited {
            supplier: words("Example Cloud"),
        };
        let refused = apply(
            &mut assessment,
            &fixture::CATALOGUE,
            Action::SetStanding(fixture::REVIEW, standing()),
        );
        assert_eq!(refused, Err(Rejected::NotInheritable(fixture::REVIEW)));
        let taken = apply(
            &mut assessment,
            &fixture::CATALOGUE,
            Action::SetStanding(fixture::DOORS, standing()),
        );
        assert!(taken.is_ok());
    }

    #[test]
    fn what_is_met_another_way_has_an_owner() {
        let catalogue = &fixture::CATALOGUE;
        let mut assessment = fixture::assessment();
        let id = fixture::REVIEW;
        let standing = || Standing::AnotherWay {
            description: words("two people pair"),
            risk: words("bad change"),
        };
        let refused = apply(&mut assessment, catalogue, Action::SetStanding(id, standing()));
        assert_eq!(refused, Err(Rejected::OwnerMissing(id)));
        apply(&mut assessment, catalogue, Action::SetOwner(id, "Ana".to_owned())).expect("applies");
        apply(&mut assessment, catalogue, Action::SetStanding(id, standing())).expect("applies");
        let refused = apply(&mut assessment, catalogue, Action::SetOwner(id, " ".to_owned()));
        assert_eq!(refused, Err(Rejected::OwnerMissing(id)));
    }

    #[test]
    fn clause_is_not_decided_on() {
        let id = RequirementId::new(FrameworkId::Iso27001, "4.3");
        let result = apply(
            &mut fixture::assessment(),
            &fixture::CATALOGUE,
            Action::SetDecision(id, None),
        );
        assert_eq!(result, Err(Rejected::NotDecidedOn(id)));
    }

    fn imported(file: &str) -> Option<Box<Imported>> {
        let file = file.to_owned();
        Some(Box::new(Imported {
            file,
            ..Imported::default()
        }))
    }

    #[test]
    fn import_is_one_step_replaces_what_it_names_and_keeps_the_rest() {
        let catalogue = &fixture::CATALOGUE;
        let mut assessment = fixture::assessment();
        let ids: Vec<RequirementId> = catalogue.requirements.iter().map(|it| it.id).collect();
        let first = Action::Import(vec![(ids[0], imported("old.csv")), (ids[1], imported("old.csv"))]);
        apply(&mut assessment, catalogue, first).expect("applies");
        let before = assessment.clone();
        let second = Action::Import(vec![(ids[1], imported("new.csv")), (ids[2], imported("new.csv"))]);
        let change = apply(&mut assessment, catalogue, second).expect("applies");
        assert_eq!(change.touched, [Slot::Imported(ids[1]), Slot::Imported(ids[2])]);
        let files: Vec<&str> = assessment.imported.values().map(|it| it.file.as_str()).collect();
        assert_eq!(files, ["old.csv", "new.csv", "new.csv"]);
        assert_eq!(
            (&assessment.answers, &assessment.decisions),
            (&before.answers, &before.decisions)
        );
        apply(&mut assessment, catalogue, change.inverse).expect("applies");
        assert_eq!(assessment, before);
    }

    #[test]
    fn import_for_an_unknown_requirement_is_refused_as_a_whole() {
        let id = RequirementId::new(FrameworkId::Iso27001, "A.9.9");
        let known = fixture::CATALOGUE.requirements[0].id;
        let mut assessment = fixture::assessment();
        let action = Action::Import(vec![(known, imported("a.csv")), (id, imported("a.csv"))]);
        assert_eq!(
            apply(&mut assessment, &fixture::CATALOGUE, action),
            Err(Rejected::UnknownRequirement(id))
        );
        assert_eq!(assessment, fixture::assessment());
    }

    #[test]
    fn actions_together_are_one_step_or_none() {
        let catalogue = &fixture::CATALOGUE;
        let mut assessment = fixture::assessment();
        let before = assessment.clone();
        let answer = |standing| Action::SetStanding(fixture::REVIEW, standing);
        let refused = Action::SetNote(PracticeId::new("no.such"), "x".to_owned());
        let result = apply(
            &mut assessment,
            catalogue,
            Action::Together(vec![answer(Standing::Partly), refused]),
        );
        assert!(result.is_err());
        assert_eq!(assessment, before);
        let note = Action::SetNote(fixture::TESTED, "x".to_owned());
        let together = Action::Together(vec![answer(Standing::Partly), answer(Standing::InPlace), note]);
        let change = apply(&mut assessment, catalogue, together).expect("applies");
        assert_eq!(
            change.touched,
            [Slot::Answer(fixture::REVIEW), Slot::Answer(fixture::TESTED)]
        );
        apply(&mut assessment, catalogue, change.inverse).expect("applies");
        assert_eq!(assessment, before);
        let back = Action::Together(vec![answer(Standing::Partly), answer(Standing::NotAnswered)]);
        assert!(
            apply(&mut assessment, catalogue, back)
                .expect("applies")
                .touched
                .is_empty()
        );
    }

    #[test]
    fn list_that_names_a_slot_twice_touches_it_only_if_it_changed() {
        let catalogue = &fixture::CATALOGUE;
        let mut assessment = fixture::assessment();
        let control = catalogue.requirements[usize::from(fixture::CONTROL)].id;
        let imported = || Some(Box::<Imported>::default());
        let back = Action::Import(vec![(control, imported()), (control, None)]);
        let change = apply(&mut assessment, catalogue, back).expect("applies");
        assert_eq!(change.touched, []);
        let twice = Action::Import(vec![(control, None), (control, imported())]);
        let change = apply(&mut assessment, catalogue, twice).expect("applies");
        assert_eq!(change.touched, [Slot::Imported(control)]);
        apply(&mut assessment, catalogue, change.inverse).expect("applies");
        assert_eq!(assessment, fixture::assessment());
    }

    #[test]
    fn new_name_of_a_supplier_reaches_the_answers_that_name_it() {
        let catalogue = &fixture::CATALOGUE;
        let mut assessment = fixture::assessment();
        let key = SheetKey::entry(Register::Supplier, EntryId::from_random(7));
        let name = |text: &str| Action::SetField(key, Field::Title, Some(FieldValue::Text(text.to_owned())));
        apply(&mut assessment, catalogue, name("Example Cloud")).expect("applies");
        let standing = Standing::Inherited {
            supplier: words("example cloud "),
        };
        apply(
            &mut assessment,
            catalogue,
            Action::SetStanding(fixture::DOORS, standing),
        )
        .expect("applies");
        let change = apply(&mut assessment, catalogue, name("Other Cloud")).expect("applies");
        let named = |assessment: &Assessment| {
            let standing = assessment.answer(fixture::DOORS).standing;
            let Standing::Inherited { supplier } = standing else {
                panic!("inherited, not {standing:?}")
            };
            supplier.as_str().to_owned()
        };
        assert_eq!(named(&assessment), "Other Cloud");
        apply(&mut assessment, catalogue, change.inverse).expect("applies");
        assert_eq!(named(&assessment), "example cloud");
    }

    #[test]
    fn sheet_takes_what_its_register_knows_and_nothing_else() {
        let catalogue = &fixture::CATALOGUE;
        let mut assessment = fixture::assessment();
        let evidence = SheetKey::entry(Register::Evidence, EntryId::from_random(1));
        let text = |text: &str| Some(FieldValue::Text(text.to_owned()));
        let mut refuse = |key, field, value, why| {
            let result = apply(&mut assessment, catalogue, Action::SetField(key, field, value));
            assert_eq!(result, Err(why));
        };
        refuse(evidence, Field::Location, text("javascript:x"), Rejected::UnfitLink);
        let state = Some(FieldValue::Choice(Choice::Adverse));
        refuse(
            evidence,
            Field::State,
            state,
            Rejected::UnfitField(Register::Evidence, Field::State),
        );
        let operation = SheetKey::entry(Register::Operation, EntryId::from_random(1));
        refuse(
            operation,
            Field::Performed,
            text("x"),
            Rejected::UnfitSubject(Register::Operation),
        );
        let criterion = catalogue.requirements[usize::from(fixture::CRITERION)].id;
        let raised = SheetKey {
            register: Register::Raised,
            subject: Subject::Tie(fixture::REVIEW, criterion),
        };
        refuse(
            raised,
            Field::Reason,
            text("x"),
            Rejected::UnfitSubject(Register::Raised),
        );
        assert_eq!(assessment, fixture::assessment());
    }

    #[test]
    fn text_over_the_limit_is_refused() {
        let text = "x".repeat(MAX_TEXT_CHARS + 1);
        let result = apply(
            &mut fixture::assessment(),
            &fixture::CATALOGUE,
            Action::SetText(ScopeText::Statement, text),
        );
        assert_eq!(result, Err(Rejected::TextTooLong(MAX_TEXT_CHARS + 1)));
    }
}
