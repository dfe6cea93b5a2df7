//! The browser: storage, clock, randomness, files, downloads, the address, the report worker. The only module of the
//! page that names `web_sys`, `js_sys` or gloo. It must not know what an assessment is.

mod export;
mod files;
mod nodes;
mod page;
mod storage;

pub use export::{Exported, Job, run_job};
pub use files::{PickedFile, download, fetch_text, picked_file, picked_files};
pub use nodes::{is_escape, listen_to, set_flag, set_value};
pub use page::{
    ask_before_leaving, blur_active, catch_panics, clear_body, focus, focus_main, focus_soon, hash, now,
    on_hash_change, on_page_hide, on_shortcut, on_storage_change, random_entry_id, random_word, reload, say_started,
    set_hash, set_title, today,
};
pub use storage::{BrowserSink, ask_to_keep, author, set_author, set_tour, tour};
