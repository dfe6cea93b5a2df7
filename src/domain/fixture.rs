//! A catalogue of four requirements and five practices, for tests and for measuring what the real one costs.

use super::{
    Artefact, ArtefactKind, Assessment, Audience, Catalogue, Category, Condition, Covers, Effort, Fact, Framework,
    FrameworkId, Group, Inheritable, Literal, Nonconformity, Practice, PracticeId, Requirement, RequirementId,
    RequirementKind, Rhythm, SupplierKind, Tie, TieKind, Topic, TopicId,
};

/// Needed by clause 4.3: never not applicable.
pub const SCOPE: PracticeId = PracticeId::new("basics.scope");
/// Needed by A.8.32 and CC8.1.
pub const REVIEW: PracticeId = PracticeId::new("delivery.review");
/// Needed by A.8.32 and CC8.1.
pub const TESTED: PracticeId = PracticeId::new("delivery.tested");
/// Needed by CC8.1 only; conditioned on premises and inheritable.
pub const DOORS: PracticeId = PracticeId::new("delivery.doors");
/// Needed by the cloud row 8.32 of ISO/IEC 27017, for providers.
pub const NOTICE: PracticeId = PracticeId::new("delivery.notice");

/// The day of the tests.
#[must_use]
pub fn date() -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(2026, 11, 20).unwrap_or_default()
}

/// The position of clause 4.3.
pub const CLAUSE: u16 = 0;
/// The position of A.8.32.
pub const CONTROL: u16 = 1;
/// The position of row 8.32 of ISO/IEC 27017:2026.
pub const CLOUD_ROW: u16 = 2;
/// The position of CC8.1.
pub const CRITERION: u16 = 3;

const fn needed(requirement: u16) -> Tie {
    Tie {
        requirement,
        kind: TieKind::Needed,
        part: 0,
        role: None,
        documented: false,
    }
}

const fn cloud(role: Audience) -> Tie {
    Tie {
        requirement: CLOUD_ROW,
        kind: TieKind::Needed,
        part: 0,
        role: Some(role),
        documented: false,
    }
}

/// The texts of a practice after its title and question.
macro_rules! texts {
    ($title:literal, $question:literal) => {
        concat!(
            $title,
            "\n",
            $question,
            "\nIt matters.\nA written rule\nA setting\nA list of the last quarter\n\nDo it."
        )
    };
}

const fn practice(id: PracticeId, texts: &'static str, parts: &'static str, ties: &'static [Tie]) -> Practice {
    Practice {
        id,
        topic: TopicId::new("delivery"),
        texts,
        asks: [true, true, true, false],
        must_enforce: false,
        effort: Effort::Small,
        priority: 2,
        rhythm: Rhythm::OnChange,
        delivery: true,
        applies_when: Condition::Always,
        inheritable: None,
        ties,
        parts,
    }
}

const fn requirement(
    framework: FrameworkId,
    code: &'static str,
    title: &'static str,
    group: &'static str,
    kind: RequirementKind,
) -> Requirement {
    Requirement {
        id: RequirementId::new(framework, code),
        title,
        group,
        kind,
        documented: None,
        category: None,
        audience: None,
        has_cloud_content: false,
        base: None,
        now: &[],
        complete: true,
        why_one: None,
    }
}

/// The fixture catalogue.
pub static CATALOGUE: Catalogue = Catalogue {
    version: "fixture",
    frameworks: &[
        Framework {
            id: FrameworkId::Iso27001,
            short: "27001",
            title: "ISO/IEC 27001",
            edition: "2022",
            groups: &[
                Group {
                    id: "4",
                    title: "Context",
                },
                Group {
                    id: "A.8",
                    title: "Technological controls",
                },
            ],
        },
        Framework {
            id: FrameworkId::Iso27017,
            short: "27017",
            title: "ISO/IEC 27017",
            edition: "2026",
            groups: &[Group {
                id: "8",
                title: "Technological controls",
            }],
        },
        Framework {
            id: FrameworkId::Soc2,
            short: "SOC 2",
            title: "SOC 2",
            edition: "TSC 2017",
            groups: &[Group {
                id: "CC8",
                title: "Change management",
            }],
        },
    ],
    requirements: &[
        Requirement {
            documented: Some("ISMS scope"),
            why_one: Some("One act."),
            ..requirement(FrameworkId::Iso27001, "4.3", "Scope", "4", RequirementKind::Clause)
        },
        requirement(
            FrameworkId::Iso27001,
            "A.8.32",
            "Change management",
            "A.8",
            RequirementKind::Control,
        ),
        Requirement {
            audience: Some(Audience::Both),
            has_cloud_content: true,
            base: Some(CONTROL),
            ..requirement(
                FrameworkId::Iso27017,
                "8.32",
                "Change management",
                "8",
                RequirementKind::Control,
            )
        },
        Requirement {
            category: Some(Category::Security),
            ..requirement(
                FrameworkId::Soc2,
                "CC8.1",
                "Changes are controlled",
                "CC8",
                RequirementKind::Criterion,
            )
        },
    ],
    topics: &[
        Topic {
            id: TopicId::new("basics"),
            title: "Basics",
            intro: "Where it begins.",
        },
        Topic {
            id: TopicId::new("delivery"),
            title: "Delivery",
            intro: "How changes ship.",
        },
    ],
    practices: &[
        Practice {
            topic: TopicId::new("basics"),
            delivery: false,
            rhythm: Rhythm::Yearly,
            ..practice(
                SCOPE,
                texts!("Scope", "Is the scope written down?"),
                "scope",
                &[Tie {
                    documented: true,
                    ..needed(CLAUSE)
                }],
            )
        },
        practice(
            REVIEW,
            texts!("Review", "Is every change reviewed?"),
            "approval",
            &[needed(CONTROL), cloud(Audience::Both), needed(CRITERION)],
        ),
        Practice {
            must_enforce: true,
            effort: Effort::Medium,
            priority: 3,
            ..practice(
                TESTED,
                texts!("Tests", "Is every change tested?"),
                "testing",
                &[needed(CONTROL), cloud(Audience::Both), needed(CRITERION)],
            )
        },
        Practice {
            applies_when: Condition::All(&[Literal {
                fact: Fact::Premises,
                is: true,
            }]),
            inheritable: Some(Inheritable {
                from: &[SupplierKind::DataCentre],
                keeps: &[],
            }),
            ..practice(
                DOORS,
                texts!("Doors", "Are doors locked?"),
                "access to machines",
                &[needed(CRITERION)],
            )
        },
        practice(
            NOTICE,
            texts!("Notice", "Are customers told of changes?"),
            "notice to customers",
            &[cloud(Audience::Provider)],
        ),
    ],
    artefacts: &[Artefact {
        id: "review-record",
        title: "Review records",
        kind: ArtefactKind::ReviewRecord,
        covers: Covers::Period,
        population: "each merged change",
        formats: &[],
        practices: &[1],
    }],
    nonconformities: &[Nonconformity {
        id: "changes-unreviewed",
        title: "Changes without review",
        finding: "Changes go live that nobody else looked at.",
        triggered_by: &[1],
        alone: &[],
        breaks: &[CONTROL, CRITERION],
        closed_by: &[0],
    }],
    after: &[],
    numbers: &[0, 1, 2, 3, 4],
};

/// An assessment of the three frameworks, without any answer.
#[must_use]
pub fn assessment() -> Assessment {
    let mut assessment = Assessment::default();
    assessment
        .scope
        .frameworks
        .extend([FrameworkId::Iso27001, FrameworkId::Iso27017, FrameworkId::Soc2]);
    assessment
}
