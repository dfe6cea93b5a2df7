//! Component tests in a browser: addresses, local storage as a sink, and fields of the running page.
//! `cargo xtask test` runs them by wasm-bindgen's runner.
#![cfg(all(target_arch = "wasm32", feature = "ui"))]
// Helpers of tests are not inside a test function, where these would be allowed.
#![allow(clippy::expect_used, clippy::panic)]

use std::cell::Cell;

use concord::domain::AssessmentId;
use concord::report::wording;
use concord::store::{Sink, SinkError};
use concord::ui::element::{Element as Made, el};
use concord::ui::platform::{self, BrowserSink};
use concord::ui::view::View;
use concord::ui::{Page, Route};
use leptos::prelude::{Get, RwSignal, Set};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{
    Document, Element, Event, HtmlElement, HtmlInputElement, MutationObserver, MutationObserverInit, Storage,
};

wasm_bindgen_test_configure!(run_in_browser);

fn document() -> Document {
    web_sys::window().expect("a window").document().expect("a document")
}

fn storage() -> Storage {
    web_sys::window()
        .expect("a window")
        .local_storage()
        .expect("no error")
        .expect("a storage")
}

/// The one page that all tests share: the app listens for as long as the page lives.
fn app() {
    thread_local!(static IS_STARTED: Cell<bool> = const { Cell::new(false) });
    if !IS_STARTED.replace(true) {
        concord::ui::start();
    }
}

async fn pause(milliseconds: i32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let window = web_sys::window().expect("a window");
        window
            .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds)
            .expect("a timer");
    });
    JsFuture::from(promise).await.expect("the timer runs");
}

/// Goes to a place and waits until it is shown.
async fn go(route: &str) {
    platform::set_hash(route);
    pause(50).await;
}

fn element(css: &str) -> Element {
    let found = document().query_selector(css).expect("a selector");
    found.unwrap_or_else(|| panic!("no {css} in {}", document().body().expect("a body").inner_text()))
}

fn text(css: &str) -> String {
    element(css)
        .dyn_into::<HtmlElement>()
        .expect("an element of HTML")
        .inner_text()
}

fn type_into(css: &str, text: &str) -> HtmlInputElement {
    let field: HtmlInputElement = element(css).dyn_into().expect("a field");
    field.focus().expect("the focus");
    field.set_value(text);
    let event = Event::new("input").expect("an event");
    field.dispatch_event(&event).expect("somebody listens");
    field
}

fn author() -> Option<String> {
    let text = storage().get_item("concord/preference/author").expect("no error")?;
    Some(text.trim_matches('"').to_owned())
}

fn assert_round_trip(hash: &str) {
    let route = Route::parse(hash);
    assert_ne!(route, Route::Unknown, "{hash}");
    assert_eq!(route.href(), format!("#{hash}"));
    assert_eq!(Route::parse(route.href().trim_start_matches('#')), route, "{hash}");
}

#[wasm_bindgen_test]
fn addresses_of_all_pages_are_read_and_written_alike() {
    for hash in [
        "/",
        "/gallery",
        "/help",
        "/help/method",
        "/help/glossary?term=because",
        "/a/abc234/tasks",
        "/a/abc234/scope",
        "/a/abc234/question/source.peer-review",
        "/a/abc234/topic/source",
        "/a/abc234/overview",
        "/a/abc234/requirements",
        "/a/abc234/requirements/soc2-2017",
        "/a/abc234/requirement/iso27017-2015/CLD.6.3.1",
        "/a/abc234/gaps",
        "/a/abc234/gaps?grade=Potential%20major&sort=effort",
        "/a/abc234/crosswalk?a=iso27001-2022/A.8.32&b=soc2-2017/CC8.1",
        "/a/abc234/export",
    ] {
        assert_round_trip(hash);
    }
}

#[wasm_bindgen_test]
fn addresses_that_lead_nowhere_are_known_as_such() {
    for hash in [
        "/b",
        "/a",
        "/a/",
        "/a/no-such-id/tasks",
        "/a/abc234/nothing",
        "/a/abc234/tasks/more",
        "/gallery/2",
    ] {
        assert_eq!(Route::parse(hash), Route::Unknown, "{hash}");
    }
    assert_eq!(Route::parse(""), Route::Start);
    let id = AssessmentId::parse("abc234").expect("an id");
    assert_eq!(Route::parse("/a/abc234"), Route::Assessment(id, Page::Tasks));
}

#[wasm_bindgen_test]
fn every_letter_survives_the_way_through_a_query() {
    for value in [
        "Łódź & Ελλάδα",
        "a=b&c?d#e%f",
        "100 %",
        "%zz",
        "%C5%81",
        "a+b",
        "漢字",
        "\u{1f600}",
    ] {
        let Route::Assessment(id, Page::Gaps(query)) = Route::parse("/a/abc234/gaps") else {
            panic!("the address names the gaps")
        };
        let route = Route::Assessment(id, Page::Gaps(query.with("topic", value)));
        let href = route.href();
        assert!(href.is_ascii() && !href.contains(' '), "{href}");
        // What the browser makes of it must be read alike.
        platform::set_hash(&href);
        assert_eq!(Route::parse(&platform::hash()), route);
        let Route::Assessment(_, Page::Gaps(query)) = Route::parse(href.trim_start_matches('#')) else {
            panic!("{href} names the gaps")
        };
        assert_eq!(query.get("topic"), value);
    }
    platform::set_hash("#/");
}

#[wasm_bindgen_test]
fn broken_encoding_in_an_address_does_no_harm() {
    for hash in [
        "/a/abc234/gaps?topic=%",
        "/a/abc234/gaps?topic=%4",
        "/a/abc234/gaps?topic=%C5",
        "/a/abc234/gaps?%%&&=&x",
    ] {
        let route = Route::parse(hash);
        assert!(matches!(route, Route::Assessment(_, Page::Gaps(_))), "{hash}");
        assert_eq!(Route::parse(route.href().trim_start_matches('#')), route, "{hash}");
    }
}

#[wasm_bindgen_test]
fn browser_storage_gives_back_what_it_took() {
    let sink = BrowserSink;
    let key = "sink/1/abc";
    for text in ["", "{\"a\":1}", "Łódź Ελλάδα 漢字 \u{1f600}", "line\nline\r\n\t\0"] {
        sink.write(key, Some(text)).expect("written");
        assert_eq!(sink.read(key), Ok(Some(text.to_owned())));
    }
    sink.write("sink/1/abd", Some("x")).expect("written");
    sink.write("sinks", Some("x")).expect("written");
    assert_eq!(
        sink.keys("sink/1/"),
        Ok(vec!["sink/1/abc".to_owned(), "sink/1/abd".to_owned()])
    );
    for key in ["sink/1/abc", "sink/1/abd", "sinks"] {
        sink.write(key, None).expect("removed");
        assert_eq!(sink.read(key), Ok(None));
    }
    sink.write("sink/never", None)
        .expect("removing what is not there is no fault");
    assert_eq!(sink.keys("sink"), Ok(Vec::new()));
}

#[wasm_bindgen_test]
fn full_browser_storage_refuses_and_keeps_the_old_text() {
    let sink = BrowserSink;
    sink.write("sink/old", Some("old")).expect("written");
    let huge = "x".repeat(6 * 1024 * 1024);
    assert_eq!(sink.write("sink/old", Some(&huge)), Err(SinkError::Full));
    assert_eq!(sink.read("sink/old"), Ok(Some("old".to_owned())));
    sink.write("sink/old", None).expect("removed");
}

#[wasm_bindgen_test]
fn random_words_fit_into_keys_and_differ() {
    let words: std::collections::BTreeSet<String> = (0..200).map(|_| platform::random_word()).collect();
    assert_eq!(words.len(), 200);
    assert!(
        words.iter().all(|word| AssessmentId::parse(word).is_some()),
        "{words:?}"
    );
}

#[wasm_bindgen_test]
fn today_is_the_day_that_the_browser_shows() {
    let date = js_sys::Date::new_0();
    let shown = date.to_locale_date_string("sv-SE", &JsValue::UNDEFINED);
    assert_eq!(platform::today().to_string(), String::from(shown));
    assert!((platform::now() - 1_700_000_000_000) > 0);
}

#[wasm_bindgen_test]
async fn text_commits_when_the_field_is_left() {
    app();
    go("#/").await;
    let field = type_into("#author", "Zofia left");
    assert_ne!(author().as_deref(), Some("Zofia left"), "kept while typing");
    field.blur().expect("the focus goes");
    assert_eq!(author().as_deref(), Some("Zofia left"));
}

#[wasm_bindgen_test]
async fn text_commits_after_a_while_of_quiet() {
    app();
    go("#/").await;
    type_into("#author", "Zofia");
    pause(250).await;
    type_into("#author", "Zofia waits");
    pause(250).await;
    // Half a second after the first letter, a quarter after the last: too early.
    assert!(!author().unwrap_or_default().starts_with("Zofia w"), "{:?}", author());
    assert_ne!(author().as_deref(), Some("Zofia"));
    pause(400).await;
    assert_eq!(author().as_deref(), Some("Zofia waits"));
    storage().remove_item("concord/preference/author").expect("removed");
}

#[wasm_bindgen_test]
async fn text_commits_when_the_page_is_hidden() {
    app();
    go("#/").await;
    type_into("#author", "Zofia hides");
    let event = Event::new("pagehide").expect("an event");
    web_sys::window()
        .expect("a window")
        .dispatch_event(&event)
        .expect("somebody listens");
    assert_eq!(author().as_deref(), Some("Zofia hides"));
    storage().remove_item("concord/preference/author").expect("removed");
}

#[wasm_bindgen_test]
async fn disclaimer_stands_below_every_page() {
    app();
    for route in ["#/", "#/help", "#/gallery", "#/nowhere"] {
        go(route).await;
        let foot = text("footer.app-foot");
        assert!(foot.contains(wording::DISCLAIMER), "{route}: {foot}");
        assert!(
            foot.contains("Nothing is sent anywhere unless you export it"),
            "{route}: {foot}"
        );
        assert_eq!(
            document()
                .query_selector_all("main#main h1")
                .expect("a selector")
                .length(),
            1,
            "{route}"
        );
    }
    go("#/").await;
}

/// A part of a page that is built anew at each step, in a place of its own, and what changes there.
struct Stage {
    place: HtmlElement,
    step: RwSignal<u32>,
    observer: MutationObserver,
    changes: js_sys::Array,
}

impl Stage {
    fn new(build: impl Fn(u32) -> View + Send + 'static) -> Self {
        app();
        let place: HtmlElement = document().create_element("div").expect("a place").unchecked_into();
        document().body().expect("a body").append_child(&place).expect("put");
        let step = RwSignal::new(0);
        let follows = move || View::Follows(Box::new(move || build(step.get())));
        leptos::mount::mount_to(place.clone(), follows).forget();
        let changes = js_sys::Array::new();
        let note = js_sys::Function::new_with_args("records", "this.push(...records)").bind0(&changes);
        let observer = MutationObserver::new(&note).expect("an observer");
        let all = MutationObserverInit::new();
        all.set_attributes(true);
        all.set_character_data(true);
        all.set_child_list(true);
        all.set_subtree(true);
        observer.observe_with_options(&place, &all).expect("observed");
        Self {
            place,
            step,
            observer,
            changes,
        }
    }

    fn first(&self) -> HtmlElement {
        self.place.first_element_child().expect("an element").unchecked_into()
    }

    fn html(&self) -> String {
        self.place.inner_html().replace("<!---->", "")
    }

    /// Goes to another step. Returns what changed: `childList`, or the name of an attribute.
    async fn go(&self, step: u32) -> Vec<String> {
        self.changes.set_length(0);
        self.step.set(step);
        pause(20).await;
        let records = self.changes.to_vec().into_iter();
        let text = |record: &JsValue, name: &str| js_sys::Reflect::get(record, &name.into()).ok()?.as_string();
        records
            .map(|record| {
                text(&record, "attributeName")
                    .or(text(&record, "type"))
                    .unwrap_or_default()
            })
            .collect()
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.observer.disconnect();
        self.place.remove();
    }
}

#[wasm_bindgen_test]
async fn element_of_another_tag_takes_the_place_of_the_first() {
    let stage = Stage::new(|step| {
        let tag = if step == 0 { "p" } else { "h2" };
        View::Many(vec!["before".into(), el(tag).with("words").view(), "after".into()])
    });
    assert_eq!(stage.html(), "before<p>words</p>after");
    assert_eq!(stage.go(1).await, ["childList", "childList"]);
    assert_eq!(stage.html(), "before<h2>words</h2>after");
}

#[wasm_bindgen_test]
async fn only_the_attribute_that_differs_is_touched() {
    let stage = Stage::new(|step| {
        let hidden = (step == 2).then(|| "until-found".to_owned());
        el("p")
            .class("hint")
            .attr("id", format!("step-{}", step.min(1)))
            .attr("hidden", hidden)
            .with("words")
            .view()
    });
    let node = stage.first();
    assert_eq!(stage.go(1).await, ["id"]);
    assert_eq!(stage.go(2).await, ["hidden"]);
    assert_eq!(
        stage.html(),
        r#"<p class="hint" id="step-1" hidden="until-found">words</p>"#
    );
    assert_eq!(stage.go(3).await, ["hidden"]);
    assert_eq!(stage.html(), r#"<p class="hint" id="step-1">words</p>"#);
    assert_eq!(stage.go(4).await, [""; 0]);
    assert!(node.is_same_node(Some(&stage.first())));
}

#[wasm_bindgen_test]
async fn element_with_other_names_of_attributes_is_a_new_node() {
    let stage = Stage::new(|step| {
        let name = if step == 0 { "id" } else { "title" };
        el("p").attr(name, "x").view()
    });
    assert_eq!(stage.go(1).await, ["childList", "childList"]);
    assert_eq!(stage.html(), r#"<p title="x"></p>"#);
}

#[wasm_bindgen_test]
async fn attribute_that_follows_a_signal_changes_alone_and_outlives_the_step() {
    app();
    let name = RwSignal::new("one");
    let stage = Stage::new(move |_| {
        let follows = Box::new(move || Some(name.get().into()));
        el("p").attr("title", follows as concord::ui::element::Follows).view()
    });
    name.set("two");
    assert_eq!(stage.go(1).await, ["title"]);
    name.set("three");
    assert_eq!(stage.go(1).await, ["title"]);
    assert_eq!(stage.html(), r#"<p title="three"></p>"#);
}

#[wasm_bindgen_test]
async fn property_that_the_user_changed_is_set_anew() {
    let stage = Stage::new(|_| el("input").attr("type", "checkbox").prop("checked", false).view());
    let field: HtmlInputElement = stage.first().unchecked_into();
    field.click();
    assert!(field.checked());
    assert_eq!(stage.go(1).await, [""; 0]);
    assert!(!field.checked());
}

#[wasm_bindgen_test]
async fn after_a_change_the_new_listener_hears_alone() {
    thread_local!(static HEARD: Cell<u32> = const { Cell::new(0) });
    let stage = Stage::new(|step| {
        let hear = Box::new(move |_| HEARD.set(HEARD.get() * 10 + step + 1));
        el("button").on("click", hear).with("Press").view()
    });
    let button = stage.first();
    button.click();
    assert_eq!(HEARD.get(), 1);
    assert_eq!(stage.go(1).await, [""; 0]);
    button.click();
    assert_eq!(HEARD.get(), 12);
}

#[wasm_bindgen_test]
async fn children_come_and_go_at_the_end_and_the_focus_stays() {
    let stage = Stage::new(|step| {
        let n = match step {
            0 => 2,
            1 => 3,
            _ => 1,
        };
        let children = (0..n).map(|n| el("button").with(format!("{n}")).view());
        el("div").all(children.collect()).view()
    });
    let first: HtmlElement = stage.first().first_element_child().expect("a child").unchecked_into();
    first.focus().expect("the focus");
    assert_eq!(stage.go(1).await, ["childList"]);
    assert_eq!(stage.html().matches("<button>").count(), 3);
    assert_eq!(stage.go(2).await, ["childList", "childList"]);
    assert_eq!(stage.html(), "<div><button>0</button></div>");
    assert!(
        document()
            .active_element()
            .is_some_and(|it| it.is_same_node(Some(&first)))
    );
}

#[wasm_bindgen_test]
async fn element_with_a_key_goes_without_touching_its_neighbours() {
    let stage = Stage::new(|step| {
        let note = |key: u32| -> Made { el("p").key(key).with(format!("{key}")) };
        let notes: Vec<View> = (1..4).filter(|key| *key != step).map(|key| note(key).view()).collect();
        el("div").with(notes).view()
    });
    let third = stage.first().last_element_child().expect("a child");
    assert_eq!(stage.go(2).await, ["childList"]);
    assert_eq!(stage.html(), "<div><p>1</p><p>3</p></div>");
    assert!(
        stage
            .first()
            .last_element_child()
            .is_some_and(|it| it.is_same_node(Some(&third)))
    );
}

#[wasm_bindgen_test]
async fn parts_change_their_kind_in_their_place() {
    let stage = Stage::new(|step| {
        let part: View = match step {
            0 => "text".into(),
            1 => View::Many(Vec::new()),
            2 => View::Many(vec!["a".into(), el("b").view()]),
            3 => View::Follows(Box::new(|| el("i").view())),
            _ => el("u").view(),
        };
        el("p").with("<").with(part).with(">").view()
    });
    for (step, inner) in [
        (1, ""),
        (2, "a<b></b>"),
        (3, "<i></i>"),
        (4, "<u></u>"),
        (0, "text"),
        (3, "<i></i>"),
        (1, ""),
    ] {
        stage.go(step).await;
        assert_eq!(stage.html(), format!("<p>&lt;{inner}&gt;</p>"), "step {step}");
    }
}

#[wasm_bindgen_test]
async fn page_of_another_kind_has_a_main_part_of_its_own() {
    app();
    go("#/").await;
    let main = element("#main");
    go("#/nowhere").await;
    assert!(!main.is_same_node(Some(&element("#main"))), "a reader says the new one");
    assert!(!main.is_connected());
    go("#/").await;
}
