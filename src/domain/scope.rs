//! The scope of an assessment: facts first, questions second (DESIGN: a fact switches practices, never requirements).

use chrono::NaiveDate;

use super::{FrameworkId, SortedMap, SortedSet};

/// A yes-or-no fact about the organisation that decides which practices are asked and which cloud role is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact {
    /// Uses cloud services of others.
    CloudCustomer,
    /// Offers cloud services to others.
    CloudProvider,
    /// Works with cloud service partners (brokers, auditors, developers for others).
    CloudPartners,
    /// Writes software itself.
    OwnDevelopment,
    /// Has software written by others.
    OutsourcedDevelopment,
    /// Source code lives with a hosting service.
    HostedScm,
    /// Source code lives on servers of its own.
    OwnScm,
    /// Pipelines run on runners of a service.
    HostedRunners,
    /// Pipelines run on runners of its own.
    SelfHostedRunners,
    /// A vendor runs the code scanning.
    VendorScanning,
    /// Code scanning runs on the command line or in pipelines of its own.
    LocalScanning,
    /// AI assistants see source code.
    AiAssistants,
    /// Production data is used in tests.
    ProductionDataInTests,
    /// Has offices or other premises.
    Premises,
    /// People use their own devices for work.
    Byod,
    /// Decides why and how personal data is used.
    PersonalDataController,
    /// Handles personal data on behalf of customers.
    PersonalDataProcessor,
    /// A board or a comparable body oversees management.
    Board,
}

impl Fact {
    /// All facts, in the order in which they are asked.
    pub const ALL: [Self; 18] = [
        Self::CloudCustomer,
        Self::CloudProvider,
        Self::CloudPartners,
        Self::OwnDevelopment,
        Self::OutsourcedDevelopment,
        Self::HostedScm,
        Self::OwnScm,
        Self::HostedRunners,
        Self::SelfHostedRunners,
        Self::VendorScanning,
        Self::LocalScanning,
        Self::AiAssistants,
        Self::ProductionDataInTests,
        Self::Premises,
        Self::Byod,
        Self::PersonalDataController,
        Self::PersonalDataProcessor,
        Self::Board,
    ];

    /// The permanent id, as the catalogue and the records write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CloudCustomer => "cloud-customer",
            Self::CloudProvider => "cloud-provider",
            Self::CloudPartners => "cloud-partners",
            Self::OwnDevelopment => "own-development",
            Self::OutsourcedDevelopment => "outsourced-development",
            Self::HostedScm => "hosted-scm",
            Self::OwnScm => "own-scm",
            Self::HostedRunners => "hosted-runners",
            Self::SelfHostedRunners => "self-hosted-runners",
            Self::VendorScanning => "vendor-scanning",
            Self::LocalScanning => "local-scanning",
            Self::AiAssistants => "ai-assistants",
            Self::ProductionDataInTests => "production-data-in-tests",
            Self::Premises => "premises",
            Self::Byod => "byod",
            Self::PersonalDataController => "personal-data-controller",
            Self::PersonalDataProcessor => "personal-data-processor",
            Self::Board => "board",
        }
    }

    /// The fact with this permanent id.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fact| fact.as_str() == text)
    }

    /// The fact as a question to the team.
    #[must_use]
    pub const fn question(self) -> &'static str {
        match self {
            Self::CloudCustomer => "Do you use cloud services of others?",
            Self::CloudProvider => "Do you offer a cloud service to customers?",
            Self::CloudPartners => "Do cloud service partners, such as brokers or integrators, take part?",
            Self::OwnDevelopment => "Do your own people write software?",
            Self::OutsourcedDevelopment => "Do other companies write software for you?",
            Self::HostedScm => "Is source code kept with a hosting service, such as GitHub or GitLab.com?",
            Self::OwnScm => "Is source code kept on servers that you run?",
            Self::HostedRunners => "Do pipelines run on runners of a service?",
            Self::SelfHostedRunners => "Do pipelines run on runners that you run?",
            Self::VendorScanning => "Does a vendor run your code scanning?",
            Self::LocalScanning => "Does code scanning run on the command line or in your own pipelines?",
            Self::AiAssistants => "Do AI assistants see your source code?",
            Self::ProductionDataInTests => "Is production data ever used in tests?",
            Self::Premises => "Do you have offices or other premises?",
            Self::Byod => "Do people use their own devices for work?",
            Self::PersonalDataController => "Do you decide why and how personal data is used (controller)?",
            Self::PersonalDataProcessor => "Do you handle personal data for customers (processor)?",
            Self::Board => "Does a board, or owners outside management, oversee the company?",
        }
    }

    /// What is there if the fact is so, after "the scope has" or "the scope has no".
    #[must_use]
    pub const fn noun(self) -> &'static str {
        match self {
            Self::CloudCustomer => "cloud services of others",
            Self::CloudProvider => "cloud service offered to customers",
            Self::CloudPartners => "cloud service partners",
            Self::OwnDevelopment => "software development by its own people",
            Self::OutsourcedDevelopment => "software development by other companies",
            Self::HostedScm => "source code with a hosting service",
            Self::OwnScm => "source code on servers of its own",
            Self::HostedRunners => "pipelines on runners of a service",
            Self::SelfHostedRunners => "pipelines on runners of its own",
            Self::VendorScanning => "code scanning run by a vendor",
            Self::LocalScanning => "code scanning on the command line or in its own pipelines",
            Self::AiAssistants => "AI assistants that see source code",
            Self::ProductionDataInTests => "production data in tests",
            Self::Premises => "offices or other premises",
            Self::Byod => "people's own devices in use for work",
            Self::PersonalDataController => "personal data as a controller",
            Self::PersonalDataProcessor => "personal data as a processor",
            Self::Board => "board or owners outside management",
        }
    }
}

/// A trust services category. Security is always in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// The common criteria, CC1 to CC9.
    Security,
    /// A1.
    Availability,
    /// C1.
    Confidentiality,
    /// PI1.
    ProcessingIntegrity,
    /// P1 to P8.
    Privacy,
}

impl Category {
    /// All categories, in the order in which they are shown.
    pub const ALL: [Self; 5] = [
        Self::Security,
        Self::Availability,
        Self::Confidentiality,
        Self::ProcessingIntegrity,
        Self::Privacy,
    ];

    /// The permanent id.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Security => "security",
            Self::Availability => "availability",
            Self::Confidentiality => "confidentiality",
            Self::ProcessingIntegrity => "processing-integrity",
            Self::Privacy => "privacy",
        }
    }

    /// The category with this permanent id.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.as_str() == text)
    }

    /// The name as printed.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Security => "Security",
            Self::Availability => "Availability",
            Self::Confidentiality => "Confidentiality",
            Self::ProcessingIntegrity => "Processing integrity",
            Self::Privacy => "Privacy",
        }
    }
}

/// The side of a cloud service that an organisation stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CloudRole {
    /// Uses the cloud service.
    Customer,
    /// Offers the cloud service.
    Provider,
}

/// Whom a row or a tie of ISO/IEC 27017 speaks to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// The cloud service customer.
    Customer,
    /// The cloud service provider.
    Provider,
    /// Both, with one and the same act.
    Both,
}

impl Audience {
    /// Whether this speaks to one of the roles.
    #[must_use]
    pub fn includes_any(self, roles: &SortedSet<CloudRole>) -> bool {
        match self {
            Self::Customer => roles.contains(&CloudRole::Customer),
            Self::Provider => roles.contains(&CloudRole::Provider),
            Self::Both => !roles.is_empty(),
        }
    }

    /// The permanent id.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Provider => "provider",
            Self::Both => "both",
        }
    }
}

/// A text of the scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScopeText {
    /// The name of the assessment.
    Name,
    /// The organisation.
    Organisation,
    /// The scope statement of the ISMS, or the system of the SOC 2 report.
    Statement,
    /// Boundaries and interfaces: what is outside, and what crosses.
    Boundaries,
    /// The principal service commitments made to customers.
    Commitments,
    /// How risks are rated and which are accepted.
    RiskCriteria,
}

impl ScopeText {
    /// All texts, in the order in which they are asked.
    pub const ALL: [Self; 6] = [
        Self::Name,
        Self::Organisation,
        Self::Statement,
        Self::Boundaries,
        Self::Commitments,
        Self::RiskCriteria,
    ];

    /// The permanent id.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Organisation => "organisation",
            Self::Statement => "statement",
            Self::Boundaries => "boundaries",
            Self::Commitments => "commitments",
            Self::RiskCriteria => "risk-criteria",
        }
    }
}

/// A date of the scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScopeDate {
    /// The as-of date of a SOC 2 Type 1 report.
    AsOf,
    /// First day of the SOC 2 Type 2 window.
    WindowStart,
    /// Last day of the SOC 2 Type 2 window.
    WindowEnd,
    /// When the organisation wants to be ready.
    Target,
    /// The first day of the Stage 1 audit of ISO/IEC 27001.
    Stage1,
    /// The first day of the Stage 2 audit of ISO/IEC 27001.
    Stage2,
    /// The day for which an internal audit is planned.
    InternalAudit,
    /// The day for which a management review is planned.
    ManagementReview,
    /// The day of the certification decision, from which the three years run.
    Certified,
}

impl ScopeDate {
    /// All dates, in the order in which they are asked.
    pub const ALL: [Self; 9] = [
        Self::AsOf,
        Self::WindowStart,
        Self::WindowEnd,
        Self::Target,
        Self::Stage1,
        Self::Stage2,
        Self::InternalAudit,
        Self::ManagementReview,
        Self::Certified,
    ];

    /// The permanent id.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AsOf => "as-of",
            Self::WindowStart => "window-start",
            Self::WindowEnd => "window-end",
            Self::Target => "target",
            Self::Stage1 => "stage-1",
            Self::Stage2 => "stage-2",
            Self::InternalAudit => "internal-audit",
            Self::ManagementReview => "management-review",
            Self::Certified => "certified",
        }
    }
}

/// A number of the scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScopeCount {
    /// People inside the scope.
    Headcount,
    /// Sites inside the scope.
    Sites,
    /// The highest level of risk (likelihood times impact, 1 to 25) that needs no treatment.
    RiskAccepted,
    /// How much effort the plan takes on within 30 days: S counts 1, M 3, L 8.
    Capacity,
}

impl ScopeCount {
    /// All numbers, in the order in which they are asked.
    pub const ALL: [Self; 4] = [Self::Headcount, Self::Sites, Self::RiskAccepted, Self::Capacity];

    /// The permanent id.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Headcount => "headcount",
            Self::Sites => "sites",
            Self::RiskAccepted => "risk-accepted",
            Self::Capacity => "plan-capacity",
        }
    }
}

/// The scope of an assessment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scope {
    /// Frameworks looked at.
    pub frameworks: SortedSet<FrameworkId>,
    /// SOC 2 categories beside Security.
    pub categories: SortedSet<Category>,
    /// The facts that somebody has stated.
    pub facts: SortedMap<Fact, bool>,
    /// Texts; a blank one is absent.
    pub texts: SortedMap<ScopeText, String>,
    /// Dates.
    pub dates: SortedMap<ScopeDate, NaiveDate>,
    /// Numbers.
    pub counts: SortedMap<ScopeCount, u32>,
}

impl Scope {
    /// The text, empty if absent.
    #[must_use]
    pub fn text(&self, text: ScopeText) -> &str {
        self.texts.get(&text).map_or("", String::as_str)
    }

    /// The cloud roles read for ISO/IEC 27017: those stated, or both while neither has been stated.
    #[must_use]
    pub fn cloud_roles(&self) -> SortedSet<CloudRole> {
        let customer = self.facts.get(&Fact::CloudCustomer).copied();
        let provider = self.facts.get(&Fact::CloudProvider).copied();
        let mut roles = SortedSet::default();
        if customer != Some(false) {
            roles.insert(CloudRole::Customer);
        }
        if provider != Some(false) {
            roles.insert(CloudRole::Provider);
        }
        roles
    }

    /// Whether criteria of this category are looked at.
    #[must_use]
    pub fn includes_category(&self, category: Category) -> bool {
        category == Category::Security || self.categories.contains(&category)
    }
}
