//! The file of schema 1 as it was shipped. It opens to exactly these values, for ever: neither the file nor the values
//! are edited. A practice that is retired one day moves from the answers to the kept records, and nothing else changes.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use concord::catalogue::CATALOGUE;
use concord::domain::{
    Answer, Assessment, Basis, BasisKind, Category, Decision, Facets, Fact, FrameworkId, InclusionReason, PracticeId,
    RequirementId, ScopeCount, ScopeDate, ScopeText, Slot, SortedSet, Standing, StandingKind, Value,
};
use concord::store::{AssessmentFile, MemorySink, Record, RecordKey, Stamp};

use super::support::{id, key, library, open, words};

const FILE: &str = include_str!("../fixtures/schema-1.json");

/// Records that schema 1 does not know, with their text in the file's order of fields.
const UNKNOWN: &[(&str, &str, &str)] = &[
    (
        "risk",
        "r-2025-07",
        r#"{"at":1751871600000,"by":"Jonas Lindqvist","tab":"q9x1","body":{"level":4,"title":"Runner image from an unknown source","treated_by":["pipeline.runner-hardening","pipeline.pinned-components"]}}"#,
    ),
    (
        "answer",
        "delivery.two-person-release",
        r#"{"at":1751360400000,"by":"Amara Okafor","tab":"k3v7","body":{"note":"Answered before the practice was retired","standing":"in-place"}}"#,
    ),
    (
        "scope",
        "fact.own-data-centre",
        r#"{"at":1751360400000,"by":"","tab":"k3v7","body":{"value":false}}"#,
    ),
];

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day")
}

fn scope() -> Vec<(Slot, Value)> {
    let fact = |fact, value| (Slot::Fact(fact), Value::Fact(Some(value)));
    let text = |text, value: &str| (Slot::Text(text), Value::Text(value.to_owned()));
    let date = |date, value| (Slot::Date(date), Value::Date(Some(value)));
    vec![
        (Slot::Framework(FrameworkId::Iso27001), Value::Member(true)),
        (Slot::Framework(FrameworkId::Iso27017), Value::Member(true)),
        (Slot::Framework(FrameworkId::Iso27017Of2015), Value::Member(true)),
        (Slot::Framework(FrameworkId::Soc2), Value::Member(true)),
        (Slot::Category(Category::Availability), Value::Member(true)),
        (Slot::Category(Category::Confidentiality), Value::Member(true)),
        (Slot::Category(Category::ProcessingIntegrity), Value::Member(true)),
        (Slot::Category(Category::Privacy), Value::Member(true)),
        fact(Fact::CloudCustomer, true),
        fact(Fact::CloudProvider, true),
        fact(Fact::CloudPartners, false),
        fact(Fact::OwnDevelopment, true),
        fact(Fact::OutsourcedDevelopment, false),
        fact(Fact::HostedScm, true),
        fact(Fact::OwnScm, false),
        fact(Fact::HostedRunners, true),
        fact(Fact::SelfHostedRunners, true),
        fact(Fact::VendorScanning, false),
        fact(Fact::LocalScanning, true),
        fact(Fact::AiAssistants, true),
        fact(Fact::ProductionDataInTests, false),
        fact(Fact::Premises, true),
        fact(Fact::Byod, false),
        fact(Fact::PersonalDataController, true),
        fact(Fact::PersonalDataProcessor, true),
        text(ScopeText::Name, "Nordlicht Läufer – first certificate"),
        text(ScopeText::Organisation, "Nordlicht Software GmbH"),
        text(
            ScopeText::Statement,
            "Development, delivery and operation of the hosted product “Läufer”, with its pipelines and runners.",
        ),
        text(
            ScopeText::Boundaries,
            "Outside: the consulting unit in Graz.\nCrosses: payroll, \"SSO\", backups.",
        ),
        text(
            ScopeText::Commitments,
            "99.9 % a month; notice of a breach within 72 hours; data stays in the EU.",
        ),
        date(ScopeDate::AsOf, day(2025, 9, 30)),
        date(ScopeDate::WindowStart, day(2025, 10, 1)),
        date(ScopeDate::WindowEnd, day(2026, 3, 31)),
        date(ScopeDate::Target, day(2026, 6, 1)),
        (Slot::Count(ScopeCount::Headcount), Value::Count(Some(38))),
        (Slot::Count(ScopeCount::Sites), Value::Count(Some(2))),
    ]
}

fn said(documented: bool, enforced: bool, evidenced: bool) -> Facets {
    Facets {
        documented: Some(documented),
        enforced: Some(enforced),
        evidenced: Some(evidenced),
        improved: None,
    }
}

fn basis(kind: BasisKind, by: &str, on: Option<NaiveDate>) -> Option<Basis> {
    let by = by.to_owned();
    Some(Basis { kind, by, on })
}

/// The answers that say more than where a practice stands.
fn full_answers() -> Vec<(&'static str, Answer)> {
    vec![
        (
            "source.peer-review",
            Answer {
                standing: Standing::InPlace,
                facets: Facets {
                    improved: Some(true),
                    ..said(true, true, true)
                },
                basis: basis(BasisKind::Tested, "Amara Okafor", Some(day(2025, 6, 30))),
                note: "Sampled 25 merges of the second quarter; all had an approval by someone else.".to_owned(),
                owner: "Head of Engineering".to_owned(),
            },
        ),
        (
            "pipeline.sbom",
            Answer {
                standing: Standing::Partly,
                facets: said(false, false, true),
                basis: basis(BasisKind::Seen, "Jonas Lindqvist", Some(day(2025, 7, 1))),
                note: "Only the API image; the web client has none.".to_owned(),
                owner: "Platform team".to_owned(),
            },
        ),
        (
            "review.internal-audit",
            Answer {
                standing: Standing::NotInPlace,
                basis: basis(BasisKind::Said, "", None),
                note: "Planned for November.".to_owned(),
                ..Answer::default()
            },
        ),
        (
            "leadership.conflicting-duties",
            Answer {
                standing: Standing::AnotherWay {
                    description: words(
                        "Two people per release from a team of five; the founder reads the log each Friday",
                    ),
                    risk: words("One person could write, approve and ship a change"),
                },
                facets: Facets {
                    enforced: Some(true),
                    ..Facets::default()
                },
                basis: basis(BasisKind::Seen, "Amara Okafor", None),
                owner: "Mara Nordlicht".to_owned(),
                ..Answer::default()
            },
        ),
        (
            "protection.byod",
            Answer {
                standing: Standing::NotApplicable {
                    reason: words("Company laptops and phones only; conditional access refuses others"),
                },
                ..Answer::default()
            },
        ),
        (
            "physical.hosting-sites",
            Answer {
                standing: Standing::Inherited {
                    supplier: words("Example Cloud, region eu-north"),
                },
                note: "Their report covers April to September 2025.".to_owned(),
                ..Answer::default()
            },
        ),
        (
            "incidents.lessons",
            Answer {
                note: "Ask Jonas.".to_owned(),
                owner: "On-call lead".to_owned(),
                ..Answer::default()
            },
        ),
        (
            "continuity.restore-tests",
            Answer {
                standing: Standing::InPlace,
                facets: Facets {
                    evidenced: Some(false),
                    improved: Some(false),
                    ..Facets::default()
                },
                ..Answer::default()
            },
        ),
    ]
}

/// The answers that say where a practice stands, and no more.
const PLAIN: [(&str, StandingKind); 36] = [
    ("access.mfa", StandingKind::InPlace),
    ("access.sso", StandingKind::InPlace),
    ("access.grant", StandingKind::Partly),
    ("access.removal", StandingKind::Partly),
    ("access.review", StandingKind::NotInPlace),
    ("assets.inventory", StandingKind::InPlace),
    ("assets.classification", StandingKind::NotInPlace),
    ("cloud.duties-published", StandingKind::NotInPlace),
    ("cloud.tenant-isolation", StandingKind::InPlace),
    ("commitments.promises-list", StandingKind::Partly),
    ("context.issues", StandingKind::InPlace),
    ("context.scope", StandingKind::InPlace),
    ("context.interested-parties", StandingKind::Partly),
    ("continuity.backups", StandingKind::InPlace),
    ("development.static-analysis", StandingKind::InPlace),
    ("development.threat-modelling", StandingKind::Partly),
    ("documents.objectives", StandingKind::NotInPlace),
    ("incidents.plan", StandingKind::InPlace),
    ("leadership.roles", StandingKind::InPlace),
    ("leadership.security-policy", StandingKind::Partly),
    ("legal.requirements-register", StandingKind::NotInPlace),
    ("monitoring.alerts", StandingKind::InPlace),
    ("monitoring.event-logs", StandingKind::InPlace),
    ("operations.vulnerability-scanning", StandingKind::InPlace),
    ("people.awareness", StandingKind::Partly),
    ("people.screening", StandingKind::NotInPlace),
    ("physical.entry", StandingKind::InPlace),
    ("pipeline.pinned-components", StandingKind::Partly),
    ("pipeline.runner-hardening", StandingKind::NotInPlace),
    ("pipeline.secrets-manager", StandingKind::InPlace),
    ("privacy.notice", StandingKind::InPlace),
    ("protection.at-rest", StandingKind::InPlace),
    ("review.management-review", StandingKind::NotInPlace),
    ("risk.register", StandingKind::InPlace),
    ("source.branch-protection", StandingKind::InPlace),
    ("suppliers.register", StandingKind::Partly),
];

fn plain(kind: StandingKind) -> Answer {
    let standing = match kind {
        StandingKind::InPlace => Standing::InPlace,
        StandingKind::Partly => Standing::Partly,
        StandingKind::NotInPlace => Standing::NotInPlace,
        StandingKind::NotAnswered
        | StandingKind::AnotherWay
        | StandingKind::NotApplicable
        | StandingKind::Inherited => panic!("not plain"),
    };
    Answer {
        standing,
        ..Answer::default()
    }
}

fn decisions() -> Vec<(&'static str, Decision)> {
    let included = |reasons: &[InclusionReason]| Decision::Included {
        reasons: SortedSet::from_iter(reasons.iter().copied()),
    };
    vec![
        ("A.5.1", included(&InclusionReason::ALL)),
        (
            "A.5.23",
            included(&[InclusionReason::Contractual, InclusionReason::Risk]),
        ),
        ("A.8.9", included(&[])),
        (
            "A.8.30",
            Decision::Excluded {
                justification: words("No software is developed by others; checked with purchasing"),
                approver: "Mara Nordlicht".to_owned(),
                review_on: Some(day(2026, 1, 15)),
            },
        ),
        (
            "A.7.12",
            Decision::Excluded {
                justification: words("No cabling of our own"),
                approver: String::new(),
                review_on: None,
            },
        ),
    ]
}

/// Everything that the file says.
fn expected() -> Assessment {
    let mut assessment = Assessment::default();
    let practice = |text: &str| CATALOGUE.practice(text).unwrap_or_else(|| panic!("{text}")).id;
    for (slot, value) in scope() {
        assessment.put(slot, value);
    }
    let plain = PLAIN.iter().map(|(id, kind)| (*id, plain(*kind)));
    for (id, answer) in full_answers().into_iter().chain(plain) {
        let id: PracticeId = practice(id);
        assessment.put(Slot::Answer(id), Value::Answer(Box::new(answer)));
    }
    for (code, decision) in decisions() {
        let id = RequirementId::new(FrameworkId::Iso27001, code);
        assessment.put(Slot::Decision(id), Value::Decision(Some(decision)));
    }
    assessment
}

fn stamp() -> Stamp {
    Stamp {
        at: 1_751_360_400_000,
        by: "Amara Okafor".to_owned(),
        tab: "k3v7".to_owned(),
    }
}

fn unknown() -> Vec<(RecordKey, Record)> {
    let record = |(kind, id, text): &(&str, &str, &str)| (key(kind, id), Record::from_text(text).expect("a record"));
    UNKNOWN.iter().map(record).collect()
}

fn file() -> AssessmentFile {
    AssessmentFile::from_bytes(FILE.as_bytes()).expect("every file ever shipped opens")
}

#[test]
fn fixture_of_schema_1_opens_to_exactly_what_was_said() {
    let sink = MemorySink::default();
    let imported = library(&sink).import(id("a"), file()).expect("there is room");
    assert_eq!(imported.aside, []);
    let expected = expected();
    for slot in super::support::differing(&imported.assessment, &expected) {
        assert_eq!(imported.assessment.value(slot), expected.value(slot), "{slot:?}");
    }
    assert_eq!(imported.assessment, expected);
    assert_eq!(open(&sink, "a"), imported, "and again after a restart");
}

#[test]
fn fixture_of_schema_1_keeps_what_it_did_not_know() {
    let file = file();
    assert_eq!(file.catalogue, "5eed1e55");
    for (key, record) in unknown() {
        assert_eq!(file.records.get(&key), Some(&record));
    }
    let review = &file.records[&key("answer", "source.peer-review")];
    assert_eq!(review.body.get("reviewers"), Some(&serde_json::json!(["Bo", "Cy"])));
    assert_eq!(
        review.extra.get("merged_from"),
        Some(&serde_json::json!({"assessment": "b7", "at": 1.5}))
    );
    assert_eq!(review.stamp, stamp());
    let tombstones: Vec<&RecordKey> = file
        .records
        .iter()
        .filter(|(_, it)| it.gone)
        .map(|(key, _)| key)
        .collect();
    assert_eq!(
        tombstones,
        [&key("answer", "legal.expert-groups"), &key("scope", "fact.board")]
    );
}

/// Those of all that are not held.
fn missing<T: Copy>(all: &[T], holds: impl Fn(&T) -> bool) -> Vec<T> {
    all.iter().copied().filter(|id| !holds(id)).collect()
}

#[test]
fn fixture_of_schema_1_covers_every_kind_of_slot_and_standing() {
    let expected = expected();
    let kinds: BTreeSet<StandingKind> = expected.answers.values().map(|answer| answer.standing.kind()).collect();
    assert_eq!(kinds.len(), 1 + StandingKind::CHOICES.len());
    let bases = expected.answers.values().filter_map(|answer| answer.basis.as_ref());
    assert_eq!(
        bases.map(|basis| basis.kind).collect::<BTreeSet<_>>().len(),
        BasisKind::ALL.len()
    );
    let n_records = expected.slots().len() + unknown().len() + 2;
    assert_eq!(file().records.len(), n_records);
    // A shipped fixture stays as it is: the places that came after it are not in it.
    let (texts, dates, counts) = (&expected.scope.texts, &expected.scope.dates, &expected.scope.counts);
    assert_eq!(
        missing(&ScopeText::ALL, |id| texts.contains_key(id)),
        [ScopeText::RiskCriteria]
    );
    let later = [
        ScopeDate::Stage1,
        ScopeDate::Stage2,
        ScopeDate::InternalAudit,
        ScopeDate::ManagementReview,
        ScopeDate::Certified,
    ];
    assert_eq!(missing(&ScopeDate::ALL, |id| dates.contains_key(id)), later);
    assert_eq!(
        missing(&ScopeCount::ALL, |id| counts.contains_key(id)),
        [ScopeCount::RiskAccepted, ScopeCount::Capacity]
    );
    assert_eq!(expected.scope.frameworks.len(), FrameworkId::ALL.len());
}

#[test]
fn fixture_of_schema_1_is_written_back_letter_for_letter() {
    if concord::store::SCHEMA == 1 {
        assert_eq!(file().to_text(), FILE);
    }
}
