//! The report worker, seen from the page: one worker for each job.

use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, MessageEvent, Worker};

use super::files::{PickedFile, fetch_bytes, message};

/// The loader of the worker in a debug build. A release build names its own in the page.
const LOADER: &str = "./report_worker_loader.js";
const REGULAR: &str = "./fonts/NotoSans-Regular.ttf";
const BOLD: &str = "./fonts/NotoSans-Bold.ttf";

/// What the worker is asked to do.
#[derive(Clone, Debug, Default)]
pub struct Job {
    /// A table to read; without one, and without a file to hash, an export is written.
    pub file: Option<Vec<u8>>,
    /// A file whose SHA-256 is wanted. The worker reads it where it lies; nothing of it is kept.
    pub hashed: Option<PickedFile>,
    /// The report model as JSON.
    pub model: String,
    /// The kind of export as JSON.
    pub kind: String,
    /// Whether the worker needs the fonts.
    pub needs_fonts: bool,
}

/// What the worker has written, or read.
#[derive(Clone, Debug)]
pub struct Exported {
    /// The name of the file.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// Characters that the font lacks.
    pub missing: String,
}

/// Has an export written, or a table read, by a worker of its own.
///
/// # Errors
/// If the worker can't be started, stops, or says why it could not write.
pub async fn run_job(job: Job) -> Result<Exported, String> {
    let fonts = if job.needs_fonts {
        Some((fetch_bytes(REGULAR).await?, fetch_bytes(BOLD).await?))
    } else {
        None
    };
    let worker = Worker::new(&loader()).map_err(|error| message(&error))?;
    let answer = JsFuture::from(converse(&worker, &job, fonts)).await;
    worker.terminate();
    exported(&answer.map_err(|error| message(&error))?)
}

fn loader() -> String {
    let document = web_sys::window().and_then(|window| window.document());
    let meta = document.and_then(|document| document.query_selector("meta[name=concord-worker]").ok().flatten());
    meta.and_then(|meta| meta.get_attribute("content"))
        .unwrap_or_else(|| LOADER.to_owned())
}

/// Waits until the worker is ready, posts the job, and settles with its answer.
fn converse(worker: &Worker, job: &Job, fonts: Option<(Uint8Array, Uint8Array)>) -> Promise {
    let job = job.clone();
    let posting = worker.clone();
    Promise::new(&mut |resolve, reject| {
        let (job, fonts, posting, rejecting) = (job.clone(), fonts.clone(), posting.clone(), reject.clone());
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let data = event.data();
            let settled = if data.as_string().as_deref() == Some("ready") {
                post(&posting, &job, fonts.as_ref())
                    .or_else(|error| rejecting.call1(&JsValue::NULL, &error).map(|_| ()))
            } else {
                resolve.call1(&JsValue::NULL, &data).map(|_| ())
            };
            if let Err(error) = settled {
                web_sys::console::error_1(&error);
            }
        });
        let on_error = Closure::<dyn Fn(Event)>::new(move |_: Event| {
            let error = js_sys::Error::new("the report worker stopped");
            if let Err(error) = reject.call1(&JsValue::NULL, &error) {
                web_sys::console::error_1(&error);
            }
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        // Both live as long as the worker, which is terminated after its answer.
        on_message.forget();
        on_error.forget();
    })
}

fn post(worker: &Worker, job: &Job, fonts: Option<&(Uint8Array, Uint8Array)>) -> Result<(), JsValue> {
    let object = Object::new();
    if let Some(file) = &job.file {
        Reflect::set(&object, &"file".into(), &Uint8Array::from(file.as_slice()))?;
    }
    if let Some(file) = &job.hashed {
        Reflect::set(&object, &"hashed".into(), file.handle())?;
    }
    Reflect::set(&object, &"model".into(), &JsValue::from_str(&job.model))?;
    Reflect::set(&object, &"kind".into(), &JsValue::from_str(&job.kind))?;
    let Some((regular, bold)) = fonts else {
        return worker.post_message(&object);
    };
    Reflect::set(&object, &"regular".into(), regular)?;
    Reflect::set(&object, &"bold".into(), bold)?;
    worker.post_message_with_transfer(&object, &Array::of2(&regular.buffer(), &bold.buffer()))
}

fn exported(answer: &JsValue) -> Result<Exported, String> {
    let text = |name: &str| {
        Reflect::get(answer, &name.into())
            .ok()
            .and_then(|value| value.as_string())
    };
    if let Some(error) = text("error") {
        return Err(error);
    }
    let bytes = Reflect::get(answer, &"bytes".into()).map_err(|error| message(&error))?;
    Ok(Exported {
        name: text("name").unwrap_or_default(),
        media_type: text("mediaType").unwrap_or_default(),
        bytes: Uint8Array::new(&bytes).to_vec(),
        missing: text("missing").unwrap_or_default(),
    })
}
