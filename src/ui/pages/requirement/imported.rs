//! What was imported for a requirement: shown, taken over into the decision by a person's act, or removed.

use crate::analysis::{ColumnRole, role_of_heading};
use crate::domain::{Action, Decision, Imported, RequirementId, SortedSet, Words};
use crate::report::wording;
use crate::ui::components::{actions, button, list, notice, paragraph, section};
use crate::ui::follow::{act, follow};
use crate::ui::state::AssessmentStore;
use crate::ui::view::View;

/// What was imported for a requirement; nothing if nothing was.
pub fn imported_block(store: AssessmentStore, id: RequirementId, is_control: bool) -> View {
    follow(move || {
        let imported = store.with(|it| it.imported.get(&id).cloned());
        imported.map(|it| block(store, id, &it, is_control))
    })
}

fn block(store: AssessmentStore, id: RequirementId, imported: &Imported, is_control: bool) -> View {
    let mut parts = vec![paragraph(format!(
        "From {}. Applicable: {}. Status: {}. It answers and decides nothing by itself.",
        wording::imported_from(imported),
        wording::imported_applies(imported),
        wording::imported_status(imported)
    ))];
    if imported.needs_review() {
        let words = format!("Needs review: {}.", wording::imported_flags(imported));
        parts.push(notice("warn", words).view());
    }
    if !imported.texts.is_empty() {
        let texts = imported.texts.iter().map(|it| wording::imported_text(imported, it));
        parts.push(list(texts));
    }
    let mut buttons = Vec::new();
    let decision = decision_from(imported).filter(|_| is_control);
    match decision {
        Some(decision) if store.with(|it| it.decisions.get(&id) != Some(&decision)) => {
            let words = match decision {
                Decision::Included { .. } => "Take over into the decision: applicable",
                Decision::Excluded { .. } => "Take over into the decision: excluded",
            };
            let take = act(move |_| {
                store.dispatch(Action::SetDecision(id, Some(decision.clone())));
            });
            buttons.push(button("button", words).attr("id", "take-over").on("click", take).view());
        }
        None if is_control && imported.applies == Some(false) => {
            parts.push(paragraph(
                "The file gives no justification, so the exclusion is yours to write below.",
            ));
        }
        Some(_) | None => {}
    }
    let remove = act(move |_| {
        store.dispatch(Action::Import(vec![(id, None)]));
    });
    let remove = button("button quiet danger", "Remove what was imported").on("click", remove);
    buttons.push(remove.attr("id", "remove-imported").view());
    parts.push(actions(buttons));
    section("Imported", parts)
}

/// The decision that was imported. An exclusion needs its justification.
fn decision_from(imported: &Imported) -> Option<Decision> {
    if imported.applies? {
        return Some(Decision::Included {
            reasons: SortedSet::default(),
        });
    }
    let texts = imported.texts.iter();
    let reasons = texts.filter(|it| role_of_heading(&it.heading) == Some(ColumnRole::Justification));
    let reasons: Vec<&str> = reasons.map(|it| it.text.as_str()).collect();
    Some(Decision::Excluded {
        justification: Words::new(&reasons.join("\n"))?,
        approver: String::new(),
        review_on: None,
    })
}
