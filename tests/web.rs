//! Component tests in a browser: addresses, local storage as a sink, and fields of the running page.
//! `cargo xtask test` runs them by wasm-bindgen's runner.
#![cfg(all(target_arch = "wasm32", feature = "ui"))]
// Helpers of tests are not inside a test function, where these would be allowed.
#![allow(clippy::expect_used, clippy::panic)]

use std::cell::Cell;

use concord::domain::AssessmentId;
use concord::report::wording;
use concord::store::{Sink, SinkError};
use concord::ui::platform::{self, BrowserSink};
use concord::ui::{Page, Route};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Document, Element, Event, HtmlElement, HtmlInputElement, Storage};

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
    for route in ["#/", "#/gallery", "#/nowhere"] {
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
