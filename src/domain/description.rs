//! The parts of the description of a SOC 2 system, as a checklist. Source: AICPA DC section 200, description criteria DC 1
//! to DC 9; the words are our own. They stand outside the count of criteria.

/// One part: its place in [`super::Register::Description`] from 1, its id, a short title, and what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DescriptionSection {
    /// The number of its sheet.
    pub number: u8,
    /// The id as printed.
    pub id: &'static str,
    /// The title.
    pub title: &'static str,
    /// What it says.
    pub says: &'static str,
}

/// The number of management's assertion, which stands beside the description.
pub const ASSERTION: u8 = 10;

const fn section(number: u8, id: &'static str, title: &'static str, says: &'static str) -> DescriptionSection {
    DescriptionSection {
        number,
        id,
        title,
        says,
    }
}

/// The nine parts of the description, and management's assertion.
pub const DESCRIPTION: [DescriptionSection; 10] = [
    section(1, "DC 1", "Services", "Which services are offered, and to whom."),
    section(
        2,
        "DC 2",
        "Commitments and system requirements",
        "The principal promises to customers, and what the system must do to keep them.",
    ),
    section(
        3,
        "DC 3",
        "Parts of the system",
        "Infrastructure, software, people, procedures and data, with the boundary of the system. Code hosting, pipelines, \
         runners and artefact stores belong here.",
    ),
    section(
        4,
        "DC 4",
        "Incidents",
        "Incidents that came from controls that failed, or that broke a commitment: what, when, how far, and what was done.",
    ),
    section(
        5,
        "DC 5",
        "Criteria and controls",
        "The trust services criteria that apply, and the controls that answer them. The control matrix gives both.",
    ),
    section(
        6,
        "DC 6",
        "Controls expected of customers",
        "What customers must do for the controls to work (complementary user entity controls).",
    ),
    section(
        7,
        "DC 7",
        "Subservice organisations",
        "Suppliers whose controls are needed: what they do, carved out or inclusive, and which controls are assumed there.",
    ),
    section(
        8,
        "DC 8",
        "Criteria that are not relevant",
        "Which criteria do not apply to this system, and why.",
    ),
    section(
        9,
        "DC 9",
        "Changes in the window",
        "For Type 2: changes to the system and its controls that a reader would want to know. For Type 1 say that it does \
         not apply.",
    ),
    section(
        ASSERTION,
        "Assertion",
        "Management's assertion",
        "Management states in writing that the description is fair, and that the controls are suitable and, for Type 2, \
         worked.",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_numbered_from_one_and_the_assertion_is_last() {
        let numbers: Vec<u8> = DESCRIPTION.iter().map(|it| it.number).collect();
        assert_eq!(numbers, (1..=ASSERTION).collect::<Vec<_>>());
    }
}
