//! Hash routes: the place in the app, read from and written to the part of the address after `#`. Filters and selections
//! sit in the query, so that a view can be linked to.

use crate::domain::{AssessmentId, EntryId, FrameworkId, PracticeId, Register, RequirementId, SortedMap, TopicId};

/// A place in the app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The list of assessments.
    Start,
    /// A page of an assessment.
    Assessment(AssessmentId, Page),
    /// Help, which needs no assessment: which page of it, blank for the first, and what of it is looked for.
    Help(String, Query),
    /// The gallery of components; test builds only.
    Gallery,
    /// An address that leads nowhere.
    Unknown,
}

/// A page of an assessment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    /// The scope.
    Scope,
    /// The task list by topic.
    Tasks,
    /// One practice at a time.
    Question(String),
    /// A topic as a table.
    Topic(String),
    /// Readiness at a glance.
    Overview,
    /// All requirements of a framework.
    Requirements(String),
    /// One requirement: framework and code.
    Requirement(String, String),
    /// The gap register, with its filters.
    Gaps(Query),
    /// The crosswalk of two frameworks or of two requirements.
    Crosswalk(Query),
    /// The search, with its words.
    Search(Query),
    /// Exports.
    Export,
    /// The import of a Statement of Applicability.
    Import,
    /// The five gates side by side.
    Gates,
    /// One gate: its formula and what it counts.
    Gate(String),
    /// Records over the Type 2 window, and the audits of the certification cycle.
    Calendar(Query),
    /// Potential nonconformities.
    Findings,
    /// What contradicts itself.
    Lint,
    /// The quick scan of about 40 practices.
    Scan,
    /// All registers, with what they hold.
    Registers,
    /// The evidence to ask for.
    Requests(Query),
    /// The Statement of Applicability.
    Soa(Query),
    /// The register of documented information.
    Documents,
    /// Control matrix, system description, assertion and commitments.
    Soc2(Query),
    /// The shared responsibility matrix.
    Duties,
    /// A register that people fill: its entries as a table.
    Register(Register, Query),
    /// One entry of such a register.
    Entry(Register, EntryId),
    /// The dashboard for a board.
    Dashboard,
    /// The practices behind a figure, with what they are chosen by.
    Practices(Query),
    /// The remediation plan.
    Plan(Query),
    /// The plan over time.
    Roadmap,
    /// What chosen actions would bring at the gates.
    WhatIf(Query),
    /// Snapshots and the trend over them.
    Progress,
    /// Two snapshots, or one and today.
    Compare(Query),
    /// Files of several people brought together.
    Merge,
    /// What a merge could not settle.
    Conflicts,
    /// Other laws and frameworks, read through ISO/IEC 27001.
    Obligations(Query),
}

/// The part of the address after `?`, as names and values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(SortedMap<String, String>);

impl Query {
    /// The query that names two requirements.
    #[must_use]
    pub fn pair(left: RequirementId, right: RequirementId) -> Self {
        Self::default()
            .with("a", &left.to_string())
            .with("b", &right.to_string())
    }

    /// The value under a name; blank if there is none.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.0.get(&name.to_owned()).map_or("", String::as_str)
    }

    /// The same query with another value. A blank value takes the name out.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.0
            .set(name.to_owned(), (!value.is_empty()).then(|| value.to_owned()));
        self
    }

    fn parse(text: &str) -> Self {
        let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
        Self(pairs.map(|(name, value)| (name.to_owned(), decoded(value))).collect())
    }

    fn text(&self) -> String {
        let pairs: Vec<String> = self
            .0
            .iter()
            .map(|(name, value)| format!("{name}={}", encoded(value)))
            .collect();
        if pairs.is_empty() {
            String::new()
        } else {
            format!("?{}", pairs.join("&"))
        }
    }
}

impl Route {
    /// The place that the text after `#` names.
    #[must_use]
    pub fn parse(hash: &str) -> Self {
        let (path, query) = hash.split_once('?').unwrap_or((hash, ""));
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            [] => Self::Start,
            ["help"] => Self::Help(String::new(), Query::default()),
            ["help", topic] => Self::Help((*topic).to_owned(), Query::parse(query)),
            ["gallery"] if cfg!(feature = "gallery") => Self::Gallery,
            ["a", id, rest @ ..] => match (AssessmentId::parse(id), Page::parse(rest, query)) {
                (Some(id), Some(page)) => Self::Assessment(id, page),
                _ => Self::Unknown,
            },
            _ => Self::Unknown,
        }
    }

    /// Whether another route is the same place but for its query.
    #[must_use]
    pub fn is_same_place(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Assessment(left, page), Self::Assessment(right, other)) => {
                left == right && page.is_same_place(other)
            }
            (Self::Help(left, _), Self::Help(right, _)) => left == right,
            _ => self == other,
        }
    }

    /// The address of the place, with its `#`.
    #[must_use]
    pub fn href(&self) -> String {
        match self {
            Self::Start | Self::Unknown => "#/".to_owned(),
            Self::Gallery => "#/gallery".to_owned(),
            Self::Help(topic, _) if topic.is_empty() => "#/help".to_owned(),
            Self::Help(topic, query) => format!("#/help/{topic}{}", query.text()),
            Self::Assessment(id, page) => format!("#/a/{id}/{}", page.text()),
        }
    }
}

impl Page {
    fn parse(parts: &[&str], query: &str) -> Option<Self> {
        match parts {
            [] | ["tasks"] => Some(Self::Tasks),
            ["scope"] => Some(Self::Scope),
            ["question", id] => Some(Self::Question((*id).to_owned())),
            ["topic", id] => Some(Self::Topic((*id).to_owned())),
            ["overview"] => Some(Self::Overview),
            ["requirements"] => Some(Self::Requirements(String::new())),
            ["requirements", framework] => Some(Self::Requirements((*framework).to_owned())),
            ["requirement", framework, code] => Some(Self::Requirement((*framework).to_owned(), (*code).to_owned())),
            ["gaps"] => Some(Self::Gaps(Query::parse(query))),
            ["crosswalk"] => Some(Self::Crosswalk(Query::parse(query))),
            ["search"] => Some(Self::Search(Query::parse(query))),
            ["export"] => Some(Self::Export),
            ["import"] => Some(Self::Import),
            ["gates"] => Some(Self::Gates),
            ["gate", id] => Some(Self::Gate((*id).to_owned())),
            ["calendar"] => Some(Self::Calendar(Query::parse(query))),
            ["findings"] => Some(Self::Findings),
            ["lint"] => Some(Self::Lint),
            ["scan"] => Some(Self::Scan),
            ["registers"] => Some(Self::Registers),
            ["requests"] => Some(Self::Requests(Query::parse(query))),
            ["soa"] => Some(Self::Soa(Query::parse(query))),
            ["documents"] => Some(Self::Documents),
            ["soc2"] => Some(Self::Soc2(Query::parse(query))),
            ["duties"] => Some(Self::Duties),
            ["dashboard"] => Some(Self::Dashboard),
            ["practices"] => Some(Self::Practices(Query::parse(query))),
            ["plan"] => Some(Self::Plan(Query::parse(query))),
            ["roadmap"] => Some(Self::Roadmap),
            ["what-if"] => Some(Self::WhatIf(Query::parse(query))),
            ["progress"] => Some(Self::Progress),
            ["compare"] => Some(Self::Compare(Query::parse(query))),
            ["merge"] => Some(Self::Merge),
            ["conflicts"] => Some(Self::Conflicts),
            ["obligations"] => Some(Self::Obligations(Query::parse(query))),
            ["register", register] => Some(Self::Register(Register::parse(register)?, Query::parse(query))),
            ["register", register, id] => Some(Self::Entry(Register::parse(register)?, EntryId::parse(id)?)),
            _ => None,
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Scope => "scope".to_owned(),
            Self::Tasks => "tasks".to_owned(),
            Self::Question(id) => format!("question/{id}"),
            Self::Topic(id) => format!("topic/{id}"),
            Self::Overview => "overview".to_owned(),
            Self::Requirements(framework) if framework.is_empty() => "requirements".to_owned(),
            Self::Requirements(framework) => format!("requirements/{framework}"),
            Self::Requirement(framework, code) => format!("requirement/{framework}/{code}"),
            Self::Gaps(query) => format!("gaps{}", query.text()),
            Self::Crosswalk(query) => format!("crosswalk{}", query.text()),
            Self::Search(query) => format!("search{}", query.text()),
            Self::Export => "export".to_owned(),
            Self::Import => "import".to_owned(),
            Self::Gates => "gates".to_owned(),
            Self::Gate(id) => format!("gate/{id}"),
            Self::Calendar(query) => format!("calendar{}", query.text()),
            Self::Findings => "findings".to_owned(),
            Self::Lint => "lint".to_owned(),
            Self::Scan => "scan".to_owned(),
            Self::Registers => "registers".to_owned(),
            Self::Requests(query) => format!("requests{}", query.text()),
            Self::Soa(query) => format!("soa{}", query.text()),
            Self::Documents => "documents".to_owned(),
            Self::Soc2(query) => format!("soc2{}", query.text()),
            Self::Duties => "duties".to_owned(),
            Self::Register(register, query) => format!("register/{}{}", register.as_str(), query.text()),
            Self::Entry(register, id) => format!("register/{}/{id}", register.as_str()),
            Self::Dashboard => "dashboard".to_owned(),
            Self::Practices(query) => format!("practices{}", query.text()),
            Self::Plan(query) => format!("plan{}", query.text()),
            Self::Roadmap => "roadmap".to_owned(),
            Self::WhatIf(query) => format!("what-if{}", query.text()),
            Self::Progress => "progress".to_owned(),
            Self::Compare(query) => format!("compare{}", query.text()),
            Self::Merge => "merge".to_owned(),
            Self::Conflicts => "conflicts".to_owned(),
            Self::Obligations(query) => format!("obligations{}", query.text()),
        }
    }

    /// The query of the page, if it has one.
    #[must_use]
    pub const fn query(&self) -> Option<&Query> {
        match self {
            Self::Gaps(query)
            | Self::Crosswalk(query)
            | Self::Search(query)
            | Self::Calendar(query)
            | Self::Requests(query)
            | Self::Soa(query)
            | Self::Soc2(query)
            | Self::Register(_, query)
            | Self::Practices(query)
            | Self::Plan(query)
            | Self::WhatIf(query)
            | Self::Compare(query)
            | Self::Obligations(query) => Some(query),
            Self::Scope
            | Self::Tasks
            | Self::Question(_)
            | Self::Topic(_)
            | Self::Overview
            | Self::Requirements(_)
            | Self::Requirement(..)
            | Self::Export
            | Self::Import
            | Self::Gates
            | Self::Gate(_)
            | Self::Findings
            | Self::Lint
            | Self::Scan
            | Self::Registers
            | Self::Documents
            | Self::Duties
            | Self::Entry(..)
            | Self::Dashboard
            | Self::Roadmap
            | Self::Progress
            | Self::Merge
            | Self::Conflicts => None,
        }
    }

    /// The page of a practice.
    #[must_use]
    pub fn question(id: PracticeId) -> Self {
        Self::Question(id.to_string())
    }

    /// The page of a topic as a table.
    #[must_use]
    pub fn topic(id: TopicId) -> Self {
        Self::Topic(id.as_str().to_owned())
    }

    /// The page of a requirement.
    #[must_use]
    pub fn requirement(id: RequirementId) -> Self {
        Self::Requirement(id.framework.to_string(), id.code.to_owned())
    }

    /// The requirements of a framework.
    #[must_use]
    pub fn requirements(id: FrameworkId) -> Self {
        Self::Requirements(id.to_string())
    }

    /// Whether the address differs from another only in its query: then the page stays and only its content moves.
    #[must_use]
    pub fn is_same_place(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Gaps(_), Self::Gaps(_))
            | (Self::Search(_), Self::Search(_))
            | (Self::Calendar(_), Self::Calendar(_))
            | (Self::Requests(_), Self::Requests(_))
            | (Self::Soa(_), Self::Soa(_))
            | (Self::Soc2(_), Self::Soc2(_))
            | (Self::Practices(_), Self::Practices(_))
            | (Self::Plan(_), Self::Plan(_))
            | (Self::WhatIf(_), Self::WhatIf(_))
            | (Self::Compare(_), Self::Compare(_))
            | (Self::Obligations(_), Self::Obligations(_)) => true,
            (Self::Register(left, _), Self::Register(right, _)) => left == right,
            (Self::Crosswalk(left), Self::Crosswalk(right)) => {
                let is_same = |name: &str| left.get(name).is_empty() == right.get(name).is_empty();
                is_same("a") && is_same("show") && is_same("row")
            }
            _ => self == other,
        }
    }
}

/// The value with everything but letters, digits and a few marks as percent signs.
fn encoded(value: &str) -> String {
    let mut text = String::new();
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'/' | b':') {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

fn decoded(value: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = value;
    while let Some(first) = rest.chars().next() {
        let hex = rest.strip_prefix('%').and_then(|after| after.get(..2));
        if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            bytes.push(byte);
            rest = rest.get(3..).unwrap_or_default();
        } else {
            let mut buffer = [0; 4];
            bytes.extend(first.encode_utf8(&mut buffer).as_bytes());
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
