//! Builds the page with trunk: the release `dist/`, the test build beside it, and the debug server.

use std::fs;
use std::path::{Path, PathBuf};

use crate::post_build;
use crate::shell::{self, Outcome};

/// The worker's loader that debug builds copy as it is and release builds rename.
pub const LOADER: &str = "public/report_worker_loader.js";
/// The features of the page in `index.html`.
const PAGE_FEATURES: &str = r#"data-cargo-features="ui,split""#;
const TEST_FEATURES: &str = r#"data-cargo-features="ui,split,gallery""#;
/// A debug build is in one piece: trunk serves it as it is.
const DEBUG_FEATURES: &str = r#"data-cargo-features="ui""#;

/// Where the release build is put.
pub fn dist() -> PathBuf {
    shell::root().join("dist")
}

/// Builds the release app into `dist/`: static files with relative addresses that work below any path.
///
/// # Errors
/// When the build fails or its result is not what the policy and the worker's names are made for.
pub fn build_release() -> Outcome {
    let dist = dist();
    shell::run(
        shell::command("trunk")
            .args(["build", "--release=true", "--dist"])
            .arg(&dist)
            .env("CARGO_NET_OFFLINE", "true"),
    )?;
    post_build::finish(&dist)?;
    println!("built {}", dist.display());
    Ok(())
}

/// Builds the same release app with the gallery of components, which only tests may see, and returns its directory.
///
/// # Errors
/// As for [`build_release`].
pub fn build_for_journeys() -> Outcome<PathBuf> {
    // trunk takes the features from index.html alone, so the test build has a changed copy of the page. It lies two
    // directories down, out of the way of the sources, and therefore names them by "../../".
    let page = shell::root().join("index.html");
    let page = fs::read_to_string(&page).map_err(|error| format!("cannot read {}: {error}", page.display()))?;
    let copy = shell::root().join("target/journeys/index.html");
    let dist = shell::root().join("target/dist-test");
    write(&copy, &page_with_gallery(&page)?)?;
    shell::run(
        shell::command("trunk")
            .args(["build", "--release=true", "--dist"])
            .arg(&dist)
            .arg(&copy)
            .env("CARGO_NET_OFFLINE", "true"),
    )?;
    post_build::finish(&dist)?;
    Ok(dist)
}

/// Serves a debug build that reloads itself. It has no content security policy: trunk's reload script would break it.
///
/// # Errors
/// When trunk fails, or when the page does not carry the worker's loader.
pub fn serve_debug(arguments: &[String]) -> Outcome {
    let page = fs::read_to_string(shell::root().join("index.html")).map_err(|error| format!("index.html: {error}"))?;
    if !page.contains(&format!("href=\"{LOADER}\"")) {
        return Err(format!(
            "index.html lacks <link data-trunk rel=\"copy-file\" href=\"{LOADER}\">"
        ));
    }
    let copy = shell::root().join("target/dev/index.html");
    write(&copy, &page_without_policy(&page)?)?;
    let dist = shell::root().join("target/dist-dev");
    // trunk watches the directory of its page; that is the copy's, so the sources are named.
    let watched = ["src", "assets", "public", "Cargo.toml", "build.rs"];
    let mut trunk = shell::command("trunk");
    trunk.args(["serve", "--dist"]).arg(&dist);
    for path in watched {
        trunk.arg("--watch").arg(shell::root().join(path));
    }
    shell::run(trunk.args(arguments).arg(&copy).env("CARGO_NET_OFFLINE", "true"))
}

/// Writes a file and the directories above it.
///
/// # Errors
/// When that is not possible.
pub fn write(path: &Path, content: impl AsRef<[u8]>) -> Outcome {
    let parent = path.parent().map_or(Ok(()), fs::create_dir_all);
    parent
        .and_then(|()| fs::write(path, content))
        .map_err(|error| format!("cannot write {}: {error}", path.display()))
}

fn page_with_gallery(page: &str) -> Outcome<String> {
    let page = post_build::replace_once(page, PAGE_FEATURES, TEST_FEATURES)?;
    Ok(two_directories_down(&page))
}

fn page_without_policy(page: &str) -> Outcome<String> {
    let policy = post_build::policy_tag(page)?;
    let page = post_build::replace_once(page, policy, "")?;
    let page = post_build::replace_once(&page, PAGE_FEATURES, DEBUG_FEATURES)?;
    Ok(two_directories_down(&page))
}

/// Makes the addresses in tags that trunk handles point at the root from two directories below it.
fn two_directories_down(page: &str) -> String {
    let mut changed = String::with_capacity(page.len() + 256);
    for (index, piece) in page.split('<').enumerate() {
        if index > 0 {
            changed.push('<');
        }
        let is_handled = piece
            .split_once('>')
            .is_some_and(|(tag, _)| tag.contains(" data-trunk"));
        if is_handled && piece.contains("href=\"") {
            changed.push_str(&piece.replacen("href=\"", "href=\"../../", 1));
        } else if is_handled && piece.contains("src=\"") {
            changed.push_str(&piece.replacen("src=\"", "src=\"../../", 1));
        } else if is_handled {
            // A Rust link without an address means the Cargo.toml beside the page.
            changed.push_str(&piece.replacen(" data-trunk", " data-trunk href=\"../../Cargo.toml\"", 1));
        } else {
            changed.push_str(piece);
        }
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<head>\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">\n\
        <link data-trunk rel=\"rust\" data-cargo-features=\"ui,split\">\n<link data-trunk rel=\"css\" href=\"a/b.css\">\n\
        <link rel=\"icon\" href=\"icon.svg\">\n</head>";

    #[test]
    fn test_page_has_the_gallery_and_finds_the_sources() {
        let page = page_with_gallery(PAGE).expect("the page is as expected");
        assert!(page.contains(
            "<link data-trunk href=\"../../Cargo.toml\" rel=\"rust\" data-cargo-features=\"ui,split,gallery\">"
        ));
        assert!(page.contains("href=\"../../a/b.css\""));
        assert!(
            page.contains("href=\"icon.svg\""),
            "a link that trunk does not handle stays"
        );
    }

    #[test]
    fn page_with_other_features_is_refused() {
        assert!(page_with_gallery(&PAGE.replace("\"ui,split\"", "\"ui,more\"")).is_err());
    }

    #[test]
    fn debug_page_has_no_policy_and_is_in_one_piece() {
        let page = page_without_policy(PAGE).expect("the page is as expected");
        assert!(!page.contains("Content-Security-Policy"));
        assert!(page.contains("rel=\"css\""));
        assert!(page.contains("data-cargo-features=\"ui\">"));
    }
}
