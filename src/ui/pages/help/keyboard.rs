//! The keys, and what a screen reader says.

use crate::ui::components::{list, paragraph, row, section, table, table_body};
use crate::ui::element::el;
use crate::ui::view::View;

/// Keys, by where they work: place, keys, what they do.
const KEYS: [(&str, &[&str], &str); 14] = [
    (
        "Everywhere",
        &["Tab", "Shift + Tab"],
        "to the next or the last thing that can be acted on, in the order in which it is read",
    ),
    (
        "Everywhere",
        &["Enter"],
        "follows a link, presses a button; the first stop of each page is a link that skips to its content",
    ),
    (
        "Everywhere",
        &["Alt + Left"],
        "back to the page before; on a Mac Command + [",
    ),
    (
        "In an assessment",
        &["Ctrl + Z"],
        "takes the last change back; on a Mac Command + Z. While text is being edited, it is the browser's own undo",
    ),
    ("In an assessment", &["Access key S"], "to the search"),
    (
        "At a question",
        &["Access key N", "Access key P"],
        "to the next or the last question",
    ),
    (
        "Standing",
        &["Up", "Down"],
        "chooses another answer; it is kept at once",
    ),
    ("What can be shown", &["Space"], "ticks a box or takes the tick away"),
    (
        "Fields of text",
        &["Tab"],
        "leaves the field and keeps the text, which is kept after a moment of quiet too",
    ),
    (
        "Fields with a search",
        &["Enter"],
        "adds the first of what was found; on the search page it keeps the words in the address",
    ),
    (
        "Lists of choices",
        &["Up", "Down"],
        "chooses; a first letter leads to its choice",
    ),
    ("What is folded", &["Enter", "Space"], "unfolds it, and folds it again"),
    (
        "Wide tables",
        &["Left", "Right"],
        "scrolls, once Tab has led to the table",
    ),
    ("The tour", &["Escape"], "leaves it, while the focus is in its panel"),
];

/// The modifiers that come with an access key, by browser.
const ACCESS_KEYS: [(&str, &str); 3] = [
    ("Chrome, Edge on Windows and Linux", "Alt + the letter"),
    ("Firefox on Windows and Linux", "Alt + Shift + the letter"),
    (
        "Any browser on a Mac",
        "Control + Option + the letter. VoiceOver uses the same two keys for itself; then take the links",
    ),
];

const READERS: [&str; 7] = [
    "Each page has one heading of the first level, a title that names it, and landmarks: header, navigation, main, footer.",
    "A new page puts the focus on its main part and says its title. When only a filter changes, the focus stays where it is.",
    "A question is the legend of its group of answers, so it is said with each of them. What a choice needs appears below it.",
    "Whether a change is kept, and messages, are said without taking the focus.",
    "Tables have captions and header cells; each chart has its finding in a sentence and its numbers in a table.",
    "Colour and shape are never alone: every mark has a word.",
    "There are no keys of a single letter, so nothing gets in the way of dictation or of a reader's own keys.",
];

/// The keys.
pub(super) fn keyboard() -> View {
    let rows = KEYS.iter().map(|(place, keys, does)| {
        let mut shown = View::Many(Vec::new());
        for (index, key) in keys.iter().enumerate() {
            let between = if index == 0 { "" } else { " or " };
            shown = View::Many(vec![shown, between.into(), el("kbd").with(*key).view()]);
        }
        row(shown, vec![(*place).into(), (*does).into()])
    });
    let name = "Keys, where they work, and what they do".to_owned();
    let keys = table(
        "data-table",
        name,
        &["Key", "Where", "What it does"],
        vec![table_body(rows.collect())],
    );
    let rows = ACCESS_KEYS
        .iter()
        .map(|(browser, keys)| row(*browser, vec![(*keys).into()]));
    let name = "How to press an access key".to_owned();
    let access = table(
        "data-table",
        name,
        &["Browser", "Keys"],
        vec![table_body(rows.collect())],
    );
    View::Many(vec![
        section("Keys", vec![keys]),
        section(
            "Access keys",
            vec![
                paragraph("An access key is a letter that the browser takes together with keys of its own."),
                access,
            ],
        ),
        section(
            "With a screen reader",
            vec![list(READERS.iter().map(|it| (*it).to_owned()))],
        ),
    ])
}
