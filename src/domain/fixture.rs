//! A catalogue of four requirements and five practices, for tests and for measuring what the real one costs.

use super::{
    Assessment, Audience, Catalogue, Category, Condition, Effort, Fact, Framework, FrameworkId, Group, Inheritable,
    Literal, Practice, PracticeId, Requirement, RequirementId, RequirementKind, Rhythm, ShownBy, SupplierKind, Tie,
    TieKind, Topic, TopicId,
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

/// The position of clause 4.3.
pub const CLAUSE: u16 = 0;
/// The position of A.8.32.
pub const CONTROL: u16 = 1;
/// The position of row 8.32 of ISO/IEC 27017:2026.
pub const CLOUD_ROW: u16 = 2;
/// The position of CC8.1.
pub const CRITERION: u16 = 3;

const fn needed(requirement: u16, part: &'static str) -> Tie {
    Tie {
        requirement,
        kind: TieKind::Needed,
        part,
        role: None,
        documented: false,
    }
}

const fn cloud(role: Audience, part: &'static str) -> Tie {
    Tie {
        requirement: CLOUD_ROW,
        kind: TieKind::Needed,
        part,
        role: Some(role),
        documented: false,
    }
}

const SHOWN: ShownBy = ShownBy {
    documented: Some("A written rule"),
    enforced: Some("A setting"),
    evidenced: Some("A list of the last quarter"),
    improved: None,
};

const fn practice(id: PracticeId, title: &'static str, question: &'static str, ties: &'static [Tie]) -> Practice {
    Practice {
        id,
        topic: TopicId::new("delivery"),
        title,
        question,
        why: "It matters.",
        shown_by: SHOWN,
        must_enforce: false,
        fix: &["Do it."],
        effort: Effort::Small,
        priority: 2,
        rhythm: Rhythm::OnChange,
        delivery: true,
        applies_when: Condition::Always,
        inheritable: None,
        ties,
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
        parts: &[],
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
            ..practice(SCOPE, "Scope", "Is the scope written down?", &[needed(CLAUSE, "scope")])
        },
        practice(
            REVIEW,
            "Review",
            "Is every change reviewed?",
            &[
                needed(CONTROL, "approval"),
                cloud(Audience::Both, "approval"),
                needed(CRITERION, "approval"),
            ],
        ),
        Practice {
            must_enforce: true,
            effort: Effort::Medium,
            priority: 3,
            ..practice(
                TESTED,
                "Tests",
                "Is every change tested?",
                &[
                    needed(CONTROL, "testing"),
                    cloud(Audience::Both, "testing"),
                    needed(CRITERION, "testing"),
                ],
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
                "Doors",
                "Are doors locked?",
                &[needed(CRITERION, "access to machines")],
            )
        },
        practice(
            NOTICE,
            "Notice",
            "Are customers told of changes?",
            &[cloud(Audience::Provider, "notice to customers")],
        ),
    ],
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
