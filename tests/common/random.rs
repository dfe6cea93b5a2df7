//! Random texts, answers, decisions, sheets and actions over the real catalogue, for the properties of the other tests.

use chrono::NaiveDate;
use concord::catalogue::CATALOGUE;
use concord::domain::{
    Action, Assessment, Basis, BasisKind, Category, Change, Decision, EntryId, Facets, Fact, Field, FieldKind,
    FieldValue, FrameworkId, ImportFlag, Imported, ImportedStatus, ImportedText, InclusionReason, PracticeId, Register,
    RequirementId, ScopeCount, ScopeDate, ScopeText, Sheet, SheetKey, Standing, Subject, TieKind, Words, apply,
};
use proptest::collection::btree_set;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// Enough cases to find a fault, few enough to run with every commit. Found cases become named tests, so no regression
/// files are written.
pub fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Texts that stored text is most easily broken by: quotes, slashes, controls, blanks, wide and joined characters.
pub fn text() -> impl Strategy<Value = String> {
    let odd = [
        "",
        " ",
        "\"\\/",
        "\u{0}\u{7}\t\r\n",
        "\u{feff}\u{a0}",
        "Zuständig: Größe 😀 한국어",
        "{\"standing\":\"in-place\"}",
        "=1+1",
        "concord/1/abc/1/answer/x",
    ];
    prop_oneof![2 => select(odd.to_vec()).prop_map(str::to_owned), 3 => "[ -~äßЖ中😀]{0,24}"]
}

fn words() -> impl Strategy<Value = Words> {
    text().prop_map(|text| Words::new(&text).unwrap_or_else(|| Words::new("because").expect("not blank")))
}

fn date() -> impl Strategy<Value = NaiveDate> {
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).expect("a day");
    let odd = vec![
        day(1, 1, 1),
        day(-4, 2, 29),
        day(9999, 12, 31),
        day(10_000, 1, 1),
        NaiveDate::MIN,
        NaiveDate::MAX,
    ];
    let usual = (2024_i32..2030, 1_u32..=12, 1_u32..=28).prop_map(move |(y, m, d)| day(y, m, d));
    prop_oneof![1 => select(odd), 4 => usual]
}

fn standing() -> impl Strategy<Value = Standing> {
    prop_oneof![
        Just(Standing::NotAnswered),
        Just(Standing::NotInPlace),
        Just(Standing::Partly),
        Just(Standing::InPlace),
        (words(), words()).prop_map(|(description, risk)| Standing::AnotherWay { description, risk }),
        words().prop_map(|reason| Standing::NotApplicable { reason }),
        words().prop_map(|supplier| Standing::Inherited { supplier }),
    ]
}

fn facets() -> impl Strategy<Value = Facets> {
    [
        any::<Option<bool>>(),
        any::<Option<bool>>(),
        any::<Option<bool>>(),
        any::<Option<bool>>(),
    ]
    .prop_map(|[documented, enforced, evidenced, improved]| Facets {
        documented,
        enforced,
        evidenced,
        improved,
    })
}

fn basis() -> impl Strategy<Value = Basis> {
    (select(BasisKind::ALL.to_vec()), text(), option::of(date())).prop_map(|(kind, by, on)| Basis { kind, by, on })
}

fn decision() -> impl Strategy<Value = Decision> {
    let included = btree_set(select(InclusionReason::ALL.to_vec()), 0..4);
    let excluded = (words(), text(), option::of(date()));
    prop_oneof![
        included.prop_map(|reasons| Decision::Included {
            reasons: reasons.into_iter().collect()
        }),
        excluded.prop_map(|(justification, approver, review_on)| Decision::Excluded {
            justification,
            approver,
            review_on,
        }),
    ]
}

fn imported() -> impl Strategy<Value = Imported> {
    let one = (text(), text(), text()).prop_map(|(number, heading, text)| ImportedText { number, heading, text });
    (
        text(),
        proptest::collection::vec(text(), 0..3),
        any::<Option<bool>>(),
        option::of(select(ImportedStatus::ALL.to_vec())),
        proptest::collection::vec(one, 0..3),
        btree_set(select(ImportFlag::ALL.to_vec()), 0..4),
    )
        .prop_map(|(file, numbers, applies, status, texts, flags)| Imported {
            file,
            numbers,
            applies,
            status,
            texts,
            flags: flags.into_iter().collect(),
        })
}

/// An import for some requirements, or taking imports away.
fn import() -> impl Strategy<Value = Action> {
    let row = (requirement(), option::weighted(0.8, imported().prop_map(Box::new)));
    proptest::collection::vec(row, 0..4).prop_map(Action::Import)
}

fn practice() -> impl Strategy<Value = PracticeId> {
    (0..CATALOGUE.practices.len()).prop_map(|position| CATALOGUE.practices[position].id)
}

fn requirement() -> impl Strategy<Value = RequirementId> {
    (0..CATALOGUE.requirements.len()).prop_map(|position| CATALOGUE.requirements[position].id)
}

/// An action on the scope: what switches practices and requirements.
pub fn scope_action() -> impl Strategy<Value = Action> {
    prop_oneof![
        2 => (select(FrameworkId::ALL.to_vec()), any::<bool>()).prop_map(|(id, is_in)| Action::SetFramework(id, is_in)),
        2 => (select(Category::ALL.to_vec()), any::<bool>()).prop_map(|(id, is_in)| Action::SetCategory(id, is_in)),
        4 => (select(Fact::ALL.to_vec()), any::<Option<bool>>()).prop_map(|(id, value)| Action::SetFact(id, value)),
        4 => (requirement(), option::of(decision())).prop_map(|(id, decision)| Action::SetDecision(id, decision)),
        1 => (select(ScopeText::ALL.to_vec()), text()).prop_map(|(id, text)| Action::SetText(id, text)),
        1 => (select(ScopeDate::ALL.to_vec()), option::of(date())).prop_map(|(id, date)| Action::SetDate(id, date)),
        1 => (select(ScopeCount::ALL.to_vec()), any::<Option<u32>>()).prop_map(|(id, count)| Action::SetCount(id, count)),
    ]
}

/// One of a few entries, so that actions meet at the same one.
fn entry() -> impl Strategy<Value = EntryId> {
    (0_u64..6).prop_map(EntryId::from_random)
}

/// What a sheet of a register may be about.
fn subject(register: Register) -> BoxedStrategy<Subject> {
    let of_requirement = requirement().prop_map(|id| Subject::Requirement(id, 0));
    match register {
        Register::Supplier
        | Register::Report
        | Register::Evidence
        | Register::Risk
        | Register::OwnControl
        | Register::PlanAction
        | Register::Snapshot => entry().prop_map(Subject::Entry).boxed(),
        Register::Document => {
            let second = requirement().prop_map(|id| Subject::Requirement(id, 1));
            prop_oneof![entry().prop_map(Subject::Entry), of_requirement, second].boxed()
        }
        Register::Operation => practice().prop_map(Subject::Practice).boxed(),
        Register::SoaRow | Register::Override => of_requirement.boxed(),
        Register::Description => (0_u8..12).prop_map(Subject::Number).boxed(),
        Register::Raised => raised().boxed(),
    }
}

/// A tie that only helps.
fn raised() -> impl Strategy<Value = Subject> {
    let helps = CATALOGUE.practices.iter().flat_map(|practice| {
        let ties = practice.ties.iter().filter(|tie| tie.kind == TieKind::Helps);
        let tied = ties.filter_map(|tie| CATALOGUE.tied(tie));
        tied.map(|requirement| Subject::Tie(practice.id, requirement.id))
    });
    select(helps.collect::<Vec<_>>())
}

/// What a field of a kind may hold.
fn field_value(kind: FieldKind) -> BoxedStrategy<FieldValue> {
    match kind {
        FieldKind::Text | FieldKind::Long | FieldKind::Link | FieldKind::Artefact | FieldKind::Hash => {
            text().prop_map(FieldValue::Text).boxed()
        }
        FieldKind::Date => date().prop_map(FieldValue::Date).boxed(),
        FieldKind::Count { most } => (0..=most).prop_map(FieldValue::Count).boxed(),
        FieldKind::Choice(choices) => select(choices).prop_map(FieldValue::Choice).boxed(),
        FieldKind::Choices(choices) => btree_set(select(choices), 0..4)
            .prop_map(|set| FieldValue::Choices(set.into_iter().collect()))
            .boxed(),
        FieldKind::Practices => btree_set(practice(), 0..4)
            .prop_map(|set| FieldValue::Practices(set.into_iter().collect()))
            .boxed(),
        FieldKind::Requirements => btree_set(requirement(), 0..4)
            .prop_map(|set| FieldValue::Requirements(set.into_iter().collect()))
            .boxed(),
        FieldKind::Entries(_) => btree_set(entry(), 0..4)
            .prop_map(|set| FieldValue::Entries(set.into_iter().collect()))
            .boxed(),
        FieldKind::Dates => btree_set(date(), 0..4)
            .prop_map(|set| FieldValue::Dates(set.into_iter().collect()))
            .boxed(),
    }
}

/// A field of a register with something that it may hold.
fn filled_field(register: Register) -> impl Strategy<Value = (Field, FieldValue)> {
    select(register.fields()).prop_flat_map(|spec| field_value(spec.kind).prop_map(move |value| (spec.field, value)))
}

/// An action on a sheet of a register: a field, a whole sheet, or, rarely, a field that belongs to another register.
fn sheet_action() -> impl Strategy<Value = Action> {
    select(Register::ALL).prop_flat_map(|register| {
        let key = subject(register).prop_map(move |subject| SheetKey { register, subject });
        let fields = proptest::collection::vec(filled_field(register), 0..4);
        let sheet = fields.prop_map(|fields| fields.into_iter().fold(Sheet::default(), |it, (f, v)| it.with(f, v)));
        let edit = prop_oneof![
            6 => filled_field(register).prop_map(|(field, value)| Err((field, Some(value)))),
            1 => select(register.fields()).prop_map(|spec| Err((spec.field, None))),
            1 => select(Register::ALL).prop_flat_map(filled_field).prop_map(|(field, value)| Err((field, Some(value)))),
            3 => sheet.prop_map(Ok),
        ];
        (key, edit).prop_map(|(key, edit)| match edit {
            Ok(sheet) => Action::PutSheet(key, sheet),
            Err((field, value)) => Action::SetField(key, field, value),
        })
    })
}

/// Several actions as one step. One that is refused takes the others with it.
fn together() -> impl Strategy<Value = Action> {
    let one = prop_oneof![
        2 => scope_action(),
        2 => sheet_action(),
        1 => (practice(), facets()).prop_map(|(id, facets)| Action::SetFacets(id, facets)),
    ];
    proptest::collection::vec(one, 0..4).prop_map(Action::Together)
}

/// Any action that a person can take. Some are refused: that is part of the test.
pub fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        6 => scope_action(),
        6 => (practice(), standing()).prop_map(|(id, standing)| Action::SetStanding(id, standing)),
        3 => (practice(), facets()).prop_map(|(id, facets)| Action::SetFacets(id, facets)),
        2 => (practice(), option::of(basis())).prop_map(|(id, basis)| Action::SetBasis(id, basis)),
        2 => (practice(), text()).prop_map(|(id, note)| Action::SetNote(id, note)),
        1 => (practice(), text()).prop_map(|(id, owner)| Action::SetOwner(id, owner)),
        2 => import(),
        5 => sheet_action(),
        2 => together(),
    ]
}

/// Some actions in a row. What is met another way gets an owner first, or it would be refused.
pub fn actions(most: usize) -> impl Strategy<Value = Vec<Action>> {
    proptest::collection::vec(action(), 0..most).prop_map(|actions| actions.into_iter().flat_map(with_owner).collect())
}

/// The action, after one that names an owner if it needs one.
pub fn with_owner(action: Action) -> Vec<Action> {
    if let Action::SetStanding(id, Standing::AnotherWay { .. }) = &action {
        vec![Action::SetOwner(*id, "Mara".to_owned()), action]
    } else {
        vec![action]
    }
}

/// Applies the actions that are not refused, and returns what each has done.
pub fn apply_all(assessment: &mut Assessment, actions: Vec<Action>) -> Vec<Change> {
    let mut changes = Vec::new();
    for action in actions {
        changes.extend(apply(assessment, &CATALOGUE, action).ok());
    }
    changes
}
