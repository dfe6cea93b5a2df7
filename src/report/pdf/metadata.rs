//! What the file says of itself: title, date, identifier, and the claim of conformance to PDF/UA-1.
//!
//! Dates come from the paper and the identifier from the content; nothing here asks the clock or for randomness.

use lopdf::{Dictionary, Object, StringFormat, dictionary};

use super::PdfError;
use crate::report::paper::Paper;

/// The program named in the file.
const PROGRAM: &str = "Concord";

/// The language the papers are written in.
pub(super) const LANGUAGE: &str = "en";

/// A calendar day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Day {
    year: u16,
    month: u8,
    day: u8,
}

impl Day {
    /// Reads a day such as `2026-11-20`.
    pub(super) fn parse(text: &str) -> Result<Day, PdfError> {
        let refused = || PdfError::Date { date: text.to_owned() };
        let is_shaped = text.len() == 10
            && text.char_indices().all(|(at, character)| match at {
                4 | 7 => character == '-',
                _ => character.is_ascii_digit(),
            });
        if !is_shaped {
            return Err(refused());
        }
        let mut parts = text.split('-');
        let mut next = || {
            parts
                .next()
                .and_then(|part| part.parse::<u16>().ok())
                .ok_or_else(refused)
        };
        let (year, month, day) = (next()?, next()?, next()?);
        match (u8::try_from(month), u8::try_from(day)) {
            (Ok(month @ 1..=12), Ok(day @ 1..=31)) => Ok(Day { year, month, day }),
            _ => Err(refused()),
        }
    }

    /// The day's first instant in the notation of PDF.
    fn in_pdf(self) -> String {
        format!("D:{:04}{:02}{:02}000000Z", self.year, self.month, self.day)
    }

    /// The day's first instant in ISO 8601.
    fn in_iso(self) -> String {
        format!("{:04}-{:02}-{:02}T00:00:00Z", self.year, self.month, self.day)
    }
}

/// The document information dictionary.
pub(super) fn information(paper: &Paper, day: Day) -> Dictionary {
    dictionary! {
        "Title" => text_string(&paper.title),
        "Subject" => text_string(&paper.subtitle),
        "Creator" => text_string(PROGRAM),
        "Producer" => text_string(PROGRAM),
        "CreationDate" => Object::string_literal(day.in_pdf()),
        "ModDate" => Object::string_literal(day.in_pdf()),
    }
}

/// The XMP packet. It repeats the information dictionary and claims PDF/UA-1.
pub(super) fn xmp(paper: &Paper, day: Day) -> String {
    let (title, subtitle, date) = (escaped(&paper.title), escaped(&paper.subtitle), day.in_iso());
    format!(
        r#"<?xpacket begin="{bom}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subtitle}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{LANGUAGE}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{PROGRAM}</xmp:CreatorTool>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
<pdf:Producer>{PROGRAM}</pdf:Producer>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"#,
        bom = '\u{FEFF}'
    )
}

/// A text as the file holds it: UTF-16 with a byte order mark, without control characters.
pub(super) fn text_string(text: &str) -> Object {
    let visible: String = visible(text).collect();
    let mut bytes = vec![0xFE, 0xFF];
    bytes.extend(visible.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes, StringFormat::Hexadecimal)
}

/// An identifier of 16 bytes made from the content: the same content has the same identifier (FNV-1a, 128 bits).
pub(super) fn identifier<'b>(content: impl IntoIterator<Item = &'b [u8]>) -> Object {
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let hash = content
        .into_iter()
        .flatten()
        .fold(OFFSET, |hash, byte| (hash ^ u128::from(*byte)).wrapping_mul(PRIME));
    Object::String(hash.to_be_bytes().to_vec(), StringFormat::Hexadecimal)
}

/// The text without what XML and PDF text cannot hold; line breaks and tabs become spaces.
fn visible(text: &str) -> impl Iterator<Item = char> {
    text.chars()
        .map(|character| {
            if matches!(character, '\n' | '\t') {
                ' '
            } else {
                character
            }
        })
        .filter(|character| !character.is_control() && !matches!(character, '\u{FFFE}' | '\u{FFFF}'))
}

fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for character in visible(text) {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_and_written() {
        let day = Day::parse("2026-11-20").expect("a day");
        assert_eq!(day.in_pdf(), "D:20261120000000Z");
        assert_eq!(day.in_iso(), "2026-11-20T00:00:00Z");
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in [
            "",
            "2026-13-01",
            "2026-00-10",
            "20-11-2026",
            "2026-11-2",
            "2026/11/20",
            "２026-11-20",
        ] {
            assert!(Day::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn markup_in_a_title_is_escaped() {
        assert_eq!(escaped("R&D <b>\u{0}\n"), "R&amp;D &lt;b&gt; ");
    }
}
