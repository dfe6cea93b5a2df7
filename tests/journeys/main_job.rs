//! The main job: from nothing to printed papers, by keyboard, over a reload, and into another browser.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use concord::catalogue::CATALOGUE;
use concord::domain::TieKind;
use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::app::{self, EXPORTS, Texts};
use crate::browser::{Browser, Profile};

const NAME: &str = "Journey 2026";
const ORGANISATION: &str = "Αθηνά & Żółć Łódź";
const N_ANSWERS: usize = 30;
const DESCRIPTION: &str = "Two people look at each change in a weekly session.";
const RISK: &str = "One person slips a change in unseen.";
const OWNER: &str = "Γιώργος Παππάς";
const REASON: &str = "There is nothing of the kind here: we own no such thing.";
const NOTE: &str = "Seen with Łukasz on site; = 2 + 2 is no formula.";

/// An answer that was given by keyboard.
struct Given {
    practice: String,
    standing: &'static str,
    facet: Option<String>,
    note: bool,
}

fn key(key: Key) -> String {
    char::from(key).to_string()
}

async fn press(browser: &Browser, pressed: Key) {
    browser.keys(&key(pressed)).await;
}

/// Creates an assessment and sets its scope; ends on the first question.
async fn begin_by_keyboard(browser: &Browser) {
    browser.tab_to("#new-name").await;
    browser.keys(NAME).await;
    press(browser, Key::Enter).await;
    browser.wait_for_text("main h1", "Scope").await;
    browser.tab_to("#framework-iso27017-2026").await;
    browser.keys(" ").await;
    browser.tab_to("#category-availability").await;
    browser.keys(" ").await;
    for fact in ["cloud-customer", "own-development"] {
        // Nothing is stated yet: the third button is the chosen one, and the arrow goes round to the first.
        browser.tab_to(&format!("input[name=fact-{fact}]")).await;
        assert!(browser.has_focus(&format!("#fact-{fact}-not-stated")).await);
        press(browser, Key::Down).await;
        assert!(browser.has_focus(&format!("#fact-{fact}-yes:checked")).await);
    }
    browser.tab_to("input[name=fact-premises]").await;
    press(browser, Key::Up).await;
    assert!(browser.has_focus("#fact-premises-no:checked").await);
    browser.tab_to("#text-organisation").await;
    browser.keys(ORGANISATION).await;
    browser.tab_to("main .actions a.primary").await;
    press(browser, Key::Enter).await;
    browser.wait_for_text("main h1", "Questions").await;
    browser.tab_to("main .actions a.primary").await;
    press(browser, Key::Enter).await;
    browser.wait_for(".question-title").await;
}

/// Whether a control of Annex A needs a practice: then its owner stands in the Statement of Applicability.
fn serves_annex_a(practice: &str) -> bool {
    let practice = CATALOGUE.practice(practice).expect("a practice");
    let mut needed = practice.ties.iter().filter(|it| it.kind == TieKind::Needed);
    needed.any(|tie| {
        CATALOGUE
            .tied(tie)
            .is_some_and(|it| it.id.to_string().starts_with("iso27001-2022/A."))
    })
}

/// Answers the question that is shown, in a manner that depends on its number.
async fn answer_by_keyboard(browser: &Browser, number: usize, given: &[Given]) -> Given {
    let is_there = |standing: &str| given.iter().any(|it| it.standing == standing);
    let (has_excluded, has_another_way) = (is_there("not-applicable"), is_there("another-way"));
    let route = browser.route().await;
    let practice = route.rsplit('/').next().unwrap_or_default().to_owned();
    assert_eq!(
        app::shown_standing(browser).await,
        "",
        "nothing is chosen in advance for {practice}"
    );
    browser.tab_to("input[name=standing]").await;
    let can_be_excluded = browser.n_elements("#standing-not-applicable").await > 0;
    let standing = match number {
        _ if number >= 8 && !has_another_way && serves_annex_a(&practice) => {
            for _ in 0..3 {
                press(browser, Key::Down).await;
            }
            for (field, words) in [("description", DESCRIPTION), ("risk", RISK), ("owner", OWNER)] {
                browser.tab_to(&format!("#another-way-{field}")).await;
                browser.keys(words).await;
            }
            press(browser, Key::Tab).await;
            "another-way"
        }
        _ if can_be_excluded && !has_excluded && number > 3 => {
            press(browser, Key::Up).await;
            browser.tab_to("#not-applicable-reason").await;
            browser.keys(REASON).await;
            press(browser, Key::Tab).await;
            "not-applicable"
        }
        _ if number.is_multiple_of(3) => {
            browser.keys(" ").await;
            "in-place"
        }
        _ if number % 3 == 1 => {
            press(browser, Key::Down).await;
            "partly"
        }
        _ => {
            press(browser, Key::Down).await;
            press(browser, Key::Down).await;
            "not-in-place"
        }
    };
    let facet = match standing {
        "in-place" => {
            browser.tab_to(".facets input").await;
            browser.keys(" ").await;
            browser
                .active_element()
                .await
                .attr("id")
                .await
                .expect("the box has attributes")
        }
        "partly" => {
            browser.tab_to("#facet-none").await;
            browser.keys(" ").await;
            Some("facet-none".to_owned())
        }
        _ => None,
    };
    let note = number == 3;
    if note {
        browser.tab_to(".answer-details summary").await;
        press(browser, Key::Enter).await;
        browser.tab_to("#note").await;
        browser.keys(NOTE).await;
    }
    let id = app::open_id(browser).await;
    app::wait_for_standing(browser, &id, &practice, standing).await;
    Given {
        practice,
        standing,
        facet,
        note,
    }
}

/// Creates, scopes and answers; returns the id and the answers.
async fn answer_thirty(browser: &Browser) -> (String, Vec<Given>) {
    app::open_start(browser).await;
    begin_by_keyboard(browser).await;
    let id = app::open_id(browser).await;
    let mut given: Vec<Given> = Vec::new();
    for number in 0..N_ANSWERS {
        let answer = answer_by_keyboard(browser, number, &given).await;
        given.push(answer);
        let before = browser.route().await;
        browser.tab_to(".pager-next").await;
        press(browser, Key::Enter).await;
        let is_next = async || browser.route().await != before && app::shown_standing(browser).await.is_empty();
        browser.wait_until("the next question is shown", is_next).await;
    }
    (id, given)
}

/// Finds the answers on the screen, each on the page of its question.
async fn assert_shown(browser: &Browser, id: &str, given: &[Given]) {
    for it in given {
        app::go_to_question(browser, id, &it.practice).await;
        assert_eq!(app::shown_standing(browser).await, it.standing, "{}", it.practice);
        if let Some(facet) = &it.facet {
            let is_ticked = browser.prop(&format!("#{facet}"), "checked").await;
            assert_eq!(is_ticked.as_deref(), Some("true"), "{facet} of {}", it.practice);
        }
        if it.note {
            assert_eq!(browser.prop("#note", "value").await.as_deref(), Some(NOTE));
        }
        let words: &[(&str, &str)] = match it.standing {
            "another-way" => &[("description", DESCRIPTION), ("risk", RISK), ("owner", OWNER)],
            "not-applicable" => &[("reason", REASON)],
            _ => &[],
        };
        for (field, words) in words {
            let value = browser.prop(&format!("#{}-{field}", it.standing), "value").await;
            assert_eq!(value.as_deref(), Some(*words), "{field} of {}", it.practice);
        }
    }
}

/// What the native command line writes for an assessment file, by name.
fn native_exports(file: &Path, date: &str) -> Vec<(String, Vec<u8>)> {
    let out = app::directory();
    let mut command = Command::new(env!("CARGO_BIN_EXE_cli"));
    command
        .args(["report", "--date", date, "--assessment"])
        .arg(file)
        .arg("--out")
        .arg(&out);
    let done = command.output().expect("the command line runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(done.stderr.is_empty(), "{}", String::from_utf8_lossy(&done.stderr));
    let read = |name: fs::DirEntry| {
        let bytes = fs::read(name.path()).expect("the export can be read");
        (name.file_name().to_string_lossy().into_owned(), bytes)
    };
    let mut exports: Vec<_> = fs::read_dir(&out)
        .expect("the exports can be listed")
        .flatten()
        .map(read)
        .collect();
    exports.sort();
    exports
}

/// The rows of a CSV file, by column.
fn rows(bytes: &[u8]) -> Vec<std::collections::BTreeMap<String, String>> {
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).expect("a byte order mark");
    let mut reader = csv::Reader::from_reader(text);
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

fn column(rows: &[std::collections::BTreeMap<String, String>], name: &str) -> Vec<String> {
    rows.iter().map(|row| row[name].clone()).collect()
}

/// The visible texts of all elements for a selector.
async fn texts(browser: &Browser, css: &str) -> Vec<String> {
    let script = "return [...document.querySelectorAll(arguments[0])].map(it => it.innerText.trim())";
    serde_json::from_value(browser.execute(script, vec![json!(css)]).await).expect("texts")
}

fn assert_papers_say_what_was_answered(exports: &[(String, Vec<u8>)], given: &[Given], shown_gaps: &[String]) {
    let export = |suffix: &str| {
        let found = exports.iter().find(|(name, _)| name.ends_with(suffix));
        &found.unwrap_or_else(|| panic!("no export {suffix}")).1
    };
    let gaps = rows(export("gap-register.csv"));
    let ids: BTreeSet<String> = column(&gaps, "Gap id").into_iter().collect();
    for it in given
        .iter()
        .filter(|it| matches!(it.standing, "partly" | "not-in-place"))
    {
        assert!(
            ids.contains(&format!("G-{}", it.practice)),
            "no gap of {} among {ids:?}",
            it.practice
        );
    }
    for it in given
        .iter()
        .filter(|it| matches!(it.standing, "another-way" | "not-applicable"))
    {
        assert!(
            !ids.contains(&format!("G-{}", it.practice)),
            "{} is no gap",
            it.practice
        );
    }
    let titles: Vec<String> = column(&gaps, "Expected")
        .iter()
        .map(|text| text.split_once(':').map_or("", |(title, _)| title).to_owned())
        .collect();
    assert_eq!(titles, shown_gaps, "the register in the order of the screen");
    let soa = rows(export("statement-of-applicability.csv"));
    let of_annex = |it: &&String| it.starts_with("A.");
    assert_eq!(column(&soa, "Control").iter().filter(of_annex).count(), 93);
    let of_cloud = |it: &&String| it.starts_with("27017 ");
    assert_eq!(column(&soa, "Control").iter().filter(of_cloud).count(), 97);
    assert_eq!(soa.len(), 93 + 97);
    assert_eq!(column(&soa, "Control").first().map(String::as_str), Some("A.5.1"));
    let crosswalk = rows(export("crosswalk.csv"));
    assert!(column(&crosswalk, "Because").iter().all(|because| !because.is_empty()));
    assert!(!crosswalk.is_empty());
    let pdf = lopdf::Document::load_mem(export("report.pdf")).expect("the report is a PDF");
    let pages: Vec<u32> = pdf.get_pages().into_keys().collect();
    let text = pdf.extract_text(&pages).expect("the report holds text");
    for word in ORGANISATION.split(' ') {
        assert!(text.contains(word), "no {word:?} in the report");
    }
    assert!(text.contains("Γιώργος"), "no Greek owner in the report");
}

#[tokio::test(flavor = "current_thread")]
async fn thirty_answers_given_by_keyboard_are_there_after_a_reload_and_in_every_export() {
    let browser = Browser::open(&Profile::fresh()).await;
    let (id, given) = answer_thirty(&browser).await;
    let practices: BTreeSet<&str> = given.iter().map(|it| it.practice.as_str()).collect();
    assert_eq!(practices.len(), N_ANSWERS, "thirty different practices");
    for standing in ["in-place", "partly", "not-in-place", "another-way", "not-applicable"] {
        assert!(given.iter().any(|it| it.standing == standing), "no answer {standing}");
    }
    browser.wait_for_text(".keep-status", "Kept in this browser").await;

    let before = app::records(&browser, &id).await;
    let answers = before.keys().filter(|key| key.starts_with("answer/")).count();
    assert_eq!(answers, N_ANSWERS);
    browser.reload().await;
    browser.wait_for(".question-title").await;
    assert_eq!(app::records(&browser, &id).await, before);
    assert_shown(&browser, &id, &given).await;
    app::go(&browser, &id, "tasks", "Questions").await;
    browser.wait_for_text("main .lead", &format!("{N_ANSWERS} of ")).await;
    app::go(&browser, &id, "scope", "Scope").await;
    assert_eq!(
        browser.prop("#text-organisation", "value").await.as_deref(),
        Some(ORGANISATION)
    );
    assert_eq!(
        browser.prop("#fact-premises-no", "checked").await.as_deref(),
        Some("true")
    );
    assert_eq!(
        browser.prop("#category-availability", "checked").await.as_deref(),
        Some("true")
    );
    assert_eq!(app::records(&browser, &id).await, before, "looking changes nothing");

    app::go(&browser, &id, "gaps", "Gap register").await;
    let shown_gaps = texts(&browser, "tbody th[scope=row]").await;
    browser
        .wait_for_text(".filter-count", &format!("{0} of {0} gaps", shown_gaps.len()))
        .await;

    app::go(&browser, &id, "export", "Export").await;
    let date = app::today(&browser).await;
    let mut exports: Vec<(String, Vec<u8>)> = Vec::new();
    for (button, suffix) in EXPORTS {
        let name = format!("journey-2026-{date}-{suffix}");
        let bytes = app::export(&browser, button, &name).await;
        exports.push((name, bytes));
    }
    exports.sort();
    let file = exports
        .iter()
        .find(|(name, _)| name.ends_with("assessment.json"))
        .expect("a file");
    let native = native_exports(&app::file("assessment.json", &file.1), &date);
    let names = |exports: &[(String, Vec<u8>)]| exports.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&exports), names(&native));
    for ((name, bytes), (_, native)) in exports.iter().zip(&native) {
        assert!(bytes == native, "{name} of the browser and of the command line differ");
    }
    assert_papers_say_what_was_answered(&exports, &given, &shown_gaps);
    assert_eq!(browser.downloads(), Vec::<String>::new(), "nothing else was downloaded");
    browser.finish().await;
}

/// The records of an assessment as they stand in an assessment file.
fn records_in_file(bytes: &[u8]) -> Texts {
    let file: Value = serde_json::from_slice(bytes).expect("the file is JSON");
    let place = |record: &Value| {
        let part = |name: &str| record[name].as_str().unwrap_or_default().to_owned();
        let mut rest = record.as_object().expect("a record is an object").clone();
        rest.remove("kind");
        rest.remove("id");
        (
            format!("{}/{}", part("kind"), part("id")),
            Value::Object(rest).to_string(),
        )
    };
    file["records"].as_array().expect("records").iter().map(place).collect()
}

/// The texts with the order of their fields taken away.
fn parsed(texts: &Texts) -> std::collections::BTreeMap<String, Value> {
    let parse = |text: &String| serde_json::from_str(text).expect("a record is JSON");
    texts.iter().map(|(key, text)| (key.clone(), parse(text))).collect()
}

#[tokio::test(flavor = "current_thread")]
async fn assessment_file_brings_identical_records_into_a_clean_profile() {
    let first = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&first).await;
    app::go_to_question(&first, &id, "source.peer-review").await;
    app::choose(&first, "not-in-place").await;
    app::wait_for_standing(&first, &id, "source.peer-review", "not-in-place").await;
    let before = app::records(&first, &id).await;
    app::go(&first, &id, "export", "Export").await;
    let name = format!("harbour-pine-first-audit-{}-assessment.json", app::today(&first).await);
    let bytes = app::export(&first, "export-assessment-file--json-", &name).await;
    assert_eq!(
        parsed(&records_in_file(&bytes)),
        parsed(&before),
        "the file holds the records"
    );
    first.finish().await;

    let second = Browser::open(&Profile::fresh()).await;
    app::open_start(&second).await;
    assert_eq!(app::kept(&second).await, Texts::new(), "a clean profile");
    app::pick(&second, &app::file(&name, &bytes)).await;
    second.wait_for_text("main h1", "Questions").await;
    let imported = app::open_id(&second).await;
    assert_ne!(imported, id);
    assert_eq!(app::records(&second, &imported).await, before);
    second.reload().await;
    second.wait_for_text("main h1", "Questions").await;
    assert_eq!(app::records(&second, &imported).await, before);
    app::go(&second, &imported, "export", "Export").await;
    let again = app::export(&second, "export-assessment-file--json-", &name).await;
    assert!(again == bytes, "the file written from the import differs");
    second.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn answers_are_there_when_the_browser_is_closed_and_opened_again() {
    let profile = Profile::fresh();
    let first = Browser::open(&profile).await;
    let id = app::open_sample(&first).await;
    app::go_to_question(&first, &id, "source.peer-review").await;
    app::choose(&first, "partly").await;
    app::wait_for_standing(&first, &id, "source.peer-review", "partly").await;
    let before = app::kept(&first).await;
    first.finish().await;

    let second = Browser::open(&profile).await;
    app::open_start(&second).await;
    assert_eq!(app::kept(&second).await, before);
    second.wait_for_text(".card h3", app::SAMPLE_NAME).await;
    second.click(".card h3 a").await;
    second.wait_for_text("main h1", "Questions").await;
    app::go_to_question(&second, &id, "source.peer-review").await;
    assert_eq!(app::shown_standing(&second).await, "partly");
    second.finish().await;
}
