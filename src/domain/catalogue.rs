//! The catalogue as a type. The shipped one is a static made by the build script; tests pass one of four requirements.

use super::{
    Artefact, Audience, Category, Condition, Facet, Facets, FrameworkId, Nonconformity, PracticeId, RequirementId,
    TopicId,
};

/// Everything that Concord knows: frameworks with their requirements, topics with their practices, and the ties.
#[derive(Debug)]
pub struct Catalogue {
    /// A short hash of the content, printed in exports and files.
    pub version: &'static str,
    /// The frameworks, in the order of [`FrameworkId::ALL`].
    pub frameworks: &'static [Framework],
    /// The requirements of all frameworks, framework by framework, in the publisher's order.
    pub requirements: &'static [Requirement],
    /// The topics, in the order of the guided flow.
    pub topics: &'static [Topic],
    /// The practices, topic by topic.
    pub practices: &'static [Practice],
    /// The pieces of evidence that auditors ask for.
    pub artefacts: &'static [Artefact],
    /// The findings that auditors raise often.
    pub nonconformities: &'static [Nonconformity],
    /// Which practice presupposes which: the position of the later one, then of the earlier one.
    pub after: &'static [(u16, u16)],
    /// The permanent number of each practice, by position. Snapshots name practices by it, so it never changes.
    pub numbers: &'static [u16],
}

/// A framework in one edition.
#[derive(Debug)]
pub struct Framework {
    /// The id.
    pub id: FrameworkId,
    /// The name in tight places: `27001`, `SOC 2`.
    pub short: &'static str,
    /// The name without the edition: `ISO/IEC 27001`.
    pub title: &'static str,
    /// The edition as printed.
    pub edition: &'static str,
    /// Clauses, themes or series, in order.
    pub groups: &'static [Group],
}

/// A main clause, a theme, or a series of criteria.
#[derive(Debug)]
pub struct Group {
    /// The id inside its framework: `4`, `A.8`, `CC6`.
    pub id: &'static str,
    /// The title.
    pub title: &'static str,
}

/// What kind of requirement this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequirementKind {
    /// A clause of ISO/IEC 27001, 4 to 10. It can't be excluded.
    Clause,
    /// A control of Annex A, or its row in ISO/IEC 27017.
    Control,
    /// A control that only ISO/IEC 27017 has.
    CloudControl,
    /// A trust services criterion.
    Criterion,
}

impl RequirementKind {
    /// The permanent id.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Clause => "clause",
            Self::Control => "control",
            Self::CloudControl => "cloud-control",
            Self::Criterion => "criterion",
        }
    }
}

/// A clause, control or criterion.
#[derive(Debug)]
pub struct Requirement {
    /// The id.
    pub id: RequirementId,
    /// ISO's short title, or our own for a criterion.
    pub title: &'static str,
    /// The group inside the framework.
    pub group: &'static str,
    /// What kind it is.
    pub kind: RequirementKind,
    /// The documented information that the clause asks for.
    pub documented: Option<&'static str>,
    /// The SOC 2 category; none for the ISO frameworks.
    pub category: Option<Category>,
    /// Whom a row of ISO/IEC 27017 with cloud content speaks to.
    pub audience: Option<Audience>,
    /// Whether the row has cloud content of its own (ISO/IEC 27017); other rows repeat 27002.
    pub has_cloud_content: bool,
    /// Position of the Annex A control that a row of ISO/IEC 27017 stands on, if one does.
    pub base: Option<u16>,
    /// Positions of the rows of the newer edition that took this one's subject over (ISO/IEC 27017:2015).
    pub now: &'static [u16],
    /// Whether the needed practices together cover what the requirement asks, in a reviewer's judgement.
    pub complete: bool,
    /// Why one practice is enough, where one is.
    pub why_one: Option<&'static str>,
}

/// One chapter of the guided flow.
#[derive(Debug)]
pub struct Topic {
    /// The id.
    pub id: TopicId,
    /// The title.
    pub title: &'static str,
    /// One sentence on what the chapter is about.
    pub intro: &'static str,
}

/// The smallest thing that an organisation does and that can be judged by itself.
#[derive(Debug)]
pub struct Practice {
    /// The id.
    pub id: PracticeId,
    /// The topic.
    pub topic: TopicId,
    /// Its texts, one a line: title, question, why, the example of each facet in the order of [`Facet::ALL`] (empty
    /// where the facet is not asked), then one to four steps if it is absent. One text is a fifth smaller to load than
    /// a field for each; [`Practice::title`] and its neighbours read it.
    pub texts: &'static str,
    /// Which facets are asked, in the order of [`Facet::ALL`]: those with an example.
    pub asks: [bool; 4],
    /// Whether a system must make it so.
    pub must_enforce: bool,
    /// How much work the steps are.
    pub effort: Effort,
    /// 3 high, 2, 1. For planning only: grading and shares never use it.
    pub priority: u8,
    /// How often operation leaves a record.
    pub rhythm: Rhythm,
    /// Whether it is one of the delivery (CI/CD) practices.
    pub delivery: bool,
    /// When it is asked.
    pub applies_when: Condition,
    /// Who else can do it, and what stays one's own.
    pub inheritable: Option<Inheritable>,
    /// What rests on it.
    pub ties: &'static [Tie],
    /// The parts that its ties name, one a line; [`Practice::part`] reads it.
    pub parts: &'static str,
}

/// One example for each facet that makes sense. A facet without an example is not asked and counts as met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShownBy {
    /// Written, approved, specific.
    pub documented: Option<&'static str>,
    /// A system makes it so.
    pub enforced: Option<&'static str>,
    /// Records show it working over time.
    pub evidenced: Option<&'static str>,
    /// Somebody reviews and changes it.
    pub improved: Option<&'static str>,
}

impl ShownBy {
    /// The example for a facet.
    #[must_use]
    pub const fn example(&self, facet: Facet) -> Option<&'static str> {
        match facet {
            Facet::Documented => self.documented,
            Facet::Enforced => self.enforced,
            Facet::Evidenced => self.evidenced,
            Facet::Improved => self.improved,
        }
    }

    /// The facets that are asked, each with its example.
    pub fn asked(&self) -> impl Iterator<Item = (Facet, &'static str)> + use<> {
        let shown_by = *self;
        Facet::ALL
            .into_iter()
            .filter_map(move |facet| shown_by.example(facet).map(|example| (facet, example)))
    }
}

impl ShownBy {
    /// The facets after a box was ticked or its tick taken away. Ticking a first box answers the whole question: the
    /// other facets that are asked become no. Taking the last tick away leaves it unanswered again.
    #[must_use]
    pub fn after_tick(&self, before: Facets, facet: Facet, is_ticked: bool) -> Facets {
        let mut after = self.none_shown();
        for (other, _) in self.asked().filter(|(other, _)| before.get(*other) == Some(true)) {
            after = after.with(other, Some(true));
        }
        after = after.with(facet, Some(is_ticked));
        if after == self.none_shown() {
            Facets::default()
        } else {
            after
        }
    }

    /// The facets that say: none of these could be shown.
    #[must_use]
    pub fn none_shown(&self) -> Facets {
        self.asked()
            .fold(Facets::default(), |facets, (facet, _)| facets.with(facet, Some(false)))
    }
}

/// How much work the fix of a practice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effort {
    /// Days.
    Small,
    /// Weeks.
    Medium,
    /// Months.
    Large,
}

impl Effort {
    /// The letter as authored and printed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Small => "S",
            Self::Medium => "M",
            Self::Large => "L",
        }
    }

    /// The weight in the ranking of gaps: S 1, M 3, L 8.
    #[must_use]
    pub const fn weight(self) -> u32 {
        match self {
            Self::Small => 1,
            Self::Medium => 3,
            Self::Large => 8,
        }
    }
}

/// How often the operation of a practice leaves a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rhythm {
    /// When something happens.
    OnEvent,
    /// With each change.
    OnChange,
    /// A setting that is always on.
    Continuous,
    /// Each day.
    Daily,
    /// Each week.
    Weekly,
    /// Each month.
    Monthly,
    /// Each quarter.
    Quarterly,
    /// Twice a year.
    HalfYearly,
    /// Once a year.
    Yearly,
}

impl Rhythm {
    /// The rhythm as authored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OnEvent => "on-event",
            Self::OnChange => "on-change",
            Self::Continuous => "continuous",
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Monthly => "monthly",
            Self::Quarterly => "quarterly",
            Self::HalfYearly => "half-yearly",
            Self::Yearly => "yearly",
        }
    }

    /// The rhythm in words, after "leaves a record".
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::OnEvent => "on each event",
            Self::OnChange => "with each change",
            Self::Continuous => "continuously",
            Self::Daily => "each day",
            Self::Weekly => "each week",
            Self::Monthly => "each month",
            Self::Quarterly => "each quarter",
            Self::HalfYearly => "twice a year",
            Self::Yearly => "once a year",
        }
    }
}

/// A kind of supplier that a practice can be inherited from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SupplierKind {
    /// Infrastructure or platform as a service.
    CloudPlatform,
    /// Hosting of source code.
    CodeHosting,
    /// Runners of pipelines.
    CiRunner,
    /// Code scanning run by a vendor.
    CodeScanning,
    /// Identity provider.
    IdentityProvider,
    /// Data centre.
    DataCentre,
    /// Managed service provider.
    ManagedService,
    /// AI assistant.
    AiAssistant,
    /// Payroll or human resources service.
    PayrollHr,
}

impl SupplierKind {
    /// All kinds, in the order in which they are shown.
    pub const ALL: [Self; 9] = [
        Self::CloudPlatform,
        Self::CodeHosting,
        Self::CiRunner,
        Self::CodeScanning,
        Self::IdentityProvider,
        Self::DataCentre,
        Self::ManagedService,
        Self::AiAssistant,
        Self::PayrollHr,
    ];

    /// The kind as authored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CloudPlatform => "cloud-platform",
            Self::CodeHosting => "code-hosting",
            Self::CiRunner => "ci-runner",
            Self::CodeScanning => "code-scanning",
            Self::IdentityProvider => "identity-provider",
            Self::DataCentre => "data-centre",
            Self::ManagedService => "managed-service",
            Self::AiAssistant => "ai-assistant",
            Self::PayrollHr => "payroll-hr",
        }
    }

    /// The name as shown.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::CloudPlatform => "cloud platform",
            Self::CodeHosting => "code hosting service",
            Self::CiRunner => "runner service",
            Self::CodeScanning => "code scanning service",
            Self::IdentityProvider => "identity provider",
            Self::DataCentre => "data centre",
            Self::ManagedService => "managed service provider",
            Self::AiAssistant => "AI assistant",
            Self::PayrollHr => "payroll or HR service",
        }
    }
}

/// Who else can do a practice, and which practices stay one's own all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inheritable {
    /// Kinds of supplier.
    pub from: &'static [SupplierKind],
    /// Practices that stay one's own.
    pub keeps: &'static [PracticeId],
}

/// Whether a requirement is credible without the practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TieKind {
    /// Not credible without this or an equivalent. Only these enter status, gates, crosswalk and remainder.
    Needed,
    /// Good practice that supports the requirement.
    Helps,
}

impl TieKind {
    /// The word as authored and printed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Needed => "needed",
            Self::Helps => "helps",
        }
    }
}

/// A requirement rests on a practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tie {
    /// Position of the requirement in [`Catalogue::requirements`].
    pub requirement: u16,
    /// Needed or helps.
    pub kind: TieKind,
    /// The line of [`Practice::parts`] with the part of the requirement that the practice meets, from 0.
    pub part: u8,
    /// Whom the tie speaks to; only ties to ISO/IEC 27017 have one.
    pub role: Option<Audience>,
    /// Whether the requirement asks for documented information here.
    pub documented: bool,
}

impl Catalogue {
    /// The practice with this id.
    #[must_use]
    pub fn practice(&self, id: &str) -> Option<&'static Practice> {
        self.practices.iter().find(|practice| practice.id.as_str() == id)
    }

    /// The position of a practice in [`Catalogue::practices`].
    #[must_use]
    pub fn practice_index(&self, id: PracticeId) -> Option<usize> {
        self.practices.iter().position(|practice| practice.id == id)
    }

    /// The position of a requirement in [`Catalogue::requirements`].
    #[must_use]
    pub fn requirement_index(&self, id: RequirementId) -> Option<usize> {
        self.requirements.iter().position(|requirement| requirement.id == id)
    }

    /// The requirement with this id as printed.
    #[must_use]
    pub fn requirement(&self, framework: FrameworkId, code: &str) -> Option<&'static Requirement> {
        self.requirements
            .iter()
            .find(|requirement| requirement.id.framework == framework && requirement.id.code == code)
    }

    /// The requirement from text such as `iso27001-2022/A.8.32`.
    #[must_use]
    pub fn parse_requirement(&self, text: &str) -> Option<&'static Requirement> {
        let (framework, code) = text.split_once('/')?;
        self.requirement(FrameworkId::parse(framework)?, code)
    }

    /// The requirement that a tie names.
    #[must_use]
    pub fn tied(&self, tie: &Tie) -> Option<&'static Requirement> {
        self.requirements.get(usize::from(tie.requirement))
    }

    /// The piece of evidence with this id.
    #[must_use]
    pub fn artefact(&self, id: &str) -> Option<&'static Artefact> {
        self.artefacts.iter().find(|it| it.id == id)
    }

    /// The pieces of evidence for a practice.
    pub fn artefacts_of(&self, practice: PracticeId) -> impl Iterator<Item = &'static Artefact> + use<> {
        let position = self.practice_index(practice);
        let is_for = move |it: &&Artefact| it.practices.iter().any(|at| Some(usize::from(*at)) == position);
        self.artefacts.iter().filter(is_for)
    }

    /// The findings that break a requirement.
    pub fn nonconformities_of(
        &self,
        requirement: RequirementId,
    ) -> impl Iterator<Item = &'static Nonconformity> + use<> {
        let position = self.requirement_index(requirement);
        let breaks = move |it: &&Nonconformity| it.breaks.iter().any(|at| Some(usize::from(*at)) == position);
        self.nonconformities.iter().filter(breaks)
    }

    /// The framework with this id.
    #[must_use]
    pub fn framework(&self, id: FrameworkId) -> Option<&'static Framework> {
        self.frameworks.iter().find(|framework| framework.id == id)
    }

    /// The topic with this id.
    #[must_use]
    pub fn topic(&self, id: &str) -> Option<&'static Topic> {
        self.topics.iter().find(|topic| topic.id.as_str() == id)
    }

    /// The practices of a topic, in order.
    pub fn practices_of(&self, topic: TopicId) -> impl Iterator<Item = &'static Practice> + use<> {
        self.practices.iter().filter(move |practice| practice.topic == topic)
    }

    /// The requirements of a framework, in the publisher's order.
    pub fn requirements_of(&self, framework: FrameworkId) -> impl Iterator<Item = &'static Requirement> + use<> {
        self.requirements
            .iter()
            .filter(move |requirement| requirement.id.framework == framework)
    }

    /// The positions of a framework's requirements in [`Catalogue::requirements`].
    pub fn positions_of(&self, framework: FrameworkId) -> impl Iterator<Item = usize> + use<> {
        let requirements = self.requirements.iter().enumerate();
        requirements
            .filter(move |(_, requirement)| requirement.id.framework == framework)
            .map(|(position, _)| position)
    }

    /// Whether "not applicable" is offered for a practice: it is not where a clause needs the practice, unless a fact
    /// conditions it (ISO/IEC 27001 clauses 4 to 10 can't be excluded).
    #[must_use]
    pub fn can_be_not_applicable(&self, practice: &Practice) -> bool {
        let a_clause_needs_it = practice.ties.iter().any(|tie| {
            tie.kind == TieKind::Needed
                && self
                    .tied(tie)
                    .is_some_and(|requirement| requirement.kind == RequirementKind::Clause)
        });
        !a_clause_needs_it || practice.applies_when != Condition::Always
    }
}

impl Practice {
    fn line(&self, position: usize) -> &'static str {
        self.texts.split('\n').nth(position).unwrap_or_default()
    }

    /// A short name.
    #[must_use]
    pub fn title(&self) -> &'static str {
        self.line(0)
    }

    /// One plain question.
    #[must_use]
    pub fn question(&self) -> &'static str {
        self.line(1)
    }

    /// The risk, in one or two sentences.
    #[must_use]
    pub fn why(&self) -> &'static str {
        self.line(2)
    }

    /// What could be shown, facet by facet.
    #[must_use]
    pub fn shown_by(&self) -> ShownBy {
        let example = |facet: Facet| Some(self.line(3 + facet as usize)).filter(|text| !text.is_empty());
        ShownBy {
            documented: example(Facet::Documented),
            enforced: example(Facet::Enforced),
            evidenced: example(Facet::Evidenced),
            improved: example(Facet::Improved),
        }
    }

    /// Whether a facet is asked.
    #[must_use]
    pub fn asks(&self, facet: Facet) -> bool {
        self.asks.get(facet as usize).is_some_and(|is_asked| *is_asked)
    }

    /// One to four steps if it is absent.
    pub fn fix(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.texts.split('\n').skip(3 + Facet::ALL.len())
    }

    /// The part of the requirement that the practice meets by one of its ties, in a few of our words.
    #[must_use]
    pub fn part(&self, tie: &Tie) -> &'static str {
        self.parts.split('\n').nth(usize::from(tie.part)).unwrap_or_default()
    }

    /// The ties that are needed.
    pub fn needed(&self) -> impl Iterator<Item = &'static Tie> + use<> {
        self.ties.iter().filter(|tie| tie.kind == TieKind::Needed)
    }
}

impl Framework {
    /// The name for headings and sentences: `ISO/IEC 27001:2022`, `SOC 2`.
    #[must_use]
    pub fn name(&self) -> String {
        match self.id {
            FrameworkId::Soc2 => self.title.to_owned(),
            FrameworkId::Iso27001 | FrameworkId::Iso27017 | FrameworkId::Iso27017Of2015 => {
                format!("{}:{}", self.title, self.edition.split(',').next().unwrap_or_default())
            }
        }
    }

    /// The name with its edition: `ISO/IEC 27001:2022, Amd 1:2024`, `SOC 2 (TSC 2017 …)`.
    #[must_use]
    pub fn full_title(&self) -> String {
        match self.id {
            FrameworkId::Soc2 => format!("{} ({})", self.title, self.edition),
            FrameworkId::Iso27001 | FrameworkId::Iso27017 | FrameworkId::Iso27017Of2015 => {
                format!("{}:{}", self.title, self.edition)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture;

    #[test]
    fn first_tick_answers_the_whole_question_and_the_last_untick_takes_it_back() {
        let shown_by = fixture::CATALOGUE
            .practice(fixture::REVIEW.as_str())
            .expect("a practice")
            .shown_by();
        let ticked = shown_by.after_tick(Facets::default(), Facet::Enforced, true);
        let said: Vec<Option<bool>> = Facet::ALL.iter().map(|facet| ticked.get(*facet)).collect();
        assert_eq!(said, [Some(false), Some(true), Some(false), None]);
        assert!(shown_by.after_tick(ticked, Facet::Enforced, false).is_unsaid());
        let from_none = shown_by.after_tick(shown_by.none_shown(), Facet::Documented, true);
        assert_eq!((from_none.documented, from_none.enforced), (Some(true), Some(false)));
    }
}
