//! What a new assessment begins from: nothing, a template that comes with the program, or the scope of another.

use leptos::prelude::SetValue;
use leptos::prelude::{Get, RwSignal, Set, StoredValue, With};

use crate::catalogue::CATALOGUE;
use crate::domain::{Assessment, TEMPLATES, template_of};
use crate::report::wording;
use crate::store::Listing;
use crate::ui::components::select_field;
use crate::ui::element::el;
use crate::ui::follow::{follow, memo};
use crate::ui::pages::start::{Kept, Listed, blank, name_of};
use crate::ui::view::View;

/// The choice, and what is in what was chosen.
pub fn begin_from(listed: Listed, start: StoredValue<Assessment>) -> View {
    let chosen = RwSignal::new(String::new());
    let choices = memo(move || listed.with(|it| choices_of(listings_of(it))));
    let choose = move |choice: String| {
        let begun = listed.with(|it| begun_from(listings_of(it), &choice));
        start.set_value(begun.map_or_else(blank, |(_, assessment)| assessment));
        chosen.set(choice);
    };
    let field = follow(move || select_field("begin-from", "Begin from", choices.get(), move || chosen.get(), choose));
    let about = follow(move || {
        let begun = listed.with(|it| begun_from(listings_of(it), &chosen.get()));
        let (fits, assessment) = begun.unwrap_or_else(|| (String::new(), blank()));
        format!("{fits} {}.", wording::scope_in_short(&CATALOGUE, &assessment))
            .trim_start()
            .to_owned()
    });
    let about = el("output").class("hint").attr("for", "begin-from").with(about);
    View::Many(vec![field, about.view()])
}

/// The assessments that are kept; none where storage is out of reach.
fn listings_of(listed: &Result<Kept, String>) -> &[Listing] {
    listed.as_ref().map_or(&[], |kept| &kept.survey.listings)
}

fn is_offered(listing: &&Listing) -> bool {
    listing.deleted_at.is_none() && !listing.is_newer
}

fn choices_of(listings: &[Listing]) -> Vec<(String, String)> {
    let mut choices = vec![(String::new(), "Nothing".to_owned())];
    choices.extend(
        TEMPLATES
            .iter()
            .map(|it| (it.id.to_owned(), format!("Template: {}", it.title))),
    );
    let listings = listings.iter().filter(is_offered);
    choices.extend(listings.map(|it| (it.id.to_string(), format!("Scope of {}", name_of(it)))));
    choices
}

/// What a choice stands for: a sentence on it, and the assessment to begin from.
fn begun_from(listings: &[Listing], choice: &str) -> Option<(String, Assessment)> {
    if let Some(template) = TEMPLATES.iter().find(|it| it.id == choice) {
        return Some((template.fits.to_owned(), template.assessment()));
    }
    let listing = listings.iter().filter(is_offered).find(|it| it.id.as_str() == choice)?;
    let words = "Frameworks, categories, facts and risk criteria; nothing that names the client.";
    Some((words.to_owned(), template_of(&listing.outline)))
}
