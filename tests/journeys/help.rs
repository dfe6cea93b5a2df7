//! Help in place: reached from everywhere without closing what is open, its glossary, and the tour of the sample company.

use fantoccini::key::Key;
use serde_json::json;

use crate::app;
use crate::browser::{Browser, Profile};
use crate::every_page::look_at;

/// The pages of help: address, heading, title.
const HELP: [(&str, &str, &str); 5] = [
    ("help", "Help", "Help · Concord"),
    ("help/glossary", "Glossary", "Glossary · Concord"),
    ("help/method", "Method", "Method · Concord"),
    ("help/keyboard", "Keyboard", "Keyboard · Concord"),
    ("help/data", "Your data", "Your data · Concord"),
];
/// The preference that remembers where the tour was taken or declined.
const PREFERENCE: &str = "concord/preference/tour";
const TITLE: &str = "#tour-title";
/// The headings of the pages that the tour shows, step by step.
const STEPS: [&str; 10] = [
    "Questions",
    "Does every merge",
    "Overview",
    "Dashboard",
    "Gates",
    "Gap register",
    "A.8.32 and CC8.1",
    "Registers",
    "Export",
    "Scope",
];

async fn press(browser: &Browser, key: Key) {
    browser.keys(&char::from(key).to_string()).await;
}

async fn wait_for_focus(browser: &Browser, css: &str) {
    browser
        .wait_until(&format!("the focus is on {css}"), async || browser.has_focus(css).await)
        .await;
}

async fn wait_for_route(browser: &Browser, route: &str) {
    browser
        .wait_until(&format!("the address is {route}"), async || {
            browser.route().await == route
        })
        .await;
}

#[tokio::test(flavor = "current_thread")]
async fn help_fits_and_is_accessible_without_an_assessment() {
    let browser = Browser::open(&Profile::fresh()).await;
    app::open_start(&browser).await;
    browser.click(".app-bar-tools a").await;
    let mut problems = Vec::new();
    for (page, heading, title) in HELP {
        browser.goto(&format!("#/{page}")).await;
        browser.wait_for_text("main h1", heading).await;
        assert_eq!(browser.client().title().await.expect("a title"), title);
        assert_eq!(browser.n_elements("h1").await, 1, "{page}");
        assert_eq!(
            browser.text("nav[aria-label=Help] [aria-current=page]").await,
            heading,
            "{page}"
        );
        problems.extend(look_at(&browser, &page.replace('/', "-")).await);
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    browser.goto("#/help/no-such-page").await;
    browser.wait_for_text("main h1", "There is nothing here").await;
    browser.goto("#/help").await;
    browser.click(".breadcrumb a").await;
    browser.wait_for("#new-name").await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn help_leaves_the_assessment_open_with_what_can_be_undone() {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    let practice = "source.peer-review";
    app::go_to_question(&browser, &id, practice).await;
    app::choose(&browser, "not-in-place").await;
    app::wait_for_standing(&browser, &id, practice, "not-in-place").await;
    browser.click(".app-bar-tools a").await;
    browser.wait_for_text("main h1", "Help").await;
    wait_for_focus(&browser, "#main").await;
    assert_eq!(browser.n_elements(".main-nav [aria-current]").await, 0);
    browser.click_link("Glossary").await;
    browser.wait_for_text("main h1", "Glossary").await;
    app::undo(&browser).await;
    app::wait_for_standing(&browser, &id, practice, "in-place").await;
    browser.click_link("Back to Peer review before merge").await;
    browser
        .wait_for_text(".question-title", app::question_of(practice))
        .await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn hard_word_leads_to_its_meaning_and_back() {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    let pair = "crosswalk?a=iso27001-2022/A.8.32&b=soc2-2017/CC8.1";
    app::go(&browser, &id, pair, "A.8.32 and CC8.1").await;
    let because = "a[href='#/help/glossary?term=because']";
    browser.tab_to(because).await;
    assert_eq!(
        browser
            .execute("return document.activeElement.textContent", vec![])
            .await,
        json!("What is this? Because")
    );
    press(&browser, Key::Enter).await;
    wait_for_focus(&browser, "#term-because").await;
    browser.wait_for("[data-wanted] #term-because").await;

    // A word that belongs to it, then where that is used.
    browser
        .click("[data-wanted] a[href='#/help/glossary?term=remainder']")
        .await;
    wait_for_focus(&browser, "#term-remainder").await;
    browser.wait_for("[data-wanted] #term-remainder").await;
    assert_eq!(browser.n_elements("[data-wanted]").await, 1);
    assert_eq!(
        browser.attr("[data-wanted] .hint a", "href").await,
        Some(format!("#/a/{id}/crosswalk"))
    );
    browser.click_link("Back to Crosswalk").await;
    wait_for_route(&browser, &format!("/a/{id}/{pair}")).await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn glossary_is_filtered_and_has_letters_and_an_address_shows_its_word_all_the_same() {
    let browser = Browser::open(&Profile::fresh()).await;
    browser.goto("#/help/glossary?term=gate").await;
    wait_for_focus(&browser, "#term-gate").await;
    let n_all = browser.n_elements(".glossary dt").await;
    assert!(n_all > 50, "{n_all}");
    browser
        .wait_for_text(".filter-count", &format!("{n_all} of {n_all} words"))
        .await;

    browser.fill("#filter-words", "SUBSERVICE").await;
    browser
        .wait_until("fewer words", async || {
            let n = browser.n_elements(".glossary dt").await;
            n > 0 && n < 10
        })
        .await;
    let n = browser.n_elements(".glossary dt").await;
    browser
        .wait_for_text(".filter-count", &format!("{n} of {n_all} words"))
        .await;
    let texts = app::texts(&browser, ".glossary > div").await;
    assert!(
        texts.iter().all(|it| it.to_lowercase().contains("subservice")),
        "{texts:?}"
    );
    browser.fill("#filter-words", "nothing like it").await;
    browser.wait_for_text("main", "No word fits").await;
    browser.assert_accessible().await;

    // The address goes before the filter.
    browser.goto("#/help/glossary?term=wave").await;
    wait_for_focus(&browser, "#term-wave").await;
    assert_eq!(browser.prop("#filter-words", "value").await.as_deref(), Some(""));
    browser.click("a[href='#/help/glossary?letter=R']").await;
    wait_for_focus(&browser, "#letter-R").await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn chapter_of_the_method_has_an_address() {
    let browser = Browser::open(&Profile::fresh()).await;
    browser.goto("#/help/method").await;
    browser.click_link("Gaps: grade and rank").await;
    wait_for_focus(&browser, "#part-gaps").await;
    wait_for_route(&browser, "/help/method?part=gaps").await;
    browser.finish().await;
}

/// Whether the element with the focus lies under the panel of the tour, at least in part.
async fn is_covered(browser: &Browser) -> bool {
    let script = "const panel = document.querySelector('.tour'), it = document.activeElement;
        if (panel.contains(it) || getComputedStyle(panel).position !== 'fixed') return false;
        const boxes = [...it.getClientRects()], top = panel.getBoundingClientRect().top;
        return boxes.some(box => box.height > 0 && box.bottom > top + 1)";
    browser.execute(script, vec![]).await == json!(true)
}

#[tokio::test(flavor = "current_thread")]
async fn tour_is_taken_by_keyboard_and_left_in_the_middle() {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    browser.wait_for_text(".tour-offer .notice", "A tour of 10 steps").await;
    assert!(browser.has_focus("#main").await, "the offer takes no focus");
    let mut problems = look_at(&browser, "tour-offer").await;
    // From the main part back to the offer, which stands before it.
    browser
        .chord(&char::from(Key::Shift).to_string(), char::from(Key::Tab))
        .await;
    browser
        .chord(&char::from(Key::Shift).to_string(), char::from(Key::Tab))
        .await;
    assert_eq!(browser.focus_in_words().await, "button Take the tour");
    press(&browser, Key::Enter).await;
    for (n, heading) in STEPS.iter().enumerate() {
        let step = format!("Tour, step {} of {}", n + 1, STEPS.len());
        browser.wait_for_text(TITLE, &step).await;
        browser.wait_for_text("main h1", heading).await;
        wait_for_focus(&browser, TITLE).await;
        if n == 4 {
            problems.extend(look_at(&browser, "tour-step").await);
            // The window was narrow meanwhile, and the focus may have gone.
            browser
                .execute("document.querySelector(arguments[0]).focus()", vec![json!(TITLE)])
                .await;
        }
        if n + 1 < STEPS.len() {
            browser.tab_to(".tour .primary").await;
            press(&browser, Key::Enter).await;
        }
    }
    browser.tab_to(".tour button").await;
    assert_eq!(browser.focus_in_words().await, "button Back");
    press(&browser, Key::Enter).await;
    browser.wait_for_text("main h1", "Export").await;
    wait_for_focus(&browser, TITLE).await;

    // Not trapped: Tab goes on into the page, and nothing that has the focus lies under the panel.
    app::go(&browser, &id, "gaps", "Gap register").await;
    wait_for_focus(&browser, "#main").await;
    for _ in 0..60 {
        press(&browser, Key::Tab).await;
        assert!(!is_covered(&browser).await, "{}", browser.focus_in_words().await);
    }
    // The reader went elsewhere: the way back to the step is offered.
    browser.click_button("Show the page of this step").await;
    browser.wait_for_text("main h1", "Export").await;
    wait_for_focus(&browser, TITLE).await;
    press(&browser, Key::Escape).await;
    browser.wait_until_gone(".tour").await;
    wait_for_focus(&browser, "#main").await;
    assert_eq!(browser.text("main h1").await, "Export");
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn tour_does_not_come_back_by_itself_and_starts_again_when_asked() {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    browser.click_button("No, thanks").await;
    browser.wait_until_gone(".tour-offer .notice").await;
    assert!(app::kept(&browser).await.contains_key(PREFERENCE));
    browser.reload().await;
    app::open_sample(&browser).await;
    browser.settle().await;
    tokio::time::sleep(std::time::Duration::from_millis(400)).await;
    assert_eq!(browser.n_elements(".tour, .tour-offer .notice").await, 0);

    // From help, on the sample on which it was declined: no further copy is made.
    browser.goto("#/help").await;
    browser.click_button("Take the tour").await;
    browser.wait_for_text(TITLE, "Tour, step 1 of").await;
    wait_for_focus(&browser, TITLE).await;
    assert_eq!(app::open_id(&browser).await, id);
    // Another assessment has no tour; when the reader comes back, it is where it was.
    browser.goto("#/").await;
    browser.wait_for("#new-name").await;
    assert_eq!(browser.n_elements(".tour").await, 0);
    browser.fill("#new-name", "Own").await;
    browser.click_button("Begin").await;
    browser.wait_for_text("main h1", "Scope").await;
    browser.settle().await;
    assert_eq!(browser.n_elements(".tour").await, 0);
    browser.goto("#/").await;
    browser.click_button("Take the tour").await;
    browser.wait_for_text(TITLE, "Tour, step 1 of").await;
    browser.click_button("Leave the tour").await;
    browser.wait_until_gone(".tour").await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn access_keys_go_to_the_next_question_the_last_one_and_the_search() {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    app::go_to_question(&browser, &id, "source.peer-review").await;
    let first = browser.route().await;
    let alt = char::from(Key::Alt).to_string();
    browser.chord(&alt, 'n').await;
    browser
        .wait_until("another question is shown", async || {
            let route = browser.route().await;
            route != first && route.contains("/question/")
        })
        .await;
    // Until the page shows it, the key leads where it led before.
    browser
        .wait_for("[accesskey=p][href$='question/source.peer-review']")
        .await;
    browser.chord(&alt, 'p').await;
    wait_for_route(&browser, &first).await;
    browser.chord(&alt, 's').await;
    browser.wait_for_text("main h1", "Search").await;
    browser.finish().await;
}
