//! Which question comes next and why, the quick scan, and a topic that somebody else answers.

use serde_json::json;

use crate::app;
use crate::browser::{Browser, Profile};

/// Questions of two topics that are cleared, so that something is open: all of the sample is answered.
const OPEN: [&str; 3] = ["source.peer-review", "review.internal-audit", "people.awareness"];
const TOPIC: &str = "source";

async fn with_open_questions() -> (Browser, String) {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    for practice in OPEN {
        app::go_to_question(&browser, &id, practice).await;
        browser.click_button("Clear this answer").await;
        app::wait_for_standing(&browser, &id, practice, "not-answered").await;
    }
    (browser, id)
}

fn is_asked(question: &str) -> Option<&'static str> {
    OPEN.into_iter().find(|it| app::question_of(it) == question)
}

#[tokio::test(flavor = "current_thread")]
async fn next_question_says_why_and_answering_leads_to_the_next_best() {
    let (browser, id) = with_open_questions().await;
    app::go(&browser, &id, "tasks", "Questions").await;
    let question = browser.text(".next-question .next-title").await;
    let first = is_asked(&question).unwrap_or_else(|| panic!("{question:?} is not open"));
    let whys = app::texts(&browser, ".next-question .whys li").await;
    assert!(!whys.is_empty() && whys.iter().all(|it| it.ends_with('.')), "{whys:?}");
    browser.click(".next-question a.primary").await;
    browser.wait_for_text(".question-title", app::question_of(first)).await;
    assert_eq!(
        browser.n_elements(".pager-best").await,
        0,
        "while it is open it is the best itself"
    );
    app::choose(&browser, "in-place").await;
    browser.click(".pager-best").await;
    browser
        .wait_until("another open question is shown", async || {
            let title = browser.text(".question-title").await;
            is_asked(&title).is_some_and(|it| it != first)
        })
        .await;
    assert_eq!(app::shown_standing(&browser).await, "");
    app::go(&browser, &id, "tasks", "Questions").await;
    assert_ne!(browser.text(".next-question .next-title").await, question);
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn quick_scan_lists_its_questions_with_reasons_and_counts_the_answers() {
    let (browser, id) = with_open_questions().await;
    app::go(&browser, &id, "tasks", "Questions").await;
    browser.click_link("Quick scan:").await;
    browser.wait_for_text("main h1", "Quick scan").await;
    let script = "return [...document.querySelectorAll('ol.tasks > li')].map(it =>
        [it.querySelector('h2').innerText.trim(), it.querySelectorAll('.whys li').length,
         it.querySelector('.task-state').innerText.trim()])";
    let read = async || {
        let rows = browser.execute(script, vec![]).await;
        serde_json::from_value::<Vec<(String, usize, String)>>(rows).expect("rows")
    };
    let rows = read().await;
    assert!((35..=60).contains(&rows.len()), "about forty: {}", rows.len());
    assert!(rows.iter().all(|(_, n_whys, _)| *n_whys > 0), "{rows:?}");
    let open: Vec<&str> = rows
        .iter()
        .filter(|(_, _, state)| state == "Not answered")
        .map(|(question, ..)| question.as_str())
        .collect();
    assert!(open.contains(&app::question_of("review.internal-audit")), "{open:?}");
    let counted = format!("{} of {} answered", rows.len() - open.len(), rows.len());
    browser.wait_for_text(".scan-progress", &counted).await;
    let share = browser.text("main > p").await;
    assert!(
        share.contains("% of requirements") && share.contains("settle"),
        "{share}"
    );

    browser.click_link("Answer the next one").await;
    browser.wait_for_text(".question-title", open[0]).await;
    app::choose(&browser, "partly").await;
    app::go(&browser, &id, "scan", "Quick scan").await;
    let counted = format!("{} of {} answered", rows.len() - open.len() + 1, rows.len());
    browser.wait_for_text(".scan-progress", &counted).await;
    let titles = |rows: &[(String, usize, String)]| rows.iter().map(|it| it.0.clone()).collect::<Vec<_>>();
    assert_eq!(titles(&read().await), titles(&rows), "answering does not move the list");
    browser.finish().await;
}

/// Goes to the table of the topic and unfolds the part on handing out.
async fn at_topic(browser: &Browser, id: &str) {
    app::go(browser, id, &format!("topic/{TOPIC}"), "").await;
    browser.wait_for("#bring-back").await;
}

/// The file of the topic, handed out.
async fn hand_out(browser: &Browser, id: &str) -> Vec<u8> {
    at_topic(browser, id).await;
    browser.click_button("Hand out this topic").await;
    let name = format!("concord-{TOPIC}-{}.json", app::today(browser).await);
    browser.take_download(&name).await
}

#[tokio::test(flavor = "current_thread")]
async fn topic_answered_elsewhere_is_taken_in_after_a_preview_and_one_undo_takes_it_back() {
    const CHANGED: [&str; 2] = ["source.commit-identity", "source.secret-scanning"];
    let first = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&first).await;
    let file = hand_out(&first, &id).await;
    let before = app::bodies(&first, &id).await;

    let second = Browser::open(&Profile::fresh()).await;
    app::open_start(&second).await;
    app::pick(&second, &app::file("topic.json", &file)).await;
    second.wait_for_text("main h1", "Questions").await;
    let theirs = app::open_id(&second).await;
    for practice in CHANGED {
        app::go_to_question(&second, &theirs, practice).await;
        app::choose(&second, "not-in-place").await;
        app::wait_for_standing(&second, &theirs, practice, "not-in-place").await;
    }
    app::go(&second, &theirs, "export", "Export").await;
    let script = "return document.querySelector('#export-assessment-file--json-').disabled";
    assert_eq!(second.execute(script, vec![]).await, json!(false));
    second.click("#export-assessment-file--json-").await;
    let said = "#export-assessment-file--json- + output";
    second.wait_for_text(said, "assessment.json").await;
    let returned = second.take_download_ending("assessment.json").await;
    second.finish().await;

    at_topic(&first, &id).await;
    first
        .set_file_input("#bring-back", &app::file("back.json", &returned))
        .await;
    first.wait_for_text("table.returned", "Not in place").await;
    let script = "return [...document.querySelectorAll('table.returned tbody tr')].map(row =>
        [row.querySelector('th a').getAttribute('href').split('/').pop(), row.querySelector('input').checked])";
    let rows: Vec<(String, bool)> =
        serde_json::from_value(first.execute(script, vec![]).await).expect("practices and choices");
    assert_eq!(rows.iter().map(|it| it.0.as_str()).collect::<Vec<_>>(), CHANGED);
    assert!(rows.iter().all(|it| it.1), "what only they changed is chosen");
    assert_eq!(app::bodies(&first, &id).await, before, "a preview changes nothing");
    first.click_button("Take in 2 entries").await;
    for practice in CHANGED {
        app::wait_for_standing(&first, &id, practice, "not-in-place").await;
    }
    first.wait_for_text(".notices", "Taken in: 2 entries").await;
    first.wait_until_gone("table.returned").await;
    app::undo(&first).await;
    first
        .wait_until("one step takes all back", async || {
            app::bodies(&first, &id).await == before
        })
        .await;
    first.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn file_that_is_no_topic_is_refused_in_words_and_changes_nothing() {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    let file = hand_out(&browser, &id).await;
    let before = app::kept(&browser).await;
    let sample = std::fs::read(app::SAMPLE).expect("the sample can be read");
    let cases: [(&str, &[u8], &str); 5] = [
        ("cut.json", &file[..file.len() / 2], "damaged or cut off"),
        ("foreign.json", b"{\"hello\": 1}", "is not a Concord assessment"),
        ("picture.json", &[0xff, 0xd8, 0xff, 0xe0], "the file is not text"),
        ("whole.json", &sample, "holds a whole assessment, not a topic"),
        ("empty.json", b"", "was not taken in"),
    ];
    for (name, bytes, words) in cases {
        browser.set_file_input("#bring-back", &app::file(name, bytes)).await;
        browser.wait_for_text("[role=alert]", words).await;
        browser
            .wait_for_text("[role=alert]", &format!("{name} was not taken in"))
            .await;
        browser.wait_for_text("[role=alert]", "Nothing has been changed.").await;
        assert_eq!(browser.n_elements("table.returned").await, 0, "{name}");
    }
    assert_eq!(app::kept(&browser).await, before);
    // A good one after bad ones is compared, and says that nothing differs.
    browser
        .set_file_input("#bring-back", &app::file("good.json", &file))
        .await;
    browser
        .wait_for_text("main", "Nothing in it differs from what is here")
        .await;
    assert_eq!(browser.n_elements("[role=alert]").await, 0);
    browser.finish().await;
}
