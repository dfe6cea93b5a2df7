//! Fields for text, dates and numbers. Text commits when the field is left, after 400 ms of quiet, and when the page is
//! hidden (leaving the field is what the page does then).

use std::borrow::Cow;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::NaiveDate;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::{event_target_value, on_cleanup, set_timeout_with_handle, untrack};

use crate::catalogue::CATALOGUE;
use crate::domain::date_from_text;
use crate::ui::element::{Act, Element, Follows, el};
use crate::ui::follow::{act, flag, follow, maybe, words};
use crate::ui::view::View;

/// How long a text must be left alone before it is committed.
const QUIET: Duration = Duration::from_millis(400);

/// A field for text.
pub struct TextField {
    id: String,
    label: Cow<'static, str>,
    hint: &'static str,
    is_long: bool,
    error: Option<Follows>,
    names: Option<&'static str>,
    draft: Draft,
}

/// What is being typed, and what is kept.
struct Draft {
    text: Follows,
    commit: Box<dyn Fn(String) + Send + Sync>,
    typed: Mutex<Option<String>>,
    timer: Mutex<Option<TimeoutHandle>>,
}

fn put<T>(place: &Mutex<Option<T>>, value: Option<T>) -> Option<T> {
    let mut held = place.lock().ok()?;
    std::mem::replace(&mut *held, value)
}

impl Draft {
    fn stop_timer(&self) {
        if let Some(timer) = put(&self.timer, None) {
            timer.clear();
        }
    }

    fn commit(&self) {
        self.stop_timer();
        if let Some(typed) = put(&self.typed, None)
            && untrack(|| (self.text)()).unwrap_or_default() != typed
        {
            (self.commit)(typed);
        }
    }

    fn type_in(self: &Arc<Self>, typed: String) {
        put(&self.typed, Some(typed));
        self.stop_timer();
        let draft = Arc::clone(self);
        put(&self.timer, set_timeout_with_handle(move || draft.commit(), QUIET).ok());
    }
}

impl TextField {
    /// A field with an id, a label, the text as it is kept, and what committing a text does.
    pub fn new(
        id: impl Into<String>,
        label: impl Into<Cow<'static, str>>,
        text: Follows,
        commit: impl Fn(String) + Send + Sync + 'static,
    ) -> Self {
        Self {
            id: id.into(),
            label: label.into(),
            hint: "",
            is_long: false,
            error: None,
            names: None,
            draft: Draft {
                text,
                commit: Box::new(commit),
                typed: Mutex::new(None),
                timer: Mutex::new(None),
            },
        }
    }

    /// A sentence below the label; blank for none.
    pub fn hint(mut self, hint: &'static str) -> Self {
        self.hint = hint;
        self
    }

    /// Whether the text has several lines.
    pub fn long(mut self, is_long: bool) -> Self {
        self.is_long = is_long;
        self
    }

    /// What is wrong with it; blank for nothing.
    pub fn error(mut self, error: Follows) -> Self {
        self.error = Some(error);
        self
    }

    /// The id of a list of names that are offered while one types.
    pub fn offering(mut self, names: Option<&'static str>) -> Self {
        self.names = names;
        self
    }

    /// The field on the page.
    pub fn view(self) -> View {
        let Self {
            id,
            label,
            hint,
            is_long,
            error,
            names,
            draft,
        } = self;
        let draft = Arc::new(draft);
        let leaving = Arc::clone(&draft);
        on_cleanup(move || leaving.commit());
        let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
        let error = error.map_or_else(
            || Arc::new(String::new) as Arc<dyn Fn() -> String + Send + Sync>,
            |error| Arc::new(move || error().unwrap_or_default().into_owned()),
        );
        let control = if is_long {
            el("textarea").attr("rows", "3")
        } else {
            let input = el("input").attr("type", "text").attr("autocomplete", "off");
            match names {
                Some(names) => input.attr("list", names),
                None => input,
            }
        };
        let control = control
            .class("input")
            .attr("id", id.clone())
            .attr("aria-describedby", {
                let (hint_id, error_id, error) = (hint_id.clone(), error_id.clone(), Arc::clone(&error));
                maybe(move || {
                    let ids = [
                        (!hint.is_empty()).then_some(hint_id.as_str()),
                        (!error().is_empty()).then_some(error_id.as_str()),
                    ];
                    let ids: Vec<&str> = ids.into_iter().flatten().collect();
                    (!ids.is_empty()).then(|| ids.join(" "))
                })
            })
            .attr("aria-invalid", {
                let error = Arc::clone(&error);
                maybe(move || (!error().is_empty()).then_some("true"))
            })
            .prop("value", {
                let draft = Arc::clone(&draft);
                maybe(move || (draft.text)())
            })
            .on("input", {
                let draft = Arc::clone(&draft);
                act(move |event| draft.type_in(event_target_value(&event)))
            })
            .on("blur", act(move |_| draft.commit()));
        let mut field = labelled(id, label);
        if !hint.is_empty() {
            field = field.with(el("p").class("hint").attr("id", hint_id).with(hint));
        }
        let is_hidden = {
            let error = Arc::clone(&error);
            flag(move || error().is_empty())
        };
        let problem = el("p")
            .class("field-error")
            .attr("id", error_id)
            .attr("hidden", is_hidden)
            .with(follow(move || error()));
        field.with(control).with(problem).view()
    }
}

impl From<TextField> for View {
    fn from(field: TextField) -> Self {
        field.view()
    }
}

fn labelled(id: impl Into<Cow<'static, str>>, label: impl Into<Cow<'static, str>>) -> Element {
    let label = el("label").attr("for", id.into()).with(label.into());
    el("div").class("field").with(label)
}

/// A control under its label, with a sentence between them; a blank one is left out. The id is the control's own.
pub fn framed_field(id: String, label: impl Into<Cow<'static, str>>, hint: &'static str, control: Element) -> Element {
    if hint.is_empty() {
        return labelled(id, label).with(control);
    }
    let hint_id = format!("{id}-hint");
    let control = control.attr("aria-describedby", hint_id.clone());
    labelled(id, label)
        .with(el("p").class("hint").attr("id", hint_id).with(hint))
        .with(control)
}

fn short(id: String, kind: &'static str, text: Follows, commit: Act) -> Element {
    el("input")
        .class("input input-short")
        .attr("type", kind)
        .attr("id", id)
        .prop("value", text)
        .on("change", commit)
}

/// The control for a date: the date as it is kept, and what choosing one, or clearing it, does.
pub fn date_control(
    id: String,
    date: impl Fn() -> Option<NaiveDate> + Send + Sync + 'static,
    commit: impl Fn(Option<NaiveDate>) + Send + 'static,
) -> Element {
    let text = maybe(move || date().map(|date| date.to_string()));
    let commit = act(move |event| commit(date_from_text(&event_target_value(&event))));
    short(id, "date", text, commit)
}

/// A field for a date.
pub fn date_field(
    id: String,
    label: &'static str,
    date: impl Fn() -> Option<NaiveDate> + Send + Sync + 'static,
    commit: impl Fn(Option<NaiveDate>) + Send + 'static,
) -> Element {
    labelled(id.clone(), label).with(date_control(id, date, commit))
}

/// The control for a number up to a most: the number as it is kept, and what entering one, or clearing it, does.
pub fn number_control(
    id: String,
    most: u32,
    number: impl Fn() -> Option<u32> + Send + Sync + 'static,
    commit: impl Fn(Option<u32>) + Send + 'static,
) -> Element {
    let text = maybe(move || number().map(|number| number.to_string()));
    let commit = act(move |event| commit(event_target_value(&event).trim().parse().ok()));
    short(id, "number", text, commit)
        .attr("min", "0")
        .attr("max", most.to_string())
        .attr("inputmode", "numeric")
}

/// A field for a number.
pub fn number_field(
    id: String,
    label: &'static str,
    number: impl Fn() -> Option<u32> + Send + Sync + 'static,
    commit: impl Fn(Option<u32>) + Send + 'static,
) -> Element {
    labelled(id.clone(), label).with(number_control(id, 4_000_000, number, commit))
}

/// The choices of a filter by framework, after all of them.
pub fn framework_choices() -> Vec<(String, String)> {
    let all = (String::new(), "All frameworks".to_owned());
    let frameworks = CATALOGUE.frameworks.iter();
    let frameworks = frameworks.map(|it| (it.id.to_string(), it.full_title()));
    std::iter::once(all).chain(frameworks).collect()
}

/// A field to choose one of some values: the value and the words of each, the one that is chosen, and what choosing one
/// does.
pub fn select_field(
    id: impl Into<Cow<'static, str>>,
    label: impl Into<Cow<'static, str>>,
    choices: Vec<(String, String)>,
    value: impl Fn() -> String + Send + Sync + 'static,
    choose: impl Fn(String) + Send + 'static,
) -> Element {
    let id = id.into();
    labelled(id.clone(), label).with(select_control(id, choices, value, choose))
}

/// The control of such a field.
pub fn select_control(
    id: impl Into<Cow<'static, str>>,
    choices: Vec<(String, String)>,
    value: impl Fn() -> String + Send + Sync + 'static,
    choose: impl Fn(String) + Send + 'static,
) -> Element {
    let choose = act(move |event| choose(event_target_value(&event)));
    select(id.into(), choices, Arc::new(value), choose)
}

fn select(
    id: Cow<'static, str>,
    choices: Vec<(String, String)>,
    value: Arc<dyn Fn() -> String + Send + Sync>,
    choose: Act,
) -> Element {
    let mut field = el("select").class("input").attr("id", id).on("change", choose);
    for (choice, words) in choices {
        let (value, its_own) = (Arc::clone(&value), choice.clone());
        let option = el("option")
            .attr("value", choice)
            .prop("selected", flag(move || value() == its_own));
        field = field.with(option.with(words));
    }
    field
}

/// Words that stay as they are, where words that follow something could be.
pub fn fixed(text: impl Into<Cow<'static, str>>) -> Follows {
    let text = text.into();
    words(move || text.clone())
}
