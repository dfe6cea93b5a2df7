//! What a new assessment begins from: nothing, a template that comes with the program, or the scope of another.

use leptos::prelude::SetValue;
use leptos::prelude::{Get, RwSignal, Set, StoredValue, With};

use crate::catalogue::CATALOGUE;
use crate::domain::{Assessment, TEMPLATES, template_of};
use crate::report::wording;
use crate::store::{Listing, Survey};
use crate::ui::components::select_field;
use crate::ui::element::el;
use crate::ui::follow::{follow, memo};
use crate::ui::pages::start::{Listed, blank, name_of};
use crate::ui::view::View;

/// The choice, and what is in what was chosen.
pub fn begin_from(listed: Listed, start: StoredValue<Assessment>) -> View {
    let chosen = RwSignal::new(String::new());
    let choices =
        memo(move || listed.with(|it| it.as_ref().map_or_else(|_| choices_of(&Survey::default()), choices_of)));
    let choose = move |choice: String| {
        let begun = listed.with(|it| it.as_ref().ok().and_then(|survey| begun_from(survey, &choice)));
        start.set_value(begun.map_or_else(blank, |(_, assessment)| assessment));
        chosen.set(choice);
    };
    let field = follow(move || select_field("begin-from", "Begin from", choices.get(), move || chosen.get(), choose));
    let about = follow(move || {
        let begun = listed.with(|it| it.as_ref().ok().and_then(|survey| begun_from(survey, &chosen.get())));
        let (fits, assessment) = begun.unwrap_or_else(|| (String::new(), blank()));
        format!("{fits} {}.", wording::scope_in_short(&CATALOGUE, &assessment))
            .trim_start()
            .to_owned()
    });
    let about = el("output").class("hint").attr("for", "begin-from").with(about);
    View::Many(vec![field, about.view()])
}

fn is_offered(listing: &&Listing) -> bool {
    listing.deleted_at.is_none() && !listing.is_newer
}

fn choices_of(survey: &Survey) -> Vec<(String, String)> {
    let mut choices = vec![(String::new(), "Nothing".to_owned())];
    choices.extend(
        TEMPLATES
            .iter()
            .map(|it| (it.id.to_owned(), format!("Template: {}", it.title))),
    );
    let listings = survey.listings.iter().filter(is_offered);
    choices.extend(listings.map(|it| (it.id.to_string(), format!("Scope of {}", name_of(it)))));
    choices
}

/// What a choice stands for: a sentence on it, and the assessment to begin from.
fn begun_from(survey: &Survey, choice: &str) -> Option<(String, Assessment)> {
    if let Some(template) = TEMPLATES.iter().find(|it| it.id == choice) {
        return Some((template.fits.to_owned(), template.assessment()));
    }
    let listing = survey
        .listings
        .iter()
        .filter(is_offered)
        .find(|it| it.id.as_str() == choice)?;
    let words = "Frameworks, categories, facts and risk criteria; nothing that names the client.";
    Some((words.to_owned(), template_of(&listing.outline)))
}
