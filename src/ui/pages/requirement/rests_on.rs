//! The practices that a requirement rests on: needed ones first, then those that help, which a recorded decision may raise
//! to needed.

use leptos::prelude::Get;

use super::standing_tag;
use crate::catalogue::CATALOGUE;
use crate::domain::{Practice, Register, Requirement, SheetKey, Subject, Tie, TieKind};
use crate::report::wording;
use crate::ui::components::{
    OpenRow, SheetForm, Tone, actions, button, folded, link, list, paragraph, row, row_head, section, sheet_fields,
    table, table_body, tag, term_link,
};
use crate::ui::element::el;
use crate::ui::follow::{act, follow};
use crate::ui::route::Page;
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// What the requirement rests on. The rows stay; what they say follows the answers.
pub(super) fn rests_on(store: AssessmentStore, requirement: &'static Requirement, position: usize) -> View {
    let open = OpenRow::new();
    let tied = |kind: TieKind| {
        let mut ties: Vec<(&'static Practice, &'static Tie)> = Vec::new();
        for practice in CATALOGUE.practices {
            let of_it = practice
                .ties
                .iter()
                .filter(|it| usize::from(it.requirement) == position && it.kind == kind);
            ties.extend(of_it.map(|tie| (practice, tie)));
        }
        ties
    };
    let heads = ["Practice", "Part of the requirement", "Standing"];
    let needed = tied(TieKind::Needed).into_iter();
    let needed = needed.map(|(practice, tie)| {
        row(
            link(store.href(Page::question(practice.id)), practice.title()),
            vec![part(practice, tie).into(), standing(store, practice)],
        )
    });
    let needed = table(
        "data-table",
        "Needed: the requirement is not credible without these or an equivalent".to_owned(),
        &heads,
        vec![table_body(needed.collect())],
    );
    let helps = tied(TieKind::Helps);
    let n_helps = helps.len();
    let rows = helps
        .into_iter()
        .map(|(practice, tie)| helping(store, open, requirement, practice, tie));
    let heads = ["Practice", "Part of the requirement", "Standing", "Raise to needed"];
    let helps = (n_helps > 0).then(|| {
        let shown = table(
            "data-table rows-table",
            "Good practice that supports the requirement".to_owned(),
            &heads,
            vec![table_body(rows.collect())],
        );
        folded(format!("Helps: {}", wording::practices(n_helps)), shown).class("section-folded")
    });
    let raised = follow(move || raised(store, position));
    section(
        "Rests on",
        vec![paragraph(term_link("tie")), needed, raised, helps.into()],
    )
}

fn part(practice: &'static Practice, tie: &Tie) -> String {
    let role = tie.role.map(|role| format!(" ({})", role.as_str())).unwrap_or_default();
    let documented = if tie.documented {
        " · documented information"
    } else {
        ""
    };
    format!("{}{role}{documented}", practice.part(tie))
}

fn standing(store: AssessmentStore, practice: &'static Practice) -> View {
    follow(move || standing_tag(store, &store.analysis.get(), practice))
}

/// The ties that were raised, each with who decided, when and why.
fn raised(store: AssessmentStore, position: usize) -> View {
    let lines: Vec<String> = store.with(|assessment| {
        let raised = assessment.raised(&CATALOGUE).filter(|(_, to)| *to == position);
        raised
            .filter_map(|(practice, to)| {
                let (practice, requirement) = CATALOGUE.practices.get(practice).zip(CATALOGUE.requirements.get(to))?;
                let sheet = assessment.sheet(key_of(practice, requirement));
                Some(wording::raised_tie(practice, &sheet))
            })
            .collect()
    });
    (!lines.is_empty())
        .then(|| {
            let head = el("p")
                .class("field-name")
                .with("Raised to needed by your own decision");
            View::Many(vec![head.view(), list(lines.into_iter())])
        })
        .into()
}

fn key_of(practice: &Practice, requirement: &Requirement) -> SheetKey {
    SheetKey {
        register: Register::Raised,
        subject: Subject::Tie(practice.id, requirement.id),
    }
}

/// A practice that helps, with the decision to raise it below.
fn helping(
    store: AssessmentStore,
    open: OpenRow,
    requirement: &'static Requirement,
    practice: &'static Practice,
    tie: &Tie,
) -> View {
    let form = SheetForm::new(store, key_of(practice, requirement));
    let state = follow(move || {
        let sheet = form.sheet.get();
        let said = if sheet.is_signed() {
            "Raised to needed"
        } else {
            "Not counted yet"
        };
        (!sheet.is_empty()).then(|| tag(Tone::Plain, said))
    });
    let edit = open.button_saying("Decide", form.key, format!("whether to raise {}", practice.title()));
    let shown = el("tr")
        .with(row_head(link(
            store.href(Page::question(practice.id)),
            practice.title(),
        )))
        .with(el("td").with(part(practice, tie)))
        .with(el("td").with(standing(store, practice)))
        .with(el("td").with(state).with(" ").with(edit));
    let below = open.below(form.key, "4", move || {
        let hint = "Where a risk treatment or a promise asks for it, you may count this practice as needed for the \
                    requirement: it then enters the status, the gates and what is left to do. It counts once all three are \
                    filled in.";
        let take_back = follow(move || {
            let take_back = act(move |_| {
                store.delete_sheet(form.key, &format!("decision to raise {}", practice.title()));
            });
            let take_back = button("button quiet small", "Take it back").on("click", take_back);
            (!form.sheet.get().is_empty()).then(|| actions(vec![take_back.view()]))
        });
        vec![
            el("p").class("hint").with(hint).view(),
            el("div")
                .class("form-grid")
                .all(sheet_fields(form, form.key.register.fields()))
                .view(),
            take_back,
        ]
    });
    View::Many(vec![shown.view(), below])
}
