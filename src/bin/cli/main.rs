//! The native command line: the compiled catalogue as JSON, every export of an assessment file, and the benchmark.
//! `cargo xtask` calls it. A rim: it may join every layer, and it alone reads and writes files.

mod bench;
mod catalogue_json;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, io};

use chrono::NaiveDate;
use concord::analysis::{Analysis, snapshots};
use concord::catalogue::CATALOGUE;
use concord::domain::{Assessment, AssessmentId, EntryId};
use concord::report::{ExportError, ExportKind, report_model_since, write_export};
use concord::store::{AssessmentFile, Book, FileError};
use thiserror::Error;

const USAGE: &str = "usage: cli catalogue --out FILE
       cli report --assessment FILE --date YYYY-MM-DD --out DIR [--since SNAPSHOT]
       cli bench";

const REGULAR: &[u8] = include_bytes!("../../../assets/fonts/NotoSans-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../../../assets/fonts/NotoSans-Bold.ttf");

#[derive(Debug, Error)]
enum CliError {
    #[error("{USAGE}")]
    Usage,
    #[error("{0} is not a date in the form YYYY-MM-DD")]
    Date(String),
    #[error("there is no snapshot {id} that can be read; there {known}")]
    Snapshot { id: String, known: String },
    #[error("{path}: {error}")]
    File { path: PathBuf, error: FileError },
    #[error("{path}: {error}")]
    Io { path: PathBuf, error: io::Error },
    #[error(transparent)]
    Export(#[from] ExportError),
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<(), CliError> {
    let option = |name: &str| {
        let position = arguments
            .iter()
            .position(|argument| argument == name)
            .ok_or(CliError::Usage)?;
        arguments.get(position + 1).cloned().ok_or(CliError::Usage)
    };
    match arguments.first().map(String::as_str) {
        Some("catalogue") => write(
            Path::new(&option("--out")?),
            catalogue_json::text(&CATALOGUE).as_bytes(),
        ),
        Some("report") => {
            let date = option("--date")?;
            let date: NaiveDate = date.parse().map_err(|_| CliError::Date(date))?;
            let is_since = arguments.iter().any(|argument| argument == "--since");
            let since = if is_since { Some(option("--since")?) } else { None };
            let (assessment, out) = (option("--assessment")?, option("--out")?);
            report(Path::new(&assessment), date, Path::new(&out), since.as_deref())
        }
        Some("bench") => {
            bench::run();
            Ok(())
        }
        Some(_) | None => Err(CliError::Usage),
    }
}

fn report(assessment: &Path, date: NaiveDate, out: &Path, since: Option<&str>) -> Result<(), CliError> {
    let at = |error| CliError::Io {
        path: assessment.to_owned(),
        error,
    };
    let bytes = fs::read(assessment).map_err(at)?;
    let file = AssessmentFile::from_bytes(&bytes).map_err(|error| CliError::File {
        path: assessment.to_owned(),
        error,
    })?;
    // The id names keys in a browser; here it names nothing.
    let id = AssessmentId::parse("file").ok_or(CliError::Usage)?;
    let book = Book::from_records(id, 1, file.records, &CATALOGUE);
    for aside in &book.aside {
        eprintln!("left aside: {}: {}", aside.key, aside.why);
    }
    let analysis = Analysis::new(&CATALOGUE, &book.assessment, date);
    let text = AssessmentFile::new(&CATALOGUE, book.records.clone()).to_text();
    let since = since.map(|id| snapshot_id(&book.assessment, id)).transpose()?;
    let model = report_model_since(&CATALOGUE, &book.assessment, &analysis, text, since);
    fs::create_dir_all(out).map_err(|error| CliError::Io {
        path: out.to_owned(),
        error,
    })?;
    for kind in ExportKind::ALL {
        let export = write_export(&model, kind, (REGULAR, BOLD))?;
        write(&out.join(&export.name), &export.bytes)?;
        if !export.missing.is_empty() {
            eprintln!("{}: the font lacks {:?}; see the annex", export.name, export.missing);
        }
    }
    Ok(())
}

/// The id of a snapshot that can be read. One that can't would silently give a report since another.
fn snapshot_id(assessment: &Assessment, id: &str) -> Result<EntryId, CliError> {
    let all = snapshots(&CATALOGUE, assessment);
    let found = all.iter().find(|it| it.id.as_str() == id);
    found.map(|it| it.id).ok_or_else(|| {
        let known = all.iter().map(|it| format!("{} of {}", it.id, it.on));
        let known: Vec<String> = known.collect();
        CliError::Snapshot {
            id: id.to_owned(),
            known: if known.is_empty() {
                "is none in the file".to_owned()
            } else {
                format!("are {}", known.join(", "))
            },
        }
    })
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), CliError> {
    fs::write(path, bytes).map_err(|error| CliError::Io {
        path: path.to_owned(),
        error,
    })?;
    println!("{} ({} bytes)", path.display(), bytes.len());
    Ok(())
}
