//! What to ask next: the quick scan of about 40 practices, and the one question that brings most now. Both say why.
//!
//! A requirement is **touched** once one of the practices it needs is answered, and **settled** once all of them are.

use super::{Ground, PracticeSet};
use crate::domain::{Assessment, Catalogue, FrameworkId, RequirementKind, SortedSet, StandingKind, TopicId};

/// How many questions the quick scan has where the scope asks as many. More only if what it must hold is more.
const SCAN_SIZE: usize = 40;

/// Why a question is asked now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// If the practice is absent, a finding becomes a potential major whatever else is answered: its position in
    /// [`Catalogue::nonconformities`].
    TriggersMajor(usize),
    /// It is the first question of its topic.
    FirstOfTopic(TopicId),
    /// It is the last one open of these requirements, by position.
    Settles(Vec<usize>),
    /// So many requirements need the practice, in so many frameworks.
    Touches {
        /// Requirements in scope that need it.
        n_requirements: usize,
        /// The frameworks that they belong to.
        n_frameworks: usize,
    },
    /// No requirement in scope needs the practice; so many are supported by it.
    Helps(usize),
}

/// A question to ask, with the reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The position of the practice.
    pub practice: usize,
    /// Why this one, strongest reason first.
    pub whys: Vec<Why>,
}

/// The quick scan. It follows from the scope alone, so that answering does not change what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scan {
    /// The questions, in the order in which they are best asked.
    pub questions: Vec<Suggestion>,
    /// Requirements in scope that need a practice: the denominator.
    pub n_requirements: usize,
    /// … of them touched once the scan is answered.
    pub n_touched: usize,
    /// … of them settled once the scan is answered.
    pub n_settled: usize,
}

impl Scan {
    /// The positions of its practices.
    #[must_use]
    pub fn practices(&self) -> PracticeSet {
        self.questions.iter().map(|it| it.practice).collect()
    }
}

/// The quick scan of what is in scope: every practice whose absence by itself makes a potential major, the best practice
/// of each topic that has none of these, then, up to about 40, whatever touches and settles most.
#[must_use]
pub fn quick_scan(catalogue: &Catalogue, ground: &Ground) -> Scan {
    let mut picker = Picker::new(catalogue, ground, PracticeSet::default());
    let mut questions = Vec::new();
    let majors = picker.majors;
    while let Some(practice) = picker.best_of(&majors) {
        questions.push(picker.pick(practice));
    }
    for topic in catalogue.topics {
        let of_topic = picker.of_topic(topic.id);
        if of_topic.intersection(&picker.known).is_empty()
            && let Some(practice) = picker.best_of(&of_topic)
        {
            questions.push(picker.pick(practice));
        }
    }
    while questions.len() < SCAN_SIZE
        && let Some(practice) = picker.best_of(&ground.asked)
    {
        questions.push(picker.pick(practice));
    }
    let open: Vec<(usize, usize)> = picker.requirements.iter().map(|at| picker.open(*at)).collect();
    Scan {
        questions,
        n_requirements: open.len(),
        n_touched: open.iter().filter(|(n_needed, n_open)| n_open < n_needed).count(),
        n_settled: open.iter().filter(|(_, n_open)| *n_open == 0).count(),
    }
}

/// The question that brings most now: the first of the quick scan that is open, then whatever settles and touches most.
/// None once all that is asked has an answer.
#[must_use]
pub fn next_question(catalogue: &Catalogue, assessment: &Assessment, ground: &Ground) -> Option<Suggestion> {
    let answered = ground.asked.filter(|at| {
        let practice = catalogue.practices.get(at);
        let answer = practice.and_then(|it| assessment.answers.get(&it.id));
        answer.is_some_and(|it| it.standing.kind() != StandingKind::NotAnswered)
    });
    let mut picker = Picker::new(catalogue, ground, answered);
    let scan = quick_scan(catalogue, ground);
    let mut of_scan = scan.questions.iter().map(|it| it.practice);
    let practice = of_scan.find(|it| !answered.contains(*it));
    let practice = practice.or_else(|| picker.best_of(&ground.asked))?;
    Some(picker.pick(practice))
}

struct Picker<'a> {
    catalogue: &'a Catalogue,
    ground: &'a Ground,
    /// Requirements in scope that need a practice.
    requirements: Vec<usize>,
    /// By position of the practice: the requirements of these that need it.
    needing: Vec<Vec<usize>>,
    /// Practices whose absence by itself makes a potential major.
    majors: PracticeSet,
    /// What is answered, or picked.
    known: PracticeSet,
    /// By position of the requirement: how many practices it needs, and how many of these are not known.
    open: Vec<(usize, usize)>,
}

impl<'a> Picker<'a> {
    fn new(catalogue: &'a Catalogue, ground: &'a Ground, known: PracticeSet) -> Self {
        let mut needing = vec![Vec::new(); catalogue.practices.len()];
        let mut requirements = Vec::new();
        let open = ground.needed.iter();
        let open = open.map(|needed| (needed.len(), needed.difference(&known).len()));
        let open = open.collect();
        for (position, needed) in ground.needed.iter().enumerate() {
            if !ground.includes(position) || needed.is_empty() {
                continue;
            }
            requirements.push(position);
            for practice in needed.iter() {
                if let Some(list) = needing.get_mut(practice) {
                    list.push(position);
                }
            }
        }
        let mut picker = Self {
            catalogue,
            ground,
            requirements,
            needing,
            majors: PracticeSet::default(),
            known,
            open,
        };
        picker.majors = ground.asked.filter(|it| picker.major(it).is_some());
        picker
    }

    /// How many practices a requirement needs, and how many of these are not known.
    fn open(&self, requirement: usize) -> (usize, usize) {
        self.open.get(requirement).copied().unwrap_or_default()
    }

    fn requirements_of(&self, practice: usize) -> &[usize] {
        self.needing.get(practice).map_or(&[], Vec::as_slice)
    }

    /// The finding that the practice makes a potential major by its absence alone: a clause that it breaks needs nothing
    /// else, or the catalogue says so.
    fn major(&self, practice: usize) -> Option<usize> {
        let is_it = |at: &u16| usize::from(*at) == practice;
        self.catalogue.nonconformities.iter().position(|finding| {
            finding.triggered_by.iter().any(is_it)
                && finding.breaks.iter().any(|at| {
                    let at = usize::from(*at);
                    let requirement = self.catalogue.requirements.get(at);
                    let is_clause = requirement.is_some_and(|it| it.kind == RequirementKind::Clause);
                    is_clause
                        && self.requirements_of(practice).contains(&at)
                        && (self.open(at).0 == 1 || finding.alone.iter().any(is_it))
                })
        })
    }

    fn of_topic(&self, topic: TopicId) -> PracticeSet {
        let is_of_topic = |at: usize| self.catalogue.practices.get(at).is_some_and(|it| it.topic == topic);
        self.ground.asked.filter(is_of_topic)
    }

    /// The practice among some that brings most and is not known; among equals the first.
    fn best_of(&self, practices: &PracticeSet) -> Option<usize> {
        let open = practices.difference(&self.known);
        // The last of equals would win, so the search goes backwards.
        let mut open: Vec<usize> = open.iter().collect();
        open.reverse();
        open.into_iter().max_by_key(|practice| self.gain(*practice))
    }

    /// What an answer brings: requirements settled count twice, those touched for the first time once. What is left over
    /// is told apart by how many requirements need the practice, then by its priority.
    fn gain(&self, practice: usize) -> (usize, usize, u8) {
        let of = self.requirements_of(practice);
        let mut gain = 0;
        for at in of {
            let (n_needed, n_open) = self.open(*at);
            gain += usize::from(n_open == n_needed) + 2 * usize::from(n_open == 1);
        }
        let priority = self.catalogue.practices.get(practice).map_or(0, |it| it.priority);
        (gain, of.len(), priority)
    }

    /// How many requirements in scope a practice is tied to.
    fn n_supported(&self, practice: usize) -> usize {
        let ties = self.catalogue.practices.get(practice).map_or(&[][..], |it| it.ties);
        let requirements: SortedSet<u16> = ties.iter().map(|it| it.requirement).collect();
        let requirements = requirements.iter();
        requirements
            .filter(|at| self.ground.includes(usize::from(**at)))
            .count()
    }

    /// Picks a practice: says why, and takes it as known from here on.
    fn pick(&mut self, practice: usize) -> Suggestion {
        let mut whys = Vec::new();
        whys.extend(self.major(practice).map(Why::TriggersMajor));
        let settles = self.requirements_of(practice).iter().copied();
        let settles: Vec<usize> = settles.filter(|at| self.open(*at).1 == 1).collect();
        let n_settled = settles.len();
        if !settles.is_empty() {
            whys.push(Why::Settles(settles));
        }
        if let Some(authored) = self.catalogue.practices.get(practice)
            && self.of_topic(authored.topic).intersection(&self.known).is_empty()
        {
            whys.push(Why::FirstOfTopic(authored.topic));
        }
        let requirements = self.requirements_of(practice).iter();
        let frameworks: SortedSet<FrameworkId> = requirements
            .filter_map(|at| self.catalogue.requirements.get(*at))
            .map(|it| it.id.framework)
            .collect();
        let n_requirements = self.requirements_of(practice).len();
        // Where it settles all of them, that is said already.
        if n_requirements > n_settled {
            whys.push(Why::Touches {
                n_requirements,
                n_frameworks: frameworks.len(),
            });
        }
        if whys.is_empty() {
            whys.push(Why::Helps(self.n_supported(practice)));
        }
        self.known.insert(practice);
        for at in self.needing.get(practice).into_iter().flatten() {
            if let Some((_, n_open)) = self.open.get_mut(*at) {
                *n_open = n_open.saturating_sub(1);
            }
        }
        Suggestion { practice, whys }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::CATALOGUE;
    use crate::domain::{Answer, Category, Standing, fixture};

    fn answer(assessment: &mut Assessment, practice: usize, catalogue: &Catalogue) {
        let id = catalogue.practices.get(practice).expect("a practice").id;
        let standing = Standing::NotInPlace;
        assessment.answers.insert(
            id,
            Answer {
                standing,
                ..Default::default()
            },
        );
    }

    #[test]
    fn reasons_name_what_the_question_settles() {
        let mut assessment = fixture::assessment();
        let ground = Ground::new(&fixture::CATALOGUE, &assessment);
        let scan = quick_scan(&fixture::CATALOGUE, &ground);
        assert_eq!((scan.questions.len(), scan.n_touched, scan.n_settled), (5, 4, 4));
        answer(&mut assessment, 1, &fixture::CATALOGUE);
        answer(&mut assessment, 0, &fixture::CATALOGUE);
        let next = next_question(&fixture::CATALOGUE, &assessment, &ground).expect("a question");
        // The tests are the last open practice of A.8.32.
        assert_eq!(next.practice, 2);
        assert_eq!(
            next.whys,
            [
                Why::Settles(vec![usize::from(fixture::CONTROL)]),
                Why::Touches {
                    n_requirements: 3,
                    n_frameworks: 3
                }
            ]
        );
    }

    #[test]
    fn asking_on_ends_when_everything_is_answered() {
        let mut assessment = Assessment::default();
        assessment.scope.frameworks.extend(FrameworkId::ALL);
        let ground = Ground::new(&CATALOGUE, &assessment);
        let mut asked = PracticeSet::default();
        while let Some(next) = next_question(&CATALOGUE, &assessment, &ground) {
            assert!(ground.asked.contains(next.practice) && !asked.contains(next.practice));
            assert!(!next.whys.is_empty());
            asked.insert(next.practice);
            answer(&mut assessment, next.practice, &CATALOGUE);
        }
        assert_eq!(asked, ground.asked);
    }

    #[test]
    fn scan_of_everything_has_about_forty_questions_and_one_of_each_topic() {
        let mut assessment = Assessment::default();
        assessment.scope.frameworks.extend(FrameworkId::ALL);
        assessment.scope.categories.extend(Category::ALL);
        let ground = Ground::new(&CATALOGUE, &assessment);
        let scan = quick_scan(&CATALOGUE, &ground);
        println!(
            "{} questions touch {} and settle {} of {}",
            scan.questions.len(),
            scan.n_touched,
            scan.n_settled,
            scan.n_requirements
        );
        assert!((36..=44).contains(&scan.questions.len()));
        let practices = scan.practices();
        for topic in CATALOGUE.topics {
            let is_of_topic = |at: usize| CATALOGUE.practices.get(at).is_some_and(|it| it.topic == topic.id);
            assert!(practices.iter().any(is_of_topic), "{}", topic.title);
        }
        let is_major = |it: &Suggestion| matches!(it.whys.first(), Some(Why::TriggersMajor(_)));
        assert!(scan.questions.iter().take(10).all(is_major));
        assert!(!scan.questions.iter().skip_while(|it| is_major(it)).any(is_major));
    }

    #[test]
    fn nothing_in_scope_asks_nothing() {
        let assessment = Assessment::default();
        let ground = Ground::new(&CATALOGUE, &assessment);
        assert_eq!(next_question(&CATALOGUE, &assessment, &ground), None);
        assert_eq!(quick_scan(&CATALOGUE, &ground).questions, []);
    }
}
