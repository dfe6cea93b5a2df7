//! Reads `src/` as text and fails on an import in the wrong direction (DESIGN.md section 8), and on what the layers must
//! not name. The last tests seed a fault for each rule, so that the checker itself can fail.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise; helpers outside test functions too"
)]

#[path = "architecture/paths.rs"]
mod paths;
#[path = "architecture/tokens.rs"]
mod tokens;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use paths::{Named, named_paths, test_only_modules};
use tokens::{Token, tokens};

/// What each layer may name of the crate, in the app and in its own tests.
const LAYERS: &[(&str, &[&str], &[&str])] = &[
    ("domain", &["domain"], &["domain"]),
    ("catalogue", &["catalogue", "domain"], &["catalogue", "domain"]),
    ("store", &["store", "domain"], &["store", "domain"]),
    (
        "analysis",
        &["analysis", "domain"],
        &["analysis", "domain", "catalogue"],
    ),
    (
        "report",
        &["report", "domain", "catalogue", "analysis"],
        &["report", "domain", "catalogue", "analysis"],
    ),
];

/// Names that belong to the browser: only the platform and the worker's rim may use them.
const BROWSER: &[&str] = &["web_sys", "js_sys"];

fn is_writer(file: &str) -> bool {
    let Some(rest) = file.strip_prefix("report/") else {
        return false;
    };
    rest.starts_with("pdf") || rest.starts_with("csv") || ["paper.rs", "model.rs"].contains(&rest)
}

fn is_platform(file: &str) -> bool {
    file.starts_with("ui/platform")
}

/// What is wrong with one file. `file` is its path below `src/`, with slashes.
fn problems(file: &str, text: &str, is_test_file: bool) -> Vec<String> {
    let tokens = tokens(text);
    let named = named_paths(file, &tokens, is_test_file);
    let mut problems = Vec::new();
    if !text.starts_with("//!") && text.trim() != "fn main() {}" {
        problems.push("does not open with a //! doc".to_owned());
    }
    if file.ends_with("mod.rs") && file.rsplit('/').next() == Some("mod.rs") {
        problems.push("is a mod.rs; the style is foo.rs beside foo/".to_owned());
    }
    problems.extend(named.iter().flat_map(|it| direction_problems(file, it)));
    problems.extend(named.iter().flat_map(|it| name_problems(file, it)));
    if file.starts_with("ui/") || file == "ui.rs" {
        problems.extend(style_problems(&tokens));
    }
    problems
}

fn direction_problems(file: &str, named: &Named) -> Vec<String> {
    let Some(target) = named.of_crate.as_deref() else {
        return Vec::new();
    };
    let at = format!("line {}: {}", named.line, named.text());
    let layer = file.split(['/', '.']).next().unwrap_or_default();
    let mut problems = Vec::new();
    if let Some((_, in_app, in_tests)) = LAYERS.iter().find(|(name, ..)| *name == layer) {
        let allowed = if named.is_test { in_tests } else { in_app };
        if !allowed.contains(&target) {
            problems.push(format!("{at}: {layer} must not name {target}"));
        }
        let is_fixture = target == "domain" && named.segments.iter().any(|it| it == "fixture");
        if is_fixture && !named.is_test {
            problems.push(format!("{at}: the fixture is for tests"));
        }
    }
    let holds_writers_only = is_writer(file) || file == "bin/report_worker.rs";
    if holds_writers_only && ["analysis", "catalogue"].contains(&target) {
        problems.push(format!("{at}: a writer must not name {target}"));
    }
    problems
}

fn name_problems(file: &str, named: &Named) -> Vec<String> {
    let at = format!("line {}: {}", named.line, named.text());
    let has = |word: &str| named.segments.iter().any(|it| it == word);
    let ends_with = |left: &str, right: &str| {
        named
            .segments
            .windows(2)
            .any(|pair| pair[0] == left && pair[1] == right)
    };
    let mut problems = Vec::new();
    let is_browser = BROWSER.iter().any(|it| has(it)) || named.segments.iter().any(|it| it.starts_with("gloo"));
    if is_browser && !is_platform(file) && file != "bin/report_worker.rs" {
        problems.push(format!(
            "{at}: only the platform and the report worker name the browser"
        ));
    }
    let asks_the_time =
        (has("chrono") && (has("Local") || has("clock"))) || ends_with("Utc", "now") || ends_with("Local", "now");
    // A test, and the command line's bench, may measure how long something takes.
    let measures = ends_with("SystemTime", "now") || ends_with("Instant", "now");
    let may_measure = named.is_test || file.starts_with("bin/cli");
    if (asks_the_time || (measures && !may_measure)) && !is_platform(file) {
        problems.push(format!("{at}: only the platform asks the clock"));
    }
    if file.starts_with("domain") && (has("serde") || has("serde_json")) {
        problems.push(format!("{at}: domain types are not stored types"));
    }
    let is_rim = file.starts_with("ui") || file.starts_with("bin/") || file == "main.rs";
    if has("leptos") && !is_rim {
        problems.push(format!("{at}: left of the rims nothing knows leptos"));
    }
    problems
}

/// The content security policy blocks `style="…"`: in a view, in an attribute call, and in raw HTML.
fn style_problems(tokens: &[(Token, usize)]) -> Vec<String> {
    let mut problems = Vec::new();
    for (n, (token, line)) in tokens.iter().enumerate() {
        let before = n.checked_sub(1).map(|it| &tokens[it].0);
        let after = |skip: usize| tokens.get(n + skip).map(|(token, _)| token);
        let is_mark = |token: Option<&Token>, mark: char| matches!(token, Some(Token::Mark(it)) if *it == mark);
        let is_word = |token: Option<&Token>, word: &str| matches!(token, Some(Token::Word(it)) if it == word);
        let is_found = match token {
            Token::Word(word) if word == "style" => {
                let is_assigned = is_mark(after(1), '=') && !is_mark(after(2), '=') && !is_mark(after(2), '>');
                let is_variable = is_word(before, "let") || is_word(before, "mut") || is_mark(before, '.');
                let is_call =
                    is_mark(before, '.') && is_mark(after(1), '(') && matches!(after(2), Some(Token::Text(_)));
                (is_assigned && !is_variable) || is_call
            }
            Token::Text(text) => {
                let is_name = text == "style" && is_mark(before, '(') && is_mark(after(1), ',');
                is_name || text.contains(" style=") || text.starts_with("style=")
            }
            Token::Word(_) | Token::Mark(_) => false,
        };
        if is_found {
            problems.push(format!(
                "line {line}: a style attribute; the content security policy blocks it"
            ));
        }
    }
    problems
}

/// All Rust files below a folder, as paths with slashes and their text.
fn rust_files(root: &Path, below: &str, files: &mut Vec<(String, String)>) {
    let Ok(folder) = fs::read_dir(root.join(below)) else {
        return;
    };
    for entry in folder {
        let entry = entry.expect("readable");
        let name = entry.file_name().into_string().expect("UTF-8");
        let path = if below.is_empty() {
            name
        } else {
            format!("{below}/{name}")
        };
        if entry.path().is_dir() {
            rust_files(root, &path, files);
        } else if path.ends_with(".rs") {
            files.push((path, fs::read_to_string(entry.path()).expect("readable")));
        }
    }
    files.sort();
}

/// The problems of a whole source tree, each with its file.
fn problems_of(files: &[(String, String)]) -> Vec<String> {
    let mut test_only: BTreeSet<String> = BTreeSet::new();
    for (file, text) in files {
        test_only.extend(test_only_modules(file, &tokens(text)));
    }
    let is_test_file = |file: &str| {
        let module = file.trim_end_matches(".rs");
        test_only
            .iter()
            .any(|it| module == it || module.strip_prefix(it.as_str()).is_some_and(|it| it.starts_with('/')))
    };
    let of_file = |(file, text): &(String, String)| -> Vec<String> {
        let problems = problems(file, text, is_test_file(file));
        problems
            .into_iter()
            .map(|problem| format!("src/{file}: {problem}"))
            .collect()
    };
    files.iter().flat_map(of_file).collect()
}

fn source() -> Vec<(String, String)> {
    let mut files = Vec::new();
    rust_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), "", &mut files);
    files
}

#[test]
fn every_import_in_src_points_leftwards() {
    let files = source();
    for layer in ["domain.rs", "catalogue.rs", "store.rs", "analysis.rs"] {
        assert!(files.iter().any(|(file, _)| file == layer), "src/{layer} is read");
    }
    let problems = problems_of(&files);
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn checker_sees_the_imports_that_are_there() {
    let mut targets = BTreeSet::new();
    for (file, text) in source() {
        let layer = file.split(['/', '.']).next().unwrap_or_default().to_owned();
        for named in named_paths(&file, &tokens(&text), false) {
            targets.extend(named.of_crate.map(|target| (layer.clone(), target)));
        }
    }
    for (layer, target) in [
        ("catalogue", "domain"),
        ("store", "domain"),
        ("analysis", "domain"),
        ("analysis", "catalogue"),
    ] {
        assert!(
            targets.contains(&(layer.to_owned(), target.to_owned())),
            "{layer} names {target}"
        );
    }
}

#[test]
fn chrono_is_built_without_a_clock() {
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).expect("readable");
    let manifest: toml::Table = manifest.parse().expect("TOML");
    let chrono = &manifest["dependencies"]["chrono"];
    assert_eq!(
        chrono.get("default-features").and_then(toml::Value::as_bool),
        Some(false)
    );
    let features = chrono
        .get("features")
        .and_then(toml::Value::as_array)
        .expect("features");
    let names: Vec<&str> = features.iter().filter_map(toml::Value::as_str).collect();
    assert!(
        !names
            .iter()
            .any(|it| ["clock", "now", "wasmbind", "default"].contains(it)),
        "{names:?}"
    );
}

/// The problems that one seeded file brings into the source as it is.
fn seeded(file: &str, text: &str) -> Vec<String> {
    problems_of(&[(file.to_owned(), format!("//! Seeded.\n\n{text}\n"))])
}

fn check_caught(file: &str, text: &str, expect: &str) {
    let problems = seeded(file, text);
    assert_eq!(problems.len(), 1, "{file}: {text}\n{problems:#?}");
    assert!(problems[0].contains(expect), "{}", problems[0]);
}

fn check_passes(file: &str, text: &str) {
    let problems = seeded(file, text);
    assert!(problems.is_empty(), "{file}: {text}\n{problems:#?}");
}

#[test]
fn import_in_the_wrong_direction_is_caught() {
    check_caught(
        "domain/answer.rs",
        "use crate::store::Book;",
        "domain must not name store",
    );
    check_caught(
        "domain/answer.rs",
        "use super::super::analysis;",
        "domain must not name analysis",
    );
    check_caught(
        "domain.rs",
        "use super::catalogue::CATALOGUE;",
        "domain must not name catalogue",
    );
    check_caught(
        "domain.rs",
        "fn f() { let book = crate::store::Book::new(); }",
        "must not name store",
    );
    check_caught(
        "domain.rs",
        "#[cfg(test)]\nmod tests { use crate::store::Book; }",
        "must not name store",
    );
    check_caught(
        "catalogue.rs",
        "use crate::analysis::Ground;",
        "catalogue must not name analysis",
    );
    check_caught(
        "store/book.rs",
        "use crate::{domain::Slot, catalogue::CATALOGUE};",
        "store must not name catalogue",
    );
    check_caught(
        "store/book.rs",
        "use crate::{\n    domain::{self, Slot},\n    analysis as deep,\n};",
        "store must not name",
    );
    check_caught(
        "store/book.rs",
        "#[cfg(test)]\nmod tests { use crate::catalogue::CATALOGUE; }",
        "store must not",
    );
    check_caught(
        "analysis/gaps.rs",
        "use crate::catalogue::CATALOGUE;",
        "analysis must not name catalogue",
    );
    check_caught(
        "analysis/gaps.rs",
        "#[cfg(not(test))]\nuse crate::catalogue::CATALOGUE;",
        "must not name catalogue",
    );
    check_caught(
        "analysis/gaps.rs",
        "#[cfg(test)]\nmod tests {}\nuse crate::catalogue::C;",
        "must not name catalogue",
    );
    check_caught(
        "analysis/gaps.rs",
        "pub(in crate::report) fn f() {}",
        "analysis must not name report",
    );
    check_caught("report/build.rs", "use crate::ui::App;", "report must not name ui");
    check_caught(
        "report/build.rs",
        "use crate::store::Record;",
        "report must not name store",
    );
    check_caught(
        "report/build.rs",
        "mod inner { use super::super::super::ui::App; }",
        "report must not name ui",
    );
    check_caught("store/book.rs", "use crate::*;", "store must not name *");
    check_caught("store/book.rs", "use crate as everything;", "store must not name crate");
    check_caught(
        "store/book.rs",
        "macro_rules! m { () => { $crate::ui::f() } }",
        "store must not name ui",
    );
    check_caught("store/book.rs", "use concord::ui::App;", "store must not name ui");
}

#[test]
fn fixture_outside_tests_is_caught() {
    check_caught("store/book.rs", "use crate::domain::fixture;", "for tests");
    check_caught(
        "analysis.rs",
        "use crate::domain::{Slot, fixture::CATALOGUE};",
        "for tests",
    );
    check_passes(
        "store/book.rs",
        "#[cfg(test)]\nmod tests {\n    use crate::domain::{Slot, fixture};\n}",
    );
}

#[test]
fn writer_that_names_analysis_or_catalogue_is_caught() {
    for file in [
        "report/pdf.rs",
        "report/pdf/sheet.rs",
        "report/csv.rs",
        "report/csv/cell.rs",
        "report/paper.rs",
        "report/model.rs",
    ] {
        check_caught(file, "use crate::analysis::Grade;", "a writer must not name analysis");
        check_caught(
            file,
            "use crate::catalogue::CATALOGUE;",
            "a writer must not name catalogue",
        );
        check_passes(
            file,
            "use crate::domain::Facet;\nuse crate::report::model::ReportModel;",
        );
    }
    check_passes(
        "report/build.rs",
        "use crate::analysis::Grade;\nuse crate::catalogue::CATALOGUE;",
    );
    check_caught(
        "bin/report_worker.rs",
        "use concord::analysis::Analysis;",
        "a writer must not name analysis",
    );
    check_passes(
        "bin/report_worker.rs",
        "use concord::report;\nuse web_sys::MessageEvent;",
    );
    check_passes(
        "bin/cli.rs",
        "use concord::{analysis::Analysis, catalogue::CATALOGUE, store::Library};",
    );
}

#[test]
fn browser_outside_the_platform_is_caught() {
    for text in [
        "use web_sys::Window;",
        "fn f() { js_sys::Date::now(); }",
        "use gloo_storage::LocalStorage;",
        "use leptos::web_sys;",
    ] {
        check_caught("ui/pages/home.rs", text, "only the platform and the report worker");
        check_passes("ui/platform.rs", text);
        check_passes("ui/platform/clock.rs", text);
    }
    check_caught(
        "store/sink.rs",
        "use web_sys::Storage;",
        "only the platform and the report worker",
    );
}

#[test]
fn clock_outside_the_platform_is_caught() {
    for text in [
        "use chrono::Local;",
        "use chrono::{NaiveDate, Local};",
        "fn f() { chrono::Utc::now(); }",
        "fn f() { Utc::now(); }",
        "fn f() { std::time::SystemTime::now(); }",
        "fn f() { Instant::now(); }",
    ] {
        for file in ["domain/scope.rs", "report/build.rs", "ui/app.rs"] {
            check_caught(file, text, "asks the clock");
        }
        check_passes("ui/platform/clock.rs", text);
    }
    check_passes(
        "domain/scope.rs",
        "use chrono::{NaiveDate, Utc};\nenum Scanning { Local }",
    );
    check_passes("bin/cli/bench.rs", "fn f() { Instant::now(); }");
    check_passes(
        "report/pdf.rs",
        "#[cfg(test)]\nmod tests {\n    fn f() { Instant::now(); }\n}",
    );
    check_caught("bin/cli.rs", "use chrono::Local;", "asks the clock");
    check_caught(
        "report/pdf.rs",
        "#[cfg(test)]\nmod tests {\n    fn f() { Utc::now(); }\n}",
        "asks the clock",
    );
}

#[test]
fn style_attribute_is_caught() {
    let caught = [
        "view! { <div style=\"width: 3em\"></div> }",
        "view! { <div class=\"bar\" style=move || width()></div> }",
        "view! { <div style={width}></div> }",
        "view! { <Bar attr:style=\"width: 3em\" /> }",
        "fn f() { div().style(\"width: 3em\"); }",
        "fn f() { element.set_attribute(\"style\", \"width: 3em\"); }",
        "const HTML: &str = r#\"<p style=\"color:red\">\"#;",
    ];
    for text in caught {
        check_caught("ui/components/bar.rs", text, "a style attribute");
    }
    let passes = [
        "view! { <div style:width=move || width()></div> }",
        "fn f() { let style = 3; let mut style = 4; paper.style = 5; }",
        "fn f() { match style { style if style == 3 => {} } }",
        "// style=\"in a comment\"",
        "view! { <p>\"Don't style this\"</p> }",
    ];
    for text in passes {
        check_passes("ui/components/bar.rs", text);
    }
    check_passes("report/html.rs", "const HTML: &str = \"<p style='color:red'>\";");
}

#[test]
fn file_without_a_doc_and_mod_rs_are_caught() {
    let of = |file: &str, text: &str| problems_of(&[(file.to_owned(), text.to_owned())]);
    assert_eq!(
        of("domain/x.rs", "use std::fmt;\n"),
        ["src/domain/x.rs: does not open with a //! doc"]
    );
    assert_eq!(
        of("domain/x.rs", "/// An outer doc.\n"),
        ["src/domain/x.rs: does not open with a //! doc"]
    );
    assert_eq!(of("main.rs", "fn main() {}\n"), [""; 0]);
    assert_eq!(of("main.rs", "fn main() { run() }\n").len(), 1);
    assert_eq!(of("ui/pages/mod.rs", "//! Pages.\n").len(), 1);
    assert_eq!(of("ui/pages/my_mod.rs", "//! Pages.\n"), [""; 0]);
}

#[test]
fn serde_in_the_domain_and_leptos_left_of_the_rims_are_caught() {
    check_caught("domain/scope.rs", "use serde::Serialize;", "not stored types");
    check_passes("store/record.rs", "use serde::Serialize;");
    check_caught("report/build.rs", "use leptos::prelude::*;", "knows leptos");
    check_passes("ui/app.rs", "use leptos::prelude::*;");
    check_passes("main.rs", "fn main() { leptos::mount::mount_to_body(|| ()); }");
}

#[test]
fn comments_texts_and_lifetimes_are_no_imports() {
    check_passes(
        "domain/scope.rs",
        "// use crate::store::Book;\n/* crate::ui /* nested crate::ui */ crate::ui */",
    );
    check_passes(
        "domain/scope.rs",
        "/// See [`crate::store::Book`].\nconst A: &str = \"crate::ui \\\" crate::ui\";",
    );
    check_passes(
        "domain/scope.rs",
        "const A: &str = r##\"crate::ui \"# crate::ui\"##;\nconst B: &[u8] = b\"crate::ui\";",
    );
    check_passes(
        "domain/scope.rs",
        "fn f<'a>(a: &'a str, q: char) -> bool { q == '\"' || q == '\\'' || q == 'c' }",
    );
    check_passes(
        "domain/scope.rs",
        "pub(crate) fn f() {}\npub(super) fn g() {}\nuse self::inner::X;\nuse super::Answer;",
    );
}

#[test]
fn file_that_only_a_test_module_declares_counts_as_a_test() {
    let files = [
        ("analysis.rs", "//! A.\n#[cfg(test)]\nmod samples;\nmod gaps;\n"),
        ("analysis/samples.rs", "//! S.\nuse crate::catalogue::CATALOGUE;\n"),
        ("analysis/samples/deep.rs", "//! D.\nuse crate::catalogue::CATALOGUE;\n"),
        ("analysis/gaps.rs", "//! G.\nuse crate::catalogue::CATALOGUE;\n"),
    ];
    let problems = problems_of(&files.map(|(file, text)| (file.to_owned(), text.to_owned())));
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert!(problems[0].starts_with("src/analysis/gaps.rs"), "{}", problems[0]);
}
