//! Layered obligations: what the page says is what the answers say; filters, the way down to practices and back, the
//! reverse from a requirement, the scope without ISO/IEC 27001, and the export. By keyboard where a person would.

use concord::analysis::{Analysis, SourceReading, Spoken};
use concord::catalogue::{CATALOGUE, OBLIGATIONS};
use concord::domain::{AssessmentId, date_from_text};
use concord::report::wording;
use concord::store::{AssessmentFile, Book};
use fantoccini::key::Key;
use serde_json::json;

use crate::app;
use crate::browser::{Browser, Profile};

const PAGE: &str = "Layered obligations";

/// The sample company as the native program reads it on a day.
fn readings_on(day: &str) -> Vec<SourceReading> {
    let text = std::fs::read(app::SAMPLE).expect("the sample can be read");
    let file = AssessmentFile::from_bytes(&text).expect("the sample opens");
    let id = AssessmentId::parse("sample").expect("an id");
    let assessment = Book::from_records(id, 1, file.records, &CATALOGUE).assessment;
    let analysis = Analysis::new(&CATALOGUE, &assessment, date_from_text(day).expect("a day"));
    let sources = OBLIGATIONS.iter();
    sources
        .map(|it| SourceReading::new(&CATALOGUE, it, &assessment, &analysis))
        .collect()
}

async fn with_sample() -> (Browser, String) {
    let browser = Browser::open(&Profile::fresh()).await;
    let id = app::open_sample(&browser).await;
    (browser, id)
}

async fn press(browser: &Browser, key: Key) {
    browser.keys(&char::from(key).to_string()).await;
}

/// The ids of the obligations in the table.
async fn shown(browser: &Browser) -> Vec<String> {
    app::texts(browser, ".obligations tbody tr:not(.group-row) > th").await
}

fn ids(reading: &SourceReading, is_wanted: impl Fn(&concord::analysis::ObligationReading) -> bool) -> Vec<String> {
    let wanted = reading.obligations().filter(|it| is_wanted(it));
    wanted.map(|it| it.obligation.id.to_owned()).collect()
}

#[tokio::test(flavor = "current_thread")]
async fn cards_say_what_the_answers_say_with_credit_and_lead_by_keyboard_to_filters_and_back() {
    let (browser, id) = with_sample().await;
    let readings = readings_on(&app::today(&browser).await);
    app::go(&browser, &id, "crosswalk", "Crosswalk").await;
    browser.tab_to("main a[href$='/obligations']").await;
    press(&browser, Key::Enter).await;
    browser.wait_for_text("main h1", PAGE).await;
    let findings = app::texts(&browser, ".obligation-card .obligation-finding").await;
    let expected = readings.iter();
    let expected = expected.map(|it| wording::obligations_finding(it.source, &it.count));
    assert_eq!(findings, expected.collect::<Vec<_>>());
    let credits = app::texts(&browser, ".obligation-card .obligation-credit").await;
    assert_eq!(credits, OBLIGATIONS.iter().map(|it| it.credit).collect::<Vec<_>>());
    browser
        .wait_for_text("main .notice", "no assessment against the law")
        .await;

    let dora = readings.iter().find(|it| it.source.id == "dora").expect("DORA");
    browser.tab_to(".obligation-card a[href*='source=dora']").await;
    press(&browser, Key::Enter).await;
    browser.wait_for_text("#chosen-source", dora.source.title).await;
    browser
        .wait_for(".obligation-card a[href*='source=dora'][aria-current]")
        .await;
    assert_eq!(shown(&browser).await, ids(dora, |_| true));

    browser.tab_to("#filter-show").await;
    browser.keys("W").await;
    let with_gaps = ids(dora, |it| !it.footing.gaps.is_empty());
    assert!(!with_gaps.is_empty() && with_gaps.len() < dora.count.n_total());
    let is_filtered = async || shown(&browser).await == with_gaps;
    browser.wait_until("only those with gaps are shown", is_filtered).await;
    assert!(browser.has_focus("#filter-show").await, "the focus stays on the filter");
    assert!(browser.route().await.contains("show=gaps"));
    let counted = format!("{} of {} articles", with_gaps.len(), dora.count.n_total());
    browser.wait_for_text(".filter-count", &counted).await;

    browser.reload().await;
    browser.wait_for_text("main h1", PAGE).await;
    browser.wait_until("the filter survives a reload", is_filtered).await;
    browser.client().back().await.expect("there is a page before");
    let is_whole = async || shown(&browser).await.len() == dora.count.n_total();
    browser.wait_until("all are shown again", is_whole).await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn obligation_leads_down_to_a_practice_and_an_answer_there_moves_it() {
    let (browser, id) = with_sample().await;
    let readings = readings_on(&app::today(&browser).await);
    let dora = readings.iter().find(|it| it.source.id == "dora").expect("DORA");
    let article = dora
        .obligations()
        .find(|it| it.obligation.id == "Article 23")
        .expect("the article");
    assert_ne!(article.spoken, Spoken::InFull, "the sample leaves it open");
    app::go(&browser, &id, "obligations?source=dora&show=gaps", PAGE).await;
    browser.click_link("Article 23").await;
    browser.wait_for_text("main h1", &article.obligation.name()).await;
    let status = browser.text("main .status-line").await;
    assert!(status.starts_with(article.spoken.title()), "{status}");
    let gaps = browser.n_elements("main section:nth-of-type(2) tbody tr").await;
    assert_eq!(gaps, article.footing.gaps.len());
    // Each practice that it needs is put in place with all that can be shown.
    for at in article.footing.practices.iter() {
        let practice = CATALOGUE.practices[at].id.as_str();
        browser
            .goto(&format!("#/a/{id}/obligations?source=dora&one=Article%2023"))
            .await;
        browser.wait_for_text("main h1", &article.obligation.name()).await;
        browser.click(".section-folded:not([open]) > summary").await;
        browser
            .click(&format!(".practice-list a[href$='/question/{practice}']"))
            .await;
        browser
            .wait_for_text(".question-title", app::question_of(practice))
            .await;
        app::choose(&browser, "in-place").await;
        app::wait_for_standing(&browser, &id, practice, "in-place").await;
    }
    browser
        .goto(&format!("#/a/{id}/obligations?source=dora&one=Article%2023"))
        .await;
    browser.wait_for_text("main .status-line", Spoken::InFull.title()).await;
    browser.click(".breadcrumb a").await;
    browser.wait_for_text("main h1", PAGE).await;
    let is_full = async || {
        let script = "return [...document.querySelectorAll('.obligations tbody tr')]
            .find(it => it.cells[0].innerText.trim() === 'Article 23')?.cells[2].innerText.trim()";
        browser.execute(script, vec![]).await == json!(Spoken::InFull.title())
    };
    browser.wait_until("the table says so too", is_full).await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn requirement_of_iso_27001_says_which_obligations_name_it() {
    let (browser, id) = with_sample().await;
    app::go(&browser, &id, "requirement/iso27001-2022/A.8.13", "A.8.13").await;
    app::unfold(&browser, "Also named by").await;
    browser.click_link("Article 12 Backup, restoration and recovery").await;
    browser.wait_for_text("main h1", "Article 12").await;
    browser
        .wait_for("main a[href$='/requirement/iso27001-2022/A.8.13']")
        .await;
    app::go(&browser, &id, "requirement/soc2-2017/CC8.1", "CC8.1").await;
    let text = browser.text("main").await;
    assert!(!text.contains("Also named by"), "only ISO/IEC 27001 is read through");
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn without_iso_27001_the_page_says_so_and_offers_the_practices() {
    let (browser, id) = with_sample().await;
    let before = readings_on(&app::today(&browser).await);
    app::go(&browser, &id, "scope", "Scope").await;
    browser.click("label[for='framework-iso27001-2022']").await;
    browser.wait_for_text(".notice.effect", "Not changed yet.").await;
    browser.click_button("Confirm").await;
    browser.wait_until_gone(".notice.effect").await;
    app::go(&browser, &id, "obligations?source=pci-dss-4.0.1", PAGE).await;
    browser.wait_for_text("main", wording::OBLIGATIONS_UNSCOPED).await;
    let words = app::texts(&browser, ".obligations td:nth-of-type(2)").await;
    assert!(words.iter().all(|it| it == Spoken::NotInScope.title()), "{words:?}");
    browser.click_link("Look at the practices instead").await;
    browser.wait_for_text("main", wording::OBLIGATIONS_FROM_PRACTICES).await;
    let pci = before
        .iter()
        .find(|it| it.source.id == "pci-dss-4.0.1")
        .expect("PCI DSS");
    let finding = wording::obligations_finding(pci.source, &pci.count);
    let is_said = async || app::texts(&browser, ".obligation-finding").await.contains(&finding);
    browser.wait_until(&format!("the card says {finding:?}"), is_said).await;
    browser.finish().await;
}

#[tokio::test(flavor = "current_thread")]
async fn export_holds_each_obligation_and_the_credit() {
    let (browser, id) = with_sample().await;
    app::go(&browser, &id, "export", "Export").await;
    let name = format!(
        "harbour-pine-first-audit-{}-obligations.csv",
        app::today(&browser).await
    );
    let bytes = app::export(&browser, "export-layered-obligations", &name).await;
    let text = String::from_utf8(bytes).expect("UTF-8");
    for source in OBLIGATIONS {
        assert!(text.contains(source.credit), "{}", source.id);
        for obligation in source.obligations() {
            let begins = format!("{},{},", source.short, obligation.id);
            assert!(text.lines().any(|line| line.starts_with(&begins)), "{begins}");
        }
    }
    assert_eq!(
        browser
            .execute(
                "return document.querySelectorAll('main .notice[data-tone=bad]').length",
                vec![]
            )
            .await,
        json!(0)
    );
    browser.finish().await;
}
