//! How far the answering is: progress by topic, the time it will take, what the answers rest on, what could be shown.

use super::{Ground, PracticeSet};
use crate::domain::{
    Assessment, BasisKind, Catalogue, Facet, Practice, PracticeId, SortedSet, Standing, StandingKind, TopicId,
};

/// Reading speed for plain technical prose, in words a minute. Slow on purpose: people read these carefully.
const WORDS_PER_MINUTE: u32 = 180;
/// Seconds to think and to choose, once a question has been read. An estimate until it is measured on real teams.
const SECONDS_TO_DECIDE: u32 = 40;

/// How many practices show one facet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FacetTally {
    /// Practices where the facet could be shown today.
    pub n_shown: usize,
    /// Practices where somebody said that it could not.
    pub n_not_shown: usize,
    /// Practices in place at least partly where the facet is asked: the denominator.
    pub n_asked: usize,
}

impl FacetTally {
    /// The share shown as one of five steps, `0` to `4`, or `none` without a denominator: for a heat map.
    #[must_use]
    pub const fn level(&self) -> &'static str {
        match (self.n_asked, self.n_shown) {
            (0, _) => "none",
            (_, 0) => "0",
            (asked, shown) if shown == asked => "4",
            (asked, shown) => match shown * 3 / asked {
                0 => "1",
                1 => "2",
                _ => "3",
            },
        }
    }
}

/// How far one topic is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicProgress {
    /// The topic.
    pub id: TopicId,
    /// Practices asked.
    pub n_asked: usize,
    /// … of them answered.
    pub n_answered: usize,
    /// Seconds that the open questions of the topic take.
    pub seconds_left: u32,
    /// The first practice without an answer, by position.
    pub first_open: Option<usize>,
    /// By facet, in the order of [`Facet::ALL`].
    pub facets: [FacetTally; 4],
}

/// What the answers rest on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BasisMix {
    /// Said by somebody.
    pub n_said: usize,
    /// Seen by somebody.
    pub n_seen: usize,
    /// Tested by somebody.
    pub n_tested: usize,
    /// Answered without a basis.
    pub n_unstated: usize,
}

/// How many practices a scope asks, and how many of these are answered: `(answered, asked)`. Of the assessment only scope
/// and decisions are read, so that a list of many needs no more than these.
#[must_use]
pub fn answered_of_asked(
    catalogue: &Catalogue,
    outline: &Assessment,
    answered: &SortedSet<PracticeId>,
) -> (usize, usize) {
    let asked = Ground::new(catalogue, outline).asked;
    let practices = asked.iter().filter_map(|position| catalogue.practices.get(position));
    let n_answered = practices.filter(|practice| answered.contains(&practice.id)).count();
    (n_answered, asked.len())
}

impl BasisMix {
    /// Counts the answers in scope by their basis.
    #[must_use]
    pub fn new(catalogue: &Catalogue, assessment: &Assessment, ground: &Ground) -> Self {
        let mut mix = Self::default();
        let practices = ground
            .asked
            .iter()
            .filter_map(|position| catalogue.practices.get(position));
        let answers = practices.filter_map(|practice| assessment.answers.get(&practice.id));
        for answer in answers.filter(|answer| answer.standing != Standing::NotAnswered) {
            match answer.basis.as_ref().map(|basis| basis.kind) {
                Some(BasisKind::Said) => mix.n_said += 1,
                Some(BasisKind::Seen) => mix.n_seen += 1,
                Some(BasisKind::Tested) => mix.n_tested += 1,
                None => mix.n_unstated += 1,
            }
        }
        mix
    }
}

/// Minutes for so many seconds of work, rounded up to five, never less than one.
#[must_use]
pub const fn minutes_left(seconds: u32) -> u32 {
    match seconds {
        0 => 0,
        1..=60 => 1,
        _ => seconds.div_ceil(300) * 5,
    }
}

/// The topics with at least one practice in scope.
pub(super) fn topics(catalogue: &Catalogue, assessment: &Assessment, ground: &Ground) -> Vec<TopicProgress> {
    let topics = catalogue
        .topics
        .iter()
        .map(|topic| topic_progress(catalogue, assessment, &ground.asked, topic.id));
    topics.filter(|topic| topic.n_asked > 0).collect()
}

fn topic_progress(catalogue: &Catalogue, assessment: &Assessment, asked: &PracticeSet, id: TopicId) -> TopicProgress {
    let mut progress = TopicProgress {
        id,
        n_asked: 0,
        n_answered: 0,
        seconds_left: 0,
        first_open: None,
        facets: Default::default(),
    };
    let practices = catalogue.practices.iter().enumerate();
    for (position, practice) in practices.filter(|(position, it)| it.topic == id && asked.contains(*position)) {
        progress.n_asked += 1;
        let answer = assessment.answers.get(&practice.id);
        let kind = answer.map_or(StandingKind::NotAnswered, |answer| answer.standing.kind());
        if kind == StandingKind::NotAnswered {
            progress.seconds_left += seconds_to_answer(practice);
            progress.first_open = progress.first_open.or(Some(position));
            continue;
        }
        progress.n_answered += 1;
        if !kind.is_at_least_partly() {
            continue;
        }
        for (facet, tally) in Facet::ALL.into_iter().zip(&mut progress.facets) {
            if practice.asks(facet) {
                tally.n_asked += 1;
                let said = answer.and_then(|answer| answer.facets.get(facet));
                tally.n_shown += usize::from(said == Some(true));
                tally.n_not_shown += usize::from(said == Some(false));
            }
        }
    }
    progress
}

/// Seconds to read a practice's question, reason and examples, and to decide.
fn seconds_to_answer(practice: &Practice) -> u32 {
    let examples = practice.shown_by().asked().map(|(_, example)| example);
    let texts = [practice.question(), practice.why()].into_iter().chain(examples);
    let words: usize = texts.map(|text| text.split_whitespace().count()).sum();
    u32::try_from(words).unwrap_or(u32::MAX).saturating_mul(60) / WORDS_PER_MINUTE + SECONDS_TO_DECIDE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Answer, Facets, fixture};

    #[test]
    fn minutes_round_up_honestly() {
        assert_eq!([0, 1, 60, 61, 300, 301].map(minutes_left), [0, 1, 1, 5, 5, 10]);
    }

    #[test]
    fn only_answers_that_are_asked_count_and_the_outline_is_enough() {
        let mut outline = fixture::assessment();
        let answered = [fixture::REVIEW, fixture::DOORS].into_iter().collect();
        let count = |outline: &Assessment| answered_of_asked(&fixture::CATALOGUE, outline, &answered);
        assert_eq!(count(&outline), (2, 5));
        outline.scope.facts.insert(crate::domain::Fact::Premises, false);
        assert_eq!(count(&outline), (1, 4));
        assert_eq!(count(&Assessment::default()), (0, 0));
    }

    #[test]
    fn answered_practice_takes_no_more_time() {
        let mut assessment = fixture::assessment();
        let ground = Ground::new(&fixture::CATALOGUE, &assessment);
        let before = topics(&fixture::CATALOGUE, &assessment, &ground);
        let facets = Facets::default()
            .with(Facet::Documented, Some(true))
            .with(Facet::Evidenced, Some(false));
        assessment.answers.insert(
            fixture::REVIEW,
            Answer {
                standing: Standing::Partly,
                facets,
                ..Default::default()
            },
        );
        let after = topics(&fixture::CATALOGUE, &assessment, &ground);
        let delivery = |topics: &[TopicProgress]| topics.iter().find(|it| it.id.as_str() == "delivery").cloned();
        let (before, after) = (delivery(&before).expect("asked"), delivery(&after).expect("asked"));
        assert!(after.seconds_left < before.seconds_left);
        assert_eq!((after.n_asked, after.n_answered), (4, 1));
        let shown: Vec<usize> = after.facets.iter().map(|tally| tally.n_shown).collect();
        let asked: Vec<usize> = after.facets.iter().map(|tally| tally.n_asked).collect();
        assert_eq!((shown, asked), (vec![1, 0, 0, 0], vec![1, 1, 1, 0]));
    }
}
