//! Cuts the program apart: what the first page needs, and what is fetched while that is shown already.
//!
//! trunk knows nothing of this. It has bound the whole program to JavaScript; here the linked program is cut, the first
//! part is bound anew, and the result takes the place of trunk's. The feature `split` of the app is made for this step.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::bundle;
use crate::digest;
use crate::post_build::{read, read_bytes, replace_once};
use crate::shell::{self, Outcome};

/// The program as cargo has linked it, below the directory of its target.
const LINKED: &str = "wasm32-unknown-unknown/release/concord.wasm";
/// The script that fetches the parts, as the cut names it. The first part imports from it by this name.
const LOADER: &str = "__wasm_split.js";
/// How that script starts a part: only if the host serves it as `application/wasm`. The first part starts anyway.
const STREAMING: &str = "WebAssembly.instantiateStreaming(src, imports)";
const FROM_BYTES: &str = "src.then(async (it) => it.ok ? WebAssembly.instantiate(await it.arrayBuffer(), imports) \
    : Promise.reject(new Error(`${it.status} ${it.url}`)))";

/// A file of `dist`.
struct File {
    name: String,
    content: Vec<u8>,
}

/// The parts of the program under the names that the cut and the binding give them.
struct Parts {
    glue: String,
    first: Vec<u8>,
    loader: String,
    /// The name without extension, and the code.
    later: Vec<(String, Vec<u8>)>,
}

/// Replaces the program that trunk has written by its parts, and returns the page with their names.
///
/// # Errors
/// When a tool fails or its result is not as expected.
pub fn page_with_later_part(dist: &Path, page: &str) -> Outcome<String> {
    let whole = whole_program(dist)?;
    let parts = cut_apart()?;
    let stem = format!("concord-{}", hash(&parts));
    let page = page_with_names(page, &whole, &stem)?;
    let files = files(parts, &stem)?;
    for path in [dist.join(format!("{whole}.js")), dist.join(format!("{whole}_bg.wasm"))] {
        fs::remove_file(&path).map_err(|error| format!("cannot remove {}: {error}", path.display()))?;
    }
    for file in files {
        bundle::write(&dist.join(file.name), file.content)?;
    }
    Ok(page)
}

/// What the names of trunk's two files for the page begin with.
fn whole_program(dist: &Path) -> Outcome<String> {
    let mut stems = file_names(dist)?
        .into_iter()
        .filter_map(|name| name.strip_suffix("_bg.wasm").map(str::to_owned))
        .filter(|stem| stem.starts_with("concord-"));
    match (stems.next(), stems.next()) {
        (Some(stem), None) => Ok(stem),
        _ => Err(format!("expected one concord-*_bg.wasm in {}", dist.display())),
    }
}

fn cut_apart() -> Outcome<Parts> {
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from);
    let linked = shell::root().join(target).join(LINKED);
    let out = shell::root().join("target/split");
    if out.exists() {
        fs::remove_dir_all(&out).map_err(|error| format!("cannot remove {}: {error}", out.display()))?;
    }
    shell::run(
        shell::command("wasm-split-cli")
            .arg(linked)
            .arg(&out)
            .args(["--out-name", "concord"]),
    )?;
    let bound = out.join("bound");
    shell::run(
        shell::command("wasm-bindgen")
            .args(["--target", "web", "--out-name", "concord", "--no-typescript"])
            // The later parts use what the linker exports.
            .args(["--keep-lld-exports", "--no-demangle"])
            .args(["--remove-name-section", "--remove-producers-section"])
            .arg("--out-dir")
            .arg(&bound)
            .arg(out.join("concord.wasm")),
    )?;
    let mut later = Vec::new();
    for name in file_names(&out)? {
        if let Some(stem) = name.strip_suffix(".wasm").filter(|stem| *stem != "concord") {
            later.push((stem.to_owned(), read_bytes(&out.join(&name))?));
        }
    }
    if later.is_empty() {
        return Err("the program has no later part: is the feature `split` on?".to_owned());
    }
    Ok(Parts {
        glue: read(&bound.join("concord.js"))?,
        first: read_bytes(&bound.join("concord_bg.wasm"))?,
        loader: read(&out.join(LOADER))?,
        later,
    })
}

/// The parts name one another, and one never fits the parts of another build: all names change with any content.
fn hash(parts: &Parts) -> String {
    let mut contents = vec![
        parts.glue.as_bytes(),
        &parts.first,
        parts.loader.as_bytes(),
        FROM_BYTES.as_bytes(),
    ];
    contents.extend(parts.later.iter().map(|(_, code)| code.as_slice()));
    digest::short_hex(&contents)
}

/// The files that the parts become, each naming the others as they are called now.
fn files(parts: Parts, stem: &str) -> Outcome<Vec<File>> {
    let loader_name = loader_name(stem);
    let glue = replace_once(
        &parts.glue,
        &format!("from \"./{LOADER}\""),
        &format!("from \"./{loader_name}\""),
    )?;
    let mut loader = replace_once(&parts.loader, "\"./concord.js\"", &format!("\"./{stem}.js\""))?;
    let starts = loader.matches(STREAMING).count();
    if starts != parts.later.len() {
        return Err(format!("{LOADER} starts {starts} of {} later parts", parts.later.len()));
    }
    loader = loader.replace(STREAMING, FROM_BYTES);
    let mut files = Vec::new();
    for (name, content) in parts.later {
        let short = name.strip_prefix("split_").unwrap_or(&name);
        let new_name = format!("{}.wasm", stem.replacen("concord", &format!("later_{short}"), 1));
        loader = replace_once(&loader, &format!("\"./{name}.wasm\""), &format!("\"./{new_name}\""))?;
        files.push(File {
            name: new_name,
            content,
        });
    }
    let mut add = |name: String, content: Vec<u8>| files.push(File { name, content });
    add(loader_name, loader.into_bytes());
    add(format!("{stem}.js"), glue.into_bytes());
    add(format!("{stem}_bg.wasm"), parts.first);
    Ok(files)
}

fn loader_name(stem: &str) -> String {
    format!("{}.js", stem.replacen("concord", "later", 1))
}

/// trunk's page names the script and the program twice each: to start them, and to fetch them early. The loader is
/// fetched early as well, since the script waits for it.
fn page_with_names(page: &str, whole: &str, stem: &str) -> Outcome<String> {
    for name in [format!("./{whole}.js"), format!("./{whole}_bg.wasm")] {
        let count = page.matches(&name).count();
        if count != 2 {
            return Err(format!("expected {name} twice in index.html, found it {count} times"));
        }
    }
    let loader = loader_name(stem);
    let tag = format!("<link rel=\"modulepreload\" href=\"./{loader}\" crossorigin=\"anonymous\">\n</head>");
    replace_once(&page.replace(whole, stem), "</head>", &tag)
}

/// The names of the files in a directory, in their order.
fn file_names(dir: &Path) -> Outcome<Vec<String>> {
    let says = |error: std::io::Error| format!("cannot read {}: {error}", dir.display());
    let mut names = Vec::new();
    for entry in fs::read_dir(dir).map_err(says)? {
        names.push(entry.map_err(says)?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts() -> Parts {
        Parts {
            glue: "import * as import1 from \"./__wasm_split.js\"\n\"./__wasm_split.js\": import1".to_owned(),
            first: vec![1],
            loader: format!("import {{ initSync }} from \"./concord.js\";\n\"./split_pages.wasm\" ({STREAMING})"),
            later: vec![("split_pages".to_owned(), vec![2])],
        }
    }

    #[test]
    fn files_name_one_another_and_the_program_imports_by_the_old_name() {
        let files = files(parts(), "concord-0a").expect("the parts are as expected");
        let text = |name: &str| {
            let file = files.iter().find(|file| file.name == name);
            String::from_utf8(file.expect(name).content.clone()).expect("text")
        };
        assert_eq!(
            text("concord-0a.js"),
            "import * as import1 from \"./later-0a.js\"\n\"./__wasm_split.js\": import1"
        );
        assert!(text("later-0a.js").contains("\"./concord-0a.js\""));
        assert!(text("later-0a.js").contains("\"./later_pages-0a.wasm\""));
        assert_eq!(text("later_pages-0a.wasm"), "\u{2}");
        assert_eq!(files.len(), 4);
    }

    #[test]
    fn later_part_starts_whatever_the_host_calls_it() {
        let files = files(parts(), "concord-0a").expect("the parts are as expected");
        assert!(
            !files
                .iter()
                .any(|file| String::from_utf8_lossy(&file.content).contains("Streaming"))
        );
        let mut odd = parts();
        odd.loader = odd.loader.replace(STREAMING, "start()");
        assert!(super::files(odd, "concord-0a").is_err());
    }

    #[test]
    fn every_part_counts_for_the_names() {
        let mut other = parts();
        other.later.iter_mut().for_each(|(_, code)| code.push(0));
        assert_ne!(hash(&parts()), hash(&other));
    }

    #[test]
    fn page_names_the_new_files_and_only_a_page_as_expected_is_changed() {
        let page =
            "<head>a './concord-1.js' b \"./concord-1.js\" c './concord-1_bg.wasm' d \"./concord-1_bg.wasm\"</head>";
        let changed = page_with_names(page, "concord-1", "concord-2").expect("the page is as expected");
        assert!(!changed.contains("concord-1"));
        assert!(changed.contains("href=\"./later-2.js\""));
        assert!(page_with_names(&page.replace("'./concord-1.js'", ""), "concord-1", "concord-2").is_err());
    }
}
