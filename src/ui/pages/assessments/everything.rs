//! Opening a file of everything: each assessment in it becomes a new one.

use leptos::prelude::Update;

use crate::catalogue::CATALOGUE;
use crate::report::wording;
use crate::store::{Backup, open_everything};
use crate::ui::pages::start::{library, new_id, refuse};
use crate::ui::platform;
use crate::ui::state::{AppState, Gravity};

/// Opens a file of everything, and says what came of it.
pub fn open_all(app: AppState, name: &str, bytes: &[u8]) {
    let everything = match open_everything(&CATALOGUE, bytes) {
        Ok(everything) => everything,
        Err(error) => return refuse(app, name, &error),
    };
    let n_files = everything.files.len();
    let mut n_opened = 0;
    let mut refused = None;
    for (file, id) in everything.files.into_iter().zip(std::iter::from_fn(new_id)) {
        match library().import(id.clone(), file) {
            Ok(book) => {
                n_opened += 1;
                // The file holds what is here. Where this can't be noted, nothing is lost.
                library().note_backup(&id, &Backup::of(&book, platform::now())).ok();
            }
            Err(error) => {
                refused = Some(error);
                break;
            }
        }
    }
    let said = wording::everything_opened(n_opened, n_files, everything.n_left_out, everything.n_unreadable);
    match refused {
        None => app.notify(Gravity::Good, format!("{name}: {said}")),
        Some(error) => app.notify(
            Gravity::Bad,
            format!("{name}: {said} Not more: {error}. What was here before is unchanged."),
        ),
    }
    app.library_version.update(|version| *version += 1);
}
