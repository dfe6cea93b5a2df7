//! The form of a sheet: each field of a register with the control that suits what it may hold. Every register has this
//! form; which fields a page shows, and in which groups, is the page's business.

mod dates;
mod picker;

use dates::date_chips;
use leptos::prelude::{Get, Memo};
use picker::picker;

use super::field::{TextField, date_control, framed_field, number_control, select_control};
use super::pieces::link;
use super::{Tone, check_choice};
use crate::catalogue::CATALOGUE;
use crate::domain::{
    Action, Choice, EntryId, Field, FieldKind, FieldSpec, FieldValue, Register, Sheet, SheetKey, SortedSet, Subject,
};
use crate::report::wording;
use crate::ui::element::{Element, el};
use crate::ui::follow::{flag, follow, memo, words};
use crate::ui::route::{Page, Query};
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// Up to which number a field offers a list instead of asking for digits.
const SHORT_SCALE: u32 = 10;

/// A sheet on a page.
#[derive(Clone, Copy)]
pub struct SheetForm {
    /// The assessment that it is in.
    pub store: AssessmentStore,
    /// Which sheet.
    pub key: SheetKey,
    /// What is in it.
    pub sheet: Memo<Sheet>,
}

impl SheetForm {
    /// The form of a sheet.
    pub fn new(store: AssessmentStore, key: SheetKey) -> Self {
        let sheet = memo(move || store.with(|assessment| assessment.sheet(key)));
        Self { store, key, sheet }
    }

    /// Writes a field, or empties it. Returns whether that was accepted.
    pub fn set(self, field: Field, value: Option<FieldValue>) -> bool {
        self.store.dispatch(Action::SetField(self.key, field, value))
    }
}

/// The id of the control of a field: that of the sheet and that of the field.
pub fn field_id(key: SheetKey, field: Field) -> String {
    let register = key.register.as_str();
    let subject = match key.subject {
        Subject::Entry(id) => id.to_string(),
        Subject::Practice(id) => id.to_string(),
        Subject::Requirement(id, n) => format!("{}-{}-{n}", id.framework, id.code),
        Subject::Number(n) => n.to_string(),
        Subject::Tie(practice, id) => format!("{practice}-{}-{}", id.framework, id.code),
    };
    format!("{register}-{subject}-{}", field.as_str())
}

/// Some fields of a sheet, one below the other; days and numbers that follow one another share a row.
pub fn sheet_fields<'a>(form: SheetForm, specs: impl IntoIterator<Item = &'a FieldSpec>) -> Vec<View> {
    let mut shown = Vec::new();
    let mut short = Vec::new();
    for spec in specs {
        let is_short = matches!(spec.kind, FieldKind::Date | FieldKind::Count { .. });
        if !is_short {
            shown.extend(in_a_row(&mut short));
            shown.push(control(form, *spec));
        } else {
            short.push(control(form, *spec));
        }
    }
    shown.extend(in_a_row(&mut short));
    shown
}

/// What is there as a row, and nothing left.
fn in_a_row(fields: &mut Vec<View>) -> Option<View> {
    match fields.len() {
        0 | 1 => fields.pop(),
        _ => Some(el("div").class("field-row").all(std::mem::take(fields)).view()),
    }
}

/// The tone of a choice where it stands as a word in a table.
pub const fn tone_of_choice(choice: Choice) -> Tone {
    match choice {
        Choice::Accepted | Choice::Approved | Choice::Implemented | Choice::Unchanged | Choice::Unqualified => {
            Tone::Good
        }
        Choice::Received | Choice::Draft | Choice::PartlyImplemented | Choice::Qualified => Tone::Fair,
        Choice::Rejected | Choice::Missing | Choice::NotImplemented | Choice::Changed | Choice::Adverse => Tone::Poor,
        Choice::Requested | Choice::Planned | Choice::Disclaimer => Tone::Open,
        Choice::Yes
        | Choice::No
        | Choice::Dropped
        | Choice::Small
        | Choice::Medium
        | Choice::Large
        | Choice::CloudPlatform
        | Choice::CodeHosting
        | Choice::CiRunner
        | Choice::CodeScanning
        | Choice::IdentityProvider
        | Choice::DataCentre
        | Choice::ManagedService
        | Choice::AiAssistant
        | Choice::PayrollHr
        | Choice::SeesCode
        | Choice::SeesSecrets
        | Choice::SeesCustomerData
        | Choice::SeesPersonalData
        | Choice::CommandLine
        | Choice::SelfHostedCi
        | Choice::HostedCi
        | Choice::VendorManaged
        | Choice::CarveOut
        | Choice::Inclusive
        | Choice::VendorOnly
        | Choice::Soc2Type1
        | Choice::Soc2Type2
        | Choice::IsoCertificate
        | Choice::CloudStatement
        | Choice::PenetrationTest
        | Choice::OtherReport
        | Choice::Modify
        | Choice::Retain
        | Choice::Avoid
        | Choice::Share
        | Choice::Manual
        | Choice::Automated
        | Choice::Preventive
        | Choice::Detective
        | Choice::OfCustomer
        | Choice::OfProvider
        | Choice::Shared
        | Choice::SetReady
        | Choice::SetPartly
        | Choice::SetNotReady
        | Choice::NotBegun
        | Choice::Begun
        | Choice::Done
        | Choice::EveryYear
        | Choice::FirstSurveillance
        | Choice::SecondSurveillance
        | Choice::Recertification
        | Choice::Legal
        | Choice::Contractual
        | Choice::Business
        | Choice::FromRisk => Tone::Plain,
    }
}

/// A real link, if the words are one of a tame scheme: never anything that a click would run.
pub fn open_link(location: &str) -> Option<View> {
    let location = location.trim();
    let begins = |scheme: &str| {
        location
            .get(..scheme.len())
            .is_some_and(|it| it.eq_ignore_ascii_case(scheme))
    };
    let is_mail = begins("mailto:");
    let is_tame = is_mail || begins("https://") || begins("http://");
    is_tame.then(|| {
        el("a")
            .attr("href", location.to_owned())
            .attr("target", "_blank")
            .attr("rel", "noreferrer noopener")
            .with(if is_mail { "Write a mail" } else { "Open in a new tab" })
            .view()
    })
}

/// A field with its control.
fn control(form: SheetForm, spec: FieldSpec) -> View {
    let SheetForm { sheet, key, .. } = form;
    let FieldSpec {
        field,
        label,
        hint,
        kind,
    } = spec;
    let id = field_id(key, field);
    let text = move || sheet.get().text(field).to_owned();
    match kind {
        FieldKind::Text | FieldKind::Long | FieldKind::Link => {
            let put = move |text| {
                form.set(field, Some(FieldValue::Text(text)));
            };
            let shown = TextField::new(id, label, words(text), put)
                .hint(hint)
                .long(kind == FieldKind::Long)
                .view();
            if kind != FieldKind::Link {
                return shown;
            }
            let opened = follow(move || open_link(&text()).map(|link| el("p").class("field-link").with(link)));
            View::Many(vec![shown, opened])
        }
        FieldKind::Hash => {
            let hash = follow(move || match text() {
                hash if hash.is_empty() => View::from("None yet."),
                hash => el("code").class("hash").with(hash).view(),
            });
            let name = el("p").class("field-name").with(label);
            el("div")
                .class("field")
                .attr("id", id)
                .with(name)
                .with(el("p").with(hash))
                .view()
        }
        FieldKind::Date => {
            let date = move || sheet.get().date(field);
            let put = move |date: Option<_>| {
                form.set(field, date.map(FieldValue::Date));
            };
            framed_field(id.clone(), label, hint, date_control(id, date, put)).view()
        }
        FieldKind::Count { most } if most > SHORT_SCALE => {
            let count = move || sheet.get().count(field);
            let put = move |count: Option<u32>| {
                form.set(field, count.map(FieldValue::Count));
            };
            framed_field(id.clone(), label, hint, number_control(id, most, count, put)).view()
        }
        FieldKind::Count { most } => {
            let scale = (1..=most).map(|it| (it.to_string(), it.to_string()));
            let value = move || sheet.get().count(field).map(|it| it.to_string()).unwrap_or_default();
            select(form, spec, scale.collect(), value, |text| {
                text.parse().ok().map(FieldValue::Count)
            })
        }
        FieldKind::Choice(choices) => {
            let choices = choices.iter().map(|it| (it.as_str().to_owned(), it.title().to_owned()));
            let value = move || sheet.get().choice(field).map_or("", Choice::as_str).to_owned();
            select(form, spec, choices.collect(), value, |text| {
                Choice::parse(text).map(FieldValue::Choice)
            })
        }
        FieldKind::Artefact => {
            let artefacts = CATALOGUE.artefacts.iter();
            let artefacts = artefacts.map(|it| (it.id.to_owned(), it.title.to_owned()));
            select(form, spec, artefacts.collect(), text, |text| {
                Some(FieldValue::Text(text.to_owned()))
            })
        }
        FieldKind::Choices(choices) => {
            let boxes = choices.iter().map(|choice| {
                let choice = *choice;
                let chosen = move || sheet.get().choices(field).collect::<SortedSet<_>>();
                let put = move |is_in| {
                    let mut set = leptos::prelude::untrack(chosen);
                    set.set(choice, is_in);
                    form.set(field, Some(FieldValue::Choices(set)));
                };
                let is_in = flag(move || chosen().contains(&choice));
                check_choice(
                    "choice",
                    format!("{id}-{}", choice.as_str()),
                    "",
                    choice.title(),
                    is_in,
                    put,
                )
                .view()
            });
            ticks(form, spec, in_a_line(boxes.collect()))
        }
        FieldKind::Entries(register) => entries(form, spec, register),
        FieldKind::Practices | FieldKind::Requirements => picker(form, spec),
        FieldKind::Dates => date_chips(form, spec),
    }
}

/// A list to choose from that begins with nothing.
fn select(
    form: SheetForm,
    spec: FieldSpec,
    mut choices: Vec<(String, String)>,
    value: impl Fn() -> String + Send + Sync + 'static,
    read: fn(&str) -> Option<FieldValue>,
) -> View {
    choices.insert(0, (String::new(), "Not said".to_owned()));
    let id = field_id(form.key, spec.field);
    let put = move |text: String| {
        form.set(spec.field, read(&text));
    };
    framed_field(
        id.clone(),
        spec.label,
        spec.hint,
        select_control(id, choices, value, put),
    )
    .view()
}

/// Boxes to tick under a legend. The group can be given the focus, as an input can.
fn ticks(form: SheetForm, spec: FieldSpec, boxes: impl Into<View>) -> View {
    legend_and_hint(spec)
        .attr("id", field_id(form.key, spec.field))
        .attr("tabindex", "-1")
        .with(boxes)
        .view()
}

fn in_a_line(boxes: Vec<View>) -> Element {
    el("div").class("choices inline").all(boxes)
}

fn legend_and_hint(spec: FieldSpec) -> Element {
    let hint = (!spec.hint.is_empty()).then(|| el("p").class("hint").with(spec.hint));
    el("fieldset").with(el("legend").with(spec.label)).with(hint)
}

/// The entries of a register as boxes to tick.
fn entries(form: SheetForm, spec: FieldSpec, register: Register) -> View {
    let SheetForm { store, sheet, key } = form;
    let named = memo(move || {
        store.with(|assessment| {
            let entries = assessment.register(register);
            // Nothing is named by itself.
            let others = entries.filter(|(it, _)| *it != key);
            let named = others.filter_map(|(key, sheet)| {
                let id = key.entry_id()?;
                Some((id, wording::sheet_title(assessment, key, sheet)))
            });
            named.collect::<Vec<(EntryId, String)>>()
        })
    });
    follow(move || {
        let named = named.get();
        if named.is_empty() {
            let there = link(store.href(Page::Register(register, Query::default())), register.title());
            let none = el("p")
                .class("hint")
                .with("Nothing to choose from yet: ")
                .with(there)
                .with(" is empty.");
            return ticks(form, spec, none);
        }
        let boxes = named.into_iter().map(|(entry, name)| {
            let chosen = move || sheet.get().entries(spec.field).collect::<SortedSet<_>>();
            let put = move |is_in| {
                let mut set = leptos::prelude::untrack(chosen);
                set.set(entry, is_in);
                form.set(spec.field, Some(FieldValue::Entries(set)));
            };
            let is_in = flag(move || chosen().contains(&entry));
            let id = format!("{}-{entry}", field_id(key, spec.field));
            check_choice("choice", id, "", name, is_in, put).view()
        });
        ticks(form, spec, in_a_line(boxes.collect()))
    })
}
