//! All that can be checked about the authored catalogue. Looking for problems is not failing: everything is reported.

use std::collections::{BTreeMap, BTreeSet};

use super::Problem;
use super::source::{Authored, PracticeSource, TieSource};

/// The kinds of words that a field may hold, each with the name that the emitted code gives it.
pub const FACTS: &[(&str, &str)] = &[
    ("cloud-customer", "CloudCustomer"),
    ("cloud-provider", "CloudProvider"),
    ("cloud-partners", "CloudPartners"),
    ("own-development", "OwnDevelopment"),
    ("outsourced-development", "OutsourcedDevelopment"),
    ("hosted-scm", "HostedScm"),
    ("own-scm", "OwnScm"),
    ("hosted-runners", "HostedRunners"),
    ("self-hosted-runners", "SelfHostedRunners"),
    ("vendor-scanning", "VendorScanning"),
    ("local-scanning", "LocalScanning"),
    ("ai-assistants", "AiAssistants"),
    ("production-data-in-tests", "ProductionDataInTests"),
    ("premises", "Premises"),
    ("byod", "Byod"),
    ("personal-data-controller", "PersonalDataController"),
    ("personal-data-processor", "PersonalDataProcessor"),
    ("board", "Board"),
];
pub const SUPPLIER_KINDS: &[(&str, &str)] = &[
    ("cloud-platform", "CloudPlatform"),
    ("code-hosting", "CodeHosting"),
    ("ci-runner", "CiRunner"),
    ("code-scanning", "CodeScanning"),
    ("identity-provider", "IdentityProvider"),
    ("data-centre", "DataCentre"),
    ("managed-service", "ManagedService"),
    ("ai-assistant", "AiAssistant"),
    ("payroll-hr", "PayrollHr"),
];
pub const RHYTHMS: &[(&str, &str)] = &[
    ("on-event", "OnEvent"),
    ("on-change", "OnChange"),
    ("continuous", "Continuous"),
    ("daily", "Daily"),
    ("weekly", "Weekly"),
    ("monthly", "Monthly"),
    ("quarterly", "Quarterly"),
    ("half-yearly", "HalfYearly"),
    ("yearly", "Yearly"),
];
pub const EFFORTS: &[(&str, &str)] = &[("S", "Small"), ("M", "Medium"), ("L", "Large")];
pub const TIES: &[(&str, &str)] = &[("needed", "Needed"), ("helps", "Helps")];
pub const ROLES: &[(&str, &str)] = &[("customer", "Customer"), ("provider", "Provider"), ("both", "Both")];
pub const KINDS: &[(&str, &str)] = &[
    ("clause", "Clause"),
    ("control", "Control"),
    ("cloud-control", "CloudControl"),
    ("criterion", "Criterion"),
];
pub const CATEGORIES: &[(&str, &str)] = &[
    ("security", "Security"),
    ("availability", "Availability"),
    ("confidentiality", "Confidentiality"),
    ("processing-integrity", "ProcessingIntegrity"),
    ("privacy", "Privacy"),
];
pub const FRAMEWORKS: &[(&str, &str)] = &[
    ("iso27001-2022", "Iso27001"),
    ("iso27017-2026", "Iso27017"),
    ("iso27017-2015", "Iso27017Of2015"),
    ("soc2-2017", "Soc2"),
];

/// The bitsets of the analysis hold this many practices.
const MAX_PRACTICES: usize = 512;

/// What the words of the catalogue must not say, in lower case.
const FORBIDDEN: &[&str] = &[
    "soc 2 certif",
    "27017 certif",
    "complian",
    "guarantee",
    "e.g.",
    "i.e.",
    "\u{2014}",
];

/// The name that the emitted code gives to an authored word.
pub fn name_of(words: &[(&str, &'static str)], word: &str) -> Option<&'static str> {
    words
        .iter()
        .find(|(authored, _)| *authored == word)
        .map(|(_, name)| *name)
}

/// The facts of a condition, each with what it must be, and whether any of them is enough.
pub fn parse_condition(text: &str) -> Option<(bool, Vec<(&'static str, bool)>)> {
    let is_any = text.contains(" or ");
    if is_any && text.contains(" and ") {
        return None;
    }
    let literals = text.split(if is_any { " or " } else { " and " }).map(|word| {
        let denied = word.strip_prefix("not ");
        name_of(FACTS, denied.unwrap_or(word)).map(|fact| (fact, denied.is_none()))
    });
    literals.collect::<Option<Vec<_>>>().map(|literals| (is_any, literals))
}

/// Everything that is wrong.
pub fn check(authored: &Authored) -> Vec<Problem> {
    let mut checker = Checker {
        authored,
        problems: Vec::new(),
    };
    checker.frameworks();
    checker.topics();
    checker.practices();
    checker.decomposition();
    checker.problems
}

struct Checker<'a> {
    authored: &'a Authored,
    problems: Vec<Problem>,
}

impl Checker<'_> {
    fn report(&mut self, file: &str, id: &str, message: impl Into<String>) {
        self.problems.push(Problem {
            file: file.to_owned(),
            id: id.to_owned(),
            message: message.into(),
        });
    }

    fn frameworks(&mut self) {
        let authored = self.authored;
        for (file, framework) in &authored.frameworks {
            if name_of(FRAMEWORKS, &framework.id).is_none() {
                self.report(file, &framework.id, "is not a framework that Concord carries");
            }
            if framework.requirements.len() != framework.count {
                let found = framework.requirements.len();
                self.report(
                    file,
                    &framework.id,
                    format!("has {found} requirements, must have {}", framework.count),
                );
            }
            let mut seen = BTreeSet::new();
            for requirement in &framework.requirements {
                let id = &requirement.id;
                if !seen.insert(id) {
                    self.report(file, id, "stands twice");
                }
                if !framework.groups.iter().any(|group| group.id == requirement.group) {
                    self.report(file, id, format!("group {} is unknown", requirement.group));
                }
                if name_of(KINDS, &requirement.kind).is_none() {
                    self.report(file, id, format!("kind {} is unknown", requirement.kind));
                }
                if requirement
                    .category
                    .as_deref()
                    .is_some_and(|it| name_of(CATEGORIES, it).is_none())
                {
                    self.report(file, id, "category is unknown");
                }
                if requirement
                    .audience
                    .as_deref()
                    .is_some_and(|it| name_of(ROLES, it).is_none())
                {
                    self.report(file, id, "audience is unknown");
                }
                if requirement.cloud != requirement.audience.is_some() {
                    self.report(file, id, "cloud content and an audience go together");
                }
                self.references(file, framework.id.as_str(), id);
            }
        }
    }

    /// The base controls and newer numbers that a row names must exist.
    fn references(&mut self, file: &str, framework: &str, id: &str) {
        let authored = self.authored;
        let row = authored
            .requirements()
            .find(|(it, row)| it.id == framework && row.id == id);
        let Some((_, row)) = row else { return };
        let exists = |framework: &str, code: &String| {
            authored
                .requirements()
                .any(|(it, row)| it.id == framework && row.id == *code)
        };
        for code in row.base.iter().filter(|code| !exists("iso27001-2022", code)) {
            self.report(file, id, format!("base {code} is not a requirement of iso27001-2022"));
        }
        for code in row.now.iter().filter(|code| !exists("iso27017-2026", code)) {
            self.report(file, id, format!("now {code} is not a row of iso27017-2026"));
        }
    }

    fn topics(&mut self) {
        let authored = self.authored;
        let mut orders = BTreeSet::new();
        for (file, topic) in &authored.topics {
            let id = &topic.topic.id;
            if *file != format!("catalogue/{id}.toml") {
                self.report(file, id, "the file must have the name of the topic");
            }
            if !orders.insert(topic.topic.order) {
                self.report(file, id, format!("order {} stands twice", topic.topic.order));
            }
            self.wording(file, id, [topic.topic.title.as_str(), topic.topic.intro.as_str()]);
        }
    }

    fn practices(&mut self) {
        let authored = self.authored;
        let mut seen = BTreeSet::new();
        for (file, topic) in &authored.topics {
            for practice in &topic.practices {
                if !seen.insert(practice.id.as_str()) {
                    self.report(file, &practice.id, "stands twice");
                }
                if !is_practice_id(&practice.id, &topic.topic.id) {
                    self.report(
                        file,
                        &practice.id,
                        "must be the topic, a dot, and a short name in lower case",
                    );
                }
                self.practice(file, practice);
            }
        }
        if seen.len() > MAX_PRACTICES {
            self.report(
                "catalogue",
                "practices",
                format!("{} are more than {MAX_PRACTICES}", seen.len()),
            );
        }
    }

    fn practice(&mut self, file: &str, practice: &PracticeSource) {
        let id = practice.id.as_str();
        let shown_by = &practice.shown_by;
        let examples = [
            &shown_by.documented,
            &shown_by.enforced,
            &shown_by.evidenced,
            &shown_by.improved,
        ];
        let question_marks = practice.question.matches('?').count();
        let checks = [
            (practice.title.chars().count() > 60, "title is over 60 characters"),
            (n_words(&practice.question) > 25, "question is over 25 words"),
            (
                !practice.question.ends_with('?') || question_marks != 1,
                "question must be one question",
            ),
            (n_words(&practice.why) > 45, "why is over 45 words"),
            (
                examples.iter().all(|example| example.is_none()),
                "shown_by has no example",
            ),
            (
                examples.iter().copied().flatten().any(|text| n_words(text) > 20),
                "an example is over 20 words",
            ),
            (
                practice.must_enforce && shown_by.enforced.is_none(),
                "must_enforce needs an example of enforced",
            ),
            (!(1..=4).contains(&practice.fix.len()), "fix must have 1 to 4 steps"),
            (!(1..=3).contains(&practice.priority), "priority must be 1, 2 or 3"),
            (name_of(EFFORTS, &practice.effort).is_none(), "effort must be S, M or L"),
            (name_of(RHYTHMS, &practice.rhythm).is_none(), "rhythm is unknown"),
            (
                practice
                    .applies_when
                    .as_deref()
                    .is_some_and(|it| parse_condition(it).is_none()),
                "applies_when is wrong",
            ),
            (practice.ties.is_empty(), "nothing rests on it"),
        ];
        for (_, message) in checks.iter().filter(|(is_wrong, _)| *is_wrong) {
            self.report(file, id, *message);
        }
        self.inheritable(file, practice);
        self.ties(file, practice);
        let texts = [&practice.title, &practice.question, &practice.why].into_iter();
        let texts = texts.chain(examples.into_iter().flatten()).chain(&practice.fix);
        self.wording(
            file,
            id,
            texts
                .chain(practice.ties.iter().map(|tie| &tie.part))
                .map(String::as_str),
        );
    }

    fn inheritable(&mut self, file: &str, practice: &PracticeSource) {
        let Some(inheritable) = &practice.inheritable else {
            return;
        };
        for kind in inheritable
            .from
            .iter()
            .filter(|kind| name_of(SUPPLIER_KINDS, kind).is_none())
        {
            self.report(file, &practice.id, format!("supplier kind {kind} is unknown"));
        }
        let authored = self.authored;
        for kept in inheritable
            .keeps
            .iter()
            .filter(|kept| !authored.practices().any(|(_, it)| it.id == **kept))
        {
            self.report(file, &practice.id, format!("keeps {kept}, which is no practice"));
        }
    }

    fn ties(&mut self, file: &str, practice: &PracticeSource) {
        let mut seen = BTreeSet::new();
        for tie in &practice.ties {
            if !seen.insert((&tie.to, &tie.role)) {
                self.report(file, &practice.id, format!("is tied to {} twice", tie.to));
            }
            if let Some(message) = self.tie_problem(tie) {
                self.report(file, &practice.id, format!("tie to {}: {message}", tie.to));
            }
        }
    }

    fn tie_problem(&self, tie: &TieSource) -> Option<&'static str> {
        let found = self.authored.requirements().find(|(framework, requirement)| {
            tie.to
                .split_once('/')
                .is_some_and(|(id, code)| framework.id == id && requirement.id == code)
        });
        let Some((framework, requirement)) = found else {
            return Some("no such requirement");
        };
        if name_of(TIES, &tie.tie).is_none() {
            return Some("must be needed or helps");
        }
        if !(1..=16).contains(&n_words(&tie.part)) {
            return Some("part must have 1 to 16 words");
        }
        let is_cloud = framework.id.starts_with("iso27017");
        match (&tie.role, is_cloud) {
            (None, true) => return Some("a tie to ISO/IEC 27017 names its role"),
            (Some(_), false) => return Some("only ties to ISO/IEC 27017 have a role"),
            (None, false) => return None,
            (Some(role), true) if name_of(ROLES, role).is_none() => return Some("role is unknown"),
            (Some(_), true) => {}
        }
        match requirement.audience.as_deref() {
            Some(audience @ ("customer" | "provider")) if tie.role.as_deref() != Some(audience) => {
                Some("role is not the audience of the row")
            }
            _ => None,
        }
    }

    /// Every requirement rests on something; what is called complete meets the conditions for it.
    fn decomposition(&mut self) {
        let authored = self.authored;
        let mut needed: BTreeMap<String, Vec<TieSource>> = BTreeMap::new();
        for (_, practice) in authored.practices() {
            for tie in authored.ties_of(practice).into_iter().filter(|tie| tie.tie == "needed") {
                needed.entry(tie.to.clone()).or_default().push(tie);
            }
        }
        for (file, framework) in &authored.frameworks {
            for requirement in &framework.requirements {
                let key = format!("{}/{}", framework.id, requirement.id);
                let ties = needed.get(&key).map_or(&[][..], Vec::as_slice);
                if ties.is_empty() {
                    self.report(file, &requirement.id, "rests on nothing: no practice is needed for it");
                }
                let why_one = authored.why_one(&framework.id, requirement);
                if authored.is_complete(&framework.id, requirement) {
                    if ties.len() < 2 && why_one.is_none() {
                        self.report(
                            file,
                            &requirement.id,
                            "is complete with one practice, but has no why_one",
                        );
                    }
                    for part in requirement
                        .parts
                        .iter()
                        .filter(|part| !ties.iter().any(|tie| names(&tie.part, part)))
                    {
                        self.report(
                            file,
                            &requirement.id,
                            format!("is complete, but no tie names part {part}"),
                        );
                    }
                }
                if ties.len() > 1 && authored.decomposition.why_one.contains_key(&key) {
                    self.report(file, &requirement.id, "has a why_one, but rests on several practices");
                }
                self.roles(file, &framework.id, requirement.audience.as_deref(), &requirement.id);
            }
        }
        let known: BTreeSet<String> = authored
            .requirements()
            .map(|(it, row)| format!("{}/{}", it.id, row.id))
            .collect();
        let listed = authored.decomposition.complete.iter();
        let listed = listed.flat_map(|(framework, codes)| codes.iter().map(move |code| format!("{framework}/{code}")));
        for key in listed
            .chain(authored.decomposition.why_one.keys().cloned())
            .filter(|key| !known.contains(key))
        {
            self.report("catalogue/decomposition.toml", &key, "is not a requirement");
        }
    }

    /// ISO/IEC 27001 alone never shows as ISO/IEC 27017: a row with cloud content rests, for each role, on a practice
    /// that no requirement of ISO/IEC 27001 needs.
    fn roles(&mut self, file: &str, framework: &str, audience: Option<&str>, code: &str) {
        let key = format!("{framework}/{code}");
        let authored = self.authored;
        let serves = |role: &str| {
            let is_needed_here = |tie: &TieSource| {
                tie.to == key && tie.tie == "needed" && tie.role.as_deref().is_some_and(|it| it == role || it == "both")
            };
            let is_needed_there = |tie: &TieSource| tie.tie == "needed" && tie.to.starts_with("iso27001-2022/");
            let mut all = authored.practices().map(|(_, practice)| &practice.ties);
            all.any(|ties| ties.iter().any(is_needed_here) && !ties.iter().any(is_needed_there))
        };
        let roles: &[&str] = match audience {
            None => &[],
            Some("customer") => &["customer"],
            Some("provider") => &["provider"],
            Some(_) => &["customer", "provider"],
        };
        for role in roles.iter().filter(|role| !serves(role)) {
            self.report(
                file,
                code,
                format!("has cloud content, but no practice beyond ISO/IEC 27001 is needed for the {role}"),
            );
        }
    }

    fn wording<'t>(&mut self, file: &str, id: &str, texts: impl IntoIterator<Item = &'t str>) {
        for text in texts {
            for message in wording_problems([text]) {
                self.report(file, id, message);
            }
        }
    }
}

/// What some texts say that must not be said.
pub fn wording_problems<'t>(texts: impl IntoIterator<Item = &'t str>) -> Vec<String> {
    let mut problems = Vec::new();
    for text in texts {
        let lower = text.to_lowercase();
        let said = FORBIDDEN.iter().filter(|word| lower.contains(**word));
        problems.extend(said.map(|word| format!("wording: {word} must not be said, in: {text}")));
    }
    problems
}

pub fn n_words(text: &str) -> usize {
    text.split_whitespace().count()
}

fn is_practice_id(id: &str, topic: &str) -> bool {
    let name = id
        .strip_prefix(topic)
        .and_then(|rest| rest.strip_prefix('.'))
        .unwrap_or_default();
    is_kebab(name)
}

/// Whether this is a short name: words of small letters and digits, joined by hyphens.
pub fn is_kebab(name: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty()
            && word
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    name.split('-').all(is_word)
}

/// Whether a tie's part names a lettered sub-item: `(a)(1)` is not named by `(a)`.
fn names(tie_part: &str, letters: &str) -> bool {
    tie_part.match_indices(letters).any(|(start, found)| {
        let after = tie_part.get(start + found.len()..).unwrap_or_default();
        let before = tie_part.get(..start).unwrap_or_default();
        !after.starts_with('(') && !before.ends_with(')')
    })
}
