//! Overrides: where a person has set a requirement's status, with reason, author, date and described alternative.

use super::Ground;
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
        let is_blank = |field| sheet.text(field).trim().is_empty();
        let then = sheet.text(Field::Answers);
        overrides.push(Override {
            requirement,
            level,
            needs_review: then != answers_under(catalogue, assessment, ground, requirement),
            is_incomplete: is_blank(Field::Reason)
                || is_blank(Field::By)
                || sheet.date(Field::On).is_none()
                || (level == Choice::SetReady && is_blank(Field::Alternative)),
        });
    }
    crate::domain::sort_by_rank(&mut overrides, |it| u64::try_from(it.requirement).unwrap_or(u64::MAX));
    overrides
}

/// What the answers under a requirement are, as one short text: an override keeps it, and asks for review when it differs.
/// Sixteen hexadecimal digits over id, standing and facets of each needed practice that is asked (FNV-1a of 64 bits).
#[must_use]
pub fn answers_under(catalogue: &Catalogue, assessment: &Assessment, ground: &Ground, requirement: usize) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut add = |text: &str| {
        for byte in text.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
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
