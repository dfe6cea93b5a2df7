//! The import of a Statement of Applicability: pick a file, see what would happen, say what is unclear, import.

use std::sync::Arc;

use leptos::ev::Event;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::analysis::{Choices, LeftOver, Placed, Preview, Question, Reading, ReadingKind, SoaTable};
use crate::catalogue::{CATALOGUE, TRANSITION};
use crate::domain::{Action, Imported, RequirementId};
use crate::report::{MAX_TABLE_BYTES, rows_from_text, wording};
use crate::ui::components::{
    actions, button, link, list, notice, page, page_head, row, section, select_field, table, table_body,
};
use crate::ui::element::el;
use crate::ui::follow::{act, follow};
use crate::ui::platform::{self, Job, PickedFile};
use crate::ui::route::Page;
use crate::ui::state::{AssessmentStore, Gravity};
use crate::ui::view::View;

const TITLE: &str = "Import a Statement of Applicability";
/// The value of a choice that leaves a row out; the others are positions of readings.
const LEAVE_OUT: &str = "out";

/// The way here from other pages.
pub fn import_link(store: AssessmentStore) -> View {
    el("p").with(link(store.href(Page::Import), TITLE)).view()
}

/// A file that was read and waits for a person.
struct Draft {
    name: String,
    table: SoaTable,
}

#[derive(Clone, Copy)]
struct Form {
    store: AssessmentStore,
    draft: RwSignal<Option<Arc<Draft>>>,
    choices: RwSignal<Choices>,
    /// What went wrong; blank for nothing.
    problem: RwSignal<String>,
}

/// The import page.
pub fn soa_import_page() -> View {
    let form = Form {
        store: AssessmentStore::expect(),
        draft: RwSignal::new(None),
        choices: RwSignal::new(Choices::default()),
        problem: RwSignal::new(String::new()),
    };
    let lead = "From a CSV file, against ISO/IEC 27001 of 2013 or 2022 or ISO/IEC 27017 of 2015 or 2026, mixed too. What is \
                imported stands beside your answers and decisions. It answers no question and decides nothing.";
    let hint = "Columns may stand in any order. You see what would happen before anything is changed.";
    let input = el("input")
        .class("input")
        .attr("type", "file")
        .attr("id", "soa-file")
        .attr("accept", ".csv,.tsv,.txt,text/csv")
        .attr("aria-describedby", "soa-hint")
        .on("change", act(move |event| form.pick(&event)));
    let field = el("div")
        .class("field")
        .with(el("label").attr("for", "soa-file").with("CSV file"))
        .with(el("p").class("hint").attr("id", "soa-hint").with(hint))
        .with(input);
    let problem = follow(move || {
        let problem = form.problem.get();
        (!problem.is_empty()).then(|| notice("bad", problem).attr("role", "alert"))
    });
    let rest = follow(move || match form.draft.get() {
        Some(draft) => form.preview(&draft),
        None => form.imported(),
    });
    page(
        "page page-wide",
        vec![page_head(TITLE, lead), field.view(), problem, rest],
    )
}

impl Form {
    fn pick(self, event: &Event) {
        if let Some(file) = platform::picked_file(event) {
            self.problem.set(String::new());
            self.draft.set(None);
            spawn_local(async move {
                let name = file.name();
                match read(&file).await {
                    Ok(table) => {
                        self.choices.try_set(Choices::default());
                        self.draft.try_set(Some(Arc::new(Draft { name, table })));
                    }
                    Err(error) => {
                        let problem = format!("{name} was not read: {error}. Nothing has been changed.");
                        self.problem.try_set(problem);
                    }
                }
            });
        }
    }

    fn cancel(self) {
        self.draft.set(None);
        self.problem.set(String::new());
        platform::focus("soa-file");
    }

    /// Imports what is placed, unless a question is open.
    fn import(self, draft: &Draft) {
        let preview = self
            .choices
            .with_untracked(|it| draft.table.preview(&CATALOGUE, &draft.name, it));
        if let Some(first) = preview.open.first() {
            self.problem
                .set("Say first what the numbers mean that may mean several things.".to_owned());
            platform::focus(&format!("row-{first}"));
            return;
        }
        let n = preview.placed.len();
        let placed = preview.placed.into_iter();
        let rows = placed.map(|it| (it.requirement, Some(Box::new(it.imported))));
        if self.store.dispatch(Action::Import(rows.collect())) {
            let done = format!(
                "Imported for {}. Undo takes all of it back at once.",
                wording::requirements(n)
            );
            self.store.app().notify(Gravity::Good, done);
            self.cancel();
        }
    }

    /// What has been imported so far.
    fn imported(self) -> View {
        let rows: Vec<View> = self.store.with(|it| {
            let rows = it.imported.iter();
            rows.map(|(id, imported)| imported_row(Some(self.store), *id, imported))
                .collect()
        });
        tables("Imported so far", &IMPORTED, rows)
    }

    fn preview(self, draft: &Arc<Draft>) -> View {
        let choices = self.choices.get();
        let preview = draft.table.preview(&CATALOGUE, &draft.name, &choices);
        let (flagged, plain): (Vec<&Placed>, Vec<&Placed>) =
            preview.placed.iter().partition(|it| it.imported.needs_review());
        let placed = |rows: Vec<&Placed>| {
            rows.iter()
                .map(|it| imported_row(None, it.requirement, &it.imported))
                .collect()
        };
        let mut parts = vec![section(
            format!("Preview of {}", draft.name),
            vec![el("p").attr("role", "status").with(counts(draft, &preview)).view()],
        )];
        parts.extend(self.questions(&draft.table.questions, &choices));
        parts.push(tables("To review after the import", &IMPORTED, placed(flagged)));
        parts.push(tables("Placed as they are", &IMPORTED, placed(plain)));
        parts.push(tables(
            "Without successor",
            &LEFT_OVER,
            left_over_rows(&preview.without_successor),
        ));
        parts.push(tables(
            "Not recognised",
            &LEFT_OVER,
            left_over_rows(&preview.not_recognised),
        ));
        let cancel = button("button", "Cancel").on("click", act(move |_| self.cancel()));
        let mut buttons = vec![cancel.view()];
        if !preview.placed.is_empty() || !preview.open.is_empty() {
            let draft = Arc::clone(draft);
            let import = act(move |_| self.import(&draft));
            buttons.insert(
                0,
                button("button primary", "Import")
                    .attr("id", "import")
                    .on("click", import)
                    .view(),
            );
        }
        parts.push(actions(buttons));
        parts.into()
    }

    /// The questions, those with the same answers together.
    fn questions(self, questions: &[Question], choices: &Choices) -> Vec<View> {
        let kinds = |it: &Question| it.readings.iter().map(|it| it.kind).collect::<Vec<_>>();
        let mut groups: Vec<(Vec<ReadingKind>, Vec<&Question>)> = Vec::new();
        for question in questions {
            let its_own = kinds(question);
            match groups.iter_mut().find(|(kinds, _)| *kinds == its_own) {
                Some((_, group)) => group.push(question),
                None => groups.push((its_own, vec![question])),
            }
        }
        let groups = groups.into_iter().enumerate();
        let groups = groups.map(|(at, (kinds, group))| {
            let words: Vec<&str> = kinds.iter().map(|kind| kind_words(*kind)).collect();
            let n = wording::count(group.len(), "number", "numbers");
            let legend = format!("{n} that may name: {}", words.join("; or "));
            let rows: Vec<usize> = group.iter().map(|it| it.row).collect();
            let mut fields = el("fieldset").class("section").with(el("legend").with(legend));
            if rows.len() > 1 {
                let words = words.iter().map(|it| (*it).to_owned()).collect();
                fields = fields.with(self.choice(
                    format!("like-{at}"),
                    "Same for all like this".to_owned(),
                    words,
                    &kinds,
                    rows,
                    choices,
                ));
            }
            for question in group {
                let words = question.readings.iter().map(reading_words).collect();
                let label = format!("Row {}: {}", question.row, question.text);
                fields = fields.with(self.choice(
                    format!("row-{}", question.row),
                    label,
                    words,
                    &kinds,
                    vec![question.row],
                    choices,
                ));
            }
            fields.view()
        });
        groups.collect()
    }

    /// A field that chooses what the numbers of some rows mean.
    fn choice(
        self,
        id: String,
        label: String,
        words: Vec<String>,
        kinds: &[ReadingKind],
        rows: Vec<usize>,
        choices: &Choices,
    ) -> View {
        let first = rows.first().and_then(|row| choices.get(row)).copied();
        let is_same = rows.iter().all(|row| choices.get(row).copied() == first);
        let position = |kind: ReadingKind| kinds.iter().position(|it| *it == kind).unwrap_or_default();
        let value = match first.filter(|_| is_same) {
            None => String::new(),
            Some(None) => LEAVE_OUT.to_owned(),
            Some(Some(kind)) => position(kind).to_string(),
        };
        let mut offered = vec![(String::new(), "Choose\u{2026}".to_owned())];
        offered.extend(words.into_iter().enumerate().map(|(at, words)| (at.to_string(), words)));
        offered.push((LEAVE_OUT.to_owned(), "Leave it out".to_owned()));
        let kinds = kinds.to_vec();
        let choose = move |value: String| {
            let kind = value.parse().ok().and_then(|at: usize| kinds.get(at).copied());
            self.choices.update(|choices| {
                for row in &rows {
                    choices.set(*row, (!value.is_empty()).then_some(kind));
                }
            });
        };
        select_field(id, label, offered, move || value.clone(), choose).view()
    }
}

/// Reads a file in the worker. Its size is checked before anything is read.
async fn read(file: &PickedFile) -> Result<SoaTable, String> {
    if file.size() > MAX_TABLE_BYTES {
        return Err(format!("it has {} bytes, the most is {MAX_TABLE_BYTES}", file.size()));
    }
    let job = Job {
        file: Some(file.read().await?),
        ..Job::default()
    };
    let text = platform::run_job(job).await?.bytes;
    let rows = rows_from_text(&String::from_utf8_lossy(&text));
    Ok(SoaTable::read(&rows, &CATALOGUE, TRANSITION))
}

fn counts(draft: &Draft, preview: &Preview) -> String {
    let rows = |n: usize| wording::count(n, "row", "rows");
    let header = match draft.table.header {
        Some(row) => format!("The headings are those of row {row}."),
        None => "No headings were found, so all but the numbers is kept as text.".to_owned(),
    };
    let left = (preview.without_successor.len(), preview.not_recognised.len());
    format!(
        "{} would be placed on {}; {} asked about; {} without successor; {} not recognised. {header}",
        rows(draft.table.n_rows() - preview.open.len() - left.0 - left.1),
        wording::requirements(preview.placed.len()),
        rows(preview.open.len()),
        rows(left.0),
        rows(left.1),
    )
}

const fn kind_words(kind: ReadingKind) -> &'static str {
    match kind {
        ReadingKind::Control => "a control of the present edition",
        ReadingKind::Clause => "a clause of ISO/IEC 27001",
        ReadingKind::OldControl => "a control of the edition before",
        ReadingKind::Heading => "a heading, nothing to take over",
    }
}

fn reading_words(reading: &Reading) -> String {
    match reading.kind {
        ReadingKind::Heading => kind_words(reading.kind).to_owned(),
        ReadingKind::Control | ReadingKind::Clause | ReadingKind::OldControl => {
            format!("{} {}: {}", reading.code, reading.title, kind_words(reading.kind))
        }
    }
}

const IMPORTED: [&str; 6] = [
    "Requirement",
    "Number in the file",
    "Applicable",
    "Status",
    "Needs review",
    "Texts",
];
const LEFT_OVER: [&str; 3] = ["Row", "What it says", "Why"];

/// A section with a table; nothing without rows.
fn tables(title: &'static str, heads: &[&'static str], rows: Vec<View>) -> View {
    let n = rows.len();
    let shown = || table("data-table", format!("{title} ({n})"), heads, vec![table_body(rows)]);
    (n > 0).then(|| section(title, vec![shown()])).into()
}

/// What was or would be imported for a requirement; a link to it if it was.
fn imported_row(store: Option<AssessmentStore>, id: RequirementId, imported: &Imported) -> View {
    let found = CATALOGUE.requirement(id.framework, id.code);
    let name = found.map(wording::requirement_name).unwrap_or_default();
    let name: View = match store {
        Some(store) => link(store.href(Page::requirement(id)), name),
        None => name.into(),
    };
    row(
        name,
        vec![
            imported.numbers.join(", ").into(),
            wording::imported_applies(imported).into(),
            wording::imported_status(imported).into(),
            wording::imported_flags(imported).into(),
            list(imported.texts.iter().map(|it| wording::imported_text(imported, it))),
        ],
    )
}

fn left_over_rows(rows: &[LeftOver]) -> Vec<View> {
    rows.iter()
        .map(|it| row(it.row.to_string(), vec![it.text.clone().into(), it.why.into()]))
        .collect()
}
