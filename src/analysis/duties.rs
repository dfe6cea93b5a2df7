//! Who answers for what between a cloud service customer, its providers and its own customers: the shared responsibility
//! matrix (ISO/IEC 27017:2026 5.38, ISO/IEC 27017:2015 CLD.6.3.1).

use super::suppliers::{SupplierShare, supplier_shares};
use super::{Ground, PracticeSet, needed_sets};
use crate::domain::{
    Assessment, Audience, Catalogue, Choice, CloudRole, EntryId, Field, FrameworkId, Register, SheetKey, SortedSet,
    StandingKind,
};

/// One row of ISO/IEC 27017 in scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyRow {
    /// The position of the row.
    pub requirement: usize,
    /// Whom it speaks to; none for a row that repeats 27002.
    pub audience: Option<Audience>,
    /// Who answers for it, as a person has said: [`Choice::OfCustomer`], [`Choice::OfProvider`] or [`Choice::Shared`].
    pub responsibility: Option<Choice>,
    /// How it is divided; may be blank.
    pub note: String,
    /// What the row needs of customer and provider alike, each on its own side.
    pub of_both: PracticeSet,
    /// What the row needs of a customer alone.
    pub of_customer: PracticeSet,
    /// What the row needs of a provider alone.
    pub of_provider: PracticeSet,
    /// Of the practices asked, those that are answered as inherited, with the suppliers by position in
    /// [`Duties::suppliers`].
    pub inherited_from: Vec<usize>,
}

/// What a registered supplier does, and what it expects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupplierDuties {
    /// What it does and what stays one's own.
    pub share: SupplierShare,
    /// Complementary user entity controls: what its reports expect, a line each.
    pub expects: Vec<String>,
    /// Complementary subservice organisation controls: what one's own description assumes of it, a line each.
    pub assumes: Vec<String>,
}

/// A practice that a registered supplier can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PracticeDuty {
    /// The position of the practice.
    pub practice: usize,
    /// Who answers for it, from its standing: the supplier, or supplier and organisation together where something stays
    /// with the latter, or the organisation, the customer here. None while nobody has answered, or where it does not apply.
    pub responsibility: Option<Choice>,
    /// The suppliers that it is inherited from, or else that can do it, by position in [`Duties::suppliers`].
    pub suppliers: Vec<usize>,
    /// What stays with the organisation when it is inherited.
    pub keeps: PracticeSet,
}

/// The shared responsibility matrix.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Duties {
    /// The rows of ISO/IEC 27017 in scope, those with cloud content first.
    pub rows: Vec<DutyRow>,
    /// Without rows of ISO/IEC 27017: the practices that can be inherited from registered suppliers.
    pub practices: Vec<PracticeDuty>,
    /// The registered suppliers.
    pub suppliers: Vec<SupplierDuties>,
    /// Of a provider: the rows that its customers must do their part of, with what that is.
    pub of_customers: Vec<(usize, PracticeSet)>,
}

/// The shared responsibility matrix of an assessment.
#[must_use]
pub fn duties(catalogue: &Catalogue, assessment: &Assessment, ground: &Ground) -> Duties {
    let of_role = |role| needed_sets(catalogue, &SortedSet::from_iter([role]));
    let (customer, provider) = (of_role(CloudRole::Customer), of_role(CloudRole::Provider));
    let set = |sets: &[PracticeSet], at: usize| sets.get(at).copied().unwrap_or_default();
    let suppliers: Vec<SupplierDuties> = supplier_shares(catalogue, assessment, ground)
        .into_iter()
        .map(|share| supplier_duties(assessment, share))
        .collect();
    let row = |requirement: usize| {
        let it = catalogue.requirements.get(requirement)?;
        let sheet = assessment.sheet(SheetKey::requirement(Register::SoaRow, it.id));
        let needed = set(&ground.needed, requirement);
        let (customer, provider) = (set(&customer, requirement), set(&provider, requirement));
        let gives = |it: &SupplierDuties| !it.share.inherited.intersection(&needed).is_empty();
        Some(DutyRow {
            requirement,
            audience: it.audience,
            responsibility: sheet.choice(Field::Responsibility),
            note: sheet.text(Field::ResponsibilityNote).to_owned(),
            of_both: customer.intersection(&provider),
            of_customer: customer.difference(&provider),
            of_provider: provider.difference(&customer),
            inherited_from: (0..)
                .zip(&suppliers)
                .filter(|(_, it)| gives(it))
                .map(|(at, _)| at)
                .collect(),
        })
    };
    let editions = [FrameworkId::Iso27017, FrameworkId::Iso27017Of2015];
    let in_scope = editions.iter().flat_map(|id| catalogue.positions_of(*id));
    let in_scope: Vec<usize> = in_scope.filter(|at| ground.includes(*at)).collect();
    let has_content = |at: &&usize| catalogue.requirements.get(**at).is_some_and(|it| it.has_cloud_content);
    let with_content = in_scope.iter().filter(has_content);
    let repeated = in_scope.iter().filter(|at| !has_content(at));
    let rows: Vec<DutyRow> = with_content.chain(repeated).filter_map(|at| row(*at)).collect();
    let is_provider = assessment.scope.cloud_roles().contains(&CloudRole::Provider);
    let asked_of_customers = |row: &DutyRow| {
        let speaks = row.audience.is_some_and(|it| it != Audience::Provider);
        (is_provider && speaks && !row.of_customer.is_empty()).then_some((row.requirement, row.of_customer))
    };
    Duties {
        practices: if rows.is_empty() {
            practice_duties(catalogue, assessment, ground, &suppliers)
        } else {
            Vec::new()
        },
        of_customers: rows.iter().filter_map(asked_of_customers).collect(),
        rows,
        suppliers,
    }
}

fn practice_duties(
    catalogue: &Catalogue,
    assessment: &Assessment,
    ground: &Ground,
    suppliers: &[SupplierDuties],
) -> Vec<PracticeDuty> {
    let shares = || suppliers.iter().map(|it| &it.share);
    let all = shares().fold(PracticeSet::default(), |all, it| {
        all.union(&it.offers).union(&it.inherited)
    });
    let duty = |position: usize| {
        let practice = catalogue.practices.get(position)?;
        let standing = assessment.standing_kind(practice.id);
        let which = |is_it: &dyn Fn(&SupplierShare) -> bool| -> Vec<usize> {
            (0..)
                .zip(shares())
                .filter(|(_, it)| is_it(it))
                .map(|(at, _)| at)
                .collect()
        };
        let inherited = which(&|it| it.inherited.contains(position));
        let offered = which(&|it| it.offers.contains(position));
        let kept = practice.inheritable.map_or(&[][..], |it| it.keeps);
        let keeps = ground
            .asked
            .filter(|at| catalogue.practices.get(at).is_some_and(|it| kept.contains(&it.id)));
        Some(PracticeDuty {
            practice: position,
            responsibility: match standing {
                StandingKind::Inherited if keeps.is_empty() => Some(Choice::OfProvider),
                StandingKind::Inherited => Some(Choice::Shared),
                StandingKind::NotInPlace | StandingKind::Partly | StandingKind::InPlace | StandingKind::AnotherWay => {
                    Some(Choice::OfCustomer)
                }
                StandingKind::NotAnswered | StandingKind::NotApplicable => None,
            },
            suppliers: if inherited.is_empty() { offered } else { inherited },
            keeps,
        })
    };
    all.iter().filter_map(duty).collect()
}

fn supplier_duties(assessment: &Assessment, share: SupplierShare) -> SupplierDuties {
    let reports = share.reports.iter();
    let expects = reports.flat_map(|id| lines(assessment, Register::Report, *id, Field::Cuecs));
    SupplierDuties {
        expects: expects.collect(),
        assumes: lines(assessment, Register::Supplier, share.id, Field::Csocs),
        share,
    }
}

fn lines(assessment: &Assessment, register: Register, id: EntryId, field: Field) -> Vec<String> {
    let sheet = assessment.sheet(SheetKey::entry(register, id));
    let lines = sheet.text(field).lines().map(str::trim);
    lines.filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::CATALOGUE;
    use crate::domain::{Answer, Fact, FieldValue, RequirementId, Sheet, Standing, Words};

    fn matrix(assessment: &Assessment) -> Duties {
        duties(&CATALOGUE, assessment, &Ground::new(&CATALOGUE, assessment))
    }

    fn code(at: usize) -> &'static str {
        CATALOGUE.requirements.get(at).map_or("", |it| it.id.code)
    }

    fn of_cloud(is_customer: bool, is_provider: bool) -> Assessment {
        let mut assessment = Assessment::default();
        assessment
            .scope
            .frameworks
            .extend([FrameworkId::Iso27001, FrameworkId::Iso27017]);
        assessment.scope.facts.insert(Fact::CloudCustomer, is_customer);
        assessment.scope.facts.insert(Fact::CloudProvider, is_provider);
        assessment
    }

    #[test]
    fn rows_follow_edition_and_role_and_those_with_cloud_content_come_first() {
        let both = matrix(&of_cloud(true, true));
        let with_content = |row: &DutyRow| CATALOGUE.requirements[row.requirement].has_cloud_content;
        let n = both.rows.iter().filter(|row| with_content(row)).count();
        assert!(both.rows[..n].iter().all(with_content) && n < both.rows.len());
        let customer = matrix(&of_cloud(true, false));
        assert!(
            customer.rows.len() < both.rows.len(),
            "rows for providers only are not there"
        );
        assert!(
            customer.of_customers.is_empty(),
            "who provides nothing has no customers here"
        );
        assert!(customer.rows.iter().all(|row| row.audience != Some(Audience::Provider)));
    }

    #[test]
    fn provider_is_told_what_its_customers_must_do() {
        let provider = matrix(&of_cloud(false, true));
        let split = provider.of_customers.iter().find(|(at, _)| code(*at) == "5.38");
        let (_, practices) = split.expect("5.38 speaks to customers too");
        let at = CATALOGUE
            .practices
            .iter()
            .position(|it| it.id.as_str() == "cloud.duties-split");
        assert!(practices.contains(at.expect("a practice")));
    }

    #[test]
    fn what_a_person_said_of_a_row_stands_in_the_matrix() {
        let mut assessment = of_cloud(true, true);
        let key = SheetKey::requirement(Register::SoaRow, RequirementId::new(FrameworkId::Iso27017, "5.38"));
        let sheet = Sheet::default()
            .with(Field::Responsibility, FieldValue::Choice(Choice::Shared))
            .with_text(Field::ResponsibilityNote, "Patching of hosts is theirs");
        assessment.sheets.insert(key, sheet);
        let duties = matrix(&assessment);
        let row = duties
            .rows
            .iter()
            .find(|row| code(row.requirement) == "5.38")
            .expect("a row");
        assert_eq!(row.responsibility, Some(Choice::Shared));
        assert_eq!(row.note, "Patching of hosts is theirs");
    }

    #[test]
    fn without_27017_the_matrix_is_about_what_suppliers_can_do() {
        let mut assessment = Assessment::default();
        assessment.scope.frameworks.insert(FrameworkId::Soc2);
        let id = EntryId::from_random(7);
        let kinds = FieldValue::Choices([Choice::CloudPlatform].into_iter().collect());
        let sheet = Sheet::default()
            .with_text(Field::Title, "Example Cloud")
            .with(Field::Kinds, kinds);
        assessment.sheets.insert(SheetKey::entry(Register::Supplier, id), sheet);
        let cuecs = Sheet::default()
            .with(Field::Supplier, FieldValue::Entries([id].into_iter().collect()))
            .with_text(
                Field::Cuecs,
                "Accounts are removed when people leave\n\n  Keys are rotated",
            );
        assessment
            .sheets
            .insert(SheetKey::entry(Register::Report, EntryId::from_random(8)), cuecs);
        let duties = matrix(&assessment);
        assert!(duties.rows.is_empty());
        assert!(!duties.practices.is_empty());
        let expects = &duties.suppliers[0].expects;
        assert_eq!(*expects, ["Accounts are removed when people leave", "Keys are rotated"]);
        let duty = duties.practices.first().expect("a practice").clone();
        assert_eq!((duty.responsibility, duty.suppliers.as_slice()), (None, &[0][..]));
        let supplier = Words::new("Example Cloud").expect("not blank");
        let answer = Answer {
            standing: Standing::Inherited { supplier },
            ..Answer::default()
        };
        assessment.answers.insert(CATALOGUE.practices[duty.practice].id, answer);
        let duty = matrix(&assessment).practices[0].clone();
        assert_eq!(
            duty.responsibility,
            Some(Choice::Shared),
            "watching the supplier stays one's own"
        );
        assert!(!duty.keeps.is_empty());
    }
}
