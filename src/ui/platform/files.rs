//! Files: picked by the user, handed to the user, and the sample that comes with the page.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, Event, File, HtmlAnchorElement, HtmlInputElement, Response, Url};

/// A file that the user picked. Its size is known before anything is read.
#[derive(Clone, Debug)]
pub struct PickedFile(File);

impl PickedFile {
    /// The name of the file.
    #[must_use]
    pub fn name(&self) -> String {
        self.0.name()
    }

    /// Its size in bytes.
    #[must_use]
    pub fn size(&self) -> usize {
        // Sizes are whole numbers; one that is out of range counts as the largest.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
        let size = self.0.size() as usize;
        size
    }

    /// The file as the browser knows it, to hand to a worker.
    pub(super) const fn handle(&self) -> &File {
        &self.0
    }

    /// Its content.
    ///
    /// # Errors
    /// If the browser can't read it.
    pub async fn read(&self) -> Result<Vec<u8>, String> {
        let buffer = JsFuture::from(self.0.array_buffer())
            .await
            .map_err(|error| message(&error))?;
        Ok(Uint8Array::new(&buffer).to_vec())
    }
}

/// The file picked in the file field of an event. The field is emptied, so that the same file can be picked again.
#[must_use]
pub fn picked_file(event: &Event) -> Option<PickedFile> {
    let input: HtmlInputElement = event.target()?.dyn_into().ok()?;
    let file = input.files()?.get(0)?;
    input.set_value("");
    Some(PickedFile(file))
}

/// The files picked in the file field of an event, in their order. The field is emptied.
#[must_use]
pub fn picked_files(event: &Event) -> Vec<PickedFile> {
    let input: Option<HtmlInputElement> = event.target().and_then(|it| it.dyn_into().ok());
    let Some(input) = input else {
        return Vec::new();
    };
    let files = input.files();
    let files = files
        .iter()
        .flat_map(|files| (0..files.length()).filter_map(|at| files.get(at)));
    let picked = files.map(PickedFile).collect();
    input.set_value("");
    picked
}

/// Hands a file to the user.
///
/// # Errors
/// If the browser refuses.
pub fn download(name: &str, media_type: &str, bytes: &[u8]) -> Result<(), String> {
    save(name, media_type, bytes).map_err(|error| message(&error))
}

fn save(name: &str, media_type: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = Array::of1(&Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let document = web_sys::window()
        .and_then(|window| window.document())
        .ok_or("no document")?;
    let anchor: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.click();
    Url::revoke_object_url(&url)
}

/// The text of a file of the page's own.
///
/// # Errors
/// If it can't be fetched.
pub async fn fetch_text(address: &str) -> Result<String, String> {
    let response = fetch(address).await?;
    let text = response.text().map_err(|error| message(&error))?;
    let text = JsFuture::from(text).await.map_err(|error| message(&error))?;
    text.as_string().ok_or_else(|| format!("{address} is not text"))
}

/// The bytes of a file of the page's own, as the browser holds them.
pub(super) async fn fetch_bytes(address: &str) -> Result<Uint8Array, String> {
    let response = fetch(address).await?;
    let buffer = response.array_buffer().map_err(|error| message(&error))?;
    let buffer = JsFuture::from(buffer).await.map_err(|error| message(&error))?;
    Ok(Uint8Array::new(&buffer))
}

async fn fetch(address: &str) -> Result<Response, String> {
    let window = web_sys::window().ok_or("no window")?;
    let response = JsFuture::from(window.fetch_with_str(address))
        .await
        .map_err(|error| message(&error))?;
    let response: Response = response.dyn_into().map_err(|error| message(&error))?;
    if response.ok() {
        Ok(response)
    } else {
        Err(format!("{address}: status {}", response.status()))
    }
}

pub(super) fn message(error: &JsValue) -> String {
    js_sys::Reflect::get(error, &"message".into())
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_else(|| format!("{error:?}"))
}
