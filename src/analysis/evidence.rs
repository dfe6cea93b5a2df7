//! Evidence: which pieces show a practice, how fresh they are, what will be asked for and is missing, and which answers
//! a piece would settle.

use chrono::{Days, NaiveDate};

use super::{Ground, PracticeSet};
use crate::domain::{
    Action, Artefact, ArtefactKind, Assessment, Catalogue, Choice, Covers, EntryId, Facet, Field, Practice, Register,
    Rhythm, Sheet, StandingKind,
};

/// How fresh a piece of evidence is for a practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// Not older than the rhythm of the practice, with some slack.
    Fresh,
    /// Older than that.
    Old,
    /// Nobody said which day it speaks of.
    Undated,
}

/// A piece of evidence, seen from a practice that it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The entry in the evidence register.
    pub id: EntryId,
    /// Its state, if somebody has said.
    pub state: Option<Choice>,
    /// How fresh it is for this practice.
    pub freshness: Freshness,
}

/// Something that an auditor will ask for.
#[derive(Clone, Debug)]
pub struct EvidenceRequest {
    /// What is asked for.
    pub artefact: &'static Artefact,
    /// The practices in scope that it shows; what is not applicable leaves nothing to show.
    pub practices: PracticeSet,
    /// Positions of the requirements in scope that need one of these practices.
    pub requirements: Vec<usize>,
    /// How often these practices leave something to draw a sample from, the rarest first, each once; none where it shows a
    /// state on one day.
    pub rhythms: Vec<Rhythm>,
    /// What the evidence register holds of it.
    pub entries: Vec<EntryId>,
    /// The best state among these.
    pub best: Option<Choice>,
}

impl EvidenceRequest {
    /// The stable id: that of what is asked for, so it is the same in each assessment and release.
    #[must_use]
    pub fn id(&self) -> String {
        format!("R-{}", self.artefact.id)
    }

    /// Whether nothing has been received or accepted.
    #[must_use]
    pub const fn is_missing(&self) -> bool {
        !is_there(self.best)
    }
}

/// Whether a piece of evidence in a state is there: received or accepted. What is only asked for shows nothing, what was
/// rejected does not either, and neither does what nobody has said the state of.
pub(super) const fn is_there(state: Option<Choice>) -> bool {
    matches!(state, Some(Choice::Received | Choice::Accepted))
}

/// The day that a piece of evidence speaks of: the last day of its period or, without one, the day of extraction.
#[must_use]
pub fn evidence_day(sheet: &Sheet) -> Option<NaiveDate> {
    sheet.date(Field::To).or_else(|| sheet.date(Field::ExtractedOn))
}

/// The longest, in days, that evidence of a rhythm speaks for.
pub(super) const fn longest(rhythm: Rhythm) -> u64 {
    match rhythm {
        Rhythm::Daily | Rhythm::Weekly | Rhythm::Monthly => 31,
        Rhythm::Quarterly => 92,
        Rhythm::HalfYearly => 184,
        Rhythm::Yearly | Rhythm::OnEvent | Rhythm::OnChange | Rhythm::Continuous => 366,
    }
}

/// How fresh a piece of evidence is on a day for a practice of some rhythm.
///
/// The rule is our own, after common practice. Evidence is old once the day that it speaks of lies back further than the
/// rhythm and a quarter of it. What happens more often than monthly is collected monthly. What follows events, changes
/// or a setting has no calendar, and an audit looks back one year.
#[must_use]
pub fn freshness(sheet: &Sheet, rhythm: Rhythm, date: NaiveDate) -> Freshness {
    let Some(day) = evidence_day(sheet) else {
        return Freshness::Undated;
    };
    let n_days = longest(rhythm);
    let last = day.checked_add_days(Days::new(n_days + n_days.div_ceil(4)));
    if last.is_none_or(|last| date <= last) {
        Freshness::Fresh
    } else {
        Freshness::Old
    }
}

/// Whether a piece of evidence is old, on a day, for one of the practices that it names.
#[must_use]
pub fn is_old(catalogue: &Catalogue, sheet: &Sheet, date: NaiveDate) -> bool {
    let named = sheet.practices(Field::Practices);
    let mut named = named.filter_map(|id| catalogue.practice(id.as_str()));
    named.any(|it| freshness(sheet, it.rhythm, date) == Freshness::Old)
}

/// The pieces of evidence that name a practice, in the order of the register.
#[must_use]
pub fn evidence_of(assessment: &Assessment, practice: &Practice, date: NaiveDate) -> Vec<Piece> {
    let pieces = assessment.register(Register::Evidence);
    let pieces = pieces.filter(|(_, sheet)| sheet.practices(Field::Practices).any(|it| it == practice.id));
    let pieces = pieces.filter_map(|(key, sheet)| {
        Some(Piece {
            id: key.entry_id()?,
            state: sheet.choice(Field::State),
            freshness: freshness(sheet, practice.rhythm, date),
        })
    });
    pieces.collect()
}

/// What auditors will ask for: each kind of evidence that shows a practice in scope, in the order of the catalogue.
#[must_use]
pub fn evidence_requests(catalogue: &Catalogue, assessment: &Assessment, ground: &Ground) -> Vec<EvidenceRequest> {
    let mut requests = Vec::new();
    for artefact in catalogue.artefacts {
        let shown: PracticeSet = artefact.practices.iter().map(|at| usize::from(*at)).collect();
        let practices = shown.intersection(&ground.asked).filter(|at| {
            let practice = catalogue.practices.get(at);
            practice.is_some_and(|it| assessment.standing_kind(it.id) != StandingKind::NotApplicable)
        });
        if practices.is_empty() {
            continue;
        }
        let held = assessment.register(Register::Evidence);
        let held: Vec<(EntryId, Option<Choice>)> = held
            .filter(|(_, sheet)| sheet.text(Field::Artefact) == artefact.id)
            .filter_map(|(key, sheet)| Some((key.entry_id()?, sheet.choice(Field::State))))
            .collect();
        requests.push(EvidenceRequest {
            artefact,
            practices,
            requirements: ground.requirements_that_need(&practices),
            rhythms: match artefact.covers {
                Covers::Moment => Vec::new(),
                Covers::Period => rhythms_of(catalogue, &practices),
            },
            best: BEST_FIRST
                .into_iter()
                .find(|state| held.iter().any(|(_, it)| it == &Some(*state))),
            entries: held.into_iter().map(|(id, _)| id).collect(),
        });
    }
    requests
}

/// The states of evidence, the best first.
const BEST_FIRST: [Choice; 4] = [Choice::Accepted, Choice::Received, Choice::Requested, Choice::Rejected];

/// The rhythms, the rarest first.
const RAREST_FIRST: [Rhythm; 9] = [
    Rhythm::Yearly,
    Rhythm::HalfYearly,
    Rhythm::Quarterly,
    Rhythm::Monthly,
    Rhythm::Weekly,
    Rhythm::Daily,
    Rhythm::OnEvent,
    Rhythm::OnChange,
    Rhythm::Continuous,
];

/// The rhythms of some practices. Samples are drawn practice by practice, so one number for all would mislead.
fn rhythms_of(catalogue: &Catalogue, practices: &PracticeSet) -> Vec<Rhythm> {
    let has = |rhythm: &Rhythm| {
        let practices = practices.iter().filter_map(|at| catalogue.practices.get(at));
        practices.map(|it| it.rhythm).any(|it| it == *rhythm)
    };
    RAREST_FIRST.into_iter().filter(has).collect()
}

/// What a piece of evidence would settle: a facet of some practices, by their positions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetProposal {
    /// The facet that it shows.
    pub facet: Facet,
    /// The practices that are at least partly in place and of which the facet is asked and not yet yes.
    pub practices: Vec<usize>,
}

/// What a piece of evidence would settle, for a person to say yes to; none for nothing.
///
/// A document that is neither just requested nor rejected shows that its practices are documented; accepted records,
/// logs and reports show that they are evidenced. A setting or a list shows a moment and proposes nothing.
#[must_use]
pub fn facet_proposal(
    catalogue: &Catalogue,
    assessment: &Assessment,
    ground: &Ground,
    sheet: &Sheet,
) -> Option<FacetProposal> {
    let artefact = catalogue.artefact(sheet.text(Field::Artefact))?;
    let state = sheet.choice(Field::State);
    let facet = match artefact.kind {
        ArtefactKind::Document => Facet::Documented,
        ArtefactKind::ExternalReport
        | ArtefactKind::Log
        | ArtefactKind::Record
        | ArtefactKind::Report
        | ArtefactKind::ReviewRecord
        | ArtefactKind::TestReport => Facet::Evidenced,
        ArtefactKind::Attestation | ArtefactKind::Configuration | ArtefactKind::Inventory | ArtefactKind::Register => {
            return None;
        }
    };
    let is_there = match facet {
        Facet::Documented => !matches!(state, Some(Choice::Requested | Choice::Rejected)),
        Facet::Evidenced | Facet::Enforced | Facet::Improved => state == Some(Choice::Accepted),
    };
    let is_open = |at: &usize| {
        let Some(practice) = catalogue.practices.get(*at).filter(|_| ground.asked.contains(*at)) else {
            return false;
        };
        let answer = assessment.answer(practice.id);
        practice.asks(facet) && answer.standing.kind().is_at_least_partly() && answer.facets.get(facet) != Some(true)
    };
    let named = sheet.practices(Field::Practices);
    let named = named.filter_map(|id| catalogue.practice_index(id));
    let practices: Vec<usize> = named.filter(is_open).collect();
    (is_there && !practices.is_empty()).then_some(FacetProposal { facet, practices })
}

impl FacetProposal {
    /// The one step that says yes to it. What was said of other facets stays, and what was not said stays unsaid.
    #[must_use]
    pub fn action(&self, catalogue: &Catalogue, assessment: &Assessment) -> Action {
        let practices = self.practices.iter().filter_map(|at| catalogue.practices.get(*at));
        let steps = practices.map(|practice| {
            let facets = assessment.answer(practice.id).facets;
            Action::SetFacets(practice.id, facets.with(self.facet, Some(true)))
        });
        Action::Together(steps.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{FieldValue, SheetKey, Standing, apply, fixture};

    fn key(n: u64) -> SheetKey {
        SheetKey::entry(Register::Evidence, EntryId::from_random(n))
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn piece(state: Choice) -> Sheet {
        Sheet::default()
            .with_text(Field::Artefact, "review-record")
            .with(Field::State, FieldValue::Choice(state))
            .with(
                Field::Practices,
                FieldValue::Practices([fixture::REVIEW].into_iter().collect()),
            )
    }

    fn requests(assessment: &Assessment) -> Vec<EvidenceRequest> {
        let ground = Ground::new(&fixture::CATALOGUE, assessment);
        evidence_requests(&fixture::CATALOGUE, assessment, &ground)
    }

    #[test]
    fn evidence_is_old_once_the_rhythm_and_a_quarter_have_passed() {
        let sheet = Sheet::default().with(Field::To, FieldValue::Date(day("2026-01-01")));
        let on = |rhythm, date: &str| freshness(&sheet, rhythm, day(date));
        // 92 days and 23 of slack.
        assert_eq!(on(Rhythm::Quarterly, "2026-04-26"), Freshness::Fresh);
        assert_eq!(on(Rhythm::Quarterly, "2026-04-27"), Freshness::Old);
        // Daily records are collected monthly: 31 days and 8 of slack.
        assert_eq!(on(Rhythm::Daily, "2026-02-09"), Freshness::Fresh);
        assert_eq!(on(Rhythm::Daily, "2026-02-10"), Freshness::Old);
        assert_eq!(on(Rhythm::OnChange, "2027-04-04"), Freshness::Fresh);
        assert_eq!(on(Rhythm::OnChange, "2027-04-05"), Freshness::Old);
    }

    #[test]
    fn evidence_speaks_of_the_end_of_its_period_before_its_extraction() {
        let extracted = Sheet::default().with(Field::ExtractedOn, FieldValue::Date(day("2026-05-02")));
        assert_eq!(evidence_day(&extracted), Some(day("2026-05-02")));
        let both = extracted.with(Field::To, FieldValue::Date(day("2026-03-31")));
        assert_eq!(evidence_day(&both), Some(day("2026-03-31")));
        let none = freshness(&Sheet::default(), Rhythm::Yearly, fixture::date());
        assert_eq!(none, Freshness::Undated);
    }

    #[test]
    fn request_names_practices_requirements_and_the_best_state() {
        let mut assessment = fixture::assessment();
        let before = requests(&assessment);
        assert_eq!(before.len(), 1);
        let request = before.first().expect("one request");
        assert_eq!(request.id(), "R-review-record");
        assert!(request.is_missing() && request.entries.is_empty() && request.best.is_none());
        assert_eq!(request.practices.iter().collect::<Vec<_>>(), [1]);
        let needed = [fixture::CONTROL, fixture::CLOUD_ROW, fixture::CRITERION].map(usize::from);
        assert_eq!(request.requirements, needed);
        assert_eq!(request.rhythms, [Rhythm::OnChange]);

        assessment.sheets.insert(key(1), piece(Choice::Rejected));
        assert!(requests(&assessment).iter().all(|it| it.is_missing()));
        assessment.sheets.insert(key(2), piece(Choice::Received));
        let after = requests(&assessment);
        let request = after.first().expect("one request");
        assert_eq!((request.best, request.is_missing()), (Some(Choice::Received), false));
        assert_eq!(request.entries.len(), 2);
    }

    #[test]
    fn nothing_is_asked_for_that_shows_no_practice_in_scope() {
        let assessment = Assessment::default();
        assert!(requests(&assessment).is_empty());
    }

    #[test]
    fn accepted_record_proposes_evidenced_for_practices_in_place_in_one_step() {
        let mut assessment = fixture::assessment();
        let ground = Ground::new(&fixture::CATALOGUE, &assessment);
        let propose =
            |assessment: &Assessment, state| facet_proposal(&fixture::CATALOGUE, assessment, &ground, &piece(state));
        assert_eq!(propose(&assessment, Choice::Accepted), None, "not in place yet");
        let standing = Action::SetStanding(fixture::REVIEW, Standing::Partly);
        apply(&mut assessment, &fixture::CATALOGUE, standing).expect("accepted");
        assert_eq!(propose(&assessment, Choice::Received), None, "not accepted yet");
        let proposal = propose(&assessment, Choice::Accepted).expect("a proposal");
        assert_eq!(
            (proposal.facet, proposal.practices.as_slice()),
            (Facet::Evidenced, &[1][..])
        );

        let before = assessment.clone();
        let step = proposal.action(&fixture::CATALOGUE, &assessment);
        let change = apply(&mut assessment, &fixture::CATALOGUE, step).expect("accepted");
        let facets = assessment.answer(fixture::REVIEW).facets;
        assert_eq!((facets.evidenced, facets.documented), (Some(true), None));
        assert_eq!(propose(&assessment, Choice::Accepted), None, "settled");
        apply(&mut assessment, &fixture::CATALOGUE, change.inverse).expect("accepted");
        assert_eq!(assessment, before);
    }

    #[test]
    fn practice_lists_its_pieces_with_their_freshness() {
        let mut assessment = fixture::assessment();
        assessment.sheets.insert(key(1), piece(Choice::Accepted));
        let all = fixture::CATALOGUE.practices.iter();
        let n: Vec<usize> = all
            .map(|it| evidence_of(&assessment, it, fixture::date()).len())
            .collect();
        assert_eq!(n, [0, 1, 0, 0, 0]);
        let review = fixture::CATALOGUE
            .practice(fixture::REVIEW.as_str())
            .expect("a practice");
        let old = piece(Choice::Accepted).with(Field::To, FieldValue::Date(day("2024-12-31")));
        assert!(is_old(&fixture::CATALOGUE, &old, fixture::date()));
        assert!(!is_old(&fixture::CATALOGUE, &piece(Choice::Accepted), fixture::date()));
        let pieces = evidence_of(&assessment, review, fixture::date());
        assert_eq!(pieces.first().map(|it| it.freshness), Some(Freshness::Undated));
    }
}
