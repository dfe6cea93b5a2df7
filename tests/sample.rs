//! The sample company: it opens with nothing set aside, shows every register and every state that a page can show, and
//! its facts agree with one another.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise; helpers outside test functions too"
)]

use std::collections::BTreeSet;

use chrono::NaiveDate;
use concord::analysis::{
    Analysis, Clearance, Direction, Gate, Moment, Operating, Reason, ScopeChange, Window, assurance, compare,
    default_since, operation_count, snapshots, unread_snapshots,
};
use concord::catalogue::CATALOGUE;
use concord::domain::{
    Action, Assessment, AssessmentId, Choice, Decision, EntryId, Field, FieldKind, FieldValue, FrameworkId,
    InclusionReason, Register, RequirementKind, Rhythm, ScopeDate, Sheet, SheetKey, Standing, StandingKind, Subject,
    apply,
};
use concord::store::{AssessmentFile, Book};

const SAMPLE: &str = include_str!("../assets/sample/sample.json");

/// The most bytes that the sample may take.
const MOST_BYTES: usize = 600_000;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day")
}

/// The day on which the sample company stands.
fn today() -> NaiveDate {
    day(2026, 11, 25)
}

fn book() -> Book {
    let file = AssessmentFile::from_bytes(SAMPLE.as_bytes()).expect("the sample opens");
    let id = AssessmentId::parse("sample").expect("an id");
    Book::from_records(id, 1, file.records, &CATALOGUE)
}

fn assessment() -> Assessment {
    book().assessment
}

fn scope_date(assessment: &Assessment, date: ScopeDate) -> NaiveDate {
    *assessment.scope.dates.get(&date).expect("a day")
}

fn sheets(assessment: &Assessment, register: Register) -> Vec<(SheetKey, Sheet)> {
    let sheets = assessment.register(register);
    sheets.map(|(key, sheet)| (key, sheet.clone())).collect()
}

/// How many things a value names, if it is a list.
fn n_named(value: &FieldValue) -> Option<usize> {
    match value {
        FieldValue::Choices(set) => Some(set.len()),
        FieldValue::Practices(set) => Some(set.len()),
        FieldValue::Requirements(set) => Some(set.len()),
        FieldValue::Entries(set) => Some(set.len()),
        FieldValue::Dates(set) => Some(set.len()),
        FieldValue::Text(_) | FieldValue::Date(_) | FieldValue::Count(_) | FieldValue::Choice(_) => None,
    }
}

#[test]
fn sample_is_small_and_every_record_of_it_is_understood() {
    assert!(SAMPLE.len() < MOST_BYTES, "{} bytes", SAMPLE.len());
    let book = book();
    assert_eq!(book.aside, []);
    assert_eq!(
        book.assessment.slots().len(),
        book.records.len(),
        "each record fills a slot"
    );
    for (key, sheet) in book.assessment.sheets.iter() {
        let id = match key.subject {
            Subject::Entry(id) => id.to_string(),
            Subject::Practice(id) => id.to_string(),
            Subject::Requirement(id, 0) => id.to_string(),
            Subject::Requirement(id, part) => format!("{id}#{part}"),
            Subject::Number(number) => number.to_string(),
            Subject::Tie(practice, requirement) => format!("{practice}@{requirement}"),
        };
        let record = book
            .records
            .iter()
            .find(|(it, _)| it.kind == key.register.as_str() && it.id == id);
        let (_, record) = record.unwrap_or_else(|| panic!("{key:?}"));
        assert_eq!(
            sheet.fields().count(),
            record.body.len(),
            "no field of {key:?} is unknown"
        );
        for (field, value) in sheet.fields() {
            let stored = record.body[field.as_str()].as_array().map(Vec::len);
            assert_eq!(n_named(value), stored, "no member of {field:?} of {key:?} is unknown");
        }
    }
    let text = AssessmentFile {
        catalogue: "sample".to_owned(),
        records: book.records,
    }
    .to_text();
    assert_eq!(text, SAMPLE, "written as the app writes it");
}

#[test]
fn every_sheet_of_the_sample_could_have_been_entered() {
    let assessment = assessment();
    let mut entered = Assessment::default();
    for (key, sheet) in assessment.sheets.iter() {
        let put = Action::PutSheet(*key, sheet.clone());
        assert!(apply(&mut entered, &CATALOGUE, put).is_ok(), "{key:?}");
    }
    assert_eq!(entered.sheets, assessment.sheets);
}

#[test]
fn every_register_of_the_sample_holds_a_telling_number_of_sheets() {
    let assessment = assessment();
    let least = |register| match register {
        Register::Supplier | Register::Report | Register::Description => 8,
        Register::Evidence => 60,
        Register::Operation => 50,
        Register::Risk => 14,
        Register::OwnControl | Register::Raised => 2,
        Register::Document => 20,
        Register::SoaRow => 110,
        Register::Override => 3,
        Register::Snapshot => 5,
        Register::PlanAction => 18,
    };
    for register in Register::ALL.iter().copied() {
        let n = assessment.register(register).count();
        assert!(n >= least(register), "{register:?}: {n}");
    }
}

#[test]
fn every_choice_that_a_page_shows_occurs_in_the_sample() {
    let assessment = assessment();
    // Left out: what the others show as well.
    let spared = [
        (Field::Opinion, Choice::Adverse),
        (Field::Opinion, Choice::Disclaimer),
        (Field::Scanner, Choice::SelfHostedCi),
        (Field::Scanner, Choice::HostedCi),
        (Field::Level, Choice::SetNotReady),
    ];
    let (mut offered, mut held) = (BTreeSet::new(), BTreeSet::new());
    for register in Register::ALL.iter().copied() {
        for spec in register.fields() {
            let (FieldKind::Choice(choices) | FieldKind::Choices(choices)) = spec.kind else {
                continue;
            };
            offered.extend(choices.iter().map(|it| (spec.field, *it)));
            for (_, sheet) in assessment.register(register) {
                held.extend(sheet.choice(spec.field).map(|it| (spec.field, it)));
                held.extend(sheet.choices(spec.field).map(|it| (spec.field, it)));
            }
        }
    }
    let missing: Vec<_> = offered.difference(&held).filter(|it| !spared.contains(it)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    for spared in spared {
        assert!(!held.contains(&spared), "{spared:?} need not be spared");
    }
    let standings: BTreeSet<StandingKind> = assessment.answers.values().map(|it| it.standing.kind()).collect();
    assert_eq!(standings.len(), StandingKind::CHOICES.len());
}

#[test]
fn every_artefact_and_every_rhythm_has_its_example() {
    let assessment = assessment();
    let evidence = sheets(&assessment, Register::Evidence);
    for artefact in CATALOGUE.artefacts {
        let is_held = evidence.iter().any(|(_, it)| it.text(Field::Artefact) == artefact.id);
        assert!(is_held, "{}", artefact.id);
    }
    let mut rhythms = BTreeSet::new();
    for (key, sheet) in sheets(&assessment, Register::Operation) {
        let Subject::Practice(id) = key.subject else {
            panic!("{key:?}")
        };
        let rhythm = CATALOGUE.practice(id.as_str()).expect("a practice").rhythm;
        rhythms.insert(rhythm.title());
        assert!(!sheet.text(Field::Performed).is_empty(), "{id}");
        let first = sheet.date(Field::FirstOperated).expect("a day");
        assert!(
            sheet.dates(Field::Records).all(|it| first <= it && it <= today()),
            "{id}"
        );
        let has = |field| sheet.get(field).is_some();
        let is_counted = match rhythm {
            Rhythm::Continuous => has(Field::SettingAtStart),
            Rhythm::OnEvent | Rhythm::OnChange => has(Field::Population) || has(Field::ZeroOn),
            Rhythm::Daily
            | Rhythm::Weekly
            | Rhythm::Monthly
            | Rhythm::Quarterly
            | Rhythm::HalfYearly
            | Rhythm::Yearly => has(Field::Records),
        };
        assert!(is_counted, "{id} is {rhythm:?}");
        let (population, sampled) = (sheet.count(Field::Population), sheet.count(Field::Sampled));
        assert!(sampled <= population, "{id}");
        assert!(sheet.count(Field::Deviations) <= sampled, "{id}");
    }
    assert_eq!(rhythms.len(), 9, "{rhythms:?}");
}

#[test]
fn operation_shows_holes_grace_late_starts_replacement_deviations_and_zero() {
    let assessment = assessment();
    let start = scope_date(&assessment, ScopeDate::WindowStart);
    let operation = sheets(&assessment, Register::Operation);
    let of = |id: &str| {
        let id = CATALOGUE.practice(id).expect("a practice").id;
        assessment.sheet(SheetKey::practice(Register::Operation, id))
    };
    let within = |sheet: &Sheet, from, to| sheet.dates(Field::Records).any(|it| from <= it && it <= to);
    let tokens = of("access.service-accounts");
    assert!(within(&tokens, day(2026, 4, 1), day(2026, 6, 30)));
    assert!(
        !within(&tokens, day(2026, 7, 1), today()),
        "the third quarter is missing"
    );
    let scans = of("operations.vulnerability-scanning");
    assert!(!within(&scans, day(2026, 8, 10), day(2026, 8, 16)), "a week is missing");
    let is_late =
        !within(&scans, day(2026, 9, 28), day(2026, 10, 4)) && within(&scans, day(2026, 10, 5), day(2026, 10, 5));
    assert!(
        is_late && scans.count(Field::Grace) == Some(3),
        "a week is held in its grace"
    );
    let any = |what: &str, is: &dyn Fn(&Sheet) -> bool| {
        assert!(operation.iter().any(|(_, sheet)| is(sheet)), "{what}");
    };
    any("late start", &|it| it.date(Field::FirstOperated) > Some(start));
    any("replaced", &|it| {
        it.date(Field::ReplacedOn) > Some(start) && !it.text(Field::ReplacedBy).is_empty()
    });
    any("deviations", &|it| {
        it.count(Field::Deviations) > Some(0) && !it.text(Field::Response).is_empty()
    });
    any("no occurrence", &|it| {
        it.date(Field::ZeroOn).is_some() && !it.text(Field::ZeroQuery).is_empty()
    });
    any("setting and log", &|it| {
        it.date(Field::SettingAtStart) == Some(start) && it.date(Field::LogSeen).is_some()
    });
    let test = of("operations.penetration-test");
    assert!(
        test.dates(Field::Records).max() < Some(start),
        "yearly, before the window"
    );
}

#[test]
fn reports_of_suppliers_cover_the_window_in_every_way() {
    let assessment = assessment();
    let (start, end) = (
        scope_date(&assessment, ScopeDate::WindowStart),
        scope_date(&assessment, ScopeDate::WindowEnd),
    );
    let reports = sheets(&assessment, Register::Report);
    let suppliers: BTreeSet<EntryId> = sheets(&assessment, Register::Supplier)
        .iter()
        .filter_map(|(key, _)| key.entry_id())
        .collect();
    let any = |what: &str, is: &dyn Fn(&Sheet) -> bool| {
        assert!(reports.iter().any(|(_, sheet)| is(sheet)), "{what}");
    };
    let is_type2 = |it: &Sheet| it.choice(Field::Type) == Some(Choice::Soc2Type2);
    let n_bridged = |it: &Sheet| {
        let bridge = it.date(Field::BridgeTo).filter(|it| *it >= end)?;
        Some((bridge - it.date(Field::To)?).num_days()).filter(|_| is_type2(it) && it.date(Field::From) <= Some(start))
    };
    any("covers the window", &|it| {
        is_type2(it) && it.date(Field::From) <= Some(start) && it.date(Field::To) >= Some(end)
    });
    any("short bridge", &|it| n_bridged(it).is_some_and(|days| days <= 92));
    any("long bridge", &|it| n_bridged(it).is_some_and(|days| days > 92));
    any("other scope", &|it| {
        is_type2(it) && it.choice(Field::NamesService) == Some(Choice::No)
    });
    any("qualified with exceptions", &|it| {
        it.choice(Field::Opinion) == Some(Choice::Qualified) && !it.text(Field::Exceptions).is_empty()
    });
    any("outdated", &|it| it.date(Field::To) < Some(day(2025, 11, 25)));
    any("not seen yet", &|it| it.date(Field::ReviewedOn).is_none());
    any("expects controls", &|it| it.text(Field::Cuecs).lines().count() > 1);
    for (key, report) in &reports {
        assert!(report.text(Field::Note).to_lowercase().contains("fictional"), "{key:?}");
        assert_eq!(
            report
                .entries(Field::Supplier)
                .filter(|it| suppliers.contains(it))
                .count(),
            1
        );
    }
}

#[test]
fn inherited_answers_name_a_registered_supplier_and_one_stands_on_no_report() {
    let assessment = assessment();
    let suppliers = sheets(&assessment, Register::Supplier);
    let reports = sheets(&assessment, Register::Report);
    let mut n_without_report = 0;
    for (id, answer) in assessment.answers.iter() {
        let Standing::Inherited { supplier } = &answer.standing else {
            continue;
        };
        let practice = CATALOGUE.practice(id.as_str()).expect("a practice");
        let inheritable = practice.inheritable.expect("it can be inherited");
        let named = suppliers
            .iter()
            .find(|(_, it)| it.text(Field::Title) == supplier.as_str());
        let (key, sheet) = named.unwrap_or_else(|| panic!("{id}: {}", supplier.as_str()));
        assert!(sheet.supplier_kinds().any(|it| inheritable.from.contains(&it)), "{id}");
        let entry = key.entry_id().expect("an entry");
        let has_report = reports
            .iter()
            .any(|(_, it)| it.entries(Field::Supplier).any(|it| it == entry));
        n_without_report += usize::from(!has_report);
    }
    assert_eq!(n_without_report, 1);
}

#[test]
fn evidence_of_the_sample_is_old_stops_inside_the_window_and_was_checked_again() {
    let assessment = assessment();
    let (start, end) = (
        scope_date(&assessment, ScopeDate::WindowStart),
        scope_date(&assessment, ScopeDate::WindowEnd),
    );
    let evidence = sheets(&assessment, Register::Evidence);
    let count = |is: &dyn Fn(&Sheet) -> bool| evidence.iter().filter(|(_, it)| is(it)).count();
    assert!(count(&|it| it.date(Field::To) < Some(start) && it.date(Field::To).is_some()) >= 5);
    assert!(count(&|it| it.date(Field::To).is_some_and(|to| start < to && to < end)) >= 20);
    assert!(count(&|it| it.practices(Field::Practices).count() > 1) >= 30);
    assert!(count(&|it| !it.text(Field::Completeness).is_empty()) >= 15);
    assert!(count(&|it| !it.text(Field::Query).is_empty()) >= 25);
    for (_, it) in &evidence {
        let hash = it.text(Field::Sha256);
        let is_hash = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        assert!(hash.is_empty() || is_hash, "{hash}");
        assert_eq!(hash.is_empty(), it.date(Field::HashedOn).is_none());
        assert!(it.date(Field::VerifiedOn).is_none() || it.date(Field::HashedOn) < it.date(Field::VerifiedOn));
    }
    let named: BTreeSet<_> = evidence
        .iter()
        .flat_map(|(_, it)| it.practices(Field::Practices))
        .collect();
    assert!(named.len() >= 100, "{}", named.len());
}

#[test]
fn risks_of_the_sample_are_rated_and_a_few_are_not_accepted() {
    let assessment = assessment();
    let limit = *assessment
        .scope
        .counts
        .get(&concord::domain::ScopeCount::RiskAccepted)
        .expect("a limit");
    let own: Vec<EntryId> = sheets(&assessment, Register::OwnControl)
        .iter()
        .filter_map(|(key, _)| key.entry_id())
        .collect();
    let risks = sheets(&assessment, Register::Risk);
    let level = |risk: &Sheet, likelihood, impact| risk.count(likelihood).zip(risk.count(impact)).map(|(a, b)| a * b);
    let mut above = Vec::new();
    for (_, risk) in &risks {
        let before = level(risk, Field::LikelihoodBefore, Field::ImpactBefore).expect("rated");
        let after = level(risk, Field::LikelihoodAfter, Field::ImpactAfter).expect("rated");
        assert!(
            after <= before && !risk.text(Field::Owner).is_empty(),
            "{}",
            risk.text(Field::Title)
        );
        assert!(risk.entries(Field::OwnControls).all(|it| own.contains(&it)));
        if after > limit && risk.choice(Field::Option) == Some(Choice::Retain) {
            above.push(risk.text(Field::AcceptedBy));
        }
    }
    assert_eq!(above, ["Anaïs Lefèvre"], "one is retained above the limit, in writing");
    let n_open = risks
        .iter()
        .filter(|(_, it)| it.date(Field::AcceptedOn).is_none())
        .count();
    assert!((2..=5).contains(&n_open), "{n_open}");
}

#[test]
fn most_controls_of_the_sample_are_decided() {
    let assessment = assessment();
    let controls = CATALOGUE
        .requirements_of(FrameworkId::Iso27001)
        .filter(|it| it.kind == RequirementKind::Control);
    let decisions: Vec<Option<Decision>> = controls.map(|it| assessment.decisions.get(&it.id).cloned()).collect();
    assert_eq!(decisions.len(), 93);
    assert_eq!(decisions.iter().filter(|it| it.is_none()).count(), 8);
    let mut reasons = BTreeSet::new();
    let (mut n_without_reason, mut n_excluded) = (0, 0);
    for decision in decisions.into_iter().flatten() {
        match decision {
            Decision::Included { reasons: these } => {
                n_without_reason += usize::from(these.is_empty());
                reasons.extend(these.iter().copied());
            }
            Decision::Excluded {
                approver, review_on, ..
            } => {
                assert!(!approver.is_empty() && review_on > Some(today()));
                n_excluded += 1;
            }
        }
    }
    assert_eq!(reasons.len(), InclusionReason::ALL.len());
    assert_eq!(n_without_reason, 1);
    assert!((3..=5).contains(&n_excluded), "{n_excluded}");
    let rows = sheets(&assessment, Register::SoaRow);
    let set = rows.iter().filter(|(_, it)| it.choice(Field::Status).is_some());
    let without_reason = set.clone().filter(|(_, it)| it.text(Field::StatusReason).is_empty());
    assert_eq!((set.count(), without_reason.count()), (3, 1));
}

#[test]
fn documents_of_the_sample_name_what_clauses_ask_for_and_one_is_past_its_review() {
    let assessment = assessment();
    for clause in CATALOGUE.requirements_of(FrameworkId::Iso27001) {
        let parts = clause
            .documented
            .unwrap_or_default()
            .split(';')
            .filter(|it| !it.trim().is_empty());
        for (part, asked) in (0_u8..).zip(parts) {
            let key = SheetKey {
                register: Register::Document,
                subject: Subject::Requirement(clause.id, part),
            };
            assert!(assessment.sheet(key).choice(Field::State).is_some(), "{asked}");
        }
    }
    let documents = sheets(&assessment, Register::Document);
    let n_overdue = documents
        .iter()
        .filter(|(_, it)| it.date(Field::ReviewOn).is_some_and(|it| it < today()))
        .count();
    assert_eq!(n_overdue, 1);
    let sections = sheets(&assessment, Register::Description);
    assert_eq!(sections.len(), 10, "nine sections and the assertion");
}

#[test]
fn days_of_the_sample_are_in_order() {
    let assessment = assessment();
    let of = |date| scope_date(&assessment, date);
    let order = [
        of(ScopeDate::WindowStart),
        of(ScopeDate::AsOf),
        today(),
        of(ScopeDate::WindowEnd),
        of(ScopeDate::InternalAudit),
        of(ScopeDate::ManagementReview),
        of(ScopeDate::Target),
        of(ScopeDate::Stage1),
        of(ScopeDate::Stage2),
    ];
    assert!(order.is_sorted(), "{order:?}");
    let past = [
        Field::AcceptedOn,
        Field::ApprovedOn,
        Field::ExtractedOn,
        Field::FirstOperated,
        Field::HashedOn,
        Field::LogSeen,
        Field::On,
        Field::ReplacedOn,
        Field::ReviewedOn,
        Field::SettingAtStart,
        Field::SettingAtEnd,
        Field::VerifiedOn,
        Field::ZeroOn,
    ];
    for (key, sheet) in assessment.sheets.iter() {
        for field in past {
            assert!(sheet.date(field) <= Some(today()), "{field:?} of {key:?}");
        }
        let (from, to) = (sheet.date(Field::From), sheet.date(Field::To));
        assert!(to.is_none() || from <= to, "{key:?}");
        let (extracted, hashed) = (sheet.date(Field::ExtractedOn), sheet.date(Field::HashedOn));
        assert!(hashed.is_none() || extracted <= hashed, "{key:?}");
        assert!(extracted.is_none() || to <= extracted, "{key:?}");
    }
    for answer in assessment.answers.values() {
        assert!(answer.basis.as_ref().and_then(|it| it.on) <= Some(today()));
    }
}

#[test]
fn overrides_of_the_sample_are_one_in_force_one_stale_and_one_incomplete() {
    let assessment = assessment();
    let analysis = Analysis::new(&CATALOGUE, &assessment, today());
    let flags = |it: &concord::analysis::Override| (it.needs_review, it.is_incomplete);
    let mut overrides: Vec<(bool, bool)> = analysis.overrides.iter().map(flags).collect();
    overrides.sort_unstable();
    assert_eq!(
        overrides,
        [(false, false), (false, true), (true, false)],
        "after a change of answers or of the catalogue, write the new text of `answers` into the sample"
    );
}

#[test]
fn gates_of_the_sample_stand_between_none_and_all() {
    let assessment = assessment();
    let analysis = Analysis::new(&CATALOGUE, &assessment, today());
    assert_eq!(analysis.gates.len(), Gate::ALL.len());
    for gate in &analysis.gates {
        assert!(!gate.blockers.is_empty(), "{:?}", gate.gate);
        let n_promising = gate.count.n_cleared + gate.count.n_open;
        assert!(
            (5..gate.count.n_total).contains(&n_promising),
            "{:?}: {:?}",
            gate.gate,
            gate.count
        );
        let has = |clearance| gate.practices.iter().any(|it| it.clearance == clearance);
        assert!(has(Clearance::Fails) && has(Clearance::Clears), "{:?}", gate.gate);
    }
}

#[test]
fn snapshots_of_the_sample_show_a_climb_one_setback_and_a_scope_that_grew() {
    let assessment = assessment();
    assert_eq!(unread_snapshots(&CATALOGUE, &assessment), []);
    let all = snapshots(&CATALOGUE, &assessment);
    assert!(all.iter().all(|it| it.on < today() && !it.title.is_empty()));
    let of_stage_2 = |it: &Moment| {
        let mut gates = it.figures.gates.iter();
        gates
            .find(|(gate, ..)| *gate == Gate::Stage2)
            .map(|(.., count, _)| count.n_cleared)
    };
    let analysis = Analysis::new(&CATALOGUE, &assessment, today());
    let now = Moment::today(&CATALOGUE, &assessment, &analysis);
    let cleared: Vec<_> = all.iter().map(|it| of_stage_2(it)).chain([of_stage_2(&now)]).collect();
    let n_setbacks = cleared.windows(2).filter(|pair| pair[1] < pair[0]).count();
    assert_eq!(n_setbacks, 1, "{cleared:?}");
    assert!(cleared.first() < cleared.last());
    let since = default_since(&all, today()).expect("a snapshot before today");
    let comparison = compare(&CATALOGUE, &assessment, since, &now);
    let ways = [Direction::Up, Direction::Down];
    assert!(ways.iter().all(|it| comparison.towards(*it).count() > 0));
    let first = compare(&CATALOGUE, &assessment, &all[0], &now);
    assert!(first.towards(Direction::Scope).count() > 0 && first.towards(Direction::Answered).count() > 0);
    assert!(
        first
            .scope
            .contains(&ScopeChange::Framework(FrameworkId::Iso27017, true))
    );
    // A reason of each kind that a page shows, but for what only a changed catalogue brings.
    let why: Vec<&Reason> = first.practices.iter().flat_map(|it| &it.why).collect();
    let has = |is: fn(&Reason) -> bool| why.iter().any(|it| is(it));
    assert!(has(|it| matches!(it, Reason::Scope(_))));
    assert!(has(|it| matches!(it, Reason::Evidence(..))));
    assert!(has(|it| *it == Reason::AnsweredAnew));
}

#[test]
fn operation_and_assurance_of_the_sample_come_out_in_every_way() {
    let assessment = assessment();
    let window = Window::of(&assessment.scope).expect("a window");
    let practices = CATALOGUE.practices.iter();
    let counts: Vec<_> = practices
        .clone()
        .map(|it| operation_count(it, &assessment, window, today()))
        .collect();
    for operating in [
        Operating::Operated,
        Operating::NotDue,
        Operating::NoOccurrence,
        Operating::Missed,
        Operating::Unstated,
    ] {
        assert!(counts.iter().any(|it| it.operating == operating), "{operating:?}");
    }
    assert!(counts.iter().any(|it| it.is_late_start) && counts.iter().any(|it| it.is_replaced));
    assert!(counts.iter().any(|it| it.is_before_window));
    let assurances: Vec<_> = practices
        .filter_map(|it| assurance(it, &assessment, Some(window), today()))
        .collect();
    assert!(assurances.iter().all(|it| it.supplier.is_some()));
    assert!(assurances.iter().any(|it| it.report.is_none()), "no report");
    assert!(
        assurances
            .iter()
            .any(|it| it.type2.is_some() && it.is_bridged && !it.is_long_bridge && it.is_carved_out)
    );
    assert!(assurances.iter().any(|it| it.report.is_some() && it.type2.is_none()));
    assert!(assurances.iter().any(|it| it.has_exceptions));
}
