//! Every page with the sample company in it: accessible in light and dark, as narrow as a phone and as wide as a desk,
//! with a title, with the focus where a reader expects it.

use std::path::Path;

use fantoccini::key::Key;

use crate::app;
use crate::browser::{Browser, Profile};

/// A page: its name, its address within the assessment, and a word of its heading and of its title.
type Place = (&'static str, &'static str, &'static str, &'static str);

const WIDTHS: [(u32, u32); 2] = [(1280, 900), (320, 640)];
/// The company has answered everything, so a question that is open is one that was cleared.
const CLEARED: &str = "source.commit-identity";
const QUESTIONS: [Place; 5] = [
    ("scope", "scope", "Scope", "Scope"),
    ("tasks", "tasks", "Questions", "Questions"),
    ("question-open", "question/source.commit-identity", "", ""),
    ("question-answered", "question/pipeline.artefact-signing", "", ""),
    ("topic", "topic/source", "", ""),
];
const RESULTS: [Place; 5] = [
    ("overview", "overview", "Overview", "Overview"),
    ("gaps", "gaps", "Gap register", "Gap register"),
    ("requirement", "requirement/iso27001-2022/A.8.32", "A.8.32", "A.8.32"),
    ("export", "export", "Export", "Export"),
    ("import", "import", "Import", "Import"),
];
const READINESS: [Place; 9] = [
    ("gates", "gates", "Gates", "Gates"),
    ("gate-stage-1", "gate/stage-1", "Stage 1", "Stage 1"),
    ("gate-type-2", "gate/type-2", "Type 2", "Type 2"),
    ("calendar", "calendar", "Calendar", "Calendar"),
    ("calendar-holes", "calendar?show=missed", "Calendar", "Calendar"),
    (
        "findings",
        "findings",
        "Potential nonconformities",
        "Potential nonconformities",
    ),
    ("lint", "lint", "Lint", "Lint"),
    ("scan", "scan", "Quick scan", "Quick scan"),
    (
        "documents",
        "documents",
        "Documented information",
        "Documented information",
    ),
];
const REGISTERS: [Place; 12] = [
    ("registers", "registers", "Registers", "Registers"),
    (
        "evidence",
        "register/evidence",
        "Evidence register",
        "Evidence register",
    ),
    ("requests", "requests", "Evidence requests", "Evidence requests"),
    (
        "suppliers",
        "register/supplier",
        "Supplier register",
        "Supplier register",
    ),
    ("reports", "register/report", "Assurance reports", "Assurance reports"),
    ("risks", "register/risk", "Risk register", "Risk register"),
    (
        "own-controls",
        "register/own-control",
        "Controls of your own",
        "Controls of your own",
    ),
    (
        "evidence-entry",
        "register/evidence/0hnjrm03",
        "Accounts, roles and second factors",
        "Evidence register",
    ),
    ("supplier-entry", "register/supplier/ejxdayrc", "Example Cloud", ""),
    ("report-entry", "register/report/hxioufri", "", ""),
    (
        "risk-entry",
        "register/risk/ix4odiic",
        "A build runner is taken over",
        "",
    ),
    (
        "duties",
        "duties",
        "Shared responsibility matrix",
        "Shared responsibility matrix",
    ),
];
const PAPERS: [Place; 4] = [
    ("soa", "soa", "Statement of Applicability", "Statement of Applicability"),
    ("soc2-matrix", "soc2?show=matrix", "SOC 2 papers", "SOC 2 papers"),
    (
        "soc2-description",
        "soc2?show=description",
        "SOC 2 papers",
        "SOC 2 papers",
    ),
    (
        "soc2-commitments",
        "soc2?show=commitments",
        "SOC 2 papers",
        "SOC 2 papers",
    ),
];
const PLAN: [Place; 4] = [
    ("plan", "plan", "Remediation plan", "Remediation plan"),
    ("roadmap", "roadmap", "Roadmap", "Roadmap"),
    ("actions", "register/action", "Remediation plan", "Remediation plan"),
    (
        "action-entry",
        "register/action/restor01",
        "Restore every kind of backup once",
        "Remediation plan",
    ),
];
const TABLES: [Place; 7] = [
    (
        "requirements",
        "requirements/iso27001-2022",
        "Requirements",
        "Requirements",
    ),
    (
        "crosswalk",
        "crosswalk?from=iso27017-2026&to=soc2-2017",
        "Crosswalk",
        "Crosswalk",
    ),
    (
        "matrix-cell",
        "crosswalk?from=iso27001-2022&to=soc2-2017&row=A.8&column=CC6",
        "A.8 and CC6",
        "Crosswalk",
    ),
    (
        "added",
        "crosswalk?from=iso27001-2022&to=soc2-2017&show=added",
        "What SOC 2 adds",
        "Crosswalk",
    ),
    ("search", "search?q=change", "Search", "Search"),
    (
        "pair",
        "crosswalk?a=iso27001-2022/A.8.32&b=soc2-2017/CC8.1",
        "A.8.32 and CC8.1",
        "Crosswalk",
    ),
    (
        "not-found",
        "question/no.such-practice",
        "There is nothing here",
        "Not found",
    ),
];

const BOARD: [Place; 4] = [
    ("dashboard", "dashboard", "Dashboard", "Dashboard"),
    (
        "practices-gaps",
        "practices?gap=yes&frameworks=3",
        "Practices",
        "Practices",
    ),
    (
        "practices-of-a-gate",
        "practices?gate=type-1/soc2-2017&clearance=open",
        "Practices",
        "Practices",
    ),
    ("practices-unknown", "practices?gap=maybe", "Practices", "Practices"),
];

const PROGRESS: [Place; 3] = [
    ("progress", "progress", "Progress", "Progress"),
    ("compare", "compare", "Compare", "Compare"),
    ("compare-two", "compare?from=k2v7m3xa&to=w1q2z4fy", "Compare", "Compare"),
];

const OBLIGATIONS: [Place; 5] = [
    (
        "obligations",
        "obligations",
        "Layered obligations",
        "Layered obligations",
    ),
    (
        "obligations-annex",
        "obligations?source=nis2-2024-2690&show=gaps",
        "Layered obligations",
        "Layered obligations",
    ),
    (
        "obligation",
        "obligations?source=dora&one=Article%209",
        "Article 9",
        "Layered obligations",
    ),
    (
        "obligation-in-no-mapping",
        "obligations?source=dora&one=Article%2019",
        "Article 19",
        "Layered obligations",
    ),
    (
        "requirement-named-by",
        "requirement/iso27001-2022/A.8.8",
        "A.8.8",
        "A.8.8",
    ),
];

const MERGE: [Place; 2] = [
    ("merge", "merge", "Merge", "Merge"),
    ("conflicts-none", "conflicts", "Conflicts", "Conflicts"),
];

const WHAT_IF: [Place; 4] = [
    ("what-if", "what-if", "What if", "What if"),
    ("what-if-way", "what-if?way=stage-1", "What if", "What if"),
    ("what-if-most", "what-if?most=5", "What if", "What if"),
    ("what-if-gate", "what-if?gate=type-2&with=decide", "What if", "What if"),
];

/// Looks at the page that is shown, at every width and in both schemes, and says what is wrong with it. What is folded is
/// unfolded first.
pub async fn look_at(browser: &Browser, name: &str) -> Vec<String> {
    let mut problems = Vec::new();
    let unfold = "document.querySelectorAll('details').forEach(it => { it.open = true; })";
    browser.execute(unfold, vec![]).await;
    for (width, height) in WIDTHS {
        browser.viewport(width, height).await;
        browser.settle().await;
        let sideways = browser.horizontal_scroll().await;
        if !sideways.is_empty() {
            problems.push(format!("{name}, {width} px: {}", sideways.join("\n    ")));
        }
        for is_dark in [false, true] {
            browser.dark(is_dark).await;
            browser.settle().await;
            let scheme = if is_dark { "dark" } else { "light" };
            if std::env::var_os("CONCORD_SHOTS").is_some() {
                let shots = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/journeys/shots");
                browser
                    .screenshot(&shots.join(format!("{name}-{width}-{scheme}.png")))
                    .await;
            }
            let violations = browser.axe().await;
            problems.extend(
                violations
                    .iter()
                    .map(|it| format!("{name}, {width} px, {scheme}: {it}")),
            );
        }
    }
    browser.viewport(1280, 900).await;
    browser.dark(false).await;
    problems
}

/// Ends the session; fails if a page had problems, and says all of them.
async fn finish(browser: Browser, problems: Vec<String>) {
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    browser.finish().await;
}

async fn title(browser: &Browser) -> String {
    let title = browser.client().title().await;
    title.expect("the page has a title")
}

async fn look_at_all(places: &[Place]) {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    app::go_to_question(&browser, &id, CLEARED).await;
    browser.click_button("Clear this answer").await;
    app::wait_for_standing(&browser, &id, CLEARED, "not-answered").await;
    let mut problems = Vec::new();
    for (name, page, heading, in_title) in places {
        browser.goto(&format!("#/a/{id}/{page}")).await;
        match page.split_once('/') {
            Some(("question", practice)) if *name != "not-found" => {
                browser.wait_for_text("main h1", app::question_of(practice)).await;
                let title_of_page = title(&browser).await;
                let practice = concord::catalogue::CATALOGUE.practice(practice).expect("a practice");
                assert_eq!(title_of_page, format!("{} · Concord", practice.title()));
            }
            Some(("topic", topic)) => {
                let topic = concord::catalogue::CATALOGUE.topic(topic).expect("a topic");
                browser.wait_for_text("main h1", topic.title).await;
                assert_eq!(title(&browser).await, format!("{} · Concord", topic.title));
            }
            _ => {
                browser.wait_for_text("main h1", heading).await;
                let title_of_page = title(&browser).await;
                assert!(title_of_page.contains(in_title), "{name}: title {title_of_page:?}");
                assert!(title_of_page.ends_with(" · Concord"), "{name}: title {title_of_page:?}");
            }
        }
        assert_eq!(
            browser.n_elements("h1").await,
            1,
            "{name}: one heading of the first level"
        );
        problems.extend(look_at(&browser, name).await);
    }
    finish(browser, problems).await;
}

#[tokio::test(flavor = "current_thread")]
async fn pages_for_answering_fit_and_are_accessible() {
    look_at_all(&QUESTIONS).await;
}

#[tokio::test(flavor = "current_thread")]
async fn pages_of_merging_fit_and_are_accessible() {
    look_at_all(&MERGE).await;
}

#[tokio::test(flavor = "current_thread")]
async fn pages_of_results_fit_and_are_accessible() {
    look_at_all(&RESULTS).await;
}

#[tokio::test(flavor = "current_thread")]
async fn pages_of_readiness_fit_and_are_accessible() {
    look_at_all(&READINESS).await;
}

#[tokio::test(flavor = "current_thread")]
async fn registers_fit_and_are_accessible() {
    look_at_all(&REGISTERS).await;
}

#[tokio::test(flavor = "current_thread")]
async fn papers_fit_and_are_accessible() {
    look_at_all(&PAPERS).await;
}

#[tokio::test(flavor = "current_thread")]
async fn pages_of_the_plan_fit_and_are_accessible() {
    look_at_all(&PLAN).await;
}

#[tokio::test(flavor = "current_thread")]
async fn pages_with_long_tables_fit_and_are_accessible() {
    look_at_all(&TABLES).await;
}

#[tokio::test(flavor = "current_thread")]
async fn dashboard_and_the_practices_behind_it_fit_and_are_accessible() {
    look_at_all(&BOARD).await;
}

#[tokio::test(flavor = "current_thread")]
async fn pages_of_progress_fit_and_are_accessible() {
    look_at_all(&PROGRESS).await;
}

#[tokio::test(flavor = "current_thread")]
async fn layered_obligations_fit_and_are_accessible() {
    look_at_all(&OBLIGATIONS).await;
}

#[tokio::test(flavor = "current_thread")]
async fn what_if_fits_and_is_accessible() {
    look_at_all(&WHAT_IF).await;
}

#[tokio::test(flavor = "current_thread")]
async fn start_page_and_gallery_fit_and_are_accessible() {
    let browser = Browser::open(&Profile::fresh()).await;
    app::open_start(&browser).await;
    assert_eq!(title(&browser).await, "Assessments · Concord");
    let mut problems = look_at(&browser, "start-empty").await;
    browser.click_button("Begin").await;
    browser
        .wait_for_text("#new-name-error", "Give the assessment a name")
        .await;
    problems.extend(look_at(&browser, "start-error").await);
    let id = app::open_sample(&browser).await;
    browser.goto("#/").await;
    browser.wait_for_text(".card h3", app::SAMPLE_NAME).await;
    browser.click_button(&format!("Duplicate {}", app::SAMPLE_NAME)).await;
    browser.wait_for_text(".notices", "Duplicated.").await;
    browser
        .click_button(&format!("Delete {} (copy)", app::SAMPLE_NAME))
        .await;
    browser.wait_for("details.deleted").await;
    problems.extend(look_at(&browser, "start").await);
    browser.goto("#/gallery").await;
    browser.wait_for_text("main h1", "Gallery").await;
    assert_eq!(title(&browser).await, "Gallery · Concord");
    problems.extend(look_at(&browser, "gallery").await);
    browser.goto("#/no/such/place").await;
    browser.wait_for_text("main h1", "There is nothing here").await;
    assert_eq!(title(&browser).await, "Not found · Concord");
    problems.extend(look_at(&browser, "nowhere").await);
    browser
        .goto(&format!("#/a/{}/tasks", id.chars().rev().collect::<String>()))
        .await;
    browser.wait_for_text("main h1", "can't be opened").await;
    problems.extend(look_at(&browser, "missing").await);
    finish(browser, problems).await;
}

#[tokio::test(flavor = "current_thread")]
async fn what_is_hidden_takes_no_room() {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    for practice in ["source.peer-review", "pipeline.artefact-signing"] {
        app::go_to_question(&browser, &id, practice).await;
        assert!(
            browser.has(".notice[hidden], .field-error[hidden]").await,
            "something is hidden"
        );
        let script = "return [...document.querySelectorAll('[hidden]')].filter(it => it.getClientRects().length > 0)
            .map(it => `${it.localName}.${it.className}: ${it.innerText.slice(0, 60)}`)";
        assert_eq!(
            browser.execute(script, vec![]).await,
            serde_json::json!([]),
            "{practice}"
        );
    }
    browser.finish().await;
}

async fn assert_focus_on_main(browser: &Browser, after: &str) {
    browser
        .wait_until(&format!("the focus is on the main part after {after}"), async || {
            browser.has_focus("#main").await
        })
        .await;
}

#[tokio::test(flavor = "current_thread")]
async fn focus_goes_to_the_main_part_of_each_new_page() {
    let browser = Browser::open(&Profile::fresh()).await;
    app::open_sample(&browser).await;
    let nav = [
        "Overview",
        "Gaps",
        "Requirements",
        "Crosswalk",
        "Scope",
        "Export",
        "Questions",
    ];
    for page in nav {
        browser
            .click_path(&format!("//nav[@class='main-nav']//a[.='{page}']"))
            .await;
        browser.wait_for_text(".main-nav a[aria-current=page]", page).await;
        assert_focus_on_main(&browser, page).await;
    }
    browser.click("main .actions a").await;
    browser.wait_for("main h1").await;
    assert_focus_on_main(&browser, "a link in the page").await;
    // The address of a filter changes, the page stays: so does the focus.
    browser.click_path("//nav[@class='main-nav']//a[.='Gaps']").await;
    assert_focus_on_main(&browser, "Gaps").await;
    browser.tab_to("#filter-grade").await;
    browser.keys("P").await;
    browser
        .wait_until("the filter is in the address", async || {
            browser.route().await.contains("grade=")
        })
        .await;
    assert!(
        browser.has_focus("#filter-grade").await,
        "the focus stays on the filter"
    );
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn focus_goes_to_the_main_part_when_an_assessment_is_opened_or_left() {
    let browser = Browser::open(&Profile::fresh()).await;
    app::open_sample(&browser).await;
    assert_focus_on_main(&browser, "the sample was opened").await;
    browser.click("a.brand").await;
    browser.wait_for("#new-name").await;
    assert_focus_on_main(&browser, "the way back to the start").await;
    browser.click(".card h3 a").await;
    browser.wait_for_text("main h1", "Questions").await;
    assert_focus_on_main(&browser, "an assessment of the list").await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn skip_link_is_the_first_stop_and_leads_to_the_main_part() {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    app::go(&browser, &id, "overview", "Overview").await;
    browser.reload().await;
    browser.wait_for_text("main h1", "Overview").await;
    let route = browser.route().await;
    browser.keys(&char::from(Key::Tab).to_string()).await;
    assert!(
        browser.has_focus(".skip-link").await,
        "{}",
        browser.focus_in_words().await
    );
    let visible = "const box = document.activeElement.getBoundingClientRect(); return box.top >= 0 && box.left >= 0 && box.height > 10";
    assert_eq!(
        browser.execute(visible, vec![]).await,
        serde_json::json!(true),
        "the link is in sight"
    );
    browser.keys(&char::from(Key::Enter).to_string()).await;
    assert_focus_on_main(&browser, "the skip link").await;
    assert_eq!(browser.route().await, route, "the place in the app stays");
    browser.keys(&char::from(Key::Tab).to_string()).await;
    assert!(browser.has_focus("main *").await, "{}", browser.focus_in_words().await);
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn request_to_another_host_is_stopped_and_noticed() {
    let browser = Browser::open(&Profile::fresh()).await;
    app::open_start(&browser).await;
    assert_eq!(browser.foreign_requests().await, Vec::<String>::new());
    let script = "const done = arguments[arguments.length - 1];
        fetch('http://other.example/').then(() => done('sent'), () => done('stopped'))";
    let outcome = browser
        .client()
        .execute_async(script, vec![])
        .await
        .expect("the script runs");
    assert_eq!(outcome, serde_json::json!("stopped"));
    let errors = browser.console_errors().await;
    assert!(
        errors.iter().any(|error| error.contains("Content Security Policy")),
        "{errors:?}"
    );
    browser.close().await;
}
