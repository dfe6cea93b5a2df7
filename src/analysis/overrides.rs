//! Overrides: where a person has set a requirement's status, with reason, author, date and described alternative.

use super::Ground;
use super::places::{FNV_BASIS, fnv1a};
use crate::domain::{Assessment, Catalogue, Choice, Facet, Field, Register, StandingKind, Subject};

/// An override in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// The position of the requirement.
    pub requirement: usize,
    /// What it is set to: [`Choice::SetReady`], [`Choice::SetPartly`] or [`Choice::SetNotReady`].
    pub level: Choice,
    /// An answer under it has changed since it was set, or nobody knows what the answers were then.
    pub needs_review: bool,
    /// Reason, author, date or alternative is missing: it counts nowhere until they are there. Only what is set to ready
    /// needs an alternative.
    pub is_incomplete: bool,
}

/// The overrides of requirements that are looked at, in the order of the catalogue. One without a level sets nothing.
#[must_use]
pub fn overrides(catalogue: &Catalogue, assessment: &Assessment, ground: &Ground) -> Vec<Override> {
    let mut overrides: Vec<Override> = Vec::new();
    for (key, sheet) in assessment.register(Register::Override) {
        let Subject::Requirement(id, _) = key.subject else {
            continue;
        };
        let position = catalogue.requirement_index(id).filter(|it| ground.includes(*it));
        let Some((requirement, level)) = position.zip(sheet.choice(Field::Level)) else {
            continue;
        };
        let then = sheet.text(Field::Answers);
        overrides.push(Override {
            requirement,
            level,
            needs_review: then != answers_under(catalogue, assessment, ground, requirement),
            is_incomplete: !sheet.is_signed() || (level == Choice::SetReady && sheet.is_blank(Field::Alternative)),
        });
    }
    crate::domain::sort_by_rank(&mut overrides, |it| u64::try_from(it.requirement).unwrap_or(u64::MAX));
    overrides
}

/// What the answers under a requirement are, as one short text: an override keeps it, and asks for review when it differs.
/// Sixteen hexadecimal digits over id, standing and facets of each needed practice that is asked (FNV-1a of 64 bits).
#[must_use]
pub fn answers_under(catalogue: &Catalogue, assessment: &Assessment, ground: &Ground, requirement: usize) -> String {
    let mut hash = FNV_BASIS;
    // The zero keeps two texts apart from one.
    let mut add = |text: &str| hash = fnv1a(fnv1a(hash, text), "\0");
    let needed = ground.needed.get(requirement).copied().unwrap_or_default();
    for practice in needed.iter().filter_map(|position| catalogue.practices.get(position)) {
        let answer = assessment.answers.get(&practice.id);
        add(practice.id.as_str());
        add(answer
            .map_or(StandingKind::NotAnswered, |answer| answer.standing.kind())
            .as_str());
        for facet in Facet::ALL {
            add(match answer.and_then(|answer| answer.facets.get(facet)) {
                None => "",
                Some(true) => "yes",
                Some(false) => "no",
            });
        }
    }
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Answer, Facets, Fact, FieldValue, Sheet, SheetKey, Standing, fixture};

    fn set(level: Choice, fields: &[Field]) -> Sheet {
        let sheet = Sheet::default().with(Field::Level, FieldValue::Choice(level));
        let sheet = fields
            .iter()
            .fold(sheet, |sheet, field| sheet.with_text(*field, "because"));
        sheet.with(Field::On, FieldValue::Date(fixture::date()))
    }

    fn of(assessment: &Assessment) -> Vec<Override> {
        let ground = Ground::new(&fixture::CATALOGUE, assessment);
        overrides(&fixture::CATALOGUE, assessment, &ground)
    }

    fn with(sheet: Sheet) -> Assessment {
        let mut assessment = fixture::assessment();
        let id = fixture::CATALOGUE.requirements[usize::from(fixture::CRITERION)].id;
        assessment
            .sheets
            .insert(SheetKey::requirement(Register::Override, id), sheet);
        assessment
    }

    fn fingerprint(assessment: &Assessment) -> String {
        let ground = Ground::new(&fixture::CATALOGUE, assessment);
        answers_under(
            &fixture::CATALOGUE,
            assessment,
            &ground,
            usize::from(fixture::CRITERION),
        )
    }

    #[test]
    fn override_needs_reason_author_date_and_for_ready_an_alternative() {
        let is_incomplete = |sheet| of(&with(sheet)).first().map(|it| it.is_incomplete);
        let (reason, by, alternative) = (Field::Reason, Field::By, Field::Alternative);
        assert_eq!(
            is_incomplete(set(Choice::SetReady, &[reason, by, alternative])),
            Some(false)
        );
        assert_eq!(is_incomplete(set(Choice::SetReady, &[reason, by])), Some(true));
        assert_eq!(is_incomplete(set(Choice::SetNotReady, &[reason, by])), Some(false));
        assert_eq!(is_incomplete(set(Choice::SetNotReady, &[reason])), Some(true));
        assert_eq!(is_incomplete(set(Choice::SetNotReady, &[by])), Some(true));
        let mut undated = set(Choice::SetPartly, &[reason, by]);
        undated.set(Field::On, None);
        assert_eq!(is_incomplete(undated), Some(true));
        let no_level = Sheet::default().with_text(reason, "because");
        assert_eq!(of(&with(no_level)), []);
    }

    #[test]
    fn override_asks_for_review_when_an_answer_under_it_changes() {
        let mut assessment = with(Sheet::default());
        let then = fingerprint(&assessment);
        assert_eq!(then.len(), 16);
        let sheet = set(Choice::SetReady, &[Field::Reason, Field::By, Field::Alternative]);
        assessment = with(sheet.clone().with_text(Field::Answers, &then));
        let needs_review = |assessment: &Assessment| of(assessment).first().map(|it| it.needs_review);
        assert_eq!(needs_review(&assessment), Some(false));
        let note = Answer {
            note: "a note changes no answer".to_owned(),
            ..Answer::default()
        };
        assessment.answers.insert(fixture::REVIEW, note);
        assert_eq!(needs_review(&assessment), Some(false));
        let elsewhere = Answer {
            standing: Standing::Partly,
            ..Answer::default()
        };
        assessment.answers.insert(fixture::NOTICE, elsewhere.clone());
        assert_eq!(needs_review(&assessment), Some(false), "CC8.1 does not need Notice");
        assessment.answers.insert(fixture::REVIEW, elsewhere);
        assert_eq!(needs_review(&assessment), Some(true));
        assert_eq!(
            needs_review(&with(sheet)),
            Some(true),
            "nobody knows what the answers were"
        );
    }

    #[test]
    fn fingerprint_differs_by_standing_facet_and_scope() {
        let mut assessment = fixture::assessment();
        let mut seen = vec![fingerprint(&assessment)];
        let facets = Facets {
            evidenced: Some(false),
            ..Facets::default()
        };
        for facets in [Facets::default(), facets] {
            let answer = Answer {
                standing: Standing::InPlace,
                facets,
                ..Answer::default()
            };
            assessment.answers.insert(fixture::TESTED, answer);
            seen.push(fingerprint(&assessment));
        }
        assessment.scope.facts.insert(Fact::Premises, false);
        seen.push(fingerprint(&assessment));
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 4);
    }

    #[test]
    fn override_of_what_is_not_looked_at_is_not_listed() {
        let mut assessment = with(set(Choice::SetNotReady, &[Field::Reason, Field::By]));
        assert_eq!(of(&assessment).len(), 1);
        assessment.scope.frameworks.remove(&crate::domain::FrameworkId::Soc2);
        assert_eq!(of(&assessment), []);
    }
}
