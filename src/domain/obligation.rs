//! Obligations of other laws and frameworks that are read through the requirements of ISO/IEC 27001, never answered
//! themselves.

use super::{Catalogue, FrameworkId};

/// A law or framework, with what is to be known of the mapping that it is read through.
#[derive(Debug, PartialEq, Eq)]
pub struct ObligationSource {
    /// The permanent id, as it stands in addresses: `dora`.
    pub id: &'static str,
    /// A name of one or two words: `DORA`.
    pub short: &'static str,
    /// The title with its edition.
    pub title: &'static str,
    /// The legal reference or the document.
    pub reference: &'static str,
    /// Since when it is in force, in words.
    pub since: &'static str,
    /// What it is and whom it binds, in our words.
    pub about: &'static str,
    /// Whose work the pairs are, and under which licence. Must be shown and printed wherever they are used.
    pub credit: &'static str,
    /// How far the pairs can be relied on, in our words.
    pub quality: &'static str,
    /// What one of its obligations is called, and several: `article`, `articles`.
    pub nouns: [&'static str; 2],
    /// Its obligations in groups.
    pub groups: &'static [ObligationGroup],
}

/// A category, chapter or point that holds obligations.
#[derive(Debug, PartialEq, Eq)]
pub struct ObligationGroup {
    /// The id as printed: `GV.OC`, `Chapter II`.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// The larger part that it belongs to: `Govern (GV)`. Blank for none.
    pub part: &'static str,
    /// Its obligations, in the publisher's order.
    pub obligations: &'static [Obligation],
}

/// One obligation: a subcategory, requirement, article or point.
#[derive(Debug, PartialEq, Eq)]
pub struct Obligation {
    /// The id as printed: `GV.OC-01`, `Article 5`. Stands once in its source.
    pub id: &'static str,
    /// A short title.
    pub title: &'static str,
    /// What is to be known of it; blank for nothing.
    pub note: &'static str,
    /// The requirements of ISO/IEC 27001:2022 that a public mapping names for it, as codes joined by blanks; blank where
    /// none does.
    pub codes: &'static str,
}

impl ObligationSource {
    /// The obligations of all groups.
    pub fn obligations(&self) -> impl Iterator<Item = &'static Obligation> + use<> {
        self.groups.iter().flat_map(|group| group.obligations)
    }
}

impl ObligationGroup {
    /// Id and title: `GV.OC Organizational Context`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} {}", self.id, self.title)
    }
}

impl Obligation {
    /// Id and title: `Article 5 The management body answers for ICT risk`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} {}", self.id, self.title)
    }

    /// The positions of its requirements in a catalogue, in rising order.
    #[must_use]
    pub fn requirements(&self, catalogue: &Catalogue) -> Vec<usize> {
        let requirements = catalogue.requirements.iter().enumerate();
        let of_27001 = requirements.filter(|(_, it)| it.id.framework == FrameworkId::Iso27001);
        let named = of_27001.filter(|(_, it)| self.names(it.id.code));
        named.map(|(position, _)| position).collect()
    }

    /// Whether a mapping names the requirement of ISO/IEC 27001 with this code for it.
    #[must_use]
    pub fn names(&self, code: &str) -> bool {
        self.codes.split(' ').any(|it| it == code)
    }
}
