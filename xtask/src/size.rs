//! The compressed size of the release build against `budgets.toml`.

use std::fs;
use std::path::Path;

use crate::shell::{self, Outcome};

/// The part a file plays when the app is loaded.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Part {
    /// Needed before the app can be used.
    FirstLoad,
    /// Fetched while the first page is shown already.
    Later,
    /// Fetched at the first export.
    Worker,
    /// Fetched at the first export too, but not code.
    Font,
    /// Never fetched by the app: licences, hosting files.
    Other,
}

struct FileSize {
    part: Part,
    name: String,
    raw: usize,
    compressed: usize,
}

/// Prints each file of `dist` with its raw size and its size by brotli, quality 11, then compares with the budgets.
///
/// # Errors
/// When a budget is exceeded, or there is nothing to measure.
pub fn check(dist: &Path) -> Outcome {
    let budgets = shell::root().join("budgets.toml");
    let budgets =
        fs::read_to_string(&budgets).map_err(|error| format!("cannot read {}: {error}", budgets.display()))?;
    let mut files = Vec::new();
    measure(dist, dist, &mut files)?;
    files.sort_by(|a, b| (a.part, &a.name).cmp(&(b.part, &b.name)));
    println!("{:>10} {:>10}  file", "raw", "brotli");
    for file in &files {
        println!(
            "{:>10} {:>10}  {} ({:?})",
            file.raw, file.compressed, file.name, file.part
        );
    }
    let first_load = compare(
        "first load",
        total(&files, Part::FirstLoad),
        budget(&budgets, "first_load_brotli_kb")?,
    );
    let later = compare(
        "later",
        total(&files, Part::Later),
        budget(&budgets, "later_brotli_kb")?,
    );
    let worker = compare(
        "worker",
        total(&files, Part::Worker),
        budget(&budgets, "worker_brotli_kb")?,
    );
    first_load.and(later).and(worker)
}

fn compare(what: &str, bytes: usize, budget_kb: usize) -> Outcome {
    if bytes == 0 {
        return Err(format!("{what}: no such file in dist, run `cargo xtask build` first"));
    }
    let kilobytes = bytes.div_ceil(1000);
    println!("{what}: {kilobytes} kB of {budget_kb} kB");
    if kilobytes > budget_kb {
        Err(format!("{what} is over its budget in budgets.toml"))
    } else {
        Ok(())
    }
}

fn total(files: &[FileSize], part: Part) -> usize {
    files
        .iter()
        .filter(|file| file.part == part)
        .map(|file| file.compressed)
        .sum()
}

fn measure(dist: &Path, dir: &Path, files: &mut Vec<FileSize>) -> Outcome {
    let says = |error: std::io::Error| format!("cannot read {}: {error}", dir.display());
    for entry in fs::read_dir(dir).map_err(says)? {
        let path = entry.map_err(says)?.path();
        if path.is_dir() {
            measure(dist, &path, files)?;
            continue;
        }
        let name = path
            .strip_prefix(dist)
            .unwrap_or(&path)
            .to_string_lossy()
            .replace('\\', "/");
        let bytes = fs::read(&path).map_err(says)?;
        files.push(FileSize {
            part: part_of(&name),
            name,
            raw: bytes.len(),
            compressed: brotli_length(&bytes)?,
        });
    }
    Ok(())
}

fn part_of(name: &str) -> Part {
    let extension = name.rsplit('.').next().unwrap_or_default();
    match extension {
        "js" | "wasm" if name.starts_with("report_worker") => Part::Worker,
        "wasm" if name.starts_with("later_") => Part::Later,
        "html" | "css" | "js" | "wasm" | "svg" | "ico" | "png" | "webmanifest" => Part::FirstLoad,
        "ttf" | "woff2" => Part::Font,
        _ => Part::Other,
    }
}

fn brotli_length(bytes: &[u8]) -> Outcome<usize> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        ..Default::default()
    };
    let mut compressed = Vec::new();
    let mut source = bytes;
    brotli::BrotliCompress(&mut source, &mut compressed, &parameters).map_err(|error| format!("brotli: {error}"))?;
    Ok(compressed.len())
}

/// The whole number after `name =`; comments and other names are passed over.
fn budget(text: &str, name: &str) -> Outcome<usize> {
    let lines = text.lines().filter_map(|line| line.split('#').next()?.split_once('='));
    let value = lines
        .filter(|(key, _)| key.trim() == name)
        .map(|(_, value)| value.trim())
        .next();
    let value = value.ok_or_else(|| format!("budgets.toml does not name {name}"))?;
    value
        .parse()
        .map_err(|_| format!("budgets.toml: {name} = {value} is not a whole number"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_counts_where_it_is_loaded() {
        let cases = [
            ("index.html", Part::FirstLoad),
            ("concord-0a_bg.wasm", Part::FirstLoad),
            ("later-0a.js", Part::FirstLoad),
            ("later_pages-0a.wasm", Part::Later),
            ("report_worker-0a_bg.wasm", Part::Worker),
            ("report_worker_loader-0a.js", Part::Worker),
            ("fonts/NotoSans-Bold.ttf", Part::Font),
            ("_headers", Part::Other),
        ];
        for (name, part) in cases {
            assert_eq!(part_of(name), part, "{name}");
        }
    }

    #[test]
    fn budget_is_read_past_comments() {
        let text = "# first_load_brotli_kb = 1\nfirst_load_brotli_kb = 300 # kB\nworker_brotli_kb = x\n";
        assert_eq!(budget(text, "first_load_brotli_kb"), Ok(300));
        assert!(budget(text, "worker_brotli_kb").is_err());
        assert!(budget(text, "other").is_err());
    }

    #[test]
    fn budget_is_exceeded_by_the_first_byte_and_an_empty_build_fails() {
        assert_eq!(compare("x", 300_000, 300), Ok(()));
        assert!(compare("x", 300_001, 300).is_err());
        assert!(compare("x", 0, 300).is_err());
    }

    #[test]
    fn repetition_is_compressed() {
        assert!(brotli_length(&[7; 100_000]).expect("brotli works") < 100);
    }
}
