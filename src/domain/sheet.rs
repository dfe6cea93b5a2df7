//! Sheets: what a team keeps in registers beside its answers. A sheet is a set of fields about one thing: a supplier, a
//! piece of evidence, a risk, how a practice operates, a row of the Statement of Applicability.
//!
//! All registers share one type, so that storing, undoing, showing and exporting them is written once. Which fields a
//! register has, and what each may hold, stands in [`Register::fields`]; [`super::apply`] lets nothing else in.

use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;

use super::{MAX_TEXT_CHARS, PracticeId, RequirementId, SortedMap, SortedSet, SupplierKind};

mod choice;
mod registers;

pub use choice::Choice;
pub use registers::{Field, FieldKind, FieldSpec, Register};

/// The id of something that a person entered in a register: a short random word made once by the platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId([u8; EntryId::LENGTH]);

impl EntryId {
    /// How many letters and digits an id has.
    pub const LENGTH: usize = 8;

    /// The id, if the text is eight ASCII letters in lower case or digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let fits = text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        let bytes = text.as_bytes().try_into().ok()?;
        fits.then_some(Self(bytes))
    }

    /// The id made from random bits.
    #[must_use]
    pub fn from_random(mut bits: u64) -> Self {
        let letters = b"abcdefghijklmnopqrstuvwxyz012345";
        let mut bytes = [b'a'; Self::LENGTH];
        for byte in &mut bytes {
            // Five bits always name one of the 32 letters.
            *byte = letters.get((bits % 32) as usize).copied().unwrap_or(b'a');
            bits /= 32;
        }
        Self(bytes)
    }

    /// The id as it is stored.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a sheet is about, inside its register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// Something that a person entered.
    Entry(EntryId),
    /// A practice.
    Practice(PracticeId),
    /// A requirement, and which of several things of it, from 0.
    Requirement(RequirementId, u8),
    /// A line of a numbered list.
    Number(u8),
    /// A tie that only helps, raised to needed.
    Tie(PracticeId, RequirementId),
}

/// The place of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SheetKey {
    /// The register.
    pub register: Register,
    /// What it is about.
    pub subject: Subject,
}

impl SheetKey {
    /// The sheet of something that a person entered.
    #[must_use]
    pub const fn entry(register: Register, id: EntryId) -> Self {
        Self {
            register,
            subject: Subject::Entry(id),
        }
    }

    /// The sheet of a practice.
    #[must_use]
    pub const fn practice(register: Register, id: PracticeId) -> Self {
        Self {
            register,
            subject: Subject::Practice(id),
        }
    }

    /// The sheet of a requirement.
    #[must_use]
    pub const fn requirement(register: Register, id: RequirementId) -> Self {
        Self {
            register,
            subject: Subject::Requirement(id, 0),
        }
    }

    /// The id of the entry that the sheet is, if it is one.
    #[must_use]
    pub const fn entry_id(&self) -> Option<EntryId> {
        match self.subject {
            Subject::Entry(id) => Some(id),
            Subject::Practice(_) | Subject::Requirement(..) | Subject::Number(_) | Subject::Tie(..) => None,
        }
    }
}

/// What a field holds. A field that holds nothing is absent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldValue {
    /// Words, a link, a name.
    Text(String),
    /// A day.
    Date(NaiveDate),
    /// A number.
    Count(u32),
    /// One of the field's choices.
    Choice(Choice),
    /// Several of the field's choices.
    Choices(SortedSet<Choice>),
    /// Practices.
    Practices(SortedSet<PracticeId>),
    /// Requirements.
    Requirements(SortedSet<RequirementId>),
    /// Entries of another register.
    Entries(SortedSet<EntryId>),
    /// Days.
    Dates(SortedSet<NaiveDate>),
}

impl FieldValue {
    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::Choices(set) => set.is_empty(),
            Self::Practices(set) => set.is_empty(),
            Self::Requirements(set) => set.is_empty(),
            Self::Entries(set) => set.is_empty(),
            Self::Dates(set) => set.is_empty(),
            Self::Date(_) | Self::Count(_) | Self::Choice(_) => false,
        }
    }
}

/// The most days, practices, requirements or entries that one field names.
pub const MAX_NAMED: usize = 2_000;

/// Why a field can't hold a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// The register has no such field, or the field holds another kind of value.
    Kind,
    /// The text is too long: so many characters.
    TooLong(usize),
    /// A link that does not begin with http, https or mailto.
    Link,
    /// A number over the most that makes sense.
    TooLarge,
}

/// The fields of one thing in a register.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet(Arc<SortedMap<Field, FieldValue>>);

impl Sheet {
    /// Whether nothing is in it: then it is not kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What a field holds.
    #[must_use]
    pub fn get(&self, field: Field) -> Option<&FieldValue> {
        self.0.get(&field)
    }

    /// The fields that hold something, in a fixed order.
    pub fn fields(&self) -> impl Iterator<Item = (Field, &FieldValue)> {
        self.0.iter().map(|(field, value)| (*field, value))
    }

    /// Puts a value into a field, or empties it.
    pub fn set(&mut self, field: Field, value: Option<FieldValue>) {
        let value = value.filter(|value| !value.is_empty());
        Arc::make_mut(&mut self.0).set(field, value);
    }

    /// The same with a value in a field.
    #[must_use]
    pub fn with(mut self, field: Field, value: FieldValue) -> Self {
        self.set(field, Some(value));
        self
    }

    /// The same with words in a field.
    #[must_use]
    pub fn with_text(self, field: Field, text: &str) -> Self {
        self.with(field, FieldValue::Text(text.to_owned()))
    }

    /// The words in a field; blank if there are none.
    #[must_use]
    pub fn text(&self, field: Field) -> &str {
        match self.get(field) {
            Some(FieldValue::Text(text)) => text,
            _ => "",
        }
    }

    /// Whether a field holds no words, or blanks alone.
    #[must_use]
    pub fn is_blank(&self, field: Field) -> bool {
        self.text(field).trim().is_empty()
    }

    /// Whether it says why, by whom and when: only then a person's decision counts.
    #[must_use]
    pub fn is_signed(&self) -> bool {
        !self.is_blank(Field::Reason) && !self.is_blank(Field::By) && self.date(Field::On).is_some()
    }

    /// The day in a field.
    #[must_use]
    pub fn date(&self, field: Field) -> Option<NaiveDate> {
        match self.get(field) {
            Some(FieldValue::Date(date)) => Some(*date),
            _ => None,
        }
    }

    /// The number in a field.
    #[must_use]
    pub fn count(&self, field: Field) -> Option<u32> {
        match self.get(field) {
            Some(FieldValue::Count(count)) => Some(*count),
            _ => None,
        }
    }

    /// The choice in a field.
    #[must_use]
    pub fn choice(&self, field: Field) -> Option<Choice> {
        match self.get(field) {
            Some(FieldValue::Choice(choice)) => Some(*choice),
            _ => None,
        }
    }

    /// The choices in a field.
    pub fn choices(&self, field: Field) -> impl Iterator<Item = Choice> {
        let set = match self.get(field) {
            Some(FieldValue::Choices(set)) => Some(set),
            _ => None,
        };
        set.into_iter().flat_map(SortedSet::iter).copied()
    }

    /// The kinds of supplier in a field.
    pub fn supplier_kinds(&self) -> impl Iterator<Item = SupplierKind> {
        self.choices(Field::Kinds).filter_map(Choice::supplier_kind)
    }

    /// The practices in a field.
    pub fn practices(&self, field: Field) -> impl Iterator<Item = PracticeId> {
        let set = match self.get(field) {
            Some(FieldValue::Practices(set)) => Some(set),
            _ => None,
        };
        set.into_iter().flat_map(SortedSet::iter).copied()
    }

    /// The requirements in a field.
    pub fn requirements(&self, field: Field) -> impl Iterator<Item = RequirementId> {
        let set = match self.get(field) {
            Some(FieldValue::Requirements(set)) => Some(set),
            _ => None,
        };
        set.into_iter().flat_map(SortedSet::iter).copied()
    }

    /// The entries in a field.
    pub fn entries(&self, field: Field) -> impl Iterator<Item = EntryId> {
        let set = match self.get(field) {
            Some(FieldValue::Entries(set)) => Some(set),
            _ => None,
        };
        set.into_iter().flat_map(SortedSet::iter).copied()
    }

    /// The days in a field, the first first.
    pub fn dates(&self, field: Field) -> impl Iterator<Item = NaiveDate> {
        let set = match self.get(field) {
            Some(FieldValue::Dates(set)) => Some(set),
            _ => None,
        };
        set.into_iter().flat_map(SortedSet::iter).copied()
    }
}

impl Register {
    /// Whether a sheet of this register may be about such a subject.
    #[must_use]
    pub const fn suits(self, subject: Subject) -> bool {
        match self {
            Self::Supplier
            | Self::Report
            | Self::Evidence
            | Self::Risk
            | Self::OwnControl
            | Self::PlanAction
            | Self::Snapshot => {
                matches!(subject, Subject::Entry(_))
            }
            Self::Document => matches!(subject, Subject::Entry(_) | Subject::Requirement(..)),
            Self::Operation => matches!(subject, Subject::Practice(_)),
            Self::SoaRow | Self::Override => matches!(subject, Subject::Requirement(_, 0)),
            Self::Description => matches!(subject, Subject::Number(_)),
            Self::Raised => matches!(subject, Subject::Tie(..)),
        }
    }

    /// The field of the register with this id.
    #[must_use]
    pub fn field(self, field: Field) -> Option<&'static FieldSpec> {
        self.fields().iter().find(|spec| spec.field == field)
    }

    /// Whether a field of the register may hold a value.
    ///
    /// # Errors
    /// Says why it may not.
    pub fn check(self, field: Field, value: &FieldValue) -> Result<(), Unfit> {
        let spec = self.field(field).ok_or(Unfit::Kind)?;
        spec.kind.check(value)
    }
}

impl FieldKind {
    fn check(self, value: &FieldValue) -> Result<(), Unfit> {
        let no_more = |n: usize, most: usize| if n > most { Err(Unfit::TooLarge) } else { Ok(()) };
        match (self, value) {
            (Self::Text | Self::Long | Self::Artefact | Self::Hash, FieldValue::Text(text)) => check_length(text),
            (Self::Link, FieldValue::Text(text)) => check_link(text),
            (Self::Date, FieldValue::Date(_)) => Ok(()),
            (Self::Count { most }, FieldValue::Count(count)) => {
                if *count > most {
                    Err(Unfit::TooLarge)
                } else {
                    Ok(())
                }
            }
            (Self::Choice(choices), FieldValue::Choice(choice)) if choices.contains(choice) => Ok(()),
            (Self::Choices(choices), FieldValue::Choices(set)) if set.iter().all(|it| choices.contains(it)) => Ok(()),
            (Self::Practices, FieldValue::Practices(set)) => no_more(set.len(), MAX_NAMED),
            (Self::Requirements, FieldValue::Requirements(set)) => no_more(set.len(), MAX_NAMED),
            (Self::Entries(_), FieldValue::Entries(set)) => no_more(set.len(), MAX_NAMED),
            (Self::Dates, FieldValue::Dates(set)) => no_more(set.len(), MAX_NAMED),
            _ => Err(Unfit::Kind),
        }
    }
}

fn check_length(text: &str) -> Result<(), Unfit> {
    match text.chars().count() {
        length if length > MAX_TEXT_CHARS => Err(Unfit::TooLong(length)),
        _ => Ok(()),
    }
}

/// A location is any words ("shared drive, folder audits"); what looks like a link with a scheme must be http, https or
/// mailto, so that a click never runs a program.
fn check_link(text: &str) -> Result<(), Unfit> {
    check_length(text)?;
    let is_plain = |scheme: &str| {
        let is_letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
        scheme.len() < 2 || scheme.contains(' ') || !scheme.chars().all(is_letter)
    };
    let bare: String = text.chars().filter(|c| !c.is_control()).collect();
    match bare.trim().split_once(':') {
        None => Ok(()),
        Some((scheme, rest)) if is_plain(scheme) || rest.starts_with(' ') => Ok(()),
        Some((scheme, _))
            if ["http", "https", "mailto"]
                .iter()
                .any(|it| scheme.eq_ignore_ascii_case(it)) =>
        {
            Ok(())
        }
        Some(_) => Err(Unfit::Link),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entry_id_is_eight_letters_or_digits() {
        let id = EntryId::from_random(u64::MAX);
        assert_eq!(EntryId::parse(id.as_str()), Some(id));
        assert_ne!(EntryId::from_random(1), EntryId::from_random(2));
        for text in ["", "abc", "ABCDEFGH", "abcdefghi", "abcd/fgh", "äbcdefg"] {
            assert_eq!(EntryId::parse(text), None, "{text}");
        }
    }

    #[test]
    fn location_is_words_or_a_tame_link() {
        for text in [
            "",
            "shared drive, folder audits",
            "https://example.org/a",
            "HTTP://example.org",
            "mailto:ana@example.org",
            "C:\\audits\\2026",
            "Drive: audits",
            "see ticket 12: annex",
        ] {
            assert_eq!(check_link(text), Ok(()), "{text}");
        }
        for text in [
            "javascript:alert(1)",
            " java\nscript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "vbscript:x",
        ] {
            assert_eq!(check_link(text), Err(Unfit::Link), "{text}");
        }
    }

    #[test]
    fn field_holds_its_own_kind_only() {
        let due = FieldValue::Text("soon".to_owned());
        assert_eq!(Register::Risk.check(Field::Due, &due), Err(Unfit::Kind));
        assert_eq!(Register::Risk.check(Field::Sha256, &due), Err(Unfit::Kind));
        assert_eq!(Register::Risk.check(Field::Title, &due), Ok(()));
        let level = Register::Risk.check(Field::LikelihoodBefore, &FieldValue::Count(6));
        assert_eq!(level, Err(Unfit::TooLarge));
        let state = Register::Evidence.check(Field::State, &FieldValue::Choice(Choice::Qualified));
        assert_eq!(state, Err(Unfit::Kind));
    }

    #[test]
    fn ids_of_registers_fields_and_choices_stand_once() {
        let once = |mut ids: Vec<&str>| {
            let n = ids.len();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), n, "{ids:?}");
        };
        once(Register::ALL.iter().map(|it| it.as_str()).collect());
        once(Choice::ALL.iter().map(|it| it.as_str()).collect());
        for register in Register::ALL {
            once(register.fields().iter().map(|it| it.field.as_str()).collect());
        }
    }
}
