//! Runs the tests: native ones, component tests in a browser, and journeys through the release build.

use std::fs;
use std::path::Path;

use crate::browser::{self, Browser, Driver};
use crate::bundle;
use crate::serve::Server;
use crate::shell::{self, Outcome};
use crate::tools;

/// The path below which the journeys see the app: no file may rely on lying at the root of a host.
const JOURNEY_PREFIX: &str = "/kept/below/a/path/";
/// Each journey is one browser session; more at once make one another slow.
const JOURNEY_THREADS: &str = "--test-threads=2";
/// Flags for every browser, so that it neither asks nor calls anyone.
const CHROME_FLAGS: [&str; 7] = [
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// Runs every test, or one kind of them; `filter` goes to the test programs.
///
/// # Errors
/// At the first kind of tests that fails. A missing browser is a failure, never a reason to leave tests out.
pub fn run(only: Option<&str>, filter: &[String]) -> Outcome {
    let (native, web, journeys) = match only {
        None => (true, true, true),
        Some("native") => (true, false, false),
        Some("web") => (false, true, false),
        Some("journeys") => (false, false, true),
        Some(kind) => return Err(format!("--only {kind:?}: choose native, web or journeys")),
    };
    tools::ensure_build_tools()?;
    // Before the long part, so that a missing browser is known at once.
    let browser = if web || journeys {
        Some(browser::find_or_install()?)
    } else {
        None
    };
    if native {
        shell::run(
            shell::cargo()
                .args(["test", "--locked", "--workspace", "--features", "cli"])
                .args(filter),
        )?;
    }
    match browser {
        Some(browser) => run_in_browser(&browser, web, journeys, filter),
        None => Ok(()),
    }
}

fn run_in_browser(browser: &Browser, web: bool, journeys: bool, filter: &[String]) -> Outcome {
    if web {
        run_web(browser, filter)?;
    }
    if journeys {
        run_journeys(browser, filter)?;
    }
    Ok(())
}

fn run_web(browser: &Browser, filter: &[String]) -> Outcome {
    run_component_tests(browser, &["--features", "ui,gallery", "--test", "web"], filter)
}

/// Times the analysis in a browser, built as the release is built.
///
/// # Errors
/// When there is no browser, or the bench does not run.
pub fn bench_in_browser() -> Outcome {
    tools::ensure_build_tools()?;
    let bench = ["--release", "--features", "ui", "--test", "web_bench"];
    run_component_tests(
        &browser::find_or_install()?,
        &bench,
        &["--".to_owned(), "--nocapture".to_owned()],
    )
}

fn run_component_tests(browser: &Browser, which: &[&str], filter: &[String]) -> Outcome {
    let capabilities = shell::root().join("target/webdriver.json");
    bundle::write(&capabilities, capabilities_for(&browser.chrome, browser::is_root()))?;
    shell::run(
        shell::cargo()
            .args(["test", "--locked", "--target", "wasm32-unknown-unknown"])
            .args(which)
            .args(filter)
            .env("CHROMEDRIVER", &browser.driver)
            .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities)
            .env("WASM_BINDGEN_TEST_TIMEOUT", "120"),
    )
}

fn run_journeys(browser: &Browser, filter: &[String]) -> Outcome {
    let dist = bundle::build_for_journeys()?;
    let scratch = shell::root().join("target/journeys/run");
    let downloads = scratch.join("downloads");
    remove_tree(&scratch)?;
    fs::create_dir_all(&downloads).map_err(|error| format!("cannot create {}: {error}", downloads.display()))?;
    let server = Server::start(&dist, JOURNEY_PREFIX, 0)?;
    let driver = Driver::start(&browser.driver)?;
    let (before, after) = split_at_dashes(filter);
    shell::run(
        shell::cargo()
            .args(["test", "--locked", "--features", "cli", "--test", "journeys"])
            .args(before)
            .args(["--", JOURNEY_THREADS])
            .args(after)
            .env("CONCORD_URL", server.url())
            .env("CONCORD_WEBDRIVER", driver.url())
            .env("CONCORD_CHROME", &browser.chrome)
            .env("CONCORD_DOWNLOADS", downloads),
    )
}

/// What stands before and after `--`: for cargo, and for the test program.
fn split_at_dashes(words: &[String]) -> (&[String], &[String]) {
    let place = words.iter().position(|word| word == "--");
    match place.and_then(|place| words.split_at_checked(place)) {
        Some((before, [_, after @ ..])) => (before, after),
        Some((before, [])) => (before, &[]),
        None => (words, &[]),
    }
}

/// The capabilities file of wasm-bindgen's test runner.
fn capabilities_for(chrome: &Path, is_root: bool) -> String {
    let mut flags: Vec<String> = CHROME_FLAGS.iter().map(|flag| format!("{flag:?}")).collect();
    if is_root {
        flags.push("\"--no-sandbox\"".to_owned());
    }
    let binary = chrome.display().to_string();
    format!(
        "{{\"goog:chromeOptions\": {{\"binary\": {binary:?}, \"args\": [{}]}}}}\n",
        flags.join(", ")
    )
}

/// Removes a directory; that there is none is no mistake.
fn remove_tree(path: &Path) -> Outcome {
    match fs::remove_dir_all(path) {
        Err(error) if path.exists() => Err(format!("cannot remove {}: {error}", path.display())),
        Ok(()) | Err(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn words_after_dashes_go_to_the_test_program() {
        let all = words("axe -- --nocapture");
        assert_eq!(split_at_dashes(&all), (&words("axe")[..], &words("--nocapture")[..]));
        assert_eq!(split_at_dashes(&words("axe")), (&words("axe")[..], &[][..]));
        assert_eq!(split_at_dashes(&words("axe --")), (&words("axe")[..], &[][..]));
    }

    #[test]
    fn sandbox_is_left_on_unless_root() {
        let path = Path::new("chromium");
        assert!(!capabilities_for(path, false).contains("no-sandbox"));
        assert!(capabilities_for(path, true).contains("\"--disable-sync\", \"--no-sandbox\"]"));
    }

    #[test]
    fn unknown_kind_of_tests_is_refused() {
        assert!(run(Some("unit"), &[]).is_err());
    }
}
