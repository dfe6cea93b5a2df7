//! Local storage as a sink for records, and the preferences of this browser.
//!
//! gloo's typed calls drop text that they can't decode and panic where storage is blocked, so a record goes through the
//! raw storage as text, after a probe; the preferences go through gloo.

use gloo_storage::{LocalStorage, Storage as _};
use js_sys::Reflect;
use wasm_bindgen_futures::JsFuture;
use web_sys::Storage;

use crate::store::{Sink, SinkError};

const AUTHOR: &str = "concord/preference/author";
const TOUR: &str = "concord/preference/tour";

/// Local storage. Each call looks it up anew: a browser may block it at any time.
#[derive(Clone, Copy, Debug, Default)]
pub struct BrowserSink;

impl BrowserSink {
    fn storage() -> Result<Storage, SinkError> {
        web_sys::window()
            .and_then(|window| window.local_storage().ok().flatten())
            .ok_or(SinkError::Blocked)
    }
}

impl Sink for BrowserSink {
    fn keys(&self, prefix: &str) -> Result<Vec<String>, SinkError> {
        let storage = Self::storage()?;
        let length = storage.length().map_err(|_| SinkError::Blocked)?;
        let keys = (0..length).filter_map(|index| storage.key(index).ok().flatten());
        let mut sorted: Vec<String> = Vec::new();
        for key in keys.filter(|key| key.starts_with(prefix)) {
            let place = sorted.partition_point(|it| *it < key);
            sorted.insert(place, key);
        }
        Ok(sorted)
    }

    fn read(&self, key: &str) -> Result<Option<String>, SinkError> {
        Self::storage()?.get_item(key).map_err(|_| SinkError::Blocked)
    }

    fn write(&self, key: &str, text: Option<&str>) -> Result<(), SinkError> {
        let storage = Self::storage()?;
        match text {
            // The one thing that makes a write fail where storage is there is that it is full.
            Some(text) => storage.set_item(key, text).map_err(|_| SinkError::Full),
            None => storage.remove_item(key).map_err(|_| SinkError::Blocked),
        }
    }
}

/// The name of the person who answers in this browser, as set; blank if nobody has.
#[must_use]
pub fn author() -> String {
    preference(AUTHOR)
}

/// The id of the assessment on which the tour was taken or declined last; blank if nobody was asked yet.
#[must_use]
pub fn tour() -> String {
    preference(TOUR)
}

/// Remembers on which assessment the tour was taken or declined. Returns whether it was kept.
pub fn set_tour(assessment: &str) -> bool {
    set_preference(TOUR, assessment)
}

fn preference(key: &str) -> String {
    if BrowserSink::storage().is_err() {
        return String::new();
    }
    LocalStorage::get(key).unwrap_or_default()
}

fn set_preference(key: &str, text: &str) -> bool {
    BrowserSink::storage().is_ok() && LocalStorage::set(key, text).is_ok()
}

/// Sets the name of the person who answers in this browser. Returns whether it was kept.
pub fn set_author(name: &str) -> bool {
    set_preference(AUTHOR, name)
}

/// Asks the browser to keep what this page stores even when room runs short. Returns what it said; none where it can't be
/// asked.
pub async fn ask_to_keep() -> Option<bool> {
    let navigator = web_sys::window()?.navigator();
    // Absent in older browsers and on pages without a secure connection.
    let storage = Reflect::get(&navigator, &"storage".into()).ok()?;
    if storage.is_undefined() {
        return None;
    }
    let asked = navigator.storage().persist().ok()?;
    JsFuture::from(asked).await.ok()?.as_bool()
}
