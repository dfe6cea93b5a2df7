//! What the release build needs after trunk: one style sheet, the later part cut off, the policy's script hashes, the
//! worker's names, the hosting headers.
//!
//! Everything here expects exactly what trunk writes today and fails loudly at anything else, because a policy that is
//! almost right shows as a blank page.

use std::fs;
use std::path::Path;

use crate::bundle::{self, LOADER};
use crate::digest;
use crate::shell::{self, Outcome};
use crate::split;
use crate::style_sheet::page_with_one_sheet;

const HASHES: &str = "'__SCRIPT_HASHES__'";
const POLICY_START: &str = r#"<meta http-equiv="Content-Security-Policy" content=""#;
/// Stands in `public/_headers` for the page's policy.
const POLICY: &str = "__CONTENT_SECURITY_POLICY__";
/// What the policy gains as a header: a `<meta>` cannot carry it.
const HEADER_ONLY: &str = "; frame-ancestors 'none'";
const WORKER_GLUE: &str = "report_worker.js";
const WORKER_CODE: &str = "report_worker_bg.wasm";

/// Completes a directory that trunk has just written.
///
/// # Errors
/// When a file or a pattern in it is not found exactly as often as expected.
pub fn finish(dist: &Path) -> Outcome {
    let index = dist.join("index.html");
    let page = page_with_one_sheet(dist, &read(&index)?)?;
    let page = split::page_with_later_part(dist, &page)?;
    let loader = rename_worker(dist)?;
    let page = page_with_worker(&page, &loader)?;
    let page = page_with_hashes(&page)?;
    refuse_absolute_addresses(&page)?;
    bundle::write(&index, &page)?;
    let headers = headers_for(&read(&shell::root().join("public/_headers"))?, &page)?;
    bundle::write(&dist.join("_headers"), &headers)
}

/// Replaces the only occurrence of a pattern.
///
/// # Errors
/// When there is none, or more than one.
pub fn replace_once(text: &str, from: &str, to: &str) -> Outcome<String> {
    match text.matches(from).count() {
        1 => Ok(text.replacen(from, to, 1)),
        count => Err(format!("expected {from:?} once, found it {count} times")),
    }
}

/// The whole tag that holds the page's policy.
///
/// # Errors
/// When the page has none or several.
pub fn policy_tag(page: &str) -> Outcome<&str> {
    let mut tags = page.match_indices(POLICY_START);
    let (Some((start, _)), None) = (tags.next(), tags.next()) else {
        return Err(format!("expected {POLICY_START} once in index.html"));
    };
    let tag = page.get(start..).unwrap_or_default();
    let end = tag.find('>').ok_or("the policy's tag in index.html does not end")?;
    tag.get(..=end)
        .ok_or_else(|| "the policy's tag in index.html does not end".to_owned())
}

/// Gives the worker's files names that change with their content, since trunk does not, and returns the loader's name.
fn rename_worker(dist: &Path) -> Outcome<String> {
    let (glue, code) = (dist.join(WORKER_GLUE), dist.join(WORKER_CODE));
    let loader = read(&shell::root().join(LOADER))?;
    let hash = digest::short_hex(&[&read_bytes(&glue)?, &read_bytes(&code)?, loader.as_bytes()]);
    let new_glue = format!("report_worker-{hash}.js");
    let new_code = format!("report_worker-{hash}_bg.wasm");
    let new_loader = format!("report_worker_loader-{hash}.js");
    let text = replace_once(&loader, &format!("\"./{WORKER_GLUE}\""), &format!("\"./{new_glue}\""))?;
    let text = replace_once(&text, &format!("\"./{WORKER_CODE}\""), &format!("\"./{new_code}\""))?;
    rename(&glue, &dist.join(new_glue))?;
    rename(&code, &dist.join(new_code))?;
    bundle::write(&dist.join(&new_loader), &text)?;
    remove_plain_loader(dist)?;
    Ok(new_loader)
}

/// The loader under its fixed name is for debug builds; here it would name files that are gone.
fn remove_plain_loader(dist: &Path) -> Outcome {
    let name = Path::new(LOADER).file_name().unwrap_or_default();
    let path = dist.join(name);
    if !path.exists() {
        return Ok(());
    }
    fs::remove_file(&path).map_err(|error| format!("cannot remove {}: {error}", path.display()))
}

fn page_with_worker(page: &str, loader: &str) -> Outcome<String> {
    for name in [WORKER_GLUE, WORKER_CODE] {
        if page.contains(name) {
            return Err(format!("index.html names {name}, which has another name now"));
        }
    }
    let tag = format!("<meta name=\"concord-worker\" content=\"./{loader}\">\n</head>");
    replace_once(page, "</head>", &tag)
}

fn page_with_hashes(page: &str) -> Outcome<String> {
    let scripts = inline_scripts(page)?;
    if scripts.is_empty() {
        return Err("index.html has no inline script, though trunk starts the app by one".to_owned());
    }
    let sources: Vec<String> = scripts.into_iter().map(digest::policy_source).collect();
    replace_once(page, HASHES, &sources.join(" "))
}

/// The text between the tags of each script that has no `src`.
fn inline_scripts(page: &str) -> Outcome<Vec<&str>> {
    let mut scripts = Vec::new();
    let mut rest = page;
    while let Some((_, after)) = rest.split_once("<script") {
        let (attributes, after) = after.split_once('>').ok_or("a script tag in index.html does not end")?;
        let (text, after) = after
            .split_once("</script>")
            .ok_or("a script in index.html does not end")?;
        if !attributes
            .split_whitespace()
            .any(|attribute| attribute.starts_with("src="))
        {
            scripts.push(text);
        }
        rest = after;
    }
    Ok(scripts)
}

/// The app must work below any path, so no address may start at the root of the host.
fn refuse_absolute_addresses(page: &str) -> Outcome {
    let absolute = ["href=\"/", "src=\"/", "from '/", "module_or_path: '/"];
    match absolute.into_iter().find(|start| page.contains(start)) {
        Some(start) => Err(format!("index.html has an address that is not relative: {start}")),
        None => Ok(()),
    }
}

/// The hosting headers with the finished page's policy in them.
fn headers_for(template: &str, page: &str) -> Outcome<String> {
    let tag = policy_tag(page)?;
    let policy = tag.strip_prefix(POLICY_START).and_then(|rest| rest.split_once('"'));
    let (policy, _) = policy.ok_or("the policy in index.html does not end")?;
    replace_once(template, POLICY, &format!("{policy}{HEADER_ONLY}"))
}

/// Reads a text.
///
/// # Errors
/// When that is not possible.
pub fn read(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

/// Reads a file.
///
/// # Errors
/// When that is not possible.
pub fn read_bytes(path: &Path) -> Outcome<Vec<u8>> {
    fs::read(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

fn rename(from: &Path, to: &Path) -> Outcome {
    fs::rename(from, to).map_err(|error| format!("cannot rename {}: {error}", from.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<head><meta http-equiv=\"Content-Security-Policy\" content=\"script-src 'self' \
        '__SCRIPT_HASHES__'\"></head><body><script src=\"./a.js\"></script><script type=\"module\">one</script></body>";

    #[test]
    fn only_inline_scripts_are_hashed_and_their_text_is_exact() {
        assert_eq!(inline_scripts(PAGE), Ok(vec!["one"]));
        let page = page_with_hashes(PAGE).expect("one inline script");
        assert!(page.contains(&format!("script-src 'self' {}\"", digest::policy_source("one"))));
    }

    #[test]
    fn page_without_inline_script_or_placeholder_is_refused() {
        assert!(page_with_hashes(&PAGE.replace("<script type=\"module\">one</script>", "")).is_err());
        assert!(page_with_hashes(&PAGE.replace(HASHES, "")).is_err());
        assert!(page_with_hashes(&PAGE.replace("one</script>", "one")).is_err());
    }

    #[test]
    fn page_is_told_the_workers_name_once() {
        let page = page_with_worker(PAGE, "loader-1.js").expect("one head");
        assert!(page.contains("<meta name=\"concord-worker\" content=\"./loader-1.js\">\n</head>"));
        assert!(page_with_worker("<p>no head</p>", "loader-1.js").is_err());
        assert!(page_with_worker(&PAGE.replace("a.js", WORKER_GLUE), "loader-1.js").is_err());
    }

    #[test]
    fn header_is_the_policy_of_the_page_and_forbids_frames() {
        let headers = headers_for("/*\n  Content-Security-Policy: __CONTENT_SECURITY_POLICY__\n", PAGE);
        let expected = "/*\n  Content-Security-Policy: script-src 'self' '__SCRIPT_HASHES__'; frame-ancestors 'none'\n";
        assert_eq!(headers.as_deref(), Ok(expected));
    }

    #[test]
    fn hosting_examples_cover_the_worker_and_forbid_frames() {
        let worker =
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; frame-ancestors 'none'";
        let nginx = include_str!("../../docs/hosting/nginx.conf");
        let caddy = include_str!("../../docs/hosting/Caddyfile");
        let headers = include_str!("../../public/_headers");
        for example in [nginx, caddy] {
            assert!(example.contains(worker) && example.contains("\"frame-ancestors 'none'\""));
        }
        assert_eq!(headers.matches(POLICY).count(), 1);
        for name in [
            "X-Content-Type-Options",
            "Referrer-Policy",
            "Cross-Origin-Opener-Policy",
            "Permissions-Policy",
        ] {
            assert!(
                [nginx, caddy, headers].iter().all(|example| example.contains(name)),
                "{name}"
            );
        }
    }

    #[test]
    fn address_from_the_root_of_the_host_is_refused() {
        assert_eq!(refuse_absolute_addresses(PAGE), Ok(()));
        assert!(refuse_absolute_addresses(&PAGE.replace("./a.js", "/a.js")).is_err());
    }
}
