//! The page itself: its address, title and focus, the clock, randomness, and what the browser tells it.

use std::time::Duration;

use chrono::NaiveDate;
use leptos::prelude::set_timeout;
use wasm_bindgen::prelude::*;
use web_sys::{CustomEvent, Document, Event, HtmlElement, KeyboardEvent, StorageEvent, Window};

use crate::domain::EntryId;

fn window() -> Option<Window> {
    web_sys::window()
}

fn document() -> Option<Document> {
    window().and_then(|window| window.document())
}

/// Milliseconds since 1970 in UTC.
#[must_use]
pub fn now() -> i64 {
    // The clock gives whole milliseconds, far inside what an i64 holds.
    #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds fit")]
    let milliseconds = js_sys::Date::now() as i64;
    milliseconds
}

/// Today where the user is.
#[must_use]
pub fn today() -> NaiveDate {
    let date = js_sys::Date::new_0();
    let year = i32::try_from(date.get_full_year()).unwrap_or_default();
    NaiveDate::from_ymd_opt(year, date.get_month() + 1, date.get_date()).unwrap_or_default()
}

/// Fills with random bytes.
fn fill_randomly(bytes: &mut [u8]) {
    let filled = window()
        .and_then(|window| window.crypto().ok())
        .is_some_and(|crypto| crypto.get_random_values_with_u8_array(bytes).is_ok());
    if !filled {
        // Without a source of randomness the clock is the best there is; the word only has to differ from its neighbours.
        let mut clock = now().unsigned_abs();
        for byte in bytes {
            *byte = (clock % 256) as u8;
            clock /= 32;
        }
    }
}

/// A random word of ten letters and digits: 50 bits, enough for the assessments and tabs of one browser.
#[must_use]
pub fn random_word() -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut bytes = [0_u8; 10];
    fill_randomly(&mut bytes);
    bytes
        .iter()
        .filter_map(|byte| LETTERS.get(usize::from(byte % 32)))
        .map(|letter| char::from(*letter))
        .collect()
}

/// A random id for something that a person enters in a register: 40 bits.
#[must_use]
pub fn random_entry_id() -> EntryId {
    let mut bytes = [0_u8; 8];
    fill_randomly(&mut bytes);
    EntryId::from_random(u64::from_le_bytes(bytes))
}

/// The part of the address after `#`.
#[must_use]
pub fn hash() -> String {
    let hash = window()
        .and_then(|window| window.location().hash().ok())
        .unwrap_or_default();
    hash.strip_prefix('#').unwrap_or(&hash).to_owned()
}

/// Goes to another place of the app.
pub fn set_hash(hash: &str) {
    if let Some(window) = window() {
        log_failure(window.location().set_hash(hash));
    }
}

/// Loads the page anew.
pub fn reload() {
    if let Some(window) = window() {
        log_failure(window.location().reload());
    }
}

/// Sets the title of the page.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Puts the focus on the main part and scrolls to the top: what a new page does. In this order, because the focus on a
/// part that is taller than the window scrolls what stands above it out of sight.
pub fn focus_main() {
    focus("main");
    if let Some(window) = window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Puts the focus on the element with an id.
pub fn focus(id: &str) {
    let element = document().and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        log_failure(element.focus());
    }
}

/// The same once the page has become what it is about to become.
pub fn focus_soon(id: impl Into<String>) {
    let id = id.into();
    set_timeout(move || focus(&id), Duration::ZERO);
}

/// Takes the focus off what has it, so that text being typed is committed.
pub fn blur_active() {
    let active = document().and_then(|document| document.active_element());
    if let Some(element) = active.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        log_failure(element.blur());
    }
}

/// Calls back when the part of the address after `#` changes. For as long as the page lives.
pub fn on_hash_change(callback: impl Fn() + 'static) {
    listen("hashchange", move |_: Event| callback());
}

/// Calls back when the page is hidden or left. For as long as the page lives.
pub fn on_page_hide(callback: impl Fn() + 'static) {
    listen("pagehide", move |_: Event| callback());
}

/// Has the browser ask before the page is left while something is not safe.
pub fn ask_before_leaving(is_unsafe: impl Fn() -> bool + 'static) {
    listen("beforeunload", move |event: Event| {
        if is_unsafe() {
            event.prevent_default();
        }
    });
}

/// Calls back with key and text when another tab changes the storage. For as long as the page lives.
pub fn on_storage_change(callback: impl Fn(&str, Option<&str>) + 'static) {
    listen("storage", move |event: StorageEvent| {
        if let Some(key) = event.key() {
            callback(&key, event.new_value().as_deref());
        }
    });
}

/// Calls back on Ctrl+Z (or Command+Z), unless a text is being edited: there the browser's own undo works.
pub fn on_shortcut(undo: impl Fn() + 'static) {
    listen("keydown", move |event: KeyboardEvent| {
        let is_undo = (event.ctrl_key() || event.meta_key()) && !event.shift_key() && event.key() == "z";
        if is_undo && !is_editing_text() {
            event.prevent_default();
            undo();
        }
    });
}

fn is_editing_text() -> bool {
    let active = document().and_then(|document| document.active_element());
    active.is_some_and(|element| {
        let kind = element.get_attribute("type").unwrap_or_default();
        let is_box = matches!(kind.as_str(), "radio" | "checkbox" | "file");
        matches!(element.tag_name().as_str(), "TEXTAREA" | "INPUT") && !is_box
    })
}

/// Takes the loading shell away.
pub fn clear_body() {
    if let Some(shell) = document().and_then(|document| document.get_element_by_id("shell")) {
        shell.remove();
    }
}

/// Shows the lifeboat when the program panics. The lifeboat is plain script and needs nothing of this program.
pub fn catch_panics() {
    std::panic::set_hook(Box::new(|panic| {
        console_error_panic_hook::hook(panic);
        dispatch("concord-panic");
    }));
}

/// Tells the lifeboat that the program has started.
pub fn say_started() {
    dispatch("concord-started");
}

fn dispatch(name: &str) {
    if let (Some(window), Ok(event)) = (window(), CustomEvent::new(name)) {
        log_failure(window.dispatch_event(&event));
    }
}

fn listen<E: JsCast + 'static>(name: &str, callback: impl Fn(E) + 'static) {
    let closure = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        if let Ok(event) = event.dyn_into::<E>() {
            callback(event);
        }
    });
    if let Some(window) = window() {
        log_failure(window.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref()));
    }
    // The listener lives as long as the page.
    closure.forget();
}

/// A browser call that fails here has no next step for the user; the console says so.
fn log_failure<T>(result: Result<T, JsValue>) {
    if let Err(error) = result {
        web_sys::console::error_1(&error);
    }
}
