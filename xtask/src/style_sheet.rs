//! One style sheet of those that the page names: together and without what only people read they are a third smaller to
//! load. The sources stay several and readable.

mod minify;

use std::fs;
use std::path::Path;

use crate::bundle;
use crate::digest;
use crate::post_build::read;
use crate::shell::Outcome;

const SHEET_START: &str = "<link rel=\"stylesheet\" href=\"./";

/// Joins the style sheets of the page in their order, and returns the page that names the one.
///
/// # Errors
/// When the page names none, a file is missing, or its braces do not pair.
pub fn page_with_one_sheet(dist: &Path, page: &str) -> Outcome<String> {
    let mut rest = page;
    let mut before = String::new();
    let mut sheet = String::new();
    while let Some((text, after)) = rest.split_once(SHEET_START) {
        let tag = after
            .split_once('"')
            .and_then(|(name, after)| Some((name, after.split_once('>')?.1)));
        let (name, after) = tag.ok_or("the tag of a style sheet in index.html does not end")?;
        let path = dist.join(name);
        let short = minify::minified(&read(&path)?);
        if short.matches('{').count() != short.matches('}').count() {
            return Err(format!("{name}: a rule that is not closed takes those after it along"));
        }
        sheet.push_str(&short);
        remove(&path)?;
        before.push_str(text.trim_end_matches('\n'));
        rest = after;
    }
    if sheet.is_empty() {
        return Err("index.html has no style sheet".to_owned());
    }
    let name = format!("style-{}.css", digest::short_hex(&[sheet.as_bytes()]));
    bundle::write(&dist.join(&name), &sheet)?;
    let integrity = digest::integrity(sheet.as_bytes());
    Ok(format!(
        "{before}\n{SHEET_START}{name}\" integrity=\"{integrity}\">{rest}"
    ))
}

fn remove(path: &Path) -> Outcome {
    fs::remove_file(path).map_err(|error| format!("cannot remove {}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell;

    #[test]
    fn rule_that_is_not_closed_is_refused() {
        let dist = shell::root().join("target/xtask-test-open-sheet");
        bundle::write(&dist.join("a.css"), "@media print { a { color: red; }").expect("a directory to write to");
        let page = format!("{SHEET_START}a.css\"/>");
        assert!(page_with_one_sheet(&dist, &page).is_err());
        fs::remove_dir_all(&dist).expect("the directory was written above");
    }

    #[test]
    fn style_sheets_become_one_in_their_order() {
        let dist = shell::root().join("target/xtask-test-sheets");
        bundle::write(&dist.join("b.css"), "a { color: red; }").expect("a directory to write to");
        bundle::write(&dist.join("a.css"), "/* later */ a { color: blue }").expect("a directory to write to");
        let page = format!("<p>\n{SHEET_START}b.css\" integrity=\"x\"/>\n{SHEET_START}a.css\"/>\n</p>");
        let page = page_with_one_sheet(&dist, &page).expect("two sheets");
        let (_, tag) = page.split_once(SHEET_START).expect("a sheet");
        let (name, rest) = tag.split_once('"').expect("a name");
        assert_eq!(read(&dist.join(name)).as_deref(), Ok("a{color:red}a{color:blue}"));
        assert!(page.starts_with("<p>\n<link") && rest.ends_with(">\n</p>") && !rest.contains(SHEET_START));
        assert!(!dist.join("a.css").exists());
        fs::remove_dir_all(&dist).expect("the directory was written above");
    }
}
