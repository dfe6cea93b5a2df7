//! What the journeys know of Concord: its addresses, its records, and the steps that many journeys begin with.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::browser::Browser;

/// Keys and texts of the local storage.
pub type Texts = BTreeMap<String, String>;

/// The sample company as a file.
pub const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/sample/sample.json");
/// The name of the sample assessment.
pub const SAMPLE_NAME: &str = "Harbour Pine, first audit";
/// The most nodes that may change when a question is answered.
pub const MOST_CHANGES: usize = 12;

/// Everything that Concord keeps in this browser.
pub async fn kept(browser: &Browser) -> Texts {
    let script = "return Object.fromEntries(Object.keys(localStorage)
        .filter(key => key.startsWith('concord/')).map(key => [key, localStorage.getItem(key)]))";
    let texts = browser.execute(script, vec![]).await;
    serde_json::from_value(texts).expect("keys and texts")
}

/// The live records of an assessment, by kind and id.
pub async fn records(browser: &Browser, id: &str) -> Texts {
    records_in(&kept(browser).await, id)
}

/// The live records of an assessment among the texts of a browser.
pub fn records_in(texts: &Texts, id: &str) -> Texts {
    let head = texts
        .get(&format!("concord/1/{id}"))
        .unwrap_or_else(|| panic!("no head of {id} among {:?}", texts.keys()));
    let head: Value = serde_json::from_str(head).expect("the head is JSON");
    let prefix = format!("concord/1/{id}/{}/", head["generation"]);
    let live = texts
        .iter()
        .filter_map(|(key, text)| Some((key.strip_prefix(&prefix)?, text)));
    live.map(|(key, text)| (key.to_owned(), text.clone())).collect()
}

/// The body of an answer as it is kept; null if there is none.
pub async fn kept_answer(browser: &Browser, id: &str, practice: &str) -> Value {
    let texts = records(browser, id).await;
    let Some(text) = texts.get(&format!("answer/{practice}")) else {
        return Value::Null;
    };
    let record: Value = serde_json::from_str(text).expect("a record is JSON");
    record["body"].clone()
}

/// Chooses a standing on the question page. The label lies over the whole row, as a person clicks it.
pub async fn choose(browser: &Browser, standing: &str) {
    browser.click(&format!("label[for=standing-{standing}]")).await;
}

/// Waits until the kept answer has this standing.
pub async fn wait_for_standing(browser: &Browser, id: &str, practice: &str, standing: &str) {
    browser
        .wait_until(&format!("{practice} is kept as {standing}"), async || {
            kept_answer(browser, id, practice).await["standing"] == json!(standing)
        })
        .await;
}

/// The id of the open assessment, from the address.
pub async fn open_id(browser: &Browser) -> String {
    let route = browser.route().await;
    let mut parts = route.split('/').skip_while(|part| *part != "a");
    let id = parts.nth(1).filter(|id| !id.is_empty());
    id.unwrap_or_else(|| panic!("no assessment in the address {route:?}"))
        .to_owned()
}

/// Opens the start page and waits for it.
pub async fn open_start(browser: &Browser) {
    browser.goto("").await;
    browser.wait_for_text("h1", "How far away").await;
    browser.wait_for("#new-name").await;
}

/// Opens the sample company from the start page; returns its id.
pub async fn open_sample(browser: &Browser) -> String {
    open_start(browser).await;
    browser.click_button("Open the sample company").await;
    browser.wait_for_text("h1", "Questions").await;
    // The offer of the tour comes with the later part and moves the page down: a click on its way would miss. Where the
    // later part is kept away or the tour was declined, it does not come.
    for _ in 0..40 {
        if browser.n_elements(".tour-offer .notice").await > 0 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    open_id(browser).await
}

/// Goes to a page of an assessment and waits for a word in its heading. The page is not loaded anew.
pub async fn go(browser: &Browser, id: &str, page: &str, heading: &str) {
    browser.goto(&format!("#/a/{id}/{page}")).await;
    browser.wait_for_text("main h1", heading).await;
}

/// Goes to the question of a practice and waits for it.
pub async fn go_to_question(browser: &Browser, id: &str, practice: &str) {
    let route = format!("/a/{id}/question/{practice}");
    browser.goto(&format!("#{route}")).await;
    browser.wait_for_text(".question-title", question_of(practice)).await;
}

/// The question of a practice, from the catalogue.
pub fn question_of(practice: &str) -> &'static str {
    let found = concord::catalogue::CATALOGUE.practice(practice);
    found.unwrap_or_else(|| panic!("no practice {practice}")).question()
}

/// The standing that the question page shows as chosen.
pub async fn shown_standing(browser: &Browser) -> String {
    let script = "return document.querySelector('input[name=standing]:checked')?.id ?? ''";
    let id = browser.execute(script, vec![]).await;
    id.as_str()
        .unwrap_or_default()
        .trim_start_matches("standing-")
        .to_owned()
}

/// Today as the browser sees it.
pub async fn today(browser: &Browser) -> String {
    let script = "const d = new Date(), two = n => String(n).padStart(2, '0');
        return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`";
    browser
        .execute(script, vec![])
        .await
        .as_str()
        .expect("a date")
        .to_owned()
}

/// The exports: the id of the button, and how the name of the file ends.
pub const EXPORTS: [(&str, &str); 18] = [
    ("export-report--pdf-", "report.pdf"),
    ("export-gap-register--csv-", "gap-register.csv"),
    (
        "export-statement-of-applicability--csv-",
        "statement-of-applicability.csv",
    ),
    ("export-crosswalk--csv-", "crosswalk.csv"),
    ("export-gates", "gates.csv"),
    ("export-potential-nonconformities", "potential-nonconformities.csv"),
    ("export-risk-treatment-plan", "risk-treatment-plan.csv"),
    ("export-documented-information", "documented-information.csv"),
    ("export-soc-2-control-matrix", "control-matrix.csv"),
    ("export-evidence-request-list", "evidence-requests.csv"),
    ("export-supplier-register", "suppliers.csv"),
    ("export-shared-responsibility-matrix", "responsibilities.csv"),
    ("export-calendar-of-records", "calendar.csv"),
    ("export-dashboard", "dashboard.csv"),
    ("export-remediation-plan", "remediation-plan.csv"),
    ("export-change-since-a-snapshot", "changes.csv"),
    ("export-layered-obligations", "obligations.csv"),
    ("export-assessment-file--json-", "assessment.json"),
];

/// Downloads one export of the open assessment, whose export page is shown.
pub async fn export(browser: &Browser, button: &str, name: &str) -> Vec<u8> {
    browser.click(&format!("#{button}:not([disabled])")).await;
    let bytes = browser.take_download(name).await;
    browser.wait_for_text(&format!("#{button} + output"), name).await;
    bytes
}

/// A file in a directory of its own, to be picked in the browser.
pub fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let path = directory().join(name);
    std::fs::write(&path, bytes).expect("the file can be written");
    path
}

/// A new directory.
pub fn directory() -> PathBuf {
    crate::browser::scratch("files")
}

/// Puts a file into the file field of the start page.
pub async fn pick(browser: &Browser, path: &Path) {
    browser.set_file_input("#import-file", path).await;
}

/// The texts of the messages on the page.
pub async fn notices(browser: &Browser) -> Vec<String> {
    let script = "return [...document.querySelectorAll('.notices .notice > p')].map(it => it.innerText)";
    let texts = browser.execute(script, vec![]).await;
    serde_json::from_value(texts).expect("texts")
}

/// The body of a kept record, by kind and id; null if there is none or it was deleted.
pub async fn kept_body(browser: &Browser, id: &str, record: &str) -> Value {
    let texts = records(browser, id).await;
    texts.get(record).map_or(Value::Null, |text| body_of(text))
}

fn body_of(text: &str) -> Value {
    let record: Value = serde_json::from_str(text).expect("a record is JSON");
    if record["gone"] == json!(true) {
        Value::Null
    } else {
        record["body"].clone()
    }
}

/// The bodies of all kept records, by kind and id, without who changed them when. Deleted ones are left out.
pub async fn bodies(browser: &Browser, id: &str) -> BTreeMap<String, Value> {
    let texts = records(browser, id).await;
    let bodies = texts.into_iter().map(|(key, text)| (key, body_of(&text)));
    bodies.filter(|(_, body)| !body.is_null()).collect()
}

/// Waits until a field of a kept record holds a value.
pub async fn wait_for_field(browser: &Browser, id: &str, record: &str, field: &str, value: Value) {
    browser
        .wait_until(&format!("{field} of {record} is kept as {value}"), async || {
            kept_body(browser, id, record).await[field] == value
        })
        .await;
}

/// The visible texts of all elements for a selector.
pub async fn texts(browser: &Browser, css: &str) -> Vec<String> {
    let script = "return [...document.querySelectorAll(arguments[0])].filter(it => it.getClientRects().length > 0)
        .map(it => it.innerText.trim())";
    serde_json::from_value(browser.execute(script, vec![json!(css)]).await).expect("texts")
}

/// Enters a day, such as `2026-11-25`, or none, in the way in which a picker does it.
pub async fn set_day(browser: &Browser, css: &str, day: &str) {
    browser.wait_for(css).await;
    let script = "const it = document.querySelector(arguments[0]); it.value = arguments[1];
        for (const name of ['input', 'change']) it.dispatchEvent(new Event(name, { bubbles: true }));
        return it.value";
    let shown = browser.execute(script, vec![json!(css), json!(day)]).await;
    assert_eq!(shown, json!(day), "the day in {css}");
}

/// Unfolds the part whose summary begins with some words.
pub async fn unfold(browser: &Browser, words: &str) {
    let path = format!("//details[not(@open)]/summary[starts-with(normalize-space(.), \"{words}\")]");
    browser.click_path(&path).await;
}

/// Takes the last step back by the button of the bar.
pub async fn undo(browser: &Browser) {
    browser.click(".app-bar-tools button:not([disabled])").await;
}

/// The selector of the control of a field on the sheet of an entry.
pub fn field(register: &str, subject: &str, field: &str) -> String {
    format!("[id='{register}-{subject}-{field}']")
}

/// The id of the entry whose page is open, from the address.
pub async fn open_entry(browser: &Browser, register: &str) -> String {
    let prefix = format!("/register/{register}/");
    let is_open = async || browser.route().await.contains(&prefix);
    browser
        .wait_until(&format!("an entry of {register} is open"), is_open)
        .await;
    let route = browser.route().await;
    route.rsplit('/').next().unwrap_or_default().to_owned()
}

/// The ids of all elements for a selector.
pub async fn ids(browser: &Browser, css: &str) -> Vec<String> {
    let script = "return [...document.querySelectorAll(arguments[0])].map(it => it.id)";
    serde_json::from_value(browser.execute(script, vec![json!(css)]).await).expect("ids")
}
