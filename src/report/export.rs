//! The exports by name: what the worker and the command line write.

use thiserror::Error;

use super::csv::{crosswalk_csv, gap_register_csv, register_csv, soa_csv};
use super::layout::paper_from_model;
use super::model::{ExportKind, ReportModel};
use super::pdf::{self, Fonts, PdfError};

/// One written export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// The name of the file.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its content.
    pub bytes: Vec<u8>,
    /// Characters that the font lacks and that were printed as a box. Only for PDF.
    pub missing: Vec<char>,
}

/// Why an export was not written.
#[derive(Debug, Error)]
pub enum ExportError {
    /// The PDF writer failed.
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// The CSV writer failed.
    #[error("the table could not be written: {0}")]
    Csv(String),
}

/// Writes one export. `fonts` are the bytes of the regular and the bold font; only the PDF needs them.
///
/// # Errors
/// If a writer fails.
pub fn write_export(model: &ReportModel, kind: ExportKind, fonts: (&[u8], &[u8])) -> Result<Export, ExportError> {
    let register_name;
    let (suffix, media_type, bytes, missing) = match kind {
        ExportKind::ReportPdf => {
            let pdf = pdf::write(&paper_from_model(model), &Fonts::parse(fonts.0, fonts.1)?)?;
            ("report.pdf", "application/pdf", pdf.bytes, pdf.missing)
        }
        ExportKind::GapRegisterCsv => ("gap-register.csv", CSV, gap_register_csv(model)?, Vec::new()),
        ExportKind::SoaCsv => ("statement-of-applicability.csv", CSV, soa_csv(model)?, Vec::new()),
        ExportKind::CrosswalkCsv => ("crosswalk.csv", CSV, crosswalk_csv(model)?, Vec::new()),
        ExportKind::RegisterCsv(kind) => {
            register_name = format!("{}.csv", kind.file_name());
            (register_name.as_str(), CSV, register_csv(model, kind)?, Vec::new())
        }
        ExportKind::AssessmentFile => {
            let bytes = model.assessment_file.clone().into_bytes();
            ("assessment.json", "application/json", bytes, Vec::new())
        }
    };
    Ok(Export {
        name: format!("{}-{}-{suffix}", file_stem(&model.name), model.date),
        media_type,
        bytes,
        missing,
    })
}

const CSV: &str = "text/csv;charset=utf-8";

/// The name of an assessment as part of a file name: lower-case letters and digits with single hyphens.
fn file_stem(name: &str) -> String {
    let words = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let stem = words.map(str::to_lowercase).collect::<Vec<_>>().join("-");
    let stem: String = stem.chars().take(60).collect();
    if stem.is_empty() { "concord".to_owned() } else { stem }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_are_tame() {
        assert_eq!(file_stem("Żółw & Co. / 2026"), "żółw-co-2026");
        assert_eq!(file_stem("../"), "concord");
    }

    #[test]
    fn assessment_file_is_passed_on_as_it_is() {
        let model = ReportModel {
            name: "Acme".to_owned(),
            date: "2026-11-20".to_owned(),
            assessment_file: "{}\n".to_owned(),
            ..ReportModel::default()
        };
        let export = write_export(&model, ExportKind::AssessmentFile, (&[], &[])).expect("written");
        assert_eq!(
            (export.name.as_str(), export.bytes.as_slice()),
            ("acme-2026-11-20-assessment.json", &b"{}\n"[..])
        );
    }
}
