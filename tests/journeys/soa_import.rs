//! A Statement of Applicability from elsewhere: understood, asked about, imported, seen, exported, taken back; and files
//! that are none.

use std::fs::File;

use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::app::{self, EXPORTS};
use crate::browser::{Browser, Profile};
use crate::every_page::look_at;

/// As a spreadsheet in a country of commas writes it, in Windows-1252: a title above, columns in an order of their own,
/// numbers of four editions, cells with line breaks, short rows.
const DIRTY: &[u8] = b"Statement of Applicability;;;\r\n\
    \r\n\
    Status;Justification;Reference;Control name;Applicable?;Owner\r\n\
    Implemented;\"Law;\r\nand contract\";A.12.4.1;Event logging;yes;Zo\xeb\r\n\
    planned;Nothing to protect;12.4.2;Protection of log information;No\r\n\
    Done;;A 8.32;Change management;x;Ops\r\n\
    in progress;;CLD 6.3.1;Shared roles;Y\r\n\
    mostly;;8.36;;1;=Ops\r\n\
    Not started;We own no building;A.11.1.6.;;N/A\r\n\
    Done;;8.1;;yes\r\n\
    Done;;8.2;;yes\r\n\
    Done;;9.2.1;User registration and de-registration;yes\r\n\
    ;;A.5;Organizational controls;\r\n\
    Done;;A.77.1;Invented;yes\r\n\
    ;Approved by the board;;;\r\n";

async fn at_import() -> (Browser, String) {
    let browser = Browser::open(&Profile::fresh()).await;
    app::open_start(&browser).await;
    browser.fill("#new-name", "From a spreadsheet").await;
    browser.keys(&char::from(Key::Enter).to_string()).await;
    browser.wait_for_text("main h1", "Scope").await;
    let id = app::open_id(&browser).await;
    app::go(&browser, &id, "export", "Export").await;
    browser.click_link("Import a Statement of Applicability").await;
    browser
        .wait_for_text("main h1", "Import a Statement of Applicability")
        .await;
    (browser, id)
}

async fn pick(browser: &Browser, name: &str, bytes: &[u8]) {
    browser.set_file_input("#soa-file", &app::file(name, bytes)).await;
}

async fn kept_imports(browser: &Browser, id: &str) -> Vec<(String, Value)> {
    let records = app::records(browser, id).await;
    let imports = records.into_iter().filter_map(|(key, text)| {
        let record: Value = serde_json::from_str(&text).expect("JSON");
        let is_live = record["gone"] != json!(true);
        let id = key.strip_prefix("imported/").filter(|_| is_live)?;
        Some((id.to_owned(), record["body"].clone()))
    });
    imports.collect()
}

/// The rows of the exported statement, each as its cells.
async fn exported(browser: &Browser, id: &str) -> Vec<Vec<String>> {
    app::go(browser, id, "export", "Export").await;
    let (button, suffix) = EXPORTS[2];
    let name = format!("from-a-spreadsheet-{}-{suffix}", app::today(browser).await);
    let bytes = app::export(browser, button, &name).await;
    let mut reader = csv::Reader::from_reader(&bytes[3..]);
    let rows = reader.records().map(|row| row.expect("a row"));
    rows.map(|row| row.iter().map(str::to_owned).collect()).collect()
}

#[tokio::test(flavor = "current_thread")]
async fn dirty_statement_is_imported_seen_exported_and_taken_back() {
    let (browser, id) = at_import().await;
    pick(&browser, "old.csv", DIRTY).await;
    browser.wait_for_text("main", "Preview of old.csv").await;
    let counts = browser.text("main [role=status]").await;
    assert!(counts.contains("7 rows would be placed on 6 requirements"), "{counts}");
    assert!(
        counts.contains("2 rows asked about; 1 row without successor; 3 rows not recognised"),
        "{counts}"
    );
    assert!(counts.contains("row 3"), "{counts}");
    assert_eq!(kept_imports(&browser, &id).await, [], "nothing is imported yet");
    let problems = look_at(&browser, "import-preview").await;
    assert!(problems.is_empty(), "{}", problems.join("\n"));

    // What is not answered is not guessed: the field is shown, by keyboard the same is said for both.
    browser.click("#import").await;
    browser
        .wait_for_text("main [role=alert]", "Say first what the numbers mean")
        .await;
    assert!(browser.has_focus("#row-10").await, "{}", browser.focus_in_words().await);
    browser.choose("#like-0", "0").await;
    browser
        .wait_for_text(
            "main [role=status]",
            "9 rows would be placed on 8 requirements; 0 rows asked about",
        )
        .await;
    assert_eq!(browser.prop("#row-11", "value").await.as_deref(), Some("0"));
    browser.choose("#row-11", "out").await;
    browser
        .wait_for_text("main [role=status]", "8 rows would be placed on 7 requirements")
        .await;
    browser.tab_to("#import").await;
    browser.keys(&char::from(Key::Enter).to_string()).await;
    browser.wait_for_text(".notices", "Imported for 7 requirements").await;
    browser.wait_for_text("main", "Imported so far (7)").await;
    let imports = kept_imports(&browser, &id).await;
    let ids: Vec<&str> = imports.iter().map(|(id, _)| id.as_str()).collect();
    let annex = ["A.5.16", "A.7.2", "A.8.1", "A.8.15", "A.8.32"].map(|code| format!("iso27001-2022/{code}"));
    assert_eq!(ids[..5], annex);
    assert_eq!(ids[5..], ["iso27017-2026/5.38", "iso27017-2026/8.36"]);

    browser.reload().await;
    browser.wait_for_text("main", "Imported so far (7)").await;
    assert_eq!(kept_imports(&browser, &id).await, imports, "and after loading anew");
    app::go(&browser, &id, "requirement/iso27001-2022/A.8.15", "A.8.15").await;
    for words in [
        "A.12.4.1, 12.4.2 of old.csv",
        "Status: Planned",
        "merged, weakest taken, applicability differs",
        "Owner (A.12.4.1): Zo\u{eb}",
        "Justification (12.4.2): Nothing to protect",
    ] {
        browser.wait_for_text("main", words).await;
    }
    let answers = app::records(&browser, &id).await;
    let is_said = |key: &&String| key.starts_with("answer/") || key.starts_with("decision/");
    assert_eq!(
        answers.keys().filter(is_said).count(),
        0,
        "nothing is answered or decided"
    );

    let rows = exported(&browser, &id).await;
    let row = |control: &str| rows.iter().find(|row| row[0] == control).expect("a row").clone();
    assert_eq!(row("A.8.15")[4], "Not decided (imported: Yes)");
    assert_eq!(row("A.8.15")[9], "Not yet known (imported: Planned)");
    assert!(row("A.8.15")[5].contains("Imported, Justification (A.12.4.1): Law;\nand contract"));
    assert!(row("A.8.15")[14].contains("Imported, Owner (A.12.4.1): Zo\u{eb}"));
    assert!(row("A.7.2")[6].contains("We own no building"), "{:?}", row("A.7.2"));
    let notes = row("27017 8.36").last().cloned().unwrap_or_default();
    assert!(notes.contains("Imported, Status: mostly"), "{notes:?}");
    assert_eq!(row("A.5.1")[4], "Not decided");

    // Taking over is a person's act.
    app::go(&browser, &id, "requirement/iso27001-2022/A.7.2", "A.7.2").await;
    browser.click("#take-over").await;
    browser.wait_until_gone("#take-over").await;
    assert_eq!(
        browser.prop("#justification", "value").await.as_deref(),
        Some("We own no building")
    );
    app::go(&browser, &id, "requirement/iso27001-2022/A.8.32", "A.8.32").await;
    browser.click("#take-over").await;
    assert!(browser.has("#decision-included:checked").await);
    browser.click("#remove-imported").await;
    browser.wait_until_gone("#remove-imported").await;
    assert_eq!(kept_imports(&browser, &id).await.len(), 6);
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn import_is_one_step_and_a_second_one_keeps_what_it_does_not_name() {
    let (browser, id) = at_import().await;
    pick(&browser, "first.csv", b"Control,Status\nA.5.1,Done\nA.5.2,Planned\n").await;
    browser.click("#import").await;
    browser.wait_for_text("main", "Imported so far (2)").await;
    pick(&browser, "second.csv", b"Control,Status\nA.5.2,Done\nA.5.3,Done\n").await;
    browser.wait_for_text("main", "Preview of second.csv").await;
    browser.click_button("Cancel").await;
    browser.wait_for_text("main", "Imported so far (2)").await;
    assert!(browser.has_focus("#soa-file").await);
    pick(&browser, "second.csv", b"Control,Status\nA.5.2,Done\nA.5.3,Done\n").await;
    browser.click("#import").await;
    browser.wait_for_text("main", "Imported so far (3)").await;
    let files = async || {
        let imports = kept_imports(&browser, &id).await;
        imports
            .iter()
            .map(|(_, body)| body["file"].as_str().unwrap_or_default().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(files().await, ["first.csv", "second.csv", "second.csv"]);
    browser.click(".app-bar-tools button").await;
    browser.wait_for_text("main", "Imported so far (2)").await;
    assert_eq!(files().await, ["first.csv", "first.csv"]);
    browser.click(".app-bar-tools button").await;
    browser
        .wait_until("all is as it was", async || files().await.is_empty())
        .await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn files_that_are_no_statement_are_refused_in_words_and_change_nothing() {
    let (browser, id) = at_import().await;
    let before = app::kept(&browser).await;
    for (name, bytes, reason) in [
        (
            "paper.csv",
            &b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"[..],
            "it is a PDF, not a table in text",
        ),
        ("book.csv", b"PK\x03\x04\0\0\0\0", "save it as CSV"),
        ("empty.csv", b"", "it is empty"),
        (
            "open.csv",
            b"Control,Title\nA.5.1,\"Policies\nA.5.2,Roles\n",
            "opens a quotation that is never closed",
        ),
    ] {
        pick(&browser, name, bytes).await;
        browser.wait_for_text("main [role=alert]", reason).await;
        let said = browser.text("main [role=alert]").await;
        assert!(said.contains(&format!("{name} was not read: ")), "{said}");
        assert!(said.contains("Nothing has been changed."), "{said}");
    }
    let path = app::directory().join("huge.csv");
    let huge = File::create(&path).expect("a file");
    huge.set_len(50 * 1024 * 1024).expect("a sparse file");
    browser.set_file_input("#soa-file", &path).await;
    browser
        .wait_for_text("main [role=alert]", "it has 52428800 bytes, the most is 4194304")
        .await;
    let many = "A.5.1,Done\n".repeat(5_001);
    pick(&browser, "many.csv", many.as_bytes()).await;
    browser
        .wait_for_text("main [role=alert]", "it has more than 5000 rows")
        .await;
    // A table of something else is shown as what it is, and there is nothing to import.
    pick(&browser, "prices.csv", b"Fruit,Price\nPear,2\n").await;
    browser
        .wait_for_text("main [role=status]", "0 rows would be placed")
        .await;
    browser.wait_for_text("main", "no control number").await;
    assert_eq!(browser.n_elements("#import").await, 0);
    assert_eq!(app::kept(&browser).await, before);
    pick(&browser, "good.csv", b"A.5.1\n").await;
    browser
        .wait_for_text("main [role=status]", "1 row would be placed on 1 requirement")
        .await;
    browser.click("#import").await;
    browser.wait_for_text("main", "Imported so far (1)").await;
    assert_eq!(kept_imports(&browser, &id).await.len(), 1);
    browser.finish().await;
}
