//! The report worker: writes exports, reads tables that are imported and computes the SHA-256 of evidence, off the page's
//! thread.
//!
//! Holds the writers and the reader of tables only. It is handed everything it needs in one message and fetches nothing, ever: a worker is not
//! under the page's `<meta>` policy.

#[cfg(target_arch = "wasm32")]
mod worker {
    use concord::report::{Export, ExportKind, ReportModel, digest, read_table, text_from_rows, write_export};
    use js_sys::{Array, Object, Reflect, Uint8Array};
    use wasm_bindgen::prelude::*;
    use web_sys::{Blob, DedicatedWorkerGlobalScope, FileReaderSync, MessageEvent};

    /// How many bytes of a file lie in memory at once: 4 MiB.
    const PIECE: u32 = 4 << 20;

    /// Listens for one job after another, and says that it is ready.
    pub fn start() -> Result<(), JsValue> {
        console_error_panic_hook::set_once();
        let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
        let answering = scope.clone();
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let posted = match job(&event.data()) {
                Ok(export) => post_export(&answering, &export),
                Err(message) => post_error(&answering, &message),
            };
            if let Err(error) = posted {
                web_sys::console::error_1(&error);
            }
        });
        scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        // The worker lives as long as its listener.
        on_message.forget();
        scope.post_message(&JsValue::from_str("ready"))
    }

    fn job(data: &JsValue) -> Result<Export, String> {
        // Asked to read rather than to write an export.
        if let Some(file) = field(data, "file") {
            let rows = read_table(&Uint8Array::new(&file).to_vec()).map_err(|error| error.to_string())?;
            return Ok(answer(text_from_rows(&rows)));
        }
        if let Some(file) = field(data, "hashed") {
            let hash = hash_of(file.unchecked_ref()).map_err(|error| {
                let message = field(&error, "message").and_then(|it| it.as_string());
                message.unwrap_or_else(|| "the browser can't read it".to_owned())
            })?;
            return Ok(answer(hash));
        }
        let text = |name: &str| {
            field(data, name)
                .and_then(|value| value.as_string())
                .ok_or(format!("{name} is missing"))
        };
        let bytes = |name: &str| {
            field(data, name)
                .map(|value| Uint8Array::new(&value).to_vec())
                .unwrap_or_default()
        };
        let model: ReportModel = serde_json::from_str(&text("model")?).map_err(|error| error.to_string())?;
        let kind: ExportKind = serde_json::from_str(&text("kind")?).map_err(|error| error.to_string())?;
        write_export(&model, kind, (&bytes("regular"), &bytes("bold"))).map_err(|error| error.to_string())
    }

    /// An answer that is a text.
    fn answer(text: String) -> Export {
        Export {
            name: String::new(),
            media_type: "",
            bytes: text.into_bytes(),
            missing: Vec::new(),
        }
    }

    /// The SHA-256 of a file that the page has handed over; it is read here, piece by piece, and kept nowhere.
    fn hash_of(file: &Blob) -> Result<String, JsValue> {
        let reader = FileReaderSync::new()?;
        let mut start = 0.0;
        digest(std::iter::from_fn(|| {
            let end = (start + f64::from(PIECE)).min(file.size());
            let piece = (start < end).then(|| {
                let slice = file.slice_with_f64_and_f64(start, end)?;
                Ok(Uint8Array::new(&reader.read_as_array_buffer(&slice)?.into()).to_vec())
            });
            start = end;
            piece
        }))
    }

    fn field(data: &JsValue, name: &str) -> Option<JsValue> {
        Reflect::get(data, &JsValue::from_str(name))
            .ok()
            .filter(|value| !value.is_undefined())
    }

    fn post_export(scope: &DedicatedWorkerGlobalScope, export: &Export) -> Result<(), JsValue> {
        let bytes = Uint8Array::from(export.bytes.as_slice());
        let missing: String = export.missing.iter().collect();
        let message = message(&[
            ("name", JsValue::from_str(&export.name)),
            ("mediaType", JsValue::from_str(export.media_type)),
            ("missing", JsValue::from_str(&missing)),
            ("bytes", bytes.clone().into()),
        ])?;
        scope.post_message_with_transfer(&message, &Array::of1(&bytes.buffer()))
    }

    fn post_error(scope: &DedicatedWorkerGlobalScope, text: &str) -> Result<(), JsValue> {
        scope.post_message(&message(&[("error", JsValue::from_str(text))])?.into())
    }

    fn message(fields: &[(&str, JsValue)]) -> Result<Object, JsValue> {
        let object = Object::new();
        for (name, value) in fields {
            Reflect::set(&object, &JsValue::from_str(name), value)?;
        }
        Ok(object)
    }
}

#[cfg(target_arch = "wasm32")]
fn main() -> Result<(), wasm_bindgen::JsValue> {
    worker::start()
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
