//! One browser session, driven over WebDriver. Knows how to look at a page and act like a person on it; knows nothing
//! of what Concord shows.
//!
//! Everything here panics with a readable message when the browser does not do as asked: it is test code.

// The journeys use what they need; the harness stays whole between them.
#![allow(dead_code)]

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::key::Key;
use fantoccini::wd::WindowHandle;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

/// How long to wait for something to appear on the page.
const PATIENCE: Duration = Duration::from_secs(15);
/// How long to wait for a file: a report of many pages takes seconds to write.
const DOWNLOAD_PATIENCE: Duration = Duration::from_secs(60);
/// How long chromedriver may take to answer.
const DRIVER_PATIENCE: Duration = Duration::from_secs(60);
const POLL: Duration = Duration::from_millis(50);
/// How many presses of Tab may lead to an element: more than any page has places to stop.
const MOST_TABS: usize = 400;

const FLAGS: [&str; 9] = [
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,900",
    "--force-device-scale-factor=1",
];

/// Hosts that the browser asks on its own account, whatever page it shows: updates, time, field types, its start page.
/// What the page itself asks of them still shows in the browser's log, so only the trap leaves them out.
const HOSTS_OF_THE_BROWSER: [&str; 5] = [
    "google.com",
    "googleapis.com",
    "gstatic.com",
    "gvt1.com",
    "start.duckduckgo.com",
];

const AXE: &str = include_str!("../vendor/axe.min.js");

/// A directory in which the browser keeps what it stores. Open it twice, one after the other, for a second visit.
#[derive(Clone, Debug)]
pub struct Profile(PathBuf);

impl Profile {
    /// A new, empty profile.
    pub fn fresh() -> Self {
        Self(scratch("profile"))
    }
}

/// A session with the page. [`Browser::finish`] ends it; a test that panics ends it too.
pub struct Browser {
    client: Client,
    session: String,
    /// The address of the page, which ends in a slash.
    page: String,
    downloads: PathBuf,
    trap: Trap,
    /// Every address asked for since the session began.
    requests: RefCell<BTreeSet<String>>,
}

/// One rule of axe that the page breaks, with the places where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The rule, such as `color-contrast`.
    pub rule: String,
    /// How bad axe thinks it is.
    pub impact: String,
    /// What the rule asks for.
    pub help: String,
    /// For each place: selector, then what is wrong there.
    pub places: Vec<(String, String)>,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): {}", self.rule, self.impact, self.help)?;
        for (place, summary) in &self.places {
            write!(f, "\n    {place}\n        {}", summary.replace('\n', "\n        "))?;
        }
        Ok(())
    }
}

/// The session.
impl Browser {
    /// Starts a browser on a profile that no other running browser uses.
    pub async fn open(profile: &Profile) -> Self {
        let downloads = scratch_in(Path::new(&setting("CONCORD_DOWNLOADS")), "session");
        let trap = Trap::set();
        let capabilities = capabilities(profile, &downloads, &trap);
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&setting("CONCORD_WEBDRIVER"))
            .await
            .expect("chromedriver starts a session");
        let session = client.session_id().await.ok().flatten().expect("a session has an id");
        let page = setting("CONCORD_URL");
        let browser = Self {
            client,
            session,
            page,
            downloads,
            trap,
            requests: RefCell::default(),
        };
        let behaviour = json!({ "behavior": "allow", "downloadPath": browser.downloads, "eventsEnabled": false });
        browser.cdp("Browser.setDownloadBehavior", behaviour).await;
        browser
    }

    /// What this module does not offer.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Goes to a route such as `#/scope`, or to the start of the app when it is empty.
    pub async fn goto(&self, route: &str) {
        let address = format!("{}{route}", self.page);
        self.client
            .goto(&address)
            .await
            .unwrap_or_else(|error| panic!("cannot go to {address}: {error}"));
    }

    /// Loads the page anew.
    pub async fn reload(&self) {
        self.client.refresh().await.expect("the page reloads");
    }

    /// The part of the address after `#`, or nothing.
    pub async fn route(&self) -> String {
        let address = self.client.current_url().await.expect("the page has an address");
        address.fragment().unwrap_or_default().to_owned()
    }

    /// Makes sure that no other host was asked for anything and that the console is clean, then ends the session.
    pub async fn finish(self) {
        assert_eq!(
            self.foreign_requests().await,
            Vec::<String>::new(),
            "requests to other hosts"
        );
        assert_eq!(
            self.console_errors().await,
            Vec::<String>::new(),
            "errors in the console"
        );
        self.close().await;
    }

    /// As [`Browser::finish`], after a journey that is meant to leave errors in the console: each of them holds one of
    /// these words, and each word stands in one of them.
    pub async fn finish_after_errors(self, expected: &[&str]) {
        assert_eq!(
            self.foreign_requests().await,
            Vec::<String>::new(),
            "requests to other hosts"
        );
        let errors = self.console_errors().await;
        let is_expected = |error: &&String| expected.iter().any(|words| error.contains(words));
        let others: Vec<&String> = errors.iter().filter(|error| !is_expected(error)).collect();
        assert!(others.is_empty(), "errors in the console: {others:?}");
        for words in expected {
            assert!(
                errors.iter().any(|error| error.contains(words)),
                "no {words:?} in {errors:?}"
            );
        }
        self.close().await;
    }

    /// Ends the session without looking at what it left behind.
    pub async fn close(self) {
        self.client.clone().close().await.expect("the session ends");
    }

    /// Sends a command of the Chrome DevTools protocol and returns its result.
    pub async fn cdp(&self, command: &str, parameters: Value) -> Value {
        let body = json!({ "cmd": command, "params": parameters });
        let result = self.vendor_command("goog/cdp/execute", &body);
        result.unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    /// Runs the body of a function in the page, with `arguments`, and returns what it returns.
    pub async fn execute(&self, script: &str, arguments: Vec<Value>) -> Value {
        let result = self.client.execute(script, arguments).await;
        result.unwrap_or_else(|error| panic!("the script failed: {error}\n{script}"))
    }
}

/// Looking at the page.
impl Browser {
    /// The first element for a selector, as soon as there is one.
    pub async fn wait_for(&self, css: &str) -> Element {
        match self
            .client
            .wait()
            .at_most(PATIENCE)
            .every(POLL)
            .for_element(Locator::Css(css))
            .await
        {
            Ok(element) => element,
            Err(error) => panic!("no {css} on the page ({error})\n{}", self.situation().await),
        }
    }

    /// Waits until no element is left for a selector.
    pub async fn wait_until_gone(&self, css: &str) {
        let is_gone = async || self.n_elements(css).await == 0;
        assert!(
            eventually(is_gone).await,
            "{css} is still on the page\n{}",
            self.situation().await
        );
    }

    /// Waits until the first element for a selector contains a text.
    pub async fn wait_for_text(&self, css: &str, text: &str) {
        // One script, because the element may be replaced between finding it and reading it.
        let script = "return document.querySelector(arguments[0])?.innerText.includes(arguments[1]) ?? false";
        let is_there = async || self.execute(script, vec![json!(css), json!(text)]).await == json!(true);
        assert!(
            eventually(is_there).await,
            "{css} does not show {text:?}\n{}",
            self.situation().await
        );
    }

    /// Waits until something is so; `what` says what in the message of a failure.
    pub async fn wait_until(&self, what: &str, condition: impl AsyncFn() -> bool) {
        assert!(
            eventually(condition).await,
            "not so: {what}\n{}",
            self.situation().await
        );
    }

    /// Waits until the page has drawn twice and no colour is on its way any more, so that what a change sets off has
    /// happened.
    pub async fn settle(&self) {
        let script = "const done = arguments[arguments.length - 1];
            requestAnimationFrame(() => requestAnimationFrame(() => Promise.allSettled(
                document.getAnimations().map(it => it.finished)).then(() => setTimeout(done, 0))))";
        self.client.execute_async(script, vec![]).await.expect("the page draws");
    }

    /// Opens another tab on the same profile and goes there; returns the one that was there before.
    pub async fn open_tab(&self) -> WindowHandle {
        let before = self.client.window().await.expect("there is a tab");
        let tab = self.client.new_window(true).await.expect("another tab opens");
        self.to_tab(tab.handle).await;
        before
    }

    /// Goes to another tab.
    pub async fn to_tab(&self, tab: WindowHandle) {
        self.client.switch_to_window(tab).await.expect("the tab is there");
    }

    /// Which tab this is.
    pub async fn tab(&self) -> WindowHandle {
        self.client.window().await.expect("there is a tab")
    }

    /// The visible text of the first element for a selector.
    pub async fn text(&self, css: &str) -> String {
        self.wait_for(css)
            .await
            .text()
            .await
            .unwrap_or_else(|error| panic!("text of {css}: {error}"))
    }

    /// How many elements there are now for a selector.
    pub async fn n_elements(&self, css: &str) -> usize {
        self.client
            .find_all(Locator::Css(css))
            .await
            .unwrap_or_else(|error| panic!("{css}: {error}"))
            .len()
    }

    /// Whether there is an element for a selector, soon.
    pub async fn has(&self, css: &str) -> bool {
        eventually(async || self.n_elements(css).await > 0).await
    }

    /// A property of the first element for a selector, as text: `value`, `checked`.
    pub async fn prop(&self, css: &str, name: &str) -> Option<String> {
        self.wait_for(css)
            .await
            .prop(name)
            .await
            .unwrap_or_else(|error| panic!("{name} of {css}: {error}"))
    }

    /// An attribute of the first element for a selector.
    pub async fn attr(&self, css: &str, name: &str) -> Option<String> {
        self.wait_for(css)
            .await
            .attr(name)
            .await
            .unwrap_or_else(|error| panic!("{name} of {css}: {error}"))
    }

    /// The element that has the focus.
    pub async fn active_element(&self) -> Element {
        self.client.active_element().await.expect("an element has the focus")
    }

    /// Whether the element with the focus fits a selector.
    pub async fn has_focus(&self, css: &str) -> bool {
        self.execute("return document.activeElement.matches(arguments[0])", vec![json!(css)])
            .await
            == json!(true)
    }

    /// The element with the focus in a few words, for messages: tag, id and the start of its text.
    pub async fn focus_in_words(&self) -> String {
        let script = "const e = document.activeElement;
            return `${e.localName}${e.id ? '#' + e.id : ''} ${(e.ariaLabel || e.innerText || '').slice(0, 60)}`";
        self.execute(script, vec![])
            .await
            .as_str()
            .unwrap_or_default()
            .trim()
            .to_owned()
    }

    /// Fails when the page can be scrolled sideways, naming what sticks out.
    pub async fn assert_no_horizontal_scroll(&self) {
        assert_eq!(
            self.horizontal_scroll().await,
            Vec::<String>::new(),
            "horizontal scrolling"
        );
    }

    /// What makes the page scroll sideways; nothing if it does not.
    pub async fn horizontal_scroll(&self) -> Vec<String> {
        let script = "const root = document.documentElement;
            const room = root.clientWidth;
            const widest = Math.max(root.scrollWidth, document.body.scrollWidth);
            if (widest <= room) return [];
            const out = [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > room + 0.5);
            return [`the page is ${widest} px wide, the window ${room} px`, ...out.slice(0, 8).map(
                e => `${e.localName}${e.id ? '#' + e.id : ''}.${[...e.classList].join('.')} ends at ${e.getBoundingClientRect().right}`)]";
        strings(&self.execute(script, vec![]).await)
    }

    /// Writes a picture of the whole page, also of what is below the window.
    pub async fn screenshot(&self, path: &Path) {
        let metrics = self.cdp("Page.getLayoutMetrics", json!({})).await;
        let size = metrics.get("cssContentSize").expect("the page has a size");
        let clip = json!({ "x": 0, "y": 0, "width": size.get("width"), "height": size.get("height"), "scale": 1 });
        let options = json!({ "format": "png", "captureBeyondViewport": true, "clip": clip });
        let picture = self.cdp("Page.captureScreenshot", options).await;
        let picture = picture
            .get("data")
            .and_then(Value::as_str)
            .expect("a screenshot has bytes");
        fs::create_dir_all(path.parent().expect("a file is in a directory")).expect("a directory for the screenshot");
        fs::write(path, from_base64(picture)).expect("the screenshot can be written");
    }

    /// What axe finds wrong on the page as it is now.
    pub async fn axe(&self) -> Vec<Violation> {
        if self.execute("return typeof window.axe", vec![]).await == json!("undefined") {
            self.execute(AXE, vec![]).await;
        }
        let script = "const done = arguments[arguments.length - 1];
            axe.run(document, { resultTypes: ['violations'] }).then(
                result => done({ violations: result.violations }), error => done({ failure: String(error) }))";
        let result = self.client.execute_async(script, vec![]).await.expect("axe runs");
        let violations = result.get("violations").and_then(Value::as_array);
        violations
            .unwrap_or_else(|| panic!("axe failed: {result}"))
            .iter()
            .map(violation_from_json)
            .collect()
    }

    /// Fails when axe finds anything, and says what and where.
    pub async fn assert_accessible(&self) {
        let violations = self.axe().await;
        let text: Vec<String> = violations.iter().map(Violation::to_string).collect();
        assert!(
            text.is_empty(),
            "axe found on {:?}:\n{}",
            self.route().await,
            text.join("\n")
        );
    }

    /// Begins to note which nodes of the page change.
    pub async fn start_counting_mutations(&self) {
        let script = "const changed = new Set();
            const note = records => { for (const r of records) {
                if (r.type === 'childList') { [...r.addedNodes, ...r.removedNodes].forEach(n => changed.add(n)); }
                else { changed.add(r.target); } } };
            const observer = new MutationObserver(note);
            observer.observe(document.documentElement,
                { subtree: true, childList: true, attributes: true, characterData: true });
            window.journeyMutations = () => { note(observer.takeRecords()); observer.disconnect(); return [...changed].map(
                n => n.nodeType === 1 ? `<${n.localName}${n.id ? ' id=' + n.id : ''} class='${n.getAttribute('class') || ''}'>`
                    : `${n.parentNode?.localName || 'gone'}: ${(n.data || '').slice(0, 40)}`); };";
        self.execute(script, vec![]).await;
    }

    /// Stops noting and names each node that changed, once. Added and removed nodes count, not those inside them.
    pub async fn stop_counting_mutations(&self) -> Vec<String> {
        strings(&self.execute("return window.journeyMutations()", vec![]).await)
    }

    /// What to know when something is missing: address, console and the text on the page.
    async fn situation(&self) -> String {
        let address = self.client.current_url().await.map(String::from).unwrap_or_default();
        let script = "return document.body.innerText.slice(0, 1500)";
        let text = self.client.execute(script, vec![]).await.unwrap_or_default();
        let console = self.console_errors().await.join("\n");
        format!(
            "address: {address}\nconsole: {console}\ntext:\n{}",
            text.as_str().unwrap_or_default()
        )
    }
}

/// Acting on the page.
impl Browser {
    /// Clicks the first element for a selector.
    pub async fn click(&self, css: &str) {
        self.wait_for(css)
            .await
            .click()
            .await
            .unwrap_or_else(|error| panic!("cannot click {css}: {error}"));
    }

    /// Clicks the first button that says this, be it only to a screen reader.
    pub async fn click_button(&self, words: &str) {
        let quoted = format!("\"{words}\"");
        let path = format!("//button[contains(normalize-space(.), {quoted}) or @aria-label={quoted}]");
        self.click_path(&path).await;
    }

    /// Clicks the first link that says this.
    pub async fn click_link(&self, words: &str) {
        self.click_path(&format!("//a[contains(normalize-space(.), \"{words}\")]"))
            .await;
    }

    /// Clicks the first element for an XPath.
    pub async fn click_path(&self, path: &str) {
        let wait = self.client.wait().at_most(PATIENCE).every(POLL);
        match wait.for_element(Locator::XPath(path)).await {
            Ok(element) => element
                .click()
                .await
                .unwrap_or_else(|error| panic!("cannot click {path}: {error}")),
            Err(error) => panic!("no {path} on the page ({error})\n{}", self.situation().await),
        }
    }

    /// Presses Tab until the focus is on an element that fits a selector.
    pub async fn tab_to(&self, css: &str) {
        let mut passed = Vec::new();
        while passed.len() < MOST_TABS {
            self.keys(&char::from(Key::Tab).to_string()).await;
            if self.has_focus(css).await {
                return;
            }
            passed.push(self.focus_in_words().await);
        }
        panic!(
            "no {css} after {MOST_TABS} presses of Tab, only {passed:?}\n{}",
            self.situation().await
        );
    }

    /// Empties a field and types into it.
    pub async fn fill(&self, css: &str, text: &str) {
        let field = self.wait_for(css).await;
        field
            .clear()
            .await
            .unwrap_or_else(|error| panic!("cannot empty {css}: {error}"));
        field
            .send_keys(text)
            .await
            .unwrap_or_else(|error| panic!("cannot type into {css}: {error}"));
    }

    /// Chooses the option with this value in a `select`.
    pub async fn choose(&self, css: &str, value: &str) {
        let list = self.wait_for(css).await;
        list.select_by_value(value)
            .await
            .unwrap_or_else(|error| panic!("no {value:?} in {css}: {error}"));
    }

    /// Presses and releases each key where the focus is. `fantoccini::key::Key` names those that are not letters.
    pub async fn keys(&self, keys: &str) {
        let press = |actions: KeyActions, value| actions.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        let actions = keys.chars().fold(KeyActions::new("keyboard".to_owned()), press);
        self.client
            .perform_actions(actions)
            .await
            .unwrap_or_else(|error| panic!("keys {keys:?}: {error}"));
    }

    /// Presses a key while others are held, such as Control and `z`.
    pub async fn chord(&self, held: &str, key: char) {
        let keyboard = KeyActions::new("keyboard".to_owned());
        let down = held
            .chars()
            .fold(keyboard, |actions, value| actions.then(KeyAction::Down { value }));
        let pressed = down
            .then(KeyAction::Down { value: key })
            .then(KeyAction::Up { value: key });
        let up = held
            .chars()
            .rev()
            .fold(pressed, |actions, value| actions.then(KeyAction::Up { value }));
        self.client
            .perform_actions(up)
            .await
            .unwrap_or_else(|error| panic!("chord of {key:?}: {error}"));
    }

    /// Puts a file into a file input, which may be hidden.
    pub async fn set_file_input(&self, css: &str, path: &Path) {
        let path = path
            .canonicalize()
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let input = self.wait_for(css).await;
        input
            .send_keys(&path.to_string_lossy())
            .await
            .unwrap_or_else(|error| panic!("file into {css}: {error}"));
    }

    /// Waits until a download whose name ends so is complete, and takes it away.
    pub async fn take_download_ending(&self, end: &str) -> Vec<u8> {
        let start = Instant::now();
        loop {
            if let Some(name) = self.downloads().iter().find(|name| name.ends_with(end)) {
                return self.take_download(name).await;
            }
            assert!(start.elapsed() < DOWNLOAD_PATIENCE, "no download ending in {end}");
            tokio::time::sleep(POLL).await;
        }
    }

    /// Waits until a download of this name is complete, and takes it away, so that the next may have the same name.
    pub async fn take_download(&self, name: &str) -> Vec<u8> {
        let path = self.downloads.join(name);
        let start = Instant::now();
        while !(path.is_file() && self.downloads().iter().all(|name| !name.ends_with(".crdownload"))) {
            assert!(
                start.elapsed() < DOWNLOAD_PATIENCE,
                "no download {name}, only {:?}",
                self.downloads()
            );
            tokio::time::sleep(POLL).await;
        }
        let bytes = fs::read(&path).expect("the download can be read");
        fs::remove_file(&path).expect("the download can be taken away");
        bytes
    }

    /// The names of the downloads that were not taken, also of unfinished ones.
    pub fn downloads(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.downloads).expect("the downloads can be listed");
        let mut names: Vec<String> = entries
            .flatten()
            .map(|entry| entry.file_name().to_string_lossy().into())
            .collect();
        names.sort();
        names
    }
}

/// The circumstances.
impl Browser {
    /// Makes the window exactly as large as asked, in CSS pixels. A window cannot be that narrow, an emulated one can.
    pub async fn viewport(&self, width: u32, height: u32) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.cdp("Emulation.setDeviceMetricsOverride", metrics).await;
        let size = self.execute("return [innerWidth, innerHeight]", vec![]).await;
        assert_eq!(size, json!([width, height]), "the size of the window");
    }

    /// Asks for a dark or a light page.
    pub async fn dark(&self, is_dark: bool) {
        let scheme = if is_dark { "dark" } else { "light" };
        self.emulate_media("", &[("prefers-color-scheme", scheme)]).await;
        let script = "return matchMedia(`(prefers-color-scheme: ${arguments[0]})`).matches";
        assert_eq!(
            self.execute(script, vec![json!(scheme)]).await,
            json!(true),
            "the colour scheme"
        );
    }

    /// Sets the medium (`print`, or empty for the usual one) and all media features at once; others are reset.
    pub async fn emulate_media(&self, medium: &str, features: &[(&str, &str)]) {
        let features: Vec<Value> = features
            .iter()
            .map(|(name, value)| json!({ "name": name, "value": value }))
            .collect();
        self.cdp(
            "Emulation.setEmulatedMedia",
            json!({ "media": medium, "features": features }),
        )
        .await;
    }

    /// Cuts or restores the network of the page.
    pub async fn set_offline(&self, is_offline: bool) {
        let conditions =
            json!({ "offline": is_offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.cdp("Network.emulateNetworkConditions", conditions).await;
    }

    /// Every address on another host that was asked for since the session began: by the page, as the browser logs it,
    /// and by anything at all, workers too, as it came to the trap.
    pub async fn foreign_requests(&self) -> Vec<String> {
        for line in self.log("performance").await {
            let message = line.get("message").and_then(Value::as_str).unwrap_or_default();
            let event: Value = serde_json::from_str(message).expect("a performance message is JSON");
            self.requests.borrow_mut().extend(requested_address(&event));
        }
        let requests = self.requests.borrow();
        let mut foreign: Vec<String> = requests
            .iter()
            .filter(|address| is_foreign(address, &self.page))
            .cloned()
            .collect();
        foreign.extend(self.trap.caught());
        foreign
    }

    /// Errors and policy violations in the console since the last call.
    pub async fn console_errors(&self) -> Vec<String> {
        let lines = self.log("browser").await;
        let text = |line: &Value, key| line.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let lines = lines.iter().map(|line| (text(line, "level"), text(line, "message")));
        let is_bad = |level: &str, message: &str| level == "SEVERE" || message.contains("Content Security Policy");
        lines
            .filter(|(level, message)| is_bad(level, message))
            .map(|(level, message)| format!("{level}: {message}"))
            .collect()
    }

    async fn log(&self, kind: &str) -> Vec<Value> {
        let lines = self.vendor_command("se/log", &json!({ "type": kind }));
        let lines = lines.unwrap_or_else(|error| panic!("{kind} log: {error}"));
        lines.as_array().cloned().unwrap_or_default()
    }

    /// A command of chromedriver that is not in the WebDriver standard.
    fn vendor_command(&self, path: &str, body: &Value) -> Result<Value, String> {
        let path = format!("/session/{}/{path}", self.session);
        let answer = ask_driver("POST", &path, &body.to_string()).map_err(|error| error.to_string())?;
        let answer: Value = serde_json::from_str(&answer).map_err(|error| format!("{error} in {answer:?}"))?;
        let value = answer.get("value").cloned().unwrap_or_default();
        match value.get("error") {
            Some(error) => Err(format!("{error} {}", value.get("message").cloned().unwrap_or_default())),
            None => Ok(value),
        }
    }
}

impl Drop for Browser {
    /// Ends the session of a test that panicked; one that was closed is unknown by now, which does no harm.
    fn drop(&mut self) {
        if !std::thread::panicking() {
            return;
        }
        if let Err(error) = ask_driver("DELETE", &format!("/session/{}", self.session), "") {
            eprintln!("the session of the failed test may still run: {error}");
        }
    }
}

/// Sends one request to chromedriver and returns the body of the answer.
fn ask_driver(method: &str, path: &str, body: &str) -> io::Result<String> {
    let driver = setting("CONCORD_WEBDRIVER");
    let host = driver.trim_start_matches("http://").trim_end_matches('/');
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(DRIVER_PATIENCE))?;
    let length = body.len();
    let head = format!("{method} {path} HTTP/1.1\r\nhost: {host}\r\ncontent-type: application/json\r\n");
    stream.write_all(format!("{head}content-length: {length}\r\nconnection: close\r\n\r\n{body}").as_bytes())?;
    let mut reader = BufReader::new(stream);
    let (mut line, mut length) = (String::new(), 0);
    while reader.read_line(&mut line)? > 2 {
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().map_err(io::Error::other)?;
        }
        line.clear();
    }
    let mut answer = vec![0; length];
    reader.read_exact(&mut answer)?;
    String::from_utf8(answer).map_err(io::Error::other)
}

/// Stands in for the rest of the world: the browser takes it for its proxy, so that whatever is meant for another host
/// comes here and goes no further. The browser's own log does not see what workers ask for; this does.
struct Trap {
    address: SocketAddr,
    caught: Arc<Mutex<Vec<String>>>,
}

impl Trap {
    fn set() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = listener.local_addr().expect("a port has an address");
        let caught = Arc::new(Mutex::new(Vec::new()));
        let sink = Arc::clone(&caught);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let sink = Arc::clone(&sink);
                std::thread::spawn(move || refuse(stream, &sink));
            }
        });
        Self { address, caught }
    }

    /// The first line of each request: the method and the whole address, or host and port when it is encrypted.
    fn caught(&self) -> Vec<String> {
        let lines = self.caught.lock().expect("no thread panicked");
        lines.iter().filter(|line| !is_of_the_browser(line)).cloned().collect()
    }
}

fn is_of_the_browser(line: &str) -> bool {
    let address = line.split(' ').nth(1).unwrap_or_default().trim_start_matches("http://");
    let host = address.split(['/', ':']).next().unwrap_or_default();
    let is_within = |domain: &&str| {
        host.strip_suffix(*domain)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    HOSTS_OF_THE_BROWSER.iter().any(is_within)
}

fn refuse(mut stream: TcpStream, caught: &Mutex<Vec<String>>) {
    let mut line = String::new();
    let read = BufReader::new(&stream).read_line(&mut line);
    if read.is_ok_and(|n_bytes| n_bytes > 0) {
        caught
            .lock()
            .expect("no thread panicked")
            .push(line.trim_end().to_owned());
        let answer = b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
        stream
            .write_all(answer)
            .unwrap_or_else(|error| eprintln!("trap: {error}"));
    }
}

fn capabilities(profile: &Profile, downloads: &Path, trap: &Trap) -> serde_json::Map<String, Value> {
    let mut flags: Vec<String> = FLAGS.iter().map(|flag| (*flag).to_owned()).collect();
    flags.push(format!("--user-data-dir={}", profile.0.display()));
    flags.push(format!("--proxy-server=http://{}", trap.address));
    if is_root() {
        flags.push("--no-sandbox".to_owned());
    }
    let preferences = json!({
        "download.default_directory": downloads,
        "download.prompt_for_download": false,
        "profile.default_content_setting_values.automatic_downloads": 1,
    });
    let options = json!({ "binary": setting("CONCORD_CHROME"), "args": flags, "prefs": preferences });
    let logs = json!({ "browser": "ALL", "performance": "ALL" });
    let all = json!({ "goog:chromeOptions": options, "goog:loggingPrefs": logs });
    all.as_object().cloned().unwrap_or_default()
}

/// Chromium refuses its sandbox to root, and to root alone.
#[cfg(target_os = "linux")]
fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

#[cfg(not(target_os = "linux"))]
fn is_root() -> bool {
    false
}

fn requested_address(event: &Value) -> Option<String> {
    let message = event.get("message")?;
    let parameters = message.get("params")?;
    let address = match message.get("method")?.as_str()? {
        "Network.requestWillBeSent" => parameters.get("request")?.get("url")?,
        "Network.webSocketCreated" | "Network.webTransportCreated" => parameters.get("url")?,
        _ => return None,
    };
    address.as_str().map(str::to_owned)
}

/// Whether an address leads to another host or port than the page's. Schemes that stay inside the browser do not.
fn is_foreign(address: &str, page: &str) -> bool {
    let origin: String = page.split_inclusive('/').take(3).collect();
    let is_inside = |scheme: &&str| address.starts_with(*scheme);
    !address.starts_with(&origin)
        && !["data:", "blob:", "about:", "chrome:", "devtools:"]
            .iter()
            .any(is_inside)
}

fn violation_from_json(violation: &Value) -> Violation {
    let text = |value: &Value, key| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let place = |node: &Value| {
        (
            node.get("target").map(Value::to_string).unwrap_or_default(),
            text(node, "failureSummary"),
        )
    };
    let places = violation.get("nodes").and_then(Value::as_array);
    Violation {
        rule: text(violation, "id"),
        impact: text(violation, "impact"),
        help: text(violation, "help"),
        places: places.into_iter().flatten().map(place).collect(),
    }
}

async fn eventually(condition: impl AsyncFn() -> bool) -> bool {
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        if condition().await {
            return true;
        }
        tokio::time::sleep(POLL).await;
    }
    false
}

fn strings(value: &Value) -> Vec<String> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|text| text.as_str().map(str::to_owned))
        .collect()
}

/// Standard alphabet with padding (RFC 4648, section 4), from a source that writes it correctly.
fn from_base64(text: &str) -> Vec<u8> {
    let value = |letter: u8| match letter {
        b'A'..=b'Z' => Some(letter - b'A'),
        b'a'..=b'z' => Some(letter - b'a' + 26),
        b'0'..=b'9' => Some(letter - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let (mut bytes, mut bits, mut n_bits) = (Vec::new(), 0_u32, 0);
    for digit in text.bytes().filter_map(value) {
        bits = ((bits << 6) | u32::from(digit)) & 0xffff;
        n_bits += 6;
        if n_bits >= 8 {
            n_bits -= 8;
            bytes.push(u8::try_from((bits >> n_bits) & 0xff).unwrap_or_default());
        }
    }
    bytes
}

/// A variable that `cargo xtask test` sets.
fn setting(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set: run the journeys by `cargo xtask test`"))
}

/// A new directory beside the downloads.
pub fn scratch(kind: &str) -> PathBuf {
    let downloads = PathBuf::from(setting("CONCORD_DOWNLOADS"));
    scratch_in(downloads.parent().expect("the downloads lie in a directory"), kind)
}

/// A new directory.
fn scratch_in(parent: &Path, kind: &str) -> PathBuf {
    static NEXT: AtomicUsize = AtomicUsize::new(1);
    let path = parent.join(format!("{kind}-{}", NEXT.fetch_add(1, Ordering::Relaxed)));
    fs::create_dir_all(&path).unwrap_or_else(|error| panic!("cannot create {}: {error}", path.display()));
    path
}
